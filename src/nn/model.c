/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn/model.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "nn/foreign.h"

struct model *model_new(const char *name, struct rng *rng)
{
    struct model *model = xcalloc(1, sizeof *model);
    model->refs = 1;
    model->name = xstrdup(name);
    model->rng = rng;
    return model;
}

/* Losses and metrics borrow who computes them from the model. */
static void hold_foreign(const struct model *model)
{
    foreign_ref(model->loss.foreign);
    for (int i = 0; i < model->metric_count; i++)
        foreign_ref(model->metrics[i].foreign);
}

static void release_foreign(const struct model *model)
{
    foreign_unref(model->loss.foreign);
    for (int i = 0; i < model->metric_count; i++)
        foreign_unref(model->metrics[i].foreign);
}

bool model_check(const struct model *model, struct error *err)
{
    for (size_t i = 0; i < model->layer_count; i++)
        if (!foreign_check(model->layers[i]->foreign, err))
            return false;
    for (int i = 0; i < model->metric_count; i++)
        if (!foreign_check(model->metrics[i].foreign, err))
            return false;
    return foreign_check(model->loss.foreign, err);
}

struct model *model_ref(struct model *model)
{
    model->refs++;
    return model;
}

void model_unref(struct model *model)
{
    if (!model || --model->refs)
        return;
    for (size_t i = 0; i < model->layer_count; i++)
        layer_unref(model->layers[i]);
    free(model->layers);
    layer_unref(model->input_layer);
    release_foreign(model);
    optimizer_unref(model->optimizer);
    free(model->name);
    free(model);
}

static bool clone_parts(const struct model *model, struct model *clone,
                        struct error *err)
{
    for (size_t i = 0; i < model->layer_count; i++) {
        struct layer *layer = layer_clone(model->layers[i], err);
        if (!layer)
            return false;
        VEC_PUSH(clone->layers, clone->layer_count, clone->layer_capacity) =
            layer;
    }
    if (model->optimizer)
        clone->optimizer = optimizer_clone(model->optimizer, err);
    if (model->input_layer)
        clone->input_layer = layer_clone(model->input_layer, err);
    return (!model->optimizer || clone->optimizer) &&
           (!model->input_layer || clone->input_layer);
}

const char *model_foreign_part(const struct model *model)
{
    for (size_t i = 0; i < model->layer_count; i++)
        if (model->layers[i]->foreign)
            return model->layers[i]->name;
    for (int i = 0; i < model->metric_count; i++)
        if (model->metrics[i].foreign)
            return model->metrics[i].name;
    return model->loss.foreign ? model->loss.foreign->name : NULL;
}

struct model *model_clone(const struct model *model, struct error *err)
{
    if (model_foreign_part(model)) {
        error_set(err, ERROR_NOT_IMPLEMENTED,
                  "%s is written in the language, which only the prompt's own "
                  "thread runs",
                  model_foreign_part(model));
        error_hint(err, "model.fit(x, y)");
        return NULL;
    }
    struct model *clone = model_new(model->name, model->rng);
    clone->built = model->built;
    clone->has_input = model->has_input;
    clone->input = model->input;
    clone->byte_divisor = model->byte_divisor;
    clone->loss = model->loss;
    clone->metric_count = model->metric_count;
    memcpy(clone->metrics, model->metrics, sizeof clone->metrics);
    if (clone_parts(model, clone, err))
        return clone;
    model_unref(clone);
    return NULL;
}

struct layer *model_layer(const struct model *model, const char *name)
{
    for (size_t i = 0; i < model->layer_count; i++)
        if (!strcmp(model->layers[i]->name, name))
            return model->layers[i];
    return NULL;
}

/* "dense", "dense_1"…: the first that is free in this model. */
static char *free_name(const struct model *model, const char *prefix)
{
    char *name = xstrdup(prefix);
    for (int number = 1; model_layer(model, name); number++) {
        free(name);
        name = xasprintf("%s_%d", prefix, number);
    }
    return name;
}

static bool name_taken(const char *name, struct error *err)
{
    error_set(err, ERROR_VALUE,
              "All layers added to a Sequential model should have unique "
              "names. Name \"%s\" is already the name of a layer in this "
              "model. Update the `name` argument to pass a unique name.",
              name);
    return false;
}

/* The input shape of layer INDEX, when it is known. */
static const struct sample_shape *input_of(const struct model *model,
                                           size_t index)
{
    if (index == 0 && model->has_input)
        return &model->input;
    if (index == 0)
        return model->layers[0]->has_input ? &model->layers[0]->input : NULL;
    const struct layer *before = model->layers[index - 1];
    return before->built ? &before->output : NULL;
}

static bool build_layers(struct model *model, struct error *err)
{
    for (size_t i = 0; i < model->layer_count; i++) {
        const struct sample_shape *input = input_of(model, i);
        if (!input)
            return true; /* not yet known */
        struct sample_shape shape = *input;
        if (!layer_build(model->layers[i], &shape, model->rng, err))
            return false;
    }
    model->built = model->layer_count > 0;
    return true;
}

