/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of equal value through numbers on a grid, by marching squares. */
#ifndef VIEW_CONTOUR_H
#define VIEW_CONTOUR_H

#include "view/series.h"

/* VALUES holds rows × columns numbers; a cell with a corner that is no number
   is left out. */
struct contour_grid {
    int rows, columns;
    const double *values;
};

/* A point of the grid: column and row, with fractions. */
struct contour_point {
    double column, row;
};

/* Told of each line, its points in order; the first again when it is closed. */
typedef void contour_visit(const struct contour_point *points, size_t count,
                           void *context);

/* The lines at which the values are LEVEL. */
void contour_lines(const struct contour_grid *grid, double level,
                   contour_visit *visit, void *context);

/* The polygons, most of them cells, in which values are from LOW to HIGH; all
   turn the same way, so that their union can be filled at once. */
void contour_band(const struct contour_grid *grid, double low, double high,
                  contour_visit *visit, void *context);

/* About COUNT (matplotlib's default: 7) levels of round numbers for VALUES, so
   that bands between them cover all; for lines and bands alike. */
struct series *contour_levels(const struct series *values, int count,
                              struct error *err);

#endif
