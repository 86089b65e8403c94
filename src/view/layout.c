/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view/layout.h"

#include <math.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "view/colorbar.h"
#include "view/extent.h"
#include "view/grid.h"
#include "view/looks.h"

/* Frames are never nothing, so that divisions by their sides are safe. */
#define LEAST_SIDE 1e-3

/* A figure's title hangs from here, as a part of its height from the top. */
#define TITLE_TOP 0.02

static struct box box_of_parts(struct box box, const double place[4])
{
    return (struct box){box.x + place[0] * box.width,
                        box.y + (1 - place[1] - place[3]) * box.height,
                        place[2] * box.width, place[3] * box.height};
}

/* The box of SIDES' proportion in CELL; SHIFT is where the spare room goes, 0
   left, 1 right of it. */
static struct box shrunk(struct box cell, double height_by_width, double shift)
{
    double width = fmin(cell.width, cell.height / height_by_width);
    double height = width * height_by_width;
    return (struct box){cell.x + (cell.width - width) * shift,
                        cell.y + (cell.height - height) / 2, width, height};
}

static struct box at_least(struct box box)
{
    box.width = box.width > LEAST_SIDE ? box.width : LEAST_SIDE;
    box.height = box.height > LEAST_SIDE ? box.height : LEAST_SIDE;
    return box;
}

/* ------------------------------------------------------------------ cells */

static int index_of(const struct figure *figure, const struct axes *axes)
{
    for (int i = 0; i < figure->axes_count; i++)
        if (figure->axes[i] == axes)
            return i;
    return -1;
}

static void place_cells(struct axes_view *views, const struct figure *figure,
                        const struct grid *grid, struct box box)
{
    for (int i = 0; i < figure->axes_count; i++) {
        const struct axes *axes = figure->axes[i];
        int beside = index_of(figure, axes->beside);
        if (axes->is_free)
            views[i].cell = box_of_parts(box, axes->place);
        else if (axes->beside && beside >= 0 && beside < i)
            views[i].cell = colorbar_split(&views[beside].cell);
        else
            views[i].cell = grid_cell(grid, &axes->span, box);
    }
}

static bool has_colorbar(const struct figure *figure, const struct axes *axes)
{
    for (int i = 0; i < figure->axes_count; i++)
        if (figure->axes[i]->beside == axes)
            return true;
    return false;
}

/* ----------------------------------------------------------------- aspect */

/* Widens the direction that is too short for units of one length. */
static void widen(struct axes_limits *limits, struct box frame)
{
    double width = limits->x.high - limits->x.low;
    double height = limits->y.high - limits->y.low;
    double unit = fmax(fabs(width) / frame.width, fabs(height) / frame.height);
    double more_x = (copysign(unit * frame.width, width) - width) / 2;
    double more_y = (copysign(unit * frame.height, height) - height) / 2;
    limits->x = (struct range){limits->x.low - more_x, limits->x.high + more_x};
    limits->y = (struct range){limits->y.low - more_y, limits->y.high + more_y};
}

static void fit_aspect(struct axes_view *view, struct axes_limits *limits)
{
    const struct axes *axes = view->axes;
    double width = fabs(limits->x.high - limits->x.low);
    double height = fabs(limits->y.high - limits->y.low);
    bool is_linear =
        axes->x.scale == SCALE_LINEAR && axes->y.scale == SCALE_LINEAR;
    if (!axes->is_equal || !is_linear || !isfinite(height / width) ||
        !isfinite(width / height))
        return;
    if (axes->gives_way)
        widen(limits, view->frame);
    else
        view->frame =
            at_least(shrunk(view->cell, height / width,
                            has_colorbar(view->figure, axes) ? 1 : 0.5));
}

/* ------------------------------------------------------------------ a view */

/* Sharing axes label their ticks at the outside only. */
static bool is_inner(const struct axes *axes, bool x)
{
    if (axes->is_free || axes->beside)
        return false;
    return x ? axes->shares_x && axes->span.last_row < axes->span.rows - 1
             : axes->shares_y && axes->span.first_column > 0;
}

