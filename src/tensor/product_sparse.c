/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The nonzeros of the left side are listed row by row, and each row of the
 * result is summed up from the listed rows of the right side, a panel of
 * columns at a time, in registers.  The panel is first copied together: rows
 * that lie a power of two apart in memory push each other out of the cache.
 * Each element of the result is summed by one thread in ascending order, so
 * the number of threads does not change it.
 */
#include "tensor/product_sparse.h"

#include <string.h>

#include "tensor/nonzeros.h"

enum {
    PANEL = 64,      /* columns that are summed up in registers */
    BLOCK_ROWS = 64, /* of the result, that one panel serves in a go */
    TILE = PANEL * BLOCK_ROWS,
    SLICE = 128,   /* rows of a panel that the first cache holds */
    MIN_INNER = 32 /* shorter sums are not worth the lists */
};

/* With more than this share of nonzeros, BLAS on all of them is as fast: of a
   batch, whose lists stay in the cache; of any matrix. */
static const double batch_density = 0.6, matrix_density = 0.4;

/* ----------------------------------------------------------------- sums */

/* C's PANEL columns: the sum over the listed rows of the packed panel B, added
   to C when ADDING. */
typedef void sum_function(const nonzero *list, const nonzero *end,
                          const float *b, bool adding, float *c);

/* One that sums in vectors of LANES floats at any float's address.  They have
   to fit the machine's: narrower ones take more instructions, and of wider
   ones the compiler keeps some in memory. */
#define DEFINE_SUM(TARGET, NAME, LANES)                                        \
    TARGET static void NAME(const nonzero *list, const nonzero *end,           \
                            const float *b, bool adding, float *c)             \
    {                                                                          \
        typedef float lane __attribute__((vector_size(LANES * sizeof(float)),  \
                                          aligned(4), may_alias));             \
        enum { VECTORS = PANEL / LANES };                                      \
        lane sum[VECTORS], *out = (lane *)c;                                   \
        UNROLL_8 for (int v = 0; v < VECTORS; v++) sum[v] = (lane){0};         \
        if (adding)                                                            \
            UNROLL_8 for (int v = 0; v < VECTORS; v++) sum[v] = out[v];        \
        for (; list < end; list++) {                                           \
            const float *row = b + (size_t)nonzero_row(*list) * PANEL;         \
            float value = nonzero_value(*list);                                \
            UNROLL_8 for (int v = 0; v < VECTORS; v++) sum[v] +=               \
                value * ((const lane *)row)[v];                                \
        }                                                                      \
        UNROLL_8 for (int v = 0; v < VECTORS; v++) out[v] = sum[v];            \
    }

DEFINE_SUM(MULTI_TARGET, sum_by_eight, 8)
#ifdef HAVE_MULTI_TARGET
DEFINE_SUM(__attribute__((target("avx512f"))), sum_by_sixteen, 16)
#endif

static sum_function *best_sum(void)
{
#ifdef HAVE_MULTI_TARGET
    if (__builtin_cpu_supports("avx512f"))
        return sum_by_sixteen;
#endif
    return sum_by_eight;
}

/* The same for a last panel of WIDTH columns. */
static void sum_narrow(sum_function *sum, const nonzero *list,
                       const nonzero *end, const float *b, bool adding,
                       float *c, int64_t width)
{
    float whole[PANEL] = {0};
    memcpy(whole, c, adding ? (size_t)width * sizeof *c : 0);
    sum(list, end, b, adding, whole);
    memcpy(c, whole, (size_t)width * sizeof *c);
}

/* Columns COLUMN … of the used rows of B, N wide, into PANEL; what is beyond
   N is zero. */
static void pack_panel(const struct nonzeros *list, int64_t n, const float *b,
                       int64_t column, float *panel)
{
    int64_t width = n - column < PANEL ? n - column : PANEL;
    for (int64_t i = 0; i < list->used_count; i++, panel += PANEL) {
        memcpy(panel, b + list->used[i] * n + column,
               (size_t)width * sizeof *b);
        if (width < PANEL)
            memset(panel + width, 0, (size_t)(PANEL - width) * sizeof *b);
    }
}

/* -------------------------------------------------------------- turning */

