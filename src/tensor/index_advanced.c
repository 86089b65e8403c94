/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Picking by arrays.  The arrays are broadcast together; each of their
 * elements names one place in the view, found once as a byte offset, and what
 * lies there over the view's other axes is copied.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/interrupt.h"
#include "tensor/cast.h"
#include "tensor/index_plan.h"

/* The picked places, and how the result's axes follow from them. */
struct pick {
    int ndim; /* of the arrays, broadcast */
    int64_t shape[TENSOR_MAX_DIMS];
    int64_t count;
    int64_t *offsets; /* bytes from the view's first element; owned */
    int rest_ndim;    /* axes of the view without an array */
    int64_t rest_shape[TENSOR_MAX_DIMS], rest_strides[TENSOR_MAX_DIMS];
};

static bool misfit(const struct index_plan *plan, struct error *err)
{
    struct strbuf shapes = STRBUF_INIT;

    for (int i = 0; i < plan->array_count; i++) {
        shape_format_tight(&shapes, plan->arrays[i]->ndim,
                           plan->arrays[i]->shape);
        strbuf_addc(&shapes, ' ');
    }
    error_set(err, ERROR_INDEX,
              "shape mismatch: indexing arrays could not be broadcast "
              "together with shapes %s",
              shapes.text);
    strbuf_done(&shapes);
    return false;
}

/* Adds the offsets that ARRAY gives for an axis. */
static bool add_offsets(struct pick *pick, struct tensor *array, int axis,
                        int64_t length, int64_t stride, struct error *err)
{
    struct tensor *spread =
        tensor_broadcast_to(array, pick->ndim, pick->shape, err);
    if (!spread)
        return false;
    struct tensor *flat = tensor_contiguous(spread, DTYPE_INT64, err);
    tensor_unref(spread);
    if (!flat)
        return false;
    const int64_t *index = (const int64_t *)flat->data;
    bool inside = true;
    for (int64_t i = 0; inside && i < pick->count; i++) {
        inside = index[i] >= -length && index[i] < length;
        if (inside)
            pick->offsets[i] +=
                (index[i] < 0 ? index[i] + length : index[i]) * stride;
        else
            error_set(err, ERROR_INDEX,
                      "index %lld is out of bounds for axis %d with size %lld",
                      (long long)index[i], axis, (long long)length);
    }
    tensor_unref(flat);
    return inside;
}

static void find_rest(struct pick *pick, const struct index_plan *plan)
{
    const struct tensor *view = plan->view;

    for (int axis = 0, next = 0; axis < view->ndim; axis++) {
        if (next < plan->array_count && plan->axes[next] == axis) {
            next++;
            continue;
        }
        pick->rest_shape[pick->rest_ndim] = view->shape[axis];
        pick->rest_strides[pick->rest_ndim++] = view->strides[axis];
    }
}

static bool pick_init(struct pick *pick, const struct index_plan *plan,
                      struct error *err)
{
    const struct tensor *view = plan->view;

    memset(pick, 0, sizeof *pick);
    if (!tensor_broadcast_shapes(plan->array_count, plan->arrays, &pick->ndim,
                                 pick->shape, err))
        return misfit(plan, err);
    pick->count = 1;
    for (int i = 0; i < pick->ndim; i++)
        pick->count *= pick->shape[i];
    find_rest(pick, plan);
    if (pick->ndim + pick->rest_ndim > TENSOR_MAX_DIMS)
        return error_set(err, ERROR_INDEX, "too many dimensions in the result");
    pick->offsets = calloc((size_t)pick->count + 1, sizeof *pick->offsets);
    if (!pick->offsets)
        return error_set(err, ERROR_MEMORY, "Unable to allocate %lld indices",
                         (long long)pick->count);
    for (int i = 0; i < plan->array_count; i++) {
        int axis = plan->axes[i];
        if (!add_offsets(pick, plan->arrays[i], axis, view->shape[axis],
                         view->strides[axis], err)) {
            free(pick->offsets);
            return false;
        }
    }
    return true;
}

/* RESULT (of the picked shape) with the arrays' axes brought to the front. */
static struct tensor *arrays_first(struct tensor *result,
                                   const struct pick *pick, int place,
                                   struct error *err)
{
    int64_t axes[TENSOR_MAX_DIMS];
    int n = 0;

    for (int i = 0; i < pick->ndim; i++)
        axes[n++] = place + i;
    for (int i = 0; i < pick->rest_ndim; i++)
        axes[n++] = i < place ? i : i + pick->ndim;
    return tensor_transpose(result, axes, err);
}

static void result_shape(const struct pick *pick, int place, int64_t *ret)
{
    int n = 0;

    for (int i = 0; i < place; i++)
        ret[n++] = pick->rest_shape[i];
    for (int i = 0; i < pick->ndim; i++)
        ret[n++] = pick->shape[i];
    for (int i = place; i < pick->rest_ndim; i++)
        ret[n++] = pick->rest_shape[i];
}

/* Copies between the view's picked places and OTHER, whose first axes are
   the arrays'; FROM_VIEW says which way. */
static bool transfer(const struct index_plan *plan, const struct pick *pick,
                     struct tensor *other, bool from_view, struct error *err)
{
    struct tensor *view = plan->view;
    struct tensor *place = tensor_view(view, pick->rest_ndim, pick->rest_shape,
                                       pick->rest_strides, view->data);
    struct tensor *piece =
        tensor_view(other, pick->rest_ndim, other->shape + pick->ndim,
                    other->strides + pick->ndim, other->data);
    struct tensor *operands[2] = {from_view ? place : piece,
                                  from_view ? piece : place};
    kernel *copy = cast_kernel(operands[0]->dtype, operands[1]->dtype);
    struct loop loop, outer;
    bool done = true;

