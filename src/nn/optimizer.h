/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a step does with a gradient.  An optimizer type is a row; an optimizer
 * is a row with settings, and with the slots (running means, velocities) that
 * it keeps for each weight of one model.
 */
#ifndef NN_OPTIMIZER_H
#define NN_OPTIMIZER_H

#include "autograd/variable.h"
#include "nn/block.h"
#include "nn/named.h"

enum { OPTIMIZER_MAX_SETTINGS = 8, OPTIMIZER_MAX_SLOTS = 3, OPTIMIZER_NOW = 4 };

struct number_setting; /* nn/setting.h */

struct optimizer_type {
    struct named named;
    const char *class_name; /* "RMSprop" */
    int slots;              /* for each weight */
    /* The first one is always the learning rate, the last three the limits on
       gradients: clipnorm, clipvalue and global_clipnorm. */
    const struct number_setting *settings;
    /* NOW: what the steps of batch number ITERATION (from 1) have in common.
       NULL: nothing. */
    void (*begin)(const double *settings, int64_t iteration, double *now);
    /* One pass over a block of weights that begins at W; its gradient, at G. */
    void (*step)(const double *settings, const double *now, struct block block,
                 float *w, const float *g, float *const *slots);
    /* The setting that its slots are filled with at first, else zeros. */
    const char *slot_start;
    /* With such settings only the first slot is needed; NULL: never. */
    bool (*is_plain)(const double *settings);
};

extern const struct optimizer_type optimizer_types[];

const struct optimizer_type *optimizer_type_find(const char *name,
                                                 struct error *err);

/* A learning rate that changes from step to step; a type is a row. */
enum { SCHEDULE_MAX_SETTINGS = 5 };

struct schedule_type {
    struct named named; /* "ExponentialDecay" */
    const struct number_setting *settings;
    /* The learning rate of the step after STEP others. */
    double (*rate)(const double *settings, double step);
};

extern const struct schedule_type schedule_types[];

struct schedule {
    const struct schedule_type *type; /* NULL: none */
    double settings[SCHEDULE_MAX_SETTINGS];
};

struct optimizer {
    int refs;
    const struct optimizer_type *type;
    struct schedule schedule;
    double settings[OPTIMIZER_MAX_SETTINGS];
    int64_t iterations; /* steps done */
    double now[OPTIMIZER_NOW];
    int weights;
    int slot_count;        /* of each weight */
    struct tensor **slots; /* weights * slot_count, or NULL before */

    /* Those that optimizer_apply() has met, in the order of the slots. */
    int known_count;
    struct variable **known;
};

/* Its learning rate unless another one is set. */
double optimizer_type_rate(const struct optimizer_type *type);

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

/* Does a step need the gradients of all weights (global_clipnorm)? */
bool optimizer_waits(const struct optimizer *optimizer);

/* Shrinks GRADIENT as those are whose SQUARES add up to so much. */
void optimizer_limit(const struct optimizer *optimizer, double squares,
                     int64_t n, float *gradient);
double sum_of_squares(int64_t n, const float *gradient);

/* Before the steps of one batch. */
void optimizer_begin(struct optimizer *optimizer);

/* Changes weight number INDEX by its GRADIENT, which may be overwritten,
   threaded.  WEIGHT is its tensor, with nobody else to see it
   (variable_writable()). */
void optimizer_step(struct optimizer *optimizer, int index,
                    struct tensor *weight, float *gradient);

/* The same for a part of the weight by the part's GRADIENT; on the calling
   thread.  Only where optimizer_steps_in_pieces(): not when
   the length of the gradient is limited. */
void optimizer_step_piece(const struct optimizer *optimizer, int index,
                          struct tensor *weight, const float *gradient,
                          struct block block);
bool optimizer_steps_in_pieces(const struct optimizer *optimizer);

/*
 * One step with COUNT GRADIENTS of as many float32 VARIABLES, whose slots are
 * kept from call to call; NULL gradients leave theirs alone.  ValueError
 * names a variable whose gradient has another shape.
 */
bool optimizer_apply(struct optimizer *optimizer, int count,
                     struct tensor *const *gradients,
                     struct variable *const *variables, struct error *err);

#endif
