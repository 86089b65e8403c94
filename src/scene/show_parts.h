/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the pictures of show.h consist of. */
#ifndef SCENE_SHOW_PARTS_H
#define SCENE_SHOW_PARTS_H

#include "tensor/tensor.h"
#include "view/figure.h"

/* One figure with a title above it: "x  (2, 3) float64"; X may be NULL. */
struct figure *show_figure(const char *title, const struct tensor *x,
                           double width, double height);

/* Cell (ROW, COLUMN) of a grid of axes. */
struct axes *show_cell(struct figure *figure, int rows, int columns, int row,
                       int column);

/* How an image's numbers become colours. */
struct show_colors {
    const char *map;
    double low, high;
};
/* From the smallest to the largest; or with zero in the middle. */
struct show_colors show_colors_of(const struct tensor *x, const char *map);
struct show_colors show_diverging(const struct tensor *x);

/* IMAGE (two axes, or three for RGB) into AXES; NULL with MemoryError. */
struct artist *show_add_image(struct axes *axes, struct tensor *image,
                              struct show_colors colors, struct error *err);

/* The numbers of MATRIX onto its image in AXES, at most 12 × 12. */
void show_add_numbers(struct axes *axes, const struct tensor *matrix,
                      struct show_colors colors, double size);

/* "0.25", "12": short. */
void show_number(struct scalar value, char ret[32]);

/* Owned by AXES; for chaining. */
struct artist *show_add_text(struct axes *axes, double x, double y,
                             const char *text, double size);
struct artist *show_add_box(struct axes *axes, double x, double y,
                            double width, double height, struct color face,
                            struct error *err);

bool show_has_negative(const struct tensor *x);

#endif
