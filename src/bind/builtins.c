/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Python's built-in functions; those about iteration are in
   builtins_iterate.c. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "bind/builtins.h"
#include "bind/operate.h"
#include "bind/types.h"
#include "lang/interp.h"
#include "lang/object.h"
#include "tensor/elementwise.h"

/* ------------------------------------------------------------------- print */

static bool print_option(const struct keyword_value *keyword,
                         struct value *separator, struct value *end,
                         struct error *err)
{
    struct value *target = !strcmp(keyword->name, "sep")   ? separator
                           : !strcmp(keyword->name, "end") ? end
                                                           : NULL;
    if (!strcmp(keyword->name, "flush") || !strcmp(keyword->name, "file"))
        return true;
    if (!target)
        return error_set(err, ERROR_TYPE,
                         "'%s' is an invalid keyword argument for print()",
                         keyword->name);
    if (keyword->value.kind == VALUE_NONE)
        return true;
    if (keyword->value.kind != VALUE_STRING)
        return error_set(err, ERROR_TYPE, "%s must be None or a string, not %s",
                         keyword->name, value_type_name(keyword->value));
    *target = keyword->value;
    return true;
}

static const char *text_or(struct value value, const char *otherwise)
{
    return value.kind == VALUE_STRING ? value.string->text : otherwise;
}

NATIVE(print_call)
{
    struct value separator = value_none(), end = value_none();
    struct strbuf text = STRBUF_INIT;

    (void)native;
    for (int i = 0; i < args->keyword_count; i++)
        if (!print_option(&args->keywords[i], &separator, &end, err))
            return false;
    for (int i = 0; i < args->count; i++) {
        if (i)
            strbuf_adds(&text, text_or(separator, " "));
        value_str(args->values[i], &text);
    }
    strbuf_adds(&text, text_or(end, "\n"));
    interp_write(interp, text.text, text.length);
    strbuf_done(&text);
    *ret = value_none();
    return true;
}

/* ------------------------------------------------------------------ numbers */

static const struct param x_params[] = {{"x", PARAM_ANY, 0, NULL},
                                        {NULL, 0, 0, NULL}};
static const struct param round_params[] = {
    {"number", PARAM_ANY, 0, NULL},
    {"ndigits", PARAM_ANY, 0, "None"},
    {NULL, 0, 0, NULL}};
static const struct param pow_params[] = {{"base", PARAM_ANY, 0, NULL},
                                          {"exp", PARAM_ANY, 0, NULL},
                                          {NULL, 0, 0, NULL}};
static const struct param two_params[] = {{"x", PARAM_ANY, 0, NULL},
                                          {"y", PARAM_ANY, 0, NULL},
                                          {NULL, 0, 0, NULL}};

NATIVE(abs_call)
{
    struct value x;
    return native_bind(native, args, &x, err) &&
           operate_unary(interp, OPERATOR_ABSOLUTE, x, ret, err);
}

/* Rounds correctly by way of the decimal digits, as Python does. */
static double round_digits(double x, int64_t digits)
{
    char text[400];

    if (!isfinite(x) || digits > 308)
        return x;
    if (digits < 0) {
        double power = pow(10, (double)-digits);
        return digits < -308 ? copysign(0, x) : rint(x / power) * power;
    }
    snprintf(text, sizeof text, "%.*f", (int)digits, x);
    return strtod(text, NULL);
}

static bool round_to_int(double x, struct value *ret, struct error *err)
{
    if (isnan(x))
        return error_set(err, ERROR_VALUE,
                         "cannot convert float NaN to integer");
    if (isinf(x) || fabs(x) >= 9223372036854775808.0)
        return error_set(err, ERROR_OVERFLOW,
                         "cannot convert float infinity to integer");
    *ret = value_int((int64_t)rint(x));
    return true;
}

static bool round_array(struct interp *interp, struct value x,
                        struct value digits, struct value *ret,
                        struct error *err)
{
    struct value method;
    struct call_args args = {.count = digits.kind == VALUE_INT,
                             .values = &digits};

    if (!interp_get_attribute(interp, x, "round", &method, err))
        return false;
    bool done = interp_call(interp, method, &args, ret, err);
    value_unref(method);
    return done;
}

