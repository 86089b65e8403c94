/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One call of an operation, kept for the way back: the row, a copy of the
 * arguments and the results.  Several tapes share a record.
 */
#ifndef AUTOGRAD_RECORD_H
#define AUTOGRAD_RECORD_H

#include "autograd/op.h"

struct record {
    int refs;
    const struct op *op;
    struct arg *args; /* one for each param; owned, tensors by reference */
    int output_count;
    struct tensor **outputs;
};

/* ARGS and OUTPUTS are borrowed. */
struct record *record_new(const struct op *op, const struct arg *args,
                          int output_count, struct tensor *const *outputs);
struct record *record_ref(struct record *record);
void record_unref(struct record *record);

/* The tensors among ARGS, in order: for (int at = 0, k = 0;
   (x = next_operand(op, args, &at, &k));) – AT and K are the walk's own. */
struct tensor *next_operand(const struct op *op, const struct arg *args,
                            int *at, int *k);

#endif
