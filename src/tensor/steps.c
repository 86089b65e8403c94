/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tensor/steps.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "tensor/product.h"
#include "tensor/reduce.h"

struct tensor *step(struct steps *s, struct tensor *made)
{
    if (!made)
        return NULL;
    if (s->count == s->capacity) {
        s->capacity = s->capacity ? 2 * s->capacity : 16;
        s->made = xreallocarray(s->made, (size_t)s->capacity, sizeof *s->made);
    }
    return s->made[s->count++] = made;
}

struct tensor *steps_end(struct steps *s, struct tensor *result)
{
    if (result)
        tensor_ref(result);
    while (s->count)
        tensor_unref(s->made[--s->count]);
    free(s->made);
    s->made = NULL;
    s->capacity = 0;
    return result;
}

bool steps_give(struct steps *s, int count, struct tensor *const *results,
                struct tensor **ret)
{
    bool all = true;

    for (int i = 0; i < count; i++)
        all = all && results[i];
    for (int i = 0; all && i < count; i++)
        ret[i] = tensor_ref(results[i]);
    steps_end(s, NULL);
    return all;
}

struct tensor *step_unary(struct steps *s, const char *ufunc, struct tensor *x)
{
    if (!x)
        return NULL;
    return step(
        s, ufunc_call(ufunc_find(ufunc), &x, NULL, NULL, DTYPE_COUNT, s->err));
}

struct tensor *step_binary(struct steps *s, const char *ufunc, struct tensor *a,
                           struct tensor *b)
{
    struct tensor *inputs[2] = {a, b};

    if (!a || !b)
        return NULL;
    return step(s, ufunc_call(ufunc_find(ufunc), inputs, NULL, NULL,
                              DTYPE_COUNT, s->err));
}

struct tensor *step_with(struct steps *s, const char *ufunc, struct tensor *a,
                         double b)
{
    return a ? step_binary(s, ufunc, a, step_number(s, b)) : NULL;
}

struct tensor *step_reduce(struct steps *s, const char *ufunc, struct tensor *x,
                           int axis)
{
    struct axes axes = {.count = 1};

    if (!x || !tensor_normalize_axis(axis, x->ndim, &axes.axis[0], s->err))
        return NULL;
    return step(s, reduce_ufunc(ufunc_find(ufunc), x, &axes, false, DTYPE_COUNT,
                                s->err));
}

struct tensor *step_sum(struct steps *s, struct tensor *x, int axis)
{
    return step_reduce(s, "add", x, axis);
}

struct tensor *step_matmul(struct steps *s, struct tensor *a, struct tensor *b)
{
    return a && b ? step(s, tensor_matmul(a, b, s->err)) : NULL;
}

struct tensor *step_astype(struct steps *s, struct tensor *x, enum dtype dtype)
{
    if (!x || x->dtype == dtype)
        return x;
    return step(s, tensor_astype(x, dtype, s->err));
}

struct tensor *step_as_float(struct steps *s, struct tensor *x)
{
    return x && dtype_is_float(x->dtype) ? x : step_astype(s, x, DTYPE_FLOAT64);
}

struct tensor *step_number(struct steps *s, double number)
{
    return step(s, tensor_from_scalar(scalar_from_double(number), s->err));
}

struct tensor *step_swapped(struct steps *s, struct tensor *x)
{
    int64_t axes[TENSOR_MAX_DIMS];

    if (!x)
        return NULL;
    for (int i = 0; i < x->ndim; i++)
        axes[i] = i;
    axes[x->ndim - 1] = x->ndim - 2;
    axes[x->ndim - 2] = x->ndim - 1;
    return step(s, tensor_transpose(x, axes, s->err));
}

struct tensor *step_slice(struct steps *s, struct tensor *x, int axis,
                          int64_t first, int64_t count)
{
    if (!x)
        return NULL;
    if (axis < 0)
        axis += x->ndim;
    int64_t shape[TENSOR_MAX_DIMS];
    for (int i = 0; i < x->ndim; i++)
        shape[i] = i == axis ? count : x->shape[i];
    char *data = count ? x->data + first * x->strides[axis] : x->data;
    return step(s, tensor_view(x, x->ndim, shape, x->strides, data));
}

struct tensor *step_item(struct steps *s, struct tensor *x, int axis,
                         int64_t index)
{
    if (x && axis < 0)
        axis += x->ndim;
    struct tensor *slice = step_slice(s, x, axis, index, 1);
    return slice ? step(s, tensor_drop_axis(slice, axis)) : NULL;
}

struct tensor *step_column(struct steps *s, struct tensor *x)
{
    return x ? step(s, tensor_expand_dims(x, x->ndim)) : NULL;
}

struct tensor *step_flat(struct steps *s, struct tensor *x)
{
    int64_t all = -1;

    if (!x)
        return NULL;
    return step(s, tensor_reshape(x, 1, &all, 'C', s->err));
}

/* The shape and dtype of the parts put together. */
static bool measure_join(int count, struct tensor *const *parts, int axis,
                         int64_t *shape, enum dtype *ret, struct error *err)
{
    const struct tensor *first = parts[0];

    memcpy(shape, first->shape, (size_t)first->ndim * sizeof *shape);
    *ret = first->dtype;
    for (int k = 1; k < count; k++) {
        if (parts[k]->ndim != first->ndim)
            return error_set(err, ERROR_VALUE,
                             "all the input arrays must have same number of "
                             "dimensions, but the array at index 0 has %d "
                             "dimension(s) and the array at index %d has %d "
                             "dimension(s)",
                             first->ndim, k, parts[k]->ndim);
        for (int i = 0; i < first->ndim; i++)
            if (i != axis && parts[k]->shape[i] != first->shape[i])
                return error_set(
                    err, ERROR_VALUE,
                    "all the input array dimensions except for the "
                    "concatenation axis must match exactly, but along "
                    "dimension %d, the array at index 0 has size %lld and the "
                    "array at index %d has size %lld",
                    i, (long long)first->shape[i], k,
                    (long long)parts[k]->shape[i]);
        *ret = dtype_promote(*ret, parts[k]->dtype);
        shape[axis] += parts[k]->shape[axis];
    }
    return true;
}

struct tensor *step_join(struct steps *s, int count,
                         struct tensor *const *parts, int axis)
{
    int64_t shape[TENSOR_MAX_DIMS], at = 0;
    enum dtype dtype;

    for (int k = 0; k < count; k++)
        if (!parts[k])
            return NULL;
    if (!measure_join(count, parts, axis, shape, &dtype, s->err))
        return NULL;
    struct tensor *result =
        step(s, tensor_new(dtype, parts[0]->ndim, shape, s->err));
    for (int k = 0; result && k < count; k++) {
        struct tensor *place =
            step_slice(s, result, axis, at, parts[k]->shape[axis]);
        if (!tensor_assign(place, parts[k], s->err))
            return NULL;
        at += parts[k]->shape[axis];
    }
    return result;
}
