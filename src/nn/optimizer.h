/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a step does with a gradient.  An optimizer type is a row; an optimizer
 * is a row with settings, and with the slots (running means, velocities) that
 * it keeps for each weight of one model.
 */
#ifndef NN_OPTIMIZER_H
#define NN_OPTIMIZER_H

#include "nn/named.h"
#include "autograd/variable.h"

enum { OPTIMIZER_MAX_SETTINGS = 4, OPTIMIZER_MAX_SLOTS = 2 };

struct optimizer_setting {
    const char *name; /* NULL ends the list */
    double value;     /* the default */
};

struct optimizer_type {
    struct named named;
    const char *class_name; /* "RMSprop" */
    int slots;              /* for each weight, zero at first */
    /* The first one is always the learning rate. */
    struct optimizer_setting settings[OPTIMIZER_MAX_SETTINGS + 1];
    /* One pass over N weights W with gradient G. */
    void (*step)(const double *settings, int64_t iteration, int64_t n, float *w,
                 const float *g, float *const *slots);
};

extern const struct optimizer_type optimizer_types[];

const struct optimizer_type *optimizer_type_find(const char *name,
                                                 struct error *err);

struct optimizer {
    int refs;
    const struct optimizer_type *type;
    double settings[OPTIMIZER_MAX_SETTINGS];
    int64_t iterations; /* steps done */
    int weights;
    struct tensor **slots; /* weights * type->slots, or NULL before */
};

struct optimizer *optimizer_new(const struct optimizer_type *type);
struct optimizer *optimizer_ref(struct optimizer *optimizer);
void optimizer_unref(struct optimizer *optimizer); /* NULL is fine */

/* A copy, slots and all; NULL with MemoryError. */
struct optimizer *optimizer_clone(const struct optimizer *optimizer,
                                  struct error *err);

/* The setting called NAME ("lr" is the learning rate), or NULL. */
double *optimizer_setting(struct optimizer *optimizer, const char *name);

/* Makes the slots for these weights unless they fit already. */
bool optimizer_prepare(struct optimizer *optimizer, int weights,
                       struct variable *const *weight, struct error *err);

/* Before the steps of one batch. */
void optimizer_begin(struct optimizer *optimizer);

/* Changes weight number INDEX by its GRADIENT, threaded.  WEIGHT is its
   tensor, with nobody else to see it (variable_writable()). */
void optimizer_step(struct optimizer *optimizer, int index,
                    struct tensor *weight, const float *gradient);

#endif
