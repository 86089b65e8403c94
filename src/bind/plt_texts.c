/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Titles, labels, texts, annotations, the legend. */
#include <stdlib.h>
#include <string.h>

#include "bind/plt_internal.h"

/* Points, or a word. */
static bool read_size(struct plt_call *call, const char *name, double *ret,
                      struct error *err)
{
    static const struct {
        const char *name;
        double factor;
    } words[] = {{"xx-small", 0.579}, {"x-small", 0.694}, {"small", 0.833},
                 {"medium", 1},       {"large", 1.2},     {"x-large", 1.44},
                 {"xx-large", 1.728}};
    struct value value;
    if (!plt_given(call, name, &value))
        return true;
    for (size_t i = 0;
         value.kind == VALUE_STRING && i < sizeof words / sizeof *words; i++)
        if (!strcmp(words[i].name, value.string->text)) {
            *ret = words[i].factor * plt_settings.font_size;
            return true;
        }
    return plt_to_number(value, ret, err);
}

/* ------------------------------------------------------------------- titles */

/* TEXT of the call's NAME into *FIELD; *RET is what stands at (X, Y). */
static bool set_text(struct plt_call *call, const char *name, char **field,
                     double *size, struct value x, struct value y,
                     struct value *ret, struct error *err)
{
    char *text = plt_to_text(plt_arg(call, name));
    bool good = read_size(call, "fontsize", size, err);
    if (good) {
        figure_set_text(field, *text ? text : NULL);
        *ret = plt_text_value(call->figure, call->axes, NULL, x, y, text);
    }
    free(text);
    return good;
}

static bool call_title(struct plt_call *call, struct value *ret,
                       struct error *err)
{
    static const char *const places[] = {"left", "center", "right", NULL};
    static const double at[] = {0, 0.5, 1};
    int place = 1;
    return plt_choice(call, "loc", places, &place, err) &&
           set_text(call, "label", &call->axes->title, &call->axes->title_size,
                    value_float(at[place]), value_float(1), ret, err);
}

static bool call_suptitle(struct plt_call *call, struct value *ret,
                          struct error *err)
{
    return set_text(call, "t", &call->figure->figure->title,
                    &call->figure->figure->title_size, value_float(0.5),
                    value_float(0.98), ret, err);
}

static bool call_xlabel(struct plt_call *call, struct value *ret,
                        struct error *err)
{
    return set_text(call, "xlabel", &call->axes->x.label,
                    &call->axes->x.label_size, value_float(0.5), value_int(0),
                    ret, err);
}

static bool call_ylabel(struct plt_call *call, struct value *ret,
                        struct error *err)
{
    return set_text(call, "ylabel", &call->axes->y.label,
                    &call->axes->y.label_size, value_int(0), value_float(0.5),
                    ret, err);
}

static struct value text_or_empty(const char *text)
{
    return value_string(text ? text : "");
}

static bool call_get_title(struct plt_call *call, struct value *ret,
                           struct error *err)
{
    (void)err;
    *ret = text_or_empty(call->axes->title);
    return true;
}

static bool call_get_xlabel(struct plt_call *call, struct value *ret,
                            struct error *err)
{
    (void)err;
    *ret = text_or_empty(call->axes->x.label);
    return true;
}

static bool call_get_ylabel(struct plt_call *call, struct value *ret,
                            struct error *err)
{
    (void)err;
    *ret = text_or_empty(call->axes->y.label);
    return true;
}

/* -------------------------------------------------------- text(), annotate()
 */

static bool read_alignment(struct plt_call *call, struct artist *artist,
                           struct error *err)
{
    static const char *const across[] = {"left", "center", "right", NULL};
    static const char *const up[] = {"top",      "center",          "bottom",
                                     "baseline", "center_baseline", NULL};
    static const enum text_align upward[] = {
        ALIGN_START, ALIGN_CENTER, ALIGN_END, ALIGN_BASELINE, ALIGN_CENTER};
    int horizontal = 0, vertical = 3;
    if (!plt_choice(call, "horizontalalignment", across, &horizontal, err) ||
        !plt_choice(call, "verticalalignment", up, &vertical, err))
        return false;
    artist->text.horizontal = (enum text_align)horizontal;
    artist->text.vertical = upward[vertical];
    return true;
}

static bool read_rotation(struct plt_call *call, struct artist *artist,
                          struct error *err)
{
    struct value value;
    if (!plt_given(call, "rotation", &value))
        return true;
    if (value.kind == VALUE_STRING) {
        artist->text.rotation =
            !strcmp(value.string->text, "vertical") ? 90 : 0;
        return true;
    }
    return plt_to_number(value, &artist->text.rotation, err);
}

