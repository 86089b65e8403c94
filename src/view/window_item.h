/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One window: its scene, its pictures, and whose they are just now. */
#ifndef VIEW_WINDOW_ITEM_H
#define VIEW_WINDOW_ITEM_H

#include <stdbool.h>

#include "view/window_protocol.h"

/* Seconds that a turn may come too early: poll() counts milliseconds. */
#define WINDOW_SLACK 1e-3

struct window;

/* Takes SCENE over, and asks the display for a window NUMBER. */
struct window *window_new(int number, struct scene *scene);

/* Only while it is not busy. */
void window_free(struct window *window);

/* Does its painter have the scene? */
bool window_is_busy(const struct window *window);

/* Takes SCENE over, in place of the one that is there. */
void window_replace(struct window *window, struct scene *scene);

/* The person closed it: its scene is told before it is freed. */
void window_set_closed(struct window *window);

int window_number(const struct window *window);
const struct scene *window_scene(const struct window *window);

/* To the display; fills in the window's number. */
void window_tell(const struct window *window, struct window_message *message);

/* What the display tells. */
void window_take_event(struct window *window, const struct scene_event *event);
void window_take_size(struct window *window,
                      const struct window_message *message);
void window_take_shown(struct window *window);

/* Looks for news of the scene, and paints what is due at TIME. */
void window_turn(struct window *window, double time);

/* Seconds until it wants its next turn; INFINITY: never by itself. */
double window_rest(const struct window *window, double time);

#endif
