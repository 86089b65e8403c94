/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view/decoration.h"

#include <math.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "view/layout.h"
#include "view/looks.h"

struct box box_united(struct box a, struct box b)
{
    if (a.width <= 0)
        return b;
    if (b.width <= 0)
        return a;
    double left = fmin(a.x, b.x), top = fmin(a.y, b.y);
    double right = fmax(a.x + a.width, b.x + b.width);
    double bottom = fmax(a.y + a.height, b.y + b.height);
    return (struct box){left, top, right - left, bottom - top};
}

void decorations_done(struct decorations *decorations)
{
    free(decorations->items);
    *decorations = (struct decorations){.count = 0};
}

void decorations_paint(cairo_t *canvas, const struct decorations *decorations)
{
    for (size_t i = 0; i < decorations->count; i++) {
        const struct decoration *d = &decorations->items[i];
        text_paint(canvas, d->x, d->y, d->text, &d->style);
    }
}

/* ---------------------------------------------------------------- building */

/* What is known while the texts of one view are placed. */
struct builder {
    cairo_t *canvas;
    const struct axes_view *view;
    struct decorations *list;
    double point;
};

static struct box add(struct builder *b, const char *text, double x, double y,
                      struct text_style style)
{
    double bounds[4];
    text_bounds(b->canvas, x, y, text, &style, bounds);
    struct box box = {bounds[0], bounds[1], bounds[2], bounds[3]};
    VEC_PUSH(b->list->items, b->list->count, b->list->capacity) =
        (struct decoration){text, x, y, style, box};
    return box;
}

static double size_or(double points, double usual)
{
    return points > 0 ? points : usual;
}

static struct text_style plain(const struct builder *b, double points)
{
    return (struct text_style){.size = points * b->point,
                               .color = {0, 0, 0, 1}};
}

/* Labels of the x axis; returns the box around them and the axis' line. */
static struct box add_x_ticks(struct builder *b)
{
    const struct axes_view *view = b->view;
    const struct axis *axis = &view->axes->x;
    const struct box *frame = &view->frame;
    struct text_style style =
        plain(b, size_or(axis->tick_size, LOOKS_TICK_SIZE));
    double far = frame->y + (axis->is_far ? 0 : frame->height);
    double away = axis->is_far ? -b->point : b->point;
    double major = far + away * (LOOKS_TICK + LOOKS_TICK_PAD);
    double minor = far + away * (LOOKS_MINOR_TICK + LOOKS_MINOR_TICK_PAD);
    struct box all = {frame->x, far, frame->width, 0};
    style.horizontal = ALIGN_CENTER;
    style.vertical = axis->is_far ? ALIGN_END : ALIGN_START;
    style.rotation = axis->tick_rotation;
    for (size_t i = 0; i < view->x_ticks.count; i++) {
        const struct tick *tick = &view->x_ticks.items[i];
        if (!tick->label[0])
            continue;
        double x = frame->x + axis_map_at(&view->x, tick->value) * frame->width;
        all = box_united(
            all, add(b, tick->label, x, tick->is_minor ? minor : major, style));
    }
    return all;
}

static struct box add_y_ticks(struct builder *b)
{
    const struct axes_view *view = b->view;
    const struct axis *axis = &view->axes->y;
    const struct box *frame = &view->frame;
    struct text_style style =
        plain(b, size_or(axis->tick_size, LOOKS_TICK_SIZE));
    double far = frame->x + (axis->is_far ? frame->width : 0);
    double away = axis->is_far ? b->point : -b->point;
    double major = far + away * (LOOKS_TICK + LOOKS_TICK_PAD);
    double minor = far + away * (LOOKS_MINOR_TICK + LOOKS_MINOR_TICK_PAD);
    /* Figures are centred by what is above the baseline. */
    double drop = text_measure(b->canvas, "0", &style).baseline / 2;
    struct box all = {far, frame->y, 1e-9, frame->height};
    style.horizontal = axis->is_far ? ALIGN_START : ALIGN_END;
    style.vertical = axis->tick_rotation != 0 ? ALIGN_CENTER : ALIGN_BASELINE;
    style.rotation = axis->tick_rotation;
    if (style.rotation != 0)
        drop = 0;
    for (size_t i = 0; i < view->y_ticks.count; i++) {
        const struct tick *tick = &view->y_ticks.items[i];
        if (!tick->label[0])
            continue;
        double y =
            frame->y + (1 - axis_map_at(&view->y, tick->value)) * frame->height;
        all =
            box_united(all, add(b, tick->label, tick->is_minor ? minor : major,
                                y + drop, style));
    }
    return all;
}

