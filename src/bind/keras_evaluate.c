/* SPDX-License-Identifier: GPL-3.0-or-later */
/* model.evaluate(), model.train_on_batch() and model.test_on_batch(). */
#include <string.h>
#include <time.h>

#include "bind/keras_internal.h"
#include "nn/pass.h"

const struct param keras_evaluate_params[] = {
    {"x", PARAM_ANY, 0, NULL},
    {"y", PARAM_ANY, 0, NULL},
    {"batch_size", PARAM_INT, 0, "32"},
    {"verbose", PARAM_INT, 0, "1"},
    {"sample_weight", PARAM_ANY, 0, "None"},
    {"return_dict", PARAM_BOOL, 0, "False"},
    {NULL, PARAM_ANY, 0, NULL},
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

bool keras_model_evaluate(struct interp *interp, const struct native *native,
                          const struct call_args *args, struct value *ret,
                          struct error *err)
{
    (void)interp;
    struct value self, slots[KERAS_MAX_PARAMS];
    int64_t size = 32, verbose = 1;
    bool as_dict = false;
    if (!keras_bind(native, args, &self, slots, err) ||
        !keras_int(slots[2], "batch_size", &size, err) ||
        (slots[3].kind != VALUE_STRING &&
         !keras_int(slots[3], "verbose", &verbose, err)) ||
        !keras_bool(slots[5], "return_dict", &as_dict, err))
        return false;
    struct model *model = keras_model_get(self);
    struct samples samples;
    double values[1 + MODEL_MAX_METRICS];
    if (!model_check_compiled(model, err) ||
        !keras_make_samples(model, slots[0], slots[1], slots[4], &samples, err))
        return false;
    double started = now();
    bool ok = model_evaluate(model, &samples, values, err);
    if (ok && verbose)
        show(model, samples.count, size, values, now() - started, (int)verbose);
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
