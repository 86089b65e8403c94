/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view/grid.h"

#include <math.h>

struct grid grid_usual(void)
{
    return (struct grid){0.125, 0.9, 0.11, 0.88, 0.2, 0.2};
}

/* Where cell INDEX of COUNT in a row begins, and how long each is. */
static double cell_start(double length, int count, double gap, int index,
                         double *size)
{
    *size = length / (count + gap * (count - 1));
    return index * *size * (1 + gap);
}

struct box grid_cell(const struct grid *grid, const struct axes_span *span,
                     struct box box)
{
    int rows = span->rows > 0 ? span->rows : 1;
    int columns = span->columns > 0 ? span->columns : 1;
    double width, height;
    double all_width = (grid->right - grid->left) * box.width;
    double all_height = (grid->top - grid->bottom) * box.height;
    double left = cell_start(all_width, columns, grid->column_gap,
                             span->first_column, &width);
    double right = cell_start(all_width, columns, grid->column_gap,
                              span->last_column, &width);
    double top =
        cell_start(all_height, rows, grid->row_gap, span->first_row, &height);
    double bottom =
        cell_start(all_height, rows, grid->row_gap, span->last_row, &height);
    return (struct box){box.x + grid->left * box.width + left,
                        box.y + (1 - grid->top) * box.height + top,
                        right + width - left, bottom + height - top};
}

/* ------------------------------------------------------------------ tight */

/* What stands out of the cells: at the four borders, and between cells. */
struct needs {
    double left, right, top, bottom;
    double between_columns, between_rows;
    int rows, columns;
};

/* What VIEW and the colour bars in its cell cover together. */
static void collect(struct needs *needs, const struct axes_view *views,
                    int count, int index)
{
    const struct axes_view *view = &views[index];
    const struct axes_span *span = &view->axes->span;
    struct box cell = view->cell, all = decorations_bounds(view);
    for (int i = 0; i < count; i++)
        if (views[i].axes->beside == view->axes) {
            cell = box_united(cell, views[i].cell);
            all = box_united(all, decorations_bounds(&views[i]));
        }
    double left = cell.x - all.x, top = cell.y - all.y;
    double right = all.x + all.width - cell.x - cell.width;
    double bottom = all.y + all.height - cell.y - cell.height;
    if (span->first_column == 0)
        needs->left = fmax(needs->left, left);
    if (span->last_column >= span->columns - 1)
        needs->right = fmax(needs->right, right);
    if (span->first_row == 0)
        needs->top = fmax(needs->top, top);
    if (span->last_row >= span->rows - 1)
        needs->bottom = fmax(needs->bottom, bottom);
    needs->rows = span->rows > needs->rows ? span->rows : needs->rows;
    needs->columns =
        span->columns > needs->columns ? span->columns : needs->columns;
}

/* What stands out of VIEW's cell to its left and below it. */
static double outside(const struct axes_view *view, bool below)
{
    struct box all = decorations_bounds(view);
    return below ? all.y + all.height - view->cell.y - view->cell.height
                 : view->cell.x - all.x;
}

/* To the right, and above. */
static double outside_far(const struct axes_view *view, bool above)
{
    struct box all = decorations_bounds(view);
    return above ? view->cell.y - all.y
                 : all.x + all.width - view->cell.x - view->cell.width;
}

static void collect_gaps(struct needs *needs, const struct axes_view *views,
                         int count)
{
    for (int i = 0; i < count; i++)
        for (int j = 0; j < count; j++) {
            const struct axes_span *a = &views[i].axes->span;
            const struct axes_span *b = &views[j].axes->span;
            if (views[i].axes->is_free || views[j].axes->is_free)
                continue;
            if (b->first_column == a->last_column + 1)
                needs->between_columns =
                    fmax(needs->between_columns, outside_far(&views[i], false) +
                                                     outside(&views[j], false));
            if (b->first_row == a->last_row + 1)
                needs->between_rows =
                    fmax(needs->between_rows, outside(&views[i], true) +
                                                  outside_far(&views[j], true));
        }
}

bool grid_tighten(struct grid *grid, const struct axes_view *views, int count,
                  struct box box, double title_height, double point)
{
    struct needs needs = {.rows = 1, .columns = 1};
    double pad = 1.08 * 10 * point;
    for (int i = 0; i < count; i++)
        if (!views[i].axes->is_free && !views[i].axes->beside)
            collect(&needs, views, count, i);
    collect_gaps(&needs, views, count);
    struct grid tight = {
        .left = (needs.left + pad) / box.width,
        .right = 1 - (needs.right + pad) / box.width,
        .bottom = (needs.bottom + pad) / box.height,
        .top = 1 - (needs.top + pad) / box.height,
    };
    if (title_height > 0)
        tight.top -= (title_height + pad) / box.height;
    double column_gap = (needs.between_columns + pad) / box.width;
    double row_gap = (needs.between_rows + pad) / box.height;
    double width =
        (tight.right - tight.left - column_gap * (needs.columns - 1)) /
        needs.columns;
    double height =
        (tight.top - tight.bottom - row_gap * (needs.rows - 1)) / needs.rows;
    if (!(width > 0) || !(height > 0))
        return false;
    tight.column_gap = column_gap / width;
    tight.row_gap = row_gap / height;
    *grid = tight;
    return true;
}
