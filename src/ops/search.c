/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sorting, finding, picking. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "ops/families.h"
#include "tensor/elementwise.h"
#include "tensor/index.h"
#include "tensor/sort.h"

static const struct param a_param[] = {{"a", PARAM_TENSOR, 0, NULL},
                                       {NULL, 0, 0, NULL}};
static const struct param sort_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"axis", PARAM_INT, 0, "-1"},
    {"kind", PARAM_STRING, 0, "None"}, /* ours is stable, whatever is asked */
    {NULL, 0, 0, NULL}};

/* Along the axis; flattened when that is None. */
static struct tensor *sorted(const struct arg *args, bool indices,
                             struct error *err)
{
    struct tensor *a = args[0].tensor;
    int64_t all = -1;
    int axis;

    if (args[1].given)
        return tensor_normalize_axis(args[1].integer, a->ndim, &axis, err)
                   ? tensor_sort(a, axis, indices, err)
                   : NULL;
    struct tensor *flat = tensor_reshape(a, 1, &all, 'C', err);
    struct tensor *result =
        flat ? tensor_sort(flat, 0, indices, err) : NULL;
    tensor_unref(flat);
    return result;
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
    struct tensor *order = sorted(args, false, err);
    bool done = order && tensor_assign(args[0].tensor, order, err);

    (void)op;
    tensor_unref(order);
    return done && op_return_none(ret);
}

static const struct param searchsorted_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"v", PARAM_TENSOR, 0, NULL},
    {"side", PARAM_STRING, 0, "'left'"},
    {NULL, 0, 0, NULL}};

static bool searchsorted_forward(const struct op *op, const struct arg *args,
                                 struct op_result *ret, struct error *err)
{
    const char *side = args[2].string;

    (void)op;
    if (args[0].tensor->ndim != 1)
        return error_set(err, ERROR_VALUE, "object of too small depth for "
                                           "desired array");
    if (*side && strcmp(side, "left") && strcmp(side, "right"))
        return error_set(err, ERROR_VALUE,
                         "search side must be 'left' or 'right' (got '%s')",
                         side);
    return op_return_tensor(ret, tensor_searchsorted(args[0].tensor,
                                                     args[1].tensor,
                                                     !strcmp(side, "right"),
                                                     err));
}

static bool nonzero_forward(const struct op *op, const struct arg *args,
                            struct op_result *ret, struct error *err)
{
    struct tensor *a = args[0].tensor;
    int count = a->ndim ? a->ndim : 1;

    (void)op;
    *ret = (struct op_result){.form = RESULT_TUPLE, .count = count};
    ret->items = xcalloc((size_t)count, sizeof *ret->items);
    return tensor_nonzero(a, ret->items, err);
}

static bool argwhere_forward(const struct op *op, const struct arg *args,
                             struct op_result *ret, struct error *err)
{
    struct tensor *a = args[0].tensor, *found[TENSOR_MAX_DIMS];

    (void)op;
    if (!tensor_nonzero(a, found, err))
        return false;
    int axes = a->ndim ? a->ndim : 1;
    int64_t shape[2] = {found[0]->size, a->ndim};
    struct tensor *result = tensor_new(DTYPE_INT64, 2, shape, err);
    for (int axis = 0; axis < axes; axis++) {
        for (int64_t i = 0; result && a->ndim && i < shape[0]; i++)
            ((int64_t *)result->data)[i * a->ndim + axis] =
                ((int64_t *)found[axis]->data)[i];
        tensor_unref(found[axis]);
    }
    return op_return_array(ret, result);
}

static bool flatnonzero_forward(const struct op *op, const struct arg *args,
                                struct op_result *ret, struct error *err)
{
    struct tensor *found;
    int64_t all = -1;
    struct tensor *flat = tensor_reshape(args[0].tensor, 1, &all, 'C', err);
    bool done = flat && tensor_nonzero(flat, &found, err);

    (void)op;
    tensor_unref(flat);
    return done && op_return_array(ret, found);
}

static const struct param where_params[] = {
    {"condition", PARAM_TENSOR, 0, NULL},
    {"x", PARAM_TENSOR, 0, "None"},
    {"y", PARAM_TENSOR, 0, "None"},
    {NULL, 0, 0, NULL}};

static bool where_forward(const struct op *op, const struct arg *args,
                          struct op_result *ret, struct error *err)
{
    if (args[1].given != args[2].given)
        return error_set(err, ERROR_VALUE,
                         "either both or neither of x and y should be given");
    if (!args[1].given)
        return nonzero_forward(op, args, ret, err);
    return op_return_array(ret, tensor_where(args[0].tensor, args[1].tensor,
                                             args[2].tensor, err));
}

