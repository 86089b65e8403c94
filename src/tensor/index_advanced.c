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
#include "tensor/parallel.h"

/* The picked places, and how the result's axes follow from them. */
struct pick {
    int ndim; /* of the arrays, broadcast */
    int64_t shape[TENSOR_MAX_DIMS];
    int64_t count;
    struct storage *storage; /* where the offsets lie; owned */
    int64_t *offsets;        /* bytes from the view's first element */
    int rest_ndim;           /* axes of the view without an array */
    int64_t rest_shape[TENSOR_MAX_DIMS], rest_strides[TENSOR_MAX_DIMS];
};

static bool misfit(const struct index_plan *plan, struct error *err)
{
    struct strbuf shapes = STRBUF_INIT;

    for (int i = 0; i < plan->array_count; i++) {
        if (plan->arrays[i]->ndim == 0)
            continue; /* an integer, which fits anywhere */
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

static bool out_of_bounds(const int64_t *index, int64_t count, int axis,
                          int64_t length, struct error *err)
{
    int64_t i = 0;

    while (i < count - 1 && index[i] >= -length && index[i] < length)
        i++;
    return error_set(err, ERROR_INDEX,
                     "index %lld is out of bounds for axis %d with size %lld",
                     (long long)index[i], axis, (long long)length);
}

/* OFFSETS of COUNT indices along an axis; false when one is out of bounds: its
   offset, which may wrap around, is not used. */
MULTI_TARGET
static bool add_part(int64_t count, const int64_t *index, int64_t length,
                     int64_t stride, int64_t *offsets)
{
    uint64_t outside = 0;

    for (int64_t i = 0; i < count; i++) {
        int64_t at = index[i] + (index[i] < 0 ? length : 0);
        outside |= (uint64_t)at >= (uint64_t)length;
        offsets[i] =
            (int64_t)((uint64_t)offsets[i] + (uint64_t)at * (uint64_t)stride);
    }
    return !outside;
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
    int threads = parallel_threads_for(pick->count);
    bool inside = true;
#pragma omp parallel num_threads(threads) reduction(&& : inside) if (threads > 1)
    {
        struct part part = parallel_part(pick->count, 64);
        inside = add_part(part.end - part.first, index + part.first, length,
                          stride, pick->offsets + part.first);
    }
    if (!inside)
        out_of_bounds(index, pick->count, axis, length, err);
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
    int64_t nbytes = pick->count * (int64_t)sizeof *pick->offsets;
    pick->storage = storage_new(nbytes, err);
    if (!pick->storage)
        return false;
    pick->offsets = (int64_t *)pick->storage->bytes;
    memset(pick->offsets, 0, (size_t)nbytes);
    for (int i = 0; i < plan->array_count; i++) {
        int axis = plan->axes[i];
        if (!add_offsets(pick, plan->arrays[i], plan->named[i],
                         view->shape[axis], view->strides[axis], err)) {
            storage_unref(pick->storage);
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

/* ------------------------------------------------------------ copying */

/* A piece for each offset: from BASE + offset to pieces that follow each
   other in LINE, or the other way round. */
struct pieces {
    char *base, *line;
    const int64_t *offsets;
    int64_t size; /* bytes of a piece */
    bool from_base;
};

#define COPY_PIECES(type)                                           \
    {                                                               \
        type *line = (type *)p->line;                               \
        if (p->from_base)                                           \
            for (int64_t i = first; i < end; i++)                   \
                line[i] = *(const type *)(p->base + p->offsets[i]); \
        else                                                        \
            for (int64_t i = first; i < end; i++)                   \
                *(type *)(p->base + p->offsets[i]) = line[i];       \
        return;                                                     \
    }

static void copy_pieces(const struct pieces *p, int64_t first, int64_t end)
{
    switch (p->size) {
    case 1:
        COPY_PIECES(uint8_t)
    case 2:
        COPY_PIECES(uint16_t)
    case 4:
        COPY_PIECES(uint32_t)
    case 8:
        COPY_PIECES(uint64_t)
    }
    for (int64_t i = first; i < end; i++) {
        char *place = p->base + p->offsets[i];
        char *piece = p->line + i * p->size;
        memcpy(p->from_base ? piece : place, p->from_base ? place : piece,
               (size_t)p->size);
    }
}

/* Elements between two looks at Ctrl-C's flag. */
enum { PIECES = 1 << 18 };

/* On several threads; pieces that are written twice are written in order, by
   one. */
static bool copy_all_pieces(const struct pieces *p, int64_t count,
                            struct error *err)
{
    int threads = p->from_base ? parallel_threads_for(count * p->size / 4) : 1;

#pragma omp parallel num_threads(threads) if (threads > 1)
    {
        struct part part = parallel_part(count, 64);
        for (int64_t at = part.first; at < part.end && !interrupt_pending();
             at += PIECES)
            copy_pieces(p, at, at + PIECES < part.end ? at + PIECES : part.end);
    }
    return interrupt_check(err);
}

/* Can the view's rest, and OTHER as a whole, be copied as plain memory? */
static bool is_plain(const struct pick *pick, const struct tensor *view,
                     const struct tensor *other)
{
    int64_t stride = (int64_t)dtype_size(view->dtype);

    if (view->dtype != other->dtype || !tensor_is_contiguous(other))
        return false;
    for (int i = pick->rest_ndim; i-- > 0;) {
        if (pick->rest_shape[i] != 1 && pick->rest_strides[i] != stride)
            return false;
        stride *= pick->rest_shape[i];
    }
    return true;
}

/* Copies between the view's picked places and OTHER, whose first axes are
   the arrays'; FROM_VIEW says which way. */
static bool transfer(const struct index_plan *plan, const struct pick *pick,
                     struct tensor *other, bool from_view, struct error *err)
{
    struct tensor *view = plan->view;

    if (is_plain(pick, view, other)) {
        struct pieces pieces = {.base = view->data,
                                .line = other->data,
                                .offsets = pick->offsets,
                                .size = (int64_t)dtype_size(view->dtype),
                                .from_base = from_view};
        for (int i = 0; i < pick->rest_ndim; i++)
            pieces.size *= pick->rest_shape[i];
        return copy_all_pieces(&pieces, pick->count, err);
    }
    struct tensor *place = tensor_view(view, pick->rest_ndim, pick->rest_shape,
                                       pick->rest_strides, view->data);
    struct tensor *piece =
        tensor_view(other, pick->rest_ndim, other->shape + pick->ndim,
                    other->strides + pick->ndim, other->data);
    struct tensor *operands[2] = {from_view ? place : piece,
                                  from_view ? piece : place};
    enum dtype from = operands[0]->dtype, to = operands[1]->dtype;
    kernel *copy = cast_kernel(from, to);
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
        done = loop_run(&loop, cast_noting_events(from, to), &copy, false, err);
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
    struct tensor *result =
        tensor_new(plan->view->dtype, pick.ndim + pick.rest_ndim, shape, err);
    struct tensor *turned =
        result ? arrays_first(result, &pick, plan->place, err) : NULL;
    if (turned && !transfer(plan, &pick, turned, true, err)) {
        tensor_unref(result);
        result = NULL;
    }
    tensor_unref(turned);
    storage_unref(pick.storage);
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
    storage_unref(pick.storage);
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
