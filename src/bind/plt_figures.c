/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures and how they are divided: figure(), subplots(), savefig(). */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "bind/natives.h"
#include "bind/plt_internal.h"
#include "tensor/tensor.h"
#include "view/picture.h"

/* ----------------------------------------------------------------- figure() */

static bool set_size(struct figure *figure, struct value size,
                     struct error *err)
{
    double ends[2];
    if (!plt_tuple(size, 2, ends, err))
        return false;
    if (!(ends[0] > 0 && ends[1] > 0 && isfinite(ends[0]) &&
          isfinite(ends[1]))) {
        char *text = plt_to_text(size);
        error_set(err, ERROR_VALUE,
                  "figure size must be positive finite not %s", text);
        free(text);
        return false;
    }
    figure->width = ends[0];
    figure->height = ends[1];
    return true;
}

static bool style_figure(struct plt_call *call, struct figure *figure,
                         struct error *err)
{
    struct value size;
    bool given, is_tight = false;
    const char *layout = "";
    if ((plt_given(call, "figsize", &size) && !set_size(figure, size, err)) ||
        !plt_number(call, "dpi", &figure->dpi, err) ||
        !plt_color(call, "facecolor", &figure->face, &given, err) ||
        !plt_flag(call, "tight_layout", &is_tight, err) ||
        !plt_flag(call, "constrained_layout", &is_tight, err) ||
        !plt_string(call, "layout", &layout, err))
        return false;
    if (is_tight || !strcmp(layout, "tight") || !strcmp(layout, "constrained"))
        figure->is_tight = true;
    return true;
}

/* The open figure of the call's num, or a new one; borrowed. */
static struct plt_figure *numbered_figure(struct plt_call *call,
                                          struct error *err)
{
    struct value num;
    int64_t number = 0;
    struct plt_figure *figure = NULL;
    if (!plt_given(call, "num", &num))
        return plt_open_figure(0);
    if (plt_get_figure(num))
        return plt_get_figure(num);
    if (num.kind == VALUE_STRING)
        figure = plt_find_figure_named(num.string->text);
    else if (!plt_integer(call, "num", &number, err))
        return NULL;
    else if (number > 0 && number < INT32_MAX)
        figure = plt_find_figure(number);
    if (!figure)
        figure = plt_open_figure(number > 0 && number < INT32_MAX ? number : 0);
    if (num.kind == VALUE_STRING && !figure->name)
        figure->name = xstrdup(num.string->text);
    return figure;
}

static struct plt_figure *make_figure(struct plt_call *call, struct error *err)
{
    struct figure probe = {.width = plt_settings.width,
                           .height = plt_settings.height,
                           .dpi = plt_settings.dpi};
    bool is_cleared = false;
    if (!style_figure(call, &probe, err) ||
        !plt_flag(call, "clear", &is_cleared, err))
        return NULL;
    struct plt_figure *figure = numbered_figure(call, err);
    if (!figure || !style_figure(call, figure->figure, err))
        return NULL;
    plt_make_current(figure);
    if (is_cleared)
        plt_clear_figure(figure);
    return figure;
}

static bool call_figure(struct plt_call *call, struct value *ret,
                        struct error *err)
{
    struct plt_figure *figure = make_figure(call, err);
    if (figure)
        *ret = plt_figure_value(figure);
    return figure != NULL;
}

/* --------------------------------------------------------------- subplots() */