    loop_init(&loop, 2, operands, pick->rest_ndim, pick->rest_shape);
    /* Only for its strides: walks OTHER's leading axes in order. */
    struct tensor *leading = tensor_view(other, pick->ndim, other->shape,
                                         other->strides, other->data);
    loop_init_ordered(&outer, 1, &leading, pick->ndim, pick->shape);
    for (int64_t i = 0; done && i < pick->count; i++) {
        int64_t offset = 0, left = i;
        for (int axis = pick->ndim; axis-- > 0;) {
            offset += left % outer.shape[axis] * outer.strides[0][axis];
            left /= outer.shape[axis];
        }
        loop.data[from_view ? 0 : 1] = view->data + pick->offsets[i];
        loop.data[from_view ? 1 : 0] = other->data + offset;
        done = loop_run(&loop, copy, NULL, false, err);
    }
    tensor_unref(leading);
    tensor_unref(place);
    tensor_unref(piece);
    return done;
}

struct tensor *index_gather(const struct index_plan *plan, struct error *err)
{
    struct pick pick;
    int64_t shape[TENSOR_MAX_DIMS];

    if (!pick_init(&pick, plan, err))
        return NULL;
    result_shape(&pick, plan->place, shape);
    struct tensor *result = tensor_new(
        plan->view->dtype, pick.ndim + pick.rest_ndim, shape, err);
    struct tensor *turned =
        result ? arrays_first(result, &pick, plan->place, err) : NULL;
    if (turned && !transfer(plan, &pick, turned, true, err)) {
        tensor_unref(result);
        result = NULL;
    }
    tensor_unref(turned);
    free(pick.offsets);
    return result;
}

/* VALUE as the picked shape wants it; NumPy's words when it does not fit. */
static struct tensor *spread_value(const struct index_plan *plan,
                                   const struct pick *pick,
                                   const struct tensor *value,
                                   struct error *err)
{
    int64_t shape[TENSOR_MAX_DIMS];
    int ndim = pick->ndim + pick->rest_ndim;
    struct tensor *own = tensor_may_share_memory(plan->view, value)
                             ? tensor_copy(value, err)
                             : tensor_ref((struct tensor *)value);
    if (!own)
        return NULL;
    result_shape(pick, plan->place, shape);
    while (own->ndim > ndim && own->shape[0] == 1) {
        struct tensor *less = tensor_drop_axis(own, 0);
        tensor_unref(own);
        own = less;
    }
    struct tensor *spread = tensor_broadcast_to(own, ndim, shape, err);
    tensor_unref(own);
    if (!spread) {
        struct strbuf from = STRBUF_INIT, to = STRBUF_INIT;
        shape_format_tight(&from, value->ndim, value->shape);
        shape_format_tight(&to, ndim, shape);
        error_set(err, ERROR_VALUE,
                  "shape mismatch: value array of shape %s could not be "
                  "broadcast to indexing result of shape %s",
                  from.text, to.text);
        strbuf_done(&from);
        strbuf_done(&to);
    }
    return spread;
}

bool index_scatter(const struct index_plan *plan, const struct tensor *value,
                   struct error *err)
{
    struct pick pick;

    if (!pick_init(&pick, plan, err))
        return false;
    struct tensor *spread = spread_value(plan, &pick, value, err);
    struct tensor *turned =
        spread ? arrays_first(spread, &pick, plan->place, err) : NULL;
    bool done = turned && transfer(plan, &pick, turned, false, err);
    tensor_unref(turned);
    tensor_unref(spread);
    free(pick.offsets);
    return done;
}

struct tensor *tensor_take(struct tensor *tensor, struct tensor *indices,
                           int axis, struct error *err)
{
    struct index list[TENSOR_MAX_DIMS];

    for (int i = 0; i < axis; i++)
        list[i] = (struct index){.kind = INDEX_SLICE, .step = 1};
    list[axis] = (struct index){.kind = INDEX_ARRAY, .array = indices};
    return tensor_get(tensor, axis + 1, list, NULL, err);
}

/* ------------------------------------------------------------- nonzero */

/* Copies the elements' truth, in C order; free() it. */
static bool *truths(struct tensor *tensor, int64_t *ret_count,
                    struct error *err)
{
    struct tensor *flat = tensor_contiguous(tensor, DTYPE_BOOL, err);
    if (!flat)
        return NULL;
    bool *copy = malloc((size_t)flat->size + 1);
    if (copy) {
        memcpy(copy, flat->data, (size_t)flat->size);
        *ret_count = 0;
        for (int64_t i = 0; i < flat->size; i++)
            *ret_count += copy[i];
    } else {
        error_set(err, ERROR_MEMORY, "Unable to allocate a mask of %lld",
                  (long long)flat->size);
    }
    tensor_unref(flat);
    return copy;
}

bool tensor_nonzero(struct tensor *tensor, struct tensor **ret,
                    struct error *err)
{
    int axes = tensor->ndim ? tensor->ndim : 1;
    int64_t count, done = 0;
    bool *truth = truths(tensor, &count, err);

    if (!truth)
        return false;
    for (int axis = 0; axis < axes; axis++) {
        ret[axis] = tensor_new(DTYPE_INT64, 1, &count, err);
        if (!ret[axis]) {
            while (axis-- > 0)
                tensor_unref(ret[axis]);
            free(truth);
            return false;
        }
    }
    for (int64_t i = 0; i < tensor->size; i++) {
        if (!truth[i])
            continue;
        int64_t left = i;
        for (int axis = axes; axis-- > 0;) {
            int64_t length = tensor->ndim ? tensor->shape[axis] : 1;
            ((int64_t *)ret[axis]->data)[done] = left % length;
            left /= length;
        }
        done++;
    }
    free(truth);
    return true;
}
