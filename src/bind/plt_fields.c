/* SPDX-License-Identifier: GPL-3.0-or-later */
/* contour() and its like, filled areas, arrows. */
#include <math.h>

#include "bind/natives.h"
#include "bind/plt_internal.h"

/* ------------------------------------------------------------ filled areas */

static bool wrong_rank(struct value value, const char *name, struct error *err)
{
    struct tensor *numbers = plt_numbers(value, NULL, err);
    bool good = numbers && numbers->ndim == 1;
    if (numbers && !good)
        error_set(err, ERROR_VALUE, "'%s' is not 1-dimensional", name);
    tensor_unref(numbers);
    return !good;
}

static bool cannot_broadcast(size_t a, size_t b, struct error *err)
{
    return error_set(err, ERROR_VALUE,
                     "operands could not be broadcast together with shapes "
                     "(%zu,) (%zu,) ",
                     a, b);
}

/* Only where the condition holds: elsewhere there is a gap. */
static bool leave_gaps(struct plt_call *call, struct series **y,
                       struct error *err)
{
    struct value where;
    if (!plt_given(call, "where", &where))
        return true;
    struct series *holds = plt_series(where, NULL, err);
    struct series *kept = holds ? series_new((*y)->count, err) : NULL;
    if (kept && holds->count != (*y)->count) {
        error_set(err, ERROR_VALUE,
                  "where size (%zu) does not match 'x' size (%zu)",
                  holds->count, (*y)->count);
        series_unref(kept);
        kept = NULL;
    }
    for (size_t i = 0; kept && i < kept->count; i++)
        kept->values[i] = holds->values[i] != 0 ? (*y)->values[i] : NAN;
    series_unref(holds);
    if (!kept)
        return false;
    series_unref(*y);
    *y = kept;
    return true;
}

static bool fill_band(struct plt_call *call, struct artist *artist,
                      struct error *err)
{
    static const char *const names[] = {"x", "y1", "y2"};
    struct series *parts[3] = {NULL, NULL, NULL};
    bool good = true;
    for (int i = 0; good && i < 3; i++) {
        struct value value = plt_arg(call, names[i]);
        if (value.kind == VALUE_UNDEFINED)
            value = value_int(0);
        good = !wrong_rank(value, names[i], err) &&
               (parts[i] = plt_series(
                    value, i ? &call->axes->y : &call->axes->x, err));
    }
    size_t count = good ? parts[0]->count : 0;
    for (int i = 1; good && i < 3; i++) {
        parts[i] = plt_stretch(parts[i], count, err);
        good = parts[i] && (parts[i]->count == count ||
                            cannot_broadcast(count, parts[i]->count, err));
    }
    artist->x = parts[0];
    artist->y = parts[1];
    artist->band.other = parts[2];
    return good && leave_gaps(call, &artist->y, err);
}

static bool call_fill_between(struct plt_call *call, struct value *ret,
                              struct error *err)
{
    struct artist *artist = artist_new(ARTIST_FILL);
    bool has_color = slot_given(plt_arg(call, "color")) ||
                     slot_given(plt_arg(call, "facecolor"));
    artist->stroke.style = LINE_NONE;
    artist->stroke.width = 1;
    if (!fill_band(call, artist, err)) {
        artist_free(artist);
        return false;
    }
    if (!has_color)
        artist->face = artist->stroke.color = plt_next_fill(call->axes);
    if (!plt_read_area(call, artist, err)) {
        artist_free(artist);
        return false;
    }
    axes_add(call->axes, artist);
    *ret = plt_value(PLT_FILL, call->figure, call->axes, artist);
    return true;
}

