/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene/drawing.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/alloc.h"

/* Dots of the ink for each unit of paper: sharp on screens of high density. */
enum { DOTS = 2, INK_SIDE = DOTS * DRAWING_SIDE };

struct drawing {
    pthread_mutex_t mutex; /* of what follows */
    cairo_surface_t *ink;  /* opacity alone, INK_SIDE x INK_SIDE */
    cairo_t *brush;        /* on it; one unit is one of the paper */
    bool is_centered;
};

struct drawing *drawing_new(struct error *err)
{
    struct drawing *drawing = xcalloc(1, sizeof *drawing);
    drawing->ink =
        cairo_image_surface_create(CAIRO_FORMAT_A8, INK_SIDE, INK_SIDE);
    drawing->brush = cairo_create(drawing->ink);
    drawing->is_centered = true;
    pthread_mutex_init(&drawing->mutex, NULL);
    if (cairo_status(drawing->brush) != CAIRO_STATUS_SUCCESS) {
        drawing_free(drawing);
        return error_null(err, ERROR_MEMORY, "Unable to allocate the paper");
    }
    cairo_scale(drawing->brush, DOTS, DOTS);
    cairo_set_line_cap(drawing->brush, CAIRO_LINE_CAP_ROUND);
    cairo_set_line_width(drawing->brush, DRAWING_BRUSH);
    return drawing;
}

void drawing_free(struct drawing *drawing)
{
    if (!drawing)
        return;
    cairo_destroy(drawing->brush);
    cairo_surface_destroy(drawing->ink);
    pthread_mutex_destroy(&drawing->mutex);
    free(drawing);
}

/* Two thirds of the way: a quadratic curve's bend as one of a cubic's. */
static struct ink_point towards(struct ink_point from, struct ink_point bend)
{
    return (struct ink_point){from.x + (bend.x - from.x) * 2.0 / 3.0,
                              from.y + (bend.y - from.y) * 2.0 / 3.0};
}

void drawing_stroke(struct drawing *drawing, struct ink_point from,
                    struct ink_point bend, struct ink_point to, bool rubs)
{
    struct ink_point leaving = towards(from, bend), coming = towards(to, bend);
    pthread_mutex_lock(&drawing->mutex);
    cairo_set_operator(drawing->brush,
                       rubs ? CAIRO_OPERATOR_DEST_OUT : CAIRO_OPERATOR_OVER);
    cairo_move_to(drawing->brush, from.x, from.y);
    cairo_curve_to(drawing->brush, leaving.x, leaving.y, coming.x, coming.y,
                   to.x, to.y);
    cairo_stroke(drawing->brush);
    pthread_mutex_unlock(&drawing->mutex);
}

void drawing_clear(struct drawing *drawing)
{
    pthread_mutex_lock(&drawing->mutex);
    cairo_set_operator(drawing->brush, CAIRO_OPERATOR_CLEAR);
    cairo_paint(drawing->brush);
    pthread_mutex_unlock(&drawing->mutex);
}

void drawing_set_centered(struct drawing *drawing, bool centered)
{
    pthread_mutex_lock(&drawing->mutex);
    drawing->is_centered = centered;
    pthread_mutex_unlock(&drawing->mutex);
}

bool drawing_is_centered(struct drawing *drawing)
{
    pthread_mutex_lock(&drawing->mutex);
    bool centered = drawing->is_centered;
    pthread_mutex_unlock(&drawing->mutex);
    return centered;
}

bool drawing_image(struct drawing *drawing, uint8_t ret[DIGIT_PIXELS])
{
    pthread_mutex_lock(&drawing->mutex);
    cairo_surface_flush(drawing->ink);
    struct ink ink = {cairo_image_surface_get_data(drawing->ink), INK_SIDE,
                      INK_SIDE, cairo_image_surface_get_stride(drawing->ink)};
    bool any = drawing->is_centered ? digit_centered(&ink, ret)
                                    : digit_as_drawn(&ink, ret);
    pthread_mutex_unlock(&drawing->mutex);
    return any;
}

void drawing_paint(struct drawing *drawing, cairo_t *canvas)
{
    pthread_mutex_lock(&drawing->mutex);
    cairo_save(canvas);
    cairo_scale(canvas, 1.0 / DOTS, 1.0 / DOTS);
    cairo_mask_surface(canvas, drawing->ink, 0.0, 0.0);
    cairo_restore(canvas);
    pthread_mutex_unlock(&drawing->mutex);
}
