/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Short ways to build figures, for the tests of view. */
#ifndef TESTS_VIEW_FIGURES_H
#define TESTS_VIEW_FIGURES_H

#include <string.h>

#include "view/figure.h"

static inline struct series *numbers(size_t count, const double *values)
{
    struct error err = ERROR_INIT;
    struct series *series = series_new(count, &err);
    if (count)
        memcpy(series->values, values, count * sizeof *values);
    return series;
}

/* A series of numbers that are written out. */
#define NUMBERS(...)                                          \
    numbers(sizeof((double[]){__VA_ARGS__}) / sizeof(double), \
            (double[]){__VA_ARGS__})

/* START, START + STEP, … */
static inline struct series *steps(size_t count, double start, double step)
{
    struct error err = ERROR_INIT;
    struct series *series = series_new(count, &err);
    for (size_t i = 0; i < count; i++)
        series->values[i] = start + step * (double)i;
    return series;
}

/* Cell INDEX of a grid, counted along rows. */
static inline struct axes *cell(struct figure *figure, int rows, int columns,
                                int index)
{
    int row = index / columns, column = index % columns;
    return figure_add_axes(
        figure, (struct axes_span){rows, columns, row, row, column, column});
}

static inline struct artist *add_line(struct axes *axes, struct series *x,
                                      struct series *y)
{
    struct artist *artist = artist_new(ARTIST_LINE);
    artist->x = x;
    artist->y = y;
    return axes_add(axes, artist);
}

static inline struct artist *add_bars(struct axes *axes, struct series *starts,
                                      struct series *heights)
{
    struct artist *artist = artist_new(ARTIST_BARS);
    artist->x = starts;
    artist->bars.heights = heights;
    return axes_add(axes, artist);
}

/* As imshow() has it; VALUES is taken. */
static inline struct artist *add_image(struct axes *axes, int rows, int columns,
                                       struct series *values, const char *map)
{
    struct artist *artist = artist_new(ARTIST_IMAGE);
    struct error err = ERROR_INIT;
    double extent[4] = {-0.5, columns - 0.5, rows - 0.5, -0.5};
    memcpy(artist->image.extent, extent, sizeof extent);
    artist->image.rows = rows;
    artist->image.columns = columns;
    artist->image.values = values;
    artist->scale.map = colormap_find(map, &err);
    artist->scale.high = values->count ? values->values[values->count - 1] : 1;
    axes->is_equal = true;
    return axes_add(axes, artist);
}

static inline void set_limits(struct axis *axis, double low, double high)
{
    axis->has_low = axis->has_high = true;
    axis->low = low;
    axis->high = high;
}

#endif
