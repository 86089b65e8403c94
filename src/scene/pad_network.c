/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene/pad_network.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "tensor/neural.h"
#include "tensor/parallel.h"

static bool check_input(const struct model *model, const char *name,
                        struct error *err)
{
    if (!model->built || model->layer_count == 0)
        error_set(err, ERROR_VALUE,
                  _("%s has no weights yet: it was neither built nor trained"),
                  name);
    else if (model_inputs(model) != DIGIT_PIXELS)
        error_set(err, ERROR_VALUE,
                  _("%s takes samples of %" PRId64
                    " numbers, but a drawing has 28 x 28 = 784"),
                  name, model_inputs(model));
    else
        return true;
    error_hint(err, "train mnist");
    return false;
}

/* Does MODEL itself make small numbers of bytes? */
static bool scales(const struct model *model)
{
    for (size_t i = 0; i < model->layer_count; i++) {
        const struct layer *layer = model->layers[i];
        if (layer->type == &layer_rescaling)
            return true;
        if (layer->weight_count > 0)
            return layer->type == &layer_batch_normalization;
    }
    return false;
}

static float divisor_of(const struct model *model)
{
    if (model->byte_divisor > 0.0f)
        return model->byte_divisor;
    return scales(model) ? 1.0f : 255.0f;
}

struct pad_network *pad_network_new(const struct model *model, const char *name,
                                    const char *const *class_names,
                                    struct error *err)
{
    if (!check_input(model, name, err))
        return NULL;
    struct pad_network *network = xcalloc(1, sizeof *network);
    network->name = xstrdup(name);
    network->class_names = class_names;
    network->classes = model_outputs(model);
    network->shares = xcalloc((size_t)network->classes, sizeof(float));
    network->divisor = divisor_of(model);
    network->model = model_clone(model, err);
    if (network->model && pass_init(&network->pass, network->model, 1, err))
        return network;
    pad_network_free(network);
    return NULL;
}

void pad_network_free(struct pad_network *network)
{
    if (!network)
        return;
    pass_done(&network->pass);
    model_unref(network->model);
    free(network->shares);
    free(network->name);
    free(network);
}

/* Are MODEL's outputs shares as they are? */
static bool gives_shares(const struct model *model)
{
    const struct layer *last = model_last(model);
    const struct activation *activation = last->settings.activation;
    const char *name = last->type->activation;
    if (!name)
        name = activation ? activation->named.name : "linear";
    return !strcmp(name, "softmax") || !strcmp(name, "sigmoid");
}

int64_t pad_network_look(struct pad_network *network,
                         const uint8_t image[DIGIT_PIXELS])
{
    float *input = network->pass.input;
    for (int i = 0; i < DIGIT_PIXELS; i++)
        input[i] = (float)image[i] / network->divisor;
    /* One image is not worth other threads, which may be training. */
    parallel_set_limit(1);
    const float *output = pass_forward(&network->pass, 1, input, NULL);
    parallel_set_limit(0);
    if (gives_shares(network->model))
        memcpy(network->shares, output,
               (size_t)network->classes * sizeof *output);
    else
        softmax_row(network->classes, output, network->shares);
    int64_t best = 0;
    for (int64_t i = 1; i < network->classes; i++)
        if (network->shares[i] > network->shares[best])
            best = i;
    return best;
}

const char *pad_network_class(const struct pad_network *network, int64_t index,
                              char room[PAD_CLASS_ROOM])
{
    if (network->class_names)
        return _(network->class_names[index]);
    snprintf(room, PAD_CLASS_ROOM, "%" PRId64, index);
    return room;
}
