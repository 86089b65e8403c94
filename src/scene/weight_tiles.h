/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Weights as pictures: how the numbers of a layer's first weight lie as
 * tiles.  A unit of Dense on images is one tile, as large as the image; a
 * kernel of Conv2D one for each channel it reads; anything else is one tile
 * with the whole table.
 */
#ifndef SCENE_WEIGHT_TILES_H
#define SCENE_WEIGHT_TILES_H

#include <cairo.h>

#include "nn/model.h"
#include "scene/pixels.h"

struct weight_tiles {
    const struct layer *layer; /* borrowed; NULL: no layer has weights */
    int count, rows, columns;  /* of tiles, and of each */
    bool is_table;             /* the whole weight is one tile */
    bool are_images;           /* each as large as the layer's input */
    int64_t inner; /* tile i begins at (i % inner) * inner_stride… */
    int64_t inner_stride, outer_stride; /* … + (i / inner) * outer_stride */
    int64_t row_stride, column_stride;
};

/* Of the first layer that learns, or that has weights.  IMAGE_ROWS and
   IMAGE_COLUMNS: of the images it is shown, where that is known, else 0. */
struct weight_tiles weight_tiles_of(const struct model *model, int image_rows,
                                    int image_columns);

float weight_tiles_value(const struct weight_tiles *tiles, const float *values,
                         int tile, int row, int column);

/* Four times the root mean square, rounded up to 1, 1.5, 2, 3, 5, 7 times a
   power of ten: steady while the numbers change. */
double weight_tiles_limit(const struct weight_tiles *tiles,
                          const float *values);

/* ------------------------------------------------------------------ drawing */

/* Where tiles lie in a box: as large as LEAST of them allow, in rows. */
struct tile_grid {
    struct box box;
    int columns, rows; /* 0: there is no room */
    double width, height, gap;
};

struct tile_grid tile_grid_of(const struct weight_tiles *tiles, struct box box,
                              int least);
struct box tile_grid_box(const struct tile_grid *grid, int place);
/* The place at X, Y; -1: none. */
int tile_grid_find(const struct tile_grid *grid, double x, double y);

/* One tile; values from -LIMIT to LIMIT in PALETTE's colours. */
void weight_tiles_paint(cairo_t *canvas, const struct weight_tiles *tiles,
                        const float *values, int tile, struct box box,
                        double limit, const struct palette *palette);

#endif
