/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A tape writes down every operation whose operands it knows, so that
 * derivatives can be computed backwards, from the result to the sources
 * (reverse mode; Griewank and Walther, "Evaluating Derivatives", 2008, ch. 3).
 *
 * It knows tensors by their addresses: those that were put under watch and
 * those computed from them.  Several tapes may record at once; what a
 * gradient computes is itself written down by the others, which makes second
 * derivatives.
 *
 * Only the session thread records.
 */
#ifndef AUTOGRAD_TAPE_H
#define AUTOGRAD_TAPE_H

#include "autograd/record.h"
#include "autograd/variable.h"

/* What a tape knows of one tensor. */
struct tape_node {
    struct tensor *tensor;
    struct record *record; /* where it came from; NULL: a source */
    int output;            /* of the record */
};

struct tape;

/* VARIABLES: trainable variables that are read while it records become
   sources by themselves. */
struct tape *tape_new(bool variables);
struct tape *tape_ref(struct tape *tape);
void tape_unref(struct tape *tape); /* NULL is fine */

/* From here on it records; started twice, it counts. */
void tape_start(struct tape *tape);
void tape_stop(struct tape *tape);
/* Forgets all it knows. */
void tape_clear(struct tape *tape);

/* TENSOR becomes a source.  Only floats have gradients: others are left
   alone. */
void tape_watch(struct tape *tape, struct tensor *tensor);
/* The same for what a variable holds, if TAPE looks at variables. */
void tape_watch_variable(struct tape *tape, struct tensor *tensor);

/* VARIABLE is about to hold another tensor: tapes that know the one it has go
   on counting it as the variable's. */
void tapes_keep_former(struct variable *variable);
/* How many of those there are; RET, which has room or is NULL, gets them,
   borrowed. */
size_t tape_formers(const struct tape *tape, const struct variable *variable,
                    struct tensor **ret);

/* Its nodes in the order of recording; operands come before results. */
size_t tape_count(const struct tape *tape);
const struct tape_node *tape_node_at(const struct tape *tape, size_t index);
bool tape_find(const struct tape *tape, const struct tensor *tensor,
               size_t *ret);

/* ------------------------------------------------- of all that are recording */

extern int tapes_recording; /* read by those below only */
extern int tapes_holding;   /* tapes with something written on them */

static inline bool tape_is_recording(void)
{
    return tapes_recording > 0;
}

/* Do several, for derivatives of derivatives? */
static inline bool tape_is_nested(void)
{
    return tapes_recording > 1;
}

/* May there be a tape that needs what an array now holds? */
static inline bool tape_is_holding(void)
{
    return tapes_holding > 0;
}

/* The tapes that record now: for (t = NULL; (t = tape_next_recording(t));) */
struct tape *tape_next_recording(struct tape *tape);

/* Does a recording tape know TENSOR? */
bool tape_tracks(const struct tensor *tensor);

/* OP was called with ARGS and gave OUTPUTS; for what is not called through
   tape_call(). */
void tape_record(const struct op *op, const struct arg *args,
                 int output_count, struct tensor *const *outputs);

/* op->forward(), written down on every recording tape that knows one of the
   tensors in ARGS.  TypeError when OP writes into a tensor that a tape knows. */
bool tape_call(const struct op *op, const struct arg *args,
               struct op_result *ret, struct error *err);

/* May the elements of TENSOR be changed?  False with a TypeError that explains
   itself when a tape still needs them. */
bool tape_check_write(const struct tensor *tensor, struct error *err);

/* The same where there may be no tape at all. */
static inline bool tape_may_write(const struct tensor *tensor,
                                  struct error *err)
{
    return !tape_is_holding() || tape_check_write(tensor, err);
}

/* ---------------------------------------------------------------- backwards */

/*
 * The gradients of TARGET with respect to COUNT SOURCES.  SEED is the gradient
 * with respect to TARGET itself, shaped as it; NULL: ones, the gradient of the
 * sum of its elements.  RET gets owned tensors shaped as the sources, NULL
 * where TARGET does not depend on one.  The tape does not record meanwhile.
 * NotImplementedError names an operation without a derivative.
 */
bool tape_gradient(struct tape *tape, struct tensor *target,
                   struct tensor *seed, size_t count,
                   struct tensor *const *sources, struct tensor **ret,
                   struct error *err);

/* What NODE, which is no source, passes back to its operand X, number OPERAND,
   when GRADIENT (shaped as the node's tensor) has come: *RET is owned, shaped
   as X, NULL when nothing passes.  NotImplementedError as above. */
bool tape_pull_back(const struct tape_node *node, struct tensor *gradient,
                    struct tensor *x, int operand, struct tensor **ret,
                    struct error *err);

/* What tape_gradient_seen() tells while it walks back. */
struct tape_visit {
    size_t node;             /* whose gradient is complete now */
    struct tensor *gradient; /* borrowed */
};
typedef void tape_visitor(void *context, const struct tape_visit *visit);

/* The same for all nodes: VISITOR sees each that TARGET depends on, last
   first. */
bool tape_gradient_seen(struct tape *tape, struct tensor *target,
                        tape_visitor *visitor, void *context,
                        struct error *err);

#endif
