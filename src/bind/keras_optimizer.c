/* SPDX-License-Identifier: GPL-3.0-or-later */
/* keras.optimizers and its schedules. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "bind/keras_internal.h"
#include "bind/variable_object.h"

/* --------------------------------------------------------------- schedules */

static void schedule_repr(void *data, struct strbuf *sb)
{
    const struct schedule *schedule = data;
    keras_numbers_repr(schedule->type->named.name, schedule->type->settings,
                       schedule->settings, sb);
}

/* schedule(step) */
static bool schedule_call(struct interp *interp, struct value self,
                          const struct call_args *args, struct value *ret,
                          struct error *err)
{
    static const struct param params[] = {{"step", PARAM_FLOAT, 0, NULL},
                                          {NULL, PARAM_ANY, 0, NULL}};
    (void)interp;
    const struct schedule *schedule = self.opaque->data;
    struct value slots[KERAS_MAX_PARAMS], spread;
    double step = 0.0;
    if (!call_bind("__call__", params, args, false, slots, &spread, err) ||
        !keras_double(slots[0], "step", &step, err))
        return false;
    *ret = value_float(schedule->type->rate(schedule->settings, step));
    return true;
}

static bool schedule_get_attribute(struct interp *interp, struct value self,
                                   const char *name, struct value *ret,
                                   struct error *err)
{
    (void)interp;
    const struct schedule *schedule = self.opaque->data;
    const struct number_setting *rows = schedule->type->settings;
    int index = number_setting_find(rows, name);
    if (index < 0)
        return keras_no_attribute(self, name, err);
    *ret = keras_number_value(&rows[index], schedule->settings[index]);
    return true;
}

static const char *const schedule_attributes[] = {
    "initial_learning_rate",
    "decay_steps",
    "decay_rate",
    NULL,
};

static const struct native_type schedule_type = {
    .name = "LearningRateSchedule",
    .free = free,
    .repr = schedule_repr,
    .get_attribute = schedule_get_attribute,
    .call = schedule_call,
    .attributes = schedule_attributes,
};

static const struct param schedule_more[] = {
    {"name", PARAM_STRING, PARAM_KEYWORD_ONLY, "None"},
    {NULL, PARAM_ANY, 0, NULL},
};

static bool make_schedule(struct interp *interp, const struct native *native,
                          const struct call_args *args, struct value *ret,
                          struct error *err)
{
    (void)interp;
    struct value slots[KERAS_MAX_PARAMS];
    struct schedule schedule = {.type = native->data};
    number_settings_reset(schedule.type->settings, schedule.settings);
    if (!keras_bind(native, args, NULL, slots, err) ||
        !keras_read_numbers(schedule.type->settings, slots, schedule.settings,
                            err))
        return false;
    struct schedule *made = xmalloc(sizeof *made);
    *made = schedule;
    *ret = value_opaque(&schedule_type, made);
    return true;
}

void keras_add_schedules(struct value module)
{
    for (const struct schedule_type *row = schedule_types; row->named.name;
         row++)
        keras_set_under_all_names(
            module, &row->named,
            value_native(row->named.name, make_schedule,
                         keras_number_params(NULL, row->settings, schedule_more), row,
                         row->named.doc));
}

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
    const struct schedule *schedule = value_opaque_data(value, &schedule_type);
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

void keras_add_optimizers(struct value module)
{
    for (const struct optimizer_type *row = optimizer_types; row->named.name;
         row++) {
        struct value class = value_native(
            row->class_name, make_optimizer,
            keras_number_params(NULL, row->settings, optimizer_more), row,
            row->named.doc);
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
    ok = ok &&
         optimizer_apply(optimizer, (int)count, gradients, variables, err);
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

static const struct param apply_params[] = {
    {"grads_and_vars", PARAM_ANY, 0, NULL},
    {NULL, PARAM_ANY, 0, NULL},
};

static const struct keras_function optimizer_methods[] = {
    {"apply_gradients", apply_gradients, apply_params,
     "one step with pairs (gradient, variable)"},
    {NULL, NULL, NULL, NULL},
};

/* -------------------------------------------------------------- the object */

/* The attribute is the schedule, when there is one. */
static struct value rate_value(const struct optimizer *optimizer)
{
    if (!optimizer->schedule.type)
        return value_float(optimizer->settings[0]);
    struct schedule *copy = xmalloc(sizeof *copy);
    *copy = optimizer->schedule;
    return value_opaque(&schedule_type, copy);
}

static bool optimizer_get_attribute(struct interp *interp, struct value self,
                                    const char *name, struct value *ret,
                                    struct error *err)
{
    (void)interp;
    struct optimizer *optimizer = self.opaque->data;
    const double *setting = optimizer_setting(optimizer, name);
    if (setting == optimizer->settings)
        *ret = rate_value(optimizer);
    else if (setting)
        *ret = keras_number_value(
            &optimizer->type->settings[setting - optimizer->settings],
            *setting);
    else if (!strcmp(name, "iterations"))
        *ret = value_int(optimizer->iterations);
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
    "learning_rate", "lr",         "rho",           "momentum", "nesterov",
    "beta_1",        "beta_2",     "epsilon",       "centered", "weight_decay",
    "clipnorm",      "clipvalue",  "iterations",    "name",
    "apply_gradients", NULL,
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
