/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a reduction starts from, which loop it takes, what shape it has. */
#include "tensor/reduce.h"

#include <math.h>
#include <string.h>

#include "tensor/reduce_walk.h"

bool axes_init(struct axes *axes, int count, const int64_t *values, int ndim,
               struct error *err)
{
    bool taken[TENSOR_MAX_DIMS] = {false};

    *axes = (struct axes){.all = false};
    for (int i = 0; i < count; i++) {
        int axis;
        if (!tensor_normalize_axis(values[i], ndim, &axis, err))
            return false;
        if (taken[axis])
            return error_set(err, ERROR_VALUE, "duplicate value in 'axis'");
        taken[axis] = true;
    }
    for (int i = 0; i < ndim; i++)
        if (taken[i])
            axes->axis[axes->count++] = i;
    return true;
}

bool axes_has(const struct axes *axes, int axis)
{
    if (axes->all)
        return true;
    for (int i = 0; i < axes->count; i++)
        if (axes->axis[i] == axis)
            return true;
    return false;
}

int64_t reduced_shape(const struct tensor *tensor, const struct axes *axes,
                      int64_t *ret_shape)
{
    int64_t count = 1;

    for (int i = 0; i < tensor->ndim; i++) {
        bool reduced = axes_has(axes, i);
        ret_shape[i] = reduced ? 1 : tensor->shape[i];
        if (reduced)
            count *= tensor->shape[i];
    }
    return count;
}

struct tensor *drop_reduced(struct tensor *result, const struct axes *axes,
                            bool keepdims)
{
    int64_t shape[TENSOR_MAX_DIMS], strides[TENSOR_MAX_DIMS];
    int ndim = 0;

    if (keepdims || !result)
        return result;
    for (int i = 0; i < result->ndim; i++) {
        if (axes_has(axes, i))
            continue;
        shape[ndim] = result->shape[i];
        strides[ndim++] = result->strides[i];
    }
    struct tensor *view =
        tensor_view(result, ndim, shape, strides, result->data);
    tensor_unref(result);
    tensor_own(view); /* nobody else holds it */
    return view;
}

/* --------------------------------------------------------- ufunc.reduce */

/* Sums and products of small integers are as wide as int64. */
static enum dtype accumulator_dtype(const struct ufunc *ufunc,
                                    enum dtype dtype)
{
    bool sums = !strcmp(ufunc->name, "add") || !strcmp(ufunc->name, "multiply");

    if (!sums || dtype_is_float(dtype))
        return DTYPE_COUNT;
    return dtype_kind(dtype) == 'u' ? DTYPE_UINT64 : DTYPE_INT64;
}

const struct ufunc_loop *reduce_loop(const struct ufunc *ufunc,
                                     struct tensor *tensor, enum dtype dtype,
                                     struct error *err)
{
    struct tensor *inputs[2] = {tensor, tensor};

    if (dtype == DTYPE_COUNT)
        dtype = accumulator_dtype(ufunc, tensor->dtype);
    for (int i = 0; i < ufunc->loop_count; i++) {
        const struct ufunc_loop *loop = &ufunc->loops[i];
        if (loop->in != loop->out) /* logical_and: as bools */
            return &ufunc->loops[0];
        if (loop->out == dtype)
            return loop;
    }
    return ufunc_resolve(ufunc, inputs, dtype, CASTING_SAME_KIND, err);
}

static struct scalar identity_of(const struct ufunc *ufunc)
{
    switch (ufunc->identity) {
    case IDENTITY_ONE:
        return scalar_from_int(1);
    case IDENTITY_MINUS_ONE:
        return scalar_from_int(-1);
    case IDENTITY_MINUS_INFINITY:
        return scalar_from_double(-INFINITY);
    default:
        return scalar_from_int(0);
    }
}

/* The first element of every reduced axis, that axis kept. */
static struct tensor *first_elements(struct tensor *tensor,
                                     const struct axes *axes)
{
    int64_t shape[TENSOR_MAX_DIMS];

    reduced_shape(tensor, axes, shape);
    return tensor_view(tensor, tensor->ndim, shape, tensor->strides,
                       tensor->data);
}

/* All but those, along the one reduced axis. */
static struct tensor *later_elements(struct tensor *tensor, int axis)
{
    int64_t shape[TENSOR_MAX_DIMS];

