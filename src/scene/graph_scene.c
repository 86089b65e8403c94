/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene/graph_scene.h"

#include <math.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "scene/graph_paint.h"
#include "scene/keys_line.h"

/* Around the graph, and above it for the legend. */
static const double margin = 20.0, head = 32.0;

/* Of a window that opens. */
static const double width_most = 1200.0, height_most = 720.0;
static const double width_least = 420.0, height_least = 220.0;

/* How small and large the graph may be shown; smaller than that nobody reads
   it. */
static const double scale_least = 0.05, scale_most = 4.0, scale_legible = 0.75;

enum graph_view {
    VIEW_RESULT, /* legible, with the result in sight */
    VIEW_ALL,
    VIEW_MOVED /* by hand */
};

struct graph_scene {
    struct scene scene;
    struct graph_drawing drawing;
    struct graph_layout layout;
    bool is_window;
    enum graph_view view;
    double x, y, scale; /* where the layout's corner is, and its unit */
    bool is_dragged;
    double drag_x, drag_y;
};

void graph_drawing_done(struct graph_drawing *drawing)
{
    for (int i = 0; i < drawing->box_count; i++) {
        free(drawing->boxes[i].title);
        free(drawing->boxes[i].value);
        free(drawing->boxes[i].gradient);
    }
    for (int i = 0; i < drawing->link_count; i++)
        free(drawing->links[i].local);
    free(drawing->boxes);
    free(drawing->links);
    *drawing = (struct graph_drawing){0};
}

/* ------------------------------------------------------------------- place */

/* LENGTH of the graph in ROOM from START on: in the middle, or what does not
   fit with KEPT, a place in it, in sight. */
static double placed(double start, double room, double length, double kept)
{
    if (length <= room)
        return start + (room - length) / 2.0;
    return fmin(start, fmax(start + room - length, start + room / 2.0 - kept));
}

/* Not larger than it is; small enough for all of it, unless it is to be
   legible. */
static void place(struct graph_scene *scene, double width, double height)
{
    const struct graph_layout *layout = &scene->layout;
    const struct layout_node *result = &layout->nodes[layout->node_count - 1];
    double room_x = width - 2.0 * margin;
    double room_y = height - head - margin - keys_line_height(height);
    double scale = fmin(fmin(room_x / fmax(layout->width, 1.0),
                             room_y / fmax(layout->height, 1.0)),
                        1.0);
    scene->scale =
        fmax(scale, scene->view == VIEW_RESULT ? scale_legible : scale_least);
    scene->x = placed(margin, room_x, scene->scale * layout->width,
                      scene->scale * result->x);
    scene->y = placed(head, room_y, scene->scale * layout->height,
                      scene->scale * result->y);
}

/* What is at (X, Y) stays there. */
static void zoom(struct graph_scene *scene, double factor, double x, double y)
{
    double scale = fmin(fmax(scene->scale * factor, scale_least), scale_most);
    scene->x = x - (x - scene->x) * scale / scene->scale;
    scene->y = y - (y - scene->y) * scale / scene->scale;
    scene->scale = scale;
    scene->view = VIEW_MOVED;
}

static void paint(struct scene *base, cairo_t *canvas, double width,
                  double height)
{
    struct graph_scene *scene = (struct graph_scene *)base;
    if (scene->view != VIEW_MOVED)
        place(scene, width, height);
    cairo_set_source_rgb(canvas, 1.0, 1.0, 1.0);
    cairo_paint(canvas);
    cairo_save(canvas);
    cairo_translate(canvas, scene->x, scene->y);
    cairo_scale(canvas, scene->scale, scene->scale);
    graph_paint(canvas, &scene->drawing, &scene->layout);
    cairo_restore(canvas);
    graph_paint_legend(canvas);
    if (!scene->is_window)
        return;
    keys_line_paint(
        canvas, width, height,
        _("wheel, + -: zoom   mouse, arrows: move   0: all   Esc: close"));
}

/* ------------------------------------------------------------------ events */

static void move(struct graph_scene *scene, double x, double y)
{
    scene->x += x;
    scene->y += y;
    scene->view = VIEW_MOVED;
}

static bool handle_key(struct graph_scene *scene, uint32_t key, double width,
                       double height)
{
    const double step = 60.0;
    if (key == '+' || key == '=')
        zoom(scene, 1.25, width / 2.0, height / 2.0);
    else if (key == '-')
        zoom(scene, 0.8, width / 2.0, height / 2.0);
    else if (key == '0')
        scene->view = scene->view == VIEW_ALL ? VIEW_RESULT : VIEW_ALL;
    else if (key == SCENE_KEY_LEFT || key == SCENE_KEY_RIGHT)
        move(scene, key == SCENE_KEY_LEFT ? step : -step, 0.0);
    else if (key == SCENE_KEY_UP || key == SCENE_KEY_DOWN)
        move(scene, 0.0, key == SCENE_KEY_UP ? step : -step);
    else
        return false;
    return true;
}

static bool drag(struct graph_scene *scene, const struct scene_event *event)
{
    bool holds = event->kind == SCENE_PRESS ||
                 (event->kind == SCENE_MOVE && event->button != 0);
    bool moves = scene->is_dragged && holds && event->kind == SCENE_MOVE;
    if (moves)
        move(scene, event->x - scene->drag_x, event->y - scene->drag_y);
    scene->is_dragged =
        holds && (scene->is_dragged || event->kind == SCENE_PRESS);
    scene->drag_x = event->x;
    scene->drag_y = event->y;
    return moves;
}

static bool handle(struct scene *base, const struct scene_event *event,
                   double width, double height)
{
    struct graph_scene *scene = (struct graph_scene *)base;
    if (event->kind == SCENE_KEY)
        return handle_key(scene, event->key, width, height);
    if (event->kind != SCENE_WHEEL)
        return drag(scene, event);
    zoom(scene, pow(1.15, event->wheel), event->x, event->y);
    return true;
}

static void free_scene(struct scene *base)
{
    struct graph_scene *scene = (struct graph_scene *)base;
    graph_layout_done(&scene->layout);
    graph_drawing_done(&scene->drawing);
    free(scene);
}

static const struct scene_class graph_class = {
    .paint = paint, .handle = handle, .free = free_scene};

/* ---------------------------------------------------------------- the start */

/* Texts are measured without a window. */
static void make_layout(struct graph_scene *scene)
{
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_A8, 1, 1);
    cairo_t *canvas = cairo_create(surface);
    graph_paint_layout(canvas, &scene->drawing, &scene->layout);
    cairo_destroy(canvas);
    cairo_surface_destroy(surface);
}

struct scene *graph_scene_new(struct graph_drawing drawing, const char *title,
                              bool is_window)
{
    struct graph_scene *scene = xcalloc(1, sizeof *scene);
    scene->drawing = drawing;
    scene->is_window = is_window;
    make_layout(scene);
    double width = fmax(scene->layout.width + 2.0 * margin, width_least);
    double height = fmax(scene->layout.height + head + margin +
                             keys_line_height(height_most),
                         height_least);
    if (is_window) {
        width = fmin(width, width_most);
        height = fmin(height, height_most);
    }
    scene_init(&scene->scene, &graph_class, "backprop", title, width, height);
    return &scene->scene;
}
