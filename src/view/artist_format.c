/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Format strings: "r--o" is red, dashed, with discs. */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "view/artist.h"

static const char marker_letters[] = ".,ov^<>1234sp*hH+xXDd|_P8";
static const char open_markers[] = "x+|_1234";

struct style_name {
    const char *name;
    enum line_style style;
};

/* Longer symbols first. */
static const struct style_name style_names[] = {
    {"--", LINE_DASHED},     {"-.", LINE_DASHDOT},      {"-", LINE_SOLID},
    {":", LINE_DOTTED},      {" ", LINE_NONE},          {"None", LINE_NONE},
    {"none", LINE_NONE},     {"", LINE_NONE},           {"solid", LINE_SOLID},
    {"dashed", LINE_DASHED}, {"dashdot", LINE_DASHDOT}, {"dotted", LINE_DOTTED},
    {NULL, LINE_NONE},
};

enum { STYLE_SYMBOLS = 5 }; /* of the rows, those that formats know */

bool line_style_parse(const char *text, enum line_style *ret, struct error *err)
{
    for (const struct style_name *row = style_names; row->name; row++)
        if (!strcmp(row->name, text)) {
            *ret = row->style;
            return true;
        }
    return error_set(err, ERROR_VALUE,
                     "'%s' is not a valid value for ls; supported values are "
                     "'-', '--', '-.', ':', 'None', ' ', '', 'solid', "
                     "'dashed', 'dashdot', 'dotted'",
                     text);
}

bool marker_parse(const char *text, char *ret, struct error *err)
{
    static const char *const none[] = {"", " ", "None", "none"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        if (!strcmp(text, none[i])) {
            *ret = 0;
            return true;
        }
    if (!text[0] || text[1] || !strchr(marker_letters, text[0]))
        return error_set(err, ERROR_VALUE, "Unrecognized marker style '%s'",
                         text);
    *ret = text[0];
    return true;
}

bool marker_is_open(char shape)
{
    return shape && strchr(open_markers, shape);
}

/* ------------------------------------------------------- format strings */

/* What a format named so far. */
struct format {
    const char *text;
    bool has_color, has_style;
    struct color color;
    enum line_style style;
    char marker;
};

static bool refuse(const struct format *format, const char *why,
                   struct error *err)
{
    return error_set(err, ERROR_VALUE, "'%s' is not a valid format string (%s)",
                     format->text, why);
}

/* The symbol of a line's style at TEXT, or NULL. */
static const struct style_name *style_at(const char *text)
{
    for (int i = 0; i < STYLE_SYMBOLS; i++)
        if (!strncmp(text, style_names[i].name, strlen(style_names[i].name)))
            return &style_names[i];
    return NULL;
}

/* Bytes of the colour at TEXT: a letter, or C and a digit; 0 for none. */
static size_t color_length(const char *text)
{
    if (text[0] == 'C')
        return text[1] >= '0' && text[1] <= '9' ? 2 : 0;
    return text[0] && strchr("bgrcmykw", text[0]) ? 1 : 0;
}

/* As in matplotlib, C and a digit replace a colour that is there. */
static bool take_color(struct format *format, const char *text, size_t length,
                       struct error *err)
{
    const char name[3] = {text[0], length > 1 ? text[1] : 0};
    if (format->has_color && text[0] != 'C')
        return refuse(format, "two color symbols", err);
    format->has_color = true;
    return color_parse(name, &format->color, err);
}

/* One symbol at *TEXT, which moves behind it. */
static bool take_symbol(struct format *format, const char **text,
                        struct error *err)
{
    const struct style_name *style = style_at(*text);
    size_t color = color_length(*text);
    if (style) {
        if (format->has_style)
            return refuse(format, "two linestyle symbols", err);
        format->has_style = true;
        format->style = style->style;
        *text += strlen(style->name);
    } else if (strchr(marker_letters, **text)) {
        if (format->marker)
            return refuse(format, "two marker symbols", err);
        format->marker = *(*text)++;
    } else if (color) {
        if (!take_color(format, *text, color, err))
            return false;
        *text += color;
    } else {
        char why[40] = "unrecognized character '";
        size_t length = strlen(why);
        /* All bytes of one character. */
        do
            why[length++] = *(*text)++;
        while ((**text & 0xc0) == 0x80 && length + 2 < sizeof why);
        why[length] = '\'';
        return refuse(format, why, err);
    }
    return true;
}

/* The whole text is a colour: "green", "tab:blue", "0.5". */
static bool is_color(struct format *format)
{
    struct error error = ERROR_INIT;
    format->has_color = color_parse(format->text, &format->color, &error);
    error_clear(&error);
    return format->has_color;
}

bool artist_parse_format(const char *text, struct stroke *stroke,
                         struct marker *marker, bool *has_color,
                         struct error *err)
{
    struct format format = {.text = text};
    /* "1" is a marker, though also a grey. */
    bool is_marker = text[0] && !text[1] && strchr(marker_letters, text[0]);
    if (is_marker || !text[0] || !is_color(&format))
        while (*text)
            if (!take_symbol(&format, &text, err))
                return false;
    if (format.has_style)
        stroke->style = format.style;
    else
        stroke->style = format.marker ? LINE_NONE : LINE_SOLID;
    marker->shape = format.marker;
    *has_color = format.has_color;
    if (format.has_color)
        stroke->color = marker->face = marker->edge = format.color;
    return true;
}
