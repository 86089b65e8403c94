/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Samples from arguments; evaluate(), train_on_batch(), test_on_batch(). */
#include <inttypes.h>

#include "bind/keras_internal.h"
#include "nn/train.h"

/* ----------------------------------------------------------------- samples */

static bool set_weights(struct samples *samples, struct value weights,
                        struct error *err)
{
    if (!keras_is_given(weights))
        return true;
    struct tensor *tensor = value_to_tensor(weights, DTYPE_COUNT, err);
    bool ok = tensor && samples_set_weights(samples, tensor, err);
    tensor_unref(tensor);
    return ok;
}

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
    if (ok && !set_weights(ret, weights, err)) {
        samples_done(ret);
        return false;
    }
    return ok;
}

/* The class of sample number INDEX: its label, or where its row is largest. */
static int64_t class_of(const struct samples *samples, int64_t index)
{
    const struct tensor *expected = samples->expected;
    if (expected->dtype == DTYPE_INT32)
        return ((const int32_t *)(const void *)expected->data)[index];
    int64_t width = samples->target_width, best = 0;
    const float *row =
        (const float *)(const void *)expected->data + index * width;
    if (width == 1)
        return (int64_t)row[0];
    for (int64_t i = 1; i < width; i++)
        if (row[i] > row[best])
            best = i;
    return best;
}

/* 1 for a class that the dict does not name, as in Keras. */
static bool weight_of_class(struct dict *weights, int64_t number, double *ret,
                            struct error *err)
{
    struct value value;
    bool found;
    *ret = 1.0;
    if (!dict_get(weights, value_int(number), &found, &value, err))
        return false;
    if (!found)
        return true;
    bool ok = keras_double(value, "class_weight", ret, err);
    value_unref(value);
    return ok;
}

static struct tensor *class_weights(const struct samples *samples,
                                    struct dict *weights, struct error *err)
{
    struct tensor *ret =
        tensor_new(DTYPE_FLOAT32, 1, &samples->count, err);
    const float *own =
        samples->weights
            ? (const float *)(const void *)samples->weights->data
            : NULL;
    for (int64_t i = 0; ret && i < samples->count; i++) {
        double weight;
        if (!weight_of_class(weights, class_of(samples, i), &weight, err)) {
            tensor_unref(ret);
            return NULL;
        }
        ((float *)(void *)ret->data)[i] =
            (float)weight * (own ? own[i] : 1.0f);
    }
    return ret;
}

bool keras_weigh_classes(const struct model *model, struct value weights,
                         struct samples *samples, struct error *err)
{
    if (!keras_is_given(weights))
        return true;
    if (weights.kind != VALUE_DICT) {
        error_set(err, ERROR_TYPE, "class_weight must be a dict, not %s",
                  value_type_name(weights));
        error_hint(err, "class_weight={0: 1.0, 1: 2.0}");
        return false;
    }
    if (model_positions(model) != 1)
        return error_set(err, ERROR_VALUE,
                         "class_weight is for one class a sample");
    struct tensor *all = class_weights(samples, weights.dict, err);
    bool ok = all && samples_set_weights(samples, all, err);
    tensor_unref(all);
    return ok;
}

/* ----------------------------------------------------------------- results */

static const char *result_name(const struct model *model, int index)
{
    return index == 0 ? "loss" : model->metrics[index - 1].name;
}

struct value keras_results(const struct model *model, const double *values,
                           bool as_dict)
{
    if (model->metric_count == 0 && !as_dict)
        return value_float(values[0]);
    struct value ret = as_dict ? value_dict() : value_list(0, NULL);
    for (int i = 0; i <= model->metric_count; i++)
        if (as_dict)
            dict_set_string(ret.dict, result_name(model, i),
                            value_float(values[i]));
        else
            list_append(ret.sequence, value_float(values[i]));
    return ret;
}

/* ---------------------------------------------------------------- evaluate */

enum evaluate_slot {
    EVALUATE_X,
    EVALUATE_Y,
    EVALUATE_BATCH_SIZE,
    EVALUATE_VERBOSE,
    EVALUATE_SAMPLE_WEIGHT,
    EVALUATE_RETURN_DICT
};

const struct param keras_evaluate_params[] = {
    {"x", PARAM_ANY, 0, NULL},
    {"y", PARAM_ANY, 0, NULL},
    {"batch_size", PARAM_INT, 0, "None"},
    {"verbose", PARAM_INT, 0, "1"},
    {"sample_weight", PARAM_ANY, 0, "None"},
    {"return_dict", PARAM_BOOL, PARAM_KEYWORD_ONLY, "False"},
    {NULL, PARAM_ANY, 0, NULL},
};

bool keras_model_evaluate(struct interp *interp, const struct native *native,
                          const struct call_args *args, struct value *ret,
                          struct error *err)
{
    (void)interp;
    struct value self, slots[KERAS_MAX_PARAMS];
    struct samples samples;
    double values[1 + MODEL_MAX_METRICS];
    bool as_dict = false;
    if (!keras_bind(native, args, &self, slots, err))
        return false;
    struct model *model = keras_model_get(self);
    if (!model_check_compiled(model, err) ||
        !keras_bool(slots[EVALUATE_RETURN_DICT], "return_dict", &as_dict,
                    err) ||
        !keras_make_samples(model, slots[EVALUATE_X], slots[EVALUATE_Y],
                            slots[EVALUATE_SAMPLE_WEIGHT], &samples, err))
        return false;
    bool ok = model_evaluate(model, &samples, values, err);
    samples_done(&samples);
    if (ok)
        *ret = keras_results(model, values, as_dict);
    return ok;
}

/* --------------------------------------------------------------- one batch */

enum batch_slot { BATCH_X, BATCH_Y, BATCH_SAMPLE_WEIGHT, BATCH_RETURN_DICT };

const struct param keras_batch_params[] = {
    {"x", PARAM_ANY, 0, NULL},
    {"y", PARAM_ANY, 0, NULL},
    {"sample_weight", PARAM_ANY, 0, "None"},
    {"return_dict", PARAM_BOOL, PARAM_KEYWORD_ONLY, "False"},
    {NULL, PARAM_ANY, 0, NULL},
};

static bool on_batch(const struct native *native, const struct call_args *args,
                     bool train, struct value *ret, struct error *err)
{
    struct value self, slots[KERAS_MAX_PARAMS];
    struct samples samples;
    double values[1 + MODEL_MAX_METRICS];
    bool as_dict = false;
    if (!keras_bind(native, args, &self, slots, err))
        return false;
    struct model *model = keras_model_get(self);
    if (!model_check_compiled(model, err) ||
        !keras_bool(slots[BATCH_RETURN_DICT], "return_dict", &as_dict, err) ||
        !keras_make_samples(model, slots[BATCH_X], slots[BATCH_Y],
                            slots[BATCH_SAMPLE_WEIGHT], &samples, err))
        return false;
    bool ok = train ? model_train_batch(model, &samples, &session_rng, values,
                                        err)
                    : model_evaluate(model, &samples, values, err);
    samples_done(&samples);
    if (ok)
        *ret = keras_results(model, values, as_dict);
    return ok;
}

bool keras_model_train_on_batch(struct interp *interp,
                                const struct native *native,
                                const struct call_args *args,
                                struct value *ret, struct error *err)
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
