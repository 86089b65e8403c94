/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reductions that leave out NaNs. */
#include <math.h>
#include <string.h>

#include "ops/derive.h"
#include "ops/families.h"
#include "ops/reduce.h"
#include "ops/registry.h"

static struct tensor *call(const char *ufunc, struct tensor *a,
                           struct tensor *b, struct error *err)
{
    struct tensor *inputs[2] = {a, b};
    return ufunc_call(ufunc_find(ufunc), inputs, NULL, NULL, DTYPE_COUNT, err);
}

/* TENSOR's elements that MASK picks become VALUE. */
static bool fill(struct tensor *tensor, struct tensor *mask, double value,
                 struct error *err)
{
    struct tensor *filler =
        tensor_full(scalar_from_double(value), tensor->dtype, 0, NULL, err);
    struct tensor *filled = filler ? ufunc_call(ufunc_find("positive"), &filler,
                                                tensor, mask, DTYPE_COUNT, err)
                                   : NULL;
    tensor_unref(filler);
    tensor_unref(filled);
    return filled != NULL;
}

/* TENSOR with VALUE in place of NaNs, owned; *RET_MASK (owned, may be NULL)
   says where they were. */
static struct tensor *without_nan(struct tensor *tensor, double value,
                                  struct tensor **ret_mask, struct error *err)
{
    struct tensor *copy = NULL;
    struct tensor *mask = call("isnan", tensor, NULL, err);

    if (mask && !dtype_is_float(tensor->dtype))
        copy = tensor_ref(tensor);
    else if (mask && (copy = tensor_copy(tensor, err)) &&
             !fill(copy, mask, value, err)) {
        tensor_unref(copy);
        copy = NULL;
    }
    if (ret_mask && copy)
        *ret_mask = mask;
    else
        tensor_unref(mask);
    return copy;
}

/* ---------------------------------------- with another number in their place
 */

/* The row's data: the plain operation, and what NaNs count as in it. */
struct substitute {
    const char *name;
    double value;
    bool needs_numbers; /* a line of NaNs only is an error */
};

/* Is there a line along AXIS without a number? */
static bool has_empty_line(struct tensor *mask, const struct arg *axis,
                           bool *ret, struct error *err)
{
    bool all = !axis->given || !mask->ndim;
    struct axes axes = {.all = all, .count = !all};

    *ret = false;
    if (!all &&
        !tensor_normalize_axis(axis->integer, mask->ndim, &axes.axis[0], err))
        return false;
    struct tensor *empty = reduce_ufunc(ufunc_find("logical_and"), mask, &axes,
                                        false, DTYPE_COUNT, err);
    for (int64_t i = 0; empty && i < empty->size; i++)
        *ret = *ret || empty->data[i];
    tensor_unref(empty);
    return empty != NULL;
}

static bool substitute_forward(const struct op *op, const struct arg *args,
                               struct op_result *ret, struct error *err)
{
    const struct substitute *rule = op->data;
    const struct op *plain = op_find("np", rule->name, OP_FUNCTION);
    struct arg copy[8];
    struct tensor *mask = NULL;
    bool empty = false;

    memcpy(copy, args, (size_t)op_param_count(op) * sizeof *args);
    copy[0].tensor = without_nan(args[0].tensor, rule->value, &mask, err);
    if (!copy[0].tensor)
        return false;
    bool done = !rule->needs_numbers ||
                !dtype_is_float(args[0].tensor->dtype) ||
                has_empty_line(mask, &args[1], &empty, err);
    if (done && empty)
        done = error_set(err, ERROR_VALUE, "All-NaN slice encountered");
    done = done && plain->forward(plain, copy, ret, err);
    tensor_unref(mask);
    tensor_unref(copy[0].tensor);
    return done;
}

/* ------------------------------------------------------------------ extremes
 */

static bool extreme_forward(const struct op *op, const struct arg *args,
                            struct op_result *ret, struct error *err)
{
    struct reduce_args names = {&args[1], NULL,     &args[2],
                                &args[3], &args[4], &args[5]};

    if (!reduce_call(op->data, args[0].tensor, &names, ret, err))
        return false;
    struct tensor *nan = call("isnan", ret->tensor, NULL, err);
    for (int64_t i = 0; nan && i < nan->size && !ret->warning; i++)
        if (nan->data[i])
            ret->warning = "RuntimeWarning: All-NaN slice encountered";
    tensor_unref(nan);
    return nan != NULL;
}

/* ------------------------------------------------------------ mean, variance
 */

/* Without floats there are no NaNs. */
static bool run_plain(const struct op *op, const struct arg *args,
                      struct op_result *ret, struct error *err)
{
    const struct op *plain = op_find("np", op->name + strlen("nan"),
                                     OP_FUNCTION);
    return plain->forward(plain, args, ret, err);
}

