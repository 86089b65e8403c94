/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Colours, lines, markers and colour maps, as keywords give them. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "bind/natives.h"
#include "bind/plt_internal.h"

/* ------------------------------------------------------------------ colours */

/* (0.1, 0.2, 0.5), with or without an opacity. */
static bool color_of_numbers(struct value value, struct color *ret)
{
    struct error err = ERROR_INIT;
    struct tensor *numbers = NULL;
    if (value.kind == VALUE_TENSOR || value.kind == VALUE_LIST ||
        value.kind == VALUE_TUPLE)
        numbers = value_to_tensor(value, DTYPE_FLOAT64, &err);
    error_clear(&err);
    bool good = numbers && numbers->ndim == 1 &&
                (numbers->size == 3 || numbers->size == 4);
    double parts[4] = {0, 0, 0, 1};
    for (int i = 0; good && i < numbers->size; i++) {
        parts[i] = scalar_to_double(tensor_item_at(numbers, i));
        good = parts[i] >= 0 && parts[i] <= 1;
    }
    tensor_unref(numbers);
    if (good)
        *ret = (struct color){parts[0], parts[1], parts[2], parts[3]};
    return good;
}

/* NAME: whose value it is, NULL: matplotlib does not say. */
bool plt_to_color(struct value value, const char *name, struct color *ret,
                  struct error *err)
{
    if (color_of_numbers(value, ret))
        return true;
    if (value.kind == VALUE_STRING && color_parse(value.string->text, ret, err))
        return true;
    char *hint = err->hint;
    err->hint = NULL;
    struct strbuf text = STRBUF_INIT;
    value_repr(value, &text);
    if (name)
        error_set(err, ERROR_VALUE, "%s is not a valid value for %s", text.text,
                  name);
    else
        error_set(err, ERROR_VALUE, "Invalid RGBA argument: %s", text.text);
    strbuf_done(&text);
    if (hint)
        error_hint(err, "%s", hint);
    free(hint);
    return false;
}

bool plt_color(const struct plt_call *call, const char *name, struct color *ret,
               bool *given, struct error *err)
{
    struct value value;
    *given = plt_given(call, name, &value);
    return !*given || plt_to_color(value, NULL, ret, err);
}

static bool is_list_of_colors(struct value value)
{
    struct color color;
    return (value.kind == VALUE_LIST || value.kind == VALUE_TUPLE ||
            (value.kind == VALUE_TENSOR && value.tensor->ndim == 2)) &&
           !color_of_numbers(value, &color);
}

/* Colours in the rows of an array, or in a list. */
static bool read_colors(struct value value, struct color **ret,
                        size_t *ret_count, struct error *err)
{
    size_t count;
    struct value *items;
    if (!interp_collect(NULL, value, &count, &items, err))
        return false;
    struct color *colors = xcalloc(count + 1, sizeof *colors);
    bool good = true;
    for (size_t i = 0; i < count; i++) {
        good = good && plt_to_color(items[i], NULL, &colors[i], err);
        value_unref(items[i]);
    }
    free(items);
    if (good)
        *ret = colors;
    else
        free(colors);
    *ret_count = count;
    return good;
}

bool plt_colors(const struct plt_call *call, const char *name, size_t count,
                struct color *one, bool *given, struct color **ret,
                struct error *err)
{
    struct value value;
    struct color *colors = NULL;
    size_t found = 0;
    *ret = NULL;
    *given = plt_given(call, name, &value);
    if (!*given)
        return true;
    if (!is_list_of_colors(value))
        return plt_to_color(value, NULL, one, err);
    if (!read_colors(value, &colors, &found, err))
        return false;
    if (found == 0) {
        free(colors);
        *given = false;
        return true;
    }
    *one = colors[0];
    *ret = xcalloc(count + 1, sizeof **ret);
    for (size_t i = 0; i < count; i++)
        (*ret)[i] = colors[i % found];
    free(colors);
    return true;
}

struct color plt_next_fill(struct axes *axes)
{
    return color_cycle(axes->next_fill++);
}

/* -------------------------------------------------------------- colour maps */

static bool bad_colormap(struct value value, const char *name,
                         struct error *err)
{
    char *hint = err->hint;
    err->hint = NULL;
    struct strbuf text = STRBUF_INIT;
    value_repr(value, &text);
    strbuf_addf(&text, " is not a valid value for %s; supported values are ",
                name);
    const struct colormap *map;
    for (int i = 0; (map = colormap_next(i)); i++)
        strbuf_addf(&text, "%s'%s'", i ? ", " : "", colormap_name(map));
    error_set(err, ERROR_VALUE, "%s", text.text);
    strbuf_done(&text);
    if (hint)
        error_hint(err, "%s", hint);
    free(hint);
    return false;
}

bool plt_to_colormap(struct value value, const char *name,
                     const struct colormap **ret, struct error *err)
{
    const struct colormap *map = plt_get_colormap(value);
    if (!map && value.kind == VALUE_STRING)
        map = colormap_find(value.string->text, err);
    if (map)
        *ret = map;
    return map || bad_colormap(value, name, err);
}

static void find_limits(const struct series *values, double *low, double *high)
{
    *low = INFINITY;
    *high = -INFINITY;
    for (size_t i = 0; i < values->count; i++) {
        double x = values->values[i];
        if (!isfinite(x))
            continue;
        if (x < *low)
            *low = x;
        if (x > *high)
            *high = x;
    }
    if (*low > *high) {
        *low = 0;
        *high = 1;
    }
}

