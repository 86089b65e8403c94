/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Places the boxes of a graph that runs one way, in layers from left to right:
 * what a box leads to is to the right of it, no boxes overlap, and edges cross
 * rarely.
 */
#ifndef SCENE_GRAPH_LAYOUT_H
#define SCENE_GRAPH_LAYOUT_H

struct layout_node {
    double width, height; /* given */
    int layer;            /* from 0 */
    double x, y;          /* of its centre */
};

struct layout_point {
    double x, y;
};

/* An edge from a node to one with a higher number. */
struct layout_edge {
    int from, to; /* given */
    double room;  /* given: that it needs beside FROM */
    /* Ends, and a point in each layer between: owned. */
    int point_count;
    struct layout_point *points;
};

struct graph_layout {
    int node_count, edge_count;
    struct layout_node *nodes; /* owned */
    struct layout_edge *edges; /* owned */
    double gap_x, gap_y;       /* given: between layers at least, and between
                                  boxes of one */
    double width, height;      /* of all of it, from (0, 0) */
};

/* Fills what is not given. */
void graph_layout_place(struct graph_layout *layout);
void graph_layout_done(struct graph_layout *layout);

#endif
