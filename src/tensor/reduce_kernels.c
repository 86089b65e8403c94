/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tensor/reduce_kernels.h"

#include <string.h>

#include "tensor/kernel_loops.h"

#define AT(type, i) (*(const type *)(x + (i) * stride))

/* ------------------------------------------------------------- float sums */

/*
 * NumPy's pairwise sum (numpy/core/src/umath/loops_utils.h.src): blocks of up
 * to 128 elements in eight sums, above that two halves; and of long runs one
 * buffer of 8192 elements after the other.  The order decides the last digit.
 * Buffers may be summed by different threads, but are added up in order.
 */
enum { BLOCK = 128, GROUP = 256 };

#define DEFINE_PAIRWISE(TYPE, type, wide, unused)                              \
    MULTI_TARGET static type block_sum_##TYPE(int64_t n, const char *x,        \
                                              int64_t stride)                  \
    {                                                                          \
        type r[8];                                                             \
        int64_t i;                                                             \
        if (n < 8) {                                                           \
            type sum = 0;                                                      \
            for (i = 0; i < n; i++)                                            \
                sum += AT(type, i);                                            \
            return sum;                                                        \
        }                                                                      \
        for (int k = 0; k < 8; k++)                                            \
            r[k] = AT(type, k);                                                \
        for (i = 8; i < n - n % 8; i += 8)                                     \
            for (int k = 0; k < 8; k++)                                        \
                r[k] += AT(type, i + k);                                       \
        type sum = ((r[0] + r[1]) + (r[2] + r[3])) +                           \
                   ((r[4] + r[5]) + (r[6] + r[7]));                            \
        for (; i < n; i++)                                                     \
            sum += AT(type, i);                                                \
        return sum;                                                            \
    }                                                                          \
    static type pairwise_##TYPE(int64_t n, const char *x, int64_t stride)      \
    {                                                                          \
        if (n <= BLOCK)                                                        \
            return block_sum_##TYPE(n, x, stride);                             \
        int64_t half = n / 2;                                                  \
        half -= half % 8;                                                      \
        return pairwise_##TYPE(half, x, stride) +                              \
               pairwise_##TYPE(n - half, x + half * stride, stride);           \
    }                                                                          \
    static void add_##TYPE(int64_t n, const char *x, int64_t stride,           \
                           char *accumulator)                                  \
    {                                                                          \
        type sums[GROUP];                                                      \
        int threads = parallel_threads_for(n);                                 \
        for (int64_t first = 0; first < n; first += GROUP * REDUCE_BUFFER) {   \
            int64_t left = n - first;                                          \
            int count = left >= GROUP * REDUCE_BUFFER                          \
                            ? GROUP                                            \
                            : (int)((left - 1) / REDUCE_BUFFER + 1);           \
            _Pragma("omp parallel for num_threads(threads) if (threads > 1)")  \
            for (int k = 0; k < count; k++) {                                  \
                int64_t at = first + k * REDUCE_BUFFER;                        \
                sums[k] = pairwise_##TYPE(                                     \
                    n - at < REDUCE_BUFFER ? n - at : REDUCE_BUFFER,           \
                    x + at * stride, stride);                                  \
            }                                                                  \
            for (int k = 0; k < count; k++)                                    \
                *(type *)accumulator += sums[k];                               \
        }                                                                      \
    }
FLOAT_TYPES(DEFINE_PAIRWISE, unused)

/* ----------------------------------------------------------- other runs */

#define DEFINE_RUN(TYPE, type, wide, NAME, EXPRESSION)                         \
    MULTI_TARGET static void NAME##_##TYPE(int64_t n, const char *x,           \
                                           int64_t stride, char *accumulator)  \
    {                                                                          \
        type result = *(type *)accumulator;                                    \
        if (stride == sizeof(type)) {                                          \
            const type *in = (const type *)x;                                  \
            for (int64_t i = 0; i < n; i++)                                    \
                result = (type)EXPRESSION(result, in[i]);                      \
        } else {                                                               \
            for (int64_t i = 0; i < n; i++)                                    \
                result = (type)EXPRESSION(result, AT(type, i));                \
        }                                                                      \
        *(type *)accumulator = result;                                         \
    }
#define DEFINE_WRAPPING_RUN(TYPE, type, wide, NAME, EXPRESSION)                \
    DEFINE_RUN(TYPE, wide, wide, NAME, EXPRESSION)

/* Extremes of floats keep 16 candidates, so that the loop is vectorised. */
#define DEFINE_LANES(TYPE, type, wide, NAME, EXPRESSION)                       \
    MULTI_TARGET static void NAME##_##TYPE(int64_t n, const char *x,           \
                                           int64_t stride, char *accumulator)  \
    {                                                                          \
        type result = *(type *)accumulator, lanes[16];                         \
        int64_t i = 0;                                                         \
        for (int k = 0; k < 16; k++)                                           \
            lanes[k] = result;                                                 \
        if (stride == sizeof(type)) {                                          \
            const type *in = (const type *)x;                                  \
            for (; i + 16 <= n; i += 16)                                       \
                for (int k = 0; k < 16; k++)                                   \
                    lanes[k] = EXPRESSION(lanes[k], in[i + k]);                \
        }                                                                      \
        for (; i < n; i++)                                                     \
            lanes[0] = EXPRESSION(lanes[0], AT(type, i));                      \
        for (int k = 0; k < 16; k++)                                           \
            result = EXPRESSION(result, lanes[k]);                             \
        *(type *)accumulator = result;                                         \
    }

