/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shapes of points. */
#ifndef VIEW_MARKER_H
#define VIEW_MARKER_H

#include "view/painter.h"

/* One point at (x, y) of the canvas, as MARKER says. */
void marker_paint(const struct painter *painter, const struct marker *marker,
                  double x, double y);

#endif
