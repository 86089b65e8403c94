/* SPDX-License-Identifier: GPL-3.0-or-later */
/* keras.layers: constructors, and what a layer object can be asked. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/strmap.h"
#include "bind/keras_internal.h"
#include "bind/eager.h"
#include "nn/layer_call.h"

/* ------------------------------------------------------------------- names
   As Keras counts them for the whole session: dense, dense_1, dense_2. */

static struct strmap counters; /* to int64_t */

char *keras_next_name(const char *prefix)
{
    int64_t *counter = strmap_get(&counters, prefix);
    if (!counter) {
        counter = xcalloc(1, sizeof *counter);
        strmap_set(&counters, prefix, counter);
    }
    int64_t number = (*counter)++;
    return number ? xasprintf("%s_%lld", prefix, (long long)number)
                  : xstrdup(prefix);
}

void keras_reset_names(void)
{
    size_t position = 0;
    const char *name;
    void *counter;
    while (strmap_next(&counters, &position, &name, &counter))
        free(counter);
    strmap_done(&counters);
}

/* ---------------------------------------------------------- constructors */

/* What every layer may be given, behind its own settings. */
enum common_slot {
    COMMON_INPUT_SHAPE,
    COMMON_INPUT_DIM,
    COMMON_NAME,
    COMMON_TRAINABLE,
    COMMON_DTYPE /* float32, whatever is said */
};

static const struct param common_params[] = {
    {"input_shape", PARAM_DIMS, PARAM_KEYWORD_ONLY, "None"},
    {"input_dim", PARAM_INT, PARAM_KEYWORD_ONLY, "None"},
    {"name", PARAM_STRING, PARAM_KEYWORD_ONLY, "None"},
    {"trainable", PARAM_BOOL, PARAM_KEYWORD_ONLY, "True"},
    {"dtype", PARAM_ANY, PARAM_KEYWORD_ONLY, "None"},
    {NULL, PARAM_ANY, 0, NULL},
};

/* These are counted from 1. */
static char *input_name(void)
{
    char *name = keras_next_name(layer_input.prefix);
    if (strcmp(name, layer_input.prefix) != 0)
        return name;
    free(name);
    return keras_next_name(layer_input.prefix);
}

static bool set_common(struct layer *layer, const struct value *slots,
                       struct error *err)
{
    const char *name = NULL;
    struct value shape = slots[COMMON_INPUT_SHAPE];
    if (!keras_is_given(shape))
        shape = slots[COMMON_INPUT_DIM];
    if (!keras_string(slots[COMMON_NAME], "name", &name, err) ||
        !keras_bool(slots[COMMON_TRAINABLE], "trainable", &layer->trainable,
                    err))
        return false;
    layer->has_input = keras_is_given(shape);
    if (layer->has_input &&
        !keras_sample_shape(shape, "input_shape", &layer->input, err))
        return false;
    layer->name = name                          ? xstrdup(name)
                  : layer->type == &layer_input ? input_name()
                                                : keras_next_name(layer->type->prefix);
    return true;
}

static bool read_layer(struct layer *layer, const struct value *slots,
                       struct error *err)
{
    const struct layer_setting *rows = layer->type->settings;
    int count = 0;
    for (; rows[count].name; count++)
        if (!keras_read_setting(&rows[count], slots[count], &layer->settings,
                                err))
            return false;
    return set_common(layer, slots + count, err);
}

static bool make_layer(struct interp *interp, const struct native *native,
                       const struct call_args *args, struct value *ret,
                       struct error *err)
{
    (void)interp;
    struct value slots[KERAS_MAX_PARAMS];
    if (!keras_bind(native, args, NULL, slots, err))
        return false;
    struct layer *layer = layer_new(native->data);
    bool ok = read_layer(layer, slots, err);
    if (ok)
        *ret = keras_layer_value(layer);
    layer_unref(layer);
    return ok;
}

