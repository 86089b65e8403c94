/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Coordinates of grids, and places as one number or as one an axis. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "ops/arguments.h"
#include "ops/derive.h"
#include "ops/families.h"

/* ---------------------------------------------------------------- meshgrid */

static const struct param meshgrid_params[] = {
    {"xi", PARAM_TENSORS, PARAM_STAR, NULL},
    {"copy", PARAM_BOOL, PARAM_KEYWORD_ONLY, "True"},
    {"sparse", PARAM_BOOL, PARAM_KEYWORD_ONLY, "False"},
    {"indexing", PARAM_STRING, PARAM_KEYWORD_ONLY, "'xy'"},
    {NULL, 0, 0, NULL}};
static const struct param ix_params[] = {
    {"args", PARAM_TENSORS, PARAM_STAR, NULL}, {NULL, 0, 0, NULL}};
static const struct param indices_params[] = {
    {"dimensions", PARAM_DIMS, 0, NULL},
    {"dtype", PARAM_DTYPE, 0, "int64"},
    {"sparse", PARAM_BOOL, 0, "False"},
    {NULL, 0, 0, NULL}};

/* All of A along AXIS of NDIM axes. */
static struct tensor *line_along(struct tensor *a, int axis, int ndim,
                                 struct error *err)
{
    int64_t shape[TENSOR_MAX_DIMS];

    for (int i = 0; i < ndim; i++)
        shape[i] = i == axis ? -1 : 1;
    if (a->size == 0)
        shape[axis] = 0;
    return tensor_reshape(a, ndim, shape, 'C', err);
}

/* LINE as meshgrid returns it: over the whole grid or not, copied or not. */
static struct tensor *over_grid(struct tensor *line, const struct arg *args,
                                int ndim, const int64_t *shape,
                                struct error *err)
{
    struct tensor *view = args[2].flag
                              ? tensor_ref(line)
                              : tensor_broadcast_to(line, ndim, shape, err);
    if (!view || !args[1].flag)
        return view;
    struct tensor *copy = tensor_copy(view, err);
    tensor_unref(view);
    return copy;
}

static bool meshgrid_forward(const struct op *op, const struct arg *args,
                             struct op_result *ret, struct error *err)
{
    int count = args[0].tensors.count;
    const char *indexing = *args[3].string ? args[3].string : "xy";
    bool swapped = !strcmp(indexing, "xy") && count > 1;
    int64_t shape[TENSOR_MAX_DIMS];
    bool done = true;

    (void)op;
    if (strcmp(indexing, "xy") && strcmp(indexing, "ij"))
        return error_set(err, ERROR_VALUE,
                         "Valid values for `indexing` are 'xy' and 'ij'.");
    if (count > TENSOR_MAX_DIMS)
        return error_set(err, ERROR_VALUE, "too many dimensions");
    struct tensor **items = xcalloc((size_t)count, sizeof *items);
    for (int i = 0; i < count; i++) {
        int axis = swapped && i < 2 ? 1 - i : i;
        shape[axis] = args[0].tensors.items[i]->size;
    }
    for (int i = 0; done && i < count; i++) {
        int axis = swapped && i < 2 ? 1 - i : i;
        struct tensor *line =
            line_along(args[0].tensors.items[i], axis, count, err);
        items[i] = line ? over_grid(line, args, count, shape, err) : NULL;
        tensor_unref(line);
        done = items[i] != NULL;
    }
    return_items(ret, RESULT_LIST, count, items);
    free(items);
    return done;
}

/* ix_: each vector along its own axis; a mask stands for its true places. */
static struct tensor *crossing(struct tensor *a, int axis, int ndim,
                               struct error *err)
{
    struct tensor *places;

    if (a->ndim != 1)
        return error_null(err, ERROR_VALUE,
                          "Cross index must be 1 dimensional");
    if (a->dtype == DTYPE_BOOL) {
        if (!tensor_nonzero(a, &places, err))
            return NULL;
    } else {
        places = a->size ? tensor_ref(a) : tensor_astype(a, DTYPE_INT64, err);
    }
    struct tensor *line =
        places ? line_along(places, axis, ndim, err) : NULL;
    tensor_unref(places);
    return line;
}

static bool ix_forward(const struct op *op, const struct arg *args,
                       struct op_result *ret, struct error *err)
{
    int count = args[0].tensors.count;
    struct tensor *items[TENSOR_MAX_DIMS] = {NULL};
    bool done = count <= TENSOR_MAX_DIMS;

    (void)op;
    if (!done)
        return error_set(err, ERROR_VALUE, "too many dimensions");
    for (int i = 0; done && i < count; i++) {
        items[i] = crossing(args[0].tensors.items[i], i, count, err);
        done = items[i] != NULL;
    }
    return_items(ret, RESULT_TUPLE, count, items);
    return done;
}

