/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "view/artist_class.h"
#include "view/raster.h"

/* The I-th point's look. */
static struct marker marker_of(const struct artist *artist, size_t i)
{
    struct marker marker = artist->marker;
    const struct series *values = artist->points.values;
    if (artist->points.sizes)
        marker.size = sqrt(fmax(series_at(artist->points.sizes, i, 0), 0));
    if (artist->points.colors && i < artist_count(artist)) {
        marker.face = artist->points.colors[i];
    } else if (values && artist->scale.map && i < values->count) {
        marker.face = color_scale_at(&artist->scale, values->values[i]);
        marker.face.alpha *= artist->alpha;
    }
    if (marker.edge_is_face || marker_is_open(marker.shape))
        marker.edge = marker.face;
    return marker;
}

void points_paint(const struct artist *artist, const struct painter *painter)
{
    size_t count = artist_count(artist);
    struct raster raster;
    bool is_dense = count > RASTER_POINTS && raster_begin(&raster, painter);
    for (size_t i = 0; i < count; i++) {
        struct marker marker = marker_of(artist, i);
        double x = painter_x(painter, artist->x->values[i]);
        double y = painter_y(painter, artist->y->values[i]);
        if (!painter_sees(painter, x, y, marker.size * painter->point))
            continue;
        if (is_dense)
            raster_marker(&raster, &marker, x, y);
        else
            marker_paint(painter, &marker, x, y);
    }
    if (is_dense)
        raster_end(&raster);
}

void points_paint_handle(const struct artist *artist,
                         const struct painter *painter, struct box box)
{
    struct marker marker = marker_of(artist, 0);
    marker_paint(painter, &marker, box.x + box.width / 2,
                 box.y + box.height / 2);
}
