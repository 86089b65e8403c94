/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Windows, as main has them: which are open, what lives in them.  Everything
 * here is main's alone.  Nothing here waits: another process talks to the
 * display (view/window_protocol.h), other threads paint
 * (view/window_painter.h).
 */
#ifndef VIEW_WINDOW_H
#define VIEW_WINDOW_H

#include <stdbool.h>

#include "base/error.h"
#include "view/scene.h"

/* Is there a display?  Asks the environment only; starting may still fail. */
bool windows_are_possible(void);

enum windows_state {
    WINDOWS_CLOSED,   /* none is open */
    WINDOWS_STARTING, /* windows_turn() finds out whether there can be any */
    WINDOWS_READY
};

/* Begins to look for the display; RuntimeError when that cannot even
   begin. */
bool windows_start(struct error *err);
enum windows_state windows_state(void);

/* Why windows_state() is WINDOWS_CLOSED though nobody closed them: there is no
   display, or it is gone; owned, NULL: it has been told, or there is nothing
   to tell. */
char *windows_failure(void);

/* When READY: takes SCENE over into the open window of its kind, or into a new
   one that does not take the focus.  A window of the same kind keeps its size
   and its place. */
void windows_show(struct scene *scene);

/* What people did, what scenes have news of, what must be painted: 60 times a
   second at most, and no more than half of the time.  Returns the milliseconds
   until the next call is due: -1 while nothing moves. */
int windows_turn(void);

/* A descriptor that can be read when windows have something to say; -1: none
   is open. */
int windows_descriptor(void);

/* From the oldest: NULL at the end. */
const struct scene *windows_at(int index);
int windows_count(void);

/* By kind; NULL: all.  Returns how many were closed. */
int windows_close(const char *kind);

/* All are closed, at the end of the program. */
void windows_done(void);

/* For tests: the window of that kind acts as if EVENT came from the person (a
   key of 27 is Esc), and as if its size in points was changed. */
void windows_pretend(const char *kind, const struct scene_event *event);
void windows_pretend_size(const char *kind, int width, int height);

#endif