/* An InputLayer is not kept: it only says what the first layer gets. */
static bool add_input(struct model *model, const struct layer *layer,
                      struct error *err)
{
    if (model->layer_count > 0)
        return error_set(err, ERROR_VALUE,
                         "an Input comes before the first layer, the model "
                         "has %zu already",
                         model->layer_count);
    model->has_input = true;
    model->input = layer->input;
    return true;
}

bool model_add(struct model *model, struct layer *layer, struct error *err)
{
    if (layer->type == &layer_input)
        return add_input(model, layer, err);
    if (!layer->name)
        layer->name = free_name(model, layer->type->prefix);
    else if (model_layer(model, layer->name))
        return name_taken(layer->name, err);
    VEC_PUSH(model->layers, model->layer_count, model->layer_capacity) =
        layer_ref(layer);
    model->built = false;
    if (build_layers(model, err))
        return true;
    layer_unref(model->layers[--model->layer_count]);
    model->built = model->layer_count && model_last(model)->built;
    return false;
}

bool model_pop(struct model *model, struct error *err)
{
    if (model->layer_count == 0)
        return error_set(err, ERROR_TYPE, "There are no layers in the model.");
    layer_unref(model->layers[--model->layer_count]);
    model->built = model->layer_count && model_last(model)->built;
    return true;
}

bool model_build(struct model *model, const struct sample_shape *input,
                 struct error *err)
{
    if (model->layer_count == 0) {
        error_set(err, ERROR_VALUE, "The model %s has no layers", model->name);
        error_hint(err, _("model.add(layers.Dense(10, activation='softmax'))"));
        return false;
    }
    struct layer *first = model->layers[0];
    return layer_build(first, input, model->rng, err) &&
           build_layers(model, err);
}

bool model_check_compiled(const struct model *model, struct error *err)
{
    if (model->loss.type)
        return true;
    error_set(err, ERROR_RUNTIME,
              "You must compile your model before training/testing. Use "
              "`model.compile(optimizer, loss)`.");
    error_hint(err,
               _("model.compile(optimizer='rmsprop', "
                 "loss='categorical_crossentropy', metrics=['accuracy'])"));
    return false;
}

void model_compile(struct model *model, struct optimizer *optimizer,
                   const struct loss *loss, int metric_count,
                   const struct metric *metrics)
{
    optimizer_ref(optimizer);
    optimizer_unref(model->optimizer);
    release_foreign(model);
    model->optimizer = optimizer;
    model->loss = *loss;
    model->metric_count = metric_count;
    for (int i = 0; i < metric_count; i++)
        model->metrics[i] = metrics[i];
    hold_foreign(model);
}

const struct layer *model_last(const struct model *model)
{
    return model->layers[model->layer_count - 1];
}

int64_t model_inputs(const struct model *model)
{
    return model->layers[0]->inputs;
}

int64_t model_outputs(const struct model *model)
{
    return model_last(model)->outputs;
}

int64_t model_parameters(const struct model *model)
{
    int64_t count = 0;
    for (size_t i = 0; i < model->layer_count; i++)
        count += layer_parameters(model->layers[i]);
    return count;
}

int64_t model_trainable_parameters(const struct model *model)
{
    int64_t count = 0;
    for (size_t i = 0; i < model->layer_count; i++)
        for (int k = 0; k < model->layers[i]->weight_count; k++)
            if (layer_learns(model->layers[i], k))
                count += model->layers[i]->weights[k]->tensor->size;
    return count;
}

int64_t model_columns(const struct model *model)
{
    const struct sample_shape *shape = &model_last(model)->output;
    return shape->ndim ? shape->dims[shape->ndim - 1] : 1;
}

int64_t model_positions(const struct model *model)
{
    return model_outputs(model) / model_columns(model);
}

double model_penalty(const struct model *model)
{
    double penalty = 0.0;
    for (size_t i = 0; i < model->layer_count; i++)
        penalty += layer_penalty(model->layers[i]);
    return penalty;
}

/* Those of all weights, or only those that learn; RET may be NULL. */
static int list_weights(const struct model *model, bool all,
                        struct variable **ret)
{
    int count = 0;
    for (size_t i = 0; i < model->layer_count; i++)
        for (int k = 0; k < model->layers[i]->weight_count; k++) {
            if (!all && !layer_learns(model->layers[i], k))
                continue;
            if (ret)
                ret[count] = model->layers[i]->weights[k];
            count++;
        }
    return count;
}

int model_weight_count(const struct model *model)
{
    return list_weights(model, true, NULL);
}

void model_weights(const struct model *model, struct variable **ret)
{
    list_weights(model, true, ret);
}

int model_learning_count(const struct model *model)
{
    return list_weights(model, false, NULL);
}

void model_learning(const struct model *model, struct variable **ret)
{
    list_weights(model, false, ret);
}

bool model_prepare_optimizer(struct model *model, struct error *err)
{
    int count = model_learning_count(model);
    struct variable **weights = xcalloc((size_t)count + 1, sizeof *weights);
    model_learning(model, weights);
    bool ok = optimizer_prepare(model->optimizer, count, weights, err);
    free(weights);
    return ok;
}

