/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where ticks stand and what is written at them, as matplotlib 3.6 chooses:
 * its AutoLocator and ScalarFormatter, on logarithmic axes its LogLocator and
 * LogFormatterSciNotation.
 */
#ifndef VIEW_TICKS_H
#define VIEW_TICKS_H

#include "view/axis_map.h"

struct tick {
    double value;
    char *label; /* owned; "" where nothing is written */
    bool is_minor;
};

struct tick_list {
    size_t count, capacity;
    struct tick *items;
    char offset[48]; /* at the axis' end: "1e6", "+1e3", mostly "" */
};

/*
 * The ticks within LIMITS (rising or falling), those that AXIS was given or
 * the usual ones.  ROOM is how many labels there is room for.  Give it back
 * with tick_list_done().
 */
struct tick_list ticks_of(const struct axis *axis, struct range limits,
                          double room);
void tick_list_done(struct tick_list *list);

/* -- the parts, for view/ticks*.c -- */

void tick_list_add(struct tick_list *list, double value, bool is_minor,
                   const char *label);

enum tick_steps {
    TICKS_USUAL,
    TICKS_INTEGER, /* whole ones */
    TICKS_LEVELS   /* finer, for contours */
};

/* At most MOST intervals of round numbers; the first and the last tick may lie
   outside of LIMITS. */
void ticks_linear(struct tick_list *list, struct range limits, int most,
                  enum tick_steps steps);
void ticks_log(struct tick_list *list, struct range limits, int most);
void ticks_symlog(struct tick_list *list, struct range limits);

/* Writes the labels of linear ticks, and the offset. */
void ticks_label_linear(struct tick_list *list, struct range limits);

/* "-" as U+2212 in place; SIZE is that of the memory at TEXT. */
void ticks_fix_minus(char *text, size_t size);

#endif
