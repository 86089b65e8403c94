/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plot() and what draws lines like it. */
#include <stdlib.h>
#include <string.h>

#include "bind/natives.h"
#include "bind/plt_internal.h"

/* ----------------------------------------------------------------- one line */

/* An artist of the call's properties over FORMAT (or NULL), its colour the
   next of the cycle when none is given. */
struct artist *plt_styled_line(struct plt_call *call, const char *format,
                               struct error *err)
{
    struct artist *artist = artist_new(ARTIST_LINE);
    bool has_color = false;
    artist->stroke.width = plt_settings.line_width;
    artist->marker.size = plt_settings.marker_size;
    if (format && !artist_parse_format(format, &artist->stroke, &artist->marker,
                                       &has_color, err))
        goto failed;
    if (!has_color && !slot_given(plt_arg(call, "color")))
        artist->stroke.color = color_cycle(call->axes->next_color++);
    artist->marker.face = artist->marker.edge = artist->stroke.color;
    if (plt_read_line(call, artist, &has_color, err) &&
        plt_read_artist(call, artist, err))
        return artist;
failed:
    artist_free(artist);
    return NULL;
}

static struct value add_line(struct plt_call *call, struct artist *artist,
                             struct series *x, struct series *y)
{
    artist->x = x;
    artist->y = y;
    axes_add(call->axes, artist);
    return plt_value(PLT_LINE, call->figure, call->axes, artist);
}

/* ------------------------------------------------------------------- plot() */

/* One x, y, format of plot()'s arguments. */
struct group {
    struct tensor *x, *y; /* owned */
    const char *format;
};

static bool is_text(struct value value)
{
    return value.kind == VALUE_STRING;
}

/* The values from *NEXT on that belong together. */
static bool read_group(struct plt_call *call, const struct sequence *args,
                       size_t *next, struct group *ret, struct error *err)
{
    const struct value *items = args->items + *next;
    size_t left = args->count - *next, count = left < 2 ? left : 2;
    *ret = (struct group){0};
    if (left > 2 && is_text(items[2]))
        count = 3;
    *next += count;
    size_t numbers = count;
    if (count > 1 && is_text(items[count - 1])) {
        ret->format = items[count - 1].string->text;
        numbers--;
    }
    for (size_t i = 0; i < numbers; i++)
        if (items[i].kind == VALUE_NONE)
            return error_set(err, ERROR_VALUE,
                             "x, y, and format string must not be None");
    if (numbers == 2)
        ret->x = plt_numbers(items[0], &call->axes->x, err);
    if (numbers == 1 || ret->x)
        ret->y = plt_numbers(items[numbers - 1], &call->axes->y, err);
    return ret->y != NULL;
}

static void group_done(struct group *group)
{
    tensor_unref(group->x);
    tensor_unref(group->y);
}

/* 0, 1, 2… below each other. */
struct tensor *plt_count_rows(int64_t count, struct error *err)
{
    struct tensor *ret = tensor_new(DTYPE_FLOAT64, 1, &count, err);
    for (int64_t i = 0; ret && i < count; i++)
        ((double *)ret->data)[i] = (double)i;
    return ret;
}

bool plt_shapes_differ(const struct tensor *x, const struct tensor *y,
                       const char *what, struct error *err)
{
    struct strbuf sb = STRBUF_INIT;
    strbuf_addf(&sb, "x and y %s, but have shapes ", what);
    shape_format(&sb, x->ndim, x->shape);
    strbuf_adds(&sb, " and ");
    shape_format(&sb, y->ndim, y->shape);
    error_set(err, ERROR_VALUE, "%s", sb.text);
    strbuf_done(&sb);
    return false;
}

static int64_t columns_of(const struct tensor *numbers)
{
    return numbers->ndim == 2 ? numbers->shape[1] : 1;
}

static bool check_group(const struct group *group, struct error *err)
{
    const struct tensor *x = group->x, *y = group->y;
    if (x->shape[0] != y->shape[0])
        return plt_shapes_differ(x, y, "must have same first dimension", err);
    if (x->ndim > 2 || y->ndim > 2)
        return plt_shapes_differ(x, y, "can be no greater than 2D", err);
    int64_t of_x = columns_of(x), of_y = columns_of(y);
    if (of_x > 1 && of_y > 1 && of_x != of_y)
        return error_set(err, ERROR_VALUE,
                         "x has %lld columns but y has %lld columns",
                         (long long)of_x, (long long)of_y);
    return true;
}

/* Column AT, or the only one. */
static struct series *column(struct tensor *numbers, int64_t at,
                             struct error *err)
{
    if (numbers->ndim < 2)
        return series_of(numbers, err);
    struct tensor *view =
        tensor_section(numbers, 1, numbers->shape[1] == 1 ? 0 : at, 1);
    struct series *ret = series_of(view, err);
    tensor_unref(view);
    return ret;
}

/* label=['a', 'b'] names the columns. */
static void label_column(struct plt_call *call, struct artist *artist,
                         int64_t at, int64_t columns)
{
    struct value label = plt_arg(call, "label");
    if (columns < 2 ||
        (label.kind != VALUE_LIST && label.kind != VALUE_TUPLE) ||
        label.sequence->count != (size_t)columns)
        return;
    char *text = plt_to_text(label.sequence->items[at]);
    figure_set_text(&artist->label, text);
    free(text);
}

