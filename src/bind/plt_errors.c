/* SPDX-License-Identifier: GPL-3.0-or-later */
/* errorbar() and stem(). */
#include <math.h>
#include <string.h>

#include "bind/plt_internal.h"

/* ---------------------------------------------------------------- error bars
 */

/* NAME's lengths below and above, each of COUNT numbers; *LOW stays NULL when
   none are given. */
static bool read_errors(struct plt_call *call, const char *name, size_t count,
                        struct series **low, struct series **high,
                        struct error *err)
{
    struct value value;
    *low = *high = NULL;
    if (!plt_given(call, name, &value))
        return true;
    struct tensor *numbers = plt_numbers(value, NULL, err);
    if (!numbers)
        return false;
    bool is_pair = numbers->ndim == 2 && numbers->shape[0] == 2 &&
                   (size_t)numbers->shape[1] == count;
    if (!is_pair && numbers->size != 1 &&
        (numbers->ndim != 1 || (size_t)numbers->size != count)) {
        struct strbuf shape = STRBUF_INIT;
        shape_format(&shape, numbers->ndim, numbers->shape);
        error_set(err, ERROR_VALUE,
                  "'%s' (shape: %s) must be a scalar or a 1D or (2, n) "
                  "array-like whose shape matches '%c' (shape: (%zu,))",
                  name, shape.text, *name, count);
        strbuf_done(&shape);
        tensor_unref(numbers);
        return false;
    }
    for (int side = 0; side < 2; side++) {
        struct tensor *part =
            is_pair ? tensor_section(numbers, 0, side, 1) : tensor_ref(numbers);
        struct series *lengths = plt_stretch(series_of(part, err), count, err);
        tensor_unref(part);
        *(side ? high : low) = lengths;
    }
    tensor_unref(numbers);
    bool good = *low && *high;
    for (size_t i = 0; good && i < count; i++)
        if ((*low)->values[i] < 0 || (*high)->values[i] < 0)
            good = error_set(err, ERROR_VALUE,
                             "'%s' must not contain negative values", name);
    if (!good) {
        series_unref(*low);
        series_unref(*high);
    }
    return good;
}

/* From (x, y) - low to (x, y) + high, each a stroke of its own. */
static bool add_bars(struct plt_call *call, const struct artist *line,
                     const struct series *low, const struct series *high,
                     bool is_horizontal, struct error *err)
{
    size_t count = line->x->count;
    struct artist *bars = artist_new(ARTIST_LINE);
    double cap = 0;
    bool given;
    bars->stroke = line->stroke;
    bars->stroke.style = LINE_SOLID;
    bars->stroke.width = plt_settings.line_width;
    bars->z = line->z;
    bars->x = series_new(3 * count, err);
    bars->y = bars->x ? series_new(3 * count, err) : NULL;
    if (!bars->y ||
        !plt_color(call, "ecolor", &bars->stroke.color, &given, err) ||
        !plt_number(call, "elinewidth", &bars->stroke.width, err) ||
        !plt_number(call, "capsize", &cap, err)) {
        artist_free(bars);
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        double x = line->x->values[i], y = line->y->values[i];
        double *xs = bars->x->values + 3 * i, *ys = bars->y->values + 3 * i;
        xs[0] = is_horizontal ? x - low->values[i] : x;
        xs[1] = is_horizontal ? x + high->values[i] : x;
        ys[0] = is_horizontal ? y : y - low->values[i];
        ys[1] = is_horizontal ? y : y + high->values[i];
        xs[2] = ys[2] = NAN;
    }
    if (cap > 0)
        bars->marker = (struct marker){.shape = is_horizontal ? '|' : '_',
                                       .size = 2 * cap,
                                       .face = bars->stroke.color,
                                       .edge = bars->stroke.color,
                                       .edge_width = 1};
    axes_add(call->axes, bars);
    return true;
}

static bool add_errors(struct plt_call *call, const struct artist *line,
                       struct error *err)
{
    static const char *const names[] = {"yerr", "xerr"};
    bool good = true;
    for (int i = 0; good && i < 2; i++) {
        struct series *low, *high;
        if (!read_errors(call, names[i], line->x->count, &low, &high, err))
            return false;
        if (low)
            good = add_bars(call, line, low, high, i == 1, err);
        series_unref(low);
        series_unref(high);
    }
    return good;
}

static bool call_errorbar(struct plt_call *call, struct value *ret,
                          struct error *err)
{
    const char *format = NULL;
    struct series *x = NULL, *y = NULL;
    if (!plt_string(call, "fmt", &format, err) ||
        !plt_read_xy(call, &x, &y, err))
        return false;
    struct artist *artist = plt_styled_line(
        call, format && *format && strcmp(format, "none") != 0 ? format : NULL,
        err);
    if (!artist) {
        series_unref(x);
        series_unref(y);
        return false;
    }
    if (format && !strcmp(format, "none"))
        artist->stroke.style = LINE_NONE;
    artist->x = x;
    artist->y = y;
    if (!add_errors(call, artist, err)) {
        artist_free(artist);
        return false;
    }
    axes_add(call->axes, artist);
    *ret = plt_value(PLT_ERRORBARS, call->figure, call->axes, artist);
    return true;
}

/* -------------------------------------------------------------------- stem()
 */

