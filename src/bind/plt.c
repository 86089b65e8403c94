/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The modules' tree, and how one row is a function of pyplot and a method. */
#include "bind/plt.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "bind/plt_internal.h"
#include "lang/object.h"

/* -------------------------------------------------------------------- rows */

static const struct plt_row *const tables[] = {
    plt_state_rows, plt_figure_rows,  plt_subplot_rows, plt_line_rows,
    plt_error_rows, plt_point_rows,   plt_bar_rows,     plt_hist_rows,
    plt_image_rows, plt_contour_rows, plt_field_rows,   plt_rule_rows,
    plt_text_rows,  plt_legend_rows,  plt_axis_rows,    plt_tick_rows,
    plt_artist_rows};

const struct plt_row *plt_row_at(int index)
{
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        for (const struct plt_row *row = tables[i]; row->call; row++)
            if (index-- == 0)
                return row;
    return NULL;
}

const char *const *plt_method_names(enum plt_target target,
                                    const char *const *extra)
{
    static const char **known[PLT_OF_ARTIST + 1];
    const char **names = NULL;
    size_t count = 0, capacity = 0;
    const struct plt_row *row;
    if (known[target])
        return known[target];
    for (int i = 0; (row = plt_row_at(i)); i++)
        if (row->target == target && row->method)
            VEC_PUSH(names, count, capacity) = row->method;
    for (; extra && *extra; extra++)
        VEC_PUSH(names, count, capacity) = *extra;
    VEC_PUSH(names, count, capacity) = NULL;
    return known[target] = names;
}

/* ------------------------------------------------------------------- calls */

enum { MOST_PARAMS = 48 };

static bool run(struct plt_call *call, const char *function,
                const struct call_args *args, struct value *ret,
                struct error *err)
{
    struct value slots[MOST_PARAMS], spread;
    if (!plt_bind(call->row, function, args, slots, &spread, err))
        return false;
    call->slots = slots;
    *ret = value_none();
    bool good = call->row->call(call, ret, err);
    value_unref(spread);
    return good;
}

static bool call_function(struct interp *interp, const struct native *native,
                          const struct call_args *args, struct value *ret,
                          struct error *err)
{
    const struct plt_row *row = native->data;
    struct plt_call call = {.interp = interp, .row = row, .of_pyplot = true};
    if (row->target != PLT_STATE)
        call.figure = plt_current_figure();
    if (row->target == PLT_OF_AXES)
        call.axes = plt_current_axes(call.figure);
    return run(&call, row->name, args, ret, err);
}

/* SELF as what ROW's methods work on. */
static bool take_self(struct plt_call *call, struct value self,
                      struct error *err)
{
    struct plt_item *item = plt_get_item(self);
    call->figure = plt_get_figure(self);
    if (call->row->target == PLT_OF_FIGURE && call->figure)
        return true;
    if (!item || call->row->target == PLT_OF_FIGURE)
        return error_set(err, ERROR_TYPE, "'%s' is not a method of '%s'",
                         call->row->method, value_type_name(self));
    call->figure = item->figure;
    call->axes = item->axes;
    call->item = item;
    return item->axes ||
           error_set(err, ERROR_VALUE,
                     "it was removed: it is no longer part of a figure");
}

static bool call_method(struct interp *interp, const struct native *native,
                        const struct call_args *args, struct value *ret,
                        struct error *err)
{
    static const char *const owners[] = {[PLT_OF_FIGURE] = "Figure",
                                         [PLT_OF_AXES] = "Axes",
                                         [PLT_OF_ARTIST] = "Artist"};
    const struct plt_row *row = native->data;
    struct plt_call call = {.interp = interp, .row = row};
    struct call_args rest = *args;
    if (rest.count == 0)
        return error_set(err, ERROR_TYPE,
                         "%s() missing 1 required positional argument: "
                         "'self'",
                         row->method);
    if (!take_self(&call, rest.values[0], err))
        return false;
    rest.values++;
    rest.count--;
    char name[64];
    snprintf(name, sizeof name, "%s.%s", owners[row->target], row->method);
    return run(&call, name, &rest, ret, err);
}

bool plt_find_method(enum plt_target target, struct value self,
                     const char *name, struct value *ret)
{
    const struct plt_row *row;
    for (int i = 0; (row = plt_row_at(i)); i++) {
        if (row->target != target || !row->method ||
            strcmp(row->method, name) != 0)
            continue;
        struct value function =
            value_native(row->method, call_method, row->params, row, row->doc);
        *ret = value_method(self, function);
        value_unref(function);
        return true;
    }
    return false;
}

/* ----------------------------------------------------------------- modules */

static void set_taken(struct module *module, const char *name,
                      struct value value)
{
    module_set(module, name, value);
    value_unref(value);
}

/* plt.cm: every colour map by its name. */
static struct value colormap_module(void)
{
    struct value ret = value_module("matplotlib.cm");
    const struct colormap *map;
    for (int i = 0; (map = colormap_next(i)); i++)
        set_taken(ret.module, colormap_name(map), plt_colormap_value(map));
    return ret;
}

static void add_function(struct module *module, const struct plt_row *row)
{
    set_taken(
        module, row->name,
        value_native(row->name, call_function, row->params, row, row->doc));
}

static void add_module(struct interp *interp, struct value parent,
                       const char *path, struct value module)
{
    module_set(parent.module, strrchr(path, '.') + 1, module);
    interp_add_module(interp, path, module);
}

void plt_install(struct interp *interp)
{
    struct value matplotlib = value_module("matplotlib");
    struct value pyplot = value_module("matplotlib.pyplot");
    struct value cm = colormap_module();
    struct value style = value_module("matplotlib.style");
    plt_close_all();
    plt_settings_reset();
    const struct plt_row *row;
    for (int i = 0; (row = plt_row_at(i)); i++)
        if (row->name)
            add_function(pyplot.module, row);
    add_function(style.module, &plt_use_style_row);
    add_function(matplotlib.module, &plt_use_backend_row);
    add_function(cm.module, &plt_get_colormap_row);
    struct value settings = plt_settings_value();
    module_set(pyplot.module, "rcParams", settings);
    module_set(matplotlib.module, "rcParams", settings);
    value_unref(settings);
    set_taken(matplotlib.module, "__version__", value_string("3.6.3"));
    module_set(pyplot.module, "cm", cm);
    module_set(pyplot.module, "style", style);
    interp_add_module(interp, "matplotlib", matplotlib);
    add_module(interp, matplotlib, "matplotlib.pyplot", pyplot);
    add_module(interp, matplotlib, "matplotlib.cm", cm);
    add_module(interp, matplotlib, "matplotlib.style", style);
    interp_set_builtin(interp, "plt", pyplot);
    value_unref(cm);
    value_unref(style);
    value_unref(pyplot);
    value_unref(matplotlib);
}
