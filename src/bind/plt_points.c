/* SPDX-License-Identifier: GPL-3.0-or-later */
/* scatter(): points, each with its own size and colour. */
#include <stdlib.h>
#include <string.h>

#include "bind/natives.h"
#include "bind/plt_internal.h"

/* -------------------------------------------------------------------- colours
 */

static bool bad_colors(struct value c, struct error *err)
{
    char *text = plt_to_text(c);
    error_set(err, ERROR_VALUE,
              "'c' argument must be a color, a sequence of colors, or a "
              "sequence of numbers, not %s",
              text);
    free(text);
    return false;
}

static bool wrong_count(size_t given, size_t points, struct error *err)
{
    return error_set(err, ERROR_VALUE,
                     "'c' argument has %zu elements, which is inconsistent "
                     "with 'x' and 'y' with size %zu.",
                     given, points);
}

/* A number for each point, to be mapped; *FOUND when C is that. */
static bool read_values(struct plt_call *call, struct value c,
                        struct artist *artist, bool *found, struct error *err)
{
    struct error inner = ERROR_INIT;
    struct tensor *numbers = plt_numbers(c, NULL, &inner);
    error_clear(&inner);
    *found = numbers && (size_t)numbers->size == artist->x->count &&
             !(numbers->ndim == 2 && numbers->shape[0] == 1);
    bool good = true;
    if (*found) {
        artist->points.values = series_of(numbers, err);
        good = artist->points.values &&
               plt_read_scale(call, artist->points.values, &artist->scale, err);
    }
    tensor_unref(numbers);
    return good;
}

static bool is_rgb(struct value c)
{
    struct color color;
    struct error err = ERROR_INIT;
    bool good = plt_to_color(c, NULL, &color, &err);
    error_clear(&err);
    return good;
}

static bool is_numbers(struct value c, size_t *count)
{
    struct error err = ERROR_INIT;
    struct tensor *numbers = plt_numbers(c, NULL, &err);
    error_clear(&err);
    bool good = numbers && numbers->ndim == 1;
    if (good)
        *count = (size_t)numbers->size;
    tensor_unref(numbers);
    return good;
}

/* Colours in a list, one a point. */
static bool read_list(struct plt_call *call, struct value c,
                      struct artist *artist, struct error *err)
{
    struct error inner = ERROR_INIT;
    size_t count = 0, points = artist->x->count;
    bool given;
    if (is_numbers(c, &count))
        return wrong_count(count, points, err);
    if (!plt_colors(call, "c", points, &artist->marker.face, &given,
                    &artist->points.colors, &inner)) {
        error_clear(&inner);
        return bad_colors(c, err);
    }
    if (c.kind == VALUE_TENSOR)
        count = (size_t)c.tensor->shape[0];
    else if (c.kind == VALUE_LIST || c.kind == VALUE_TUPLE)
        count = c.sequence->count;
    if (artist->points.colors && count > 1 && count != points)
        return wrong_count(count, points, err);
    return true;
}

/* What c=, color= or the cycle say. */
static bool read_point_colors(struct plt_call *call, struct artist *artist,
                              struct error *err)
{
    struct value c = plt_arg(call, "c"), color;
    bool found;
    if (!slot_given(c) && plt_given(call, "color", &color))
        return plt_to_color(color, NULL, &artist->marker.face, err);
    if (!slot_given(c)) {
        artist->marker.face = plt_next_fill(call->axes);
        return true;
    }
    if (c.kind == VALUE_STRING)
        return is_rgb(c) ? plt_to_color(c, NULL, &artist->marker.face, err)
                         : bad_colors(c, err);
    if (!read_values(call, c, artist, &found, err))
        return false;
    if (found)
        return true;
    if (is_rgb(c))
        return plt_to_color(c, NULL, &artist->marker.face, err);
    return read_list(call, c, artist, err);
}

