/* SPDX-License-Identifier: GPL-3.0-or-later */
/* keras.models.Sequential: the model object. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "bind/eager.h"
#include "bind/keras_internal.h"
#include "nn/layer_call.h"

static const struct native_type model_type;

struct value keras_model_value(struct model *model)
{
    return value_opaque(&model_type, model_ref(model));
}

struct model *keras_model_get(struct value value)
{
    return value_opaque_data(value, &model_type);
}

/* ------------------------------------------------------------ building it */

static bool add_layer(struct interp *interp, struct model *model,
                      struct value value, struct error *err)
{
    struct layer *layer = keras_to_layer(interp, value);
    if (layer) {
        bool ok = model_add(model, layer, err);
        layer_unref(layer);
        return ok;
    }
    error_set(err, ERROR_TYPE,
              "The added layer must be an instance of class Layer. Found: %s",
              value_type_name(value));
    error_hint(err, _("model.add(layers.Dense(10, activation='softmax'))"));
    return false;
}

static bool add_layers(struct interp *interp, struct model *model,
                       struct value list, struct error *err)
{
    struct value *items;
    size_t count;
    if (!keras_is_given(list))
        return true;
    if (!interp_collect(interp, list, &count, &items, err))
        return false;
    bool ok = true;
    for (size_t i = 0; i < count; i++) {
        ok = ok && add_layer(interp, model, items[i], err);
        value_unref(items[i]);
    }
    free(items);
    return ok;
}

static bool make_sequential(struct interp *interp, const struct native *native,
                            const struct call_args *args, struct value *ret,
                            struct error *err)
{
    struct value slots[KERAS_MAX_PARAMS];
    const char *given = NULL;
    if (!keras_bind(native, args, NULL, slots, err) ||
        !keras_string(slots[1], "name", &given, err))
        return false;
    char *name = given ? xstrdup(given) : keras_next_name("sequential");
    struct model *model = model_new(name, &session_rng);
    free(name);
    bool ok = add_layers(interp, model, slots[0], err);
    if (ok)
        *ret = keras_model_value(model);
    model_unref(model);
    return ok;
}

static const struct param sequential_params[] = {
    {"layers", PARAM_ANY, 0, "None"},
    {"name", PARAM_STRING, 0, "None"},
    {NULL, PARAM_ANY, 0, NULL},
};

bool keras_model_add(struct interp *interp, const struct native *native,
                     const struct call_args *args, struct value *ret,
                     struct error *err)
{
    struct value self, slots[KERAS_MAX_PARAMS];
    *ret = value_none();
    return keras_bind(native, args, &self, slots, err) &&
           add_layer(interp, keras_model_get(self), slots[0], err);
}

static struct value class_of(const void *data)
{
    (void)data;
    return keras_class("Sequential", make_sequential, sequential_params, NULL,
                       "a network: layers one after another", &model_type);
}

void keras_add_models(struct value module)
{
    struct value class = class_of(NULL);
    module_set(module.module, "Sequential", class);
    value_unref(class);
}

/* ----------------------------------------------------------- properties */

static struct value layer_list(const struct model *model)
{
    struct value list = value_list(0, NULL);
    if (model->input_layer) {
        struct value input = keras_layer_value(model->input_layer);
        list_append(list.sequence, input);
        value_unref(input);
    }
    for (size_t i = 0; i < model->layer_count; i++) {
        struct value layer = keras_layer_value(model->layers[i]);
        list_append(list.sequence, layer);
        value_unref(layer);
    }
    return list;
}

static struct value metric_names(const struct model *model)
{
    struct value list = value_list(0, NULL);
    for (int i = -1; i < model->metric_count; i++) {
        struct value name =
            value_string(i < 0 ? "loss" : model->metrics[i].name);
        list_append(list.sequence, name);
        value_unref(name);
    }
    return list;
}

/* Those that learn, those that do not, or all. */
static struct value weight_list(const struct model *model, bool learning,
                                bool others)
{
    struct value list = value_list(0, NULL);
    for (size_t i = 0; i < model->layer_count; i++)
        for (int k = 0; k < model->layers[i]->weight_count; k++) {
            if (!(layer_learns(model->layers[i], k) ? learning : others))
                continue;
            struct value item =
                keras_weight_value(model->layers[i]->weights[k]);
            list_append(list.sequence, item);
            value_unref(item);
        }
    return list;
}

static bool weights_called(const struct model *model, const char *name,
                           struct value *ret)
{
    bool learning, others;
    if (!keras_is_weight_list(name, &learning, &others))
        return false;
    *ret = weight_list(model, learning, others);
    return true;
}

/* What is set for the model is set for each layer. */
static bool is_trainable(const struct model *model)
{
    bool is_one = model->layer_count == 0;
    for (size_t i = 0; i < model->layer_count; i++)
        is_one |= model->layers[i]->trainable;
    return is_one;
}

