/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model.fit(). */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "bind/keras_callback.h"
#include "bind/keras_history.h"
#include "bind/keras_internal.h"
#include "nn/pass.h"

static train_observer *fit_observer;
static void *fit_context;

void keras_set_observer(train_observer *observer, void *context)
{
    fit_observer = observer;
    fit_context = context;
}

void keras_tell_observer(const struct train_event *event)
{
    if (fit_observer)
        fit_observer(fit_context, event);
}

/* --------------------------------------------------------------- samples */

bool keras_make_samples(struct model *model, struct value x, struct value y,
                        struct value weights, struct samples *ret,
                        struct error *err)
{
    struct tensor *inputs = value_to_tensor(x, DTYPE_COUNT, err);
    struct tensor *targets =
        inputs ? value_to_tensor(y, DTYPE_COUNT, err) : NULL;
    bool ok = targets && samples_init(ret, model, inputs, targets, err);
    tensor_unref(inputs);
    tensor_unref(targets);
    if (!ok || !keras_is_given(weights))
        return ok;
    struct tensor *given = value_to_tensor(weights, DTYPE_COUNT, err);
    ok = given && samples_set_weights(ret, given, err);
    tensor_unref(given);
    if (!ok)
        samples_done(ret);
    return ok;
}

/* validation_data=(x, y) or (x, y, sample_weight) */
static bool validation_pair(struct model *model, struct value pair,
                            struct samples *ret, struct error *err)
{
    bool is_sequence = pair.kind == VALUE_TUPLE || pair.kind == VALUE_LIST;
    if (!is_sequence || pair.sequence->count < 2 || pair.sequence->count > 3)
        return error_set(err, ERROR_VALUE,
                         "validation_data must be a pair (x, y)");
    const struct value *items = pair.sequence->items;
    return keras_make_samples(
        model, items[0], items[1],
        pair.sequence->count > 2 ? items[2] : value_none(), ret, err);
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

/* ----------------------------------------------------------- class_weight */

/* The class of sample I: its label, or where its row is largest. */
static int64_t class_of(const struct samples *samples, int64_t i)
{
    const struct tensor *expected = samples->expected;
    if (expected->dtype == DTYPE_INT32)
        return ((const int32_t *)(const void *)expected->data)[i];
    const float *row =
        (const float *)(const void *)expected->data + i * samples->target_width;
    if (samples->target_width == 1)
        return (int64_t)row[0];
    int64_t best = 0;
    for (int64_t k = 1; k < samples->target_width; k++)
        best = row[k] > row[best] ? k : best;
    return best;
}

/* 1 for a class that the dict does not have. */
static bool weight_of_class(struct dict *dict, int64_t class, double *ret,
                            struct error *err)
{
    struct value weight;
    bool found;
    *ret = 1.0;
    if (!dict_get(dict, value_int(class), &found, &weight, err))
        return false;
    if (!found)
        return true;
    bool ok = keras_double(weight, "a class_weight", ret, err);
    value_unref(weight);
    return ok;
}

/* class_weight={0: 1.0, 1: 5.0}: times what is there already. */
static bool weight_classes(struct samples *samples, struct value weights,
                           struct error *err)
{
    if (!keras_is_given(weights))
        return true;
    if (weights.kind != VALUE_DICT)
        return error_set(err, ERROR_TYPE, "class_weight must be a dict, not %s",
                         value_type_name(weights));
    struct tensor *all = tensor_new(DTYPE_FLOAT32, 1, &samples->count, err);
    if (!all)
        return false;
    const float *before =
        samples->weights ? (const float *)(void *)samples->weights->data : NULL;
    double weight = 1.0;
    bool ok = true;
    for (int64_t i = 0; ok && i < samples->count; i++) {
        ok = weight_of_class(weights.dict, class_of(samples, i), &weight, err);
        ((float *)(void *)all->data)[i] =
            (float)weight * (before ? before[i] : 1.0f);
    }
    ok = ok && samples_set_weights(samples, all, err);
    tensor_unref(all);
    return ok;
}

/* ------------------------------------------------------------------- fit */

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
    {"y", PARAM_ANY, 0, "None"},
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
    /* of Keras, and without effect on numbers */
    {"validation_batch_size", PARAM_INT, PARAM_KEYWORD_ONLY, "None"},
    {"max_queue_size", PARAM_INT, PARAM_KEYWORD_ONLY, "10"},
    {"workers", PARAM_INT, PARAM_KEYWORD_ONLY, "1"},
    {"use_multiprocessing", PARAM_BOOL, PARAM_KEYWORD_ONLY, "False"},
    {NULL, PARAM_ANY, 0, NULL},
};

