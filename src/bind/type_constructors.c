/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bind/type_constructors.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "lang/methods_bytes.h"
#include "lang/set.h"

bool make_bool(struct interp *interp, struct value from,
               struct value *ret, struct error *err)
{
    bool truth = false;

    (void)interp;
    if (from.kind != VALUE_UNDEFINED && !value_truth(from, &truth, err))
        return false;
    *ret = value_bool(truth);
    return true;
}

static bool parse_error(const char *what, struct value from,
                        struct error *err)
{
    struct strbuf text = STRBUF_INIT;

    value_repr(from, &text);
    error_set(err, ERROR_VALUE, "%s: %s", what, text.text);
    strbuf_done(&text);
    return false;
}

/* The text of a number without the blanks around it and the _ in it. */
static char *number_text(const struct string *string)
{
    struct strbuf sb = STRBUF_INIT;
    const char *from = string->text, *end = from + string->length;

    while (from < end && strchr(" \t\n\r", *from))
        from++;
    while (end > from && strchr(" \t\n\r", end[-1]))
        end--;
    for (; from < end; from++)
        if (*from != '_')
            strbuf_addc(&sb, *from);
    return strbuf_steal(&sb);
}

/* Does TEXT, after its sign, start with the prefix of BASE: 0x1f? */
static bool has_prefix(const char *text, int base)
{
    text += *text == '-' || *text == '+';
    char letter = text[0] == '0' ? (char)(text[1] | 0x20) : 0;
    return (base == 16 && letter == 'x') || (base == 8 && letter == 'o') ||
           (base == 2 && letter == 'b');
}

static int base_of_prefix(const char *text)
{
    for (int i = 0; i < 3; i++)
        if (has_prefix(text, (const int[]){16, 8, 2}[i]))
            return (const int[]){16, 8, 2}[i];
    return 10;
}

bool int_from_string(struct value from, int64_t base, struct value *ret,
                     struct error *err)
{
    char *text = number_text(from.string), *end = text;
    int shown = (int)base;

    errno = 0;
    long long number = 0;
    if (base == 0)
        base = base_of_prefix(text);
    if (has_prefix(text, (int)base)) /* strtoll() knows only that of 16 */
        memmove(text + (*text == '-' || *text == '+') + 0,
                text + (*text == '-' || *text == '+') + 2,
                strlen(text + (*text == '-' || *text == '+') + 2) + 1);
    if (*text && !has_prefix(text, 16))
        number = strtoll(text, &end, (int)base);
    bool good = *text && !*end && end != text;
    free(text);
    if (!good) {
        char *what =
            xasprintf("invalid literal for int() with base %d", shown);
        parse_error(what, from, err);
        free(what);
        return false;
    }
    if (errno == ERANGE)
        return error_set(err, ERROR_OVERFLOW, "int too large for 64 bits");
    *ret = value_int(number);
    return true;
}

static bool int_from_double(double number, struct value *ret,
                            struct error *err)
{
    int64_t integer;
    if (!double_to_int64(number, &integer, err))
        return false;
    *ret = value_int(integer);
    return true;
}

static bool wrong_argument(const char *function, const char *wanted,
                           struct value from, struct error *err)
{
    if (from.kind == VALUE_TENSOR)
        return error_set(err, ERROR_TYPE,
                         "only size-1 arrays can be converted to Python "
                         "scalars");
    return error_set(err, ERROR_TYPE,
                     "%s() argument must be %s, not '%s'", function, wanted,
                     value_type_name(from));
}

/* int() and float() of an object that has a method for it. */
static bool by_method(struct interp *interp, struct value from,
                      const char *method, enum value_kind kind,
                      const char *function, const char *wanted,
                      struct value *ret, struct error *err)
{
    bool found;

    if (!value_call_special(interp, from, method, 0, NULL, &found, ret, err))
        return false;
    if (!found)
        return wrong_argument(function, wanted, from, err);
    if (ret->kind == kind)
        return true;
    error_set(err, ERROR_TYPE, "%s returned non-%s (type %s)", method, function,
              value_type_name(*ret));
    value_unref(*ret);
    return false;
}

/* value_as_double(), and arrays of one element. */
static bool as_number(struct value from, double *ret)
{
    from = value_array(from);
    if (from.kind == VALUE_TENSOR && from.tensor->size == 1) {
        *ret = scalar_to_double(tensor_item(from.tensor));
        return true;
    }
    return value_as_double(from, ret);
}

bool make_int(struct interp *interp, struct value from,
              struct value *ret, struct error *err)
{
    int64_t whole = 0;
    double number;

