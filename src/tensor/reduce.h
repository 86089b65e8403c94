/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reductions over axes.  Float sums are pairwise, in the block order of
 * NumPy's, so that the last digits agree with what the book prints.
 */
#ifndef TENSOR_REDUCE_H
#define TENSOR_REDUCE_H

#include "tensor/elementwise.h"

/* A set of axes.  all: every axis (axis=None). */
struct axes {
    bool all;
    int count;
    int axis[TENSOR_MAX_DIMS]; /* normalized, ascending, distinct */
};

/* From user numbers: AxisError, ValueError "duplicate value in 'axis'". */
bool axes_init(struct axes *axes, int count, const int64_t *values, int ndim,
               struct error *err);

bool axes_has(const struct axes *axes, int axis);

/* TENSOR's shape with the reduced axes as 1; returns how many elements each
   result is made of. */
int64_t reduced_shape(const struct tensor *tensor, const struct axes *axes,
                      int64_t *ret_shape);

/* Takes RESULT (or NULL); drops its axes of length 1 that AXES names, unless
   KEEPDIMS. */
struct tensor *drop_reduced(struct tensor *result, const struct axes *axes,
                            bool keepdims);

/* The loop of UFUNC that reduces TENSOR; DTYPE as for reduce_ufunc(). */
const struct ufunc_loop *reduce_loop(const struct ufunc *ufunc,
                                     struct tensor *tensor, enum dtype dtype,
                                     struct error *err);

/* ufunc.reduce for add, multiply, maximum, minimum, logical_and, logical_or
   (and every other binary ufunc by its own kernel).  DTYPE: accumulate and
   return in this type, DTYPE_COUNT for NumPy's default (small integers add
   up as int64/uint64).  ValueError "zero-size array to reduction operation
   maximum which has no identity". */
struct tensor *reduce_ufunc(const struct ufunc *ufunc, struct tensor *tensor,
                            const struct axes *axes, bool keepdims,
                            enum dtype dtype, struct error *err);

/* The same with all that NumPy's reductions take.  WHERE (bool, may be NULL)
   broadcasts to TENSOR and picks elements; INITIAL (may be NULL) is where the
   reduction starts.  ValueError when WHERE has neither identity nor INITIAL to
   start from, or when several axes have no order. */
struct reduce_options {
    bool keepdims;
    enum dtype dtype;
    struct tensor *where;
    const struct scalar *initial;
    bool into_array; /* means: a lone one is an array, too, in warnings */
};
struct tensor *reduce_ufunc_with(const struct ufunc *ufunc,
                                 struct tensor *tensor, const struct axes *axes,
                                 const struct reduce_options *options,
                                 struct error *err);

/* INITIAL is not used.  *RET_EMPTY: a mean of no elements is among them. */
struct tensor *reduce_mean(struct tensor *tensor, const struct axes *axes,
                           const struct reduce_options *options,
                           bool *ret_empty, struct error *err);

/* Variance with ddof; the square root of it when ROOT.  *RET_EMPTY: there are
   no degrees of freedom. */
struct tensor *reduce_variance(struct tensor *tensor, const struct axes *axes,
                               const struct reduce_options *options,
                               double ddof, bool root, bool *ret_empty,
                               struct error *err);

/* Index of the largest (smallest) element along AXIS, of all of it flattened
   when AXIS is -1 and FLAT.  int64.  The first of equals; a NaN wins. */
struct tensor *reduce_arg(struct tensor *tensor, bool flat, int axis,
                          bool largest, bool keepdims, struct error *err);

/* ufunc.accumulate along AXIS (cumsum is add, cumprod multiply). */
struct tensor *accumulate_ufunc(const struct ufunc *ufunc,
                                struct tensor *tensor, int axis,
                                enum dtype dtype, struct error *err);

#endif
