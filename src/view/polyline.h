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

/* A straight piece within the room; it may go on from the one before. */
struct polyline_piece {
    struct polyline_point from, to;
    bool goes_on;
};

struct polyline {
    const struct painter *painter;
    const struct stroke *stroke;
    struct box room; /* what lies outside is cut off */
    double column_width;
    /* The pixel column under way: its first, extreme and last points. */
    bool has_column;
    double column;
    struct polyline_point first, lowest, highest, last;
    size_t lowest_index, highest_index, index;
    /* The last point of what is below, unless the line was interrupted. */
    bool is_started;
    struct polyline_point end;
    struct polyline_piece *pieces;
    size_t count, capacity;
    double length; /* of all pieces */
};

/* COUNT points are to come. */
void polyline_begin(struct polyline *line, const struct painter *painter,
                    size_t count, const struct stroke *stroke);
/* In canvas units; a NaN interrupts the line. */
void polyline_add(struct polyline *line, double x, double y);
/* Paints it. */
void polyline_end(struct polyline *line);

#endif
