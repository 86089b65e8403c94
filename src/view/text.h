/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A piece of text on a canvas, set by Pango. */
#ifndef VIEW_TEXT_H
#define VIEW_TEXT_H

#include <cairo.h>
#include <stdbool.h>

#include "view/artist.h"

struct text_style {
    double size; /* in canvas units */
    bool is_bold, is_mono;
    struct color color;
    double rotation; /* degrees, counter-clockwise */
    enum text_align horizontal, vertical;
};

struct text_extent {
    double width, height, baseline; /* before rotation */
};

/* TEXT may have several lines; bytes that are not UTF-8 are shown as U+FFFD. */
struct text_extent text_measure(cairo_t *canvas, const char *text,
                                const struct text_style *style);
void text_paint(cairo_t *canvas, double x, double y, const char *text,
                const struct text_style *style);

#endif
