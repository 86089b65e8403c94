/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Matrix products.  OpenBLAS is held to one thread and our own OpenMP threads
 * split the product, since two pools that both spin fight each other.
 */
#ifndef TENSOR_PRODUCT_H
#define TENSOR_PRODUCT_H

#include "tensor/parallel.h"
#include "tensor/tensor.h"

/* np.dot: vectors, matrices, N-d with the last axis of A against the second
   to last of B; 0-d operands multiply.  ValueError "shapes (2,3) and (2,) not
   aligned: 3 (dim 1) != 2 (dim 0)". */
struct tensor *tensor_dot(struct tensor *a, struct tensor *b,
                          struct error *err);

/* np.matmul and @: matrices in the last two axes, the others broadcast. */
struct tensor *tensor_matmul(struct tensor *a, struct tensor *b,
                             struct error *err);

/* *OUT = the dot product of two vectors of plain memory. */
bool product_dot(enum dtype dtype, int64_t n, const char *a, const char *b,
                 char *out, struct error *err);

/* product_axes.c: sums over the last axes of both; over all elements; the
   products of all pairs. */
struct tensor *tensor_inner(struct tensor *a, struct tensor *b,
                            struct error *err);
struct tensor *tensor_vdot(struct tensor *a, struct tensor *b,
                           struct error *err);
struct tensor *tensor_outer(struct tensor *a, struct tensor *b,
                            struct error *err);
/* Sums over COUNT axes of A against as many of B; what is left of A's axes
   comes before what is left of B's.  ValueError "shape-mismatch for sum". */
struct tensor *tensor_tensordot(struct tensor *a, struct tensor *b, int count,
                                const int64_t *a_axes, const int64_t *b_axes,
                                struct error *err);
/* Each element of A times all of B, as blocks. */
struct tensor *tensor_kron(struct tensor *a, struct tensor *b,
                           struct error *err);
/* Of vectors with 2 or 3 components along the given axes; two plane ones
   give a number, for which RESULT_AXIS does not matter. */
struct tensor *tensor_cross(struct tensor *a, struct tensor *b, int64_t a_axis,
                            int64_t b_axis, int64_t result_axis,
                            struct error *err);

/*
 * The network's products, on plain row-major float32 memory, threaded:
 * C (m x n) = A (m x k) * B (k x n), with A or B transposed in memory when
 * told so (then A lies as k x m, B as n x k).  A left side that is mostly
 * zeros is walked by its nonzeros: same sums, fewer of them.
 */
void product_float32(bool a_transposed, bool b_transposed, int64_t m, int64_t n,
                     int64_t k, const float *a, const float *b, float *c);

/* A part of a product: rows that begin STRIDE numbers apart. */
struct product_piece {
    struct part rows, columns;
    float *data;
    int64_t stride;
};

/* The same for who goes on with C at once: DONE is told of each piece by the
   thread that made it and has it in its cache.  IN_PASSING: nobody wants the
   product afterwards; C is memory to make it in, and left with anything. */
struct product_watch {
    void (*done)(void *context, const struct product_piece *piece);
    void *context;
    bool in_passing;
};
void product_float32_watched(bool a_transposed, bool b_transposed, int64_t m,
                             int64_t n, int64_t k, const float *a,
                             const float *b, float *c,
                             const struct product_watch *watch);

/* C = A B without the zeros of A, when it has so many that this is faster and
   B is finite; else false, and nothing has been done. */
bool product_skip_zeros(bool a_transposed, int64_t m, int64_t n, int64_t k,
                        const float *a, const float *b, float *c);

/* C = A B + BETA C by BLAS on the calling thread alone: for pieces of work that
   share the threads among themselves. */
void product_float32_alone(bool a_transposed, bool b_transposed, int64_t m,
                           int64_t n, int64_t k, const float *a, const float *b,
                           float beta, float *c);

#endif
