/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Layers that look at an image through windows: convolution and pooling. */
#include <inttypes.h>
#include <math.h>

#include "base/i18n.h"
#include "nn/layer.h"
#include "nn/rows.h"
#include "tensor/convolution.h"
#include "tensor/parallel.h"
#include "tensor/pooling.h"

static bool wrong_image(const struct layer *layer, struct error *err)
{
    layer_wrong_axes(layer, 3, err);
    const int64_t *dims = layer->input.dims;
    if (layer->input.ndim == 2)
        error_hint(err,
                   _("images have height, width and channels: "
                     "x.reshape((len(x), %" PRId64 ", %" PRId64 ", 1))"),
                   dims[0], dims[1]);
    int64_t side = (int64_t)sqrt((double)dims[0]);
    if (side < 1 || side * side != dims[0])
        side = 1;
    if (layer->input.ndim == 1)
        error_hint(err,
                   _("keras.layers.Reshape((%" PRId64 ", %" PRId64
                     ", 1)) before it makes images of the numbers"),
                   side, dims[0] / side);
    return false;
}

static bool too_small(const struct layer *layer, struct error *err)
{
    struct strbuf shape = STRBUF_INIT;
    sample_shape_format(&shape, &layer->input);
    error_set(err, ERROR_VALUE,
              "One of the dimensions in the output is <= 0 due to "
              "downsampling in %s. Consider increasing the input size. "
              "Received input shape %s which would produce output shape with "
              "a zero or negative value in a dimension.",
              layer->name, shape.text);
    error_hint(err, _("padding='same' keeps the size of the image"));
    strbuf_done(&shape);
    return false;
}

static struct windows windows_of(const struct layer *layer)
{
    const struct layer_settings *settings = &layer->settings;
    struct windows windows = {.channels = layer->input.dims[2]};
    for (int axis = 0; axis < 2; axis++) {
        windows.image[axis] = layer->input.dims[axis];
        windows.size[axis] = settings->window[axis];
        windows.stride[axis] = settings->strides[axis] ? settings->strides[axis]
                                                       : settings->window[axis];
    }
    windows_place(&windows, settings->same_padding);
    return windows;
}

/* The output is one row of CHANNELS for each window. */
static bool place_windows(struct layer *layer, int64_t channels,
                          struct error *err)
{
    if (layer->input.ndim != 3)
        return wrong_image(layer, err);
    for (int axis = 0; axis < 2; axis++)
        if (!layer->settings.same_padding &&
            layer->settings.window[axis] > layer->input.dims[axis])
            return too_small(layer, err);
    struct windows windows = windows_of(layer);
    layer->output = (struct sample_shape){
        3, {windows.count[0], windows.count[1], channels}};
    return true;
}

/* ------------------------------------------------------------------ Conv2D */

static struct convolution convolution_of(const struct layer *layer)
{
    return (struct convolution){windows_of(layer), layer->settings.filters};
}

static bool conv2d_build(struct layer *layer, struct rng *rng,
                         struct error *err)
{
    const struct layer_settings *settings = &layer->settings;
    int64_t filters = settings->filters;
    if (!place_windows(layer, filters, err))
        return false;
    int64_t channels = layer->input.dims[2];
    int64_t window = settings->window[0] * settings->window[1];
    struct layer_weight kernel = {"kernel",
                                  4,
                                  (const int64_t[]){settings->window[0],
                                                    settings->window[1],
                                                    channels, filters},
                                  &settings->kernel_initializer,
                                  (double)(window * channels),
                                  (double)(window * filters),
                                  true};
    struct layer_weight bias = {"bias",
                                1,
                                &filters,
                                &settings->bias_initializer,
                                (double)filters,
                                (double)filters,
                                true};
    return layer_add_weight(layer, kernel, rng, err) &&
           (!settings->use_bias || layer_add_weight(layer, bias, rng, err));
}

/* The convolution's scratch comes first, then what the activation keeps. */
static int64_t conv2d_own_scratch(const struct layer *layer, int64_t rows)
{
    struct convolution convolution = convolution_of(layer);
    return convolution_scratch(&convolution, rows);
}

static int64_t conv2d_scratch(const struct layer *layer, int64_t rows)
{
    return conv2d_own_scratch(layer, rows) +
           activation_kept(layer->settings.activation, rows, layer->outputs);
}

static void conv2d_forward(const struct layer *layer,
                           const struct layer_batch *batch)
{
    struct convolution convolution = convolution_of(layer);
    int64_t filters = convolution.filters;
    convolution_forward(&convolution, batch->rows, batch->input,
                        layer_weight(layer, 0), batch->scratch, batch->output);
    activation_forward(
        layer->settings.activation, batch->rows * layer->outputs / filters,
        filters, layer->settings.use_bias ? layer_weight(layer, 1) : NULL,
        batch->output, batch->scratch + conv2d_own_scratch(layer, batch->rows));
}

