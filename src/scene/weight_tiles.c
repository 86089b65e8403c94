/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene/weight_tiles.h"

#include <math.h>
#include <string.h>

#include "nn/train.h"
#include "scene/gallery.h"
#include "scene/pixels.h"

/* --------------------------------------------------------------- the tiles */

static const struct layer *layer_with_weights(const struct model *model)
{
    const struct layer *learning = model_first_learning(model);
    if (learning && learning->weights[0]->tensor->ndim >= 2)
        return learning;
    for (size_t i = 0; i < model->layer_count; i++)
        if (model->layers[i]->weight_count > 0 &&
            model->layers[i]->weights[0]->tensor->ndim >= 2)
            return model->layers[i];
    return learning;
}

/* (inputs, units) */
static void tile_dense(struct weight_tiles *tiles, const int64_t *shape,
                       int image_rows, int image_columns)
{
    int64_t inputs = shape[0], units = shape[1];
    int side = gallery_side(inputs);
    bool fits = (int64_t)image_rows * image_columns == inputs;
    tiles->rows = fits ? image_rows : side;
    tiles->columns = fits ? image_columns : side;
    if (tiles->rows == 0)
        return;
    tiles->are_images = true;
    tiles->count = (int)units;
    tiles->inner = units;
    tiles->inner_stride = 1;
    tiles->column_stride = units;
    tiles->row_stride = units * tiles->columns;
}

/* (height, width, channels, filters) */
static void tile_convolution(struct weight_tiles *tiles, const int64_t *shape)
{
    int64_t channels = shape[2], filters = shape[3];
    tiles->rows = (int)shape[0];
    tiles->columns = (int)shape[1];
    tiles->count = (int)(channels * filters);
    tiles->inner = channels;
    tiles->inner_stride = filters;
    tiles->outer_stride = 1;
    tiles->column_stride = channels * filters;
    tiles->row_stride = shape[1] * channels * filters;
}

static void tile_table(struct weight_tiles *tiles, const struct tensor *weight)
{
    int64_t rows = weight->ndim > 1 ? weight->shape[0] : 1;
    int64_t columns = rows > 0 ? weight->size / rows : 0;
    *tiles = (struct weight_tiles){.layer = tiles->layer,
                                   .is_table = true,
                                   .count = weight->size > 0,
                                   .rows = (int)rows,
                                   .columns = (int)columns,
                                   .inner = 1,
                                   .row_stride = columns,
                                   .column_stride = 1};
}

struct weight_tiles weight_tiles_of(const struct model *model, int image_rows,
                                    int image_columns)
{
    struct weight_tiles tiles = {.layer = layer_with_weights(model)};
    if (!tiles.layer)
        return tiles;
    const struct tensor *weight = tiles.layer->weights[0]->tensor;
    if (weight->ndim == 2)
        tile_dense(&tiles, weight->shape, image_rows, image_columns);
    else if (weight->ndim == 4)
        tile_convolution(&tiles, weight->shape);
    if (tiles.count == 0)
        tile_table(&tiles, weight);
    return tiles;
}

static int64_t start_of(const struct weight_tiles *tiles, int tile)
{
    return tile % tiles->inner * tiles->inner_stride +
           tile / tiles->inner * tiles->outer_stride;
}

float weight_tiles_value(const struct weight_tiles *tiles, const float *values,
                         int tile, int row, int column)
{
    return values[start_of(tiles, tile) + row * tiles->row_stride +
                  column * tiles->column_stride];
}

static double round_up(double value)
{
    static const double steps[] = {1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0};
    double unit = pow(10.0, floor(log10(value)));
    int i = 0;
    while (steps[i] < 10.0 && steps[i] * unit < value)
        i++;
    return steps[i] * unit;
}

double weight_tiles_limit(const struct weight_tiles *tiles, const float *values)
{
    double squares = 0.0;
    int64_t size = tiles->layer ? tiles->layer->weights[0]->tensor->size : 0;
    for (int64_t i = 0; i < size; i++)
        squares += (double)values[i] * (double)values[i];
    double limit = size > 0 ? 4.0 * sqrt(squares / (double)size) : 0.0;
    return isfinite(limit) && limit > 1e-30 ? round_up(limit) : 1.0;
}

/* ---------------------------------------------------------------- the grid */

static void fit(struct tile_grid *grid, double side, double ratio)
{
    grid->width = side;
    grid->height = side * ratio;
    grid->columns =
        (int)((grid->box.width + grid->gap) / (grid->width + grid->gap));
    grid->rows =
        (int)((grid->box.height + grid->gap) / (grid->height + grid->gap));
}

struct tile_grid tile_grid_of(const struct weight_tiles *tiles, struct box box,
                              int least)
{
    struct tile_grid grid = {.box = box, .gap = 3.0};
    if (tiles->count == 0 || box.width < 8.0 || box.height < 8.0)
        return grid;
    if (tiles->is_table) {
        grid.columns = grid.rows = 1;
        grid.width = box.width;
        grid.height = box.height;
        return grid;
    }
    int wanted = tiles->count < least ? tiles->count : least;
    double ratio = (double)tiles->rows / (double)tiles->columns;
    double most = tiles->columns < 10 ? 48.0 : 112.0;
    for (double side = most; side >= 8.0; side -= 1.0) {
        fit(&grid, side, ratio);
        if (grid.columns * grid.rows >= wanted)
            return grid;
    }
    return grid;
}

struct box tile_grid_box(const struct tile_grid *grid, int place)
{
    int row = place / grid->columns, column = place % grid->columns;
    return (struct box){grid->box.x + column * (grid->width + grid->gap),
                        grid->box.y + row * (grid->height + grid->gap),
                        grid->width, grid->height};
}

int tile_grid_find(const struct tile_grid *grid, double x, double y)
{
    double column = (x - grid->box.x) / (grid->width + grid->gap);
    double row = (y - grid->box.y) / (grid->height + grid->gap);
    if (column < 0.0 || row < 0.0 || column >= grid->columns ||
        row >= grid->rows)
        return -1;
    return (int)row * grid->columns + (int)column;
}

/* ----------------------------------------------------------------- drawing */

/* A table may have more numbers than there are pixels. */
enum { MOST_PIXELS = 1 << 20 };

void weight_tiles_paint(cairo_t *canvas, const struct weight_tiles *tiles,
                        const float *values, int tile, struct box box,
                        double limit, const struct palette *palette)
{
    int rows = tiles->rows, columns = tiles->columns, step = 1;
    while ((int64_t)(rows / step) * (columns / step) > MOST_PIXELS)
        step++;
    rows = (rows + step - 1) / step;
    columns = (columns + step - 1) / step;
    struct pixels pixels = pixels_new(rows, columns);
    if (!pixels.rows) { /* no memory */
        cairo_surface_destroy(pixels.surface);
        return;
    }
    for (int i = 0; i < rows; i++)
        for (int k = 0; k < columns; k++) {
            float value =
                weight_tiles_value(tiles, values, tile, i * step, k * step);
            pixels.rows[i * pixels.stride + k] =
                palette_at(palette, 0.5 + 0.5 * (double)value / limit);
        }
    pixels_paint(canvas, &pixels, box);
}
