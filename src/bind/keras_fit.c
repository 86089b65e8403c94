/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model.fit(): its arguments, and who is told how it goes on. */
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "bind/keras_callback.h"
#include "bind/keras_history.h"
#include "bind/keras_internal.h"
#include "nn/train.h"

static train_observer *fit_observer;
static void *fit_context;

void keras_set_observer(train_observer *observer, void *context)
{
    fit_observer = observer;
    fit_context = context;
}

enum fit_slot {
    FIT_X,
    FIT_Y,
    FIT_BATCH_SIZE,
    FIT_EPOCHS,
    FIT_VERBOSE,
    FIT_CALLBACKS,
    FIT_VALIDATION_SPLIT,
    FIT_VALIDATION_DATA,
    FIT_SHUFFLE,
    FIT_CLASS_WEIGHT,
    FIT_SAMPLE_WEIGHT,
    FIT_INITIAL_EPOCH,
    FIT_STEPS_PER_EPOCH
};

const struct param keras_fit_params[] = {
    {"x", PARAM_ANY, 0, NULL},
    {"y", PARAM_ANY, 0, NULL},
    {"batch_size", PARAM_INT, 0, "32"},
    {"epochs", PARAM_INT, 0, "1"},
    {"verbose", PARAM_INT, 0, "1"},
    {"callbacks", PARAM_ANY, 0, "None"},
    {"validation_split", PARAM_FLOAT, 0, "0.0"},
    {"validation_data", PARAM_ANY, 0, "None"},
    {"shuffle", PARAM_BOOL, 0, "True"},
    {"class_weight", PARAM_ANY, 0, "None"},
    {"sample_weight", PARAM_ANY, 0, "None"},
    {"initial_epoch", PARAM_INT, 0, "0"},
    {"steps_per_epoch", PARAM_INT, 0, "None"},
    {NULL, PARAM_ANY, 0, NULL},
};

struct fit {
    struct interp *interp;
    struct model *model;
    struct train_options options;
    int64_t verbose; /* 0: silent, 1: a bar, 2: a line an epoch */
    struct samples train, validation;
    struct callbacks callbacks;
    struct value history;
    struct error *err; /* of the first callback that failed */
    bool failed;
};

/* --------------------------------------------------------------- arguments */

static bool read_verbose(struct value value, int64_t *ret, struct error *err)
{
    if (value.kind == VALUE_STRING && !strcmp(value.string->text, "auto"))
        return true;
    return keras_int(value, "verbose", ret, err);
}

static bool read_options(const struct value *slots, struct fit *fit,
                         struct error *err)
{
    int64_t epochs = 1, first = 0;
    struct train_options *options = &fit->options;
    fit->verbose = 1;
    *options = (struct train_options){1, 32, true, 0, 0};
    if (!keras_int(slots[FIT_EPOCHS], "epochs", &epochs, err) ||
        !keras_int(slots[FIT_INITIAL_EPOCH], "initial_epoch", &first, err) ||
        !keras_int(slots[FIT_BATCH_SIZE], "batch_size", &options->batch_size,
                   err) ||
        !keras_int(slots[FIT_STEPS_PER_EPOCH], "steps_per_epoch",
                   &options->epoch_steps, err) ||
        !read_verbose(slots[FIT_VERBOSE], &fit->verbose, err) ||
        !keras_bool(slots[FIT_SHUFFLE], "shuffle", &options->shuffle, err))
        return false;
    if (epochs < 1 || epochs > INT32_MAX)
        return error_set(err, ERROR_VALUE,
                         "epochs must be at least 1, got %lld",
                         (long long)epochs);
    if (first < 0 || first >= epochs)
        return error_set(err, ERROR_VALUE,
                         "initial_epoch must be at least 0 and less than "
                         "epochs, got %lld",
                         (long long)first);
    options->epochs = (int)epochs;
    options->first_epoch = (int)first;
    return true;
}

