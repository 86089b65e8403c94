/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tensor/quantile.h"

#include <math.h>
#include <string.h>

#include "tensor/sort.h"

static const char *const names[] = {"inverted_cdf",
                                    "averaged_inverted_cdf",
                                    "closest_observation",
                                    "interpolated_inverted_cdf",
                                    "hazen",
                                    "weibull",
                                    "linear",
                                    "median_unbiased",
                                    "normal_unbiased",
                                    "lower",
                                    "higher",
                                    "midpoint",
                                    "nearest"};

bool quantile_method_find(const char *name, enum quantile_method *ret,
                          struct error *err)
{
    struct strbuf all = STRBUF_INIT;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!strcmp(names[i], name)) {
            *ret = (enum quantile_method)i;
            strbuf_done(&all);
            return true;
        }
        strbuf_addf(&all, "%s'%s'", i ? ", " : "", names[i]);
    }
    error_set(err, ERROR_VALUE,
              "'%s' is not a valid method. Use one of: dict_keys([%s])", name,
              all.text);
    strbuf_done(&all);
    return false;
}

/* ------------------------------------------------------------------- lines */

/* A copy of TENSOR in which the reduced axes are one, the last, and sorted:
   NaNs come last.  The axis it has if there was none has one element. */
static struct tensor *sorted_lines(struct tensor *tensor,
                                   const struct axes *axes, struct error *err)
{
    int64_t order[TENSOR_MAX_DIMS], shape[TENSOR_MAX_DIMS + 1];
    int kept = 0;

    for (int i = 0; i < tensor->ndim; i++)
        if (!axes_has(axes, i)) {
            shape[kept] = tensor->shape[i];
            order[kept++] = i;
        }
    for (int i = 0, n = kept; i < tensor->ndim; i++)
        if (axes_has(axes, i))
            order[n++] = i;
    shape[kept] = 1;
    for (int i = kept; i < tensor->ndim; i++)
        shape[kept] *= tensor->shape[order[i]];
    struct tensor *turned = tensor_transpose(tensor, order, err);
    struct tensor *copy = turned ? tensor_copy(turned, err) : NULL;
    struct tensor *lines =
        copy ? tensor_reshape(copy, kept + 1, shape, 'C', err) : NULL;
    struct tensor *sorted = lines ? tensor_sort(lines, kept, false, err) : NULL;
    tensor_unref(turned);
    tensor_unref(copy);
    tensor_unref(lines);
    return sorted;
}

/* How many of a sorted line's N elements come before its NaNs. */
static int64_t count_numbers(enum dtype dtype, const char *line, int64_t n)
{
    size_t size = dtype_size(dtype);

    if (!dtype_is_float(dtype))
        return n;
    while (n && isnan(scalar_load(dtype, line + (size_t)(n - 1) * size).f))
        n--;
    return n;
}

/* ------------------------------------------------------------------ methods */

static bool picks_element(enum quantile_method method)
{
    return method == QUANTILE_INVERTED_CDF ||
           method == QUANTILE_CLOSEST_OBSERVATION || method == QUANTILE_LOWER ||
           method == QUANTILE_HIGHER || method == QUANTILE_NEAREST;
}

/* Plotting position with Hyndman and Fan's alpha and beta. */
static double plotting_index(double n, double q, double alpha, double beta)
{
    return n * q + (alpha + q * (1 - alpha - beta)) - 1;
}

/* Where in the sorted line of N elements the quantile lies, from 0. */
static double quantile_index(enum quantile_method method, double n, double q)
{
    double index, below;

    switch (method) {
    case QUANTILE_INVERTED_CDF:
        return fmax(ceil(n * q - 1), 0);
    case QUANTILE_AVERAGED_INVERTED_CDF:
        return n * q - 1;
    case QUANTILE_CLOSEST_OBSERVATION:
        index = n * q - 1 - 0.5;
        below = floor(index);
        if (index != below || fmod(below, 2) != 0)
            below++;
        return fmax(below, 0);
    case QUANTILE_INTERPOLATED_INVERTED_CDF:
        return plotting_index(n, q, 0, 1);
    case QUANTILE_HAZEN:
        return plotting_index(n, q, 0.5, 0.5);
    case QUANTILE_WEIBULL:
        return plotting_index(n, q, 0, 0);
    case QUANTILE_MEDIAN_UNBIASED:
        return plotting_index(n, q, 1 / 3.0, 1 / 3.0);
    case QUANTILE_NORMAL_UNBIASED:
        return plotting_index(n, q, 3 / 8.0, 3 / 8.0);
    case QUANTILE_LOWER:
        return floor((n - 1) * q);
    case QUANTILE_HIGHER:
        return ceil((n - 1) * q);
    case QUANTILE_MIDPOINT:
        return 0.5 * (floor((n - 1) * q) + ceil((n - 1) * q));
    case QUANTILE_NEAREST:
        return rint((n - 1) * q);
    case QUANTILE_LINEAR:
        break;
    }
    return (n - 1) * q;
}

/* The share of the upper neighbour. */
static double upper_share(enum quantile_method method, double index,
                          double share)
{
    if (method == QUANTILE_AVERAGED_INVERTED_CDF)
        return share == 0 ? 0.5 : 1;
    if (method == QUANTILE_MIDPOINT)
        return fmod(index, 1) == 0 ? 0 : 0.5;
    return share;
}

