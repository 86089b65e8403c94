/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "view/artist_class.h"
#include "view/polyline.h"
#include "view/raster.h"

/* Markers stand on whole pixels, so that all look the same. */
static void paint_markers(const struct artist *artist,
                          const struct painter *painter)
{
    size_t count = artist_count(artist);
    double radius = artist->marker.size * painter->point;
    struct raster raster;
    bool is_dense = count > RASTER_POINTS && raster_begin(&raster, painter);
    for (size_t i = 0; i < count; i++) {
        double x = painter_x(painter, artist->x->values[i]);
        double y = painter_y(painter, artist->y->values[i]);
        if (!painter_sees(painter, x, y, radius))
            continue;
        if (is_dense)
            raster_marker(&raster, &artist->marker, x, y);
        else
            marker_paint(painter, &artist->marker,
                         canvas_snap_x(painter->canvas, x, 1),
                         canvas_snap_y(painter->canvas, y, 1));
    }
    if (is_dense)
        raster_end(&raster);
}

void line_paint(const struct artist *artist, const struct painter *painter)
{
    size_t count = artist_count(artist);
    if (artist->stroke.style != LINE_NONE) {
        struct polyline line;
        polyline_begin(&line, painter, count, &artist->stroke);
        for (size_t i = 0; i < count; i++)
            polyline_add(&line, painter_x(painter, artist->x->values[i]),
                         painter_y(painter, artist->y->values[i]));
        polyline_end(&line);
    }
    if (artist->marker.shape)
        paint_markers(artist, painter);
}

void line_paint_handle(const struct artist *artist,
                       const struct painter *painter, struct box box)
{
    cairo_t *canvas = painter->canvas;
    double y = box.y + box.height / 2;
    if (canvas_stroke_style(canvas, &artist->stroke, painter->point)) {
        cairo_move_to(canvas, box.x, y);
        cairo_line_to(canvas, box.x + box.width, y);
        cairo_stroke(canvas);
    }
    if (artist->marker.shape)
        marker_paint(painter, &artist->marker, box.x + box.width / 2, y);
}
