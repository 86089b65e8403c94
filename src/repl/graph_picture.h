/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A computation graph as a picture. */
#ifndef REPL_GRAPH_PICTURE_H
#define REPL_GRAPH_PICTURE_H

#include "autograd/graph.h"
#include "view/scene.h"

/* Owned; NULL with a ValueError when there are too many steps to see. */
struct scene *graph_picture(const struct graph *graph, bool is_window,
                            struct error *err);

#endif
