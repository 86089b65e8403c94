/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Usual arguments go through a formula that is vectorised, in blocks; the
 * unusual ones of a block (NaN, infinite, too large, zero for log …), which are
 * rare, are computed by the C library, which also raises the right floating
 * point events.
 */
#include "tensor/math_vector.h"

#include "tensor/kernel_loops.h"
#include "tensor/math_formulas.h"

enum { BLOCK = 512 };

/* Arguments by their bits.  Without fused multiply-add the formulas would be
   slower than the C library, which then computes everything. */
#if defined(__FMA__) || defined(__aarch64__) || defined(HAVE_MULTI_TARGET)
#define ABOVE(bits, low, count) ((bits) - (low) < (count))
#else
#define ABOVE(bits, low, count) ((void)(bits), 0)
#endif
#define MAGNITUDE_BELOW(bits, sign, limit) \
    ABOVE((bits) & ~((sign) << (8 * sizeof(bits) - 1)), 0u, limit)

#define EXP_FLOAT_USUAL(bits) MAGNITUDE_BELOW(bits, 1u, 0x42ae0000u) /* 87 */
#define LOG_FLOAT_USUAL(bits) ABOVE(bits, 0x00800000u, 0x7f000000u)
#define SIN_FLOAT_USUAL(bits) MAGNITUDE_BELOW(bits, 1u, 0x47e55dffu)
#define COS_FLOAT_USUAL(bits) MAGNITUDE_BELOW(bits, 1u, 0x478b9a08u)
#define TANH_FLOAT_USUAL(bits) MAGNITUDE_BELOW(bits, 1u, 0x7f800000u)
#define EXP_DOUBLE_USUAL(bits) /* 708 */ \
    MAGNITUDE_BELOW(bits, (uint64_t)1, 0x4086200000000000u)
#define LOG_DOUBLE_USUAL(bits) \
    ABOVE(bits, (uint64_t)0x0010000000000000, 0x7fe0000000000000u)
#define SINE_DOUBLE_USUAL(bits) /* 2**17 */ \
    MAGNITUDE_BELOW(bits, (uint64_t)1, 0x4100000000000000u)
#define TANH_DOUBLE_USUAL(bits) \
    MAGNITUDE_BELOW(bits, (uint64_t)1, 0x7ff0000000000000u)

#define SIN_FLOAT(x) sine_float(x, 0)
#define COS_FLOAT(x) sine_float(x, 1)
#define SIN_DOUBLE(x) sine_double(x, 0)
#define COS_DOUBLE(x) sine_double(x, 1)

/* Below e**-104 and e**-746 nothing is left; the library would take its time
   to say so. */
#define EXP_FLOAT(x) (isless(x, -104) ? 0.0f : expf(x))
#define EXP_DOUBLE(x) (isless(x, -746) ? 0.0 : exp(x))

#define DEFINE_USUAL(NAME, type, FORMULA_OF)                                 \
    MULTI_TARGET static void usual_##NAME(int64_t n, const type *x, type *y) \
    {                                                                        \
        VECTOR_LOOP                                                          \
        for (int64_t i = 0; i < n; i++)                                      \
            y[i] = FORMULA_OF(x[i]);                                         \
    }
DEFINE_USUAL(exp_FLOAT32, float, exp_float)
DEFINE_USUAL(log_FLOAT32, float, log_float)
DEFINE_USUAL(sin_FLOAT32, float, SIN_FLOAT)
DEFINE_USUAL(cos_FLOAT32, float, COS_FLOAT)
DEFINE_USUAL(exp_FLOAT64, double, exp_double)
DEFINE_USUAL(log_FLOAT64, double, log_double)
DEFINE_USUAL(sin_FLOAT64, double, SIN_DOUBLE)
DEFINE_USUAL(cos_FLOAT64, double, COS_DOUBLE)
DEFINE_USUAL(tanh_FLOAT64, double, tanh_double)

