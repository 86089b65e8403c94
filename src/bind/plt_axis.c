/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Limits, scales, ticks and grids of axes. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bind/natives.h"
#include "bind/plt_internal.h"
#include "view/paint.h"

/* ------------------------------------------------------------------- limits */

bool plt_limits(const struct plt_figure *figure, const struct axes *axes,
                double ret[4], struct error *err)
{
    (void)err;
    const struct figure *whole = figure->figure;
    struct box box = {0, 0, whole->width * 72, whole->height * 72};
    struct axes_layout *layouts = paint_layout(whole, box, 72);
    for (int i = 0; i < whole->axes_count; i++)
        if (whole->axes[i] == axes) {
            ret[0] = layouts[i].x_low;
            ret[1] = layouts[i].x_high;
            ret[2] = layouts[i].y_low;
            ret[3] = layouts[i].y_high;
        }
    free(layouts);
    return true;
}

static void take_in(double *ends, double x)
{
    if (!isfinite(x))
        return;
    ends[0] = fmin(ends[0], x);
    ends[1] = fmax(ends[1], x);
}

static void take_in_series(double *ends, const struct series *series)
{
    for (size_t i = 0; series && i < series->count; i++)
        take_in(ends, series->values[i]);
}

bool plt_data_limits(const struct axes *axes, double ret[4])
{
    double x[2] = {INFINITY, -INFINITY}, y[2] = {INFINITY, -INFINITY};
    for (int i = 0; i < axes->artist_count; i++) {
        const struct artist *artist = axes->artists[i];
        take_in_series(x, artist->x);
        take_in_series(y, artist->y);
        if (artist->kind == ARTIST_FILL)
            take_in_series(y, artist->band.other);
        for (int k = 0; artist->kind == ARTIST_IMAGE && k < 4; k++)
            take_in(k < 2 ? x : y, artist->image.extent[k]);
    }
    ret[0] = x[0] <= x[1] ? x[0] : 0;
    ret[1] = x[0] <= x[1] ? x[1] : 1;
    ret[2] = y[0] <= y[1] ? y[0] : 0;
    ret[3] = y[0] <= y[1] ? y[1] : 1;
    return true;
}

/* Sets the ends of AXIS that are given; the others stay as they are seen. */
static bool set_limits(struct axis *axis, struct value low, struct value high,
                       const double seen[2], struct error *err)
{
    double ends[2] = {seen[0], seen[1]};
    struct value given[2] = {low, high};
    for (int i = 0; i < 2; i++) {
        if (!slot_given(given[i]))
            continue;
        if (!plt_to_number(given[i], &ends[i], err))
            return false;
        if (!isfinite(ends[i]))
            return error_set(err, ERROR_VALUE,
                             "Axis limits cannot be NaN or Inf");
        if (axis->scale == SCALE_LOG && ends[i] <= 0)
            ends[i] = seen[i]; /* it has no logarithm */
    }
    if (ends[0] == ends[1]) {
        double room = ends[0] == 0 ? 0.05 : fabs(ends[0]) * 0.05;
        ends[0] -= room;
        ends[1] += room;
    }
    axis->has_low = axis->has_high = true;
    axis->is_inverted = ends[0] > ends[1];
    axis->low = fmin(ends[0], ends[1]);
    axis->high = fmax(ends[0], ends[1]);
    return true;
}

/* LOW may be both, as a pair. */
static bool change_limits(struct axis *axis, struct value low,
                          struct value high, const double seen[2],
                          struct error *err)
{
    double pair[2];
    bool is_pair = !slot_given(high) &&
                   (low.kind == VALUE_TUPLE || low.kind == VALUE_LIST ||
                    low.kind == VALUE_TENSOR);
    if (!slot_given(high) && low.kind == VALUE_STRING)
        return error_set(err, ERROR_VALUE,
                         "not enough values to unpack (expected 2, got %zu)",
                         low.string->length);
    if (!is_pair)
        return set_limits(axis, low, high, seen, err);
    return plt_tuple(low, 2, pair, err) &&
           set_limits(axis, value_float(pair[0]), value_float(pair[1]), seen,
                      err);
}

