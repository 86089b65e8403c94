/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The variables of a lesson, kept so that they can be had again: what a wrong
 * attempt or a playful hour has changed.  Arrays, lists, dicts and objects are
 * copied with what they hold (views stay views of each other); functions and
 * modules are shared; of what stands for an array (a tf.Variable) the numbers
 * are kept.
 */
#ifndef LESSON_STATE_H
#define LESSON_STATE_H

#include "base/strmap.h"
#include "lang/lang.h"
#include "lesson/lesson.h"

struct state;

/* All variables of INTERP, or those in NAMES (a set; NULL: all), and the
   random numbers that come next.  Never NULL: what has no memory for a copy
   is shared. */
struct state *state_save(struct interp *interp, const struct strmap *names);
void state_free(struct state *state); /* NULL is fine */

/* Gives INTERP the variables of STATE again (those in NAMES that STATE has
   not are removed; NULL: all others are), each a fresh copy. */
void state_restore(const struct state *state, struct interp *interp,
                   const struct strmap *names);

/* The variables among STATE's that are another now, or gone. */
void state_changes(const struct state *state, struct interp *interp,
                   struct words *ret);
/* Is it one of them? */
bool state_has_changed(const struct state *state, struct interp *interp,
                       const char *name);
/* Gives all of them back, views and what they look at together, but for those
   in KEPT; the random numbers go on. */
void state_give_back(const struct state *state, struct interp *interp,
                     const struct words *kept);

/* The random numbers as they were. */
void state_restore_random(const struct state *state);

/* Are they the same, bit by bit? */
bool value_is_same(struct value a, struct value b);

/* VALUE with copies of all that could change; owned. */
struct value value_keep(struct interp *interp, struct value value);

#endif
