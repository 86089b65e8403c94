/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Colour bars: which colour is which number. */
#ifndef VIEW_COLORBAR_H
#define VIEW_COLORBAR_H

#include "view/layout.h"

/* What AXES explains, when it still is in the figure; else NULL. */
const struct artist *colorbar_explained(const struct figure *figure,
                                        const struct axes *axes);

/* Takes a bar's cell away from *CELL. */
struct box colorbar_split(struct box *cell);

/* Frame, limits and ticks of a bar whose cell is known. */
void colorbar_view(struct axes_view *view);

void colorbar_paint(cairo_t *canvas, const struct axes_view *view);

#endif
