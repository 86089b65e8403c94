/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tensor/clone.h"

#include <string.h>

/* Do the elements lie side by side, in whatever order? */
static bool is_dense(const struct tensor *tensor)
{
    return tensor_is_contiguous(tensor) || tensor_is_f_contiguous(tensor);
}

struct tensor *tensor_clone(const struct tensor *root, struct error *err)
{
    struct tensor *clone =
        tensor_new(root->dtype, root->ndim, root->shape, err);
    if (!clone)
        return NULL;
    if (is_dense(root)) {
        size_t bytes = (size_t)root->size * dtype_size(root->dtype);
        if (bytes)
            memcpy(clone->data, root->data, bytes);
        for (int i = 0; i < root->ndim; i++)
            clone->strides[i] = root->strides[i];
    } else if (!tensor_assign(clone, root, err)) {
        tensor_unref(clone);
        return NULL;
    }
    clone->from_list = root->from_list;
    clone->readonly = root->readonly;
    return clone;
}

struct tensor *tensor_clone_view(const struct tensor *view,
                                 struct tensor *base)
{
    const struct tensor *root = view->base;
    if (view->dtype != base->dtype || !is_dense(root))
        return NULL;
    struct tensor *clone =
        tensor_view(base, view->ndim, view->shape, view->strides,
                    base->data + (view->data - root->data));
    clone->readonly = view->readonly;
    clone->from_list = view->from_list;
    return clone;
}

/* Elements one by one, whatever the strides: I counts those of A. */
static bool same_elements(const struct tensor *a, const struct tensor *b)
{
    size_t size = dtype_size(a->dtype);
    int64_t index[TENSOR_MAX_DIMS] = {0};
    const char *left = a->data, *right = b->data;
    for (int64_t i = 0; i < a->size; i++) {
        if (memcmp(left, right, size) != 0)
            return false;
        for (int axis = a->ndim - 1; axis >= 0; axis--) {
            left += a->strides[axis];
            right += b->strides[axis];
            if (++index[axis] < a->shape[axis])
                break;
            left -= a->strides[axis] * a->shape[axis];
            right -= b->strides[axis] * b->shape[axis];
            index[axis] = 0;
        }
    }
    return true;
}

bool tensor_is_same(const struct tensor *a, const struct tensor *b)
{
    if (a->dtype != b->dtype || a->ndim != b->ndim)
        return false;
    for (int i = 0; i < a->ndim; i++)
        if (a->shape[i] != b->shape[i])
            return false;
    if (a->size == 0)
        return true;
    if (tensor_is_contiguous(a) && tensor_is_contiguous(b))
        return !memcmp(a->data, b->data,
                       (size_t)a->size * dtype_size(a->dtype));
    return same_elements(a, b);
}