struct fit {
    struct interp *interp;
    struct model *model;
    struct value self; /* the model's, borrowed */
    struct train_options options;
    int64_t verbose;
    struct samples train, validation;
    struct callbacks callbacks;
    struct value history, params, logs; /* owned */
    bool warned;                        /* of a loss that is no number */
    struct error error;                 /* a callback's */
};

static bool read_options(const struct value *slots, struct fit *fit,
                         struct error *err)
{
    int64_t epochs = 1, first = 0;
    fit->verbose = 1;
    fit->options = (struct train_options){1, 32, true, 0, 0};
    if (slots[FIT_VERBOSE].kind != VALUE_STRING && /* 'auto' */
        !keras_int(slots[FIT_VERBOSE], "verbose", &fit->verbose, err))
        return false;
    if (!keras_int(slots[FIT_EPOCHS], "epochs", &epochs, err) ||
        !keras_int(slots[FIT_BATCH_SIZE], "batch_size",
                   &fit->options.batch_size, err) ||
        !keras_int(slots[FIT_INITIAL_EPOCH], "initial_epoch", &first, err) ||
        !keras_int(slots[FIT_STEPS_PER_EPOCH], "steps_per_epoch",
                   &fit->options.epoch_steps, err) ||
        !keras_bool(slots[FIT_SHUFFLE], "shuffle", &fit->options.shuffle, err))
        return false;
    if (epochs < 1 || epochs > INT32_MAX) {
        error_set(err, ERROR_VALUE, "epochs must be at least 1, got %" PRId64,
                  epochs);
        error_hint(err, "epochs=5");
        return false;
    }
    if (first < 0 || fit->options.epoch_steps < 0)
        return error_set(err, ERROR_VALUE,
                         "initial_epoch and steps_per_epoch must not be "
                         "negative");
    fit->options.epochs = (int)epochs;
    fit->options.first_epoch = first < epochs ? (int)first : (int)epochs;
    return true;
}

static bool read_samples(const struct value *slots, struct fit *fit,
                         struct error *err)
{
    double share = 0.0;
    struct model *model = fit->model;
    if (!keras_is_given(slots[FIT_Y])) {
        error_set(err, ERROR_TYPE,
                  "fit() missing 1 required positional argument: 'y'");
        error_hint(err, _("fit(x, y): arrays of samples and of what they are; "
                          "batches are made of them by batch_size"));
        return false;
    }
    if (!keras_double(slots[FIT_VALIDATION_SPLIT], "validation_split", &share,
                      err) ||
        !keras_make_samples(model, slots[FIT_X], slots[FIT_Y],
                            slots[FIT_SAMPLE_WEIGHT], &fit->train, err) ||
        !weight_classes(&fit->train, slots[FIT_CLASS_WEIGHT], err))
        return false;
    if (fit->train.weights && model_positions(model) != 1)
        return error_set(err, ERROR_VALUE,
                         "weights of samples need an output of one axis, %s "
                         "has %d",
                         model_last(model)->name,
                         model_last(model)->output.ndim);
    if (keras_is_given(slots[FIT_VALIDATION_DATA]))
        return validation_pair(model, slots[FIT_VALIDATION_DATA],
                               &fit->validation, err);
    return validation_part(&fit->train, share, &fit->validation, err);
}

static void set_int(struct value dict, const char *name, int64_t value)
{
    dict_set_string(dict.dict, name, value_int(value));
}

static void make_params(struct fit *fit)
{
    int64_t size = fit->options.batch_size, steps = fit->options.epoch_steps;
    fit->params = value_dict();
    set_int(fit->params, "verbose", fit->verbose);
    set_int(fit->params, "epochs", fit->options.epochs);
    set_int(fit->params, "steps",
            steps ? steps : (fit->train.count + size - 1) / size);
}

/* --------------------------------------------------------------- watching */

static struct value logs_of(const struct train_event *event)
{
    struct value logs = value_dict();
    for (int i = 0; i < event->value_count; i++)
        dict_set_string(logs.dict, event->names[i],
                        value_float(event->values[i]));
    return logs;
}

/* Keras goes on, and so do we; but it is said, once. */
static void look_at_loss(struct fit *fit, const struct train_event *event)
{
    if (fit->warned || isfinite(event->values[0]))
        return;
    fit->warned = true;
    const char *text =
        _("\nthe loss is not a number any more: the steps are too large (try "
          "a smaller learning_rate), or x has numbers that are not scaled\n");
    interp_write(fit->interp, text, strlen(text));
}

