/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Quantiles and medians along axes.
 *
 * Reference for the methods: R. J. Hyndman and Y. Fan, "Sample quantiles in
 * statistical packages", The American Statistician 50 (1996), 361-365; and
 * NumPy's four older ones.
 */
#ifndef TENSOR_QUANTILE_H
#define TENSOR_QUANTILE_H

#include "tensor/reduce.h"

enum quantile_method {
    QUANTILE_INVERTED_CDF,
    QUANTILE_AVERAGED_INVERTED_CDF,
    QUANTILE_CLOSEST_OBSERVATION,
    QUANTILE_INTERPOLATED_INVERTED_CDF,
    QUANTILE_HAZEN,
    QUANTILE_WEIBULL,
    QUANTILE_LINEAR,
    QUANTILE_MEDIAN_UNBIASED,
    QUANTILE_NORMAL_UNBIASED,
    QUANTILE_LOWER,
    QUANTILE_HIGHER,
    QUANTILE_MIDPOINT,
    QUANTILE_NEAREST
};

/* By NumPy's names; ValueError for any other. */
bool quantile_method_find(const char *name, enum quantile_method *ret,
                          struct error *err);

struct quantile_options {
    bool keepdims;
    bool skip_nan; /* else a NaN makes its result NaN */
    enum quantile_method method;
};

/* Q (float64, each in 0 … 1) of TENSOR: Q's axes come first in the result.
   float64, or TENSOR's dtype for methods that pick an element.  *RET_EMPTY:
   all elements of a result were NaN (or there were none). */
struct tensor *tensor_quantile(struct tensor *tensor, const struct axes *axes,
                               struct tensor *q,
                               const struct quantile_options *options,
                               bool *ret_empty, struct error *err);

/* The middle element, or the mean of the two. */
struct tensor *tensor_median(struct tensor *tensor, const struct axes *axes,
                             const struct quantile_options *options,
                             bool *ret_empty, struct error *err);

#endif