/* 0 1 2 … along AXIS of a grid with SHAPE. */
static bool count_along(struct tensor *grid, int axis, struct error *err)
{
    int64_t length = grid->shape[axis];
    struct tensor *line = tensor_new(DTYPE_INT64, 1, &length, err);

    for (int64_t i = 0; line && i < length; i++)
        ((int64_t *)line->data)[i] = i;
    struct tensor *wide =
        line ? line_along(line, axis, grid->ndim, err) : NULL;
    bool done = wide && tensor_assign(grid, wide, err);
    tensor_unref(line);
    tensor_unref(wide);
    return done;
}

static bool sparse_indices(const struct arg *args, struct op_result *ret,
                           struct error *err)
{
    int ndim = args[0].dims.count;
    struct tensor *items[TENSOR_MAX_DIMS] = {NULL};
    bool done = true;

    for (int i = 0; done && i < ndim; i++) {
        int64_t shape[TENSOR_MAX_DIMS];
        for (int k = 0; k < ndim; k++)
            shape[k] = k == i ? args[0].dims.values[i] : 1;
        items[i] = tensor_new(args[1].dtype, ndim, shape, err);
        done = items[i] && count_along(items[i], i, err);
    }
    return_items(ret, RESULT_TUPLE, ndim, items);
    return done;
}

static bool indices_forward(const struct op *op, const struct arg *args,
                            struct op_result *ret, struct error *err)
{
    int ndim = args[0].dims.count;
    int64_t shape[TENSOR_MAX_DIMS + 1] = {ndim};
    bool done = true;

    (void)op;
    if (args[0].dims.scalar)
        return error_set(err, ERROR_TYPE, "'int' object is not iterable");
    if (ndim >= TENSOR_MAX_DIMS)
        return error_set(err, ERROR_VALUE, "too many dimensions");
    if (args[2].flag)
        return sparse_indices(args, ret, err);
    if (ndim)
        memcpy(shape + 1, args[0].dims.values, (size_t)ndim * sizeof *shape);
    struct tensor *result = tensor_new(args[1].dtype, ndim + 1, shape, err);
    if (!result)
        return false;
    for (int i = 0; done && i < ndim; i++) {
        struct tensor *part = tensor_section(result, 0, i, 1);
        struct tensor *grid = tensor_drop_axis(part, 0);
        done = count_along(grid, i, err);
        tensor_unref(part);
        tensor_unref(grid);
    }
    if (done)
        return op_return_array(ret, result);
    tensor_unref(result);
    return false;
}

/* ----------------------------------------------------------- flat and back */

static const struct param unravel_params[] = {
    {"indices", PARAM_TENSOR, 0, NULL},
    {"shape", PARAM_DIMS, 0, NULL},
    {"order", PARAM_STRING, 0, "'C'"},
    {NULL, 0, 0, NULL}};
static const struct param ravel_params[] = {
    {"multi_index", PARAM_TENSORS, 0, NULL},
    {"dims", PARAM_DIMS, 0, NULL},
    {"mode", PARAM_STRING, 0, "'raise'"},
    {"order", PARAM_STRING, 0, "'C'"},
    {NULL, 0, 0, NULL}};

static bool shape_size(const struct arg *shape, int64_t *ret,
                       struct error *err)
{
    *ret = 1;
    for (int i = 0; i < shape->dims.count; i++)
        if (shape->dims.values[i] < 0 ||
            !size_multiply(*ret, shape->dims.values[i], ret))
            return error_set(err, ERROR_VALUE,
                             "invalid dims: array size defined by dims is "
                             "larger than the maximum possible size.");
    return shape->dims.count <= TENSOR_MAX_DIMS ||
           error_set(err, ERROR_VALUE, "too many dimensions");
}

/* An empty list is one of integers, too. */
static bool only_integers(const struct tensor *indices, bool array,
                          struct error *err)
{
    return !dtype_is_float(indices->dtype) || (indices->size == 0 && !array) ||
           error_set(err, ERROR_TYPE, "only int indices permitted");
}

static bool unravel_forward(const struct op *op, const struct arg *args,
                            struct op_result *ret, struct error *err)
{
    struct tensor *items[TENSOR_MAX_DIMS] = {NULL};
    int ndim = args[1].dims.count;
    int64_t total;
    bool done = true;
    char order;

