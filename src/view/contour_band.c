/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdbool.h>

#include "view/contour.h"

/* A corner of a polygon and the value there. */
struct corner {
    double column, row, value;
};

/* A triangle that was cut on two sides has five corners. */
enum { MOST_CORNERS = 8 };

struct polygon {
    int count;
    struct corner corners[MOST_CORNERS];
};

static struct corner between(struct corner a, struct corner b, double level)
{
    double part = (level - a.value) / (b.value - a.value);
    return (struct corner){a.column + part * (b.column - a.column),
                           a.row + part * (b.row - a.row), level};
}

/* What of POLYGON has values over LEVEL (SIGN 1) or under it (SIGN -1). */
static struct polygon cut(const struct polygon *polygon, double level,
                          double sign)
{
    struct polygon ret = {.count = 0};
    for (int i = 0; i < polygon->count; i++) {
        struct corner here = polygon->corners[i];
        struct corner next = polygon->corners[(i + 1) % polygon->count];
        bool is_in = sign * here.value >= sign * level;
        bool goes_on = sign * next.value >= sign * level;
        if (is_in)
            ret.corners[ret.count++] = here;
        if (is_in != goes_on)
            ret.corners[ret.count++] = between(here, next, level);
    }
    return ret;
}

struct band {
    const struct contour_grid *grid;
    double low, high;
    contour_visit *visit;
    void *context;
};

static void visit_polygon(const struct band *band,
                          const struct polygon *polygon)
{
    struct contour_point points[MOST_CORNERS];
    for (int i = 0; i < polygon->count; i++)
        points[i] = (struct contour_point){polygon->corners[i].column,
                                           polygon->corners[i].row};
    if (polygon->count > 2)
        band->visit(points, (size_t)polygon->count, band->context);
}

/* Four corners of a cell, around. */
static void corners_of(const struct contour_grid *grid, int row, int column,
                       struct corner corners[4])
{
    static const int rows[4] = {0, 0, 1, 1}, columns[4] = {0, 1, 1, 0};
    for (int i = 0; i < 4; i++) {
        size_t r = (size_t)(row + rows[i]), c = (size_t)(column + columns[i]);
        corners[i] = (struct corner){
            (double)c, (double)r, grid->values[r * (size_t)grid->columns + c]};
    }
}

/* Triangles between the middle and the sides leave no doubt about saddles. */
static void cut_cell(const struct band *band, const struct corner corners[4])
{
    struct corner middle = {0};
    for (int i = 0; i < 4; i++) {
        middle.column += corners[i].column / 4;
        middle.row += corners[i].row / 4;
        middle.value += corners[i].value / 4;
    }
    for (int i = 0; i < 4; i++) {
        struct polygon triangle = {3,
                                   {corners[i], corners[(i + 1) % 4], middle}};
        struct polygon upper = cut(&triangle, band->low, 1);
        struct polygon inner = cut(&upper, band->high, -1);
        visit_polygon(band, &inner);
    }
}

enum cell_kind { CELL_OUTSIDE, CELL_CUT, CELL_INSIDE };

static enum cell_kind kind_of(const struct band *band,
                              const struct corner corners[4])
{
    double least = INFINITY, most = -INFINITY;
    for (int i = 0; i < 4; i++) {
        if (!isfinite(corners[i].value))
            return CELL_OUTSIDE;
        least = fmin(least, corners[i].value);
        most = fmax(most, corners[i].value);
    }
    if (most < band->low || least > band->high)
        return CELL_OUTSIDE;
    return least >= band->low && most <= band->high ? CELL_INSIDE : CELL_CUT;
}

/* Cells FROM to (not including) TO of a row as one rectangle. */
static void visit_run(const struct band *band, int row, int from, int to)
{
    struct contour_point points[4] = {
        {from, row}, {to, row}, {to, row + 1}, {from, row + 1}};
    if (to > from)
        band->visit(points, 4, band->context);
}

void contour_band(const struct contour_grid *grid, double low, double high,
                  contour_visit *visit, void *context)
{
    struct band band = {grid, low, high, visit, context};
    for (int row = 0; row + 1 < grid->rows; row++) {
        int start = 0;
        for (int column = 0; column + 1 < grid->columns; column++) {
            struct corner corners[4];
            corners_of(grid, row, column, corners);
            enum cell_kind kind = kind_of(&band, corners);
            if (kind == CELL_INSIDE)
                continue;
            visit_run(&band, row, start, column);
            start = column + 1;
            if (kind == CELL_CUT)
                cut_cell(&band, corners);
        }
        visit_run(&band, row, start, grid->columns - 1);
    }
}
