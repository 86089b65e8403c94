/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A tile of the weights that was clicked: large, beside the images that excite
   it most. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "scene/training_scene.h"
#include "view/text.h"

static const double growing_seconds = 0.2;

static const struct color dark = {0.15, 0.15, 0.15, 1.0};

/* For Dense on images: the product with each image tells how far it drives
   the unit. */
static void find_strongest(struct training_scene *scene,
                           const struct weight_tiles *tiles, int tile)
{
    const struct gallery *gallery = scene->gallery;
    const float *weights = layer_weight(tiles->layer, 0);
    scene->zoom.count = 0;
    if (!gallery || !tiles->are_images || tiles->rows != gallery->rows ||
        tiles->columns != gallery->columns)
        return;
    float *own =
        xcalloc((size_t)tiles->rows * (size_t)tiles->columns, sizeof *own);
    for (int i = 0; i < tiles->rows; i++)
        for (int k = 0; k < tiles->columns; k++)
            own[i * tiles->columns + k] =
                weight_tiles_value(tiles, weights, tile, i, k);
    scene->zoom.count = strongest_images(
        gallery, own, STRONGEST, scene->zoom.positions, scene->zoom.products);
    free(own);
}

void training_scene_zoom(struct training_scene *scene, int tile,
                         struct box from)
{
    struct weight_tiles tiles = training_scene_tiles(scene);
    bool grows = scene->zoom.tile < 0;
    scene->zoom.tile = tile;
    scene->zoom.from = from;
    scene->zoom.started = 0.0;
    scene->zoom.is_growing = grows;
    find_strongest(scene, &tiles, tile);
}

/* How far it has grown, 0 to 1. */
static double growth(struct zoom *zoom)
{
    double now = training_scene_now();
    if (!zoom->is_growing)
        return 1.0;
    if (zoom->started <= 0.0)
        zoom->started = now;
    double part = fmin((now - zoom->started) / growing_seconds, 1.0);
    zoom->is_growing = part < 1.0;
    return part * (2.0 - part); /* slower towards the end */
}

static double between(double from, double to, double part)
{
    return from + (to - from) * part;
}

static struct box box_between(struct box from, struct box to, double part)
{
    return (struct box){between(from.x, to.x, part),
                        between(from.y, to.y, part),
                        between(from.width, to.width, part),
                        between(from.height, to.height, part)};
}

/* The tile's shape, as large as BOX's part allows. */
static struct box large_box(const struct weight_tiles *tiles, struct box box,
                            bool has_images)
{
    double most = has_images ? 0.58 : 1.0;
    double ratio = (double)tiles->rows / (double)tiles->columns;
    double width = fmin(box.width, box.height * most / ratio);
    return (struct box){box.x, box.y, width, width * ratio};
}

static void paint_image(const struct training_scene *scene, cairo_t *canvas,
                        int place, struct box box)
{
    const struct gallery *gallery = scene->gallery;
    int64_t position = scene->zoom.positions[place];
    struct text_style style = {.size = 10.0,
                               .color = dark,
                               .horizontal = ALIGN_CENTER,
                               .vertical = ALIGN_START};
    char name[16], text[64];
    double side = fmin(box.width, box.height - 14.0);
    struct box image = {box.x + (box.width - side) / 2, box.y, side, side};
    gallery_paint(canvas, gallery, position, image);
    snprintf(text, sizeof text, "%s: %.2g",
             gallery_class_name(gallery, gallery->classes[position], name),
             (double)scene->zoom.products[place]);
    text_paint(canvas, box.x + box.width / 2, box.y + side + 1.0, text, &style);
}

/* In two rows below the tile, or in one. */
static void paint_images(const struct training_scene *scene, cairo_t *canvas,
                         struct box box)
{
    struct text_style style = {.size = 11.0, .color = dark};
    int rows = box.height > 120.0 ? 2 : 1;
    int columns = (STRONGEST + rows - 1) / rows;
    while (columns > 1 && box.width / columns < 44.0)
        columns--;
    text_paint(canvas, box.x, box.y, _("test images that excite it most"),
               &style);
    double width = box.width / columns, height = (box.height - 18.0) / rows;
    for (int i = 0; i < scene->zoom.count && i < rows * columns; i++)
        paint_image(scene, canvas, i,
                    (struct box){box.x + i % columns * width,
                                 box.y + 18.0 + i / columns * height,
                                 width - 4.0, height - 2.0});
}

void training_scene_paint_zoom(struct training_scene *scene, cairo_t *canvas,
                               const struct weight_tiles *tiles, struct box box,
                               double limit, const struct palette *palette)
{
    const float *values = training_scene_values(scene, tiles);
    bool has_images = scene->zoom.count > 0;
    struct box large = large_box(tiles, box, has_images);
    double part = growth(&scene->zoom);
    if (values)
        weight_tiles_paint(canvas, tiles, values, scene->zoom.tile,
                           box_between(scene->zoom.from, large, part), limit,
                           palette);
    double below = large.y + large.height + 8.0;
    struct box rest = {box.x, below, box.width, box.y + box.height - below};
    if (has_images && part >= 1.0 && rest.height > 50.0)
        paint_images(scene, canvas, rest);
}
