/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What vector-Jacobian products are written with.  Every function goes
 * through the tape; what it returns is kept by the vjp and freed with it.
 * NULL arguments give NULL: an error passes through to the end, so formulas
 * can be written as expressions.
 */
#ifndef AUTOGRAD_VJP_H
#define AUTOGRAD_VJP_H

#include "autograd/op.h"

/* Takes TENSOR (NULL is fine) and returns it. */
struct tensor *vjp_keep(struct vjp *vjp, struct tensor *tensor);

/* Calls OP with ARGS; its first result, or that of number ITEM. */
struct tensor *vjp_call(struct vjp *vjp, const struct op *op,
                        const struct arg *args);
struct tensor *vjp_call_item(struct vjp *vjp, const struct op *op,
                             const struct arg *args, int item);

/*
 * The vjp of an operation that others can say: FORMULA computes the result
 * (that of number vjp->output) from ARGS by rows that have derivatives, and
 * the way back leads through these.
 */
typedef struct tensor *vjp_formula(struct vjp *vjp, const struct arg *args);
struct tensor *vjp_through(struct vjp *vjp, vjp_formula *formula);

/* The tensors that were kept go. */
void vjp_done(struct vjp *vjp);

/* A summed over the axes along which SHAPE was broadcast to it. */
struct tensor *vjp_sum_to(struct vjp *vjp, struct tensor *a, int ndim,
                          const int64_t *shape);
/* A repeated along axes of length 1, or missing in front. */
struct tensor *vjp_broadcast_to(struct vjp *vjp, struct tensor *a, int ndim,
                                const int64_t *shape);
struct tensor *vjp_add(struct vjp *vjp, struct tensor *a, struct tensor *b);
struct tensor *vjp_cast(struct vjp *vjp, struct tensor *a, enum dtype dtype);

/* Zeros shaped as LIKE; VALUES' elements are added where POSITIONS (int64, as
   many as VALUES has) say, counted in C order; negative ones are dropped. */
struct tensor *vjp_scatter(struct vjp *vjp, struct tensor *values,
                           struct tensor *positions,
                           const struct tensor *like);

/* COUNT elements of A, counted in C order from FIRST on, shaped as LIKE. */
struct tensor *vjp_part(struct vjp *vjp, struct tensor *a, int64_t first,
                        const struct tensor *like);

/* The vjp of an operation that only moves elements about, or leaves some out,
   or repeats them, or fills in constants: where they went is found by moving
   their numbers. */
op_vjp vjp_moved;

/* Of steps and counts: no gradient comes through. */
op_vjp vjp_none;

#endif
