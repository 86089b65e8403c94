/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view/window_painter.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/interrupt.h"

/* ---------------------------------------------------------------- pictures */

static size_t picture_size(const struct window_picture *picture)
{
    return (size_t)picture->width * (size_t)picture->height * 4;
}

void window_picture_done(struct window_picture *picture)
{
    if (!picture->pixels)
        return;
    munmap(picture->pixels, picture_size(picture));
    close(picture->fd);
    picture->pixels = NULL;
}

bool window_picture_init(struct window_picture *picture, int width, int height)
{
    *picture = (struct window_picture){
        memfd_create("tensor picture", MFD_CLOEXEC), NULL, width, height};
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

static void paint(struct scene *scene, const struct window_picture *picture,
                  double scale)
{
    cairo_surface_t *surface = cairo_image_surface_create_for_data(
        picture->pixels, CAIRO_FORMAT_RGB24, picture->width, picture->height,
        picture->width * 4);
    cairo_surface_set_device_scale(surface, scale, scale);
    cairo_t *canvas = cairo_create(surface);
    scene_paint(scene, canvas, picture->width / scale, picture->height / scale);
    cairo_destroy(canvas);
    cairo_surface_destroy(surface);
}

/* ---------------------------------------------------------------- painters */

struct window_painter {
    pthread_t thread;
    pthread_mutex_t mutex; /* of what follows */
    pthread_cond_t wanted;
    struct scene *scene; /* NULL: nothing to do */
    struct window_picture picture;
    double scale, seconds;
    bool is_ending;
};

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static void *work(void *context)
{
    struct window_painter *painter = context;
    interrupt_ignore();
    pthread_mutex_lock(&painter->mutex);
    for (;;) {
        while (!painter->scene && !painter->is_ending)
            pthread_cond_wait(&painter->wanted, &painter->mutex);
        if (painter->is_ending)
            break;
        pthread_mutex_unlock(&painter->mutex);
        double start = now();
        paint(painter->scene, &painter->picture, painter->scale);
        pthread_mutex_lock(&painter->mutex);
        painter->seconds = now() - start;
        painter->scene = NULL;
        scene_wake();
    }
    pthread_mutex_unlock(&painter->mutex);
    return NULL;
}

/* Signals are main's. */
struct window_painter *window_painter_new(void)
{
    struct window_painter *painter = xcalloc(1, sizeof *painter);
    sigset_t all, before;
    pthread_mutex_init(&painter->mutex, NULL);
    pthread_cond_init(&painter->wanted, NULL);
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int failed = pthread_create(&painter->thread, NULL, work, painter);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (!failed)
        return painter;
    pthread_cond_destroy(&painter->wanted);
    pthread_mutex_destroy(&painter->mutex);
    free(painter);
    return NULL;
}

void window_painter_free(struct window_painter *painter)
{
    if (!painter)
        return;
    pthread_mutex_lock(&painter->mutex);
    painter->is_ending = true;
    pthread_cond_signal(&painter->wanted);
    pthread_mutex_unlock(&painter->mutex);
    pthread_join(painter->thread, NULL);
    pthread_cond_destroy(&painter->wanted);
    pthread_mutex_destroy(&painter->mutex);
    free(painter);
}

void window_painter_start(struct window_painter *painter, struct scene *scene,
                          const struct window_picture *picture, double scale)
{
    pthread_mutex_lock(&painter->mutex);
    painter->scene = scene;
    painter->picture = *picture;
    painter->scale = scale;
    pthread_cond_signal(&painter->wanted);
    pthread_mutex_unlock(&painter->mutex);
}

bool window_painter_is_busy(struct window_painter *painter, double *seconds)
{
    pthread_mutex_lock(&painter->mutex);
    bool is_busy = painter->scene != NULL;
    *seconds = painter->seconds;
    pthread_mutex_unlock(&painter->mutex);
    return is_busy;
}
