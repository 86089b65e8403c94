/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene/pixels.h"

#include <math.h>

struct pixels pixels_new(int rows, int columns)
{
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, columns, rows);
    cairo_surface_flush(surface);
    return (struct pixels){
        surface, (uint32_t *)(void *)cairo_image_surface_get_data(surface),
        cairo_image_surface_get_stride(surface) / (int)sizeof(uint32_t), rows,
        columns};
}

void pixels_paint(cairo_t *canvas, struct pixels *pixels, struct box box)
{
    cairo_surface_mark_dirty(pixels->surface);
    cairo_save(canvas);
    cairo_rectangle(canvas, box.x, box.y, box.width, box.height);
    cairo_clip(canvas);
    cairo_translate(canvas, box.x, box.y);
    cairo_scale(canvas, box.width / pixels->width, box.height / pixels->height);
    cairo_set_source_surface(canvas, pixels->surface, 0.0, 0.0);
    cairo_pattern_set_filter(cairo_get_source(canvas), CAIRO_FILTER_NEAREST);
    cairo_paint(canvas);
    cairo_restore(canvas);
    cairo_surface_destroy(pixels->surface);
    pixels->surface = NULL;
}

static uint32_t byte_of(double part)
{
    return (uint32_t)lround(part * 255.0);
}

struct palette palette_of(const struct colormap *map)
{
    struct palette palette;
    for (int i = 0; i < 256; i++) {
        struct color color = colormap_at(map, i / 255.0);
        palette.colors[i] = 0xff000000u | byte_of(color.red) << 16 |
                            byte_of(color.green) << 8 | byte_of(color.blue);
    }
    return palette;
}

uint32_t palette_at(const struct palette *palette, double fraction)
{
    if (isnan(fraction))
        fraction = 0.5;
    fraction = fmin(fmax(fraction, 0.0), 1.0);
    return palette->colors[(int)(fraction * 255.0 + 0.5)];
}

void gallery_paint(cairo_t *canvas, const struct gallery *gallery,
                   int64_t index, struct box box)
{
    const uint8_t *image = gallery_image(gallery, index);
    struct pixels pixels = pixels_new(gallery->rows, gallery->columns);
    if (!pixels.rows) { /* no memory, or no pixels */
        cairo_surface_destroy(pixels.surface);
        return;
    }
    for (int i = 0; i < gallery->rows; i++)
        for (int k = 0; k < gallery->columns; k++) {
            uint32_t grey = 255u - image[i * gallery->columns + k];
            pixels.rows[i * pixels.stride + k] =
                0xff000000u | grey << 16 | grey << 8 | grey;
        }
    pixels_paint(canvas, &pixels, box);
}
