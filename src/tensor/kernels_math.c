/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Functions of the C library, element by element. */
#include <math.h>

#include "tensor/elementwise.h"
#include "tensor/kernel_loops.h"
#include "tensor/math_vector.h"

/* FUNCTION with the suffix f for float: X(name, function, …). */
#define UNARY_MATH(X)   \
    X(exp2, exp2)       \
    X(expm1, expm1)     \
    X(log2, log2)       \
    X(log10, log10)     \
    X(log1p, log1p)     \
    X(cbrt, cbrt)       \
    X(tan, tan)         \
    X(arcsin, asin)     \
    X(arccos, acos)     \
    X(arctan, atan)     \
    X(sinh, sinh)       \
    X(cosh, cosh)       \
    X(arcsinh, asinh)   \
    X(arccosh, acosh)   \
    X(arctanh, atanh)   \
    X(spacing, spacing) \
    X(modf, fraction)   \
    X(frexp, mantissa)
/* Those of math_vector.h. */
#define UNARY_VECTOR(X) X(exp, ) X(log, ) X(sin, ) X(cos, ) X(tanh, )
/* One instruction each; these are vectorised. */
#define UNARY_FAST(X)                                                          \
    X(sqrt, sqrt)                                                              \
    X(floor, floor)                                                            \
    X(ceil, ceil)                                                              \
    X(trunc, trunc)                                                            \
    X(rint, rint)
/* These are not: X(name, function, identity). */
#define BINARY_MATH(X)                        \
    X(arctan2, atan2, NONE)                   \
    X(hypot, hypot, ZERO)                     \
    X(copysign, copysign, NONE)               \
    X(nextafter, nextafter, NONE)             \
    X(logaddexp, logaddexp, MINUS_INFINITY)   \
    X(logaddexp2, logaddexp2, MINUS_INFINITY) \
    X(heaviside, heaviside, NONE)             \
    X(ldexp, scale, NONE)

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

/* The distance to the next float away from zero, with x's sign; of zeros it is
   positive, beyond infinity there is none. */
static double spacing(double x)
{
    if (isinf(x))
        return NAN;
    return nextafter(x, copysign(INFINITY, x == 0 ? 0 : x)) - x;
}

static float spacingf(float x)
{
    if (isinf(x))
        return NAN;
    return nextafterf(x, copysignf(INFINITY, x == 0 ? 0 : x)) - x;
}

/* What follows the point, with x's sign; trunc() gives the rest. */
static double fraction(double x)
{
    double whole;
    return modf(x, &whole);
}

static float fractionf(float x)
{
    float whole;
    return modff(x, &whole);
}

/* x is mantissa * 2**exponent, 0.5 <= |mantissa| < 1. */
static double mantissa(double x)
{
    int exponent;
    return frexp(x, &exponent);
}

static float mantissaf(float x)
{
    int exponent;
    return frexpf(x, &exponent);
}

static int32_t exponent_of(double x)
{
    int exponent = 0;
    frexp(x, &exponent);
    return isfinite(x) ? exponent : 0;
}

static double scale(double x, double power)
{
    return ldexp(x, (int)power);
}

static float scalef(float x, float power)
{
    return ldexpf(x, (int)power);
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
    LOOP_LIST(NAME, FLOAT_TYPES(LOOP_SAME, math_##NAME));
UNARY_VECTOR(DEFINE)
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

#define DEFINE(NAME, FUNCTION, IDENTITY)                            \
    static void NAME##_FLOAT32(KERNEL_ARGUMENTS)                    \
    {                                                               \
        BINARY_PLAIN_BODY(float, float, FUNCTION##f)                \
    }                                                               \
    static void NAME##_FLOAT64(KERNEL_ARGUMENTS){BINARY_PLAIN_BODY( \
        double, double, FUNCTION)} LOOP_LIST(NAME,                  \
                                             FLOAT_TYPES(LOOP_SAME, NAME));
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

static void exponent_FLOAT32(KERNEL_ARGUMENTS)
{
    UNARY_BODY(float, int32_t, exponent_of)
}
static void exponent_FLOAT64(KERNEL_ARGUMENTS){
    UNARY_BODY(double, int32_t,
               exponent_of)} LOOP_LIST(exponent,
                                       {DTYPE_FLOAT32, DTYPE_FLOAT32,
                                        DTYPE_INT32, exponent_FLOAT32},
                                       {DTYPE_FLOAT64, DTYPE_FLOAT64,
                                        DTYPE_INT32, exponent_FLOAT64});

#define UNARY_ROW(NAME, FUNCTION)                                              \
    {#NAME, 1, false, NULL, IDENTITY_NONE, LOOPS(NAME##_loops)},
#define BINARY_ROW(NAME, FUNCTION, IDENTITY) \
    {#NAME, 2, false, NULL, IDENTITY_##IDENTITY, LOOPS(NAME##_loops)},

const struct ufunc math_ufuncs[] = {
    UNARY_MATH(UNARY_ROW) UNARY_VECTOR(UNARY_ROW) UNARY_FAST(UNARY_ROW) BINARY_MATH(BINARY_ROW)
        UNARY_ROW(degrees, ) UNARY_ROW(radians, )
            {"rad2deg", 1, false, NULL, IDENTITY_NONE, LOOPS(degrees_loops)},
            {"deg2rad", 1, false, NULL, IDENTITY_NONE, LOOPS(radians_loops)},
            UNARY_ROW(exponent, ){.name = NULL},
};