static const struct param input_params[] = {
    {"shape", PARAM_DIMS, 0, "None"},
    {"batch_size", PARAM_INT, PARAM_KEYWORD_ONLY, "None"},
    {"name", PARAM_STRING, PARAM_KEYWORD_ONLY, "None"},
    {"dtype", PARAM_ANY, PARAM_KEYWORD_ONLY, "None"},
    {"input_shape", PARAM_DIMS, PARAM_KEYWORD_ONLY, "None"},
    {NULL, PARAM_ANY, 0, NULL},
};

/* Input(shape=(784,)) and InputLayer(input_shape=(784,)) */
static bool make_input(struct interp *interp, const struct native *native,
                       const struct call_args *args, struct value *ret,
                       struct error *err)
{
    (void)interp;
    struct value slots[KERAS_MAX_PARAMS];
    if (!keras_bind(native, args, NULL, slots, err))
        return false;
    struct value shape = keras_is_given(slots[0]) ? slots[0] : slots[4];
    if (!keras_is_given(shape))
        return error_set(err, ERROR_TYPE,
                         "%s() missing 1 required positional argument: 'shape'",
                         native->name);
    struct value common[] = {shape, value_none(), slots[2], value_none(),
                             value_none()};
    struct layer *layer = layer_new(&layer_input);
    bool ok = set_common(layer, common, err);
    if (ok)
        *ret = keras_layer_value(layer);
    layer_unref(layer);
    return ok;
}

void keras_add_input(struct value module)
{
    static const char *const names[] = {"Input", "InputLayer"};
    for (int i = 0; i < 2; i++) {
        struct value input =
            keras_class(names[i], make_input, input_params, &layer_input,
                        layer_input.named.doc, &keras_layer_type);
        module_set(module.module, names[i], input);
        value_unref(input);
    }
}

/* By the name that is the class's: layers have others. */
static struct value class_of_type(const struct layer_type *type)
{
    if (type == &layer_input)
        return keras_class("InputLayer", make_input, input_params, type,
                           type->named.doc, &keras_layer_type);
    return keras_class(type->named.name, make_layer,
                       keras_layer_params(type->settings, common_params), type,
                       type->named.doc, &keras_layer_type);
}

static struct value class_of(const void *data)
{
    return class_of_type(((const struct layer *)data)->type);
}

void keras_add_layers(struct value module)
{
    for (int i = 0; layer_types[i]; i++) {
        const struct layer_type *type = layer_types[i];
        if (type == &layer_input)
            continue;
        keras_set_under_all_names(module, &type->named, class_of_type(type));
    }
    keras_add_input(module);
}

/* ------------------------------------------------------------ the methods */

static const struct param weights_params[] = {
    {"weights", PARAM_ANY, 0, NULL},
    {NULL, PARAM_ANY, 0, NULL},
};
static const struct param build_params[] = {
    {"input_shape", PARAM_DIMS, 0, NULL},
    {NULL, PARAM_ANY, 0, NULL},
};

static bool layer_get_weights(struct interp *interp,
                              const struct native *native,
                              const struct call_args *args, struct value *ret,
                              struct error *err)
{
    (void)interp;
    struct value self, slots[KERAS_MAX_PARAMS];
    if (!keras_bind(native, args, &self, slots, err))
        return false;
    const struct layer *layer = self.opaque->data;
    return keras_array_list((size_t)layer->weight_count, layer->weights, ret,
                            err);
}

static bool layer_set_weights(struct interp *interp,
                              const struct native *native,
                              const struct call_args *args, struct value *ret,
                              struct error *err)
{
    struct value self, slots[KERAS_MAX_PARAMS];
    if (!keras_bind(native, args, &self, slots, err))
        return false;
    const struct layer *layer = self.opaque->data;
    *ret = value_none();
    return keras_assign_weights(interp, slots[0], (size_t)layer->weight_count,
                                layer->weights, layer->name, err);
}

static bool layer_count_params(struct interp *interp,
                               const struct native *native,
                               const struct call_args *args, struct value *ret,
                               struct error *err)
{
    (void)interp;
    struct value self, slots[KERAS_MAX_PARAMS];
    if (!keras_bind(native, args, &self, slots, err))
        return false;
    *ret = value_int(layer_parameters(self.opaque->data));
    return true;
}

