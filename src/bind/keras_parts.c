/* SPDX-License-Identifier: GPL-3.0-or-later */
/* keras.activations and keras.regularizers. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "bind/eager.h"
#include "bind/keras_internal.h"
#include "lang/interp.h"
#include "nn/row_call.h"

/* Did you mean a string, an object, None? */
static bool wrong_part(struct value value, const char *argument,
                       const char *what, struct error *err)
{
    return error_set(err, ERROR_TYPE, "%s must be the name of %s, not %s",
                     argument, what, value_type_name(value));
}

/* ------------------------------------------------------------- activations */

static bool call_activation(struct interp *interp, const struct native *native,
                            const struct call_args *args, struct value *ret,
                            struct error *err)
{
    (void)interp;
    struct value slots[KERAS_MAX_PARAMS];
    if (!keras_bind(native, args, NULL, slots, err))
        return false;
    struct tensor *x = eager_tensor(slots[0], DTYPE_FLOAT32, err);
    struct tensor *y = x ? activation_call(native->data, x, err) : NULL;
    tensor_unref(x);
    if (y)
        *ret = eager_value(y);
    tensor_unref(y);
    return y != NULL;
}

static const struct param activation_params[] = {
    {"x", PARAM_ANY, 0, NULL},
    {NULL, PARAM_ANY, 0, NULL},
};

struct value keras_activation_value(const struct activation *activation)
{
    if (!activation)
        return value_none();
    return value_native(activation->named.name, call_activation,
                        activation_params, activation, activation->named.doc);
}

void keras_add_activations(struct value module)
{
    for (const struct activation *row = activations; row->named.name; row++)
        keras_set_under_all_names(module, &row->named,
                                  keras_activation_value(row));
}

static bool is_function_of(struct value module, const char *name,
                           struct value function)
{
    struct error none = ERROR_INIT;
    struct value found;
    if (!interp_get_attribute(interp_current(), module, name, &found, &none)) {
        error_clear(&none);
        return false;
    }
    bool same = found.kind == VALUE_FUNCTION &&
                found.function == function.function;
    value_unref(found);
    return same;
}

/* The name under which MODULE of MODULES has FUNCTION, or NULL. */
static const char *name_in(const char *modules, const char *module,
                           struct value function)
{
    struct error none = ERROR_INIT;
    struct value all, own;
    const char *name = NULL;
    bool ok = interp_import(interp_current(), modules, &all, &none);
    if (ok) {
        ok = interp_get_attribute(interp_current(), all, module, &own, &none);
        value_unref(all);
    }
    error_clear(&none);
    if (!ok)
        return NULL;
    for (const struct activation *row = activations; !name && row->named.name;
         row++)
        if (is_function_of(own, row->named.name, function))
            name = row->named.name;
    value_unref(own);
    return name;
}

/* A function of one's own is a layer of its own. */
static bool wrong_activation(struct value value, const char *argument,
                             struct error *err)
{
    wrong_part(value, argument, "an activation function", err);
    if (value.kind == VALUE_FUNCTION)
        error_hint(err, _("a function f of your own is a layer of its own: "
                          "layers.Dense(3), layers.Lambda(f)"));
    return false;
}

/* By name, or as keras.activations.relu, tf.nn.relu, layers.ReLU(). */
bool keras_to_activation(struct value value, const char *argument,
                         const struct activation **ret, struct error *err)
{
    const char *name = NULL;
    const struct layer *layer = value_opaque_data(value, &keras_layer_type);
    if (!keras_is_given(value))
        return true;
    if (value.kind == VALUE_STRING)
        name = value.string->text;
    else if (value.kind == VALUE_NATIVE)
        name = value.native->name;
    else if (layer && layer->type->activation)
        name = layer->type->activation;
    else if (value.kind == VALUE_FUNCTION &&
             !(name = name_in("tensorflow", "nn", value)))
        name = name_in("keras", "ops", value);
    if (!name)
        return wrong_activation(value, argument, err);
    *ret = activation_find(name, err);
    return *ret != NULL;
}

/* ------------------------------------------------------------ regularizers */

static void regularizer_repr(void *data, struct strbuf *sb)
{
    const struct regularizer *regularizer = data;
    strbuf_addf(sb, "<L1L2 l1=%g l2=%g>", regularizer->l1, regularizer->l2);
}

static bool regularizer_get_attribute(struct interp *interp, struct value self,
                                      const char *name, struct value *ret,
                                      struct error *err)
{
    (void)interp;
    const struct regularizer *regularizer = self.opaque->data;
    if (strcmp(name, "l1") != 0 && strcmp(name, "l2") != 0)
        return keras_no_attribute(self, name, err);
    *ret = value_float(name[1] == '1' ? regularizer->l1 : regularizer->l2);
    return true;
}