    memcpy(shape, tensor->shape, (size_t)tensor->ndim * sizeof *shape);
    shape[axis]--;
    return tensor_view(tensor, tensor->ndim, shape, tensor->strides,
                       tensor->data + tensor->strides[axis]);
}

/* How many axes are reduced, and the last of them. */
static int reduced_axes(const struct tensor *tensor, const struct axes *axes,
                        int *ret_last)
{
    int count = 0;

    for (int i = 0; i < tensor->ndim; i++) {
        if (axes_has(axes, i)) {
            *ret_last = i;
            count++;
        }
    }
    return count;
}

/* Is there something to start from? */
static bool check_start(const struct ufunc *ufunc, struct tensor *tensor,
                        const struct axes *axes,
                        const struct reduce_options *options, struct error *err)
{
    int64_t shape[TENSOR_MAX_DIMS];
    int last;

    if (ufunc->identity == IDENTITY_NONE &&
        reduced_axes(tensor, axes, &last) > 1)
        return error_set(err, ERROR_VALUE,
                         "reduction operation '%s' is not reorderable, so at "
                         "most one axis may be specified",
                         ufunc->name);
    if (options->initial || ufunc->identity > IDENTITY_ANY_ORDER)
        return true;
    if (options->where)
        return error_set(err, ERROR_VALUE,
                         "reduction operation '%s' does not have an identity, "
                         "so to use a where mask one has to specify 'initial'",
                         ufunc->name);
    if (reduced_shape(tensor, axes, shape) == 0)
        return error_set(err, ERROR_VALUE,
                         "zero-size array to reduction operation %s which "
                         "has no identity",
                         ufunc->name);
    return true;
}

/* What the reduction starts from, in DTYPE, and in *REST (owned) what is still
   to be reduced.  x op x is x for those that go along several axes without an
   identity, so that their first elements may be taken twice. */
static struct tensor *start(const struct ufunc *ufunc, struct tensor *tensor,
                            const struct axes *axes,
                            const struct reduce_options *options,
                            enum dtype dtype, struct tensor **rest,
                            struct error *err)
{
    int64_t shape[TENSOR_MAX_DIMS];
    int axis;

    if (options->initial || ufunc->identity > IDENTITY_ANY_ORDER) {
        struct scalar from =
            options->initial ? *options->initial : identity_of(ufunc);
        reduced_shape(tensor, axes, shape);
        *rest = tensor_ref(tensor);
        return tensor_full(from, dtype, tensor->ndim, shape, err);
    }
    *rest =
        ufunc->identity == IDENTITY_NONE && reduced_axes(tensor, axes, &axis)
            ? later_elements(tensor, axis)
            : tensor_ref(tensor);
    struct tensor *first = first_elements(tensor, axes);
    struct tensor *result = tensor_astype(first, dtype, err);
    tensor_unref(first);
    return result;
}

static bool reduce_into(struct tensor *result, const struct ufunc *ufunc,
                        const struct ufunc_loop *loop, struct tensor *rest,
                        struct tensor *where, struct error *err)
{
    struct reduction r = reduction_of(ufunc, loop);
    struct tensor *mask = NULL;

    if (where &&
        !(mask = tensor_broadcast_to(where, rest->ndim, rest->shape, err)))
        return false;
    bool done = reduce_walk(&r, rest, result, NULL, mask, err);
    tensor_unref(mask);
    return done;
}

struct tensor *reduce_ufunc_with(const struct ufunc *ufunc,
                                 struct tensor *tensor, const struct axes *axes,
                                 const struct reduce_options *options,
                                 struct error *err)
{
    const struct ufunc_loop *loop =
        reduce_loop(ufunc, tensor, options->dtype, err);
    struct tensor *rest = NULL;

    if (!loop || !check_start(ufunc, tensor, axes, options, err))
        return NULL;
    struct tensor *result =
        start(ufunc, tensor, axes, options, loop->in, &rest, err);
    if (result &&
        !reduce_into(result, ufunc, loop, rest, options->where, err)) {
        tensor_unref(result);
        result = NULL;
    }
    tensor_unref(rest);
    return drop_reduced(result, axes, options->keepdims);
}

struct tensor *reduce_ufunc(const struct ufunc *ufunc, struct tensor *tensor,
                            const struct axes *axes, bool keepdims,
                            enum dtype dtype, struct error *err)
{
    struct reduce_options options = {.keepdims = keepdims, .dtype = dtype};
    return reduce_ufunc_with(ufunc, tensor, axes, &options, err);
}
