/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a reduction does with one run of elements in memory. */
#ifndef TENSOR_REDUCE_KERNELS_H
#define TENSOR_REDUCE_KERNELS_H

#include "tensor/elementwise.h"

/* NumPy reduces in buffers of this many elements. */
enum { REDUCE_BUFFER = 8192 };

/* *ACCUMULATOR = *ACCUMULATOR op x[0] op … op x[n-1]; STRIDE in bytes.
   Sums of floats are pairwise in NumPy's order. */
typedef void reduce_kernel(int64_t n, const char *x, int64_t stride,
                           char *accumulator);

/* y[i] = y[i-1] op x[i] for i = 1 … n-1, y[0] = x[0]. */
typedef void accumulate_kernel(int64_t n, const char *x, int64_t x_stride,
                               char *y, int64_t y_stride);

/* NULL where the ufunc's own kernel has to do. */
reduce_kernel *reduce_kernel_find(const char *ufunc, enum dtype dtype);
accumulate_kernel *accumulate_kernel_find(const char *ufunc,
                                          enum dtype dtype);

/* Position of the largest (smallest) of N elements; the first of equals, and
   the first NaN before all. */
typedef int64_t arg_kernel(int64_t n, const char *x, int64_t stride);
arg_kernel *arg_kernel_find(bool largest, enum dtype dtype);

#endif
