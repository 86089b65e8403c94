/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How far a network's output is from what it should be.  A type is a row; a
 * loss is a row with settings.
 */
#ifndef NN_LOSS_H
#define NN_LOSS_H

#include <stdint.h>

#include "nn/activation.h"

struct number_setting; /* nn/setting.h */

enum target_kind {
    TARGET_LABELS, /* one class number a sample */
    TARGET_VALUES, /* as many numbers a sample as the output has */
    TARGET_ANY     /* one or the other */
};

/* The targets of a batch: one of the first two is set. */
struct targets {
    const int32_t *labels;
    const float *values;
    const float *weights; /* of each sample; NULL: all 1 */
};

enum { LOSS_MAX_SETTINGS = 2 };

struct loss;
struct foreign; /* nn/foreign.h */

struct loss_type {
    struct named named;
    const char *class_name; /* "MeanSquaredError" */
    enum target_kind kind;
    const struct number_setting *settings;
    /* The loss of one sample, whose targets are VALUES or a LABEL. */
    double (*value)(const struct loss *loss, int64_t columns, const float *y,
                    const float *values, int32_t label);
    /* Its derivative by y, times SCALE. */
    void (*gradient)(const struct loss *loss, int64_t columns, const float *y,
                     const float *values, int32_t label, float scale,
                     float *gradient);
    /* When the last activation is the one of this name, the derivative by
       its input is simple and does not underflow: y - target. */
    const char *fused_with;
};

extern const struct loss_type loss_types[];

struct loss {
    const struct loss_type *type; /* NULL: none */
    double settings[LOSS_MAX_SETTINGS];
    struct foreign *foreign; /* who computes, when it is none of the types */
};

struct loss loss_new(const struct loss_type *type);

/* By its name, with the defaults. */
bool loss_find(const char *name, struct loss *ret, struct error *err);

/* Does it take the input of softmax or sigmoid (from_logits=True)? */
bool loss_from_logits(const struct loss *loss);

/* Is the derivative taken by the input of ACTIVATION? */
bool loss_is_fused(const struct loss *loss,
                   const struct activation *activation);

/* Sum of the losses of ROWS samples, each times its weight. */
double loss_sum(const struct loss *loss, int64_t rows, int64_t columns,
                const float *y, struct targets targets);

/* Derivative of the mean loss: by y, or when FUSED by the last activation's
   input. */
void loss_gradient(const struct loss *loss, bool fused, int64_t rows,
                   int64_t columns, const float *y, struct targets targets,
                   float *gradient);

#endif