#define ADD(x, y) ((x) + (y))
#define MULTIPLY(x, y) ((x) * (y))
#define MULTIPLY_WRAPPING(x, y) ((x) * 1u * (y))
#define MAXIMUM(x, y) ((x) >= (y) || (x) != (x) ? (x) : (y))
#define MINIMUM(x, y) ((x) <= (y) || (x) != (x) ? (x) : (y))
#define AND(x, y) ((x) && (y))
#define OR(x, y) ((x) || (y))

INTEGER_TYPES(DEFINE_WRAPPING_RUN, add, ADD)
INTEGER_TYPES(DEFINE_WRAPPING_RUN, multiply, MULTIPLY_WRAPPING)
FLOAT_TYPES(DEFINE_RUN, multiply, MULTIPLY)
INTEGER_TYPES(DEFINE_RUN, maximum, MAXIMUM)
INTEGER_TYPES(DEFINE_RUN, minimum, MINIMUM)
FLOAT_TYPES(DEFINE_LANES, maximum, MAXIMUM)
FLOAT_TYPES(DEFINE_LANES, minimum, MINIMUM)
DEFINE_RUN(BOOL, bool, bool, logical_and, AND)
DEFINE_RUN(BOOL, bool, bool, logical_or, OR)

#define ENTRY(TYPE, type, wide, NAME) [DTYPE_##TYPE] = NAME##_##TYPE,
#define NUMBERS(NAME) INTEGER_TYPES(ENTRY, NAME) FLOAT_TYPES(ENTRY, NAME)

static const struct {
    const char *name;
    reduce_kernel *kernels[DTYPE_COUNT];
} runs[] = {
    {"add", {NUMBERS(add)}},
    {"multiply", {NUMBERS(multiply)}},
    {"maximum", {NUMBERS(maximum)}},
    {"minimum", {NUMBERS(minimum)}},
    {"logical_and", {ENTRY(BOOL, bool, bool, logical_and)}},
    {"logical_or", {ENTRY(BOOL, bool, bool, logical_or)}},
};

reduce_kernel *reduce_kernel_find(const char *ufunc, enum dtype dtype)
{
    for (size_t i = 0; i < sizeof runs / sizeof *runs; i++)
        if (!strcmp(runs[i].name, ufunc))
            return runs[i].kernels[dtype];
    return NULL;
}

/* ------------------------------------------------------------ accumulate */

#define DEFINE_ACCUMULATE(TYPE, type, wide, NAME, EXPRESSION)                  \
    static void accumulate_##NAME##_##TYPE(int64_t n, const char *x,           \
                                           int64_t x_stride, char *y,          \
                                           int64_t y_stride)                   \
    {                                                                          \
        type sum = *(const type *)x;                                           \
        *(type *)y = sum;                                                      \
        for (int64_t i = 1; i < n; i++) {                                      \
            sum = (type)EXPRESSION(sum, *(const type *)(x + i * x_stride));    \
            *(type *)(y + i * y_stride) = sum;                                 \
        }                                                                      \
    }
#define DEFINE_WRAPPING_ACCUMULATE(TYPE, type, wide, NAME, EXPRESSION)         \
    DEFINE_ACCUMULATE(TYPE, wide, wide, NAME, EXPRESSION)

INTEGER_TYPES(DEFINE_WRAPPING_ACCUMULATE, add, ADD)
FLOAT_TYPES(DEFINE_ACCUMULATE, add, ADD)
INTEGER_TYPES(DEFINE_WRAPPING_ACCUMULATE, multiply, MULTIPLY_WRAPPING)
FLOAT_TYPES(DEFINE_ACCUMULATE, multiply, MULTIPLY)

accumulate_kernel *accumulate_kernel_find(const char *ufunc, enum dtype dtype)
{
    static accumulate_kernel *const sums[DTYPE_COUNT] = {
        NUMBERS(accumulate_add)};
    static accumulate_kernel *const products[DTYPE_COUNT] = {
        NUMBERS(accumulate_multiply)};

    if (!strcmp(ufunc, "add"))
        return sums[dtype];
    return !strcmp(ufunc, "multiply") ? products[dtype] : NULL;
}

/* ---------------------------------------------------------------- argmax */

#define DEFINE_ARG(TYPE, type, wide, NAME, BEATS)                              \
    static int64_t NAME##_##TYPE(int64_t n, const char *x, int64_t stride)     \
    {                                                                          \
        type best = AT(type, 0);                                               \
        int64_t where = 0;                                                     \
        for (int64_t i = 1; i < n && best == best; i++) {                      \
            type candidate = AT(type, i);                                      \
            if (candidate BEATS best || candidate != candidate) {              \
                best = candidate;                                              \
                where = i;                                                     \
            }                                                                  \
        }                                                                      \
        return where;                                                          \
    }
DEFINE_ARG(BOOL, bool, bool, argmax, >)
DEFINE_ARG(BOOL, bool, bool, argmin, <)
INTEGER_TYPES(DEFINE_ARG, argmax, >)
INTEGER_TYPES(DEFINE_ARG, argmin, <)
FLOAT_TYPES(DEFINE_ARG, argmax, >)
FLOAT_TYPES(DEFINE_ARG, argmin, <)

arg_kernel *arg_kernel_find(bool largest, enum dtype dtype)
{
    static arg_kernel *const kernels[2][DTYPE_COUNT] = {
        {ENTRY(BOOL, bool, bool, argmin) NUMBERS(argmin)},
        {ENTRY(BOOL, bool, bool, argmax) NUMBERS(argmax)}};
    return kernels[largest][dtype];
}