/* fill(x, y, 'r'): one polygon. */
static bool call_fill(struct plt_call *call, struct value *ret,
                      struct error *err)
{
    struct value args = plt_arg(call, "args");
    const struct value *items = args.sequence->items;
    size_t count = args.sequence->count;
    struct marker marker = {0};
    bool has_color = false;
    if (count < 2 || count > 3)
        return error_set(err, ERROR_TYPE,
                         "fill() takes x, y and a colour, but %zu arguments "
                         "were given",
                         count);
    struct artist *artist = artist_new(ARTIST_FILL);
    artist->stroke.width = 1;
    artist->x = plt_series(items[0], &call->axes->x, err);
    artist->y = artist->x ? plt_series(items[1], &call->axes->y, err) : NULL;
    bool good = artist->y != NULL;
    if (good && artist->x->count != artist->y->count)
        good = error_set(err, ERROR_VALUE,
                         "x and y must have same first dimension, but have "
                         "shapes (%zu,) and (%zu,)",
                         artist->x->count, artist->y->count);
    if (good && count == 3)
        good = items[2].kind == VALUE_STRING
                   ? artist_parse_format(items[2].string->text, &artist->stroke,
                                         &marker, &has_color, err)
                   : error_set(err, ERROR_TYPE,
                               "third arg must be a format string");
    if (good && !has_color && !slot_given(plt_arg(call, "color")))
        artist->stroke.color = plt_next_fill(call->axes);
    artist->face = artist->stroke.color;
    artist->stroke.style = LINE_SOLID;
    good = good && plt_read_area(call, artist, err);
    if (!good) {
        artist_free(artist);
        return false;
    }
    axes_add(call->axes, artist);
    struct value value =
        plt_value(PLT_POLYGON, call->figure, call->axes, artist);
    *ret = value_list_take(1, &value);
    return true;
}

/* --------------------------------------------------------------------- arrows
 */

static bool call_arrow(struct plt_call *call, struct value *ret,
                       struct error *err)
{
    static const char *const names[] = {"x", "y", "dx", "dy"};
    struct artist *artist = artist_new(ARTIST_ARROWS);
    struct series **places[] = {&artist->x, &artist->y, &artist->arrows.u,
                                &artist->arrows.v};
    bool good = true;
    artist->stroke.color = artist->face = color_cycle(0);
    artist->stroke.width = 1;
    artist->arrows.head = 6;
    for (int i = 0; good && i < 4; i++) {
        *places[i] = series_new(1, err);
        good =
            *places[i] && plt_number(call, names[i], (*places[i])->values, err);
    }
    if (!good || !plt_read_area(call, artist, err)) {
        artist_free(artist);
        return false;
    }
    axes_add(call->axes, artist);
    *ret = plt_value(PLT_ARROW, call->figure, call->axes, artist);
    return true;
}

static double spread_of(const struct series *series)
{
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < series->count; i++) {
        low = fmin(low, series->values[i]);
        high = fmax(high, series->values[i]);
    }
    return high > low ? high - low : 1;
}

/* matplotlib's own choice: an arrow of mean length is about 1.8 / sqrt(N) of
   the axes' width. */
static double usual_scale(const struct artist *artist)
{
    const struct series *u = artist->arrows.u, *v = artist->arrows.v;
    double sum = 0;
    for (size_t i = 0; i < u->count; i++)
        sum += hypot(u->values[i], v->values[i]);
    double mean = u->count ? sum / (double)u->count : 0;
    if (!(mean > 0))
        return 1;
    return 1.8 * mean * fmax(10, sqrt((double)u->count)) /
           (1.1 * spread_of(artist->x));
}

static bool scale_arrows(struct plt_call *call, struct artist *artist,
                         struct error *err)
{
    double scale = usual_scale(artist);
    struct series *parts[2] = {artist->arrows.u, artist->arrows.v};
    if (!plt_number(call, "scale", &scale, err))
        return false;
    for (int i = 0; i < 2 && scale > 0; i++)
        for (size_t k = 0; k < parts[i]->count; k++)
            parts[i]->values[k] /= scale;
    return true;
}

