/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view/window.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "view/display.h"

static const double frame = 1.0 / 60.0; /* seconds */
static const double slack = 1e-3;       /* poll() counts milliseconds */
static const double patience = 10.0;    /* for a display to answer */

/* Memory that tensor-windows sees, too. */
struct picture {
    int fd;
    unsigned char *pixels; /* NULL: none */
    int width, height;
};

struct window {
    int number;
    struct scene *scene;
    struct picture picture;
    int width, height; /* pixels; 0: not known yet */
    double scale;      /* pixels of a point */
    bool is_dirty;
    bool is_taken;  /* the screen has the picture: it must not be painted */
    double due;     /* when it may be painted again */
};

static struct window **windows;
static size_t window_count, window_capacity;
static int last_number;

static enum windows_state state;
static double started; /* when */
static char *failure;

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* ------------------------------------------------------------ the display */

static bool is_given(const char *name)
{
    const char *value = getenv(name);
    return value && *value;
}

bool windows_are_possible(void)
{
    return is_given("DISPLAY") || is_given("WAYLAND_DISPLAY") ||
           is_given("SDL_VIDEODRIVER");
}

enum windows_state windows_state(void)
{
    return state;
}

char *windows_failure(void)
{
    char *told = failure;
    failure = NULL;
    return told;
}

bool windows_start(struct error *err)
{
    if (state != WINDOWS_CLOSED)
        return true;
    if (!display_start(err))
        return false;
    free(windows_failure());
    state = WINDOWS_STARTING;
    started = now();
    return true;
}

int windows_descriptor(void)
{
    return display_descriptor();
}

/* ---------------------------------------------------------------- pictures */

static size_t picture_size(const struct picture *picture)
{
    return (size_t)picture->width * (size_t)picture->height * 4;
}

static void picture_done(struct picture *picture)
{
    if (!picture->pixels)
        return;
    munmap(picture->pixels, picture_size(picture));
    close(picture->fd);
    picture->pixels = NULL;
}

static bool picture_init(struct picture *picture, int width, int height)
{
    *picture = (struct picture){memfd_create("tensor picture", MFD_CLOEXEC),
                                NULL, width, height};
    size_t size = picture_size(picture);
    if (picture->fd < 0)
        return false;
    void *memory = ftruncate(picture->fd, (off_t)size)
                       ? MAP_FAILED
                       : mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED,
                              picture->fd, 0);
    if (memory == MAP_FAILED) {
        close(picture->fd);
        return false;
    }
    picture->pixels = memory;
    return true;
}

/* ----------------------------------------------------------------- windows */

static struct window *find(int number)
{
    for (size_t i = 0; i < window_count; i++)
        if (windows[i]->number == number)
            return windows[i];
    return NULL;
}

static struct window *find_kind(const char *kind)
{
    for (size_t i = 0; i < window_count; i++)
        if (!strcmp(windows[i]->scene->kind, kind))
            return windows[i];
    return NULL;
}

static void window_free(struct window *window)
{
    picture_done(&window->picture);
    scene_free(window->scene);
    free(window);
}

/* Without windows nobody is needed to show them. */
static void remove_window(struct window *window)
{
    size_t at = 0;
    while (windows[at] != window)
        at++;
    window_count--;
    memmove(&windows[at], &windows[at + 1],
            (window_count - at) * sizeof *windows);
    window_free(window);
    if (window_count == 0)
        windows_done();
}

static void close_by_person(struct window *window)
{
    if (window->scene->class->closed)
        window->scene->class->closed(window->scene);
    remove_window(window);
}

void windows_done(void)
{
    for (size_t i = 0; i < window_count; i++)
        window_free(windows[i]);
    free(windows);
    windows = NULL;
    window_count = window_capacity = 0;
    display_stop();
    state = WINDOWS_CLOSED;
}

/* DETAIL: SDL's words, or NULL; owned. */
static char *unusable(const char *detail)
{
    const char *text = _("the display cannot be used");
    return detail && *detail ? xasprintf("%s (%s)", text, detail)
                             : xstrdup(text);
}

