/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bits, shifts, divisors. */
#include "tensor/elementwise.h"
#include "tensor/kernel_loops.h"

#define DEFINE_BINARY(TYPE, type, wide, NAME, EXPRESSION)                      \
    MULTI_TARGET static void NAME##_##TYPE(KERNEL_ARGUMENTS)                   \
    {                                                                          \
        BINARY_BODY(type, type, EXPRESSION)                                    \
    }
#define DEFINE_UNARY(TYPE, type, wide, NAME, EXPRESSION)                       \
    MULTI_TARGET static void NAME##_##TYPE(KERNEL_ARGUMENTS)                   \
    {                                                                          \
        UNARY_BODY(type, type, EXPRESSION)                                     \
    }

#define AND(x, y) ((x) & (y))
#define OR(x, y) ((x) | (y))
#define XOR(x, y) ((x) ^ (y))
#define INVERT(x) (~(x))
#define INVERT_BOOL(x) (!(x))

#define BOOL_AND_INTEGERS(X, ...)                                              \
    X(BOOL, bool, bool, __VA_ARGS__) INTEGER_TYPES(X, __VA_ARGS__)

BOOL_AND_INTEGERS(DEFINE_BINARY, bitwise_and, AND)
BOOL_AND_INTEGERS(DEFINE_BINARY, bitwise_or, OR)
BOOL_AND_INTEGERS(DEFINE_BINARY, bitwise_xor, XOR)
DEFINE_UNARY(BOOL, bool, bool, invert, INVERT_BOOL)
INTEGER_TYPES(DEFINE_UNARY, invert, INVERT)

/* Shifting by the width or more leaves nothing (or the sign), as NumPy. */
#define DEFINE_SHIFT(TYPE, type, wide, unused)                                 \
    static inline type left_shift_of_##TYPE(type x, type y)                    \
    {                                                                          \
        if ((wide)y >= sizeof(type) * 8)                                       \
            return 0;                                                          \
        return (type)((uint64_t)x << y);                                       \
    }                                                                          \
    static inline type right_shift_of_##TYPE(type x, type y)                   \
    {                                                                          \
        if ((wide)y >= sizeof(type) * 8)                                       \
            return x < 0 ? (type)-1 : 0;                                       \
        return (type)(x >> y);                                                 \
    }                                                                          \
    DEFINE_BINARY(TYPE, type, wide, left_shift, left_shift_of_##TYPE)          \
    DEFINE_BINARY(TYPE, type, wide, right_shift, right_shift_of_##TYPE)
INTEGER_TYPES(DEFINE_SHIFT, unused)

/* Euclid's algorithm on magnitudes. */
#define DEFINE_DIVISORS(TYPE, type, wide, unused)                              \
    static inline wide magnitude_of_##TYPE(type x)                             \
    {                                                                          \
        return (wide)(x < 0 ? (wide)0 - (wide)x : (wide)x);                    \
    }                                                                          \
    static inline type gcd_of_##TYPE(type x, type y)                           \
    {                                                                          \
        wide a = magnitude_of_##TYPE(x), b = magnitude_of_##TYPE(y);           \
        while (b) {                                                            \
            wide rest = (wide)(a % b);                                         \
            a = b;                                                             \
            b = rest;                                                          \
        }                                                                      \
        return (type)a;                                                        \
    }                                                                          \
    static inline type lcm_of_##TYPE(type x, type y)                           \
    {                                                                          \
        wide divisor = (wide)gcd_of_##TYPE(x, y);                              \
        if (divisor == 0)                                                      \
            return 0;                                                          \
        return (type)((uint64_t)(magnitude_of_##TYPE(x) / divisor) *           \
                      magnitude_of_##TYPE(y));                                 \
    }                                                                          \
    static void gcd_##TYPE(KERNEL_ARGUMENTS)                                   \
    {                                                                          \
        BINARY_PLAIN_BODY(type, type, gcd_of_##TYPE)                           \
    }                                                                          \
    static void lcm_##TYPE(KERNEL_ARGUMENTS)                                   \
    {                                                                          \
        BINARY_PLAIN_BODY(type, type, lcm_of_##TYPE)                           \
    }
INTEGER_TYPES(DEFINE_DIVISORS, unused)

LOOP_LIST(bitwise_and, BOOL_AND_INTEGERS(LOOP_SAME, bitwise_and));
LOOP_LIST(bitwise_or, BOOL_AND_INTEGERS(LOOP_SAME, bitwise_or));
LOOP_LIST(bitwise_xor, BOOL_AND_INTEGERS(LOOP_SAME, bitwise_xor));
LOOP_LIST(invert, BOOL_AND_INTEGERS(LOOP_SAME, invert));
LOOP_LIST(left_shift, INTEGER_TYPES(LOOP_SAME, left_shift));
LOOP_LIST(right_shift, INTEGER_TYPES(LOOP_SAME, right_shift));
LOOP_LIST(gcd, INTEGER_TYPES(LOOP_SAME, gcd));
LOOP_LIST(lcm, INTEGER_TYPES(LOOP_SAME, lcm));

#define UFUNC(NAME, inputs, identity)                                          \
    {#NAME, inputs, true, NULL, IDENTITY_##identity, LOOPS(NAME##_loops)}

const struct ufunc integer_ufuncs[] = {
    UFUNC(bitwise_and, 2, MINUS_ONE),
    UFUNC(bitwise_or, 2, ZERO),
    UFUNC(bitwise_xor, 2, ZERO),
    UFUNC(invert, 1, NONE),
    UFUNC(left_shift, 2, NONE),
    UFUNC(right_shift, 2, NONE),
    UFUNC(gcd, 2, ZERO),
    UFUNC(lcm, 2, NONE),
    {.name = NULL},
};
