/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Figures, axes and what is in them, as the prompt holds them.
 *
 * A figure outlives its being open while a value holds it.  Axes and artists
 * belong to their figure: a value that is part of it (struct plt_item) holds
 * the figure and is told when its part goes.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/suggest.h"
#include "bind/plt_internal.h"

static bool no_attribute(struct value self, const char *name, struct error *err)
{
    const char *const *names = self.opaque->type->attributes;
    struct suggestion near = suggestion_for(name);
    for (; *names; names++)
        suggestion_consider(&near, *names);
    error_set(err, ERROR_ATTRIBUTE, "'%s' object has no attribute '%s'",
              self.opaque->type->name, name);
    if (near.best)
        error_hint(err, _("did you mean '%s'?"), near.best);
    return false;
}

/* ---------------------------------------------------------------- figures */

static void free_figure(void *data)
{
    struct plt_figure *figure = data;
    figure->object = NULL;
    plt_figure_unref(figure);
}

/* <Figure size 640x480 with 1 Axes> */
static void figure_repr(void *data, struct strbuf *sb)
{
    const struct figure *figure = ((struct plt_figure *)data)->figure;
    strbuf_addf(sb, "<Figure size %.12gx%.12g with %d Axes>",
                figure->width * figure->dpi, figure->height * figure->dpi,
                figure->axes_count);
}

static void figure_str(void *data, struct strbuf *sb)
{
    const struct figure *figure = ((struct plt_figure *)data)->figure;
    strbuf_addf(sb, "Figure(%.12gx%.12g)", figure->width * figure->dpi,
                figure->height * figure->dpi);
}

static struct value axes_list(struct plt_figure *figure)
{
    struct value ret = value_list(0, NULL);
    for (int i = 0; i < figure->figure->axes_count; i++) {
        struct value axes = plt_axes_value(figure, figure->figure->axes[i]);
        list_append(ret.sequence, axes);
        value_unref(axes);
    }
    return ret;
}

static bool figure_get(struct interp *interp, struct value self,
                       const char *name, struct value *ret, struct error *err)
{
    struct plt_figure *figure = self.opaque->data;
    (void)interp;
    if (!strcmp(name, "axes"))
        *ret = axes_list(figure);
    else if (!strcmp(name, "number"))
        *ret = value_int(figure->figure->number);
    else if (!strcmp(name, "dpi"))
        *ret = value_float(figure->figure->dpi);
    else if (!plt_find_method(PLT_OF_FIGURE, self, name, ret))
        return no_attribute(self, name, err);
    return true;
}

static struct native_type figure_type = {
    .name = "Figure",
    .free = free_figure,
    .repr = figure_repr,
    .str = figure_str,
    .get_attribute = figure_get,
};

struct value plt_figure_value(struct plt_figure *figure)
{
    static const char *const extra[] = {"axes", "number", "dpi", NULL};
    figure_type.attributes = plt_method_names(PLT_OF_FIGURE, extra);
    if (figure->object)
        return value_ref(
            (struct value){.kind = VALUE_OPAQUE, .opaque = figure->object});
    struct value ret = value_opaque(&figure_type, plt_figure_ref(figure));
    figure->object = ret.opaque;
    return ret;
}

struct plt_figure *plt_get_figure(struct value value)
{
    return value_opaque_data(value, &figure_type);
}

/* ------------------------------------------------------------------- parts */

static void free_item(void *data)
{
    struct plt_item *item = data;
    struct plt_item **place = &item->figure->items;
    while (*place != item)
        place = &(*place)->next;
    *place = item->next;
    plt_figure_unref(item->figure);
    value_unref(item->x);
    value_unref(item->y);
    free(item->text);
    free(item);
}

/* <AxesSubplot: title={'center': 't'}, xlabel='x'> */
static void axes_repr(const struct plt_item *item, struct strbuf *sb)
{
    const struct axes *axes = item->axes;
    const char *between = "";
    strbuf_adds(sb, axes && axes->is_free ? "<Axes: " : "<AxesSubplot: ");
    if (axes && axes->title) {
        strbuf_addf(sb, "title={'center': '%s'}", axes->title);
        between = ", ";
    }
    if (axes && axes->x.label) {
        strbuf_addf(sb, "%sxlabel='%s'", between, axes->x.label);
        between = ", ";
    }
    if (axes && axes->y.label)
        strbuf_addf(sb, "%sylabel='%s'", between, axes->y.label);
    strbuf_addc(sb, '>');
}

/* Text(0.5, 1.0, 'title') */
static void text_repr(const struct plt_item *item, struct strbuf *sb)
{
    struct value text = value_string(item->text);
    strbuf_adds(sb, "Text(");
    value_repr(item->x, sb);
    strbuf_adds(sb, ", ");
    value_repr(item->y, sb);
    strbuf_adds(sb, ", ");
    value_repr(text, sb);
    strbuf_addc(sb, ')');
    value_unref(text);
}

