/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Means and variances: sums, divided by how many elements they are made of. */
#include <math.h>

#include "tensor/layout.h"
#include "tensor/reduce_walk.h"

/* RESULT / (COUNTS - DDOF) in RESULT's dtype; takes both.  To warnings a lone
   float64 is a number; NumPy divides a float32 as an array.  *RET_EMPTY: a
   divisor is not positive (it counts as 0). */
static struct tensor *divide_by(struct tensor *result, struct tensor *counts,
                                double ddof, bool into_array, bool *ret_empty,
                                struct error *err)
{
    struct tensor *typed = NULL, *quotient = NULL;

    *ret_empty = false;
    if (result && counts) {
        for (int64_t i = 0; i < counts->size; i++) {
            double *count = (double *)counts->data + i;
            *count = fmax(*count - ddof, 0);
            *ret_empty = *ret_empty || *count == 0;
        }
        typed = tensor_astype(counts, result->dtype, err);
    }
    if (typed) {
        struct tensor *inputs[2] = {result, typed};
        struct ufunc divide = *ufunc_find("divide");
        if (result->ndim == 0 && !into_array && result->dtype != DTYPE_FLOAT32)
            divide.name = "scalar divide";
        quotient = ufunc_call(&divide, inputs, NULL, NULL, DTYPE_COUNT, err);
    }
    tensor_unref(typed);
    tensor_unref(counts);
    tensor_unref(result);
    return quotient;
}

static enum dtype mean_dtype(const struct tensor *tensor, enum dtype dtype)
{
    if (dtype != DTYPE_COUNT)
        return dtype;
    return dtype_is_float(tensor->dtype) ? tensor->dtype : DTYPE_FLOAT64;
}

/* How many elements each result is made of: one float64 for all, or with
   WHERE one for each. */
static struct tensor *element_counts(struct tensor *tensor,
                                     const struct axes *axes,
                                     const struct reduce_options *options,
                                     struct error *err)
{
    int64_t shape[TENSOR_MAX_DIMS];

    if (!options->where)
        return tensor_from_scalar(
            scalar_from_double((double)reduced_shape(tensor, axes, shape)),
            err);
    struct tensor *mask =
        tensor_broadcast_to(options->where, tensor->ndim, tensor->shape, err);
    struct tensor *counts =
        mask ? reduce_ufunc(ufunc_find("add"), mask, axes, options->keepdims,
                            DTYPE_FLOAT64, err)
             : NULL;
    tensor_unref(mask);
    return counts;
}

/* The sum over the elements that count, with the dtype of means. */
static struct tensor *sum_for_mean(struct tensor *tensor,
                                   const struct axes *axes,
                                   const struct reduce_options *options,
                                   enum dtype dtype, struct error *err)
{
    struct reduce_options sum = {
        .keepdims = options->keepdims, .dtype = dtype, .where = options->where};
    return reduce_ufunc_with(ufunc_find("add"), tensor, axes, &sum, err);
}

/* What has been divided, in DTYPE where that was asked for; takes RESULT. */
static struct tensor *as_asked(struct tensor *result, enum dtype dtype,
                               struct error *err)
{
    if (!result || dtype == DTYPE_COUNT || dtype_is_float(dtype))
        return result;
    struct tensor *typed = tensor_astype(result, dtype, err);
    tensor_unref(result);
    return typed;
}

struct tensor *reduce_mean(struct tensor *tensor, const struct axes *axes,
                           const struct reduce_options *options,
                           bool *ret_empty, struct error *err)
{
    struct tensor *sum = sum_for_mean(tensor, axes, options,
                                      mean_dtype(tensor, options->dtype), err);
    struct tensor *counts =
        sum ? element_counts(tensor, axes, options, err) : NULL;
    return as_asked(divide_by(sum, counts, 0, options->into_array, ret_empty,
                              err), options->dtype,
                    err);
}

