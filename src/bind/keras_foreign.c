/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is written at the prompt as a part of a network: objects of subclasses
 * of keras.layers.Layer, and functions as losses and metrics.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "bind/eager.h"
#include "bind/keras_internal.h"
#include "bind/variable_object.h"
#include "lang/ast.h"
#include "lang/object.h"

struct written {
    struct interp *interp;
    struct value object;
};

static void written_free(void *context)
{
    struct written *written = context;
    value_unref(written->object);
    free(written);
}

static struct written *written_new(struct interp *interp, struct value object)
{
    struct written *written = xmalloc(sizeof *written);
    *written = (struct written){interp, value_ref(object)};
    return written;
}

/* What CALLED gives for tensors, as an array; as a tape can follow it. */
static struct tensor *call_with(struct written *written,
                                const struct call_args *args, struct error *err)
{
    struct value result;
    if (!interp_call(written->interp, written->object, args, &result, err))
        return NULL;
    struct tensor *tensor = eager_tensor(result, DTYPE_COUNT, err);
    value_unref(result);
    return tensor;
}

static struct tensor *call_layer(void *context, int count,
                                 struct tensor *const *args, bool training,
                                 struct error *err)
{
    struct value x = eager_value(args[0]);
    struct keyword_value keyword = {"training", value_bool(training)};
    struct call_args given = {count, &x, 1, &keyword};
    struct tensor *y = call_with(context, &given, err);
    value_unref(x);
    return y;
}

static struct tensor *call_function(void *context, int count,
                                    struct tensor *const *args, bool training,
                                    struct error *err)
{
    struct value values[2];
    (void)training;
    for (int i = 0; i < count; i++)
        values[i] = eager_value(args[i]);
    struct call_args given = {.count = count, .values = values};
    struct tensor *y = call_with(context, &given, err);
    for (int i = 0; i < count; i++)
        value_unref(values[i]);
    return y;
}

/* Of the object's attribute weights: a list of variables. */
static bool take_weights(void *context, struct layer *layer, struct error *err)
{
    struct written *written = context;
    struct value list, *items;
    size_t count;
    if (!interp_get_attribute(written->interp, written->object, "weights",
                              &list, err))
        return false;
    bool ok = interp_collect(written->interp, list, &count, &items, err);
    value_unref(list);
    if (!ok)
        return false;
    for (size_t i = 0; i < count; i++) {
        struct variable *weight = variable_get(items[i]);
        ok = ok && weight &&
             foreign_add_weight(layer, weight, weight->name, err);
        value_unref(items[i]);
    }
    free(items);
    return ok;
}

static const struct foreign_type written_layer = {
    .call = call_layer, .weights = take_weights, .free = written_free};
static const struct foreign_type written_function = {.call = call_function,
                                                     .free = written_free};

/* ------------------------------------------------------------------- metrics
 */

static bool call_method(struct written *written, const char *name, int count,
                        const struct value *values, struct value *ret,
                        struct error *err)
{
    struct value method;
    if (!interp_get_attribute(written->interp, written->object, name, &method,
                              err))
        return false;
    struct call_args args = {.count = count, .values = values};
    bool ok = interp_call(written->interp, method, &args, ret, err);
    value_unref(method);
    return ok;
}

static bool update_metric(void *context, struct tensor *const *args, bool first,
                          struct error *err)
{
    struct value ignored;
    if (first) {
        if (!call_method(context, "reset_state", 0, NULL, &ignored, err))
            return false;
        value_unref(ignored);
    }
    struct value pair[2] = {eager_value(args[0]), eager_value(args[1])};
    bool ok = call_method(context, "update_state", 2, pair, &ignored, err);
    value_unref(pair[0]);
    value_unref(pair[1]);
    if (ok)
        value_unref(ignored);
    return ok;
}

static bool metric_result_of(void *context, double *ret, struct error *err)
{
    struct value result;
    if (!call_method(context, "result", 0, NULL, &result, err))
        return false;
    struct tensor *given = eager_tensor(result, DTYPE_COUNT, err);
    struct tensor *number =
        given ? tensor_contiguous(given, DTYPE_FLOAT64, err) : NULL;
    bool ok = number && number->size == 1;
    if (ok)
        *ret = *(const double *)(const void *)number->data;
    else if (number)
        error_set(err, ERROR_VALUE,
                  "result() of a metric must be one number, not an array of "
                  "%lld",
                  (long long)number->size);
    tensor_unref(given);
    tensor_unref(number);
    value_unref(result);
    return ok;
}

