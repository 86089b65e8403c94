/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view/painter.h"

#include <math.h>

/* Cairo counts in 1/256 pixels of 32 bits; the canvas may be scaled, too. */
double painter_clamp(const struct painter *painter, double coordinate)
{
    double reach = 4 * (painter->frame.width + painter->frame.height) + 1000;
    double middle = painter->frame.x + painter->frame.y;
    return fmin(fmax(coordinate, middle - reach), middle + reach);
}

bool painter_sees(const struct painter *painter, double x, double y,
                  double radius)
{
    const struct box *frame = &painter->frame;
    radius = fmin(radius, PAINTER_MOST);
    return x >= frame->x - radius && x <= frame->x + frame->width + radius &&
           y >= frame->y - radius && y <= frame->y + frame->height + radius;
}

bool canvas_has_pixels(cairo_t *canvas)
{
    cairo_surface_type_t type =
        cairo_surface_get_type(cairo_get_group_target(canvas));
    return type == CAIRO_SURFACE_TYPE_IMAGE;
}

/* As matplotlib does: an odd WIDTH lies on the middle of pixels. */
static double snapped(double pixel, double width)
{
    bool is_odd = (long)rint(width) % 2 == 1;
    return floor(pixel + 0.5) + (is_odd ? 0.5 : 0);
}

double canvas_snap_x(cairo_t *canvas, double x, double line_width)
{
    double y = 0, width = line_width, none = 0;
    if (!canvas_has_pixels(canvas))
        return x;
    cairo_user_to_device(canvas, &x, &y);
    cairo_user_to_device_distance(canvas, &width, &none);
    x = snapped(x, width);
    cairo_device_to_user(canvas, &x, &y);
    return x;
}

double canvas_snap_y(cairo_t *canvas, double y, double line_width)
{
    double x = 0, height = line_width, none = 0;
    if (!canvas_has_pixels(canvas))
        return y;
    cairo_user_to_device(canvas, &x, &y);
    cairo_user_to_device_distance(canvas, &none, &height);
    y = snapped(y, height);
    cairo_device_to_user(canvas, &x, &y);
    return y;
}

static uint32_t part_of_pixel(double part, double alpha, int shift)
{
    return (uint32_t)lrint(fmin(fmax(part * alpha, 0), 1) * 255) << shift;
}

uint32_t color_to_pixel(struct color color)
{
    double alpha = color.alpha;
    return part_of_pixel(1, alpha, 24) | part_of_pixel(color.red, alpha, 16) |
           part_of_pixel(color.green, alpha, 8) |
           part_of_pixel(color.blue, alpha, 0);
}

void canvas_color(cairo_t *canvas, struct color color)
{
    cairo_set_source_rgba(canvas, color.red, color.green, color.blue,
                          color.alpha);
}

void canvas_background(cairo_t *canvas, struct color color)
{
    if (color.alpha <= 0)
        return;
    canvas_color(canvas, color);
    cairo_paint(canvas);
}

/* Matplotlib's patterns, in widths of the line. */
static const struct dashes {
    int count;
    double lengths[4];
} dashes_of_style[] = {
    [LINE_DASHED] = {2, {3.7, 1.6}},
    [LINE_DASHDOT] = {4, {6.4, 1.6, 1, 1.6}},
    [LINE_DOTTED] = {2, {1, 1.65}},
    [LINE_NONE] = {0, {0}},
};

bool canvas_stroke_style(cairo_t *canvas, const struct stroke *stroke,
                         double point)
{
    double width = fmin(stroke->width * point, PAINTER_MOST);
    if (stroke->style == LINE_NONE || stroke->color.alpha <= 0 || !(width > 0))
        return false;
    const struct dashes *dashes = &dashes_of_style[stroke->style];
    double lengths[4];
    for (int i = 0; i < dashes->count; i++)
        lengths[i] = dashes->lengths[i] * width;
    cairo_set_dash(canvas, lengths, dashes->count, 0);
    cairo_set_line_width(canvas, width);
    cairo_set_line_join(canvas, CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_cap(canvas, dashes->count ? CAIRO_LINE_CAP_BUTT
                                             : CAIRO_LINE_CAP_SQUARE);
    canvas_color(canvas, stroke->color);
    return true;
}

void canvas_hair(cairo_t *canvas, double x1, double y1, double x2, double y2,
                 double width)
{
    cairo_set_dash(canvas, NULL, 0, 0);
    cairo_set_line_width(canvas, width);
    if (x1 == x2)
        x1 = x2 = canvas_snap_x(canvas, x1, width);
    if (y1 == y2)
        y1 = y2 = canvas_snap_y(canvas, y1, width);
    cairo_move_to(canvas, x1, y1);
    cairo_line_to(canvas, x2, y2);
    cairo_stroke(canvas);
}
