/* SPDX-License-Identifier: GPL-3.0-or-later */
/* show(), close() and what else is about all figures. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/interrupt.h"
#include "bind/plt_internal.h"

static bool is_interactive; /* ion() */

static bool call_show(struct plt_call *call, struct value *ret,
                      struct error *err)
{
    bool blocks = !is_interactive;
    (void)ret;
    return plt_flag(call, "block", &blocks, err) && plt_show_all(blocks, err);
}

static bool call_draw(struct plt_call *call, struct value *ret,
                      struct error *err)
{
    (void)call;
    (void)ret;
    return plt_show_figure(plt_current_figure(), err);
}

/* Until then the window shows what there is; Ctrl-C ends it. */
static bool call_pause(struct plt_call *call, struct value *ret,
                       struct error *err)
{
    double left = 0;
    (void)ret;
    if (!plt_number(call, "interval", &left, err) || !plt_show_all(false, err))
        return false;
    while (left > 0) {
        double part = fmin(left, 0.05);
        struct timespec rest = {0, (long)(part * 1e9)};
        nanosleep(&rest, NULL);
        left -= part;
        if (interrupt_pending())
            return interrupt_check(err);
    }
    return true;
}

static bool close_one(struct value given, struct error *err)
{
    struct plt_figure *figure = plt_get_figure(given);
    int64_t number = 0;
    if (!figure && value_as_int(given, &number))
        figure = plt_find_figure(number);
    else if (!figure && given.kind == VALUE_STRING)
        figure = plt_find_figure_named(given.string->text);
    else if (!figure)
        return error_set(err, ERROR_TYPE,
                         "close() argument must be a Figure, an int, a string, "
                         "or None, not <class '%s'>",
                         value_type_name(given));
    if (figure)
        number = figure->figure->number;
    if (figure)
        plt_close_figure(figure);
    if (number > 0)
        plt_close_windows((int)number);
    return true;
}

static bool call_close(struct plt_call *call, struct value *ret,
                       struct error *err)
{
    struct value given;
    (void)ret;
    if (!plt_given(call, "fig", &given)) {
        if (plt_figure_count()) {
            int number = plt_current_figure()->figure->number;
            plt_close_figure(plt_current_figure());
            plt_close_windows(number);
        }
        return true;
    }
    if (given.kind == VALUE_STRING && !strcmp(given.string->text, "all")) {
        plt_close_all();
        plt_close_windows(0);
        return true;
    }
    return close_one(given, err);
}

static bool call_ion(struct plt_call *call, struct value *ret,
                     struct error *err)
{
    (void)call;
    (void)ret;
    (void)err;
    is_interactive = true;
    return true;
}

static bool call_ioff(struct plt_call *call, struct value *ret,
                      struct error *err)
{
    (void)call;
    (void)ret;
    (void)err;
    is_interactive = false;
    return true;
}

static bool call_isinteractive(struct plt_call *call, struct value *ret,
                               struct error *err)
{
    (void)call;
    (void)err;
    *ret = value_bool(is_interactive);
    return true;
}

static bool call_get_fignums(struct plt_call *call, struct value *ret,
                             struct error *err)
{
    (void)call;
    (void)err;
    *ret = value_list(0, NULL);
    for (int i = 0; i < plt_figure_count(); i++)
        list_append(ret->sequence, value_int(plt_figure_at(i)->figure->number));
    return true;
}

static bool call_fignum_exists(struct plt_call *call, struct value *ret,
                               struct error *err)
{
    int64_t number = 0;
    if (!plt_integer(call, "num", &number, err))
        return false;
    *ret = value_bool(plt_find_figure(number) != NULL);
    return true;
}

static bool call_colormaps(struct plt_call *call, struct value *ret,
                           struct error *err)
{
    const struct colormap *map;
    (void)call;
    (void)err;
    *ret = value_list(0, NULL);
    for (int i = 0; (map = colormap_next(i)); i++) {
        struct value name = value_string(colormap_name(map));
        list_append(ret->sequence, name);
        value_unref(name);
    }
    return true;
}

