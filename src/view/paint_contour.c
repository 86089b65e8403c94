/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "view/artist_class.h"

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
        value = (value + levels->values[index + 1]) / 2;
    return artist->scale.map ? color_scale_at(&artist->scale, value)
                             : artist->stroke.color;
}

void contour_paint(const struct artist *artist, const struct painter *painter)
{
    (void)artist;
    (void)painter;
}
