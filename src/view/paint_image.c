/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "view/artist_class.h"

/* Cells of a picture that Cairo gets, each way; of more, some stand for all. */
enum { MOST_CELLS = 4096 };

/* Colours of a map, ready as pixels: what is over the scale's end is the last,
   behind it that of NaN. */
enum { COLORS = 256 };

struct palette {
    uint32_t pixels[COLORS];
    double low, span;
    bool is_log;
};

void image_extent(const struct artist *artist, struct extent *extent)
{
    const double *edges = artist->image.extent;
    extent->x.is_present = extent->y.is_present = true;
    if (!artist->image.rows || !artist->image.columns)
        return;
    for (int i = 0; i < 2; i++) {
        extent_add_sticky(&extent->x, edges[i]);
        extent_add_sticky(&extent->y, edges[2 + i]);
    }
    extent->x.is_falling = edges[0] > edges[1];
    extent->y.is_falling = edges[2] > edges[3];
}

static void palette_make(struct palette *palette,
                         const struct color_scale *scale, double alpha)
{
    for (int i = 0; i < COLORS; i++) {
        struct color color = colormap_at(scale->map, (i + 0.5) / COLORS);
        color.alpha *= alpha;
        palette->pixels[i] = color_to_pixel(color);
    }
    double low = scale->low, high = scale->high;
    if (scale->is_log) {
        low = log10(low);
        high = log10(high);
    }
    palette->low = low / 2;
    palette->span = high / 2 - low / 2;
    palette->is_log = scale->is_log;
}

static uint32_t palette_at(const struct palette *palette, double value)
{
    if (palette->is_log)
        value = log10(value);
    double part = (value / 2 - palette->low) / palette->span;
    if (palette->span == 0 && !isnan(value))
        part = 0;
    if (isnan(part))
        return 0;
    return palette->pixels[(int)fmin(fmax(part * COLORS, 0), COLORS - 1)];
}

static uint32_t pixel_of_rgba(const uint8_t *rgba, double alpha)
{
    return color_to_pixel((struct color){rgba[0] / 255.0, rgba[1] / 255.0,
                                         rgba[2] / 255.0,
                                         rgba[3] / 255.0 * alpha});
}

/* One row of cells of ARTIST, every STEP-th column. */
static void fill_row(uint32_t *pixels, int count, double step,
                     const struct artist *artist, int row,
                     const struct palette *palette)
{
    size_t start = (size_t)row * (size_t)artist->image.columns;
    const struct series *values = artist->image.values;
    for (int i = 0; i < count; i++) {
        size_t cell = start + (size_t)((i + 0.5) * step);
        if (artist->image.pixels)
            pixels[i] =
                pixel_of_rgba(artist->image.pixels + 4 * cell, artist->alpha);
        else if (values && artist->scale.map && cell < values->count)
            pixels[i] = palette_at(palette, values->values[cell]);
        else
            pixels[i] = 0;
    }
}

/* The cells as a picture, the first row at the top; owned. */
static cairo_surface_t *surface_of(const struct artist *artist)
{
    int rows =
        artist->image.rows < MOST_CELLS ? artist->image.rows : MOST_CELLS;
    int columns =
        artist->image.columns < MOST_CELLS ? artist->image.columns : MOST_CELLS;
    double row_step = (double)artist->image.rows / rows;
    double column_step = (double)artist->image.columns / columns;
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_ARGB32, columns, rows);
    unsigned char *bytes = cairo_image_surface_get_data(surface);
    if (!bytes)
        return surface;
    struct palette palette = {.span = 1};
    if (artist->scale.map)
        palette_make(&palette, &artist->scale, artist->alpha);
    int stride = cairo_image_surface_get_stride(surface);
    for (int i = 0; i < rows; i++)
        fill_row((uint32_t *)(void *)(bytes + (ptrdiff_t)i * stride), columns,
                 column_step, artist, (int)((i + 0.5) * row_step), &palette);
    cairo_surface_mark_dirty(surface);
    return surface;
}

/* How cells become pixels: as squares, unless many share a pixel. */
static cairo_filter_t filter_of(const struct artist *artist, double width,
                                double height)
{
    bool is_dense = fabs(width) < artist->image.columns ||
                    fabs(height) < artist->image.rows;
    if (artist->image.is_smooth)
        return CAIRO_FILTER_BILINEAR;
    return is_dense ? CAIRO_FILTER_GOOD : CAIRO_FILTER_NEAREST;
}

void image_paint(const struct artist *artist, const struct painter *painter)
{
    if (artist->image.rows <= 0 || artist->image.columns <= 0)
        return;
    const double *edges = artist->image.extent;
    cairo_t *canvas = painter->canvas;
    double left = canvas_snap_x(canvas, painter_x(painter, edges[0]), 0);
    double right = canvas_snap_x(canvas, painter_x(painter, edges[1]), 0);
    double bottom = canvas_snap_y(canvas, painter_y(painter, edges[2]), 0);
    double top = canvas_snap_y(canvas, painter_y(painter, edges[3]), 0);
    if (artist->image.from_below) {
        double swap = top;
        top = bottom;
        bottom = swap;
    }
    double width = right - left, height = bottom - top;
    if (!isfinite(width) || !isfinite(height) || width == 0 || height == 0)
        return;
    cairo_surface_t *surface = surface_of(artist);
    cairo_save(canvas);
    cairo_translate(canvas, left, top);
    cairo_scale(canvas, width / cairo_image_surface_get_width(surface),
                height / cairo_image_surface_get_height(surface));
    cairo_set_source_surface(canvas, surface, 0, 0);
    cairo_pattern_t *pattern = cairo_get_source(canvas);
    cairo_pattern_set_filter(pattern, filter_of(artist, width, height));
    cairo_pattern_set_extend(pattern, CAIRO_EXTEND_PAD);
    cairo_rectangle(canvas, 0, 0, cairo_image_surface_get_width(surface),
                    cairo_image_surface_get_height(surface));
    cairo_fill(canvas);
    cairo_restore(canvas);
    cairo_surface_destroy(surface);
}
