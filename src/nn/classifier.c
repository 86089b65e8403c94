/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn/classifier.h"

#include "nn/loss.h"

static bool add_dense(struct model *model, int64_t inputs, int64_t units,
                      const struct activation *activation, struct error *err)
{
    struct layer *layer = layer_new(&layer_dense);
    layer->settings.units = units;
    layer->settings.activation = activation;
    layer->has_input = inputs > 0;
    layer->inputs = inputs;
    layer->input = (struct sample_shape){1, {inputs}};
    bool ok = model_add(model, layer, err);
    layer_unref(layer);
    return ok;
}

static bool add_dropout(struct model *model, double rate, struct error *err)
{
    if (rate <= 0.0)
        return true;
    struct layer *layer = layer_new(&layer_dropout);
    layer->settings.rate = rate;
    bool ok = model_add(model, layer, err);
    layer_unref(layer);
    return ok;
}

static bool add_layers(struct model *model,
                       const struct classifier_options *options,
                       struct error *err)
{
    int64_t inputs = options->inputs;
    for (int i = 0; i < options->layer_count; i++) {
        if (!add_dense(model, inputs, options->layers[i], options->activation,
                       err) ||
            !add_dropout(model, options->dropout, err))
            return false;
        inputs = 0; /* known from the layer before */
    }
    return add_dense(model, inputs, options->classes,
                     activation_find("softmax", err), err);
}

static void compile(struct model *model,
                    const struct classifier_options *options, struct error *err)
{
    struct optimizer *optimizer = optimizer_new(options->optimizer);
    struct loss loss;
    struct metric accuracy;
    *optimizer_setting(optimizer, "learning_rate") = options->rate;
    if (loss_find("sparse_categorical_crossentropy", &loss, err) &&
        metric_find("acc", &accuracy, err))
        model_compile(model, optimizer, &loss, 1, &accuracy);
    optimizer_unref(optimizer);
}

struct model *classifier_new(const struct classifier_options *options,
                             struct rng *rng, struct error *err)
{
    struct model *model = model_new("sequential", rng);

    if (!add_layers(model, options, err)) {
        model_unref(model);
        return NULL;
    }
    model->byte_divisor = 255.0f;
    compile(model, options, err);
    return model;
}