/* validation_data=(x, y) or (x, y, weights) */
static bool validation_given(struct model *model, struct value given,
                             struct samples *ret, struct error *err)
{
    bool is_sequence = given.kind == VALUE_TUPLE || given.kind == VALUE_LIST;
    size_t count = is_sequence ? given.sequence->count : 0;
    if (count != 2 && count != 3)
        return error_set(err, ERROR_VALUE,
                         "validation_data must be a pair (x, y)");
    const struct value *items = given.sequence->items;
    return keras_make_samples(model, items[0], items[1],
                              count == 3 ? items[2] : value_none(), ret, err);
}

/* validation_split=0.2: the last fifth, before any shuffling. */
static bool validation_part(struct samples *all, double share,
                            struct samples *ret, struct error *err)
{
    if (!(share >= 0.0 && share < 1.0))
        return error_set(err, ERROR_VALUE,
                         "validation_split must be at least 0 and less than "
                         "1, got %g",
                         share);
    int64_t kept = (int64_t)((double)all->count * (1.0 - share));
    struct samples train = samples_slice(all, 0, kept);
    if (kept < all->count)
        *ret = samples_slice(all, kept, all->count - kept);
    samples_done(all);
    *all = train;
    return true;
}

static bool read_samples(const struct value *slots, struct fit *fit,
                         struct error *err)
{
    double share = 0.0;
    if (!keras_double(slots[FIT_VALIDATION_SPLIT], "validation_split", &share,
                      err) ||
        !keras_make_samples(fit->model, slots[FIT_X], slots[FIT_Y],
                            slots[FIT_SAMPLE_WEIGHT], &fit->train, err) ||
        !keras_weigh_classes(fit->model, slots[FIT_CLASS_WEIGHT], &fit->train,
                             err))
        return false;
    if (keras_is_given(slots[FIT_VALIDATION_DATA]))
        return validation_given(fit->model, slots[FIT_VALIDATION_DATA],
                                &fit->validation, err);
    return validation_part(&fit->train, share, &fit->validation, err);
}

/* ---------------------------------------------------------------- watching */

static struct value logs_of(const struct train_event *event)
{
    struct value logs = value_dict();
    for (int i = 0; i < event->value_count; i++)
        dict_set_string(logs.dict, event->names[i],
                        value_float(event->values[i]));
    return logs;
}

static void tell_callbacks(struct fit *fit, const char *name, int64_t number,
                           struct value logs)
{
    if (!fit->failed)
        fit->failed =
            !callbacks_tell(&fit->callbacks, name, number, logs, fit->err);
}

static void begin_batch(struct fit *fit, const struct train_event *event)
{
    struct value logs = value_dict();
    tell_callbacks(fit, "on_train_batch_begin", event->batch, logs);
    value_unref(logs);
}

static void begin_epoch(struct fit *fit, const struct train_event *event)
{
    struct value logs = value_dict();
    tell_callbacks(fit, "on_epoch_begin", event->epoch - 1, logs);
    value_unref(logs);
    begin_batch(fit, event);
}

static void end_batch(struct fit *fit, const struct train_event *event)
{
    if (fit->callbacks.count == 0)
        return;
    struct value logs = logs_of(event);
    tell_callbacks(fit, "on_train_batch_end", event->batch - 1, logs);
    value_unref(logs);
    if (event->batch < event->batches)
        begin_batch(fit, event);
}

static void end_epoch(struct fit *fit, const struct train_event *event)
{
    struct value logs = logs_of(event);
    tell_callbacks(fit, "on_epoch_end", event->epoch - 1, logs);
    if (!fit->failed)
        fit->failed =
            !keras_history_add(fit->history, event->epoch - 1, logs, fit->err);
    value_unref(logs);
}

/* What Keras prints for verbose=2. */
static void write_line(struct fit *fit, const struct train_event *event)
{
    struct strbuf line = STRBUF_INIT;
    double step = event->seconds / (double)event->batches;
    if (event->kind == TRAIN_EPOCH_BEGIN)
        strbuf_addf(&line, "Epoch %d/%d\n", event->epoch, event->epochs);
    if (event->kind == TRAIN_EPOCH_END) {
        strbuf_addf(&line, "%lld/%lld - %.0fs", (long long)event->batches,
                    (long long)event->batches, event->seconds);
        for (int i = 0; i < event->value_count; i++)
            strbuf_addf(&line, " - %s: %.4f", event->names[i],
                        event->values[i]);
        strbuf_addf(&line, " - %.0fs/epoch - %.0fms/step\n", event->seconds,
                    1e3 * step);
    }
    interp_write(fit->interp, line.text, line.length);
    strbuf_done(&line);
}

