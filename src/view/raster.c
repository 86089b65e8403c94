/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view/raster.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

/* Pixels of a unit where the canvas itself has none, and at most in all. */
#define OUTLINE_RESOLUTION 4.0
#define MOST_PIXELS 4e7

/* A marker of one size: how far face and edge cover its pixels, 0 to 255. */
struct stamp {
    long size; /* of the marker, in quarters of a pixel */
    int side;  /* of the square, odd */
    unsigned char *face, *edge;
};

static double resolution_of(const struct painter *painter)
{
    double pixel = 1, none = 0;
    const struct box *frame = &painter->frame;
    if (canvas_has_pixels(painter->canvas))
        cairo_user_to_device_distance(painter->canvas, &pixel, &none);
    else
        pixel = OUTLINE_RESOLUTION;
    double most = sqrt(MOST_PIXELS / (frame->width * frame->height));
    return fmin(fabs(pixel), most);
}

bool raster_begin(struct raster *raster, const struct painter *painter)
{
    const struct box *frame = &painter->frame;
    double r = resolution_of(painter);
    *raster = (struct raster){.painter = painter, .resolution = r};
    raster->left = floor(frame->x * r) / r;
    raster->top = floor(frame->y * r) / r;
    raster->width = (int)ceil((frame->x + frame->width - raster->left) * r) + 1;
    raster->height =
        (int)ceil((frame->y + frame->height - raster->top) * r) + 1;
    raster->surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32,
                                                 raster->width, raster->height);
    raster->bytes = cairo_image_surface_get_data(raster->surface);
    raster->stride = cairo_image_surface_get_stride(raster->surface);
    if (raster->bytes)
        return true;
    cairo_surface_destroy(raster->surface);
    return false;
}

void raster_end(struct raster *raster)
{
    cairo_t *canvas = raster->painter->canvas;
    cairo_surface_mark_dirty(raster->surface);
    cairo_save(canvas);
    cairo_translate(canvas, raster->left, raster->top);
    cairo_scale(canvas, 1 / raster->resolution, 1 / raster->resolution);
    cairo_set_source_surface(canvas, raster->surface, 0, 0);
    cairo_pattern_set_filter(cairo_get_source(canvas), CAIRO_FILTER_NEAREST);
    cairo_paint(canvas);
    cairo_restore(canvas);
    cairo_surface_destroy(raster->surface);
    for (size_t i = 0; i < raster->stamp_count; i++) {
        free(raster->stamps[i].face);
        free(raster->stamps[i].edge);
    }
    free(raster->stamps);
}

/* ------------------------------------------------------------------ lines */

static int clamped(double value, int low, int high)
{
    return value < low ? low : value > high ? high : (int)value;
}

/* One run of THICK pixels for each step along the longer direction. */
void raster_line(struct raster *raster, double x1, double y1, double x2,
                 double y2, double width, struct color color)
{
    double r = raster->resolution;
    double start[2] = {(x1 - raster->left) * r, (y1 - raster->top) * r};
    double end[2] = {(x2 - raster->left) * r, (y2 - raster->top) * r};
    uint32_t pixel = color_to_pixel(color);
    int size[2] = {raster->width, raster->height};
    int main = fabs(end[1] - start[1]) > fabs(end[0] - start[0]);
    double slope = end[main] == start[main] ? 0
                                            : (end[!main] - start[!main]) /
                                                  (end[main] - start[main]);
    double thick = fmax(width * r * sqrt(1 + slope * slope), 1);
    double low = fmin(start[main], end[main]);
    double high = fmax(start[main], end[main]);
    int from = clamped(floor(low), 0, size[main]);
    int to = clamped(ceil(high) + 1, 0, size[main]);
    for (int i = from; i < to; i++) {
        double along = fmin(fmax(i + 0.5, low), high);
        double middle = start[!main] + slope * (along - start[main]);
        int first = clamped(rint(middle - thick / 2), 0, size[!main]);
        int last = clamped(rint(middle + thick / 2), 0, size[!main]);
        for (int j = first; j < last; j++)
            *(main ? raster_pixel(raster, j, i) : raster_pixel(raster, i, j)) =
                pixel;
    }
}

/* ---------------------------------------------------------------- markers */

