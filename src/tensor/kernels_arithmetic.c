/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * + - * / // % ** and their relatives.  Integers wrap around, as in NumPy;
 * they are computed unsigned, since C leaves signed overflow undefined.
 */
#include <fenv.h>
#include <float.h>
#include <math.h>

#include "tensor/elementwise.h"
#include "tensor/kernel_loops.h"
#include "tensor/math_vector.h"

/* DEFINE_BINARY(TYPE, type, wide, NAME, EXPRESSION): kernel NAME_TYPE */
#define DEFINE_BINARY(TYPE, type, wide, NAME, EXPRESSION)                      \
    MULTI_TARGET static void NAME##_##TYPE(KERNEL_ARGUMENTS)                   \
    {                                                                          \
        BINARY_BODY(type, type, EXPRESSION)                                    \
    }
#define DEFINE_WRAPPING(TYPE, type, wide, NAME, EXPRESSION)                    \
    DEFINE_BINARY(TYPE, wide, wide, NAME, EXPRESSION)
#define DEFINE_PLAIN(TYPE, type, wide, NAME, EXPRESSION)                       \
    static void NAME##_##TYPE(KERNEL_ARGUMENTS)                                \
    {                                                                          \
        BINARY_PLAIN_BODY(type, type, EXPRESSION)                              \
    }
#define DEFINE_UNARY(TYPE, type, wide, NAME, EXPRESSION)                       \
    MULTI_TARGET static void NAME##_##TYPE(KERNEL_ARGUMENTS)                   \
    {                                                                          \
        UNARY_BODY(type, type, EXPRESSION)                                     \
    }
#define DEFINE_WRAPPING_UNARY(TYPE, type, wide, NAME, EXPRESSION)              \
    DEFINE_UNARY(TYPE, wide, wide, NAME, EXPRESSION)

/* ------------------------------------------------- add, subtract, multiply */

#define ADD(x, y) ((x) + (y))
#define SUBTRACT(x, y) ((x) - (y))
#define MULTIPLY(x, y) ((x) * (y))
/* 16-bit factors would be promoted to int, whose product may overflow. */
#define MULTIPLY_WRAPPING(x, y) ((x) * 1u * (y))
#define LOGICAL_OR(x, y) ((x) || (y))
#define LOGICAL_AND(x, y) ((x) && (y))

DEFINE_BINARY(BOOL, bool, bool, add, LOGICAL_OR)
INTEGER_TYPES(DEFINE_WRAPPING, add, ADD)
FLOAT_TYPES(DEFINE_BINARY, add, ADD)
INTEGER_TYPES(DEFINE_WRAPPING, subtract, SUBTRACT)
FLOAT_TYPES(DEFINE_BINARY, subtract, SUBTRACT)
DEFINE_BINARY(BOOL, bool, bool, multiply, LOGICAL_AND)
INTEGER_TYPES(DEFINE_WRAPPING, multiply, MULTIPLY_WRAPPING)
FLOAT_TYPES(DEFINE_BINARY, multiply, MULTIPLY)

/* ----------------------------------------------------------------- division */

#define DIVIDE(x, y) ((x) / (y))
FLOAT_TYPES(DEFINE_BINARY, divide, DIVIDE)

/* feraiseexcept() would set the old unit's flag, which no one reads. */
static void raise_overflow(void)
{
    volatile double large = DBL_MAX, larger;
    larger = 2 * large;
    (void)larger;
}

/* Python's signs: the quotient is rounded down, the remainder has the sign of
   the divisor.  Integer division by zero gives 0 and an event. */
