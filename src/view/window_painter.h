/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A thread that paints one window's pictures, so that nobody who types waits
 * for a million points.  Main starts it and asks whether it is done; what it
 * paints, and where to, is its own until then.
 */
#ifndef VIEW_WINDOW_PAINTER_H
#define VIEW_WINDOW_PAINTER_H

#include <stdbool.h>

#include "view/scene.h"

/* Memory that tensor-windows sees, too: pixels of four bytes, Cairo's RGB24. */
struct window_picture {
    int fd;
    unsigned char *pixels; /* NULL: none */
    int width, height;
};

bool window_picture_init(struct window_picture *picture, int width, int height);
void window_picture_done(struct window_picture *picture);

struct window_painter;

/* NULL when no thread can be had. */
struct window_painter *window_painter_new(void);

/* Only while it is not at work; NULL is fine. */
void window_painter_free(struct window_painter *painter);

/* Begins to paint SCENE on PICTURE, SCALE pixels a point; scene_wake() when it
   is done. */
void window_painter_start(struct window_painter *painter, struct scene *scene,
                          const struct window_picture *picture, double scale);

/* Is it at work?  When not, *SECONDS is what the last picture took. */
bool window_painter_is_busy(struct window_painter *painter, double *seconds);

#endif
