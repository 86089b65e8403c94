/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef VIEW_PAINT_AXES_H
#define VIEW_PAINT_AXES_H

#include "view/layout.h"

/* Frame, grid, artists, ticks, texts, legend. */
void axes_paint(cairo_t *canvas, const struct axes_view *view);

#endif
