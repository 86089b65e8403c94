/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Activations, in place on the rows of a product's result.  Most of them have
 * a derivative that can be told from the output alone; for the others the
 * input is kept.
 */
#ifndef NN_ACTIVATION_H
#define NN_ACTIVATION_H

#include <stdbool.h>
#include <stdint.h>

#include "nn/named.h"

struct activation {
    struct named named;
    /* y = f(z) for one row, in place. */
    void (*forward)(int64_t columns, float *row);
    /* dL/dz from dL/dy for one row, in place; Y is what forward() left, or z
       when the input is kept.  NULL: they are the same. */
    void (*backward)(int64_t columns, const float *y, float *gradient);
    bool keeps_input;
};

extern const struct activation activations[];

const struct activation *activation_find(const char *name, struct error *err);

/* y = f(z + bias) for all rows, threaded; BIAS may be NULL.  KEPT (rows x
   columns) gets the input of one that keeps it. */
void activation_forward(const struct activation *activation, int64_t rows,
                        int64_t columns, const float *bias, float *z,
                        float *kept);

/* Y: the output, or what was kept. */
void activation_backward(const struct activation *activation, int64_t rows,
                         int64_t columns, const float *y, float *gradient);

/* Floats that KEPT needs. */
int64_t activation_kept(const struct activation *activation, int64_t rows,
                        int64_t columns);

#endif