typedef float four __attribute__((vector_size(16), aligned(4), may_alias));

/* HEIGHT x WIDTH numbers from where they lie column by column. */
static void turn_few(const float *from, int64_t height, int64_t width,
                     float *to, int64_t stride)
{
    for (int64_t i = 0; i < height; i++)
        for (int64_t j = 0; j < width; j++)
            to[i * stride + j] = from[j * PANEL + i];
}

/* 4 x 4 of them, in registers. */
static inline void turn_sixteen(const float *from, float *to, int64_t stride)
{
#if defined(__clang__) || __GNUC__ >= 12
    const four a = *(const four *)from, b = *(const four *)(from + PANEL);
    const four c = *(const four *)(from + 2 * PANEL);
    const four d = *(const four *)(from + 3 * PANEL);
    four ab = __builtin_shufflevector(a, b, 0, 4, 1, 5);
    four cd = __builtin_shufflevector(c, d, 0, 4, 1, 5);
    *(four *)to = __builtin_shufflevector(ab, cd, 0, 1, 4, 5);
    *(four *)(to + stride) = __builtin_shufflevector(ab, cd, 2, 3, 6, 7);
    ab = __builtin_shufflevector(a, b, 2, 6, 3, 7);
    cd = __builtin_shufflevector(c, d, 2, 6, 3, 7);
    *(four *)(to + 2 * stride) = __builtin_shufflevector(ab, cd, 0, 1, 4, 5);
    *(four *)(to + 3 * stride) = __builtin_shufflevector(ab, cd, 2, 3, 6, 7);
#else
    turn_few(from, 4, 4, to, stride);
#endif
}

/* What lies column by column in FROM goes row by row into PIECE. */
MULTI_TARGET
static void turn(const float *from, const struct product_piece *piece)
{
    int64_t rows = piece->rows.end - piece->rows.first, i = 0;
    int64_t columns = piece->columns.end - piece->columns.first;
    int64_t whole = columns - columns % 4, stride = piece->stride;
    for (; i + 4 <= rows; i += 4) {
        float *to = piece->data + i * stride;
        for (int64_t j = 0; j < whole; j += 4)
            turn_sixteen(from + j * PANEL + i, to + j, stride);
        turn_few(from + whole * PANEL + i, 4, columns - whole, to + whole,
                 stride);
    }
    turn_few(from + i, rows - i, columns, piece->data + i * stride, stride);
}

/* --------------------------------------------------------------- pieces */

/* The piece of the result from the packed panel.  The panel is walked in
   slices that stay in the first cache; each row goes on in the next slice
   where it stopped in the last, so its sum is made in the same order as in one
   go. */
static void multiply_piece(const struct nonzeros *list, const float *panel,
                           const struct product_piece *piece)
{
    int64_t width = piece->columns.end - piece->columns.first;
    sum_function *sum = best_sum();
    for (int64_t s = 0; s < list->slices; s++) {
        float *out = piece->data;
        for (int64_t i = piece->rows.first; i < piece->rows.end;
             i++, out += piece->stride) {
            struct nonzeros_range range = nonzeros_range(list, i, s);
            const nonzero *from = list->entries + range.from;
            const nonzero *to = list->entries + range.to;
            if (width == PANEL)
                sum(from, to, panel, s > 0, out);
            else
                sum_narrow(sum, from, to, panel, s > 0, out, width);
        }
    }
}

/* A piece of the sums, which are the result or, made in TILE, its
   transpose. */
static void multiply_task(const struct nonzeros *list, const float *panel,
                          const struct product_result *result,
                          struct part rows, struct part columns, float *tile)
{
    struct product_piece piece = result->turned
                                     ? product_piece_at(result, columns, rows)
                                     : product_piece_at(result, rows, columns);
    if (result->turned) {
        struct product_piece sums = {rows, columns, tile, PANEL};
        multiply_piece(list, panel, &sums);
        turn(tile, &piece);
    } else {
        multiply_piece(list, panel, &piece);
    }
    product_tell(result, &piece);
}

/* The thread's share of (panel, block of rows) pairs, panel by panel, of a sum
   N wide.  MEMORY has room for a tile and a panel. */
