/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tensor/tensor.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "tensor/cast.h"

/* Every header has room for so many axes, so that x.shape = (2, 3) can be
   done in place. */
enum { SPARE_DIMS = 4 };

bool tensor_has_room(const struct tensor *tensor, int ndim)
{
    return ndim <= tensor->ndim || ndim <= SPARE_DIMS;
}

/* A tensor without data: shape set, strides not. */
static struct tensor *header_new(enum dtype dtype, int ndim,
                                 const int64_t *shape)
{
    int room = ndim < SPARE_DIMS ? SPARE_DIMS : ndim;
    struct tensor *tensor =
        xmalloc(sizeof *tensor + 2 * (size_t)room * sizeof(int64_t));

    *tensor = (struct tensor){.refs = 1, .dtype = dtype, .ndim = ndim};
    tensor->shape = tensor->dims;
    tensor->strides = tensor->dims + room;
    uint64_t size = 1; /* may wrap around beside a length of 0 */
    for (int i = 0; i < ndim; i++) {
        tensor->shape[i] = shape[i];
        size *= (uint64_t)shape[i];
    }
    tensor->size = (int64_t)size;
    return tensor;
}

/* *RET = the bytes of SHAPE; false when it is no shape or too large. */
static bool measure(enum dtype dtype, int ndim, const int64_t *shape,
                    int64_t *ret, struct error *err)
{
    int64_t nbytes = (int64_t)dtype_size(dtype);
    bool empty = false, fits = true;

    if (ndim > TENSOR_MAX_DIMS)
        return error_set(err, ERROR_VALUE,
                         "maximum supported dimension for an ndarray is %d, "
                         "found %d",
                         TENSOR_MAX_DIMS, ndim);
    for (int i = 0; i < ndim; i++) {
        if (shape[i] < 0)
            return error_set(err, ERROR_VALUE,
                             "negative dimensions are not allowed");
        if (shape[i] == 0)
            empty = true;
        else if (fits)
            fits = size_multiply(nbytes, shape[i], &nbytes);
    }
    if (!fits && !empty)
        return error_set(err, ERROR_VALUE,
                         "array is too big; `arr.size * arr.dtype.itemsize` "
                         "is larger than the maximum possible size.");
    *ret = empty ? 0 : nbytes;
    return true;
}

/* Where there are no elements there are no steps. */
static void set_c_strides(struct tensor *tensor)
{
    uint64_t stride = tensor->size ? dtype_size(tensor->dtype) : 0;

    for (int i = tensor->ndim; i-- > 0;) {
        tensor->strides[i] = (int64_t)stride;
        stride *= (uint64_t)tensor->shape[i];
    }
}

/* Says for what the memory was wanted, as NumPy does. */
static void explain_memory_error(struct error *err, enum dtype dtype, int ndim,
                                 const int64_t *shape)
{
    struct strbuf text = STRBUF_INIT;

    strbuf_addf(&text, "%s for an array with shape ", err->message);
    shape_format(&text, ndim, shape);
    strbuf_addf(&text, " and data type %s", dtype_name(dtype));
    free(err->message);
    err->message = strbuf_steal(&text);
}

struct tensor *tensor_new(enum dtype dtype, int ndim, const int64_t *shape,
                          struct error *err)
{
    int64_t nbytes = 0;

    if (!measure(dtype, ndim, shape, &nbytes, err))
        return NULL;
    struct storage *storage = storage_new(nbytes, err);
    if (!storage) {
        explain_memory_error(err, dtype, ndim, shape);
        return NULL;
    }
    struct tensor *tensor = header_new(dtype, ndim, shape);
    tensor->storage = storage;
    tensor->data = storage->bytes;
    set_c_strides(tensor);
    return tensor;
}

struct tensor *tensor_zeros(enum dtype dtype, int ndim, const int64_t *shape,
                            struct error *err)
{
    struct tensor *tensor = tensor_new(dtype, ndim, shape, err);
    if (tensor)
        memset(tensor->data, 0, (size_t)tensor->storage->nbytes);
    return tensor;
}