static bool add_group(struct plt_call *call, struct group *group,
                      struct sequence *lines, struct error *err)
{
    if (!group->x && !(group->x = plt_count_rows(group->y->shape[0], err)))
        return false;
    if (!check_group(group, err))
        return false;
    int64_t columns = columns_of(group->x) > columns_of(group->y)
                          ? columns_of(group->x)
                          : columns_of(group->y);
    for (int64_t i = 0; i < columns; i++) {
        struct artist *artist = plt_styled_line(call, group->format, err);
        struct series *x = artist ? column(group->x, i, err) : NULL;
        struct series *y = x ? column(group->y, i, err) : NULL;
        if (!y) {
            series_unref(x);
            artist_free(artist);
            return false;
        }
        label_column(call, artist, i, columns);
        struct value line = add_line(call, artist, x, y);
        list_append(lines, line);
        value_unref(line);
    }
    return true;
}

static bool call_plot(struct plt_call *call, struct value *ret,
                      struct error *err)
{
    struct value args = plt_arg(call, "args");
    struct value lines = value_list(0, NULL);
    for (size_t next = 0; next < args.sequence->count;) {
        struct group group;
        bool good = read_group(call, args.sequence, &next, &group, err) &&
                    add_group(call, &group, lines.sequence, err);
        group_done(&group);
        if (!good) {
            value_unref(lines);
            return false;
        }
    }
    *ret = lines;
    return true;
}

static bool call_semilogx(struct plt_call *call, struct value *ret,
                          struct error *err)
{
    call->axes->x.scale = SCALE_LOG;
    return call_plot(call, ret, err);
}

static bool call_semilogy(struct plt_call *call, struct value *ret,
                          struct error *err)
{
    call->axes->y.scale = SCALE_LOG;
    return call_plot(call, ret, err);
}

static bool call_loglog(struct plt_call *call, struct value *ret,
                        struct error *err)
{
    call->axes->x.scale = SCALE_LOG;
    return call_semilogy(call, ret, err);
}

/* --------------------------------------------------- lines of several kinds */

/* The call's x and y, of one length. */
bool plt_read_xy(struct plt_call *call, struct series **x, struct series **y,
                 struct error *err)
{
    struct tensor *of_x = plt_numbers(plt_arg(call, "x"), &call->axes->x, err);
    struct tensor *of_y =
        of_x ? plt_numbers(plt_arg(call, "y"), &call->axes->y, err) : NULL;
    bool good = of_y != NULL;
    if (good && of_x->shape[0] != of_y->shape[0])
        good = plt_shapes_differ(of_x, of_y, "must have same first dimension",
                                 err);
    *x = good ? series_of(of_x, err) : NULL;
    *y = *x ? series_of(of_y, err) : NULL;
    tensor_unref(of_x);
    tensor_unref(of_y);
    if (*y)
        return true;
    series_unref(*x);
    return false;
}

/* Corners between the points: WHERE 0 before, 1 after, 2 in the middle. */
static bool make_steps(struct series **x, struct series **y, int where,
                       struct error *err)
{
    const double *xs = (*x)->values, *ys = (*y)->values;
    size_t count = (*x)->count,
           corners = where == 2 ? 2 * count : 2 * count - 1;
    if (count < 2)
        return true;
    struct series *sx = series_new(corners, err);
    struct series *sy = sx ? series_new(corners, err) : NULL;
    if (!sy) {
        series_unref(sx);
        return false;
    }
    for (size_t i = 0; i < corners; i++) {
        size_t low = i / 2, high = (i + 1) / 2;
        if (where == 2) {
            size_t before = high ? high - 1 : 0;
            size_t after = high < count ? high : count - 1;
            sx->values[i] = (xs[before] + xs[after]) / 2;
            sy->values[i] = ys[low];
        } else {
            sx->values[i] = xs[where == 0 ? low : high];
            sy->values[i] = ys[where == 0 ? high : low];
        }
    }
    series_unref(*x);
    series_unref(*y);
    *x = sx;
    *y = sy;
    return true;
}

static bool call_step(struct plt_call *call, struct value *ret,
                      struct error *err)
{
    static const char *const choices[] = {"pre", "post", "mid", NULL};
    int where = 0;
    const char *format = NULL;
    struct series *x = NULL, *y = NULL;
    if (!plt_choice(call, "where", choices, &where, err) ||
        !plt_string(call, "fmt", &format, err) ||
        !plt_read_xy(call, &x, &y, err))
        return false;
    struct artist *artist = make_steps(&x, &y, where, err)
                                ? plt_styled_line(call, format, err)
                                : NULL;
    if (!artist) {
        series_unref(x);
        series_unref(y);
        return false;
    }
    struct value line = add_line(call, artist, x, y);
    *ret = value_list_take(1, &line);
    return true;
}

/* -------------------------------------------------------------------- rows */

static const struct param plot_params[] = {STARRED("args"), KEYWORD("data"),
                                           LINE_PROPERTIES, END_OF_PARAMS};
static const struct param step_params[] = {
    REQUIRED("x"),           REQUIRED("y"),
    OPTIONAL("fmt", "None"), KEYWORD_WITH("where", "'pre'"),
    LINE_PROPERTIES,         END_OF_PARAMS};

const struct plt_row plt_line_rows[] = {
    {"plot", "plot", PLT_OF_AXES, call_plot, plot_params, "Line2D",
     "Lines through points, or markers on them"},
    {"semilogx", "semilogx", PLT_OF_AXES, call_semilogx, plot_params, "Line2D",
     "Lines as plot() draws them, over logarithms of x"},
    {"semilogy", "semilogy", PLT_OF_AXES, call_semilogy, plot_params, "Line2D",
     "Lines as plot() draws them, y by its logarithm"},
    {"loglog", "loglog", PLT_OF_AXES, call_loglog, plot_params, "Line2D",
     "Lines as plot() draws them, both directions logarithmic"},
    {"step", "step", PLT_OF_AXES, call_step, step_params, "Line2D",
     "A line that goes in steps from point to point"},
    {.call = NULL}};
