/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn/train.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "base/interrupt.h"
#include "nn/denormals.h"
#include "nn/pace.h"
#include "tensor/parallel.h"

/* Made once; steady training allocates nothing. */
struct train_buffers {
    struct pass pass;
    struct storage *storage;
    struct way_back way_back;
};

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static int64_t batches(const struct trainer *trainer)
{
    int64_t all = (trainer->samples.count + trainer->options.batch_size - 1) /
                  trainer->options.batch_size;
    int64_t wanted = trainer->options.epoch_steps;
    return wanted > 0 && wanted < all ? wanted : all;
}

/* Samples of the first COUNT batches. */
static int64_t samples_in(const struct trainer *trainer, int64_t count)
{
    int64_t samples = count * trainer->options.batch_size;
    return samples < trainer->samples.count ? samples : trainer->samples.count;
}

/* -------------------------------------------------------------- buffers */

static int64_t widest_layer(const struct model *model)
{
    int64_t widest = 1;
    for (size_t i = 0; i < model->layer_count; i++)
        if (model->layers[i]->outputs > widest)
            widest = model->layers[i]->outputs;
    return widest;
}

static struct train_buffers *buffers_new(const struct model *model,
                                         int64_t rows, struct error *err)
{
    struct train_buffers *buffers = xcalloc(1, sizeof *buffers);
    if (!pass_init(&buffers->pass, model, rows, err)) {
        free(buffers);
        return NULL;
    }
    int64_t gradient = (rows * widest_layer(model) + 15) / 16 * 16;
    int64_t floats = 2 * gradient + way_back_floats(model);
    buffers->storage = storage_new(floats * (int64_t)sizeof(float), err);
    if (!buffers->storage) {
        pass_done(&buffers->pass);
        free(buffers);
        return NULL;
    }
    float *memory = (float *)(void *)buffers->storage->bytes;
    buffers->way_back = (struct way_back){buffers->pass.batches,
                                          {memory, memory + gradient},
                                          memory + 2 * gradient,
                                          false,
                                          false};
    return buffers;
}

static void buffers_free(struct train_buffers *buffers)
{
    if (!buffers)
        return;
    pass_done(&buffers->pass);
    storage_unref(buffers->storage);
    free(buffers);
}

/* -------------------------------------------------------------- trainer */

static bool check_options(const struct samples *samples,
                          struct train_options options, struct error *err)
{
    if (samples->count == 0)
        return error_set(err, ERROR_VALUE, "there are no samples to train on");
    if (options.epochs < 1)
        return error_set(err, ERROR_VALUE, "epochs must be at least 1, got %d",
                         options.epochs);
    if (options.batch_size < 1) {
        error_set(err, ERROR_VALUE,
                  "batch_size must be at least 1, got %" PRId64,
                  options.batch_size);
        error_hint(err, "batch_size=128");
        return false;
    }
    return true;
}

struct trainer *trainer_new(struct model *model, const struct samples *samples,
                            const struct samples *validation,
                            struct train_options options, const struct rng *rng,
                            struct error *err)
{
    if (!model_check_compiled(model, err) ||
        !check_options(samples, options, err))
        return NULL;
    if (options.batch_size > samples->count)
        options.batch_size = samples->count;
    struct train_buffers *buffers = buffers_new(model, options.batch_size, err);
    if (!buffers)
        return NULL;
    struct trainer *trainer = xcalloc(1, sizeof *trainer);
    trainer->model = model_ref(model);
    trainer->options = options;
    trainer->buffers = buffers;
    trainer->rng = *rng;
    trainer->epoch = options.first_epoch;
    trainer->samples = samples_slice(samples, 0, samples->count);
    if (validation)
        trainer->validation = samples_slice(validation, 0, validation->count);
    trainer->history = history_new(model, trainer->validation.count > 0);
    trainer->order = xcalloc((size_t)samples->count, sizeof *trainer->order);
    if (model_prepare_optimizer(model, err))
        return trainer;
    trainer_free(trainer);
    return NULL;
}

