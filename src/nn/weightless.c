/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Layers without weights that look at no neighbours. */
#include <inttypes.h>
#include <string.h>

#include "base/i18n.h"
#include "nn/layer.h"

static const struct layer_setting no_settings[] = {SETTINGS_END};

static bool same_build(struct layer *layer, struct rng *rng, struct error *err)
{
    (void)rng, (void)err;
    layer->output = layer->input;
    return true;
}

/* ------------------------------------------------------- shapes: no numbers */

static bool flatten_build(struct layer *layer, struct rng *rng,
                          struct error *err)
{
    (void)rng, (void)err;
    layer->output = (struct sample_shape){1, {layer->inputs}};
    return true;
}

static bool wrong_size(const struct layer *layer, struct error *err)
{
    struct strbuf from = STRBUF_INIT, to = STRBUF_INIT;
    sample_shape_format(&from, &layer->input);
    sample_shape_format(&to, &layer->settings.target_shape);
    error_set(err, ERROR_VALUE,
              "layer %s: total size of new array must be unchanged, "
              "input_shape = %s, output_shape = %s",
              layer->name, from.text, to.text);
    strbuf_done(&from);
    strbuf_done(&to);
    return false;
}

/* One length of the target may be -1: what is left. */
static bool reshape_build(struct layer *layer, struct rng *rng,
                          struct error *err)
{
    (void)rng;
    struct sample_shape shape = layer->settings.target_shape;
    int64_t known = 1, *open = NULL;
    for (int i = 0; i < shape.ndim; i++)
        if (shape.dims[i] == -1)
            open = &shape.dims[i];
        else
            known *= shape.dims[i];
    if (open)
        *open = layer->inputs / known;
    if (sample_size(&shape) != layer->inputs)
        return wrong_size(layer, err);
    layer->output = shape;
    return true;
}

static const struct layer_setting reshape_settings[] = {
    SETTING("target_shape", SETTING_SHAPE, NULL, target_shape),
    SETTINGS_END,
};

const struct layer_type layer_flatten = {
    .named = {"Flatten", NULL, N_("one row of numbers for each sample")},
    .prefix = "flatten",
    .settings = no_settings,
    .build = flatten_build,
};

const struct layer_type layer_reshape = {
    .named = {"Reshape", NULL, N_("the same numbers in another shape")},
    .prefix = "reshape",
    .settings = reshape_settings,
    .build = reshape_build,
};

const struct layer_type layer_input = {
    .named = {"InputLayer", NULL, N_("says what shape the samples have")},
    .prefix = "input",
    .settings = no_settings,
    .build = same_build,
};

/* --------------------------------------------------------------- rescaling */

static void rescaling_forward(const struct layer *layer,
                              const struct layer_batch *batch)
{
    float scale = (float)layer->settings.scale;
    float offset = (float)layer->settings.offset;
    for (int64_t i = 0; i < batch->rows * layer->inputs; i++)
        batch->output[i] = batch->input[i] * scale + offset;
}

static void rescaling_backward(const struct layer *layer,
                               const struct layer_batch *batch, bool fused,
                               float *gradient, float *const *weight_gradients,
                               float *input_gradient)
{
    (void)fused, (void)weight_gradients;
    float scale = (float)layer->settings.scale;
    for (int64_t i = 0; input_gradient && i < batch->rows * layer->inputs; i++)
        input_gradient[i] = gradient[i] * scale;
}

static const struct layer_setting rescaling_settings[] = {
    SETTING("scale", SETTING_NUMBER, NULL, scale),
    SETTING("offset", SETTING_NUMBER, "0.0", offset),
    SETTINGS_END,
};

const struct layer_type layer_rescaling = {
    .named = {"Rescaling", NULL, N_("x * scale + offset")},
    .prefix = "rescaling",
    .settings = rescaling_settings,
    .build = same_build,
    .forward = rescaling_forward,
    .backward = rescaling_backward,
};

/* ----------------------------------------------------------------- dropout
   Srivastava et al. (JMLR 15, 2014), as Keras has it: while training, each
   number is 0 with probability rate, and the others grow by 1 / (1 - rate);
   otherwise nothing happens.  The factors stay in the scratch. */

static int64_t dropout_scratch(const struct layer *layer, int64_t rows)
{
    return rows * layer->inputs;
}

static void dropout_forward(const struct layer *layer,
                            const struct layer_batch *batch)
{
    int64_t n = batch->rows * layer->inputs;
    double rate = layer->settings.rate;
    if (!batch->training || rate == 0.0) {
        memcpy(batch->output, batch->input, (size_t)n * sizeof(float));
        return;
    }
    uint64_t dropped = (uint64_t)(rate * 4294967296.0);
    float factor = (float)(1.0 / (1.0 - rate));
    for (int64_t i = 0; i < n; i++)
        batch->scratch[i] = rng_uint32(batch->rng) < dropped ? 0.0f : factor;
    for (int64_t i = 0; i < n; i++)
        batch->output[i] = batch->input[i] * batch->scratch[i];
}

