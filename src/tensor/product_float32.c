/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The network's products.
 *
 * Dense ones go to OpenBLAS, one piece of the result to each thread.
 *
 * Four fifths of a digit's pixels are zero, and so is what they are
 * multiplied with.  When the left side is mostly zeros, its nonzeros are
 * listed row by row, and each row of the result is summed up from the listed
 * rows of the right side, a panel of columns at a time, in registers.  The
 * panel is first copied together: rows that lie a power of two apart in
 * memory push each other out of the cache.  Each element of the result is
 * summed by one thread in ascending order, so the number of threads does not
 * change it.
 *
 * A zero beside an infinity or a NaN is skipped like any other, where IEEE
 * arithmetic would make a NaN of it.
 */
#include "tensor/product.h"

#include <cblas.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tensor/blas.h"
#include "tensor/nonzeros.h"
#include "tensor/parallel.h"

enum {
    PANEL = 64,      /* columns that are summed up in registers */
    BLOCK_ROWS = 64, /* of the result, that one panel serves in a go */
    SLICE = 128,     /* rows of a panel that the first cache holds */
    TILE = PANEL * BLOCK_ROWS,
    MIN_INNER = 32,     /* shorter sums are not worth the lists */
    MIN_FLOPS = 1 << 19 /* smaller products stay on one thread */
};

/* With more than this share of nonzeros, BLAS on all of them is faster. */
static const double max_density = 0.4;

/* ------------------------------------------------------------- multiply */

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

static void tell(const struct product_watch *watch,
                 const struct product_piece *piece)
{
    if (watch)
        watch->done(watch->context, piece);
}

struct result {
    float *c;
    int64_t rows, columns;
    const struct product_watch *watch; /* or NULL */
    /* Pieces are made one after another where C begins, each thread's in a
       place of SHARE floats: it is still in the cache when the next comes. */
    bool in_passing;
    int64_t share;
};

/* Where the calling thread makes this piece. */
static struct product_piece piece_at(const struct result *result,
                                     struct part rows, struct part columns)
{
    int64_t n = result->columns;
    struct product_piece piece = {
        rows, columns, result->c + rows.first * n + columns.first, n};
    if (result->in_passing) {
        piece.data = result->c + parallel_index() * result->share;
        piece.stride = columns.end - columns.first;
    }
    return piece;
}

static struct part part_from(int64_t first, int64_t length, int64_t end)
{
    return (struct part){first, first + length < end ? first + length : end};
}

/* The thread's share of (panel, block of rows) pairs, panel by panel.  MEMORY
   has room for a panel. */
static void multiply_share(const struct nonzeros *list, const float *b,
                           const struct result *result, float *memory)
{
    int64_t n = result->columns;
    int64_t panels = (n + PANEL - 1) / PANEL;
    int64_t blocks = (result->rows + BLOCK_ROWS - 1) / BLOCK_ROWS, packed = -1;
    struct part part = parallel_part(panels * blocks, 1);
    for (int64_t task = part.first; task < part.end; task++) {
        struct part columns = part_from(task / blocks * PANEL, PANEL, n);
        struct part rows =
            part_from(task % blocks * BLOCK_ROWS, BLOCK_ROWS, result->rows);
        if (columns.first != packed)
            pack_panel(list, n, b, columns.first, memory);
        packed = columns.first;
        struct product_piece piece = piece_at(result, rows, columns);
        multiply_piece(list, memory, &piece);
        tell(result->watch, &piece);
    }
}

static bool multiply_lists(const struct left *left, const struct nonzeros *list,
                           const float *b, struct result result)
{
    struct error err = ERROR_INIT;
    int threads = parallel_threads_for(left->rows * left->inner);
    int64_t panel = list->used_count * PANEL;
    struct storage *storage =
        storage_new(threads * panel * (int64_t)sizeof(float), &err);
    error_clear(&err);
    if (!storage)
        return false;
    result.share = TILE;
    result.in_passing &= threads * TILE <= result.rows * result.columns;
    float *panels = (float *)(void *)storage->bytes;
#pragma omp parallel num_threads(threads)
    multiply_share(list, b, &result, panels + parallel_index() * panel);
    storage_unref(storage);
    return true;
}

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

/* False when it is not worth it, or when there is no memory for the lists
   (the dense product needs none), or when only a FINITE right side would do
   and it is not. */
