/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ops/ufunc_methods.h"

#include "base/alloc.h"
#include "ops/derive.h"

#include "ops/elementwise.h"
#include "ops/reduce.h"
#include "tensor/ufunc_methods.h"

static const struct param reduce_method_params[] = {
    {"array", PARAM_TENSOR, 0, NULL},
    {"axis", PARAM_DIMS, 0, "0"},
    {"dtype", PARAM_DTYPE, 0, "None"},
    {"out", PARAM_TENSOR, 0, "None"},
    {"keepdims", PARAM_BOOL, 0, "False"},
    {"initial", PARAM_SCALAR, 0, "<no value>"},
    {"where", PARAM_TENSOR, 0, "True"},
    {NULL, 0, 0, NULL}};
static const struct param accumulate_params[] = {
    {"array", PARAM_TENSOR, 0, NULL},
    {"axis", PARAM_INT, 0, "0"},
    {"dtype", PARAM_DTYPE, 0, "None"},
    {"out", PARAM_TENSOR, 0, "None"},
    {NULL, 0, 0, NULL}};
static const struct param reduceat_params[] = {
    {"array", PARAM_TENSOR, 0, NULL}, {"indices", PARAM_TENSOR, 0, NULL},
    {"axis", PARAM_INT, 0, "0"},      {"dtype", PARAM_DTYPE, 0, "None"},
    {"out", PARAM_TENSOR, 0, "None"}, {NULL, 0, 0, NULL}};
static const struct param outer_params[] = {
    {"A", PARAM_TENSOR, PARAM_POSITIONAL_ONLY, NULL},
    {"B", PARAM_TENSOR, PARAM_POSITIONAL_ONLY, NULL},
    {"out", PARAM_TENSOR, 0, "None"},
    {"where", PARAM_TENSOR, PARAM_KEYWORD_ONLY, "True"},
    {"casting", PARAM_STRING, PARAM_KEYWORD_ONLY, "'same_kind'"},
    {"dtype", PARAM_DTYPE, PARAM_KEYWORD_ONLY, "None"},
    {NULL, 0, 0, NULL}};

static enum dtype dtype_of(const struct arg *dtype)
{
    return dtype->given ? dtype->dtype : DTYPE_COUNT;
}

static bool reduce_forward(const struct op *op, const struct arg *args,
                           struct op_result *ret, struct error *err)
{
    const struct ufunc *ufunc = op->data;
    struct reduce_args names = {&args[1], &args[2], &args[3],
                                &args[4], &args[5], &args[6]};
    struct arg none = {.given = false};

    if (args[0].tensor->ndim == 0) /* has no axis to go along */
        names.axis = &none;
    return reduce_call(ufunc->name, args[0].tensor, &names, ret, err);
}

static bool accumulate_forward(const struct op *op, const struct arg *args,
                               struct op_result *ret, struct error *err)
{
    struct tensor *tensor = args[0].tensor;
    int axis;

    if (tensor->ndim == 0)
        return error_set(err, ERROR_TYPE, "cannot accumulate on a scalar");
    if (!tensor_normalize_axis(args[1].integer, tensor->ndim, &axis, err))
        return false;
    return op_return_into(
        ret, accumulate_ufunc(op->data, tensor, axis, dtype_of(&args[2]), err),
        &args[3], err);
}

static bool reduceat_forward(const struct op *op, const struct arg *args,
                             struct op_result *ret, struct error *err)
{
    struct tensor *tensor = args[0].tensor;
    int axis;

    if (tensor->ndim == 0)
        return error_set(err, ERROR_TYPE, "cannot reduceat on a scalar");
    if (!tensor_normalize_axis(args[2].integer, tensor->ndim, &axis, err))
        return false;
    if (args[1].tensor->ndim > 1 || dtype_is_float(args[1].tensor->dtype))
        return error_set(err, ERROR_TYPE,
                         "Cannot cast array data from dtype('%s') to "
                         "dtype('int64') according to the rule 'safe'",
                         dtype_name(args[1].tensor->dtype));
    struct tensor *indices = tensor_astype(args[1].tensor, DTYPE_INT64, err);
    struct tensor *result = indices
                                ? ufunc_reduceat(op->data, tensor, indices,
                                                 axis, dtype_of(&args[3]), err)
                                : NULL;
    tensor_unref(indices);
    return op_return_into(ret, result, &args[4], err);
}

static bool outer_forward(const struct op *op, const struct arg *args,
                          struct op_result *ret, struct error *err)
{
    struct ufunc_options options;

    if (!ufunc_options(&args[3], &args[4], &args[5], &options, err))
        return false;
    if (args[2].given)
        options.out = args[2].tensor;
    return op_return_tensor(ret, ufunc_outer(op->data, args[0].tensor,
                                             args[1].tensor, &options, err));
}

#define ROW(NAME, PARAMS, FORWARD, VJP, DOC)                              \
    {                                                                     \
        NAME, NULL, "np.ufunc", 0, PARAMS, FORWARD, VJP, NULL, DOC, NULL, \
            NULL, NULL                                                    \
    }

const struct op ufunc_methods[] = {
    ROW("reduce", reduce_method_params, reduce_forward, reduce_method_vjp,
        "Applies the function to all elements along an axis: one is left"),
    ROW("accumulate", accumulate_params, accumulate_forward, accumulate_method_vjp,
        "The results of reduce so far, along an axis"),
    ROW("reduceat", reduceat_params, reduceat_forward, NULL,
        "Reduces from each index to the next"),
    ROW("outer", outer_params, outer_forward, outer_method_vjp,
        "Every element of A with every element of B"),
    {.name = NULL},
};

/* ------------------------------------------------------------------- copies */

struct method_copy {
    const struct op *method;
    struct method_copy *next;
    struct op row;
};

const struct op *ufunc_method(const struct op *method,
                              const struct ufunc *ufunc)
{
    static struct method_copy *copies;

    for (const struct method_copy *copy = copies; copy; copy = copy->next)
        if (copy->method == method && copy->row.data == ufunc)
            return &copy->row;
    struct method_copy *copy = xcalloc(1, sizeof *copy);
    *copy = (struct method_copy){method, copies, *method};
    copy->row.data = ufunc;
    copies = copy;
    return &copy->row;
}
