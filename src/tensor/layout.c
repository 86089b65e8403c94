/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tensor/layout.h"

#include <stdlib.h>

/* Axes from the outermost to the innermost in memory; ties as in 'C'. */
static void axes_by_stride(const struct tensor *tensor, int *ret)
{
    for (int i = 0; i < tensor->ndim; i++) {
        int at = i;
        for (; at > 0 && tensor->strides[ret[at - 1]] != 0 &&
               llabs(tensor->strides[ret[at - 1]]) < llabs(tensor->strides[i]);
             at--)
            ret[at] = ret[at - 1];
        ret[at] = i;
    }
}

/* ORDER[0] is the outermost axis of the new tensor, and so on. */
static struct tensor *new_nested(enum dtype dtype, int ndim,
                                 const int64_t *shape, const int *order,
                                 struct error *err)
{
    int64_t nested[TENSOR_MAX_DIMS] = {0}, strides[TENSOR_MAX_DIMS] = {0};

    for (int i = 0; i < ndim; i++)
        nested[i] = shape[order[i]];
    struct tensor *tensor = tensor_new(dtype, ndim, nested, err);
    for (int i = 0; tensor && i < ndim; i++)
        strides[order[i]] = tensor->strides[i];
    for (int i = 0; tensor && i < ndim; i++) {
        tensor->shape[i] = shape[i];
        tensor->strides[i] = strides[i];
    }
    return tensor;
}

struct tensor *tensor_new_ordered(enum dtype dtype, int ndim,
                                  const int64_t *shape, char order,
                                  struct error *err)
{
    int reversed[TENSOR_MAX_DIMS];

    if (order != 'F' || ndim > TENSOR_MAX_DIMS)
        return tensor_new(dtype, ndim, shape, err);
    for (int i = 0; i < ndim; i++)
        reversed[i] = ndim - 1 - i;
    return new_nested(dtype, ndim, shape, reversed, err);
}

/* 'C' or 'F' where 'A' or 'K' comes to that for TENSOR. */
static char settle(const struct tensor *tensor, char order)
{
    if (order == 'K' && tensor_is_contiguous(tensor))
        return 'C';
    if (order == 'A' || order == 'K') {
        if (!tensor_is_contiguous(tensor) && tensor_is_f_contiguous(tensor))
            return 'F';
        return order == 'A' ? 'C' : 'K';
    }
    return order;
}

struct tensor *tensor_new_like_ordered(const struct tensor *like,
                                       enum dtype dtype, char order,
                                       struct error *err)
{
    int axes[TENSOR_MAX_DIMS];

    order = settle(like, order);
    if (order != 'K')
        return tensor_new_ordered(dtype, like->ndim, like->shape, order, err);
    axes_by_stride(like, axes);
    return new_nested(dtype, like->ndim, like->shape, axes, err);
}

struct tensor *tensor_copy_ordered(const struct tensor *tensor,
                                   enum dtype dtype, char order,
                                   struct error *err)
{
    struct tensor *copy = tensor_new_like_ordered(tensor, dtype, order, err);
    if (copy && !tensor_assign(copy, tensor, err)) {
        tensor_unref(copy);
        return NULL;
    }
    return copy;
}

struct tensor *tensor_ravel(struct tensor *tensor, char order,
                            struct error *err)
{
    int axes[TENSOR_MAX_DIMS];
    int64_t moved[TENSOR_MAX_DIMS], all = -1;

    order = settle(tensor, order);
    if (order != 'K') {
        struct tensor *line = tensor_reshape(tensor, 1, &all, order, err);
        if (line && line->storage != tensor->storage)
            tensor_own(line);
        return line;
    }
    axes_by_stride(tensor, axes);
    for (int i = 0; i < tensor->ndim; i++)
        moved[i] = axes[i];
    struct tensor *nested = tensor_transpose(tensor, moved, err);
    struct tensor *line = nested ? tensor_ravel(nested, 'C', err) : NULL;
    tensor_unref(nested);
    return line;
}
