/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Layers without weights: Flatten, Rescaling, Activation, InputLayer. */
#include <string.h>

#include "nn/layer.h"

static bool flatten_build(struct layer *layer, struct rng *rng,
                          struct error *err)
{
    (void)rng, (void)err;
    layer->output = (struct sample_shape){1, {layer->inputs}};
    return true;
}

static bool same_build(struct layer *layer, struct rng *rng, struct error *err)
{
    (void)rng, (void)err;
    layer->output = layer->input;
    return true;
}

static void rescaling_forward(const struct layer *layer, int64_t rows,
                              const float *input, float *output)
{
    float scale = (float)layer->scale, offset = (float)layer->offset;
    for (int64_t i = 0; i < rows * layer->inputs; i++)
        output[i] = input[i] * scale + offset;
}

static void rescaling_backward(const struct layer *layer, bool fused,
                               int64_t rows, const float *input,
                               const float *output, float *gradient,
                               float *const *weight_gradients,
                               float *input_gradient)
{
    (void)fused, (void)input, (void)output, (void)weight_gradients;
    for (int64_t i = 0; input_gradient && i < rows * layer->inputs; i++)
        input_gradient[i] = gradient[i] * (float)layer->scale;
}

static void activation_layer_forward(const struct layer *layer, int64_t rows,
                                     const float *input, float *output)
{
    memcpy(output, input, (size_t)(rows * layer->inputs) * sizeof *output);
    activation_forward(layer->activation, rows, layer->outputs, NULL, output);
}

static void activation_layer_backward(const struct layer *layer, bool fused,
                                      int64_t rows, const float *input,
                                      const float *output, float *gradient,
                                      float *const *weight_gradients,
                                      float *input_gradient)
{
    (void)input, (void)weight_gradients;
    if (!input_gradient)
        return;
    if (!fused)
        activation_backward(layer->activation, rows, layer->outputs, output,
                            gradient);
    memcpy(input_gradient, gradient,
           (size_t)(rows * layer->inputs) * sizeof *gradient);
}

const struct layer_type layer_flatten = {
    .named = {"Flatten", NULL, "one row of numbers for each sample"},
    .prefix = "flatten",
    .build = flatten_build,
};

const struct layer_type layer_rescaling = {
    .named = {"Rescaling", NULL, "x * scale + offset"},
    .prefix = "rescaling",
    .build = same_build,
    .forward = rescaling_forward,
    .backward = rescaling_backward,
};

const struct layer_type layer_activation = {
    .named = {"Activation", NULL, "an activation function as a layer"},
    .prefix = "activation",
    .build = same_build,
    .forward = activation_layer_forward,
    .backward = activation_layer_backward,
};

const struct layer_type layer_input = {
    .named = {"InputLayer", NULL, "says what shape the samples have"},
    .prefix = "input",
    .build = same_build,
};