struct tensor *tensor_full(struct scalar value, enum dtype dtype, int ndim,
                           const int64_t *shape, struct error *err)
{
    struct tensor *tensor = tensor_new(dtype, ndim, shape, err);
    if (!tensor)
        return NULL;
    struct tensor *element = tensor_from_scalar(value, err);
    if (!element || !tensor_assign(tensor, element, err)) {
        tensor_unref(tensor);
        tensor = NULL;
    }
    tensor_unref(element);
    return tensor;
}

struct tensor *tensor_from_scalar(struct scalar value, struct error *err)
{
    struct tensor *tensor = tensor_new(value.dtype, 0, NULL, err);
    if (tensor)
        scalar_store(value, value.dtype, tensor->data);
    return tensor;
}

struct tensor *tensor_new_like(const struct tensor *like, enum dtype dtype,
                               struct error *err)
{
    return tensor_new(dtype, like->ndim, like->shape, err);
}

void tensor_free(struct tensor *tensor)
{
    tensor_unref(tensor->base);
    storage_unref(tensor->storage);
    free(tensor);
}

struct tensor *tensor_view(struct tensor *base, int ndim, const int64_t *shape,
                           const int64_t *strides, char *data)
{
    struct tensor *view = header_new(base->dtype, ndim, shape);

    if (ndim)
        memcpy(view->strides, strides, (size_t)ndim * sizeof *strides);
    view->base = tensor_ref(base->base ? base->base : base);
    view->readonly = base->readonly;
    view->data = data;
    view->storage = storage_ref(base->storage);
    return view;
}

void tensor_own(struct tensor *view)
{
    tensor_unref(view->base);
    view->base = NULL;
}

void tensor_become(struct tensor *tensor, const struct tensor *other)
{
    struct storage *storage = storage_ref(other->storage);

    storage_unref(tensor->storage);
    tensor->storage = storage;
    tensor->data = other->data;
    tensor->dtype = other->dtype;
    tensor->ndim = other->ndim;
    tensor->size = other->size;
    for (int i = 0; i < other->ndim; i++) {
        tensor->shape[i] = other->shape[i];
        tensor->strides[i] = other->strides[i];
    }
}

struct tensor *tensor_alias(struct tensor *base)
{
    return tensor_view(base, base->ndim, base->shape, base->strides,
                       base->data);
}

struct tensor *tensor_copy(const struct tensor *tensor, struct error *err)
{
    return tensor_astype(tensor, tensor->dtype, err);
}

/* Same shape on both sides, no overlap: converts element by element. */
static bool convert(struct tensor *destination, const struct tensor *source,
                    struct error *err)
{
    struct tensor *operands[2] = {(struct tensor *)source, destination};
    struct loop loop;

    if (source->dtype == destination->dtype && tensor_is_contiguous(source) &&
        tensor_is_contiguous(destination) &&
        source->size == destination->size) {
        memcpy(destination->data, source->data,
               (size_t)source->size * dtype_size(source->dtype));
        return true;
    }
    loop_init(&loop, 2, operands, destination->ndim, destination->shape);
    loop_tile(&loop);
    kernel *cast = cast_kernel(source->dtype, destination->dtype);
    return loop_run(&loop, cast_noting_events(source->dtype, destination->dtype),
                    &cast, true, err);
}

struct tensor *tensor_astype(const struct tensor *tensor, enum dtype dtype,
                             struct error *err)
{
    struct tensor *copy = tensor_new_like(tensor, dtype, err);
    if (copy && !convert(copy, tensor, err)) {
        tensor_unref(copy);
        return NULL;
    }
    return copy;
}

struct tensor *tensor_contiguous(struct tensor *tensor, enum dtype dtype,
                                 struct error *err)
{
    if (tensor->dtype == dtype && tensor_is_contiguous(tensor))
        return tensor_ref(tensor);
    return tensor_astype(tensor, dtype, err);
}

/* Can SOURCE be broadcast to DESTINATION?  Leading axes of length 1 may
   be dropped, as in x[0] = [[1, 2]]. */
