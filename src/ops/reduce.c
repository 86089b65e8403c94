/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums, means, extremes: what makes one number of many, along axes. */
#include <math.h>
#include <string.h>

#include "ops/arguments.h"
#include "ops/derive.h"
#include "ops/families.h"
#include "ops/reduce.h"
#include "tensor/index.h"

#define REDUCE_HEAD                   \
    {"a", PARAM_TENSOR, 0, NULL},     \
    {                                 \
        "axis", PARAM_DIMS, 0, "None" \
    }
#define DTYPE_OUT                      \
    {"dtype", PARAM_DTYPE, 0, "None"}, \
    {                                  \
        "out", PARAM_TENSOR, 0, "None" \
    }
#define KEEPDIMS                           \
    {                                      \
        "keepdims", PARAM_BOOL, 0, "False" \
    }
#define INITIAL                                  \
    {                                            \
        "initial", PARAM_SCALAR, 0, "<no value>" \
    }
#define WHERE                                  \
    {                                          \
        "where", PARAM_TENSOR, 0, "<no value>" \
    }
#define WHERE_KEYWORD                                           \
    {                                                           \
        "where", PARAM_TENSOR, PARAM_KEYWORD_ONLY, "<no value>" \
    }
#define END              \
    {                    \
        NULL, 0, 0, NULL \
    }

const struct param reduce_params[] = {REDUCE_HEAD, DTYPE_OUT, KEEPDIMS,
                                      INITIAL,     WHERE,     END};
const struct param mean_params[] = {REDUCE_HEAD, DTYPE_OUT, KEEPDIMS,
                                    WHERE_KEYWORD, END};
const struct param extreme_params[] = {
    REDUCE_HEAD, {"out", PARAM_TENSOR, 0, "None"}, KEEPDIMS, INITIAL, WHERE,
    END};
static const struct param truth_params[] = {REDUCE_HEAD,
                                            {"out", PARAM_TENSOR, 0, "None"},
                                            KEEPDIMS,
                                            WHERE_KEYWORD,
                                            END};
static const struct param ptp_params[] = {
    REDUCE_HEAD, {"out", PARAM_TENSOR, 0, "None"}, KEEPDIMS, END};
static const struct param count_params[] = {
    REDUCE_HEAD, {"keepdims", PARAM_BOOL, PARAM_KEYWORD_ONLY, "False"}, END};
const struct param variance_params[] = {
    REDUCE_HEAD, DTYPE_OUT,     {"ddof", PARAM_FLOAT, 0, "0"},
    KEEPDIMS,    WHERE_KEYWORD, END};

const struct param arg_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"axis", PARAM_INT, 0, "None"},
    {"out", PARAM_TENSOR, 0, "None"},
    {"keepdims", PARAM_BOOL, PARAM_KEYWORD_ONLY, "False"},
    {NULL, 0, 0, NULL}};

const struct param cumulative_params[] = {{"a", PARAM_TENSOR, 0, NULL},
                                          {"axis", PARAM_INT, 0, "None"},
                                          {"dtype", PARAM_DTYPE, 0, "None"},
                                          {"out", PARAM_TENSOR, 0, "None"},
                                          {NULL, 0, 0, NULL}};

bool reduce_axes(const struct arg *axis, const struct tensor *tensor,
                 struct axes *ret, struct error *err)
{
    if (!axis->given) {
        *ret = (struct axes){.all = true};
        return true;
    }
    if (!tensor->ndim && axis->dims.scalar &&
        (axis->dims.values[0] == 0 || axis->dims.values[0] == -1)) {
        *ret = (struct axes){.all = false}; /* as in NumPy's ufunc.reduce */
        return true;
    }
    return axes_init(ret, axis->dims.count, axis->dims.values, tensor->ndim,
                     err);
}

static enum dtype dtype_of(const struct arg *dtype)
{
    return dtype->given ? dtype->dtype : DTYPE_COUNT;
}

bool where_check(const struct arg *where, struct error *err)
{
    return !where->given ||
           check_cast(where->tensor, DTYPE_BOOL, CASTING_SAFE, err);
}

bool reduce_return(struct op_result *ret, const char *operation,
                   struct tensor *result, const struct arg *out,
                   struct error *err)
{
    if (result && out->given && out->tensor->ndim != result->ndim) {
        error_set(err, ERROR_VALUE,
                  "output parameter for reduction operation %s has the wrong "
                  "number of dimensions: Found %d but expected %d",
                  operation, out->tensor->ndim, result->ndim);
        tensor_unref(result);
        return false;
    }
    return op_return_into(ret, result, out, err);
}

bool reduce_call(const char *name, struct tensor *tensor,
                 const struct reduce_args *args, struct op_result *ret,
                 struct error *err)
{
    struct axes axes;
    struct reduce_options options = {
        .keepdims = args->keepdims->flag,
        .dtype = args->dtype ? dtype_of(args->dtype) : DTYPE_COUNT};

