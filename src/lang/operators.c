/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Python's operators.  Numbers come first and allocate nothing (number.h has
 * what is done in place); what has an array or a NumPy scalar in it goes to
 * bind, but for the scalars that the book's naive loops are made of.
 */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "autograd/tape.h"
#include "base/alloc.h"
#include "lang/interp.h"
#include "lang/number.h"
#include "tensor/small.h"

/* Text, the method a class defines for it, the one for the right operand. */
static const struct {
    const char *text, *method, *reflected;
} rows[OPERATOR_COUNT] = {
    [OPERATOR_ADD] = {"+", "__add__", "__radd__"},
    [OPERATOR_SUBTRACT] = {"-", "__sub__", "__rsub__"},
    [OPERATOR_MULTIPLY] = {"*", "__mul__", "__rmul__"},
    [OPERATOR_DIVIDE] = {"/", "__truediv__", "__rtruediv__"},
    [OPERATOR_FLOOR_DIVIDE] = {"//", "__floordiv__", "__rfloordiv__"},
    [OPERATOR_REMAINDER] = {"%", "__mod__", "__rmod__"},
    [OPERATOR_POWER] = {"**", "__pow__", "__rpow__"},
    [OPERATOR_MATMUL] = {"@", "__matmul__", "__rmatmul__"},
    [OPERATOR_AND] = {"&", "__and__", "__rand__"},
    [OPERATOR_OR] = {"|", "__or__", "__ror__"},
    [OPERATOR_XOR] = {"^", "__xor__", "__rxor__"},
    [OPERATOR_LEFT_SHIFT] = {"<<", "__lshift__", "__rlshift__"},
    [OPERATOR_RIGHT_SHIFT] = {">>", "__rshift__", "__rrshift__"},
    [OPERATOR_EQUAL] = {"==", "__eq__", "__eq__"},
    [OPERATOR_NOT_EQUAL] = {"!=", "__ne__", "__ne__"},
    [OPERATOR_LESS] = {"<", "__lt__", "__gt__"},
    [OPERATOR_LESS_EQUAL] = {"<=", "__le__", "__ge__"},
    [OPERATOR_GREATER] = {">", "__gt__", "__lt__"},
    [OPERATOR_GREATER_EQUAL] = {">=", "__ge__", "__le__"},
    [OPERATOR_NEGATIVE] = {"-", "__neg__", NULL},
    [OPERATOR_POSITIVE] = {"+", "__pos__", NULL},
    [OPERATOR_INVERT] = {"~", "__invert__", NULL},
    [OPERATOR_ABSOLUTE] = {"abs", "__abs__", NULL},
};

const char *operator_text(enum operator operator)
{
    return rows[operator].text;
}

bool operator_unsupported(enum operator operator, struct value a,
                          struct value b, struct error *err)
{
    const char *text = operator== OPERATOR_POWER ? "** or pow()"
                                                 : rows[operator].text;
    if (operator== OPERATOR_ADD && a.kind == VALUE_STRING)
        return error_set(err, ERROR_TYPE,
                         "can only concatenate str (not \"%s\") to str",
                         value_type_name(b));
    if (operator==
        OPERATOR_ADD &&(a.kind == VALUE_LIST || a.kind == VALUE_TUPLE))
        return error_set(
            err, ERROR_TYPE, "can only concatenate %s (not \"%s\") to %s",
            value_type_name(a), value_type_name(b), value_type_name(a));
    return error_set(err, ERROR_TYPE,
                     "unsupported operand type(s) for %s: '%s' and '%s'", text,
                     value_type_name(a), value_type_name(b));
}

/* ---------------------------------------------------------------- integers */

static bool overflow(struct error *err)
{
    error_set(err, ERROR_OVERFLOW, "int too large for 64 bits");
    error_hint(err, "write one of the numbers as a float, 2.0 for 2");
    return false;
}

static bool zero_division(struct error *err, const char *text)
{
    return error_set(err, ERROR_ZERO_DIVISION, "%s", text);
}

/* A ** B for B >= 0, by squaring. */
static bool int_power(int64_t a, int64_t b, struct value *ret,
                      struct error *err)
{
    int64_t result = 1;
    while (b) {
        if ((b & 1) && __builtin_mul_overflow(result, a, &result))
            return overflow(err);
        b >>= 1;
        if (b && __builtin_mul_overflow(a, a, &a))
            return overflow(err);
    }
    *ret = value_int(result);
    return true;
}

