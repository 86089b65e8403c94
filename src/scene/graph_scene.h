/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A computation graph to look at: a box for each step and variable with its
 * value and, below, the gradient that arrives; an edge for each operand with
 * the derivative that the gradient is multiplied by on its way back.
 *
 * Wheel: zoom; mouse: move; 0: all of it.
 */
#ifndef SCENE_GRAPH_SCENE_H
#define SCENE_GRAPH_SCENE_H

#include <stdbool.h>

#include "view/scene.h"

/* Texts are UTF-8 and owned. */
struct graph_box {
    char *title; /* "w", "a1 = w * x" */
    char *value;
    char *gradient; /* NULL: none arrives */
    bool is_variable;
};

struct graph_link {
    int from, to;  /* boxes: the operand, and the step */
    char *local;   /* the derivative, or NULL */
    bool is_plain; /* no gradient comes back along it */
};

/* Operands have lower numbers than what is computed from them; the last box is
   the result. */
struct graph_drawing {
    int box_count, link_count;
    struct graph_box *boxes;
    struct graph_link *links;
};
void graph_drawing_done(struct graph_drawing *drawing);

/* Takes what is in DRAWING over.  TITLE of the window is copied.  IS_WINDOW: of
   a graph that is too large for a screen the result is seen first, and one can
   move; else the picture is as large as it needs to be. */
struct scene *graph_scene_new(struct graph_drawing drawing, const char *title,
                              bool is_window);

#endif
