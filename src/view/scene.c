/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view/scene.h"

#include <stddef.h>
#include <stdlib.h>

#include "base/alloc.h"

static void (*waker)(void);
static void (*commander)(const char *line);

void scene_init(struct scene *scene, const struct scene_class *class,
                const char *kind, const char *title, double width,
                double height)
{
    *scene = (struct scene){.class = class,
                            .kind = xstrdup(kind),
                            .title = xstrdup(title),
                            .width = width,
                            .height = height};
}

void scene_free(struct scene *scene)
{
    if (!scene)
        return;
    free(scene->kind);
    free(scene->title);
    scene->class->free(scene);
}

void scene_paint(struct scene *scene, cairo_t *canvas, double width,
                 double height)
{
    cairo_save(canvas);
    cairo_set_source_rgb(canvas, 1.0, 1.0, 1.0);
    cairo_paint(canvas);
    cairo_restore(canvas);
    scene->class->paint(scene, canvas, width, height);
}

void scene_wake(void)
{
    if (waker)
        waker();
}

void scene_set_waker(void (*wake)(void))
{
    waker = wake;
}

void scene_command(const char *line)
{
    if (commander)
        commander(line);
}

void scene_set_commander(void (*command)(const char *line))
{
    commander = command;
}
