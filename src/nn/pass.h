/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Running a model: the buffers of one batch, allocated once and used for
 * every batch after, and the walk through the layers.
 */
#ifndef NN_PASS_H
#define NN_PASS_H

#include "nn/samples.h"

struct pass {
    const struct model *model; /* borrowed */
    int64_t rows;              /* capacity */
    struct storage *storage;
    float *input;   /* rows x inputs: where a batch is gathered */
    float *targets; /* rows x (outputs + 1): a weight each, too */
    /* One for each layer; what has no forward has no output. */
    struct layer_batch *batches;
};

bool pass_init(struct pass *pass, const struct model *model, int64_t rows,
               struct error *err);
void pass_done(struct pass *pass);

/* The output of the last layer for ROWS samples.  RNG is not NULL while
   training. */
const float *pass_forward(struct pass *pass, int64_t rows, const float *input,
                          struct rng *rng);

/* Loss and metrics of the samples so far. */
struct totals {
    double samples, loss;
    double states[MODEL_MAX_METRICS][METRIC_STATE];
};

/* Adds ROWS samples, whose outputs are Y. */
void totals_add(struct totals *totals, const struct model *model, int64_t rows,
                const float *y, struct targets targets);

/* RET: the mean loss, then each metric; zeros when there were no samples. */
void totals_results(const struct totals *totals, const struct model *model,
                    double *ret);

/* float32 (samples, outputs); KeyboardInterrupt when Ctrl-C came. */
struct tensor *model_predict(struct model *model, struct tensor *x,
                             struct error *err);

/* RET: the mean loss, then each metric.  SAMPLES must have targets. */
bool model_evaluate(struct model *model, const struct samples *samples,
                    double *ret, struct error *err);

#endif
