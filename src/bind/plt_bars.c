/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bar(), barh() and hist(). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "bind/plt_internal.h"

struct artist *plt_new_bars(bool is_horizontal)
{
    struct artist *artist = artist_new(ARTIST_BARS);
    artist->bars.is_horizontal = is_horizontal;
    artist->stroke.style = LINE_SOLID;
    artist->stroke.color = (struct color){0, 0, 0, 0}; /* no edges */
    artist->stroke.width = 1;
    return artist;
}

/* --------------------------------------------------------- bar() and barh() */

/* What broadcasting them says of lengths that differ. */
static bool lengths_differ(struct series *const *parts, int at, size_t length,
                           int of, struct error *err)
{
    return error_set(err, ERROR_VALUE,
                     "shape mismatch: objects cannot be broadcast to a single "
                     "shape.  Mismatch is between arg %d with shape (%zu,) and "
                     "arg %d with shape (%zu,).",
                     of, length, at, parts[at]->count);
}

/* Positions, lengths, widths and bases of one length. */
static bool stretch_parts(struct series *parts[4], struct error *err)
{
    size_t length = 1;
    int of = 0;
    for (int i = 0; i < 4; i++) {
        if (parts[i]->count == 1)
            continue;
        if (length != 1 && parts[i]->count != length)
            return lengths_differ(parts, i, length, of, err);
        if (length == 1)
            of = i;
        length = parts[i]->count;
    }
    for (int i = 0; i < 4; i++)
        if (!(parts[i] = plt_stretch(parts[i], length, err)))
            return false;
    return true;
}

/* From the middles, if need be, to the near edges. */
static bool move_to_edges(struct series **places, const struct series *widths,
                          struct error *err)
{
    struct series *edges = series_new((*places)->count, err);
    for (size_t i = 0; edges && i < edges->count; i++)
        edges->values[i] = (*places)->values[i] - widths->values[i] / 2;
    if (!edges)
        return false;
    series_unref(*places);
    *places = edges;
    return true;
}

static bool read_part(struct plt_call *call, const char *name, double usual,
                      struct axis *axis, struct series **ret, struct error *err)
{
    struct value value;
    if (plt_given(call, name, &value))
        *ret = plt_series(value, axis, err);
    else if ((*ret = series_new(1, err)))
        (*ret)->values[0] = usual;
    return *ret != NULL;
}

static bool read_bar_colors(struct plt_call *call, struct artist *artist,
                            struct error *err)
{
    bool given;
    if (!plt_colors(call, "color", artist->x->count, &artist->face, &given,
                    &artist->bars.colors, err))
        return false;
    if (!given)
        artist->face = plt_next_fill(call->axes);
    return true;
}

/* tick_label: a name below each bar. */
static bool name_bars(struct plt_call *call, struct axis *axis,
                      const struct series *places, struct error *err)
{
    struct value labels;
    size_t count;
    struct value *items;
    if (!plt_given(call, "tick_label", &labels))
        return true;
    if (!interp_collect(call->interp, labels, &count, &items, err))
        return false;
    plt_set_ticks(axis, series_ref((struct series *)places));
    axis->tick_labels = xcalloc(places->count + 1, sizeof(char *));
    for (size_t i = 0; i < places->count; i++)
        axis->tick_labels[i] = i < count ? plt_to_text(items[i]) : xstrdup("");
    for (size_t i = 0; i < count; i++)
        value_unref(items[i]);
    free(items);
    return true;
}

static bool fill_bars(struct plt_call *call, struct artist *artist,
                      struct series *parts[4], struct error *err)
{
    static const char *const alignments[] = {"center", "edge", NULL};
    bool is_horizontal = artist->bars.is_horizontal;
    struct axis *along = is_horizontal ? &call->axes->y : &call->axes->x;
    struct axis *across = is_horizontal ? &call->axes->x : &call->axes->y;
    int alignment = 0;
    if (!plt_choice(call, "align", alignments, &alignment, err) ||
        !read_part(call, is_horizontal ? "y" : "x", 0, along, &parts[0], err) ||
        !read_part(call, is_horizontal ? "width" : "height", 0, across,
                   &parts[1], err) ||
        !read_part(call, is_horizontal ? "height" : "width", 0.8, NULL,
                   &parts[2], err) ||
        !read_part(call, is_horizontal ? "left" : "bottom", 0, NULL, &parts[3],
                   err) ||
        !stretch_parts(parts, err) || !name_bars(call, along, parts[0], err) ||
        (alignment == 0 && !move_to_edges(&parts[0], parts[2], err)))
        return false;
    artist->x = parts[0];
    artist->y = series_ref(parts[0]);
    artist->bars.heights = parts[1];
    artist->bars.widths = parts[2];
    artist->bars.bases = parts[3];
    for (int i = 0; i < 4; i++)
        parts[i] = NULL;
    return read_bar_colors(call, artist, err) &&
           plt_read_edges(call, artist, err) &&
           plt_read_artist(call, artist, err);
}

