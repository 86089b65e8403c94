/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The box that says which curve is which. */
#ifndef VIEW_LEGEND_H
#define VIEW_LEGEND_H

#include "view/painter.h"

/* Nothing when no artist has a label. */
void legend_paint(const struct painter *painter);

/* Where a legend of WIDTH and HEIGHT goes; LEGEND_BEST covers the least of the
   data. */
struct box legend_place_box(const struct painter *painter, double width,
                            double height);

#endif
