/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Other shapes over the same bytes, and the arithmetic of shapes. */
#include <string.h>

#include "base/alloc.h"
#include "tensor/tensor.h"

static void format(struct strbuf *sb, int ndim, const int64_t *shape,
                   const char *separator)
{
    strbuf_addc(sb, '(');
    for (int i = 0; i < ndim; i++)
        strbuf_addf(sb, "%s%lld", i ? separator : "", (long long)shape[i]);
    strbuf_adds(sb, ndim == 1 ? ",)" : ")");
}

void shape_format(struct strbuf *sb, int ndim, const int64_t *shape)
{
    format(sb, ndim, shape, ", ");
}

void shape_format_tight(struct strbuf *sb, int ndim, const int64_t *shape)
{
    format(sb, ndim, shape, ",");
}

bool tensor_normalize_axis(int64_t axis, int ndim, int *ret, struct error *err)
{
    if (axis < -ndim || axis >= ndim)
        return error_set(err, ERROR_AXIS,
                         "axis %lld is out of bounds for array of dimension %d",
                         (long long)axis, ndim);
    *ret = (int)(axis < 0 ? axis + ndim : axis);
    return true;
}

/* ------------------------------------------------------------- reshape */

static void *cannot_reshape(const struct tensor *tensor, int ndim,
                            const int64_t *shape, struct error *err)
{
    struct strbuf wanted = STRBUF_INIT;

    shape_format_tight(&wanted, ndim, shape);
    error_set(err, ERROR_VALUE, "cannot reshape array of size %lld into shape %s",
              (long long)tensor->size, wanted.text);
    strbuf_done(&wanted);
    return NULL;
}

/* SHAPE with its -1 replaced by what is left, in RET. */
static bool complete_shape(const struct tensor *tensor, int ndim,
                           const int64_t *shape, int64_t *ret,
                           struct error *err)
{
    int64_t known = 1;
    int unknown = -1;

    if (ndim > TENSOR_MAX_DIMS)
        return error_set(err, ERROR_VALUE,
                         "maximum supported dimension for an ndarray is %d, "
                         "found %d",
                         TENSOR_MAX_DIMS, ndim);
    for (int i = 0; i < ndim; i++) {
        ret[i] = shape[i];
        if (shape[i] < 0) {
            if (unknown >= 0)
                return error_set(err, ERROR_VALUE,
                                 "can only specify one unknown dimension");
            unknown = i;
        } else if (!size_multiply(known, shape[i], &known)) {
            return cannot_reshape(tensor, ndim, shape, err);
        }
    }
    if (unknown >= 0) {
        if (known == 0 || tensor->size % known)
            return cannot_reshape(tensor, ndim, shape, err);
        ret[unknown] = tensor->size / known;
    } else if (known != tensor->size) {
        return cannot_reshape(tensor, ndim, shape, err);
    }
    return true;
}

/* The axes of length 1 say nothing about memory; drops them. */
static int squeezed(const struct tensor *tensor, int64_t *shape,
                    int64_t *strides)
{
    int count = 0;
    for (int i = 0; i < tensor->ndim; i++) {
        if (tensor->shape[i] == 1)
            continue;
        shape[count] = tensor->shape[i];
        strides[count++] = tensor->strides[i];
    }
    return count;
}

/*
 * Strides for SHAPE over TENSOR's memory in C order, or false when only a
 * copy can have that shape.  Groups of old axes and of new axes with the same
 * number of elements are matched from the front; a group of old axes must be
 * evenly spaced in memory.
 */
static bool strides_for(const struct tensor *tensor, int ndim,
                        const int64_t *shape, int64_t *ret)
{
    int64_t old_shape[TENSOR_MAX_DIMS], old_strides[TENSOR_MAX_DIMS];
    int old_ndim = squeezed(tensor, old_shape, old_strides);
    int old = 0, new = 0;

    while (old < old_ndim && new < ndim) {
        int old_end = old + 1, new_end = new + 1;
        int64_t old_size = old_shape[old], new_size = shape[new];

        while (old_size != new_size) {
            if (old_size < new_size)
                old_size *= old_shape[old_end++];
            else
                new_size *= shape[new_end++];
        }
        for (int i = old; i < old_end - 1; i++)
            if (old_strides[i] != old_shape[i + 1] * old_strides[i + 1])
                return false;
        int64_t stride = old_strides[old_end - 1];
        for (int i = new_end; i-- > new;) {
            ret[i] = stride;
            stride *= shape[i];
        }
        old = old_end;
        new = new_end;
    }
    for (int i = new; i < ndim; i++) /* only lengths of 1 are left */
        ret[i] = (int64_t)dtype_size(tensor->dtype);
    return true;
}