/* yerr, xerr: a stroke at each bar's end. */
static bool add_bar_errors(struct plt_call *call, const struct artist *bars,
                           struct error *err)
{
    struct value value;
    bool is_horizontal = bars->bars.is_horizontal;
    if (!plt_given(call, is_horizontal ? "xerr" : "yerr", &value))
        return true;
    size_t count = bars->x->count;
    struct series *errors =
        plt_stretch(plt_series(value, NULL, err), count, err);
    struct artist *strokes = artist_new(ARTIST_LINE);
    strokes->stroke.color = (struct color){0, 0, 0, 1};
    strokes->stroke.width = plt_settings.line_width;
    struct series *along = series_new(3 * count, err);
    struct series *across = series_new(3 * count, err);
    strokes->x = is_horizontal ? across : along;
    strokes->y = is_horizontal ? along : across;
    bool good = errors && along && across;
    if (good && errors->count != count)
        good = error_set(err, ERROR_VALUE,
                         "'%s' (shape: (%zu,)) must be a scalar or a 1D or "
                         "(2, n) array-like whose shape matches '%c' (shape: "
                         "(%zu,))",
                         is_horizontal ? "xerr" : "yerr", errors->count,
                         is_horizontal ? 'x' : 'y', count);
    for (size_t i = 0; good && i < count; i++) {
        double end =
            bars->bars.bases->values[i] + bars->bars.heights->values[i];
        along->values[3 * i] = along->values[3 * i + 1] =
            bars->x->values[i] + bars->bars.widths->values[i] / 2;
        across->values[3 * i] = end - errors->values[i];
        across->values[3 * i + 1] = end + errors->values[i];
        along->values[3 * i + 2] = across->values[3 * i + 2] = NAN;
    }
    series_unref(errors);
    if (good)
        axes_add(call->axes, strokes);
    else
        artist_free(strokes);
    return good;
}

static bool add_bars(struct plt_call *call, bool is_horizontal,
                     struct value *ret, struct error *err)
{
    struct artist *artist = plt_new_bars(is_horizontal);
    struct series *parts[4] = {NULL, NULL, NULL, NULL};
    bool good = fill_bars(call, artist, parts, err);
    for (int i = 0; i < 4; i++)
        series_unref(parts[i]);
    if (!good || !add_bar_errors(call, artist, err)) {
        artist_free(artist);
        return false;
    }
    axes_add(call->axes, artist);
    *ret = plt_value(PLT_BARS, call->figure, call->axes, artist);
    return true;
}

static bool call_bar(struct plt_call *call, struct value *ret,
                     struct error *err)
{
    return add_bars(call, false, ret, err);
}

static bool call_barh(struct plt_call *call, struct value *ret,
                      struct error *err)
{
    return add_bars(call, true, ret, err);
}

/* -------------------------------------------------------------------- rows */

#define BAR_PROPERTIES                                                     \
    KEYWORD("color"), KEYWORD("edgecolor"), KEYWORD("facecolor"),          \
        KEYWORD("linewidth"), KEYWORD("linestyle"), KEYWORD("tick_label"), \
        KEYWORD("xerr"), KEYWORD("yerr"), KEYWORD("ecolor"),               \
        KEYWORD("capsize"), KEYWORD("log"), KEYWORD("hatch"),              \
        ARTIST_PROPERTIES

static const struct param bar_params[] = {REQUIRED("x"),
                                          REQUIRED("height"),
                                          OPTIONAL("width", "0.8"),
                                          OPTIONAL("bottom", "None"),
                                          KEYWORD_WITH("align", "'center'"),
                                          BAR_PROPERTIES,
                                          END_OF_PARAMS};
static const struct param barh_params[] = {REQUIRED("y"),
                                           REQUIRED("width"),
                                           OPTIONAL("height", "0.8"),
                                           OPTIONAL("left", "None"),
                                           KEYWORD_WITH("align", "'center'"),
                                           BAR_PROPERTIES,
                                           END_OF_PARAMS};

const struct plt_row plt_bar_rows[] = {
    {"bar", "bar", PLT_OF_AXES, call_bar, bar_params, "Rectangle",
     "Bars that stand on x"},
    {"barh", "barh", PLT_OF_AXES, call_barh, barh_params, "Rectangle",
     "Bars that lie beside y"},
    {.call = NULL}};
