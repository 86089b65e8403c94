/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Built-in functions about objects: types, attributes, text, identity. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "bind/builtins.h"
#include "bind/types.h"
#include "lang/set.h"

static const struct param x_params[] = {{"x", PARAM_ANY, 0, NULL},
                                        {NULL, 0, 0, NULL}};
static const struct param no_params[] = {{NULL, 0, 0, NULL}};
static const struct param two_params[] = {
    {"x", PARAM_ANY, 0, NULL}, {"y", PARAM_ANY, 0, NULL}, {NULL, 0, 0, NULL}};

/* -------------------------------------------------------------------- types */

NATIVE(type_call_native)
{
    struct value x;

    if (args->count == 3 && args->keyword_count == 0)
        return metaclass_make(interp, NULL, args, ret, err);
    if (!native_bind(native, args, &x, err))
        return false;
    *ret = type_of(x);
    return true;
}

NATIVE(isinstance_call)
{
    struct value slots[2];
    bool is;

    (void)interp;
    if (!native_bind(native, args, slots, err) ||
        !type_is_instance(slots[0], slots[1], &is, err))
        return false;
    *ret = value_bool(is);
    return true;
}

NATIVE(issubclass_call)
{
    struct value slots[2];
    bool is;

    (void)interp;
    if (!native_bind(native, args, slots, err) ||
        !type_is_subtype(slots[0], slots[1], &is, err))
        return false;
    *ret = value_bool(is);
    return true;
}

NATIVE(id_call)
{
    struct value x;

    (void)interp;
    if (!native_bind(native, args, &x, err))
        return false;
    *ret = value_int(x.i);
    return true;
}

NATIVE(hash_call)
{
    struct value x;
    int64_t hash;

    (void)interp;
    if (!native_bind(native, args, &x, err) || !value_hash(x, &hash, err))
        return false;
    *ret = value_int(hash);
    return true;
}

static bool is_callable(struct value x)
{
    switch ((enum value_kind)x.kind) {
    case VALUE_FUNCTION:
    case VALUE_NATIVE:
    case VALUE_METHOD:
    case VALUE_CLASS:
        return true;
    case VALUE_OPAQUE:
        return x.opaque->type->call != NULL;
    case VALUE_INSTANCE:
        return class_lookup(x.instance->class, "__call__") != NULL;
    default:
        return false;
    }
}

NATIVE(callable_call)
{
    struct value x;

    (void)interp;
    if (!native_bind(native, args, &x, err))
        return false;
    *ret = value_bool(is_callable(x));
    return true;
}

/* --------------------------------------------------------------- attributes */

static const struct param getattr_params[] = {
    {"object", PARAM_ANY, 0, NULL},
    {"name", PARAM_ANY, 0, NULL},
    {"default", PARAM_ANY, 0, "<no value>"},
    {NULL, 0, 0, NULL}};
static const struct param hasattr_params[] = {{"object", PARAM_ANY, 0, NULL},
                                              {"name", PARAM_ANY, 0, NULL},
                                              {NULL, 0, 0, NULL}};
static const struct param setattr_params[] = {{"object", PARAM_ANY, 0, NULL},
                                              {"name", PARAM_ANY, 0, NULL},
                                              {"value", PARAM_ANY, 0, NULL},
                                              {NULL, 0, 0, NULL}};
static const struct param dir_params[] = {{"object", PARAM_ANY, 0, "<names>"},
                                          {NULL, 0, 0, NULL}};

static bool attribute_name(const struct native *native, struct value name,
                           struct error *err)
{
    if (name.kind == VALUE_STRING)
        return true;
    return error_set(err, ERROR_TYPE, "%s(): attribute name must be string",
                     native->name);
}

NATIVE(getattr_call)
{
    struct value slots[3];

    if (!native_bind(native, args, slots, err) ||
        !attribute_name(native, slots[1], err))
        return false;
    if (interp_get_attribute(interp, slots[0], slots[1].string->text, ret, err))
        return true;
    if (err->kind != ERROR_ATTRIBUTE || slots[2].kind == VALUE_UNDEFINED)
        return false;
    error_clear(err);
    *ret = value_ref(slots[2]);
    return true;
}

