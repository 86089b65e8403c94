/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines and stripes across the axes: axhline(), axvspan(), … */
#include <math.h>

#include "view/artist_class.h"

void rule_extent(const struct artist *artist, struct extent *extent)
{
    struct extent_axis *axis =
        artist->rule.is_vertical ? &extent->x : &extent->y;
    axis->is_present = true;
    extent_add(axis, artist->rule.low);
    extent_add(axis, artist->rule.high);
}

static bool is_line(const struct artist *artist)
{
    return artist->rule.low == artist->rule.high;
}

static void paint_line(const struct artist *artist,
                       const struct painter *painter)
{
    const struct box *frame = &painter->frame;
    cairo_t *canvas = painter->canvas;
    double width = artist->stroke.width * painter->point;
    if (!canvas_stroke_style(canvas, &artist->stroke, painter->point))
        return;
    if (artist->rule.is_vertical) {
        double x = painter_clamp(painter, painter_x(painter, artist->rule.low));
        x = canvas_snap_x(canvas, x, width);
        double bottom = frame->y + frame->height;
        cairo_move_to(canvas, x, bottom - artist->rule.from * frame->height);
        cairo_line_to(canvas, x, bottom - artist->rule.to * frame->height);
    } else {
        double y = painter_clamp(painter, painter_y(painter, artist->rule.low));
        y = canvas_snap_y(canvas, y, width);
        cairo_move_to(canvas, frame->x + artist->rule.from * frame->width, y);
        cairo_line_to(canvas, frame->x + artist->rule.to * frame->width, y);
    }
    cairo_stroke(canvas);
}

/* The stripe's box on the canvas. */
static struct box stripe(const struct artist *artist,
                         const struct painter *painter)
{
    const struct box *frame = &painter->frame;
    double from = artist->rule.from, to = artist->rule.to;
    if (artist->rule.is_vertical) {
        double left =
            painter_clamp(painter, painter_x(painter, artist->rule.low));
        double right =
            painter_clamp(painter, painter_x(painter, artist->rule.high));
        return (struct box){left, frame->y + (1 - to) * frame->height,
                            right - left, (to - from) * frame->height};
    }
    double bottom =
        painter_clamp(painter, painter_y(painter, artist->rule.low));
    double top = painter_clamp(painter, painter_y(painter, artist->rule.high));
    return (struct box){frame->x + from * frame->width, top,
                        (to - from) * frame->width, bottom - top};
}

void rule_paint(const struct artist *artist, const struct painter *painter)
{
    cairo_t *canvas = painter->canvas;
    if (isnan(artist->rule.low) || isnan(artist->rule.high))
        return;
    if (is_line(artist)) {
        paint_line(artist, painter);
        return;
    }
    struct box box = stripe(artist, painter);
    cairo_rectangle(canvas, box.x, box.y, box.width, box.height);
    canvas_color(canvas, artist->face);
    cairo_fill_preserve(canvas);
    if (canvas_stroke_style(canvas, &artist->stroke, painter->point))
        cairo_stroke(canvas);
    cairo_new_path(canvas);
}

void rule_paint_handle(const struct artist *artist,
                       const struct painter *painter, struct box box)
{
    if (!is_line(artist)) {
        face_paint_handle(artist, painter, box);
        return;
    }
    if (!canvas_stroke_style(painter->canvas, &artist->stroke, painter->point))
        return;
    cairo_move_to(painter->canvas, box.x, box.y + box.height / 2);
    cairo_line_to(painter->canvas, box.x + box.width, box.y + box.height / 2);
    cairo_stroke(painter->canvas);
}