    (void)interp;
    if (value_has_special(from, "__int__"))
        return by_method(interp, from, "__int__", VALUE_INT, "int",
                         "a string, a bytes-like object or a real number", ret,
                         err);
    from = value_plain(from);
    if (from.kind == VALUE_UNDEFINED || value_as_int(from, &whole)) {
        *ret = value_int(whole);
        return true;
    }
    if (from.kind == VALUE_STRING)
        return int_from_string(from, 10, ret, err);
    if (as_number(from, &number))
        return int_from_double(number, ret, err);
    return wrong_argument("int", "a string, a bytes-like object or a real "
                                 "number",
                          from, err);
}

bool make_float(struct interp *interp, struct value from,
                struct value *ret, struct error *err)
{
    double number = 0;

    (void)interp;
    if (!value_has_special(from, "__float__"))
        from = value_plain(from);
    if (from.kind == VALUE_STRING) {
        char *text = number_text(from.string), *end;
        number = strtod(text, &end);
        bool good = *text && !*end && !strpbrk(text, "xXpP(");
        free(text);
        if (!good)
            return parse_error("could not convert string to float", from, err);
    } else if (from.kind == VALUE_INSTANCE) {
        return by_method(interp, from, "__float__", VALUE_FLOAT, "float",
                         "a string or a real number", ret, err);
    } else if (from.kind != VALUE_UNDEFINED && !as_number(from, &number)) {
        return wrong_argument("float", "a string or a real number", from, err);
    }
    *ret = value_float(number);
    return true;
}

bool make_str(struct interp *interp, struct value from,
              struct value *ret, struct error *err)
{
    struct strbuf text = STRBUF_INIT;

    (void)interp;
    (void)err;
    if (from.kind != VALUE_UNDEFINED)
        value_str(from, &text);
    *ret = value_string_take(&text);
    return true;
}

/* bytes(3), bytes([1, 2]), bytes(b'…'); text wants an encoding. */
bool make_bytes(struct interp *interp, struct value from,
                struct value *ret, struct error *err)
{
    struct strbuf sb = STRBUF_INIT;
    struct value *items = NULL;
    size_t count = 0;
    int64_t number;

    if (from.kind == VALUE_STRING)
        return error_set(err, ERROR_TYPE, "string argument without an encoding");
    if (from.kind == VALUE_BYTES) {
        *ret = value_ref(from);
        return true;
    }
    if (from.kind != VALUE_UNDEFINED && value_as_int(from, &number)) {
        if (number < 0)
            return error_set(err, ERROR_VALUE, "negative count");
        if (number > INT32_MAX)
            return error_set(err, ERROR_MEMORY, "%s", "");
        strbuf_repeat(&sb, '\0', (size_t)number);
    } else if (from.kind != VALUE_UNDEFINED &&
               !interp_collect(interp, from, &count, &items, err)) {
        return false;
    }
    bool good = true;
    for (size_t i = 0; good && i < count; i++) {
        good = value_as_int(items[i], &number) && number >= 0 && number < 256;
        if (good)
            strbuf_addc(&sb, (char)number);
        else
            error_set(err, ERROR_VALUE, "bytes must be in range(0, 256)");
    }
    values_free(items, count);
    if (good)
        *ret = value_bytes_n(sb.text ? sb.text : "", sb.length);
    strbuf_done(&sb);
    return good;
}

static bool make_sequence(struct interp *interp, struct value from, bool tuple,
                          struct value *ret, struct error *err)
{
    struct value *items = NULL;
    size_t count = 0;

    if (from.kind != VALUE_UNDEFINED &&
        !interp_collect(interp, from, &count, &items, err))
        return false;
    *ret = tuple ? value_tuple_take(count, items)
                 : value_list_take(count, items);
    free(items);
    return true;
}

bool make_list(struct interp *interp, struct value from,
               struct value *ret, struct error *err)
{
    return make_sequence(interp, from, false, ret, err);
}

bool make_tuple(struct interp *interp, struct value from,
                struct value *ret, struct error *err)
{
    return make_sequence(interp, from, true, ret, err);
}

bool make_set(struct interp *interp, struct value from,
              struct value *ret, struct error *err)
{
    if (from.kind != VALUE_UNDEFINED)
        return set_from(interp, from, false, ret, err);
    *ret = value_set(false);
    return true;
}

bool make_frozenset(struct interp *interp, struct value from,
                    struct value *ret, struct error *err)
{
    if (from.kind != VALUE_UNDEFINED)
        return set_from(interp, from, true, ret, err);
    *ret = value_set(true);
    return true;
}

bool make_dict(struct interp *interp, struct value from,
               struct value *ret, struct error *err)
{
    struct value dict = value_dict();

    if (from.kind != VALUE_UNDEFINED &&
        !dict_merge(interp, dict.dict, from, err)) {
        value_unref(dict);
        return false;
    }
    *ret = dict;
    return true;
}
