/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * y = activation(x W + b), and backwards with z = x W + b:
 *     dL/dW = x^T dL/dz    dL/db = sum of the rows of dL/dz
 *     dL/dx = dL/dz W^T
 */
#include <inttypes.h>

#include "base/i18n.h"
#include "nn/layer.h"
#include "nn/rows.h"
#include "tensor/product.h"

static bool too_many_axes(const struct layer *layer, struct error *err)
{
    error_set(err, ERROR_VALUE,
              "Input 0 is incompatible with layer %s: a Dense layer takes "
              "samples of one axis, found %d axes",
              layer->name, layer->input.ndim);
    error_hint(err,
               _("put layers.Flatten() before it, or reshape the samples: "
                 "x.reshape((len(x), %" PRId64 "))"),
               layer->inputs);
    return false;
}

static bool dense_build(struct layer *layer, struct rng *rng, struct error *err)
{
    const struct layer_settings *settings = &layer->settings;
    if (layer->input.ndim != 1)
        return too_many_axes(layer, err);
    int64_t units = settings->units;
    layer->output = (struct sample_shape){1, {units}};
    struct layer_weight kernel = {"kernel",
                                  2,
                                  (const int64_t[]){layer->inputs, units},
                                  &settings->kernel_initializer,
                                  (double)layer->inputs,
                                  (double)units,
                                  true};
    struct layer_weight bias = {
        "bias",        1,   &units, &settings->bias_initializer, (double)units,
        (double)units, true};
    return layer_add_weight(layer, kernel, rng, err) &&
           (!settings->use_bias || layer_add_weight(layer, bias, rng, err));
}

static int64_t dense_scratch(const struct layer *layer, int64_t rows)
{
    return activation_kept(layer->settings.activation, rows, layer->outputs);
}

static void dense_forward(const struct layer *layer,
                          const struct layer_batch *batch)
{
    product_float32(false, false, batch->rows, layer->outputs, layer->inputs,
                    batch->input, layer_weight(layer, 0), batch->output);
    activation_forward(layer->settings.activation, batch->rows, layer->outputs,
                       layer->settings.use_bias ? layer_weight(layer, 1) : NULL,
                       batch->output, batch->scratch);
}

struct kernel_pieces {
    const struct gradient_taker *taker;
    int64_t units;
};

static void give_piece(void *context, const struct product_piece *piece)
{
    const struct kernel_pieces *pieces = context;
    struct part rows = piece->rows, columns = piece->columns;
    struct block block = {rows.first * pieces->units + columns.first,
                          rows.end - rows.first, columns.end - columns.first,
                          pieces->units, piece->stride};
    pieces->taker->take(pieces->taker->context, block, piece->data);
}

/* Last of all, since the kernel may change with each piece of its gradient. */
static void kernel_gradient(const struct layer *layer,
                            const struct layer_batch *batch,
                            const float *gradient, float *ret)
{
    const struct gradient_taker *taker = batch->taker;
    struct kernel_pieces pieces = {taker, layer->outputs};
    struct product_watch watch = {give_piece, &pieces,
                                  taker && taker->in_passing};
    product_float32_watched(true, false, layer->inputs, layer->outputs,
                            batch->rows, batch->input, gradient, ret,
                            taker ? &watch : NULL);
}

static void dense_backward(const struct layer *layer,
                           const struct layer_batch *batch, bool fused,
                           float *gradient, float *const *weight_gradients,
                           float *input_gradient)
{
    const struct activation *activation = layer->settings.activation;
    int64_t rows = batch->rows;
    int64_t inputs = layer->inputs, outputs = layer->outputs;
    if (!fused)
        activation_backward(
            activation, rows, outputs,
            activation->keeps_input ? batch->scratch : batch->output, gradient);
    if (layer->settings.use_bias && weight_gradients[1])
        sum_rows(rows, outputs, gradient, weight_gradients[1]);
    if (input_gradient)
        product_float32(false, true, rows, inputs, outputs, gradient,
                        layer_weight(layer, 0), input_gradient);
    if (weight_gradients[0])
        kernel_gradient(layer, batch, gradient, weight_gradients[0]);
}

static const struct layer_setting dense_settings[] = {
    SETTING("units", SETTING_SIZE, NULL, units),
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

const struct layer_type layer_dense = {
    .named = {"Dense", NULL,
              N_("every output is a weighted sum of all inputs")},
    .prefix = "dense",
    .settings = dense_settings,
    .build = dense_build,
    .scratch = dense_scratch,
    .forward = dense_forward,
    .backward = dense_backward,
    .gives_pieces = true,
};