static bool check_float(const char *name, enum dtype dtype, struct error *err)
{
    return dtype_is_float(dtype) ||
           error_set(err, ERROR_TYPE,
                     "If a is inexact, then %s must be inexact", name);
}

/* Sums over what is left; OPTIONS holds keepdims, dtype and where. */
static struct tensor *sum(struct tensor *tensor, const struct axes *axes,
                          const struct reduce_options *options,
                          struct error *err)
{
    return reduce_ufunc_with(ufunc_find("add"), tensor, axes, options, err);
}

/* How many numbers, no NaNs, each result is made of; float64. */
static struct tensor *count_numbers(struct tensor *mask,
                                    const struct axes *axes,
                                    const struct reduce_options *options,
                                    struct error *err)
{
    struct reduce_options counting = *options;
    counting.dtype = DTYPE_FLOAT64;
    struct tensor *numbers = call("logical_not", mask, NULL, err);
    struct tensor *count = numbers ? sum(numbers, axes, &counting, err) : NULL;
    tensor_unref(numbers);
    return count;
}

/* RESULT / COUNT in RESULT's dtype; takes RESULT.  Nothing by nothing is a
   NaN and no event: there is a warning of its own. */
static struct tensor *divide(struct tensor *result, struct tensor *count,
                             struct error *err)
{
    struct ufunc quiet = *ufunc_find("divide");
    struct tensor *typed =
        result ? tensor_astype(count, result->dtype, err) : NULL;
    struct tensor *inputs[2] = {result, typed};

    quiet.silent = true;
    struct tensor *quotient =
        typed ? ufunc_call(&quiet, inputs, NULL, NULL, DTYPE_COUNT, err) : NULL;
    tensor_unref(typed);
    tensor_unref(result);
    return quotient;
}

static bool any_below(const struct tensor *count, double limit)
{
    for (int64_t i = 0; i < count->size; i++)
        if (((const double *)count->data)[i] <= limit)
            return true;
    return false;
}

static bool prepare(const struct arg *args, int dtype, int keepdims, int where,
                    struct axes *axes, struct reduce_options *options,
                    struct error *err)
{
    const struct arg *out = &args[dtype + 1];

    *options = (struct reduce_options){
        .keepdims = args[keepdims].flag,
        .dtype = args[dtype].given ? args[dtype].dtype : args[0].tensor->dtype,
        .where = args[where].given ? args[where].tensor : NULL};
    return check_float("dtype", options->dtype, err) &&
           (!out->given || check_float("out", out->tensor->dtype, err)) &&
           reduce_axes(&args[1], args[0].tensor, axes, err) &&
           where_check(&args[where], err);
}

static bool mean_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    struct axes axes;
    struct reduce_options options;
    struct tensor *mask = NULL, *count = NULL, *mean = NULL;

    if (!dtype_is_float(args[0].tensor->dtype))
        return run_plain(op, args, ret, err);
    if (!prepare(args, 2, 4, 5, &axes, &options, err))
        return false;
    struct tensor *numbers = without_nan(args[0].tensor, 0, &mask, err);
    if (numbers)
        count = count_numbers(mask, &axes, &options, err);
    if (count)
        mean = divide(sum(numbers, &axes, &options, err), count, err);
    bool empty = count && any_below(count, 0);
    tensor_unref(numbers);
    tensor_unref(mask);
    tensor_unref(count);
    bool done = reduce_return(ret, op->name, mean, &args[3], err);
    if (done && empty)
        ret->warning = "RuntimeWarning: Mean of empty slice";
    return done;
}

/* The squared distances from the mean, 0 where MASK says NaN; owned. */
static struct tensor *squared_distances(struct tensor *numbers,
                                        struct tensor *mask,
                                        const struct axes *axes,
                                        const struct reduce_options *options,
                                        struct error *err)
{
    struct reduce_options kept = *options;
    struct tensor *mean = NULL, *distances = NULL, *squares = NULL;
    kept.keepdims = true;
    struct tensor *count = count_numbers(mask, axes, &kept, err);

    if (count)
        mean = divide(sum(numbers, axes, &kept, err), count, err);
    if (mean)
        distances = call("subtract", numbers, mean, err);
    if (distances && fill(distances, mask, 0, err))
        squares = call("multiply", distances, distances, err);
    tensor_unref(count);
    tensor_unref(mean);
    tensor_unref(distances);
    return squares;
}

/* Where COUNT - DDOF is not positive the result is NaN. */
static bool subtract_ddof(struct tensor *count, double ddof)
{
    bool empty = any_below(count, ddof);

    for (int64_t i = 0; i < count->size; i++) {
        double *n = (double *)count->data + i;
        *n = *n <= ddof ? NAN : *n - ddof;
    }
    return empty;
}

