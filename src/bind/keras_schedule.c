/* SPDX-License-Identifier: GPL-3.0-or-later */
/* keras.optimizers.schedules. */
#include <stdlib.h>

#include "base/alloc.h"
#include "bind/keras_internal.h"

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

static struct value config(const void *data)
{
    const struct schedule *schedule = data;
    struct value dict = value_dict();
    keras_set_numbers(dict, schedule->type->settings, schedule->settings);
    return dict;
}

static bool schedule_get_attribute(struct interp *interp, struct value self,
                                   const char *name, struct value *ret,
                                   struct error *err)
{
    (void)interp;
    const struct schedule *schedule = self.opaque->data;
    return keras_number_attribute(schedule->type->settings, schedule->settings,
                                  self, name, ret, err);
}

static const char *const schedule_attributes[] = {
    "initial_learning_rate", "decay_steps", "decay_rate", "get_config", NULL,
};

static const struct native_type schedule_type = {
    .name = "LearningRateSchedule",
    .free = free,
    .config = config,
    .repr = schedule_repr,
    .get_attribute = schedule_get_attribute,
    .call = schedule_call,
    .attributes = schedule_attributes,
};

const struct schedule *keras_schedule_get(struct value value)
{
    return value_opaque_data(value, &schedule_type);
}

struct value keras_schedule_value(const struct schedule *schedule)
{
    struct schedule *copy = xmalloc(sizeof *copy);
    *copy = *schedule;
    return value_opaque(&schedule_type, copy);
}

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
    *ret = keras_schedule_value(&schedule);
    return true;
}

void keras_add_schedules(struct value module)
{
    for (const struct schedule_type *row = schedule_types; row->named.name;
         row++)
        keras_set_under_all_names(
            module, &row->named,
            value_native(
                row->named.name, make_schedule,
                keras_number_params(NULL, row->settings, schedule_more), row,
                row->named.doc));
}
