/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * LAPACK on stacks of matrices, for the files linalg_*.c alone.
 *
 * LAPACK works in place on matrices that lie column after column.  So an
 * operand is copied with its last two axes swapped, in C order: each matrix
 * of the copy is what LAPACK wants, and the swapped view of a result is the
 * result.
 */
#ifndef TENSOR_LAPACK_H
#define TENSOR_LAPACK_H

#include <lapacke.h>

#include "tensor/blas.h"
#include "tensor/steps.h"

/* Of results: float32 when all operands are, else float64.  The computation
   is done in float64 in any case, as NumPy does. */
enum dtype lapack_dtype(int count, struct tensor *const *operands);

/* Before the first call: no checks for NaN but ours, one thread. */
void lapack_prepare(void);

/* CALL's status; nobody else is inside LAPACK where that is not safe. */
#define LAPACK_ALONE(call) lapack_leave((blas_enter(), (call)))
lapack_int lapack_leave(lapack_int info);

/* LinAlgError: "1-dimensional array given. Array must be at least
   two-dimensional", "Last 2 dimensions of the array must be square". */
bool lapack_check_stack(const struct tensor *a, struct error *err);
bool lapack_check_square(const struct tensor *a, struct error *err);
/* "Array must not contain infs or NaNs" */
bool lapack_check_finite(const struct tensor *a, struct error *err);

/* INFO of a call: 0, missing memory, or MESSAGE as a LinAlgError. */
bool lapack_check(lapack_int info, const char *message, struct error *err);

/* Column by column copies of A's matrices, shape (…, columns, rows). */
struct tensor *lapack_columns(struct steps *s, struct tensor *a);
/* Of a new stack like A's, of such matrices; zeroed. */
struct tensor *lapack_new_columns(struct steps *s, const struct tensor *a,
                                  int64_t rows, int64_t columns);
/* One vector of LENGTH a matrix of A's stack (a number: LENGTH -1); zeroed. */
struct tensor *lapack_new_vectors(struct steps *s, const struct tensor *a,
                                  int64_t length);
/* The way back: the matrices row by row. */
struct tensor *lapack_rows(struct steps *s, struct tensor *columns,
                           enum dtype dtype);

/* How many matrices A's last CORE axes are, and where matrix I lies in a
   contiguous A of float64. */
int64_t lapack_count(const struct tensor *a, int core);
double *lapack_at(const struct tensor *a, int core, int64_t i);

#endif
