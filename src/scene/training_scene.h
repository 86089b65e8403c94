/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of a training's window share. */
#ifndef SCENE_TRAINING_SCENE_H
#define SCENE_TRAINING_SCENE_H

#include "scene/training.h"
#include "scene/training_layout.h"
#include "scene/weight_tiles.h"

enum { STRONGEST = 12, LEAST_TILES = 60 };

/* One tile, grown, and the images that excite it most. */
struct zoom {
    int tile;        /* -1: none */
    struct box from; /* where it grows from */
    double started;  /* 0: at the next paint */
    bool is_growing;
    int count;
    int64_t positions[STRONGEST];
    float products[STRONGEST];
};

struct training_scene {
    struct scene base;
    struct training_feed *feed;
    struct gallery *gallery; /* or NULL */
    struct examples examples;
    const struct training_snapshot *shown; /* the feed's; NULL: none yet */
    struct answers answers;                /* of shown */
    bool is_log, shows_gradient;
    int first_tile; /* that is seen */
    struct zoom zoom;
    double wanted_rate; /* told, but not yet seen in a snapshot; or 0 */

    /* when to paint, and at what cost */
    bool is_asked;
    double painted, cost;
};

double training_scene_now(void);

/* Weights or gradients, whichever are shown; NULL: there are none. */
const float *training_scene_values(const struct training_scene *scene,
                                   const struct weight_tiles *tiles);
struct weight_tiles training_scene_tiles(const struct training_scene *scene);
struct training_layout training_scene_layout(const struct training_scene *scene,
                                             double width, double height);
/* Where the tiles lie within the layout's part for the weights. */
struct tile_grid training_scene_grid(const struct training_layout *layout,
                                     const struct weight_tiles *tiles);

/* training_keys.c */
bool training_scene_key(struct training_scene *scene, uint32_t key,
                        double width, double height);
int training_scene_key_lines(double width);
void training_scene_paint_keys(const struct training_scene *scene,
                               cairo_t *canvas, struct box box);

/* training_paint.c */
void training_scene_paint(struct scene *scene, cairo_t *canvas, double width,
                          double height);

/* training_zoom.c */
void training_scene_zoom(struct training_scene *scene, int tile,
                         struct box from);
void training_scene_paint_zoom(struct training_scene *scene, cairo_t *canvas,
                               const struct weight_tiles *tiles, struct box box,
                               double limit, const struct palette *palette);

#endif