struct value keras_layer_config(const struct layer *layer)
{
    struct value dict = value_dict();
    struct value name = value_string(layer->name);
    dict_set_string(dict.dict, "name", name);
    value_unref(name);
    dict_set_string(dict.dict, "trainable", value_bool(layer->trainable));
    for (const struct layer_setting *row = layer->type->settings; row->name;
         row++) {
        struct value value = keras_setting_config(row, &layer->settings);
        dict_set_string(dict.dict, row->name, value);
        value_unref(value);
    }
    return dict;
}

static struct value config_of(const void *data)
{
    return keras_layer_config(data);
}

/* Without the None of the batch: build((None, 784)) and build((784,)). */
bool keras_read_build_shape(struct value value, struct sample_shape *ret,
                            struct error *err)
{
    bool is_sequence = value.kind == VALUE_TUPLE || value.kind == VALUE_LIST;
    if (!is_sequence || value.sequence->count == 0 ||
        value.sequence->items[0].kind != VALUE_NONE)
        return keras_sample_shape(value, "input_shape", ret, err);
    struct value rest =
        value_tuple(value.sequence->count - 1, value.sequence->items + 1);
    bool ok = keras_sample_shape(rest, "input_shape", ret, err);
    value_unref(rest);
    return ok;
}

static bool layer_build_call(struct interp *interp, const struct native *native,
                             const struct call_args *args, struct value *ret,
                             struct error *err)
{
    (void)interp;
    struct value self, slots[KERAS_MAX_PARAMS];
    struct sample_shape shape;
    *ret = value_none();
    return keras_bind(native, args, &self, slots, err) &&
           keras_read_build_shape(slots[0], &shape, err) &&
           layer_build(self.opaque->data, &shape, &session_rng, err);
}

static const struct keras_function layer_methods[] = {
    {"get_weights", layer_get_weights, keras_no_params, "copies of its weights"},
    {"set_weights", layer_set_weights, weights_params,
     "replaces its weights by these arrays"},
    {"count_params", layer_count_params, keras_no_params, "how many weights"},
    KERAS_GET_CONFIG,
    {"build", layer_build_call, build_params, "makes its weights"},
    {NULL, NULL, NULL, NULL},
};

/* ------------------------------------------------------------ attributes */

static bool weight_called(const struct layer *layer, const char *name,
                          struct value *ret)
{
    for (int i = 0; i < layer->weight_count; i++)
        if (!strcmp(layer->weight_names[i], name)) {
            *ret = keras_weight_value(layer->weights[i]);
            return true;
        }
    return false;
}

static bool setting_called(const struct layer *layer, const char *name,
                           struct value *ret)
{
    for (const struct layer_setting *row = layer->type->settings; row->name;
         row++)
        if (!strcmp(row->name, name)) {
            *ret = keras_setting_value(row, &layer->settings);
            return true;
        }
    return false;
}

static bool weight_list_called(const struct layer *layer, const char *name,
                               struct value *ret)
{
    struct variable *weights[LAYER_MAX_WEIGHTS];
    bool learning, others;
    size_t count = 0;
    if (!keras_is_weight_list(name, &learning, &others))
        return false;
    for (int i = 0; i < layer->weight_count; i++)
        if (layer_learns(layer, i) ? learning : others)
            weights[count++] = layer->weights[i];
    *ret = keras_weight_list(count, weights);
    return true;
}

static bool layer_property(const struct layer *layer, const char *name,
                           struct value *ret)
{
    if (!strcmp(name, "name"))
        *ret = value_string(layer->name);
    else if (!strcmp(name, "built"))
        *ret = value_bool(layer->built);
    else if (!strcmp(name, "trainable"))
        *ret = value_bool(layer->trainable);
    else if (!strcmp(name, "shape") && layer->type == &layer_input)
        *ret = keras_shape_value(&layer->input);
    else if (!strcmp(name, "input_shape") && layer->has_input)
        *ret = keras_shape_value(&layer->input);
    else if (!strcmp(name, "output_shape") && layer->built)
        *ret = keras_shape_value(&layer->output);
    else
        return weight_list_called(layer, name, ret) ||
               weight_called(layer, name, ret) ||
               setting_called(layer, name, ret);
    return true;
}

