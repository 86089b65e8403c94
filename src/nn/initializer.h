/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What weights are before the first step. */
#ifndef NN_INITIALIZER_H
#define NN_INITIALIZER_H

#include "nn/named.h"
#include "tensor/random.h"

struct initializer {
    struct named named;
    /* The N numbers of a weight between FAN_IN inputs and FAN_OUT outputs. */
    void (*fill)(const struct initializer *initializer, struct rng *rng,
                 int64_t fan_in, int64_t fan_out, int64_t n, float *value);
    double scale; /* of the variance; of the constant */
};

extern const struct initializer initializers[];

const struct initializer *initializer_find(const char *name, struct error *err);

#endif