/* What of MARKER, white or not, covers a square of SIDE pixels; owned. */
static unsigned char *covered(const struct raster *raster, struct marker marker,
                              int side)
{
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_A8, side, side);
    struct painter painter = *raster->painter;
    painter.canvas = cairo_create(surface);
    painter.point *= raster->resolution;
    marker_paint(&painter, &marker, side / 2.0, side / 2.0);
    cairo_destroy(painter.canvas);
    cairo_surface_flush(surface);
    unsigned char *ret = xcalloc((size_t)side, (size_t)side);
    const unsigned char *bytes = cairo_image_surface_get_data(surface);
    int stride = cairo_image_surface_get_stride(surface);
    for (int i = 0; bytes && i < side; i++)
        memcpy(ret + (ptrdiff_t)i * side, bytes + (ptrdiff_t)i * stride,
               (size_t)side);
    cairo_surface_destroy(surface);
    return ret;
}

static struct stamp stamp_make(const struct raster *raster,
                               const struct marker *marker, long size)
{
    enum { MOST_SIDE = 401 };
    const struct color full = {0, 0, 0, 1}, none = {0, 0, 0, 0};
    double points = raster->painter->point * raster->resolution;
    double reach = (marker->size + marker->edge_width) * points;
    struct marker face = *marker, edge = *marker;
    face.face = edge.edge = full;
    face.edge = edge.face = none;
    int side = 2 * clamped(ceil(reach), 1, MOST_SIDE / 2) + 1;
    return (struct stamp){size, side, covered(raster, face, side),
                          marker->edge.alpha > 0 ? covered(raster, edge, side)
                                                 : NULL};
}

/* Sizes that are nearly the same share a stamp. */
static const struct stamp *stamp_of(struct raster *raster,
                                    const struct marker *marker)
{
    double pixels = marker->size * raster->painter->point * raster->resolution;
    long size = lrint(fmin(pixels, 1e6) * 4);
    for (size_t i = 0; i < raster->stamp_count; i++)
        if (raster->stamps[i].size == size)
            return &raster->stamps[i];
    struct stamp stamp = stamp_make(raster, marker, size);
    VEC_PUSH(raster->stamps, raster->stamp_count, raster->stamp_capacity) =
        stamp;
    return &raster->stamps[raster->stamp_count - 1];
}

/* All four parts of PIXEL times FACTOR / 255, two at a time. */
static uint32_t scaled(uint32_t pixel, uint32_t factor)
{
    const uint32_t pairs = 0xff00ff;
    uint32_t even = (pixel & pairs) * factor + 0x800080;
    uint32_t odd = (pixel >> 8 & pairs) * factor + 0x800080;
    even = (even + (even >> 8 & pairs)) >> 8 & pairs;
    odd = (odd + (odd >> 8 & pairs)) & ~pairs;
    return even | odd;
}

/* SOURCE, COVER of 255 of it, over *PIXEL; both multiplied by their alpha. */
static void blend(uint32_t *pixel, uint32_t source, uint32_t cover)
{
    uint32_t above = cover == 255 ? source : scaled(source, cover);
    uint32_t through = 255 - (above >> 24);
    *pixel = through ? above + scaled(*pixel, through) : above;
}

static void put(struct raster *raster, const unsigned char *mask, int side,
                int left, int top, struct color color)
{
    uint32_t source = color_to_pixel(color);
    int first = left < 0 ? -left : 0;
    int last = left + side > raster->width ? raster->width - left : side;
    for (int i = 0; i < side; i++) {
        if (top + i < 0 || top + i >= raster->height)
            continue;
        const unsigned char *row = mask + (ptrdiff_t)i * side;
        for (int j = first; j < last; j++)
            if (row[j])
                blend(raster_pixel(raster, left + j, top + i), source, row[j]);
    }
}

void raster_marker(struct raster *raster, const struct marker *marker, double x,
                   double y)
{
    const struct stamp *stamp = stamp_of(raster, marker);
    double column = floor((x - raster->left) * raster->resolution);
    double row = floor((y - raster->top) * raster->resolution);
    int left = (int)column - stamp->side / 2, top = (int)row - stamp->side / 2;
    if (marker->face.alpha > 0)
        put(raster, stamp->face, stamp->side, left, top, marker->face);
    if (stamp->edge)
        put(raster, stamp->edge, stamp->side, left, top, marker->edge);
}