/* The same sum when it is asked for in integers, step by step as NumPy. */
static struct tensor *sum_of_squares_in_integers(
    struct tensor *tensor, struct tensor *mean, const struct axes *axes,
    const struct reduce_options *options, struct error *err)
{
    struct tensor *pair[2] = {tensor, mean};
    struct tensor *distances =
        ufunc_call(ufunc_find("subtract"), pair, NULL, NULL, DTYPE_COUNT, err);
    pair[0] = pair[1] = distances;
    struct tensor *squares = distances
                                 ? ufunc_call(ufunc_find("multiply"), pair,
                                              NULL, NULL, DTYPE_COUNT, err)
                                 : NULL;
    struct tensor *sum =
        squares ? sum_for_mean(squares, axes, options, options->dtype, err)
                : NULL;
    tensor_unref(distances);
    tensor_unref(squares);
    return sum;
}

/* The sum of (TENSOR - MEAN)**2; no temporary of TENSOR's size is made.  MEAN
   has kept its axes. */
static struct tensor *sum_of_squares(struct tensor *tensor, struct tensor *mean,
                                     const struct axes *axes,
                                     const struct reduce_options *options,
                                     struct error *err)
{
    const struct ufunc *add = ufunc_find("add");
    struct tensor *pair[2] = {mean, mean}, *mask = NULL;
    struct reduction r =
        reduction_of(add, reduce_loop(add, mean, DTYPE_COUNT, err));
    struct tensor *sum =
        tensor_zeros(mean->dtype, mean->ndim, mean->shape, err);

    r.subtract = ufunc_resolve(ufunc_find("subtract"), pair, DTYPE_COUNT,
                               CASTING_SAME_KIND, err);
    r.multiply = ufunc_resolve(ufunc_find("multiply"), pair, DTYPE_COUNT,
                               CASTING_SAME_KIND, err);
    if (sum && options->where)
        mask = tensor_broadcast_to(options->where, tensor->ndim, tensor->shape,
                                   err);
    if (sum && ((options->where && !mask) ||
                !reduce_walk(&r, tensor, sum, mean, mask, err))) {
        tensor_unref(sum);
        sum = NULL;
    }
    tensor_unref(mask);
    return drop_reduced(sum, axes, options->keepdims);
}

static struct tensor *variance_of(struct tensor *tensor,
                                  const struct axes *axes,
                                  const struct reduce_options *options,
                                  double ddof, bool root, bool *ret_empty,
                                  struct error *err)
{
    struct reduce_options kept = *options;
    kept.keepdims = true;
    kept.dtype = mean_dtype(tensor, options->dtype);
    struct tensor *mean = reduce_mean(tensor, axes, &kept, ret_empty, err);
    bool in_integers =
        options->dtype != DTYPE_COUNT && !dtype_is_float(options->dtype);
    struct tensor *sum =
        !mean ? NULL
        : in_integers
            ? sum_of_squares_in_integers(tensor, mean, axes, options, err)
            : sum_of_squares(tensor, mean, axes, options, err);
    struct tensor *counts =
        sum ? element_counts(tensor, axes, options, err) : NULL;
    struct tensor *variance = as_asked(
        divide_by(sum, counts, ddof, options->into_array, ret_empty, err),
        options->dtype, err);
    tensor_unref(mean);
    if (!root || !variance)
        return variance;
    struct tensor *deviation =
        ufunc_call(ufunc_find("sqrt"), &variance,
                   in_integers && variance->ndim ? variance : NULL, NULL,
                   DTYPE_COUNT, err);
    tensor_unref(variance);
    return as_asked(deviation, options->dtype, err);
}

/* The deviations are an array of their own in NumPy, which lies in one piece:
   that shows in the order of its sum. */
struct tensor *reduce_variance(struct tensor *tensor, const struct axes *axes,
                               const struct reduce_options *options,
                               double ddof, bool root, bool *ret_empty,
                               struct error *err)
{
    if (tensor->ndim < 2 || tensor_is_contiguous(tensor) ||
        tensor_is_f_contiguous(tensor))
        return variance_of(tensor, axes, options, ddof, root, ret_empty, err);
    struct tensor *piece = tensor_copy_ordered(tensor, tensor->dtype, 'K', err);
    struct tensor *variance =
        piece ? variance_of(piece, axes, options, ddof, root, ret_empty, err)
              : NULL;
    tensor_unref(piece);
    return variance;
}