    if (!reduce_axes(args->axis, tensor, &axes, err) ||
        (args->where && !where_check(args->where, err)))
        return false;
    if (args->initial && args->initial->given) {
        options.initial = &args->initial->scalar;
        if (!scalar_fits(*options.initial,
                         options.dtype == DTYPE_COUNT ? tensor->dtype
                                                      : options.dtype,
                         err))
            return false;
    }
    if (args->where && args->where->given)
        options.where = args->where->tensor;
    return reduce_return(
        ret, name,
        reduce_ufunc_with(ufunc_find(name), tensor, &axes, &options, err),
        args->out, err);
}

/* The method of one of NumPy's numbers gives a number, even where out= is an
   array. */
static bool as_given(const struct arg *a, struct op_result *ret)
{
    if (a->np_scalar)
        ret->form = RESULT_TENSOR;
    return true;
}

static bool sum_forward(const struct op *op, const struct arg *args,
                        struct op_result *ret, struct error *err)
{
    struct reduce_args names = {&args[1], &args[2], &args[3],
                                &args[4], &args[5], &args[6]};
    return reduce_call(op->data, args[0].tensor, &names, ret, err) &&
           as_given(&args[0], ret);
}

static bool extreme_forward(const struct op *op, const struct arg *args,
                            struct op_result *ret, struct error *err)
{
    struct reduce_args names = {&args[1], NULL,     &args[2],
                                &args[3], &args[4], &args[5]};
    return reduce_call(op->data, args[0].tensor, &names, ret, err) &&
           as_given(&args[0], ret);
}

static bool truth_forward(const struct op *op, const struct arg *args,
                          struct op_result *ret, struct error *err)
{
    struct reduce_args names = {&args[1], NULL, &args[2],
                                &args[3], NULL, &args[4]};
    return reduce_call(op->data, args[0].tensor, &names, ret, err) &&
           as_given(&args[0], ret);
}

bool axes_given(const struct arg *axis, const struct tensor *tensor,
                struct axes *ret, struct error *err)
{
    if (!axis->given)
        return reduce_axes(axis, tensor, ret, err);
    return axes_init(ret, axis->dims.count, axis->dims.values, tensor->ndim,
                     err);
}

static bool mean_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    struct axes axes;
    struct reduce_options options = {.keepdims = args[4].flag,
                                     .dtype = dtype_of(&args[2]),
                                     .into_array = args[3].given};
    bool empty = false;

    (void)op;
    if (!axes_given(&args[1], args[0].tensor, &axes, err) ||
        !where_check(&args[5], err))
        return false;
    if (args[5].given)
        options.where = args[5].tensor;
    struct tensor *mean =
        reduce_mean(args[0].tensor, &axes, &options, &empty, err);
    bool done = reduce_return(ret, "mean", mean, &args[3], err) &&
                as_given(&args[0], ret);
    if (done && empty)
        ret->warning = "RuntimeWarning: Mean of empty slice.";
    return done;
}

static bool variance_forward(const struct op *op, const struct arg *args,
                             struct op_result *ret, struct error *err)
{
    struct axes axes;
    struct reduce_options options = {.keepdims = args[5].flag,
                                     .dtype = dtype_of(&args[2]),
                                     .into_array = args[3].given};
    bool empty = false;

    if (!axes_given(&args[1], args[0].tensor, &axes, err) ||
        !where_check(&args[6], err))
        return false;
    if (args[6].given)
        options.where = args[6].tensor;
    struct tensor *variance =
        reduce_variance(args[0].tensor, &axes, &options, args[4].number,
                        !strcmp(op->name, "std"), &empty, err);
    bool done = reduce_return(ret, op->name, variance, &args[3], err);
    if (done && empty)
        ret->warning = "RuntimeWarning: Degrees of freedom <= 0 for slice";
    return done;
}

static bool arg_forward(const struct op *op, const struct arg *args,
                        struct op_result *ret, struct error *err)
{
    struct tensor *a = args[0].tensor;
    int axis = 0;

    if (args[2].given &&
        !check_cast(args[2].tensor, DTYPE_INT64, CASTING_SAFE, err))
        return false;
    if (args[1].given &&
        !tensor_normalize_axis(args[1].integer, a->ndim ? a->ndim : 1, &axis,
                               err))
        return false;
    return op_return_into(ret,
                          reduce_arg(a, !args[1].given || !a->ndim, axis,
                                     !strcmp(op->name, "argmax"),
                                     args[3].flag, err),
                          &args[2], err);
}

