/* SPDX-License-Identifier: GPL-3.0-or-later */
/* contour(), contourf() and clabel(). */
#include <math.h>

#include "base/alloc.h"
#include "bind/natives.h"
#include "bind/plt_internal.h"
#include "view/contour.h"

/* -------------------------------------------------------------------- levels
 */

enum { MOST_LEVELS = 1000 };

static bool are_rising(const struct series *levels, struct error *err)
{
    for (size_t i = 1; i < levels->count; i++)
        if (!(levels->values[i - 1] < levels->values[i]))
            return error_set(err, ERROR_VALUE,
                             "Contour levels must be increasing");
    return true;
}

/* A number asks for about so many, an array says which. */
static bool read_levels(struct value given, struct artist *artist,
                        struct error *err)
{
    int64_t count = 7;
    if (slot_given(given) && !value_as_int(given, &count)) {
        artist->contour.levels = plt_series(given, NULL, err);
    } else {
        count = count < 0 ? 0 : count > MOST_LEVELS ? MOST_LEVELS : count;
        artist->contour.levels =
            contour_levels(artist->contour.values, (int)count, err);
    }
    struct series *levels = artist->contour.levels;
    if (levels && artist->contour.is_filled && levels->count < 2)
        return error_set(err, ERROR_VALUE,
                         "Filled contours require at least 2 levels.");
    return levels && are_rising(levels, err);
}

/* ----------------------------------------------------------------- contour()
 */

/* X or Y, also as meshgrid() makes them: AXIS 1 goes along the columns. */
static bool read_grid(struct value given, int axis, int64_t wanted,
                      struct series **ret, struct error *err)
{
    struct tensor *numbers = plt_numbers(given, NULL, err);
    if (numbers && numbers->ndim == 2) {
        struct tensor *line = tensor_section(numbers, 1 - axis, 0, 1);
        tensor_unref(numbers);
        numbers = line;
    }
    if (!numbers)
        return false;
    if (numbers->size != wanted) {
        error_set(err, ERROR_TYPE,
                  "Length of %c (%lld) must match number of %s in z (%lld)",
                  axis ? 'x' : 'y', (long long)numbers->size,
                  axis ? "columns" : "rows", (long long)wanted);
        tensor_unref(numbers);
        return false;
    }
    *ret = series_of(numbers, err);
    tensor_unref(numbers);
    return *ret != NULL;
}

static bool read_heights(struct value given, struct artist *artist,
                         struct error *err)
{
    struct tensor *z = plt_numbers(given, NULL, err);
    if (!z)
        return false;
    bool good = false;
    if (z->ndim != 2)
        error_set(err, ERROR_TYPE, "Input z must be 2D, not %dD", z->ndim);
    else if (z->shape[0] < 2 || z->shape[1] < 2)
        error_set(err, ERROR_TYPE,
                  "Input z must be at least a (2, 2) shaped array, but has "
                  "shape (%lld, %lld)",
                  (long long)z->shape[0], (long long)z->shape[1]);
    else
        good = true;
    if (good) {
        artist->contour.rows = (int)z->shape[0];
        artist->contour.columns = (int)z->shape[1];
        artist->contour.values = series_of(z, err);
        good = artist->contour.values != NULL;
    }
    tensor_unref(z);
    return good;
}

/* Z, or X, Y, Z; then the levels. */
static bool read_contour(struct plt_call *call, struct artist *artist,
                         struct error *err)
{
    struct value args = plt_arg(call, "args"), levels;
    size_t count = args.sequence->count;
    const struct value *items = args.sequence->items;
    if (count < 1 || count > 4)
        return error_set(err, ERROR_TYPE,
                         "contour() takes from 1 to 4 positional arguments "
                         "but %zu were given",
                         count);
    bool has_grid = count > 2;
    if (!read_heights(items[has_grid ? 2 : 0], artist, err))
        return false;
    if (!plt_given(call, "levels", &levels) && (count == 2 || count == 4))
        levels = items[count - 1];
    int columns = artist->contour.columns, rows = artist->contour.rows;
    if (has_grid && (!read_grid(items[0], 1, columns, &artist->x, err) ||
                     !read_grid(items[1], 0, rows, &artist->y, err)))
        return false;
    if (!has_grid && (!(artist->x = plt_indices((size_t)columns, err)) ||
                      !(artist->y = plt_indices((size_t)rows, err))))
        return false;
    return read_levels(levels, artist, err);
}

