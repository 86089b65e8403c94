/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The computation graph behind one result, as data: each step with its value,
 * its operands, the derivative with respect to each, and the gradient that
 * arrives.  What shows it to people reads this and nothing else.
 */
#ifndef AUTOGRAD_GRAPH_H
#define AUTOGRAD_GRAPH_H

#include "autograd/tape.h"

struct graph_edge {
    struct tensor *tensor; /* the operand */
    int operand;           /* its number among the step's tensors */
    bool constant;         /* nothing goes back to it: NODE is not set */
    size_t node;
    char *name;            /* of a constant array; NULL: the node's, or a
                              number as it is */
    /* What the result changes by for each element of the operand, where both
       have as many elements and those are few; NULL elsewhere, and where no
       gradient passes. */
    struct tensor *local;
    struct tensor *part; /* of the operand's gradient; NULL: none */
};

struct graph_node {
    char *name;            /* of a variable; steps: a1, a2, … */
    struct tensor *value;
    struct record *record; /* NULL: a variable */
    struct tensor *gradient; /* of the result; NULL: none arrives */
    int edge_count;
    struct graph_edge *edges; /* one for each tensor among the arguments */
    int uses;                 /* edges that lead to it and bring a part */
};

struct graph {
    size_t count;
    struct graph_node *nodes; /* operands first; the result is the last */
};

/* What TARGET was computed from, with the gradients of the sum of its
   elements.  TAPE may go afterwards.  NULL with NotImplementedError for a step
   without a derivative; with ValueError when TARGET is not on the tape. */
struct graph *graph_new(struct tape *tape, struct tensor *target,
                        struct error *err);
void graph_free(struct graph *graph); /* NULL is fine */

/* Names what has this tensor, node or constant. */
void graph_name(struct graph *graph, const struct tensor *tensor,
                const char *name);
/* Numbers the rest, with letters that no name so far has before a number:
   steps a1, a2, …, constant arrays c1, c2, … */
void graph_name_steps(struct graph *graph);

#endif
