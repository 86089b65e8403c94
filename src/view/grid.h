/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The grid that axes stand in: margins and gaps. */
#ifndef VIEW_GRID_H
#define VIEW_GRID_H

#include "view/layout.h"

/* As parts of the figure; gaps as parts of a cell. */
struct grid {
    double left, right, bottom, top;
    double column_gap, row_gap;
};

/* Matplotlib's subplot parameters. */
struct grid grid_usual(void);

struct box grid_cell(const struct grid *grid, const struct axes_span *span,
                     struct box box);

/*
 * tight_layout(): makes room for just what the VIEWS, as they are laid out
 * now, have around their cells, and for a title TITLE_HEIGHT high.  False,
 * with GRID as it was, when nothing would be left of the axes.
 */
bool grid_tighten(struct grid *grid, const struct axes_view *views, int count,
                  struct box box, double title_height, double point);

#endif
