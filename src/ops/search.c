/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where something is true, and putting values there. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "ops/arguments.h"
#include "ops/derive.h"
#include "ops/families.h"
#include "tensor/elementwise.h"
#include "tensor/index.h"
#include "tensor/layout.h"
#include "tensor/masked.h"

static const struct param a_param[] = {{"a", PARAM_TENSOR, 0, NULL},
                                       {NULL, 0, 0, NULL}};

/* ----------------------------------------------------------------- nonzero */

static bool nonzero_forward(const struct op *op, const struct arg *args,
                            struct op_result *ret, struct error *err)
{
    struct tensor *a = args[0].tensor, *found[TENSOR_MAX_DIMS];

    (void)op;
    return tensor_nonzero(a, found, err) &&
           return_items(ret, RESULT_TUPLE, a->ndim ? a->ndim : 1, found);
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

/* The places in A, flattened; owned. */
static struct tensor *flat_places(struct tensor *a, struct error *err)
{
    struct tensor *found;
    struct tensor *flat = tensor_ravel(a, 'C', err);
    bool done = flat && tensor_nonzero(flat, &found, err);

    tensor_unref(flat);
    return done ? found : NULL;
}

static bool flatnonzero_forward(const struct op *op, const struct arg *args,
                                struct op_result *ret, struct error *err)
{
    (void)op;
    return op_return_array(ret, flat_places(args[0].tensor, err));
}

/* ------------------------------------------------------------------- where */

static const struct param where_params[] = {
    {"condition", PARAM_TENSOR, PARAM_POSITIONAL_ONLY, NULL},
    {"x", PARAM_TENSOR, PARAM_POSITIONAL_ONLY, "None"},
    {"y", PARAM_TENSOR, PARAM_POSITIONAL_ONLY, "None"},
    {NULL, 0, 0, NULL}};
static const struct param extract_params[] = {
    {"condition", PARAM_TENSOR, 0, NULL},
    {"arr", PARAM_TENSOR, 0, NULL},
    {NULL, 0, 0, NULL}};
static const struct param select_params[] = {
    {"condlist", PARAM_TENSORS, 0, NULL},
    {"choicelist", PARAM_TENSORS, 0, NULL},
    {"default", PARAM_TENSOR, 0, "0"},
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

static bool extract_forward(const struct op *op, const struct arg *args,
                            struct op_result *ret, struct error *err)
{
    struct tensor *places = flat_places(args[0].tensor, err);
    struct tensor *line =
        places ? tensor_ravel(args[1].tensor, 'C', err) : NULL;
    struct tensor *result = line ? tensor_take(line, places, 0, err) : NULL;

    (void)op;
    tensor_unref(places);
    tensor_unref(line);
    return op_return_array(ret, result);
}

static bool fit_together(const struct arg *arrays, struct error *err)
{
    int64_t shape[TENSOR_MAX_DIMS];
    int ndim;

    return tensor_broadcast_objects(arrays->tensors.count,
                                    arrays->tensors.items, &ndim, shape, err);
}

static bool check_conditions(const struct arg *conditions,
                             const struct arg *choices, struct error *err)
{
    if (conditions->tensors.count != choices->tensors.count)
        return error_set(err, ERROR_VALUE,
                         "list of cases must be same length as list of "
                         "conditions");
    if (conditions->tensors.count == 0)
        return error_set(err, ERROR_VALUE,
                         "select with an empty condition list is not possible");
    if (!fit_together(conditions, err) || !fit_together(choices, err))
        return false;
    for (int i = 0; i < conditions->tensors.count; i++)
        if (conditions->tensors.items[i]->dtype != DTYPE_BOOL)
            return error_set(err, ERROR_TYPE,
                             "invalid entry %d in condlist: should be boolean "
                             "ndarray",
                             i);
    return true;
}

/* ALL: the conditions, then the choices, then the default. */
static struct tensor *selected(int count, struct tensor *const *all,
                               struct error *err)
{
    int64_t shape[TENSOR_MAX_DIMS];
    int ndim;

    if (!tensor_broadcast_shapes(2 * count, all, &ndim, shape, err))
        return NULL;
    enum dtype dtype = tensor_result_type(count + 1, all + count);
    struct tensor *result = tensor_new(dtype, ndim, shape, err);
    bool done = result && tensor_assign(result, all[2 * count], err);
    for (int i = count; done && i-- > 0;) /* the first one that holds wins */
        done = tensor_assign_where(result, all[count + i], all[i], err);
    if (done)
        return result;
    tensor_unref(result);
    return NULL;
}

static bool select_forward(const struct op *op, const struct arg *args,
                           struct op_result *ret, struct error *err)
{
    int count = args[0].tensors.count;

    (void)op;
    if (!check_conditions(&args[0], &args[1], err))
        return false;
    struct tensor **all = xcalloc(2 * (size_t)count + 1, sizeof *all);
    for (int i = 0; i < count; i++) {
        all[i] = args[0].tensors.items[i];
        all[count + i] = args[1].tensors.items[i];
    }
    all[2 * count] = args[2].given
                         ? tensor_ref(args[2].tensor)
                         : tensor_from_scalar(scalar_from_int(0), err);
    struct tensor *result =
        all[2 * count] ? selected(count, all, err) : NULL;
    tensor_unref(all[2 * count]);
    free(all);
    return op_return_array(ret, result);
}

/* ----------------------------------------------------- putting values there */

static const struct param place_params[] = {
    {"arr", PARAM_TENSOR, PARAM_WRITTEN, NULL},
    {"mask", PARAM_TENSOR, 0, NULL},
    {"vals", PARAM_TENSOR, 0, NULL},
    {NULL, 0, 0, NULL}};
static const struct param putmask_params[] = {
    {"a", PARAM_TENSOR, PARAM_WRITTEN, NULL},
    {"mask", PARAM_TENSOR, 0, NULL},
    {"values", PARAM_TENSOR, 0, NULL},
    {NULL, 0, 0, NULL}};
static const struct param copyto_params[] = {
    {"dst", PARAM_TENSOR, PARAM_WRITTEN, NULL},
    {"src", PARAM_TENSOR, 0, NULL},
    {"casting", PARAM_STRING, 0, "'same_kind'"},
    {"where", PARAM_TENSOR, 0, "None"},
    {NULL, 0, 0, NULL}};

/* Writes VALUES, over and over, into A where MASK holds: the next value for
   each true place (COMPACT), or the value at the same place. */
static bool put_where(struct tensor *a, struct tensor *mask,
                      struct tensor *values, bool compact, struct error *err)
{
    struct tensor *places = flat_places(mask, err);
    int64_t *at = places ? (int64_t *)places->data : NULL;
    struct tensor *own = at ? tensor_astype(values, a->dtype, err) : NULL;
    size_t size = dtype_size(a->dtype);

    for (int64_t i = 0; own && own->size && i < places->size; i++) {
        char *to = a->data;
        int64_t left = at[i], from = compact ? i : at[i];
        for (int axis = a->ndim; axis-- > 0;) {
            to += left % a->shape[axis] * a->strides[axis];
            left /= a->shape[axis];
        }
        memcpy(to, own->data + (size_t)(from % own->size) * size, size);
    }
    bool done = own != NULL;
    tensor_unref(places);
    tensor_unref(own);
    return done;
}

/* place and putmask: the row's data says which. */
static bool place_forward(const struct op *op, const struct arg *args,
                          struct op_result *ret, struct error *err)
{
    struct tensor *a = args[0].tensor;
    bool compact = op->data != NULL;

    if (a->readonly)
        return error_set(err, ERROR_VALUE,
                         compact ? "WRITEBACKIFCOPY base is read-only"
                                 : "putmask: output array is read-only");
    if (args[1].tensor->size != a->size)
        return error_set(err, ERROR_VALUE,
                         compact ? "place: mask and data must be the same size"
                                 : "putmask: mask and data must be the same "
                                   "size");
    if (args[2].array && /* numbers and lists convert as int() does */
        !check_cast(args[2].tensor, a->dtype, CASTING_SAFE, err))
        return false;
    if (compact && args[2].tensor->size == 0)
        return error_set(err, ERROR_VALUE,
                         "Cannot insert from an empty array!");
    return put_where(a, args[1].tensor, args[2].tensor, compact, err) &&
           op_return_none(ret);
}

static bool copyto_forward(const struct op *op, const struct arg *args,
                           struct op_result *ret, struct error *err)
{
    struct tensor *dst = args[0].tensor, *src = args[1].tensor;
    enum casting casting = CASTING_SAME_KIND;

    (void)op;
    if (*args[2].string && !casting_from(&args[2], &casting, err))
        return false;
    if (!check_cast(src, dst->dtype, casting, err))
        return false;
    bool done = args[3].given
                    ? tensor_assign_where(dst, src, args[3].tensor, err)
                    : tensor_assign(dst, src, err);
    return done && op_return_none(ret);
}

#define BOTH (OP_FUNCTION | OP_METHOD)

const struct op search_ops[] = {
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
    {"where", NULL, "np", OP_FUNCTION, where_params, where_forward, where_vjp, NULL,
     "x where the condition holds, y elsewhere", NULL,
     ">>> x = np.array([-1, 2, -3])\n"
     ">>> np.where(x > 0, x, 0)\narray([0, 2, 0])",
     "nonzero clip select"},
    {"extract", NULL, "np", OP_FUNCTION, extract_params, extract_forward, vjp_moved,
     NULL, "The elements for which the condition holds, in one axis", NULL,
     ">>> x = np.arange(6)\n>>> np.extract(x % 2 == 0, x)\narray([0, 2, 4])",
     "compress place where"},
    {"select", NULL, "np", OP_FUNCTION, select_params, select_forward, vjp_moved,
     NULL, "From several arrays, by the first condition that holds", NULL,
     ">>> x = np.arange(6)\n"
     ">>> np.select([x < 2, x > 3], [x, x**2], 42)\n"
     "array([ 0,  1, 42, 42, 16, 25])",
     "where choose"},
    {"place", NULL, "np", OP_FUNCTION, place_params, place_forward, NULL, "c",
     "Puts the next of vals wherever the mask holds", NULL,
     ">>> x = np.arange(6)\n>>> np.place(x, x > 2, [44, 55])\n>>> x\n"
     "array([ 0,  1,  2, 44, 55, 44])",
     "putmask copyto extract"},
    {"putmask", NULL, "np", OP_FUNCTION, putmask_params, place_forward, NULL,
     NULL, "Puts the value at the same place wherever the mask holds", NULL,
     ">>> x = np.arange(6)\n>>> np.putmask(x, x > 2, [44, 55])\n>>> x\n"
     "array([ 0,  1,  2, 55, 44, 55])",
     "place copyto"},
    {"copyto", NULL, "np", OP_FUNCTION, copyto_params, copyto_forward, NULL,
     NULL, "Copies values into an array, where the condition holds", NULL,
     ">>> x = np.zeros(3)\n>>> np.copyto(x, [1, 2, 3], where=[True, False, "
     "True])\n>>> x\narray([1., 0., 3.])",
     "putmask place"},
    {.name = NULL},
};
