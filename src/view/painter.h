/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the painters of artists work with. */
#ifndef VIEW_PAINTER_H
#define VIEW_PAINTER_H

#include "view/axis_map.h"
#include "view/paint.h"

struct painter {
    cairo_t *canvas;
    const struct axes *axes;
    struct box frame; /* of the data */
    double point;     /* canvas units in 1/72 inch */
    struct axis_map x, y;
};

/* Data on the canvas.  May lie far outside, or be NaN: what goes to Cairo must
   pass through a polyline or be clamped. */
static inline double painter_x(const struct painter *painter, double value)
{
    return painter->frame.x +
           axis_map_at(&painter->x, value) * painter->frame.width;
}

static inline double painter_y(const struct painter *painter, double value)
{
    return painter->frame.y +
           (1 - axis_map_at(&painter->y, value)) * painter->frame.height;
}

/* The most a stroke, marker or letter can usefully measure. */
#define PAINTER_MOST 4000.0

/* Within what Cairo's numbers can hold, outside of all that is seen. */
double painter_clamp(const struct painter *painter, double coordinate);

/* Is something of RADIUS at (x, y) of the canvas to be seen? */
bool painter_sees(const struct painter *painter, double x, double y,
                  double radius);

/* Is it a picture of pixels, not a file of outlines? */
bool canvas_has_pixels(cairo_t *canvas);
/* Rectangles and straight lines on whole pixels, when the canvas has any. */
double canvas_snap_x(cairo_t *canvas, double x, double line_width);
double canvas_snap_y(cairo_t *canvas, double y, double line_width);

/* In Cairo's ARGB32, multiplied by its alpha. */
uint32_t color_to_pixel(struct color color);

void canvas_color(cairo_t *canvas, struct color color);
/* All of it, unless COLOR is transparent. */
void canvas_background(cairo_t *canvas, struct color color);
/* Colour, width, dashes, joins; false when nothing is to be seen. */
bool canvas_stroke_style(cairo_t *canvas, const struct stroke *stroke,
                         double point);

/* A straight line on whole pixels, without dashes. */
void canvas_hair(cairo_t *canvas, double x1, double y1, double x2, double y2,
                 double width);

#endif
