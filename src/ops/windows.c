/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Windows that slide over images: convolution and pooling, with the parameters
 * of Keras 3 (keras.io/api/ops/nn).  float32 images of two axes go through the
 * kernels of the layers; others are copied out window by window.
 */
#include "ops/derive.h"
#include "ops/families.h"
#include "ops/sliding.h"
#include "tensor/convolution.h"
#include "tensor/pooling.h"
#include "tensor/steps.h"

static const struct param conv_params[] = {
    {"inputs", PARAM_TENSOR, 0, NULL},
    {"kernel", PARAM_TENSOR, 0, NULL},
    {"strides", PARAM_DIMS, 0, "1"},
    {"padding", PARAM_STRING, 0, "'valid'"},
    {"data_format", PARAM_STRING, 0, "None"},
    {"dilation_rate", PARAM_DIMS, 0, "1"},
    {NULL, 0, 0, NULL}};
static const struct param pool_params[] = {
    {"inputs", PARAM_TENSOR, 0, NULL},
    {"pool_size", PARAM_DIMS, 0, NULL},
    {"strides", PARAM_DIMS, 0, "None"},
    {"padding", PARAM_STRING, 0, "'valid'"},
    {"data_format", PARAM_STRING, 0, "None"},
    {NULL, 0, 0, NULL}};

/* ----------------------------------------------------------------- forward */

/* With the channels last, or as they were; borrowed. */
static struct tensor *ordered(struct steps *s, const struct sliding *sliding,
                              struct tensor *images,
                              void (*order)(int ndim, int64_t *ret))
{
    int64_t axes[PATCH_AXES + 2];
    if (!images || !sliding->channels_first)
        return images;
    order(images->ndim, axes);
    return step(s, tensor_transpose(images, axes, s->err));
}

/* images x counts x LAST, not filled. */
static struct tensor *output_like(struct steps *s,
                                  const struct sliding *sliding, int64_t last,
                                  enum dtype dtype)
{
    int64_t shape[PATCH_AXES + 3];
    int axes = sliding->patches.axes;
    sliding_flat(sliding, shape);
    shape[axes + 1] = last;
    return step(s, tensor_new(dtype, axes + 2, shape, s->err));
}

static struct tensor *conv_plain(struct steps *s, const struct sliding *sliding,
                                 struct tensor *images, struct tensor *filters)
{
    struct convolution convolution = {sliding->windows, filters->shape[3]};
    int64_t scratch = convolution_scratch(&convolution, sliding->images);
    struct tensor *x =
        step(s, tensor_contiguous(images, DTYPE_FLOAT32, s->err));
    struct tensor *w =
        step(s, tensor_contiguous(filters, DTYPE_FLOAT32, s->err));
    struct tensor *room =
        step(s, tensor_new(DTYPE_FLOAT32, 1, &scratch, s->err));
    struct tensor *result =
        output_like(s, sliding, filters->shape[3], DTYPE_FLOAT32);
    if (!x || !w || !room || !result)
        return NULL;
    convolution_forward(&convolution, sliding->images, (float *)(void *)x->data,
                        (float *)(void *)w->data, (float *)(void *)room->data,
                        (float *)(void *)result->data);
    return result;
}

/* What the windows show, as rows of a matrix, times the kernel as one. */
static struct tensor *conv_patches(struct steps *s,
                                   const struct sliding *sliding,
                                   struct tensor *images,
                                   struct tensor *filters)
{
    int64_t count = filters->shape[filters->ndim - 1];
    int64_t matrix[2] = {filters->size / count, count};
    int64_t shape[PATCH_AXES + 3];
    int ndim = sliding_flat(sliding, shape) - 1;
    struct tensor *patches =
        step(s, tensor_patches(images, &sliding->patches, s->err));
    shape[ndim - 1] = matrix[0];
    struct tensor *rows =
        patches ? step(s, tensor_reshape(patches, ndim, shape, 'C', s->err))
                : NULL;
    struct tensor *columns =
        step(s, tensor_reshape(filters, 2, matrix, 'C', s->err));
    return step_matmul(s, rows, columns);
}