static size_t bar_count(const struct plt_item *item)
{
    return item->artist && item->artist->x ? item->artist->x->count : 0;
}

/* What plt.bar() returns holds its bars: bars[0], len(bars), for bar in bars.
 */
static int64_t bars_length(void *data)
{
    return (int64_t)bar_count(data);
}

static bool bars_get_item(struct interp *interp, struct value self,
                          struct value key, struct value *ret,
                          struct error *err)
{
    const struct plt_item *item = self.opaque->data;
    int64_t index, count = (int64_t)bar_count(item);
    (void)interp;
    if (!value_as_int(key, &index))
        return error_set(err, ERROR_TYPE,
                         "tuple indices must be integers or slices, not %s",
                         value_type_name(key));
    if (index < -count || index >= count)
        return error_set(err, ERROR_INDEX, "tuple index out of range");
    *ret = plt_bar_value(item->figure, item->axes, item->artist,
                         (size_t)(index < 0 ? index + count : index));
    return true;
}

static struct value bar_list(const struct plt_item *item)
{
    struct value ret = value_list(0, NULL);
    for (size_t i = 0; i < bar_count(item); i++) {
        struct value bar =
            plt_bar_value(item->figure, item->axes, item->artist, i);
        list_append(ret.sequence, bar);
        value_unref(bar);
    }
    return ret;
}

static bool bars_iterate(struct interp *interp, struct value self,
                         struct value *ret, struct error *err)
{
    struct value bars = bar_list(self.opaque->data);
    bool good = interp_iterate(interp, bars, ret, err);
    value_unref(bars);
    return good;
}

static void item_repr(void *data, struct strbuf *sb);
static bool item_get(struct interp *interp, struct value self, const char *name,
                     struct value *ret, struct error *err);

#define ITEM_TYPE(NAME)                                     \
    {                                                       \
        .name = NAME, .free = free_item, .repr = item_repr, \
        .get_attribute = item_get,                          \
    }

/* In the order of enum plt_class. */
static struct {
    const char *module;
    struct native_type type;
} classes[PLT_CLASSES] = {
    {"axes._subplots", ITEM_TYPE("AxesSubplot")},
    {"lines", ITEM_TYPE("Line2D")},
    {"image", ITEM_TYPE("AxesImage")},
    {"collections", ITEM_TYPE("PathCollection")},
    {"container",
     {.name = "BarContainer",
      .free = free_item,
      .repr = item_repr,
      .get_attribute = item_get,
      .get_item = bars_get_item,
      .iterate = bars_iterate,
      .length = bars_length}},
    {"patches", ITEM_TYPE("Rectangle")},
    {"collections", ITEM_TYPE("PolyCollection")},
    {"patches", ITEM_TYPE("Polygon")},
    {"contour", ITEM_TYPE("QuadContourSet")},
    {"collections", ITEM_TYPE("LineCollection")},
    {"text", ITEM_TYPE("Text")},
    {"quiver", ITEM_TYPE("Quiver")},
    {"patches", ITEM_TYPE("FancyArrow")},
    {"legend", ITEM_TYPE("Legend")},
    {"colorbar", ITEM_TYPE("Colorbar")},
    {"container", ITEM_TYPE("ErrorbarContainer")},
    {"container", ITEM_TYPE("StemContainer")},
    {"patches", ITEM_TYPE("Wedge")},
    {"axis", ITEM_TYPE("XTick")},
    {"axis", ITEM_TYPE("YTick")},
};

static void item_repr(void *data, struct strbuf *sb)
{
    const struct plt_item *item = data;
    if (item->class == PLT_AXES)
        axes_repr(item, sb);
    else if (item->class == PLT_TEXT)
        text_repr(item, sb);
    else if (item->class == PLT_BARS)
        strbuf_addf(sb, "<BarContainer object of %zu artists>",
                    bar_count(item));
    else if (item->class == PLT_ERRORBARS || item->class == PLT_STEMS)
        strbuf_addf(sb, "<%s object of 3 artists>",
                    classes[item->class].type.name);
    else
        strbuf_addf(sb, "<matplotlib.%s.%s object>",
                    classes[item->class].module,
                    classes[item->class].type.name);
}

struct plt_item *plt_get_item(struct value value)
{
    if (value.kind != VALUE_OPAQUE || value.opaque->type->free != free_item)
        return NULL;
    return value.opaque->data;
}

/* ---------------------------------------------------------- their attributes
 */

/* ax.lines, ax.images, …: its artists of some kind. */
static struct value artists_of(const struct plt_item *item,
                               enum artist_kind kind, enum plt_class class)
{
    struct value ret = value_list(0, NULL);
    for (int i = 0; i < item->axes->artist_count; i++) {
        struct artist *artist = item->axes->artists[i];
        if (artist->kind != kind)
            continue;
        struct value value = plt_value(class, item->figure, item->axes, artist);
        list_append(ret.sequence, value);
        value_unref(value);
    }
    return ret;
}

