/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The training loop.  It prints and draws nothing: after every batch it tells
 * an observer how things stand, and goes on unless told to stop.  A trainer
 * that was stopped, by its observer or by Ctrl-C, holds all there is to know
 * (epoch, batch, order of the samples, random state; the optimizer's slots
 * are with the model), so that running it again ends at the same weights, bit
 * for bit, as if it had never stopped.
 */
#ifndef NN_TRAIN_H
#define NN_TRAIN_H

#include "nn/backward.h"
#include "nn/history.h"
#include "nn/pass.h"
#include "tensor/random.h"

enum train_event_kind {
    TRAIN_EPOCH_BEGIN,
    TRAIN_BATCH, /* after it */
    TRAIN_EPOCH_END,
    TRAIN_STOP, /* before the end: trainer_run() returns */
    TRAIN_END,
    TRAIN_EVALUATED /* by evaluate(), not while training */
};

/* Everything is borrowed and valid during the call only. */
struct train_event {
    enum train_event_kind kind;
    int epoch, epochs;      /* from 1 */
    int64_t batch, batches; /* done in this epoch */
    int64_t sample, samples;
    int value_count; /* loss and metrics so far in this epoch; at its */
    const char *const *names; /* end those of the validation samples, too */
    const double *values;
    double rate;
    double seconds; /* in this epoch */
    int verbose;    /* fit()'s: 1 a line that grows, 2 one an epoch;
                       0: not fit() */
    const struct model *model; /* NULL: steps are those of a program */
    /* By the last batch, of the first weight of the first layer that learns;
       NULL before there was one, when that weight does not learn, and unless
       an observer has asked the batches from the next one on to keep theirs:
       that costs a little. */
    const float *gradient;
    bool *keeps_gradient;
};

/* False: stop after this batch, or this epoch. */
typedef bool train_observer(void *context, const struct train_event *event);

struct train_options {
    int epochs;
    int64_t batch_size;
    bool shuffle;
    int first_epoch;     /* epochs that count as done before */
    int64_t epoch_steps; /* batches of an epoch; 0: all */
};

enum train_status { TRAIN_DONE, TRAIN_STOPPED, TRAIN_FAILED };

struct trainer {
    struct model *model;
    struct train_options options;
    struct samples samples, validation; /* validation.count 0: none */
    struct history *history;
    struct rng rng;
    int epoch;        /* completed epochs */
    int64_t batch;    /* completed batches of the current one */
    bool interrupted; /* the last stop was Ctrl-C's */

    /* inside */
    uint32_t *order;
    struct totals totals; /* of this epoch */
    double seconds;
    struct train_buffers *buffers;
};

/* One step on all SAMPLES as one batch: for model.train_on_batch().  RET: loss
   and metrics before the step. */
bool model_train_batch(struct model *model, const struct samples *samples,
                       struct rng *rng, double *ret, struct error *err);

/* SAMPLES and VALIDATION (NULL: none) get references of their own; RNG is
   copied: it decides the order of the samples.  The model must be compiled
   and built.  NULL with ValueError or MemoryError. */
struct trainer *trainer_new(struct model *model, const struct samples *samples,
                            const struct samples *validation,
                            struct train_options options, const struct rng *rng,
                            struct error *err);
void trainer_free(struct trainer *trainer); /* NULL is fine */

/* From where it stands to the last epoch.  OBSERVER may be NULL. */
enum train_status trainer_run(struct trainer *trainer, train_observer *observer,
                              void *context, struct error *err);

#endif
