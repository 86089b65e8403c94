/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view/arrow.h"

#include <math.h>

/* A head of LENGTH, twice HALF wide, on a shaft twice SHAFT wide; the tip is at
   (0, 0), DISTANCE right of the start. */
static void add_wedge(cairo_t *canvas, double distance, double length,
                      double half, double shaft)
{
    cairo_move_to(canvas, -distance, -shaft);
    cairo_line_to(canvas, -length, -shaft);
    cairo_line_to(canvas, -length, -half);
    cairo_line_to(canvas, 0, 0);
    cairo_line_to(canvas, -length, half);
    cairo_line_to(canvas, -length, shaft);
    cairo_line_to(canvas, -distance, shaft);
    cairo_close_path(canvas);
}

static void paint_wedge(cairo_t *canvas, const struct arrow *arrow,
                        double distance, double point)
{
    double length = fmin(arrow->head * point, distance);
    add_wedge(canvas, distance, length, length / 2, length / 6);
    canvas_color(canvas, arrow->face);
    cairo_fill_preserve(canvas);
    if (canvas_stroke_style(canvas, &arrow->stroke, point)) {
        cairo_set_line_join(canvas, CAIRO_LINE_JOIN_MITER);
        cairo_stroke(canvas);
    }
}

static void paint_shaft(cairo_t *canvas, const struct arrow *arrow,
                        double distance, double point)
{
    double length = arrow->head * point, half = length / 2;
    if (!canvas_stroke_style(canvas, &arrow->stroke, point))
        return;
    bool is_filled = arrow->shape == ARROW_FILLED;
    cairo_move_to(canvas, -distance, 0);
    cairo_line_to(canvas, is_filled ? -length : 0, 0);
    cairo_stroke(canvas);
    if (arrow->shape == ARROW_LINE)
        return;
    cairo_set_dash(canvas, NULL, 0, 0);
    cairo_move_to(canvas, -length, -half);
    cairo_line_to(canvas, 0, 0);
    cairo_line_to(canvas, -length, half);
    if (is_filled) {
        cairo_close_path(canvas);
        canvas_color(canvas, arrow->face);
        cairo_fill_preserve(canvas);
        canvas_color(canvas, arrow->stroke.color);
    }
    cairo_stroke(canvas);
}

void arrow_paint(const struct painter *painter, const struct arrow *arrow,
                 double from_x, double from_y, double to_x, double to_y)
{
    cairo_t *canvas = painter->canvas;
    double dx = to_x - from_x, dy = to_y - from_y;
    double distance = hypot(dx, dy);
    if (!isfinite(distance) || distance <= 0)
        return;
    cairo_save(canvas);
    cairo_new_path(canvas);
    cairo_translate(canvas, to_x, to_y);
    cairo_rotate(canvas, atan2(dy, dx));
    if (arrow->shape == ARROW_WEDGE)
        paint_wedge(canvas, arrow, distance, painter->point);
    else
        paint_shaft(canvas, arrow, distance, painter->point);
    cairo_new_path(canvas);
    cairo_restore(canvas);
}
