/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Functions that yield.  Inside src/lang only.
 *
 * The evaluator walks the tree on the C stack, so a generator that stops must
 * leave that stack and find its place again.  It does so statement by
 * statement: on a yield each statement on the way out leaves one struct place
 * (the number of the statement in its list, a loop's iterator, what a try or
 * with is at); when the generator goes on, the same statements, from the
 * outermost inwards, take their places back.  Nothing of the C stack is kept,
 * so a generator costs a few hundred bytes, can be dropped at any time, and
 * needs no stack switching that tools like ASan would have to be told of.
 * The price: a yield has to be a statement of its own, or all that stands
 * right of an = (parser_yield.c); what was half evaluated in an expression
 * around it could not be kept.
 */
#ifndef LANG_GENERATOR_H
#define LANG_GENERATOR_H

#include "lang/interp.h"

/* Where one statement stopped; each kind of statement uses what it needs. */
struct place_kept {
    int at;                       /* of a list, a branch, a phase */
    enum flow flow;               /* a try: what waits for finally's end */
    struct value value;           /* an iterator, an exception, a context */
    struct error *error;          /* a try: the error that waits */
    const struct node_list *list; /* an if: the branch */
    bool needs_cleanup; /* a try or with, that wants to hear of the end */
};

struct generator {
    struct tracked tracked; /* on the interp's list; first */
    struct frame frame;
    struct place_kept *places; /* innermost first */
    size_t count, capacity;
    struct value exchanged; /* the value that yield gives out or takes in */
    struct error *thrown;   /* to be raised where it stopped, or NULL */
    bool started, running, finished;
};

extern const struct iterator_type generator_type;
extern struct native generator_methods[];

/* BOUND's references pass to the new generator. */
struct value generator_new(struct interp *interp, struct function *function,
                           const struct value *bound);

/* VALUE's generator, or NULL. */
struct generator *generator_of(struct value value);

/* Ends a generator that the interp's end finds; frees its variables. */
void generator_abandon(struct generator *generator);

/* Goes on.  *DONE: it returned, with exchanged as the result. */
bool generator_resume(struct generator *generator, struct value sent,
                      bool *done, struct value *ret, struct error *err);

/* Raises THROWN, which is emptied, where it stopped; then the same. */
bool generator_throw(struct generator *generator, struct error *thrown,
                     bool *done, struct value *ret, struct error *err);

/* eval_statement.c: the next yield of a generator expression with one `for`,
   whose only place is its iterator: it keeps no other. */
enum flow execute_loop_step(struct frame *frame, struct node *loop,
                            struct error *err);

/* Is the statement that starts now one that stopped earlier? */
static inline bool frame_resumes(const struct frame *frame)
{
    return frame->generator && frame->generator->count;
}

/* Where it stopped; ownership of what is in it passes to the caller. */
struct place_kept frame_take_place(struct frame *frame);
/* The reference and the error pass to the generator.  FLOW_YIELD. */
enum flow frame_keep_place(struct frame *frame, struct place_kept place);

#endif