static double at(enum dtype dtype, const char *line, double index)
{
    return scalar_to_double(
        scalar_load(dtype, line + (size_t)index * dtype_size(dtype)));
}

/* One quantile of a sorted line of N > 0 numbers. */
static struct scalar quantile_of(enum dtype dtype, const char *line, int64_t n,
                                 double q, enum quantile_method method)
{
    double index = quantile_index(method, (double)n, q), below, above;

    if (picks_element(method))
        return scalar_load(dtype, line + (size_t)index * dtype_size(dtype));
    below = floor(index);
    double share = upper_share(method, index, index - below);
    above = fmin(fmax(below + 1, 0), (double)n - 1);
    if (index < 0)
        above = 0;
    below = fmin(fmax(below, 0), (double)n - 1);
    double low = at(dtype, line, below), high = at(dtype, line, above);
    double step = high - low;
    if (dtype == DTYPE_FLOAT32)
        step = (float)step; /* the rest is float64 */
    return scalar_from_double(share >= 0.5 ? high - step * (1 - share)
                                           : low + step * share);
}

static struct scalar median_of(enum dtype dtype, const char *line, int64_t n)
{
    double low = at(dtype, line, (double)((n - 1) / 2));
    double high = at(dtype, line, (double)(n / 2));

    if (n % 2)
        return scalar_from_double(high);
    double sum = low + high;
    return scalar_from_double((dtype == DTYPE_FLOAT32 ? (float)sum : sum) / 2);
}

/* ------------------------------------------------------------------ results */

/* Q's shape before that of the results; with KEEPDIMS that of TENSOR with the
   reduced axes as 1. */
static struct tensor *new_result(struct tensor *tensor, const struct axes *axes,
                                 struct tensor *q, bool keepdims,
                                 enum dtype dtype, struct error *err)
{
    int64_t shape[2 * TENSOR_MAX_DIMS];
    int ndim = 0;

    for (int i = 0; q && i < q->ndim; i++)
        shape[ndim++] = q->shape[i];
    for (int i = 0; i < tensor->ndim; i++)
        if (keepdims || !axes_has(axes, i))
            shape[ndim++] = axes_has(axes, i) ? 1 : tensor->shape[i];
    return tensor_new(dtype, ndim, shape, err);
}

/* Q: NULL for the median. */
static struct tensor *fill(struct tensor *lines, struct tensor *result,
                           struct tensor *q,
                           const struct quantile_options *options,
                           bool *ret_empty)
{
    int64_t length = lines->shape[lines->ndim - 1];
    int64_t count = length ? lines->size / length : 0;
    size_t in_size = dtype_size(lines->dtype);
    size_t out_size = dtype_size(result->dtype);

    for (int64_t line = 0; line < count; line++) {
        const char *x = lines->data + (size_t)(line * length) * in_size;
        int64_t n = count_numbers(lines->dtype, x, length);
        bool nan = n == 0 || (n < length && !options->skip_nan);
        *ret_empty = *ret_empty || n == 0;
        for (int64_t i = 0; i < (q ? q->size : 1); i++) {
            struct scalar value =
                nan ? scalar_from_double(NAN)
                : q ? quantile_of(lines->dtype, x, n,
                                  ((const double *)q->data)[i], options->method)
                    : median_of(lines->dtype, x, n);
            scalar_store(value, result->dtype,
                         result->data + (size_t)(i * count + line) * out_size);
        }
    }
    return result;
}

static struct tensor *compute(struct tensor *tensor, const struct axes *axes,
                              struct tensor *q, enum dtype dtype,
                              const struct quantile_options *options,
                              bool *ret_empty, struct error *err)
{
    int64_t shape[TENSOR_MAX_DIMS];
    struct tensor *result =
        new_result(tensor, axes, q, options->keepdims, dtype, err);

    *ret_empty = reduced_shape(tensor, axes, shape) == 0;
    if (!result)
        return NULL;
    if (*ret_empty) {
        struct tensor *nan = tensor_full(scalar_from_double(NAN), dtype,
                                         result->ndim, result->shape, err);
        tensor_unref(result);
        return nan;
    }
    struct tensor *lines = sorted_lines(tensor, axes, err);
    if (!lines) {
        tensor_unref(result);
        return NULL;
    }
    fill(lines, result, q, options, ret_empty);
    tensor_unref(lines);
    return result;
}

struct tensor *tensor_quantile(struct tensor *tensor, const struct axes *axes,
                               struct tensor *q,
                               const struct quantile_options *options,
                               bool *ret_empty, struct error *err)
{
    enum dtype dtype =
        picks_element(options->method) ? tensor->dtype : DTYPE_FLOAT64;
    return compute(tensor, axes, q, dtype, options, ret_empty, err);
}

struct tensor *tensor_median(struct tensor *tensor, const struct axes *axes,
                             const struct quantile_options *options,
                             bool *ret_empty, struct error *err)
{
    enum dtype dtype =
        dtype_is_float(tensor->dtype) ? tensor->dtype : DTYPE_FLOAT64;
    return compute(tensor, axes, NULL, dtype, options, ret_empty, err);
}
