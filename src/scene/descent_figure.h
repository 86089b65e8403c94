/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Descents as a figure: the curve of a function of one number with tangent and
 * path, the contours of one of two, each optimizer beside the others, and the
 * losses.
 */
#ifndef SCENE_DESCENT_FIGURE_H
#define SCENE_DESCENT_FIGURE_H

#include "view/figure.h"

/* A function seen from above, or along its line.  NaN where it has no value. */
struct descent_ground {
    int dimensions;         /* 1 or 2; 0: of more numbers, nothing is seen */
    double low[2], high[2]; /* what is looked at */
    struct series *axes[2]; /* where */
    struct series *values;  /* along axes[0], or axes[1] x axes[0] */
};
void descent_ground_done(struct descent_ground *ground);

/* Where one has been, all of one length. */
struct descent_track {
    const char *label;   /* of its optimizer */
    struct series *x[2]; /* NULL where the ground has no such axis */
    struct series *losses;
    double slope; /* of a function of one number, at the end */
};
void descent_track_done(struct descent_track *track);

struct descent_picture {
    const struct descent_ground *ground;
    const char *names[2]; /* of the axes */
    int track_count;
    const struct descent_track *tracks;
};

/* Everything is borrowed; the numbers are shared.  Owned. */
struct figure *descent_figure(const struct descent_picture *picture);

#endif
