/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn/samples.h"

#include <inttypes.h>
#include <string.h>

#include "base/i18n.h"
#include "tensor/parallel.h"

/* --------------------------------------------------------------- inputs */

bool samples_shape(const struct tensor *x, struct sample_shape *ret,
                   struct error *err)
{
    if (x->ndim == 0)
        return error_set(err, ERROR_VALUE,
                         "a model takes a batch of samples, not one number");
    if (x->ndim - 1 > SAMPLE_MAX_DIMS)
        return error_set(err, ERROR_VALUE,
                         "samples of %d axes are more than the %d a layer can "
                         "take",
                         x->ndim - 1, SAMPLE_MAX_DIMS);
    if (x->shape[0] > UINT32_MAX)
        return error_set(err, ERROR_VALUE, "too many samples: %" PRId64,
                         x->shape[0]);
    *ret = (struct sample_shape){x->ndim - 1, {0}};
    for (int i = 1; i < x->ndim; i++)
        ret->dims[i - 1] = x->shape[i];
    if (x->ndim == 1) /* one number a sample */
        *ret = (struct sample_shape){1, {1}};
    return true;
}

/* May samples of SHAPE be taken as they lie, though the input is declared in
   another shape? */
static bool is_reshapable(const struct model *model,
                          const struct sample_shape *shape)
{
    return model->built && model->byte_divisor != 0.0f &&
           sample_size(shape) == model_inputs(model);
}

/* When X is what the model takes without the axis of the samples, that is the
   mistake. */
static bool wrong_inputs(const struct model *model, const struct tensor *x,
                         struct error *err)
{
    bool is_one = model->built && x->size == model_inputs(model) &&
                  x->ndim == model->layers[0]->input.ndim;
    if (is_one)
        error_hint(err, _("one sample is a batch of one: x[0:1] instead of "
                          "x[0], or x[np.newaxis]"));
    return false;
}

static bool inputs_init(struct samples *samples, struct model *model,
                        struct tensor *x, struct error *err)
{
    struct sample_shape shape;
    if (!samples_shape(x, &shape, err))
        return false;
    if (!is_reshapable(model, &shape) && !model_build(model, &shape, err))
        return wrong_inputs(model, x, err);
    enum dtype dtype = x->dtype == DTYPE_UINT8 ? DTYPE_UINT8 : DTYPE_FLOAT32;
    samples->inputs = tensor_contiguous(x, dtype, err);
    samples->count = x->shape[0];
    samples->width = sample_size(&shape);
    samples->divisor = model->byte_divisor != 0.0f ? model->byte_divisor : 1.0f;
    return samples->inputs != NULL;
}

/* -------------------------------------------------------------- targets */

static bool wrong_targets(const struct model *model, const struct tensor *y,
                          struct error *err)
{
    struct strbuf got = STRBUF_INIT;
    shape_format(&got, y->ndim, y->shape);
    error_set(err, ERROR_VALUE,
              "Error when checking target: expected %s to have shape (%" PRId64
              ",) but got array with shape %s",
              model_last(model)->name,
              model->loss.type->kind == TARGET_LABELS ? 1
                                                      : model_outputs(model),
              got.text);
    strbuf_done(&got);
    return false;
}

static bool one_hot_with_sparse(const struct model *model,
                                const struct tensor *y, struct error *err)
{
    wrong_targets(model, y, err);
    error_hint(err, _("these targets are one-hot: compile with "
                      "loss='categorical_crossentropy'"));
    return false;
}

static bool labels_with_one_hot(const struct tensor *y,
                                const struct model *model, struct error *err)
{
    struct strbuf got = STRBUF_INIT;
    shape_format(&got, y->ndim, y->shape);
    error_set(err, ERROR_VALUE,
              "You are passing a target array of shape %s while using as loss "
              "`%s`, which expects targets of shape (samples, %" PRId64 ")",
              got.text, model->loss.type->named.name, model_outputs(model));
    error_hint(err, _("these targets are class numbers: compile with "
                      "loss='sparse_categorical_crossentropy', or pass "
                      "to_categorical(labels)"));
    strbuf_done(&got);
    return false;
}

