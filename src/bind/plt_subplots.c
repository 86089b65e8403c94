/* SPDX-License-Identifier: GPL-3.0-or-later */
/* subplots(), subplot() and axes(): how a figure is divided. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "bind/natives.h"
#include "bind/plt_internal.h"

enum { MOST_CELLS = 10000 }; /* of a grid: a figure has no room for more */

static bool check_cells(int rows, int columns, struct error *err)
{
    return (int64_t)rows * columns <= MOST_CELLS ||
           error_set(err, ERROR_VALUE,
                     "%d rows of %d axes are more than a figure has room for",
                     rows, columns);
}

/* --------------------------------------------------------------- subplots() */

static bool read_count(struct plt_call *call, const char *name,
                       const char *what, int *ret, struct error *err)
{
    struct value value;
    int64_t count = 1;
    if (!plt_given(call, name, &value))
        return true;
    if (value_as_int(value, &count) && count > 0 && count <= MOST_CELLS) {
        *ret = (int)count;
        return true;
    }
    struct strbuf text = STRBUF_INIT;
    value_repr(value, &text);
    error_set(err, ERROR_VALUE,
              "Number of %s must be a positive integer, not %s", what,
              text.text);
    strbuf_done(&text);
    return false;
}

/* True and False, or a word. */
static bool read_sharing(struct plt_call *call, const char *name, bool *ret,
                         struct error *err)
{
    static const char *const words[] = {"all", "row", "col", "none", NULL};
    struct value value = plt_arg(call, name);
    int word = 3;
    if (value.kind == VALUE_BOOL)
        return value_truth(value, ret, err);
    if (!plt_choice(call, name, words, &word, err))
        return false;
    *ret = word != 3;
    return true;
}

static bool add_grid(struct plt_call *call, struct plt_figure *figure,
                     struct value *ret, struct error *err)
{
    int rows = 1, columns = 1;
    bool shares_x = false, shares_y = false, is_squeezed = true;
    if (!read_count(call, "nrows", "rows", &rows, err) ||
        !read_count(call, "ncols", "columns", &columns, err) ||
        !read_sharing(call, "sharex", &shares_x, err) ||
        !read_sharing(call, "sharey", &shares_y, err) ||
        !plt_flag(call, "squeeze", &is_squeezed, err) ||
        !check_cells(rows, columns, err))
        return false;
    struct axes **axes =
        xcalloc((size_t)(rows * columns), sizeof(struct axes *));
    for (int i = 0; i < rows * columns; i++) {
        int row = i / columns, column = i % columns;
        axes[i] = plt_add_axes(figure, (struct axes_span){rows, columns, row,
                                                          row, column, column});
        axes[i]->shares_x = shares_x;
        axes[i]->shares_y = shares_y;
    }
    figure->current = axes[rows * columns - 1];
    *ret = plt_grid_value(figure, rows, columns, axes, is_squeezed);
    free(axes);
    return true;
}

static bool call_subplots(struct plt_call *call, struct value *ret,
                          struct error *err)
{
    struct value parts[2];
    int rows = 1, columns = 1;
    if (!read_count(call, "nrows", "rows", &rows, err) ||
        !read_count(call, "ncols", "columns", &columns, err) ||
        !check_cells(rows, columns, err))
        return false;
    struct plt_figure *figure = plt_make_figure(call, err);
    if (!figure || !add_grid(call, figure, &parts[1], err))
        return false;
    parts[0] = plt_figure_value(figure);
    *ret = value_tuple_take(2, parts);
    return true;
}

static bool call_figure_subplots(struct plt_call *call, struct value *ret,
                                 struct error *err)
{
    return add_grid(call, call->figure, ret, err);
}

/* ---------------------------------------------------------------- subplot() */

static bool bad_place(struct value place, int cells, struct error *err)
{
    char *text = plt_to_text(place);
    error_set(err, ERROR_VALUE, "num must be 1 <= num <= %d, not %s", cells,
              text);
    free(text);
    return false;
}

