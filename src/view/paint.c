/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view/paint.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "view/layout.h"
#include "view/paint_axes.h"
#include "view/painter.h"

/* Nothing can be seen in less. */
#define LEAST_SIDE 2

static bool is_paintable(struct box box, double scale)
{
    return box.width >= LEAST_SIDE && box.height >= LEAST_SIDE && scale > 0;
}

void paint_figure(cairo_t *canvas, const struct figure *figure, struct box box,
                  double scale)
{
    if (!is_paintable(box, scale))
        return;
    cairo_save(canvas);
    cairo_rectangle(canvas, box.x, box.y, box.width, box.height);
    canvas_color(canvas, figure->face);
    cairo_fill(canvas);
    struct axes_view *views = layout_figure(canvas, figure, box, scale);
    for (int i = 0; i < figure->axes_count; i++)
        axes_paint(canvas, &views[i]);
    layout_free(views, figure->axes_count);
    struct decoration title;
    if (layout_title(figure, box, scale, &title))
        text_paint(canvas, title.x, title.y, title.text, &title.style);
    cairo_restore(canvas);
}

/* ------------------------------------------------------------ the layout */

/* A canvas to measure texts on. */
static cairo_t *measuring_canvas(void)
{
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_ARGB32, 1, 1);
    cairo_t *canvas = cairo_create(surface);
    cairo_surface_destroy(surface);
    return canvas;
}

struct axes_layout *paint_layout(const struct figure *figure, struct box box,
                                 double scale)
{
    int count = figure->axes_count;
    struct axes_layout *layouts = xcalloc((size_t)count + 1, sizeof *layouts);
    if (!is_paintable(box, scale))
        return layouts;
    cairo_t *canvas = measuring_canvas();
    struct axes_view *views = layout_figure(canvas, figure, box, scale);
    for (int i = 0; i < count; i++)
        layouts[i] = (struct axes_layout){
            views[i].frame, views[i].x.limits.low, views[i].x.limits.high,
            views[i].y.limits.low, views[i].y.limits.high};
    layout_free(views, count);
    cairo_destroy(canvas);
    return layouts;
}

bool axes_layout_find(const struct axes_layout *layout, const struct axes *axes,
                      double canvas_x, double canvas_y, double *x, double *y)
{
    const struct box *frame = &layout->frame;
    if (canvas_x < frame->x || canvas_x > frame->x + frame->width ||
        canvas_y < frame->y || canvas_y > frame->y + frame->height ||
        layout->x_low == layout->x_high)
        return false;
    struct axis_map across = axis_map_of(
        axes->x.scale, (struct range){layout->x_low, layout->x_high});
    struct axis_map up = axis_map_of(
        axes->y.scale, (struct range){layout->y_low, layout->y_high});
    *x = axis_map_invert(&across, (canvas_x - frame->x) / frame->width);
    *y = axis_map_invert(&up, 1 - (canvas_y - frame->y) / frame->height);
    return true;
}