/* In float64: three loops, since one over both types is not vectorised. */
MULTI_TARGET
static void usual_tanh_FLOAT32(int64_t n, const float *x, float *y)
{
    double wide[BLOCK];

    for (int64_t i = 0; i < n; i++)
        wide[i] = x[i];
    VECTOR_LOOP
    for (int64_t i = 0; i < n; i++)
        wide[i] = tanh_short(wide[i]);
    for (int64_t i = 0; i < n; i++)
        y[i] = (float)wide[i];
}

#define DEFINE_MATH(NAME, type, LIBRARY, BITS, USUAL)                          \
    MULTI_TARGET static int all_usual_##NAME(int64_t n, const type *x)         \
    {                                                                          \
        int unusual = 0;                                                       \
        for (int64_t i = 0; i < n; i++)                                        \
            unusual |= !USUAL(BITS(x[i]));                                     \
        return !unusual;                                                       \
    }                                                                          \
    /* At most BLOCK elements. */                                              \
    static void block_##NAME(int64_t n, const type *x, type *y)                \
    {                                                                          \
        type tame[BLOCK], result[BLOCK];                                       \
        if (all_usual_##NAME(n, x)) {                                          \
            usual_##NAME(n, x, y);                                             \
            return;                                                            \
        }                                                                      \
        for (int64_t i = 0; i < n; i++)                                        \
            tame[i] = USUAL(BITS(x[i])) ? x[i] : 1;                            \
        usual_##NAME(n, tame, result);                                         \
        for (int64_t i = 0; i < n; i++)                                        \
            y[i] = USUAL(BITS(x[i])) ? result[i] : LIBRARY(x[i]);              \
    }                                                                          \
    void math_##NAME(KERNEL_ARGUMENTS)                                         \
    {                                                                          \
        type in[BLOCK], out[BLOCK];                                            \
        bool plain = strides[0] == sizeof(type) && strides[1] == sizeof(type); \
        (void)context;                                                         \
        for (int64_t at = 0; at < n; at += BLOCK) {                            \
            int64_t m = n - at < BLOCK ? n - at : BLOCK;                       \
            const char *x = data[0] + at * strides[0];                         \
            char *y = data[1] + at * strides[1];                               \
            if (plain) {                                                       \
                block_##NAME(m, (const type *)x, (type *)y);                   \
                continue;                                                      \
            }                                                                  \
            for (int64_t i = 0; i < m; i++)                                    \
                in[i] = *(const type *)(x + i * strides[0]);                   \
            block_##NAME(m, in, out);                                          \
            for (int64_t i = 0; i < m; i++)                                    \
                *(type *)(y + i * strides[1]) = out[i];                        \
        }                                                                      \
    }

DEFINE_MATH(exp_FLOAT32, float, EXP_FLOAT, bits_of_float, EXP_FLOAT_USUAL)
DEFINE_MATH(log_FLOAT32, float, logf, bits_of_float, LOG_FLOAT_USUAL)
DEFINE_MATH(sin_FLOAT32, float, sinf, bits_of_float, SIN_FLOAT_USUAL)
DEFINE_MATH(cos_FLOAT32, float, cosf, bits_of_float, COS_FLOAT_USUAL)
DEFINE_MATH(tanh_FLOAT32, float, tanhf, bits_of_float, TANH_FLOAT_USUAL)
DEFINE_MATH(exp_FLOAT64, double, EXP_DOUBLE, bits_of_double, EXP_DOUBLE_USUAL)
DEFINE_MATH(log_FLOAT64, double, log, bits_of_double, LOG_DOUBLE_USUAL)
DEFINE_MATH(sin_FLOAT64, double, sin, bits_of_double, SINE_DOUBLE_USUAL)
DEFINE_MATH(cos_FLOAT64, double, cos, bits_of_double, SINE_DOUBLE_USUAL)
DEFINE_MATH(tanh_FLOAT64, double, tanh, bits_of_double, TANH_DOUBLE_USUAL)

/* ------------------------------------------------------------------ power */

/* Usual: x normal and positive, and |y| so small that no result over- or
   underflows: |log2 x| <= |e - BIAS| + 1, e being the exponent's bits. */