/* A number from 1, or a pair of the first and last one. */
static bool read_place(struct value place, struct axes_span *span,
                       struct error *err)
{
    int64_t first, last;
    int cells = span->rows * span->columns;
    double pair[2];
    if (value_as_int(place, &first)) {
        last = first;
    } else {
        if (!plt_tuple(place, 2, pair, err))
            return false;
        first = (int64_t)pair[0];
        last = (int64_t)pair[1];
    }
    if (first < 1 || last < first || last > cells)
        return bad_place(place, cells, err);
    first--;
    last--;
    span->first_row = (int)(first / span->columns);
    span->last_row = (int)(last / span->columns);
    span->first_column = (int)(first % span->columns);
    span->last_column = (int)(last % span->columns);
    return true;
}

static bool read_cells(struct value value, const char *what, int *ret,
                       struct error *err)
{
    int64_t count;
    if (value_as_int(value, &count) && count > 0 && count <= MOST_CELLS) {
        *ret = (int)count;
        return true;
    }
    struct strbuf text = STRBUF_INIT;
    value_repr(value, &text);
    error_set(err, ERROR_VALUE,
              "Number of %s must be a positive integer, not %s", what,
              text.text);
    strbuf_done(&text);
    return false;
}

/* (), (211), or (rows, columns, place). */
static bool read_span(struct plt_call *call, struct axes_span *span,
                      struct error *err)
{
    struct value args = plt_arg(call, "args");
    const struct value *items = args.sequence->items;
    size_t count = args.sequence->count;
    int64_t digits;
    *span = (struct axes_span){.rows = 1, .columns = 1};
    if (count == 0)
        return true;
    if (count != 1 && count != 3)
        return error_set(err, ERROR_TYPE,
                         "%s() takes 1 or 3 positional arguments but %zu were "
                         "given",
                         call->row->name ? call->row->name : "add_subplot",
                         count);
    if (count == 3)
        return read_cells(items[0], "rows", &span->rows, err) &&
               read_cells(items[1], "columns", &span->columns, err) &&
               read_place(items[2], span, err);
    if (!value_as_int(items[0], &digits) || digits < 100 || digits > 999) {
        char *text = plt_to_text(items[0]);
        error_set(err, ERROR_VALUE,
                  "Single argument to subplot must be a three-digit integer, "
                  "not %s",
                  text);
        free(text);
        return false;
    }
    span->rows = (int)(digits / 100);
    span->columns = (int)(digits / 10 % 10);
    return read_cells(value_int(span->rows), "rows", &span->rows, err) &&
           read_cells(value_int(span->columns), "columns", &span->columns,
                      err) &&
           read_place(value_int(digits % 10), span, err);
}

/* Do two spans, perhaps of different grids, cover a place together? */
static bool spans_overlap(const struct axes_span *a, const struct axes_span *b)
{
    return a->first_row * b->rows < (b->last_row + 1) * a->rows &&
           b->first_row * a->rows < (a->last_row + 1) * b->rows &&
           a->first_column * b->columns < (b->last_column + 1) * a->columns &&
           b->first_column * a->columns < (a->last_column + 1) * b->columns;
}

static bool spans_are_equal(const struct axes_span *a,
                            const struct axes_span *b)
{
    return !memcmp(a, b, sizeof *a);
}

/* subplot() in place of others takes them away. */
static void remove_covered(struct plt_figure *figure,
                           const struct axes_span *span)
{
    for (int i = 0; i < figure->figure->axes_count;) {
        struct axes *axes = figure->figure->axes[i];
        if (!axes->is_free && !axes->beside &&
            !spans_are_equal(&axes->span, span) &&
            spans_overlap(&axes->span, span)) {
            plt_remove_axes(figure, axes);
            i = 0;
        } else {
            i++;
        }
    }
}