static bool model_property(const struct model *model, const char *name,
                           struct value *ret)
{
    if (!strcmp(name, "name"))
        *ret = value_string(model->name);
    else if (!strcmp(name, "layers"))
        *ret = layer_list(model);
    else if (!strcmp(name, "built"))
        *ret = value_bool(model->built);
    else if (!strcmp(name, "stop_training"))
        *ret = value_bool(model->stop_training);
    else if (!strcmp(name, "optimizer"))
        *ret = model->optimizer ? keras_optimizer_value(model->optimizer)
                                : value_none();
    else if (!strcmp(name, "loss"))
        *ret = model->loss.foreign ? value_string(model->loss.foreign->name)
               : model->loss.type  ? value_string(model->loss.type->named.name)
                                   : value_none();
    else if (!strcmp(name, "trainable"))
        *ret = value_bool(is_trainable(model));
    else if (!strcmp(name, "losses"))
        *ret = value_list(0, NULL);
    else if (!strcmp(name, "metrics_names"))
        *ret = metric_names(model);
    else if (!strcmp(name, "input_shape") && model->built)
        *ret = keras_shape_value(&model->layers[0]->input);
    else if (!strcmp(name, "output_shape") && model->built)
        *ret = keras_shape_value(&model_last(model)->output);
    else
        return false;
    return true;
}

static bool model_get_attribute(struct interp *interp, struct value self,
                                const char *name, struct value *ret,
                                struct error *err)
{
    (void)interp;
    const struct model *model = self.opaque->data;
    return weights_called(model, name, ret) ||
           model_property(model, name, ret) ||
           keras_find_method(keras_model_methods, self, name, ret) ||
           keras_no_attribute(self, name, err);
}

static bool model_set_attribute(struct interp *interp, struct value self,
                                const char *name, struct value value,
                                struct error *err)
{
    (void)interp;
    struct model *model = self.opaque->data;
    bool trainable = true;
    if (!strcmp(name, "stop_training"))
        return keras_bool(value, name, &model->stop_training, err);
    if (strcmp(name, "trainable") != 0)
        return keras_no_attribute(self, name, err);
    if (!keras_bool(value, name, &trainable, err))
        return false;
    for (size_t i = 0; i < model->layer_count; i++)
        model->layers[i]->trainable = trainable;
    return true;
}

/* Bytes stay, for a model that knows what to divide them by. */
static struct tensor *call_input(const struct model *model, struct value x,
                                 struct error *err)
{
    struct tensor *given = eager_tensor(x, DTYPE_COUNT, err);
    if (!given)
        return NULL;
    bool bytes = model->byte_divisor != 0.0f && given->dtype == DTYPE_UINT8;
    tensor_unref(given);
    return eager_tensor(x, bytes ? DTYPE_UINT8 : DTYPE_FLOAT32, err);
}

/* As a part of a functional model: its layers are the model's. */
static bool call_on_symbol(const struct model *model, struct value symbol,
                           struct value *ret, struct error *err)
{
    struct value last = value_ref(symbol);
    for (size_t i = 0; i < model->layer_count; i++) {
        struct value next;
        bool ok = keras_symbol_apply(model->layers[i], last, &next, err);
        value_unref(last);
        if (!ok)
            return false;
        last = next;
    }
    *ret = last;
    return true;
}

/* model(x, training=False): layer after layer, as a tape can follow it. */
static bool call_model(struct interp *interp, struct value self,
                       const struct call_args *args, struct value *ret,
                       struct error *err)
{
    static const struct param params[] = {
        {"inputs", PARAM_ANY, 0, NULL},
        {"training", PARAM_ANY, 0, "None"},
        {NULL, PARAM_ANY, 0, NULL},
    };
    (void)interp;
    struct value slots[KERAS_MAX_PARAMS], spread;
    struct model *model = self.opaque->data;
    bool training = false;
    if (!call_bind("__call__", params, args, false, slots, &spread, err) ||
        !keras_bool(slots[1], "training", &training, err))
        return false;
    if (keras_is_symbol(slots[0]))
        return call_on_symbol(model, slots[0], ret, err);
    struct tensor *x = call_input(model, slots[0], err);
    struct tensor *y =
        x ? model_call(model, x, training, &session_rng, err) : NULL;
    tensor_unref(x);
    if (y)
        *ret = eager_value(y);
    tensor_unref(y);
    return y != NULL;
}

static void model_free(void *data)
{
    model_unref(data);
}

static void model_repr(void *data, struct strbuf *sb)
{
    const struct model *model = data;
    strbuf_addf(sb, "<%s name=%s, built=%s>",
                model->input_layer ? "Functional" : "Sequential", model->name,
                model->built ? "True" : "False");
}

static const char *const model_attributes[] = {
    "add",
    "pop",
    "compile",
    "fit",
    "evaluate",
    "predict",
    "summary",
    "predict_on_batch",
    "train_on_batch",
    "test_on_batch",
    "get_weights",
    "set_weights",
    "export",
    "save",
    "save_weights",
    "get_compile_config",
    "load_weights",
    "get_layer",
    "get_config",
    "build",
    "count_params",
    "layers",
    "weights",
    "variables",
    "name",
    "built",
    "optimizer",
    "loss",
    "metrics_names",
    "input_shape",
    "output_shape",
    "stop_training",
    "trainable_weights",
    "trainable_variables",
    "non_trainable_weights",
    "non_trainable_variables",
    NULL,
};

static const struct native_type model_type = {
    .name = "Sequential",
    .free = model_free,
    .repr = model_repr,
    .get_attribute = model_get_attribute,
    .set_attribute = model_set_attribute,
    .call = call_model,
    .class_of = class_of,
    .class_attribute = keras_class_attribute,
    .attributes = model_attributes,
};