static bool is_bold(struct value weight)
{
    int64_t number;
    if (value_as_int(weight, &number))
        return number >= 600;
    return weight.kind == VALUE_STRING &&
           (!strcmp(weight.string->text, "bold") ||
            !strcmp(weight.string->text, "heavy") ||
            !strcmp(weight.string->text, "semibold") ||
            !strcmp(weight.string->text, "black"));
}

/* KEY of a dict of properties. */
static bool dict_property(struct value dict, const char *key, struct value *ret)
{
    struct value name, value;
    for (size_t i = 0;
         dict.kind == VALUE_DICT && dict_next(dict.dict, &i, &name, &value);)
        if (name.kind == VALUE_STRING && !strcmp(name.string->text, key)) {
            *ret = value;
            return true;
        }
    return false;
}

static bool read_box(struct plt_call *call, struct artist *artist,
                     struct error *err)
{
    struct value box, color;
    if (!plt_given(call, "bbox", &box))
        return true;
    artist->text.has_box = true;
    artist->text.box = color_cycle(0);
    if (dict_property(box, "facecolor", &color) ||
        dict_property(box, "fc", &color) || dict_property(box, "color", &color))
        if (!plt_to_color(color, NULL, &artist->text.box, err))
            return false;
    if (dict_property(box, "alpha", &color))
        return plt_to_number(color, &artist->text.box.alpha, err);
    return true;
}

static bool style_text(struct plt_call *call, struct artist *artist,
                       struct error *err)
{
    struct value transform;
    bool given;
    artist->stroke.color = (struct color){0, 0, 0, 1};
    artist->text.size = plt_settings.font_size;
    artist->text.is_bold = is_bold(plt_arg(call, "fontweight"));
    if (plt_given(call, "transform", &transform))
        artist->text.in_axes = transform.kind == VALUE_STRING &&
                               !strcmp(transform.string->text, "axes");
    return plt_color(call, "color", &artist->stroke.color, &given, err) &&
           read_size(call, "fontsize", &artist->text.size, err) &&
           read_alignment(call, artist, err) &&
           read_rotation(call, artist, err) && read_box(call, artist, err) &&
           plt_read_artist(call, artist, err);
}

static bool add_text(struct plt_call *call, struct artist *artist,
                     const char *name, struct value x, struct value y,
                     struct value *ret, struct error *err)
{
    artist->text.text = plt_to_text(plt_arg(call, name));
    if (!style_text(call, artist, err)) {
        artist_free(artist);
        return false;
    }
    axes_add(call->axes, artist);
    *ret = plt_text_value(call->figure, call->axes, artist, x, y,
                          artist->text.text);
    return true;
}

static bool call_text(struct plt_call *call, struct value *ret,
                      struct error *err)
{
    struct artist *artist = artist_new(ARTIST_TEXT);
    if (!plt_number(call, "x", &artist->text.x, err) ||
        !plt_number(call, "y", &artist->text.y, err)) {
        artist_free(artist);
        return false;
    }
    return add_text(call, artist, "s", plt_arg(call, "x"), plt_arg(call, "y"),
                    ret, err);
}

/* The part AT of a pair as it was written, for repr(). */
static struct value part_of(struct value pair, size_t at, double number)
{
    if ((pair.kind == VALUE_TUPLE || pair.kind == VALUE_LIST) &&
        at < pair.sequence->count)
        return pair.sequence->items[at];
    return value_float(number);
}

/* The rows of arrowstyle that differ in what is drawn. */
static const struct arrow_name {
    const char *name;
    enum arrow_shape shape;
} arrow_names[] = {
    {"->", ARROW_OPEN},      {"<-", ARROW_OPEN},       {"<->", ARROW_OPEN},
    {"fancy", ARROW_FILLED}, {"simple", ARROW_FILLED}, {"-|>", ARROW_FILLED},
    {"<|-", ARROW_FILLED},   {"<|-|>", ARROW_FILLED},  {"-", ARROW_LINE},
    {NULL, ARROW_OPEN},
};

/* arrowprops: a broad arrow unless it has an arrowstyle. */
static bool read_arrow(struct value arrow, struct artist *artist,
                       struct error *err)
{
    struct value part;
    artist->text.has_arrow = true;
    artist->text.arrow = ARROW_WEDGE;
    artist->face = color_cycle(0);
    if (dict_property(arrow, "arrowstyle", &part) &&
        part.kind == VALUE_STRING) {
        artist->text.arrow = ARROW_OPEN;
        artist->face = (struct color){0, 0, 0, 1};
        for (const struct arrow_name *row = arrow_names; row->name; row++)
            if (!strcmp(row->name, part.string->text))
                artist->text.arrow = row->shape;
    }
    if (dict_property(arrow, "shrink", &part) &&
        !plt_to_number(part, &artist->text.shrink, err))
        return false;
    if (dict_property(arrow, "lw", &part) ||
        dict_property(arrow, "linewidth", &part))
        if (!plt_to_number(part, &artist->stroke.width, err))
            return false;
    if (dict_property(arrow, "color", &part) ||
        dict_property(arrow, "facecolor", &part) ||
        dict_property(arrow, "fc", &part))
        return plt_to_color(part, NULL, &artist->face, err);
    return true;
}

