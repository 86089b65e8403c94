/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "view/artist_class.h"
#include "view/contour.h"
#include "view/polyline.h"
#include "view/text.h"
#include "view/ticks.h"

void contour_extent(const struct artist *artist, struct extent *extent)
{
    extent->x.is_present = extent->y.is_present = true;
    for (size_t i = 0; artist->x && i < artist->x->count; i++)
        extent_add_sticky(&extent->x, artist->x->values[i]);
    for (size_t i = 0; artist->y && i < artist->y->count; i++)
        extent_add_sticky(&extent->y, artist->y->values[i]);
}

/* Bands have the colour of their middle. */
struct color contour_color(const struct artist *artist, size_t index)
{
    const struct series *levels = artist->contour.levels;
    if (artist->contour.colors)
        return artist->contour.colors[index];
    double value = levels->values[index];
    if (artist->contour.is_filled && index + 1 < levels->count)
        value = value / 2 + levels->values[index + 1] / 2;
    if (!artist->scale.map)
        return artist->stroke.color;
    struct color color = color_scale_at(&artist->scale, value);
    color.alpha *= artist->alpha;
    return color;
}

/* ----------------------------------------------------------- coordinates */

struct contour_painter {
    const struct artist *artist;
    const struct painter *painter;
    struct contour_grid grid;
    /* Of the level under way. */
    struct stroke stroke;
    const char *label;
};

/* Between the grid's coordinates, as far as INDEX says. */
static double coordinate(const struct series *series, double index)
{
    size_t whole = (size_t)index;
    double part = index - (double)whole, start = series->values[whole];
    if (part == 0)
        return start;
    return start + part * (series->values[whole + 1] - start);
}

static double x_of(const struct contour_painter *c, struct contour_point point)
{
    return painter_x(c->painter, coordinate(c->artist->x, point.column));
}

static double y_of(const struct contour_painter *c, struct contour_point point)
{
    return painter_y(c->painter, coordinate(c->artist->y, point.row));
}

/* ----------------------------------------------------------------- labels */

enum { LABEL_SIZE = 10, LABEL_GAP = 5 }; /* points */

/* Where a label interrupts a line: around one of its points. */
struct gap {
    bool is_there;
    double x, y, radius, rotation;
};

/* A line that is long enough has its label in the middle. */
static struct gap gap_of(const struct contour_painter *c,
                         const struct contour_point *points, size_t count)
{
    struct gap gap = {.is_there = false};
    if (!c->label || count < 3)
        return gap;
    cairo_t *canvas = c->painter->canvas;
    struct text_style style = {.size = LABEL_SIZE * c->painter->point};
    double width = text_measure(canvas, c->label, &style).width;
    double length = 0;
    for (size_t i = 1; i < count; i++)
        length += hypot(x_of(c, points[i]) - x_of(c, points[i - 1]),
                        y_of(c, points[i]) - y_of(c, points[i - 1]));
    size_t middle = count / 2;
    double dx = x_of(c, points[middle + 1 < count ? middle + 1 : middle]) -
                x_of(c, points[middle - 1]);
    double dy = y_of(c, points[middle + 1 < count ? middle + 1 : middle]) -
                y_of(c, points[middle - 1]);
    gap.x = x_of(c, points[middle]);
    gap.y = y_of(c, points[middle]);
    gap.radius = width / 2 + LABEL_GAP * c->painter->point / 2;
    /* Never upside down. */
    gap.rotation = dx == 0 ? 90 : -atan(dy / dx) * 180 / M_PI;
    gap.is_there = length > 3 * gap.radius &&
                   painter_sees(c->painter, gap.x, gap.y, -gap.radius);
    return gap;
}

static void paint_label(const struct contour_painter *c, const struct gap *gap)
{
    struct text_style style = {.size = LABEL_SIZE * c->painter->point,
                               .color = c->stroke.color,
                               .rotation = gap->rotation,
                               .horizontal = ALIGN_CENTER,
                               .vertical = ALIGN_CENTER};
    text_paint(c->painter->canvas, gap->x, gap->y, c->label, &style);
}

/* ------------------------------------------------------------------ lines */

