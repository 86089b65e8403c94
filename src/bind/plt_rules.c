/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines and bands across the axes, and between given ends. */
#include <math.h>
#include <stdlib.h>

#include "bind/plt_internal.h"

/* A rule from the call's properties, over all of the axes. */
static struct artist *styled_rule(struct plt_call *call, bool is_vertical,
                                  struct error *err)
{
    struct artist *artist = artist_new(ARTIST_RULE);
    bool has_color = false;
    artist->rule.is_vertical = is_vertical;
    artist->rule.from = 0;
    artist->rule.to = 1;
    artist->z = 2;
    artist->stroke.color = artist->face = color_cycle(0);
    artist->stroke.width = plt_settings.line_width;
    if (plt_number(call, is_vertical ? "ymin" : "xmin", &artist->rule.from,
                   err) &&
        plt_number(call, is_vertical ? "ymax" : "xmax", &artist->rule.to,
                   err) &&
        plt_read_line(call, artist, &has_color, err) &&
        plt_read_artist(call, artist, err))
        return artist;
    artist_free(artist);
    return NULL;
}

static bool add_line(struct plt_call *call, bool is_vertical, struct value *ret,
                     struct error *err)
{
    struct artist *artist = styled_rule(call, is_vertical, err);
    double at = 0;
    if (!artist || !plt_number(call, is_vertical ? "x" : "y", &at, err)) {
        artist_free(artist);
        return false;
    }
    artist->rule.low = artist->rule.high = at;
    axes_add(call->axes, artist);
    *ret = plt_value(PLT_LINE, call->figure, call->axes, artist);
    return true;
}

static bool call_axhline(struct plt_call *call, struct value *ret,
                         struct error *err)
{
    return add_line(call, false, ret, err);
}

static bool call_axvline(struct plt_call *call, struct value *ret,
                         struct error *err)
{
    return add_line(call, true, ret, err);
}

static bool add_band(struct plt_call *call, bool is_vertical, struct value *ret,
                     struct error *err)
{
    struct artist *artist = artist_new(ARTIST_RULE);
    artist->rule.is_vertical = is_vertical;
    artist->rule.to = 1;
    artist->face = color_cycle(0);
    artist->stroke.style = LINE_NONE;
    artist->stroke.width = 1;
    artist->z = 1;
    const char *across[2] = {is_vertical ? "ymin" : "xmin",
                             is_vertical ? "ymax" : "xmax"};
    const char *along[2] = {is_vertical ? "xmin" : "ymin",
                            is_vertical ? "xmax" : "ymax"};
    if (!plt_number(call, along[0], &artist->rule.low, err) ||
        !plt_number(call, along[1], &artist->rule.high, err) ||
        !plt_number(call, across[0], &artist->rule.from, err) ||
        !plt_number(call, across[1], &artist->rule.to, err) ||
        !plt_read_area(call, artist, err)) {
        artist_free(artist);
        return false;
    }
    axes_add(call->axes, artist);
    *ret = plt_value(PLT_POLYGON, call->figure, call->axes, artist);
    return true;
}

static bool call_axhspan(struct plt_call *call, struct value *ret,
                         struct error *err)
{
    return add_band(call, false, ret, err);
}

static bool call_axvspan(struct plt_call *call, struct value *ret,
                         struct error *err)
{
    return add_band(call, true, ret, err);
}

/* ------------------------------------------------------ hlines() and vlines()
 */

static bool too_few(const struct series *series, size_t count,
                    struct error *err)
{
    return series->count == count ||
           error_set(err, ERROR_VALUE,
                     "could not broadcast input array from shape (%zu,) into "
                     "shape (%zu,)",
                     series->count, count);
}

/* The strokes from LOW to HIGH at AT, one after the other. */
static bool fill_strokes(struct artist *artist, bool is_vertical,
                         const struct series *at, const struct series *low,
                         const struct series *high, struct error *err)
{
    size_t count = at->count;
    struct series *along = series_new(3 * count, err);
    struct series *across = along ? series_new(3 * count, err) : NULL;
    if (!across) {
        series_unref(along);
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        along->values[3 * i] = low->values[i];
        along->values[3 * i + 1] = high->values[i];
        across->values[3 * i] = across->values[3 * i + 1] = at->values[i];
        along->values[3 * i + 2] = across->values[3 * i + 2] = NAN;
    }
    artist->x = is_vertical ? across : along;
    artist->y = is_vertical ? along : across;
    return true;
}