static void silence(struct tick_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        list->items[i].label[0] = 0;
    list->offset[0] = 0;
}

/* Labels of POINTS take so many times their height. */
static double room(const struct axes_view *view, double length, double points,
                   double heights)
{
    double size = points > 0 ? points : LOOKS_TICK_SIZE;
    return floor(length / view->point / (size * heights));
}

static void find_ticks(struct axes_view *view)
{
    const struct axes *axes = view->axes;
    double x_room = room(view, view->frame.width, axes->x.tick_size, 3);
    double y_room = room(view, view->frame.height, axes->y.tick_size, 2);
    if (axes->is_off)
        return;
    if (!axes->x.is_hidden)
        view->x_ticks = ticks_of(&axes->x, view->x.limits, x_room);
    if (!axes->y.is_hidden)
        view->y_ticks = ticks_of(&axes->y, view->y.limits, y_room);
    if (is_inner(axes, true))
        silence(&view->x_ticks);
    if (is_inner(axes, false))
        silence(&view->y_ticks);
}

static void view_make(struct axes_view *view, cairo_t *canvas)
{
    view->frame = at_least(view->cell);
    view->explained = colorbar_explained(view->figure, view->axes);
    if (view->axes->beside) {
        colorbar_view(view);
    } else {
        struct axes_limits limits = axes_limits_of(view->figure, view->axes);
        fit_aspect(view, &limits);
        view->x = axis_map_of(view->axes->x.scale, limits.x);
        view->y = axis_map_of(view->axes->y.scale, limits.y);
        find_ticks(view);
    }
    view->texts = decorations_of(canvas, view);
}

static void view_done(struct axes_view *view)
{
    tick_list_done(&view->x_ticks);
    tick_list_done(&view->y_ticks);
    decorations_done(&view->texts);
}

static void views_make(struct axes_view *views, cairo_t *canvas,
                       const struct figure *figure, const struct grid *grid,
                       struct box box)
{
    place_cells(views, figure, grid, box);
    for (int i = 0; i < figure->axes_count; i++)
        view_make(&views[i], canvas);
}

/* ------------------------------------------------------------- the figure */

bool layout_title(const struct figure *figure, struct box box, double scale,
                  struct decoration *ret)
{
    if (!figure->title || !figure->title[0])
        return false;
    *ret = (struct decoration){
        .text = figure->title,
        .x = box.x + box.width / 2,
        .y = box.y + TITLE_TOP * box.height,
        .style = {.size = (figure->title_size > 0 ? figure->title_size
                                                  : LOOKS_TITLE_SIZE) *
                          scale / 72,
                  .color = {0, 0, 0, 1},
                  .horizontal = ALIGN_CENTER,
                  .vertical = ALIGN_START}};
    return true;
}

static double title_height(cairo_t *canvas, const struct figure *figure,
                           struct box box, double scale)
{
    struct decoration title;
    if (!layout_title(figure, box, scale, &title))
        return 0;
    return text_measure(canvas, title.text, &title.style).height;
}

struct axes_view *layout_figure(cairo_t *canvas, const struct figure *figure,
                                struct box box, double scale)
{
    int count = figure->axes_count;
    struct axes_view *views = xcalloc((size_t)count + 1, sizeof *views);
    struct grid grid = grid_usual();
    for (int i = 0; i < count; i++) {
        views[i].figure = figure;
        views[i].axes = figure->axes[i];
        views[i].point = scale / 72;
    }
    views_make(views, canvas, figure, &grid, box);
    double top = title_height(canvas, figure, box, scale);
    if (figure->is_tight &&
        grid_tighten(&grid, views, count, box, top, scale / 72)) {
        for (int i = 0; i < count; i++)
            view_done(&views[i]);
        for (int i = 0; i < count; i++) {
            views[i].x_ticks = views[i].y_ticks =
                (struct tick_list){.count = 0};
        }
        views_make(views, canvas, figure, &grid, box);
    }
    return views;
}

void layout_free(struct axes_view *views, int count)
{
    for (int i = 0; i < count; i++)
        view_done(&views[i]);
    free(views);
}
