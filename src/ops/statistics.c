/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Medians, quantiles, weighted means. */
#include <math.h>
#include <string.h>

#include "ops/derive.h"
#include "ops/families.h"
#include "ops/reduce.h"
#include "ops/registry.h"
#include "tensor/quantile.h"

/* ------------------------------------------------------------------- medians
 */

static const struct param median_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"axis", PARAM_DIMS, 0, "None"},
    {"out", PARAM_TENSOR, 0, "None"},
    {"overwrite_input", PARAM_BOOL, 0, "False"},
    {"keepdims", PARAM_BOOL, 0, "False"},
    {NULL, 0, 0, NULL}};

static bool skips_nan(const struct op *op)
{
    return !strncmp(op->name, "nan", 3);
}

static const char all_nan[] = "RuntimeWarning: All-NaN slice encountered";

/* Of no elements the functions that skip NaNs make what nanmean does. */
static bool mean_of_nothing(const struct arg *a, const struct arg *axis,
                            const struct arg *out, const struct arg *keepdims,
                            struct op_result *ret, struct error *err)
{
    const struct op *mean = op_find("np", "nanmean", OP_FUNCTION);
    const struct arg args[6] = {*a, *axis, {.given = false}, *out, *keepdims,
                                {.given = false}};

    return mean->forward(mean, args, ret, err);
}

static bool median_forward(const struct op *op, const struct arg *args,
                           struct op_result *ret, struct error *err)
{
    struct quantile_options options = {.keepdims = args[4].flag,
                                       .skip_nan = skips_nan(op)};
    struct axes axes;
    bool empty = false;

    if (!axes_given(&args[1], args[0].tensor, &axes, err))
        return false;
    if (args[3].flag && args[1].given && args[0].tensor->readonly)
        return error_set(err, ERROR_VALUE, "partition array is read-only");
    if (options.skip_nan && args[0].tensor->size == 0)
        return mean_of_nothing(&args[0], &args[1], &args[2], &args[4], ret,
                               err);
    struct tensor *median =
        tensor_median(args[0].tensor, &axes, &options, &empty, err);
    bool done = reduce_return(ret, "mean", median, &args[2], err);
    if (done && empty && options.skip_nan)
        ret->warning = all_nan;
    else if (done && empty && args[0].tensor->size == 0) {
        ret->warning = "RuntimeWarning: Mean of empty slice.";
        fp_event_add(FP_INVALID, ret->tensor->ndim || args[2].given ||
                                         ret->tensor->dtype == DTYPE_FLOAT32
                                     ? "divide"
                                     : "scalar divide");
    }
    return done;
}

/* ----------------------------------------------------------------- quantiles
 */

static const struct param quantile_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"q", PARAM_TENSOR, 0, NULL},
    {"axis", PARAM_DIMS, 0, "None"},
    {"out", PARAM_TENSOR, 0, "None"},
    {"overwrite_input", PARAM_BOOL, 0, "False"},
    {"method", PARAM_STRING, 0, "'linear'"},
    {"keepdims", PARAM_BOOL, 0, "False"},
    {"interpolation", PARAM_STRING, PARAM_KEYWORD_ONLY, "None"},
    {NULL, 0, 0, NULL}};

/* Q as fractions, float64, owned; percentiles are divided by 100. */
static struct tensor *fractions(struct tensor *q, bool percent,
                                struct error *err)
{
    struct tensor *result = tensor_astype(q, DTYPE_FLOAT64, err);

    for (int64_t i = 0; result && i < result->size; i++) {
        double *fraction = (double *)result->data + i;
        if (percent)
            *fraction /= 100;
        if (*fraction >= 0 && *fraction <= 1)
            continue;
        tensor_unref(result);
        return error_null(err, ERROR_VALUE,
                          percent ? "Percentiles must be in the range [0, 100]"
                                  : "Quantiles must be in the range [0, 1]");
    }
    return result;
}

/* method=, or interpolation= as it was called before. */
static bool method_of(const struct arg *args, enum quantile_method *ret,
                      struct error *err)
{
    bool old = args[7].given && *args[7].string;
    const struct arg *name = old ? &args[7] : &args[5];

    *ret = QUANTILE_LINEAR;
    if (old && args[5].given && *args[5].string &&
        strcmp(args[5].string, "linear") != 0)
        return error_set(err, ERROR_TYPE,
                         "You shall not pass both `method` and "
                         "`interpolation`!\n(`interpolation` is Deprecated in "
                         "favor of `method`)");
    return !name->given || !*name->string ||
           quantile_method_find(name->string, ret, err);
}

static bool quantile_forward(const struct op *op, const struct arg *args,
                             struct op_result *ret, struct error *err)
{
    struct quantile_options options = {.keepdims = args[6].flag,
                                       .skip_nan = skips_nan(op)};
    struct axes axes;
    bool empty = false;
    struct tensor *result = NULL;

