/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn/pass.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/interrupt.h"

enum { EVALUATE_ROWS = 500 };

/* Floats of SIZE a row, up to the next cache line; -1 when too many. */
static int64_t padded(int64_t rows, int64_t size)
{
    int64_t floats;
    if (!size_multiply(rows, size, &floats) || floats > INT64_MAX / 8)
        return -1;
    return (floats + 15) / 16 * 16;
}

static int64_t floats_needed(const struct model *model, int64_t rows)
{
    int64_t input = padded(rows, model_inputs(model));
    int64_t targets = padded(rows, model_outputs(model));
    if (input < 0 || targets < 0)
        return -1;
    int64_t total = input + targets;
    for (size_t i = 0; i < model->layer_count; i++) {
        int64_t output = padded(rows, model->layers[i]->outputs);
        if (output < 0 || total > INT64_MAX / 8 - output)
            return -1;
        total += model->layers[i]->type->forward ? output : 0;
    }
    return total;
}

bool pass_init(struct pass *pass, const struct model *model, int64_t rows,
               struct error *err)
{
    *pass = (struct pass){.model = model, .rows = rows};
    int64_t floats = floats_needed(model, rows);
    if (floats < 0)
        return error_set(err, ERROR_MEMORY,
                         "a batch of %lld samples is too large",
                         (long long)rows);
    pass->storage = storage_new(floats * (int64_t)sizeof(float), err);
    if (!pass->storage)
        return false;
    float *next = (float *)(void *)pass->storage->bytes;
    pass->input = next;
    next += padded(rows, model_inputs(model));
    pass->targets = next;
    next += padded(rows, model_outputs(model));
    pass->outputs = xcalloc(model->layer_count, sizeof *pass->outputs);
    for (size_t i = 0; i < model->layer_count; i++) {
        if (!model->layers[i]->type->forward)
            continue;
        pass->outputs[i] = next;
        next += padded(rows, model->layers[i]->outputs);
    }
    return true;
}

void pass_done(struct pass *pass)
{
    storage_unref(pass->storage);
    free(pass->outputs);
    *pass = (struct pass){0};
}

const float *pass_forward(struct pass *pass, int64_t rows, const float *input)
{
    const struct model *model = pass->model;
    for (size_t i = 0; i < model->layer_count; i++) {
        const struct layer *layer = model->layers[i];
        if (!layer->type->forward)
            continue;
        layer->type->forward(layer, rows, input, pass->outputs[i]);
        input = pass->outputs[i];
    }
    return input;
}

static int64_t chunk_rows(const struct samples *samples)
{
    return samples->count < EVALUATE_ROWS ? samples->count : EVALUATE_ROWS;
}

static bool predict_into(struct model *model, const struct samples *samples,
                         float *ret, struct error *err)
{
    struct pass pass;
    int64_t chunk = chunk_rows(samples), outputs = model_outputs(model);
    if (!pass_init(&pass, model, chunk, err))
        return false;
    bool ok = true;
    for (int64_t i = 0; ok && i < samples->count; i += chunk) {
        int64_t rows = samples->count - i < chunk ? samples->count - i : chunk;
        const float *y = pass_forward(
            &pass, rows, samples_inputs(samples, NULL, i, rows, pass.input));
        memcpy(ret + i * outputs, y, (size_t)(rows * outputs) * sizeof(float));
        ok = interrupt_check(err);
    }
    pass_done(&pass);
    return ok;
}

struct tensor *model_predict(struct model *model, struct tensor *x,
                             struct error *err)
{
    struct samples samples;
    if (!samples_init(&samples, model, x, NULL, err))
        return NULL;
    const struct sample_shape *output = &model_last(model)->output;
    int64_t shape[1 + LAYER_MAX_DIMS] = {samples.count};
    memcpy(shape + 1, output->dims, (size_t)output->ndim * sizeof *shape);
    struct tensor *y = tensor_new(DTYPE_FLOAT32, 1 + output->ndim, shape, err);
    if (y && !predict_into(model, &samples, (float *)(void *)y->data, err)) {
        tensor_unref(y);
        y = NULL;
    }
    samples_done(&samples);
    return y;
}

void model_add_sums(const struct model *model, int64_t rows, const float *y,
                    struct targets targets, double *sums)
{
    int64_t columns = model_outputs(model);
    sums[0] += loss_sum(model->loss, rows, columns, y, targets);
    for (int k = 0; k < model->metric_count; k++)
        sums[1 + k] += metric_sum(model->metrics[k], rows, columns, y, targets);
}

bool model_evaluate(struct model *model, const struct samples *samples,
                    double *ret, struct error *err)
{
    struct pass pass;
    int64_t chunk = chunk_rows(samples);
    double sums[1 + MODEL_MAX_METRICS] = {0};
    if (!pass_init(&pass, model, chunk, err))
        return false;
    bool ok = true;
    for (int64_t i = 0; ok && i < samples->count; i += chunk) {
        int64_t rows = samples->count - i < chunk ? samples->count - i : chunk;
        const float *y = pass_forward(
            &pass, rows, samples_inputs(samples, NULL, i, rows, pass.input));
        struct targets targets =
            samples_targets(samples, NULL, i, rows, pass.targets);
        model_add_sums(model, rows, y, targets, sums);
        ok = interrupt_check(err);
    }
    pass_done(&pass);
    for (int k = 0; ok && k <= model->metric_count; k++)
        ret[k] = sums[k] / (double)samples->count;
    return ok;
}
