/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/descent_show.h"

#include <stdlib.h>
#include <time.h>

#include "base/alloc.h"
#include "repl/descent_ground.h"
#include "repl/graphics.h"
#include "scene/descent.h"

/* What is known of the function of the descents. */
static struct descent_ground ground;
static bool has_ground;

/* Pictures a second amid many steps. */
enum { FRAMES = 30 };

void descent_show_forget(void)
{
    descent_ground_done(&ground);
    has_ground = false;
}

/* Sees to it that the ground is under all of them. */
static bool find_ground(struct session *session,
                        const struct descents *descents, struct error *err)
{
    if (has_ground && descent_ground_covers(&ground, descents))
        return true;
    descent_show_forget();
    has_ground = descent_look(session, descents, &ground, err);
    return has_ground;
}

/* ------------------------------------------------------------------- tracks */

static struct series *numbers_of(const struct descent *descent, int axis,
                                 struct error *err)
{
    struct series *series = series_new(descent->point_count, err);
    for (size_t i = 0; series && i < descent->point_count; i++)
        series->values[i] =
            axis < 0 ? descent->points[i].loss
                     : descent_coordinate(descent, &descent->points[i], axis);
    return series;
}

static bool make_track(const struct descents *descents, int index,
                       struct descent_track *ret, struct error *err)
{
    const struct descent *descent = descents->items[index];
    struct descent_track track = {.label = descents->labels[index],
                                  .losses = numbers_of(descent, -1, err)};
    bool good = track.losses != NULL;
    for (int k = 0; good && k < ground.dimensions; k++) {
        track.x[k] = numbers_of(descent, k, err);
        good = track.x[k] != NULL;
    }
    if (good && ground.dimensions == 1)
        track.slope = scalar_to_double(
            tensor_item_at(descent_now(descent)->gradients[0], 0));
    if (good)
        *ret = track;
    else
        descent_track_done(&track);
    return good;
}

/* "w", or "w[1]" for a number of an array; owned. */
static char *axis_name(const struct descents *descents, int axis)
{
    const struct descent *descent = descents->items[0];
    if (descent->count > 1)
        return xstrdup(descents->names[axis]);
    return descent->points[0].x[0]->size == 1
               ? xstrdup(descents->names[0])
               : xasprintf("%s[%d]", descents->names[0], axis);
}

static struct figure *figure_of(const struct descents *descents,
                                struct error *err)
{
    struct descent_track tracks[DESCENTS_MOST];
    char *names[2] = {NULL, NULL};
    struct figure *figure = NULL;
    int made = 0;
    while (made < descents->count &&
           make_track(descents, made, &tracks[made], err))
        made++;
    for (int k = 0; k < ground.dimensions; k++)
        names[k] = axis_name(descents, k);
    struct descent_picture picture = {
        &ground, {names[0], names[1]}, made, tracks};
    if (made == descents->count)
        figure = descent_figure(&picture);
    for (int i = 0; i < made; i++)
        descent_track_done(&tracks[i]);
    free(names[0]);
    free(names[1]);
    return figure;
}

/* ------------------------------------------------------------------- showing
 */

bool descent_show(struct session *session, const struct descents *descents,
                  struct error *err)
{
    struct figure *figure =
        find_ground(session, descents, err) ? figure_of(descents, err) : NULL;
    if (!figure)
        return false;
    struct scene *scene = graphics_shows_windows(session)
                              ? descent_new_scene(figure)
                              : scene_of_figure(figure);
    return graphics_show(session, scene, err);
}

bool descent_show_begin(struct session *session,
                        const struct descents *descents, struct error *err)
{
    return !graphics_shows_windows(session) ||
           descent_show(session, descents, err);
}

bool descent_show_again(struct session *session,
                        const struct descents *descents, struct error *err)
{
    if (!descent_scene_is_open())
        return true;
    struct figure *figure =
        find_ground(session, descents, err) ? figure_of(descents, err) : NULL;
    if (figure)
        descent_scene_replace(figure);
    return figure != NULL;
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

void descent_show_moving(const struct descents *descents)
{
    static double last;
    double now = seconds();
    if (!has_ground || now - last < 1.0 / FRAMES || !descent_scene_is_open())
        return;
    struct error err = ERROR_INIT;
    struct figure *figure = figure_of(descents, &err);
    if (figure)
        descent_scene_replace(figure);
    error_clear(&err);
    last = now;
}
