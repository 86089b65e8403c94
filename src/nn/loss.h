/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far a network's output is from what it should be. */
#ifndef NN_LOSS_H
#define NN_LOSS_H

#include <stdint.h>

#include "nn/activation.h"

enum target_kind {
    TARGET_LABELS, /* one class number a sample */
    TARGET_VALUES  /* as many numbers a sample as the output has */
};

/* The targets of a batch: one of the two is set. */
struct targets {
    const int32_t *labels;
    const float *values;
};

struct loss {
    struct named named;
    enum target_kind kind;
    /* The loss of one sample. */
    double (*value)(int64_t columns, const float *y, const float *target,
                    int32_t label);
    /* Its derivative by y, times SCALE. */
    void (*gradient)(int64_t columns, const float *y, const float *target,
                     int32_t label, float scale, float *gradient);
    /* When the last activation is the one of this name, the derivative by
       its input is y - target, which is shorter and does not underflow. */
    const char *fused_with;
};

extern const struct loss losses[];

const struct loss *loss_find(const char *name, struct error *err);

/* Is the derivative taken by the input of ACTIVATION? */
bool loss_is_fused(const struct loss *loss,
                   const struct activation *activation);

/* Of one sample; metrics use them, too. */
double loss_squared(int64_t columns, const float *y, const float *target,
                    int32_t label);
double loss_absolute(int64_t columns, const float *y, const float *target,
                     int32_t label);

/* Sum of the losses of ROWS samples. */
double loss_sum(const struct loss *loss, int64_t rows, int64_t columns,
                const float *y, struct targets targets);

/* Derivative of the mean loss: by y, or when FUSED by the last activation's
   input. */
void loss_gradient(const struct loss *loss, bool fused, int64_t rows,
                   int64_t columns, const float *y, struct targets targets,
                   float *gradient);

#endif