/* "1e6" at the right end of the x axis. */
static struct box add_x_offset(struct builder *b, struct box labels)
{
    const struct axes_view *view = b->view;
    const struct box *frame = &view->frame;
    struct text_style style = plain(b, LOOKS_TICK_SIZE);
    double gap = LOOKS_OFFSET_PAD * b->point;
    bool is_far = view->axes->x.is_far;
    style.horizontal = ALIGN_END;
    style.vertical = is_far ? ALIGN_END : ALIGN_START;
    double y = is_far ? labels.y - gap : labels.y + labels.height + gap;
    return add(b, view->x_ticks.offset, frame->x + frame->width, y, style);
}

/* "1e6" above the y axis. */
static void add_y_offset(struct builder *b)
{
    const struct axes_view *view = b->view;
    const struct box *frame = &view->frame;
    struct text_style style = plain(b, LOOKS_TICK_SIZE);
    bool is_far = view->axes->y.is_far;
    style.horizontal = ALIGN_START;
    style.vertical = ALIGN_BASELINE;
    add(b, view->y_ticks.offset, frame->x + (is_far ? frame->width : 0),
        frame->y - LOOKS_OFFSET_PAD * b->point, style);
}

static void add_x_label(struct builder *b, struct box labels)
{
    const struct axes_view *view = b->view;
    bool is_far = view->axes->x.is_far;
    struct text_style style =
        plain(b, size_or(view->axes->x.label_size, LOOKS_LABEL_SIZE));
    double gap = LOOKS_LABEL_PAD * b->point;
    style.horizontal = ALIGN_CENTER;
    style.vertical = is_far ? ALIGN_BASELINE : ALIGN_START;
    double y = is_far ? labels.y - gap : labels.y + labels.height + gap;
    add(b, view->axes->x.label, view->frame.x + view->frame.width / 2, y,
        style);
}

static void add_y_label(struct builder *b, struct box labels)
{
    const struct axes_view *view = b->view;
    bool is_far = view->axes->y.is_far;
    struct text_style style =
        plain(b, size_or(view->axes->y.label_size, LOOKS_LABEL_SIZE));
    double gap = LOOKS_LABEL_PAD * b->point;
    style.rotation = 90;
    style.horizontal = is_far ? ALIGN_START : ALIGN_END;
    style.vertical = ALIGN_CENTER;
    double x = is_far ? labels.x + labels.width + gap : labels.x - gap;
    add(b, view->axes->y.label, x, view->frame.y + view->frame.height / 2,
        style);
}

/* Above everything that is above the frame already. */
static void add_title(struct builder *b)
{
    const struct axes_view *view = b->view;
    double top = view->frame.y;
    for (size_t i = 0; i < b->list->count && view->axes->x.is_far; i++)
        top = fmin(top, b->list->items[i].bounds.y);
    struct text_style style =
        plain(b, size_or(view->axes->title_size, LOOKS_TITLE_SIZE));
    style.horizontal = ALIGN_CENTER;
    style.vertical = ALIGN_BASELINE;
    add(b, view->axes->title, view->frame.x + view->frame.width / 2,
        top - LOOKS_TITLE_PAD * b->point, style);
}

struct decorations decorations_of(cairo_t *canvas, const struct axes_view *view)
{
    struct decorations list = {.count = 0};
    struct builder b = {canvas, view, &list, view->point};
    const struct axes *axes = view->axes;
    if (!axes->is_off) {
        struct box x_labels = add_x_ticks(&b), y_labels = add_y_ticks(&b);
        if (axes->x.label && axes->x.label[0])
            add_x_label(&b, x_labels);
        if (axes->y.label && axes->y.label[0])
            add_y_label(&b, y_labels);
        if (view->x_ticks.offset[0])
            add_x_offset(&b, x_labels);
        if (view->y_ticks.offset[0])
            add_y_offset(&b);
    }
    if (axes->title && axes->title[0])
        add_title(&b);
    return list;
}

struct box decorations_bounds(const struct axes_view *view)
{
    double out = LOOKS_TICK * view->point;
    const struct axes *axes = view->axes;
    struct box all = view->frame;
    if (!axes->is_off && view->x_ticks.count)
        all = box_united(all,
                         (struct box){all.x, all.y - (axes->x.is_far ? out : 0),
                                      all.width, all.height + out});
    if (!axes->is_off && view->y_ticks.count)
        all = box_united(all, (struct box){all.x - (axes->y.is_far ? 0 : out),
                                           all.y, all.width + out, all.height});
    for (size_t i = 0; i < view->texts.count; i++)
        all = box_united(all, view->texts.items[i].bounds);
    return all;
}
