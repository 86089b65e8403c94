/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures and how they are divided: figure(), subplots(), savefig(). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "bind/natives.h"
#include "bind/plt_internal.h"
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

struct plt_figure *plt_make_figure(struct plt_call *call, struct error *err)
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
    struct plt_figure *figure = plt_make_figure(call, err);
    if (figure)
        *ret = plt_figure_value(figure);
    return figure != NULL;
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

static const struct param no_params[] = {END_OF_PARAMS};
static const struct param figure_params[] = {
    OPTIONAL("num", "None"), OPTIONAL("figsize", "None"),
    OPTIONAL("dpi", "None"), FIGURE_PROPERTIES, END_OF_PARAMS};
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
