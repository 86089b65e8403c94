/* SPDX-License-Identifier: GPL-3.0-or-later */
/* keras.layers: constructors, and what a layer object can be asked. */
#include <inttypes.h>
#include <string.h>

#include "base/alloc.h"
#include "bind/keras_internal.h"

/* ---------------------------------------------------------- constructors */

enum dense_slot {
    DENSE_UNITS,
    DENSE_ACTIVATION,
    DENSE_USE_BIAS,
    DENSE_KERNEL_INITIALIZER,
    DENSE_BIAS_INITIALIZER,
    DENSE_INPUT_SHAPE,
    DENSE_INPUT_DIM,
    DENSE_NAME
};

static const struct param dense_params[] = {
    {"units", PARAM_INT, 0, NULL},
    {"activation", PARAM_ANY, 0, "None"},
    {"use_bias", PARAM_BOOL, 0, "True"},
    {"kernel_initializer", PARAM_STRING, 0, "'glorot_uniform'"},
    {"bias_initializer", PARAM_STRING, 0, "'zeros'"},
    {"input_shape", PARAM_DIMS, PARAM_KEYWORD_ONLY, "None"},
    {"input_dim", PARAM_INT, PARAM_KEYWORD_ONLY, "None"},
    {"name", PARAM_STRING, PARAM_KEYWORD_ONLY, "None"},
    {NULL, PARAM_ANY, 0, NULL},
};

static const struct param flatten_params[] = {
    {"input_shape", PARAM_DIMS, PARAM_KEYWORD_ONLY, "None"},
    {"name", PARAM_STRING, PARAM_KEYWORD_ONLY, "None"},
    {NULL, PARAM_ANY, 0, NULL},
};

static const struct param rescaling_params[] = {
    {"scale", PARAM_FLOAT, 0, NULL},
    {"offset", PARAM_FLOAT, 0, "0.0"},
    {"input_shape", PARAM_DIMS, PARAM_KEYWORD_ONLY, "None"},
    {"name", PARAM_STRING, PARAM_KEYWORD_ONLY, "None"},
    {NULL, PARAM_ANY, 0, NULL},
};

static const struct param activation_params[] = {
    {"activation", PARAM_ANY, 0, NULL},
    {"input_shape", PARAM_DIMS, PARAM_KEYWORD_ONLY, "None"},
    {"name", PARAM_STRING, PARAM_KEYWORD_ONLY, "None"},
    {NULL, PARAM_ANY, 0, NULL},
};

static const struct param input_params[] = {
    {"shape", PARAM_DIMS, 0, NULL},
    {"name", PARAM_STRING, PARAM_KEYWORD_ONLY, "None"},
    {NULL, PARAM_ANY, 0, NULL},
};

static const struct param input_layer_params[] = {
    {"input_shape", PARAM_DIMS, 0, NULL},
    {"name", PARAM_STRING, PARAM_KEYWORD_ONLY, "None"},
    {NULL, PARAM_ANY, 0, NULL},
};

/* The input shape and the name, which every layer may be given. */
static bool set_common(struct layer *layer, struct value input_shape,
                       struct value name, struct error *err)
{
    const char *text = NULL;
    if (!keras_string(name, "name", &text, err))
        return false;
    if (text)
        layer->name = xstrdup(text);
    if (!keras_is_given(input_shape))
        return true;
    layer->has_input = true;
    return keras_sample_shape(input_shape, "input_shape", &layer->input, err);
}

static bool set_activation(struct layer *layer, struct value value,
                           struct error *err)
{
    const char *name = "linear";
    if (!keras_string(value, "activation", &name, err))
        return false;
    layer->activation = activation_find(name, err);
    return layer->activation != NULL;
}

static bool set_initializer(const struct initializer **ret, struct value value,
                            const char *argument, const char *fallback,
                            struct error *err)
{
    const char *name = fallback;
    if (!keras_string(value, argument, &name, err))
        return false;
    *ret = initializer_find(name, err);
    return *ret != NULL;
}

/* Hands LAYER over when OK, frees it otherwise. */
static bool give_layer(struct layer *layer, bool ok, struct value *ret)
{
    if (ok)
        *ret = keras_layer_value(layer);
    layer_unref(layer);
    return ok;
}

static bool set_units(struct layer *layer, struct value value,
                      struct error *err)
{
    if (!keras_int(value, "units", &layer->units, err))
        return false;
    if (layer->units < 1 || layer->units > INT32_MAX)
        return error_set(err, ERROR_VALUE,
                         "units must be a positive integer, got %" PRId64,
                         layer->units);
    return true;
}

static bool make_dense(struct interp *interp, const struct native *native,
                       const struct call_args *args, struct value *ret,
                       struct error *err)
{
    (void)interp;
    struct value slots[KERAS_MAX_PARAMS];
    if (!keras_bind(native, args, NULL, slots, err))
        return false;
    struct value shape = slots[DENSE_INPUT_SHAPE];
    if (!keras_is_given(shape))
        shape = slots[DENSE_INPUT_DIM];
    struct layer *layer = layer_new(&layer_dense);
    bool ok =
        set_units(layer, slots[DENSE_UNITS], err) &&
        set_activation(layer, slots[DENSE_ACTIVATION], err) &&
        keras_bool(slots[DENSE_USE_BIAS], "use_bias", &layer->use_bias, err) &&
        set_initializer(&layer->kernel_initializer,
                        slots[DENSE_KERNEL_INITIALIZER], "kernel_initializer",
                        "glorot_uniform", err) &&
        set_initializer(&layer->bias_initializer, slots[DENSE_BIAS_INITIALIZER],
                        "bias_initializer", "zeros", err) &&
        set_common(layer, shape, slots[DENSE_NAME], err);
    return give_layer(layer, ok, ret);
}