static bool fits(const struct tensor *destination, const struct tensor *source)
{
    for (int i = 1; i <= source->ndim; i++) {
        int64_t length = source->shape[source->ndim - i];
        if (length == 1)
            continue;
        if (i > destination->ndim ||
            destination->shape[destination->ndim - i] != length)
            return false;
    }
    return true;
}

static bool misfit(const struct tensor *destination,
                   const struct tensor *source, struct error *err)
{
    struct strbuf from = STRBUF_INIT, to = STRBUF_INIT;
    int first = 0; /* leading axes of length 1 have been dropped */

    while (source->ndim - first > destination->ndim &&
           source->shape[first] == 1)
        first++;
    shape_format_tight(&from, source->ndim - first, source->shape + first);
    shape_format_tight(&to, destination->ndim, destination->shape);
    error_set(err, ERROR_VALUE,
              "could not broadcast input array from shape %s into shape %s",
              from.text, to.text);
    strbuf_done(&from);
    strbuf_done(&to);
    return false;
}

/* SOURCE without leading axes that DESTINATION has not; owned. */
static struct tensor *drop_leading(const struct tensor *source, int ndim)
{
    int extra = source->ndim > ndim ? source->ndim - ndim : 0;
    return tensor_view((struct tensor *)source, source->ndim - extra,
                       source->shape + extra, source->strides + extra,
                       source->data);
}

bool tensor_assign(struct tensor *destination, const struct tensor *source,
                   struct error *err)
{
    if (destination->readonly)
        return error_set(err, ERROR_VALUE,
                         "assignment destination is read-only");
    if (!fits(destination, source))
        return misfit(destination, source, err);
    struct tensor *from = tensor_may_share_memory(destination, source)
                              ? tensor_copy(source, err)
                              : tensor_ref((struct tensor *)source);
    if (!from)
        return false;
    struct tensor *lined_up = drop_leading(from, destination->ndim);
    bool done = convert(destination, lined_up, err);
    tensor_unref(lined_up);
    tensor_unref(from);
    return done;
}

bool tensor_is_contiguous(const struct tensor *tensor)
{
    int64_t stride = (int64_t)dtype_size(tensor->dtype);

    if (tensor->size == 0)
        return true;
    for (int i = tensor->ndim; i-- > 0;) {
        if (tensor->shape[i] != 1 && tensor->strides[i] != stride)
            return false;
        stride *= tensor->shape[i];
    }
    return true;
}

bool tensor_is_f_contiguous(const struct tensor *tensor)
{
    int64_t stride = (int64_t)dtype_size(tensor->dtype);

    if (tensor->size == 0)
        return true;
    for (int i = 0; i < tensor->ndim; i++) {
        if (tensor->shape[i] != 1 && tensor->strides[i] != stride)
            return false;
        stride *= tensor->shape[i];
    }
    return true;
}

/* First and one past the last byte that TENSOR reaches. */
static void extent(const struct tensor *tensor, const char **ret_low,
                   const char **ret_high)
{
    const char *low = tensor->data, *high = tensor->data;

    for (int i = 0; i < tensor->ndim; i++) {
        int64_t reach = (tensor->shape[i] - 1) * tensor->strides[i];
        if (reach < 0)
            low += reach;
        else
            high += reach;
    }
    *ret_low = low;
    *ret_high = high + dtype_size(tensor->dtype);
}

bool tensor_may_share_memory(const struct tensor *a, const struct tensor *b)
{
    const char *a_low, *a_high, *b_low, *b_high;

    if (a->storage != b->storage || a->size == 0 || b->size == 0)
        return false;
    extent(a, &a_low, &a_high);
    extent(b, &b_low, &b_high);
    return a_low < b_high && b_low < a_high;
}

struct scalar tensor_item(const struct tensor *tensor)
{
    return scalar_load(tensor->dtype, tensor->data);
}

struct scalar tensor_item_at(const struct tensor *tensor, int64_t flat_index)
{
    const char *at = tensor->data;

    for (int i = tensor->ndim; i-- > 0;) {
        at += flat_index % tensor->shape[i] * tensor->strides[i];
        flat_index /= tensor->shape[i];
    }
    return scalar_load(tensor->dtype, at);
}
