/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the confusion matrix share. */
#ifndef SCENE_CONFUSION_SCENE_H
#define SCENE_CONFUSION_SCENE_H

#include "scene/confusion.h"
#include "view/paint.h"

struct confusion_scene {
    struct scene base;
    struct verdicts verdicts;
    int64_t *counts;         /* classes x classes */
    struct gallery *gallery; /* or NULL */
    bool is_open;            /* a cell: its images are shown */
    int expected, given; /* the cell that the arrows move, or that is open */
    bool has_cursor;
    int64_t *list;             /* of the open cell: positions… */
    int64_t list_count, first; /* … and the first one that is seen */
};

/* Where the cells lie: rows are what was expected. */
struct confusion_layout {
    struct box cells;
    double side;       /* of a cell */
    struct box images; /* beside or below; width 0: no room */
};

struct confusion_layout confusion_layout_of(const struct confusion_scene *scene,
                                            double width, double height);

/* Where image number PLACE of those in BOX lies; *COLUMNS and *ROWS of them. */
struct box confusion_image_box(struct box box, int place, int *columns,
                               int *rows);

void confusion_scene_paint(struct scene *base, cairo_t *canvas, double width,
                           double height);

#endif
