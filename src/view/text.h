/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A piece of text on a canvas, set by Pango. */
#ifndef VIEW_TEXT_H
#define VIEW_TEXT_H

#include <cairo.h>
#include <stdbool.h>

#include "view/artist.h"

/*
 * Vertically ALIGN_START is the top, and lines are as high as "lp" at least,
 * as matplotlib has it.  Rotated text is aligned by the box around it.
 *
 * What stands between two $ is set as a formula: "$x^2$", "$\\alpha_{10}$".
 */
struct text_style {
    double size; /* in canvas units */
    bool is_bold, is_mono;
    struct color color;
    double rotation; /* degrees, counter-clockwise */
    enum text_align horizontal, vertical;
};

struct text_extent {
    double width, height; /* before rotation */
    double baseline;      /* of the last line, from the top */
};

/* TEXT may have several lines; bytes that are not UTF-8 are shown as U+FFFD. */
struct text_extent text_measure(cairo_t *canvas, const char *text,
                                const struct text_style *style);
void text_paint(cairo_t *canvas, double x, double y, const char *text,
                const struct text_style *style);

/* What text_paint() would cover: left, top, width and height. */
void text_bounds(cairo_t *canvas, double x, double y, const char *text,
                 const struct text_style *style, double bounds[4]);

#endif
