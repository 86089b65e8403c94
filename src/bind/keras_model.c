/* SPDX-License-Identifier: GPL-3.0-or-later */
/* keras.models.Sequential and what a model object can be asked. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/suggest.h"
#include "bind/keras_callback.h"
#include "bind/keras_internal.h"
#include "bind/eager.h"
#include "nn/layer_call.h"
#include "nn/pass.h"

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

/* -------------------------------------------------------------- methods */

static bool call_add(struct interp *interp, const struct native *native,
                     const struct call_args *args, struct value *ret,
                     struct error *err)
{
    struct value self, slots[KERAS_MAX_PARAMS];
    *ret = value_none();
    return keras_bind(native, args, &self, slots, err) &&
           add_layer(interp, keras_model_get(self), slots[0], err);
}

static bool call_pop(struct interp *interp, const struct native *native,
                     const struct call_args *args, struct value *ret,
                     struct error *err)
{
    (void)interp;
    struct value self, slots[KERAS_MAX_PARAMS];
    *ret = value_none();
    return keras_bind(native, args, &self, slots, err) &&
           model_pop(keras_model_get(self), err);
}

enum compile_slot {
    COMPILE_OPTIMIZER,
    COMPILE_LOSS,
    COMPILE_METRICS,
    COMPILE_WEIGHTED_METRICS = 6
};

static bool call_compile(struct interp *interp, const struct native *native,
                         const struct call_args *args, struct value *ret,
                         struct error *err)
{
    struct value self, slots[KERAS_MAX_PARAMS];
    if (!keras_bind(native, args, &self, slots, err))
        return false;
    struct metric metrics[MODEL_MAX_METRICS];
    struct loss loss = {0};
    int metric_count = 0;
    struct optimizer *optimizer = NULL;
    bool ok = keras_to_loss(interp, slots[COMPILE_LOSS], &loss, err) &&
              keras_to_metrics(interp, slots[COMPILE_METRICS], false, &loss,
                               &metric_count, metrics, err) &&
              keras_to_metrics(interp, slots[COMPILE_WEIGHTED_METRICS], true,
                               &loss, &metric_count, metrics, err) &&
              (optimizer = keras_to_optimizer(slots[COMPILE_OPTIMIZER], err));
    if (ok)
        model_compile(keras_model_get(self), optimizer, &loss, metric_count,
                      metrics);
    foreign_unref(loss.foreign);
    for (int i = 0; i < metric_count; i++)
        foreign_unref(metrics[i].foreign);
    optimizer_unref(optimizer);
    *ret = value_none();
    return ok;
}

enum { PREDICT_CALLBACKS = 3 };

static bool predict(struct model *model, struct value x, struct value *ret,
                    struct error *err)
{
    struct tensor *input = value_to_tensor(x, DTYPE_COUNT, err);
    if (!input)
        return false;
    struct tensor *output = model_predict(model, input, err);
    tensor_unref(input);
    if (output)
        *ret = value_tensor_take(output);
    return output != NULL;
}

/* on_predict_end() is told what was predicted. */
static bool predict_told(const struct callbacks *callbacks, struct value self,
                         struct value x, struct value *ret, struct error *err)
{
    struct value logs = value_dict();
    bool ok = callbacks_begin(callbacks, "on_predict_begin", self, logs, err) &&
              predict(keras_model_get(self), x, ret, err);
    if (ok) {
        dict_set_string(logs.dict, "outputs", *ret);
        ok = callbacks_end(callbacks, "on_predict_end", logs, err);
        if (!ok)
            value_unref(*ret);
    }
    value_unref(logs);
    return ok;
}

static bool call_predict(struct interp *interp, const struct native *native,
                         const struct call_args *args, struct value *ret,
                         struct error *err)
{
    struct value self, slots[KERAS_MAX_PARAMS];
    struct callbacks callbacks;
    if (!keras_bind(native, args, &self, slots, err))
        return false;
    bool ok = callbacks_init(&callbacks, interp, slots[PREDICT_CALLBACKS],
                             err) &&
              predict_told(&callbacks, self, slots[0], ret, err);
    callbacks_done(&callbacks);
    return ok;
}

static bool call_summary(struct interp *interp, const struct native *native,
                         const struct call_args *args, struct value *ret,
                         struct error *err)
{
    struct value self, slots[KERAS_MAX_PARAMS];
    if (!keras_bind(native, args, &self, slots, err))
        return false;
    if (!keras_model_get(self)->built) {
        error_set(err, ERROR_VALUE,
                  "This model has not yet been built. Build the model first by "
                  "calling `build()` or by calling the model on a batch of "
                  "data.");
        error_hint(err, _("model.build((None, 784)), or input_shape=(784,) in the "
                          "first layer"));
        return false;
    }
    struct strbuf text = STRBUF_INIT;
    model_summary(keras_model_get(self), &text);
    interp_write(interp, text.text, text.length);
    strbuf_done(&text);
    *ret = value_none();
    return true;
}