static bool int_divide(enum operator operator, int64_t a, int64_t b,
                       struct value *ret, struct error *err)
{
    if (operator== OPERATOR_DIVIDE) {
        if (b == 0)
            return zero_division(err, "division by zero");
        *ret = value_float((double)a / (double)b);
        return true;
    }
    if (b == 0)
        return zero_division(err, operator== OPERATOR_FLOOR_DIVIDE
                                      ? "integer division or modulo by zero"
                                      : "integer modulo by zero");
    if (b == -1) {
        if (operator== OPERATOR_FLOOR_DIVIDE && a == INT64_MIN)
            return overflow(err);
        *ret = value_int(operator== OPERATOR_FLOOR_DIVIDE ? -a : 0);
        return true;
    }
    int64_t quotient = a / b, remainder = a % b;
    if (remainder && (remainder < 0) != (b < 0)) {
        quotient--;
        remainder += b;
    }
    *ret = value_int(operator== OPERATOR_FLOOR_DIVIDE ? quotient : remainder);
    return true;
}

static bool int_shift(enum operator operator, int64_t a, int64_t b,
                      struct value *ret, struct error *err)
{
    if (b < 0)
        return error_set(err, ERROR_VALUE, "negative shift count");
    if (operator== OPERATOR_RIGHT_SHIFT) {
        *ret = value_int(b > 63 ? (a < 0 ? -1 : 0) : a >> b);
        return true;
    }
    if (a && (b > 62 || a > INT64_MAX >> b || a < INT64_MIN >> b))
        return overflow(err);
    *ret = value_int(a ? (int64_t)((uint64_t)a << b) : 0);
    return true;
}

static bool float_operate(enum operator operator, double a, double b,
                          struct value *ret, struct error *err);

static bool int_operate(enum operator operator, int64_t a, int64_t b,
                        struct value *ret, struct error *err)
{
    int64_t result;
    if (int_compute(operator, a, b, ret))
        return true;
    switch (operator) {
    case OPERATOR_ADD:
    case OPERATOR_SUBTRACT:
    case OPERATOR_MULTIPLY:
        return overflow(err);
    case OPERATOR_DIVIDE:
    case OPERATOR_FLOOR_DIVIDE:
    case OPERATOR_REMAINDER:
        return int_divide(operator, a, b, ret, err);
    case OPERATOR_POWER:
        if (b < 0)
            return float_operate(operator,(double) a, (double)b, ret, err);
        return int_power(a, b, ret, err);
    case OPERATOR_AND:
        result = a & b;
        break;
    case OPERATOR_OR:
        result = a | b;
        break;
    case OPERATOR_XOR:
        result = a ^ b;
        break;
    case OPERATOR_LEFT_SHIFT:
    case OPERATOR_RIGHT_SHIFT:
        return int_shift(operator, a, b, ret, err);
    default:
        return operator_unsupported(operator, value_int(a), value_int(b), err);
    }
    *ret = value_int(result);
    return true;
}

/* ------------------------------------------------------------------ floats */

static bool float_power(double a, double b, struct value *ret,
                        struct error *err)
{
    if (a == 0 && b < 0)
        return zero_division(err, "0.0 cannot be raised to a negative power");
    if (a < 0 && isfinite(a) && isfinite(b) && b != floor(b))
        return error_set(err, ERROR_VALUE,
                         "a negative number to a fractional power is complex, "
                         "which is not supported");
    double result = pow(a, b);
    if (isinf(result) && isfinite(a) && isfinite(b))
        return error_set(err, ERROR_OVERFLOW,
                         "(34, 'Numerical result out of range')");
    *ret = value_float(result);
    return true;
}

/* The remainder with the divisor's sign, and the quotient that goes with it,
   as CPython's float_divmod. */
static double float_remainder(double a, double b)
{
    double remainder = fmod(a, b);
    if (remainder == 0)
        return copysign(0, b);
    return (remainder < 0) != (b < 0) ? remainder + b : remainder;
}

static double float_floor_divide(double a, double b)
{
    double quotient = (a - float_remainder(a, b)) / b;
    if (quotient == 0)
        return copysign(0, a / b);
    double whole = floor(quotient);
    return quotient - whole > 0.5 ? whole + 1 : whole;
}

