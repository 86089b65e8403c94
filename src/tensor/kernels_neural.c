/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The activations of neural networks, and what they make of a gradient: NAME(x)
 * beside NAME_gradient(x, g), or (y, g) where the result alone tells.  They are
 * ufuncs of their own, for one pass over memory; NumPy has none of them.
 */
#include <math.h>

#include "tensor/elementwise.h"
#include "tensor/kernel_loops.h"
#include "tensor/math_vector.h"

/* Klambauer et al., "Self-Normalizing Neural Networks" (2017), section 2 */
#define SELU_SCALE 1.0507009873554804934
#define SELU_ALPHA 1.6732632423543772848
/* Hendrycks and Gimpel, "Gaussian Error Linear Units" (2016), section 2 */
#define GELU_CUBIC 0.044715
#define ROOT_2_OVER_PI 0.79788456080286535588
#define ROOT_HALF 0.70710678118654752440
#define ROOT_2_PI 2.5066282746310005024
#define TWO_OVER_ROOT_PI 1.1283791670955125739

#define DEFINE_FUNCTIONS(real, f)                                              \
    static inline real relu##f(real x)                                         \
    {                                                                          \
        return x < 0 ? 0 : x; /* NaN stays NaN */                              \
    }                                                                          \
    static inline real relu_gradient##f(real y, real g)                        \
    {                                                                          \
        return y > 0 ? g : 0;                                                  \
    }                                                                          \
    static inline real sigmoid_gradient##f(real y, real g)                     \
    {                                                                          \
        return g * y * (1 - y);                                                \
    }                                                                          \
    static inline real softplus##f(real x)                                     \
    {                                                                          \
        return (x > 0 ? x : 0) + log1p##f(exp##f(-fabs##f(x)));                \
    }                                                                          \
    static inline real elu##f(real x, real alpha)                              \
    {                                                                          \
        return x > 0 ? x : alpha * expm1##f(x);                                \
    }                                                                          \
    static inline real elu_slope##f(real x, real alpha)                        \
    {                                                                          \
        return x > 0 ? 1 : alpha * exp##f(x);                                  \
    }                                                                          \
    static inline real selu##f(real x)                                         \
    {                                                                          \
        return (real)SELU_SCALE * elu##f(x, (real)SELU_ALPHA);                 \
    }                                                                          \
    static inline real selu_gradient##f(real x, real g)                        \
    {                                                                          \
        return g * (real)SELU_SCALE * elu_slope##f(x, (real)SELU_ALPHA);       \
    }                                                                          \
    static inline real leaky_relu##f(real x, real slope)                       \
    {                                                                          \
        return x > 0 ? x : slope * x;                                          \
    }                                                                          \
    static inline real leaky_slope##f(real x, real slope)                      \
    {                                                                          \
        return x > 0 ? 1 : slope;                                              \
    }                                                                          \
    static inline real gelu##f(real x)                                         \
    {                                                                          \
        return x / 2 * (1 + erf##f(x * (real)ROOT_HALF));                      \
    }                                                                          \
    static inline real gelu_gradient##f(real x, real g)                        \
    {                                                                          \
        real density = exp##f(-x * x / 2) / (real)ROOT_2_PI;                   \
        return g * ((1 + erf##f(x * (real)ROOT_HALF)) / 2 + x * density);      \
    }                                                                          \
    static inline real gelu_tanh##f(real x)                                    \
    {                                                                          \
        real inner = (real)ROOT_2_OVER_PI * (x + (real)GELU_CUBIC * x * x * x); \
        return x / 2 * (1 + tanh##f(inner));                                   \
    }                                                                          \
    static inline real gelu_tanh_gradient##f(real x, real g)                   \
    {                                                                          \
        real inner = (real)ROOT_2_OVER_PI * (x + (real)GELU_CUBIC * x * x * x); \
        real slope =                                                           \
            (real)ROOT_2_OVER_PI * (1 + 3 * (real)GELU_CUBIC * x * x);         \
        real t = tanh##f(inner);                                               \
        return g / 2 * (1 + t + x * (1 - t * t) * slope);                      \
    }                                                                          \
    static inline real erf_gradient##f(real x, real g)                         \
    {                                                                          \
        return g * (real)TWO_OVER_ROOT_PI * exp##f(-x * x);                    \
    }
DEFINE_FUNCTIONS(float, f)
DEFINE_FUNCTIONS(double, )

#define UNARY_NEURAL(X) \
    X(relu)             \
    X(softplus)         \
    X(selu)             \
    X(gelu)             \
    X(gelu_tanh)        \
    X(erf)
#define BINARY_NEURAL(X)  \
    X(relu_gradient)      \
    X(sigmoid_gradient)   \
    X(selu_gradient)      \
    X(gelu_gradient)      \
    X(gelu_tanh_gradient) \
    X(erf_gradient)       \
    X(elu)                \
    X(elu_slope)          \
    X(leaky_relu)         \
    X(leaky_slope)

#define DEFINE_UNARY(NAME)                                     \
    MULTI_TARGET static void NAME##_FLOAT32(KERNEL_ARGUMENTS)  \
    {                                                          \
        UNARY_BODY(float, float, NAME##f)                      \
    }                                                          \
    MULTI_TARGET static void NAME##_FLOAT64(KERNEL_ARGUMENTS)  \
    {                                                          \
        UNARY_BODY(double, double, NAME)                       \
    }                                                          \
    LOOP_LIST(NAME, FLOAT_TYPES(LOOP_SAME, NAME));
UNARY_NEURAL(DEFINE_UNARY)

#define DEFINE_BINARY(NAME)                                    \
    MULTI_TARGET static void NAME##_FLOAT32(KERNEL_ARGUMENTS)  \
    {                                                          \
        BINARY_BODY(float, float, NAME##f)                     \
    }                                                          \
    MULTI_TARGET static void NAME##_FLOAT64(KERNEL_ARGUMENTS)  \
    {                                                          \
        BINARY_BODY(double, double, NAME)                      \
    }                                                          \
    LOOP_LIST(NAME, FLOAT_TYPES(LOOP_SAME, NAME));
BINARY_NEURAL(DEFINE_BINARY)

/* ------------------------------------------- by exp(-x), many at a time */

enum { CHUNK = 512 };

#define SIGMOID(x, e, g) (1 / (1 + (e)))
#define SILU(x, e, g) ((x) / (1 + (e)))
/* s (1 + x (1 - s)) with s = 1 / (1 + e) */
#define SILU_GRADIENT(x, e, g) \
    ((g) / (1 + (e)) * (1 + ((e) < LARGE ? (x) * (e) / (1 + (e)) : (x))))
#define SOFTPLUS_GRADIENT(x, e, g) ((g) / (1 + (e)))
#define LARGE 1e30f

/* OUT is the last operand; the one before it is G, or X where there is none. */
#define DEFINE_BY_EXP(NAME, FORMULA, OUT, TYPE, real)                         \
    MULTI_TARGET static void NAME##_##TYPE(KERNEL_ARGUMENTS)                  \
    {                                                                         \
        real e[CHUNK];                                                        \
        char *buffers[2] = {(char *)e, (char *)e};                            \
        const int64_t steps[2] = {sizeof(real), sizeof(real)};                \
        (void)context;                                                        \
        for (int64_t first = 0; first < n; first += CHUNK) {                  \
            int64_t count = n - first < CHUNK ? n - first : CHUNK;            \
            const char *x = data[0] + first * strides[0];                     \
            const char *g = data[OUT - 1] + first * strides[OUT - 1];         \
            char *out = data[OUT] + first * strides[OUT];                     \
            for (int64_t i = 0; i < count; i++)                               \
                e[i] = -*(const real *)(const void *)(x + i * strides[0]);    \
            math_exp_##TYPE(count, buffers, steps, NULL);                     \
            for (int64_t i = 0; i < count; i++) {                             \
                real at = *(const real *)(const void *)(x + i * strides[0]);  \
                real gradient =                                               \
                    *(const real *)(const void *)(g + i * strides[OUT - 1]);  \
                (void)at, (void)gradient;                                     \
                *(real *)(void *)(out + i * strides[OUT]) =                   \
                    FORMULA(at, e[i], gradient);                              \
            }                                                                 \
        }                                                                     \
    }
#define DEFINE_BOTH_BY_EXP(NAME, FORMULA, OUT)           \
    DEFINE_BY_EXP(NAME, FORMULA, OUT, FLOAT32, float)    \
    DEFINE_BY_EXP(NAME, FORMULA, OUT, FLOAT64, double)   \
    LOOP_LIST(NAME, FLOAT_TYPES(LOOP_SAME, NAME));
DEFINE_BOTH_BY_EXP(sigmoid, SIGMOID, 1)
DEFINE_BOTH_BY_EXP(silu, SILU, 1)
DEFINE_BOTH_BY_EXP(silu_gradient, SILU_GRADIENT, 2)
DEFINE_BOTH_BY_EXP(softplus_gradient, SOFTPLUS_GRADIENT, 2)

#define UNARY_ROW(NAME) \
    {#NAME, 1, true, NULL, IDENTITY_NONE, LOOPS(NAME##_loops)},
#define BINARY_ROW(NAME) \
    {#NAME, 2, true, NULL, IDENTITY_NONE, LOOPS(NAME##_loops)},

const struct ufunc neural_ufuncs[] = {
    UNARY_NEURAL(UNARY_ROW) BINARY_NEURAL(BINARY_ROW) UNARY_ROW(sigmoid)
        UNARY_ROW(silu) BINARY_ROW(silu_gradient)
            BINARY_ROW(softplus_gradient){.name = NULL},
};
