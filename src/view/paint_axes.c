/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view/paint_axes.h"

#include <math.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "view/artist_class.h"
#include "view/colorbar.h"
#include "view/legend.h"
#include "view/looks.h"

static const struct color black = {0, 0, 0, 1};

static double x_at(const struct axes_view *view, double value)
{
    return view->frame.x + axis_map_at(&view->x, value) * view->frame.width;
}

static double y_at(const struct axes_view *view, double value)
{
    return view->frame.y +
           (1 - axis_map_at(&view->y, value)) * view->frame.height;
}

/* ---------------------------------------------------------- ticks and grid */

static void paint_grid(cairo_t *canvas, const struct axes_view *view)
{
    const struct box *frame = &view->frame;
    const double grey = LOOKS_GRID_GREY;
    double width = LOOKS_GRID_WIDTH * view->point;
    cairo_set_line_cap(canvas, CAIRO_LINE_CAP_SQUARE);
    canvas_color(canvas, (struct color){grey, grey, grey, 1});
    for (size_t i = 0; view->axes->x.has_grid && i < view->x_ticks.count; i++) {
        const struct tick *tick = &view->x_ticks.items[i];
        double x = x_at(view, tick->value);
        if (!tick->is_minor)
            canvas_hair(canvas, x, frame->y, x, frame->y + frame->height,
                        width);
    }
    for (size_t i = 0; view->axes->y.has_grid && i < view->y_ticks.count; i++) {
        const struct tick *tick = &view->y_ticks.items[i];
        double y = y_at(view, tick->value);
        if (!tick->is_minor)
            canvas_hair(canvas, frame->x, y, frame->x + frame->width, y, width);
    }
}

static double length_of(const struct tick *tick)
{
    return tick->is_minor ? LOOKS_MINOR_TICK : LOOKS_TICK;
}

static double width_of(const struct tick *tick)
{
    return tick->is_minor ? LOOKS_MINOR_TICK_WIDTH : LOOKS_TICK_WIDTH;
}

/* The ticks of the x axis at the bottom, or at the top. */
static void paint_x_ticks(cairo_t *canvas, const struct axes_view *view,
                          bool is_far)
{
    const struct box *frame = &view->frame;
    double y = frame->y + (is_far ? 0 : frame->height);
    double away = is_far ? -view->point : view->point;
    y = canvas_snap_y(canvas, y, view->point);
    for (size_t i = 0; i < view->x_ticks.count; i++) {
        const struct tick *tick = &view->x_ticks.items[i];
        double x = x_at(view, tick->value);
        canvas_hair(canvas, x, y, x, y + away * length_of(tick),
                    width_of(tick) * view->point);
    }
}

static void paint_y_ticks(cairo_t *canvas, const struct axes_view *view,
                          bool is_far)
{
    const struct box *frame = &view->frame;
    double x = frame->x + (is_far ? frame->width : 0);
    double away = is_far ? view->point : -view->point;
    x = canvas_snap_x(canvas, x, view->point);
    for (size_t i = 0; i < view->y_ticks.count; i++) {
        const struct tick *tick = &view->y_ticks.items[i];
        double y = y_at(view, tick->value);
        canvas_hair(canvas, x, y, x + away * length_of(tick), y,
                    width_of(tick) * view->point);
    }
}

static void paint_ticks(cairo_t *canvas, const struct axes_view *view)
{
    const struct axis *x = &view->axes->x, *y = &view->axes->y;
    cairo_set_line_cap(canvas, CAIRO_LINE_CAP_BUTT);
    canvas_color(canvas, black);
    paint_x_ticks(canvas, view, x->is_far);
    paint_y_ticks(canvas, view, y->is_far);
    if (x->has_both_ticks)
        paint_x_ticks(canvas, view, !x->is_far);
    if (y->has_both_ticks)
        paint_y_ticks(canvas, view, !y->is_far);
}

static void paint_frame(cairo_t *canvas, const struct axes_view *view)
{
    double width = LOOKS_FRAME_WIDTH * view->point;
    const struct box *frame = &view->frame;
    double left = canvas_snap_x(canvas, frame->x, width);
    double top = canvas_snap_y(canvas, frame->y, width);
    double right = canvas_snap_x(canvas, frame->x + frame->width, width);
    double bottom = canvas_snap_y(canvas, frame->y + frame->height, width);
    cairo_set_dash(canvas, NULL, 0, 0);
    cairo_set_line_width(canvas, width);
    cairo_set_line_join(canvas, CAIRO_LINE_JOIN_MITER);
    canvas_color(canvas, black);
    cairo_rectangle(canvas, left, top, right - left, bottom - top);
    cairo_stroke(canvas);
}

/* ----------------------------------------------------------------- artists */

struct ordered {
    const struct artist *artist;
    int index;
};

static int compare_z(const void *a, const void *b)
{
    const struct ordered *left = a, *right = b;
    if (left->artist->z != right->artist->z)
        return left->artist->z < right->artist->z ? -1 : 1;
    return left->index - right->index;
}

static struct painter painter_of(cairo_t *canvas, const struct axes_view *view)
{
    return (struct painter){canvas,      view->axes, view->frame,
                            view->point, view->x,    view->y};
}

static void paint_artist(const struct artist *artist,
                         const struct painter *painter)
{
    const struct box *frame = &painter->frame;
    if (artist->is_hidden)
        return;
    cairo_save(painter->canvas);
    if (artist->kind != ARTIST_TEXT) {
        cairo_rectangle(painter->canvas, frame->x, frame->y, frame->width,
                        frame->height);
        cairo_clip(painter->canvas);
    }
    artist_classes[artist->kind].paint(artist, painter);
    cairo_restore(painter->canvas);
}

/* Artists by z, with grid and ticks, then the frame, among them. */
static void paint_artists(cairo_t *canvas, const struct axes_view *view)
{
    const struct axes *axes = view->axes;
    struct painter painter = painter_of(canvas, view);
    size_t count = (size_t)axes->artist_count, next = 0;
    struct ordered *order = xcalloc(count + 1, sizeof *order);
    for (size_t i = 0; i < count; i++)
        order[i] = (struct ordered){axes->artists[i], (int)i};
    qsort(order, count, sizeof *order, compare_z);
    for (; next < count && order[next].artist->z < LOOKS_GRID_Z; next++)
        paint_artist(order[next].artist, &painter);
    if (!axes->is_off) {
        paint_grid(canvas, view);
        paint_ticks(canvas, view);
    }
    for (; next < count && order[next].artist->z < LOOKS_FRAME_Z; next++)
        paint_artist(order[next].artist, &painter);
    if (!axes->is_off)
        paint_frame(canvas, view);
    for (; next < count; next++)
        paint_artist(order[next].artist, &painter);
    free(order);
}

void axes_paint(cairo_t *canvas, const struct axes_view *view)
{
    const struct box *frame = &view->frame;
    if (!view->axes->is_off) {
        cairo_rectangle(canvas, frame->x, frame->y, frame->width,
                        frame->height);
        canvas_color(canvas, view->axes->face);
        cairo_fill(canvas);
    }
    if (view->axes->beside)
        colorbar_paint(canvas, view);
    paint_artists(canvas, view);
    decorations_paint(canvas, &view->texts);
    if (view->axes->has_legend) {
        struct painter painter = painter_of(canvas, view);
        legend_paint(&painter);
    }
}
