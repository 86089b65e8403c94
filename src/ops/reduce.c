/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums, means, extremes: what makes one number of many, along axes. */
#include <math.h>
#include <string.h>

#include "ops/families.h"
#include "tensor/reduce.h"

static const struct param reduce_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"axis", PARAM_DIMS, 0, "None"},
    {"dtype", PARAM_DTYPE, 0, "None"},
    {"out", PARAM_TENSOR, 0, "None"},
    {"keepdims", PARAM_BOOL, 0, "False"},
    {NULL, 0, 0, NULL}};

static const struct param extreme_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"axis", PARAM_DIMS, 0, "None"},
    {"out", PARAM_TENSOR, 0, "None"},
    {"keepdims", PARAM_BOOL, 0, "False"},
    {NULL, 0, 0, NULL}};

static const struct param variance_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"axis", PARAM_DIMS, 0, "None"},
    {"dtype", PARAM_DTYPE, 0, "None"},
    {"out", PARAM_TENSOR, 0, "None"},
    {"ddof", PARAM_FLOAT, 0, "0"},
    {"keepdims", PARAM_BOOL, 0, "False"},
    {NULL, 0, 0, NULL}};

static const struct param arg_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"axis", PARAM_INT, 0, "None"},
    {"out", PARAM_TENSOR, 0, "None"},
    {"keepdims", PARAM_BOOL, PARAM_KEYWORD_ONLY, "False"},
    {NULL, 0, 0, NULL}};

static const struct param cumulative_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"axis", PARAM_INT, 0, "None"},
    {"dtype", PARAM_DTYPE, 0, "None"},
    {"out", PARAM_TENSOR, 0, "None"},
    {NULL, 0, 0, NULL}};

static bool axes_of(const struct arg *axis, const struct tensor *tensor,
                    struct axes *ret, struct error *err)
{
    if (!axis->given) {
        *ret = (struct axes){.all = true};
        return true;
    }
    return axes_init(ret, axis->dims.count, axis->dims.values, tensor->ndim,
                     err);
}

static enum dtype dtype_of(const struct arg *dtype)
{
    return dtype->given ? dtype->dtype : DTYPE_COUNT;
}

static bool sum_forward(const struct op *op, const struct arg *args,
                        struct op_result *ret, struct error *err)
{
    struct axes axes;

    if (!axes_of(&args[1], args[0].tensor, &axes, err))
        return false;
    return op_return_into(ret,
                  reduce_ufunc(ufunc_find(op->data), args[0].tensor, &axes,
                               args[4].flag, dtype_of(&args[2]), err),
                  &args[3], err);
}

static bool extreme_forward(const struct op *op, const struct arg *args,
                            struct op_result *ret, struct error *err)
{
    struct axes axes;

    if (!axes_of(&args[1], args[0].tensor, &axes, err))
        return false;
    return op_return_into(ret,
                  reduce_ufunc(ufunc_find(op->data), args[0].tensor, &axes,
                               args[3].flag, DTYPE_COUNT, err),
                  &args[2], err);
}

static bool mean_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    struct axes axes;

    (void)op;
    if (!axes_of(&args[1], args[0].tensor, &axes, err))
        return false;
    return op_return_into(ret,
                  reduce_mean(args[0].tensor, &axes, args[4].flag,
                              dtype_of(&args[2]), err),
                  &args[3], err);
}

static bool variance_forward(const struct op *op, const struct arg *args,
                             struct op_result *ret, struct error *err)
{
    struct axes axes;

    if (!axes_of(&args[1], args[0].tensor, &axes, err))
        return false;
    return op_return_into(ret,
                  reduce_variance(args[0].tensor, &axes, args[5].flag,
                                  args[4].number, !strcmp(op->name, "std"),
                                  dtype_of(&args[2]), err),
                  &args[3], err);
}

static bool arg_forward(const struct op *op, const struct arg *args,
                        struct op_result *ret, struct error *err)
{
    int axis = 0;

    if (args[1].given && !tensor_normalize_axis(args[1].integer,
                                                args[0].tensor->ndim, &axis,
                                                err))
        return false;
    return op_return_into(ret,
                  reduce_arg(args[0].tensor, !args[1].given, axis,
                             !strcmp(op->name, "argmax"), args[3].flag, err),
                  &args[2], err);
}

static bool cumulative_forward(const struct op *op, const struct arg *args,
                               struct op_result *ret, struct error *err)
{
    int axis = 0;
    int64_t all = -1;

    if (args[1].given && !tensor_normalize_axis(args[1].integer,
                                                args[0].tensor->ndim, &axis,
                                                err))
        return false;
    struct tensor *line =
        args[1].given ? tensor_ref(args[0].tensor)
                      : tensor_reshape(args[0].tensor, 1, &all, 'C', err);
    struct tensor *result =
        line ? accumulate_ufunc(ufunc_find(op->data), line, axis,
                                dtype_of(&args[2]), err)
             : NULL;
    tensor_unref(line);
    return op_return_into(ret, result, &args[3], err);
}

static bool ptp_forward(const struct op *op, const struct arg *args,
                        struct op_result *ret, struct error *err)
{
    struct axes axes;
    struct tensor *inputs[2], *range = NULL;