static bool make_flatten(struct interp *interp, const struct native *native,
                         const struct call_args *args, struct value *ret,
                         struct error *err)
{
    (void)interp;
    struct value slots[KERAS_MAX_PARAMS];
    if (!keras_bind(native, args, NULL, slots, err))
        return false;
    struct layer *layer = layer_new(&layer_flatten);
    return give_layer(layer, set_common(layer, slots[0], slots[1], err), ret);
}

static bool make_rescaling(struct interp *interp, const struct native *native,
                           const struct call_args *args, struct value *ret,
                           struct error *err)
{
    (void)interp;
    struct value slots[KERAS_MAX_PARAMS];
    if (!keras_bind(native, args, NULL, slots, err))
        return false;
    struct layer *layer = layer_new(&layer_rescaling);
    bool ok = keras_double(slots[0], "scale", &layer->scale, err) &&
              keras_double(slots[1], "offset", &layer->offset, err) &&
              set_common(layer, slots[2], slots[3], err);
    return give_layer(layer, ok, ret);
}

static bool make_activation(struct interp *interp, const struct native *native,
                            const struct call_args *args, struct value *ret,
                            struct error *err)
{
    (void)interp;
    struct value slots[KERAS_MAX_PARAMS];
    if (!keras_bind(native, args, NULL, slots, err))
        return false;
    struct layer *layer = layer_new(&layer_activation);
    bool ok = set_activation(layer, slots[0], err) &&
              set_common(layer, slots[1], slots[2], err);
    return give_layer(layer, ok, ret);
}

static bool make_input(struct interp *interp, const struct native *native,
                       const struct call_args *args, struct value *ret,
                       struct error *err)
{
    (void)interp;
    struct value slots[KERAS_MAX_PARAMS];
    if (!keras_bind(native, args, NULL, slots, err))
        return false;
    struct layer *layer = layer_new(&layer_input);
    return give_layer(layer, set_common(layer, slots[0], slots[1], err), ret);
}

const struct keras_function keras_layer_constructors[] = {
    {"Dense", make_dense, dense_params,
     "every output is a weighted sum of all inputs"},
    {"Flatten", make_flatten, flatten_params,
     "one row of numbers for each sample"},
    {"Rescaling", make_rescaling, rescaling_params, "x * scale + offset"},
    {"Activation", make_activation, activation_params,
     "an activation function as a layer"},
    {"Input", make_input, input_params, "the shape of a model's samples"},
    {"InputLayer", make_input, input_layer_params,
     "the shape of a model's samples"},
    {NULL, NULL, NULL, NULL},
};

/* ------------------------------------------------------------ the object */

static const struct param no_params[] = {{NULL, PARAM_ANY, 0, NULL}};
static const struct param weights_params[] = {
    {"weights", PARAM_ANY, 0, NULL},
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
    return keras_assign_weights(
        interp, slots[0], (size_t)layer->weight_count, layer->weights,
        layer->name ? layer->name : layer->type->prefix, err);
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

static const struct keras_function layer_methods[] = {
    {"get_weights", layer_get_weights, no_params, "copies of its weights"},
    {"set_weights", layer_set_weights, weights_params,
     "replaces its weights by these arrays"},
    {"count_params", layer_count_params, no_params, "how many weights"},
    {NULL, NULL, NULL, NULL},
};

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

static bool layer_property(const struct layer *layer, const char *name,
                           struct value *ret)
{
    if (!strcmp(name, "name"))
        *ret = value_string(layer->name ? layer->name : layer->type->prefix);
    else if (!strcmp(name, "units") && layer->type == &layer_dense)
        *ret = value_int(layer->units);
    else if (!strcmp(name, "use_bias") && layer->type == &layer_dense)
        *ret = value_bool(layer->use_bias);
    else if (!strcmp(name, "activation") && layer->activation)
        *ret = value_string(layer->activation->named.name);
    else if (!strcmp(name, "built"))
        *ret = value_bool(layer->built);
    else if (!strcmp(name, "input_shape") && layer->has_input)
        *ret = keras_shape_value(&layer->input);
    else if (!strcmp(name, "output_shape") && layer->built)
        *ret = keras_shape_value(&layer->output);
    else
        return weight_called(layer, name, ret);
    return true;
}

static bool layer_get_attribute(struct interp *interp, struct value self,
                                const char *name, struct value *ret,
                                struct error *err)
{
    (void)interp;
    const struct layer *layer = self.opaque->data;
    if (!strcmp(name, "weights") || !strcmp(name, "trainable_weights")) {
        *ret = keras_weight_list((size_t)layer->weight_count, layer->weights);
        return true;
    }
    return layer_property(layer, name, ret) ||
           keras_find_method(layer_methods, self, name, ret) ||
           keras_no_attribute(self, name, err);
}

static void layer_free(void *data)
{
    layer_unref(data);
}

static void layer_repr(void *data, struct strbuf *sb)
{
    const struct layer *layer = data;
    strbuf_addf(sb, "<%s name=%s, built=%s>", layer->type->named.name,
                layer->name ? layer->name : layer->type->prefix,
                layer->built ? "True" : "False");
}

static const char *const layer_attributes[] = {
    "name",         "units",
    "use_bias",     "activation",
    "built",        "input_shape",
    "output_shape", "kernel",
    "bias",         "weights",
    "get_weights",  "set_weights",
    "count_params", "trainable_weights",
    NULL,
};

const struct native_type keras_layer_type = {
    .name = "Layer",
    .free = layer_free,
    .repr = layer_repr,
    .get_attribute = layer_get_attribute,
    .attributes = layer_attributes,
};

struct value keras_layer_value(struct layer *layer)
{
    return value_opaque(&keras_layer_type, layer_ref(layer));
}
