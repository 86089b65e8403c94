/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A price on large weights: l1 * sum(|w|) + l2 * sum(w^2). */
#ifndef NN_REGULARIZER_H
#define NN_REGULARIZER_H

#include <stdint.h>

struct regularizer {
    double l1, l2; /* both 0: none */
};

double regularizer_penalty(struct regularizer regularizer, int64_t n,
                           const float *w);

/* Adds the penalty's derivative to GRADIENT. */
void regularizer_add_gradient(struct regularizer regularizer, int64_t n,
                              const float *w, float *gradient);

#endif
