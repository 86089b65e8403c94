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
#include "tensor/parallel.h"

struct nonzero {
    float value;
    uint32_t index; /* row of the right side */
};

/* The left side as seen from the product: ROWS x INNER, in memory either so
   or transposed. */
struct left {
    const float *data;
    bool transposed;
    int64_t rows, inner;
};

/* Row i's nonzeros are entries[start[i]] … entries[end[i] - 1].  One unused
   entry follows each row, so that filling needs no branch. */
struct nonzeros {
    struct storage *storage;
    int64_t *start, *end;
    struct nonzero *entries;
    float *panels; /* room for one panel of the right side a thread */
};

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

/* ------------------------------------------------------------- counting */

MULTI_TARGET
static int64_t count_nonzeros(int64_t n, const float *a)
{
    int64_t total = 0;
    for (int64_t block = 0; block < n; block += 4096) {
        int64_t end = block + 4096 < n ? block + 4096 : n;
        int32_t count = 0;
#ifdef _OPENMP
#pragma omp simd reduction(+ : count)
#endif
        for (int64_t i = block; i < end; i++)
            count += a[i] != 0.0f;
        total += count;
    }
    return total;
}

MULTI_TARGET
static void count_by_column(int64_t n, const float *a, int64_t *counts)
{
    VECTOR_LOOP
    for (int64_t i = 0; i < n; i++)
        counts[i] += a[i] != 0.0f;
}

/* COUNTS of each row; the calling thread's share. */
static void count_share(const struct left *left, int64_t *counts)
{
    struct part part = parallel_part(left->rows, 16);
    int64_t n = part.end - part.first;
    if (!left->transposed) {
        for (int64_t i = part.first; i < part.end; i++)
            counts[i] =
                count_nonzeros(left->inner, left->data + i * left->inner);
        return;
    }
    memset(counts + part.first, 0, (size_t)n * sizeof *counts);
    for (int64_t k = 0; k < left->inner; k++)
        count_by_column(n, left->data + k * left->rows + part.first,
                        counts + part.first);
}

static bool is_sparse(const struct left *left)
{
    int64_t size = left->rows * left->inner, total = 0;
#pragma omp parallel num_threads(parallel_threads_for(size)) reduction(+:total)
    {
        struct part part = parallel_part(size, 16);
        total += count_nonzeros(part.end - part.first, left->data + part.first);
    }
    return (double)total <= max_density * (double)size;
}

/* -------------------------------------------------------------- listing */

/* The background of a digit is passed over in steps of eight pixels. */
static inline bool eight_zeros(const float *a)
{
    uint64_t bits[4];
    memcpy(bits, a, sizeof bits);
    return (bits[0] | bits[1] | bits[2] | bits[3]) == 0;
}

static void list_row(const struct left *left, int64_t row,
                     struct nonzero *entries)
{
    const float *a = left->data + row * left->inner;
    for (int64_t first = 0; first < left->inner; first += 8) {
        int64_t end = first + 8 < left->inner ? first + 8 : left->inner;
        if (end - first == 8 && eight_zeros(a + first))
            continue;
        for (int64_t k = first; k < end; k++) {
            *entries = (struct nonzero){a[k], (uint32_t)k};
            entries += a[k] != 0.0f;
        }
    }
}

/* Rows of a transposed left side are columns in memory: all lists of the
   thread's share grow together, END being where each has come to. */
static void list_column_row(const float *a, uint32_t index, struct part part,
                            struct nonzeros *list)
{
    for (int64_t first = part.first; first < part.end; first += 8) {
        int64_t end = first + 8 < part.end ? first + 8 : part.end;
        if (end - first == 8 && eight_zeros(a + first))
            continue;
        for (int64_t i = first; i < end; i++) {
            list->entries[list->end[i]] = (struct nonzero){a[i], index};
            list->end[i] += a[i] != 0.0f;
        }
    }
}

static void list_columns(const struct left *left, struct part part,
                         struct nonzeros *list)
{
    for (int64_t i = part.first; i < part.end; i++)
        list->end[i] = list->start[i];
    for (int64_t k = 0; k < left->inner; k++)
        list_column_row(left->data + k * left->rows, (uint32_t)k, part, list);
}