    if (!method_of(args, &options.method, err))
        return false;
    /* 0 and 1 as integers: nothing lies between two elements */
    if (options.method == QUANTILE_LINEAR &&
        !dtype_is_float(args[1].tensor->dtype) &&
        !strstr(op->name, "percentile"))
        options.method = QUANTILE_LOWER;
    struct tensor *q =
        fractions(args[1].tensor, strstr(op->name, "percentile"), err);
    if (!q || !axes_given(&args[2], args[0].tensor, &axes, err)) {
        tensor_unref(q);
        return false;
    }
    if (options.skip_nan && args[0].tensor->size == 0) {
        tensor_unref(q);
        return mean_of_nothing(&args[0], &args[2], &args[3], &args[6], ret,
                               err);
    }
    if (q->ndim > 2)
        error_set(err, ERROR_VALUE, "q must be a scalar or 1d");
    else if (args[0].tensor->size == 0 && q->size)
        error_set(err, ERROR_INDEX,
                  "cannot do a non-empty take from an empty axes.");
    else
        result =
            tensor_quantile(args[0].tensor, &axes, q, &options, &empty, err);
    tensor_unref(q);
    bool done = reduce_return(ret, op->name, result, &args[3], err);
    if (done && empty && options.skip_nan)
        ret->warning = all_nan;
    return done;
}

/* ------------------------------------------------------------------- average
 */

static const struct param average_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"axis", PARAM_DIMS, 0, "None"},
    {"weights", PARAM_TENSOR, 0, "None"},
    {"returned", PARAM_BOOL, 0, "False"},
    {"keepdims", PARAM_BOOL, PARAM_KEYWORD_ONLY, "False"},
    {NULL, 0, 0, NULL}};

static struct tensor *call(const char *ufunc, struct tensor *a,
                           struct tensor *b, enum dtype dtype,
                           struct error *err)
{
    struct tensor *inputs[2] = {a, b};
    return ufunc_call(ufunc_find(ufunc), inputs, NULL, NULL, dtype, err);
}

/* WEIGHTS shaped to multiply A: as they are, or along the one axis; owned. */
static struct tensor *fit_weights(struct tensor *a, struct tensor *weights,
                                  const struct axes *axes, struct error *err)
{
    int64_t shape[TENSOR_MAX_DIMS];

    if (a->ndim == weights->ndim &&
        !memcmp(a->shape, weights->shape, (size_t)a->ndim * sizeof *shape))
        return tensor_ref(weights);
    if (axes->all)
        return error_null(err, ERROR_TYPE,
                          "Axis must be specified when shapes of a and weights "
                          "differ.");
    if (weights->ndim != 1 || axes->count != 1)
        return error_null(err, ERROR_TYPE,
                          "1D weights expected when shapes of a and weights "
                          "differ.");
    if (weights->shape[0] != a->shape[axes->axis[0]])
        return error_null(err, ERROR_VALUE,
                          "Length of weights not compatible with specified "
                          "axis.");
    for (int i = 0; i < a->ndim; i++)
        shape[i] = i == axes->axis[0] ? weights->shape[0] : 1;
    struct tensor *column = tensor_reshape(weights, a->ndim, shape, 'C', err);
    struct tensor *spread =
        column ? tensor_broadcast_to(column, a->ndim, a->shape, err) : NULL;
    tensor_unref(column);
    return spread;
}

static bool has_zero(const struct tensor *tensor)
{
    for (int64_t i = 0; i < tensor->size; i++)
        if (!scalar_truth(tensor_item_at(tensor, i)))
            return true;
    return false;
}

/* The mean of A by WEIGHTS, and in *RET_SCALE their sum; both owned. */
static struct tensor *weighted(struct tensor *a, struct tensor *weights,
                               const struct axes *axes, bool keepdims,
                               struct tensor **ret_scale, struct error *err)
{
    struct tensor *operands[2] = {a, weights}, *average = NULL;
    struct tensor *products = NULL, *sum = NULL, *scale = NULL;
    struct tensor *fitted = fit_weights(a, weights, axes, err);
    enum dtype dtype = tensor_result_type(2, operands);

    if (!dtype_is_float(a->dtype))
        dtype = dtype_promote(dtype, DTYPE_FLOAT64);
    if (fitted)
        scale =
            reduce_ufunc(ufunc_find("add"), fitted, axes, keepdims, dtype, err);
    if (scale && has_zero(scale))
        error_set(err, ERROR_ZERO_DIVISION,
                  "Weights sum to zero, can't be normalized");
    else if (scale)
        products = call("multiply", a, fitted, dtype, err);
    if (products)
        sum = reduce_ufunc(ufunc_find("add"), products, axes, keepdims,
                           DTYPE_COUNT, err);
    if (sum)
        average = call("divide", sum, scale, DTYPE_COUNT, err);
    tensor_unref(fitted);
    tensor_unref(products);
    tensor_unref(sum);
    if (average)
        *ret_scale = scale;
    else
        tensor_unref(scale);
    return average;
}