static bool conv_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    struct steps s = {.err = err};
    struct sliding sliding;
    if (!sliding_from(op, args, &sliding, err))
        return false;
    struct tensor *images =
        ordered(&s, &sliding, args[0].tensor, sliding_to_last);
    struct tensor *result = !images
                                ? NULL
                                : (sliding.plain ? conv_plain : conv_patches)(
                                      &s, &sliding, images, args[1].tensor);
    return op_return_array(
        ret, steps_end(&s, ordered(&s, &sliding, result, sliding_to_first)));
}

static struct tensor *pool_plain(struct steps *s, const struct sliding *sliding,
                                 struct tensor *images)
{
    struct tensor *x =
        step(s, tensor_contiguous(images, DTYPE_FLOAT32, s->err));
    struct tensor *result =
        output_like(s, sliding, sliding->channels, DTYPE_FLOAT32);
    if (!x || !result)
        return NULL;
    (sliding->patches.lowest ? pool_max : pool_mean)(
        &sliding->windows, sliding->images, (float *)(void *)x->data,
        (float *)(void *)result->data);
    return result;
}

static struct tensor *pool_patches(struct steps *s,
                                   const struct sliding *sliding,
                                   struct tensor *images)
{
    int64_t shape[PATCH_AXES + 3];
    int ndim = sliding_flat(sliding, shape);
    struct tensor *patches =
        step(s, tensor_patches(images, &sliding->patches, s->err));
    struct tensor *flat =
        patches ? step(s, tensor_reshape(patches, ndim, shape, 'C', s->err))
                : NULL;
    if (sliding->patches.lowest)
        return step_reduce(s, "maximum", flat, -2);
    struct tensor *inside = step(s, sliding_inside(sliding, s->err));
    struct tensor *mean =
        step_binary(s, "divide", step_sum(s, flat, -2), inside);
    bool narrow = mean && dtype_is_float(images->dtype);
    return narrow ? step_astype(s, mean, images->dtype) : mean;
}

static bool pool_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    struct steps s = {.err = err};
    struct sliding sliding;
    if (!sliding_from(op, args, &sliding, err))
        return false;
    struct tensor *images =
        ordered(&s, &sliding, args[0].tensor, sliding_to_last);
    struct tensor *result =
        !images
            ? NULL
            : (sliding.plain ? pool_plain : pool_patches)(&s, &sliding, images);
    return op_return_array(
        ret, steps_end(&s, ordered(&s, &sliding, result, sliding_to_first)));
}

/* -------------------------------------------------------------------- table */

const struct op windows_ops[] = {
    {"conv", "conv2d", "nn", OP_FUNCTION, conv_params, conv_forward, conv_vjp,
     NULL, "Each filter laid on all places of the images: sums of products",
     "Images have shape (images, height, width, channels), filters (height, "
     "width, channels, filters); with one axis or three instead of height and "
     "width likewise. padding='same' puts zeros around the images, so that "
     "with strides=1 they keep their size. data_format='channels_first' "
     "('NCHW') has the channels before the height. The filters are not turned "
     "over; np.convolve does that.",
     ">>> x = np.arange(9.).reshape(1, 3, 3, 1)\n"
     ">>> nn.conv(x, np.ones((2, 2, 1, 1)))[0, :, :, 0]\n"
     "array([[ 8., 12.],\n"
     "       [20., 24.]])",
     "max_pool average_pool convolve"},
    {"max_pool", "max_pool2d", "nn", OP_FUNCTION, pool_params, pool_forward,
     max_pool_vjp, NULL, "The largest number in each window of the images",
     "Images have shape (images, height, width, channels). strides are those "
     "of the windows, from one to the next; when not given, windows lie side "
     "by side. The gradient goes to the first of equal numbers.",
     ">>> x = np.arange(16.).reshape(1, 4, 4, 1)\n"
     ">>> nn.max_pool(x, 2)[0, :, :, 0]\n"
     "array([[ 5.,  7.],\n"
     "       [13., 15.]])",
     "average_pool conv"},
    {"average_pool", "avg_pool avg_pool2d", "nn", OP_FUNCTION, pool_params,
     pool_forward, average_pool_vjp, NULL,
     "The mean of each window of the images",
     "Images have shape (images, height, width, channels). What padding='same' "
     "adds around them takes no part in the means.",
     ">>> x = np.arange(16.).reshape(1, 4, 4, 1)\n"
     ">>> nn.average_pool(x, 2)[0, :, :, 0]\n"
     "array([[ 2.5,  4.5],\n"
     "       [10.5, 12.5]])",
     "max_pool conv"},
    {.name = NULL},
};