static bool check_labels(const struct tensor *labels, int64_t classes,
                         struct error *err)
{
    const int64_t *values = (const int64_t *)(const void *)labels->data;
    for (int64_t i = 0; i < labels->size; i++)
        if (values[i] < 0 || values[i] >= classes) {
            error_set(err, ERROR_VALUE,
                      "Received a label value of %" PRId64
                      " which is outside the valid range of [0, %" PRId64
                      ") (sample %" PRId64 ")",
                      values[i], classes, i);
            if (values[i] > 0)
                error_hint(err,
                           _("the last layer needs one unit for each "
                             "class: Dense(%" PRId64 ")"),
                           values[i] + 1);
            else
                error_hint(err, _("classes are numbered from 0: y - y.min()"));
            return false;
        }
    return true;
}

static bool labels_init(struct samples *samples, const struct model *model,
                        struct tensor *y, struct error *err)
{
    int64_t classes = model_columns(model), rows = y->shape[0];
    if (y->size != rows * model_positions(model))
        return y->size == rows * model_outputs(model)
                   ? one_hot_with_sparse(model, y, err)
                   : wrong_targets(model, y, err);
    struct tensor *wide = tensor_contiguous(y, DTYPE_INT64, err);
    if (!wide)
        return false;
    if (check_labels(wide, classes, err))
        samples->expected = tensor_contiguous(wide, DTYPE_INT32, err);
    tensor_unref(wide);
    samples->target_width = model_positions(model);
    return samples->expected != NULL;
}

static bool is_of_classes(const struct loss *loss)
{
    return loss->type->fused_with && !strcmp(loss->type->fused_with, "softmax");
}

static bool values_init(struct samples *samples, const struct model *model,
                        struct tensor *y, struct error *err)
{
    int64_t outputs = model_outputs(model), rows = y->shape[0];
    bool fits = y->size == rows * outputs;
    if (!fits && y->size == rows * model_positions(model) &&
        is_of_classes(&model->loss))
        return labels_with_one_hot(y, model, err);
    if (!fits)
        return wrong_targets(model, y, err);
    samples->expected = tensor_contiguous(y, DTYPE_FLOAT32, err);
    samples->target_width = outputs;
    return samples->expected != NULL;
}

/* With a loss that takes any targets, these decide. */
static bool metrics_fit(const struct model *model, enum target_kind kind,
                        struct error *err)
{
    for (int i = 0; i < model->metric_count; i++)
        if (!metric_takes(&model->metrics[i], kind))
            return error_set(err, ERROR_VALUE, "the metric %s takes %s",
                             model->metrics[i].name,
                             kind == TARGET_LABELS
                                 ? "one number for each output"
                                 : "class numbers");
    return true;
}

static bool targets_init(struct samples *samples, const struct model *model,
                         struct tensor *y, struct error *err)
{
    if (y->ndim == 0 || y->shape[0] != samples->count)
        return error_set(err, ERROR_VALUE,
                         "Data cardinality is ambiguous: x has %" PRId64
                         " samples, y has %" PRId64,
                         samples->count, y->ndim ? y->shape[0] : 1);
    enum target_kind kind = model->loss.type->kind;
    if (kind == TARGET_ANY)
        kind = y->size == samples->count * model_outputs(model)
                   ? TARGET_VALUES
                   : TARGET_LABELS;
    return metrics_fit(model, kind, err) &&
           (kind == TARGET_LABELS ? labels_init : values_init)(samples, model,
                                                               y, err);
}

bool samples_init(struct samples *samples, struct model *model,
                  struct tensor *x, struct tensor *y, struct error *err)
{
    *samples = (struct samples){0};
    if (inputs_init(samples, model, x, err) &&
        (!y || targets_init(samples, model, y, err)))
        return true;
    samples_done(samples);
    return false;
}

void samples_done(struct samples *samples)
{
    tensor_unref(samples->inputs);
    tensor_unref(samples->expected);
    tensor_unref(samples->weights);
    *samples = (struct samples){0};
}

