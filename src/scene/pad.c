/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene/pad.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "scene/pad_paint.h"

struct pad {
    struct scene scene;
    struct drawing *drawing;
    struct pad_network *network;
    /* What became of the drawing when it was last looked at. */
    bool is_stale, has_ink;
    uint8_t image[DIGIT_PIXELS];
    int64_t best;
    /* The stroke in hand: where its ink ends, and where the mouse was, half a
       move further on. */
    bool is_drawing, rubs;
    struct ink_point end, mouse;
};

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER; /* of what follows */
static struct pad *current;         /* the one that people see; or NULL */
static struct pad_network *offered; /* for it; or NULL */
static char *current_name;          /* of its network; or NULL */

struct drawing *pad_drawing(struct error *err)
{
    static struct drawing *drawing;
    if (!drawing)
        drawing = drawing_new(err);
    return drawing;
}

/* ----------------------------------------------------------- its network */

/* MUTEX is held. */
static void set_current(struct pad *pad, const char *name)
{
    free(current_name);
    current = pad;
    current_name = name ? xstrdup(name) : NULL;
}

bool pad_wants(const char *name)
{
    pthread_mutex_lock(&mutex);
    bool wants = current && (!current_name || !strcmp(current_name, name));
    pthread_mutex_unlock(&mutex);
    return wants;
}

void pad_offer(struct pad_network *network)
{
    pthread_mutex_lock(&mutex);
    if (current) {
        struct pad_network *before = offered;
        offered = network;
        network = before;
        set_current(current, offered->name);
    }
    pthread_mutex_unlock(&mutex);
    pad_network_free(network);
    scene_wake();
}

static bool update(struct scene *scene, double now)
{
    struct pad *pad = (struct pad *)scene;
    struct pad_network *network = NULL;
    (void)now;
    pthread_mutex_lock(&mutex);
    if (current == pad) {
        network = offered;
        offered = NULL;
    }
    pthread_mutex_unlock(&mutex);
    if (!network)
        return false;
    pad_network_free(pad->network);
    pad->network = network;
    pad->is_stale = true;
    return true;
}

/* ---------------------------------------------------------------- looking */

static void look(struct pad *pad)
{
    pad->has_ink = drawing_image(pad->drawing, pad->image);
    pad->best = 0;
    if (pad->has_ink && pad->network)
        pad->best = pad_network_look(pad->network, pad->image);
    pad->is_stale = false;
}

static void paint(struct scene *scene, cairo_t *canvas, double width,
                  double height)
{
    struct pad *pad = (struct pad *)scene;
    if (pad->is_stale)
        look(pad);
    struct pad_picture picture = {pad->drawing, pad->has_ink, pad->image,
                                  pad->network, pad->best};
    pad_paint(canvas, &picture, width, height);
}

/* ---------------------------------------------------------------- drawing */

static bool on_paper(struct ink_point point)
{
    return point.x >= 0.0 && point.x < DRAWING_SIDE && point.y >= 0.0 &&
           point.y < DRAWING_SIDE;
}

static bool draw_to(struct pad *pad, struct ink_point bend, struct ink_point to)
{
    drawing_stroke(pad->drawing, pad->end, bend, to, pad->rubs);
    pad->end = to;
    pad->is_stale = true;
    return true;
}

static bool begin_stroke(struct pad *pad, struct ink_point at, bool rubs)
{
    pad->is_drawing = true;
    pad->rubs = rubs;
    pad->end = pad->mouse = at;
    return draw_to(pad, at, at);
}

/* A mouse moves in straight jumps.  The ink goes from the middle of one to the
   middle of the next and bends where they meet. */
static bool continue_stroke(struct pad *pad, struct ink_point at)
{
    struct ink_point bend = pad->mouse;
    pad->mouse = at;
    return draw_to(
        pad, bend,
        (struct ink_point){(bend.x + at.x) / 2.0, (bend.y + at.y) / 2.0});
}

static bool end_stroke(struct pad *pad)
{
    if (!pad->is_drawing)
        return false;
    pad->is_drawing = false;
    return draw_to(pad, pad->mouse, pad->mouse);
}

static bool handle_mouse(struct pad *pad, const struct scene_event *event,
                         struct pad_place place)
{
    struct ink_point at = {(event->x - place.x) / place.scale - PAD_LEFT,
                           (event->y - place.y) / place.scale - PAD_TOP};
    bool draws = event->button == 1 || event->button == 3;
    if (event->kind == SCENE_PRESS && draws && on_paper(at))
        return begin_stroke(pad, at, event->button == 3);
    if (event->kind == SCENE_MOVE && draws)
        return pad->is_drawing && continue_stroke(pad, at);
    if (event->kind == SCENE_MOVE || event->kind == SCENE_RELEASE)
        return end_stroke(pad);
    return false;
}

static bool handle_key(struct pad *pad, uint32_t key)
{
    if (key == '\b' || key == SCENE_KEY_DELETE)
        drawing_clear(pad->drawing);
    else if (key == 'n' || key == 'N')
        drawing_set_centered(pad->drawing, !drawing_is_centered(pad->drawing));
    else
        return false;
    pad->is_stale = true;
    return true;
}

static bool handle(struct scene *scene, const struct scene_event *event,
                   double width, double height)
{
    struct pad *pad = (struct pad *)scene;
    if (event->kind == SCENE_KEY)
        return handle_key(pad, event->key);
    return handle_mouse(pad, event, pad_place(width, height));
}

static void free_pad(struct scene *scene)
{
    struct pad *pad = (struct pad *)scene;
    struct pad_network *left = NULL;
    pthread_mutex_lock(&mutex);
    if (current == pad) {
        set_current(NULL, NULL);
        left = offered;
        offered = NULL;
    }
    pthread_mutex_unlock(&mutex);
    pad_network_free(left);
    pad_network_free(pad->network);
    free(pad);
}

static const struct scene_class pad_class = {
    .paint = paint, .handle = handle, .update = update, .free = free_pad};

struct scene *pad_new(struct drawing *drawing, struct pad_network *network)
{
    struct pad *pad = xcalloc(1, sizeof *pad);
    scene_init(&pad->scene, &pad_class, "draw", _("draw"), PAD_WIDTH,
               PAD_HEIGHT);
    pad->drawing = drawing;
    pad->network = network;
    pad->is_stale = true;
    pthread_mutex_lock(&mutex);
    struct pad_network *left = offered; /* for the pad before */
    offered = NULL;
    set_current(pad, network ? network->name : NULL);
    pthread_mutex_unlock(&mutex);
    pad_network_free(left);
    return &pad->scene;
}
