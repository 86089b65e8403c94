/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene/training_scene.h"

#include <math.h>
#include <stdlib.h>
#include <time.h>

#include "base/alloc.h"
#include "base/i18n.h"

/* At most so many pictures a second… */
static const double shortest_rest = 1.0 / 15.0;

/* … and, while the training computes, no more of one core than this: it
   shares the work of a batch equally and waits for the slowest.  Weights that
   are many are copied less often, too. */
static const double share = 0.015;

static const double wanted_width = 900.0, wanted_height = 640.0;

double training_scene_now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* --------------------------------------------------------------- snapshots */

static bool is_running(const struct training_scene *scene)
{
    return !scene->shown || scene->shown->state == FEED_RUNNING;
}

static double rest_after_paint(const struct training_scene *scene)
{
    double cost = scene->cost + (scene->shown ? scene->shown->cost : 0.0);
    return is_running(scene) ? fmax(shortest_rest, cost / share)
                             : shortest_rest;
}

static void look(struct training_scene *scene,
                 const struct training_snapshot *snapshot)
{
    scene->shown = snapshot;
    scene->is_asked = false;
    if (snapshot->rate == scene->wanted_rate)
        scene->wanted_rate = 0.0;
    if (snapshot->model)
        answers_compute(&scene->answers, snapshot->model, &scene->examples);
}

/* Asks for the next picture when it is time for it; who stands still has
   nothing new to show, and tells of itself when it goes on. */
static bool update(struct scene *base, double now)
{
    struct training_scene *scene = (struct training_scene *)base;
    int64_t before = scene->shown ? scene->shown->number : 0;
    const struct training_snapshot *snapshot =
        training_feed_take(scene->feed, scene);
    bool is_new = snapshot && snapshot->number != before;
    if (is_new)
        look(scene, snapshot);
    bool is_due = now >= scene->painted + rest_after_paint(scene);
    if (!is_new && is_due && is_running(scene) && !scene->is_asked) {
        scene->is_asked = true;
        training_feed_ask(scene->feed);
    }
    return is_new || scene->zoom.is_growing;
}

static double rest(struct scene *base, double now)
{
    struct training_scene *scene = (struct training_scene *)base;
    if (scene->zoom.is_growing)
        return 0.0;
    if (scene->is_asked || !is_running(scene))
        return -1.0;
    return fmax(scene->painted + rest_after_paint(scene) - now, 0.0);
}

/* What it costs decides how often it is done. */
static void paint(struct scene *base, cairo_t *canvas, double width,
                  double height)
{
    struct training_scene *scene = (struct training_scene *)base;
    double started = training_scene_now();
    if (!scene->shown) {
        const struct training_snapshot *snapshot =
            training_feed_take(scene->feed, scene);
        if (snapshot)
            look(scene, snapshot);
    }
    training_scene_paint(base, canvas, width, height);
    scene->painted = training_scene_now();
    scene->cost = scene->painted - started;
}

/* ---------------------------------------------------------------- geometry */

struct weight_tiles training_scene_tiles(const struct training_scene *scene)
{
    const struct gallery *gallery = scene->gallery;
    if (!scene->shown || !scene->shown->model)
        return (struct weight_tiles){0};
    return weight_tiles_of(scene->shown->model, gallery ? gallery->rows : 0,
                           gallery ? gallery->columns : 0);
}

const float *training_scene_values(const struct training_scene *scene,
                                   const struct weight_tiles *tiles)
{
    const struct training_snapshot *shown = scene->shown;
    if (!tiles->layer)
        return NULL;
    if (!scene->shows_gradient)
        return layer_weight(tiles->layer, 0);
    bool is_theirs = tiles->layer == model_first_learning(shown->model);
    return is_theirs ? shown->gradient : NULL;
}

struct training_layout training_scene_layout(const struct training_scene *scene,
                                             double width, double height)
{
    struct weight_tiles tiles = training_scene_tiles(scene);
    return training_layout_of(width, height, tiles.count > 0,
                              scene->answers.count > 0,
                              training_scene_key_lines(width));
}

struct tile_grid training_scene_grid(const struct training_layout *layout,
                                     const struct weight_tiles *tiles)
{
    const double heading = 20.0, scale = 30.0;
    struct box box = layout->weights;
    box.y += heading;
    box.height -= heading + scale;
    return tile_grid_of(tiles, box, LEAST_TILES);
}

/* ------------------------------------------------------------------ events */

static bool press(struct training_scene *scene, const struct scene_event *event,
                  double width, double height)
{
    struct training_layout layout = training_scene_layout(scene, width, height);
    struct weight_tiles tiles = training_scene_tiles(scene);
    struct tile_grid grid = training_scene_grid(&layout, &tiles);
    if (scene->zoom.tile >= 0) {
        scene->zoom = (struct zoom){.tile = -1};
        return true;
    }
    int place = layout.weights.width > 0.0
                    ? tile_grid_find(&grid, event->x, event->y)
                    : -1;
    if (place < 0 || scene->first_tile + place >= tiles.count)
        return false;
    training_scene_zoom(scene, scene->first_tile + place,
                        tile_grid_box(&grid, place));
    return true;
}

/* The wheel turns the pages of the tiles, as the arrows do. */
static bool handle(struct scene *base, const struct scene_event *event,
                   double width, double height)
{
    struct training_scene *scene = (struct training_scene *)base;
    if (event->kind == SCENE_KEY)
        return training_scene_key(scene, event->key, width, height);
    if (event->kind == SCENE_WHEEL && event->wheel != 0.0)
        return training_scene_key(
            scene, event->wheel > 0.0 ? SCENE_KEY_PAGE_UP : SCENE_KEY_PAGE_DOWN,
            width, height);
    if (event->kind == SCENE_PRESS && event->button == 1)
        return press(scene, event, width, height);
    return false;
}

/* ------------------------------------------------------------- life, death */

static void done(struct scene *base)
{
    struct training_scene *scene = (struct training_scene *)base;
    answers_done(&scene->answers);
    examples_done(&scene->examples);
    gallery_unref(scene->gallery);
    training_feed_leave(scene->feed, scene);
    training_feed_unref(scene->feed);
    free(scene);
}

static const struct scene_class class = {.paint = paint,
                                         .handle = handle,
                                         .update = update,
                                         .rest = rest,
                                         .free = done};

struct scene *training_scene_new(struct training_feed *feed,
                                 struct gallery *gallery,
                                 struct examples *examples)
{
    struct training_scene *scene = xcalloc(1, sizeof *scene);
    scene_init(&scene->base, &class, "training", training_feed_title(feed),
               wanted_width, wanted_height);
    scene->feed = training_feed_ref(feed);
    scene->gallery = gallery_ref(gallery);
    scene->examples = *examples;
    *examples = (struct examples){0};
    scene->zoom.tile = -1;
    return &scene->base;
}
