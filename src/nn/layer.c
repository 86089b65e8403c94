/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn/layer.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/suggest.h"
#include "nn/foreign.h"

const struct layer_type *const layer_types[] = {
    &layer_dense,
    &layer_conv2d,
    &layer_max_pooling,
    &layer_average_pooling,
    &layer_global_max_pooling,
    &layer_global_average_pooling,
    &layer_flatten,
    &layer_reshape,
    &layer_dropout,
    &layer_batch_normalization,
    &layer_rescaling,
    &layer_activation,
    &layer_relu,
    &layer_leaky_relu,
    &layer_elu,
    &layer_softmax,
    &layer_input,
    NULL,
};

const struct layer_type *layer_type_find(const char *name, struct error *err)
{
    struct suggestion near = suggestion_for(name);
    for (int i = 0; layer_types[i]; i++) {
        if (!strcmp(layer_types[i]->named.name, name))
            return layer_types[i];
        suggestion_consider(&near, layer_types[i]->named.name);
    }
    error_set(err, ERROR_VALUE, "Unknown layer: %s", name);
    if (near.best)
        error_hint(err, _("did you mean '%s'?"), near.best);
    return NULL;
}

int64_t sample_size(const struct sample_shape *shape)
{
    int64_t size = 1;
    for (int i = 0; i < shape->ndim; i++)
        if (!size_multiply(size, shape->dims[i], &size))
            return INT64_MAX;
    return size;
}

void sample_shape_format(struct strbuf *sb, const struct sample_shape *shape)
{
    strbuf_adds(sb, "(None");
    for (int i = 0; i < shape->ndim; i++)
        strbuf_addf(sb, ", %" PRId64, shape->dims[i]);
    strbuf_adds(sb, shape->ndim ? ")" : ",)");
}

static bool same_shape(const struct sample_shape *a,
                       const struct sample_shape *b)
{
    return a->ndim == b->ndim &&
           !memcmp(a->dims, b->dims, (size_t)a->ndim * sizeof *a->dims);
}

static const struct activation *built_in_activation(const char *name)
{
    struct error err = ERROR_INIT;
    const struct activation *activation = activation_find(name, &err);
    assert(activation);
    return activation;
}

struct layer *layer_new(const struct layer_type *type)
{
    struct layer *layer = xcalloc(1, sizeof *layer);
    layer->refs = 1;
    layer->type = type;
    layer->trainable = true;
    settings_reset(type->settings, &layer->settings);
    if (type->activation)
        layer->settings.activation = built_in_activation(type->activation);
    return layer;
}

struct layer *layer_ref(struct layer *layer)
{
    layer->refs++;
    return layer;
}

static void drop_weights(struct layer *layer)
{
    while (layer->weight_count > 0)
        variable_unref(layer->weights[--layer->weight_count]);
}

void layer_unref(struct layer *layer)
{
    if (!layer || --layer->refs)
        return;
    drop_weights(layer);
    foreign_unref(layer->foreign);
    free(layer->name);
    free(layer);
}

struct layer *layer_clone(const struct layer *layer, struct error *err)
{
    struct layer *clone = xcalloc(1, sizeof *clone);
    *clone = *layer;
    clone->refs = 1;
    clone->name = layer->name ? xstrdup(layer->name) : NULL;
    for (clone->weight_count = 0; clone->weight_count < layer->weight_count;
         clone->weight_count++) {
        int i = clone->weight_count;
        clone->weights[i] = variable_clone(layer->weights[i], err);
        if (!clone->weights[i]) {
            layer_unref(clone);
            return NULL;
        }
    }
    return clone;
}

