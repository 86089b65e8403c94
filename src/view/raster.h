/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The pixels of a frame, for what takes Cairo's exact outlines too long or too
 * far: cells of images, more lines and points than can be told apart.
 */
#ifndef VIEW_RASTER_H
#define VIEW_RASTER_H

#include "view/marker.h"

/* From so many on single points are not worth their outlines. */
enum { RASTER_POINTS = 5000 };

struct raster {
    const struct painter *painter;
    cairo_surface_t *surface; /* of the frame */
    unsigned char *bytes;
    int width, height, stride;
    double left, top, resolution; /* of the surface, on the canvas */
    struct stamp *stamps;         /* the markers so far, by size */
    size_t stamp_count, stamp_capacity;
};

/* (X, Y) must be inside. */
static inline uint32_t *raster_pixel(struct raster *raster, int x, int y)
{
    return (uint32_t *)(void *)(raster->bytes + (ptrdiff_t)y * raster->stride) +
           x;
}

/* All transparent.  False when there is no memory for the pixels. */
bool raster_begin(struct raster *raster, const struct painter *painter);
/* In canvas units; the ends are not far outside of the frame. */
void raster_line(struct raster *raster, double x1, double y1, double x2,
                 double y2, double width, struct color color);
void raster_marker(struct raster *raster, const struct marker *marker, double x,
                   double y);
/* Puts the pixels on the canvas, and frees them. */
void raster_end(struct raster *raster);

#endif