/* regularizer(x): the penalty of X */
static bool regularizer_call(struct interp *interp, struct value self,
                             const struct call_args *args, struct value *ret,
                             struct error *err)
{
    (void)interp;
    struct value slots[KERAS_MAX_PARAMS], spread;
    if (!call_bind("__call__", activation_params, args, false, slots, &spread,
                   err))
        return false;
    struct tensor *x = value_to_tensor(slots[0], DTYPE_COUNT, err);
    struct tensor *floats = x ? tensor_contiguous(x, DTYPE_FLOAT32, err) : NULL;
    const struct regularizer *regularizer = self.opaque->data;
    if (floats)
        *ret = value_float(
            regularizer_penalty(*regularizer, floats->size,
                                (const float *)(const void *)floats->data));
    bool ok = floats != NULL;
    tensor_unref(floats);
    tensor_unref(x);
    return ok;
}

static const char *const regularizer_attributes[] = {"l1", "l2", NULL};

static const struct native_type regularizer_type = {
    .name = "L1L2",
    .free = free,
    .repr = regularizer_repr,
    .get_attribute = regularizer_get_attribute,
    .call = regularizer_call,
    .attributes = regularizer_attributes,
};

struct value keras_regularizer_value(const struct regularizer *regularizer)
{
    if (regularizer->l1 == 0.0 && regularizer->l2 == 0.0)
        return value_none();
    struct regularizer *copy = xmalloc(sizeof *copy);
    *copy = *regularizer;
    return value_opaque(&regularizer_type, copy);
}

/* Which of the two a function takes follows from its parameters. */
static bool make_regularizer(struct interp *interp, const struct native *native,
                             const struct call_args *args, struct value *ret,
                             struct error *err)
{
    (void)interp;
    struct value slots[KERAS_MAX_PARAMS];
    if (!keras_bind(native, args, NULL, slots, err))
        return false;
    struct regularizer *made = xcalloc(1, sizeof *made);
    *ret = value_opaque(&regularizer_type, made);
    for (int i = 0; native->params[i].name; i++) {
        const char *name = native->params[i].name;
        double *place = name[1] == '1' ? &made->l1 : &made->l2;
        *place = strtod(native->params[i].fallback, NULL);
        if (keras_double(slots[i], name, place, err))
            continue;
        value_unref(*ret);
        return false;
    }
    return true;
}

static const struct param l1_params[] = {{"l1", PARAM_FLOAT, 0, "0.01"},
                                         {NULL, PARAM_ANY, 0, NULL}},
                          l2_params[] = {{"l2", PARAM_FLOAT, 0, "0.01"},
                                         {NULL, PARAM_ANY, 0, NULL}},
                          l1_l2_params[] = {{"l1", PARAM_FLOAT, 0, "0.01"},
                                            {"l2", PARAM_FLOAT, 0, "0.01"},
                                            {NULL, PARAM_ANY, 0, NULL}},
                          l1l2_params[] = {{"l1", PARAM_FLOAT, 0, "0.0"},
                                           {"l2", PARAM_FLOAT, 0, "0.0"},
                                           {NULL, PARAM_ANY, 0, NULL}};

static const char l1_doc[] = N_("a price on weights: l1 times sum(|w|)");
static const char l2_doc[] = N_("a price on weights: l2 times sum(w**2)");
static const char l1_l2_doc[] = N_("both prices on weights: l1 and l2");

const struct keras_function keras_regularizer_constructors[] = {
    {"l1", make_regularizer, l1_params, l1_doc},
    {"l2", make_regularizer, l2_params, l2_doc},
    {"l1_l2", make_regularizer, l1_l2_params, l1_l2_doc},
    {"L1", make_regularizer, l1_params, l1_doc},
    {"L2", make_regularizer, l2_params, l2_doc},
    {"L1L2", make_regularizer, l1l2_params, l1_l2_doc},
    {NULL, NULL, NULL, NULL},
};

/* As an object, or as the name of one with its defaults. */
bool keras_to_regularizer(struct value value, const char *argument,
                          struct regularizer *ret, struct error *err)
{
    const struct regularizer *given =
        value_opaque_data(value, &regularizer_type);
    if (!keras_is_given(value))
        return true;
    if (given) {
        *ret = *given;
        return true;
    }
    if (value.kind != VALUE_STRING)
        return wrong_part(value, argument, "a regularizer", err);
    const char *name = value.string->text;
    if (!strcasecmp(name, "l1") || !strcasecmp(name, "l2") ||
        !strcasecmp(name, "l1_l2")) {
        *ret = (struct regularizer){name[1] == '1' ? 0.01 : 0.0,
                                    strcasecmp(name, "l1") ? 0.01 : 0.0};
        return true;
    }
    error_set(err, ERROR_VALUE, "Unknown regularizer: '%s'", name);
    error_hint(err, "%s=keras.regularizers.l2(0.001)", argument);
    return false;
}
