/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The texts around axes: labels of ticks, of axes, titles. */
#ifndef VIEW_DECORATION_H
#define VIEW_DECORATION_H

#include "view/paint.h"
#include "view/text.h"

struct axes_view;

struct decoration {
    const char *text; /* the axes' or the tick's */
    double x, y;
    struct text_style style;
    struct box bounds;
};

struct decorations {
    size_t count, capacity;
    struct decoration *items;
};

/* The texts of VIEW, whose frame and ticks are known. */
struct decorations decorations_of(cairo_t *canvas,
                                  const struct axes_view *view);
void decorations_done(struct decorations *decorations);
void decorations_paint(cairo_t *canvas, const struct decorations *decorations);

/* The smallest box around both; one without width is none. */
struct box box_united(struct box a, struct box b);

/* All that VIEW covers: frame, ticks and texts. */
struct box decorations_bounds(const struct axes_view *view);

#endif
