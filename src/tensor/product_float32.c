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
    PANEL = 64,         /* columns that are summed up in registers */
    BLOCK_ROWS = 64,    /* of the result, that one panel serves in a go */
    SLICE = 128,        /* rows of a panel that the first cache holds */
    LANES = 8,          /* floats in one vector */
    MIN_INNER = 32,     /* shorter sums are not worth the lists */
    MIN_FLOPS = 1 << 19 /* smaller products stay on one thread */
};

/* With more than this share of nonzeros, BLAS on all of them is faster. */
static const double max_density = 0.4;

/* ------------------------------------------------------------- multiply */

/* Eight floats at any float's address. */
typedef float lane
    __attribute__((vector_size(LANES * sizeof(float)), aligned(4), may_alias));

/* C's PANEL columns: the sum over the listed rows of the packed panel B, as
   far as they come before row LAST, added to C when ADDING; where the list was
   left. */
MULTI_TARGET
static const struct nonzero *sum_panel(const struct nonzero *list,
                                       const struct nonzero *end, int64_t last,
                                       const float *b, bool adding, float *c)
{
    enum { VECTORS = PANEL / LANES };
    lane sum[VECTORS], *out = (lane *)c;
#pragma GCC unroll 8
    for (int v = 0; v < VECTORS; v++)
        sum[v] = (lane){0};
    if (adding)
#pragma GCC unroll 8
        for (int v = 0; v < VECTORS; v++)
            sum[v] = out[v];
    for (; list < end && list->index < last; list++) {
        const lane *row = (const lane *)(b + (size_t)list->index * PANEL);
        float value = list->value;
#pragma GCC unroll 8
        for (int v = 0; v < VECTORS; v++)
            sum[v] += value * row[v];
    }
#pragma GCC unroll 8
    for (int v = 0; v < VECTORS; v++)
        out[v] = sum[v];
    return list;
}

