/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sorting, and searching in what is sorted. */
#include <string.h>

#include "ops/arguments.h"
#include "ops/derive.h"
#include "ops/families.h"
#include "ops/pick.h"
#include "tensor/index.h"
#include "tensor/sort.h"

static const struct param sort_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"axis", PARAM_INT, 0, "-1"},
    {"kind", PARAM_STRING, 0, "None"},
    {"order", PARAM_STRING, 0, "None"}, /* of arrays with fields only */
    {NULL, 0, 0, NULL}};
static const struct param sort_method_params[] = {
    {"a", PARAM_TENSOR, PARAM_WRITTEN, NULL},
    {"axis", PARAM_INT, PARAM_NOT_NONE, "-1"},
    {"kind", PARAM_STRING, 0, "None"},
    {"order", PARAM_STRING, 0, "None"},
    {NULL, 0, 0, NULL}};
static const struct param partition_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"kth", PARAM_DIMS, 0, NULL},
    {"axis", PARAM_INT, 0, "-1"},
    {"kind", PARAM_STRING, 0, "'introselect'"},
    {NULL, 0, 0, NULL}};
static const struct param partition_method_params[] = {
    {"a", PARAM_TENSOR, PARAM_WRITTEN, NULL},
    {"kth", PARAM_DIMS, 0, NULL},
    {"axis", PARAM_INT, 0, "-1"},
    {"kind", PARAM_STRING, 0, "'introselect'"},
    {NULL, 0, 0, NULL}};
static const struct param lexsort_params[] = {
    {"keys", PARAM_TENSORS, 0, NULL},
    {"axis", PARAM_INT, PARAM_NOT_NONE, "-1"},
    {NULL, 0, 0, NULL}};
static const struct param searchsorted_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"v", PARAM_TENSOR, 0, NULL},
    {"side", PARAM_STRING, 0, "'left'"},
    {"sorter", PARAM_TENSOR, 0, "None"},
    {NULL, 0, 0, NULL}};

/* -------------------------------------------------------------------- sort */

static bool check_kind(const struct arg *kind, bool *ret_stable,
                       struct error *err)
{
    const char *text = kind->given ? kind->string : "";

    *ret_stable = *text == 's' || *text == 'm';
    return !*text || strchr("qhsmQHSM", *text) ||
           error_set(err, ERROR_VALUE,
                     "sort kind must be one of 'quick', 'heap', or 'stable' "
                     "(got '%s')",
                     text);
}

/* Along the axis; flattened when that is None. */
static struct tensor *sorted(const struct arg *args, bool indices,
                             struct error *err)
{
    bool stable;
    int axis;

    if (!check_kind(&args[2], &stable, err))
        return NULL;
    if (args[3].given && *args[3].string)
        return error_null(err, ERROR_VALUE,
                          "Cannot specify order when the array has no fields.");
    struct tensor *a =
        (indices ? vector_along : array_along)(args[0].tensor, &args[1], &axis,
                                             err);
    struct tensor *result = NULL;
    if (a)
        result = indices ? tensor_argsort(a, axis, stable, err)
                         : tensor_sort(a, axis, false, err);
    tensor_unref(a);
    return result;
}

static bool check_writable(const struct tensor *a, const char *what,
                           struct error *err)
{
    return !a->readonly ||
           error_set(err, ERROR_VALUE, "%s array is read-only", what);
}

static bool sort_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    return op_return_array(ret,
                           sorted(args, !strcmp(op->name, "argsort"), err));
}

static bool sort_in_place_forward(const struct op *op, const struct arg *args,
                                  struct op_result *ret, struct error *err)
{
    if (!check_writable(args[0].tensor, "sort", err))
        return false;
    struct tensor *order = sorted(args, false, err);
    bool done = order && tensor_assign(args[0].tensor, order, err);

    (void)op;
    tensor_unref(order);
    return done && op_return_none(ret);
}

/* --------------------------------------------------------------- partition */

static struct tensor *partitioned(const struct arg *args, bool indices,
                                  struct error *err)
{
    int axis;
    struct tensor *a =
        (indices ? vector_along : array_along)(args[0].tensor, &args[2], &axis,
                                             err);
    struct tensor *order =
        a ? tensor_argpartition(a, axis, args[1].dims.count,
                                args[1].dims.values, err)
          : NULL;
    struct tensor *result = order;

    if (order && !indices) {
        result = take_along(a, order, axis, err);
        tensor_unref(order);
    }
    tensor_unref(a);
    return result;
}

static bool partition_forward(const struct op *op, const struct arg *args,
                              struct op_result *ret, struct error *err)
{
    return op_return_array(
        ret, partitioned(args, !strcmp(op->name, "argpartition"), err));
}

static bool partition_in_place_forward(const struct op *op,
                                       const struct arg *args,
                                       struct op_result *ret,
                                       struct error *err)
{
    if (!check_writable(args[0].tensor, "partition", err))
        return false;
    struct tensor *order = partitioned(args, false, err);
    bool done = order && tensor_assign(args[0].tensor, order, err);

    (void)op;
    tensor_unref(order);
    return done && op_return_none(ret);
}

/* ----------------------------------------------------------------- lexsort */

/* ORDER, rearranged so that KEY is in order where it was not; takes ORDER. */
static struct tensor *sort_by(struct tensor *key, struct tensor *order,
                              int axis, struct error *err)
{
    struct tensor *values = take_along(key, order, axis, err);
    struct tensor *next = values ? tensor_sort(values, axis, true, err) : NULL;
    struct tensor *result = next ? take_along(order, next, axis, err) : NULL;

    tensor_unref(values);
    tensor_unref(next);
    tensor_unref(order);
    return result;
}

