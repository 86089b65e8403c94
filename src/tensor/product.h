/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Matrix products.  The one file that calls BLAS is product.c; OpenBLAS is
 * held to one thread and our own OpenMP threads split the product, since two
 * pools that both spin fight each other.
 */
#ifndef TENSOR_PRODUCT_H
#define TENSOR_PRODUCT_H

#include "tensor/tensor.h"

/* np.dot: vectors, matrices, N-d with the last axis of A against the second
   to last of B; 0-d operands multiply.  ValueError "shapes (2,3) and (2,) not
   aligned: 3 (dim 1) != 2 (dim 0)". */
struct tensor *tensor_dot(struct tensor *a, struct tensor *b,
                          struct error *err);

/* np.matmul and @: matrices in the last two axes, the others broadcast. */
struct tensor *tensor_matmul(struct tensor *a, struct tensor *b,
                             struct error *err);

/*
 * The network's products, on plain row-major float32 memory, threaded:
 * C (m x n) = A (m x k) * B (k x n) + BETA * C, with A or B transposed in
 * memory when told so (then A lies as k x m, B as n x k).  A left side that
 * is mostly zeros is walked by its nonzeros: same sums, fewer of them.
 */
void product_float32(bool a_transposed, bool b_transposed, int64_t m,
                     int64_t n, int64_t k, const float *a, const float *b,
                     float beta, float *c);

/* Seconds that product_float32() took since the last reset: what `make bench`
   says of a training. */
double product_seconds(void);
void product_seconds_reset(void);

#endif
