/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What weights are before the first step.  A type is a row; an initializer is
 * a row with settings.
 */
#ifndef NN_INITIALIZER_H
#define NN_INITIALIZER_H

#include "nn/named.h"
#include "tensor/random.h"

enum { INITIALIZER_MAX_SETTINGS = 3 };

struct initializer;
struct number_setting; /* nn/setting.h */

struct initializer_type {
    struct named named;     /* "glorot_uniform" */
    const char *class_name; /* "GlorotUniform" */
    const struct number_setting *settings;
    /* The N numbers of a weight between FAN_IN inputs and FAN_OUT outputs. */
    void (*fill)(const struct initializer *initializer, struct rng *rng,
                 double fan_in, double fan_out, int64_t n, float *value);
    double scale; /* of the variance */
};

struct initializer {
    const struct initializer_type *type;
    double settings[INITIALIZER_MAX_SETTINGS];
};

extern const struct initializer_type initializer_types[];

struct initializer initializer_new(const struct initializer_type *type);

/* By its name, with the defaults. */
bool initializer_find(const char *name, struct initializer *ret,
                      struct error *err);

/* Draws from RNG, or from a generator of its own when it has a seed. */
void initializer_fill(const struct initializer *initializer, struct rng *rng,
                      double fan_in, double fan_out, int64_t n, float *value);

#endif