static bool axes_attribute(const struct plt_item *item, const char *name,
                           struct value *ret)
{
    static const struct {
        const char *name;
        enum artist_kind kind;
        enum plt_class class;
    } lists[] = {{"lines", ARTIST_LINE, PLT_LINE},
                 {"images", ARTIST_IMAGE, PLT_IMAGE},
                 {"collections", ARTIST_POINTS, PLT_POINTS},
                 {"containers", ARTIST_BARS, PLT_BARS},
                 {"texts", ARTIST_TEXT, PLT_TEXT}};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (!strcmp(lists[i].name, name)) {
            *ret = artists_of(item, lists[i].kind, lists[i].class);
            return true;
        }
    return false;
}

static bool item_get(struct interp *interp, struct value self, const char *name,
                     struct value *ret, struct error *err)
{
    struct plt_item *item = self.opaque->data;
    bool is_axes = item->class == PLT_AXES;
    (void)interp;
    if (!strcmp(name, "figure"))
        *ret = plt_figure_value(item->figure);
    else if (!strcmp(name, "axes") && !item->axes)
        *ret = value_none();
    else if (!strcmp(name, "axes") || (!strcmp(name, "ax") && item->axes))
        *ret = plt_axes_value(item->figure, item->axes);
    else if (is_axes && item->axes && axes_attribute(item, name, ret))
        return true;
    else if (is_axes && !strcmp(name, "transAxes"))
        *ret = value_string("axes"); /* what text(transform=…) knows */
    else if (is_axes && !strcmp(name, "transData"))
        *ret = value_string("data");
    else if (item->class == PLT_BARS && !strcmp(name, "patches"))
        *ret = bar_list(item);
    else if (item->class == PLT_CONTOURS && item->artist &&
             !strcmp(name, "levels"))
        *ret = plt_series_value(item->artist->contour.levels);
    else if (!plt_find_method(is_axes ? PLT_OF_AXES : PLT_OF_ARTIST, self, name,
                              ret))
        return no_attribute(self, name, err);
    return true;
}

/* ------------------------------------------------------------- making them */

static void name_attributes(enum plt_class class)
{
    static const char *const of_axes[] = {"figure",      "lines",      "images",
                                          "collections", "containers", "texts",
                                          "transAxes",   "transData",  NULL};
    static const char *const of_artists[] = {"axes", "figure", "levels",
                                             "patches", NULL};
    struct native_type *type = &classes[class].type;
    if (class == PLT_AXES)
        type->attributes = plt_method_names(PLT_OF_AXES, of_axes);
    else
        type->attributes = plt_method_names(PLT_OF_ARTIST, of_artists);
}

static struct plt_item *item_new(enum plt_class class,
                                 struct plt_figure *figure, struct axes *axes,
                                 struct artist *artist)
{
    struct plt_item *item = xcalloc(1, sizeof *item);
    name_attributes(class);
    item->class = class;
    item->figure = plt_figure_ref(figure);
    item->axes = axes;
    item->artist = artist;
    item->x = item->y = value_none();
    item->next = figure->items;
    figure->items = item;
    return item;
}

static struct value item_value(struct plt_item *item)
{
    struct value ret = value_opaque(&classes[item->class].type, item);
    item->object = ret.opaque;
    return ret;
}

struct value plt_value(enum plt_class class, struct plt_figure *figure,
                       struct axes *axes, struct artist *artist)
{
    for (struct plt_item *item = figure->items; item; item = item->next)
        if (item->class == class && item->axes == axes &&
            item->artist == artist && !item->text)
            return value_ref(
                (struct value){.kind = VALUE_OPAQUE, .opaque = item->object});
    struct plt_item *item = item_new(class, figure, axes, artist);
    if (class == PLT_TEXT && artist) {
        item->text = xstrdup(artist->text.text);
        item->x = value_float(artist->text.x);
        item->y = value_float(artist->text.y);
    }
    return item_value(item);
}

struct value plt_bar_value(struct plt_figure *figure, struct axes *axes,
                           struct artist *artist, size_t index)
{
    struct plt_item *item = item_new(PLT_BAR, figure, axes, artist);
    item->index = index;
    return item_value(item);
}

struct value plt_axes_value(struct plt_figure *figure, struct axes *axes)
{
    return plt_value(PLT_AXES, figure, axes, NULL);
}

struct value plt_text_value(struct plt_figure *figure, struct axes *axes,
                            struct artist *artist, struct value x,
                            struct value y, const char *text)
{
    struct plt_item *item = item_new(PLT_TEXT, figure, axes, artist);
    item->text = xstrdup(text);
    item->x = value_ref(x);
    item->y = value_ref(y);
    return item_value(item);
}

const struct figure *plt_figure_of(struct value value)
{
    struct plt_figure *figure = plt_get_figure(value);
    struct plt_item *item = plt_get_item(value);
    if (item)
        figure = item->figure;
    return figure ? figure->figure : NULL;
}
