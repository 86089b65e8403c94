/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Comparisons, logic, tests of floats, larger and smaller. */
#include <math.h>

#include "tensor/elementwise.h"
#include "tensor/kernel_loops.h"

#define DEFINE_TO_BOOL(TYPE, type, wide, NAME, EXPRESSION)                     \
    MULTI_TARGET static void NAME##_##TYPE(KERNEL_ARGUMENTS)                   \
    {                                                                          \
        BINARY_BODY(type, bool, EXPRESSION)                                    \
    }
#define DEFINE_SAME(TYPE, type, wide, NAME, EXPRESSION)                        \
    MULTI_TARGET static void NAME##_##TYPE(KERNEL_ARGUMENTS)                   \
    {                                                                          \
        BINARY_BODY(type, type, EXPRESSION)                                    \
    }
#define DEFINE_TEST(TYPE, type, wide, NAME, EXPRESSION)                        \
    static void NAME##_##TYPE(KERNEL_ARGUMENTS)                                \
    {                                                                          \
        UNARY_BODY(type, bool, EXPRESSION)                                     \
    }

#define ALL_TYPES(X, ...)                                                      \
    X(BOOL, bool, bool, __VA_ARGS__)                                           \
    INTEGER_TYPES(X, __VA_ARGS__) FLOAT_TYPES(X, __VA_ARGS__)

#define EQUAL(x, y) ((x) == (y))
#define NOT_EQUAL(x, y) ((x) != (y))
#define LESS(x, y) ((x) < (y))
#define LESS_EQUAL(x, y) ((x) <= (y))
#define GREATER(x, y) ((x) > (y))
#define GREATER_EQUAL(x, y) ((x) >= (y))
#define LOGICAL_AND(x, y) ((x) != 0 && (y) != 0)
#define LOGICAL_OR(x, y) ((x) != 0 || (y) != 0)
#define LOGICAL_XOR(x, y) (((x) != 0) != ((y) != 0))
#define LOGICAL_NOT(x) ((x) == 0)

ALL_TYPES(DEFINE_TO_BOOL, equal, EQUAL)
ALL_TYPES(DEFINE_TO_BOOL, not_equal, NOT_EQUAL)
ALL_TYPES(DEFINE_TO_BOOL, less, LESS)
ALL_TYPES(DEFINE_TO_BOOL, less_equal, LESS_EQUAL)
ALL_TYPES(DEFINE_TO_BOOL, greater, GREATER)
ALL_TYPES(DEFINE_TO_BOOL, greater_equal, GREATER_EQUAL)
ALL_TYPES(DEFINE_TO_BOOL, logical_and, LOGICAL_AND)
ALL_TYPES(DEFINE_TO_BOOL, logical_or, LOGICAL_OR)
ALL_TYPES(DEFINE_TO_BOOL, logical_xor, LOGICAL_XOR)
ALL_TYPES(DEFINE_TEST, logical_not, LOGICAL_NOT)

/* maximum and minimum let a NaN win, fmax and fmin let it lose.  x != x is
   true for NaN only, and never for integers. */
#define MAXIMUM(x, y) ((x) >= (y) || (x) != (x) ? (x) : (y))
#define MINIMUM(x, y) ((x) <= (y) || (x) != (x) ? (x) : (y))
#define FMAX(x, y) ((x) > (y) || (y) != (y) ? (x) : (y))
#define FMIN(x, y) ((x) < (y) || (y) != (y) ? (x) : (y))

ALL_TYPES(DEFINE_SAME, maximum, MAXIMUM)
ALL_TYPES(DEFINE_SAME, minimum, MINIMUM)
FLOAT_TYPES(DEFINE_SAME, fmax, FMAX)
FLOAT_TYPES(DEFINE_SAME, fmin, FMIN)

FLOAT_TYPES(DEFINE_TEST, isnan, isnan)
FLOAT_TYPES(DEFINE_TEST, isinf, isinf)
FLOAT_TYPES(DEFINE_TEST, isfinite, isfinite)
FLOAT_TYPES(DEFINE_TEST, signbit, signbit)

#define TO_BOOL(NAME) LOOP_LIST(NAME, ALL_TYPES(LOOP_TO_BOOL, NAME))
TO_BOOL(equal);
TO_BOOL(not_equal);
TO_BOOL(less);
TO_BOOL(less_equal);
TO_BOOL(greater);
TO_BOOL(greater_equal);
TO_BOOL(logical_and);
TO_BOOL(logical_or);
TO_BOOL(logical_xor);
TO_BOOL(logical_not);
LOOP_LIST(maximum, ALL_TYPES(LOOP_SAME, maximum));
LOOP_LIST(minimum, ALL_TYPES(LOOP_SAME, minimum));
LOOP_LIST(fmax, LOOP_SAME(BOOL, , , maximum) INTEGER_TYPES(LOOP_SAME, maximum)
                    FLOAT_TYPES(LOOP_SAME, fmax));
LOOP_LIST(fmin, LOOP_SAME(BOOL, , , minimum) INTEGER_TYPES(LOOP_SAME, minimum)
                    FLOAT_TYPES(LOOP_SAME, fmin));
LOOP_LIST(isnan, FLOAT_TYPES(LOOP_TO_BOOL, isnan));
LOOP_LIST(isinf, FLOAT_TYPES(LOOP_TO_BOOL, isinf));
LOOP_LIST(isfinite, FLOAT_TYPES(LOOP_TO_BOOL, isfinite));
LOOP_LIST(signbit, FLOAT_TYPES(LOOP_TO_BOOL, signbit));

#define UFUNC(NAME, inputs, identity)                                          \
    {#NAME, inputs, true, NULL, IDENTITY_##identity, LOOPS(NAME##_loops)}

const struct ufunc comparison_ufuncs[] = {
    UFUNC(equal, 2, NONE),
    UFUNC(not_equal, 2, NONE),
    UFUNC(less, 2, NONE),
    UFUNC(less_equal, 2, NONE),
    UFUNC(greater, 2, NONE),
    UFUNC(greater_equal, 2, NONE),
    UFUNC(logical_and, 2, ONE),
    UFUNC(logical_or, 2, ZERO),
    UFUNC(logical_xor, 2, ZERO),
    UFUNC(logical_not, 1, NONE),
    UFUNC(maximum, 2, ANY_ORDER),
    UFUNC(minimum, 2, ANY_ORDER),
    UFUNC(fmax, 2, ANY_ORDER),
    UFUNC(fmin, 2, ANY_ORDER),
    UFUNC(isnan, 1, NONE),
    UFUNC(isinf, 1, NONE),
    UFUNC(isfinite, 1, NONE),
    UFUNC(signbit, 1, NONE),
    {.name = NULL},
};