/* All weights in order, to be freed. */
static struct variable **all_weights(const struct model *model, size_t *count)
{
    *count = (size_t)model_weight_count(model);
    struct variable **weights = xcalloc(*count + 1, sizeof *weights);
    model_weights(model, weights);
    return weights;
}

static bool call_get_weights(struct interp *interp, const struct native *native,
                             const struct call_args *args, struct value *ret,
                             struct error *err)
{
    (void)interp;
    struct value self, slots[KERAS_MAX_PARAMS];
    if (!keras_bind(native, args, &self, slots, err))
        return false;
    size_t count;
    struct variable **weights = all_weights(keras_model_get(self), &count);
    bool ok = keras_array_list(count, weights, ret, err);
    free(weights);
    return ok;
}

static bool call_set_weights(struct interp *interp, const struct native *native,
                             const struct call_args *args, struct value *ret,
                             struct error *err)
{
    struct value self, slots[KERAS_MAX_PARAMS];
    if (!keras_bind(native, args, &self, slots, err))
        return false;
    const struct model *model = keras_model_get(self);
    size_t count;
    struct variable **weights = all_weights(model, &count);
    bool ok = keras_assign_weights(interp, slots[0], count, weights,
                                   model->name, err);
    free(weights);
    *ret = value_none();
    return ok;
}

static bool call_count_params(struct interp *interp,
                              const struct native *native,
                              const struct call_args *args, struct value *ret,
                              struct error *err)
{
    (void)interp;
    struct value self, slots[KERAS_MAX_PARAMS];
    if (!keras_bind(native, args, &self, slots, err))
        return false;
    *ret = value_int(model_parameters(keras_model_get(self)));
    return true;
}

static bool no_layer(const struct model *model, const char *name,
                     struct error *err)
{
    struct suggestion near = suggestion_for(name);
    struct strbuf all = STRBUF_INIT;
    for (size_t i = 0; i < model->layer_count; i++) {
        suggestion_consider(&near, model->layers[i]->name);
        strbuf_addf(&all, "%s'%s'", i ? ", " : "", model->layers[i]->name);
    }
    error_set(err, ERROR_VALUE, "No such layer: %s. Existing layers are: [%s].",
              name, all.text);
    if (near.best)
        error_hint(err, _("did you mean '%s'?"), near.best);
    strbuf_done(&all);
    return false;
}

static bool call_get_layer(struct interp *interp, const struct native *native,
                           const struct call_args *args, struct value *ret,
                           struct error *err)
{
    (void)interp;
    struct value self, slots[KERAS_MAX_PARAMS];
    const char *name = NULL;
    int64_t index = -1;
    if (!keras_bind(native, args, &self, slots, err) ||
        !keras_string(slots[0], "name", &name, err) ||
        !keras_int(slots[1], "index", &index, err))
        return false;
    const struct model *model = keras_model_get(self);
    if (!name && !keras_is_given(slots[1]))
        return error_set(err, ERROR_VALUE,
                         "Provide either a layer name or layer index at "
                         "`get_layer`.");
    if (!name && (index < 0 || (size_t)index >= model->layer_count))
        return error_set(err, ERROR_VALUE,
                         "Was asked to retrieve layer at index %lld but model "
                         "only has %zu layers.",
                         (long long)index, model->layer_count);
    struct layer *layer =
        name ? model_layer(model, name) : model->layers[index];
    if (!layer)
        return no_layer(model, name, err);
    *ret = keras_layer_value(layer);
    return true;
}

static bool call_build(struct interp *interp, const struct native *native,
                       const struct call_args *args, struct value *ret,
                       struct error *err)
{
    (void)interp;
    struct value self, slots[KERAS_MAX_PARAMS];
    struct sample_shape shape;
    *ret = value_none();
    if (!keras_bind(native, args, &self, slots, err))
        return false;
    struct model *model = keras_model_get(self);
    if (!keras_is_given(slots[0]) && model->built)
        return true;
    return keras_read_build_shape(slots[0], &shape, err) &&
           model_build(model, &shape, err);
}

