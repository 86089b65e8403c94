/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Elements by their positions: taken, put, chosen. */
#include "ops/derive.h"
#include "ops/pick.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "ops/arguments.h"
#include "ops/families.h"
#include "tensor/index.h"
#include "tensor/masked.h"

/* --------------------------------------------------------------- take, put */

static const struct param take_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"indices", PARAM_TENSOR, 0, NULL},
    {"axis", PARAM_INT, 0, "None"},
    {"out", PARAM_TENSOR, 0, "None"},
    {"mode", PARAM_STRING, 0, "'raise'"},
    {NULL, 0, 0, NULL}};
static const struct param put_params[] = {
    {"a", PARAM_TENSOR, PARAM_WRITTEN, NULL},
    {"ind", PARAM_TENSOR, 0, NULL},
    {"v", PARAM_TENSOR, 0, NULL},
    {"mode", PARAM_STRING, 0, "'raise'"},
    {NULL, 0, 0, NULL}};

/* INDICES for an axis of LENGTH, brought inside unless mode is 'raise'. */
static struct tensor *indices_by_mode(struct tensor *indices, int64_t length,
                                      const struct arg *mode_given,
                                      struct error *err)
{
    const char *mode;
    struct tensor *whole = mode_from(mode_given, &mode, err)
                               ? integers_from(indices, err)
                               : NULL;

    if (!whole || !strcmp(mode, "raise"))
        return whole;
    struct tensor *inside = tensor_copy(whole, err);
    tensor_unref(whole);
    for (int64_t i = 0; inside && i < inside->size; i++)
        index_by_mode((int64_t *)inside->data + i, length, mode);
    return inside;
}

static bool take_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    int axis;
    struct tensor *a = vector_along(args[0].tensor, &args[2], &axis, err);
    if (a && a->shape[axis] == 0 && args[1].tensor->size > 0) {
        tensor_unref(a);
        return error_set(err, ERROR_INDEX,
                         "cannot do a non-empty take from an empty axes.");
    }
    struct tensor *indices =
        a ? indices_by_mode(args[1].tensor, a->shape[axis], &args[4], err)
          : NULL;
    struct tensor *result =
        indices ? tensor_take(a, indices, axis, err) : NULL;

    (void)op;
    tensor_unref(a);
    tensor_unref(indices);
    return op_return_into(ret, result, &args[3], err);
}

/* Where the FLAT-th element of A in C order lies. */
static char *element_at(const struct tensor *a, int64_t flat)
{
    char *at = a->data;

    for (int axis = a->ndim; axis-- > 0;) {
        at += flat % a->shape[axis] * a->strides[axis];
        flat /= a->shape[axis];
    }
    return at;
}

static bool put_forward(const struct op *op, const struct arg *args,
                        struct op_result *ret, struct error *err)
{
    struct tensor *a = args[0].tensor, *v = args[2].tensor;
    bool done = true;

    (void)op;
    if (a->readonly)
        return error_set(err, ERROR_VALUE,
                         "assignment destination is read-only");
    struct tensor *indices =
        indices_by_mode(args[1].tensor, a->size, &args[3], err);
    for (int64_t i = 0; indices && v->size && done && i < indices->size; i++) {
        int64_t at = ((const int64_t *)indices->data)[i];
        done = (at >= -a->size && at < a->size) ||
               error_set(err, ERROR_INDEX,
                         "index %lld is out of bounds for axis 0 with size "
                         "%lld",
                         (long long)at, (long long)a->size);
        if (done)
            scalar_store(tensor_item_at(v, i % v->size), a->dtype,
                         element_at(a, at < 0 ? at + a->size : at));
    }
    done = done && indices;
    tensor_unref(indices);
    return done && op_return_none(ret);
}

/* -------------------------------------------------------------- along an axis */

static const struct param take_along_params[] = {
    {"arr", PARAM_TENSOR, 0, NULL},
    {"indices", PARAM_TENSOR, 0, NULL},
    {"axis", PARAM_INT, PARAM_OR_NONE, NULL},
    {NULL, 0, 0, NULL}};
static const struct param put_along_params[] = {
    {"arr", PARAM_TENSOR, PARAM_WRITTEN, NULL},
    {"indices", PARAM_TENSOR, 0, NULL},
    {"values", PARAM_TENSOR, 0, NULL},
    {"axis", PARAM_INT, PARAM_OR_NONE, NULL},
    {NULL, 0, 0, NULL}};

/* 0 1 2 … for an axis, shaped to run along it. */
static struct tensor *own_places(int64_t length, int axis, int ndim,
                                 struct error *err)
{
    int64_t shape[TENSOR_MAX_DIMS];

    for (int i = 0; i < ndim; i++)
        shape[i] = i == axis ? length : 1;
    struct tensor *places = tensor_new(DTYPE_INT64, ndim, shape, err);
    for (int64_t i = 0; places && i < length; i++)
        ((int64_t *)places->data)[i] = i;
    return places;
}

