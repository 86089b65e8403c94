/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How shapes are stretched: x + y as three grids of cells.
 *
 * Each operand is drawn in the result's shape.  The cells that it has are
 * blue, those that broadcasting repeats are pale.  A third axis puts grids
 * below each other.
 */
#include <string.h>

#include "base/i18n.h"
#include "scene/show.h"
#include "scene/show_parts.h"

enum { MOST_ROWS = 24, MOST_COLUMNS = 24, MOST_WITH_NUMBERS = 144 };

/* A result of one to three axes as BLOCKS grids of ROWS × COLUMNS. */
struct grid {
    int64_t blocks, rows, columns;
};

static struct grid grid_of(const struct tensor *result)
{
    const int64_t *shape = result->shape;
    int ndim = result->ndim;
    return (struct grid){ndim > 2 ? shape[ndim - 3] : 1,
                         ndim > 1 ? shape[ndim - 2] : 1, shape[ndim - 1]};
}

/* Is cell AT (of the result) repeated from another one of OPERAND's? */
static bool is_stretched(const struct tensor *operand,
                         const struct tensor *result, int64_t at)
{
    for (int axis = result->ndim - 1; axis >= 0; axis--) {
        int64_t index = at % result->shape[axis];
        int own = axis - (result->ndim - operand->ndim);
        int64_t length = own < 0 ? 1 : operand->shape[own];
        if (length == 1 && index > 0)
            return true;
        at /= result->shape[axis];
    }
    return false;
}

static double height_of(struct grid grid)
{
    return (double)(grid.blocks * grid.rows) + 0.5 * (double)(grid.blocks - 1);
}

/* VALUES in the result's shape, its left edge at X; OPERAND says which cells
   it has (NULL: all). */
static bool add_grid(struct axes *axes, double x, const struct tensor *values,
                     const struct tensor *operand, const struct tensor *result,
                     struct error *err)
{
    static const struct color own = {0.55, 0.75, 0.95, 1};
    static const struct color pale = {0.93, 0.96, 0.99, 1};
    static const struct color made = {0.80, 0.92, 0.78, 1};
    struct grid grid = grid_of(result);
    for (int64_t i = 0; i < result->size; i++) {
        int64_t block = i / (grid.rows * grid.columns);
        double column = (double)(i % grid.columns);
        double row = (double)(i / grid.columns % grid.rows) +
                     (double)(block * grid.rows) + 0.5 * (double)block;
        bool stretched = operand && is_stretched(operand, result, i);
        struct artist *box = show_add_box(axes, x + column, row, 1, 1,
                                          !operand    ? made
                                          : stretched ? pale
                                                      : own,
                                          err);
        if (!box)
            return false;
        box->stroke.color = stretched ? (struct color){0.8, 0.8, 0.8, 1}
                                      : (struct color){0.3, 0.3, 0.3, 1};
        if (!stretched)
            box->z = 1.5; /* its edges over its neighbours' */
        if (result->size > MOST_WITH_NUMBERS)
            continue;
        char text[32];
        show_number(tensor_item_at(values, i), text);
        struct artist *number =
            show_add_text(axes, x + column + 0.5, row + 0.5, text, 9);
        if (stretched)
            number->stroke.color = (struct color){0.65, 0.65, 0.65, 1};
    }
    return true;
}

static void add_caption(struct axes *axes, double x, double y, const char *text,
                        const struct tensor *tensor)
{
    struct strbuf sb = STRBUF_INIT;
    strbuf_addf(&sb, "%s\n", text);
    shape_format(&sb, tensor->ndim, tensor->shape);
    struct artist *artist = show_add_text(axes, x, y, sb.text, 10);
    artist->text.vertical = ALIGN_START;
    strbuf_done(&sb);
}

static bool add_operand(struct axes *axes, double x, struct tensor *operand,
                        struct tensor *result, struct error *err)
{
    struct tensor *stretched =
        tensor_broadcast_to(operand, result->ndim, result->shape, err);
    bool good = stretched && add_grid(axes, x, stretched, operand, result, err);
    tensor_unref(stretched);
    return good;
}

static bool fill(struct axes *axes, struct tensor *const operands[2],
                 const char *const texts[2], const char *operator,
                 struct tensor * result, struct error *err)
{
    struct grid grid = grid_of(result);
    double width = (double)grid.columns, height = height_of(grid);
    double step = width + 1.4, below = height + 0.3;
    for (int i = 0; i < 2; i++) {
        if (!add_operand(axes, i * step, operands[i], result, err))
            return false;
        add_caption(axes, i * step + width / 2, below, texts[i], operands[i]);
        show_add_text(axes, i * step + width + 0.7, height / 2,
                      i == 0 ? operator: "=", 16);
    }
    if (!add_grid(axes, 2 * step, result, NULL, result, err))
        return false;
    add_caption(axes, 2 * step + width / 2, below, "", result);
    axes->is_off = axes->is_equal = true;
    axes->y.has_low = axes->y.has_high = axes->y.is_inverted = true;
    axes->y.low = -0.5;
    axes->y.high = height + 1.6;
    axes->x.has_low = axes->x.has_high = true;
    axes->x.low = -0.5;
    axes->x.high = 2 * step + width + 0.5;
    return true;
}

struct figure *show_broadcast(struct tensor *const operands[2],
                              const char *const texts[2], const char *operator,
                              struct tensor * result, const char *title,
                              struct error *err)
{
    if (result->ndim < 1 || result->ndim > 3)
        return error_null(err, ERROR_TYPE,
                          _("%d axes are too many for a picture"),
                          result->ndim);
    struct grid grid = grid_of(result);
    double width = 3 * (double)grid.columns + 3.8,
           height = height_of(grid) + 2.2;
    if (height_of(grid) > MOST_ROWS || grid.columns > MOST_COLUMNS ||
        result->size == 0)
        return error_null(err, ERROR_VALUE,
                          _("too many cells to be drawn one by one"));
    double unit = width > 20 ? 10 / width : 0.5;
    struct figure *figure =
        show_figure(title, NULL, width * unit + 0.6, height * unit + 0.8);
    if (fill(show_cell(figure, 1, 1, 0, 0), operands, texts, operator, result,
             err))
        return figure;
    figure_free(figure);
    return NULL;
}
