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
    float *input;    /* rows x inputs: where a batch is gathered */
    float *targets;  /* rows x outputs */
    float **outputs; /* of each layer; what has no forward shares its input */
};

bool pass_init(struct pass *pass, const struct model *model, int64_t rows,
               struct error *err);
void pass_done(struct pass *pass);

/* The output of the last layer for ROWS samples. */
const float *pass_forward(struct pass *pass, int64_t rows, const float *input);

/* Adds loss and metrics of ROWS samples to SUMS (1 + metric_count). */
void model_add_sums(const struct model *model, int64_t rows, const float *y,
                    struct targets targets, double *sums);

/* float32 (samples, outputs); KeyboardInterrupt when Ctrl-C came. */
struct tensor *model_predict(struct model *model, struct tensor *x,
                             struct error *err);

/* RET: the mean loss, then each metric.  SAMPLES must have targets. */
bool model_evaluate(struct model *model, const struct samples *samples,
                    double *ret, struct error *err);

#endif
