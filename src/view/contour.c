/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view/contour.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/alloc.h"

/*
 * A line crosses a side between two neighbouring points of the grid at most
 * once, so sides stand for the points of lines: sides along rows first, then
 * those along columns.  In a cell a line leads from one side to another; each
 * side has two cells, hence at most two links.
 */
struct links {
    int64_t next[2]; /* sides; -1: none */
};

struct tracer {
    const struct contour_grid *grid;
    double level;
    int64_t along_rows; /* how many sides of the first kind there are */
    struct links *links;
    struct contour_point *points; /* of the line under way */
    size_t count, capacity;
};

static double value_at(const struct contour_grid *grid, int row, int column)
{
    return grid->values[(size_t)row * (size_t)grid->columns + (size_t)column];
}

/* Where between A and B the value is LEVEL. */
static double part_between(double a, double b, double level)
{
    return a == b ? 0.5 : (level - a) / (b - a);
}

static struct contour_point point_of_side(const struct tracer *t, int64_t side)
{
    int columns = t->grid->columns;
    if (side < t->along_rows) {
        int row = (int)(side / (columns - 1)),
            column = (int)(side % (columns - 1));
        double part =
            part_between(value_at(t->grid, row, column),
                         value_at(t->grid, row, column + 1), t->level);
        return (struct contour_point){column + part, row};
    }
    side -= t->along_rows;
    int row = (int)(side / columns), column = (int)(side % columns);
    double part = part_between(value_at(t->grid, row, column),
                               value_at(t->grid, row + 1, column), t->level);
    return (struct contour_point){column, row + part};
}

/* ------------------------------------------------------------------ cells */

static void link_one(struct tracer *t, int64_t from, int64_t to)
{
    int64_t *next = t->links[from].next;
    next[next[0] >= 0] = to;
}

static void link_sides(struct tracer *t, int64_t a, int64_t b)
{
    link_one(t, a, b);
    link_one(t, b, a);
}

/* Links the sides of the cell whose first corner is (ROW, COLUMN). */
static void link_cell(struct tracer *t, int row, int column)
{
    const struct contour_grid *g = t->grid;
    double corners[4] = {value_at(g, row, column), value_at(g, row, column + 1),
                         value_at(g, row + 1, column + 1),
                         value_at(g, row + 1, column)};
    int64_t columns = g->columns;
    int64_t left = t->along_rows + row * columns + column;
    int64_t first = row * (columns - 1) + column;
    /* Side I joins corners I and I + 1. */
    int64_t sides[4] = {first, left + 1, first + columns - 1, left};
    double mean = 0;
    bool above[4];
    int crossed[4], count = 0;
    for (int i = 0; i < 4; i++) {
        above[i] = corners[i] > t->level;
        mean += corners[i] / 4;
    }
    if (!isfinite(mean))
        return;
    for (int i = 0; i < 4; i++)
        if (above[i] != above[(i + 1) % 4])
            crossed[count++] = i;
    if (count == 2) {
        link_sides(t, sides[crossed[0]], sides[crossed[1]]);
    } else if (count == 4) {
        /* A saddle: the middle tells which corners belong together. */
        int shift = (mean > t->level) == above[0] ? 0 : 1;
        link_sides(t, sides[shift], sides[1 + shift]);
        link_sides(t, sides[2 + shift], sides[(3 + shift) % 4]);
    }
}

/* ------------------------------------------------------------------ lines */

static void add_point(struct tracer *t, int64_t side)
{
    VEC_PUSH(t->points, t->count, t->capacity) = point_of_side(t, side);
}

/* Cuts the link between two sides, from A to B and back. */
static void unlink_one(struct tracer *t, int64_t from, int64_t to)
{
    int64_t *next = t->links[from].next;
    if (next[0] == to)
        next[0] = next[1];
    next[1] = -1;
}

/* Follows the line from SIDE, undoing its links. */
static void follow(struct tracer *t, int64_t side, contour_visit *visit,
                   void *context)
{
    t->count = 0;
    add_point(t, side);
    while (t->links[side].next[0] >= 0) {
        int64_t next = t->links[side].next[0];
        unlink_one(t, side, next);
        unlink_one(t, next, side);
        add_point(t, next);
        side = next;
    }
    visit(t->points, t->count, context);
}

static bool is_end(const struct links *links)
{
    return links->next[0] >= 0 && links->next[1] < 0;
}

void contour_lines(const struct contour_grid *grid, double level,
                   contour_visit *visit, void *context)
{
    int64_t rows = grid->rows, columns = grid->columns;
    if (rows < 2 || columns < 2)
        return;
    int64_t along_rows = rows * (columns - 1);
    int64_t sides = along_rows + (rows - 1) * columns;
    struct tracer t = {.grid = grid, .level = level, .along_rows = along_rows};
    t.links = xmalloc((size_t)sides * sizeof *t.links);
    for (int64_t i = 0; i < sides; i++)
        t.links[i] = (struct links){{-1, -1}};
    for (int row = 0; row + 1 < rows; row++)
        for (int column = 0; column + 1 < columns; column++)
            link_cell(&t, row, column);
    /* Lines that end at the border first, then rings. */
    for (int64_t i = 0; i < sides; i++)
        if (is_end(&t.links[i]))
            follow(&t, i, visit, context);
    for (int64_t i = 0; i < sides; i++)
        if (t.links[i].next[0] >= 0)
            follow(&t, i, visit, context);
    free(t.links);
    free(t.points);
}
