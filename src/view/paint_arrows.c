/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "view/arrow.h"
#include "view/artist_class.h"

void arrows_paint(const struct artist *artist, const struct painter *painter)
{
    struct arrow arrow = {ARROW_WEDGE,
                          {artist->stroke.color, 0, LINE_NONE},
                          artist->face,
                          artist->arrows.head};
    for (size_t i = 0; i < artist_count(artist); i++) {
        double x = artist->x->values[i], y = artist->y->values[i];
        double end_x = x + series_at(artist->arrows.u, i, 0);
        double end_y = y + series_at(artist->arrows.v, i, 0);
        arrow_paint(painter, &arrow,
                    painter_clamp(painter, painter_x(painter, x)),
                    painter_clamp(painter, painter_y(painter, y)),
                    painter_clamp(painter, painter_x(painter, end_x)),
                    painter_clamp(painter, painter_y(painter, end_y)));
    }
}