static bool show(struct fit *fit, const struct train_event *event)
{
    if (fit->verbose >= 2)
        write_line(fit, event);
    return fit->verbose != 1 || !fit_observer ||
           fit_observer(fit_context, event);
}

/* Callbacks hear of an epoch's end before its line is shown, as in Keras. */
static bool observe(void *context, const struct train_event *event)
{
    struct fit *fit = context;
    if (event->kind == TRAIN_BATCH)
        end_batch(fit, event);
    else if (event->kind == TRAIN_EPOCH_END)
        end_epoch(fit, event);
    bool goes_on = show(fit, event);
    if (event->kind == TRAIN_EPOCH_BEGIN)
        begin_epoch(fit, event);
    return goes_on && !fit->failed && !fit->model->stop_training;
}

/* ------------------------------------------------------------------- fit */

/* Ctrl-C ends a program's fit() as Python's does; the weights stay. */
static bool run_trainer(struct fit *fit, struct trainer *trainer,
                        struct error *err)
{
    enum train_status status = trainer_run(trainer, observe, fit, err);
    if (status == TRAIN_FAILED || fit->failed)
        return false;
    return !trainer->interrupted ||
           error_set(err, ERROR_KEYBOARD_INTERRUPT, "%s", "");
}

/* What callbacks find in self.params. */
static struct value fit_params(const struct fit *fit)
{
    int64_t batch = fit->options.batch_size, steps = fit->options.epoch_steps;
    if (steps == 0 && batch > 0)
        steps = (fit->train.count + batch - 1) / batch;
    struct value params = value_dict();
    dict_set_string(params.dict, "verbose", value_int(fit->verbose));
    dict_set_string(params.dict, "epochs", value_int(fit->options.epochs));
    dict_set_string(params.dict, "steps", value_int(steps));
    return params;
}

static bool run_watched(struct fit *fit, struct value self,
                        struct trainer *trainer, struct value params,
                        struct error *err)
{
    struct value none = value_dict();
    bool ok = callbacks_begin(&fit->callbacks, self, params, err) &&
              run_trainer(fit, trainer, err) &&
              callbacks_end(&fit->callbacks, none, err);
    value_unref(none);
    return ok;
}

static bool fit_samples(struct fit *fit, struct value self, struct value *ret,
                        struct error *err)
{
    struct rng rng;
    rng_seed(&rng, rng_uint32(&session_rng));
    struct trainer *trainer =
        trainer_new(fit->model, &fit->train,
                    fit->validation.count > 0 ? &fit->validation : NULL,
                    fit->options, &rng, err);
    if (!trainer)
        return false;
    struct value params = fit_params(fit);
    fit->history = keras_history_new(fit->model, params);
    fit->err = err;
    fit->model->stop_training = false;
    bool ok = run_watched(fit, self, trainer, params, err);
    if (ok)
        *ret = fit->history;
    else
        value_unref(fit->history);
    value_unref(params);
    trainer_free(trainer);
    return ok;
}

bool keras_model_fit(struct interp *interp, const struct native *native,
                     const struct call_args *args, struct value *ret,
                     struct error *err)
{
    struct value self, slots[KERAS_MAX_PARAMS];
    if (!keras_bind(native, args, &self, slots, err))
        return false;
    struct fit fit = {.interp = interp, .model = keras_model_get(self)};
    bool ok = model_check_compiled(fit.model, err) &&
              read_options(slots, &fit, err) &&
              callbacks_init(&fit.callbacks, interp, slots[FIT_CALLBACKS],
                             err) &&
              read_samples(slots, &fit, err) &&
              fit_samples(&fit, self, ret, err);
    callbacks_done(&fit.callbacks);
    samples_done(&fit.train);
    samples_done(&fit.validation);
    return ok;
}
