/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arrays made longer and shorter: repeated, inserted into, cut. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "ops/arguments.h"
#include "ops/derive.h"
#include "ops/families.h"
#include "tensor/join.h"
#include "tensor/layout.h"
#include "tensor/sort.h"

/* ---------------------------------------------------------------- repeated */

static const struct param tile_params[] = {{"A", PARAM_TENSOR, 0, NULL},
                                           {"reps", PARAM_DIMS, 0, NULL},
                                           {NULL, 0, 0, NULL}};
static const struct param repeat_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"repeats", PARAM_DIMS, 0, NULL},
    {"axis", PARAM_INT, 0, "None"},
    {NULL, 0, 0, NULL}};
static const struct param resize_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"new_shape", PARAM_DIMS, 0, NULL},
    {NULL, 0, 0, NULL}};
static const struct param resize_method_params[] = {
    {"a", PARAM_TENSOR, PARAM_WRITTEN, NULL},
    {"new_shape", PARAM_DIMS, PARAM_SPREAD, NULL},
    {"refcheck", PARAM_BOOL, PARAM_KEYWORD_ONLY, "True"},
    {NULL, 0, 0, NULL}};

/* A repeated COUNT times along AXIS; takes A. */
static struct tensor *tile_axis(struct tensor *a, int axis, int64_t count,
                                struct error *err)
{
    int64_t shape[TENSOR_MAX_DIMS];

    memcpy(shape, a->shape, (size_t)a->ndim * sizeof *shape);
    if (!size_multiply(shape[axis], count, &shape[axis])) {
        tensor_unref(a);
        return error_null(err, ERROR_VALUE, "Maximum allowed size exceeded");
    }
    struct tensor *result = tensor_new(a->dtype, a->ndim, shape, err);
    for (int64_t i = 0; result && i < count; i++) {
        int64_t length = a->shape[axis];
        if (!tensor_copy_section(result, i * length, a, 0, axis, length,
                                 err)) {
            tensor_unref(result);
            result = NULL;
        }
    }
    tensor_unref(a);
    return result;
}

static bool tile_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    int reps = args[1].dims.count;
    struct tensor *result = tensor_copy(args[0].tensor, err);

    (void)op;
    while (result && result->ndim < reps && reps <= TENSOR_MAX_DIMS) {
        struct tensor *wider = tensor_expand_dims(result, 0);
        tensor_unref(result);
        result = wider;
    }
    for (int i = 1; result && i <= reps && i <= result->ndim; i++) {
        int64_t count = args[1].dims.values[reps - i];
        if (count < 0) {
            tensor_unref(result);
            return error_set(err, ERROR_VALUE,
                             "negative dimensions are not allowed");
        }
        if (count != 1)
            result = tile_axis(result, result->ndim - i, count, err);
    }
    return op_return_array(ret, result);
}

/* 0 0 0 1 1 1 …: where each element of the result comes from. */
static struct tensor *repeat_indices(const struct arg *repeats, int64_t length,
                                     struct error *err)
{
    int64_t total = 0;

    if (repeats->dims.count != 1 && repeats->dims.count != length)
        return error_null(err, ERROR_VALUE,
                          "operands could not be broadcast together with "
                          "shape (%lld,) (%d,)",
                          (long long)length, repeats->dims.count);
    bool same = repeats->dims.count == 1;
    for (int64_t i = 0; i < length; i++) {
        int64_t count = repeats->dims.values[same ? 0 : i];
        if (count < 0)
            return error_null(err, ERROR_VALUE,
                              repeats->dims.scalar
                                  ? "negative dimensions are not allowed"
                                  : "repeats may not contain negative "
                                    "values.");
        if (__builtin_add_overflow(total, count, &total))
            return error_null(err, ERROR_VALUE,
                              "Maximum allowed size exceeded");
    }
    struct tensor *indices = tensor_new(DTYPE_INT64, 1, &total, err);
    for (int64_t i = 0, at = 0; indices && i < length; i++)
        for (int64_t k = repeats->dims.values[same ? 0 : i]; k > 0; k--)
            ((int64_t *)indices->data)[at++] = i;
    return indices;
}

