/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The computation graph of an expression of the learner's variables. */
#ifndef REPL_BACKPROP_H
#define REPL_BACKPROP_H

#include "autograd/graph.h"
#include "lang/lang.h"

struct session;

struct backprop {
    struct graph *graph;
    char **variables;        /* those that TEXT names, in its order */
    struct tensor **tensors; /* their values: the leaves of the graph */
    size_t count;
    bool summed; /* the value was an array: the last step is its sum */
};

/*
 * Evaluates TEXT under a tape that watches the numbers and arrays among the
 * variables it names (those inside lists, tuples and dicts, too), and goes
 * back.  Integers count as floats where the expression allows.  RET is filled
 * on success: backprop_done().
 */
bool backprop_run(struct session *session, const char *text,
                  struct backprop *ret, struct error *err);
void backprop_done(struct backprop *backprop);

#endif