static struct tensor *reshape_c(struct tensor *tensor, int ndim,
                                const int64_t *shape, struct error *err)
{
    int64_t strides[TENSOR_MAX_DIMS];

    if (tensor->size == 0) {
        for (int i = ndim; i-- > 0;)
            strides[i] = i == ndim - 1
                             ? (int64_t)dtype_size(tensor->dtype)
                             : strides[i + 1] *
                                   (shape[i + 1] ? shape[i + 1] : 1);
        return tensor_view(tensor, ndim, shape, strides, tensor->data);
    }
    if (strides_for(tensor, ndim, shape, strides))
        return tensor_view(tensor, ndim, shape, strides, tensor->data);
    struct tensor *copy = tensor_copy(tensor, err);
    if (!copy)
        return NULL;
    strides_for(copy, ndim, shape, strides);
    struct tensor *view = tensor_view(copy, ndim, shape, strides, copy->data);
    tensor_unref(copy);
    return view;
}

struct tensor *tensor_reshape(struct tensor *tensor, int ndim,
                              const int64_t *shape, char order,
                              struct error *err)
{
    int64_t complete[TENSOR_MAX_DIMS], reversed[TENSOR_MAX_DIMS];

    if (!complete_shape(tensor, ndim, shape, complete, err))
        return NULL;
    bool fortran = order == 'F' || (order == 'A' &&
                                    !tensor_is_contiguous(tensor) &&
                                    tensor_is_f_contiguous(tensor));
    if (!fortran)
        return reshape_c(tensor, ndim, complete, err);
    /* Fortran's order is C's order of the transposed. */
    for (int i = 0; i < ndim; i++)
        reversed[i] = complete[ndim - 1 - i];
    struct tensor *transposed = tensor_transpose(tensor, NULL, err);
    struct tensor *flipped = reshape_c(transposed, ndim, reversed, err);
    struct tensor *result =
        flipped ? tensor_transpose(flipped, NULL, err) : NULL;
    tensor_unref(transposed);
    tensor_unref(flipped);
    return result;
}

/* ----------------------------------------------------------- transpose */

struct tensor *tensor_transpose(struct tensor *tensor, const int64_t *axes,
                                struct error *err)
{
    int64_t shape[TENSOR_MAX_DIMS], strides[TENSOR_MAX_DIMS];
    bool taken[TENSOR_MAX_DIMS] = {false};
    int ndim = tensor->ndim;

    for (int i = 0; i < ndim; i++) {
        int axis = ndim - 1 - i;
        if (axes && !tensor_normalize_axis(axes[i], ndim, &axis, err))
            return NULL;
        if (taken[axis])
            return error_null(err, ERROR_VALUE, "repeated axis in transpose");
        taken[axis] = true;
        shape[i] = tensor->shape[axis];
        strides[i] = tensor->strides[axis];
    }
    return tensor_view(tensor, ndim, shape, strides, tensor->data);
}

struct tensor *tensor_expand_dims(struct tensor *tensor, int axis)
{
    int64_t shape[TENSOR_MAX_DIMS + 1], strides[TENSOR_MAX_DIMS + 1];
    int ndim = tensor->ndim + 1;

    for (int i = 0, old = 0; i < ndim; i++) {
        shape[i] = i == axis ? 1 : tensor->shape[old];
        strides[i] = i == axis ? 0 : tensor->strides[old];
        old += i != axis;
    }
    return tensor_view(tensor, ndim, shape, strides, tensor->data);
}

struct tensor *tensor_drop_axis(struct tensor *tensor, int axis)
{
    int64_t shape[TENSOR_MAX_DIMS], strides[TENSOR_MAX_DIMS];

    for (int i = 0, new = 0; i < tensor->ndim; i++) {
        if (i == axis)
            continue;
        shape[new] = tensor->shape[i];
        strides[new++] = tensor->strides[i];
    }
    return tensor_view(tensor, tensor->ndim - 1, shape, strides, tensor->data);
}

struct tensor *tensor_section(struct tensor *tensor, int axis, int64_t first,
                              int64_t count)
{
    int64_t shape[TENSOR_MAX_DIMS];

    memcpy(shape, tensor->shape, (size_t)tensor->ndim * sizeof *shape);
    shape[axis] = count;
    return tensor_view(tensor, tensor->ndim, shape, tensor->strides,
                       tensor->data +
                           (count ? first * tensor->strides[axis] : 0));
}

struct tensor *tensor_flip(struct tensor *tensor, int axis)
{
    struct tensor *view = tensor_alias(tensor);

    if (tensor->shape[axis] > 0)
        view->data += (tensor->shape[axis] - 1) * tensor->strides[axis];
    view->strides[axis] = -tensor->strides[axis];
    return view;
}