/* The two limits as a tuple; set before, where any are given. */
static bool limits_of(struct plt_call *call, bool is_x, struct value *ret,
                      struct error *err)
{
    double all[4] = {0, 1, 0, 1};
    double *seen = is_x ? all : all + 2;
    struct value low = plt_arg(call, is_x ? "left" : "bottom");
    struct value high = plt_arg(call, is_x ? "right" : "top");
    struct axis *axis = is_x ? &call->axes->x : &call->axes->y;
    if (!plt_limits(call->figure, call->axes, all, err))
        return false;
    if (slot_given(low) || slot_given(high)) {
        if (!change_limits(axis, low, high, seen, err))
            return false;
        seen[0] = axis->is_inverted ? axis->high : axis->low;
        seen[1] = axis->is_inverted ? axis->low : axis->high;
    }
    struct value pair[2] = {value_float(seen[0]), value_float(seen[1])};
    *ret = value_tuple(2, pair);
    return true;
}

static bool call_xlim(struct plt_call *call, struct value *ret,
                      struct error *err)
{
    return limits_of(call, true, ret, err);
}

static bool call_ylim(struct plt_call *call, struct value *ret,
                      struct error *err)
{
    return limits_of(call, false, ret, err);
}

static bool call_invert_xaxis(struct plt_call *call, struct value *ret,
                              struct error *err)
{
    (void)ret;
    (void)err;
    call->axes->x.is_inverted = !call->axes->x.is_inverted;
    return true;
}

static bool call_invert_yaxis(struct plt_call *call, struct value *ret,
                              struct error *err)
{
    (void)ret;
    (void)err;
    call->axes->y.is_inverted = !call->axes->y.is_inverted;
    return true;
}

/* ------------------------------------------------------------------- scales */

static bool set_scale(struct axis *axis, struct value value, struct error *err)
{
    static const char *const names[] = {"linear",      "log",   "symlog",
                                        "asinh",       "logit", "function",
                                        "functionlog", NULL};
    for (int i = 0; value.kind == VALUE_STRING && i < 3; i++)
        if (!strcmp(names[i], value.string->text)) {
            axis->scale = (enum axis_scale)i;
            return true;
        }
    return plt_bad_choice("scale", value, names, err);
}

static bool call_xscale(struct plt_call *call, struct value *ret,
                        struct error *err)
{
    (void)ret;
    return set_scale(&call->axes->x, plt_arg(call, "value"), err);
}

static bool call_yscale(struct plt_call *call, struct value *ret,
                        struct error *err)
{
    (void)ret;
    return set_scale(&call->axes->y, plt_arg(call, "value"), err);
}

static bool call_set_aspect(struct plt_call *call, struct value *ret,
                            struct error *err)
{
    struct value aspect = plt_arg(call, "aspect");
    double ratio = 1;
    (void)ret;
    bool is_text = aspect.kind == VALUE_STRING;
    bool is_auto = is_text && !strcmp(aspect.string->text, "auto");
    if (!is_auto && !(is_text && !strcmp(aspect.string->text, "equal")) &&
        !plt_to_number(aspect, &ratio, err))
        return false;
    call->axes->is_equal = !is_auto;
    return true;
}

/* ------------------------------------------------------------------- axis() */