NATIVE(hasattr_call)
{
    struct value slots[2], found;

    if (!native_bind(native, args, slots, err) ||
        !attribute_name(native, slots[1], err))
        return false;
    bool has = interp_get_attribute(interp, slots[0], slots[1].string->text,
                                    &found, err);
    if (has)
        value_unref(found);
    else if (err->kind != ERROR_ATTRIBUTE)
        return false;
    error_clear(err);
    *ret = value_bool(has);
    return true;
}

NATIVE(setattr_call)
{
    struct value slots[3];

    *ret = value_none();
    return native_bind(native, args, slots, err) &&
           attribute_name(native, slots[1], err) &&
           value_set_attribute(interp, slots[0], slots[1].string->text,
                               slots[2], err);
}

NATIVE(delattr_call)
{
    struct value slots[2];

    *ret = value_none();
    return native_bind(native, args, slots, err) &&
           attribute_name(native, slots[1], err) &&
           value_delete_attribute(interp, slots[0], slots[1].string->text, err);
}

NATIVE(vars_call)
{
    struct value x;

    if (!native_bind(native, args, &x, err))
        return false;
    if (interp_get_attribute(interp, x, "__dict__", ret, err))
        return true;
    if (err->kind != ERROR_ATTRIBUTE)
        return false;
    return error_set(err, ERROR_TYPE,
                     "vars() argument must have __dict__ attribute");
}

static void add_global_names(struct interp *interp, struct sequence *list)
{
    const char *name;
    struct value value;

    for (size_t i = 0; interp_next_global(interp, &i, &name, &value);) {
        struct value text = value_string(name);
        list_append(list, text);
        value_unref(text);
    }
}

/* A copy: names are set by assigning to them. */
NATIVE(globals_call)
{
    const char *name;
    struct value value, dict = value_dict();

    *ret = dict;
    if (!native_bind(native, args, NULL, err)) {
        value_unref(dict);
        return false;
    }
    for (size_t i = 0; interp_next_global(interp, &i, &name, &value);)
        dict_set_string(dict.dict, name, value);
    return true;
}

NATIVE(dir_call)
{
    struct value x, list = value_list(0, NULL);

    if (!native_bind(native, args, &x, err)) {
        value_unref(list);
        return false;
    }
    if (x.kind == VALUE_UNDEFINED) {
        add_global_names(interp, list.sequence);
    } else {
        char **names = interp_attributes(interp, x);
        for (char **name = names; *name; name++) {
            struct value text = value_string(*name);
            list_append(list.sequence, text);
            value_unref(text);
            free(*name);
        }
        free(names);
    }
    *ret = list;
    return values_sort(interp, list.sequence->items, list.sequence->count,
                       value_none(), false, err);
}

/* --------------------------------------------------------------------- text */

static const struct param format_params[] = {
    {"value", PARAM_ANY, 0, NULL},
    {"format_spec", PARAM_ANY, 0, "''"},
    {NULL, 0, 0, NULL}};

NATIVE(repr_call)
{
    struct value x;
    struct strbuf text = STRBUF_INIT;

    (void)interp;
    if (!native_bind(native, args, &x, err))
        return false;
    if (native->name[0] == 'a')
        value_ascii(x, &text);
    else
        value_repr(x, &text);
    *ret = value_string_take(&text);
    return true;
}

NATIVE(format_call)
{
    struct value slots[2];
    struct strbuf text = STRBUF_INIT;

    if (!native_bind(native, args, slots, err))
        return false;
    bool given = slots[1].kind != VALUE_UNDEFINED;
    if (given && slots[1].kind != VALUE_STRING)
        return error_set(err, ERROR_TYPE,
                         "format() argument 2 must be str, not %s",
                         value_type_name(slots[1]));
    if (!value_format(interp, slots[0], given ? slots[1].string->text : "",
                      given ? slots[1].string->length : 0, &text, err)) {
        strbuf_done(&text);
        return false;
    }
    *ret = value_string_take(&text);
    return true;
}

static bool as_index(struct value x, int64_t *ret, struct error *err)
{
    return value_as_int(x, ret) ||
           error_set(err, ERROR_TYPE,
                     "'%s' object cannot be interpreted as an integer",
                     value_type_name(x));
}

/* bin, oct, hex: the row's data is the base's bits and letter. */
struct digits_row {
    int bits;
    char letter;
};