void trainer_free(struct trainer *trainer)
{
    if (!trainer)
        return;
    buffers_free(trainer->buffers);
    samples_done(&trainer->samples);
    samples_done(&trainer->validation);
    history_unref(trainer->history);
    model_unref(trainer->model);
    free(trainer->order);
    free(trainer);
}

/* ------------------------------------------------------------ one batch */

/* Makes sure that steps are seen by nobody who took a weight's value. */
static bool unshare_weights(const struct model *model, struct error *err)
{
    for (size_t i = 0; i < model->layer_count; i++)
        for (int k = 0; k < model->layers[i]->weight_count; k++)
            if (!variable_writable(model->layers[i]->weights[k], err))
                return false;
    return true;
}

/* Forward, back and a step with those of SAMPLES that ORDER names. */
static bool step_batch(struct train_buffers *buffers, struct model *model,
                       const struct samples *samples, const uint32_t *order,
                       int64_t rows, struct rng *rng, struct totals *totals,
                       struct error *err)
{
    struct pass *pass = &buffers->pass;
    if (!unshare_weights(model, err))
        return false;
    const float *input = samples_inputs(samples, order, 0, rows, pass->input);
    struct targets targets =
        samples_targets(samples, order, 0, rows, pass->targets);
    const float *y = pass_forward(pass, rows, input, rng);
    totals_add(totals, model, rows, y, targets);

    bool fused =
        loss_is_fused(&model->loss, model_last(model)->settings.activation);
    loss_gradient(&model->loss, fused, rows * model_positions(model),
                  model_columns(model), y, targets,
                  buffers->way_back.gradients[0]);
    optimizer_begin(model->optimizer);
    model_backward(model, &buffers->way_back, fused);
    return model_check(model, err);
}

static bool train_batch(struct trainer *trainer, struct error *err)
{
    int64_t first = trainer->batch * trainer->options.batch_size;
    int64_t rows = samples_in(trainer, trainer->batch + 1) - first;
    bool ok = step_batch(trainer->buffers, trainer->model, &trainer->samples,
                         trainer->order + first, rows, &trainer->rng,
                         &trainer->totals, err);
    trainer->batch += ok;
    return ok;
}

bool model_train_batch(struct model *model, const struct samples *samples,
                       struct rng *rng, double *ret, struct error *err)
{
    struct totals totals = {0};
    if (!model_check_compiled(model, err) ||
        !model_prepare_optimizer(model, err))
        return false;
    struct train_buffers *buffers = buffers_new(model, samples->count, err);
    bool ok = buffers && step_batch(buffers, model, samples, NULL,
                                    samples->count, rng, &totals, err);
    buffers_free(buffers);
    if (ok)
        totals_results(&totals, model, ret);
    return ok;
}

/* ------------------------------------------------------------ the epochs */

/* Fisher and Yates, from the last to the first. */
static void shuffle(struct trainer *trainer)
{
    uint32_t *order = trainer->order;
    int64_t count = trainer->samples.count;
    for (int64_t i = 0; i < count; i++)
        order[i] = (uint32_t)i;
    if (!trainer->options.shuffle)
        return;
    for (int64_t i = count - 1; i > 0; i--) {
        uint64_t other = rng_interval(&trainer->rng, (uint64_t)i);
        uint32_t swap = order[i];
        order[i] = order[other];
        order[other] = swap;
    }
}

struct run {
    struct trainer *trainer;
    train_observer *observer;
    void *context;
    double started; /* of this epoch, the time before a stop left out */
    bool stopping;  /* after the batch in hand */
    struct pace pace;
};

/* What the last batch left of the first layer. */
static const float *first_gradient(const struct trainer *trainer)
{
    const struct layer *first = model_first_learning(trainer->model);
    const struct way_back *way = &trainer->buffers->way_back;
    bool has_one = way->has_last && first && layer_learns(first, 0);
    return has_one ? way->weight_gradients : NULL;
}