static bool float_operate(enum operator operator, double a, double b,
                          struct value *ret, struct error *err)
{
    double result;
    if (real_compute(operator, a, b, &result)) {
        *ret = value_float(result);
        return true;
    }
    switch (operator) {
    case OPERATOR_DIVIDE:
        return zero_division(err, "float division by zero");
    case OPERATOR_FLOOR_DIVIDE:
        if (b == 0)
            return zero_division(err, "float floor division by zero");
        *ret = value_float(float_floor_divide(a, b));
        return true;
    case OPERATOR_REMAINDER:
        if (b == 0)
            return zero_division(err, "float modulo");
        *ret = value_float(float_remainder(a, b));
        return true;
    case OPERATOR_POWER:
        return float_power(a, b, ret, err);
    default:
        return operator_unsupported(operator, value_float(a), value_float(b),
                                    err);
    }
}

/* ----------------------------------------------------------------- scalars */

/* A number that becomes float64 beside a float64 scalar. */
static bool joins_float64(struct value value, double *ret)
{
    if (value.kind == VALUE_SCALAR && value.dtype == DTYPE_INT64) {
        *ret = (double)value.i;
        return true;
    }
    return number_as_real(value, ret);
}

static bool is_scalar_of(struct value value, enum dtype dtype)
{
    return value.kind == VALUE_SCALAR && value.dtype == dtype;
}

/* Two float32, or two int64 of which one may be Python's; what is float64
   then.  false when bind must do it. */
static bool scalar_operate(enum operator operator, struct value a,
                           struct value b, struct value *ret)
{
    bool ints = (is_scalar_of(a, DTYPE_INT64) || a.kind == VALUE_INT) &&
                (is_scalar_of(b, DTYPE_INT64) || b.kind == VALUE_INT);
    bool floats = is_scalar_of(a, DTYPE_FLOAT32) &&
                  is_scalar_of(b, DTYPE_FLOAT32);
    double x = a.f, y = b.f, result;
    if (ints && operator!= OPERATOR_DIVIDE) {
        if (!int_compute(operator, a.i, b.i, ret))
            return false;
        *ret = value_scalar(scalar_from_int(ret->i));
        return true;
    }
    bool doubles = ints || number_is_float64(a) || number_is_float64(b);
    if (!floats &&
        !(doubles && joins_float64(a, &x) && joins_float64(b, &y)))
        return false;
    if (!real_compute(operator, x, y, &result))
        return false;
    /* rounding the double once more gives float's own result */
    if (!isfinite(floats ? (float)result : result))
        return false;
    *ret = value_scalar((struct scalar){
        floats ? DTYPE_FLOAT32 : DTYPE_FLOAT64,
        {.f = floats ? (double)(float)result : result}});
    return true;
}

/* Does float32 stay float32 beside it?  Not beside integers of more than 16
   bits. */
static bool keeps_float32(struct value number)
{
    bool is_int = number.kind == VALUE_INT ||
                  is_scalar_of(number, DTYPE_INT64);
    return !is_int || (number.i >= INT16_MIN && number.i <= UINT16_MAX);
}

/* A few floats beside a few floats, or beside a number. */
static bool small_array_operate(enum operator operator, struct value a,
                                struct value b, struct tensor *into,
                                struct value *ret)
{
    struct small_operand operands[2] = {{.tensor = NULL}, {.tensor = NULL}};
    const struct value values[2] = {a, b};
    if (operator> OPERATOR_DIVIDE || tape_is_holding())
        return false;
    for (int i = 0; i < 2; i++) {
        if (values[i].kind == VALUE_TENSOR)
            operands[i].tensor = values[i].tensor;
        else if (!joins_float64(values[i], &operands[i].number))
            return false;
    }
    for (int i = 0; i < 2; i++)
        if (operands[i].tensor && operands[i].tensor->dtype == DTYPE_FLOAT32 &&
            values[1 - i].kind != VALUE_TENSOR &&
            !keeps_float32(values[1 - i]))
            return false;
    struct tensor *result =
        small_operate((enum small_operation) operator, operands[0], operands[1],
                      into);
    if (result)
        *ret = value_tensor_take(result);
    return result != NULL;
}

static bool hook_operate(struct interp *interp, enum operator operator,
                         struct value a, struct value b, struct tensor *out,
                         struct value *ret, struct error *err)
{
    if (interp->hooks.operate)
        return interp->hooks.operate(interp, operator, a, b, out, ret, err);
    return operator_unsupported(operator, a, b, err);
}

