/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Windows, by SDL.  Everything here is main's alone.  SDL is started at the
 * first window, and never when none is wanted.
 */
#ifndef VIEW_WINDOW_H
#define VIEW_WINDOW_H

#include <stdbool.h>

#include "base/error.h"
#include "view/scene.h"

/* Is there a display?  Asks the environment only; starting may still fail. */
bool windows_are_possible(void);

/* Takes SCENE over: into the open window of its kind, or into a new one that
   does not take the focus.  false with an error in words (SCENE is freed):
   SDL did not start, or no window was to be had. */
bool windows_show(struct scene *scene, struct error *err);

/* What people did, what scenes have news of, what must be painted.  Returns
   the milliseconds until the next call is due: -1 while nothing moves. */
int windows_turn(void);

/* A descriptor that can be read when the display has something to say, so
   that an idle program sleeps; -1: there is none, look every 16 ms. */
int windows_descriptor(void);

/* From the oldest: NULL at the end. */
const struct scene *windows_at(int index);
int windows_count(void);

/* By kind; NULL: all.  Returns how many were closed. */
int windows_close(const char *kind);

/* Ends SDL. */
void windows_done(void);

#endif
