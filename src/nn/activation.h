/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Activations, in place on the rows of a product's result.  Every one of them
 * has a derivative that can be told from its output alone, so the input need
 * not be kept.
 */
#ifndef NN_ACTIVATION_H
#define NN_ACTIVATION_H

#include <stdint.h>

#include "nn/named.h"

struct activation {
    struct named named;
    /* y = f(z) for one row, in place. */
    void (*forward)(int64_t columns, float *row);
    /* dL/dz from dL/dy for one row, in place; Y is what forward() left.
       NULL: they are the same. */
    void (*backward)(int64_t columns, const float *y, float *gradient);
};

extern const struct activation activations[];

const struct activation *activation_find(const char *name, struct error *err);

/* y = f(z + bias) for all rows, threaded; BIAS may be NULL. */
void activation_forward(const struct activation *activation, int64_t rows,
                        int64_t columns, const float *bias, float *z);

void activation_backward(const struct activation *activation, int64_t rows,
                         int64_t columns, const float *y, float *gradient);

#endif