bool samples_set_weights(struct samples *samples, struct tensor *weights,
                         struct error *err)
{
    if (weights->size != samples->count)
        return error_set(err, ERROR_VALUE,
                         "sample_weight has %" PRId64 " numbers for %" PRId64
                         " samples",
                         weights->size, samples->count);
    struct tensor *floats = tensor_contiguous(weights, DTYPE_FLOAT32, err);
    tensor_unref(samples->weights);
    samples->weights = floats;
    return floats != NULL;
}

struct samples samples_slice(const struct samples *samples, int64_t first,
                             int64_t count)
{
    struct samples slice = *samples;
    slice.first += first;
    slice.count = count;
    tensor_ref(slice.inputs);
    if (slice.expected)
        tensor_ref(slice.expected);
    if (slice.weights)
        tensor_ref(slice.weights);
    return slice;
}

/* -------------------------------------------------------------- batches */

MULTI_TARGET
static void bytes_to_floats(int64_t n, const uint8_t *bytes, float divisor,
                            float *ret)
{
    VECTOR_LOOP
    for (int64_t i = 0; i < n; i++)
        ret[i] = (float)bytes[i] / divisor;
}

static int64_t row_number(const struct samples *samples, const uint32_t *rows,
                          int64_t first, int64_t i)
{
    return samples->first + (rows ? (int64_t)rows[i] : first + i);
}

enum { AHEAD = 2 };

/* Samples lie far apart: the next ones are called into the cache early. */
static void prefetch(const char *data, int64_t bytes)
{
    for (int64_t i = 0; i < bytes; i += 64)
        __builtin_prefetch(data + i);
}

static void gather(const struct samples *samples, const uint32_t *rows,
                   int64_t first, int64_t count, float *buffer)
{
    int64_t width = samples->width;
    const char *data = samples->inputs->data;
    bool is_bytes = samples->inputs->dtype == DTYPE_UINT8;
    int64_t item = is_bytes ? 1 : (int64_t)sizeof(float);
#pragma omp parallel num_threads(parallel_threads_for(count *width))
    {
        struct part part = parallel_part(count, 1);
        for (int64_t i = part.first; i < part.end; i++) {
            int64_t start = row_number(samples, rows, first, i) * width;
            float *row = buffer + i * width;
            if (rows && i + AHEAD < part.end)
                prefetch(data + row_number(samples, rows, first, i + AHEAD) *
                                    width * item,
                         width * item);
            if (is_bytes)
                bytes_to_floats(width, (const uint8_t *)data + start,
                                samples->divisor, row);
            else
                memcpy(row, data + start * (int64_t)sizeof(float),
                       (size_t)width * sizeof(float));
        }
    }
}

const float *samples_inputs(const struct samples *samples, const uint32_t *rows,
                            int64_t first, int64_t count, float *buffer)
{
    if (!rows && samples->inputs->dtype == DTYPE_FLOAT32)
        return (const float *)(const void *)samples->inputs->data +
               (samples->first + first) * samples->width;
    gather(samples, rows, first, count, buffer);
    return buffer;
}

struct targets samples_targets(const struct samples *samples,
                               const uint32_t *rows, int64_t first,
                               int64_t count, float *buffer)
{
    size_t size = (size_t)samples->target_width * 4; /* int32 or float32 */
    for (int64_t i = 0; i < count; i++)
        memcpy((char *)buffer + (size_t)i * size,
               samples->expected->data +
                   (size_t)row_number(samples, rows, first, i) * size,
               size);
    struct targets targets = {.values = buffer};
    if (samples->expected->dtype == DTYPE_INT32)
        targets = (struct targets){.labels = (const int32_t *)(void *)buffer};
    if (samples->weights) {
        float *weights = buffer + count * samples->target_width;
        const float *all = (const float *)(const void *)samples->weights->data;
        for (int64_t i = 0; i < count; i++)
            weights[i] = all[row_number(samples, rows, first, i)];
        targets.weights = weights;
    }
    return targets;
}
