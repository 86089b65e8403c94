/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What plot() and its like return, asked and changed later. */
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "bind/natives.h"
#include "bind/plt_internal.h"

static bool has_artist(struct plt_call *call, struct error *err)
{
    return call->item->artist ||
           error_set(err, ERROR_ATTRIBUTE,
                     "'%s' is not a property of this object",
                     call->row->method);
}

/* --------------------------------------------------------------------- data */

static struct value as_array(struct series *series)
{
    return plt_series_value(series);
}

static bool call_get_xdata(struct plt_call *call, struct value *ret,
                           struct error *err)
{
    if (!has_artist(call, err))
        return false;
    *ret = as_array(call->item->artist->x);
    return true;
}

static bool call_get_ydata(struct plt_call *call, struct value *ret,
                           struct error *err)
{
    if (!has_artist(call, err))
        return false;
    *ret = as_array(call->item->artist->y);
    return true;
}

static bool replace_series(struct series **place, struct value value,
                           struct error *err)
{
    struct series *series = plt_series(value, NULL, err);
    if (!series)
        return false;
    series_unref(*place);
    *place = series;
    return true;
}

/* A line is drawn as far as both go. */
static bool set_data(struct plt_call *call, struct value x, struct value y,
                     struct error *err)
{
    struct artist *artist = call->item->artist;
    struct artist changed = {.x = series_ref(artist->x),
                             .y = series_ref(artist->y)};
    bool good = (!slot_given(x) || replace_series(&changed.x, x, err)) &&
                (!slot_given(y) || replace_series(&changed.y, y, err));
    if (good && changed.x && changed.y && changed.x->count != changed.y->count)
        good = error_set(err, ERROR_RUNTIME,
                         "xdata and ydata must be the same length");
    if (!good) {
        series_unref(changed.x);
        series_unref(changed.y);
        return false;
    }
    series_unref(artist->x);
    series_unref(artist->y);
    artist->x = changed.x;
    artist->y = changed.y;
    return true;
}

/* set_data(x, y) of a line, set_data(A) of an image. */
static bool call_set_data(struct plt_call *call, struct value *ret,
                          struct error *err)
{
    struct value x = plt_arg(call, "x"), y = plt_arg(call, "y");
    struct artist *artist = call->item->artist;
    (void)ret;
    if (!has_artist(call, err))
        return false;
    if (artist->kind != ARTIST_IMAGE)
        return set_data(call, x, y, err);
    struct series *values = plt_series(x, NULL, err);
    if (!values)
        return false;
    if (!artist->image.values || values->count != artist->image.values->count) {
        series_unref(values);
        return error_set(err, ERROR_VALUE,
                         "set_data() needs an image of the same shape");
    }
    series_unref(artist->image.values);
    artist->image.values = values;
    return true;
}

static bool call_set_xdata(struct plt_call *call, struct value *ret,
                           struct error *err)
{
    (void)ret;
    return has_artist(call, err) &&
           set_data(call, plt_arg(call, "x"), value_none(), err);
}

static bool call_set_ydata(struct plt_call *call, struct value *ret,
                           struct error *err)
{
    (void)ret;
    return has_artist(call, err) &&
           set_data(call, value_none(), plt_arg(call, "y"), err);
}

/* ---------------------------------------------------------------- properties
 */

/* "#1f77b4" */
static struct value hex_color(struct color color)
{
    char text[16];
    snprintf(text, sizeof text, "#%02x%02x%02x", (int)(color.red * 255 + 0.5),
             (int)(color.green * 255 + 0.5), (int)(color.blue * 255 + 0.5));
    return value_string(text);
}

static bool call_get_color(struct plt_call *call, struct value *ret,
                           struct error *err)
{
    if (!has_artist(call, err))
        return false;
    *ret = hex_color(call->item->artist->stroke.color);
    return true;
}

static bool call_get_label(struct plt_call *call, struct value *ret,
                           struct error *err)
{
    if (!has_artist(call, err))
        return false;
    const char *label = call->item->artist->label;
    *ret = value_string(label ? label : "_child0");
    return true;
}

static bool call_get_linewidth(struct plt_call *call, struct value *ret,
                               struct error *err)
{
    if (!has_artist(call, err))
        return false;
    *ret = value_float(call->item->artist->stroke.width);
    return true;
}

static bool call_get_clim(struct plt_call *call, struct value *ret,
                          struct error *err)
{
    if (!has_artist(call, err))
        return false;
    const struct color_scale *scale = &call->item->artist->scale;
    struct value ends[2] = {value_float(scale->low), value_float(scale->high)};
    *ret = value_tuple(2, ends);
    return true;
}

