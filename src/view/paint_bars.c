/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "view/artist_class.h"

/* One bar in data units, for bars that stand. */
struct bar {
    double start, width, base, height;
};

static struct bar bar_at(const struct artist *artist, size_t i)
{
    return (struct bar){artist->x->values[i],
                        series_at(artist->bars.widths, i, 0.8),
                        series_at(artist->bars.bases, i, 0),
                        series_at(artist->bars.heights, i, 0)};
}

static size_t bar_count(const struct artist *artist)
{
    return artist->x ? artist->x->count : 0;
}

void bars_extent(const struct artist *artist, struct extent *extent)
{
    bool lies = artist->bars.is_horizontal;
    struct extent_axis *along = lies ? &extent->y : &extent->x;
    struct extent_axis *up = lies ? &extent->x : &extent->y;
    extent->x.is_present = extent->y.is_present = true;
    for (size_t i = 0; i < bar_count(artist); i++) {
        struct bar bar = bar_at(artist, i);
        if (!isfinite(bar.start) || !isfinite(bar.height))
            continue;
        extent_add(along, bar.start);
        extent_add(along, bar.start + bar.width);
        extent_add_sticky(up, bar.base);
        extent_add(up, bar.base + bar.height);
    }
}

/* The rectangle between two corners, in data units, as a path. */
static bool rectangle_path(const struct painter *painter, double x1, double y1,
                           double x2, double y2, double line_width)
{
    double corners[4] = {painter_x(painter, x1), painter_y(painter, y1),
                         painter_x(painter, x2), painter_y(painter, y2)};
    for (int i = 0; i < 4; i++) {
        if (isnan(corners[i]))
            return false;
        corners[i] = painter_clamp(painter, corners[i]);
        corners[i] =
            i % 2 ? canvas_snap_y(painter->canvas, corners[i], line_width)
                  : canvas_snap_x(painter->canvas, corners[i], line_width);
    }
    cairo_rectangle(painter->canvas, corners[0], corners[1],
                    corners[2] - corners[0], corners[3] - corners[1]);
    return true;
}

static void paint_bar(const struct artist *artist,
                      const struct painter *painter, size_t i)
{
    cairo_t *canvas = painter->canvas;
    struct bar bar = bar_at(artist, i);
    const struct stroke *stroke = &artist->stroke;
    double end = bar.start + bar.width, top = bar.base + bar.height;
    bool has_edge = stroke->color.alpha > 0 && stroke->style != LINE_NONE;
    double width = has_edge ? stroke->width * painter->point : 0;
    bool lies = artist->bars.is_horizontal;
    bool is_there =
        lies ? rectangle_path(painter, bar.base, bar.start, top, end, width)
             : rectangle_path(painter, bar.start, bar.base, end, top, width);
    if (!is_there)
        return;
    canvas_color(canvas,
                 artist->bars.colors ? artist->bars.colors[i] : artist->face);
    cairo_fill_preserve(canvas);
    if (canvas_stroke_style(canvas, stroke, painter->point)) {
        cairo_set_line_join(canvas, CAIRO_LINE_JOIN_MITER);
        cairo_stroke(canvas);
    }
    cairo_new_path(canvas);
}

void bars_paint(const struct artist *artist, const struct painter *painter)
{
    for (size_t i = 0; i < bar_count(artist); i++)
        paint_bar(artist, painter, i);
}

/* A small box with face and edge: of bars and fills. */
void face_paint_handle(const struct artist *artist,
                       const struct painter *painter, struct box box)
{
    cairo_t *canvas = painter->canvas;
    struct color face = artist->face;
    if (artist->kind == ARTIST_BARS && artist->bars.colors && bar_count(artist))
        face = artist->bars.colors[0];
    cairo_rectangle(canvas, box.x, box.y, box.width, box.height);
    canvas_color(canvas, face);
    cairo_fill_preserve(canvas);
    if (canvas_stroke_style(canvas, &artist->stroke, painter->point)) {
        cairo_set_line_join(canvas, CAIRO_LINE_JOIN_MITER);
        cairo_stroke(canvas);
    }
    cairo_new_path(canvas);
}
