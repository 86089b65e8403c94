/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where the time of an epoch goes.  The ways through the layers are timed in
 * a training; what is small beside them is timed alone, on the same batches.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tests/bench/bench.h"
#include "tests/bench/training.h"

enum part { GATHER, FORWARD, BACKWARD, ACTIVATE, ACTIVATE_BACK, LOSS, PARTS };

struct epoch_parts {
    int epochs;
    double whole[EPOCHS], seconds[PARTS][EPOCHS];
};

/* -------------------------------------------------------- in a training */

/* Seconds in this epoch: what a layer calls gets no context. */
static double forward_seconds, backward_seconds;

static void timed_forward(const struct layer *layer,
                          const struct layer_batch *batch)
{
    double start = bench_seconds();
    layer_dense.forward(layer, batch);
    forward_seconds += bench_seconds() - start;
}

static void timed_backward(const struct layer *layer,
                           const struct layer_batch *batch, bool fused,
                           float *gradient, float *const *weight_gradients,
                           float *input_gradient)
{
    double start = bench_seconds();
    layer_dense.backward(layer, batch, fused, gradient, weight_gradients,
                         input_gradient);
    backward_seconds += bench_seconds() - start;
}

static bool note_epoch(void *context, const struct train_event *event)
{
    struct epoch_parts *parts = context;

    if (event->kind == TRAIN_EPOCH_BEGIN)
        forward_seconds = backward_seconds = 0;
    if (event->kind == TRAIN_EPOCH_END) {
        parts->whole[parts->epochs] = event->seconds;
        parts->seconds[FORWARD][parts->epochs] = forward_seconds;
        parts->seconds[BACKWARD][parts->epochs++] = backward_seconds;
    }
    return true;
}

static void time_training(struct training *training, struct epoch_parts *parts)
{
    struct layer_type timed = layer_dense;
    timed.forward = timed_forward;
    timed.backward = timed_backward;
    struct model *model = training->model;
    for (size_t i = 0; i < model->layer_count; i++)
        if (model->layers[i]->type == &layer_dense)
            model->layers[i]->type = &timed;
    training_run(training, note_epoch, parts);
    for (size_t i = 0; i < model->layer_count; i++)
        if (model->layers[i]->type == &timed)
            model->layers[i]->type = &layer_dense;
}

/* ---------------------------------------------------------------- alone */

/* Adds the seconds since *START to *PART, and starts anew. */
static void lap(double *start, double *part)
{
    double now = bench_seconds();
    *part += now - *start;
    *start = now;
}

static float *new_gradient(const struct model *model, struct storage **storage)
{
    struct error err = ERROR_INIT;
    int64_t widest = 0;
    for (size_t i = 0; i < model->layer_count; i++)
        if (model->layers[i]->outputs > widest)
            widest = model->layers[i]->outputs;
    *storage = storage_new(BATCH * widest * (int64_t)sizeof(float), &err);
    if (!*storage)
        bench_give_up("a gradient", &err);
    memset((*storage)->bytes, 0, (size_t)(BATCH * widest) * sizeof(float));
    return (float *)(void *)(*storage)->bytes;
}

static void activate(const struct model *model, int64_t rows,
                     const struct pass *pass)
{
    for (size_t i = 0; i < model->layer_count; i++) {
        const struct layer *layer = model->layers[i];
        activation_forward(layer->settings.activation, rows, layer->outputs,
                           layer_weight(layer, 1), pass->batches[i].output,
                           NULL);
    }
}

/* The last one's way back is part of the loss. */
static void activate_back(const struct model *model, int64_t rows,
                          const struct pass *pass, float *gradient)
{
    for (size_t i = 0; i + 1 < model->layer_count; i++) {
        const struct layer *layer = model->layers[i];
        activation_backward(layer->settings.activation, rows, layer->outputs,
                            pass->batches[i].output, gradient);
    }
}

static void batch_alone(const struct training *training, struct pass *pass,
                        const uint32_t *order, int64_t rows, float *gradient,
                        double *seconds)
{
    const struct model *model = training->model;
    struct totals totals = {0};
    double start = bench_seconds(), others = 0;
    const float *input =
        samples_inputs(&training->samples, order, 0, rows, pass->input);
    struct targets targets =
        samples_targets(&training->samples, order, 0, rows, pass->targets);
    lap(&start, &seconds[GATHER]);
    const float *y = pass_forward(pass, rows, input, NULL);
    lap(&start, &others);
    totals_add(&totals, model, rows, y, targets);
    loss_gradient(&model->loss, true, rows, model_columns(model), y, targets,
                  gradient);
    lap(&start, &seconds[LOSS]);
    activate(model, rows, pass);
    lap(&start, &seconds[ACTIVATE]);
    activate_back(model, rows, pass, gradient);
    lap(&start, &seconds[ACTIVATE_BACK]);
}

/* Every batch of the order that the training ended with. */
static void time_alone(const struct training *training,
                       struct epoch_parts *parts)
{
    struct error err = ERROR_INIT;
    struct pass pass;
    struct storage *storage;
    int64_t count = training->samples.count;
    float *gradient = new_gradient(training->model, &storage);
    if (!pass_init(&pass, training->model, BATCH, &err))
        bench_give_up("a batch", &err);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
        double seconds[PARTS] = {0};
        for (int64_t i = 0; i < count; i += BATCH)
            batch_alone(training, &pass, training->trainer->order + i,
                        count - i < BATCH ? count - i : BATCH, gradient,
                        seconds);
        for (int i = 0; i < PARTS; i++)
            if (i != FORWARD && i != BACKWARD)
                parts->seconds[i][epoch] = seconds[i];
    }
    pass_done(&pass);
    storage_unref(storage);
}

/* ------------------------------------------------------------ the report */

static void print_part(const char *what, double seconds, double whole)
{
    printf("    %-36s %8.3f s %5.0f %%\n", what, seconds,
           100 * seconds / whole);
}

static void print_parts(const char *const *names, const double *seconds,
                        double whole)
{
    double rest = whole;
    printf("where an epoch of ours goes\n");
    for (int i = 0; i < PARTS; i++) {
        print_part(names[i], seconds[i], whole);
        rest -= seconds[i];
    }
    print_part("the rest", fmax(rest, 0), whole);
}

void bench_parts(struct tensor *const *digits)
{
    static const char *const names[PARTS] = {
        "gathering the batches",
        "products forward",
        "products backward, optimizer's steps",
        "activations forward, with biases",
        "activations backward",
        "loss and accuracy"};
    struct training training;
    struct epoch_parts parts = {0};
    double medians[PARTS];

    training_begin(&training, digits, 1);
    time_training(&training, &parts);
    time_alone(&training, &parts);
    training_end(&training);
    for (int i = 0; i < PARTS; i++)
        medians[i] = bench_median(parts.seconds[i], EPOCHS);
    medians[FORWARD] -= medians[ACTIVATE];
    medians[BACKWARD] -= medians[ACTIVATE_BACK];
    print_parts(names, medians, bench_median(parts.whole, EPOCHS));
}