/* 'face', 'none' or a colour, after the points have theirs. */
static bool read_edges(struct plt_call *call, struct artist *artist,
                       struct error *err)
{
    struct value edge;
    artist->marker.edge = artist->marker.face;
    artist->marker.edge_width =
        strchr("x+|_1234", artist->marker.shape) ? plt_settings.line_width : 1;
    artist->marker.edge_is_face = true;
    if (!plt_number(call, "linewidths", &artist->marker.edge_width, err))
        return false;
    if (!plt_given(call, "edgecolors", &edge) ||
        (edge.kind == VALUE_STRING && !strcmp(edge.string->text, "face")))
        return true;
    artist->marker.edge_is_face = false;
    return plt_to_color(edge, NULL, &artist->marker.edge, err);
}

/* ------------------------------------------------------------------ the call
 */

static bool read_sizes(struct plt_call *call, struct artist *artist,
                       struct error *err)
{
    struct value sizes;
    double usual = plt_settings.marker_size * plt_settings.marker_size;
    if (!plt_given(call, "s", &sizes)) {
        artist->points.sizes = series_new(1, err);
        if (artist->points.sizes)
            artist->points.sizes->values[0] = usual;
        return artist->points.sizes != NULL;
    }
    artist->points.sizes = plt_series(sizes, NULL, err);
    if (!artist->points.sizes)
        return false;
    return artist->points.sizes->count == 1 ||
           artist->points.sizes->count == artist->x->count ||
           error_set(err, ERROR_VALUE,
                     "s must be a scalar, or float array-like with the same "
                     "size as x and y");
}

static bool fill_points(struct plt_call *call, struct artist *artist,
                        struct error *err)
{
    struct value shape;
    artist->marker.shape = 'o';
    artist->x = plt_series(plt_arg(call, "x"), &call->axes->x, err);
    artist->y =
        artist->x ? plt_series(plt_arg(call, "y"), &call->axes->y, err) : NULL;
    if (!artist->y)
        return false;
    if (artist->x->count != artist->y->count)
        return error_set(err, ERROR_VALUE, "x and y must be the same size");
    return (!plt_given(call, "marker", &shape) ||
            plt_to_marker(shape, &artist->marker.shape, err)) &&
           read_sizes(call, artist, err) &&
           read_point_colors(call, artist, err) &&
           read_edges(call, artist, err) && plt_read_artist(call, artist, err);
}

static bool call_scatter(struct plt_call *call, struct value *ret,
                         struct error *err)
{
    struct artist *artist = artist_new(ARTIST_POINTS);
    if (!fill_points(call, artist, err)) {
        artist_free(artist);
        return false;
    }
    axes_add(call->axes, artist);
    if (artist->points.values) {
        call->figure->mapped = call->axes;
        call->figure->mappable = artist;
    }
    *ret = plt_value(PLT_POINTS, call->figure, call->axes, artist);
    return true;
}

static const struct param scatter_params[] = {REQUIRED("x"),
                                              REQUIRED("y"),
                                              OPTIONAL("s", "None"),
                                              OPTIONAL("c", "None"),
                                              OPTIONAL("marker", "None"),
                                              OPTIONAL("cmap", "None"),
                                              OPTIONAL("norm", "None"),
                                              OPTIONAL("vmin", "None"),
                                              OPTIONAL("vmax", "None"),
                                              OPTIONAL("alpha", "None"),
                                              OPTIONAL("linewidths", "None"),
                                              KEYWORD("edgecolors"),
                                              KEYWORD("color"),
                                              KEYWORD("label"),
                                              KEYWORD("zorder"),
                                              KEYWORD("visible"),
                                              KEYWORD("clip_on"),
                                              END_OF_PARAMS};

const struct plt_row plt_point_rows[] = {
    {"scatter", "scatter", PLT_OF_AXES, call_scatter, scatter_params,
     "PathCollection", "Points, each with its own size and colour"},
    {.call = NULL}};