static bool style_strokes(struct plt_call *call, struct artist *artist,
                          struct error *err)
{
    struct value style;
    bool given;
    struct color *colors;
    artist->stroke.color = color_cycle(0);
    artist->stroke.width = plt_settings.line_width;
    bool good = plt_colors(call, "colors", 1, &artist->stroke.color, &given,
                           &colors, err) &&
                (!plt_given(call, "linestyles", &style) ||
                 plt_to_style(style, "ls", &artist->stroke.style, err)) &&
                plt_number(call, "linewidths", &artist->stroke.width, err) &&
                plt_read_artist(call, artist, err);
    if (good)
        free(colors);
    return good;
}

static bool add_strokes(struct plt_call *call, bool is_vertical,
                        struct value *ret, struct error *err)
{
    struct axis *along = is_vertical ? &call->axes->y : &call->axes->x;
    struct axis *across = is_vertical ? &call->axes->x : &call->axes->y;
    struct series *at = plt_series(call->slots[0], across, err);
    struct series *low = at ? plt_series(call->slots[1], along, err) : NULL;
    struct series *high = low ? plt_series(call->slots[2], along, err) : NULL;
    struct artist *artist = artist_new(ARTIST_LINE);
    if (high) {
        low = plt_stretch(low, at->count, err);
        high = plt_stretch(high, at->count, err);
    }
    bool good = at && low && high && too_few(low, at->count, err) &&
                too_few(high, at->count, err) &&
                fill_strokes(artist, is_vertical, at, low, high, err) &&
                style_strokes(call, artist, err);
    series_unref(at);
    series_unref(low);
    series_unref(high);
    if (!good) {
        artist_free(artist);
        return false;
    }
    axes_add(call->axes, artist);
    *ret = plt_value(PLT_LINES, call->figure, call->axes, artist);
    return true;
}

static bool call_hlines(struct plt_call *call, struct value *ret,
                        struct error *err)
{
    return add_strokes(call, false, ret, err);
}

static bool call_vlines(struct plt_call *call, struct value *ret,
                        struct error *err)
{
    return add_strokes(call, true, ret, err);
}

/* -------------------------------------------------------------------- rows */

static const struct param axhline_params[] = {
    OPTIONAL("y", "0"), OPTIONAL("xmin", "0"), OPTIONAL("xmax", "1"),
    LINE_PROPERTIES, END_OF_PARAMS};
static const struct param axvline_params[] = {
    OPTIONAL("x", "0"), OPTIONAL("ymin", "0"), OPTIONAL("ymax", "1"),
    LINE_PROPERTIES, END_OF_PARAMS};

static const struct param axhspan_params[] = {
    REQUIRED("ymin"),      REQUIRED("ymax"), OPTIONAL("xmin", "0"),
    OPTIONAL("xmax", "1"), AREA_PROPERTIES,  END_OF_PARAMS};
static const struct param axvspan_params[] = {
    REQUIRED("xmin"),      REQUIRED("xmax"), OPTIONAL("ymin", "0"),
    OPTIONAL("ymax", "1"), AREA_PROPERTIES,  END_OF_PARAMS};

#define STROKES                                                    \
    OPTIONAL("colors", "None"), OPTIONAL("linestyles", "'solid'"), \
        KEYWORD("linewidths"), ARTIST_PROPERTIES

static const struct param hlines_params[] = {
    REQUIRED("y"), REQUIRED("xmin"), REQUIRED("xmax"), STROKES, END_OF_PARAMS};
static const struct param vlines_params[] = {
    REQUIRED("x"), REQUIRED("ymin"), REQUIRED("ymax"), STROKES, END_OF_PARAMS};

const struct plt_row plt_rule_rows[] = {
    {"axhline", "axhline", PLT_OF_AXES, call_axhline, axhline_params, "Line2D",
     "A horizontal line across the axes"},
    {"axvline", "axvline", PLT_OF_AXES, call_axvline, axvline_params, "Line2D",
     "A vertical line across the axes"},
    {"axhspan", "axhspan", PLT_OF_AXES, call_axhspan, axhspan_params, "Polygon",
     "A horizontal band across the axes"},
    {"axvspan", "axvspan", PLT_OF_AXES, call_axvspan, axvspan_params, "Polygon",
     "A vertical band across the axes"},
    {"hlines", "hlines", PLT_OF_AXES, call_hlines, hlines_params,
     "LineCollection", "Horizontal lines from xmin to xmax"},
    {"vlines", "vlines", PLT_OF_AXES, call_vlines, vlines_params,
     "LineCollection", "Vertical lines from ymin to ymax"},
    {.call = NULL}};