static bool tell_epoch_end(struct fit *fit, const struct train_event *event)
{
    struct value logs = logs_of(event);
    int epoch = event->epoch - 1;
    bool ok = callbacks_tell(&fit->callbacks, "on_epoch_end", epoch, logs,
                             &fit->error) &&
              keras_history_add(fit->history, epoch, logs, &fit->error);
    value_unref(fit->logs);
    fit->logs = logs;
    return ok;
}

static bool tell_batch_begin(struct fit *fit, int64_t batch)
{
    struct value logs = value_dict();
    bool ok = callbacks_tell(&fit->callbacks, "on_train_batch_begin", batch,
                             logs, &fit->error);
    value_unref(logs);
    return ok;
}

static bool tell_batch(struct fit *fit, const struct train_event *event)
{
    if (fit->callbacks.count == 0)
        return true;
    struct value logs = logs_of(event);
    bool ok = callbacks_tell(&fit->callbacks, "on_train_batch_end",
                             event->batch - 1, logs, &fit->error);
    value_unref(logs);
    return ok && (event->batch == event->batches ||
                  tell_batch_begin(fit, event->batch));
}

static bool tell_epoch_begin(struct fit *fit, const struct train_event *event)
{
    if (fit->callbacks.count == 0)
        return true;
    struct value logs = value_dict();
    bool ok = callbacks_tell(&fit->callbacks, "on_epoch_begin",
                             event->epoch - 1, logs, &fit->error);
    value_unref(logs);
    return ok && tell_batch_begin(fit, 0);
}

static bool watch(void *context, const struct train_event *event)
{
    struct fit *fit = context;
    struct train_event shown = *event;
    bool ok = true;
    shown.verbose = (int)fit->verbose;
    if (fit->verbose && fit_observer)
        ok = fit_observer(fit_context, &shown);
    if (event->kind == TRAIN_EPOCH_BEGIN)
        ok &= tell_epoch_begin(fit, event);
    if (event->kind == TRAIN_BATCH) {
        look_at_loss(fit, event);
        ok &= tell_batch(fit, event);
    }
    if (event->kind == TRAIN_EPOCH_END)
        ok &= tell_epoch_end(fit, event);
    return ok && !fit->model->stop_training;
}

/* Ctrl-C ends a program's fit() as Python's does; the weights stay. */
static bool run_trainer(struct trainer *trainer, struct fit *fit,
                        struct error *err)
{
    enum train_status status = trainer_run(trainer, watch, fit, err);
    if (status == TRAIN_FAILED)
        return false;
    if (fit->error.kind != ERROR_NONE) {
        error_move(err, &fit->error);
        return false;
    }
    if (trainer->interrupted)
        return error_set(err, ERROR_KEYBOARD_INTERRUPT, "%s", "");
    return true;
}

static bool fit_samples(struct fit *fit, struct error *err)
{
    struct rng rng;
    rng_seed(&rng, rng_uint32(&session_rng));
    fit->model->stop_training = false;
    struct trainer *trainer =
        trainer_new(fit->model, &fit->train,
                    fit->validation.count > 0 ? &fit->validation : NULL,
                    fit->options, &rng, err);
    if (!trainer)
        return false;
    make_params(fit);
    fit->history = keras_history_new(fit->model, fit->params);
    bool ok = callbacks_begin(&fit->callbacks, "on_train_begin", fit->self,
                              fit->params, err) &&
              run_trainer(trainer, fit, err) &&
              callbacks_end(&fit->callbacks, "on_train_end", fit->logs, err);
    trainer_free(trainer);
    return ok;
}

static void fit_done(struct fit *fit)
{
    samples_done(&fit->train);
    samples_done(&fit->validation);
    callbacks_done(&fit->callbacks);
    value_unref(fit->history);
    value_unref(fit->params);
    value_unref(fit->logs);
    error_clear(&fit->error);
}

bool keras_model_fit(struct interp *interp, const struct native *native,
                     const struct call_args *args, struct value *ret,
                     struct error *err)
{
    struct value self, slots[KERAS_MAX_PARAMS];
    struct fit fit = {.interp = interp, .logs = value_dict()};
    bool ok = keras_bind(native, args, &self, slots, err);
    fit.self = self;
    fit.model = ok ? keras_model_get(self) : NULL;
    ok = ok && model_check_compiled(fit.model, err) &&
         read_options(slots, &fit, err) && read_samples(slots, &fit, err) &&
         callbacks_init(&fit.callbacks, interp, slots[FIT_CALLBACKS], err) &&
         fit_samples(&fit, err);
    if (ok)
        *ret = value_ref(fit.history);
    fit_done(&fit);
    return ok;
}
