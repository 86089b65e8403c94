/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line at a window's foot that says what its keys do. */
#ifndef SCENE_KEYS_LINE_H
#define SCENE_KEYS_LINE_H

#include <cairo.h>

/* The room it takes of a window so high: less of a small one. */
double keys_line_height(double height);

void keys_line_paint(cairo_t *canvas, double width, double height,
                     const char *text);

#endif