static void multiply_share(const struct nonzeros *list, int64_t n,
                           const float *b, const struct product_result *result,
                           float *memory)
{
    float *panel = memory + TILE;
    int64_t panels = (n + PANEL - 1) / PANEL;
    int64_t blocks = (list->rows + BLOCK_ROWS - 1) / BLOCK_ROWS, packed = -1;
    struct part part = parallel_part(panels * blocks, 1);
    for (int64_t task = part.first; task < part.end; task++) {
        struct part columns = product_part(task / blocks * PANEL, PANEL, n);
        struct part rows =
            product_part(task % blocks * BLOCK_ROWS, BLOCK_ROWS, list->rows);
        if (columns.first != packed)
            pack_panel(list, n, b, columns.first, panel);
        packed = columns.first;
        multiply_task(list, panel, result, rows, columns, memory);
    }
}

static bool multiply_lists(const struct left *left, const struct nonzeros *list,
                           int64_t n, const float *b, struct product_result result)
{
    struct error err = ERROR_INIT;
    int threads = parallel_threads_for(left->rows * left->inner);
    int64_t room = TILE + list->used_count * PANEL;
    struct storage *storage =
        storage_new(threads * room * (int64_t)sizeof(float), &err);
    error_clear(&err);
    if (!storage)
        return false;
    result.share = TILE;
    result.in_passing &= threads * TILE <= result.rows * result.columns;
    float *memory = (float *)(void *)storage->bytes;
#pragma omp parallel num_threads(threads)
    multiply_share(list, n, b, &result, memory + parallel_index() * room);
    storage_unref(storage);
    return true;
}

/* ------------------------------------------------------------- choosing */

/* Neither infinite nor NaN: their exponents are all ones. */
MULTI_TARGET
static bool all_finite(int64_t n, const float *b)
{
    uint32_t largest = 0;
#ifdef _OPENMP
#pragma omp simd reduction(max : largest)
#endif
    for (int64_t i = 0; i < n; i++) {
        uint32_t bits;
        memcpy(&bits, b + i, sizeof bits);
        bits &= 0x7f800000u;
        largest = bits > largest ? bits : largest;
    }
    return largest != 0x7f800000u;
}

/* Is a zero rare among numbers here and there?  Then all need not be looked
   at. */
static bool looks_dense(const struct left *left)
{
    enum { LOOKS = 256, FEW = LOOKS / 8 };
    int64_t size = left->rows * left->inner, step = size / LOOKS | 1;
    int looks = 0, zeros = 0;
    for (int64_t i = 0; i < size; i += step, looks++)
        zeros += left->data[i] == 0.0f;
    return looks >= LOOKS / 2 && zeros < FEW;
}

/* False with a larger DENSITY, when the product is small, or when there is no
   memory for the lists. */
static bool multiply_sparse(const struct left *left, int64_t n, const float *b,
                            double density, struct product_result result)
{
    struct nonzeros list;
    if (n < PANEL || left->inner < MIN_INNER || left->inner >= UINT32_MAX ||
        looks_dense(left) || !nonzeros_find(left, &list))
        return false;
    double most = density * (double)(left->rows * left->inner);
    bool done = (double)list.count <= most &&
                nonzeros_list(left, SLICE, &list) &&
                multiply_lists(left, &list, n, b, result);
    nonzeros_done(&list);
    return done;
}

bool product_sparse(const struct left *left, int64_t n, const float *b,
                    struct product_result result)
{
    return multiply_sparse(left, n, b, batch_density, result);
}

bool product_sparse_turned(const struct left *left, int64_t n, const float *b,
                           struct product_result result)
{
    struct left other = {b, true, n, left->inner};
    result.turned = true;
    return left->transposed &&
           multiply_sparse(&other, left->rows, left->data, batch_density,
                           result);
}

bool product_skip_zeros(bool a_transposed, int64_t m, int64_t n, int64_t k,
                        const float *a, const float *b, float *c)
{
    struct left left = {a, a_transposed, m, k};
    struct product_result result = {.c = c, .rows = m, .columns = n};
    return !looks_dense(&left) && all_finite(k * n, b) &&
           multiply_sparse(&left, n, b, matrix_density, result);
}
