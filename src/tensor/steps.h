/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A formula in several steps.  What each step makes is kept until the end,
 * and a step whose operand is missing (NULL) makes nothing, so that a formula
 * reads as one and is checked once:
 *
 *     struct steps s = {.err = err};
 *     struct tensor *squares = step_binary(&s, "multiply", x, x);
 *     struct tensor *sum = step_sum(&s, squares, 0);
 *     return steps_end(&s, step_unary(&s, "sqrt", sum));
 */
#ifndef TENSOR_STEPS_H
#define TENSOR_STEPS_H

#include "tensor/tensor.h"

struct steps {
    struct error *err;
    int count, capacity;
    struct tensor **made;
};

/* Keeps what was made (NULL for failure) and returns it, borrowed. */
struct tensor *step(struct steps *s, struct tensor *made);

/* Drops everything but RESULT (borrowed, may be NULL), which becomes owned. */
struct tensor *steps_end(struct steps *s, struct tensor *result);

/* Drops everything but the COUNT RESULTS, which become owned in RET, and
   returns true; drops all and returns false when one of them is NULL. */
bool steps_give(struct steps *s, int count, struct tensor *const *results,
                struct tensor **ret);

/* Operands are borrowed and may be NULL; so is what comes back. */
struct tensor *step_unary(struct steps *s, const char *ufunc, struct tensor *x);
struct tensor *step_binary(struct steps *s, const char *ufunc, struct tensor *a,
                           struct tensor *b);
/* The same with a Python number at the right. */
struct tensor *step_with(struct steps *s, const char *ufunc, struct tensor *a,
                         double b);
/* ufunc.reduce along AXIS, which may be negative. */
struct tensor *step_reduce(struct steps *s, const char *ufunc, struct tensor *x,
                           int axis);
struct tensor *step_sum(struct steps *s, struct tensor *x, int axis);
struct tensor *step_matmul(struct steps *s, struct tensor *a, struct tensor *b);
struct tensor *step_astype(struct steps *s, struct tensor *x, enum dtype dtype);
/* As a floating point array: integers and bools as float64. */
struct tensor *step_as_float(struct steps *s, struct tensor *x);
/* One 0-d float64. */
struct tensor *step_number(struct steps *s, double number);
/* Views: the last two axes swapped; COUNT elements of AXIS from FIRST on;
   one element of AXIS, which goes; a new last axis of length 1; one axis. */
struct tensor *step_swapped(struct steps *s, struct tensor *x);
struct tensor *step_slice(struct steps *s, struct tensor *x, int axis,
                          int64_t first, int64_t count);
struct tensor *step_item(struct steps *s, struct tensor *x, int axis,
                         int64_t index);
struct tensor *step_column(struct steps *s, struct tensor *x);
struct tensor *step_flat(struct steps *s, struct tensor *x);

/* COUNT parts one after the other along AXIS, in their common dtype. */
struct tensor *step_join(struct steps *s, int count,
                         struct tensor *const *parts, int axis);

#endif