static bool repeat_forward(const struct op *op, const struct arg *args,
                           struct op_result *ret, struct error *err)
{
    int axis;
    struct tensor *a = array_along(args[0].tensor, &args[2], &axis, err);
    struct tensor *indices =
        a ? repeat_indices(&args[1], a->shape[axis], err) : NULL;
    struct tensor *result =
        indices ? tensor_take(a, indices, axis, err) : NULL;

    (void)op;
    tensor_unref(a);
    tensor_unref(indices);
    return op_return_array(ret, result);
}

/* A's elements over and over, until SHAPE is full. */
static bool resize_forward(const struct op *op, const struct arg *args,
                           struct op_result *ret, struct error *err)
{
    const struct arg *shape = &args[1];

    (void)op;
    for (int i = 0; i < shape->dims.count; i++)
        if (shape->dims.values[i] < 0)
            return error_set(err, ERROR_VALUE, "all elements of `new_shape` "
                                               "must be non-negative");
    struct tensor *line = tensor_contiguous(args[0].tensor,
                                            args[0].tensor->dtype, err);
    struct tensor *result = line
                                ? tensor_zeros(line->dtype, shape->dims.count,
                                               shape->dims.values, err)
                                : NULL;
    size_t size = line ? dtype_size(line->dtype) : 0;
    for (int64_t i = 0; result && line->size && i < result->size; i++)
        memcpy(result->data + (size_t)i * size,
               line->data + (size_t)(i % line->size) * size, size);
    tensor_unref(line);
    return op_return_array(ret, result);
}

/* x.resize(): the array itself takes the shape, filled up with zeros. */
static bool resize_in_place_forward(const struct op *op,
                                    const struct arg *args,
                                    struct op_result *ret, struct error *err)
{
    struct tensor *a = args[0].tensor;
    const struct arg *shape = &args[1];

    (void)op;
    char order = tensor_is_contiguous(a) ? 'C' : 'F';
    if (order == 'F' && !tensor_is_f_contiguous(a))
        return error_set(err, ERROR_VALUE,
                         "resize only works on single-segment arrays");
    for (int i = 0; i < shape->dims.count; i++)
        if (shape->dims.values[i] < 0)
            return error_set(err, ERROR_VALUE,
                             "negative dimensions not allowed");
    int64_t wanted = 1;
    for (int i = 0; i < shape->dims.count; i++)
        if (!size_multiply(wanted, shape->dims.values[i], &wanted))
            wanted = -1;
    if (a->base && wanted != a->size) /* of the same size it is only seen so */
        return error_set(err, ERROR_VALUE,
                         "cannot resize this array: it does not own its data");
    if (!tensor_has_room(a, shape->dims.count))
        return error_set(err, ERROR_NOT_IMPLEMENTED,
                         "resize() to so many axes; use np.resize(a, shape)");
    struct tensor *result = tensor_new_ordered(
        a->dtype, shape->dims.count, shape->dims.values, order, err);
    if (!result)
        return false;
    int64_t count = a->size < result->size ? a->size : result->size;
    memset(result->data, 0, (size_t)result->size * dtype_size(a->dtype));
    memcpy(result->data, a->data, (size_t)count * dtype_size(a->dtype));
    tensor_become(a, result);
    tensor_unref(result);
    return op_return_none(ret);
}

/* ---------------------------------------------------- append, insert, delete */

static const struct param append_params[] = {
    {"arr", PARAM_TENSOR, 0, NULL},
    {"values", PARAM_TENSOR, 0, NULL},
    {"axis", PARAM_INT, 0, "None"},
    {NULL, 0, 0, NULL}};
static const struct param insert_params[] = {
    {"arr", PARAM_TENSOR, 0, NULL},
    {"obj", PARAM_INDEX, 0, NULL},
    {"values", PARAM_TENSOR, 0, NULL},
    {"axis", PARAM_INT, 0, "None"},
    {NULL, 0, 0, NULL}};
static const struct param delete_params[] = {
    {"arr", PARAM_TENSOR, 0, NULL},
    {"obj", PARAM_INDEX, 0, NULL},
    {"axis", PARAM_INT, 0, "None"},
    {NULL, 0, 0, NULL}};

static bool append_forward(const struct op *op, const struct arg *args,
                           struct op_result *ret, struct error *err)
{
    struct tensor *pair[2] = {args[0].tensor, args[1].tensor};
    struct tensor *result = NULL;