static void dropout_backward(const struct layer *layer,
                             const struct layer_batch *batch, bool fused,
                             float *gradient, float *const *weight_gradients,
                             float *input_gradient)
{
    (void)fused, (void)weight_gradients;
    int64_t n = batch->rows * layer->inputs;
    bool drops = batch->training && layer->settings.rate != 0.0;
    for (int64_t i = 0; input_gradient && i < n; i++)
        input_gradient[i] = gradient[i] * (drops ? batch->scratch[i] : 1.0f);
}

static const struct layer_setting dropout_settings[] = {
    SETTING("rate", SETTING_SHARE, NULL, rate),
    SETTINGS_END,
};

const struct layer_type layer_dropout = {
    .named = {"Dropout", NULL,
              N_("sets some numbers to 0 at random, while training")},
    .prefix = "dropout",
    .settings = dropout_settings,
    .build = same_build,
    .scratch = dropout_scratch,
    .forward = dropout_forward,
    .backward = dropout_backward,
};

/* ------------------------------------------------------------- activations */

/* An activation works along the last axis. */
static int64_t last_axis(const struct layer *layer)
{
    const struct sample_shape *shape = &layer->output;
    return shape->ndim ? shape->dims[shape->ndim - 1] : 1;
}

static int64_t activation_scratch(const struct layer *layer, int64_t rows)
{
    return activation_kept(layer->settings.activation, rows, layer->outputs);
}

static void activation_layer_forward(const struct layer *layer,
                                     const struct layer_batch *batch)
{
    int64_t n = batch->rows * layer->inputs, columns = last_axis(layer);
    memcpy(batch->output, batch->input, (size_t)n * sizeof(float));
    activation_forward(layer->settings.activation, n / columns, columns, NULL,
                       batch->output, batch->scratch);
}

static void activation_layer_backward(const struct layer *layer,
                                      const struct layer_batch *batch,
                                      bool fused, float *gradient,
                                      float *const *weight_gradients,
                                      float *input_gradient)
{
    (void)weight_gradients;
    const struct activation *activation = layer->settings.activation;
    int64_t n = batch->rows * layer->inputs, columns = last_axis(layer);
    if (!input_gradient)
        return;
    if (!fused)
        activation_backward(
            activation, n / columns, columns,
            activation->keeps_input ? batch->scratch : batch->output, gradient);
    memcpy(input_gradient, gradient, (size_t)n * sizeof *gradient);
}

static const struct layer_setting activation_settings[] = {
    SETTING("activation", SETTING_ACTIVATION, NULL, activation),
    SETTINGS_END,
};

const struct layer_type layer_activation = {
    .named = {"Activation", NULL, N_("an activation function as a layer")},
    .prefix = "activation",
    .settings = activation_settings,
    .build = same_build,
    .scratch = activation_scratch,
    .forward = activation_layer_forward,
    .backward = activation_layer_backward,
};

#define ACTIVATION_LAYER(class_name, own_prefix, name, words)               \
    {                                                                       \
        .named = {class_name, NULL, words}, .prefix = own_prefix,           \
        .settings = no_settings, .activation = name, .build = same_build,   \
        .scratch = activation_scratch, .forward = activation_layer_forward, \
        .backward = activation_layer_backward                               \
    }

const struct layer_type layer_relu = ACTIVATION_LAYER("ReLU", "re_lu", "relu",
                                                      N_("max(x, 0)")),
                        layer_softmax = ACTIVATION_LAYER(
                            "Softmax", "softmax", "softmax",
                            N_("exp(x) / sum(exp(x)) along the last axis")),
                        layer_elu =
                            ACTIVATION_LAYER("ELU", "elu", "elu",
                                             N_("x, and exp(x) - 1 below 0"));

/* ---------------------------------------------------------------- LeakyReLU */

static void leaky_forward(const struct layer *layer,
                          const struct layer_batch *batch)
{
    float slope = (float)layer->settings.alpha;
    for (int64_t i = 0; i < batch->rows * layer->inputs; i++)
        batch->output[i] =
            batch->input[i] * (batch->input[i] < 0.0f ? slope : 1.0f);
}

static void leaky_backward(const struct layer *layer,
                           const struct layer_batch *batch, bool fused,
                           float *gradient, float *const *weight_gradients,
                           float *input_gradient)
{
    (void)fused, (void)weight_gradients;
    float slope = (float)layer->settings.alpha;
    for (int64_t i = 0; input_gradient && i < batch->rows * layer->inputs; i++)
        input_gradient[i] =
            gradient[i] * (batch->input[i] > 0.0f ? 1.0f : slope);
}

static const struct layer_setting leaky_settings[] = {
    SETTING("alpha", SETTING_NUMBER, "0.3", alpha),
    SETTINGS_END,
};

const struct layer_type layer_leaky_relu = {
    .named = {"LeakyReLU", NULL, N_("x, and alpha x below 0")},
    .prefix = "leaky_re_lu",
    .settings = leaky_settings,
    .build = same_build,
    .forward = leaky_forward,
    .backward = leaky_backward,
};
