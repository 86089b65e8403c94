/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the parts of a training's window lie, at any size. */
#ifndef SCENE_TRAINING_LAYOUT_H
#define SCENE_TRAINING_LAYOUT_H

#include <stdbool.h>

#include "view/paint.h"

/* A part for which there is no room has a width of 0. */
struct training_layout {
    struct box state;   /* the line at the top */
    struct box curves;  /* a figure of two axes… */
    bool curves_beside; /* … beside each other, not one below the other */
    struct box weights; /* heading, tiles, scale */
    struct box answers; /* the row of images with their bars */
    struct box keys;    /* at the foot */
};

/* HAS_ANSWERS, HAS_WEIGHTS: are there such parts?  KEY_LINES: lines that the
   keys take. */
struct training_layout training_layout_of(double width, double height,
                                          bool has_weights, bool has_answers,
                                          int key_lines);

#endif
