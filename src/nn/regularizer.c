/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn/regularizer.h"

#include <math.h>

#include "tensor/parallel.h"

double regularizer_penalty(struct regularizer regularizer, int64_t n,
                           const float *w)
{
    double absolute = 0.0, squares = 0.0;
    for (int64_t i = 0; i < n; i++) {
        absolute += fabs((double)w[i]);
        squares += (double)w[i] * (double)w[i];
    }
    return regularizer.l1 * absolute + regularizer.l2 * squares;
}

MULTI_TARGET
void regularizer_add_gradient(struct regularizer regularizer, int64_t n,
                              const float *w, float *gradient)
{
    float l1 = (float)regularizer.l1, l2 = (float)regularizer.l2;
    VECTOR_LOOP
    for (int64_t i = 0; i < n; i++) {
        float sign = w[i] > 0.0f ? l1 : w[i] < 0.0f ? -l1 : 0.0f;
        gradient[i] += sign + 2.0f * l2 * w[i];
    }
}
