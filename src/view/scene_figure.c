/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A figure in a window, as large as its inches say. */
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "view/figure.h"
#include "view/paint.h"
#include "view/scene.h"

struct figure_scene {
    struct scene base;
    struct figure *figure;
};

/* Texts keep their size when the window changes its. */
static void paint(struct scene *scene, cairo_t *canvas, double width,
                  double height)
{
    const struct figure *figure = ((struct figure_scene *)scene)->figure;
    paint_figure(canvas, figure, (struct box){0, 0, width, height},
                 figure->dpi);
}

static void scene_done(struct scene *scene)
{
    struct figure_scene *self = (struct figure_scene *)scene;
    figure_free(self->figure);
    free(self);
}

static const struct scene_class figure_class = {.paint = paint,
                                                .free = scene_done};

struct scene *scene_of_figure(struct figure *figure)
{
    struct figure_scene *self = xcalloc(1, sizeof *self);
    char kind[32], title[32];
    snprintf(kind, sizeof kind, "figure %d", figure->number);
    snprintf(title, sizeof title, "Figure %d", figure->number);
    scene_init(&self->base, &figure_class, kind, title,
               figure->width * figure->dpi, figure->height * figure->dpi);
    self->figure = figure;
    return &self->base;
}

const struct figure *scene_figure(const struct scene *scene)
{
    bool is_figure = scene->class == &figure_class;
    return is_figure ? ((const struct figure_scene *)scene)->figure : NULL;
}