static bool wrong_input(const struct layer *layer,
                        const struct sample_shape *input, struct error *err)
{
    struct strbuf expected = STRBUF_INIT, got = STRBUF_INIT;
    sample_shape_format(&expected, &layer->input);
    sample_shape_format(&got, input);
    error_set(err, ERROR_VALUE,
              "Input 0 of layer \"%s\" is incompatible with the layer: "
              "expected shape=%s, found shape=%s",
              layer->name ? layer->name : layer->type->prefix, expected.text,
              got.text);
    if (sample_size(&layer->input) == sample_size(input)) {
        struct strbuf shape = STRBUF_INIT;
        for (int i = 0; i < layer->input.ndim; i++)
            strbuf_addf(&shape, ", %" PRId64, layer->input.dims[i]);
        error_hint(err,
                   _("the numbers are as many: x.reshape((len(x)%s)) gives "
                     "them the shape that the layer takes"),
                   shape.text);
        strbuf_done(&shape);
    } else if (layer->input.ndim == 1 && input->ndim == 1) {
        error_hint(err,
                   _("it was built for %" PRId64 " numbers a sample; a layer "
                     "with input_shape=(%" PRId64 ",) takes these"),
                   layer->input.dims[0], input->dims[0]);
    }
    strbuf_done(&expected);
    strbuf_done(&got);
    return false;
}

bool layer_build(struct layer *layer, const struct sample_shape *input,
                 struct rng *rng, struct error *err)
{
    if (layer->has_input && !same_shape(&layer->input, input))
        return wrong_input(layer, input, err);
    if (layer->built)
        return true;
    layer->input = *input;
    layer->inputs = sample_size(input);
    if (!layer->type->build(layer, rng, err)) {
        drop_weights(layer);
        return false;
    }
    layer->outputs = sample_size(&layer->output);
    layer->has_input = layer->built = true;
    return true;
}

int64_t layer_parameters(const struct layer *layer)
{
    int64_t count = 0;
    for (int i = 0; i < layer->weight_count; i++)
        count += layer->weights[i]->tensor->size;
    return count;
}

const float *layer_weight(const struct layer *layer, int index)
{
    return (const float *)(const void *)layer->weights[index]->tensor->data;
}

bool layer_learns(const struct layer *layer, int index)
{
    return layer->trainable && layer->weights[index]->trainable;
}

static struct regularizer regularizer_of(const struct layer *layer, int index)
{
    const char *name = layer->weight_names[index];
    if (!strcmp(name, "kernel"))
        return layer->settings.kernel_regularizer;
    if (!strcmp(name, "bias"))
        return layer->settings.bias_regularizer;
    return (struct regularizer){0.0, 0.0};
}

static bool is_priced(struct regularizer regularizer)
{
    return regularizer.l1 != 0.0 || regularizer.l2 != 0.0;
}

bool layer_is_priced(const struct layer *layer, int index)
{
    return is_priced(regularizer_of(layer, index));
}

double layer_penalty(const struct layer *layer)
{
    double penalty = 0.0;
    for (int i = 0; i < layer->weight_count; i++) {
        struct regularizer regularizer = regularizer_of(layer, i);
        if (is_priced(regularizer))
            penalty += regularizer_penalty(regularizer,
                                           layer->weights[i]->tensor->size,
                                           layer_weight(layer, i));
    }
    return penalty;
}

void layer_add_penalty_gradient(const struct layer *layer, int index,
                                float *gradient)
{
    struct regularizer regularizer = regularizer_of(layer, index);
    if (is_priced(regularizer))
        regularizer_add_gradient(regularizer,
                                 layer->weights[index]->tensor->size,
                                 layer_weight(layer, index), gradient);
}

bool layer_add_weight(struct layer *layer, struct layer_weight weight,
                      struct rng *rng, struct error *err)
{
    struct tensor *tensor =
        tensor_new(DTYPE_FLOAT32, weight.ndim, weight.shape, err);
    if (!tensor)
        return false;
    initializer_fill(weight.initializer, rng, weight.fan_in, weight.fan_out,
                     tensor->size, (float *)(void *)tensor->data);
    char *name =
        xasprintf("%s/%s", layer->name ? layer->name : "layer", weight.name);
    layer->weight_names[layer->weight_count] = weight.name;
    layer->weights[layer->weight_count++] =
        variable_new_take(tensor, name, weight.trainable);
    free(name);
    return true;
}

bool layer_wrong_axes(const struct layer *layer, int axes, struct error *err)
{
    struct strbuf shape = STRBUF_INIT;
    sample_shape_format(&shape, &layer->input);
    error_set(err, ERROR_VALUE,
              "Input 0 of layer \"%s\" is incompatible with the layer: "
              "expected ndim=%d, found ndim=%d. Full shape received: %s",
              layer->name, axes + 1, layer->input.ndim + 1, shape.text);
    strbuf_done(&shape);
    return false;
}
