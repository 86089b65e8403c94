/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `train NAME x y` of a model with layers, losses or metrics that are written
 * in the language: only the session's thread runs these, so it trains by
 * NAME.fit(x, y), and neither in the background nor with a checkpoint.
 */
#ifndef REPL_TRAIN_HERE_H
#define REPL_TRAIN_HERE_H

#include "repl/recipe.h"
#include "repl/session.h"

/* Is the variable that RECIPE names such a model? */
bool train_here_wanted(struct session *session, const struct recipe *recipe);

/* Sets the variable `history`.  NotImplementedError in the BACKGROUND and for a
   data set, with the line to type. */
bool train_here(struct session *session, const struct recipe *recipe,
                bool background, struct error *err);

#endif
