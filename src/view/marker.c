/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view/marker.h"

#include <math.h>
#include <string.h>

/*
 * Shapes are drawn in a square of -1 to 1 in both directions, y downwards, that
 * is as large as the marker's size: strings of moves, "M x y L x y Z" without
 * the letters.
 */
struct outline {
    char shape;
    bool is_closed; /* else each pair of points is a stroke of its own */
    int count;
    signed char points[16]; /* x, y in hundredths */
};

static const struct outline outlines[] = {
    {'s', true, 4, {-100, -100, 100, -100, 100, 100, -100, 100}},
    {'D', true, 4, {0, -100, 100, 0, 0, 100, -100, 0}},
    {'d', true, 4, {0, -100, 60, 0, 0, 100, -60, 0}},
    {'^', true, 3, {0, -100, 100, 100, -100, 100}},
    {'v', true, 3, {0, 100, 100, -100, -100, -100}},
    {'<', true, 3, {-100, 0, 100, -100, 100, 100}},
    {'>', true, 3, {100, 0, -100, -100, -100, 100}},
    {'x', false, 4, {-100, -100, 100, 100, -100, 100, 100, -100}},
    {'+', false, 4, {-100, 0, 100, 0, 0, -100, 0, 100}},
    {'|', false, 2, {0, -100, 0, 100}},
    {'_', false, 2, {-100, 0, 100, 0}},
    {'1', false, 6, {0, 0, 0, 100, 0, 0, 80, -50, 0, 0, -80, -50}},
    {'2', false, 6, {0, 0, 0, -100, 0, 0, 80, 50, 0, 0, -80, 50}},
    {'3', false, 6, {0, 0, -100, 0, 0, 0, 50, -80, 0, 0, 50, 80}},
    {'4', false, 6, {0, 0, 100, 0, 0, 0, -50, -80, 0, 0, -50, 80}},
};

/* Regular polygons and stars: corners, the first one at the top or at the
   right, and how deep every second one lies. */
struct polygon {
    char shape;
    int corners;
    double turn;  /* of the first corner, in corners, from the top */
    double inner; /* 1: no star */
};

static const struct polygon polygons[] = {
    {'p', 5, 0, 1},   {'h', 6, 0, 1},        {'H', 6, 0.5, 1},
    {'8', 8, 0.5, 1}, {'*', 5, 0, 0.381966},
};

/* Plus and cross with an inside, as twelve corners of thirds. */
static void add_cross(cairo_t *canvas, double radius, double turn)
{
    static const signed char corners[] = {-1, -3, 1,  -3, 1,  -1, 3,  -1,
                                          3,  1,  1,  1,  1,  3,  -1, 3,
                                          -1, 1,  -3, 1,  -3, -1, -1, -1};
    double sine = sin(turn), cosine = cos(turn);
    for (size_t i = 0; i < sizeof corners; i += 2) {
        double x = corners[i] * radius / 3, y = corners[i + 1] * radius / 3;
        cairo_line_to(canvas, x * cosine - y * sine, x * sine + y * cosine);
    }
    cairo_close_path(canvas);
}

static void add_polygon(cairo_t *canvas, const struct polygon *polygon,
                        double radius)
{
    int per_corner = polygon->inner < 1 ? 2 : 1;
    int count = polygon->corners * per_corner;
    for (int i = 0; i < count; i++) {
        double place = (double)i / per_corner + polygon->turn;
        double angle = 2 * M_PI * place / polygon->corners - M_PI / 2;
        double r = i % 2 ? radius * polygon->inner : radius;
        if (per_corner == 1)
            r = radius;
        cairo_line_to(canvas, r * cos(angle), r * sin(angle));
    }
    cairo_close_path(canvas);
}

static void add_outline(cairo_t *canvas, const struct outline *outline,
                        double radius)
{
    for (int i = 0; i < outline->count; i++) {
        double x = outline->points[2 * i] * radius / 100;
        double y = outline->points[2 * i + 1] * radius / 100;
        if (!outline->is_closed && i % 2 == 0)
            cairo_move_to(canvas, x, y);
        else
            cairo_line_to(canvas, x, y);
    }
    if (outline->is_closed)
        cairo_close_path(canvas);
}

/* The path around (0, 0). */
static void add_shape(cairo_t *canvas, char shape, double radius)
{
    cairo_new_path(canvas);
    for (size_t i = 0; i < sizeof outlines / sizeof *outlines; i++)
        if (outlines[i].shape == shape) {
            /* A diamond is a square on its tip. */
            double wide = strchr("Dd", shape) ? M_SQRT2 : 1;
            add_outline(canvas, &outlines[i], radius * wide);
            return;
        }
    for (size_t i = 0; i < sizeof polygons / sizeof *polygons; i++)
        if (polygons[i].shape == shape) {
            add_polygon(canvas, &polygons[i], radius);
            return;
        }
    if (shape == 'P' || shape == 'X')
        add_cross(canvas, radius, shape == 'X' ? M_PI / 4 : 0);
    else if (shape == ',')
        cairo_rectangle(canvas, -0.5, -0.5, 1, 1);
    else
        cairo_arc(canvas, 0, 0, shape == '.' ? radius / 2 : radius, 0,
                  2 * M_PI);
}

void marker_paint(const struct painter *painter, const struct marker *marker,
                  double x, double y)
{
    cairo_t *canvas = painter->canvas;
    double radius = fmin(marker->size / 2 * painter->point, PAINTER_MOST);
    if (!(radius > 0))
        return;
    bool is_open = marker_is_open(marker->shape);
    cairo_save(canvas);
    cairo_translate(canvas, x, y);
    add_shape(canvas, marker->shape, radius);
    if (!is_open && marker->face.alpha > 0) {
        canvas_color(canvas, marker->face);
        cairo_fill_preserve(canvas);
    }
    if (marker->edge_width > 0 && marker->edge.alpha > 0 &&
        marker->shape != ',') {
        cairo_set_dash(canvas, NULL, 0, 0);
        cairo_set_line_width(
            canvas, fmin(marker->edge_width * painter->point, PAINTER_MOST));
        cairo_set_line_cap(canvas, CAIRO_LINE_CAP_BUTT);
        cairo_set_line_join(canvas, marker->shape == '*'
                                        ? CAIRO_LINE_JOIN_BEVEL
                                        : CAIRO_LINE_JOIN_MITER);
        canvas_color(canvas, marker->edge);
        cairo_stroke_preserve(canvas);
    }
    cairo_new_path(canvas);
    cairo_restore(canvas);
}
