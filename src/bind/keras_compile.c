/* SPDX-License-Identifier: GPL-3.0-or-later */
/* keras.optimizers, and compile()'s arguments: names or objects. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "bind/keras_internal.h"

/* ------------------------------------------------------------ optimizers */

/* Settings as src/nn/optimizer.c has them; lr is the first book's name. */
static const struct param rmsprop_params[] = {
    {"learning_rate", PARAM_FLOAT, 0, "0.001"},
    {"rho", PARAM_FLOAT, 0, "0.9"},
    {"epsilon", PARAM_FLOAT, 0, "1e-07"},
    {"lr", PARAM_FLOAT, PARAM_KEYWORD_ONLY, "None"},
    {NULL, PARAM_ANY, 0, NULL},
};

static const struct param sgd_params[] = {
    {"learning_rate", PARAM_FLOAT, 0, "0.01"},
    {"momentum", PARAM_FLOAT, 0, "0.0"},
    {"nesterov", PARAM_FLOAT, 0, "False"},
    {"lr", PARAM_FLOAT, PARAM_KEYWORD_ONLY, "None"},
    {NULL, PARAM_ANY, 0, NULL},
};

static const struct param adam_params[] = {
    {"learning_rate", PARAM_FLOAT, 0, "0.001"},
    {"beta_1", PARAM_FLOAT, 0, "0.9"},
    {"beta_2", PARAM_FLOAT, 0, "0.999"},
    {"epsilon", PARAM_FLOAT, 0, "1e-07"},
    {"lr", PARAM_FLOAT, PARAM_KEYWORD_ONLY, "None"},
    {NULL, PARAM_ANY, 0, NULL},
};

static const struct param adagrad_params[] = {
    {"learning_rate", PARAM_FLOAT, 0, "0.01"},
    {"epsilon", PARAM_FLOAT, 0, "1e-07"},
    {"lr", PARAM_FLOAT, PARAM_KEYWORD_ONLY, "None"},
    {NULL, PARAM_ANY, 0, NULL},
};

static bool make_optimizer(struct interp *interp, const struct native *native,
                           const struct call_args *args, struct value *ret,
                           struct error *err)
{
    (void)interp;
    struct value slots[KERAS_MAX_PARAMS];
    if (!keras_bind(native, args, NULL, slots, err))
        return false;
    const struct optimizer_type *type = optimizer_type_find(native->name, err);
    if (!type)
        return false;
    struct optimizer *optimizer = optimizer_new(type);
    bool ok = true;
    for (int i = 0; ok && native->params[i].name; i++)
        ok = keras_double(slots[i], native->params[i].name,
                          optimizer_setting(optimizer, native->params[i].name),
                          err);
    if (ok)
        *ret = keras_optimizer_value(optimizer);
    optimizer_unref(optimizer);
    return ok;
}

const struct keras_function keras_optimizer_constructors[] = {
    {"RMSprop", make_optimizer, rmsprop_params,
     "steps divided by a running root mean square"},
    {"SGD", make_optimizer, sgd_params,
     "gradient descent, with momentum if you like"},
    {"Adam", make_optimizer, adam_params,
     "momentum and a running root mean square"},
    {"Adagrad", make_optimizer, adagrad_params,
     "steps divided by the root of all squares so far"},
    {NULL, NULL, NULL, NULL},
};

static bool optimizer_get_attribute(struct interp *interp, struct value self,
                                    const char *name, struct value *ret,
                                    struct error *err)
{
    (void)interp;
    struct optimizer *optimizer = self.opaque->data;
    const double *setting = optimizer_setting(optimizer, name);
    if (setting)
        *ret = value_float(*setting);
    else if (!strcmp(name, "iterations"))
        *ret = value_int(optimizer->iterations);
    else
        return keras_no_attribute(self, name, err);
    return true;
}

static bool optimizer_set_attribute(struct interp *interp, struct value self,
                                    const char *name, struct value value,
                                    struct error *err)
{
    (void)interp;
    double *setting = optimizer_setting(self.opaque->data, name);
    if (!setting)
        return keras_no_attribute(self, name, err);
    return keras_double(value, name, setting, err);
}

static void optimizer_repr(void *data, struct strbuf *sb)
{
    const struct optimizer *optimizer = data;
    const struct optimizer_setting *rows = optimizer->type->settings;
    strbuf_addf(sb, "<%s", optimizer->type->class_name);
    for (int i = 0; rows[i].name; i++)
        strbuf_addf(sb, " %s=%g", rows[i].name, optimizer->settings[i]);
    strbuf_addc(sb, '>');
}

static void optimizer_free(void *data)
{
    optimizer_unref(data);
}

static const char *const optimizer_attributes[] = {
    "learning_rate", "lr",     "rho",     "momentum",   "nesterov",
    "beta_1",        "beta_2", "epsilon", "iterations", NULL,
};

const struct native_type keras_optimizer_type = {
    .name = "Optimizer",
    .free = optimizer_free,
    .repr = optimizer_repr,
    .get_attribute = optimizer_get_attribute,
    .set_attribute = optimizer_set_attribute,
    .attributes = optimizer_attributes,
};

struct value keras_optimizer_value(struct optimizer *optimizer)
{
    return value_opaque(&keras_optimizer_type, optimizer_ref(optimizer));
}

/* ------------------------------------------------- compile()'s arguments */

struct optimizer *keras_to_optimizer(struct value value, struct error *err)
{
    struct optimizer *optimizer =
        value_opaque_data(value, &keras_optimizer_type);
    if (optimizer)
        return optimizer_ref(optimizer);
    const char *name = "rmsprop";
    if (!keras_string(value, "optimizer", &name, err))
        return NULL;
    const struct optimizer_type *type = optimizer_type_find(name, err);
    return type ? optimizer_new(type) : NULL;
}

const struct loss *keras_to_loss(struct value value, struct error *err)
{
    const char *name = NULL;
    if (!keras_string(value, "loss", &name, err))
        return NULL;
    if (name)
        return loss_find(name, err);
    error_set(err, ERROR_VALUE, "compile() needs a loss");
    error_hint(err, _("loss='categorical_crossentropy'"));
    return NULL;
}

static bool add_metric(struct value item, int *count, const struct metric **ret,
                       struct error *err)
{
    const char *name = "accuracy";
    if (!keras_string(item, "a metric", &name, err))
        return false;
    if (*count == MODEL_MAX_METRICS)
        return error_set(err, ERROR_VALUE, "at most %d metrics are watched",
                         MODEL_MAX_METRICS);
    ret[*count] = metric_find(name, err);
    return ret[(*count)++] != NULL;
}

bool keras_to_metrics(struct interp *interp, struct value value, int *ret_count,
                      const struct metric **ret, struct error *err)
{
    *ret_count = 0;
    if (!keras_is_given(value))
        return true;
    if (value.kind == VALUE_STRING) /* metrics='accuracy' */
        return add_metric(value, ret_count, ret, err);
    struct value *items;
    size_t count;
    if (!interp_collect(interp, value, &count, &items, err))
        return false;
    bool ok = true;
    for (size_t i = 0; i < count; i++) {
        ok = ok && add_metric(items[i], ret_count, ret, err);
        value_unref(items[i]);
    }
    free(items);
    return ok;
}
