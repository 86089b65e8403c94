/* SPDX-License-Identifier: GPL-3.0-or-later */
/* np.binary_repr and np.base_repr: integers in other bases. */
#include "bind/natives.h"

static const struct param binary_repr_params[] = {
    {"num", PARAM_ANY, 0, NULL},
    {"width", PARAM_ANY, 0, "None"},
    {NULL, 0, 0, NULL}};
static const struct param base_repr_params[] = {{"number", PARAM_ANY, 0, NULL},
                                                {"base", PARAM_ANY, 0, "2"},
                                                {"padding", PARAM_ANY, 0, "0"},
                                                {NULL, 0, 0, NULL}};

static bool read_int(struct value slot, int64_t fallback, int64_t *ret,
                     struct error *err)
{
    *ret = fallback;
    return !slot_given(slot) || value_as_int(slot, ret) ||
           error_set(err, ERROR_TYPE,
                     "'%s' object cannot be interpreted as an integer",
                     value_type_name(slot));
}

/* NUMBER's digits in BASE, at least WIDTH of them. */
static void add_digits(struct strbuf *sb, uint64_t number, unsigned base,
                       int64_t width)
{
    char digits[64];
    int count = 0;

    for (; number || count == 0; number /= base)
        digits[count++] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[number % base];
    for (int64_t i = count; i < width; i++)
        strbuf_addc(sb, '0');
    while (count-- > 0)
        strbuf_addc(sb, digits[count]);
}

enum { MAX_WIDTH = 1 << 20 };

/* NUMBER < 0 as two's complement, in WIDTH bits or as many as it needs. */
static void add_complement(struct strbuf *sb, int64_t number, int64_t width)
{
    int64_t needed = 1;

    while (needed < 64 && number < -((int64_t)1 << (needed - 1)))
        needed++;
    for (int64_t i = width > needed ? width : needed; i-- > 0;)
        strbuf_addc(sb, i >= 64 || (uint64_t)number >> i & 1 ? '1' : '0');
}

NATIVE(binary_repr_call)
{
    struct value slots[2];
    int64_t number, width;
    struct strbuf text = STRBUF_INIT;

    (void)interp;
    if (!native_bind(native, args, slots, err) ||
        !read_int(slots[0], 0, &number, err) ||
        !read_int(slots[1], 0, &width, err))
        return false;
    if (width > MAX_WIDTH)
        return error_set(err, ERROR_VALUE, "width must be at most %d",
                         MAX_WIDTH);
    if (number < 0 && slot_given(slots[1])) {
        add_complement(&text, number, width);
    } else {
        if (number < 0)
            strbuf_addc(&text, '-');
        add_digits(&text, number < 0 ? 0 - (uint64_t)number : (uint64_t)number,
                   2, width);
    }
    *ret = value_string_take(&text);
    return true;
}

NATIVE(base_repr_call)
{
    struct value slots[3];
    int64_t number, base, padding;
    struct strbuf text = STRBUF_INIT;

    (void)interp;
    if (!native_bind(native, args, slots, err) ||
        !read_int(slots[0], 0, &number, err) ||
        !read_int(slots[1], 2, &base, err) ||
        !read_int(slots[2], 0, &padding, err))
        return false;
    if (base > 36)
        return error_set(err, ERROR_VALUE,
                         "Bases greater than 36 not handled in base_repr.");
    if (base < 2)
        return error_set(err, ERROR_VALUE,
                         "Bases less than 2 not handled in base_repr.");
    if (number < 0)
        strbuf_addc(&text, '-');
    for (int64_t i = 0; i < padding && i < MAX_WIDTH; i++)
        strbuf_addc(&text, '0');
    if (number || padding <= 0)
        add_digits(&text, number < 0 ? 0 - (uint64_t)number : (uint64_t)number,
                   (unsigned)base, 0);
    *ret = value_string_take(&text);
    return true;
}

struct native digits_natives[] = {
    FUNCTION_ROW("binary_repr", binary_repr_call, binary_repr_params,
                 "An integer's binary digits as text"),
    FUNCTION_ROW("base_repr", base_repr_call, base_repr_params,
                 "An integer's digits in a base up to 36 as text"),
    {.name = NULL},
};
