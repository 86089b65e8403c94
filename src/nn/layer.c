/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn/layer.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"

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

struct layer *layer_new(const struct layer_type *type)
{
    struct layer *layer = xcalloc(1, sizeof *layer);
    layer->refs = 1;
    layer->type = type;
    layer->use_bias = true;
    layer->scale = 1.0;
    return layer;
}

struct layer *layer_ref(struct layer *layer)
{
    layer->refs++;
    return layer;
}

void layer_unref(struct layer *layer)
{
    if (!layer || --layer->refs)
        return;
    for (int i = 0; i < layer->weight_count; i++)
        variable_unref(layer->weights[i]);
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
              "Input 0 is incompatible with layer %s: expected shape=%s, "
              "found shape=%s",
              layer->name ? layer->name : layer->type->prefix, expected.text,
              got.text);
    if (sample_size(&layer->input) == sample_size(input))
        error_hint(err,
                   _("the numbers are as many: x.reshape((len(x), %" PRId64
                     ")) makes one row of each sample"),
                   sample_size(input));
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
    if (!layer->type->build(layer, rng, err))
        return false;
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