static void list_share(const struct left *left, struct nonzeros *list)
{
    struct part part = parallel_part(left->rows, 16);
    if (left->transposed) {
        list_columns(left, part, list);
        return;
    }
    for (int64_t i = part.first; i < part.end; i++)
        list_row(left, i, list->entries + list->start[i]);
}

/* START and END from the counts, which stand in END. */
static void place_lists(int64_t rows, struct nonzeros *list)
{
    int64_t position = 0;
    for (int64_t i = 0; i < rows; i++) {
        int64_t count = list->end[i];
        list->start[i] = position;
        list->end[i] = position + count;
        position += count + 1;
    }
}

static int64_t cache_lines(int64_t bytes)
{
    return (bytes + 63) / 64 * 64;
}

/* Room for the lists of a left side of at most max_density, and for THREADS
   panels; false when there is no memory (the dense product needs none). */
static bool lists_allocate(const struct left *left, int threads,
                           struct nonzeros *ret)
{
    struct error err = ERROR_INIT;
    int64_t most = (int64_t)(max_density * (double)(left->rows * left->inner));
    int64_t panels = threads * left->inner * PANEL * (int64_t)sizeof(float);
    int64_t bounds = cache_lines(left->rows * (int64_t)sizeof(int64_t));
    int64_t entries = (most + left->rows + 1) * (int64_t)sizeof(struct nonzero);
    ret->storage = storage_new(panels + 2 * bounds + entries, &err);
    if (!ret->storage) {
        error_clear(&err);
        return false;
    }
    char *memory = ret->storage->bytes;
    ret->panels = (float *)(void *)memory;
    ret->start = (int64_t *)(void *)(memory + panels);
    ret->end = (int64_t *)(void *)(memory + panels + bounds);
    ret->entries = (struct nonzero *)(void *)(memory + panels + 2 * bounds);
    return true;
}

/* ------------------------------------------------------------- multiply */

/* Eight floats at any float's address. */
typedef float lane
    __attribute__((vector_size(LANES * sizeof(float)), aligned(4), may_alias));

/* C's PANEL columns: BETA * C plus the sum over the listed rows of the packed
   panel B, as far as they come before row LAST; where the list was left. */
MULTI_TARGET
static const struct nonzero *sum_panel(const struct nonzero *list,
                                       const struct nonzero *end, int64_t last,
                                       const float *b, float beta, float *c)
{
    enum { VECTORS = PANEL / LANES };
    lane sum[VECTORS], *out = (lane *)c;
#pragma GCC unroll 8
    for (int v = 0; v < VECTORS; v++)
        sum[v] = (lane){0};
    if (beta != 0.0f)
#pragma GCC unroll 8
        for (int v = 0; v < VECTORS; v++)
            sum[v] = beta * out[v];
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
                                        const float *b, float beta, float *c,
                                        int64_t width)
{
    float whole[PANEL] = {0};
    memcpy(whole, c, beta != 0.0f ? (size_t)width * sizeof *c : 0);
    list = sum_panel(list, end, last, b, beta, whole);
    memcpy(c, whole, (size_t)width * sizeof *c);
    return list;
}

/* Columns COLUMN … of B (ROWS x N) into PANEL; what is beyond N is zero. */
static void pack_panel(int64_t rows, int64_t n, const float *b, int64_t column,
                       float *panel)
{
    int64_t width = n - column < PANEL ? n - column : PANEL;
    for (int64_t k = 0; k < rows; k++, panel += PANEL) {
        memcpy(panel, b + k * n + column, (size_t)width * sizeof *b);
        if (width < PANEL)
            memset(panel + width, 0, (size_t)(PANEL - width) * sizeof *b);
    }
}

/* Rows ROW … END-1 of C, in the columns of the packed panel, which has INNER
   rows.  The panel is walked in slices that stay in the first cache; each row
   goes on in the next slice where it stopped in the last, so its sum is made
   in the same order as in one go. */
