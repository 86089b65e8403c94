/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The descents that step goes on with: one, or several side by side from one
 * start, each with an optimizer of its own.
 */
#ifndef REPL_DESCENTS_H
#define REPL_DESCENTS_H

#include "bind/descent.h"

enum { DESCENTS_MOST = 6 };

struct descents {
    int count;
    struct descent *items[DESCENTS_MOST];
    char *labels[DESCENTS_MOST]; /* of their optimizers: "adam" */
    char **names; /* what the function calls its arguments; ends with NULL */
};

/* OPTIMIZERS: "adam", or "sgd,adam" for two; NULL: SGD.  Of several, SGD has
   no momentum, whatever SETTINGS say: that is called momentum.  Errors are
   those of descent_new(), and a ValueError when there are too many.  RET is
   untouched then, else it ends with descents_done(). */
bool descents_begin(struct interp *interp, struct value function,
                    struct value start, const char *optimizers,
                    struct descent_settings settings, struct descents *ret,
                    struct error *err);
void descents_done(struct descents *descents);

/* The number of the last step. */
size_t descents_now(const struct descents *descents);

/* Is INDEX where the last step led to?  One that left the finite numbers
   stays where it is. */
bool descents_is_current(const struct descents *descents, int index);
/* Does any lead on? */
bool descents_lead_on(const struct descents *descents);

/* One step of each that leads on; on failure of none. */
bool descents_step(struct interp *interp, struct descents *descents,
                   struct error *err);
/* Undoes it; false at the beginning. */
bool descents_back(struct descents *descents);

/* The points of one as descent_path() has them; of several a dict of those by
   their labels. */
bool descents_path(const struct descents *descents, struct value *ret,
                   struct error *err);

/* Where it began, as it was given to descents_begin(); owned. */
struct value descents_start(const struct descents *descents);

#endif
