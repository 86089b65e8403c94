/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model.fit(), model.evaluate() and the History object. */
#include <string.h>

#include "bind/keras_internal.h"
#include "nn/pass.h"

static train_observer *fit_observer;
static void *fit_context;

void keras_set_observer(train_observer *observer, void *context)
{
    fit_observer = observer;
    fit_context = context;
}

/* --------------------------------------------------------------- History */

static struct value series_list(const struct history *history, int series)
{
    struct value list = value_list(0, NULL);
    for (int epoch = 0; epoch < history->epochs; epoch++)
        list_append(list.sequence,
                    value_float(history_value(history, epoch, series)));
    return list;
}

/* The first edition of the book reads 'acc', the later ones 'accuracy': the
   same list is found under both names. */
static const char *later_name(const char *name)
{
    return !strcmp(name, "acc")       ? "accuracy"
           : !strcmp(name, "val_acc") ? "val_accuracy"
                                      : NULL;
}

static struct value history_dict(const struct history *history)
{
    struct value dict = value_dict();
    for (int i = 0; i < history->series_count; i++) {
        struct value list = series_list(history, i);
        dict_set_string(dict.dict, history->names[i], list);
        const char *later = later_name(history->names[i]);
        if (later)
            dict_set_string(dict.dict, later, list);
        value_unref(list);
    }
    return dict;
}

static bool history_get_attribute(struct interp *interp, struct value self,
                                  const char *name, struct value *ret,
                                  struct error *err)
{
    (void)interp;
    const struct history *history = self.opaque->data;
    if (!strcmp(name, "history")) {
        *ret = history_dict(history);
        return true;
    }
    if (strcmp(name, "epoch"))
        return keras_no_attribute(self, name, err);
    *ret = value_list(0, NULL);
    for (int i = 0; i < history->epochs; i++)
        list_append(ret->sequence, value_int(i));
    return true;
}

static void history_free(void *data)
{
    history_unref(data);
}

static void history_repr(void *data, struct strbuf *sb)
{
    (void)data;
    strbuf_adds(sb, "<keras.callbacks.History object>");
}

static const char *const history_attributes[] = {"history", "epoch", NULL};

static const struct native_type history_type = {
    .name = "History",
    .free = history_free,
    .repr = history_repr,
    .get_attribute = history_get_attribute,
    .attributes = history_attributes,
};

struct value keras_history_value(struct history *history)
{
    return value_opaque(&history_type, history_ref(history));
}

/* --------------------------------------------------------------- samples */

static bool make_samples(struct model *model, struct value x, struct value y,
                         struct samples *ret, struct error *err)
{
    struct tensor *inputs = value_to_tensor(x, DTYPE_COUNT, err);
    struct tensor *targets =
        inputs ? value_to_tensor(y, DTYPE_COUNT, err) : NULL;
    bool ok = targets && samples_init(ret, model, inputs, targets, err);
    tensor_unref(inputs);
    tensor_unref(targets);
    return ok;
}