/* A number of the bar: along the axis 0 where it begins, 1 how wide it is;
   across 2 its base, 3 its height. */
static bool bar_number(struct plt_call *call, int part, struct value *ret,
                       struct error *err)
{
    const struct artist *artist = call->item->artist;
    if (call->item->class != PLT_BAR)
        return error_set(err, ERROR_ATTRIBUTE,
                         "'%s' is not a property of this object",
                         call->row->method);
    if (artist->bars.is_horizontal)
        part ^= 2;
    const struct series *parts[] = {artist->x, artist->bars.widths,
                                    artist->bars.bases, artist->bars.heights};
    *ret = value_float(parts[part]->values[call->item->index]);
    return true;
}

static bool call_get_x(struct plt_call *call, struct value *ret,
                       struct error *err)
{
    return bar_number(call, 0, ret, err);
}

static bool call_get_width(struct plt_call *call, struct value *ret,
                           struct error *err)
{
    return bar_number(call, 1, ret, err);
}

static bool call_get_y(struct plt_call *call, struct value *ret,
                       struct error *err)
{
    return bar_number(call, 2, ret, err);
}

static bool call_get_height(struct plt_call *call, struct value *ret,
                            struct error *err)
{
    return bar_number(call, 3, ret, err);
}

static bool call_get_text(struct plt_call *call, struct value *ret,
                          struct error *err)
{
    if (!call->item->text)
        return has_artist(call, err) &&
               error_set(err, ERROR_ATTRIBUTE, "this is no text");
    *ret = value_string(call->item->text);
    return true;
}

/* The colour of one bar: from then on each has its own. */
static bool color_bar(struct plt_call *call, struct error *err)
{
    struct artist *artist = call->item->artist;
    struct value color;
    size_t count = artist->x->count;
    if (!plt_given(call, "color", &color))
        return true;
    if (!artist->bars.colors) {
        artist->bars.colors = xcalloc(count + 1, sizeof artist->face);
        for (size_t i = 0; i < count; i++)
            artist->bars.colors[i] = artist->face;
    }
    return plt_to_color(color, NULL, &artist->bars.colors[call->item->index],
                        err);
}

/* set_color(), set(color=…), set_alpha()…: the keywords of the call. */
static bool call_set(struct plt_call *call, struct value *ret,
                     struct error *err)
{
    bool has_color = false;
    struct artist *artist = call->item->artist;
    (void)ret;
    if (has_artist(call, err) && call->item->class == PLT_BAR)
        return color_bar(call, err);
    if (!artist || !plt_read_line(call, artist, &has_color, err) ||
        !plt_read_artist(call, artist, err))
        return false;
    if (has_color && artist->kind != ARTIST_LINE)
        artist->face = artist->stroke.color;
    return true;
}

static bool call_set_clim(struct plt_call *call, struct value *ret,
                          struct error *err)
{
    struct value low = plt_arg(call, "vmin"), high = plt_arg(call, "vmax");
    (void)ret;
    if (!has_artist(call, err))
        return false;
    struct color_scale *scale = &call->item->artist->scale;
    double ends[2] = {scale->low, scale->high};
    bool good = low.kind == VALUE_TUPLE && !slot_given(high)
                    ? plt_tuple(low, 2, ends, err)
                    : plt_number(call, "vmin", &ends[0], err) &&
                          plt_number(call, "vmax", &ends[1], err);
    if (good) {
        scale->low = ends[0];
        scale->high = ends[1];
    }
    return good;
}

static bool call_set_cmap(struct plt_call *call, struct value *ret,
                          struct error *err)
{
    (void)ret;
    return has_artist(call, err) &&
           plt_to_colormap(plt_arg(call, "cmap"), "cmap",
                           &call->item->artist->scale.map, err);
}

static bool call_set_label(struct plt_call *call, struct value *ret,
                           struct error *err)
{
    (void)ret;
    char *text = plt_to_text(plt_arg(call, "label"));
    bool good = true;
    if (call->item->class == PLT_COLORBAR)
        figure_set_text(&call->axes->y.label, text);
    else if ((good = has_artist(call, err)))
        figure_set_text(&call->item->artist->label, text);
    free(text);
    return good;
}