    (void)op;
    if (!only_integers(args[0].tensor, args[0].array, err) ||
        !c_or_f_from(&args[2], &order, err) ||
        !shape_size(&args[1], &total, err))
        return false;
    struct tensor *flat = tensor_contiguous(args[0].tensor, DTYPE_INT64, err);
    if (!flat)
        return false;
    for (int i = 0; done && i < ndim; i++) {
        items[i] = tensor_new_like(flat, DTYPE_INT64, err);
        done = items[i] != NULL;
    }
    for (int64_t k = 0; done && k < flat->size; k++) {
        int64_t left = ((const int64_t *)flat->data)[k];
        if (left < 0 || left >= total)
            done = error_set(err, ERROR_VALUE,
                             "index %lld is out of bounds for array with size "
                             "%lld",
                             (long long)left, (long long)total);
        for (int i = 0; done && i < ndim; i++) {
            int axis = order == 'F' ? i : ndim - 1 - i;
            ((int64_t *)items[axis]->data)[k] =
                left % args[1].dims.values[axis];
            left /= args[1].dims.values[axis];
        }
    }
    tensor_unref(flat);
    return_items(ret, RESULT_TUPLE, ndim, items);
    return done;
}

/* total += index * stride for one axis; INDEX is broadcast to TOTAL. */
static bool add_axis(struct tensor *total, struct tensor *index,
                     int64_t length, int64_t stride, const char *mode,
                     struct error *err)
{
    struct tensor *view =
        tensor_broadcast_to(index, total->ndim, total->shape, err);
    struct tensor *flat =
        view ? tensor_contiguous(view, DTYPE_INT64, err) : NULL;
    bool done = flat != NULL;

    for (int64_t k = 0; done && k < total->size; k++) {
        int64_t at = ((const int64_t *)flat->data)[k];
        done = index_by_mode(&at, length, mode) ||
               error_set(err, ERROR_VALUE,
                         "invalid entry in coordinates array");
        ((int64_t *)total->data)[k] += at * stride;
    }
    tensor_unref(view);
    tensor_unref(flat);
    return done;
}

static bool ravel_multi_forward(const struct op *op, const struct arg *args,
                                struct op_result *ret, struct error *err)
{
    int count = args[0].tensors.count, ndim;
    int64_t shape[TENSOR_MAX_DIMS], size, stride = 1;
    const char *mode;
    char order;

    (void)op;
    if (!mode_from(&args[2], &mode, err) ||
        !c_or_f_from(&args[3], &order, err))
        return false;
    if (count != args[1].dims.count)
        return error_set(err, ERROR_VALUE,
                         "parameter multi_index must be a sequence of length "
                         "%d",
                         args[1].dims.count);
    if (!shape_size(&args[1], &size, err) ||
        !tensor_broadcast_shapes(count, args[0].tensors.items, &ndim, shape,
                                 err))
        return false;
    struct tensor *total = tensor_zeros(DTYPE_INT64, ndim, shape, err);
    bool done = total != NULL;
    for (int i = 0; done && i < count; i++) {
        int axis = order == 'F' ? i : count - 1 - i;
        done = only_integers(args[0].tensors.items[axis], false, err) &&
               add_axis(total, args[0].tensors.items[axis],
                        args[1].dims.values[axis], stride, mode, err);
        stride *= args[1].dims.values[axis];
    }
    if (done)
        return op_return_tensor(ret, total);
    tensor_unref(total);
    return false;
}

#define FUNCTION OP_FUNCTION

const struct op grid_ops[] = {
    {"meshgrid", NULL, "np", FUNCTION, meshgrid_params, meshgrid_forward, vjp_moved,
     NULL, "The coordinates of a grid, one array an axis",
     "With indexing='xy' the first vector runs along the columns, with 'ij' "
     "along the rows. sparse=True leaves the arrays to be broadcast.",
     ">>> xx, yy = np.meshgrid([1, 2, 3], [10, 20])\n>>> xx + yy\n"
     "array([[11, 12, 13],\n       [21, 22, 23]])",
     "mgrid indices"},
    {"indices", NULL, "np", FUNCTION, indices_params, indices_forward, NULL,
     NULL, "The row and column numbers of an array of a given shape", NULL,
     ">>> np.indices((2, 2))\narray([[[0, 0],\n        [1, 1]],\n<BLANKLINE>\n"
     "       [[0, 1],\n        [0, 1]]])",
     "meshgrid"},
    {"ix_", NULL, "np", FUNCTION, ix_params, ix_forward, NULL, NULL,
     "Vectors of rows and columns that pick every crossing", NULL,
     ">>> x = np.arange(9).reshape(3, 3)\n>>> x[np.ix_([0, 2], [1, 2])]\n"
     "array([[1, 2],\n       [7, 8]])",
     "meshgrid take"},
    {"unravel_index", NULL, "np", FUNCTION, unravel_params, unravel_forward,
     NULL, NULL, "From the place in the flattened array to one an axis", NULL,
     ">>> np.unravel_index(4, (2, 3))\n(1, 1)", "ravel_multi_index argmax"},
    {"ravel_multi_index", NULL, "np", FUNCTION, ravel_params,
     ravel_multi_forward, NULL, NULL,
     "From one place an axis to that in the flattened array", NULL,
     ">>> np.ravel_multi_index((1, 1), (2, 3))\n4", "unravel_index"},
    {.name = NULL},
};