    (void)op;
    if (args[2].given)
        return op_return_array(ret,
                               tensor_concatenate(2, pair, args[2].integer,
                                                  DTYPE_COUNT, err));
    pair[0] = tensor_ravel(args[0].tensor, 'C', err);
    pair[1] = pair[0] ? tensor_ravel(args[1].tensor, 'C', err) : NULL;
    if (pair[1])
        result = tensor_concatenate(2, pair, 0, DTYPE_COUNT, err);
    tensor_unref(pair[0]);
    tensor_unref(pair[1]);
    return op_return_array(ret, result);
}

/* The places an index stands for, in an axis of LENGTH; positions up to LIMIT
   are allowed.  Owned, int64, one axis. */
static struct tensor *positions_from(const struct index *obj, int64_t length,
                                     int64_t limit, int axis,
                                     struct error *err)
{
    int64_t start, step, count;

    if (obj->kind == INDEX_SLICE) {
        if (!slice_resolve(obj, length, &start, &step, &count, err))
            return NULL;
        struct tensor *run = tensor_new(DTYPE_INT64, 1, &count, err);
        for (int64_t i = 0; run && i < count; i++)
            ((int64_t *)run->data)[i] = start + i * step;
        return run;
    }
    if (dtype_is_float(obj->array->dtype) && obj->array->size)
        return error_null(err, ERROR_INDEX,
                          "arrays used as indices must be of integer (or "
                          "boolean) type");
    struct tensor *line = tensor_ravel(obj->array, 'C', err);
    struct tensor *at = line ? tensor_astype(line, DTYPE_INT64, err) : NULL;
    tensor_unref(line);
    for (int64_t i = 0; at && i < at->size; i++) {
        int64_t *index = (int64_t *)at->data + i;
        if (*index < -length || *index > limit) {
            error_set(err, ERROR_INDEX,
                      "index %lld is out of bounds for axis %d with size %lld",
                      (long long)*index, axis, (long long)length);
            tensor_unref(at);
            return NULL;
        }
        *index += *index < 0 ? length : 0;
    }
    return at;
}

/* target[:, …, picked] = values, PICKED standing for AXIS. */
static bool set_along(struct tensor *target, struct tensor *picked, int axis,
                      const struct tensor *values, struct error *err)
{
    struct index list[TENSOR_MAX_DIMS];

    for (int i = 0; i < axis; i++)
        list[i] = (struct index){.kind = INDEX_SLICE, .step = 1};
    list[axis] = (struct index){.kind = INDEX_ARRAY, .array = picked};
    return tensor_set(target, axis + 1, list, values, err);
}

static struct tensor *longer(const struct tensor *a, int axis, int64_t more,
                             struct error *err)
{
    int64_t shape[TENSOR_MAX_DIMS];

    memcpy(shape, a->shape, (size_t)a->ndim * sizeof *shape);
    shape[axis] += more;
    return tensor_new(a->dtype, a->ndim, shape, err);
}

/* VALUES with A's axes; a lone position takes their first one as AXIS. */
static struct tensor *values_as_block(struct tensor *values, int ndim,
                                      int axis, bool lone, struct error *err)
{
    int64_t order[TENSOR_MAX_DIMS];
    struct tensor *block = tensor_ref(values);

    while (block->ndim < ndim) {
        struct tensor *wider = tensor_expand_dims(block, 0);
        tensor_unref(block);
        block = wider;
    }
    if (!lone)
        return block;
    for (int i = 0; i < block->ndim; i++)
        order[i] = i < axis ? i + 1 : i == axis ? 0 : i;
    struct tensor *moved = tensor_transpose(block, order, err);
    tensor_unref(block);
    return moved;
}

/* All VALUES before the one position AT. */
static struct tensor *insert_block(struct tensor *a, int64_t at,
                                   struct tensor *values, int axis, bool lone,
                                   struct error *err)
{
    struct tensor *block = values_as_block(values, a->ndim, axis, lone, err);
    int64_t count = block && block->ndim == a->ndim ? block->shape[axis] : 1;
    struct tensor *result = block ? longer(a, axis, count, err) : NULL;
    struct tensor *place =
        result ? tensor_section(result, axis, at, count) : NULL;
    bool done = place && tensor_assign(place, block, err) &&
                tensor_copy_section(result, 0, a, 0, axis, at, err) &&
                tensor_copy_section(result, at + count, a, at, axis,
                                    a->shape[axis] - at, err);
    tensor_unref(place);
    tensor_unref(block);
    if (done)
        return result;
    tensor_unref(result);
    return NULL;
}

