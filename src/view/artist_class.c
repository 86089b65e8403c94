/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view/artist_class.h"

#include <math.h>

/* Texts do not widen the limits. */
static void no_extent(const struct artist *artist, struct extent *extent)
{
    (void)artist;
    (void)extent;
}

const struct artist_class artist_classes[ARTIST_KINDS] = {
    [ARTIST_LINE] = {xy_extent, line_paint, line_paint_handle},
    [ARTIST_POINTS] = {xy_extent, points_paint, points_paint_handle},
    [ARTIST_IMAGE] = {image_extent, image_paint, NULL},
    [ARTIST_BARS] = {bars_extent, bars_paint, face_paint_handle},
    [ARTIST_FILL] = {fill_extent, fill_paint, face_paint_handle},
    [ARTIST_CONTOUR] = {contour_extent, contour_paint, NULL},
    [ARTIST_RULE] = {rule_extent, rule_paint, rule_paint_handle},
    [ARTIST_TEXT] = {no_extent, text_artist_paint, NULL},
    [ARTIST_ARROWS] = {xy_extent, arrows_paint, NULL},
};

void artist_extent(const struct artist *artist, struct extent *extent)
{
    if (!artist->is_hidden)
        artist_classes[artist->kind].extent(artist, extent);
}

size_t artist_count(const struct artist *artist)
{
    if (!artist->x || !artist->y)
        return 0;
    return artist->x->count < artist->y->count ? artist->x->count
                                               : artist->y->count;
}

void xy_extent(const struct artist *artist, struct extent *extent)
{
    size_t count = artist_count(artist);
    const double *x = artist->x ? artist->x->values : NULL;
    const double *y = artist->y ? artist->y->values : NULL;
    extent->x.is_present = extent->y.is_present = true;
    for (size_t i = 0; i < count; i++)
        if (isfinite(x[i]) && isfinite(y[i])) {
            extent_add(&extent->x, x[i]);
            extent_add(&extent->y, y[i]);
        }
}

struct color color_scale_at(const struct color_scale *scale, double value)
{
    double low = scale->low, high = scale->high;
    if (scale->is_log) {
        low = log10(low);
        high = log10(high);
        value = log10(value);
    }
    double part = low == high ? value - low
                              : (value / 2 - low / 2) / (high / 2 - low / 2);
    return colormap_at(scale->map, part);
}

double series_at(const struct series *series, size_t i, double otherwise)
{
    if (!series || !series->count)
        return otherwise;
    return series->values[series->count > i ? i : series->count - 1];
}
