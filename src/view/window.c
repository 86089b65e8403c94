/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view/window.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "view/display.h"
#include "view/window_item.h"

static const double patience = 10.0; /* seconds, for a display to answer */

static struct window **windows;
static size_t window_count, window_capacity;
static int last_number;

/* Closed, but the painter still has its scene. */
static struct window **leaving;
static size_t leaving_count, leaving_capacity;

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

/* ----------------------------------------------------------------- windows */

static struct window *find(int number)
{
    for (size_t i = 0; i < window_count; i++)
        if (window_number(windows[i]) == number)
            return windows[i];
    return NULL;
}

static struct window *find_kind(const char *kind)
{
    for (size_t i = 0; i < window_count; i++)
        if (!strcmp(window_scene(windows[i])->kind, kind))
            return windows[i];
    return NULL;
}

static void leave(struct window *window)
{
    if (window_is_busy(window))
        VEC_PUSH(leaving, leaving_count, leaving_capacity) = window;
    else
        window_free(window);
}

static void free_left(void)
{
    size_t kept = 0;
    for (size_t i = 0; i < leaving_count; i++)
        if (window_is_busy(leaving[i]))
            leaving[kept++] = leaving[i];
        else
            window_free(leaving[i]);
    leaving_count = kept;
}

static void close_all(void)
{
    for (size_t i = 0; i < window_count; i++)
        leave(windows[i]);
    free(windows);
    windows = NULL;
    window_count = window_capacity = 0;
    display_stop();
    state = WINDOWS_CLOSED;
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
    leave(window);
    if (window_count == 0)
        close_all();
}

/* A picture that takes longer than the person wants to wait for the end of the
   program is left to the end of the process. */
void windows_done(void)
{
    static const struct timespec moment = {0, 1000000};
    close_all();
    free_left();
    for (int i = 0; i < 300 && leaving_count > 0; i++) {
        nanosleep(&moment, NULL);
        free_left();
    }
    free(leaving);
    leaving = NULL;
    leaving_count = leaving_capacity = 0;
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
        window_set_closed(windows[i]);
    close_all();
}

/* ------------------------------------------------------------------ showing */

void windows_show(struct scene *scene)
{
    struct window *window = find_kind(scene->kind);
    if (window)
        window_replace(window, scene);
    else
        VEC_PUSH(windows, window_count, window_capacity) =
            window_new(++last_number, scene);
}

/* ------------------------------------------------------------------- events */

static void close_by_person(struct window *window)
{
    window_set_closed(window);
    remove_window(window);
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
        window_take_size(window, message);
    else if (message->kind == MESSAGE_SHOWN)
        window_take_shown(window);
    else if (message->kind == MESSAGE_EVENT)
        window_take_event(window, &message->event);
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
            lose(state == WINDOWS_STARTING ? unusable(NULL)
                                           : xstrdup(_("the display is gone")));
        else
            take_message(&message);
    }
}

/* --------------------------------------------------------------------- turn */

/* Rather early than late, but never again at once. */
static int milliseconds(double seconds)
{
    static const double longest = 60.0;
    if (isinf(seconds))
        return -1;
    return seconds > 0.0 && seconds < WINDOW_SLACK
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
    for (size_t i = 0; i < window_count; i++)
        window_turn(windows[i], time);
    free_left();
    time = now();
    for (size_t i = 0; i < window_count; i++)
        rest = fmin(rest, window_rest(windows[i], time));
    return milliseconds(rest);
}

/* ----------------------------------------------------------------- questions
 */

const struct scene *windows_at(int index)
{
    return index >= 0 && (size_t)index < window_count
               ? window_scene(windows[index])
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
        close_all();
    } else if (window) {
        window_tell(window, &message);
        remove_window(window);
    }
    return count;
}

static void pretend(const char *kind, struct window_message *message)
{
    struct window *window = find_kind(kind);
    assert(window);
    window_tell(window, message);
}

void windows_pretend(const char *kind, const struct scene_event *event)
{
    struct window_message message = {.kind = MESSAGE_PRETEND, .event = *event};
    pretend(kind, &message);
}

void windows_pretend_size(const char *kind, int width, int height)
{
    struct window_message message = {
        .kind = MESSAGE_PRETEND, .width = width, .height = height};
    pretend(kind, &message);
}