static struct tensor *unweighted(struct tensor *a, const struct axes *axes,
                                 bool keepdims, struct tensor **ret_scale,
                                 bool *ret_empty, struct error *err)
{
    int64_t shape[TENSOR_MAX_DIMS];
    double count = (double)reduced_shape(a, axes, shape);
    struct reduce_options options = {.keepdims = keepdims,
                                     .dtype = DTYPE_COUNT};
    struct tensor *average = reduce_mean(a, axes, &options, ret_empty, err);

    if (average && average->size == 0) { /* it takes all by these */
        tensor_unref(average);
        return error_null(err, ERROR_ZERO_DIVISION, "division by zero");
    }
    if (average)
        *ret_scale = tensor_full(scalar_from_double(count), average->dtype,
                                 average->ndim, average->shape, err);
    return average;
}

static bool average_forward(const struct op *op, const struct arg *args,
                            struct op_result *ret, struct error *err)
{
    struct axes axes;
    struct tensor *pair[2] = {NULL, NULL};
    bool empty = false;

    (void)op;
    if (!axes_given(&args[1], args[0].tensor, &axes, err))
        return false;
    pair[0] = args[2].given ? weighted(args[0].tensor, args[2].tensor, &axes,
                                       args[4].flag, &pair[1], err)
                            : unweighted(args[0].tensor, &axes, args[4].flag,
                                         &pair[1], &empty, err);
    if (!pair[0] || !pair[1]) {
        tensor_unref(pair[0]);
        return false;
    }
    if (args[3].flag) {
        op_return_tuple(ret, 2, pair);
    } else {
        tensor_unref(pair[1]);
        op_return_tensor(ret, pair[0]);
    }
    if (empty)
        ret->warning = "RuntimeWarning: Mean of empty slice.";
    return true;
}

/* --------------------------------------------------------------------- table
 */

#define ROW(NAME, PARAMS, FORWARD, VJP, DOC, DETAILS, EXAMPLE, SEE)     \
    {                                                                   \
        NAME, NULL, "np", OP_FUNCTION, PARAMS, FORWARD, VJP, NULL, DOC, \
            DETAILS, EXAMPLE, SEE                                       \
    }
#define METHODS                                                       \
    "method says what lies between two elements: 'linear', 'lower', " \
    "'higher', "                                                      \
    "'midpoint', 'nearest', 'hazen', 'weibull', 'median_unbiased', "  \
    "'normal_unbiased', 'inverted_cdf', 'averaged_inverted_cdf', "    \
    "'closest_observation' or 'interpolated_inverted_cdf'."

const struct op statistics_ops[] = {
    ROW("median", median_params, median_forward, quantile_vjp,
        "The middle element by size, or the mean of the two in the middle",
        NULL, ">>> np.median([[10, 7, 4], [3, 2, 1]], axis=1)\narray([7., 2.])",
        "mean quantile nanmedian"),
    ROW("nanmedian", median_params, median_forward, quantile_vjp,
        "The median of the elements that are not NaN", NULL,
        ">>> np.nanmedian([1, np.nan, 3, 8])\n3.0", "median nanmean"),
    ROW("percentile", quantile_params, quantile_forward, quantile_vjp,
        "The value below which q percent of the elements lie", METHODS,
        ">>> np.percentile([1, 2, 3, 4], [25, 50])\narray([1.75, 2.5 ])",
        "quantile median"),
    ROW("nanpercentile", quantile_params, quantile_forward, quantile_vjp,
        "Percentiles of the elements that are not NaN", METHODS,
        ">>> np.nanpercentile([1, np.nan, 3], 50)\n2.0", "percentile"),
    ROW("quantile", quantile_params, quantile_forward, quantile_vjp,
        "The value below which the fraction q of the elements lies", METHODS,
        ">>> np.quantile([1, 2, 3, 4], 0.25)\n1.75", "percentile median"),
    ROW("nanquantile", quantile_params, quantile_forward, quantile_vjp,
        "Quantiles of the elements that are not NaN", METHODS,
        ">>> np.nanquantile([1, np.nan, 3], 0.5)\n2.0", "quantile"),
    ROW("average", average_params, average_forward, average_vjp,
        "The mean, with weights if wanted",
        "With returned=True the sum of the weights comes along.",
        ">>> np.average([1, 2, 3], weights=[1, 1, 2])\n2.25", "mean"),
    {.name = NULL},
};
