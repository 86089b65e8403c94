/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Python's built-in functions about numbers, and print; the others are in
   builtins_object.c, builtins_iterate.c and builtins_order.c. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "autograd/tape.h"
#include "base/i18n.h"
#include "bind/builtins.h"
#include "bind/file_object.h"
#include "bind/op_call.h"
#include "lang/interp.h"
#include "ops/registry.h"

/* ------------------------------------------------------------------- print */

static bool print_option(const struct keyword_value *keyword,
                         struct value *separator, struct value *end,
                         struct value *file, struct error *err)
{
    struct value *target = !strcmp(keyword->name, "sep")   ? separator
                           : !strcmp(keyword->name, "end") ? end
                                                           : NULL;
    if (!strcmp(keyword->name, "flush"))
        return true;
    if (!strcmp(keyword->name, "file")) {
        *file = keyword->value;
        return true;
    }
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
    struct value file = value_none();
    struct strbuf text = STRBUF_INIT;

    (void)native;
    for (int i = 0; i < args->keyword_count; i++)
        if (!print_option(&args->keywords[i], &separator, &end, &file, err))
            return false;
    for (int i = 0; i < args->count; i++) {
        if (i)
            strbuf_adds(&text, text_or(separator, " "));
        value_str(args->values[i], &text);
    }
    strbuf_adds(&text, text_or(end, "\n"));
    bool good = interp_settle(interp, err);
    if (good && file.kind != VALUE_NONE)
        good = file_write_text(interp, file, text.text, text.length, err);
    else if (good)
        interp_write(interp, text.text, text.length);
    strbuf_done(&text);
    *ret = value_none();
    return good;
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
                                          {"mod", PARAM_ANY, 0, "None"},
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
    int64_t integer;
    if (!double_to_int64(rint(x), &integer, err))
        return false;
    *ret = value_int(integer);
    return true;
}

static bool round_scalar(struct interp *interp, struct value x,
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
    if (slots[0].kind == VALUE_INSTANCE) {
        bool found;
        if (!value_call_special(interp, slots[0], "__round__", given, &slots[1],
                                &found, ret, err))
            return false;
        if (found)
            return true;
        slots[0] = value_plain(slots[0]);
    }
    /* a number that a tape follows; the steps of round() have no slope */
    if (slots[0].kind == VALUE_TENSOR && !slots[0].tensor->ndim &&
        tape_is_recording() && tape_tracks(slots[0].tensor))
        slots[0] = value_scalar(tensor_item(slots[0].tensor));
    if (slots[0].kind == VALUE_TENSOR)
        return error_set(err, ERROR_TYPE,
                         "type %s doesn't define __round__ method",
                         value_type_name(slots[0]));
    if (slots[0].kind == VALUE_SCALAR)
        return round_scalar(interp, slots[0],
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

/* base ** exp % mod by squaring; the products have 128 bits. */
static bool power_modulo(const struct value *slots, struct value *ret,
                         struct error *err)
{
    int64_t base, exponent, modulus;

    if (!value_as_int(slots[0], &base) || !value_as_int(slots[1], &exponent) ||
        !value_as_int(slots[2], &modulus))
        return error_set(err, ERROR_TYPE,
                         "pow() 3rd argument not allowed unless all arguments "
                         "are integers");
    if (modulus == 0)
        return error_set(err, ERROR_VALUE, "pow() 3rd argument cannot be 0");
    if (exponent < 0)
        return error_set(err, ERROR_VALUE,
                         "base is not invertible for the given modulus");
    __int128 result = 1, square = base % modulus;
    for (; exponent; exponent >>= 1) {
        if (exponent & 1)
            result = result * square % modulus;
        square = square * square % modulus;
    }
    result %= modulus;
    if (result && (result < 0) != (modulus < 0))
        result += modulus;
    *ret = value_int((int64_t)result);
    return true;
}

NATIVE(pow_call)
{
    struct value slots[3];
    if (!native_bind(native, args, slots, err))
        return false;
    if (slot_given(slots[2]))
        return power_modulo(slots, ret, err);
    return operate(interp, OPERATOR_POWER, slots[0], slots[1], ret, err);
}

NATIVE(divmod_call)
{
    struct value slots[2], pair[2];

    if (!native_bind(native, args, slots, err))
        return false;
    if (slots[0].kind == VALUE_TENSOR || slots[1].kind == VALUE_TENSOR)
        return op_apply(op_find("np", "divmod", OP_FUNCTION), args, ret, err);
    if (!operate(interp, OPERATOR_FLOOR_DIVIDE, slots[0], slots[1], &pair[0],
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

/* -------------------------------------------------------------------- input */

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
    FUNCTION_ROW("input", input_call, x_params, "Not available here"),
    {.name = NULL},
};

void builtins_install(struct interp *interp)
{
    struct value name = value_string("__main__");

    interp_set_builtin(interp, "__name__", name);
    interp_set_builtin(interp, "__doc__", value_none());
    value_unref(name);
    natives_add_builtins(builtins, interp);
    natives_add_builtins(object_builtins, interp);
    natives_add_builtins(run_builtins, interp);
    natives_add_builtins(iteration_builtins, interp);
    natives_add_builtins(order_builtins, interp);
}
