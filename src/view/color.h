/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Colours as matplotlib names them, and colour maps. */
#ifndef VIEW_COLOR_H
#define VIEW_COLOR_H

#include <stdbool.h>

#include "base/error.h"

/* sRGB and opacity, each 0 to 1. */
struct color {
    double red, green, blue, alpha;
};

/*
 * "r", "red", "tab:blue", "C3", "#1f77b4", "#1f77b480", "0.75" (a grey),
 * "none" (alpha 0).  ValueError in matplotlib's words, with a did-you-mean
 * hint.
 */
bool color_parse(const char *text, struct color *ret, struct error *err);

/* The default property cycle, "C0" to "C9". */
struct color color_cycle(int index);

/* A colour map: rows of one table; "viridis", "gray", "binary", "coolwarm",
   and every name with _r behind it. */
struct colormap;

/* ValueError in matplotlib's words, with a did-you-mean hint. */
const struct colormap *colormap_find(const char *name, struct error *err);
const char *colormap_name(const struct colormap *map);

/* FRACTION is clamped to 0 … 1; NaN gives the colour of bad data, which is
   transparent. */
struct color colormap_at(const struct colormap *map, double fraction);

/* Every map in order, for help and completion; NULL at the end. */
const struct colormap *colormap_next(int index);

#endif
