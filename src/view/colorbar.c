/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view/colorbar.h"

#include <math.h>

#include "view/artist_class.h"
#include "view/looks.h"

/* Matplotlib's parts of the cell: the bar, the gap; and its proportion. */
#define BAR 0.15
#define GAP 0.05
#define LENGTH_BY_WIDTH 20

const struct artist *colorbar_explained(const struct figure *figure,
                                        const struct axes *axes)
{
    for (int i = 0; axes->beside && i < figure->axes_count; i++) {
        const struct axes *beside = figure->axes[i];
        for (int j = 0; beside == axes->beside && j < beside->artist_count; j++)
            if (beside->artists[j] == axes->explained)
                return axes->explained;
    }
    return NULL;
}

struct box colorbar_split(struct box *cell)
{
    /* Two columns with a gap of 2 GAP / (1 - GAP) of their mean width. */
    double mean = cell->width / (2 + 2 * GAP / (1 - GAP));
    double unit = 2 * mean / (1 - GAP);
    struct box bar = *cell;
    bar.width = BAR * unit;
    bar.x = cell->x + cell->width - bar.width;
    cell->width = (1 - BAR - GAP) * unit;
    return bar;
}

static bool has_levels(const struct artist *artist)
{
    return artist && artist->kind == ARTIST_CONTOUR && artist->contour.levels &&
           artist->contour.levels->count > 1;
}

static struct range limits_of(const struct artist *artist)
{
    struct range r = {0, 1};
    if (has_levels(artist)) {
        const struct series *levels = artist->contour.levels;
        r = (struct range){levels->values[0],
                           levels->values[levels->count - 1]};
    } else if (artist) {
        r = (struct range){artist->scale.low, artist->scale.high};
    }
    bool is_log = artist && artist->scale.is_log;
    if (!isfinite(r.low) || !isfinite(r.high) ||
        (is_log && (r.low <= 0 || r.high <= 0)))
        r = (struct range){is_log ? 1 : 0, is_log ? 10 : 1};
    if (r.low == r.high)
        r = (struct range){r.low - 0.1 * fabs(r.low) - 0.1,
                           r.high + 0.1 * fabs(r.high) + 0.1};
    return r;
}

/* At most ten of the levels, zero among them where there is one. */
static struct tick_list ticks_at_levels(const struct series *levels,
                                        struct range limits)
{
    struct tick_list list = {.count = 0};
    size_t step = (levels->count + 9) / 10, best = 0;
    double least = INFINITY;
    for (size_t start = 0; start < step; start++)
        for (size_t i = start; i < levels->count; i += step)
            if (fabs(levels->values[i]) < least) {
                least = fabs(levels->values[i]);
                best = start;
            }
    for (size_t i = best; i < levels->count; i += step)
        tick_list_add(&list, levels->values[i], false, "");
    ticks_label_linear(&list, limits);
    return list;
}

void colorbar_view(struct axes_view *view)
{
    const struct artist *artist = view->explained;
    struct range limits = limits_of(artist);
    struct box cell = view->frame;
    double width = fmin(cell.width, cell.height / LENGTH_BY_WIDTH);
    view->frame = (struct box){cell.x, cell.y, width,
                               fmin(cell.height, width * LENGTH_BY_WIDTH)};
    view->frame.y += (cell.height - view->frame.height) / 2;
    bool is_log = artist && artist->scale.is_log;
    struct axis axis = view->axes->y;
    axis.scale = is_log ? SCALE_LOG : SCALE_LINEAR;
    view->x = axis_map_of(SCALE_LINEAR, (struct range){0, 1});
    view->y = axis_map_of(axis.scale, limits);
    if (has_levels(artist) && !axis.has_ticks)
        view->y_ticks = ticks_at_levels(artist->contour.levels, limits);
    else
        view->y_ticks = ticks_of(
            &axis, limits,
            floor(view->frame.height / view->point / (LOOKS_TICK_SIZE * 2)));
}

/* The part of the bar from LOW to HIGH, parts of its length. */
static void paint_part(cairo_t *canvas, const struct box *frame, double low,
                       double high, struct color color)
{
    double bottom = frame->y + frame->height;
    double from = canvas_snap_y(canvas, bottom - low * frame->height, 0);
    double to = canvas_snap_y(canvas, bottom - high * frame->height, 0);
    cairo_rectangle(canvas, frame->x, to, frame->width, from - to);
    canvas_color(canvas, color);
    cairo_fill(canvas);
}

static void paint_levels(cairo_t *canvas, const struct axes_view *view)
{
    const struct artist *artist = view->explained;
    const struct series *levels = artist->contour.levels;
    for (size_t i = 0; i < levels->count; i++) {
        double low = axis_map_at(&view->y, levels->values[i]);
        struct color color = contour_color(artist, i);
        if (!artist->contour.is_filled) {
            double y = view->frame.y + (1 - low) * view->frame.height;
            canvas_color(canvas, color);
            canvas_hair(canvas, view->frame.x, y,
                        view->frame.x + view->frame.width, y,
                        artist->stroke.width * view->point);
        } else if (i + 1 < levels->count) {
            paint_part(canvas, &view->frame, low,
                       axis_map_at(&view->y, levels->values[i + 1]), color);
        }
    }
}

void colorbar_paint(cairo_t *canvas, const struct axes_view *view)
{
    enum { STEPS = 256 };
    const struct artist *artist = view->explained;
    if (has_levels(artist)) {
        paint_levels(canvas, view);
        return;
    }
    for (int i = 0; artist && artist->scale.map && i < STEPS; i++)
        paint_part(canvas, &view->frame, (double)i / STEPS, (i + 1.0) / STEPS,
                   colormap_at(artist->scale.map, (i + 0.5) / STEPS));
}
