/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the axes of a figure lie, with matplotlib's spaces around them. */
#ifndef VIEW_LAYOUT_H
#define VIEW_LAYOUT_H

#include "view/decoration.h"
#include "view/painter.h"
#include "view/ticks.h"

/* One of a figure's axes, ready to be painted. */
struct axes_view {
    const struct figure *figure;
    const struct axes *axes;
    double point;     /* canvas units in 1/72 inch */
    struct box cell;  /* what the grid gave it */
    struct box frame; /* of the data, within the cell */
    struct axis_map x, y;
    struct tick_list x_ticks, y_ticks;
    struct decorations texts; /* ticks' labels, titles */
    /* Of a colour bar, else NULL: what it explains. */
    const struct artist *explained;
};

/* All of FIGURE's, in order, laid out in BOX with SCALE units an inch.  Give
   it back with layout_free(). */
struct axes_view *layout_figure(cairo_t *canvas, const struct figure *figure,
                                struct box box, double scale);
void layout_free(struct axes_view *views, int count);

/* The figure's title as it stands above all; false without one. */
bool layout_title(const struct figure *figure, struct box box, double scale,
                  struct decoration *ret);

#endif
