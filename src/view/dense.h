/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * More lines and points than can be told apart: painted as pixels, which takes
 * a hundredth of the time that Cairo's exact outlines take.
 */
#ifndef VIEW_DENSE_H
#define VIEW_DENSE_H

#include "view/marker.h"

/* From so many on single points are not worth their outlines. */
enum { DENSE_POINTS = 5000 };

struct dense {
    const struct painter *painter;
    cairo_surface_t *surface; /* of the frame */
    unsigned char *bytes;
    int width, height, stride;
    double left, top, resolution; /* of the surface, on the canvas */
    struct stamp *stamps;         /* the markers so far, by size */
    size_t stamp_count, stamp_capacity;
};

/* False when there is no memory for the pixels. */
bool dense_begin(struct dense *dense, const struct painter *painter);
/* In canvas units; the ends are not far outside of the frame. */
void dense_line(struct dense *dense, double x1, double y1, double x2, double y2,
                double width, struct color color);
void dense_marker(struct dense *dense, const struct marker *marker, double x,
                  double y);
/* Puts the pixels on the canvas. */
void dense_end(struct dense *dense);

#endif
