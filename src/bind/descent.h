/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Gradient descent on a function of the learner's, step by step, as data: the
 * points it has been at, with what was known there.  Printing and drawing read
 * it.
 */
#ifndef BIND_DESCENT_H
#define BIND_DESCENT_H

#include "lang/lang.h"
#include "nn/optimizer.h"

enum { DESCENT_MAX_ARGUMENTS = 16 };

struct descent_point {
    double loss;
    /* For each argument, shaped as it; owned. */
    struct tensor **x, **gradients;
    struct tensor **velocities; /* what the step to here added */
    struct optimizer *optimizer; /* its state; NULL: plain descent */
};

struct descent {
    struct value function;
    int count;    /* of arguments */
    bool several; /* they were given as a tuple */
    double rate, momentum;
    const struct optimizer_type *type; /* NULL: v = momentum v - rate g,
                                          x += v, in the dtype of x */
    size_t point_count, capacity; /* one at least: where it began */
    struct descent_point *points;
};

/* OPTIMIZER is "sgd", "momentum" (sgd with 0.9 unless MOMENTUM is given, that
   is, not 0), or the name of a row in nn/optimizer.h, whose steps are in
   float32. */
struct descent_settings {
    double rate, momentum;
    const char *optimizer; /* NULL: "sgd" */
};

#define DESCENT_SETTINGS { 0.1, 0.0, NULL }

/* ValueError for a rate that is not above 0, a momentum outside [0, 1). */
bool descent_check_settings(const struct descent_settings *settings,
                            struct error *err);

/* Begins at START: a number, an array, or a tuple of them for a FUNCTION of
   several arguments.  Calls FUNCTION once.  NULL with FUNCTION's own error,
   TypeError when it does not give one number, ValueError for a setting. */
struct descent *descent_new(struct interp *interp, struct value function,
                            struct value start,
                            const struct descent_settings *settings,
                            struct error *err);
void descent_free(struct descent *descent); /* NULL is fine */

/* One step; FUNCTION is called where it leads to.  On failure it has not been
   made. */
bool descent_step(struct interp *interp, struct descent *descent,
                  struct error *err);
/* Undoes one; false at the beginning. */
bool descent_back(struct descent *descent);

const struct descent_point *descent_now(const struct descent *descent);

/* Is everything at POINT finite? */
bool descent_is_finite(const struct descent *descent,
                       const struct descent_point *point);

/* The points as one array, (steps + 1,) + x.shape; for several arguments a
   tuple of those. */
bool descent_path(const struct descent *descent, struct value *ret,
                  struct error *err);

#endif