NATIVE(digits_call)
{
    const struct digits_row *row = native->data;
    struct strbuf text = STRBUF_INIT;
    struct value x;
    int64_t number;

    (void)interp;
    if (!native_bind(native, args, &x, err) || !as_index(x, &number, err))
        return false;
    uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    int shift = 0;
    while (shift + row->bits < 64 && rest >> (shift + row->bits))
        shift += row->bits;
    strbuf_addf(&text, "%s0%c", number < 0 ? "-" : "", row->letter);
    for (; shift >= 0; shift -= row->bits)
        strbuf_addc(
            &text, "0123456789abcdef"[rest >> shift & ((1u << row->bits) - 1)]);
    *ret = value_string_take(&text);
    return true;
}

NATIVE(chr_call)
{
    struct value x;
    int64_t code;
    char text[4];

    (void)interp;
    if (!native_bind(native, args, &x, err) || !as_index(x, &code, err))
        return false;
    if (code < 0 || code > 0x10ffff)
        return error_set(err, ERROR_VALUE, "chr() arg not in range(0x110000)");
    int length = utf8_encode((uint32_t)code, text);
    *ret = value_string_n(text, (size_t)length);
    return true;
}

NATIVE(ord_call)
{
    struct value x;
    uint32_t code = 0;

    (void)interp;
    if (!native_bind(native, args, &x, err))
        return false;
    if (x.kind != VALUE_STRING)
        return error_set(err, ERROR_TYPE,
                         "ord() expected string of length 1, but %s found",
                         value_type_name(x));
    size_t length = utf8_count(x.string->text, x.string->length);
    if (length != 1)
        return error_set(err, ERROR_TYPE,
                         "ord() expected a character, but string of length "
                         "%zu found",
                         length);
    utf8_decode(x.string->text, x.string->length, &code);
    *ret = value_int(code);
    return true;
}

#define DIGITS(NAME, BITS, LETTER, DOC)                                       \
    {                                                                         \
        .object = {1}, .name = NAME, .call = digits_call, .params = x_params, \
        .data = &(const struct digits_row){BITS, LETTER}, .doc = DOC          \
    }

struct native object_builtins[] = {
    FUNCTION_ROW("type", type_call_native, x_params, "The type of a value"),
    FUNCTION_ROW("isinstance", isinstance_call, two_params,
                 "Is it of this type, or of one of these?"),
    FUNCTION_ROW("issubclass", issubclass_call, two_params,
                 "Is the class derived from this one?"),
    FUNCTION_ROW("id", id_call, x_params, "A number that tells objects apart"),
    FUNCTION_ROW("hash", hash_call, x_params,
                 "The number by which dicts and sets find a value"),
    FUNCTION_ROW("callable", callable_call, x_params, "Can it be called?"),
    FUNCTION_ROW("getattr", getattr_call, getattr_params,
                 "The attribute of that name"),
    FUNCTION_ROW("hasattr", hasattr_call, hasattr_params,
                 "Is there an attribute of that name?"),
    FUNCTION_ROW("setattr", setattr_call, setattr_params,
                 "Gives an attribute a value"),
    FUNCTION_ROW("delattr", delattr_call, hasattr_params,
                 "Removes an attribute"),
    FUNCTION_ROW("vars", vars_call, x_params, "An object's attributes"),
    FUNCTION_ROW("globals", globals_call, no_params,
                 "The variables, by name"),
    FUNCTION_ROW("dir", dir_call, dir_params,
                 "The names that may follow a value's dot"),
    FUNCTION_ROW("repr", repr_call, x_params,
                 "The text that the prompt shows for a value"),
    FUNCTION_ROW("ascii", repr_call, x_params,
                 "The same without any but ASCII characters"),
    FUNCTION_ROW("format", format_call, format_params,
                 "A value as text, as f'{value:format_spec}' has it"),
    DIGITS("bin", 1, 'b', "A whole number in binary digits"),
    DIGITS("oct", 3, 'o', "A whole number in octal digits"),
    DIGITS("hex", 4, 'x', "A whole number in hexadecimal digits"),
    FUNCTION_ROW("chr", chr_call, x_params, "The character with this code"),
    FUNCTION_ROW("ord", ord_call, x_params, "The code of a character"),
    {.name = NULL},
};
