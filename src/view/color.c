/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view/color.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "base/suggest.h"
#include "view/color_names.h"

static struct color color_of_rgb(uint32_t rgb)
{
    return (struct color){(double)(rgb >> 16 & 255) / 255,
                          (double)(rgb >> 8 & 255) / 255,
                          (double)(rgb & 255) / 255, 1};
}

struct color color_cycle(int index)
{
    static const uint32_t cycle[] = {0x1f77b4, 0xff7f0e, 0x2ca02c, 0xd62728,
                                     0x9467bd, 0x8c564b, 0xe377c2, 0x7f7f7f,
                                     0xbcbd22, 0x17becf};
    int count = (int)(sizeof cycle / sizeof *cycle);
    return color_of_rgb(cycle[(index % count + count) % count]);
}

/* The value of the LENGTH (1 or 2) hexadecimal digits at TEXT; one digit
   stands for itself twice. */
static double hex_part(const char *text, int length)
{
    char digits[3] = {text[0], text[length - 1], 0};
    return (double)strtol(digits, NULL, 16) / 255;
}

/* #rgb, #rgba, #rrggbb, #rrggbbaa */
static bool parse_hex(const char *text, struct color *ret)
{
    size_t length = strlen(text + 1);
    if (strspn(text + 1, "0123456789abcdefABCDEF") != length)
        return false;
    if (length != 3 && length != 4 && length != 6 && length != 8)
        return false;
    int width = length > 4 ? 2 : 1;
    const char *digits = text + 1;
    ret->red = hex_part(digits, width);
    ret->green = hex_part(digits + width, width);
    ret->blue = hex_part(digits + 2 * width, width);
    ret->alpha = length % 4 ? 1 : hex_part(digits + 3 * width, width);
    return true;
}

/* C0, C1, … C12 */
static bool parse_cycle(const char *text, struct color *ret)
{
    size_t digits = strspn(text + 1, "0123456789");
    if (!digits || digits > 6 || text[1 + digits])
        return false;
    *ret = color_cycle((int)strtol(text + 1, NULL, 10));
    return true;
}

/* A grey: "0.75" */
static bool parse_grey(const char *text, struct color *ret)
{
    char *end;
    double grey = strtod(text, &end);
    if (end == text || *end || !(grey >= 0 && grey <= 1))
        return false;
    *ret = (struct color){grey, grey, grey, 1};
    return true;
}

/* Capitals count in single letters only. */
static bool parse_name(const char *text, struct color *ret)
{
    int (*compare)(const char *, const char *) =
        strlen(text) > 1 ? strcasecmp : strcmp;
    for (const struct color_name *row = color_names; row->name; row++)
        if (!compare(row->name, text)) {
            *ret = color_of_rgb(row->rgb);
            return true;
        }
    return false;
}

bool color_parse(const char *text, struct color *ret, struct error *err)
{
    struct color color;
    if (!strcasecmp(text, "none"))
        color = (struct color){0, 0, 0, 0};
    else if (!(text[0] == '#' && parse_hex(text, &color)) &&
             !(text[0] == 'C' && parse_cycle(text, &color)) &&
             !parse_name(text, &color) && !parse_grey(text, &color)) {
        error_set(err, ERROR_VALUE, "'%s' is not a valid value for color",
                  text);
        struct suggestion near = suggestion_for(text);
        for (const struct color_name *row = color_names; row->name; row++)
            suggestion_consider(&near, row->name);
        if (near.best)
            error_hint(err, _("did you mean '%s'?"), near.best);
        return false;
    }
    *ret = color;
    return true;
}