static bool cumulative_forward(const struct op *op, const struct arg *args,
                               struct op_result *ret, struct error *err)
{
    int axis;
    struct tensor *line = vector_along(args[0].tensor, &args[1], &axis, err);
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
    if (!reduce_axes(&args[1], args[0].tensor, &axes, err))
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
    if (!args[1].given && !args[2].flag)
        return op_return_tensor(ret, tensor_count_nonzero(args[0].tensor, err));
    if (!reduce_axes(&args[1], args[0].tensor, &axes, err))
        return false;
    struct tensor *truth = tensor_astype(args[0].tensor, DTYPE_BOOL, err);
    struct tensor *count = truth ? reduce_ufunc(ufunc_find("add"), truth, &axes,
                                                args[2].flag, DTYPE_INT64, err)
                                 : NULL;
    tensor_unref(truth);
    return op_return_tensor(ret, count);
}

#define BOTH (OP_FUNCTION | OP_METHOD)

const struct op reduce_ops[] = {
    {"sum", NULL, "np", BOTH, reduce_params, sum_forward, sum_vjp, "add",
     "The sum of all elements, or along axes", NULL,
     ">>> np.sum([[1, 2], [3, 4]])\n10\n"
     ">>> np.sum([[1, 2], [3, 4]], axis=0)\narray([4, 6])",
     "mean cumsum prod"},
    {"prod", "product", "np", BOTH, reduce_params, sum_forward, prod_vjp,
     "multiply", "The product of all elements, or along axes", NULL,
     ">>> np.prod([2, 3, 4])\n24", "sum cumprod"},
    {"mean", NULL, "np", BOTH, mean_params, mean_forward, mean_vjp, NULL,
     "The average of all elements, or along axes", NULL,
     ">>> np.mean([[1, 2], [3, 4]], axis=1)\narray([1.5, 3.5])", "std var sum"},
    {"std", NULL, "np", BOTH, variance_params, variance_forward, variance_vjp, NULL,
     "The standard deviation: the root of the mean squared distance from the "
     "mean",
     "ddof is subtracted from the number of elements in the divisor.",
     ">>> np.std([1, 2, 3, 4])\n1.118033988749895", "var mean"},
    {"var", NULL, "np", BOTH, variance_params, variance_forward, variance_vjp, NULL,
     "The variance: the mean squared distance from the mean",
     "ddof is subtracted from the number of elements in the divisor.",
     ">>> np.var([1, 2, 3, 4])\n1.25", "std mean"},
    {"max", "amax", "np", BOTH, extreme_params, extreme_forward, max_vjp,
     "maximum", "The largest element, or the largest ones along axes", NULL,
     ">>> np.max([[1, 5], [7, 3]], axis=1)\narray([5, 7])",
     "min argmax maximum"},
    {"min", "amin", "np", BOTH, extreme_params, extreme_forward, max_vjp,
     "minimum", "The smallest element, or the smallest ones along axes", NULL,
     ">>> np.min([[1, 5], [7, 3]], axis=0)\narray([1, 3])",
     "max argmin minimum"},
    {"any", "sometrue", "np", BOTH, truth_params, truth_forward, NULL,
     "logical_or", "Is any element true (not zero)?", NULL,
     ">>> np.any([[True, False], [False, False]], axis=1)\n"
     "array([ True, False])",
     "all logical_or"},
    {"all", "alltrue", "np", BOTH, truth_params, truth_forward, NULL,
     "logical_and", "Are all elements true (not zero)?", NULL,
     ">>> np.all([1, 2, 0])\nFalse", "any logical_and"},
    {"argmax", NULL, "np", BOTH, arg_params, arg_forward, NULL, NULL,
     "The position of the largest element", NULL,
     ">>> np.argmax([[1, 5, 2], [9, 0, 3]], axis=1)\narray([1, 0])",
     "argmin max"},
    {"argmin", NULL, "np", BOTH, arg_params, arg_forward, NULL, NULL,
     "The position of the smallest element", NULL,
     ">>> np.argmin([4, 2, 8])\n1", "argmax min"},
    {"cumsum", NULL, "np", BOTH, cumulative_params, cumulative_forward, cumsum_vjp,
     "add", "Sums of the elements so far", NULL,
     ">>> np.cumsum([1, 2, 3])\narray([1, 3, 6])", "sum cumprod"},
    {"cumprod", "cumproduct", "np", BOTH, cumulative_params, cumulative_forward,
     cumprod_vjp, "multiply", "Products of the elements so far", NULL,
     ">>> np.cumprod([1, 2, 3, 4])\narray([ 1,  2,  6, 24])", "prod cumsum"},
    {"ptp", NULL, "np", BOTH, ptp_params, ptp_forward, ptp_vjp, NULL,
     "The range: the largest element minus the smallest", NULL,
     ">>> np.ptp([4, 9, 2])\n7", "max min"},
    {"count_nonzero", NULL, "np", OP_FUNCTION, count_params, count_forward,
     NULL, NULL, "How many elements are not zero", NULL,
     ">>> np.count_nonzero([0, 3, 0, 5])\n2", "nonzero sum"},
    {.name = NULL},
};
