/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A scene: what lives in a window.  A figure is the simplest one
 * (scene_of_figure()); a training, the pad to draw on and others are in
 * src/scene.  A scene is main's alone once it was handed to a window, but for
 * paint(), which may run in another thread: never at the same time as anything
 * else of that scene.  What other threads tell it goes through its own lock.
 *
 * Coordinates are points of the screen (not pixels: HiDPI is the window's
 * business), y downwards.
 */
#ifndef VIEW_SCENE_H
#define VIEW_SCENE_H

#include <cairo.h>
#include <stdbool.h>
#include <stdint.h>

struct figure;

enum scene_event_kind {
    SCENE_KEY,   /* pressed, or repeated */
    SCENE_PRESS, /* a mouse button went down */
    SCENE_RELEASE,
    SCENE_MOVE, /* the mouse, with or without a button */
    SCENE_WHEEL,
    SCENE_LEAVE /* the mouse left the window */
};

/* Keys that are no character. */
enum scene_key {
    SCENE_KEY_LEFT = 0x110000, /* beyond Unicode */
    SCENE_KEY_RIGHT,
    SCENE_KEY_UP,
    SCENE_KEY_DOWN,
    SCENE_KEY_HOME,
    SCENE_KEY_END,
    SCENE_KEY_PAGE_UP,
    SCENE_KEY_PAGE_DOWN,
    SCENE_KEY_DELETE
};

struct scene_event {
    enum scene_event_kind kind;
    uint32_t key; /* a character as typed ('+', ' ', '\b', '\r'), or one of
                     enum scene_key.  Esc never comes: it closes the window */
    bool shift, control;
    double x, y;
    int button;   /* 1 left, 2 middle, 3 right; MOVE: the one held, or 0 */
    double wheel; /* upwards is positive */
};

struct scene;

struct scene_class {
    void (*paint)(struct scene *scene, cairo_t *canvas, double width,
                  double height);
    /* NULL: it takes none.  Returns whether to paint anew. */
    bool (*handle)(struct scene *scene, const struct scene_event *event,
                   double width, double height);
    /* Called every turn of the loop while the window is open, and after
       scene_wake(): takes in what other threads left.  Returns whether to
       paint anew.  NULL: never. */
    bool (*update)(struct scene *scene, double now);
    /* Seconds until it wants update() again; negative: only when woken.
       NULL: only when woken. */
    double (*rest)(struct scene *scene, double now);
    /* The window was closed by the person; scene_free() follows. */
    void (*closed)(struct scene *scene);
    /* Its own part; the members of struct scene are freed before. */
    void (*free)(struct scene *scene);
};

/* First member of every scene's own struct. */
struct scene {
    const struct scene_class *class;
    char *kind;           /* one window a kind: "figure 1", "training"; owned */
    char *title;          /* of the window; owned */
    double width, height; /* as it would like to be, in points */
};

void scene_init(struct scene *scene, const struct scene_class *class,
                const char *kind, const char *title, double width,
                double height);
void scene_free(struct scene *scene); /* NULL is fine */

/* Paints SCENE on CANVAS, white where it paints nothing. */
void scene_paint(struct scene *scene, cairo_t *canvas, double width,
                 double height);

/* Takes FIGURE over. */
struct scene *scene_of_figure(struct figure *figure);
/* Borrowed; NULL when the scene is something else. */
const struct figure *scene_figure(const struct scene *scene);

/* Any thread: some scene has news; main looks at all of them soon.  How it is
   woken is the prompt's business. */
void scene_wake(void);
void scene_set_waker(void (*wake)(void));

/* Main only: LINE runs as if it was typed at the prompt, or is dropped when
   something runs already.  How is the prompt's business. */
void scene_command(const char *line);
void scene_set_commander(void (*command)(const char *line));

#endif