/* A line of FORMAT through X and Y, which are taken. */
static struct artist *add_plain(struct plt_call *call, const char *format,
                                struct series *x, struct series *y,
                                struct error *err)
{
    struct artist *artist = artist_new(ARTIST_LINE);
    bool has_color;
    artist->x = x;
    artist->y = y;
    artist->stroke.color = color_cycle(0);
    if (!x || !y ||
        !artist_parse_format(format, &artist->stroke, &artist->marker,
                             &has_color, err)) {
        artist_free(artist);
        return NULL;
    }
    artist->marker.face = artist->marker.edge = artist->stroke.color;
    return axes_add(call->axes, artist);
}

static struct series *pair(double a, double b, struct error *err)
{
    struct series *ret = series_new(2, err);
    if (ret) {
        ret->values[0] = a;
        ret->values[1] = b;
    }
    return ret;
}

/* Each of X up from BOTTOM to its Y. */
static bool add_stems(struct plt_call *call, const char *format,
                      const struct series *x, const struct series *y,
                      double bottom, struct error *err)
{
    struct series *xs = series_new(3 * x->count, err);
    struct series *ys = xs ? series_new(3 * x->count, err) : NULL;
    for (size_t i = 0; ys && i < x->count; i++) {
        xs->values[3 * i] = xs->values[3 * i + 1] = x->values[i];
        ys->values[3 * i] = bottom;
        ys->values[3 * i + 1] = y->values[i];
        xs->values[3 * i + 2] = ys->values[3 * i + 2] = NAN;
    }
    return add_plain(call, format, xs, ys, err) != NULL;
}

static bool read_stems(struct plt_call *call, struct series **x,
                       struct series **y, struct error *err)
{
    struct value args = plt_arg(call, "args");
    size_t count = args.sequence->count;
    if (count < 1 || count > 2)
        return error_set(err, ERROR_TYPE,
                         "stem() takes from 1 to 2 positional arguments but "
                         "%zu were given",
                         count);
    struct tensor *of_y =
        plt_numbers(args.sequence->items[count - 1], &call->axes->y, err);
    struct tensor *of_x = NULL;
    if (of_y)
        of_x = count == 2
                   ? plt_numbers(args.sequence->items[0], &call->axes->x, err)
                   : plt_count_rows(of_y->shape[0], err);
    bool good =
        of_x &&
        (of_x->shape[0] == of_y->shape[0] ||
         plt_shapes_differ(of_x, of_y, "must have same first dimension", err));
    *x = good ? series_of(of_x, err) : NULL;
    *y = *x ? series_of(of_y, err) : NULL;
    tensor_unref(of_x);
    tensor_unref(of_y);
    if (*x && !*y)
        series_unref(*x);
    return *y != NULL;
}

static void extent_of(const struct series *series, double *low, double *high)
{
    *low = *high = series->count ? series->values[0] : 0;
    for (size_t i = 1; i < series->count; i++) {
        *low = fmin(*low, series->values[i]);
        *high = fmax(*high, series->values[i]);
    }
}

static bool call_stem(struct plt_call *call, struct value *ret,
                      struct error *err)
{
    const char *line = "C0-", *marker = "C0o", *base = "C3-";
    double bottom = 0, low, high;
    struct series *x = NULL, *y = NULL;
    if (!plt_string(call, "linefmt", &line, err) ||
        !plt_string(call, "markerfmt", &marker, err) ||
        !plt_string(call, "basefmt", &base, err) ||
        !plt_number(call, "bottom", &bottom, err) ||
        !read_stems(call, &x, &y, err))
        return false;
    extent_of(x, &low, &high);
    struct artist *markers = NULL;
    if (add_stems(call, line, x, y, bottom, err))
        markers = add_plain(call, marker, series_ref(x), series_ref(y), err);
    bool good = markers && plt_read_artist(call, markers, err) &&
                add_plain(call, base, pair(low, high, err),
                          pair(bottom, bottom, err), err);
    series_unref(x);
    series_unref(y);
    if (good)
        *ret = plt_value(PLT_STEMS, call->figure, call->axes, markers);
    return good;
}

/* -------------------------------------------------------------------- rows */

static const struct param errorbar_params[] = {REQUIRED("x"),
                                               REQUIRED("y"),
                                               OPTIONAL("yerr", "None"),
                                               OPTIONAL("xerr", "None"),
                                               OPTIONAL("fmt", "''"),
                                               OPTIONAL("ecolor", "None"),
                                               OPTIONAL("elinewidth", "None"),
                                               OPTIONAL("capsize", "None"),
                                               LINE_PROPERTIES,
                                               END_OF_PARAMS};
static const struct param stem_params[] = {
    STARRED("args"),    KEYWORD("linefmt"),          KEYWORD("markerfmt"),
    KEYWORD("basefmt"), KEYWORD_WITH("bottom", "0"), ARTIST_PROPERTIES,
    END_OF_PARAMS};

const struct plt_row plt_error_rows[] = {
    {"errorbar", "errorbar", PLT_OF_AXES, call_errorbar, errorbar_params,
     "Line2D", "A line with a bar at each point that tells its error"},
    {"stem", "stem", PLT_OF_AXES, call_stem, stem_params, NULL,
     "Points on stems that stand on a base line"},
    {.call = NULL}};
