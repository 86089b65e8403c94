/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene/descent.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "scene/keys_line.h"
#include "view/paint.h"

struct descent_scene {
    struct scene scene;
    struct figure *figure;
};

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER; /* of what follows */
static struct descent_scene *current; /* the one that people see; or NULL */
static struct figure *replacement;    /* for its figure; or NULL */

/* Points of the screen in an inch of the figure. */
static const double screen_dpi = 100.0;

bool descent_scene_is_open(void)
{
    pthread_mutex_lock(&mutex);
    bool open = current != NULL;
    pthread_mutex_unlock(&mutex);
    return open;
}

void descent_scene_replace(struct figure *figure)
{
    pthread_mutex_lock(&mutex);
    struct figure *dropped = figure;
    if (current) {
        dropped = replacement;
        replacement = figure;
    }
    pthread_mutex_unlock(&mutex);
    figure_free(dropped);
    scene_wake();
}

static bool update(struct scene *base, double now)
{
    struct descent_scene *scene = (struct descent_scene *)base;
    struct figure *figure = NULL;
    (void)now;
    pthread_mutex_lock(&mutex);
    if (current == scene) {
        figure = replacement;
        replacement = NULL;
    }
    pthread_mutex_unlock(&mutex);
    if (!figure)
        return false;
    figure_free(scene->figure);
    scene->figure = figure;
    return true;
}

/* Texts grow and shrink with the window, but stay legible. */
static double dpi_for(const struct figure *figure, const struct box *box)
{
    double dpi = fmin(box->width / figure->width, box->height / figure->height);
    return fmin(fmax(dpi, 0.75 * screen_dpi), 2.0 * screen_dpi);
}

static void paint(struct scene *base, cairo_t *canvas, double width,
                  double height)
{
    struct descent_scene *scene = (struct descent_scene *)base;
    double foot = keys_line_height(height);
    struct box box = {0.0, 0.0, width, height - foot};
    cairo_set_source_rgb(canvas, 1.0, 1.0, 1.0);
    cairo_paint(canvas);
    paint_figure(canvas, scene->figure, box, dpi_for(scene->figure, &box));
    keys_line_paint(canvas, width, height,
                    _("→ step   ← step back   r run 20   Esc close"));
}

static bool handle(struct scene *base, const struct scene_event *event,
                   double width, double height)
{
    (void)base, (void)width, (void)height;
    if (event->kind != SCENE_KEY)
        return false;
    if (event->key == SCENE_KEY_RIGHT)
        scene_command("step");
    else if (event->key == SCENE_KEY_LEFT)
        scene_command("step back");
    else if (event->key == 'r')
        scene_command("run 20");
    return false;
}

static void free_scene(struct scene *base)
{
    struct descent_scene *scene = (struct descent_scene *)base;
    struct figure *left = NULL;
    pthread_mutex_lock(&mutex);
    if (current == scene) {
        current = NULL;
        left = replacement;
        replacement = NULL;
    }
    pthread_mutex_unlock(&mutex);
    figure_free(left);
    figure_free(scene->figure);
    free(scene);
}

static const struct scene_class descent_class = {
    .paint = paint, .handle = handle, .update = update, .free = free_scene};

struct scene *descent_new_scene(struct figure *figure)
{
    struct descent_scene *scene = xcalloc(1, sizeof *scene);
    scene_init(&scene->scene, &descent_class, "descent", _("descent"),
               figure->width * screen_dpi,
               figure->height * screen_dpi + keys_line_height(1000.0));
    scene->figure = figure;
    pthread_mutex_lock(&mutex);
    struct figure *left = replacement; /* for the scene before */
    replacement = NULL;
    current = scene;
    pthread_mutex_unlock(&mutex);
    figure_free(left);
    return &scene->scene;
}