#define DEFINE_INTEGER_DIVISION(TYPE, type, wide, unused)                      \
    static inline type floor_divide_of_##TYPE(type x, type y)                  \
    {                                                                          \
        if (y == 0) {                                                          \
            feraiseexcept(FE_DIVBYZERO);                                       \
            return 0;                                                          \
        }                                                                      \
        if (y == (type)-1 && (type)-1 < 0) {                                   \
            if (x != 0 && (type)((wide)0 - (wide)x) == x)                      \
                raise_overflow();                                              \
            return (type)((wide)0 - (wide)x);                                  \
        }                                                                      \
        type quotient = (type)(x / y);                                         \
        if (x % y != 0 && (x < 0) != (y < 0))                                  \
            quotient--;                                                        \
        return quotient;                                                       \
    }                                                                          \
    static inline type remainder_of_##TYPE(type x, type y)                     \
    {                                                                          \
        if (y == 0) {                                                          \
            feraiseexcept(FE_DIVBYZERO);                                       \
            return 0;                                                          \
        }                                                                      \
        if (y == (type)-1 && (type)-1 < 0)                                     \
            return 0;                                                          \
        type rest = (type)(x % y);                                             \
        return rest != 0 && (rest < 0) != (y < 0) ? (type)(rest + y) : rest;   \
    }                                                                          \
    static inline type fmod_of_##TYPE(type x, type y)                          \
    {                                                                          \
        if (y == 0) {                                                          \
            feraiseexcept(FE_DIVBYZERO);                                       \
            return 0;                                                          \
        }                                                                      \
        if (y == (type)-1 && (type)-1 < 0)                                     \
            return 0;                                                          \
        return (type)(x % y);                                                  \
    }                                                                          \
    DEFINE_PLAIN(TYPE, type, wide, floor_divide, floor_divide_of_##TYPE)       \
    DEFINE_PLAIN(TYPE, type, wide, remainder, remainder_of_##TYPE)             \
    DEFINE_PLAIN(TYPE, type, wide, fmod, fmod_of_##TYPE)
INTEGER_TYPES(DEFINE_INTEGER_DIVISION, unused)

/* CPython's float_divmod: the quotient follows from the exact remainder.
   Comparing a NaN is to be no event. */
#define DEFINE_FLOAT_DIVISION(TYPE, type, wide, suffix)                        \
    static inline type remainder_of_##TYPE(type x, type y)                     \
    {                                                                          \
        type rest = (type)fmod##suffix(x, y);                                  \
        if (y == 0)                                                            \
            return rest;                                                       \
        if (rest != 0)                                                         \
            return isless(y, 0) != isless(rest, 0) ? rest + y : rest;                    \
        return (type)copysign##suffix(0, y);                                   \
    }                                                                          \
    static inline type floor_divide_of_##TYPE(type x, type y)                  \
    {                                                                          \
        if (y == 0)                                                            \
            return x / y;                                                      \
        type rest = (type)fmod##suffix(x, y);                                  \
        type quotient = (x - rest) / y;                                        \
        if (rest != 0 && isless(y, 0) != isless(rest, 0))                                \
            quotient -= 1;                                                     \
        if (quotient == 0)                                                     \
            return (type)copysign##suffix(0, x / y);                           \
        type whole = (type)floor##suffix(quotient);                            \
        return isgreater(quotient - whole, (type)0.5) ? whole + 1 : whole;               \
    }                                                                          \
    DEFINE_PLAIN(TYPE, type, wide, floor_divide, floor_divide_of_##TYPE)       \
    DEFINE_PLAIN(TYPE, type, wide, remainder, remainder_of_##TYPE)             \
    DEFINE_PLAIN(TYPE, type, wide, fmod, fmod##suffix)
DEFINE_FLOAT_DIVISION(FLOAT32, float, float, f)
DEFINE_FLOAT_DIVISION(FLOAT64, double, double, )

/* -------------------------------------------------------------------- power */

/* Integers have no negative powers. */
static bool check_power(struct tensor *const *inputs, enum dtype dtype,
                        struct error *err)
{
    const struct tensor *exponent = inputs[1];

    if (dtype_is_float(dtype) || dtype_kind(exponent->dtype) != 'i')
        return true;
    for (int64_t i = 0; i < exponent->size; i++)
        if (tensor_item_at(exponent, i).i < 0) {
            error_set(err, ERROR_VALUE,
                      "Integers to negative integer powers are not allowed.");
            error_hint(err, "make the base a float: x.astype(float) ** -1");
            return false;
        }
    return true;
}

/* By squaring; negative exponents never get here. */
#define DEFINE_INTEGER_POWER(TYPE, type, wide, unused)                         \
    static inline type power_of_##TYPE(type base, type exponent)               \
    {                                                                          \
        uint64_t result = 1, factor = (uint64_t)base;                          \
        for (wide left = (wide)exponent; left; left >>= 1) {                   \
            if (left & 1)                                                      \
                result *= factor;                                              \
            factor *= factor;                                                  \
        }                                                                      \
        return (type)result;                                                   \
    }                                                                          \
    DEFINE_PLAIN(TYPE, type, wide, power, power_of_##TYPE)
INTEGER_TYPES(DEFINE_INTEGER_POWER, unused)

/* The exponents that courses use are exact and fast as products. */
#define DEFINE_FLOAT_POWER(TYPE, type, OTHERS)                                 \
    static void power_##TYPE(KERNEL_ARGUMENTS)                                 \
    {                                                                          \
        type y = *(const type *)data[1];                                       \
        if (strides[1] == 0 && y == 2) {                                       \
            char *const pair[2] = {data[0], data[2]};                          \
            const int64_t steps[2] = {strides[0], strides[2]};                 \
            square_##TYPE(n, pair, steps, context);                            \
            return;                                                            \
        }                                                                      \
        OTHERS(n, data, strides, context);                                     \
    }

/* -------------------------------------------------------------------- unary */

#define NEGATIVE(x) (0 - (x))
#define NEGATIVE_FLOAT(x) (-(x))
#define SQUARE(x) ((x) * (x))
#define SQUARE_WRAPPING(x) MULTIPLY_WRAPPING(x, x)
#define POSITIVE(x) (x)
#define SIGN(x) (((x) > 0) - ((x) < 0))
#define SIGN_FLOAT(x) ((x) > 0 ? 1 : (x) < 0 ? -1 : (x))

INTEGER_TYPES(DEFINE_WRAPPING_UNARY, negative, NEGATIVE)
FLOAT_TYPES(DEFINE_UNARY, negative, NEGATIVE_FLOAT)
INTEGER_TYPES(DEFINE_UNARY, positive, POSITIVE)
FLOAT_TYPES(DEFINE_UNARY, positive, POSITIVE)
INTEGER_TYPES(DEFINE_WRAPPING_UNARY, square, SQUARE_WRAPPING)
FLOAT_TYPES(DEFINE_UNARY, square, SQUARE)
/* 0 ** -inf is a division by zero to NumPy, which C leaves open. */
static inline double power_of(double x, double y)
{
    if (x == 0 && y == -INFINITY)
        feraiseexcept(FE_DIVBYZERO);
    return pow(x, y);
}

/* A few are computed by the library, whose last digits are the best known. */
enum { FEW_POWERS = 64 };
static void pow_FLOAT64(KERNEL_ARGUMENTS)
{
    if (n > FEW_POWERS) {
        math_power_FLOAT64(n, data, strides, context);
        return;
    }
    BINARY_PLAIN_BODY(double, double, power_of)
}
DEFINE_FLOAT_POWER(FLOAT32, float, math_power_FLOAT32)
DEFINE_FLOAT_POWER(FLOAT64, double, pow_FLOAT64)

#define DEFINE_ABSOLUTE(TYPE, type, wide, unused)                              \
    static inline type absolute_of_##TYPE(type x)                              \
    {                                                                          \
        return (type)(x < 0 ? (wide)0 - (wide)x : (wide)x);                    \
    }                                                                          \
    DEFINE_UNARY(TYPE, type, wide, absolute, absolute_of_##TYPE)
SIGNED_TYPES(DEFINE_ABSOLUTE, unused)
UNSIGNED_TYPES(DEFINE_UNARY, absolute, POSITIVE)
DEFINE_UNARY(BOOL, bool, bool, absolute, POSITIVE)
DEFINE_UNARY(FLOAT32, float, float, absolute, fabsf)
DEFINE_UNARY(FLOAT64, double, double, absolute, fabs)

SIGNED_TYPES(DEFINE_UNARY, sign, SIGN)
#define SIGN_UNSIGNED(x) ((x) > 0)
UNSIGNED_TYPES(DEFINE_UNARY, sign, SIGN_UNSIGNED)
FLOAT_TYPES(DEFINE_UNARY, sign, SIGN_FLOAT)

/* Integers: 1/x is 0 but for 1 and -1.  NumPy converts the infinity that 1/0
   is to the type, which gives 0 but for the two types that the processor
   converts to. */
#define INFINITY_AS(TYPE)                                                      \
    (DTYPE_##TYPE == DTYPE_INT64   ? INT64_MIN                                 \
     : DTYPE_##TYPE == DTYPE_INT32 ? INT32_MIN                                 \
                                   : 0)
#define DEFINE_RECIPROCAL(TYPE, type, wide, unused)                            \
    static type reciprocal_of_##TYPE(type x)                                   \
    {                                                                          \
        if (x == 0) {                                                          \
            feraiseexcept(FE_DIVBYZERO | FE_INVALID);                          \
            return (type)INFINITY_AS(TYPE);                                    \
        }                                                                      \
        return x == 1 || x == -1 ? x : 0;                   \
    }                                                                          \
    static void reciprocal_##TYPE(KERNEL_ARGUMENTS)                            \
    {                                                                          \
        UNARY_BODY(type, type, reciprocal_of_##TYPE)                           \
    }
#define RECIPROCAL(x) (1 / (x))
SIGNED_TYPES(DEFINE_RECIPROCAL, unused)
#define DEFINE_UNSIGNED_RECIPROCAL(TYPE, type, wide, unused)                   \
    static type reciprocal_of_##TYPE(type x)                                   \
    {                                                                          \
        if (x == 0)                                                            \
            feraiseexcept(FE_DIVBYZERO | FE_INVALID);                          \
        return x == 1;                                                         \
    }                                                                          \
    static void reciprocal_##TYPE(KERNEL_ARGUMENTS)                            \
    {                                                                          \
        UNARY_BODY(type, type, reciprocal_of_##TYPE)                           \
    }
UNSIGNED_TYPES(DEFINE_UNSIGNED_RECIPROCAL, unused)
FLOAT_TYPES(DEFINE_UNARY, reciprocal, RECIPROCAL)

/* -------------------------------------------------------------------- table */

#define WITH_BOOL(NAME)                                                        \
    LOOP_SAME(BOOL, bool, bool, NAME)                                          \
    INTEGER_TYPES(LOOP_SAME, NAME) FLOAT_TYPES(LOOP_SAME, NAME)
#define NUMBERS(NAME)                                                          \
    INTEGER_TYPES(LOOP_SAME, NAME) FLOAT_TYPES(LOOP_SAME, NAME)

LOOP_LIST(add, WITH_BOOL(add));
LOOP_LIST(subtract, NUMBERS(subtract));
LOOP_LIST(multiply, WITH_BOOL(multiply));
/* Integers divide as float64. */
LOOP_LIST(divide, {DTYPE_INT64, DTYPE_FLOAT64, DTYPE_FLOAT64, divide_FLOAT64},
          FLOAT_TYPES(LOOP_SAME, divide));
LOOP_LIST(floor_divide, NUMBERS(floor_divide));
LOOP_LIST(remainder, NUMBERS(remainder));
LOOP_LIST(fmod, NUMBERS(fmod));
LOOP_LIST(power, NUMBERS(power));
LOOP_LIST(float_power, {DTYPE_FLOAT64, DTYPE_FLOAT64, DTYPE_FLOAT64,
                        power_FLOAT64});
LOOP_LIST(negative, NUMBERS(negative));
LOOP_LIST(positive, NUMBERS(positive));
LOOP_LIST(absolute, WITH_BOOL(absolute));
LOOP_LIST(fabs, FLOAT_TYPES(LOOP_SAME, absolute));
LOOP_LIST(sign, NUMBERS(sign));
LOOP_LIST(square, NUMBERS(square));
LOOP_LIST(reciprocal, NUMBERS(reciprocal));

#define UFUNC(NAME, inputs, identity)                                          \
    {#NAME, inputs, false, NULL, IDENTITY_##identity, LOOPS(NAME##_loops)}

#define NO_BOOL_LOOP(NAME)                                                     \
    "ufunc '" #NAME "' did not contain a loop with signature matching types "  \
    "<class 'numpy.dtype[bool_]'> -> None"

const struct ufunc arithmetic_ufuncs[] = {
    UFUNC(add, 2, ZERO),
    {"subtract", 2, false,
     "numpy boolean subtract, the `-` operator, is not supported, use the "
     "bitwise_xor, the `^` operator, or the logical_xor function instead.",
     IDENTITY_NONE, LOOPS(subtract_loops)},
    UFUNC(multiply, 2, ONE),
    UFUNC(divide, 2, NONE),
    UFUNC(floor_divide, 2, NONE),
    UFUNC(remainder, 2, NONE),
    UFUNC(fmod, 2, NONE),
    {"power", 2, false, NULL, IDENTITY_NONE, CHECKED_LOOPS(power_loops, check_power)},
    UFUNC(float_power, 2, NONE),
    {"negative", 1, false,
     "The numpy boolean negative, the `-` operator, is not supported, use the "
     "`~` operator or the logical_not function instead.",
     IDENTITY_NONE, LOOPS(negative_loops)},
    {"positive", 1, false, NO_BOOL_LOOP(positive), IDENTITY_NONE,
     LOOPS(positive_loops)},
    {"conjugate", 1, false, NULL, IDENTITY_NONE, LOOPS(positive_loops)},
    UFUNC(absolute, 1, NONE),
    UFUNC(fabs, 1, NONE),
    {"sign", 1, true, NO_BOOL_LOOP(sign), IDENTITY_NONE, LOOPS(sign_loops)},
    UFUNC(square, 1, NONE),
    UFUNC(reciprocal, 1, NONE),
    {.name = NULL},
};