/* The display is gone, or never was there.  Takes REASON over. */
static void lose(char *reason)
{
    free(failure);
    failure = reason;
    for (size_t i = 0; i < window_count; i++)
        if (windows[i]->scene->class->closed)
            windows[i]->scene->class->closed(windows[i]->scene);
    windows_done();
}

static void tell(struct window_message *message, const struct window *window)
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

/* ------------------------------------------------------------------ showing */

static int clamp(double value)
{
    return value >= WINDOW_MOST    ? WINDOW_MOST
           : value >= WINDOW_LEAST ? (int)value
                                   : WINDOW_LEAST; /* NaN, too */
}

static void open_window(struct scene *scene)
{
    struct window *window = xcalloc(1, sizeof *window);
    struct window_message message = {.kind = MESSAGE_OPEN,
                                     .width = clamp(scene->width),
                                     .height = clamp(scene->height)};
    window->number = ++last_number;
    window->scene = scene;
    window->is_dirty = true;
    VEC_PUSH(windows, window_count, window_capacity) = window;
    set_text(&message, scene->title);
    tell(&message, window);
}

static void replace_scene(struct window *window, struct scene *scene)
{
    struct window_message message = {.kind = MESSAGE_TITLE};
    if (strcmp(window->scene->title, scene->title) != 0) {
        set_text(&message, scene->title);
        tell(&message, window);
    }
    scene_free(window->scene);
    window->scene = scene;
    window->is_dirty = true;
}

void windows_show(struct scene *scene)
{
    struct window *window = find_kind(scene->kind);
    if (window)
        replace_scene(window, scene);
    else
        open_window(scene);
}

/* ----------------------------------------------------------------- painting */

/* The picture as large as the window.  Another one only while the screen has
   none: it may still read the old one. */
static bool fit_picture(struct window *window)
{
    struct picture *picture = &window->picture;
    struct window_message message = {.kind = MESSAGE_PICTURE,
                                     .window = window->number,
                                     .width = window->width,
                                     .height = window->height};
    if (picture->pixels && picture->width == window->width &&
        picture->height == window->height)
        return true;
    picture_done(picture);
    return picture_init(picture, window->width, window->height) &&
           display_send(&message, picture->fd);
}

static void paint_picture(const struct window *window)
{
    const struct picture *picture = &window->picture;
    struct scene *scene = window->scene;
    cairo_surface_t *surface = cairo_image_surface_create_for_data(
        picture->pixels, CAIRO_FORMAT_RGB24, picture->width, picture->height,
        picture->width * 4);
    cairo_surface_set_device_scale(surface, window->scale, window->scale);
    cairo_t *canvas = cairo_create(surface);
    scene_paint(scene, canvas, picture->width / window->scale,
                        picture->height / window->scale);
    cairo_destroy(canvas);
    cairo_surface_destroy(surface);
}

static bool can_paint(const struct window *window)
{
    return window->is_dirty && window->width > 0 && !window->is_taken;
}

/* A slow scene leaves as much time as it takes, so that what is typed does not
   wait for long. */
static void paint(struct window *window)
{
    struct window_message message = {.kind = MESSAGE_FRAME};
    double start = now();
    window->is_dirty = false;
    if (!fit_picture(window))
        return;
    paint_picture(window);
    tell(&message, window);
    window->is_taken = true;
    double end = now(), due = window->due;
    if (start - due > frame)
        due = start; /* nothing has moved for a while */
    window->due = fmax(due + frame, end + (end - start));
}

/* ------------------------------------------------------------------- events */

static void take_event(struct window *window, const struct scene_event *event)
{
    struct scene *scene = window->scene;
    if (scene->class->handle &&
        scene->class->handle(scene, event, window->width / window->scale,
                             window->height / window->scale))
        window->is_dirty = true;
}

