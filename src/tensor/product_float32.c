/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The network's products.  Four fifths of a digit's pixels are zero, and behind
 * a relu half of the gradients: products with many zeros leave them out, all
 * others go to OpenBLAS, one piece of the result to each thread.
 */
#include <cblas.h>

#include "tensor/blas.h"
#include "tensor/product_sparse.h"

enum {
    MIN_FLOPS = 1 << 19 /* smaller products stay on one thread */
};

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
                           const float *b, struct product_result result)
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
        struct part part = product_part(first, step, length);
        struct part whole = {0, by_rows ? n : m};
        struct product_piece piece = product_piece_at(
            &result, by_rows ? part : whole, by_rows ? whole : part);
        multiply_by_blas(left, b_transposed, n, b, 0.0f, &piece);
        product_tell(&result, &piece);
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

void product_float32_watched(bool a_transposed, bool b_transposed, int64_t m,
                             int64_t n, int64_t k, const float *a,
                             const float *b, float *c,
                             const struct product_watch *watch)
{
    struct left left = {a, a_transposed, m, k};
    struct product_result result = {.c = c,
                                    .rows = m,
                                    .columns = n,
                                    .watch = watch,
                                    .in_passing = watch && watch->in_passing};

    if (!b_transposed && (product_sparse(&left, n, b, result) ||
                          product_sparse_turned(&left, n, b, result)))
        return;
    if (m > 0 && n > 0)
        multiply_dense(&left, b_transposed, b, result);
}

void product_float32(bool a_transposed, bool b_transposed, int64_t m, int64_t n,
                     int64_t k, const float *a, const float *b, float *c)
{
    product_float32_watched(a_transposed, b_transposed, m, n, k, a, b, c, NULL);
}