/* The same for a last panel of WIDTH columns. */
static const struct nonzero *sum_narrow(const struct nonzero *list,
                                        const struct nonzero *end, int64_t last,
                                        const float *b, bool adding, float *c,
                                        int64_t width)
{
    float whole[PANEL] = {0};
    memcpy(whole, c, adding ? (size_t)width * sizeof *c : 0);
    list = sum_panel(list, end, last, b, adding, whole);
    memcpy(c, whole, (size_t)width * sizeof *c);
    return list;
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

/* Rows ROW … END-1 of C, in the columns of the packed panel.  The panel is
   walked in slices that stay in the first cache; each row goes on in the next
   slice where it stopped in the last, so its sum is made in the same order as
   in one go. */
static void multiply_block(const struct nonzeros *list, int64_t row,
                           int64_t end, int64_t n, const float *panel,
                           int64_t column, float *c)
{
    const struct nonzero *next[BLOCK_ROWS];
    for (int64_t i = row; i < end; i++)
        next[i - row] = list->entries + list->start[i];
    int64_t first = 0;
    do {
        int64_t last = first + SLICE;
        for (int64_t i = row; i < end; i++) {
            const struct nonzero **at = &next[i - row];
            const struct nonzero *stop = list->entries + list->end[i];
            float *out = c + i * n + column;
            *at = n - column >= PANEL
                      ? sum_panel(*at, stop, last, panel, first > 0, out)
                      : sum_narrow(*at, stop, last, panel, first > 0, out,
                                   n - column);
        }
        first = last;
    } while (first < list->used_count);
}

static void tell(const struct product_watch *watch, struct part rows,
                 struct part columns)
{
    if (watch)
        watch->done(watch->context, rows, columns);
}

/* The thread's share of (panel, block of rows) pairs, panel by panel.  MEMORY
   has room for a panel. */
static void multiply_share(const struct nonzeros *list, int64_t rows, int64_t n,
                           const float *b, float *c, float *memory,
                           const struct product_watch *watch)
{
    int64_t panels = (n + PANEL - 1) / PANEL;
    int64_t blocks = (rows + BLOCK_ROWS - 1) / BLOCK_ROWS, packed = -1;
    struct part part = parallel_part(panels * blocks, 1);
    for (int64_t task = part.first; task < part.end; task++) {
        int64_t column = task / blocks * PANEL;
        int64_t row = task % blocks * BLOCK_ROWS, end = row + BLOCK_ROWS;
        if (end > rows)
            end = rows;
        if (column != packed)
            pack_panel(list, n, b, column, memory);
        packed = column;
        multiply_block(list, row, end, n, memory, column, c);
        tell(watch, (struct part){row, end},
             (struct part){column, column + PANEL < n ? column + PANEL : n});
    }
}

static bool multiply_lists(const struct left *left, const struct nonzeros *list,
                           int64_t n, const float *b, float *c,
                           const struct product_watch *watch)
{
    struct error err = ERROR_INIT;
    int threads = parallel_threads_for(left->rows * left->inner);
    int64_t panel = list->used_count * PANEL;
    struct storage *storage =
        storage_new(threads * panel * (int64_t)sizeof(float), &err);
    error_clear(&err);
    if (!storage)
        return false;
    float *panels = (float *)(void *)storage->bytes;
#pragma omp parallel num_threads(threads)
    multiply_share(list, left->rows, n, b, c, panels + parallel_index() * panel,
                   watch);
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

/* False when it is not worth it, or when there is no memory for the lists
   (the dense product needs none), or when only a FINITE right side would do
   and it is not. */
static bool multiply_sparse(const struct left *left, int64_t n, const float *b,
                            bool finite, float *c,
                            const struct product_watch *watch)
{
    struct nonzeros list;
    if (n < PANEL || left->inner < MIN_INNER || left->inner > UINT32_MAX ||
        !nonzeros_find(left, &list))
        return false;
    double most = max_density * (double)(left->rows * left->inner);
    bool done = (double)list.count <= most &&
                (!finite || all_finite(left->inner * n, b)) &&
                nonzeros_list(left, &list) &&
                multiply_lists(left, &list, n, b, c, watch);
    nonzeros_done(&list);
    return done;
}

bool product_skip_zeros(bool a_transposed, int64_t m, int64_t n, int64_t k,
                        const float *a, const float *b, float *c)
{
    struct left left = {a, a_transposed, m, k};
    return multiply_sparse(&left, n, b, true, c, NULL);
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

static void multiply_piece(const struct left *left, bool b_transposed,
                           int64_t n, const float *b, float beta, float *c,
                           struct part rows, struct part columns)
{
    int64_t k = left->inner;
    blas_enter();
    cblas_sgemm(CblasRowMajor, left->transposed ? CblasTrans : CblasNoTrans,
                b_transposed ? CblasTrans : CblasNoTrans,
                (blasint)(rows.end - rows.first),
                (blasint)(columns.end - columns.first), (blasint)k, 1.0f,
                left->data + (left->transposed ? rows.first : rows.first * k),
                (blasint)(left->transposed ? left->rows : k),
                b + (b_transposed ? columns.first * k : columns.first),
                (blasint)(b_transposed ? k : n), beta,
                c + rows.first * n + columns.first, (blasint)n);
    blas_leave();
}

static void multiply_dense(const struct left *left, bool b_transposed,
                           int64_t n, const float *b, float *c,
                           const struct product_watch *watch)
{
    int64_t m = left->rows;
    bool by_rows = m >= n;
    int64_t length = by_rows ? m : n;
    int64_t piece =
        m * n * left->inner * 2 < MIN_FLOPS ? length : piece_of(length);
#pragma omp parallel for num_threads(length > piece ? blas_threads() : 1)
    for (int64_t first = 0; first < length; first += piece) {
        struct part whole = {0, by_rows ? n : m};
        struct part part = {first,
                            first + piece < length ? first + piece : length};
        struct part rows = by_rows ? part : whole;
        struct part columns = by_rows ? whole : part;
        multiply_piece(left, b_transposed, n, b, 0.0f, c, rows, columns);
        tell(watch, rows, columns);
    }
}

void product_float32_alone(bool a_transposed, bool b_transposed, int64_t m,
                           int64_t n, int64_t k, const float *a, const float *b,
                           float beta, float *c)
{
    struct left left = {a, a_transposed, m, k};
    multiply_piece(&left, b_transposed, n, b, beta, c, (struct part){0, m},
                   (struct part){0, n});
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
    int64_t start = now();

    if (b_transposed || !multiply_sparse(&left, n, b, false, c, watch))
        if (m > 0 && n > 0)
            multiply_dense(&left, b_transposed, n, b, c, watch);
    nanoseconds += now() - start;
}

void product_float32(bool a_transposed, bool b_transposed, int64_t m, int64_t n,
                     int64_t k, const float *a, const float *b, float *c)
{
    product_float32_watched(a_transposed, b_transposed, m, n, k, a, b, c, NULL);
}
