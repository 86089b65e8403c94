/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looks at a learner's function around the ways of descents. */
#ifndef REPL_DESCENT_GROUND_H
#define REPL_DESCENT_GROUND_H

#include "repl/descents.h"
#include "scene/descent_figure.h"

struct session;

/* How many numbers a descent goes along: 1 or 2; 0: more. */
int descent_dimensions(const struct descent *descent);

/* Number INDEX of POINT. */
double descent_coordinate(const struct descent *descent,
                          const struct descent_point *point, int index);

/*
 * The function of DESCENTS where they have been and are likely to go, in as
 * many places as half a second allows; what it prints or warns of is dropped,
 * what it draws at random is drawn again, and where it fails there is nothing.  Of a function that is too slow, or of
 * more numbers, there is no ground: dimensions is 0.  RET ends with
 * descent_ground_done().  KeyboardInterrupt.
 */
bool descent_look(struct session *session, const struct descents *descents,
                  struct descent_ground *ret, struct error *err);

/* Does GROUND reach to where the descents are? */
bool descent_ground_covers(const struct descent_ground *ground,
                           const struct descents *descents);

#endif