NATIVE(round_call)
{
    struct value slots[2];
    int64_t digits = 0, whole;
    double x;

    if (!native_bind(native, args, slots, err))
        return false;
    bool given = slot_given(slots[1]);
    if (given && !value_as_int(slots[1], &digits))
        return error_set(err, ERROR_TYPE,
                         "'%s' object cannot be interpreted as an integer",
                         value_type_name(slots[1]));
    if (slots[0].kind == VALUE_TENSOR || slots[0].kind == VALUE_SCALAR)
        return round_array(interp, slots[0],
                           given ? value_int(digits) : value_none(), ret, err);
    if (value_as_int(slots[0], &whole)) {
        *ret = value_int(digits < 0 ? (int64_t)round_digits((double)whole,
                                                            digits)
                                    : whole);
        return true;
    }
    if (!value_as_double(slots[0], &x))
        return error_set(err, ERROR_TYPE,
                         "type %s doesn't define __round__ method",
                         value_type_name(slots[0]));
    if (!given)
        return round_to_int(x, ret, err);
    *ret = value_float(round_digits(x, digits));
    return true;
}

NATIVE(pow_call)
{
    struct value slots[2];
    return native_bind(native, args, slots, err) &&
           operate(interp, OPERATOR_POWER, slots[0], slots[1], ret, err);
}

NATIVE(divmod_call)
{
    struct value slots[2], pair[2];

    if (!native_bind(native, args, slots, err) ||
        !operate(interp, OPERATOR_FLOOR_DIVIDE, slots[0], slots[1], &pair[0],
                 err))
        return false;
    if (!operate(interp, OPERATOR_REMAINDER, slots[0], slots[1], &pair[1],
                 err)) {
        value_unref(pair[0]);
        return false;
    }
    *ret = value_tuple_take(2, pair);
    return true;
}

/* -------------------------------------------------------------------- types */

NATIVE(type_call_native)
{
    struct value x;

    (void)interp;
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

NATIVE(repr_call)
{
    struct value x;
    struct strbuf text = STRBUF_INIT;

    (void)interp;
    if (!native_bind(native, args, &x, err))
        return false;
    value_repr(x, &text);
    *ret = value_string_take(&text);
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
    if (interp_get_attribute(interp, slots[0], slots[1].string->text, ret,
                             err))
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

/* --------------------------------------------------------------- characters */

NATIVE(chr_call)
{
    struct value x;
    int64_t code;
    char text[4];

    (void)interp;
    if (!native_bind(native, args, &x, err))
        return false;
    if (!value_as_int(x, &code))
        return error_set(err, ERROR_TYPE,
                         "'%s' object cannot be interpreted as an integer",
                         value_type_name(x));
    if (code < 0 || code > 0x10ffff)
        return error_set(err, ERROR_VALUE,
                         "chr() arg not in range(0x110000)");
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

NATIVE(input_call)
{
    (void)interp;
    (void)args;
    (void)ret;
    error_set(err, ERROR_RUNTIME, "%s() has nobody to ask here", native->name);
    error_hint(err, _("put the value into a variable: x = 5"));
    return false;
}

static const struct param print_params[] = {
    {"values", PARAM_ANY, 0, ""},
    {"sep", PARAM_STRING, PARAM_KEYWORD_ONLY, "' '"},
    {"end", PARAM_STRING, PARAM_KEYWORD_ONLY, "'\\n'"},
    {NULL, 0, 0, NULL}};

static struct native builtins[] = {
    FUNCTION_ROW("print", print_call, print_params, "Shows values as text"),
    FUNCTION_ROW("abs", abs_call, x_params, "Distance from zero"),
    FUNCTION_ROW("round", round_call, round_params,
                 "The nearest number with so many digits"),
    FUNCTION_ROW("pow", pow_call, pow_params, "base ** exp"),
    FUNCTION_ROW("divmod", divmod_call, two_params, "(x // y, x % y)"),
    FUNCTION_ROW("type", type_call_native, x_params, "The type of a value"),
    FUNCTION_ROW("isinstance", isinstance_call, two_params,
                 "Is it of this type, or of one of these?"),
    FUNCTION_ROW("repr", repr_call, x_params,
                 "The text that the prompt shows for a value"),
    FUNCTION_ROW("id", id_call, x_params, "A number that tells objects apart"),
    FUNCTION_ROW("callable", callable_call, x_params, "Can it be called?"),
    FUNCTION_ROW("getattr", getattr_call, getattr_params,
                 "The attribute of that name"),
    FUNCTION_ROW("hasattr", hasattr_call, hasattr_params,
                 "Is there an attribute of that name?"),
    FUNCTION_ROW("chr", chr_call, x_params, "The character with this code"),
    FUNCTION_ROW("ord", ord_call, x_params, "The code of a character"),
    FUNCTION_ROW("input", input_call, x_params, "Not available here"),
    {.name = NULL},
};

void builtins_install(struct interp *interp)
{
    natives_add_builtins(builtins, interp);
    natives_add_builtins(iteration_builtins, interp);
}
