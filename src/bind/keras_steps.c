/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For library/keras_fitting.py, the fit() of models with a train_step() of
   their own: what it records and shows. */
#include <string.h>

#include "bind/keras_history.h"
#include "bind/keras_internal.h"

enum { MOST_VALUES = 2 * (1 + MODEL_MAX_METRICS) };

static bool call_history(struct interp *interp, const struct native *native,
                         const struct call_args *args, struct value *ret,
                         struct error *err)
{
    struct value slots[KERAS_MAX_PARAMS];
    (void)interp;
    if (!keras_bind(native, args, NULL, slots, err))
        return false;
    *ret = keras_history_new(NULL, slots[0]);
    return true;
}

static bool call_history_add(struct interp *interp, const struct native *native,
                             const struct call_args *args, struct value *ret,
                             struct error *err)
{
    struct value slots[KERAS_MAX_PARAMS];
    int64_t epoch = 0;
    (void)interp;
    *ret = value_none();
    return keras_bind(native, args, NULL, slots, err) &&
           keras_int(slots[1], "epoch", &epoch, err) &&
           keras_history_add(slots[0], (int)epoch, slots[2], err);
}

static enum train_event_kind kind_called(const char *name)
{
    static const char *const names[] = {[TRAIN_EPOCH_BEGIN] = "epoch_begin",
                                        [TRAIN_BATCH] = "batch",
                                        [TRAIN_EPOCH_END] = "epoch_end",
                                        [TRAIN_STOP] = "stop",
                                        [TRAIN_END] = "end",
                                        [TRAIN_EVALUATED] = "evaluated"};
    int kind = 0;
    while (strcmp(names[kind], name) != 0)
        kind++;
    return (enum train_event_kind)kind;
}

enum tell_slot {
    TELL_KIND,
    TELL_LOGS,
    TELL_EPOCH,
    TELL_EPOCHS,
    TELL_BATCH,
    TELL_BATCHES,
    TELL_SAMPLE,
    TELL_SAMPLES,
    TELL_SECONDS,
    TELL_VERBOSE
};

static const struct param tell_params[] = {
    {"kind", PARAM_STRING, 0, NULL},  {"logs", PARAM_ANY, 0, NULL},
    {"epoch", PARAM_INT, 0, "1"},     {"epochs", PARAM_INT, 0, "1"},
    {"batch", PARAM_INT, 0, "1"},     {"batches", PARAM_INT, 0, "1"},
    {"sample", PARAM_INT, 0, "1"},    {"samples", PARAM_INT, 0, "1"},
    {"seconds", PARAM_FLOAT, 0, "0"}, {"verbose", PARAM_INT, 0, "1"},
    {NULL, PARAM_ANY, 0, NULL},
};

/* NAMES are borrowed from the dict LOGS, whose values are floats. */
static int read_logs(struct dict *logs, const char **names, double *values)
{
    struct value name, number;
    int count = 0;
    for (size_t i = 0;
         count < MOST_VALUES && dict_next(logs, &i, &name, &number);)
        if (name.kind == VALUE_STRING &&
            value_as_double(number, &values[count]))
            names[count++] = name.string->text;
    return count;
}

/* As the trainer tells who shows fit(); there is no model of ours to look at.
 */
static bool call_tell(struct interp *interp, const struct native *native,
                      const struct call_args *args, struct value *ret,
                      struct error *err)
{
    struct value slots[KERAS_MAX_PARAMS];
    const char *kind = NULL, *names[MOST_VALUES];
    double values[MOST_VALUES];
    int64_t numbers[TELL_VERBOSE + 1] = {0};
    struct train_event event = {.names = names, .values = values};
    (void)interp;
    *ret = value_none();
    if (!keras_bind(native, args, NULL, slots, err) ||
        !keras_string(slots[TELL_KIND], "kind", &kind, err) ||
        !keras_double(slots[TELL_SECONDS], "seconds", &event.seconds, err))
        return false;
    for (int i = TELL_EPOCH; i <= TELL_VERBOSE; i++)
        if (i != TELL_SECONDS &&
            !keras_int(slots[i], tell_params[i].name, &numbers[i], err))
            return false;
    event.kind = kind_called(kind);
    event.epoch = (int)numbers[TELL_EPOCH];
    event.epochs = (int)numbers[TELL_EPOCHS];
    event.batch = numbers[TELL_BATCH];
    event.batches = numbers[TELL_BATCHES];
    event.sample = numbers[TELL_SAMPLE];
    event.samples = numbers[TELL_SAMPLES];
    event.verbose = (int)numbers[TELL_VERBOSE];
    event.value_count = read_logs(slots[TELL_LOGS].dict, names, values);
    if (event.verbose)
        keras_tell_observer(&event);
    return true;
}

static const struct param history_params[] = {
    {"params", PARAM_ANY, 0, NULL},
    {NULL, PARAM_ANY, 0, NULL},
};
static const struct param add_params[] = {
    {"history", PARAM_ANY, 0, NULL},
    {"epoch", PARAM_INT, 0, NULL},
    {"logs", PARAM_ANY, 0, NULL},
    {NULL, PARAM_ANY, 0, NULL},
};

const struct keras_function keras_step_functions[] = {
    {"history", call_history, history_params, NULL},
    {"history_add", call_history_add, add_params, NULL},
    {"tell", call_tell, tell_params, NULL},
    {NULL, NULL, NULL, NULL},
};
