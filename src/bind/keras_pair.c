/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bind/keras_pair.h"

#include "base/i18n.h"
#include "bind/eager.h"
#include "bind/keras_internal.h"

const struct param keras_pair_params[] = {
    {"y_true", PARAM_ANY, 0, NULL},
    {"y_pred", PARAM_ANY, 0, NULL},
    {"sample_weight", PARAM_ANY, 0, "None"},
    {NULL, PARAM_ANY, 0, NULL},
};

void pair_done(struct pair *pair)
{
    tensor_unref(pair->given);
    tensor_unref(pair->truth);
    tensor_unref(pair->output);
    tensor_unref(pair->weights);
}

static bool wrong_pair(const struct pair *pair, bool labels, struct error *err)
{
    struct strbuf a = STRBUF_INIT, b = STRBUF_INIT;
    shape_format(&a, pair->truth->ndim, pair->truth->shape);
    shape_format(&b, pair->output->ndim, pair->output->shape);
    error_set(err, ERROR_VALUE, "Shapes %s and %s are incompatible", a.text,
              b.text);
    if (labels && pair->truth->size == pair->output->size)
        error_hint(err, _("these targets are one-hot: take the loss or metric "
                          "without sparse in its name"));
    strbuf_done(&a);
    strbuf_done(&b);
    return false;
}

static bool labels_are_classes(const struct pair *pair, struct error *err)
{
    const int32_t *labels = (const int32_t *)(const void *)pair->truth->data;
    for (int64_t i = 0; i < pair->truth->size; i++)
        if (labels[i] < 0 || labels[i] >= pair->columns)
            return error_set(err, ERROR_VALUE,
                             "Received a label value of %d which is outside "
                             "the valid range of [0, %lld)",
                             labels[i], (long long)pair->columns);
    return true;
}

/* As Keras: what is computed is what the output's dtype can hold. */
static struct tensor *output_of(struct value value, struct error *err)
{
    struct tensor *given = eager_tensor(value, DTYPE_COUNT, err);
    if (!given || given->dtype == DTYPE_FLOAT64)
        return given;
    tensor_unref(given);
    return eager_tensor(value, DTYPE_FLOAT32, err);
}

bool pair_init(struct pair *pair, const struct value *slots, bool labels,
               struct error *err)
{
    *pair = (struct pair){.output = output_of(slots[PAIR_OUTPUT], err)};
    if (!pair->output)
        return false;
    enum dtype dtype = labels ? DTYPE_INT32 : pair->output->dtype;
    pair->given = eager_tensor(slots[PAIR_TRUTH], dtype, err);
    if (pair->given)
        pair->truth = tensor_contiguous(pair->given, dtype, err);
    if (!pair->truth)
        return false;
    const struct tensor *y = pair->output;
    pair->columns = y->ndim ? y->shape[y->ndim - 1] : 1;
    pair->rows = pair->columns ? y->size / pair->columns : 0;
    int64_t wanted = labels ? pair->rows : y->size;
    if (pair->truth->size != wanted)
        return wrong_pair(pair, labels, err);
    return !labels || labels_are_classes(pair, err);
}

/* TENSOR (taken) as plain float32. */
static struct tensor *flat(struct tensor *tensor, struct error *err)
{
    struct tensor *ret =
        tensor ? tensor_contiguous(tensor, DTYPE_FLOAT32, err) : NULL;
    tensor_unref(tensor);
    return ret;
}

bool pair_flatten(struct pair *pair, struct error *err)
{
    pair->output = flat(pair->output, err);
    if (pair->output && pair->truth->dtype == DTYPE_FLOAT64)
        pair->truth = flat(pair->truth, err);
    return pair->output && pair->truth;
}

bool pair_weigh(struct pair *pair, struct value value, struct error *err)
{
    if (!keras_is_given(value))
        return true;
    pair->weights = flat(value_to_tensor(value, DTYPE_COUNT, err), err);
    if (!pair->weights)
        return false;
    if (pair->output->ndim == 1) { /* one number a sample */
        pair->rows = pair->output->size;
        pair->columns = 1;
    }
    if (pair->weights->size == pair->rows)
        return true;
    return error_set(err, ERROR_VALUE,
                     "sample_weight has %lld numbers for %lld samples",
                     (long long)pair->weights->size, (long long)pair->rows);
}

struct targets pair_targets(const struct pair *pair)
{
    const void *data = pair->truth->data;
    struct targets targets = {0};
    if (pair->truth->dtype == DTYPE_INT32)
        targets.labels = data;
    else
        targets.values = data;
    if (pair->weights)
        targets.weights = (const float *)(const void *)pair->weights->data;
    return targets;
}

const float *pair_outputs(const struct pair *pair)
{
    return (const float *)(const void *)pair->output->data;
}
