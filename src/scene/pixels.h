/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small images on a canvas: squares, not interpolated. */
#ifndef SCENE_PIXELS_H
#define SCENE_PIXELS_H

#include <cairo.h>
#include <stdint.h>

#include "scene/gallery.h"
#include "view/color.h"
#include "view/paint.h"

struct pixels {
    cairo_surface_t *surface;
    uint32_t *rows; /* 0xffRRGGBB */
    int stride;     /* in pixels */
    int height, width;
};

/* Not initialised. */
struct pixels pixels_new(int rows, int columns);
/* Into BOX, and frees it. */
void pixels_paint(cairo_t *canvas, struct pixels *pixels, struct box box);

/* A colour map in 256 steps. */
struct palette {
    uint32_t colors[256];
};
struct palette palette_of(const struct colormap *map);
/* FRACTION 0 to 1, clamped; NaN is the middle. */
uint32_t palette_at(const struct palette *palette, double fraction);

/* An image of GALLERY, black on white as matplotlib's "binary". */
void gallery_paint(cairo_t *canvas, const struct gallery *gallery,
                   int64_t index, struct box box);

#endif
