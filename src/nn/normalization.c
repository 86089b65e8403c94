/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Batch normalization (Ioffe and Szegedy, ICML 2015), per channel, the last
 * axis:
 *     xhat = (x - mean) / sqrt(variance + epsilon)    y = gamma xhat + beta
 * While training, mean and variance are the batch's, and the moving ones
 * follow them; otherwise the moving ones are taken.  As in Keras 2, the moving
 * variance of images follows the unbiased one (TensorFlow's fused kernel).
 * Backwards, N being the numbers of a channel:
 *     dx = gamma / (N sqrt(…)) (N dy - sum(dy) - xhat sum(dy xhat))
 */
#include <math.h>
#include <string.h>

#include "base/i18n.h"
#include "nn/layer.h"
#include "nn/rows.h"

/* In the order of Keras; gamma and beta only when they are wanted. */
struct parts {
    int gamma, beta; /* weights' numbers; -1: none */
    int mean, variance;
    int64_t channels;
};

static struct parts parts_of(const struct layer *layer)
{
    int next = 0;
    struct parts parts = {.gamma = layer->settings.scaled ? next++ : -1};
    parts.beta = layer->settings.center ? next++ : -1;
    parts.mean = next++;
    parts.variance = next;
    parts.channels = layer->input.dims[layer->input.ndim - 1];
    return parts;
}

/* The scratch: xhat, then four rows of one number a channel. */
struct room {
    float *xhat, *mean, *scale, *sum, *product_sum;
};

static struct room room_of(const struct layer *layer,
                           const struct layer_batch *batch)
{
    int64_t channels = parts_of(layer).channels;
    float *rows = batch->scratch + batch->rows * layer->inputs;
    return (struct room){batch->scratch, rows, rows + channels,
                         rows + 2 * channels, rows + 3 * channels};
}

static int64_t normalization_scratch(const struct layer *layer, int64_t rows)
{
    return rows * layer->inputs + 4 * parts_of(layer).channels;
}

static bool normalization_build(struct layer *layer, struct rng *rng,
                                struct error *err)
{
    const struct layer_settings *settings = &layer->settings;
    if (layer->input.ndim == 0)
        return layer_wrong_axes(layer, 1, err);
    layer->output = layer->input;
    int64_t channels = parts_of(layer).channels;
    double fan = (double)channels;
    const struct layer_weight weights[] = {
        {"gamma", 1, &channels, &settings->gamma_initializer, fan, fan, true},
        {"beta", 1, &channels, &settings->beta_initializer, fan, fan, true},
        {"moving_mean", 1, &channels, &settings->mean_initializer, fan, fan,
         false},
        {"moving_variance", 1, &channels, &settings->variance_initializer, fan,
         fan, false},
    };
    const bool wanted[] = {settings->scaled, settings->center, true, true};
    for (int i = 0; i < 4; i++)
        if (wanted[i] && !layer_add_weight(layer, weights[i], rng, err))
            return false;
    return true;
}

static float *moving(const struct layer *layer, int index)
{
    return (float *)(void *)layer->weights[index]->tensor->data;
}

static bool uses_batch(const struct layer *layer,
                       const struct layer_batch *batch)
{
    return batch->training && layer->trainable;
}

/* moving = momentum moving + (1 - momentum) now */
static void follow(const struct layer *layer, int index, const float *now,
                   double factor)
{
    double momentum = layer->settings.momentum;
    float *value = moving(layer, index);
    for (int64_t i = 0; i < layer->weights[index]->tensor->size; i++)
        value[i] = (float)(momentum * (double)value[i] +
                           (1.0 - momentum) * factor * (double)now[i]);
}

/* Leaves mean in ROOM->mean, variance in ROOM->scale, and x - mean in xhat. */
static void batch_moments(const struct layer *layer, const struct parts *parts,
                          int64_t rows, const float *input, struct room *room)
{
    int64_t channels = parts->channels;
    sum_rows(rows, channels, input, room->mean);
    for (int64_t c = 0; c < channels; c++)
        room->mean[c] /= (float)rows;
    for (int64_t i = 0; i < rows; i++)
        for (int64_t c = 0; c < channels; c++)
            room->xhat[i * channels + c] =
                input[i * channels + c] - room->mean[c];
    sum_row_products(rows, channels, room->xhat, room->xhat, room->scale);
    for (int64_t c = 0; c < channels; c++)
        room->scale[c] /= (float)rows;
    bool unbiased = layer->input.ndim == 3 && rows > 1;
    follow(layer, parts->mean, room->mean, 1.0);
    follow(layer, parts->variance, room->scale,
           unbiased ? (double)rows / (double)(rows - 1) : 1.0);
}

static void moving_moments(const struct layer *layer, const struct parts *parts,
                           int64_t rows, const float *input, struct room *room)
{
    int64_t channels = parts->channels;
    size_t bytes = (size_t)channels * sizeof(float);
    memcpy(room->mean, layer_weight(layer, parts->mean), bytes);
    memcpy(room->scale, layer_weight(layer, parts->variance), bytes);
    for (int64_t i = 0; i < rows; i++)
        for (int64_t c = 0; c < channels; c++)
            room->xhat[i * channels + c] =
                input[i * channels + c] - room->mean[c];
}

static void normalization_forward(const struct layer *layer,
                                  const struct layer_batch *batch)
{
    struct parts parts = parts_of(layer);
    struct room room = room_of(layer, batch);
    int64_t channels = parts.channels;
    int64_t rows = batch->rows * layer->inputs / channels;
    (uses_batch(layer, batch) ? batch_moments : moving_moments)(
        layer, &parts, rows, batch->input, &room);
    for (int64_t c = 0; c < channels; c++)
        room.scale[c] = (float)(1.0 / sqrt((double)room.scale[c] +
                                           layer->settings.epsilon));
    const float *gamma = parts.gamma < 0 ? NULL : layer_weight(layer, 0);
    const float *beta = parts.beta < 0 ? NULL : layer_weight(layer, parts.beta);
    for (int64_t i = 0; i < rows; i++)
        for (int64_t c = 0; c < channels; c++) {
            float *xhat = &room.xhat[i * channels + c];
            *xhat *= room.scale[c];
            batch->output[i * channels + c] =
                *xhat * (gamma ? gamma[c] : 1.0f) + (beta ? beta[c] : 0.0f);
        }
}

static void normalization_backward(const struct layer *layer,
                                   const struct layer_batch *batch, bool fused,
                                   float *gradient,
                                   float *const *weight_gradients,
                                   float *input_gradient)
{
    (void)fused;
    struct parts parts = parts_of(layer);
    struct room room = room_of(layer, batch);
    int64_t channels = parts.channels;
    int64_t rows = batch->rows * layer->inputs / channels;
    size_t bytes = (size_t)channels * sizeof(float);
    sum_rows(rows, channels, gradient, room.sum);
    sum_row_products(rows, channels, gradient, room.xhat, room.product_sum);
    if (parts.gamma >= 0 && weight_gradients[parts.gamma])
        memcpy(weight_gradients[parts.gamma], room.product_sum, bytes);
    if (parts.beta >= 0 && weight_gradients[parts.beta])
        memcpy(weight_gradients[parts.beta], room.sum, bytes);
    if (!input_gradient)
        return;
    const float *gamma = parts.gamma < 0 ? NULL : layer_weight(layer, 0);
    float share = uses_batch(layer, batch) ? 1.0f / (float)rows : 0.0f;
    for (int64_t i = 0; i < rows; i++)
        for (int64_t c = 0; c < channels; c++) {
            int64_t k = i * channels + c;
            float common =
                share * (room.sum[c] + room.xhat[k] * room.product_sum[c]);
            input_gradient[k] = (gamma ? gamma[c] : 1.0f) * room.scale[c] *
                                (gradient[k] - common);
        }
}

static const struct layer_setting normalization_settings[] = {
    SETTING("momentum", SETTING_NUMBER, "0.99", momentum),
    SETTING("epsilon", SETTING_NUMBER, "0.001", epsilon),
    SETTING("center", SETTING_FLAG, "True", center),
    SETTING("scale", SETTING_FLAG, "True", scaled),
    SETTING("beta_initializer", SETTING_INITIALIZER, "'zeros'",
            beta_initializer),
    SETTING("gamma_initializer", SETTING_INITIALIZER, "'ones'",
            gamma_initializer),
    SETTING("moving_mean_initializer", SETTING_INITIALIZER, "'zeros'",
            mean_initializer),
    SETTING("moving_variance_initializer", SETTING_INITIALIZER, "'ones'",
            variance_initializer),
    SETTINGS_END,
};

const struct layer_type layer_batch_normalization = {
    .named = {"BatchNormalization", NULL,
              N_("brings each channel to mean 0 and deviation 1")},
    .prefix = "batch_normalization",
    .settings = normalization_settings,
    .build = normalization_build,
    .scratch = normalization_scratch,
    .forward = normalization_forward,
    .backward = normalization_backward,
};