struct tensor *tensor_diagonal(struct tensor *tensor, int64_t offset,
                               int axis1, int axis2)
{
    int64_t shape[TENSOR_MAX_DIMS], strides[TENSOR_MAX_DIMS];
    int64_t rows = tensor->shape[axis1], columns = tensor->shape[axis2];
    int64_t row = 0, column = 0;
    int n = 0;

    if (offset >= 0) {
        column = offset < columns ? offset : columns;
    } else {
        row = -offset < rows ? -offset : rows;
    }
    rows -= row;
    columns -= column;
    for (int i = 0; i < tensor->ndim; i++) {
        if (i == axis1 || i == axis2)
            continue;
        shape[n] = tensor->shape[i];
        strides[n++] = tensor->strides[i];
    }
    shape[n] = rows < columns ? rows : columns;
    strides[n] = tensor->strides[axis1] + tensor->strides[axis2];
    char *data = tensor->data;
    if (shape[n])
        data += row * tensor->strides[axis1] + column * tensor->strides[axis2];
    return tensor_view(tensor, tensor->ndim - 1, shape, strides, data);
}

/* ------------------------------------------------------------ broadcast */

static bool cannot_broadcast(int count, struct tensor *const *operands,
                             struct error *err)
{
    struct strbuf shapes = STRBUF_INIT;

    for (int i = 0; i < count; i++) {
        shape_format_tight(&shapes, operands[i]->ndim, operands[i]->shape);
        strbuf_addc(&shapes, ' ');
    }
    error_set(err, ERROR_VALUE,
              "operands could not be broadcast together with shapes %s",
              shapes.text);
    strbuf_done(&shapes);
    return false;
}

bool tensor_broadcast_shapes(int count, struct tensor *const *operands,
                             int *ret_ndim, int64_t *ret_shape,
                             struct error *err)
{
    int64_t shape[TENSOR_MAX_DIMS];
    int ndim = 0;

    for (int k = 0; k < count; k++)
        if (operands[k]->ndim > ndim)
            ndim = operands[k]->ndim;
    for (int i = 1; i <= ndim; i++) {
        int64_t length = 1;
        for (int k = 0; k < count; k++) {
            const struct tensor *operand = operands[k];
            if (i > operand->ndim)
                continue;
            int64_t own = operand->shape[operand->ndim - i];
            if (own == 1 || own == length)
                continue;
            if (length != 1)
                return cannot_broadcast(count, operands, err);
            length = own;
        }
        shape[ndim - i] = length;
    }
    *ret_ndim = ndim;
    memcpy(ret_shape, shape, (size_t)ndim * sizeof *shape);
    return true;
}

bool tensor_broadcast_objects(int count, struct tensor *const *arrays,
                              int *ret_ndim, int64_t *ret_shape,
                              struct error *err)
{
    struct error ignored = ERROR_INIT;
    struct strbuf a = STRBUF_INIT, b = STRBUF_INIT;
    int first = 0, last = 1;

    if (tensor_broadcast_shapes(count, arrays, ret_ndim, ret_shape, &ignored))
        return true;
    /* The first array that does not go with those before it, and with which
       one it does not. */
    while (last < count && tensor_broadcast_shapes(last + 1, arrays, ret_ndim,
                                                   ret_shape, &ignored))
        last++;
    for (first = 0; first < last; first++) {
        struct tensor *pair[2] = {arrays[first], arrays[last]};
        if (!tensor_broadcast_shapes(2, pair, ret_ndim, ret_shape, &ignored))
            break;
    }
    error_clear(&ignored);
    shape_format(&a, arrays[first]->ndim, arrays[first]->shape);
    shape_format(&b, arrays[last]->ndim, arrays[last]->shape);
    error_set(err, ERROR_VALUE,
              "shape mismatch: objects cannot be broadcast to a single shape.  "
              "Mismatch is between arg %d with shape %s and arg %d with shape "
              "%s.",
              first, a.text, last, b.text);
    strbuf_done(&a);
    strbuf_done(&b);
    return false;
}

struct tensor *tensor_broadcast_to(struct tensor *tensor, int ndim,
                                   const int64_t *shape, struct error *err)
{
    int64_t strides[TENSOR_MAX_DIMS];
    int missing = ndim - tensor->ndim;
    bool fits = missing >= 0 && ndim <= TENSOR_MAX_DIMS;

    for (int i = 0; fits && i < ndim; i++) {
        int64_t own = i < missing ? 1 : tensor->shape[i - missing];
        strides[i] =
            own == 1 ? 0 : tensor->strides[i - missing];
        fits = own == 1 || own == shape[i];
    }
    if (!fits) {
        struct strbuf own = STRBUF_INIT, wanted = STRBUF_INIT;
        shape_format_tight(&own, tensor->ndim, tensor->shape);
        shape_format_tight(&wanted, ndim, shape);
        error_set(err, ERROR_VALUE,
                  missing < 0
                      ? "input operand has more dimensions than allowed by the "
                        "axis remapping"
                      : "operands could not be broadcast together with remapped "
                        "shapes [original->remapped]: %s  and requested shape %s",
                  own.text, wanted.text);
        strbuf_done(&own);
        strbuf_done(&wanted);
        return NULL;
    }
    struct tensor *view =
        tensor_view(tensor, ndim, shape, strides, tensor->data);
    view->readonly = true;
    return view;
}