    (void)op;
    if (!axes_of(&args[1], args[0].tensor, &axes, err))
        return false;
    inputs[0] = reduce_ufunc(ufunc_find("maximum"), args[0].tensor, &axes,
                             args[3].flag, DTYPE_COUNT, err);
    inputs[1] = inputs[0] ? reduce_ufunc(ufunc_find("minimum"), args[0].tensor,
                                         &axes, args[3].flag, DTYPE_COUNT, err)
                          : NULL;
    if (inputs[1])
        range = ufunc_call(ufunc_find("subtract"), inputs, NULL, NULL,
                           DTYPE_COUNT, err);
    tensor_unref(inputs[0]);
    tensor_unref(inputs[1]);
    return op_return_into(ret, range, &args[2], err);
}

static bool count_forward(const struct op *op, const struct arg *args,
                          struct op_result *ret, struct error *err)
{
    struct axes axes;

    (void)op;
    if (!axes_of(&args[1], args[0].tensor, &axes, err))
        return false;
    struct tensor *truth = tensor_astype(args[0].tensor, DTYPE_BOOL, err);
    struct tensor *count =
        truth ? reduce_ufunc(ufunc_find("add"), truth, &axes, args[3].flag,
                             DTYPE_INT64, err)
              : NULL;
    tensor_unref(truth);
    return op_return_into(ret, count, &args[2], err);
}

#define BOTH (OP_FUNCTION | OP_METHOD)

const struct op reduce_ops[] = {
    {"sum", NULL, "np", BOTH, reduce_params, sum_forward, NULL, "add",
     "The sum of all elements, or along axes", NULL,
     ">>> np.sum([[1, 2], [3, 4]])\n10\n"
     ">>> np.sum([[1, 2], [3, 4]], axis=0)\narray([4, 6])",
     "mean cumsum prod"},
    {"prod", "product", "np", BOTH, reduce_params, sum_forward, NULL,
     "multiply", "The product of all elements, or along axes", NULL,
     ">>> np.prod([2, 3, 4])\n24", "sum cumprod"},
    {"mean", NULL, "np", BOTH, reduce_params, mean_forward, NULL, NULL,
     "The average of all elements, or along axes", NULL,
     ">>> np.mean([[1, 2], [3, 4]], axis=1)\narray([1.5, 3.5])",
     "std var sum"},
    {"std", NULL, "np", BOTH, variance_params, variance_forward, NULL, NULL,
     "The standard deviation: the root of the mean squared distance from the "
     "mean",
     "ddof is subtracted from the number of elements in the divisor.",
     ">>> np.std([1, 2, 3, 4])\n1.118033988749895", "var mean"},
    {"var", NULL, "np", BOTH, variance_params, variance_forward, NULL, NULL,
     "The variance: the mean squared distance from the mean",
     "ddof is subtracted from the number of elements in the divisor.",
     ">>> np.var([1, 2, 3, 4])\n1.25", "std mean"},
    {"max", "amax", "np", BOTH, extreme_params, extreme_forward, NULL,
     "maximum", "The largest element, or the largest ones along axes", NULL,
     ">>> np.max([[1, 5], [7, 3]], axis=1)\narray([5, 7])",
     "min argmax maximum"},
    {"min", "amin", "np", BOTH, extreme_params, extreme_forward, NULL,
     "minimum", "The smallest element, or the smallest ones along axes", NULL,
     ">>> np.min([[1, 5], [7, 3]], axis=0)\narray([1, 3])",
     "max argmin minimum"},
    {"any", NULL, "np", BOTH, extreme_params, extreme_forward, NULL,
     "logical_or", "Is any element true (not zero)?", NULL,
     ">>> np.any([[True, False], [False, False]], axis=1)\n"
     "array([ True, False])",
     "all logical_or"},
    {"all", NULL, "np", BOTH, extreme_params, extreme_forward, NULL,
     "logical_and", "Are all elements true (not zero)?", NULL,
     ">>> np.all([1, 2, 0])\nFalse", "any logical_and"},
    {"argmax", NULL, "np", BOTH, arg_params, arg_forward, NULL, NULL,
     "The position of the largest element", NULL,
     ">>> np.argmax([[1, 5, 2], [9, 0, 3]], axis=1)\narray([1, 0])",
     "argmin max"},
    {"argmin", NULL, "np", BOTH, arg_params, arg_forward, NULL, NULL,
     "The position of the smallest element", NULL,
     ">>> np.argmin([4, 2, 8])\n1", "argmax min"},
    {"cumsum", NULL, "np", BOTH, cumulative_params, cumulative_forward, NULL,
     "add", "Sums of the elements so far", NULL,
     ">>> np.cumsum([1, 2, 3])\narray([1, 3, 6])", "sum cumprod"},
    {"cumprod", NULL, "np", BOTH, cumulative_params, cumulative_forward, NULL,
     "multiply", "Products of the elements so far", NULL,
     ">>> np.cumprod([1, 2, 3, 4])\narray([ 1,  2,  6, 24])", "prod cumsum"},
    {"ptp", NULL, "np", BOTH, extreme_params, ptp_forward, NULL, NULL,
     "The range: the largest element minus the smallest", NULL,
     ">>> np.ptp([4, 9, 2])\n7", "max min"},
    {"count_nonzero", NULL, "np", OP_FUNCTION, extreme_params, count_forward,
     NULL, NULL, "How many elements are not zero", NULL,
     ">>> np.count_nonzero([0, 3, 0, 5])\n2", "nonzero sum"},
    {.name = NULL},
};
