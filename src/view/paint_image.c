/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "view/artist_class.h"
#include "view/raster.h"

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

static uint32_t cell_pixel(const struct artist *artist, int row, int column,
                           const struct palette *palette)
{
    const struct series *values = artist->image.values;
    size_t cell = (size_t)row * (size_t)artist->image.columns + (size_t)column;
    if (artist->image.pixels)
        return pixel_of_rgba(artist->image.pixels + 4 * cell, artist->alpha);
    if (values && artist->scale.map && cell < values->count)
        return palette_at(palette, values->values[cell]);
    return 0;
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
    for (int i = 0; i < rows; i++) {
        uint32_t *row = (uint32_t *)(void *)(bytes + (ptrdiff_t)i * stride);
        for (int j = 0; j < columns; j++)
            row[j] = cell_pixel(artist, (int)((i + 0.5) * row_step),
                                (int)((j + 0.5) * column_step), &palette);
    }
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

/* Where on the canvas the first row and column begin, and the last ones
   end. */
struct corners {
    double left, top, right, bottom;
};

static struct corners corners_of(const struct artist *artist,
                                 const struct painter *painter)
{
    const double *edges = artist->image.extent;
    cairo_t *canvas = painter->canvas;
    double bottom = canvas_snap_y(canvas, painter_y(painter, edges[2]), 0);
    double top = canvas_snap_y(canvas, painter_y(painter, edges[3]), 0);
    bool from_below = artist->image.from_below;
    return (struct corners){
        canvas_snap_x(canvas, painter_x(painter, edges[0]), 0),
        from_below ? bottom : top,
        canvas_snap_x(canvas, painter_x(painter, edges[1]), 0),
        from_below ? top : bottom};
}

/* The whole picture, transformed by Cairo. */
static void paint_surface(const struct artist *artist,
                          const struct painter *painter, struct corners at)
{
    cairo_t *canvas = painter->canvas;
    double width = at.right - at.left, height = at.bottom - at.top;
    cairo_surface_t *surface = surface_of(artist);
    int columns = cairo_image_surface_get_width(surface);
    int rows = cairo_image_surface_get_height(surface);
    cairo_save(canvas);
    cairo_translate(canvas, at.left, at.top);
    cairo_scale(canvas, width / columns, height / rows);
    cairo_set_source_surface(canvas, surface, 0, 0);
    cairo_pattern_t *pattern = cairo_get_source(canvas);
    cairo_pattern_set_filter(pattern, filter_of(artist, width, height));
    cairo_pattern_set_extend(pattern, CAIRO_EXTEND_PAD);
    cairo_rectangle(canvas, 0, 0, columns, rows);
    cairo_fill(canvas);
    cairo_restore(canvas);
    cairo_surface_destroy(surface);
}

/* The cell in which the part of START to END that PLACE is lies; -1: none. */
static int cell_at(double place, double start, double end, int count)
{
    double cell = floor((place - start) / (end - start) * count);
    return cell >= 0 && cell < count ? (int)cell : -1;
}

/* Pixel for pixel, however far the picture reaches beyond the frame. */
static void paint_pixels(const struct artist *artist,
                         const struct painter *painter, struct corners at)
{
    struct raster raster;
    struct palette palette = {.span = 1};
    if (artist->scale.map)
        palette_make(&palette, &artist->scale, artist->alpha);
    if (!raster_begin(&raster, painter))
        return;
    int *columns = xcalloc((size_t)raster.width, sizeof *columns);
    for (int i = 0; i < raster.width; i++)
        columns[i] = cell_at(raster.left + (i + 0.5) / raster.resolution,
                             at.left, at.right, artist->image.columns);
    for (int i = 0; i < raster.height; i++) {
        int row = cell_at(raster.top + (i + 0.5) / raster.resolution, at.top,
                          at.bottom, artist->image.rows);
        for (int j = 0; row >= 0 && j < raster.width; j++)
            if (columns[j] >= 0)
                *raster_pixel(&raster, j, i) =
                    cell_pixel(artist, row, columns[j], &palette);
    }
    free(columns);
    raster_end(&raster);
}

void image_paint(const struct artist *artist, const struct painter *painter)
{
    /* Further Cairo's transformations do not reach. */
    enum { MOST_REACH = 16000 };
    struct corners at = corners_of(artist, painter);
    double width = at.right - at.left, height = at.bottom - at.top;
    if (artist->image.rows <= 0 || artist->image.columns <= 0 ||
        !isfinite(width) || !isfinite(height) || width == 0 || height == 0)
        return;
    bool is_near = fabs(at.left) < MOST_REACH && fabs(at.right) < MOST_REACH &&
                   fabs(at.top) < MOST_REACH && fabs(at.bottom) < MOST_REACH;
    /* Readers of SVG would blur a picture of few pixels. */
    bool are_squares = filter_of(artist, width, height) == CAIRO_FILTER_NEAREST;
    if (is_near && !are_squares)
        paint_surface(artist, painter, at);
    else
        paint_pixels(artist, painter, at);
}