static bool is_text(struct value value, const char *text)
{
    return value.kind == VALUE_STRING && !strcmp(value.string->text, text);
}

static bool call_annotate(struct plt_call *call, struct value *ret,
                          struct error *err)
{
    struct value place = plt_arg(call, "xy"), own_place, arrow;
    struct artist *artist = artist_new(ARTIST_TEXT);
    double tip[2] = {0, 0}, at[2];
    bool good = plt_tuple(place, 2, tip, err);
    memcpy(at, tip, sizeof at);
    if (good && plt_given(call, "xytext", &own_place)) {
        place = own_place;
        good = plt_tuple(place, 2, at, err);
    }
    if (good && plt_given(call, "arrowprops", &arrow))
        good = read_arrow(arrow, artist, err);
    if (!good) {
        artist_free(artist);
        return false;
    }
    artist->text.x = at[0];
    artist->text.y = at[1];
    artist->text.tip_x = tip[0];
    artist->text.tip_y = tip[1];
    artist->text.in_axes = is_text(plt_arg(call, "xycoords"), "axes fraction");
    artist->text.from_tip =
        is_text(plt_arg(call, "textcoords"), "offset points");
    return add_text(call, artist, "text", part_of(place, 0, at[0]),
                    part_of(place, 1, at[1]), ret, err);
}

/* -------------------------------------------------------------------- rows */

static const struct param title_params[] = {REQUIRED("label"),
                                            OPTIONAL("fontdict", "None"),
                                            OPTIONAL("loc", "None"),
                                            OPTIONAL("pad", "None"),
                                            KEYWORD("y"),
                                            TEXT_PROPERTIES,
                                            END_OF_PARAMS};
static const struct param suptitle_params[] = {
    REQUIRED("t"), KEYWORD("x"), KEYWORD("y"), TEXT_PROPERTIES, END_OF_PARAMS};
static const struct param xlabel_params[] = {REQUIRED("xlabel"),
                                             OPTIONAL("fontdict", "None"),
                                             OPTIONAL("labelpad", "None"),
                                             KEYWORD("loc"),
                                             TEXT_PROPERTIES,
                                             END_OF_PARAMS};
static const struct param ylabel_params[] = {REQUIRED("ylabel"),
                                             OPTIONAL("fontdict", "None"),
                                             OPTIONAL("labelpad", "None"),
                                             KEYWORD("loc"),
                                             TEXT_PROPERTIES,
                                             END_OF_PARAMS};
static const struct param no_params[] = {END_OF_PARAMS};
static const struct param text_params[] = {
    REQUIRED("x"),   REQUIRED("y"), REQUIRED("s"), OPTIONAL("fontdict", "None"),
    TEXT_PROPERTIES, END_OF_PARAMS};
static const struct param annotate_params[] = {
    REQUIRED("text"),
    REQUIRED("xy"),
    OPTIONAL("xytext", "None"),
    OPTIONAL("xycoords", "'data'"),
    OPTIONAL("textcoords", "None"),
    OPTIONAL("arrowprops", "None"),
    OPTIONAL("annotation_clip", "None"),
    TEXT_PROPERTIES,
    END_OF_PARAMS};

const struct plt_row plt_text_rows[] = {
    {"title", "set_title", PLT_OF_AXES, call_title, title_params, "Text",
     "The text above the axes"},
    {NULL, "get_title", PLT_OF_AXES, call_get_title, no_params, NULL,
     "The text above the axes"},
    {"suptitle", "suptitle", PLT_OF_FIGURE, call_suptitle, suptitle_params,
     "Text", "The text above all axes of the figure"},
    {"xlabel", "set_xlabel", PLT_OF_AXES, call_xlabel, xlabel_params, "'Text'",
     "The text below the x axis"},
    {NULL, "get_xlabel", PLT_OF_AXES, call_get_xlabel, no_params, NULL,
     "The text below the x axis"},
    {"ylabel", "set_ylabel", PLT_OF_AXES, call_ylabel, ylabel_params, "'Text'",
     "The text beside the y axis"},
    {NULL, "get_ylabel", PLT_OF_AXES, call_get_ylabel, no_params, NULL,
     "The text beside the y axis"},
    {"text", "text", PLT_OF_AXES, call_text, text_params, "Text",
     "A text at a place in the axes"},
    {"annotate", "annotate", PLT_OF_AXES, call_annotate, annotate_params,
     "'Annotation'", "A text that tells of a point, with an arrow to it"},
    {.call = NULL}};