static bool set_axis_word(struct plt_call *call, const char *word,
                          struct error *err)
{
    struct axes *axes = call->axes;
    double all[4];
    if (!strcmp(word, "off") || !strcmp(word, "on")) {
        axes->is_off = word[1] == 'f';
    } else if (!strcmp(word, "equal") || !strcmp(word, "image") ||
               !strcmp(word, "scaled") || !strcmp(word, "square")) {
        axes->is_equal = true;
    } else if (!strcmp(word, "auto")) {
        axes->is_equal = axes->x.has_low = axes->x.has_high = false;
        axes->y.has_low = axes->y.has_high = false;
    } else if (!strcmp(word, "tight")) {
        return plt_data_limits(axes, all) &&
               set_limits(&axes->x, value_float(all[0]), value_float(all[1]),
                          all, err) &&
               set_limits(&axes->y, value_float(all[2]), value_float(all[3]),
                          all + 2, err);
    } else {
        return error_set(err, ERROR_VALUE,
                         "Unrecognized string '%s' to axis; try 'on' or 'off'",
                         word);
    }
    return true;
}

static bool set_axis_limits(struct plt_call *call, struct value given,
                            struct error *err)
{
    double all[4], seen[4];
    struct error inner = ERROR_INIT;
    if (!plt_limits(call->figure, call->axes, seen, err))
        return false;
    if (!plt_tuple(given, 4, all, &inner)) {
        error_clear(&inner);
        return error_set(err, ERROR_TYPE,
                         "the first argument to axis() must be an iterable of "
                         "the form [xmin, xmax, ymin, ymax]");
    }
    return set_limits(&call->axes->x, value_float(all[0]), value_float(all[1]),
                      seen, err) &&
           set_limits(&call->axes->y, value_float(all[2]), value_float(all[3]),
                      seen + 2, err);
}

static bool call_axis(struct plt_call *call, struct value *ret,
                      struct error *err)
{
    struct value args = plt_arg(call, "args"), limits[4];
    double all[4] = {0, 1, 0, 1};
    if (args.sequence->count > 1)
        return error_set(err, ERROR_TYPE,
                         "axis() takes from 0 to 1 positional arguments but "
                         "%zu were given",
                         args.sequence->count);
    if (args.sequence->count) {
        struct value given = args.sequence->items[0];
        bool flag;
        if (given.kind == VALUE_STRING) {
            if (!set_axis_word(call, given.string->text, err))
                return false;
        } else if (given.kind == VALUE_BOOL) {
            call->axes->is_off = value_truth(given, &flag, err) && !flag;
        } else if (!set_axis_limits(call, given, err)) {
            return false;
        }
    }
    if (!plt_limits(call->figure, call->axes, all, err))
        return false;
    for (int i = 0; i < 4; i++)
        limits[i] = value_float(all[i]);
    *ret = value_tuple(4, limits);
    return true;
}

static bool call_set_axis_off(struct plt_call *call, struct value *ret,
                              struct error *err)
{
    (void)ret;
    (void)err;
    call->axes->is_off = true;
    return true;
}

static bool call_set_axis_on(struct plt_call *call, struct value *ret,
                             struct error *err)
{
    (void)ret;
    (void)err;
    call->axes->is_off = false;
    return true;
}

/* ----------------------------------------------------------- ax.set(…), cla()
 */

/* Each keyword K is a call of set_K(). */
static bool call_set(struct plt_call *call, struct value *ret,
                     struct error *err)
{
    struct value self = plt_axes_value(call->figure, call->axes);
    const struct param *params = call->row->params;
    bool good = true;
    *ret = value_list(0, NULL);
    for (int i = 0; good && params[i].name; i++) {
        struct value method, result;
        char name[32];
        struct call_args args = {.count = 1, .values = &call->slots[i]};
        if (!slot_given(call->slots[i]))
            continue;
        snprintf(name, sizeof name, "set_%s", params[i].name);
        good = plt_find_method(PLT_OF_AXES, self, name, &method) &&
               interp_call(call->interp, method, &args, &result, err);
        value_unref(method);
        if (good) {
            list_append(ret->sequence, result);
            value_unref(result);
        }
    }
    value_unref(self);
    if (!good)
        value_unref(*ret);
    return good;
}

static bool call_cla(struct plt_call *call, struct value *ret,
                     struct error *err)
{
    (void)ret;
    (void)err;
    plt_clear_axes(call->figure, call->axes);
    return true;
}

