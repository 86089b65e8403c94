/* SPDX-License-Identifier: GPL-3.0-or-later */
/* keras.optimizers. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "bind/keras_internal.h"
#include "bind/library.h"
#include "bind/variable_object.h"
#include "lang/interp.h"

/* -------------------------------------------------------------- optimizers */

/* lr is the first book's name of the rate, decay its 1 / (1 + decay step). */
enum more_slot { MORE_LR, MORE_DECAY, MORE_NAME };

static const struct param optimizer_more[] = {
    {"lr", PARAM_FLOAT, PARAM_KEYWORD_ONLY, "None"},
    {"decay", PARAM_FLOAT, PARAM_KEYWORD_ONLY, "None"},
    {"name", PARAM_STRING, PARAM_KEYWORD_ONLY, "None"},
    {NULL, PARAM_ANY, 0, NULL},
};

/* A number, or a schedule that tells it step by step. */
static bool read_rate(struct optimizer *optimizer, struct value value,
                      struct error *err)
{
    const struct schedule *schedule = keras_schedule_get(value);
    double rate = optimizer->settings[0];
    if (schedule) {
        optimizer->schedule = *schedule;
        optimizer->settings[0] = schedule->type->rate(
            schedule->settings, (double)optimizer->iterations);
        return true;
    }
    if (!keras_double(value, "learning_rate", &rate, err))
        return false;
    if (!(rate >= 0.0))
        return error_set(err, ERROR_VALUE,
                         "learning_rate must not be negative, got %g", rate);
    if (keras_is_given(value))
        optimizer->schedule.type = NULL;
    optimizer->settings[0] = rate;
    return true;
}

/* decay=1e-6 is a schedule, too. */
static bool read_decay(struct optimizer *optimizer, struct value value,
                       struct error *err)
{
    double decay = 0.0;
    if (!keras_double(value, "decay", &decay, err))
        return false;
    if (decay == 0.0)
        return true;
    const struct schedule_type *type = schedule_types;
    while (strcmp(type->named.name, "InverseTimeDecay") != 0)
        type++;
    optimizer->schedule =
        (struct schedule){type, {optimizer->settings[0], 1.0, decay, 0.0, 0.0}};
    return true;
}

static bool read_optimizer(struct optimizer *optimizer,
                           const struct value *slots, struct error *err)
{
    const struct number_setting *rows = optimizer->type->settings;
    int count = 1;
    for (; rows[count].name; count++)
        if (!keras_read_number(&rows[count], slots[count],
                               &optimizer->settings[count], err))
            return false;
    const struct value *more = slots + count;
    return read_rate(optimizer, slots[0], err) &&
           read_rate(optimizer, more[MORE_LR], err) &&
           read_decay(optimizer, more[MORE_DECAY], err);
}

static bool make_optimizer(struct interp *interp, const struct native *native,
                           const struct call_args *args, struct value *ret,
                           struct error *err)
{
    (void)interp;
    struct value slots[KERAS_MAX_PARAMS];
    if (!keras_bind(native, args, NULL, slots, err))
        return false;
    struct optimizer *optimizer = optimizer_new(native->data);
    bool ok = read_optimizer(optimizer, slots, err);
    if (ok)
        *ret = keras_optimizer_value(optimizer);
    optimizer_unref(optimizer);
    return ok;
}

static struct value class_of_type(const struct optimizer_type *type)
{
    return keras_class(
        type->class_name, make_optimizer,
        keras_number_params(NULL, type->settings, optimizer_more), type,
        type->named.doc, &keras_optimizer_type);
}

static struct value class_of(const void *data)
{
    return class_of_type(((const struct optimizer *)data)->type);
}

void keras_add_optimizers(struct value module)
{
    for (const struct optimizer_type *row = optimizer_types; row->named.name;
         row++) {
        struct value class = class_of_type(row);
        module_set(module.module, row->class_name, class);
        value_unref(class);
    }
}

/* --------------------------------------------------------- apply_gradients */

