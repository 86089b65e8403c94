/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ticks, their texts, and the grid. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "bind/natives.h"
#include "bind/plt_internal.h"

/* -------------------------------------------------------------------- ticks */

static void free_labels(struct axis *axis)
{
    size_t count = axis->tick_labels && axis->ticks ? axis->ticks->count : 0;
    for (size_t i = 0; i < count; i++)
        free(axis->tick_labels[i]);
    free(axis->tick_labels);
    axis->tick_labels = NULL;
}

void plt_set_ticks(struct axis *axis, struct series *ticks)
{
    free_labels(axis);
    series_unref(axis->ticks);
    axis->ticks = ticks;
    axis->has_ticks = true;
}

static bool set_labels(struct plt_call *call, struct axis *axis,
                       struct value labels, struct error *err)
{
    size_t count, wanted = axis->ticks ? axis->ticks->count : 0;
    struct value *items;
    if (!interp_collect(call->interp, labels, &count, &items, err))
        return false;
    bool good = true;
    if (!axis->has_ticks && count > 0) {
        struct series *places = plt_indices(count, err);
        if ((good = places != NULL))
            plt_set_ticks(axis, places);
    } else if (!axis->has_ticks) { /* [] takes all away */
        struct series *places = series_new(0, err);
        if ((good = places != NULL))
            plt_set_ticks(axis, places);
    } else if (count != wanted && count > 0) {
        good = error_set(err, ERROR_VALUE,
                         "The number of FixedLocator locations (%zu), usually "
                         "from a call to set_ticks, does not match the number "
                         "of ticklabels (%zu).",
                         wanted, count);
    }
    if (good) {
        size_t places = axis->ticks->count;
        free_labels(axis);
        axis->tick_labels = xcalloc(places + 1, sizeof(char *));
        for (size_t i = 0; i < places; i++)
            axis->tick_labels[i] =
                i < count ? plt_to_text(items[i]) : xstrdup("");
    }
    for (size_t i = 0; i < count; i++)
        value_unref(items[i]);
    free(items);
    return good;
}

/* Text(1, 0, 'a') for each tick. */
static struct value label_values(struct plt_call *call, const struct axis *axis,
                                 bool is_x)
{
    struct value ret = value_list(0, NULL);
    size_t count = axis->ticks ? axis->ticks->count : 0;
    for (size_t i = 0; i < count; i++) {
        double place = axis->ticks->values[i];
        char number[32];
        snprintf(number, sizeof number, "%.6g", place);
        struct value at = place == floor(place) && fabs(place) < 1e15
                              ? value_int((int64_t)place)
                              : value_float(place);
        struct value zero = value_int(0);
        struct value text = plt_text_value(
            call->figure, call->axes, NULL, is_x ? at : zero, is_x ? zero : at,
            axis->tick_labels ? axis->tick_labels[i] : number);
        list_append(ret.sequence, text);
        value_unref(text);
    }
    return ret;
}

static struct value tick_values(struct plt_call *call, const struct axis *axis,
                                bool is_x)
{
    struct value ret = value_list(0, NULL);
    size_t count = axis->ticks ? axis->ticks->count : 0;
    struct value tick = plt_value(is_x ? PLT_TICK_X : PLT_TICK_Y, call->figure,
                                  call->axes, NULL);
    for (size_t i = 0; i < count; i++)
        list_append(ret.sequence, tick);
    value_unref(tick);
    return ret;
}

static bool read_rotation(struct plt_call *call, struct axis *axis,
                          struct error *err)
{
    struct value value;
    if (plt_given(call, "rotation", &value)) {
        if (value.kind == VALUE_STRING)
            axis->tick_rotation =
                !strcmp(value.string->text, "vertical") ? 90 : 0;
        else if (!plt_to_number(value, &axis->tick_rotation, err))
            return false;
    }
    return !plt_given(call, "fontsize", &value) || value.kind == VALUE_STRING ||
           plt_to_number(value, &axis->tick_size, err);
}

static bool change_ticks(struct plt_call *call, struct axis *axis,
                         struct error *err)
{
    struct value ticks, labels;
    bool has_ticks = plt_given(call, "ticks", &ticks);
    bool has_labels = plt_given(call, "labels", &labels);
    if (has_labels && !has_ticks && call->of_pyplot)
        return error_set(err, ERROR_TYPE,
                         "%s(): Parameter 'labels' can't be set without "
                         "setting 'ticks'",
                         call->row->name);
    if (has_ticks) {
        struct series *places = plt_series(ticks, NULL, err);
        if (!places)
            return false;
        plt_set_ticks(axis, places);
    }
    return (!has_labels || set_labels(call, axis, labels, err)) &&
           read_rotation(call, axis, err);
}

/* xticks() gives places and texts, set_xticks() the ticks. */
static bool ticks_of(struct plt_call *call, bool is_x, struct value *ret,
                     struct error *err)
{
    struct axis *axis = is_x ? &call->axes->x : &call->axes->y;
    if (!change_ticks(call, axis, err))
        return false;
    struct value ticks = tick_values(call, axis, is_x);
    if (!call->of_pyplot) {
        *ret = ticks;
        return true;
    }
    struct value parts[2] = {ticks, label_values(call, axis, is_x)};
    if (!slot_given(plt_arg(call, "ticks"))) {
        value_unref(ticks);
        parts[0] = plt_series_value(axis->ticks);
    }
    *ret = value_tuple_take(2, parts);
    return true;
}

static bool call_xticks(struct plt_call *call, struct value *ret,
                        struct error *err)
{
    return ticks_of(call, true, ret, err);
}

