/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The painters: a figure on a canvas.  The canvas is Cairo's, whatever is
 * behind it; text is set by Pango, so Chinese appears where a font has it.
 */
#ifndef VIEW_PAINT_H
#define VIEW_PAINT_H

#include <cairo.h>

#include "view/figure.h"

/* A rectangle of the canvas, in its units, y downwards. */
struct box {
    double x, y, width, height;
};

/* Paints all of FIGURE into BOX.  One inch is SCALE units: sizes in points
   follow from it.  Never fails: what cannot be drawn (NaN, no data) is left
   out; texts may stand out of BOX. */
void paint_figure(cairo_t *canvas, const struct figure *figure, struct box box,
                  double scale);

/* Where things lie when painted so; for tests and for the mouse. */
struct axes_layout {
    struct box frame; /* of the data, without ticks and labels */
    double x_low, x_high, y_low, y_high; /* limits, inverted when inverted */
};

/* One of each axes, in order; owned (free()). */
struct axes_layout *paint_layout(const struct figure *figure, struct box box,
                                 double scale);

/* From the canvas to data; false when the point is outside. */
bool axes_layout_find(const struct axes_layout *layout, const struct axes *axes,
                      double canvas_x, double canvas_y, double *x, double *y);

#endif