/* {"name": …, "layers": [{"class_name": …, "config": …}, …]} */
static bool call_get_config(struct interp *interp, const struct native *native,
                            const struct call_args *args, struct value *ret,
                            struct error *err)
{
    (void)interp, (void)err;
    struct value self, slots[KERAS_MAX_PARAMS];
    if (!keras_bind(native, args, &self, slots, err))
        return false;
    const struct model *model = keras_model_get(self);
    struct value layers = value_list(0, NULL);
    for (size_t i = 0; i < model->layer_count; i++) {
        struct value item = value_dict();
        struct value class = value_string(model->layers[i]->type->named.name);
        struct value config = keras_layer_config(model->layers[i]);
        dict_set_string(item.dict, "class_name", class);
        dict_set_string(item.dict, "config", config);
        list_append(layers.sequence, item);
        value_unref(class);
        value_unref(config);
        value_unref(item);
    }
    *ret = value_dict();
    struct value name = value_string(model->name);
    dict_set_string(ret->dict, "name", name);
    dict_set_string(ret->dict, "layers", layers);
    value_unref(name);
    value_unref(layers);
    return true;
}

static const struct param no_params[] = {{NULL, PARAM_ANY, 0, NULL}};
static const struct param add_params[] = {
    {"layer", PARAM_ANY, 0, NULL},
    {NULL, PARAM_ANY, 0, NULL},
};
static const struct param compile_params[] = {
    {"optimizer", PARAM_ANY, 0, "'rmsprop'"},
    {"loss", PARAM_ANY, 0, "None"},
    {"metrics", PARAM_ANY, 0, "None"},
    {"run_eagerly", PARAM_ANY, PARAM_KEYWORD_ONLY, "None"},
    {"jit_compile", PARAM_ANY, PARAM_KEYWORD_ONLY, "None"},
    {"steps_per_execution", PARAM_ANY, PARAM_KEYWORD_ONLY, "None"},
    {"weighted_metrics", PARAM_ANY, PARAM_KEYWORD_ONLY, "None"},
    {NULL, PARAM_ANY, 0, NULL},
};
static const struct param get_layer_params[] = {
    {"name", PARAM_STRING, 0, "None"},
    {"index", PARAM_INT, 0, "None"},
    {NULL, PARAM_ANY, 0, NULL},
};
static const struct param build_params[] = {
    {"input_shape", PARAM_DIMS, 0, "None"},
    {NULL, PARAM_ANY, 0, NULL},
};
static const struct param predict_params[] = {
    {"x", PARAM_ANY, 0, NULL},
    {"batch_size", PARAM_INT, 0, "None"},
    {"verbose", PARAM_INT, 0, "0"},
    {"callbacks", PARAM_ANY, PARAM_KEYWORD_ONLY, "None"},
    {NULL, PARAM_ANY, 0, NULL},
};
static const struct param set_weights_params[] = {
    {"weights", PARAM_ANY, 0, NULL},
    {NULL, PARAM_ANY, 0, NULL},
};

static const struct keras_function model_methods[] = {
    {"add", call_add, add_params, "puts one more layer at the end"},
    {"pop", call_pop, no_params, "takes the last layer away"},
    {"compile", call_compile, compile_params,
     "chooses optimizer, loss and metrics"},
    {"fit", keras_model_fit, keras_fit_params, "trains it"},
    {"evaluate", keras_model_evaluate, keras_evaluate_params,
     "[loss, metrics…] on samples"},
    {"train_on_batch", keras_model_train_on_batch, keras_batch_params,
     "one step on these samples; [loss, metrics…] before it"},
    {"test_on_batch", keras_model_test_on_batch, keras_batch_params,
     "[loss, metrics…] on these samples"},
    {"predict_on_batch", call_predict, predict_params,
     "its outputs for samples"},
    {"predict", call_predict, predict_params, "its outputs for samples"},
    {"export", keras_model_export, keras_export_params,
     "writes it to an ONNX file"},
    {"save", keras_model_save, keras_save_params,
     "writes it with its weights to a file"},
    {"get_compile_config", keras_model_compile_config, no_params,
     "what compile() was given, as a dict"},
    {"summary", call_summary, no_params, "prints the table of its layers"},
    {"get_weights", call_get_weights, no_params, "copies of all weights"},
    {"set_weights", call_set_weights, set_weights_params,
     "replaces all weights by these arrays"},
    {"save_weights", keras_model_save_weights, keras_file_params,
     "writes all weights into an NPZ file"},
    {"load_weights", keras_model_load_weights, keras_file_params,
     "reads all weights from an NPZ file"},
    {"get_layer", call_get_layer, get_layer_params,
     "the layer of this name or number"},
    {"build", call_build, build_params, "makes the weights"},
    {"get_config", call_get_config, no_params, "its layers' settings"},
    {"count_params", call_count_params, no_params, "how many weights"},
    {NULL, NULL, NULL, NULL},
};

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
           keras_find_method(model_methods, self, name, ret) ||
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
