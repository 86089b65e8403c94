/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a model object can be told and asked. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/suggest.h"
#include "bind/keras_callback.h"
#include "bind/keras_internal.h"
#include "nn/pass.h"

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
    bool ok =
        callbacks_init(&callbacks, interp, slots[PREDICT_CALLBACKS], err) &&
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
        error_hint(err,
                   _("model.build((None, 784)), or input_shape=(784,) in the "
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

const struct keras_function keras_model_methods[] = {
    {"add", keras_model_add, add_params, "puts one more layer at the end"},
    {"pop", call_pop, keras_no_params, "takes the last layer away"},
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
    {"get_compile_config", keras_model_compile_config, keras_no_params,
     "what compile() was given, as a dict"},
    {"summary", call_summary, keras_no_params, "prints the table of its layers"},
    {"get_weights", call_get_weights, keras_no_params, "copies of all weights"},
    {"set_weights", call_set_weights, set_weights_params,
     "replaces all weights by these arrays"},
    {"save_weights", keras_model_save_weights, keras_file_params,
     "writes all weights into an NPZ file"},
    {"load_weights", keras_model_load_weights, keras_file_params,
     "reads all weights from an NPZ file"},
    {"get_layer", call_get_layer, get_layer_params,
     "the layer of this name or number"},
    {"build", call_build, build_params, "makes the weights"},
    {"get_config", call_get_config, keras_no_params, "its layers' settings"},
    {"count_params", call_count_params, keras_no_params, "how many weights"},
    {NULL, NULL, NULL, NULL},
};
