/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a pad looks. */
#ifndef SCENE_PAD_PAINT_H
#define SCENE_PAD_PAINT_H

#include "scene/drawing.h"
#include "scene/pad_network.h"

/* Its own units; a window of any size shows all of it, scaled. */
enum { PAD_WIDTH = 800, PAD_HEIGHT = 384, PAD_LEFT = 24, PAD_TOP = 48 };

struct pad_picture {
    struct drawing *drawing;
    bool has_ink;
    const uint8_t *image;              /* that the network gets */
    const struct pad_network *network; /* or NULL */
    int64_t best;                      /* class */
};

/* From the units of a window to those of a pad. */
struct pad_place {
    double x, y, scale; /* where its corner is, and its units */
};
struct pad_place pad_place(double width, double height);

void pad_paint(cairo_t *canvas, const struct pad_picture *picture, double width,
               double height);

/* The bars from above: which classes have one.  Ten at most: of more classes
   those with the largest shares.  Returns how many. */
enum { PAD_BARS = 10 };
int pad_bars(const struct pad_network *network, int64_t ret[PAD_BARS]);

#endif