/* One value before each position of AT, which become those in the result. */
static struct tensor *insert_each(struct tensor *a, struct tensor *at,
                                  struct tensor *values, int axis,
                                  struct error *err)
{
    struct tensor *order = tensor_sort(at, 0, true, err);
    struct tensor *result = order ? longer(a, axis, at->size, err) : NULL;
    struct tensor *old =
        result ? tensor_full(scalar_from_bool(true), DTYPE_BOOL, 1,
                             &result->shape[axis], err)
               : NULL;
    for (int64_t i = 0; old && i < at->size; i++) {
        int64_t *slot =
            (int64_t *)at->data + ((const int64_t *)order->data)[i];
        *slot += i;
        old->data[*slot] = false;
    }
    bool done = old && set_along(result, at, axis, values, err) &&
                set_along(result, old, axis, a, err);
    tensor_unref(order);
    tensor_unref(old);
    if (done)
        return result;
    tensor_unref(result);
    return NULL;
}

static bool insert_forward(const struct op *op, const struct arg *args,
                           struct op_result *ret, struct error *err)
{
    const struct index *obj = &args[1].index;
    bool lone = obj->kind == INDEX_ARRAY && obj->array->ndim == 0;
    bool one = obj->kind == INDEX_ARRAY && obj->array->size == 1;
    int axis;
    struct tensor *result = NULL;
    struct tensor *a = array_along(args[0].tensor, &args[3], &axis, err);
    struct tensor *at = a ? positions_from(obj, a->shape[axis],
                                           a->shape[axis], axis, err)
                          : NULL;

    (void)op;
    if (at && one)
        result = insert_block(a, *(int64_t *)at->data, args[2].tensor, axis,
                              lone, err);
    else if (at)
        result = insert_each(a, at, args[2].tensor, axis, err);
    tensor_unref(a);
    tensor_unref(at);
    return op_return_array(ret, result);
}

/* Which elements of an axis of LENGTH stay: a mask; owned. */
static struct tensor *kept(const struct index *obj, int64_t length, int axis,
                           struct error *err)
{
    bool is_mask = obj->kind == INDEX_ARRAY &&
                   obj->array->dtype == DTYPE_BOOL && obj->array->ndim;

    if (is_mask && (obj->array->ndim != 1 || obj->array->size != length))
        return error_null(err, ERROR_VALUE,
                          "boolean array argument obj to delete must be one "
                          "dimensional and match the axis length of %lld",
                          (long long)length);
    struct tensor *keep = tensor_full(scalar_from_bool(true), DTYPE_BOOL, 1,
                                      &length, err);
    if (!keep)
        return NULL;
    if (is_mask) {
        for (int64_t i = 0; i < length; i++)
            keep->data[i] = !scalar_truth(tensor_item_at(obj->array, i));
        return keep;
    }
    struct tensor *at = positions_from(obj, length, length - 1, axis, err);
    for (int64_t i = 0; at && i < at->size; i++)
        keep->data[((int64_t *)at->data)[i]] = false;
    if (!at) {
        tensor_unref(keep);
        return NULL;
    }
    tensor_unref(at);
    return keep;
}

static bool delete_forward(const struct op *op, const struct arg *args,
                           struct op_result *ret, struct error *err)
{
    int axis;
    struct tensor *a = array_along(args[0].tensor, &args[2], &axis, err);
    struct tensor *keep =
        a ? kept(&args[1].index, a->shape[axis], axis, err) : NULL;
    struct tensor *result = keep ? tensor_take(a, keep, axis, err) : NULL;

    (void)op;
    tensor_unref(a);
    tensor_unref(keep);
    return op_return_array(ret, result);
}

/* -------------------------------------------------------------- trim_zeros */

static const struct param trim_params[] = {
    {"filt", PARAM_TENSOR, 0, NULL},
    {"trim", PARAM_STRING, 0, "'fb'"},
    {NULL, 0, 0, NULL}};

/* Is the I-th element along the first axis zero?  A row of several is neither
   zero nor not. */