/* ---------------------------------------------- style.use(), matplotlib.use()
 */

static const char *const styles[] = {"default",
                                     "classic",
                                     "bmh",
                                     "dark_background",
                                     "fast",
                                     "fivethirtyeight",
                                     "ggplot",
                                     "grayscale",
                                     "seaborn",
                                     "seaborn-v0_8",
                                     "seaborn-whitegrid",
                                     "seaborn-v0_8-whitegrid",
                                     "tableau-colorblind10",
                                     NULL};

/* All look like the default here. */
static bool call_use_style(struct plt_call *call, struct value *ret,
                           struct error *err)
{
    struct value style = plt_arg(call, "style");
    (void)ret;
    for (int i = 0; style.kind == VALUE_STRING && styles[i]; i++)
        if (!strcmp(styles[i], style.string->text))
            return true;
    char *text = plt_to_text(style);
    error_set(err, ERROR_OS,
              "'%s' not found in the style library and input is not a valid "
              "URL or path; see `style.available` for list of available styles",
              text);
    free(text);
    return false;
}

static bool call_use_backend(struct plt_call *call, struct value *ret,
                             struct error *err)
{
    (void)call;
    (void)ret;
    (void)err;
    return true; /* where pictures go is `set graphics` */
}

/* -------------------------------------------------------------------- rows */

static const struct param no_params[] = {END_OF_PARAMS};
static const struct param show_params[] = {KEYWORD("block"), END_OF_PARAMS};
static const struct param pause_params[] = {REQUIRED("interval"),
                                            END_OF_PARAMS};
static const struct param close_params[] = {OPTIONAL("fig", "None"),
                                            END_OF_PARAMS};
static const struct param num_params[] = {REQUIRED("num"), END_OF_PARAMS};
static const struct param style_params[] = {REQUIRED("style"), END_OF_PARAMS};
static const struct param backend_params[] = {
    REQUIRED("backend"), KEYWORD_WITH("force", "True"), END_OF_PARAMS};

const struct plt_row plt_state_rows[] = {
    {"show", NULL, PLT_STATE, call_show, show_params, NULL,
     "Shows all figures; the next call begins a new one"},
    {"draw", NULL, PLT_STATE, call_draw, no_params, NULL,
     "Shows the current figure as it is now"},
    {"pause", NULL, PLT_STATE, call_pause, pause_params, NULL,
     "Shows the figures as they are now, and waits so many seconds"},
    {"close", NULL, PLT_STATE, call_close, close_params, NULL,
     "Forgets the current figure, that of a number, or 'all'"},
    {"ion", NULL, PLT_STATE, call_ion, no_params, NULL,
     "Lets show() keep the figures open"},
    {"ioff", NULL, PLT_STATE, call_ioff, no_params, NULL,
     "Lets show() end the figures, as it does at first"},
    {"isinteractive", NULL, PLT_STATE, call_isinteractive, no_params, NULL,
     "Does show() keep the figures open?"},
    {"get_fignums", NULL, PLT_STATE, call_get_fignums, no_params, NULL,
     "The numbers of the open figures"},
    {"fignum_exists", NULL, PLT_STATE, call_fignum_exists, num_params, NULL,
     "Is the figure of that number open?"},
    {"colormaps", NULL, PLT_STATE, call_colormaps, no_params, NULL,
     "The names of all colour maps"},
    {.call = NULL}};

const struct plt_row plt_use_style_row = {
    "use",
    NULL,
    PLT_STATE,
    call_use_style,
    style_params,
    NULL,
    "Takes a style's name; all look like matplotlib's default here"};
const struct plt_row plt_use_backend_row = {
    "use",
    NULL,
    PLT_STATE,
    call_use_backend,
    backend_params,
    NULL,
    "Takes a back end's name; `set graphics` says where pictures go"};
