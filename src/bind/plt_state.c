/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The figures that are open, and which of them is the current one. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "bind/plt_internal.h"

static struct plt_figure **figures; /* by number */
static size_t figure_count, figure_capacity;
static struct plt_figure *current; /* one of them, or NULL */

static struct plt_screen screen;

void plt_set_screen(struct plt_screen who)
{
    screen = who;
}

/* --------------------------------------------------------------- one figure */

static struct plt_figure *figure_open(int number)
{
    struct plt_figure *ret = xcalloc(1, sizeof *ret);
    ret->refs = 1;
    ret->figure = figure_new();
    ret->figure->number = number;
    ret->figure->width = plt_settings.width;
    ret->figure->height = plt_settings.height;
    ret->figure->dpi = plt_settings.dpi;
    return ret;
}

struct plt_figure *plt_figure_ref(struct plt_figure *figure)
{
    figure->refs++;
    return figure;
}

void plt_figure_unref(struct plt_figure *figure)
{
    if (!figure || --figure->refs > 0)
        return;
    figure_free(figure->figure);
    free(figure->name);
    free(figure);
}

/* Values of AXES, or of ARTIST in them, are of nothing any more. */
static void forget_items(struct plt_figure *figure, const struct axes *axes,
                         const struct artist *artist)
{
    for (struct plt_item *item = figure->items; item; item = item->next)
        if (item->axes == axes && (!artist || item->artist == artist)) {
            item->axes = NULL;
            item->artist = NULL;
        }
    if (figure->mapped == axes && (!artist || figure->mappable == artist)) {
        figure->mapped = NULL;
        figure->mappable = NULL;
    }
}

/* Those of its artists, not those of the axes themselves. */
static void forget_artists(struct plt_figure *figure, struct axes *axes)
{
    for (struct plt_item *item = figure->items; item; item = item->next)
        if (item->axes == axes && item->class != PLT_AXES) {
            item->axes = NULL;
            item->artist = NULL;
        }
    if (figure->mapped == axes) {
        figure->mapped = NULL;
        figure->mappable = NULL;
    }
}

void plt_clear_figure(struct plt_figure *figure)
{
    for (int i = 0; i < figure->figure->axes_count; i++)
        forget_items(figure, figure->figure->axes[i], NULL);
    figure->current = NULL;
    figure->figure->is_tight = false;
    figure_clear(figure->figure);
}

void plt_clear_axes(struct plt_figure *figure, struct axes *axes)
{
    forget_artists(figure, axes);
    axes_clear(axes);
}

void plt_remove_artist(struct plt_figure *figure, struct axes *axes,
                       struct artist *artist)
{
    int kept = 0;
    forget_items(figure, axes, artist);
    for (int i = 0; i < axes->artist_count; i++)
        if (axes->artists[i] != artist)
            axes->artists[kept++] = axes->artists[i];
    axes->artist_count = kept;
    artist_free(artist);
}

void plt_remove_axes(struct plt_figure *figure, struct axes *axes)
{
    struct figure *whole = figure->figure;
    for (int i = 0; i < whole->axes_count; i++)
        if (whole->axes[i] == axes || whole->axes[i]->beside == axes)
            forget_items(figure, whole->axes[i], NULL);
    figure_remove_axes(whole, axes);
    figure->current =
        whole->axes_count ? whole->axes[whole->axes_count - 1] : NULL;
}

struct axes *plt_add_axes(struct plt_figure *figure, struct axes_span span)
{
    int before = figure->figure->axes_count;
    struct axes *axes = figure_add_axes(figure->figure, span);
    if (figure->figure->axes_count > before)
        axes->x.has_grid = axes->y.has_grid = plt_settings.grid;
    return axes;
}

struct axes *plt_current_axes(struct plt_figure *figure)
{
    if (!figure->current)
        figure->current =
            plt_add_axes(figure, (struct axes_span){1, 1, 0, 0, 0, 0});
    return figure->current;
}

/* ------------------------------------------------------------ the open ones */

static size_t position_of(int64_t number)
{
    size_t i = 0;
    while (i < figure_count && figures[i]->figure->number < number)
        i++;
    return i;
}

struct plt_figure *plt_find_figure(int64_t number)
{
    size_t i = position_of(number);
    return i < figure_count && figures[i]->figure->number == number ? figures[i]
                                                                    : NULL;
}

struct plt_figure *plt_find_figure_named(const char *name)
{
    for (size_t i = 0; i < figure_count; i++)
        if (figures[i]->name && !strcmp(figures[i]->name, name))
            return figures[i];
    return NULL;
}

/* Takes FIGURE's reference over. */
static void add_figure(struct plt_figure *figure)
{
    size_t at = position_of(figure->figure->number);
    VEC_PUSH(figures, figure_count, figure_capacity) = figure;
    memmove(figures + at + 1, figures + at,
            (figure_count - 1 - at) * sizeof *figures);
    figures[at] = figure;
    current = figure;
}

struct plt_figure *plt_open_figure(int64_t number)
{
    if (number == 0)
        number =
            figure_count ? figures[figure_count - 1]->figure->number + 1 : 1;
    struct plt_figure *ret = figure_open((int)number);
    add_figure(ret);
    return ret;
}

struct plt_figure *plt_current_figure(void)
{
    return current ? current : plt_open_figure(0);
}

struct plt_figure *plt_figure_at(int index)
{
    return (size_t)index < figure_count ? figures[index] : NULL;
}

int plt_figure_count(void)
{
    return (int)figure_count;
}

bool plt_is_open(const struct plt_figure *figure)
{
    for (size_t i = 0; i < figure_count; i++)
        if (figures[i] == figure)
            return true;
    return false;
}

void plt_make_current(struct plt_figure *figure)
{
    if (plt_is_open(figure)) {
        current = figure;
        return;
    }
    struct plt_figure *other = plt_find_figure(figure->figure->number);
    if (other)
        plt_close_figure(other);
    add_figure(plt_figure_ref(figure));
}

void plt_close_figure(struct plt_figure *figure)
{
    for (size_t i = 0; i < figure_count; i++) {
        if (figures[i] != figure)
            continue;
        memmove(figures + i, figures + i + 1,
                (--figure_count - i) * sizeof *figures);
        if (current == figure)
            current = figure_count ? figures[figure_count - 1] : NULL;
        plt_figure_unref(figure);
        return;
    }
}

void plt_close_all(void)
{
    while (figure_count)
        plt_close_figure(figures[figure_count - 1]);
}

/* ----------------------------------------------------------------- showing */

bool plt_show_figure(const struct plt_figure *figure, struct error *err)
{
    return !screen.show ||
           screen.show(screen.context, figure_copy(figure->figure), err);
}

bool plt_show_all(bool take, struct error *err)
{
    bool good = true;
    size_t count = figure_count;
    for (size_t i = 0; good && i < count; i++)
        good = plt_show_figure(figures[i], err);
    if (!take)
        return good;
    plt_close_all();
    return good &&
           (count == 0 || !screen.wait || screen.wait(screen.context, err));
}

void plt_close_windows(int number)
{
    if (screen.close)
        screen.close(screen.context, number);
}