static const struct param take_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"indices", PARAM_TENSOR, 0, NULL},
    {"axis", PARAM_INT, 0, "None"},
    {NULL, 0, 0, NULL}};

static bool take_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    int axis = 0;
    int64_t all = -1;

    (void)op;
    if (args[2].given && !tensor_normalize_axis(args[2].integer,
                                                args[0].tensor->ndim, &axis,
                                                err))
        return false;
    if (dtype_is_float(args[1].tensor->dtype))
        return error_set(err, ERROR_TYPE,
                         "Cannot cast array data from dtype('%s') to "
                         "dtype('int64') according to the rule 'safe'",
                         dtype_name(args[1].tensor->dtype));
    struct tensor *a = args[2].given
                           ? tensor_ref(args[0].tensor)
                           : tensor_reshape(args[0].tensor, 1, &all, 'C', err);
    struct tensor *indices =
        a ? tensor_astype(args[1].tensor, DTYPE_INT64, err) : NULL;
    struct tensor *result = indices ? tensor_take(a, indices, axis, err) : NULL;
    tensor_unref(a);
    tensor_unref(indices);
    return op_return_tensor(ret, result);
}

static const struct param unique_params[] = {
    {"ar", PARAM_TENSOR, 0, NULL},
    {"return_index", PARAM_BOOL, 0, "False"},
    {"return_inverse", PARAM_BOOL, 0, "False"},
    {"return_counts", PARAM_BOOL, 0, "False"},
    {NULL, 0, 0, NULL}};

static bool same_element(const struct tensor *line, int64_t i, int64_t j)
{
    size_t size = dtype_size(line->dtype);
    struct scalar a = scalar_load(line->dtype, line->data + i * (int64_t)size);
    struct scalar b = scalar_load(line->dtype, line->data + j * (int64_t)size);

    if (!dtype_is_float(line->dtype))
        return a.i == b.i;
    return a.f == b.f || (a.f != a.f && b.f != b.f);
}

/* ORDER sorts LINE.  Where the different values begin in that order, how
   often each occurs, and for each element which value it is. */
static bool group(const struct tensor *line, const struct tensor *order,
                  struct tensor **first, struct tensor **inverse,
                  struct tensor **counts, struct error *err)
{
    const int64_t *at = (const int64_t *)order->data;
    int64_t n = line->size, groups = 0;

    for (int64_t i = 0; i < n; i++)
        groups += i == 0 || !same_element(line, at[i - 1], at[i]);
    *first = tensor_new(DTYPE_INT64, 1, &groups, err);
    *counts = *first ? tensor_zeros(DTYPE_INT64, 1, &groups, err) : NULL;
    *inverse = *counts ? tensor_new(DTYPE_INT64, 1, &n, err) : NULL;
    if (!*inverse)
        return false;
    int64_t value = -1;
    for (int64_t i = 0; i < n; i++) {
        if (i == 0 || !same_element(line, at[i - 1], at[i]))
            ((int64_t *)(*first)->data)[++value] = at[i];
        ((int64_t *)(*counts)->data)[value]++;
        ((int64_t *)(*inverse)->data)[at[i]] = value;
    }
    return true;
}

static bool unique_forward(const struct op *op, const struct arg *args,
                           struct op_result *ret, struct error *err)
{
    int64_t all = -1;
    struct tensor *parts[3] = {NULL, NULL, NULL}; /* first, inverse, counts */
    struct tensor *flat = tensor_reshape(args[0].tensor, 1, &all, 'C', err);
    struct tensor *line =
        flat ? tensor_contiguous(flat, flat->dtype, err) : NULL;
    struct tensor *order = line ? tensor_sort(line, 0, true, err) : NULL;
    struct tensor *values = NULL;

    (void)op;
    if (order && group(line, order, &parts[0], &parts[1], &parts[2], err))
        values = tensor_take(line, parts[0], 0, err);
    tensor_unref(flat);
    tensor_unref(line);
    tensor_unref(order);
    int extra = 0;
    for (int i = 0; i < 3; i++)
        extra += args[i + 1].flag;
    bool done = values != NULL;
    if (done && !extra) {
        op_return_array(ret, values);
    } else if (done) {
        *ret = (struct op_result){.form = RESULT_TUPLE};
        ret->items = xcalloc((size_t)extra + 1, sizeof *ret->items);
        ret->items[ret->count++] = values;
        for (int i = 0; i < 3; i++)
            if (args[i + 1].flag)
                ret->items[ret->count++] = tensor_ref(parts[i]);
    }
    for (int i = 0; i < 3; i++)
        tensor_unref(parts[i]);
    return done;
}

