/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn/pass.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/interrupt.h"

enum { EVALUATE_ROWS = 500, FEWEST_ROWS = 32, EVALUATE_FLOATS = 1 << 23 };

/* Floats of SIZE a row, up to the next cache line; -1 when too many. */
static int64_t padded(int64_t rows, int64_t size)
{
    int64_t floats;
    if (!size_multiply(rows, size, &floats) || floats > INT64_MAX / 8)
        return -1;
    return (floats + 15) / 16 * 16;
}

static int64_t output_floats(const struct layer *layer, int64_t rows)
{
    return layer->type->forward ? padded(rows, layer->outputs) : 0;
}

static int64_t scratch_floats(const struct layer *layer, int64_t rows)
{
    return layer->type->scratch ? padded(1, layer->type->scratch(layer, rows))
                                : 0;
}

/* Adds FLOATS, which may be -1, to TOTAL. */
static bool add_floats(int64_t *total, int64_t floats)
{
    if (floats < 0 || *total > INT64_MAX / 8 - floats)
        return false;
    *total += floats;
    return true;
}

static int64_t floats_needed(const struct model *model, int64_t rows)
{
    int64_t total = 0;
    bool ok = add_floats(&total, padded(rows, model_inputs(model))) &&
              add_floats(&total, padded(rows, model_outputs(model) + 1));
    for (size_t i = 0; ok && i < model->layer_count; i++) {
        const struct layer *layer = model->layers[i];
        ok = add_floats(&total, output_floats(layer, rows)) &&
             add_floats(&total, scratch_floats(layer, rows));
    }
    return ok ? total : -1;
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
    next += padded(rows, model_outputs(model) + 1);
    pass->batches = xcalloc(model->layer_count, sizeof *pass->batches);
    for (size_t i = 0; i < model->layer_count; i++) {
        const struct layer *layer = model->layers[i];
        pass->batches[i].output = layer->type->forward ? next : NULL;
        next += output_floats(layer, rows);
        pass->batches[i].scratch = next;
        next += scratch_floats(layer, rows);
    }
    return true;
}

void pass_done(struct pass *pass)
{
    storage_unref(pass->storage);
    free(pass->batches);
    *pass = (struct pass){0};
}

const float *pass_forward(struct pass *pass, int64_t rows, const float *input,
                          struct rng *rng)
{
    const struct model *model = pass->model;
    for (size_t i = 0; i < model->layer_count; i++) {
        const struct layer *layer = model->layers[i];
        struct layer_batch *batch = &pass->batches[i];
        batch->rows = rows;
        batch->training = rng != NULL;
        batch->rng = rng;
        batch->input = input;
        if (!layer->type->forward)
            continue;
        layer->type->forward(layer, batch);
        input = batch->output;
    }
    return input;
}

static struct tensor *new_batch(int64_t rows, const struct sample_shape *shape,
                                struct error *err)
{
    int64_t dims[1 + SAMPLE_MAX_DIMS] = {rows};
    memcpy(dims + 1, shape->dims, (size_t)shape->ndim * sizeof *dims);
    return tensor_new(DTYPE_FLOAT32, 1 + shape->ndim, dims, err);
}

/* Rows that are evaluated at a time: what fits a few megabytes. */
static int64_t chunk_rows(const struct samples *samples,
                          const struct model *model)
{
    int64_t rows = EVALUATE_ROWS;
    while (rows > FEWEST_ROWS && floats_needed(model, rows) > EVALUATE_FLOATS)
        rows /= 2;
    return samples->count < rows ? samples->count : rows;
}

static bool predict_into(struct model *model, const struct samples *samples,
                         float *ret, struct error *err)
{
    struct pass pass;
    int64_t chunk = chunk_rows(samples, model), outputs = model_outputs(model);
    if (!pass_init(&pass, model, chunk, err))
        return false;
    bool ok = true;
    for (int64_t i = 0; ok && i < samples->count; i += chunk) {
        int64_t rows = samples->count - i < chunk ? samples->count - i : chunk;
        const float *y = pass_forward(
            &pass, rows, samples_inputs(samples, NULL, i, rows, pass.input),
            NULL);
        memcpy(ret + i * outputs, y, (size_t)(rows * outputs) * sizeof(float));
        ok = model_check(model, err) && interrupt_check(err);
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
    struct tensor *y =
        new_batch(samples.count, &model_last(model)->output, err);
    if (y && !predict_into(model, &samples, (float *)(void *)y->data, err)) {
        tensor_unref(y);
        y = NULL;
    }
    samples_done(&samples);
    return y;
}

void totals_add(struct totals *totals, const struct model *model, int64_t rows,
                const float *y, struct targets targets)
{
    int64_t columns = model_columns(model);
    int64_t positions = model_positions(model);
    totals->samples += (double)rows;
    totals->loss +=
        loss_sum(&model->loss, rows * positions, columns, y, targets) /
            (double)positions +
        (double)rows * model_penalty(model);
    for (int k = 0; k < model->metric_count; k++)
        (model->metrics[k].weighted ? metric_update_weighted : metric_update)(
            &model->metrics[k], rows * positions, columns, y, targets,
            totals->states[k]);
}

void totals_results(const struct totals *totals, const struct model *model,
                    double *ret)
{
    ret[0] = totals->samples > 0.0 ? totals->loss / totals->samples : 0.0;
    for (int k = 0; k < model->metric_count; k++)
        ret[1 + k] = metric_result(&model->metrics[k], totals->states[k]);
}

bool model_evaluate(struct model *model, const struct samples *samples,
                    double *ret, struct error *err)
{
    struct pass pass;
    int64_t chunk = chunk_rows(samples, model);
    struct totals totals = {0};
    if (!pass_init(&pass, model, chunk, err))
        return false;
    bool ok = true;
    for (int64_t i = 0; ok && i < samples->count; i += chunk) {
        int64_t rows = samples->count - i < chunk ? samples->count - i : chunk;
        const float *y = pass_forward(
            &pass, rows, samples_inputs(samples, NULL, i, rows, pass.input),
            NULL);
        totals_add(&totals, model, rows, y,
                   samples_targets(samples, NULL, i, rows, pass.targets));
        ok = model_check(model, err) && interrupt_check(err);
    }
    pass_done(&pass);
    if (ok)
        totals_results(&totals, model, ret);
    return ok;
}