bool plt_read_scale(const struct plt_call *call, const struct series *values,
                    struct color_scale *scale, struct error *err)
{
    struct value map = plt_arg(call, "cmap");
    if (slot_given(map)) {
        if (!plt_to_colormap(map, "cmap", &scale->map, err))
            return false;
    } else {
        scale->map = colormap_find(plt_settings.colormap, err);
        if (!scale->map)
            return false;
    }
    find_limits(values, &scale->low, &scale->high);
    if (!plt_number(call, "vmin", &scale->low, err) ||
        !plt_number(call, "vmax", &scale->high, err))
        return false;
    if (scale->low > scale->high)
        return error_set(err, ERROR_VALUE,
                         "minvalue must be less than or equal to maxvalue");
    return true;
}

/* -------------------------------------------------------- lines and markers */

bool plt_to_style(struct value value, const char *name, enum line_style *ret,
                  struct error *err)
{
    static const char *const names[] = {"-",      "--",      "-.",     ":",
                                        "None",   " ",       "",       "solid",
                                        "dashed", "dashdot", "dotted", NULL};
    static const enum line_style styles[] = {
        LINE_SOLID,  LINE_DASHED,  LINE_DASHDOT, LINE_DOTTED,
        LINE_NONE,   LINE_NONE,    LINE_NONE,    LINE_SOLID,
        LINE_DASHED, LINE_DASHDOT, LINE_DOTTED};
    for (int i = 0; value.kind == VALUE_STRING && names[i]; i++)
        if (!strcmp(names[i], value.string->text)) {
            *ret = styles[i];
            return true;
        }
    if (value.kind == VALUE_STRING && !strcmp(value.string->text, "none")) {
        *ret = LINE_NONE;
        return true;
    }
    return plt_bad_choice(name, value, names, err);
}

bool plt_to_marker(struct value value, char *ret, struct error *err)
{
    static const char shapes[] = "o.,sv^<>*+xXPDdHhp|_1234";
    if (value.kind == VALUE_STRING) {
        const char *text = value.string->text;
        if (!*text || !strcasecmp(text, "none") || !strcmp(text, " ")) {
            *ret = 0;
            return true;
        }
        if (!text[1] && strchr(shapes, *text)) {
            *ret = *text;
            return true;
        }
    }
    struct strbuf text = STRBUF_INIT;
    value_repr(value, &text);
    error_set(err, ERROR_VALUE, "Unrecognized marker style %s", text.text);
    strbuf_done(&text);
    return false;
}

/* ------------------------------------------------------------ of any artist */

static bool read_alpha(const struct plt_call *call, struct artist *artist,
                       struct error *err)
{
    double alpha = NAN;
    if (!plt_number(call, "alpha", &alpha, err))
        return false;
    if (isnan(alpha))
        return true;
    if (alpha < 0 || alpha > 1) {
        char *text = plt_to_text(plt_arg(call, "alpha"));
        error_set(err, ERROR_VALUE, "alpha (%s) is outside 0-1 range", text);
        free(text);
        return false;
    }
    struct color *colors[] = {&artist->stroke.color, &artist->face,
                              &artist->marker.face, &artist->marker.edge};
    for (size_t i = 0; i < sizeof colors / sizeof *colors; i++)
        if (colors[i]->alpha > 0)
            colors[i]->alpha = alpha;
    artist->alpha = alpha;
    return true;
}

bool plt_read_artist(const struct plt_call *call, struct artist *artist,
                     struct error *err)
{
    struct value label;
    bool is_visible = true;
    if (!read_alpha(call, artist, err) ||
        !plt_number(call, "zorder", &artist->z, err) ||
        !plt_flag(call, "visible", &is_visible, err))
        return false;
    artist->is_hidden = !is_visible;
    if (plt_given(call, "label", &label)) {
        char *text = plt_to_text(label);
        figure_set_text(&artist->label, text);
        free(text);
    }
    return true;
}

static bool read_line_color(const struct plt_call *call, struct artist *artist,
                            bool *has_color, struct error *err)
{
    struct value color;
    if (!plt_given(call, "color", &color))
        return true;
    if (!plt_to_color(color, "color", &artist->stroke.color, err))
        return false;
    artist->marker.face = artist->marker.edge = artist->stroke.color;
    *has_color = true;
    return true;
}

bool plt_read_line(const struct plt_call *call, struct artist *artist,
                   bool *has_color, struct error *err)
{
    struct value style, shape;
    bool face, edge;
    return read_line_color(call, artist, has_color, err) &&
           (!plt_given(call, "linestyle", &style) ||
            plt_to_style(style, "ls", &artist->stroke.style, err)) &&
           (!plt_given(call, "marker", &shape) ||
            plt_to_marker(shape, &artist->marker.shape, err)) &&
           plt_number(call, "linewidth", &artist->stroke.width, err) &&
           plt_number(call, "markersize", &artist->marker.size, err) &&
           plt_number(call, "markeredgewidth", &artist->marker.edge_width,
                      err) &&
           plt_color(call, "markerfacecolor", &artist->marker.face, &face,
                     err) &&
           plt_color(call, "markeredgecolor", &artist->marker.edge, &edge, err);
}

bool plt_read_edges(const struct plt_call *call, struct artist *artist,
                    struct error *err)
{
    bool face, edge;
    struct value style;
    return plt_color(call, "facecolor", &artist->face, &face, err) &&
           plt_color(call, "edgecolor", &artist->stroke.color, &edge, err) &&
           plt_number(call, "linewidth", &artist->stroke.width, err) &&
           (!plt_given(call, "linestyle", &style) ||
            plt_to_style(style, "ls", &artist->stroke.style, err));
}

bool plt_read_area(const struct plt_call *call, struct artist *artist,
                   struct error *err)
{
    bool given;
    struct color color;
    if (!plt_color(call, "color", &color, &given, err))
        return false;
    if (given)
        artist->face = artist->stroke.color = color;
    return plt_read_edges(call, artist, err) &&
           plt_read_artist(call, artist, err);
}