/* The gradient (None: NULL) and the variable of PAIR. */
static bool read_pair(struct interp *interp, struct value pair,
                      struct tensor **gradient, struct variable **variable,
                      struct error *err)
{
    struct value *items;
    size_t count;
    if (!interp_collect(interp, pair, &count, &items, err))
        return false;
    bool ok = count == 2;
    *variable = ok ? variable_get(items[1]) : NULL;
    if (*variable) {
        variable_ref(*variable);
    } else {
        ok = error_set(err, ERROR_TYPE,
                       "apply_gradients() takes pairs (gradient, variable)");
        error_hint(err, "zip(gradients, model.trainable_weights)");
    }
    if (ok && keras_is_given(items[0])) {
        *gradient = value_to_tensor(items[0], DTYPE_COUNT, err);
        ok = *gradient != NULL;
    }
    for (size_t i = 0; i < count; i++)
        value_unref(items[i]);
    free(items);
    return ok;
}

static bool apply_pairs(struct interp *interp, struct optimizer *optimizer,
                        size_t count, const struct value *pairs,
                        struct error *err)
{
    struct tensor **gradients = xcalloc(count + 1, sizeof *gradients);
    struct variable **variables = xcalloc(count + 1, sizeof *variables);
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++)
        ok = read_pair(interp, pairs[i], &gradients[i], &variables[i], err);
    ok =
        ok && optimizer_apply(optimizer, (int)count, gradients, variables, err);
    for (size_t i = 0; i < count; i++) {
        tensor_unref(gradients[i]);
        variable_unref(variables[i]);
    }
    free(gradients);
    free(variables);
    return ok;
}

static bool apply_gradients(struct interp *interp, const struct native *native,
                            const struct call_args *args, struct value *ret,
                            struct error *err)
{
    struct value self, slots[KERAS_MAX_PARAMS];
    struct value *pairs;
    size_t count;
    if (!keras_bind(native, args, &self, slots, err) ||
        !interp_collect(interp, slots[0], &count, &pairs, err))
        return false;
    bool ok = apply_pairs(interp, self.opaque->data, count, pairs, err);
    for (size_t i = 0; i < count; i++)
        value_unref(pairs[i]);
    free(pairs);
    *ret = value_none();
    return ok;
}

/* optimizer.apply(gradients, variables), as Keras 3 has it. */
static bool apply(struct interp *interp, const struct native *native,
                  const struct call_args *args, struct value *ret,
                  struct error *err)
{
    struct value self, slots[KERAS_MAX_PARAMS], zip, pairs, method;
    if (!keras_bind(native, args, &self, slots, err))
        return false;
    struct call_args two = {.count = 2, .values = slots};
    bool ok = interp_builtin(interp, "zip", &zip) &&
              interp_call(interp, zip, &two, &pairs, err);
    if (!ok)
        return false;
    struct call_args one = {.count = 1, .values = &pairs};
    ok = interp_get_attribute(interp, self, "apply_gradients", &method, err);
    if (ok) {
        ok = interp_call(interp, method, &one, ret, err);
        value_unref(method);
    }
    value_unref(pairs);
    return ok;
}

/* optimizer.minimize(loss, variables): loss is a function. */
static bool minimize(struct interp *interp, const struct native *native,
                     const struct call_args *args, struct value *ret,
                     struct error *err)
{
    (void)native;
    return library_call(interp, "keras._optimizers", "_minimize", args, ret,
                        err);
}

static const struct param minimize_params[] = {
    {"loss", PARAM_ANY, 0, NULL},
    {"var_list", PARAM_ANY, 0, NULL},
    {"tape", PARAM_ANY, 0, "None"},
    {NULL, PARAM_ANY, 0, NULL},
};

/* Its name and settings; a schedule is a dict in a dict. */
static struct value config(const void *data)
{
    const struct optimizer *optimizer = data;
    const struct schedule *schedule = &optimizer->schedule;
    struct value dict = value_dict();
    keras_set_take(dict, "name", value_string(optimizer->type->class_name));
    keras_set_numbers(dict, optimizer->type->settings, optimizer->settings);
    if (schedule->type)
        keras_set_take(dict, "learning_rate",
                       keras_described(schedule->type->named.name,
                                       schedule->type->settings,
                                       schedule->settings));
    return dict;
}

