/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What fill_between() and fill() show. */
#include <math.h>

#include "view/artist_class.h"

void fill_extent(const struct artist *artist, struct extent *extent)
{
    xy_extent(artist, extent);
    const struct series *other = artist->band.other;
    for (size_t i = 0; other && i < artist_count(artist); i++)
        if (isfinite(artist->x->values[i]) && isfinite(artist->y->values[i]))
            extent_add(&extent->y, series_at(other, i, NAN));
}

static void add_point(const struct painter *painter, double x, double y)
{
    cairo_line_to(painter->canvas,
                  painter_clamp(painter, painter_x(painter, x)),
                  painter_clamp(painter, painter_y(painter, y)));
}

static bool is_there(const struct artist *artist, size_t i)
{
    return isfinite(artist->x->values[i]) && isfinite(artist->y->values[i]) &&
           (!artist->band.other ||
            isfinite(series_at(artist->band.other, i, NAN)));
}

/* The points FROM to (not including) TO, and back along the other border. */
static void add_piece(const struct artist *artist,
                      const struct painter *painter, size_t from, size_t to)
{
    cairo_new_sub_path(painter->canvas);
    for (size_t i = from; i < to; i++)
        add_point(painter, artist->x->values[i], artist->y->values[i]);
    for (size_t i = to; artist->band.other && i > from; i--)
        add_point(painter, artist->x->values[i - 1],
                  series_at(artist->band.other, i - 1, 0));
    cairo_close_path(painter->canvas);
}

void fill_paint(const struct artist *artist, const struct painter *painter)
{
    cairo_t *canvas = painter->canvas;
    size_t count = artist_count(artist), start = 0;
    cairo_new_path(canvas);
    for (size_t i = 0; i <= count; i++) {
        if (i < count && is_there(artist, i))
            continue;
        if (i > start)
            add_piece(artist, painter, start, i);
        start = i + 1;
    }
    canvas_color(canvas, artist->face);
    cairo_fill_preserve(canvas);
    if (canvas_stroke_style(canvas, &artist->stroke, painter->point))
        cairo_stroke(canvas);
    cairo_new_path(canvas);
}