struct tensor *lexicographic(int count, struct tensor *const *keys, int axis,
                             struct error *err)
{
    struct tensor *order = tensor_sort(keys[0], axis, true, err);

    for (int i = 1; order && i < count; i++)
        order = sort_by(keys[i], order, axis, err);
    return order;
}

static bool lexsort_forward(const struct op *op, const struct arg *args,
                            struct op_result *ret, struct error *err)
{
    int count = args[0].tensors.count, axis;
    struct tensor **keys = args[0].tensors.items;

    (void)op;
    if (count == 0)
        return error_set(err, ERROR_TYPE,
                         "need sequence of keys with len > 0 in lexsort");
    for (int i = 1; i < count; i++)
        if (!same_shape(keys[0], keys[i]))
            return error_set(err, ERROR_VALUE,
                             "all keys need to be the same shape");
    if (keys[0]->ndim == 0)
        return op_return_tensor(
            ret, tensor_from_scalar(scalar_from_int(0), err));
    return tensor_normalize_axis(args[1].integer, keys[0]->ndim, &axis, err) &&
           op_return_array(ret, lexicographic(count, keys, axis, err));
}

/* ------------------------------------------------------------ searchsorted */

/* A in the order that SORTER says; owned. */
static struct tensor *rearranged(struct tensor *a, struct tensor *sorter,
                                 struct error *err)
{
    if (sorter->ndim != 1)
        return error_null(err, ERROR_TYPE, "could not parse sorter argument");
    if (dtype_is_float(sorter->dtype))
        return error_null(err, ERROR_TYPE, "sorter must only contain integers");
    if (!dtype_can_cast_safe(sorter->dtype, DTYPE_INT64))
        return error_null(err, ERROR_VALUE, "could not parse sorter argument");
    if (sorter->size != a->size)
        return error_null(err, ERROR_VALUE, "sorter.size must equal a.size");
    struct tensor *at = integers_from(sorter, err);
    struct tensor *result = at ? tensor_take(a, at, 0, err) : NULL;
    if (!result && err->kind == ERROR_INDEX)
        error_set(err, ERROR_VALUE, "Sorter index out of range.");
    tensor_unref(at);
    return result;
}

static bool searchsorted_forward(const struct op *op, const struct arg *args,
                                 struct op_result *ret, struct error *err)
{
    const char *side = *args[2].string ? args[2].string : "left";

    (void)op;
    if (args[0].tensor->ndim != 1)
        return error_set(err, ERROR_VALUE,
                         args[0].tensor->ndim ? "object too deep for desired "
                                                "array"
                                              : "object of too small depth "
                                                "for desired array");
    if (*side != 'l' && *side != 'r')
        return error_set(err, ERROR_VALUE,
                         "search side must be 'left' or 'right' (got '%s')",
                         side);
    struct tensor *a =
        args[3].given ? rearranged(args[0].tensor, args[3].tensor, err)
                      : tensor_ref(args[0].tensor);
    struct tensor *result =
        a ? tensor_searchsorted(a, args[1].tensor, *side == 'r', err) : NULL;
    tensor_unref(a);
    return op_return_tensor(ret, result);
}

#define BOTH (OP_FUNCTION | OP_METHOD)

const struct op sort_ops[] = {
    {"sort", NULL, "np", OP_FUNCTION, sort_params, sort_forward, sort_vjp, NULL,
     "A sorted copy, along the last axis unless told", NULL,
     ">>> np.sort([3, 1, 2])\narray([1, 2, 3])", "argsort unique"},
    {"sort", NULL, "np", OP_METHOD, sort_method_params, sort_in_place_forward,
     NULL, NULL, "Sorts the array itself", NULL,
     ">>> x = np.array([3, 1, 2])\n>>> x.sort()\n>>> x\narray([1, 2, 3])",
     "argsort"},
    {"argsort", NULL, "np", BOTH, sort_params, sort_forward, NULL, NULL,
     "The positions of the elements in sorted order",
     "With kind='stable' equal elements stay in their order.",
     ">>> np.argsort([30, 10, 20])\narray([1, 2, 0])", "sort argmax"},
    {"lexsort", NULL, "np", OP_FUNCTION, lexsort_params, lexsort_forward, NULL,
     NULL, "The positions that sort by the last key, then by the one before it",
     NULL, ">>> np.lexsort(([1, 0, 2], [5, 5, 1]))\narray([2, 1, 0])",
     "argsort"},
    {"partition", NULL, "np", OP_FUNCTION, partition_params, partition_forward,
     partition_vjp, NULL,
     "A copy with element kth in its sorted place, smaller ones before it",
     NULL, ">>> np.partition([3, 4, 2, 1], 3)\narray([2, 1, 3, 4])",
     "sort argpartition"},
    {"partition", NULL, "np", OP_METHOD, partition_method_params,
     partition_in_place_forward, NULL, NULL,
     "Puts element kth in its sorted place, smaller ones before it", NULL,
     ">>> x = np.array([3, 4, 2, 1])\n>>> x.partition(3)\n>>> x\n"
     "array([2, 1, 3, 4])",
     "sort argpartition"},
    {"argpartition", NULL, "np", BOTH, partition_params, partition_forward,
     NULL, NULL, "The positions of the elements in partitioned order", NULL,
     ">>> np.argpartition([3, 4, 2, 1], 3)\narray([2, 3, 0, 1])",
     "partition argsort"},
    {"searchsorted", NULL, "np", BOTH, searchsorted_params,
     searchsorted_forward, NULL, NULL,
     "Where values belong in a sorted vector", NULL,
     ">>> np.searchsorted([1, 3, 5], [2, 3])\narray([1, 1])",
     "sort digitize"},
    {.name = NULL},
};