static bool layer_get_attribute(struct interp *interp, struct value self,
                                const char *name, struct value *ret,
                                struct error *err)
{
    (void)interp;
    return layer_property(self.opaque->data, name, ret) ||
           keras_find_method(layer_methods, self, name, ret) ||
           keras_no_attribute(self, name, err);
}

static bool layer_set_attribute(struct interp *interp, struct value self,
                                const char *name, struct value value,
                                struct error *err)
{
    (void)interp;
    struct layer *layer = self.opaque->data;
    if (!strcmp(name, "trainable"))
        return keras_bool(value, name, &layer->trainable, err);
    struct value now;
    if (!layer_property(layer, name, &now))
        return keras_no_attribute(self, name, err);
    value_unref(now);
    return error_set(err, ERROR_ATTRIBUTE, "can't set attribute '%s'", name);
}

/* layer(x): what it makes of a batch, as a tape can follow it. */
static bool call_layer(struct interp *interp, struct value self,
                       const struct call_args *args, struct value *ret,
                       struct error *err)
{
    static const struct param params[] = {
        {"inputs", PARAM_ANY, 0, NULL},
        {"training", PARAM_BOOL, 0, "False"},
        {NULL, PARAM_ANY, 0, NULL},
    };
    (void)interp;
    struct value slots[KERAS_MAX_PARAMS], spread;
    bool training = false;
    if (!call_bind("__call__", params, args, false, slots, &spread, err) ||
        !keras_bool(slots[1], "training", &training, err))
        return false;
    if (keras_is_symbol(slots[0]))
        return keras_symbol_apply(self.opaque->data, slots[0], ret, err);
    struct tensor *x = eager_tensor(slots[0], DTYPE_FLOAT32, err);
    struct tensor *y =
        x ? layer_call(self.opaque->data, x, training, &session_rng, err)
          : NULL;
    tensor_unref(x);
    if (y)
        *ret = eager_value(y);
    tensor_unref(y);
    return y != NULL;
}

static void layer_free(void *data)
{
    layer_unref(data);
}

static void layer_repr(void *data, struct strbuf *sb)
{
    const struct layer *layer = data;
    if (layer->type == &layer_input && layer->has_input) {
        keras_symbol_repr(layer, sb);
        return;
    }
    strbuf_addf(sb, "<%s name=%s, built=%s>", layer->type->named.name,
                layer->name ? layer->name : layer->type->prefix,
                layer->built ? "True" : "False");
}

static const char *const layer_attributes[] = {
    "name",
    "built",
    "trainable",
    "input_shape",
    "output_shape",
    "units",
    "filters",
    "kernel_size",
    "pool_size",
    "strides",
    "padding",
    "rate",
    "activation",
    "use_bias",
    "kernel",
    "bias",
    "weights",
    "variables",
    "trainable_weights",
    "trainable_variables",
    "non_trainable_weights",
    "non_trainable_variables",
    "get_weights",
    "set_weights",
    "count_params",
    "get_config",
    "build",
    NULL,
};

const struct native_type keras_layer_type = {
    .name = "Layer",
    .free = layer_free,
    .config = config_of,
    .repr = layer_repr,
    .get_attribute = layer_get_attribute,
    .set_attribute = layer_set_attribute,
    .class_of = class_of,
    .class_attribute = keras_class_attribute,
    .call = call_layer,
    .attributes = layer_attributes,
};

struct value keras_layer_value(struct layer *layer)
{
    if (layer->foreign)
        return keras_layer_object(layer);
    return value_opaque(&keras_layer_type, layer_ref(layer));
}