static void conv2d_backward(const struct layer *layer,
                            const struct layer_batch *batch, bool fused,
                            float *gradient, float *const *weight_gradients,
                            float *input_gradient)
{
    struct convolution convolution = convolution_of(layer);
    const struct activation *activation = layer->settings.activation;
    int64_t filters = convolution.filters;
    int64_t positions = batch->rows * layer->outputs / filters;
    const float *kept = batch->scratch + conv2d_own_scratch(layer, batch->rows);
    if (!fused)
        activation_backward(activation, positions, filters,
                            activation->keeps_input ? kept : batch->output,
                            gradient);
    if (layer->settings.use_bias && weight_gradients[1])
        sum_rows(positions, filters, gradient, weight_gradients[1]);
    convolution_backward(&convolution, batch->rows, batch->input,
                         layer_weight(layer, 0), gradient, batch->scratch,
                         weight_gradients[0], input_gradient);
}

static const struct layer_setting conv2d_settings[] = {
    SETTING("filters", SETTING_SIZE, NULL, filters),
    SETTING("kernel_size", SETTING_PAIR, NULL, window),
    SETTING("strides", SETTING_PAIR, "(1, 1)", strides),
    SETTING("padding", SETTING_PADDING, "'valid'", same_padding),
    SETTING("activation", SETTING_ACTIVATION, "None", activation),
    SETTING("use_bias", SETTING_FLAG, "True", use_bias),
    SETTING("kernel_initializer", SETTING_INITIALIZER, "'glorot_uniform'",
            kernel_initializer),
    SETTING("bias_initializer", SETTING_INITIALIZER, "'zeros'",
            bias_initializer),
    SETTING("kernel_regularizer", SETTING_REGULARIZER, "None",
            kernel_regularizer),
    SETTING("bias_regularizer", SETTING_REGULARIZER, "None", bias_regularizer),
    SETTINGS_END,
};

const struct layer_type layer_conv2d = {
    .named = {"Conv2D", NULL,
              N_("each output is a weighted sum of what a window shows")},
    .prefix = "conv2d",
    .settings = conv2d_settings,
    .build = conv2d_build,
    .scratch = conv2d_scratch,
    .forward = conv2d_forward,
    .backward = conv2d_backward,
};

/* ----------------------------------------------------------------- pooling */

static bool pooling_build(struct layer *layer, struct rng *rng,
                          struct error *err)
{
    (void)rng;
    return place_windows(
        layer, layer->input.ndim == 3 ? layer->input.dims[2] : 1, err);
}

static void max_forward(const struct layer *layer,
                        const struct layer_batch *batch)
{
    struct windows windows = windows_of(layer);
    pool_max(&windows, batch->rows, batch->input, batch->output);
}

static void max_backward(const struct layer *layer,
                         const struct layer_batch *batch, bool fused,
                         float *gradient, float *const *weight_gradients,
                         float *input_gradient)
{
    (void)fused, (void)weight_gradients;
    struct windows windows = windows_of(layer);
    if (input_gradient)
        pool_max_backward(&windows, batch->rows, batch->input, batch->output,
                          gradient, input_gradient);
}

static void mean_forward(const struct layer *layer,
                         const struct layer_batch *batch)
{
    struct windows windows = windows_of(layer);
    pool_mean(&windows, batch->rows, batch->input, batch->output);
}

static void mean_backward(const struct layer *layer,
                          const struct layer_batch *batch, bool fused,
                          float *gradient, float *const *weight_gradients,
                          float *input_gradient)
{
    (void)fused, (void)weight_gradients;
    struct windows windows = windows_of(layer);
    if (input_gradient)
        pool_mean_backward(&windows, batch->rows, gradient, input_gradient);
}

static const struct layer_setting pooling_settings[] = {
    SETTING("pool_size", SETTING_PAIR, "(2, 2)", window),
    SETTING("strides", SETTING_STRIDES, "None", strides),
    SETTING("padding", SETTING_PADDING, "'valid'", same_padding),
    SETTINGS_END,
};

const struct layer_type layer_max_pooling = {
    .named = {"MaxPooling2D", "MaxPool2D",
              N_("the largest number that each window shows")},
    .prefix = "max_pooling2d",
    .settings = pooling_settings,
    .build = pooling_build,
    .forward = max_forward,
    .backward = max_backward,
};

const struct layer_type layer_average_pooling = {
    .named = {"AveragePooling2D", "AvgPool2D",
              N_("the mean of what each window shows")},
    .prefix = "average_pooling2d",
    .settings = pooling_settings,
    .build = pooling_build,
    .forward = mean_forward,
    .backward = mean_backward,
};

/* One window that is the image. */
static bool global_build(struct layer *layer, struct rng *rng,
                         struct error *err)
{
    (void)rng;
    if (layer->input.ndim != 3)
        return wrong_image(layer, err);
    for (int axis = 0; axis < 2; axis++)
        layer->settings.window[axis] = layer->input.dims[axis];
    layer->output = (struct sample_shape){1, {layer->input.dims[2]}};
    return true;
}

static const struct layer_setting no_settings[] = {SETTINGS_END};

const struct layer_type layer_global_max_pooling = {
    .named = {"GlobalMaxPooling2D", "GlobalMaxPool2D",
              N_("the largest number of each channel")},
    .prefix = "global_max_pooling2d",
    .settings = no_settings,
    .build = global_build,
    .forward = max_forward,
    .backward = max_backward,
};

const struct layer_type layer_global_average_pooling = {
    .named = {"GlobalAveragePooling2D", "GlobalAvgPool2D",
              N_("the mean of each channel")},
    .prefix = "global_average_pooling2d",
    .settings = no_settings,
    .build = global_build,
    .forward = mean_forward,
    .backward = mean_backward,
};