static bool add_subplot(struct plt_call *call, bool alone, struct value *ret,
                        struct error *err)
{
    struct axes_span span;
    struct value title;
    if (!read_span(call, &span, err))
        return false;
    if (alone)
        remove_covered(call->figure, &span);
    struct axes *axes = plt_add_axes(call->figure, span);
    call->figure->current = axes;
    if (plt_given(call, "title", &title)) {
        char *text = plt_to_text(title);
        figure_set_text(&axes->title, text);
        free(text);
    }
    axes->shares_x |= slot_given(plt_arg(call, "sharex"));
    axes->shares_y |= slot_given(plt_arg(call, "sharey"));
    *ret = plt_axes_value(call->figure, axes);
    return true;
}

static bool call_subplot(struct plt_call *call, struct value *ret,
                         struct error *err)
{
    return add_subplot(call, true, ret, err);
}

static bool call_add_subplot(struct plt_call *call, struct value *ret,
                             struct error *err)
{
    return add_subplot(call, false, ret, err);
}

static bool add_free_axes(struct plt_call *call, struct value place,
                          struct value *ret, struct error *err)
{
    double rectangle[4];
    if (!plt_tuple(place, 4, rectangle, err))
        return false;
    struct axes *axes = figure_add_free_axes(call->figure->figure, rectangle);
    call->figure->current = axes;
    *ret = plt_axes_value(call->figure, axes);
    return true;
}

static bool call_axes(struct plt_call *call, struct value *ret,
                      struct error *err)
{
    struct value place;
    if (plt_given(call, "arg", &place))
        return add_free_axes(call, place, ret, err);
    *ret = plt_axes_value(
        call->figure, call->figure->current = plt_add_axes(
                          call->figure, (struct axes_span){1, 1, 0, 0, 0, 0}));
    return true;
}

static bool call_add_axes(struct plt_call *call, struct value *ret,
                          struct error *err)
{
    return add_free_axes(call, plt_arg(call, "rect"), ret, err);
}

/* -------------------------------------------------------------------- rows */

#define GRID_PARAMS                                                       \
    OPTIONAL("nrows", "1"), OPTIONAL("ncols", "1"),                       \
        KEYWORD_WITH("sharex", "False"), KEYWORD_WITH("sharey", "False"), \
        KEYWORD_WITH("squeeze", "True"), KEYWORD("width_ratios"),         \
        KEYWORD("height_ratios"), KEYWORD("subplot_kw"),                  \
        KEYWORD("gridspec_kw")

static const struct param subplots_params[] = {
    GRID_PARAMS,    KEYWORD("num"),    KEYWORD("figsize"),
    KEYWORD("dpi"), FIGURE_PROPERTIES, END_OF_PARAMS};
static const struct param grid_params[] = {GRID_PARAMS, END_OF_PARAMS};
static const struct param subplot_params[] = {
    STARRED("args"),  KEYWORD("sharex"),     KEYWORD("sharey"),
    KEYWORD("title"), KEYWORD("projection"), KEYWORD("frameon"),
    END_OF_PARAMS};
static const struct param axes_params[] = {OPTIONAL("arg", "None"),
                                           END_OF_PARAMS};
static const struct param rect_params[] = {REQUIRED("rect"), END_OF_PARAMS};

const struct plt_row plt_subplot_rows[] = {
    {"subplots", NULL, PLT_STATE, call_subplots, subplots_params, "Figure",
     "A new figure and its axes, in rows and columns"},
    {NULL, "subplots", PLT_OF_FIGURE, call_figure_subplots, grid_params, NULL,
     "Axes in rows and columns"},
    {"subplot", NULL, PLT_OF_FIGURE, call_subplot, subplot_params, NULL,
     "Axes at a place in a grid; the calls that follow draw there"},
    {NULL, "add_subplot", PLT_OF_FIGURE, call_add_subplot, subplot_params, NULL,
     "Axes at a place in a grid"},
    {"axes", NULL, PLT_OF_FIGURE, call_axes, axes_params, NULL,
     "Axes that fill the figure, or the given part of it"},
    {NULL, "add_axes", PLT_OF_FIGURE, call_add_axes, rect_params, NULL,
     "Axes in the given part of the figure"},
    {.call = NULL}};
