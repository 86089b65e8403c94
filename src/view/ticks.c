/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view/ticks.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

void tick_list_add(struct tick_list *list, double value, bool is_minor,
                   const char *label)
{
    VEC_PUSH(list->items, list->count, list->capacity) =
        (struct tick){value, xstrdup(label), is_minor};
}

void tick_list_done(struct tick_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->items[i].label);
    free(list->items);
    *list = (struct tick_list){.count = 0};
}

void ticks_fix_minus(char *text, size_t size)
{
    static const char minus[] = "\u2212";
    char *hyphen = text;
    while ((hyphen = strchr(hyphen, '-')) &&
           strlen(text) + sizeof minus - 1 <= size) {
        memmove(hyphen + sizeof minus - 1, hyphen + 1, strlen(hyphen + 1) + 1);
        memcpy(hyphen, minus, sizeof minus - 1);
        hyphen += sizeof minus - 1;
    }
}

/* Drops what is outside of LIMITS; the tolerance is matplotlib's. */
static void keep_within(struct tick_list *list, const struct axis_map *map)
{
    const double tolerance = 1e-10;
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        double part = axis_map_at(map, list->items[i].value);
        if (part >= -tolerance && part <= 1 + tolerance)
            list->items[kept++] = list->items[i];
        else
            free(list->items[i].label);
    }
    list->count = kept;
}

/* Matplotlib leaves out minor ticks that lie on major ones. */
static void drop_covered_minors(struct tick_list *list)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        struct tick tick = list->items[i];
        bool is_covered = false;
        for (size_t j = 0; tick.is_minor && j < list->count; j++)
            is_covered |= !list->items[j].is_minor &&
                          fabs(list->items[j].value - tick.value) <=
                              1e-9 * fabs(tick.value);
        if (is_covered)
            free(tick.label);
        else
            list->items[kept++] = tick;
    }
    list->count = kept;
}

static void add_given(struct tick_list *list, const struct axis *axis)
{
    size_t count = axis->ticks ? axis->ticks->count : 0;
    for (size_t i = 0; i < count; i++) {
        const char *label = axis->tick_labels ? axis->tick_labels[i] : "";
        tick_list_add(list, axis->ticks->values[i], false, label);
    }
}

static int clamp(double value, int low, int high)
{
    return value < low ? low : value > high ? high : (int)value;
}

struct tick_list ticks_of(const struct axis *axis, struct range limits,
                          double room)
{
    struct tick_list list = {.count = 0};
    struct axis_map map = axis_map_of(axis->scale, limits);
    struct range rising = {fmin(limits.low, limits.high),
                           fmax(limits.low, limits.high)};
    bool is_linear = axis->scale == SCALE_LINEAR;
    if (axis->has_ticks)
        add_given(&list, axis);
    else if (axis->scale == SCALE_LOG)
        ticks_log(&list, rising, clamp(room, 2, 9));
    else if (axis->scale == SCALE_SYMLOG)
        ticks_symlog(&list, rising);
    else
        ticks_linear(&list, rising, axis->is_integer ? 9 : clamp(room, 1, 9),
                     axis->is_integer ? TICKS_INTEGER : TICKS_USUAL);
    if (axis->has_ticks ? !axis->tick_labels : is_linear)
        ticks_label_linear(&list, rising);
    keep_within(&list, &map);
    drop_covered_minors(&list);
    return list;
}
