/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arrows between two points of the canvas. */
#ifndef VIEW_ARROW_H
#define VIEW_ARROW_H

#include "view/painter.h"

struct arrow {
    enum arrow_shape shape;
    struct stroke stroke;
    struct color face;
    double head; /* its length, in points */
};

void arrow_paint(const struct painter *painter, const struct arrow *arrow,
                 double from_x, double from_y, double to_x, double to_y);

#endif
