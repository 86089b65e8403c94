/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Functions of the C library, element by element. */
#include <math.h>

#include "tensor/elementwise.h"
#include "tensor/kernel_loops.h"

/* FUNCTION with the suffix f for float: X(name, function, …). */
#define UNARY_MATH(X)                                                          \
    X(exp, exp)                                                                \
    X(exp2, exp2)                                                              \
    X(expm1, expm1)                                                            \
    X(log, log)                                                                \
    X(log2, log2)                                                              \
    X(log10, log10)                                                            \
    X(log1p, log1p)                                                            \
    X(cbrt, cbrt)                                                              \
    X(sin, sin)                                                                \
    X(cos, cos)                                                                \
    X(tan, tan)                                                                \
    X(arcsin, asin)                                                            \
    X(arccos, acos)                                                            \
    X(arctan, atan)                                                            \
    X(sinh, sinh)                                                              \
    X(cosh, cosh)                                                              \
    X(tanh, tanh)                                                              \
    X(arcsinh, asinh)                                                          \
    X(arccosh, acosh)                                                          \
    X(arctanh, atanh)
/* One instruction each; these are vectorised. */
#define UNARY_FAST(X)                                                          \
    X(sqrt, sqrt)                                                              \
    X(floor, floor)                                                            \
    X(ceil, ceil)                                                              \
    X(trunc, trunc)                                                            \
    X(rint, rint)
#define BINARY_MATH(X)                                                         \
    X(arctan2, atan2)                                                          \
    X(hypot, hypot)                                                            \
    X(copysign, copysign)                                                      \
    X(nextafter, nextafter)                                                    \
    X(logaddexp, logaddexp)                                                    \
    X(logaddexp2, logaddexp2)                                                  \
    X(heaviside, heaviside)

static double logaddexp(double x, double y)
{
    if (x == y) /* also infinities of the same sign */
        return x + 0.69314718055994530942;
    return x > y ? x + log1p(exp(y - x)) : y + log1p(exp(x - y));
}

static float logaddexpf(float x, float y)
{
    if (x == y)
        return x + 0.69314718055994530942f;
    return x > y ? x + log1pf(expf(y - x)) : y + log1pf(expf(x - y));
}

static double logaddexp2(double x, double y)
{
    const double log2_e = 1.4426950408889634074;
    if (x == y)
        return x + 1;
    return x > y ? x + log2_e * log1p(exp2(y - x))
                 : y + log2_e * log1p(exp2(x - y));
}

static float logaddexp2f(float x, float y)
{
    return (float)logaddexp2((double)x, (double)y);
}

static double heaviside(double x, double at_zero)
{
    return isnan(x) ? x : x == 0 ? at_zero : x > 0;
}

static float heavisidef(float x, float at_zero)
{
    return (float)heaviside((double)x, (double)at_zero);
}

#define DEFINE(NAME, FUNCTION)                                                 \
    static void NAME##_FLOAT32(KERNEL_ARGUMENTS)                               \
    {                                                                          \
        UNARY_BODY(float, float, FUNCTION##f)                                  \
    }                                                                          \
    static void NAME##_FLOAT64(KERNEL_ARGUMENTS)                               \
    {                                                                          \
        UNARY_BODY(double, double, FUNCTION)                                   \
    }                                                                          \
    LOOP_LIST(NAME, FLOAT_TYPES(LOOP_SAME, NAME));
UNARY_MATH(DEFINE)
#undef DEFINE

#define DEFINE(NAME, FUNCTION)                                                 \
    MULTI_TARGET static void NAME##_FLOAT32(KERNEL_ARGUMENTS)                  \
    {                                                                          \
        UNARY_BODY(float, float, FUNCTION##f)                                  \
    }                                                                          \
    MULTI_TARGET static void NAME##_FLOAT64(KERNEL_ARGUMENTS)                  \
    {                                                                          \
        UNARY_BODY(double, double, FUNCTION)                                   \
    }                                                                          \
    LOOP_LIST(NAME, FLOAT_TYPES(LOOP_SAME, NAME));
UNARY_FAST(DEFINE)
#undef DEFINE

#define DEFINE(NAME, FUNCTION)                                                 \
    static void NAME##_FLOAT32(KERNEL_ARGUMENTS)                               \
    {                                                                          \
        BINARY_PLAIN_BODY(float, float, FUNCTION##f)                           \
    }                                                                          \
    static void NAME##_FLOAT64(KERNEL_ARGUMENTS)                               \
    {                                                                          \
        BINARY_PLAIN_BODY(double, double, FUNCTION)                            \
    }                                                                          \
    LOOP_LIST(NAME, FLOAT_TYPES(LOOP_SAME, NAME));
BINARY_MATH(DEFINE)
#undef DEFINE

#define DEGREES(x) ((x) * 57.295779513082320877)
#define DEGREESF(x) ((x) * 57.295779513082320877f)
#define RADIANS(x) ((x) * 0.017453292519943295769)
#define RADIANSF(x) ((x) * 0.017453292519943295769f)
#define DEFINE(NAME, EXPRESSION, EXPRESSION_FLOAT)                             \
    static void NAME##_FLOAT32(KERNEL_ARGUMENTS)                               \
    {                                                                          \
        UNARY_BODY(float, float, EXPRESSION_FLOAT)                             \
    }                                                                          \
    static void NAME##_FLOAT64(KERNEL_ARGUMENTS)                               \
    {                                                                          \
        UNARY_BODY(double, double, EXPRESSION)                                 \
    }                                                                          \
    LOOP_LIST(NAME, FLOAT_TYPES(LOOP_SAME, NAME));
DEFINE(degrees, DEGREES, DEGREESF)
DEFINE(radians, RADIANS, RADIANSF)

#define UNARY_ROW(NAME, FUNCTION)                                              \
    {#NAME, 1, false, NULL, IDENTITY_NONE, LOOPS(NAME##_loops)},
#define BINARY_ROW(NAME, FUNCTION)                                             \
    {#NAME, 2, false, NULL, IDENTITY_NONE, LOOPS(NAME##_loops)},

const struct ufunc math_ufuncs[] = {
    UNARY_MATH(UNARY_ROW) UNARY_FAST(UNARY_ROW) BINARY_MATH(BINARY_ROW)
    UNARY_ROW(degrees, ) UNARY_ROW(radians, ){.name = NULL},
};