static bool read_count(struct plt_call *call, const char *name,
                       const char *what, int *ret, struct error *err)
{
    struct value value;
    int64_t count = 1;
    if (!plt_given(call, name, &value))
        return true;
    if (value_as_int(value, &count) && count > 0 && count < 1000) {
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
        !plt_flag(call, "squeeze", &is_squeezed, err))
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
    int ignored = 1;
    if (!read_count(call, "nrows", "rows", &ignored, err) ||
        !read_count(call, "ncols", "columns", &ignored, err))
        return false;
    struct plt_figure *figure = make_figure(call, err);
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
    if (value_as_int(value, &count) && count > 0 && count < 1000) {
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

/* --------------------------------------------------------- which is current */

static bool call_gca(struct plt_call *call, struct value *ret,
                     struct error *err)
{
    (void)err;
    *ret = plt_axes_value(call->figure, plt_current_axes(call->figure));
    return true;
}

static bool call_gcf(struct plt_call *call, struct value *ret,
                     struct error *err)
{
    (void)err;
    *ret = plt_figure_value(call->figure);
    return true;
}

static bool call_sca(struct plt_call *call, struct value *ret,
                     struct error *err)
{
    struct value given = plt_arg(call, "ax");
    struct plt_item *item = plt_get_item(given);
    (void)ret;
    if (!item || item->class != PLT_AXES || !item->axes)
        return error_set(err, ERROR_ATTRIBUTE,
                         "'%s' object has no attribute 'figure'",
                         value_type_name(given));
    plt_make_current(item->figure);
    item->figure->current = item->axes;
    return true;
}

static bool call_delaxes(struct plt_call *call, struct value *ret,
                         struct error *err)
{
    struct value given;
    struct axes *axes = plt_current_axes(call->figure);
    (void)ret;
    (void)err;
    if (plt_given(call, "ax", &given) && plt_get_item(given))
        axes = plt_get_item(given)->axes;
    if (axes)
        plt_remove_axes(call->figure, axes);
    return true;
}

static bool call_clf(struct plt_call *call, struct value *ret,
                     struct error *err)
{
    (void)ret;
    (void)err;
    plt_clear_figure(call->figure);
    return true;
}

/* -------------------------------------------------------------------- layout
 */

static bool call_tight_layout(struct plt_call *call, struct value *ret,
                              struct error *err)
{
    (void)ret;
    (void)err;
    call->figure->figure->is_tight = true;
    return true;
}

static bool call_subplots_adjust(struct plt_call *call, struct value *ret,
                                 struct error *err)
{
    double left = 0.125, right = 0.9, bottom = 0.11, top = 0.88;
    (void)ret;
    if (!plt_number(call, "left", &left, err) ||
        !plt_number(call, "right", &right, err) ||
        !plt_number(call, "bottom", &bottom, err) ||
        !plt_number(call, "top", &top, err))
        return false;
    if (slot_given(plt_arg(call, "hspace")) ||
        slot_given(plt_arg(call, "wspace")))
        call->figure->figure->is_tight = true; /* room for what needs it */
    if (left >= right)
        return error_set(err, ERROR_VALUE, "left cannot be >= right");
    return bottom < top ||
           error_set(err, ERROR_VALUE, "bottom cannot be >= top");
}

static bool call_set_size(struct plt_call *call, struct value *ret,
                          struct error *err)
{
    struct value size = plt_arg(call, "w"),
                 parts[2] = {size, plt_arg(call, "h")};
    (void)ret;
    if (!slot_given(parts[1]))
        return set_size(call->figure->figure, size, err);
    struct value pair = value_tuple(2, parts);
    bool good = set_size(call->figure->figure, pair, err);
    value_unref(pair);
    return good;
}

static bool call_get_size(struct plt_call *call, struct value *ret,
                          struct error *err)
{
    struct series *size = series_new(2, err);
    if (!size)
        return false;
    size->values[0] = call->figure->figure->width;
    size->values[1] = call->figure->figure->height;
    *ret = plt_series_value(size);
    series_unref(size);
    return true;
}

static bool call_set_dpi(struct plt_call *call, struct value *ret,
                         struct error *err)
{
    (void)ret;
    return plt_number(call, "val", &call->figure->figure->dpi, err);
}

/* ------------------------------------------------------- files and the screen
 */

static const char formats[] = "pdf, png, svg";

static bool known_format(const char *format)
{
    return !strcmp(format, "png") || !strcmp(format, "svg") ||
           !strcmp(format, "pdf");
}

/* The name's ending, without the dot, in small letters; "" without. */
static void ending_of(const char *name, char ret[8])
{
    const char *slash = strrchr(name, '/');
    const char *dot = strrchr(slash ? slash : name, '.');
    ret[0] = '\0';
    if (!dot || strlen(dot + 1) > 7)
        return;
    size_t i = 0;
    for (; dot[i + 1]; i++)
        ret[i] = dot[i + 1] >= 'A' && dot[i + 1] <= 'Z'
                     ? (char)(dot[i + 1] - 'A' + 'a')
                     : dot[i + 1];
    ret[i] = '\0';
}

static bool bad_format(const char *format, struct error *err)
{
    return error_set(err, ERROR_VALUE,
                     "Format '%s' is not supported (supported formats: %s)",
                     format, formats);
}

/* 'figure' is the figure's own. */
static bool read_dpi(struct plt_call *call, double *ret, struct error *err)
{
    struct value dpi;
    *ret = plt_settings.file_dpi;
    if (!plt_given(call, "dpi", &dpi) ||
        (dpi.kind == VALUE_STRING && !strcmp(dpi.string->text, "figure")))
        return true;
    if (!plt_to_number(dpi, ret, err))
        return false;
    return *ret > 0 || error_set(err, ERROR_VALUE, "dpi must be positive");
}

static bool read_options(struct plt_call *call, struct picture_options *options,
                         struct error *err)
{
    const char *box = "";
    struct value given;
    if (plt_given(call, "bbox_inches", &given) && given.kind == VALUE_STRING)
        box = given.string->text;
    options->is_tight = !strcmp(box, "tight");
    return read_dpi(call, &options->dpi, err) &&
           plt_flag(call, "transparent", &options->is_transparent, err);
}

/* A name without ending gets the format's. */
static char *file_name(const char *name, const char *format)
{
    char ending[8];
    ending_of(name, ending);
    return *ending ? xstrdup(name) : xasprintf("%s.%s", name, format);
}

static bool call_savefig(struct plt_call *call, struct value *ret,
                         struct error *err)
{
    struct picture_options options = {0};
    struct value file = plt_arg(call, "fname");
    const char *format = "";
    char ending[8];
    (void)ret;
    if (!read_options(call, &options, err) ||
        !plt_string(call, "format", &format, err))
        return false;
    char *name = plt_to_text(file);
    ending_of(name, ending);
    if (!*format)
        format = *ending ? ending : "png";
    if (!known_format(format)) {
        free(name);
        return bad_format(format, err);
    }
    char *path = file_name(name, format);
    bool good = picture_save(call->figure->figure, path, options, err);
    free(path);
    free(name);
    return good;
}

static bool call_figure_show(struct plt_call *call, struct value *ret,
                             struct error *err)
{
    (void)ret;
    return plt_show_figure(call->figure, err);
}

/* -------------------------------------------------------------------- rows */

#define FIGURE_PROPERTIES                                           \
    KEYWORD("facecolor"), KEYWORD("edgecolor"), KEYWORD("frameon"), \
        KEYWORD("tight_layout"), KEYWORD("constrained_layout"),     \
        KEYWORD("layout"), KEYWORD("clear")
#define GRID_PARAMS                                                       \
    OPTIONAL("nrows", "1"), OPTIONAL("ncols", "1"),                       \
        KEYWORD_WITH("sharex", "False"), KEYWORD_WITH("sharey", "False"), \
        KEYWORD_WITH("squeeze", "True"), KEYWORD("width_ratios"),         \
        KEYWORD("height_ratios"), KEYWORD("subplot_kw"),                  \
        KEYWORD("gridspec_kw")

static const struct param no_params[] = {END_OF_PARAMS};
static const struct param figure_params[] = {
    OPTIONAL("num", "None"), OPTIONAL("figsize", "None"),
    OPTIONAL("dpi", "None"), FIGURE_PROPERTIES, END_OF_PARAMS};
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
static const struct param ax_params[] = {REQUIRED("ax"), END_OF_PARAMS};
static const struct param delaxes_params[] = {OPTIONAL("ax", "None"),
                                              END_OF_PARAMS};
static const struct param clear_params[] = {OPTIONAL("keep_observers", "False"),
                                            END_OF_PARAMS};
static const struct param tight_params[] = {KEYWORD_WITH("pad", "1.08"),
                                            KEYWORD("h_pad"), KEYWORD("w_pad"),
                                            KEYWORD("rect"), END_OF_PARAMS};
static const struct param adjust_params[] = {OPTIONAL("left", "None"),
                                             OPTIONAL("bottom", "None"),
                                             OPTIONAL("right", "None"),
                                             OPTIONAL("top", "None"),
                                             OPTIONAL("wspace", "None"),
                                             OPTIONAL("hspace", "None"),
                                             END_OF_PARAMS};
static const struct param size_params[] = {REQUIRED("w"), OPTIONAL("h", "None"),
                                           OPTIONAL("forward", "True"),
                                           END_OF_PARAMS};
static const struct param dpi_params[] = {REQUIRED("val"), END_OF_PARAMS};
static const struct param savefig_params[] = {
    REQUIRED("fname"),      KEYWORD_WITH("dpi", "'figure'"),
    KEYWORD("format"),      KEYWORD("bbox_inches"),
    KEYWORD("pad_inches"),  KEYWORD("facecolor"),
    KEYWORD("edgecolor"),   KEYWORD("transparent"),
    KEYWORD("orientation"), KEYWORD("metadata"),
    END_OF_PARAMS};

const struct plt_row plt_figure_rows[] = {
    {"figure", NULL, PLT_STATE, call_figure, figure_params, "Figure",
     "A new figure, or the open one of that number"},
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
    {"gca", "gca", PLT_OF_FIGURE, call_gca, no_params, NULL,
     "The axes that the next call draws in"},
    {"gcf", NULL, PLT_OF_FIGURE, call_gcf, no_params, NULL,
     "The figure that the next call draws in"},
    {"sca", "sca", PLT_STATE, call_sca, ax_params, NULL,
     "Makes these the axes that the next call draws in"},
    {"delaxes", "delaxes", PLT_OF_FIGURE, call_delaxes, delaxes_params, NULL,
     "Takes axes out of the figure"},
    {"clf", "clf", PLT_OF_FIGURE, call_clf, clear_params, NULL,
     "Empties the figure"},
    {NULL, "clear", PLT_OF_FIGURE, call_clf, clear_params, NULL,
     "Empties the figure"},
    {"tight_layout", "tight_layout", PLT_OF_FIGURE, call_tight_layout,
     tight_params, NULL, "Axes as large as their texts leave room for"},
    {"subplots_adjust", "subplots_adjust", PLT_OF_FIGURE, call_subplots_adjust,
     adjust_params, NULL, "The space around the axes"},
    {NULL, "set_size_inches", PLT_OF_FIGURE, call_set_size, size_params, NULL,
     "How large the figure is, in inches"},
    {NULL, "get_size_inches", PLT_OF_FIGURE, call_get_size, no_params, NULL,
     "How large the figure is, in inches"},
    {NULL, "set_dpi", PLT_OF_FIGURE, call_set_dpi, dpi_params, NULL,
     "How many pixels of a file make an inch"},
    {"savefig", "savefig", PLT_OF_FIGURE, call_savefig, savefig_params, NULL,
     "Writes the figure into a file: PNG, SVG or PDF"},
    {NULL, "show", PLT_OF_FIGURE, call_figure_show, no_params, NULL,
     "Shows the figure"},
    {.call = NULL}};
