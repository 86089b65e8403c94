/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene/show_parts.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"

/* TEXT, cut to what fits into WIDTH inches with TAIL after it. */
static void add_fitting(struct strbuf *sb, const char *text, const char *tail,
                        double width)
{
    size_t room = (size_t)(width * 72 / 7.2), used = strlen(tail);
    size_t most = room > used + 8 ? room - used : 8;
    size_t length = strlen(text);
    while (length > 0 && utf8_columns(text, length) > most)
        for (length--; (text[length] & 0xC0) == 0x80;)
            length--;
    strbuf_add(sb, text, length);
    strbuf_adds(sb, text[length] ? "…" : "");
    strbuf_adds(sb, tail);
}

struct figure *show_figure(const char *title, const struct tensor *x,
                           double width, double height)
{
    struct figure *figure = figure_new();
    struct strbuf text = STRBUF_INIT, tail = STRBUF_INIT;
    figure->width = width;
    figure->height = height;
    figure->is_tight = true;
    if (x) {
        strbuf_adds(&tail, "   ");
        shape_format(&tail, x->ndim, x->shape);
        strbuf_addf(&tail, " %s", dtype_name(x->dtype));
    }
    add_fitting(&text, title, tail.length ? tail.text : "", width);
    figure_set_text(&figure->title, text.text);
    strbuf_done(&tail);
    strbuf_done(&text);
    return figure;
}

struct axes *show_cell(struct figure *figure, int rows, int columns, int row,
                       int column)
{
    return figure_add_axes(
        figure, (struct axes_span){rows, columns, row, row, column, column});
}

/* ------------------------------------------------------------------ colours */

static void find_ends(const struct tensor *x, double *low, double *high)
{
    *low = INFINITY;
    *high = -INFINITY;
    for (int64_t i = 0; i < x->size; i++) {
        double value = scalar_to_double(tensor_item_at(x, i));
        if (!isfinite(value))
            continue;
        *low = fmin(*low, value);
        *high = fmax(*high, value);
    }
    if (*low > *high) {
        *low = 0;
        *high = 1;
    }
}

struct show_colors show_colors_of(const struct tensor *x, const char *map)
{
    struct show_colors ret = {.map = map};
    find_ends(x, &ret.low, &ret.high);
    return ret;
}

struct show_colors show_diverging(const struct tensor *x)
{
    double low, high;
    find_ends(x, &low, &high);
    double most = fmax(fabs(low), fabs(high));
    return (struct show_colors){"coolwarm", -most, most};
}

bool show_has_negative(const struct tensor *x)
{
    double low, high;
    find_ends(x, &low, &high);
    return low < 0;
}

static const struct colormap *find_map(const char *name)
{
    struct error err = ERROR_INIT;
    const struct colormap *map = colormap_find(name, &err);
    error_clear(&err);
    return map;
}

/* -------------------------------------------------------------------- images
 */

static uint8_t to_byte(const struct tensor *x, int64_t at)
{
    double value = scalar_to_double(tensor_item_at(x, at));
    if (dtype_kind(x->dtype) == 'f')
        value *= 255;
    return value >= 255 ? 255 : value > 0 ? (uint8_t)(value + 0.5) : 0;
}

static uint8_t *pixels_of(const struct tensor *x, struct error *err)
{
    int64_t count = x->shape[0] * x->shape[1], channels = x->shape[2];
    uint8_t *ret = malloc((size_t)count * 4 + 1);
    if (!ret)
        return error_null(err, ERROR_MEMORY, "Unable to allocate an image");
    for (int64_t i = 0; i < count; i++)
        for (int64_t k = 0; k < 4; k++)
            ret[4 * i + k] = k < channels ? to_byte(x, i * channels + k) : 255;
    return ret;
}

struct artist *show_add_image(struct axes *axes, struct tensor *image,
                              struct show_colors colors, struct error *err)
{
    struct artist *artist = artist_new(ARTIST_IMAGE);
    artist->image.rows = (int)image->shape[0];
    artist->image.columns = (int)image->shape[1];
    if (image->ndim == 3)
        artist->image.pixels = pixels_of(image, err);
    else
        artist->image.values = series_of(image, err);
    if (!artist->image.pixels && !artist->image.values) {
        artist_free(artist);
        return NULL;
    }
    artist->scale = (struct color_scale){
        .map = find_map(colors.map), .low = colors.low, .high = colors.high};
    double extent[4] = {-0.5, artist->image.columns - 0.5,
                        artist->image.rows - 0.5, -0.5};
    memcpy(artist->image.extent, extent, sizeof extent);
    axes->is_equal = true;
    return axes_add(axes, artist);
}

/* --------------------------------------------------------------------- texts
 */

void show_number(struct scalar value, char ret[32])
{
    if (dtype_kind(value.dtype) == 'f')
        snprintf(ret, 32, "%.3g", value.f);
    else if (value.dtype == DTYPE_BOOL)
        snprintf(ret, 32, "%s", value.i ? "True" : "False");
    else
        snprintf(ret, 32, "%" PRId64, scalar_to_int(value));
}

struct artist *show_add_text(struct axes *axes, double x, double y,
                             const char *text, double size)
{
    struct artist *artist = artist_new(ARTIST_TEXT);
    artist->text.x = x;
    artist->text.y = y;
    artist->text.text = xstrdup(text);
    artist->text.size = size;
    artist->text.horizontal = artist->text.vertical = ALIGN_CENTER;
    return axes_add(axes, artist);
}

/* Is black hard to read on it? */
static bool is_dark(struct color color)
{
    return 0.299 * color.red + 0.587 * color.green + 0.114 * color.blue < 0.45;
}

void show_add_numbers(struct axes *axes, const struct tensor *matrix,
                      struct show_colors colors, double size)
{
    const struct colormap *map = find_map(colors.map);
    double range = colors.high - colors.low;
    for (int64_t i = 0; i < matrix->size; i++) {
        struct scalar value = tensor_item_at(matrix, i);
        double at =
            range > 0 ? (scalar_to_double(value) - colors.low) / range : 0;
        char text[32];
        show_number(value, text);
        struct artist *artist =
            show_add_text(axes, (double)(i % matrix->shape[1]),
                          (double)(i / matrix->shape[1]), text, size);
        if (map && is_dark(colormap_at(map, at)))
            artist->stroke.color = (struct color){1, 1, 1, 1};
    }
}

struct artist *show_add_box(struct axes *axes, double x, double y, double width,
                            double height, struct color face, struct error *err)
{
    struct artist *artist = artist_new(ARTIST_FILL);
    artist->face = face;
    artist->stroke = (struct stroke){{0.2, 0.2, 0.2, 1}, 1, LINE_SOLID};
    artist->x = series_new(4, err);
    artist->y = artist->x ? series_new(4, err) : NULL;
    if (!artist->y) {
        artist_free(artist);
        return NULL;
    }
    double xs[4] = {x, x + width, x + width, x};
    double ys[4] = {y, y, y + height, y + height};
    memcpy(artist->x->values, xs, sizeof xs);
    memcpy(artist->y->values, ys, sizeof ys);
    return axes_add(axes, artist);
}