/* validation_data=(x, y) */
static bool validation_pair(struct model *model, struct value pair,
                            struct samples *ret, struct error *err)
{
    bool is_sequence = pair.kind == VALUE_TUPLE || pair.kind == VALUE_LIST;
    if (!is_sequence || pair.sequence->count != 2)
        return error_set(err, ERROR_VALUE,
                         "validation_data must be a pair (x, y)");
    return make_samples(model, pair.sequence->items[0], pair.sequence->items[1],
                        ret, err);
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

/* ------------------------------------------------------------------- fit */

enum fit_slot {
    FIT_X,
    FIT_Y,
    FIT_BATCH_SIZE,
    FIT_EPOCHS,
    FIT_VERBOSE,
    FIT_VALIDATION_SPLIT,
    FIT_VALIDATION_DATA,
    FIT_SHUFFLE
};

const struct param keras_fit_params[] = {
    {"x", PARAM_ANY, 0, NULL},
    {"y", PARAM_ANY, 0, NULL},
    {"batch_size", PARAM_INT, 0, "32"},
    {"epochs", PARAM_INT, 0, "1"},
    {"verbose", PARAM_INT, 0, "1"},
    {"validation_split", PARAM_FLOAT, 0, "0.0"},
    {"validation_data", PARAM_ANY, 0, "None"},
    {"shuffle", PARAM_BOOL, 0, "True"},
    {NULL, PARAM_ANY, 0, NULL},
};

struct fit {
    struct train_options options;
    bool verbose;
    struct samples train, validation;
};

static bool read_options(const struct value *slots, struct fit *fit,
                         struct error *err)
{
    int64_t epochs = 1, verbose = 1;
    fit->options = (struct train_options){1, 32, true};
    if (!keras_int(slots[FIT_EPOCHS], "epochs", &epochs, err) ||
        !keras_int(slots[FIT_BATCH_SIZE], "batch_size",
                   &fit->options.batch_size, err) ||
        !keras_int(slots[FIT_VERBOSE], "verbose", &verbose, err) ||
        !keras_bool(slots[FIT_SHUFFLE], "shuffle", &fit->options.shuffle, err))
        return false;
    if (epochs < 1 || epochs > INT32_MAX)
        return error_set(err, ERROR_VALUE,
                         "epochs must be at least 1, got %lld",
                         (long long)epochs);
    fit->options.epochs = (int)epochs;
    fit->verbose = verbose != 0;
    return true;
}

static bool read_samples(struct model *model, const struct value *slots,
                         struct fit *fit, struct error *err)
{
    double share = 0.0;
    if (!keras_double(slots[FIT_VALIDATION_SPLIT], "validation_split", &share,
                      err) ||
        !make_samples(model, slots[FIT_X], slots[FIT_Y], &fit->train, err))
        return false;
    if (keras_is_given(slots[FIT_VALIDATION_DATA]))
        return validation_pair(model, slots[FIT_VALIDATION_DATA],
                               &fit->validation, err);
    return validation_part(&fit->train, share, &fit->validation, err);
}

/* Ctrl-C ends a program's fit() as Python's does; the weights stay. */
static bool run_trainer(struct trainer *trainer, bool verbose,
                        struct error *err)
{
    switch (
        trainer_run(trainer, verbose ? fit_observer : NULL, fit_context, err)) {
    case TRAIN_DONE:
        return true;
    case TRAIN_STOPPED:
        return trainer->interrupted
                   ? error_set(err, ERROR_KEYBOARD_INTERRUPT, "%s", "")
                   : true;
    default:
        return false;
    }
}

static bool fit_samples(struct model *model, struct fit *fit, struct value *ret,
                        struct error *err)
{
    struct rng rng;
    rng_seed(&rng, rng_uint32(&session_rng));
    struct trainer *trainer = trainer_new(
        model, &fit->train, fit->validation.count > 0 ? &fit->validation : NULL,
        fit->options, &rng, err);
    if (!trainer)
        return false;
    bool ok = run_trainer(trainer, fit->verbose, err);
    if (ok)
        *ret = keras_history_value(trainer->history);
    trainer_free(trainer);
    return ok;
}

bool keras_model_fit(struct interp *interp, const struct native *native,
                     const struct call_args *args, struct value *ret,
                     struct error *err)
{
    (void)interp;
    struct value self, slots[KERAS_MAX_PARAMS];
    struct fit fit = {0};
    if (!keras_bind(native, args, &self, slots, err))
        return false;
    struct model *model = keras_model_get(self);
    bool ok = model_check_compiled(model, err) &&
              read_options(slots, &fit, err) &&
              read_samples(model, slots, &fit, err) &&
              fit_samples(model, &fit, ret, err);
    samples_done(&fit.train);
    samples_done(&fit.validation);
    return ok;
}

/* -------------------------------------------------------------- evaluate */

const struct param keras_evaluate_params[] = {
    {"x", PARAM_ANY, 0, NULL},
    {"y", PARAM_ANY, 0, NULL},
    {"batch_size", PARAM_INT, 0, "None"},
    {"verbose", PARAM_INT, 0, "1"},
    {NULL, PARAM_ANY, 0, NULL},
};

/* [loss, metrics…], or the loss alone when there are no metrics. */
static struct value evaluation(const struct model *model, const double *values)
{
    if (model->metric_count == 0)
        return value_float(values[0]);
    struct value list = value_list(0, NULL);
    for (int i = 0; i <= model->metric_count; i++)
        list_append(list.sequence, value_float(values[i]));
    return list;
}

bool keras_model_evaluate(struct interp *interp, const struct native *native,
                          const struct call_args *args, struct value *ret,
                          struct error *err)
{
    (void)interp;
    struct value self, slots[KERAS_MAX_PARAMS];
    if (!keras_bind(native, args, &self, slots, err))
        return false;
    struct model *model = keras_model_get(self);
    struct samples samples;
    double values[1 + MODEL_MAX_METRICS];
    if (!model_check_compiled(model, err) ||
        !make_samples(model, slots[0], slots[1], &samples, err))
        return false;
    bool ok = model_evaluate(model, &samples, values, err);
    samples_done(&samples);
    if (ok)
        *ret = evaluation(model, values);
    return ok;
}
