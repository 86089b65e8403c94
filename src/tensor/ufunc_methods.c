/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tensor/ufunc_methods.h"

#include <string.h>

#include "base/interrupt.h"
#include "tensor/cast.h"

/* ------------------------------------------------------------------- outer */

struct tensor *ufunc_outer(const struct ufunc *ufunc, struct tensor *a,
                           struct tensor *b,
                           const struct ufunc_options *options,
                           struct error *err)
{
    int64_t shape[2 * TENSOR_MAX_DIMS];

    for (int i = 0; i < a->ndim; i++)
        shape[i] = a->shape[i];
    for (int i = 0; i < b->ndim; i++)
        shape[a->ndim + i] = 1;
    struct tensor *column =
        tensor_reshape(a, a->ndim + b->ndim, shape, 'C', err);
    struct tensor *pair[2] = {column, b};
    struct tensor *result =
        column ? ufunc_call_with(ufunc, pair, options, err) : NULL;
    tensor_unref(column);
    return result;
}

/* ---------------------------------------------------------------- reduceat */

/* LENGTH elements along AXIS from FIRST on. */
static struct tensor *part(struct tensor *tensor, int axis, int64_t first,
                           int64_t length)
{
    int64_t shape[TENSOR_MAX_DIMS];

    memcpy(shape, tensor->shape, (size_t)tensor->ndim * sizeof *shape);
    shape[axis] = length;
    return tensor_view(tensor, tensor->ndim, shape, tensor->strides,
                       tensor->data + first * tensor->strides[axis]);
}

static bool check_indices(const struct ufunc *ufunc, struct tensor *indices,
                          int64_t length, struct error *err)
{
    for (int64_t i = 0; i < indices->size; i++) {
        int64_t index = tensor_item_at(indices, i).i;
        if (index < 0 || index >= length)
            return error_set(err, ERROR_INDEX,
                             "index %lld out-of-bounds in %s.reduceat [0, "
                             "%lld)",
                             (long long)index, ufunc->name, (long long)length);
    }
    return true;
}

struct tensor *ufunc_reduceat(const struct ufunc *ufunc, struct tensor *tensor,
                              struct tensor *indices, int axis,
                              enum dtype dtype, struct error *err)
{
    int64_t shape[TENSOR_MAX_DIMS], length = tensor->shape[axis];
    struct axes axes = {.count = 1, .axis = {axis}};
    struct tensor *result = NULL;

    if (!check_indices(ufunc, indices, length, err))
        return NULL;
    memcpy(shape, tensor->shape, (size_t)tensor->ndim * sizeof *shape);
    shape[axis] = indices->size;
    for (int64_t i = 0; i < indices->size; i++) {
        int64_t first = tensor_item_at(indices, i).i, end = length;
        if (i + 1 < indices->size)
            end = tensor_item_at(indices, i + 1).i;
        struct tensor *run =
            part(tensor, axis, first, end > first ? end - first : 1);
        struct tensor *reduced =
            reduce_ufunc(ufunc, run, &axes, true, dtype, err);
        if (reduced && !result)
            result = tensor_new(reduced->dtype, tensor->ndim, shape, err);
        struct tensor *place =
            reduced && result ? part(result, axis, i, 1) : NULL;
        bool done = place && tensor_assign(place, reduced, err);
        tensor_unref(run);
        tensor_unref(reduced);
        tensor_unref(place);
        if (!done) {
            tensor_unref(result);
            return NULL;
        }
    }
    return result ? result
                  : tensor_new(tensor->dtype, tensor->ndim, shape, err);
}

/* ---------------------------------------------------------------------- at */

/* The address of A's element at the flat position. */
static char *element(const struct tensor *a, int64_t position)
{
    char *at = a->data;

    for (int i = a->ndim; i-- > 0; position /= a->shape[i])
        at += position % a->shape[i] * a->strides[i];
    return at;
}

/* x = x op y, converting x to the loop's type and back. */
static void step(const struct ufunc *ufunc, const struct ufunc_loop *loop,
                 enum dtype dtype, char *x, char *y)
{
    static const int64_t strides[3];
    _Alignas(8) char in[8], out[8];
    char *const to_in[2] = {x, in}, *const from_out[2] = {out, x};
    char *const data[3] = {in, ufunc->inputs == 2 ? y : out, out};

    cast_kernel(dtype, loop->in)(1, to_in, strides, NULL);
    loop->kernel(1, data, strides, NULL);
    cast_kernel(loop->out, dtype)(1, from_out, strides, NULL);
}

/* B broadcast to POSITIONS, in the loop's type. */
static struct tensor *second_operand(struct tensor *b, struct tensor *positions,
                                     enum dtype dtype, struct error *err)
{
    struct tensor *spread =
        tensor_broadcast_to(b, positions->ndim, positions->shape, err);
    struct tensor *typed = spread ? tensor_astype(spread, dtype, err) : NULL;
    tensor_unref(spread);
    return typed;
}

bool ufunc_at(const struct ufunc *ufunc, struct tensor *a,
              struct tensor *positions, struct tensor *b, struct error *err)
{
    struct tensor *inputs[2] = {a, b}, *second = NULL;
    const struct ufunc_loop *loop =
        ufunc_resolve(ufunc, inputs, DTYPE_COUNT, CASTING_SAME_KIND, err);

    if (!loop)
        return false;
    if (a->readonly)
        return error_set(err, ERROR_VALUE, "output array is read-only");
    if (b && !(second = second_operand(b, positions, loop->in, err)))
        return false;
    fp_events_begin();
    for (int64_t i = 0; i < positions->size && !interrupt_pending(); i++) {
        char *y = second ? second->data + (size_t)i * dtype_size(second->dtype)
                         : NULL;
        step(ufunc, loop, a->dtype, element(a, tensor_item_at(positions, i).i),
             y);
    }
    if (!ufunc->silent)
        fp_events_end(ufunc->name);
    tensor_unref(second);
    return interrupt_check(err);
}
