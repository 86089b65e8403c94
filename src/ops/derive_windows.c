/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Convolution and pooling.  float32 images of two axes have kernels; others,
 * and second derivatives, go through a formula over the windows' copies.
 */
#include <string.h>

#include "autograd/tape.h"
#include "ops/derive.h"
#include "ops/sliding.h"
#include "tensor/convolution.h"
#include "tensor/pooling.h"
#include "tensor/reduce.h"

/* ------------------------------------------------------------- the copies */

/* tensor_patches() as a row without a name at the prompt. */
static const struct param patches_params[] = {{"a", PARAM_TENSOR, 0, NULL},
                                              {"geometry", PARAM_DIMS, 0, NULL},
                                              {NULL, PARAM_ANY, 0, NULL}};

enum { GEOMETRY = 3 * PATCH_AXES + 3 }; /* the numbers of a struct patches */

static void pack(const struct patches *patches, int64_t *ret)
{
    size_t axes = sizeof patches->size;
    memcpy(ret, patches->size, axes);
    memcpy(ret + PATCH_AXES, patches->stride, axes);
    memcpy(ret + 2 * PATCH_AXES, patches->dilation, axes);
    ret[GEOMETRY - 3] = patches->axes;
    ret[GEOMETRY - 2] = patches->same;
    ret[GEOMETRY - 1] = patches->lowest;
}

static struct patches unpack(const int64_t *values)
{
    struct patches patches = {.axes = (int)values[GEOMETRY - 3],
                              .same = values[GEOMETRY - 2],
                              .lowest = values[GEOMETRY - 1]};
    size_t axes = sizeof patches.size;
    memcpy(patches.size, values, axes);
    memcpy(patches.stride, values + PATCH_AXES, axes);
    memcpy(patches.dilation, values + 2 * PATCH_AXES, axes);
    return patches;
}

static bool patches_forward(const struct op *op, const struct arg *args,
                            struct op_result *ret, struct error *err)
{
    struct patches patches = unpack(args[1].dims.values);
    (void)op;
    return op_return_array(ret, tensor_patches(args[0].tensor, &patches, err));
}

static const struct op patches_op = {.name = "patches",
                                     .module = "",
                                     .params = patches_params,
                                     .forward = patches_forward,
                                     .vjp = vjp_moved};

static struct tensor *patches_of(struct vjp *v, const struct sliding *sliding,
                                 struct tensor *images)
{
    int64_t geometry[GEOMETRY], order[PATCH_AXES + 2];
    if (images && sliding->channels_first) {
        sliding_to_last(images->ndim, order);
        images = derive_transpose(v, images, order);
    }
    if (!images)
        return NULL;
    pack(&sliding->patches, geometry);
    struct arg args[] = {arg_tensor(images), arg_dims(GEOMETRY, geometry)};
    return vjp_call(v, &patches_op, args);
}

static struct tensor *as_called(struct vjp *v, const struct sliding *sliding,
                                struct tensor *result)
{
    int64_t order[PATCH_AXES + 2];
    if (!result || !sliding->channels_first)
        return result;
    sliding_to_first(result->ndim, order);
    return derive_transpose(v, result, order);
}

/* ------------------------------------------------------------- the kernels */

/* A in plain memory, its channels last. */
static float *plain_floats(struct vjp *v, const struct sliding *sliding,
                           struct tensor *a, bool images)
{
    int64_t order[PATCH_AXES + 2];
    struct tensor *last = a;
    if (images && sliding->channels_first) {
        sliding_to_last(a->ndim, order);
        last = vjp_keep(v, tensor_transpose(a, order, v->err));
    }
    struct tensor *plain =
        last ? vjp_keep(v, tensor_contiguous(last, DTYPE_FLOAT32, v->err))
             : NULL;
    return plain ? (float *)(void *)plain->data : NULL;
}

/* Room for the gradient of the images, and that as they were given. */
static struct tensor *new_images(struct vjp *v, const struct sliding *sliding)
{
    int64_t shape[4] = {sliding->images, sliding->length[0], sliding->length[1],
                        sliding->channels};
    return vjp_keep(v, tensor_new(DTYPE_FLOAT32, 4, shape, v->err));
}

static struct tensor *conv_by_kernel(struct vjp *v,
                                     const struct sliding *sliding)
{
    struct tensor *filters = v->args[1].tensor;
    struct convolution convolution = {sliding->windows, filters->shape[3]};
    int64_t scratch = convolution_scratch(&convolution, sliding->images);
    struct tensor *room =
        vjp_keep(v, tensor_new(DTYPE_FLOAT32, 1, &scratch, v->err));
    struct tensor *ret =
        v->operand
            ? vjp_keep(v, tensor_new_like(filters, DTYPE_FLOAT32, v->err))
            : new_images(v, sliding);
    const float *x = plain_floats(v, sliding, v->args[0].tensor, true);
    const float *w = plain_floats(v, sliding, filters, false);
    const float *g = plain_floats(v, sliding, v->gradient, true);
    if (!room || !ret || !x || !w || !g)
        return NULL;
    float *out = (float *)(void *)ret->data;
    convolution_backward(&convolution, sliding->images, x, w, g,
                         (float *)(void *)room->data, v->operand ? out : NULL,
                         v->operand ? NULL : out);
    return v->operand ? ret : as_called(v, sliding, ret);
}