static bool call_yticks(struct plt_call *call, struct value *ret,
                        struct error *err)
{
    return ticks_of(call, false, ret, err);
}

static bool tick_labels_of(struct plt_call *call, bool is_x, struct value *ret,
                           struct error *err)
{
    struct axis *axis = is_x ? &call->axes->x : &call->axes->y;
    if (!set_labels(call, axis, plt_arg(call, "labels"), err) ||
        !read_rotation(call, axis, err))
        return false;
    *ret = label_values(call, axis, is_x);
    return true;
}

static bool call_set_xticklabels(struct plt_call *call, struct value *ret,
                                 struct error *err)
{
    return tick_labels_of(call, true, ret, err);
}

static bool call_set_yticklabels(struct plt_call *call, struct value *ret,
                                 struct error *err)
{
    return tick_labels_of(call, false, ret, err);
}

/* ------------------------------------------------------------ tick_params() */

static const char *const which_axis[] = {"x", "y", "both", NULL};

static bool apply_tick_params(struct plt_call *call, struct axis *axis,
                              const char *side, const char *label_side,
                              struct error *err)
{
    bool has_ticks = true, has_labels = true;
    struct value size;
    if (!plt_flag(call, side, &has_ticks, err) ||
        !plt_flag(call, label_side, &has_labels, err) ||
        !plt_number(call, "labelrotation", &axis->tick_rotation, err))
        return false;
    if (plt_given(call, "labelsize", &size) && size.kind != VALUE_STRING &&
        !plt_to_number(size, &axis->tick_size, err))
        return false;
    if (!has_labels)
        axis->is_hidden = true;
    (void)has_ticks;
    return true;
}

static bool call_tick_params(struct plt_call *call, struct value *ret,
                             struct error *err)
{
    int which = 2;
    (void)ret;
    return plt_choice(call, "axis", which_axis, &which, err) &&
           (which == 1 || apply_tick_params(call, &call->axes->x, "bottom",
                                            "labelbottom", err)) &&
           (which == 0 ||
            apply_tick_params(call, &call->axes->y, "left", "labelleft", err));
}

/* --------------------------------------------------------------------- grid */

static bool call_grid(struct plt_call *call, struct value *ret,
                      struct error *err)
{
    int which = 2;
    struct value visible;
    struct axis *axes[2] = {&call->axes->x, &call->axes->y};
    (void)ret;
    if (!plt_choice(call, "axis", which_axis, &which, err))
        return false;
    bool has_style = slot_given(plt_arg(call, "color")) ||
                     slot_given(plt_arg(call, "linestyle")) ||
                     slot_given(plt_arg(call, "linewidth")) ||
                     slot_given(plt_arg(call, "alpha"));
    for (int i = 0; i < 2; i++) {
        if (which == 1 - i)
            continue;
        if (!plt_given(call, "visible", &visible))
            axes[i]->has_grid = has_style || !axes[i]->has_grid;
        else if (!value_truth(visible, &axes[i]->has_grid, err))
            return false;
    }
    return true;
}

/* -------------------------------------------------------------------- rows */

static const struct param ticks_params[] = {
    OPTIONAL("ticks", "None"), OPTIONAL("labels", "None"), KEYWORD("minor"),
    TEXT_PROPERTIES, END_OF_PARAMS};
static const struct param tick_labels_params[] = {
    REQUIRED("labels"), KEYWORD("minor"), TEXT_PROPERTIES, END_OF_PARAMS};
static const struct param tick_params_params[] = {
    OPTIONAL("axis", "'both'"), KEYWORD("which"),         KEYWORD("reset"),
    KEYWORD("labelsize"),       KEYWORD("labelrotation"), KEYWORD("labelcolor"),
    KEYWORD("bottom"),          KEYWORD("top"),           KEYWORD("left"),
    KEYWORD("right"),           KEYWORD("labelbottom"),   KEYWORD("labeltop"),
    KEYWORD("labelleft"),       KEYWORD("labelright"),    KEYWORD("length"),
    KEYWORD("width"),           KEYWORD("direction"),     KEYWORD("colors"),
    KEYWORD("color"),           KEYWORD("pad"),           END_OF_PARAMS};
static const struct param grid_params[] = {OPTIONAL("visible", "None"),
                                           OPTIONAL("which", "'major'"),
                                           OPTIONAL("axis", "'both'"),
                                           KEYWORD("color"),
                                           KEYWORD("linestyle"),
                                           KEYWORD("linewidth"),
                                           KEYWORD("alpha"),
                                           KEYWORD("zorder"),
                                           END_OF_PARAMS};

const struct plt_row plt_tick_rows[] = {
    {"xticks", "set_xticks", PLT_OF_AXES, call_xticks, ticks_params, "Text",
     "Where the x axis has marks, and what stands there"},
    {"yticks", "set_yticks", PLT_OF_AXES, call_yticks, ticks_params, "Text",
     "Where the y axis has marks, and what stands there"},
    {NULL, "set_xticklabels", PLT_OF_AXES, call_set_xticklabels,
     tick_labels_params, "Text", "What stands at the marks of x"},
    {NULL, "set_yticklabels", PLT_OF_AXES, call_set_yticklabels,
     tick_labels_params, "Text", "What stands at the marks of y"},
    {"tick_params", "tick_params", PLT_OF_AXES, call_tick_params,
     tick_params_params, NULL, "How the marks of the axes look"},
    {"grid", "grid", PLT_OF_AXES, call_grid, grid_params, NULL,
     "Lines behind the data at the axes' marks"},
    {.call = NULL}};