/* ----------------------------------------------------------------- objects */

/* a.__add__(b), or b.__radd__(a) when a has none. */
static bool object_operate(struct interp *interp, enum operator operator,
                           struct value a, struct value b, bool *found,
                           struct value *ret, struct error *err)
{
    return value_call_binary(interp, a, rows[operator].method, b,
                             rows[operator].reflected, found, ret, err);
}

static bool is_sequence(struct value value)
{
    return value.kind == VALUE_LIST || value.kind == VALUE_TUPLE;
}

static bool is_int(struct value value)
{
    return value.kind == VALUE_INT || value.kind == VALUE_BOOL;
}

/* What is neither plain number nor float64 scalar. */
static bool operate_slow(struct interp *interp, enum operator operator,
                         struct value a, struct value b, struct value *ret,
                         struct error *err)
{
    bool formats = operator== OPERATOR_REMAINDER && a.kind == VALUE_STRING;
    if (!formats && (a.kind == VALUE_INSTANCE || b.kind == VALUE_INSTANCE)) {
        bool found;
        if (!object_operate(interp, operator, a, b, &found, ret, err))
            return false;
        if (found)
            return true;
        struct value plain_a = value_plain(a), plain_b = value_plain(b);
        if (plain_a.kind == a.kind && plain_b.kind == b.kind)
            return operator_unsupported(operator, a, b, err);
        return operate(interp, operator, plain_a, plain_b, ret, err);
    }
    bool repeats = operator== OPERATOR_MULTIPLY && b.kind ==
                   VALUE_SCALAR &&(is_sequence(a) || a.kind == VALUE_STRING);
    if ((value_is_numpy(a) || value_is_numpy(b)) && !repeats && !formats)
        return hook_operate(interp, operator, a, b, NULL, ret, err);
    return container_operate(operator, a, b, ret, err);
}

static bool bool_operate(enum operator operator, struct value a, struct value b,
                         struct value *ret)
{
    if (a.kind != VALUE_BOOL || b.kind != VALUE_BOOL)
        return false;
    switch (operator) {
    case OPERATOR_AND:
        *ret = value_bool(a.i & b.i);
        return true;
    case OPERATOR_OR:
        *ret = value_bool(a.i | b.i);
        return true;
    case OPERATOR_XOR:
        *ret = value_bool(a.i ^ b.i);
        return true;
    default:
        return false;
    }
}

bool operate(struct interp *interp, enum operator operator, struct value a,
             struct value b, struct value *ret, struct error *err)
{
    if (number_operate(operator, a, b, ret))
        return true;
    if (a.kind == VALUE_FLOAT && b.kind == VALUE_FLOAT)
        return float_operate(operator, a.f, b.f, ret, err);
    if (is_int(a) && is_int(b))
        return bool_operate(operator, a, b, ret) ||
               int_operate(operator, a.i, b.i, ret, err);
    if ((a.kind == VALUE_SCALAR || b.kind == VALUE_SCALAR) &&
        scalar_operate(operator, a, b, ret))
        return true;
    if (a.kind == VALUE_FLOAT && is_int(b))
        return float_operate(operator, a.f, (double)b.i, ret, err);
    if (is_int(a) && b.kind == VALUE_FLOAT)
        return float_operate(operator,(double) a.i, b.f, ret, err);
    if ((a.kind == VALUE_TENSOR || b.kind == VALUE_TENSOR) &&
        small_array_operate(operator, a, b, NULL, ret))
        return true;
    return operate_slow(interp, operator, a, b, ret, err);
}

/* The array of VALUE when the reference to it is the only one, NULL else. */
static struct tensor *sole_tensor(struct value value)
{
    bool sole = value.kind == VALUE_TENSOR && value.tensor->refs == 1 &&
                value.tensor->storage->refs == 1;
    return sole ? value.tensor : NULL;
}

bool operate_on_own(struct interp *interp, enum operator operator,
                    struct value a, struct value b, struct value *ret,
                    struct error *err)
{
    struct tensor *into = sole_tensor(a);
    if (!into)
        into = sole_tensor(b);
    return (into && small_array_operate(operator, a, b, into, ret)) ||
           operate(interp, operator, a, b, ret, err);
}

/* ---------------------------------------------------------- unary, in place */