static struct tensor *pool_by_kernel(struct vjp *v,
                                     const struct sliding *sliding)
{
    struct tensor *ret = new_images(v, sliding);
    /* the kernels give it away bit by bit: a copy */
    struct tensor *gradient = vjp_keep(v, tensor_copy(v->gradient, v->err));
    const float *x = plain_floats(v, sliding, v->args[0].tensor, true);
    const float *y = plain_floats(v, sliding, v->result, true);
    float *g = gradient ? plain_floats(v, sliding, gradient, true) : NULL;
    if (!ret || !x || !y || !g)
        return NULL;
    float *out = (float *)(void *)ret->data;
    if (sliding->patches.lowest)
        pool_max_backward(&sliding->windows, sliding->images, x, y, g, out);
    else
        pool_mean_backward(&sliding->windows, sliding->images, g, out);
    return as_called(v, sliding, ret);
}

/* By DIRECT where that can be, else through FORMULA. */
static struct tensor *by_kernel_or(
    struct vjp *v,
    struct tensor *(*direct)(struct vjp *v, const struct sliding *sliding),
    vjp_formula *formula)
{
    struct sliding sliding;
    if (!sliding_from(v->op, v->args, &sliding, v->err))
        return NULL;
    return sliding.plain && v->gradient->dtype == DTYPE_FLOAT32 &&
                   !tape_is_recording()
               ? direct(v, &sliding)
               : vjp_through(v, formula);
}

/* ------------------------------------------------------------ the formulas */

/* What the windows show, as rows of a matrix, times the kernel as one. */
static struct tensor *conv_formula(struct vjp *v, const struct arg *args)
{
    struct sliding sliding;
    struct tensor *filters = args[1].tensor;
    int64_t shape[PATCH_AXES + 3], count = filters->shape[filters->ndim - 1];
    int64_t matrix[2] = {filters->size / count, count};
    if (!sliding_from(v->op, args, &sliding, v->err))
        return NULL;
    int ndim = sliding_flat(&sliding, shape) - 1;
    shape[ndim - 1] = matrix[0];
    struct tensor *patches = patches_of(v, &sliding, args[0].tensor);
    struct tensor *rows =
        patches ? derive_reshape(v, patches, ndim, shape) : NULL;
    struct tensor *columns = derive_reshape(v, filters, 2, matrix);
    return as_called(v, &sliding, matmul(v, rows, columns));
}

struct tensor *conv_vjp(struct vjp *v)
{
    return by_kernel_or(v, conv_by_kernel, conv_formula);
}

/* Patches with a window's places as one axis, the last but one. */
static struct tensor *flat_patches(struct vjp *v, const struct sliding *sliding,
                                   struct tensor *images)
{
    int64_t shape[PATCH_AXES + 3];
    int ndim = sliding_flat(sliding, shape);
    struct tensor *patches = patches_of(v, sliding, images);
    return patches ? derive_reshape(v, patches, ndim, shape) : NULL;
}

/* What lies at the first of the largest numbers. */
static struct tensor *max_pool_formula(struct vjp *v, const struct arg *args)
{
    struct sliding sliding;
    int64_t axis = -2;
    if (!sliding_from(v->op, args, &sliding, v->err))
        return NULL;
    struct tensor *flat = flat_patches(v, &sliding, args[0].tensor);
    if (!flat)
        return NULL;
    struct tensor *place = vjp_keep(
        v, reduce_arg(flat, false, flat->ndim - 2, true, true, v->err));
    struct tensor *largest = derive_call(v, "take_along_axis",
                                         NAMED({"arr", arg_tensor(flat)},
                                               {"indices", arg_tensor(place)},
                                               {"axis", arg_int(axis)}));
    return as_called(v, &sliding, derive_sum(v, largest, 1, &axis, false));
}

struct tensor *max_pool_vjp(struct vjp *v)
{
    return by_kernel_or(v, pool_by_kernel, max_pool_formula);
}

static struct tensor *average_pool_formula(struct vjp *v,
                                           const struct arg *args)
{
    struct sliding sliding;
    int64_t axis = -2;
    if (!sliding_from(v->op, args, &sliding, v->err))
        return NULL;
    struct tensor *flat = flat_patches(v, &sliding, args[0].tensor);
    struct tensor *inside = vjp_keep(v, sliding_inside(&sliding, v->err));
    struct tensor *share =
        inside ? vjp_cast(v, inside, args[0].tensor->dtype) : NULL;
    return as_called(v, &sliding,
                     over(v, derive_sum(v, flat, 1, &axis, false), share));
}

struct tensor *average_pool_vjp(struct vjp *v)
{
    return by_kernel_or(v, pool_by_kernel, average_pool_formula);
}
