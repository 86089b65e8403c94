/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view/figure.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

void figure_set_text(char **field, const char *text)
{
    char *copy = text ? xstrdup(text) : NULL;
    free(*field);
    *field = copy;
}

/* ------------------------------------------------------------------ axis */

static void axis_done(struct axis *axis)
{
    free(axis->label);
    if (axis->tick_labels)
        for (size_t i = 0; i < axis->ticks->count; i++)
            free(axis->tick_labels[i]);
    free(axis->tick_labels);
    series_unref(axis->ticks);
}

/* AXIS is a plain copy of another's members: makes them its own. */
static void axis_own(struct axis *axis)
{
    series_ref(axis->ticks);
    if (axis->label)
        axis->label = xstrdup(axis->label);
    if (!axis->tick_labels)
        return;
    char **labels = xcalloc(axis->ticks->count + 1, sizeof *labels);
    for (size_t i = 0; i < axis->ticks->count; i++)
        labels[i] = xstrdup(axis->tick_labels[i]);
    axis->tick_labels = labels;
}

/* ------------------------------------------------------------------ axes */

static void axes_done(struct axes *axes)
{
    for (int i = 0; i < axes->artist_count; i++)
        artist_free(axes->artists[i]);
    free(axes->artists);
    free(axes->title);
    free(axes->legend_title);
    axis_done(&axes->x);
    axis_done(&axes->y);
}

static void axes_free(struct axes *axes)
{
    axes_done(axes);
    free(axes);
}

static struct axes *axes_copy(const struct axes *axes)
{
    struct axes *copy = xmalloc(sizeof *copy);
    *copy = *axes;
    axis_own(&copy->x);
    axis_own(&copy->y);
    if (axes->title)
        copy->title = xstrdup(axes->title);
    if (axes->legend_title)
        copy->legend_title = xstrdup(axes->legend_title);
    size_t count = (size_t)axes->artist_count;
    copy->artists = xcalloc(count + 1, sizeof *copy->artists);
    for (size_t i = 0; i < count; i++)
        copy->artists[i] = artist_copy(axes->artists[i]);
    return copy;
}

struct artist *axes_add(struct axes *axes, struct artist *artist)
{
    size_t count = (size_t)axes->artist_count;
    axes->artists =
        xreallocarray(axes->artists, count + 1, sizeof *axes->artists);
    axes->artists[axes->artist_count++] = artist;
    return artist;
}

void axes_clear(struct axes *axes)
{
    struct axes fresh = {.span = axes->span,
                         .is_free = axes->is_free,
                         .beside = axes->beside,
                         .face = {1, 1, 1, 1},
                         .shares_x = axes->shares_x,
                         .shares_y = axes->shares_y};
    memcpy(fresh.place, axes->place, sizeof fresh.place);
    axes_done(axes);
    *axes = fresh;
}

/* ---------------------------------------------------------------- figure */

struct figure *figure_new(void)
{
    struct figure *figure = xcalloc(1, sizeof *figure);
    figure->width = 6.4;
    figure->height = 4.8;
    figure->dpi = 100;
    figure->face = (struct color){1, 1, 1, 1};
    return figure;
}

void figure_clear(struct figure *figure)
{
    for (int i = 0; i < figure->axes_count; i++)
        axes_free(figure->axes[i]);
    free(figure->axes);
    figure->axes = NULL;
    figure->axes_count = 0;
    figure_set_text(&figure->title, NULL);
}

void figure_free(struct figure *figure)
{
    if (!figure)
        return;
    figure_clear(figure);
    free(figure);
}

/* What a colour bar explains, in COPY as it was in FIGURE; the artist may be
   gone since. */
static void point_colorbar(struct axes *bar, const struct figure *figure,
                           const struct figure *copy)
{
    const struct axes *beside = bar->beside;
    const struct artist *explained = bar->explained;
    bar->beside = NULL;
    bar->explained = NULL;
    for (int i = 0; beside && i < figure->axes_count; i++) {
        if (figure->axes[i] != beside)
            continue;
        bar->beside = copy->axes[i];
        for (int j = 0; j < beside->artist_count; j++)
            if (beside->artists[j] == explained)
                bar->explained = copy->axes[i]->artists[j];
    }
}

struct figure *figure_copy(const struct figure *figure)
{
    struct figure *copy = xmalloc(sizeof *copy);
    *copy = *figure;
    if (figure->title)
        copy->title = xstrdup(figure->title);
    copy->axes = xcalloc((size_t)figure->axes_count + 1, sizeof *copy->axes);
    for (int i = 0; i < figure->axes_count; i++)
        copy->axes[i] = axes_copy(figure->axes[i]);
    for (int i = 0; i < copy->axes_count; i++)
        point_colorbar(copy->axes[i], figure, copy);
    return copy;
}

static struct axes *add_axes(struct figure *figure)
{
    size_t count = (size_t)figure->axes_count;
    figure->axes = xreallocarray(figure->axes, count + 1, sizeof *figure->axes);
    struct axes *axes = xcalloc(1, sizeof *axes);
    axes->span = (struct axes_span){.rows = 1, .columns = 1};
    axes->face = (struct color){1, 1, 1, 1};
    figure->axes[figure->axes_count++] = axes;
    return axes;
}

static bool spans_are_equal(const struct axes_span *a,
                            const struct axes_span *b)
{
    return a->rows == b->rows && a->columns == b->columns &&
           a->first_row == b->first_row && a->last_row == b->last_row &&
           a->first_column == b->first_column &&
           a->last_column == b->last_column;
}

struct axes *figure_add_axes(struct figure *figure, struct axes_span span)
{
    for (int i = 0; i < figure->axes_count; i++) {
        struct axes *axes = figure->axes[i];
        if (!axes->is_free && !axes->beside &&
            spans_are_equal(&axes->span, &span))
            return axes;
    }
    struct axes *axes = add_axes(figure);
    axes->span = span;
    return axes;
}

struct axes *figure_add_free_axes(struct figure *figure, const double place[4])
{
    struct axes *axes = add_axes(figure);
    axes->is_free = true;
    memcpy(axes->place, place, sizeof axes->place);
    return axes;
}

struct axes *figure_add_colorbar(struct figure *figure, struct axes *axes,
                                 struct artist *artist)
{
    struct axes *bar = add_axes(figure);
    bar->span = axes->span;
    bar->beside = axes;
    bar->explained = artist;
    bar->y.is_far = true;
    return bar;
}

void figure_remove_axes(struct figure *figure, struct axes *axes)
{
    int kept = 0;
    for (int i = 0; i < figure->axes_count; i++) {
        struct axes *other = figure->axes[i];
        if (other == axes || other->beside == axes)
            axes_free(other);
        else
            figure->axes[kept++] = other;
    }
    figure->axes_count = kept;
}