static bool variance_forward(const struct op *op, const struct arg *args,
                             struct op_result *ret, struct error *err)
{
    struct axes axes;
    struct reduce_options options;
    struct tensor *mask = NULL, *squares = NULL, *count = NULL, *result = NULL;
    bool empty = false;

    if (!dtype_is_float(args[0].tensor->dtype))
        return run_plain(op, args, ret, err);
    if (!prepare(args, 2, 5, 6, &axes, &options, err))
        return false;
    struct tensor *numbers = without_nan(args[0].tensor, 0, &mask, err);
    if (numbers)
        squares = squared_distances(numbers, mask, &axes, &options, err);
    if (squares)
        count = count_numbers(mask, &axes, &options, err);
    if (count) {
        empty = subtract_ddof(count, args[4].number);
        result = divide(sum(squares, &axes, &options, err), count, err);
    }
    if (result && !strcmp(op->name, "nanstd")) {
        struct tensor *variance = result;
        result = call("sqrt", variance, NULL, err);
        tensor_unref(variance);
    }
    tensor_unref(numbers);
    tensor_unref(mask);
    tensor_unref(squares);
    tensor_unref(count);
    bool done = reduce_return(ret, op->name, result, &args[3], err);
    if (done && empty)
        ret->warning = "RuntimeWarning: Degrees of freedom <= 0 for slice.";
    return done;
}

/* --------------------------------------------------------------------- table
 */

static const struct substitute as_sum = {"sum", 0, false},
                               as_product = {"prod", 1, false},
                               as_sums = {"cumsum", 0, false},
                               as_products = {"cumprod", 1, false},
                               as_argmax = {"argmax", -INFINITY, true},
                               as_argmin = {"argmin", INFINITY, true};

#define ROW(NAME, PARAMS, FORWARD, VJP, DATA, DOC, EXAMPLE, SEE)              \
    {                                                                         \
        NAME, NULL, "np", OP_FUNCTION, PARAMS, FORWARD, VJP, DATA, DOC, NULL, \
            EXAMPLE, SEE                                                      \
    }

const struct op reduce_nan_ops[] = {
    ROW("nansum", reduce_params, substitute_forward, nan_reduction_vjp, &as_sum,
        "The sum, NaNs counting as 0",
        ">>> np.nansum([[1, np.nan], [3, 4]], axis=0)\narray([4., 4.])",
        "sum nanmean isnan"),
    ROW("nanprod", reduce_params, substitute_forward, nan_reduction_vjp, &as_product,
        "The product, NaNs counting as 1",
        ">>> np.nanprod([2, np.nan, 4])\n8.0", "prod nansum"),
    ROW("nanmean", mean_params, mean_forward, nan_reduction_vjp, NULL,
        "The average of the elements that are not NaN",
        ">>> np.nanmean([[1, np.nan], [3, 4]], axis=1)\narray([1. , 3.5])",
        "mean nanmedian nanstd"),
    ROW("nanvar", variance_params, variance_forward, nan_reduction_vjp, NULL,
        "The variance of the elements that are not NaN",
        ">>> np.nanvar([1, np.nan, 3])\n1.0", "var nanstd"),
    ROW("nanstd", variance_params, variance_forward, nan_reduction_vjp, NULL,
        "The standard deviation of the elements that are not NaN",
        ">>> np.nanstd([1, np.nan, 5])\n2.0", "std nanvar"),
    ROW("nanmax", extreme_params, extreme_forward, nan_reduction_vjp, "fmax",
        "The largest element that is not NaN",
        ">>> np.nanmax([1, np.nan, 3])\n3.0", "max fmax nanmin"),
    ROW("nanmin", extreme_params, extreme_forward, nan_reduction_vjp, "fmin",
        "The smallest element that is not NaN",
        ">>> np.nanmin([1, np.nan, 3])\n1.0", "min fmin nanmax"),
    ROW("nanargmax", arg_params, substitute_forward, NULL, &as_argmax,
        "The position of the largest element that is not NaN",
        ">>> np.nanargmax([np.nan, 2, 5])\n2", "argmax nanargmin"),
    ROW("nanargmin", arg_params, substitute_forward, NULL, &as_argmin,
        "The position of the smallest element that is not NaN",
        ">>> np.nanargmin([np.nan, 2, 5])\n1", "argmin nanargmax"),
    ROW("nancumsum", cumulative_params, substitute_forward, nan_reduction_vjp, &as_sums,
        "Sums of the elements so far, NaNs counting as 0",
        ">>> np.nancumsum([1, np.nan, 3])\narray([1., 1., 4.])",
        "cumsum nancumprod"),
    ROW("nancumprod", cumulative_params, substitute_forward, nan_reduction_vjp, &as_products,
        "Products of the elements so far, NaNs counting as 1",
        ">>> np.nancumprod([2, np.nan, 3])\narray([2., 2., 6.])",
        "cumprod nancumsum"),
    {.name = NULL},
};