static const struct param apply_params[] = {
    {"grads_and_vars", PARAM_ANY, 0, NULL},
    {NULL, PARAM_ANY, 0, NULL},
};
static const struct param apply_two_params[] = {
    {"grads", PARAM_ANY, 0, NULL},
    {"trainable_variables", PARAM_ANY, 0, NULL},
    {NULL, PARAM_ANY, 0, NULL},
};

static const struct keras_function optimizer_methods[] = {
    {"apply_gradients", apply_gradients, apply_params,
     "one step with pairs (gradient, variable)"},
    {"apply", apply, apply_two_params,
     "one step with gradients and as many variables"},
    {"minimize", minimize, minimize_params,
     "one step down loss(), a function, by variables"},
    KERAS_GET_CONFIG,
    {NULL, NULL, NULL, NULL},
};

/* -------------------------------------------------------------- the object */

static bool optimizer_get_attribute(struct interp *interp, struct value self,
                                    const char *name, struct value *ret,
                                    struct error *err)
{
    (void)interp;
    struct optimizer *optimizer = self.opaque->data;
    const double *setting = optimizer_setting(optimizer, name);
    bool is_rate = setting == optimizer->settings;
    if (is_rate && optimizer->schedule.type)
        *ret = keras_schedule_value(&optimizer->schedule);
    else if (is_rate || !strcmp(name, "iterations"))
        return keras_number_of(optimizer, is_rate, ret, err);
    else if (setting)
        *ret = keras_number_value(
            &optimizer->type->settings[setting - optimizer->settings],
            *setting);
    else if (!strcmp(name, "name"))
        *ret = value_string(optimizer->type->class_name);
    else
        return keras_find_method(optimizer_methods, self, name, ret) ||
               keras_no_attribute(self, name, err);
    return true;
}

static bool optimizer_set_attribute(struct interp *interp, struct value self,
                                    const char *name, struct value value,
                                    struct error *err)
{
    (void)interp;
    struct optimizer *optimizer = self.opaque->data;
    double *setting = optimizer_setting(optimizer, name);
    if (!setting)
        return keras_no_attribute(self, name, err);
    if (setting == optimizer->settings)
        return read_rate(optimizer, value, err);
    return keras_read_number(
        &optimizer->type->settings[setting - optimizer->settings], value,
        setting, err);
}

static void optimizer_repr(void *data, struct strbuf *sb)
{
    const struct optimizer *optimizer = data;
    keras_numbers_repr(optimizer->type->class_name, optimizer->type->settings,
                       optimizer->settings, sb);
}

static void optimizer_free(void *data)
{
    optimizer_unref(data);
}

static const char *const optimizer_attributes[] = {
    "learning_rate", "lr",         "rho",        "momentum", "nesterov",
    "beta_1",        "beta_2",     "epsilon",    "centered", "weight_decay",
    "clipnorm",      "clipvalue",  "iterations", "name",     "apply_gradients",
    "apply",         "get_config", NULL,
};

const struct native_type keras_optimizer_type = {
    .name = "Optimizer",
    .free = optimizer_free,
    .config = config,
    .repr = optimizer_repr,
    .get_attribute = optimizer_get_attribute,
    .set_attribute = optimizer_set_attribute,
    .class_of = class_of,
    .class_attribute = keras_class_attribute,
    .attributes = optimizer_attributes,
};

struct value keras_optimizer_value(struct optimizer *optimizer)
{
    return value_opaque(&keras_optimizer_type, optimizer_ref(optimizer));
}

/* By name, as an object, or as its class. */
struct optimizer *keras_to_optimizer(struct value value, struct error *err)
{
    struct optimizer *optimizer =
        value_opaque_data(value, &keras_optimizer_type);
    if (optimizer)
        return optimizer_ref(optimizer);
    if (value.kind == VALUE_NATIVE && value.native->call == make_optimizer)
        return optimizer_new(value.native->data);
    const char *name = "rmsprop";
    if (!keras_string(value, "optimizer", &name, err))
        return NULL;
    const struct optimizer_type *type = optimizer_type_find(name, err);
    return type ? optimizer_new(type) : NULL;
}
