/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * OpenBLAS's own threads are not used: two pools that both spin fight each
 * other.  Our OpenMP threads split a product and call it from several threads
 * at once, which is safe only when it was built for threads: Debian's
 * libopenblas0-serial has no locks and hands two callers the same scratch
 * memory, so that products come out wrong.
 */
#ifndef TENSOR_BLAS_H
#define TENSOR_BLAS_H

/* Holds OpenBLAS to one thread a call, at the first use; returns how many
   threads of ours may be inside it at once: parallel_threads(), or 1 with a
   build that was not made for it. */
int blas_threads(void);

/* Around a call of BLAS or LAPACK: with such a build the second thread that
   computes (a training in the background) waits here. */
void blas_enter(void);
void blas_leave(void);

#endif
