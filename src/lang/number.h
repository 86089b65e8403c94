/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Arithmetic of the numbers that loops are made of: Python's int and float and
 * NumPy's float64.  Inline, without allocation and without errors: false means
 * that the careful way is wanted (operators.c, compare.c), with nothing done.
 * So it is for other kinds of value, for an int that overflows, for a division
 * by zero, for a result that NumPy warns of.
 */
#ifndef LANG_NUMBER_H
#define LANG_NUMBER_H

#include <math.h>

#include "lang/lang.h"

static inline bool number_is_float64(struct value value)
{
    return value.kind == VALUE_SCALAR && value.dtype == DTYPE_FLOAT64;
}

/* A number that counts as a double beside a float. */
static inline bool number_as_real(struct value value, double *ret)
{
    if (value.kind == VALUE_FLOAT || number_is_float64(value)) {
        *ret = value.f;
        return true;
    }
    *ret = (double)value.i;
    return value.kind == VALUE_INT;
}

/* ------------------------------------------------------------- arithmetic */

static inline bool int_compute(enum operator operator, int64_t a, int64_t b,
                               struct value *ret)
{
    int64_t result;
    switch (operator) {
    case OPERATOR_ADD:
        if (__builtin_add_overflow(a, b, &result))
            return false;
        break;
    case OPERATOR_SUBTRACT:
        if (__builtin_sub_overflow(a, b, &result))
            return false;
        break;
    case OPERATOR_MULTIPLY:
        if (__builtin_mul_overflow(a, b, &result))
            return false;
        break;
    case OPERATOR_FLOOR_DIVIDE:
        if (a < 0 || b <= 0)
            return false;
        result = a / b;
        break;
    case OPERATOR_REMAINDER:
        if (a < 0 || b <= 0)
            return false;
        result = a % b;
        break;
    default:
        return false;
    }
    *ret = value_int(result);
    return true;
}

static inline bool real_compute(enum operator operator, double a, double b,
                                double *ret)
{
    switch (operator) {
    case OPERATOR_ADD:
        *ret = a + b;
        return true;
    case OPERATOR_SUBTRACT:
        *ret = a - b;
        return true;
    case OPERATOR_MULTIPLY:
        *ret = a * b;
        return true;
    case OPERATOR_DIVIDE:
        *ret = a / b;
        return b != 0;
    default:
        return false;
    }
}

static inline bool number_operate(enum operator operator, struct value a,
                                  struct value b, struct value *ret)
{
    double x, y, result;
    if (a.kind == VALUE_INT && b.kind == VALUE_INT)
        return int_compute(operator, a.i, b.i, ret);
    if (!number_as_real(a, &x) || !number_as_real(b, &y) ||
        !real_compute(operator, x, y, &result))
        return false;
    if (a.kind != VALUE_SCALAR && b.kind != VALUE_SCALAR) {
        *ret = value_float(result);
        return true;
    }
    if (!isfinite(result))
        return false;
    *ret = (struct value){
        .kind = VALUE_SCALAR, .dtype = DTYPE_FLOAT64, .f = result};
    return true;
}

/* ------------------------------------------------------------- comparison */

#define DEFINE_HOLDS(name, type)                               \
    static inline bool name(int operator, type a, type b)      \
    {                                                          \
        switch (operator) {                                    \
        case OPERATOR_EQUAL:                                   \
            return a == b;                                     \
        case OPERATOR_NOT_EQUAL:                               \
            return a != b;                                     \
        case OPERATOR_LESS:                                    \
            return a < b;                                      \
        case OPERATOR_LESS_EQUAL:                              \
            return a <= b;                                     \
        case OPERATOR_GREATER:                                 \
            return a > b;                                      \
        default:                                               \
            return a >= b;                                     \
        }                                                      \
    }

DEFINE_HOLDS(int_holds, int64_t)
DEFINE_HOLDS(real_holds, double)

#undef DEFINE_HOLDS

/* OPERATOR is one of the six comparisons. */
static inline bool number_holds(int operator, struct value a, struct value b,
                                bool *ret)
{
    double x, y;
    if (a.kind == VALUE_INT && b.kind == VALUE_INT) {
        *ret = int_holds(operator, a.i, b.i);
        return true;
    }
    if (!number_as_real(a, &x) || !number_as_real(b, &y))
        return false;
    *ret = real_holds(operator, x, y);
    return true;
}

/* What a comparison of numbers gives: np.bool_ where NumPy takes part. */
static inline struct value number_verdict(struct value a, struct value b,
                                          bool holds)
{
    if (a.kind != VALUE_SCALAR && b.kind != VALUE_SCALAR)
        return value_bool(holds);
    return (struct value){
        .kind = VALUE_SCALAR, .dtype = DTYPE_BOOL, .i = holds};
}

#endif
