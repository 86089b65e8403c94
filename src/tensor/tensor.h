/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The tensor: a shape and byte strides over counted bytes.  A view is another
 * tensor over the same storage; writing through one is seen through all.
 *
 * Throughout: arguments are borrowed, a returned tensor is owned by the
 * caller (tensor_unref it), NULL means failure and ERR says why.
 * The fields are read-only outside src/tensor.
 */
#ifndef TENSOR_TENSOR_H
#define TENSOR_TENSOR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "tensor/dtype.h"
#include "tensor/storage.h"

enum { TENSOR_MAX_DIMS = 32 };

struct tensor {
    int refs;
    enum dtype dtype;
    int ndim;
    bool readonly;    /* broadcast views: writing would hit shared elements */
    bool from_list;   /* written as a list at the prompt, so that its numbers
                         are Python's */
    int64_t size;     /* elements: the product of shape, 1 for ndim 0 */
    int64_t *shape;   /* ndim elements */
    int64_t *strides; /* ndim elements, in bytes, may be 0 or negative */
    char *data;       /* first element, inside storage */
    struct storage *storage;
    struct tensor *base; /* views: whose bytes they are, never itself a view */
    int64_t dims[]; /* where shape and strides live */
};

/* C order, not initialised.  MemoryError when it cannot be had, ValueError
   for a negative length or more than TENSOR_MAX_DIMS axes. */
struct tensor *tensor_new(enum dtype dtype, int ndim, const int64_t *shape,
                          struct error *err);
struct tensor *tensor_zeros(enum dtype dtype, int ndim, const int64_t *shape,
                            struct error *err);
struct tensor *tensor_full(struct scalar value, enum dtype dtype, int ndim,
                           const int64_t *shape, struct error *err);
struct tensor *tensor_from_scalar(struct scalar value, struct error *err);

/* Uninitialised, shaped as LIKE, C order. */
struct tensor *tensor_new_like(const struct tensor *like, enum dtype dtype,
                               struct error *err);

static inline struct tensor *tensor_ref(struct tensor *tensor)
{
    tensor->refs++;
    return tensor;
}
void tensor_free(struct tensor *tensor); /* by tensor_unref only */
static inline void tensor_unref(struct tensor *tensor) /* NULL is fine */
{
    if (tensor && --tensor->refs == 0)
        tensor_free(tensor);
}

/* A view with any shape, byte strides and first element inside BASE's
   storage; the caller vouches for the bounds.  Never fails. */
struct tensor *tensor_view(struct tensor *base, int ndim, const int64_t *shape,
                           const int64_t *strides, char *data);

/* A view whose storage nobody else uses is no view of anything. */
void tensor_own(struct tensor *view);

/* TENSOR, which has room for it, becomes what OTHER is: the same bytes, dtype
   and shape. */
void tensor_become(struct tensor *tensor, const struct tensor *other);

/* Can TENSOR's own shape and strides hold NDIM axes? */
bool tensor_has_room(const struct tensor *tensor, int ndim);

/* A view of all of it, as x[...] gives. */
struct tensor *tensor_alias(struct tensor *base);

/* A copy of its own in C order, converted to DTYPE (C casts, as astype). */
struct tensor *tensor_copy(const struct tensor *tensor, struct error *err);
struct tensor *tensor_astype(const struct tensor *tensor, enum dtype dtype,
                             struct error *err);

/* TENSOR itself (one more reference) when it has this dtype and is C
   contiguous, else a converted copy.  For BLAS and for kernels that want
   plain memory. */
struct tensor *tensor_contiguous(struct tensor *tensor, enum dtype dtype,
                                 struct error *err);

/* DESTINATION[...] = SOURCE, broadcast and converted; overlapping memory is
   handled.  ValueError when the shape does not fit or DESTINATION is
   read-only. */
bool tensor_assign(struct tensor *destination, const struct tensor *source,
                   struct error *err);

bool tensor_is_contiguous(const struct tensor *tensor); /* C order */
bool tensor_is_f_contiguous(const struct tensor *tensor);
bool tensor_may_share_memory(const struct tensor *a, const struct tensor *b);

/* Views of shape.  reshape: one length may be -1; a copy only when strides
   cannot express it (also for ORDER 'F').  NumPy's ValueErrors. */
struct tensor *tensor_reshape(struct tensor *tensor, int ndim,
                              const int64_t *shape, char order,
                              struct error *err);
/* AXES has ndim elements, or is NULL to reverse them all. */
struct tensor *tensor_transpose(struct tensor *tensor, const int64_t *axes,
                                struct error *err);
/* Read-only view with repeated axes of stride 0. */
struct tensor *tensor_broadcast_to(struct tensor *tensor, int ndim,
                                   const int64_t *shape, struct error *err);
struct tensor *tensor_expand_dims(struct tensor *tensor, int axis);
/* Drops axis AXIS, whose length is 1. */
struct tensor *tensor_drop_axis(struct tensor *tensor, int axis);

/* A view of COUNT elements of AXIS, from FIRST on. */
struct tensor *tensor_section(struct tensor *tensor, int axis, int64_t first,
                              int64_t count);
/* A view with the elements of AXIS in reverse. */
struct tensor *tensor_flip(struct tensor *tensor, int axis);
/* A view of the diagonal OFFSET of two different axes; it is the last axis,
   the two are gone. */
struct tensor *tensor_diagonal(struct tensor *tensor, int64_t offset,
                               int axis1, int axis2);

/* The common shape of COUNT operands: "operands could not be broadcast
   together with shapes (2,3) (2,) ". */
bool tensor_broadcast_shapes(int count, struct tensor *const *operands,
                             int *ret_ndim, int64_t *ret_shape,
                             struct error *err);
/* The same, but the ValueError names the two that differ: "shape mismatch:
   objects cannot be broadcast to a single shape.  Mismatch is between …". */
bool tensor_broadcast_objects(int count, struct tensor *const *arrays,
                              int *ret_ndim, int64_t *ret_shape,
                              struct error *err);

/* AXIS in -ndim … ndim-1 to 0 … ndim-1; else AxisError in NumPy's words. */
bool tensor_normalize_axis(int64_t axis, int ndim, int *ret,
                           struct error *err);

/* The one element of a tensor of size 1 (the first of any other). */
struct scalar tensor_item(const struct tensor *tensor);
struct scalar tensor_item_at(const struct tensor *tensor, int64_t flat_index);

/* "(2, 3)", "(5,)", "()" – and NumPy's error form "(2,3)", "(5,)". */
void shape_format(struct strbuf *sb, int ndim, const int64_t *shape);
void shape_format_tight(struct strbuf *sb, int ndim, const int64_t *shape);

#endif