static const struct foreign_type written_metric = {
    .free = written_free, .update = update_metric, .result = metric_result_of};

/* -------------------------------------------------------------------- layers
 */

/* The object's NAME, owned; NULL when it has none that is a string. */
static char *text_attribute(struct interp *interp, struct value object,
                            const char *name)
{
    struct error err = ERROR_INIT;
    struct value value;
    if (!interp_get_attribute(interp, object, name, &value, &err)) {
        error_clear(&err);
        return NULL;
    }
    char *text =
        value.kind == VALUE_STRING ? xstrdup(value.string->text) : NULL;
    value_unref(value);
    return text;
}

/* Is it of a class derived from the library's class PART? */
static bool is_part(struct interp *interp, struct value object,
                    const char *part)
{
    char *mark = object.kind == VALUE_INSTANCE
                     ? text_attribute(interp, object, "_keras_part")
                     : NULL;
    bool is_one = mark && !strcmp(mark, part);
    free(mark);
    return is_one;
}

/* Only those of the library's class Layer, and models of ours. */
static bool is_written_layer(struct interp *interp, struct value value)
{
    if (value.kind != VALUE_INSTANCE)
        return keras_model_get(value) != NULL;
    return is_part(interp, value, "Layer");
}

struct layer *keras_to_layer(struct interp *interp, struct value value)
{
    struct layer *layer = value_opaque_data(value, &keras_layer_type);
    if (layer)
        return layer_ref(layer);
    if (!is_written_layer(interp, value))
        return NULL;
    struct foreign *foreign = foreign_new(
        &written_layer, written_new(interp, value), value_type_name(value));
    layer = foreign_layer(foreign, "layer");
    layer->name = text_attribute(interp, value, "name");
    foreign_unref(foreign);
    return layer;
}

struct value keras_layer_object(const struct layer *layer)
{
    const struct written *written = layer->foreign->context;
    return value_ref(written->object);
}

/* -------------------------------------------------------- losses and metrics
 */

bool keras_is_written(struct value value)
{
    return value.kind == VALUE_FUNCTION || value.kind == VALUE_METHOD ||
           value.kind == VALUE_INSTANCE;
}

/* Under FUNCTION's name; METHOD (taken) is what is called. */
static struct foreign *written_part(struct interp *interp,
                                    const struct foreign_type *type,
                                    struct value function, struct value method)
{
    char *name = text_attribute(interp, function, "name");
    if (!name)
        name = text_attribute(interp, function, "__name__");
    struct foreign *foreign =
        foreign_new(type, written_new(interp, method),
                    name ? name : value_type_name(function));
    value_unref(method);
    free(name);
    return foreign;
}

/* Of an object of a class derived from Loss call() is called, which gives the
   loss of each sample. */
struct foreign *keras_written_loss(struct interp *interp, struct value function,
                                   struct error *err)
{
    struct value method = value_ref(function);
    if (is_part(interp, function, "Loss")) {
        char *reduction = text_attribute(interp, function, "reduction");
        bool fits = !reduction || keras_is_mean(reduction, err);
        free(reduction);
        value_unref(method);
        if (!fits ||
            !interp_get_attribute(interp, function, "call", &method, err))
            return NULL;
    }
    return written_part(interp, &written_function, function, method);
}

struct foreign *keras_written_metric(struct interp *interp,
                                     struct value function)
{
    bool keeps = is_part(interp, function, "Metric");
    return written_part(interp, keeps ? &written_metric : &written_function,
                        function, value_ref(function));
}

/* --------------------------------------------- what the library cannot say */

static const struct code *code_of(struct value function)
{
    if (function.kind == VALUE_METHOD)
        function = function.method->function;
    return function.kind == VALUE_FUNCTION ? function.function->code : NULL;
}

