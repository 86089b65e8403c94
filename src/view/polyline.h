/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A line through any points: those of one pixel column become their extremes,
 * and what lies outside of the frame is cut off before Cairo sees it, so that
 * a million points and numbers beyond all pixels are painted in time.
 */
#ifndef VIEW_POLYLINE_H
#define VIEW_POLYLINE_H

#include "view/painter.h"

struct polyline_point {
    double x, y;
};

struct polyline {
    cairo_t *canvas;
    struct box room; /* what lies outside is cut off */
    double column_width;
    bool is_dashed;
    /* The pixel column under way: its first, extreme and last points. */
    bool has_column;
    double column;
    struct polyline_point first, lowest, highest, last;
    size_t lowest_index, highest_index, index;
    /* What went to Cairo: the last point, if the path is open. */
    bool is_started, is_open;
    struct polyline_point end;
    int segments;
};

/* COUNT points are to come; the stroke's style is set on the canvas. */
void polyline_begin(struct polyline *line, const struct painter *painter,
                    size_t count, const struct stroke *stroke);
/* In canvas units; a NaN interrupts the line. */
void polyline_add(struct polyline *line, double x, double y);
/* Strokes what is left. */
void polyline_end(struct polyline *line);

#endif
