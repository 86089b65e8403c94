/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model.evaluate(), model.train_on_batch() and model.test_on_batch(). */
#include <string.h>
#include <time.h>

#include "bind/keras_callback.h"
#include "bind/keras_internal.h"
#include "nn/pass.h"

const struct param keras_evaluate_params[] = {
    {"x", PARAM_ANY, 0, NULL},
    {"y", PARAM_ANY, 0, NULL},
    {"batch_size", PARAM_INT, 0, "32"},
    {"verbose", PARAM_INT, 0, "1"},
    {"sample_weight", PARAM_ANY, 0, "None"},
    {"steps", PARAM_INT, 0, "None"},
    {"callbacks", PARAM_ANY, 0, "None"},
    {"return_dict", PARAM_BOOL, PARAM_KEYWORD_ONLY, "False"},
    {NULL, PARAM_ANY, 0, NULL},
};
enum evaluate_slot {
    EVALUATE_X,
    EVALUATE_Y,
    EVALUATE_BATCH_SIZE,
    EVALUATE_VERBOSE,
    EVALUATE_SAMPLE_WEIGHT,
    EVALUATE_STEPS,
    EVALUATE_CALLBACKS,
    EVALUATE_RETURN_DICT
};

const struct param keras_batch_params[] = {
    {"x", PARAM_ANY, 0, NULL},
    {"y", PARAM_ANY, 0, NULL},
    {"sample_weight", PARAM_ANY, 0, "None"},
    {"return_dict", PARAM_BOOL, 0, "False"},
    {NULL, PARAM_ANY, 0, NULL},
};

static const char *name_of(const struct model *model, int index)
{
    return index == 0 ? "loss" : model->metrics[index - 1].name;
}

struct value keras_results(const struct model *model, const double *values,
                           bool as_dict)
{
    if (as_dict) {
        struct value dict = value_dict();
        for (int i = 0; i <= model->metric_count; i++)
            dict_set_string(dict.dict, name_of(model, i),
                            value_float(values[i]));
        return dict;
    }
    if (model->metric_count == 0)
        return value_float(values[0]);
    struct value list = value_list(0, NULL);
    for (int i = 0; i <= model->metric_count; i++)
        list_append(list.sequence, value_float(values[i]));
    return list;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* The line that fit() would show at the end of an epoch. */
static void show(const struct model *model, int64_t samples, int64_t size,
                 const double *values, double seconds, int verbose)
{
    const char *names[1 + MODEL_MAX_METRICS];
    for (int i = 0; i <= model->metric_count; i++)
        names[i] = name_of(model, i);
    int64_t steps = size > 0 ? (samples + size - 1) / size : 1;
    keras_tell_observer(&(struct train_event){
        .kind = TRAIN_EVALUATED,
        .epoch = 1,
        .epochs = 1,
        .batch = steps,
        .batches = steps,
        .sample = samples,
        .samples = samples,
        .value_count = 1 + model->metric_count,
        .names = names,
        .values = values,
        .seconds = seconds,
        .verbose = verbose,
        .model = model,
    });
}

/* RET: loss and metrics; what it gives out are numbers by name. */
static bool evaluate(struct model *model, struct samples *samples,
                     const struct callbacks *callbacks, struct value self,
                     double *ret, struct error *err)
{
    struct value params = value_dict();
    bool ok = callbacks_begin(callbacks, "on_test_begin", self, params, err) &&
              model_evaluate(model, samples, ret, err);
    value_unref(params);
    if (!ok)
        return false;
    struct value logs = keras_results(model, ret, true);
    ok = callbacks_end(callbacks, "on_test_end", logs, err);
    value_unref(logs);
    return ok;
}

/* The first STEPS batches. */
static void cut(struct samples *samples, int64_t steps, int64_t size)
{
    if (steps < 1 || size < 1 || samples->count / size < steps)
        return;
    struct samples first = samples_slice(samples, 0, steps * size);
    samples_done(samples);
    *samples = first;
}

bool keras_model_evaluate(struct interp *interp, const struct native *native,
                          const struct call_args *args, struct value *ret,
                          struct error *err)
{
    struct value self, slots[KERAS_MAX_PARAMS];
    int64_t size = 32, verbose = 1, steps = 0;
    bool as_dict = false;
    if (!keras_bind(native, args, &self, slots, err) ||
        !keras_int(slots[EVALUATE_BATCH_SIZE], "batch_size", &size, err) ||
        !keras_int(slots[EVALUATE_STEPS], "steps", &steps, err) ||
        (slots[EVALUATE_VERBOSE].kind != VALUE_STRING &&
         !keras_int(slots[EVALUATE_VERBOSE], "verbose", &verbose, err)) ||
        !keras_bool(slots[EVALUATE_RETURN_DICT], "return_dict", &as_dict, err))
        return false;
    struct model *model = keras_model_get(self);
    struct samples samples;
    struct callbacks callbacks = {0};
    double values[1 + MODEL_MAX_METRICS];
    if (!model_check_compiled(model, err) ||
        !keras_make_samples(model, slots[EVALUATE_X], slots[EVALUATE_Y],
                            slots[EVALUATE_SAMPLE_WEIGHT], &samples, err))
        return false;
    cut(&samples, steps, size);
    double started = now();
    bool ok =
        callbacks_init(&callbacks, interp, slots[EVALUATE_CALLBACKS], err) &&
        evaluate(model, &samples, &callbacks, self, values, err);
    if (ok && verbose)
        show(model, samples.count, size, values, now() - started, (int)verbose);
    callbacks_done(&callbacks);
    samples_done(&samples);
    if (ok)
        *ret = keras_results(model, values, as_dict);
    return ok;
}

/* One batch, with a step or without. */
static bool on_batch(const struct native *native, const struct call_args *args,
                     bool step, struct value *ret, struct error *err)
{
    struct value self, slots[KERAS_MAX_PARAMS];
    struct samples samples;
    double values[1 + MODEL_MAX_METRICS];
    bool as_dict = false;
    if (!keras_bind(native, args, &self, slots, err) ||
        !keras_bool(slots[3], "return_dict", &as_dict, err))
        return false;
    struct model *model = keras_model_get(self);
    if (!model_check_compiled(model, err) ||
        !keras_make_samples(model, slots[0], slots[1], slots[2], &samples, err))
        return false;
    bool ok =
        step ? model_train_batch(model, &samples, &session_rng, values, err)
             : model_evaluate(model, &samples, values, err);
    samples_done(&samples);
    if (ok)
        *ret = keras_results(model, values, as_dict);
    return ok;
}

bool keras_model_train_on_batch(struct interp *interp,
                                const struct native *native,
                                const struct call_args *args, struct value *ret,
                                struct error *err)
{
    (void)interp;
    return on_batch(native, args, true, ret, err);
}

bool keras_model_test_on_batch(struct interp *interp,
                               const struct native *native,
                               const struct call_args *args, struct value *ret,
                               struct error *err)
{
    (void)interp;
    return on_batch(native, args, false, ret, err);
}
