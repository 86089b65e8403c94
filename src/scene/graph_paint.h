/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a computation graph looks. */
#ifndef SCENE_GRAPH_PAINT_H
#define SCENE_GRAPH_PAINT_H

#include <cairo.h>

#include "scene/graph_layout.h"
#include "scene/graph_scene.h"

/* Sets the sizes of the boxes by their texts and places them.  RET ends with
   graph_layout_done(). */
void graph_paint_layout(cairo_t *canvas, const struct graph_drawing *drawing,
                        struct graph_layout *ret);

/* In units of the layout. */
void graph_paint(cairo_t *canvas, const struct graph_drawing *drawing,
                 const struct graph_layout *layout);

/* What the colours mean: a line in the upper left corner. */
void graph_paint_legend(cairo_t *canvas);

#endif