/* False when the observer wants to stop.  VALUES: validation's too, or NULL
   for the running means. */
static bool tell(const struct run *run, enum train_event_kind kind,
                 const double *values)
{
    const struct trainer *trainer = run->trainer;
    const struct history *history = trainer->history;
    int own = 1 + trainer->model->metric_count;
    double means[1 + MODEL_MAX_METRICS];
    if (!run->observer)
        return true;
    totals_results(&trainer->totals, trainer->model, means);
    bool in_epoch = trainer->epoch < trainer->options.epochs;
    struct train_event event = {
        .kind = kind,
        .epoch = trainer->epoch + in_epoch,
        .epochs = trainer->options.epochs,
        .batch = trainer->batch,
        .batches = batches(trainer),
        .sample = samples_in(trainer, trainer->batch),
        .samples = samples_in(trainer, batches(trainer)),
        .value_count = values ? history->series_count : own,
        .names = (const char *const *)history->names,
        .values = values ? values : means,
        .rate = trainer->model->optimizer->settings[0],
        .seconds = now() - run->started,
        .model = trainer->model,
        .gradient = first_gradient(trainer),
        .keeps_gradient = &trainer->buffers->way_back.keeps_last,
    };
    return run->observer(run->context, &event);
}

/* To the end of the epoch, or until somebody wants to stop. */
static bool run_batches(struct run *run, struct error *err)
{
    struct trainer *trainer = run->trainer;
    int64_t count = batches(trainer);
    while (trainer->batch < count && !run->stopping) {
        double begun = now();
        if (!train_batch(trainer, err))
            return false;
        pace_batch(&run->pace, now() - begun);
        run->stopping = !tell(run, TRAIN_BATCH, NULL);
        if (interrupt_pending()) {
            interrupt_clear();
            trainer->interrupted = run->stopping = true;
        }
    }
    return true;
}

static bool end_epoch(struct run *run, struct error *err)
{
    struct trainer *trainer = run->trainer;
    int own = 1 + trainer->model->metric_count;
    double values[HISTORY_MAX_SERIES] = {0};
    totals_results(&trainer->totals, trainer->model, values);
    if (trainer->validation.count > 0 &&
        !model_evaluate(trainer->model, &trainer->validation, values + own,
                        err))
        return false;
    history_append(trainer->history, values);
    run->stopping |= !tell(run, TRAIN_EPOCH_END, values);
    trainer->epoch++;
    trainer->batch = 0;
    trainer->seconds = 0.0;
    trainer->totals = (struct totals){0};
    return true;
}

static enum train_status run_epochs(struct run *run, struct error *err)
{
    struct trainer *trainer = run->trainer;
    trainer->interrupted = false;
    while (trainer->epoch < trainer->options.epochs && !run->stopping) {
        run->started = now() - trainer->seconds;
        run->stopping |=
            !tell(run, TRAIN_EPOCH_BEGIN, NULL); /* who saves it now… */
        if (trainer->batch == 0 && !run->stopping)
            shuffle(trainer); /* … comes by here again, and who stops now */
        if (!run_batches(run, err) ||
            (trainer->batch == batches(trainer) && !end_epoch(run, err)))
            return TRAIN_FAILED;
    }
    if (trainer->batch > 0)
        trainer->seconds = now() - run->started;
    bool done = trainer->epoch == trainer->options.epochs;
    tell(run, done ? TRAIN_END : TRAIN_STOP, NULL);
    return done ? TRAIN_DONE : TRAIN_STOPPED;
}

enum train_status trainer_run(struct trainer *trainer, train_observer *observer,
                              void *context, struct error *err)
{
    struct run run = {
        .trainer = trainer, .observer = observer, .context = context};
    struct denormals denormals;
    bool has_pool = parallel_claim();
    denormals_flush(&denormals);
    pace_begin(&run.pace);
    enum train_status status = run_epochs(&run, err);
    pace_end();
    if (has_pool)
        parallel_release();
    parallel_rest();
    denormals_restore(&denormals);
    return status;
}