static bool is_zero(const struct tensor *filt, int64_t i, bool *ret,
                    struct error *err)
{
    struct tensor *row = tensor_section((struct tensor *)filt, 0, i, 1);
    bool good = row->size <= 1 ||
                error_set(err, ERROR_VALUE,
                          "The truth value of an array with more than one "
                          "element is ambiguous. Use a.any() or a.all()");

    *ret = !row->size || !scalar_truth(tensor_item_at(row, 0));
    tensor_unref(row);
    return good;
}

static bool trim_zeros_forward(const struct op *op, const struct arg *args,
                               struct op_result *ret, struct error *err)
{
    struct tensor *filt = args[0].tensor;
    const char *trim = *args[1].string ? args[1].string : "fb";
    bool zero = true;

    (void)op;
    if (filt->ndim == 0)
        return error_set(err, ERROR_TYPE,
                         args[0].array ? "iteration over a 0-d array"
                                       : "'%s' object is not iterable",
                         dtype_is_float(filt->dtype) ? "float" : "int");
    int64_t first = 0, end = filt->shape[0];
    while (strpbrk(trim, "fF") && first < end) {
        if (!is_zero(filt, first, &zero, err))
            return false;
        if (!zero)
            break;
        first++;
    }
    while (strpbrk(trim, "bB") && end > first) {
        if (!is_zero(filt, end - 1, &zero, err))
            return false;
        if (!zero)
            break;
        end--;
    }
    op_return_array(ret, tensor_section(filt, 0, first, end - first));
    if (!args[0].array)
        ret->form = RESULT_NESTED; /* a list stays one */
    return true;
}

#define BOTH (OP_FUNCTION | OP_METHOD)
#define FUNCTION OP_FUNCTION

const struct op edit_ops[] = {
    {"tile", NULL, "np", FUNCTION, tile_params, tile_forward, vjp_moved, NULL,
     "The whole array repeated along its axes", NULL,
     ">>> np.tile([1, 2], 2)\narray([1, 2, 1, 2])", "repeat"},
    {"repeat", NULL, "np", BOTH, repeat_params, repeat_forward, vjp_moved, NULL,
     "Each element repeated", NULL,
     ">>> np.repeat([1, 2], 2)\narray([1, 1, 2, 2])", "tile"},
    {"resize", NULL, "np", FUNCTION, resize_params, resize_forward, vjp_moved, NULL,
     "The elements in a shape of any size, over and over when it is larger",
     NULL, ">>> np.resize([1, 2, 3], (2, 2))\narray([[1, 2],\n       [3, 1]])",
     "reshape"},
    {"resize", NULL, "np", OP_METHOD, resize_method_params,
     resize_in_place_forward, NULL, NULL,
     "Gives the array itself another shape, filled up with zeros", NULL,
     ">>> x = np.array([1, 2, 3])\n>>> x.resize(5)\n>>> x\n"
     "array([1, 2, 3, 0, 0])",
     "reshape"},
    {"append", NULL, "np", FUNCTION, append_params, append_forward, vjp_moved, NULL,
     "Values behind the last elements; flattened without an axis", NULL,
     ">>> np.append([1, 2], [[3], [4]])\narray([1, 2, 3, 4])",
     "concatenate insert delete"},
    {"insert", NULL, "np", FUNCTION, insert_params, insert_forward, vjp_moved, NULL,
     "Values before given positions; flattened without an axis", NULL,
     ">>> np.insert([1, 2, 4], 2, 3)\narray([1, 2, 3, 4])", "append delete"},
    {"delete", NULL, "np", FUNCTION, delete_params, delete_forward, vjp_moved, NULL,
     "The array without the elements at given positions", NULL,
     ">>> np.delete([10, 20, 30], 1)\narray([10, 30])\n"
     ">>> np.delete([[1, 2], [3, 4]], 0, axis=1)\narray([[2],\n       [4]])",
     "insert append"},
    {"trim_zeros", NULL, "np", FUNCTION, trim_params, trim_zeros_forward, trim_zeros_vjp,
     NULL, "A vector without the zeros at its front ('f') and back ('b')",
     NULL, ">>> np.trim_zeros(np.array([0, 0, 1, 0, 2, 0]))\narray([1, 0, 2])",
     "delete"},
    {.name = NULL},
};