static void multiply_block(const struct nonzeros *list, int64_t row,
                           int64_t end, int64_t inner, int64_t n,
                           const float *panel, int64_t column, float beta,
                           float *c)
{
    int64_t slice = inner <= SLICE ? inner : SLICE;
    const struct nonzero *next[BLOCK_ROWS];
    for (int64_t i = row; i < end; i++)
        next[i - row] = list->entries + list->start[i];
    for (int64_t first = 0; first < inner; first += slice) {
        float keep = first ? 1.0f : beta;
        for (int64_t i = row; i < end; i++) {
            const struct nonzero **at = &next[i - row];
            const struct nonzero *stop = list->entries + list->end[i];
            float *out = c + i * n + column;
            *at = n - column >= PANEL
                      ? sum_panel(*at, stop, first + slice, panel, keep, out)
                      : sum_narrow(*at, stop, first + slice, panel, keep, out,
                                   n - column);
        }
    }
}

/* The thread's share of (panel, block of rows) pairs, panel by panel. */
static void multiply_share(const struct left *left, const struct nonzeros *list,
                           int64_t n, const float *b, float beta, float *c)
{
    int64_t panels = (n + PANEL - 1) / PANEL;
    int64_t blocks = (left->rows + BLOCK_ROWS - 1) / BLOCK_ROWS, packed = -1;
    float *panel = list->panels + parallel_index() * left->inner * PANEL;
    struct part part = parallel_part(panels * blocks, 1);
    for (int64_t task = part.first; task < part.end; task++) {
        int64_t column = task / blocks * PANEL;
        int64_t row = task % blocks * BLOCK_ROWS, end = row + BLOCK_ROWS;
        if (end > left->rows)
            end = left->rows;
        if (column != packed)
            pack_panel(left->inner, n, b, column, panel);
        packed = column;
        multiply_block(list, row, end, left->inner, n, panel, column, beta, c);
    }
}

/* False when it is not worth it, or when there is no memory for the lists. */
static bool multiply_sparse(const struct left *left, int64_t n, const float *b,
                            float beta, float *c)
{
    struct nonzeros list;
    int threads = parallel_threads_for(left->rows * left->inner);
    if (n < PANEL || left->inner < MIN_INNER || left->inner > UINT32_MAX ||
        !is_sparse(left) || !lists_allocate(left, threads, &list))
        return false;
#pragma omp parallel num_threads(threads)
    {
        count_share(left, list.end);
#pragma omp barrier
#pragma omp single
        place_lists(left->rows, &list);
        list_share(left, &list);
#pragma omp barrier
        multiply_share(left, &list, n, b, beta, c);
    }
    storage_unref(list.storage);
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

bool product_skip_zeros(bool a_transposed, int64_t m, int64_t n, int64_t k,
                        const float *a, const float *b, float *c)
{
    struct left left = {a, a_transposed, m, k};
    return is_sparse(&left) && all_finite(k * n, b) &&
           multiply_sparse(&left, n, b, 0.0f, c);
}

/* ---------------------------------------------------------------- dense */

/* The pieces are the same for any number of threads, and so are the sums. */
enum { PIECE_ROWS = 32, PIECE_COLUMNS = 128 };

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
                           int64_t n, const float *b, float beta, float *c)
{
    int64_t m = left->rows;
    bool by_rows = m >= n;
    int64_t length = by_rows ? m : n;
    int64_t piece = by_rows ? PIECE_ROWS : PIECE_COLUMNS;
    if (m * n * left->inner * 2 < MIN_FLOPS)
        piece = length;
#pragma omp parallel for num_threads(length > piece ? blas_threads() : 1)
    for (int64_t first = 0; first < length; first += piece) {
        struct part whole = {0, by_rows ? n : m};
        struct part part = {first,
                            first + piece < length ? first + piece : length};
        multiply_piece(left, b_transposed, n, b, beta, c,
                       by_rows ? part : whole, by_rows ? whole : part);
    }
}

void product_float32_alone(bool a_transposed, bool b_transposed, int64_t m,
                           int64_t n, int64_t k, const float *a,
                           const float *b, float beta, float *c)
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

void product_float32(bool a_transposed, bool b_transposed, int64_t m, int64_t n,
                     int64_t k, const float *a, const float *b, float beta,
                     float *c)
{
    struct left left = {a, a_transposed, m, k};
    int64_t start = now();

    if (b_transposed || !multiply_sparse(&left, n, b, beta, c))
        if (m > 0 && n > 0)
            multiply_dense(&left, b_transposed, n, b, beta, c);
    nanoseconds += now() - start;
}