/* The levels' colours, or those of the bands between them. */
static bool color_contour(struct plt_call *call, struct artist *artist,
                          struct error *err)
{
    size_t count = artist->contour.levels->count;
    bool given;
    struct color one = {0, 0, 0, 1};
    if (!plt_colors(call, "colors", count, &one, &given,
                    &artist->contour.colors, err) ||
        !plt_read_scale(call, artist->contour.levels, &artist->scale, err))
        return false;
    if (given && !artist->contour.colors) {
        artist->contour.colors = xcalloc(count + 1, sizeof one);
        for (size_t i = 0; i < count; i++)
            artist->contour.colors[i] = one;
    }
    return true;
}

static bool add_contour(struct plt_call *call, bool is_filled,
                        struct value *ret, struct error *err)
{
    struct artist *artist = artist_new(ARTIST_CONTOUR);
    struct value style;
    artist->contour.is_filled = is_filled;
    artist->stroke.width = plt_settings.line_width;
    artist->z = is_filled ? 1 : 2;
    if (!read_contour(call, artist, err) || !color_contour(call, artist, err) ||
        !plt_number(call, "linewidths", &artist->stroke.width, err) ||
        (plt_given(call, "linestyles", &style) &&
         !plt_to_style(style, "ls", &artist->stroke.style, err)) ||
        !plt_read_artist(call, artist, err)) {
        artist_free(artist);
        return false;
    }
    axes_add(call->axes, artist);
    call->figure->mapped = call->axes;
    call->figure->mappable = artist;
    *ret = plt_value(PLT_CONTOURS, call->figure, call->axes, artist);
    return true;
}

static bool call_contour(struct plt_call *call, struct value *ret,
                         struct error *err)
{
    return add_contour(call, false, ret, err);
}

static bool call_contourf(struct plt_call *call, struct value *ret,
                          struct error *err)
{
    return add_contour(call, true, ret, err);
}

static bool call_clabel(struct plt_call *call, struct value *ret,
                        struct error *err)
{
    struct value contours = plt_arg(call, "CS");
    struct plt_item *item = plt_get_item(contours);
    if (!item || item->class != PLT_CONTOURS || !item->artist)
        return error_set(err, ERROR_ATTRIBUTE,
                         "'%s' object has no attribute 'clabel'",
                         value_type_name(contours));
    item->artist->contour.has_labels = true;
    *ret = value_list(0, NULL);
    return true;
}

/* -------------------------------------------------------------------- rows */

static const struct param contour_params[] = {
    STARRED("args"),       KEYWORD("levels"),     KEYWORD("colors"),
    KEYWORD("cmap"),       KEYWORD("vmin"),       KEYWORD("vmax"),
    KEYWORD("linewidths"), KEYWORD("linestyles"), KEYWORD("norm"),
    KEYWORD("extend"),     ARTIST_PROPERTIES,     END_OF_PARAMS};
static const struct param clabel_params[] = {REQUIRED("CS"),
                                             OPTIONAL("levels", "None"),
                                             KEYWORD("fontsize"),
                                             KEYWORD("inline"),
                                             KEYWORD("inline_spacing"),
                                             KEYWORD("fmt"),
                                             KEYWORD("colors"),
                                             END_OF_PARAMS};

const struct plt_row plt_contour_rows[] = {
    {"contour", "contour", PLT_OF_AXES, call_contour, contour_params,
     "ContourSet", "Lines through equal heights of z, over x and y"},
    {"contourf", "contourf", PLT_OF_AXES, call_contourf, contour_params,
     "ContourSet", "Heights of z, over x and y, as areas of colour"},
    {"clabel", "clabel", PLT_OF_AXES, call_clabel, clabel_params, NULL,
     "Writes the heights on the lines of contour()"},
    {.call = NULL}};