MULTI_TARGET
static int power_FLOAT32_is_usual(int64_t n, const float *x, const float *y)
{
    int unusual = 0;

    for (int64_t i = 0; i < n; i++) {
        uint32_t bits = bits_of_float(x[i]);
        float size = fabsf((float)((int32_t)(bits >> 23) - 127)) + 1;
        uint32_t reach = bits_of_float(size * fabsf(y[i]));
        unusual |= !LOG_FLOAT_USUAL(bits) | !(reach < 0x42fa0000); /* 125 */
    }
    return !unusual;
}

MULTI_TARGET
static int power_FLOAT64_is_usual(int64_t n, const double *x, const double *y)
{
    int64_t unusual = 0;

    for (int64_t i = 0; i < n; i++) {
        uint64_t bits = bits_of_double(x[i]);
        double size = fabs((double)(int32_t)((int32_t)(bits >> 52) - 1023)) + 1;
        uint64_t reach = bits_of_double(size * fabs(y[i]));
        unusual |=
            !LOG_DOUBLE_USUAL(bits) | !(reach < 0x408f400000000000); /* 1000 */
    }
    return !unusual;
}

/* At most BLOCK elements. */
MULTI_TARGET
static void usual_power_FLOAT32(int64_t n, const float *x, const float *y,
                                float *out)
{
    double wide_x[BLOCK], wide_y[BLOCK];

    for (int64_t i = 0; i < n; i++)
        wide_x[i] = x[i];
    for (int64_t i = 0; i < n; i++)
        wide_y[i] = y[i];
    VECTOR_LOOP
    for (int64_t i = 0; i < n; i++)
        wide_x[i] = power_short(wide_x[i], wide_y[i]);
    for (int64_t i = 0; i < n; i++)
        out[i] = (float)wide_x[i];
}

MULTI_TARGET
static void usual_power_FLOAT64(int64_t n, const double *x, const double *y,
                                double *out)
{
    VECTOR_LOOP
    for (int64_t i = 0; i < n; i++)
        out[i] = power_double(x[i], y[i]);
}

/* in_a_row(): N elements from X on, one after the other: where they lie, or
   copied to COPY.  An unusual pair costs PIECE calls of the library. */
enum { PIECE = 128 };
#define DEFINE_POWER(TYPE, type, POWER)                                     \
    static const type *in_a_row_##TYPE(int64_t n, const char *x,            \
                                       int64_t stride, type *copy)          \
    {                                                                       \
        if (stride == sizeof *copy)                                         \
            return (const type *)x;                                         \
        for (int64_t i = 0; i < n; i++)                                     \
            copy[i] = *(const type *)(x + i * stride);                      \
        return copy;                                                        \
    }                                                                       \
    static void power_piece_##TYPE(int64_t n, const type *x, const type *y, \
                                   type *out)                               \
    {                                                                       \
        if (power_##TYPE##_is_usual(n, x, y)) {                             \
            usual_power_##TYPE(n, x, y, out);                               \
            return;                                                         \
        }                                                                   \
        for (int64_t i = 0; i < n; i++)                                     \
            out[i] = POWER(x[i], y[i]);                                     \
    }                                                                       \
    void math_power_##TYPE(KERNEL_ARGUMENTS)                                \
    {                                                                       \
        type copy_x[PIECE], copy_y[PIECE], out[PIECE];                      \
                                                                            \
        (void)context;                                                      \
        for (int64_t at = 0; at < n; at += PIECE) {                         \
            int64_t m = n - at < PIECE ? n - at : PIECE;                    \
            char *to = data[2] + at * strides[2];                           \
            const type *x = in_a_row_##TYPE(m, data[0] + at * strides[0],   \
                                            strides[0], copy_x);            \
            const type *y = in_a_row_##TYPE(m, data[1] + at * strides[1],   \
                                            strides[1], copy_y);            \
            if (strides[2] == sizeof(type)) {                               \
                power_piece_##TYPE(m, x, y, (type *)to);                    \
                continue;                                                   \
            }                                                               \
            power_piece_##TYPE(m, x, y, out);                               \
            for (int64_t i = 0; i < m; i++)                                 \
                *(type *)(to + i * strides[2]) = out[i];                    \
        }                                                                   \
    }
DEFINE_POWER(FLOAT32, float, powf)
DEFINE_POWER(FLOAT64, double, pow)