/* The index that stands for "A along AXIS at INDICES"; its arrays are owned
   by the caller, NULL behind the last one that could be made. */
static bool along(const struct tensor *a, struct tensor *indices, int axis,
                  struct index *list, struct error *err)
{
    bool done = true;

    memset(list, 0, (size_t)a->ndim * sizeof *list);
    if (dtype_is_float(indices->dtype))
        return error_set(err, ERROR_INDEX, "`indices` must be an integer array");
    if (indices->ndim != a->ndim)
        return error_set(err, ERROR_VALUE,
                         "`indices` and `arr` must have the same number of "
                         "dimensions");
    for (int i = 0; done && i < a->ndim; i++) {
        list[i].kind = INDEX_ARRAY;
        list[i].array = i == axis
                            ? tensor_astype(indices, DTYPE_INT64, err)
                            : own_places(a->shape[i], i, a->ndim, err);
        done = list[i].array != NULL;
    }
    return done;
}

static void along_done(const struct tensor *a, struct index *list)
{
    for (int i = 0; i < a->ndim; i++)
        tensor_unref(list[i].array);
}

struct tensor *take_along(struct tensor *a, struct tensor *indices, int axis,
                          struct error *err)
{
    struct index list[TENSOR_MAX_DIMS];
    struct tensor *result = NULL;

    if (along(a, indices, axis, list, err))
        result = tensor_get(a, a->ndim, list, NULL, err);
    along_done(a, list);
    return result;
}

/* The axis must be said, be it as None. */
static bool check_axis(const struct op *op, const struct arg *axis,
                       const struct tensor *indices, struct error *err)
{
    (void)op;
    return axis->given || indices->ndim == 1 ||
           error_set(err, ERROR_VALUE,
                     "when axis=None, `indices` must have a single dimension.");
}

static bool take_along_forward(const struct op *op, const struct arg *args,
                               struct op_result *ret, struct error *err)
{
    int axis;

    if (!check_axis(op, &args[2], args[1].tensor, err))
        return false;
    struct tensor *a = vector_along(args[0].tensor, &args[2], &axis, err);
    struct tensor *result =
        a ? take_along(a, args[1].tensor, axis, err) : NULL;
    tensor_unref(a);
    return op_return_array(ret, result);
}

static bool put_along_forward(const struct op *op, const struct arg *args,
                              struct op_result *ret, struct error *err)
{
    struct index list[TENSOR_MAX_DIMS];
    int axis;

    if (!check_axis(op, &args[3], args[1].tensor, err))
        return false;
    struct tensor *a = vector_along(args[0].tensor, &args[3], &axis, err);
    if (!a)
        return false;
    bool done = along(a, args[1].tensor, axis, list, err) &&
                tensor_set(a, a->ndim, list, args[2].tensor, err);
    along_done(a, list);
    tensor_unref(a);
    return done && op_return_none(ret);
}

/* -------------------------------------------------------- choose, compress */

static const struct param choose_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"choices", PARAM_TENSORS, 0, NULL},
    {"out", PARAM_TENSOR, 0, "None"},
    {"mode", PARAM_STRING, 0, "'raise'"},
    {NULL, 0, 0, NULL}};
static const struct param compress_params[] = {
    {"condition", PARAM_TENSOR, 0, NULL},
    {"a", PARAM_TENSOR, 0, NULL},
    {"axis", PARAM_INT, 0, "None"},
    {"out", PARAM_TENSOR, 0, "None"},
    {NULL, 0, 0, NULL}};
static const struct param compress_method_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"condition", PARAM_TENSOR, 0, NULL},
    {"axis", PARAM_INT, 0, "None"},
    {"out", PARAM_TENSOR, 0, "None"},
    {NULL, 0, 0, NULL}};

/* result[i] = choices[which[i]][i]; all broadcast to the result. */
static struct tensor *chosen(struct tensor *which, const struct arg *choices,
                             struct error *err)
{
    int count = choices->tensors.count, ndim;
    int64_t shape[TENSOR_MAX_DIMS];
    struct tensor **all = xcalloc((size_t)count + 1, sizeof *all);

    memcpy(all, choices->tensors.items, (size_t)count * sizeof *all);
    all[count] = which;
    enum dtype dtype = all[0]->dtype;
    for (int i = 1; i < count; i++)
        dtype = dtype_promote(dtype, all[i]->dtype);
    struct tensor *result =
        tensor_broadcast_objects(count + 1, all, &ndim, shape, err)
            ? tensor_new(dtype, ndim, shape, err)
            : NULL;
    bool done = result != NULL;
    for (int i = 0; done && i < count; i++) {
        struct tensor *mask = tensor_new_like(which, DTYPE_BOOL, err);
        for (int64_t k = 0; mask && k < which->size; k++)
            mask->data[k] = ((const int64_t *)which->data)[k] == i;
        done = mask && tensor_assign_where(result, all[i], mask, err);
        tensor_unref(mask);
    }
    free(all);
    if (done)
        return result;
    tensor_unref(result);
    return NULL;
}