static bool assign_all(int count, struct variable *const *to,
                       struct variable *const *from, struct error *err)
{
    for (int i = 0; i < count; i++)
        if (!variable_assign(to[i], from[i]->tensor, err))
            return false;
    return true;
}

bool model_take_weights(struct model *model, const struct model *from,
                        struct error *err)
{
    int count = model_weight_count(from);
    if (model_weight_count(model) != count)
        return error_set(err, ERROR_VALUE,
                         _("%s has %d weights by now, it had %d"), model->name,
                         model_weight_count(model), count);
    struct optimizer *optimizer = optimizer_clone(from->optimizer, err);
    if (!optimizer)
        return false;
    struct variable **lists = xcalloc(2 * (size_t)count + 1, sizeof *lists);
    model_weights(model, lists);
    model_weights(from, lists + count);
    bool good = assign_all(count, lists, lists + count, err);
    free(lists);
    if (good) {
        optimizer_unref(model->optimizer);
        model->optimizer = optimizer;
    } else {
        optimizer_unref(optimizer);
    }
    return good;
}

void model_copy_weights(struct model *model, const struct model *from)
{
    for (size_t i = 0; i < model->layer_count; i++)
        for (int k = 0; k < model->layers[i]->weight_count; k++) {
            struct tensor *to = model->layers[i]->weights[k]->tensor;
            memcpy(to->data, layer_weight(from->layers[i], k),
                   (size_t)to->size * sizeof(float));
        }
}

/* -------------------------------------------------------------- summary */

enum { SUMMARY_WIDTH = 65 };

/* Columns start at 0, 29 and 55; text that is too long is cut, as Keras
   does it (keras/utils/layer_utils.py, print_summary). */
static void summary_row(struct strbuf *sb, const char *const *fields)
{
    static const size_t ends[] = {29, 55, SUMMARY_WIDTH};
    size_t start = sb->length;
    for (int i = 0; i < 3; i++) {
        if (i > 0 && sb->text[sb->length - 1] != ' ') {
            strbuf_truncate(sb, sb->length - 1);
            strbuf_addc(sb, ' ');
        }
        strbuf_adds(sb, fields[i]);
        if (sb->length - start > ends[i])
            strbuf_truncate(sb, start + ends[i]);
        strbuf_repeat(sb, ' ', ends[i] - (sb->length - start));
    }
    strbuf_addc(sb, '\n');
}

static void summary_rule(struct strbuf *sb, char c)
{
    strbuf_repeat(sb, c, SUMMARY_WIDTH);
    strbuf_addc(sb, '\n');
}

static void summary_layer(struct strbuf *sb, const struct layer *layer)
{
    struct strbuf name = STRBUF_INIT, shape = STRBUF_INIT, count = STRBUF_INIT;
    strbuf_addf(&name, "%s (%s)", layer->name, layer->type->named.name);
    sample_shape_format(&shape, &layer->output);
    strbuf_addf(&count, "%" PRId64, layer_parameters(layer));
    const char *fields[] = {name.text, shape.text, count.text};
    summary_row(sb, fields);
    strbuf_done(&name);
    strbuf_done(&shape);
    strbuf_done(&count);
}

static void summary_input(struct strbuf *sb, const struct layer *layer)
{
    struct strbuf name = STRBUF_INIT, shape = STRBUF_INIT;
    strbuf_addf(&name, "%s (%s)", layer->name, layer->type->named.name);
    strbuf_addc(&shape, '[');
    sample_shape_format(&shape, &layer->input);
    strbuf_addc(&shape, ']');
    const char *fields[] = {name.text, shape.text, "0"};
    summary_row(sb, fields);
    summary_rule(sb, '_');
    strbuf_done(&name);
    strbuf_done(&shape);
}

/* "407,050" */
static void add_grouped(struct strbuf *sb, int64_t number)
{
    if (number >= 1000) {
        add_grouped(sb, number / 1000);
        strbuf_addf(sb, ",%03d", (int)(number % 1000));
    } else {
        strbuf_addf(sb, "%d", (int)number);
    }
}

void model_summary(const struct model *model, struct strbuf *sb)
{
    static const char *const head[] = {"Layer (type)", "Output Shape",
                                       "Param #"};
    int64_t trainable = model_trainable_parameters(model);
    strbuf_addf(sb, "Model: \"%s\"\n", model->name);
    summary_rule(sb, '_');
    summary_row(sb, head);
    summary_rule(sb, '=');
    if (model->input_layer)
        summary_input(sb, model->input_layer);
    for (size_t i = 0; i < model->layer_count; i++) {
        summary_layer(sb, model->layers[i]);
        summary_rule(sb, i + 1 < model->layer_count ? '_' : '=');
    }
    strbuf_adds(sb, "Total params: ");
    add_grouped(sb, model_parameters(model));
    strbuf_adds(sb, "\nTrainable params: ");
    add_grouped(sb, trainable);
    strbuf_adds(sb, "\nNon-trainable params: ");
    add_grouped(sb, model_parameters(model) - trainable);
    strbuf_addc(sb, '\n');
    summary_rule(sb, '_');
}
