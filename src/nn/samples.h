/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Examples on their way into a model: checked against it once, then taken
 * batch by batch.  Images of unsigned bytes stay bytes and become float32 in
 * the batch only, so that a data set takes a quarter of the memory.
 */
#ifndef NN_SAMPLES_H
#define NN_SAMPLES_H

#include "nn/model.h"

struct samples {
    struct tensor *inputs;   /* owned; uint8 or float32, contiguous */
    struct tensor *expected; /* owned; int32 labels or float32 values; NULL
                                when there are no targets */
    struct tensor *weights;  /* owned; float32, one a sample; NULL: all 1 */
    int64_t first, count;    /* which of them */
    int64_t width;           /* numbers a sample */
    int64_t target_width;    /* 1 for labels */
    float divisor;           /* of unsigned bytes */
};

/* The shape of the samples in the batch X; ValueError when it is none. */
bool samples_shape(const struct tensor *x, struct sample_shape *ret,
                   struct error *err);

/* Builds the model by the shape of X when it is not yet built.  Y may be NULL.
   ValueErrors say which layer or loss does not fit, and what would. */
bool samples_init(struct samples *samples, struct model *model,
                  struct tensor *x, struct tensor *y, struct error *err);
void samples_done(struct samples *samples);

/* What each sample counts for in the loss: WEIGHTS has one number for each.
   ValueError when it has not. */
bool samples_set_weights(struct samples *samples, struct tensor *weights,
                         struct error *err);

/* COUNT of SAMPLES from FIRST on, sharing their memory. */
struct samples samples_slice(const struct samples *samples, int64_t first,
                             int64_t count);

/* The inputs of COUNT samples: those whose numbers are in ROWS, or, ROWS being
   NULL, those from FIRST on.  Into BUFFER (COUNT x width), or without a copy
   when they lie in memory as wanted. */
const float *samples_inputs(const struct samples *samples, const uint32_t *rows,
                            int64_t first, int64_t count, float *buffer);

/* Their targets; BUFFER has room for COUNT x (target_width + 1) floats. */
struct targets samples_targets(const struct samples *samples,
                               const uint32_t *rows, int64_t first,
                               int64_t count, float *buffer);

#endif