/* The indices are looked at after all shapes. */
static bool check_choices(struct tensor *which, const struct arg *choices,
                          const struct arg *mode, struct error *err)
{
    int count = choices->tensors.count, ndim;
    int64_t shape[TENSOR_MAX_DIMS];
    const char *name;

    if (!mode_from(mode, &name, err))
        return false;
    struct tensor **all = xcalloc((size_t)count + 1, sizeof *all);
    memcpy(all, choices->tensors.items, (size_t)count * sizeof *all);
    all[count] = which;
    bool fit = check_cast(which, DTYPE_INT64, CASTING_SAFE, err) &&
               tensor_broadcast_objects(count + 1, all, &ndim, shape, err);
    free(all);
    return fit;
}

static bool choose_forward(const struct op *op, const struct arg *args,
                           struct op_result *ret, struct error *err)
{
    int count = args[1].tensors.count;
    bool inside = true;

    (void)op;
    if (count == 0)
        return error_set(err, ERROR_VALUE, "choose() needs choices");
    if (!check_choices(args[0].tensor, &args[1], &args[3], err))
        return false;
    struct tensor *which =
        indices_by_mode(args[0].tensor, count, &args[3], err);
    for (int64_t k = 0; which && inside && k < which->size; k++) {
        int64_t at = ((const int64_t *)which->data)[k];
        inside = at >= 0 && at < count;
    }
    if (!inside)
        error_set(err, ERROR_VALUE, "invalid entry in choice array");
    struct tensor *result =
        which && inside ? chosen(which, &args[1], err) : NULL;
    tensor_unref(which);
    return op_return_into(ret, result, &args[2], err);
}

/* The row's data says which argument comes first. */
static bool compress_forward(const struct op *op, const struct arg *args,
                             struct op_result *ret, struct error *err)
{
    bool method = op->data != NULL;
    struct tensor *condition = args[method ? 1 : 0].tensor, *places = NULL;
    int axis;

    if (condition->ndim != 1)
        return error_set(err, ERROR_VALUE, "condition must be a 1-d array");
    struct tensor *a =
        vector_along(args[method ? 0 : 1].tensor, &args[2], &axis, err);
    struct tensor *result = NULL;
    if (a && tensor_nonzero(condition, &places, err))
        result = tensor_take(a, places, axis, err);
    tensor_unref(places);
    tensor_unref(a);
    return op_return_into(ret, result, &args[3], err);
}

#define BOTH (OP_FUNCTION | OP_METHOD)

const struct op pick_ops[] = {
    {"take", NULL, "np", BOTH, take_params, take_forward, vjp_moved, NULL,
     "Elements by their positions, along an axis or flattened",
     "mode says what becomes of positions outside: 'raise' an error, 'wrap' "
     "round, 'clip' to the last one.",
     ">>> np.take([10, 20, 30], [2, 0])\narray([30, 10])", "where put"},
    {"put", NULL, "np", BOTH, put_params, put_forward, NULL, NULL,
     "Sets elements by their positions in the flattened array", NULL,
     ">>> x = np.arange(4)\n>>> np.put(x, [0, 2], [-44, -55])\n>>> x\n"
     "array([-44,   1, -55,   3])",
     "take place"},
    {"take_along_axis", NULL, "np", OP_FUNCTION, take_along_params,
     take_along_forward, vjp_moved, NULL,
     "Elements by positions along an axis, as argsort gives them", NULL,
     ">>> x = np.array([[30, 10, 20]])\n"
     ">>> np.take_along_axis(x, np.argsort(x, axis=1), axis=1)\n"
     "array([[10, 20, 30]])",
     "argsort put_along_axis"},
    {"put_along_axis", NULL, "np", OP_FUNCTION, put_along_params,
     put_along_forward, NULL, NULL,
     "Sets elements by positions along an axis", NULL,
     ">>> x = np.array([[30, 10, 20]])\n"
     ">>> np.put_along_axis(x, np.array([[1]]), 99, axis=1)\n>>> x\n"
     "array([[30, 99, 20]])",
     "take_along_axis"},
    {"choose", NULL, "np", BOTH, choose_params, choose_forward, vjp_moved, NULL,
     "From several arrays, by the number of the array for each place", NULL,
     ">>> np.choose([1, 0], [[1, 2], [3, 4]])\narray([3, 2])",
     "select where"},
    {"compress", NULL, "np", OP_FUNCTION, compress_params, compress_forward,
     vjp_moved, NULL, "The slices of an axis for which a condition holds", NULL,
     ">>> np.compress([False, True], [[1, 2], [3, 4]], axis=0)\n"
     "array([[3, 4]])",
     "extract take"},
    {"compress", NULL, "np", OP_METHOD, compress_method_params,
     compress_forward, vjp_moved, "m",
     "The slices of an axis for which a condition holds", NULL,
     ">>> np.array([[1, 2], [3, 4]]).compress([False, True], axis=1)\n"
     "array([[2],\n       [4]])",
     "extract take"},
    {.name = NULL},
};
