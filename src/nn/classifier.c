/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn/classifier.h"

#include "nn/loss.h"

static bool add_dense(struct model *model, int64_t inputs, int64_t units,
                      const char *activation, struct error *err)
{
    struct layer *layer = layer_new(&layer_dense);
    layer->units = units;
    layer->activation = activation_find(activation, err);
    layer->kernel_initializer = initializer_find("glorot_uniform", err);
    layer->bias_initializer = initializer_find("zeros", err);
    layer->has_input = inputs > 0;
    layer->inputs = inputs;
    layer->input = (struct sample_shape){1, {inputs}};
    bool ok = model_add(model, layer, err);
    layer_unref(layer);
    return ok;
}

static void compile(struct model *model, double rate, struct error *err)
{
    struct optimizer *optimizer =
        optimizer_new(optimizer_type_find("rmsprop", err));
    const struct metric *accuracy = metric_find("accuracy", err);
    *optimizer_setting(optimizer, "learning_rate") = rate;
    model_compile(model, optimizer,
                  loss_find("sparse_categorical_crossentropy", err), 1,
                  &accuracy);
    optimizer_unref(optimizer);
}

struct model *classifier_new(int64_t inputs, int64_t hidden, int64_t classes,
                             double rate, struct rng *rng, struct error *err)
{
    struct model *model = model_new("sequential_1", rng);

    if (!add_dense(model, inputs, hidden, "relu", err) ||
        !add_dense(model, 0, classes, "softmax", err)) {
        model_unref(model);
        return NULL;
    }
    model->byte_divisor = 255.0f;
    compile(model, rate, err);
    return model;
}