static bool call_remove_axes(struct plt_call *call, struct value *ret,
                             struct error *err)
{
    (void)ret;
    (void)err;
    plt_remove_axes(call->figure, call->axes);
    return true;
}

/* -------------------------------------------------------------------- rows */

static const struct param no_params[] = {END_OF_PARAMS};
static const struct param xlim_params[] = {
    OPTIONAL("left", "None"), OPTIONAL("right", "None"), KEYWORD("emit"),
    KEYWORD("auto"), END_OF_PARAMS};
static const struct param ylim_params[] = {
    OPTIONAL("bottom", "None"), OPTIONAL("top", "None"), KEYWORD("emit"),
    KEYWORD("auto"), END_OF_PARAMS};
static const struct param scale_params[] = {
    REQUIRED("value"), KEYWORD("base"), KEYWORD("linthresh"), END_OF_PARAMS};
static const struct param axis_params[] = {STARRED("args"), KEYWORD("emit"),
                                           END_OF_PARAMS};
static const struct param aspect_params[] = {
    REQUIRED("aspect"), OPTIONAL("adjustable", "None"), END_OF_PARAMS};
static const struct param set_params[] = {
    KEYWORD("title"),  KEYWORD("xlabel"),      KEYWORD("ylabel"),
    KEYWORD("xlim"),   KEYWORD("ylim"),        KEYWORD("xscale"),
    KEYWORD("yscale"), KEYWORD("xticks"),      KEYWORD("yticks"),
    KEYWORD("aspect"), KEYWORD("xticklabels"), KEYWORD("yticklabels"),
    END_OF_PARAMS};

const struct plt_row plt_axis_rows[] = {
    {"xlim", "set_xlim", PLT_OF_AXES, call_xlim, xlim_params, NULL,
     "The ends of the x axis, to get or to set"},
    {NULL, "get_xlim", PLT_OF_AXES, call_xlim, no_params, NULL,
     "The ends of the x axis"},
    {"ylim", "set_ylim", PLT_OF_AXES, call_ylim, ylim_params, NULL,
     "The ends of the y axis, to get or to set"},
    {NULL, "get_ylim", PLT_OF_AXES, call_ylim, no_params, NULL,
     "The ends of the y axis"},
    {NULL, "invert_xaxis", PLT_OF_AXES, call_invert_xaxis, no_params, NULL,
     "Lets x grow to the left"},
    {NULL, "invert_yaxis", PLT_OF_AXES, call_invert_yaxis, no_params, NULL,
     "Lets y grow downwards"},
    {"xscale", "set_xscale", PLT_OF_AXES, call_xscale, scale_params, NULL,
     "'linear', 'log' or 'symlog'"},
    {"yscale", "set_yscale", PLT_OF_AXES, call_yscale, scale_params, NULL,
     "'linear', 'log' or 'symlog'"},
    {NULL, "set_aspect", PLT_OF_AXES, call_set_aspect, aspect_params, NULL,
     "'equal': one unit is as long in x as in y; 'auto': it is not"},
    {"axis", "axis", PLT_OF_AXES, call_axis, axis_params, NULL,
     "'off', 'equal', 'tight'…, or the limits of both axes"},
    {NULL, "set_axis_off", PLT_OF_AXES, call_set_axis_off, no_params, NULL,
     "The data alone, without frame and marks"},
    {NULL, "set_axis_on", PLT_OF_AXES, call_set_axis_on, no_params, NULL,
     "Frame and marks again"},
    {NULL, "set", PLT_OF_AXES, call_set, set_params, "AxesSubplot",
     "Several set_… calls in one"},
    {"cla", "cla", PLT_OF_AXES, call_cla, no_params, NULL, "Empties the axes"},
    {NULL, "clear", PLT_OF_AXES, call_cla, no_params, NULL, "Empties the axes"},
    {NULL, "remove", PLT_OF_AXES, call_remove_axes, no_params, NULL,
     "Takes the axes out of the figure"},
    {.call = NULL}};