static bool int_unary(enum operator operator, int64_t i, struct value *ret,
                      struct error *err)
{
    if (i == INT64_MIN &&
        (operator== OPERATOR_NEGATIVE || operator== OPERATOR_ABSOLUTE))
        return overflow(err);
    switch (operator) {
    case OPERATOR_NEGATIVE:
        *ret = value_int(-i);
        break;
    case OPERATOR_INVERT:
        *ret = value_int(~i);
        break;
    case OPERATOR_ABSOLUTE:
        *ret = value_int(i < 0 ? -i : i);
        break;
    default:
        *ret = value_int(i);
        break;
    }
    return true;
}

bool operate_unary(struct interp *interp, enum operator operator,
                   struct value a, struct value *ret, struct error *err)
{
    static const struct value nothing = {.kind = VALUE_UNDEFINED};
    bool found = false;
    if (is_int(a))
        return int_unary(operator, a.i, ret, err);
    if (a.kind == VALUE_FLOAT && operator!= OPERATOR_INVERT) {
        *ret = value_float(operator== OPERATOR_NEGATIVE ? -a.f :
                           operator== OPERATOR_ABSOLUTE ? fabs(a.f)
                                                        : a.f);
        return true;
    }
    if (number_is_float64(a) && operator== OPERATOR_NEGATIVE) {
        *ret = value_scalar(scalar_from_double(-a.f));
        return true;
    }
    if (value_is_numpy(a))
        return hook_operate(interp, operator, a, nothing, NULL, ret, err);
    if (a.kind == VALUE_INSTANCE &&
        !value_call_special(interp, a, rows[operator].method, 0, NULL, &found,
                            ret, err))
        return false;
    if (found)
        return true;
    if (value_plain(a).kind != a.kind)
        return operate_unary(interp, operator, value_plain(a), ret, err);
    if (operator== OPERATOR_ABSOLUTE)
        return error_set(err, ERROR_TYPE, "bad operand type for abs(): '%s'",
                         value_type_name(a));
    return error_set(err, ERROR_TYPE, "bad operand type for unary %s: '%s'",
                     rows[operator].text, value_type_name(a));
}

/* list += any iterable */
static bool list_extend_in_place(struct interp *interp, struct value list,
                                 struct value more, struct value *ret,
                                 struct error *err)
{
    size_t count;
    struct value *items;
    if (!interp_collect(interp, more, &count, &items, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        list_append(list.sequence, items[i]);
        value_unref(items[i]);
    }
    free(items);
    *ret = value_ref(list);
    return true;
}

bool operate_in_place(struct interp *interp, enum operator operator,
                      struct value a, struct value b, struct value *ret,
                      struct error *err)
{
    if (a.kind == VALUE_TENSOR &&
        small_array_operate(operator, a, b, a.tensor, ret))
        return true;
    if (a.kind == VALUE_TENSOR)
        return hook_operate(interp, operator, a,
                            b, operator== OPERATOR_MATMUL ? NULL : a.tensor,
                            ret, err);
    if (a.kind == VALUE_LIST && operator== OPERATOR_ADD &&
                                b.kind != VALUE_SCALAR)
        return list_extend_in_place(interp, a, b, ret, err);
    if (a.kind == VALUE_INSTANCE) {
        char name[24] = "__i";
        bool found;
        strncat(name, rows[operator].method + 2, sizeof name - 4);
        if (!value_call_special(interp, a, name, 1, &b, &found, ret, err))
            return false;
        if (found)
            return true;
        struct value held = value_plain(a);
        if (held.kind == VALUE_LIST && operator== OPERATOR_ADD) {
            if (!list_extend_in_place(interp, held, b, ret, err))
                return false;
            value_unref(*ret);
            *ret = value_ref(a);
            return true;
        }
    }
    bool good = operate(interp, operator, a, b, ret, err);
    static const char plain[] = "unsupported operand type(s) for ";
    size_t skip = sizeof plain - 1;
    if (!good && err->kind == ERROR_TYPE && err->frame_count == 0 &&
        !strncmp(err->message, plain, skip)) {
        const char *colon = strchr(err->message, ':');
        char *message = xasprintf("%s%s=%s", plain, rows[operator].text,
                                  colon ? colon : "");
        error_set(err, ERROR_TYPE, "%s", message);
        free(message);
    }
    return good;
}
