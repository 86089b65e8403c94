/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The activations of neural networks, and what they make of a gradient: NAME(x)
 * beside NAME_gradient(x, g), or (y, g) where the result alone tells.  They are
 * ufuncs of their own, for one pass over memory; NumPy has none of them.
 */
#include <math.h>

#include "tensor/elementwise.h"
#include "tensor/kernel_loops.h"

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
    static inline real sigmoid##f(real x)                                      \
    {                                                                          \
        return 1 / (1 + exp##f(-x));                                           \
    }                                                                          \
    static inline real sigmoid_gradient##f(real y, real g)                     \
    {                                                                          \
        return g * y * (1 - y);                                                \
    }                                                                          \
    static inline real silu##f(real x)                                         \
    {                                                                          \
        return x * sigmoid##f(x);                                              \
    }                                                                          \
    static inline real silu_gradient##f(real x, real g)                        \
    {                                                                          \
        real s = sigmoid##f(x);                                                \
        return g * s * (1 + x * (1 - s));                                      \
    }                                                                          \
    static inline real softplus##f(real x)                                     \
    {                                                                          \
        return (x > 0 ? x : 0) + log1p##f(exp##f(-fabs##f(x)));                \
    }                                                                          \
    static inline real softplus_gradient##f(real x, real g)                    \
    {                                                                          \
        return g * sigmoid##f(x);                                              \
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
    X(sigmoid)          \
    X(silu)             \
    X(softplus)         \
    X(selu)             \
    X(gelu)             \
    X(gelu_tanh)        \
    X(erf)
#define BINARY_NEURAL(X)  \
    X(relu_gradient)      \
    X(sigmoid_gradient)   \
    X(silu_gradient)      \
    X(softplus_gradient)  \
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

#define UNARY_ROW(NAME) \
    {#NAME, 1, true, NULL, IDENTITY_NONE, LOOPS(NAME##_loops)},
#define BINARY_ROW(NAME) \
    {#NAME, 2, true, NULL, IDENTITY_NONE, LOOPS(NAME##_loops)},

const struct ufunc neural_ufuncs[] = {
    UNARY_NEURAL(UNARY_ROW) BINARY_NEURAL(BINARY_ROW){.name = NULL},
};
