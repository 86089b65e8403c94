/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The array of axes that subplots() returns: what of an array of objects is
   used with it. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "bind/natives.h"
#include "bind/plt_internal.h"
#include "lang/object.h"

struct grid {
    int ndim;
    int64_t shape[2]; /* of a row: { 1, its length } */
    struct value *items;
};

static struct native_type grid_type;

static void free_grid(void *data)
{
    struct grid *grid = data;
    for (int64_t i = 0; i < grid->shape[0] * grid->shape[1]; i++)
        value_unref(grid->items[i]);
    free(grid->items);
    free(grid);
}

/* Takes the items' references over. */
static struct value grid_value(int ndim, int64_t rows, int64_t columns,
                               struct value *items)
{
    struct grid *grid = xcalloc(1, sizeof *grid);
    *grid = (struct grid){ndim, {rows, columns}, items};
    return value_opaque(&grid_type, grid);
}

struct value plt_grid_value(struct plt_figure *figure, int rows, int columns,
                            struct axes *const *axes, bool is_squeezed)
{
    int count = rows * columns;
    if (is_squeezed && count == 1)
        return plt_axes_value(figure, axes[0]);
    struct value *items = xcalloc((size_t)count, sizeof *items);
    for (int i = 0; i < count; i++)
        items[i] = plt_axes_value(figure, axes[i]);
    if (is_squeezed && (rows == 1 || columns == 1))
        return grid_value(1, 1, count, items);
    return grid_value(2, rows, columns, items);
}

/* As NumPy breaks the lines of an array of objects. */
enum { LINE_WIDTH = 75 };
static const char head[] = "array(", tail[] = "dtype=object)";

static size_t line_length(const struct strbuf *sb, size_t start)
{
    size_t length = 0;
    for (size_t i = sb->length; i > start && sb->text[i - 1] != '\n'; i--)
        length++;
    return length;
}

static void add_row(const struct grid *grid, int64_t row, size_t start,
                    struct strbuf *sb)
{
    size_t indent = sizeof head - 1 + (size_t)grid->ndim;
    size_t most = LINE_WIDTH - 1 - (size_t)grid->ndim;
    for (int64_t i = 0; i < grid->shape[1]; i++) {
        struct strbuf item = STRBUF_INIT;
        value_repr(grid->items[row * grid->shape[1] + i], &item);
        if (i > 0)
            strbuf_adds(sb, ",");
        if (i > 0 && line_length(sb, start) + 1 + item.length > most) {
            strbuf_addc(sb, '\n');
            strbuf_repeat(sb, ' ', indent);
        } else if (i > 0) {
            strbuf_addc(sb, ' ');
        }
        strbuf_add(sb, item.text, item.length);
        strbuf_done(&item);
    }
}

static void grid_repr(void *data, struct strbuf *sb)
{
    const struct grid *grid = data;
    size_t start = sb->length;
    strbuf_addf(sb, "%s%s", head, grid->ndim == 2 ? "[[" : "[");
    for (int64_t i = 0; i < grid->shape[0]; i++) {
        add_row(grid, i, start, sb);
        if (i + 1 < grid->shape[0]) {
            strbuf_adds(sb, "],\n");
            strbuf_repeat(sb, ' ', sizeof head);
            strbuf_addc(sb, '[');
        }
    }
    strbuf_adds(sb, grid->ndim == 2 ? "]]," : "],");
    if (line_length(sb, start) + sizeof tail > LINE_WIDTH) {
        strbuf_addc(sb, '\n');
        strbuf_repeat(sb, ' ', sizeof head - 1);
    } else {
        strbuf_addc(sb, ' ');
    }
    strbuf_adds(sb, tail);
}

/* --------------------------------------------------------------- selection */

struct choice {
    int64_t start, step, count;
    bool is_one; /* an int: the axis goes */
};

static bool choose(struct value key, int64_t length, int axis,
                   struct choice *ret, struct error *err)
{
    int64_t at;
    ret->is_one = false;
    if (key.kind == VALUE_SLICE)
        return slice_indices(key.slice, length, &ret->start, &ret->step,
                             &ret->count, err);
    if (!value_as_int(key, &at))
        return error_set(err, ERROR_INDEX,
                         "only integers, slices (`:`), ellipsis (`...`), "
                         "numpy.newaxis (`None`) and integer or boolean "
                         "arrays are valid indices");
    if (at < -length || at >= length)
        return error_set(err, ERROR_INDEX,
                         "index %" PRId64 " is out of bounds for axis %d with "
                         "size %" PRId64,
                         at, axis, length);
    *ret = (struct choice){at < 0 ? at + length : at, 1, 1, true};
    return true;
}

static struct value chosen(const struct grid *grid, struct choice rows,
                           struct choice columns)
{
    int64_t width = grid->shape[1];
    if (rows.is_one && columns.is_one)
        return value_ref(grid->items[rows.start * width + columns.start]);
    struct value *items =
        xcalloc((size_t)(rows.count * columns.count) + 1, sizeof *items);
    for (int64_t i = 0; i < rows.count; i++)
        for (int64_t k = 0; k < columns.count; k++)
            items[i * columns.count + k] =
                value_ref(grid->items[(rows.start + i * rows.step) * width +
                                      columns.start + k * columns.step]);
    if (rows.is_one || columns.is_one)
        return grid_value(1, 1, rows.count * columns.count, items);
    return grid_value(2, rows.count, columns.count, items);
}