static void paint_line(const struct contour_point *points, size_t count,
                       void *context)
{
    const struct contour_painter *c = context;
    struct gap gap = gap_of(c, points, count);
    struct polyline line;
    if (!canvas_stroke_style(c->painter->canvas, &c->stroke, c->painter->point))
        return;
    polyline_begin(&line, c->painter, count, &c->stroke);
    for (size_t i = 0; i < count; i++) {
        double x = x_of(c, points[i]), y = y_of(c, points[i]);
        bool is_covered =
            gap.is_there && hypot(x - gap.x, y - gap.y) < gap.radius;
        polyline_add(&line, is_covered ? NAN : x, y);
    }
    polyline_end(&line);
    if (gap.is_there)
        paint_label(c, &gap);
}

static bool is_one_color(const struct artist *artist)
{
    const struct color *colors = artist->contour.colors;
    for (size_t i = 1; colors && i < artist->contour.levels->count; i++)
        if (colors[i].red != colors[0].red ||
            colors[i].green != colors[0].green ||
            colors[i].blue != colors[0].blue)
            return false;
    return colors || !artist->scale.map;
}

static void paint_lines(struct contour_painter *c)
{
    const struct artist *artist = c->artist;
    const struct series *levels = artist->contour.levels;
    struct tick_list labels = {.count = 0};
    for (size_t i = 0; i < levels->count; i++)
        tick_list_add(&labels, levels->values[i], false, "");
    struct range range = {levels->values[0], levels->values[levels->count - 1]};
    ticks_label_linear(&labels, range);
    bool is_plain = is_one_color(artist);
    for (size_t i = 0; i < levels->count; i++) {
        c->stroke = artist->stroke;
        c->stroke.color = contour_color(artist, i);
        /* Without colours dashes tell what is below zero. */
        if (is_plain && levels->values[i] < 0 && c->stroke.style == LINE_SOLID)
            c->stroke.style = LINE_DASHED;
        c->label = artist->contour.has_labels ? labels.items[i].label : NULL;
        contour_lines(&c->grid, levels->values[i], paint_line, c);
    }
    tick_list_done(&labels);
}

/* ------------------------------------------------------------------ bands */

static void add_polygon(const struct contour_point *points, size_t count,
                        void *context)
{
    const struct contour_painter *c = context;
    cairo_new_sub_path(c->painter->canvas);
    for (size_t i = 0; i < count; i++)
        cairo_line_to(c->painter->canvas,
                      painter_clamp(c->painter, x_of(c, points[i])),
                      painter_clamp(c->painter, y_of(c, points[i])));
    cairo_close_path(c->painter->canvas);
}

/* Neighbouring bands share their borders: without soft edges no gaps. */
static void paint_bands(struct contour_painter *c)
{
    cairo_t *canvas = c->painter->canvas;
    const struct series *levels = c->artist->contour.levels;
    cairo_set_antialias(canvas, CAIRO_ANTIALIAS_NONE);
    for (size_t i = 0; i + 1 < levels->count; i++) {
        cairo_new_path(canvas);
        contour_band(&c->grid, levels->values[i], levels->values[i + 1],
                     add_polygon, c);
        canvas_color(canvas, contour_color(c->artist, i));
        cairo_fill(canvas);
    }
}

/* Do the numbers fill the grid? */
static bool is_complete(const struct artist *artist)
{
    const struct series *values = artist->contour.values;
    int rows = artist->contour.rows, columns = artist->contour.columns;
    return rows > 1 && columns > 1 && values && artist->x && artist->y &&
           values->count >= (size_t)rows * (size_t)columns &&
           artist->x->count >= (size_t)columns &&
           artist->y->count >= (size_t)rows && artist->contour.levels &&
           artist->contour.levels->count;
}

void contour_paint(const struct artist *artist, const struct painter *painter)
{
    if (!is_complete(artist))
        return;
    struct contour_painter c = {.artist = artist,
                                .painter = painter,
                                .grid = {artist->contour.rows,
                                         artist->contour.columns,
                                         artist->contour.values->values}};
    if (artist->contour.is_filled)
        paint_bands(&c);
    else
        paint_lines(&c);
}