static bool call_remove(struct plt_call *call, struct value *ret,
                        struct error *err)
{
    (void)ret;
    (void)err;
    if (call->item->class == PLT_LEGEND)
        call->axes->has_legend = false;
    else if (call->item->class == PLT_COLORBAR)
        plt_remove_axes(call->figure, call->axes);
    else if (call->item->artist)
        plt_remove_artist(call->figure, call->axes, call->item->artist);
    return true;
}

/* -------------------------------------------------------------------- rows */

static const struct param no_params[] = {END_OF_PARAMS};
static const struct param data_params[] = {REQUIRED("x"), OPTIONAL("y", "None"),
                                           END_OF_PARAMS};
static const struct param x_params[] = {REQUIRED("x"), END_OF_PARAMS};
static const struct param y_params[] = {REQUIRED("y"), END_OF_PARAMS};
static const struct param set_params[] = {LINE_PROPERTIES, END_OF_PARAMS};
static const struct param color_params[] = {REQUIRED("color"), END_OF_PARAMS};
static const struct param style_params[] = {REQUIRED("linestyle"),
                                            END_OF_PARAMS};
static const struct param width_params[] = {REQUIRED("linewidth"),
                                            END_OF_PARAMS};
static const struct param marker_params[] = {REQUIRED("marker"), END_OF_PARAMS};
static const struct param size_params[] = {REQUIRED("markersize"),
                                           END_OF_PARAMS};
static const struct param alpha_params[] = {REQUIRED("alpha"), END_OF_PARAMS};
static const struct param visible_params[] = {REQUIRED("visible"),
                                              END_OF_PARAMS};
static const struct param zorder_params[] = {REQUIRED("zorder"), END_OF_PARAMS};
static const struct param clim_params[] = {
    OPTIONAL("vmin", "None"), OPTIONAL("vmax", "None"), END_OF_PARAMS};
static const struct param cmap_params[] = {REQUIRED("cmap"), END_OF_PARAMS};
static const struct param label_params[] = {REQUIRED("label"), END_OF_PARAMS};

#define METHOD(NAME, CALL, PARAMS, DOC)                    \
    {                                                      \
        NULL, NAME, PLT_OF_ARTIST, CALL, PARAMS, NULL, DOC \
    }

const struct plt_row plt_artist_rows[] = {
    METHOD("get_xdata", call_get_xdata, no_params, "Its x values"),
    METHOD("get_ydata", call_get_ydata, no_params, "Its y values"),
    METHOD("set_data", call_set_data, data_params, "Replaces its values"),
    METHOD("set_xdata", call_set_xdata, x_params, "Replaces its x values"),
    METHOD("set_ydata", call_set_ydata, y_params, "Replaces its y values"),
    METHOD("get_color", call_get_color, no_params, "Its colour"),
    METHOD("get_label", call_get_label, no_params, "Its name in the legend"),
    METHOD("get_linewidth", call_get_linewidth, no_params,
           "How wide its line is, in points"),
    METHOD("get_clim", call_get_clim, no_params,
           "The numbers at the ends of its colours"),
    METHOD("get_text", call_get_text, no_params, "What is written there"),
    METHOD("get_x", call_get_x, no_params, "Where the bar begins, in x"),
    METHOD("get_y", call_get_y, no_params, "Where the bar begins, in y"),
    METHOD("get_width", call_get_width, no_params, "How wide the bar is"),
    METHOD("get_height", call_get_height, no_params, "How high the bar is"),
    METHOD("set_facecolor", call_set, color_params, "Changes its colour"),
    METHOD("set", call_set, set_params, "Changes properties"),
    METHOD("set_color", call_set, color_params, "Changes its colour"),
    METHOD("set_linestyle", call_set, style_params, "Solid, dashed, dotted…"),
    METHOD("set_linewidth", call_set, width_params,
           "How wide its line is, in points"),
    METHOD("set_marker", call_set, marker_params, "What marks its points"),
    METHOD("set_markersize", call_set, size_params,
           "How large its marks are, in points"),
    METHOD("set_alpha", call_set, alpha_params,
           "How opaque it is, from 0 to 1"),
    METHOD("set_visible", call_set, visible_params, "Is it drawn?"),
    METHOD("set_zorder", call_set, zorder_params,
           "What it covers: whatever has less"),
    METHOD("set_label", call_set_label, label_params, "Its name in the legend"),
    METHOD("set_clim", call_set_clim, clim_params,
           "The numbers at the ends of its colours"),
    METHOD("set_cmap", call_set_cmap, cmap_params, "Its colour map"),
    METHOD("remove", call_remove, no_params, "Takes it out of the figure"),
    {.call = NULL}};