static bool grid_get_item(struct interp *interp, struct value self,
                          struct value key, struct value *ret,
                          struct error *err)
{
    const struct grid *grid = self.opaque->data;
    struct value keys[2] = {key, value_undefined()};
    int count = 1;
    (void)interp;
    if (key.kind == VALUE_TUPLE) {
        count = (int)key.sequence->count;
        for (int i = 0; i < count && i < 2; i++)
            keys[i] = key.sequence->items[i];
    }
    if (count > grid->ndim)
        return error_set(err, ERROR_INDEX,
                         "too many indices for array: array is "
                         "%d-dimensional, but %d were indexed",
                         grid->ndim, count);
    struct choice rows = {0, 1, grid->shape[0], grid->ndim == 1};
    struct choice columns = {0, 1, grid->shape[1], false};
    bool good = true;
    if (grid->ndim == 1)
        good = count == 0 || choose(keys[0], grid->shape[1], 0, &columns, err);
    else
        good = (count == 0 || choose(keys[0], grid->shape[0], 0, &rows, err)) &&
               (count < 2 || choose(keys[1], grid->shape[1], 1, &columns, err));
    if (good)
        *ret = chosen(grid, rows, columns);
    return good;
}

static bool grid_iterate(struct interp *interp, struct value self,
                         struct value *ret, struct error *err)
{
    const struct grid *grid = self.opaque->data;
    int64_t count = grid->ndim == 1 ? grid->shape[1] : grid->shape[0];
    struct value items = value_list(0, NULL);
    bool good = true;
    for (int64_t i = 0; good && i < count; i++) {
        struct value item;
        good = grid_get_item(interp, self, value_int(i), &item, err);
        if (good) {
            list_append(items.sequence, item);
            value_unref(item);
        }
    }
    good = good && interp_iterate(interp, items, ret, err);
    value_unref(items);
    return good;
}

/* -------------------------------------------------------------- attributes */

static struct value copy_flat(const struct grid *grid)
{
    int64_t count = grid->shape[0] * grid->shape[1];
    struct value *items = xcalloc((size_t)count + 1, sizeof *items);
    for (int64_t i = 0; i < count; i++)
        items[i] = value_ref(grid->items[i]);
    return grid_value(1, 1, count, items);
}

static struct value transposed(const struct grid *grid)
{
    int64_t rows = grid->shape[0], columns = grid->shape[1];
    if (grid->ndim == 1)
        return copy_flat(grid);
    struct value *items = xcalloc((size_t)(rows * columns) + 1, sizeof *items);
    for (int64_t i = 0; i < rows; i++)
        for (int64_t k = 0; k < columns; k++)
            items[k * rows + i] = value_ref(grid->items[i * columns + k]);
    return grid_value(2, columns, rows, items);
}

static const struct param self_params[] = {REQUIRED("self"), END_OF_PARAMS};

NATIVE(call_flatten)
{
    struct value slots[1];
    (void)interp;
    if (!native_bind(native, args, slots, err))
        return false;
    *ret = copy_flat(slots[0].opaque->data);
    return true;
}

NATIVE(call_tolist)
{
    struct value slots[1];
    size_t count;
    struct value *items;
    if (!native_bind(native, args, slots, err) ||
        !interp_collect(interp, slots[0], &count, &items, err))
        return false;
    *ret = value_list_take(count, items);
    free(items);
    return true;
}

static struct native methods[] = {
    FUNCTION_ROW("flatten", call_flatten, self_params, "All axes in one row"),
    FUNCTION_ROW("ravel", call_flatten, self_params, "All axes in one row"),
    FUNCTION_ROW("tolist", call_tolist, self_params, "The axes as a list"),
    {.name = NULL}};

static bool grid_get(struct interp *interp, struct value self, const char *name,
                     struct value *ret, struct error *err)
{
    const struct grid *grid = self.opaque->data;
    struct value shape[2] = {value_int(grid->shape[0]),
                             value_int(grid->shape[1])};
    (void)interp;
    if (!strcmp(name, "flat"))
        *ret = copy_flat(grid);
    else if (!strcmp(name, "T"))
        *ret = transposed(grid);
    else if (!strcmp(name, "shape"))
        *ret = value_tuple((size_t)grid->ndim, shape + 2 - grid->ndim);
    else if (!strcmp(name, "ndim"))
        *ret = value_int(grid->ndim);
    else if (!strcmp(name, "size"))
        *ret = value_int(grid->shape[0] * grid->shape[1]);
    else if (!native_method(methods, self, name, ret))
        return error_set(err, ERROR_ATTRIBUTE,
                         "'numpy.ndarray' object has no attribute '%s'", name);
    return true;
}

static int64_t grid_length(void *data)
{
    const struct grid *grid = data;
    return grid->ndim == 1 ? grid->shape[1] : grid->shape[0];
}

static const char *const names[] = {"flat", "flatten", "ndim", "ravel", "shape",
                                    "size", "tolist",  "T",    NULL};

static struct native_type grid_type = {
    .name = "numpy.ndarray",
    .free = free_grid,
    .repr = grid_repr,
    .get_attribute = grid_get,
    .get_item = grid_get_item,
    .iterate = grid_iterate,
    .length = grid_length,
    .attributes = names,
};