/* takes(function, 'training'): has it such a parameter, or **kwargs? */
static bool call_takes(struct interp *interp, const struct native *native,
                       const struct call_args *args, struct value *ret,
                       struct error *err)
{
    (void)interp;
    struct value slots[KERAS_MAX_PARAMS];
    const char *name = "";
    if (!keras_bind(native, args, NULL, slots, err) ||
        !keras_string(slots[1], "name", &name, err))
        return false;
    const struct code *code = code_of(slots[0]);
    bool takes = !code;
    for (int i = 0; code && i < code->parameter_count; i++)
        takes |= code->parameters[i].kind == PARAMETER_DOUBLE_STAR ||
                 !strcmp(code->parameters[i].name.text, name);
    *ret = value_bool(takes);
    return true;
}

static bool call_next_name(struct interp *interp, const struct native *native,
                           const struct call_args *args, struct value *ret,
                           struct error *err)
{
    (void)interp;
    struct value slots[KERAS_MAX_PARAMS];
    const char *prefix = "";
    if (!keras_bind(native, args, NULL, slots, err) ||
        !keras_string(slots[0], "prefix", &prefix, err))
        return false;
    char *name = keras_next_name(prefix);
    *ret = value_string(name);
    free(name);
    return true;
}

/* A network whose only layer is the object; it shares the object's weights. */
static bool call_network(struct interp *interp, const struct native *native,
                         const struct call_args *args, struct value *ret,
                         struct error *err)
{
    struct value slots[KERAS_MAX_PARAMS];
    if (!keras_bind(native, args, NULL, slots, err))
        return false;
    struct layer *layer = keras_to_layer(interp, slots[0]);
    if (!layer)
        return error_set(err, ERROR_TYPE, "a layer is wanted, not %s",
                         value_type_name(slots[0]));
    struct model *model = model_new(layer->name, &session_rng);
    bool ok = model_add(model, layer, err);
    if (ok)
        *ret = keras_model_value(model);
    model_unref(model);
    layer_unref(layer);
    return ok;
}

static bool call_is_symbol(struct interp *interp, const struct native *native,
                           const struct call_args *args, struct value *ret,
                           struct error *err)
{
    (void)interp;
    struct value slots[KERAS_MAX_PARAMS];
    if (!keras_bind(native, args, NULL, slots, err))
        return false;
    *ret = value_bool(keras_is_symbol(slots[0]));
    return true;
}

static bool call_apply(struct interp *interp, const struct native *native,
                       const struct call_args *args, struct value *ret,
                       struct error *err)
{
    struct value slots[KERAS_MAX_PARAMS];
    if (!keras_bind(native, args, NULL, slots, err))
        return false;
    struct layer *layer = keras_to_layer(interp, slots[0]);
    bool ok = layer && keras_symbol_apply(layer, slots[1], ret, err);
    layer_unref(layer);
    return ok;
}

static const struct param takes_params[] = {
    {"function", PARAM_ANY, 0, NULL},
    {"name", PARAM_STRING, 0, NULL},
    {NULL, PARAM_ANY, 0, NULL},
};
static const struct param one_param[] = {
    {"value", PARAM_ANY, 0, NULL},
    {NULL, PARAM_ANY, 0, NULL},
};
static const struct param apply_params[] = {
    {"layer", PARAM_ANY, 0, NULL},
    {"inputs", PARAM_ANY, 0, NULL},
    {NULL, PARAM_ANY, 0, NULL},
};
static const struct param functional_params[] = {
    {"inputs", PARAM_ANY, 0, NULL},
    {"outputs", PARAM_ANY, 0, NULL},
    {"name", PARAM_STRING, 0, "None"},
    {NULL, PARAM_ANY, 0, NULL},
};

/* Of a module that is not for the prompt. */
const struct keras_function keras_written_functions[] = {
    {"takes", call_takes, takes_params, NULL},
    {"next_name", call_next_name, one_param, NULL},
    {"network", call_network, one_param, NULL},
    {"is_symbol", call_is_symbol, one_param, NULL},
    {"apply", call_apply, apply_params, NULL},
    {"functional", keras_make_functional, functional_params, NULL},
    {NULL, NULL, NULL, NULL},
};
