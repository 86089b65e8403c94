/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tensor/reduce_kernels.h"

#include <math.h>
#include <string.h>

#include "tensor/kernel_loops.h"

#define AT(type, i) (*(const type *)(x + (i) * stride))

/* ------------------------------------------------------------- float sums */

/*
 * NumPy's pairwise sum (numpy/core/src/umath/loops_utils.h.src): blocks of up
 * to 128 elements in eight sums, above that two halves; and of long runs one
 * buffer of 8192 elements after the other.  The order decides the last digit.
 */
enum { BLOCK = 128 };

/* Eight elements, wherever they lie. */
typedef float eight_FLOAT32 __attribute__((vector_size(32), aligned(4)));
typedef double eight_FLOAT64 __attribute__((vector_size(64), aligned(8)));

#define SUM_OF_EIGHT(r)                                                        \
    (((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7])))

#define DEFINE_PAIRWISE(TYPE, type, wide, unused)                              \
    MULTI_TARGET static type block_sum_##TYPE(int64_t n, const char *x,        \
                                              int64_t stride)                  \
    {                                                                          \
        int64_t i = 8, whole = n - n % 8;                                      \
        type sum = 0;                                                          \
        if (n < 8) {                                                           \
            i = 0;                                                             \
        } else if (stride == sizeof(type)) {                                   \
            eight_##TYPE r = *(const eight_##TYPE *)x;                         \
            for (; i < whole; i += 8)                                          \
                r += *(const eight_##TYPE *)(x + i * stride);                  \
            sum = SUM_OF_EIGHT(r);                                             \
        } else {                                                               \
            type r[8];                                                         \
            for (int k = 0; k < 8; k++)                                        \
                r[k] = AT(type, k);                                            \
            for (; i < whole; i += 8)                                          \
                for (int k = 0; k < 8; k++)                                    \
                    r[k] += AT(type, i + k);                                   \
            sum = SUM_OF_EIGHT(r);                                             \
        }                                                                      \
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
        for (int64_t at = 0; at < n; at += REDUCE_BUFFER)                      \
            *(type *)accumulator +=                                            \
                pairwise_##TYPE(n - at < REDUCE_BUFFER ? n - at                \
                                                       : REDUCE_BUFFER,        \
                                x + at * stride, stride);                      \
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

/* Extremes of floats: four vectors of candidates, so that one comparison need
   not wait for the one before.  A NaN is never better than what is there; it
   is noted instead, and wins in the end. */
typedef float wide_FLOAT32 __attribute__((vector_size(64), aligned(4)));
typedef double wide_FLOAT64 __attribute__((vector_size(64), aligned(8)));
typedef int32_t flags_FLOAT32 __attribute__((vector_size(64)));
typedef int64_t flags_FLOAT64 __attribute__((vector_size(64)));
enum { CHAINS = 4 };

/* A float's bits: all but the sign, and those of infinity; a NaN's are more.
   (gcc makes one instruction of a comparison of vectors only when it picks
   between two of them.) */
static const int32_t magnitude_FLOAT32 = 0x7fffffff,
                     infinity_FLOAT32 = 0x7f800000;
static const int64_t magnitude_FLOAT64 = 0x7fffffffffffffff,
                     infinity_FLOAT64 = 0x7ff0000000000000;

/* Blends: C where BETTER, else OTHER. */
#define BLEND(TYPE, better, c, other)                                          \
    (wide_##TYPE)(((flags_##TYPE)(c) & (better)) |                             \
                  ((flags_##TYPE)(other) & ~(better)))
#define DEFINE_EXTREME(TYPE, type, wide, NAME, BEATS)                          \
    MULTI_TARGET static void NAME##_##TYPE(int64_t n, const char *x,           \
                                           int64_t stride, char *accumulator)  \
    {                                                                          \
        enum { LANES = 64 / sizeof(type), STEP = CHAINS * LANES };             \
        type best = *(type *)accumulator;                                      \
        bool is_nan = best != best;                                            \
        int64_t i = 0;                                                         \
        if (stride == sizeof(type) && n >= STEP) {                             \
            wide_##TYPE lanes[CHAINS];                                         \
            flags_##TYPE sizes = {0};                                          \
            UNROLL_4                                                           \
            for (int k = 0; k < CHAINS; k++)                                   \
                lanes[k] = *(const wide_##TYPE *)x;                            \
            for (; i < n; i += STEP) { /* the last round may overlap */        \
                int64_t at = i + STEP <= n ? i : n - STEP;                     \
                UNROLL_4                                                       \
                for (int k = 0; k < CHAINS; k++) {                             \
                    wide_##TYPE c = *(const wide_##TYPE *)(                    \
                        x + (at + k * LANES) * stride);                        \
                    flags_##TYPE better = c BEATS lanes[k];                    \
                    lanes[k] = BLEND(TYPE, better, c, lanes[k]);               \
                    flags_##TYPE size = (flags_##TYPE)c & magnitude_##TYPE;    \
                    flags_##TYPE larger = size > sizes;                        \
                    sizes = (size & larger) | (sizes & ~larger);               \
                }                                                              \
            }                                                                  \
            for (int k = 1; k < CHAINS; k++) {                                 \
                flags_##TYPE better = lanes[k] BEATS lanes[0];                 \
                lanes[0] = BLEND(TYPE, better, lanes[k], lanes[0]);            \
            }                                                                  \
            for (int k = 0; k < LANES; k++) {                                  \
                best = lanes[0][k] BEATS best ? lanes[0][k] : best;            \
                is_nan |= sizes[k] > infinity_##TYPE;                          \
            }                                                                  \
        }                                                                      \
        for (; i < n; i++) {                                                   \
            type c = AT(type, i);                                              \
            best = c BEATS best ? c : best;                                    \
            is_nan |= c != c;                                                  \
        }                                                                      \
        *(type *)accumulator = is_nan ? (type)NAN : best;                      \
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
FLOAT_TYPES(DEFINE_EXTREME, maximum, >)
FLOAT_TYPES(DEFINE_EXTREME, minimum, <)
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

/* The best element of a block is found without its position, by a loop that
   can be vectorised; only a block that beats all before it is searched. */
enum { ARG_BLOCK = 4096 };

/* The first of BEST's equals (or the first NaN, when BEST is one), which is
   there: whole groups are skipped by a loop without exits. */
#define DEFINE_FIND(TYPE, type, wide, unused)                                  \
    MULTI_TARGET static int64_t find_##TYPE(int64_t n, const char *x,          \
                                            int64_t stride, type best)         \
    {                                                                          \
        enum { GROUP = 64 };                                                   \
        bool is_nan = best != best;                                            \
        int64_t i = 0;                                                         \
        for (; stride == sizeof(type) && !is_nan && i + GROUP <= n;            \
             i += GROUP) {                                                     \
            const type *in = (const type *)x + i;                              \
            int found = 0;                                                     \
            for (int k = 0; k < GROUP; k++)                                    \
                found |= in[k] == best;                                        \
            if (found)                                                         \
                break;                                                         \
        }                                                                      \
        while (i < n - 1 && !(AT(type, i) == best ||                           \
                              (is_nan && AT(type, i) != AT(type, i))))         \
            i++;                                                               \
        return i;                                                              \
    }
FLOAT_TYPES(DEFINE_FIND, unused)
INTEGER_TYPES(DEFINE_FIND, unused)

#define DEFINE_ARG(TYPE, type, wide, NAME, BEATS)                              \
    static int64_t arg##NAME##_##TYPE(int64_t n, const char *x,                \
                                      int64_t stride)                          \
    {                                                                          \
        type best = AT(type, 0);                                               \
        int64_t block = 0;                                                     \
        for (int64_t at = 0; at < n && best == best; at += ARG_BLOCK) {        \
            int64_t m = n - at < ARG_BLOCK ? n - at : ARG_BLOCK;               \
            type candidate = AT(type, at);                                     \
            NAME##_##TYPE(m, x + at * stride, stride, (char *)&candidate);     \
            if (candidate BEATS best || candidate != candidate) {              \
                best = candidate;                                              \
                block = at;                                                    \
            }                                                                  \
        }                                                                      \
        return block + find_##TYPE(n - block, x + block * stride, stride,      \
                                   best);                                      \
    }
/* Among bools the first true (or false) one is the best. */
#define DEFINE_ARG_BOOL(NAME, wanted)                                          \
    static int64_t NAME##_BOOL(int64_t n, const char *x, int64_t stride)       \
    {                                                                          \
        for (int64_t i = 0; i < n; i++)                                        \
            if (AT(bool, i) == wanted)                                         \
                return i;                                                      \
        return 0;                                                              \
    }
DEFINE_ARG_BOOL(argmax, true)
DEFINE_ARG_BOOL(argmin, false)
INTEGER_TYPES(DEFINE_ARG, maximum, >)
INTEGER_TYPES(DEFINE_ARG, minimum, <)
FLOAT_TYPES(DEFINE_ARG, maximum, >)
FLOAT_TYPES(DEFINE_ARG, minimum, <)

arg_kernel *arg_kernel_find(bool largest, enum dtype dtype)
{
    static arg_kernel *const kernels[2][DTYPE_COUNT] = {
        {ENTRY(BOOL, bool, bool, argmin) NUMBERS(argminimum)},
        {ENTRY(BOOL, bool, bool, argmax) NUMBERS(argmaximum)}};
    return kernels[largest][dtype];
}
