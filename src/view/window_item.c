/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view/window_item.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "view/display.h"
#include "view/window_painter.h"

static const double frame = 1.0 / 60.0; /* seconds */

struct window {
    int number;
    struct scene *scene; /* the painter's while is_painting */
    /* What came meanwhile. */
    struct scene *next; /* takes its place; or NULL */
    struct scene_event *events;
    size_t event_count, event_capacity;

    struct window_painter *painter; /* NULL before the first picture */
    struct window_picture picture;
    int width, height; /* pixels; 0: not known yet */
    double scale;      /* pixels of a point */
    bool is_dirty;
    bool is_painting;
    bool is_taken;  /* the screen has the picture: it must not be painted */
    bool is_closed; /* by the person: its scene is to be told */
    double due;     /* when it may be painted again */
};

void window_tell(const struct window *window, struct window_message *message)
{
    message->window = window->number;
    display_send(message, -1); /* its end shows when it is read from */
}

static void set_text(struct window_message *message, const char *text)
{
    size_t most = sizeof message->text - 1, length = strlen(text);
    length = utf8_check(text, length < most ? length : most);
    memcpy(message->text, text, length);
    message->text[length] = '\0';
}

static int clamp(double value)
{
    return value >= WINDOW_MOST    ? WINDOW_MOST
           : value >= WINDOW_LEAST ? (int)value
                                   : WINDOW_LEAST; /* NaN, too */
}

struct window *window_new(int number, struct scene *scene)
{
    struct window *window = xcalloc(1, sizeof *window);
    struct window_message message = {.kind = MESSAGE_OPEN,
                                     .width = clamp(scene->width),
                                     .height = clamp(scene->height)};
    window->number = number;
    window->scene = scene;
    window->is_dirty = true;
    set_text(&message, scene->title);
    window_tell(window, &message);
    return window;
}

void window_free(struct window *window)
{
    window_painter_free(window->painter);
    window_picture_done(&window->picture);
    if (window->is_closed && window->scene->class->closed)
        window->scene->class->closed(window->scene);
    scene_free(window->scene);
    scene_free(window->next);
    free(window->events);
    free(window);
}

bool window_is_busy(const struct window *window)
{
    double seconds;
    return window->is_painting &&
           window_painter_is_busy(window->painter, &seconds);
}

void window_replace(struct window *window, struct scene *scene)
{
    struct window_message message = {.kind = MESSAGE_TITLE};
    if (strcmp(window->scene->title, scene->title) != 0) {
        set_text(&message, scene->title);
        window_tell(window, &message);
    }
    struct scene **place = window->is_painting ? &window->next : &window->scene;
    scene_free(*place);
    *place = scene;
    window->is_dirty = true;
}

void window_set_closed(struct window *window)
{
    window->is_closed = true;
}

int window_number(const struct window *window)
{
    return window->number;
}

const struct scene *window_scene(const struct window *window)
{
    return window->scene;
}

/* ------------------------------------------------------------------- events */

void window_take_event(struct window *window, const struct scene_event *event)
{
    struct scene *scene = window->scene;
    if (window->is_painting)
        VEC_PUSH(window->events, window->event_count, window->event_capacity) =
            *event;
    else if (scene->class->handle &&
             scene->class->handle(scene, event, window->width / window->scale,
                                  window->height / window->scale))
        window->is_dirty = true;
}

void window_take_size(struct window *window,
                      const struct window_message *message)
{
    window->is_dirty |= window->width != message->width ||
                        window->height != message->height ||
                        window->scale != message->scale;
    window->width = message->width;
    window->height = message->height;
    window->scale = message->scale;
}

void window_take_shown(struct window *window)
{
    window->is_taken = false;
}

/* ----------------------------------------------------------------- painting */

/* The picture as large as the window.  Another one only while the screen has
   none: it may still read the old one. */
static bool fit_picture(struct window *window)
{
    struct window_picture *picture = &window->picture;
    struct window_message message = {.kind = MESSAGE_PICTURE,
                                     .window = window->number,
                                     .width = window->width,
                                     .height = window->height};
    if (picture->pixels && picture->width == window->width &&
        picture->height == window->height)
        return true;
    window_picture_done(picture);
    return window_picture_init(picture, window->width, window->height) &&
           display_send(&message, picture->fd);
}

static bool can_paint(const struct window *window)
{
    return window->is_dirty && window->width > 0 && !window->is_taken &&
           !window->is_painting;
}

static void begin_painting(struct window *window, double time)
{
    window->is_dirty = false;
    if (!window->painter)
        window->painter = window_painter_new();
    if (!window->painter || !fit_picture(window))
        return;
    window_painter_start(window->painter, window->scene, &window->picture,
                         window->scale);
    window->is_painting = true;
    if (time - window->due > frame)
        window->due = time; /* nothing has moved for a while */
    window->due += frame;
}

/* The scene is main's again, and is told what came meanwhile.  A slow scene
   leaves as much time to others as it takes. */
static void end_painting(struct window *window, double time)
{
    struct window_message message = {.kind = MESSAGE_FRAME};
    double took;
    if (!window->is_painting || window_painter_is_busy(window->painter, &took))
        return;
    window_tell(window, &message);
    window->is_painting = false;
    window->is_taken = true;
    window->due = fmax(window->due, time + took);
    if (window->next) {
        scene_free(window->scene);
        window->scene = window->next;
        window->next = NULL;
        window->event_count = 0;
    }
    for (size_t i = 0; i < window->event_count; i++)
        window_take_event(window, &window->events[i]);
    window->event_count = 0;
}

static void update(struct window *window, double time)
{
    struct scene *scene = window->scene;
    if (!window->is_painting && scene->class->update &&
        scene->class->update(scene, time))
        window->is_dirty = true;
}

void window_turn(struct window *window, double time)
{
    end_painting(window, time);
    update(window, time);
    if (can_paint(window) && time + WINDOW_SLACK >= window->due)
        begin_painting(window, time);
}

double window_rest(const struct window *window, double time)
{
    struct scene *scene = window->scene;
    if (window->is_painting)
        return INFINITY; /* its end wakes */
    double rest = scene->class->rest ? scene->class->rest(scene, time) : -1.0;
    if (!(rest >= 0.0))
        rest = INFINITY;
    /* when the screen has taken the picture is a message */
    if (can_paint(window))
        rest = fmin(rest, fmax(0.0, window->due - time));
    return rest;
}
