/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a network that is being trained says of a few examples: computed in the
   window's thread, with buffers of its own. */
#ifndef SCENE_ANSWERS_H
#define SCENE_ANSWERS_H

#include "nn/pass.h"
#include "scene/gallery.h"

enum { ANSWERS_MOST = 16 };

/* The first images of GALLERY as the model takes them. */
struct examples {
    int count;
    int64_t width; /* numbers each */
    float *inputs; /* count x width; owned */
};

/* Those of IMAGES (batch first) that fit MODEL, whose weights are not looked
   at; count 0 when they do not. */
struct examples examples_of(struct model *model, struct tensor *images);
void examples_done(struct examples *examples);

struct answers {
    int count, classes; /* 0: there are none */
    float *outputs;     /* count x classes */
    struct pass pass;
    bool has_pass;
};

/* By MODEL, which is as the one before but for its weights. */
void answers_compute(struct answers *answers, struct model *model,
                     const struct examples *examples);
void answers_done(struct answers *answers);

/* The class with the largest output. */
int answers_best(const struct answers *answers, int example);

/* Positions of the COUNT images of GALLERY whose product with the ROWS x
   COLUMNS weights TILE is largest, the largest first, and the products (of
   pixels from 0 to 1).  Returns how many. */
int strongest_images(const struct gallery *gallery, const float *tile,
                     int count, int64_t *positions, float *products);

#endif