/* U, V, or X, Y, U, V; X and Y of a grid may be its sides. */
static bool read_arrows(struct plt_call *call, struct artist *artist,
                        struct error *err)
{
    struct value args = plt_arg(call, "args"), grid[2];
    size_t count = args.sequence->count;
    const struct value *items = args.sequence->items;
    if (count != 2 && count != 4 && count != 5)
        return error_set(err, ERROR_TYPE,
                         "quiver() takes U, V or X, Y, U, V, but %zu "
                         "arguments were given",
                         count);
    bool has_places = count > 2;
    struct tensor *u = plt_numbers(items[has_places ? 2 : 0], NULL, err);
    if (!u)
        return false;
    artist->arrows.u = series_of(u, err);
    artist->arrows.v = plt_series(items[has_places ? 3 : 1], NULL, err);
    int64_t columns = u->shape[u->ndim - 1],
            rows = u->size / (columns ? columns : 1);
    tensor_unref(u);
    if (!artist->arrows.u || !artist->arrows.v)
        return false;
    for (int i = 0; i < 2; i++)
        grid[i] = has_places ? value_ref(items[i]) : value_none();
    artist->x = has_places ? plt_series(grid[0], NULL, err)
                           : plt_indices((size_t)columns, err);
    artist->y = has_places ? plt_series(grid[1], NULL, err)
                           : plt_indices((size_t)rows, err);
    for (int i = 0; i < 2; i++)
        value_unref(grid[i]);
    if (!artist->x || !artist->y)
        return false;
    size_t arrows = artist->arrows.u->count;
    artist->arrows.v = plt_stretch(artist->arrows.v, arrows, err);
    if (artist->x->count != arrows && (int64_t)artist->x->count == columns &&
        (int64_t)artist->y->count == rows) {
        struct series *x = series_new(arrows, err);
        struct series *y = x ? series_new(arrows, err) : NULL;
        for (size_t i = 0; y && i < arrows; i++) {
            x->values[i] = artist->x->values[i % (size_t)columns];
            y->values[i] = artist->y->values[i / (size_t)columns];
        }
        series_unref(artist->x);
        series_unref(artist->y);
        artist->x = x;
        artist->y = y;
    }
    if (!artist->x || !artist->y || !artist->arrows.v)
        return false;
    if (artist->x->count != arrows || artist->y->count != arrows ||
        artist->arrows.v->count != arrows)
        return error_set(err, ERROR_VALUE,
                         "Argument U has a size %zu which does not match %zu, "
                         "the number of arrow positions",
                         arrows, artist->x->count);
    return true;
}

static bool call_quiver(struct plt_call *call, struct value *ret,
                        struct error *err)
{
    struct artist *artist = artist_new(ARTIST_ARROWS);
    artist->stroke.color = artist->face = (struct color){0, 0, 0, 1};
    artist->stroke.width = 1.5;
    artist->arrows.head = 6;
    if (!read_arrows(call, artist, err) || !scale_arrows(call, artist, err) ||
        !plt_read_area(call, artist, err)) {
        artist_free(artist);
        return false;
    }
    axes_add(call->axes, artist);
    *ret = plt_value(PLT_QUIVER, call->figure, call->axes, artist);
    return true;
}

/* -------------------------------------------------------------------- rows */

static const struct param fill_between_params[] = {
    REQUIRED("x"),
    REQUIRED("y1"),
    OPTIONAL("y2", "0"),
    OPTIONAL("where", "None"),
    OPTIONAL("interpolate", "False"),
    OPTIONAL("step", "None"),
    AREA_PROPERTIES,
    END_OF_PARAMS};
static const struct param fill_params[] = {STARRED("args"), AREA_PROPERTIES,
                                           END_OF_PARAMS};
static const struct param arrow_params[] = {
    REQUIRED("x"),          REQUIRED("y"),
    REQUIRED("dx"),         REQUIRED("dy"),
    KEYWORD("width"),       KEYWORD("head_width"),
    KEYWORD("head_length"), KEYWORD("length_includes_head"),
    AREA_PROPERTIES,        END_OF_PARAMS};
static const struct param quiver_params[] = {
    STARRED("args"),   KEYWORD("scale"), KEYWORD("scale_units"),
    KEYWORD("angles"), KEYWORD("units"), KEYWORD("width"),
    KEYWORD("pivot"),  KEYWORD("cmap"),  AREA_PROPERTIES,
    END_OF_PARAMS};

const struct plt_row plt_field_rows[] = {
    {"fill_between", "fill_between", PLT_OF_AXES, call_fill_between,
     fill_between_params, "PolyCollection", "The area between two curves"},
    {"fill", "fill", PLT_OF_AXES, call_fill, fill_params, "Polygon",
     "A polygon, filled"},
    {"arrow", "arrow", PLT_OF_AXES, call_arrow, arrow_params, "FancyArrow",
     "An arrow from (x, y), dx and dy long"},
    {"quiver", "quiver", PLT_OF_AXES, call_quiver, quiver_params, "Quiver",
     "A field of arrows"},
    {.call = NULL}};
