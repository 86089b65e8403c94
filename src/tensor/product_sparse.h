/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The network's products without what is multiplied by zero.
 *
 * A zero beside an infinity or a NaN is skipped like any other, where IEEE
 * arithmetic would make a NaN of it.
 */
#ifndef TENSOR_PRODUCT_SPARSE_H
#define TENSOR_PRODUCT_SPARSE_H

#include "tensor/nonzeros.h"
#include "tensor/product.h"

/* Where a product goes, which is made piece by piece. */
struct product_result {
    float *c;
    int64_t rows, columns;
    const struct product_watch *watch; /* or NULL */
    /* Pieces are made one after another where C begins, each thread's in a
       place of SHARE floats: it is still in the cache when the next comes. */
    bool in_passing;
    int64_t share;
    bool turned; /* what is summed up is its transpose */
};

/* Where the calling thread makes this piece. */
static inline struct product_piece
product_piece_at(const struct product_result *result, struct part rows,
                 struct part columns)
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

static inline void product_tell(const struct product_result *result,
                                const struct product_piece *piece)
{
    if (result->watch)
        result->watch->done(result->watch->context, piece);
}

/* From FIRST on, LENGTH or what there is before END. */
static inline struct part product_part(int64_t first, int64_t length,
                                       int64_t end)
{
    return (struct part){first, first + length < end ? first + length : end};
}

/* LEFT times B, which is N wide.  False, and nothing has been done, when LEFT
   has too few zeros, the product is too small, or there is no memory for the
   lists (the dense product needs none). */
bool product_sparse(const struct left *left, int64_t n, const float *b,
                    struct product_result result);

/* The same by the zeros of B, as those of a gradient behind a relu: the result
   is made turned, C^T = B^T LEFT^T, and turned back piece by piece.  Only for a
   LEFT that lies transposed in memory. */
bool product_sparse_turned(const struct left *left, int64_t n, const float *b,
                           struct product_result result);

#endif
