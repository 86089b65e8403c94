/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * np.linalg by LAPACK.  Matrices are the last two axes; axes before them make
 * stacks, worked on one by one.  Everything is computed in float64, by the
 * routines that NumPy uses, so that signs and last digits agree; results are
 * float32 when all operands are.
 *
 * LinAlgError in NumPy's words: "Singular matrix", "Last 2 dimensions of the
 * array must be square", …  RET[…] are owned results, written on success.
 */
#ifndef TENSOR_LINALG_H
#define TENSOR_LINALG_H

#include "tensor/tensor.h"

/* ----------------------------------------------- linalg_solve.c */

/* X of A X = B.  B is one vector (a stack of them) when it has one axis less
   than A, else matrices.  The stacks broadcast. */
struct tensor *linalg_solve(struct tensor *a, struct tensor *b,
                            struct error *err);
struct tensor *linalg_inv(struct tensor *a, struct error *err);
struct tensor *linalg_det(struct tensor *a, struct error *err);
/* Sign and logarithm of the absolute value. */
bool linalg_slogdet(struct tensor *a, struct tensor *ret[2], struct error *err);
/* Lower triangular L with L @ L.T = A; reads A's lower triangle only. */
struct tensor *linalg_cholesky(struct tensor *a, struct error *err);

/* --------------------------------------------- linalg_factor.c */

/* U (…, M, K), s (…, min(M, N)) descending, V transposed (…, K', N); FULL:
   square U and V.  Without VECTORS only ret[0] = s. */
bool linalg_svd(struct tensor *a, bool full, bool vectors,
                struct tensor *ret[3], struct error *err);

/* The same by the eigenvalues of symmetric matrices, of which the lower triangle
   is read; U and V are square. */
bool linalg_svd_symmetric(struct tensor *a, bool vectors,
                          struct tensor *ret[3], struct error *err);

enum qr_mode { QR_REDUCED, QR_COMPLETE, QR_R, QR_RAW };

/* Q and R; R alone (ret[1] NULL); or LAPACK's reflectors and factors. */
bool linalg_qr(struct tensor *a, enum qr_mode mode, struct tensor *ret[2],
               struct error *err);

/* Least squares: the solution (N) or (N, K), the sums of squared residuals
   (empty unless A has full rank and more rows than columns), A's rank (int32)
   and singular values.  RCOND: singular values below it times the largest
   count as 0; NULL: the dtype's epsilon times the longer side. */
bool linalg_lstsq(struct tensor *a, struct tensor *b, const double *rcond,
                  struct tensor *ret[4], struct error *err);

/* ---------------------------------------------- linalg_eigen.c */

/* Eigenvalues (…, N) in LAPACK's order, eigenvectors in columns.  There are
   no complex dtypes: NotImplementedError when one is not real.  Without
   VECTORS only ret[0]. */
bool linalg_eig(struct tensor *a, bool vectors, struct tensor *ret[2],
                struct error *err);
/* Of symmetric matrices, ascending; reads the lower or the upper triangle. */
bool linalg_eigh(struct tensor *a, bool lower, bool vectors,
                 struct tensor *ret[2], struct error *err);

/* ----------------------------------------------- linalg_rank.c */

/* The pseudo-inverse: singular values up to RCOND times the largest count as
   0.  RCOND is a number or one a matrix. */
struct tensor *linalg_pinv(struct tensor *a, struct tensor *rcond,
                           bool symmetric, struct error *err);
/* How many singular values exceed TOL (NULL: the largest one times the longer
   side times epsilon).  int64. */
struct tensor *linalg_matrix_rank(struct tensor *a, struct tensor *tol,
                                  bool symmetric, struct error *err);

/* ----------------------------------------------- linalg_norm.c */

/* A norm's ord. */
struct norm_order {
    bool given;
    const char *word; /* "fro", "nuc", or NULL: a number */
    double number;
};

/* Over one axis of X a vector's norm, over two a matrix's; AXES NULL: of all
   of X. */
struct tensor *linalg_norm(struct tensor *x, struct norm_order order,
                           int axis_count, const int64_t *axes, bool keepdims,
                           struct error *err);
/* norm(x) * norm(inv(x)), by the singular values for the 2-norm. */
struct tensor *linalg_cond(struct tensor *x, struct norm_order order,
                           struct error *err);

/* ----------------------------------------------- linalg_chain.c */

/* A @ A @ … (N times), of the inverse for negative N. */
struct tensor *linalg_matrix_power(struct tensor *a, int64_t n,
                                   struct error *err);
/* The product of COUNT matrices in the cheapest order; the first and the last
   one may be vectors. */
struct tensor *linalg_multi_dot(int count, struct tensor *const *matrices,
                                struct error *err);

#endif
