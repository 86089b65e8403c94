/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Softmax, cross-entropies and choices, with what they make of a gradient:
 * each in one pass over memory.  Functions of one row are for others' loops,
 * too; tensors are float32, or else become float64.
 */
#ifndef TENSOR_NEURAL_H
#define TENSOR_NEURAL_H

#include "tensor/tensor.h"

/* ------------------------------------------------------ one row of float32 */

/* exp(x) / sum(exp(x)), the largest taken off first; Y may be X. */
void softmax_row(int64_t columns, const float *x, float *y);
/* dL/dx_i = y_i (dL/dy_i - sum_j y_j dL/dy_j); RET may be GRADIENT. */
void softmax_row_gradient(int64_t columns, const float *y,
                          const float *gradient, float *ret);

/* A probability kept within [1e-7, 1 - 1e-7]: Keras's epsilon. */
double crossentropy_clip(double p);

/* Of a row of probabilities (divided by their sum) against TARGET, or when
   that is NULL against the class LABEL; times SCALE its derivative by y. */
double crossentropy_row(int64_t columns, const float *y, const float *target,
                        int64_t label);
void crossentropy_row_gradient(int64_t columns, const float *y,
                               const float *target, int64_t label, float scale,
                               float *ret);

/* -------------------------------------------------------------- of tensors */

/* Softmax, or its logarithm, along AXIS (not negative); owned. */
struct tensor *tensor_softmax(struct tensor *x, int axis, bool logarithm,
                              struct error *err);
/* From its result Y and the gradient of that, shaped alike. */
struct tensor *tensor_softmax_gradient(struct tensor *y,
                                       struct tensor *gradient, int axis,
                                       bool logarithm, struct error *err);

enum crossentropy {
    CROSSENTROPY_CATEGORICAL, /* targets shaped as the output */
    CROSSENTROPY_SPARSE,      /* class numbers, one a row */
    CROSSENTROPY_BINARY       /* targets shaped as the output */
};

/* One number for each row (along the last axis) of OUTPUT: probabilities, or
   with LOGITS what softmax or sigmoid would make them of.  ValueError when
   the shapes do not fit or a class number is none. */
struct tensor *tensor_crossentropy(enum crossentropy kind, bool logits,
                                   struct tensor *target,
                                   struct tensor *output, struct error *err);
/* Shaped as OUTPUT, from the gradient of each row's number. */
struct tensor *tensor_crossentropy_gradient(enum crossentropy kind,
                                            bool logits, struct tensor *target,
                                            struct tensor *output,
                                            struct tensor *gradient,
                                            struct error *err);

/* Of maximum(X, OTHER), or minimum: GRADIENT where X is chosen, half of it
   where both are, else 0; shaped as GRADIENT, to which the two broadcast. */
struct tensor *tensor_extreme_gradient(struct tensor *x, struct tensor *other,
                                       struct tensor *gradient, bool maximum,
                                       struct error *err);

#endif