static void take_size(struct window *window,
                      const struct window_message *message)
{
    window->is_dirty |= window->width != message->width ||
                        window->height != message->height ||
                        window->scale != message->scale;
    window->width = message->width;
    window->height = message->height;
    window->scale = message->scale;
}

static void take_message(const struct window_message *message)
{
    struct window *window = find(message->window);
    if (message->kind == MESSAGE_READY)
        state = WINDOWS_READY;
    else if (message->kind == MESSAGE_FAILED)
        lose(unusable(message->text));
    else if (!window)
        return; /* it was closed a moment ago */
    else if (message->kind == MESSAGE_SIZE)
        take_size(window, message);
    else if (message->kind == MESSAGE_SHOWN)
        window->is_taken = false;
    else if (message->kind == MESSAGE_EVENT)
        take_event(window, &message->event);
    else if (message->kind == MESSAGE_CLOSED)
        close_by_person(window);
}

static void take_messages(void)
{
    struct window_message message;
    while (state != WINDOWS_CLOSED) {
        enum display_news news = display_receive(&message);
        if (news == DISPLAY_SILENT)
            break;
        if (news == DISPLAY_GONE)
            lose(state == WINDOWS_STARTING
                     ? unusable(NULL)
                     : xstrdup(_("the display is gone")));
        else
            take_message(&message);
    }
}

/* --------------------------------------------------------------------- turn */

static void update(struct window *window, double time)
{
    struct scene *scene = window->scene;
    if (scene->class->update && scene->class->update(scene, time))
        window->is_dirty = true;
}

/* Seconds until WINDOW wants its turn; INFINITY: never by itself. */
static double window_rest(const struct window *window, double time)
{
    struct scene *scene = window->scene;
    double rest = scene->class->rest ? scene->class->rest(scene, time) : -1.0;
    if (!(rest >= 0.0))
        rest = INFINITY;
    /* when the screen has taken the picture is a message */
    if (can_paint(window))
        rest = fmin(rest, fmax(0.0, window->due - time));
    return rest;
}

/* Rather early than late, but never again at once. */
static int milliseconds(double seconds)
{
    static const double longest = 60.0;
    if (isinf(seconds))
        return -1;
    return seconds > 0.0 && seconds < slack
               ? 1
               : (int)(1e3 * fmin(seconds, longest));
}

int windows_turn(void)
{
    double time = now(), rest = INFINITY;
    take_messages();
    if (state == WINDOWS_STARTING && time - started > patience)
        lose(xstrdup(_("the display does not answer")));
    if (state == WINDOWS_STARTING)
        return milliseconds(started + patience - time);
    for (size_t i = 0; i < window_count; i++) {
        update(windows[i], time);
        if (can_paint(windows[i]) && time + slack >= windows[i]->due)
            paint(windows[i]);
    }
    time = now();
    for (size_t i = 0; i < window_count; i++)
        rest = fmin(rest, window_rest(windows[i], time));
    return milliseconds(rest);
}

/* ----------------------------------------------------------------- questions */

const struct scene *windows_at(int index)
{
    return index >= 0 && (size_t)index < window_count ? windows[index]->scene
                                                      : NULL;
}

int windows_count(void)
{
    return (int)window_count;
}

int windows_close(const char *kind)
{
    struct window_message message = {.kind = MESSAGE_CLOSE};
    struct window *window = kind ? find_kind(kind) : NULL;
    int count = kind ? window != NULL : windows_count();
    if (!kind) {
        windows_done();
    } else if (window) {
        tell(&message, window);
        remove_window(window);
    }
    return count;
}

void windows_pretend(const char *kind, const struct scene_event *event)
{
    struct window_message message = {.kind = MESSAGE_PRETEND,
                                     .event = *event};
    tell(&message, find_kind(kind));
}

void windows_pretend_size(const char *kind, int width, int height)
{
    struct window_message message = {
        .kind = MESSAGE_PRETEND, .width = width, .height = height};
    tell(&message, find_kind(kind));
}