static bool multiply_sparse(const struct left *left, const float *b,
                            bool finite, struct result result)
{
    struct nonzeros list;
    int64_t n = result.columns;
    if (n < PANEL || left->inner < MIN_INNER || left->inner >= UINT32_MAX ||
        looks_dense(left) || !nonzeros_find(left, &list))
        return false;
    double most = max_density * (double)(left->rows * left->inner);
    bool done = (double)list.count <= most &&
                (!finite || all_finite(left->inner * n, b)) &&
                nonzeros_list(left, SLICE, &list) &&
                multiply_lists(left, &list, b, result);
    nonzeros_done(&list);
    return done;
}

bool product_skip_zeros(bool a_transposed, int64_t m, int64_t n, int64_t k,
                        const float *a, const float *b, float *c)
{
    struct left left = {a, a_transposed, m, k};
    struct result result = {.c = c, .rows = m, .columns = n};
    return multiply_sparse(&left, b, true, result);
}

/* ---------------------------------------------------------------- dense */

/* A quarter of LENGTH rows or columns, but no more than fit the cache with
   their results, and a multiple of what BLAS's kernels take at a time.  BLAS
   copies the whole other side together for each piece, so small ones are slow.
   The pieces are the same for any number of threads, and so are the sums. */
static int64_t piece_of(int64_t length)
{
    enum { UNIT = 4, SMALLEST = 32, LARGEST = 256 };
    int64_t piece = (length + 4 * UNIT - 1) / (4 * UNIT) * UNIT;
    return piece < SMALLEST ? SMALLEST : piece > LARGEST ? LARGEST : piece;
}

/* N: columns of the whole B. */
static void multiply_by_blas(const struct left *left, bool b_transposed,
                             int64_t n, const float *b, float beta,
                             const struct product_piece *piece)
{
    int64_t k = left->inner, row = piece->rows.first;
    int64_t column = piece->columns.first;
    blas_enter();
    cblas_sgemm(CblasRowMajor, left->transposed ? CblasTrans : CblasNoTrans,
                b_transposed ? CblasTrans : CblasNoTrans,
                (blasint)(piece->rows.end - row),
                (blasint)(piece->columns.end - column), (blasint)k, 1.0f,
                left->data + (left->transposed ? row : row * k),
                (blasint)(left->transposed ? left->rows : k),
                b + (b_transposed ? column * k : column),
                (blasint)(b_transposed ? k : n), beta, piece->data,
                (blasint)piece->stride);
    blas_leave();
}

static void multiply_dense(const struct left *left, bool b_transposed,
                           const float *b, struct result result)
{
    int64_t m = result.rows, n = result.columns;
    bool by_rows = m >= n;
    int64_t length = by_rows ? m : n;
    int64_t step =
        m * n * left->inner * 2 < MIN_FLOPS ? length : piece_of(length);
    result.share = step * (by_rows ? n : m);
#pragma omp parallel for schedule(static) \
    num_threads(length > step ? blas_threads() : 1)
    for (int64_t first = 0; first < length; first += step) {
        struct part part = part_from(first, step, length);
        struct part whole = {0, by_rows ? n : m};
        struct product_piece piece =
            piece_at(&result, by_rows ? part : whole, by_rows ? whole : part);
        multiply_by_blas(left, b_transposed, n, b, 0.0f, &piece);
        tell(result.watch, &piece);
    }
}

void product_float32_alone(bool a_transposed, bool b_transposed, int64_t m,
                           int64_t n, int64_t k, const float *a, const float *b,
                           float beta, float *c)
{
    struct left left = {a, a_transposed, m, k};
    struct product_piece whole = {{0, m}, {0, n}, c, n};
    multiply_by_blas(&left, b_transposed, n, b, beta, &whole);
}

static _Atomic int64_t nanoseconds; /* spent in products */

static int64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

double product_seconds(void)
{
    return (double)nanoseconds * 1e-9;
}

void product_seconds_reset(void)
{
    nanoseconds = 0;
}

void product_float32_watched(bool a_transposed, bool b_transposed, int64_t m,
                             int64_t n, int64_t k, const float *a,
                             const float *b, float *c,
                             const struct product_watch *watch)
{
    struct left left = {a, a_transposed, m, k};
    struct result result = {.c = c,
                            .rows = m,
                            .columns = n,
                            .watch = watch,
                            .in_passing = watch && watch->in_passing};
    int64_t start = now();

    if (b_transposed || !multiply_sparse(&left, b, false, result))
        if (m > 0 && n > 0)
            multiply_dense(&left, b_transposed, b, result);
    nanoseconds += now() - start;
}

void product_float32(bool a_transposed, bool b_transposed, int64_t m, int64_t n,
                     int64_t k, const float *a, const float *b, float *c)
{
    product_float32_watched(a_transposed, b_transposed, m, n, k, a, b, c, NULL);
}