static const struct param bincount_params[] = {
    {"x", PARAM_TENSOR, 0, NULL},
    {"minlength", PARAM_INT, 0, "0"},
    {NULL, 0, 0, NULL}};

static bool bincount_forward(const struct op *op, const struct arg *args,
                             struct op_result *ret, struct error *err)
{
    struct tensor *x = args[0].tensor;
    int64_t length = args[1].integer;

    (void)op;
    if (x->ndim != 1)
        return error_set(err, ERROR_VALUE, "object too deep for desired array");
    if (dtype_is_float(x->dtype) && x->size)
        return error_set(err, ERROR_TYPE,
                         "Cannot cast array data from dtype('%s') to "
                         "dtype('int64') according to the rule 'safe'",
                         dtype_name(x->dtype));
    for (int64_t i = 0; i < x->size; i++) {
        int64_t value = scalar_to_int(tensor_item_at(x, i));
        if (value < 0)
            return error_set(err, ERROR_VALUE,
                             "'list' argument must have no negative elements");
        if (value >= length)
            length = value + 1;
    }
    struct tensor *result = tensor_zeros(DTYPE_INT64, 1, &length, err);
    for (int64_t i = 0; result && i < x->size; i++)
        ((int64_t *)result->data)[scalar_to_int(tensor_item_at(x, i))]++;
    return op_return_array(ret, result);
}

#define BOTH (OP_FUNCTION | OP_METHOD)

const struct op search_ops[] = {
    {"sort", NULL, "np", OP_FUNCTION, sort_params, sort_forward, NULL, NULL,
     "A sorted copy, along the last axis unless told", NULL,
     ">>> np.sort([3, 1, 2])\narray([1, 2, 3])", "argsort unique"},
    {"sort", NULL, "np", OP_METHOD, sort_params, sort_in_place_forward, NULL,
     NULL, "Sorts the array itself", NULL,
     ">>> x = np.array([3, 1, 2])\n>>> x.sort()\n>>> x\narray([1, 2, 3])",
     "argsort"},
    {"argsort", NULL, "np", BOTH, sort_params, sort_forward, NULL, NULL,
     "The positions of the elements in sorted order", NULL,
     ">>> np.argsort([30, 10, 20])\narray([1, 2, 0])", "sort argmax"},
    {"searchsorted", NULL, "np", BOTH, searchsorted_params,
     searchsorted_forward, NULL, NULL,
     "Where values belong in a sorted vector", NULL,
     ">>> np.searchsorted([1, 3, 5], [2, 3])\narray([1, 1])", "sort"},
    {"unique", NULL, "np", OP_FUNCTION, unique_params, unique_forward, NULL,
     NULL, "The different values, sorted", NULL,
     ">>> np.unique([3, 1, 3])\narray([1, 3])\n"
     ">>> np.unique([3, 1, 3], return_counts=True)\n"
     "(array([1, 3]), array([1, 2]))",
     "sort bincount"},
    {"nonzero", NULL, "np", BOTH, a_param, nonzero_forward, NULL, NULL,
     "The positions of the elements that are not zero, one array an axis",
     NULL, ">>> np.nonzero([0, 5, 0, 7])\n(array([1, 3]),)",
     "where argwhere flatnonzero"},
    {"argwhere", NULL, "np", OP_FUNCTION, a_param, argwhere_forward, NULL,
     NULL, "The positions of the elements that are not zero, one row each",
     NULL, ">>> np.argwhere([[0, 5], [7, 0]])\narray([[0, 1],\n       [1, 0]])",
     "nonzero"},
    {"flatnonzero", NULL, "np", OP_FUNCTION, a_param, flatnonzero_forward,
     NULL, NULL, "The positions that are not zero in the flattened array",
     NULL, ">>> np.flatnonzero([[0, 5], [7, 0]])\narray([1, 2])", "nonzero"},
    {"where", NULL, "np", OP_FUNCTION, where_params, where_forward, NULL, NULL,
     "x where the condition holds, y elsewhere", NULL,
     ">>> x = np.array([-1, 2, -3])\n"
     ">>> np.where(x > 0, x, 0)\narray([0, 2, 0])",
     "nonzero clip"},
    {"take", NULL, "np", BOTH, take_params, take_forward, NULL, NULL,
     "Elements by their positions, along an axis or flattened", NULL,
     ">>> np.take([10, 20, 30], [2, 0])\narray([30, 10])", "where"},
    {"bincount", NULL, "np", OP_FUNCTION, bincount_params, bincount_forward,
     NULL, NULL, "How often each of 0, 1, 2 … occurs", NULL,
     ">>> np.bincount([0, 1, 1, 3])\narray([1, 2, 0, 1])", "unique"},
    {.name = NULL},
};
