/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Other shapes of the same elements; arrays joined, split and repeated. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "ops/families.h"
#include "tensor/elementwise.h"
#include "tensor/index.h"

/* ---------------------------------------------------- views of one array */

static const struct param a_param[] = {{"a", PARAM_TENSOR, 0, NULL},
                                       {NULL, 0, 0, NULL}};
static const struct param reshape_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"newshape", PARAM_DIMS, PARAM_SPREAD, NULL},
    {"order", PARAM_STRING, PARAM_KEYWORD_ONLY, "'C'"},
    {NULL, 0, 0, NULL}};
static const struct param order_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"order", PARAM_STRING, 0, "'C'"},
    {NULL, 0, 0, NULL}};
static const struct param axes_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"axes", PARAM_DIMS, PARAM_SPREAD, "None"},
    {NULL, 0, 0, NULL}};
static const struct param axis_params[] = {{"a", PARAM_TENSOR, 0, NULL},
                                           {"axis", PARAM_DIMS, 0, NULL},
                                           {NULL, 0, 0, NULL}};
static const struct param squeeze_params[] = {{"a", PARAM_TENSOR, 0, NULL},
                                              {"axis", PARAM_DIMS, 0, "None"},
                                              {NULL, 0, 0, NULL}};
static const struct param two_axes_params[] = {{"a", PARAM_TENSOR, 0, NULL},
                                               {"axis1", PARAM_INT, 0, NULL},
                                               {"axis2", PARAM_INT, 0, NULL},
                                               {NULL, 0, 0, NULL}};
static const struct param moveaxis_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"source", PARAM_INT, 0, NULL},
    {"destination", PARAM_INT, 0, NULL},
    {NULL, 0, 0, NULL}};
static const struct param broadcast_params[] = {
    {"array", PARAM_TENSOR, 0, NULL},
    {"shape", PARAM_DIMS, 0, NULL},
    {NULL, 0, 0, NULL}};

static bool reshape_forward(const struct op *op, const struct arg *args,
                            struct op_result *ret, struct error *err)
{
    (void)op;
    return op_return_array(
        ret, tensor_reshape(args[0].tensor, args[1].dims.count,
                            args[1].dims.values, args[2].string[0], err));
}

static struct tensor *flat(struct tensor *a, char order, struct error *err)
{
    int64_t all = -1;
    return tensor_reshape(a, 1, &all, order, err);
}

static bool ravel_forward(const struct op *op, const struct arg *args,
                          struct op_result *ret, struct error *err)
{
    (void)op;
    return op_return_array(ret, flat(args[0].tensor, args[1].string[0], err));
}

static bool flatten_forward(const struct op *op, const struct arg *args,
                            struct op_result *ret, struct error *err)
{
    struct tensor *view = flat(args[0].tensor, args[1].string[0], err);
    struct tensor *copy = view ? tensor_copy(view, err) : NULL;

    (void)op;
    tensor_unref(view);
    return op_return_array(ret, copy);
}

static bool transpose_forward(const struct op *op, const struct arg *args,
                              struct op_result *ret, struct error *err)
{
    (void)op;
    if (args[1].given && args[1].dims.count != args[0].tensor->ndim)
        return error_set(err, ERROR_VALUE, "axes don't match array");
    return op_return_array(
        ret,
        tensor_transpose(args[0].tensor,
                         args[1].given ? args[1].dims.values : NULL, err));
}

static bool t_forward(const struct op *op, const struct arg *args,
                      struct op_result *ret, struct error *err)
{
    (void)op;
    return op_return_array(ret, tensor_transpose(args[0].tensor, NULL, err));
}

static bool swapaxes_forward(const struct op *op, const struct arg *args,
                             struct op_result *ret, struct error *err)
{
    struct tensor *a = args[0].tensor;
    int64_t axes[TENSOR_MAX_DIMS];
    int first, second;

    (void)op;
    if (!tensor_normalize_axis(args[1].integer, a->ndim, &first, err) ||
        !tensor_normalize_axis(args[2].integer, a->ndim, &second, err))
        return false;
    for (int i = 0; i < a->ndim; i++)
        axes[i] = i == first ? second : i == second ? first : i;
    return op_return_array(ret, tensor_transpose(a, axes, err));
}

static bool moveaxis_forward(const struct op *op, const struct arg *args,
                             struct op_result *ret, struct error *err)
{
    struct tensor *a = args[0].tensor;
    int64_t axes[TENSOR_MAX_DIMS];
    int from, to;

    (void)op;
    if (!tensor_normalize_axis(args[1].integer, a->ndim, &from, err) ||
        !tensor_normalize_axis(args[2].integer, a->ndim, &to, err))
        return false;
    for (int i = 0, other = 0; i < a->ndim; i++) {
        other += other == from;
        axes[i] = i == to ? from : other++;
    }
    return op_return_array(ret, tensor_transpose(a, axes, err));
}

static bool expand_dims_forward(const struct op *op, const struct arg *args,
                                struct op_result *ret, struct error *err)
{
    struct tensor *result = tensor_ref(args[0].tensor);
    int ndim = result->ndim + args[1].dims.count;
    bool added[TENSOR_MAX_DIMS] = {false};

    (void)op;
    for (int i = 0; i < args[1].dims.count; i++) {
        int axis;
        if (ndim > TENSOR_MAX_DIMS ||
            !tensor_normalize_axis(args[1].dims.values[i], ndim, &axis, err)) {
            tensor_unref(result);
            return false;
        }
        added[axis] = true;
    }
    for (int axis = 0; axis < ndim; axis++) {
        if (!added[axis])
            continue;
        struct tensor *wider = tensor_expand_dims(result, axis);
        tensor_unref(result);
        result = wider;
    }
    return op_return_array(ret, result);
}

static bool squeeze_forward(const struct op *op, const struct arg *args,
                            struct op_result *ret, struct error *err)
{
    struct tensor *a = args[0].tensor;
    bool drop[TENSOR_MAX_DIMS] = {false};

    (void)op;
    for (int i = 0; i < a->ndim && !args[1].given; i++)
        drop[i] = a->shape[i] == 1;
    for (int i = 0; args[1].given && i < args[1].dims.count; i++) {
        int axis;
        if (!tensor_normalize_axis(args[1].dims.values[i], a->ndim, &axis,
                                   err))
            return false;
        if (a->shape[axis] != 1)
            return error_set(err, ERROR_VALUE,
                             "cannot select an axis to squeeze out which has "
                             "size not equal to one");
        drop[axis] = true;
    }
    struct tensor *result = tensor_alias(a);
    for (int axis = a->ndim; axis-- > 0;) {
        if (!drop[axis])
            continue;
        struct tensor *less = tensor_drop_axis(result, axis);
        tensor_unref(result);
        result = less;
    }
    return op_return_array(ret, result);
}

static bool broadcast_to_forward(const struct op *op, const struct arg *args,
                                 struct op_result *ret, struct error *err)
{
    (void)op;
    return op_return_array(
        ret, tensor_broadcast_to(args[0].tensor, args[1].dims.count,
                                 args[1].dims.values, err));
}

/* A with N axes at least; the new ones as NumPy's atleast_Nd places them. */
static struct tensor *at_least(struct tensor *a, int n)
{
    struct tensor *result = tensor_ref(a);

    while (result->ndim < n) {
        /* 2-d (M, N) becomes (M, N, 1); 1-d (N,) becomes (1, N) */
        int axis = result->ndim == 2 ? 2 : 0;
        struct tensor *wider = tensor_expand_dims(result, axis);
        tensor_unref(result);
        result = wider;
    }
    return result;
}

static bool at_least_forward(const struct op *op, const struct arg *args,
                             struct op_result *ret, struct error *err)
{
    (void)err;
    return op_return_array(
        ret, at_least(args[0].tensor, *(const char *)op->data - '0'));
}

/* --------------------------------------------------------------- turned round */

static const struct param flip_params[] = {{"m", PARAM_TENSOR, 0, NULL},
                                           {"axis", PARAM_DIMS, 0, "None"},
                                           {NULL, 0, 0, NULL}};
static const struct param roll_params[] = {{"a", PARAM_TENSOR, 0, NULL},
                                           {"shift", PARAM_INT, 0, NULL},
                                           {"axis", PARAM_INT, 0, "None"},
                                           {NULL, 0, 0, NULL}};

static struct tensor *flip_axis(struct tensor *a, int axis)
{
    struct tensor *view = tensor_alias(a);

    if (a->shape[axis] > 0)
        view->data += (a->shape[axis] - 1) * a->strides[axis];
    view->strides[axis] = -a->strides[axis];
    return view;
}

static bool flip_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    struct tensor *result = tensor_ref(args[0].tensor);
    bool flip[TENSOR_MAX_DIMS] = {false};

    (void)op;
    for (int i = 0; i < result->ndim && !args[1].given; i++)
        flip[i] = true;
    for (int i = 0; args[1].given && i < args[1].dims.count; i++) {
        int axis;
        if (!tensor_normalize_axis(args[1].dims.values[i], result->ndim, &axis,
                                   err)) {
            tensor_unref(result);
            return false;
        }
        flip[axis] = true;
    }
    for (int i = 0; i < args[0].tensor->ndim; i++) {
        if (!flip[i])
            continue;
        struct tensor *turned = flip_axis(result, i);
        tensor_unref(result);
        result = turned;
    }
    return op_return_array(ret, result);
}

/* fliplr and flipud: the row's data is the axis. */
static bool flip_one_forward(const struct op *op, const struct arg *args,
                             struct op_result *ret, struct error *err)
{
    int axis = *(const char *)op->data - '0';

    if (args[0].tensor->ndim <= axis)
        return error_set(err, ERROR_VALUE, "Input must be >= %d-d.", axis + 1);
    return op_return_array(ret, flip_axis(args[0].tensor, axis));
}

/* A view of COUNT elements of AXIS from FIRST on. */
static struct tensor *section(struct tensor *a, int axis, int64_t first,
                              int64_t count)
{
    struct tensor *view = tensor_alias(a);

    view->shape[axis] = count;
    view->size = a->shape[axis] ? a->size / a->shape[axis] * count : 0;
    if (count)
        view->data += first * a->strides[axis];
    return view;
}

/* The sections FROM of A go to the sections TO of RESULT. */
static bool copy_section(struct tensor *result, int64_t to, struct tensor *a,
                         int64_t from, int axis, int64_t count,
                         struct error *err)
{
    struct tensor *target = section(result, axis, to, count);
    struct tensor *source = section(a, axis, from, count);
    bool done = tensor_assign(target, source, err);

    tensor_unref(target);
    tensor_unref(source);
    return done;
}

static bool roll_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    struct tensor *whole = args[0].tensor;
    int axis = 0;

    (void)op;
    if (args[2].given &&
        !tensor_normalize_axis(args[2].integer, whole->ndim, &axis, err))
        return false;
    struct tensor *a =
        args[2].given ? tensor_ref(whole) : flat(whole, 'C', err);
    struct tensor *result = a ? tensor_new_like(a, a->dtype, err) : NULL;
    bool done = result != NULL;
    if (done && a->size) {
        int64_t n = a->shape[axis];
        int64_t shift = (args[1].integer % n + n) % n;
        done = copy_section(result, shift, a, 0, axis, n - shift, err) &&
               copy_section(result, 0, a, n - shift, axis, shift, err);
    }
    struct tensor *shaped =
        done ? tensor_reshape(result, whole->ndim, whole->shape, 'C', err)
             : NULL;
    tensor_unref(a);
    tensor_unref(result);
    return op_return_array(ret, shaped);
}

/* ------------------------------------------------------------------ joined */

static const struct param concatenate_params[] = {
    {"arrays", PARAM_TENSORS, 0, NULL},
    {"axis", PARAM_INT, 0, "0"},
    {NULL, 0, 0, NULL}};
static const struct param arrays_params[] = {
    {"tup", PARAM_TENSORS, 0, NULL}, {NULL, 0, 0, NULL}};

static bool check_joinable(int count, struct tensor *const *arrays, int axis,
                           struct error *err)
{
    for (int i = 1; i < count; i++) {
        const struct tensor *a = arrays[0], *b = arrays[i];
        if (a->ndim != b->ndim)
            return error_set(err, ERROR_VALUE,
                             "all the input arrays must have same number of "
                             "dimensions, but the array at index 0 has %d "
                             "dimension(s) and the array at index %d has %d "
                             "dimension(s)",
                             a->ndim, i, b->ndim);
        for (int d = 0; d < a->ndim; d++)
            if (d != axis && a->shape[d] != b->shape[d])
                return error_set(err, ERROR_VALUE,
                                 "all the input array dimensions except for "
                                 "the concatenation axis must match exactly, "
                                 "but "
                                 "along dimension %d, the array at index 0 "
                                 "has size %lld and the array at index %d has "
                                 "size %lld",
                                 d, (long long)a->shape[d], i,
                                 (long long)b->shape[d]);
    }
    return true;
}

static struct tensor *concatenate(int count, struct tensor *const *arrays,
                                  int64_t axis_argument, struct error *err)
{
    int64_t shape[TENSOR_MAX_DIMS];
    int axis;

    if (count == 0)
        return error_null(err, ERROR_VALUE,
                          "need at least one array to concatenate");
    if (arrays[0]->ndim == 0)
        return error_null(err, ERROR_VALUE, "zero-dimensional arrays cannot "
                                            "be concatenated");
    if (!tensor_normalize_axis(axis_argument, arrays[0]->ndim, &axis, err) ||
        !check_joinable(count, arrays, axis, err))
        return NULL;
    memcpy(shape, arrays[0]->shape,
           (size_t)arrays[0]->ndim * sizeof *shape);
    enum dtype dtype = arrays[0]->dtype;
    for (int i = 1; i < count; i++) {
        shape[axis] += arrays[i]->shape[axis];
        dtype = dtype_promote(dtype, arrays[i]->dtype);
    }
    struct tensor *result = tensor_new(dtype, arrays[0]->ndim, shape, err);
    int64_t at = 0;
    for (int i = 0; result && i < count; i++) {
        int64_t length = arrays[i]->shape[axis];
        if (!copy_section(result, at, arrays[i], 0, axis, length, err)) {
            tensor_unref(result);
            return NULL;
        }
        at += length;
    }
    return result;
}

/* axis=None: all elements of all arrays in one axis. */
static struct tensor *concatenate_flat(const struct arg *arrays,
                                       struct error *err)
{
    int count = arrays->tensors.count, made = 0;
    struct tensor **lines = xcalloc((size_t)count, sizeof *lines);
    struct tensor *result = NULL;

    while (made < count &&
           (lines[made] = flat(arrays->tensors.items[made], 'C', err)))
        made++;
    if (made == count)
        result = concatenate(count, lines, 0, err);
    while (made-- > 0)
        tensor_unref(lines[made]);
    free(lines);
    return result;
}

static bool concatenate_forward(const struct op *op, const struct arg *args,
                                struct op_result *ret, struct error *err)
{
    (void)op;
    if (!args[1].given)
        return op_return_array(ret, concatenate_flat(&args[0], err));
    return op_return_array(ret, concatenate(args[0].tensors.count,
                                            args[0].tensors.items,
                                            args[1].integer, err));
}

/* Views of all arrays made by PREPARE, joined along AXIS. */
static struct tensor *
join_prepared(const struct arg *arrays,
              struct tensor *(*prepare)(struct tensor *, int), int how,
              int64_t axis, struct error *err)
{
    int count = arrays->tensors.count;
    struct tensor **views = xcalloc((size_t)count, sizeof *views);

    for (int i = 0; i < count; i++)
        views[i] = prepare(arrays->tensors.items[i], how);
    struct tensor *result = concatenate(count, views, axis, err);
    for (int i = 0; i < count; i++)
        tensor_unref(views[i]);
    free(views);
    return result;
}

static bool stack_forward(const struct op *op, const struct arg *args,
                          struct op_result *ret, struct error *err)
{
    const struct arg *arrays = &args[0];
    int axis;

    (void)op;
    if (arrays->tensors.count == 0)
        return error_set(err, ERROR_VALUE, "need at least one array to stack");
    const struct tensor *first = arrays->tensors.items[0];
    for (int i = 1; i < arrays->tensors.count; i++) {
        const struct tensor *other = arrays->tensors.items[i];
        if (other->ndim != first->ndim ||
            (first->ndim && memcmp(other->shape, first->shape,
                                   (size_t)first->ndim * sizeof(int64_t))))
            return error_set(err, ERROR_VALUE,
                             "all input arrays must have the same shape");
    }
    if (!tensor_normalize_axis(args[1].integer, first->ndim + 1, &axis, err))
        return false;
    return op_return_array(
        ret, join_prepared(arrays, tensor_expand_dims, axis, axis, err));
}

/* vstack, dstack: at least so many axes, joined along the row's axis. */
static bool vstack_forward(const struct op *op, const struct arg *args,
                           struct op_result *ret, struct error *err)
{
    (void)op;
    return op_return_array(ret, join_prepared(&args[0], at_least, 2, 0, err));
}

static bool dstack_forward(const struct op *op, const struct arg *args,
                           struct op_result *ret, struct error *err)
{
    (void)op;
    return op_return_array(ret, join_prepared(&args[0], at_least, 3, 2, err));
}

static bool hstack_forward(const struct op *op, const struct arg *args,
                           struct op_result *ret, struct error *err)
{
    bool vectors = args[0].tensors.count &&
                   args[0].tensors.items[0]->ndim <= 1;

    (void)op;
    return op_return_array(
        ret, join_prepared(&args[0], at_least, 1, vectors ? 0 : 1, err));
}

/* Vectors become columns. */
static struct tensor *as_column(struct tensor *a, int unused)
{
    (void)unused;
    if (a->ndim >= 2)
        return tensor_ref(a);
    struct tensor *line = at_least(a, 1);
    struct tensor *column = tensor_expand_dims(line, 1);
    tensor_unref(line);
    return column;
}

static bool column_stack_forward(const struct op *op, const struct arg *args,
                                 struct op_result *ret, struct error *err)
{
    (void)op;
    return op_return_array(ret, join_prepared(&args[0], as_column, 0, 1, err));
}

/* ------------------------------------------------------------------- split */

static const struct param split_params[] = {
    {"ary", PARAM_TENSOR, 0, NULL},
    {"indices_or_sections", PARAM_DIMS, 0, NULL},
    {"axis", PARAM_INT, 0, "0"},
    {NULL, 0, 0, NULL}};
static const struct param split_fixed_params[] = {
    {"ary", PARAM_TENSOR, 0, NULL},
    {"indices_or_sections", PARAM_DIMS, 0, NULL},
    {NULL, 0, 0, NULL}};

/* An index as Python's slices take it: from the end when negative, never
   outside. */
static int64_t clamp(int64_t index, int64_t length)
{
    if (index < 0)
        index += length;
    return index < 0 ? 0 : index > length ? length : index;
}

static bool split_at(struct tensor *a, int axis, int count,
                     const int64_t *bounds, struct op_result *ret)
{
    *ret = (struct op_result){.form = RESULT_LIST, .count = count + 1};
    ret->items = xcalloc((size_t)count + 1, sizeof *ret->items);
    int64_t length = a->shape[axis];
    for (int i = 0; i <= count; i++) {
        int64_t first = i ? clamp(bounds[i - 1], length) : 0;
        int64_t end = i < count ? clamp(bounds[i], length) : length;
        ret->items[i] =
            section(a, axis, first, end > first ? end - first : 0);
    }
    return true;
}

static bool split(struct tensor *a, const struct arg *where, int64_t axis_given,
                  bool equal, struct op_result *ret, struct error *err)
{
    int axis;

    if (!tensor_normalize_axis(axis_given, a->ndim, &axis, err))
        return false;
    if (!where->dims.scalar)
        return split_at(a, axis, where->dims.count, where->dims.values, ret);
    int64_t parts = where->dims.values[0], length = a->shape[axis];
    if (parts <= 0 || parts > 1 << 24)
        return error_set(err, ERROR_VALUE,
                         "number sections must be larger than 0.");
    if (equal && length % parts)
        return error_set(err, ERROR_VALUE, "array split does not result in an "
                                           "equal division");
    int64_t *bounds = xcalloc((size_t)parts, sizeof *bounds);
    int64_t at = 0;
    for (int64_t i = 0; i + 1 < parts; i++) {
        at += length / parts + (i < length % parts);
        bounds[i] = at;
    }
    split_at(a, axis, (int)parts - 1, bounds, ret);
    free(bounds);
    return true;
}

static bool split_forward(const struct op *op, const struct arg *args,
                          struct op_result *ret, struct error *err)
{
    return split(args[0].tensor, &args[1], args[2].integer,
                 !strcmp(op->name, "split"), ret, err);
}

static bool vsplit_forward(const struct op *op, const struct arg *args,
                           struct op_result *ret, struct error *err)
{
    (void)op;
    return split(args[0].tensor, &args[1], 0, true, ret, err);
}

static bool hsplit_forward(const struct op *op, const struct arg *args,
                           struct op_result *ret, struct error *err)
{
    (void)op;
    return split(args[0].tensor, &args[1], args[0].tensor->ndim > 1, true, ret,
                 err);
}

/* ---------------------------------------------------------------- repeated */

static const struct param tile_params[] = {{"A", PARAM_TENSOR, 0, NULL},
                                           {"reps", PARAM_DIMS, 0, NULL},
                                           {NULL, 0, 0, NULL}};
static const struct param repeat_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"repeats", PARAM_DIMS, 0, NULL},
    {"axis", PARAM_INT, 0, "None"},
    {NULL, 0, 0, NULL}};

/* A repeated COUNT times along AXIS; takes A. */
static struct tensor *tile_axis(struct tensor *a, int axis, int64_t count,
                                struct error *err)
{
    int64_t shape[TENSOR_MAX_DIMS];

    memcpy(shape, a->shape, (size_t)a->ndim * sizeof *shape);
    if (!size_multiply(shape[axis], count, &shape[axis])) {
        tensor_unref(a);
        return error_null(err, ERROR_VALUE, "Maximum allowed size exceeded");
    }
    struct tensor *result = tensor_new(a->dtype, a->ndim, shape, err);
    for (int64_t i = 0; result && i < count; i++) {
        int64_t length = a->shape[axis];
        if (!copy_section(result, i * length, a, 0, axis, length, err)) {
            tensor_unref(result);
            result = NULL;
        }
    }
    tensor_unref(a);
    return result;
}

static bool tile_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    int reps = args[1].dims.count;
    struct tensor *result = tensor_copy(args[0].tensor, err);

    (void)op;
    while (result && result->ndim < reps && reps <= TENSOR_MAX_DIMS) {
        struct tensor *wider = tensor_expand_dims(result, 0);
        tensor_unref(result);
        result = wider;
    }
    for (int i = 1; result && i <= reps; i++) {
        int64_t count = args[1].dims.values[reps - i];
        if (count != 1)
            result = tile_axis(result, result->ndim - i,
                               count < 0 ? 0 : count, err);
    }
    return op_return_array(ret, result);
}

/* 0 0 0 1 1 1 …: where each element of the result comes from. */
static struct tensor *repeat_indices(const struct arg *repeats, int64_t length,
                                     struct error *err)
{
    int64_t total = 0;

    if (repeats->dims.count != 1 && repeats->dims.count != length)
        return error_null(err, ERROR_VALUE,
                          "operands could not be broadcast together with "
                          "shape (%lld,) (%d,)",
                          (long long)length, repeats->dims.count);
    bool same = repeats->dims.count == 1;
    for (int64_t i = 0; i < length; i++) {
        int64_t count = repeats->dims.values[same ? 0 : i];
        if (count < 0)
            return error_null(err, ERROR_VALUE, "counts cannot be negative");
        total += count;
    }
    struct tensor *indices = tensor_new(DTYPE_INT64, 1, &total, err);
    for (int64_t i = 0, at = 0; indices && i < length; i++)
        for (int64_t k = repeats->dims.values[same ? 0 : i]; k > 0; k--)
            ((int64_t *)indices->data)[at++] = i;
    return indices;
}

static bool repeat_forward(const struct op *op, const struct arg *args,
                           struct op_result *ret, struct error *err)
{
    int axis = 0;

    (void)op;
    if (args[2].given && !tensor_normalize_axis(args[2].integer,
                                                args[0].tensor->ndim, &axis,
                                                err))
        return false;
    struct tensor *a = args[2].given ? tensor_ref(args[0].tensor)
                                     : flat(args[0].tensor, 'C', err);
    struct tensor *indices =
        a ? repeat_indices(&args[1], a->shape[axis], err) : NULL;
    struct tensor *result =
        indices ? tensor_take(a, indices, axis, err) : NULL;
    tensor_unref(a);
    tensor_unref(indices);
    return op_return_array(ret, result);
}

#define BOTH (OP_FUNCTION | OP_METHOD)
#define FUNCTION OP_FUNCTION

const struct op shape_ops[] = {
    {"reshape", NULL, "np", BOTH, reshape_params, reshape_forward, NULL, NULL,
     "The same elements in another shape",
     "One length may be -1: it is what is left. No element is copied when the "
     "memory allows it.",
     ">>> np.arange(6).reshape((2, 3))\narray([[0, 1, 2],\n"
     "       [3, 4, 5]])\n"
     ">>> np.arange(6).reshape(3, -1).shape\n(3, 2)",
     "ravel transpose shape"},
    {"ravel", NULL, "np", BOTH, order_params, ravel_forward, NULL, NULL,
     "All elements in one axis; a view where possible", NULL,
     ">>> np.ravel([[1, 2], [3, 4]])\narray([1, 2, 3, 4])",
     "flatten reshape"},
    {"flatten", NULL, "np", OP_METHOD, order_params, flatten_forward, NULL,
     NULL, "All elements in one axis, a copy", NULL,
     ">>> np.array([[1, 2], [3, 4]]).flatten()\narray([1, 2, 3, 4])", "ravel"},
    {"transpose", "permute_dims", "np", BOTH, axes_params, transpose_forward,
     NULL, NULL, "The axes in reverse, or in the order of axes", NULL,
     ">>> np.transpose([[1, 2], [3, 4]])\narray([[1, 3],\n       [2, 4]])",
     "T swapaxes"},
    {"T", NULL, "np", OP_PROPERTY, a_param, t_forward, NULL, NULL,
     "The transposed array: rows become columns", NULL,
     ">>> np.array([[1, 2, 3]]).T\narray([[1],\n       [2],\n       [3]])",
     "transpose"},
    {"swapaxes", NULL, "np", BOTH, two_axes_params, swapaxes_forward, NULL,
     NULL, "Two axes change places", NULL,
     ">>> np.ones((2, 3, 4)).swapaxes(0, 2).shape\n(4, 3, 2)", "transpose"},
    {"moveaxis", NULL, "np", FUNCTION, moveaxis_params, moveaxis_forward, NULL,
     NULL, "One axis moves to another place", NULL,
     ">>> np.moveaxis(np.ones((2, 3, 4)), 0, 2).shape\n(3, 4, 2)",
     "swapaxes"},
    {"expand_dims", NULL, "np", FUNCTION, axis_params, expand_dims_forward,
     NULL, NULL, "A new axis of length 1", NULL,
     ">>> np.expand_dims([1, 2], axis=0)\narray([[1, 2]])",
     "squeeze reshape"},
    {"squeeze", NULL, "np", BOTH, squeeze_params, squeeze_forward, NULL, NULL,
     "The array without its axes of length 1", NULL,
     ">>> np.squeeze([[[1], [2]]])\narray([1, 2])", "expand_dims"},
    {"broadcast_to", NULL, "np", FUNCTION, broadcast_params,
     broadcast_to_forward, NULL, NULL,
     "The array as broadcasting stretches it; read-only", NULL,
     ">>> np.broadcast_to([1, 2], (2, 2))\narray([[1, 2],\n       [1, 2]])",
     "reshape"},
    {"atleast_1d", NULL, "np", FUNCTION, a_param, at_least_forward, NULL, "1",
     "The array with one axis at least", NULL,
     ">>> np.atleast_1d(5)\narray([5])", "atleast_2d"},
    {"atleast_2d", NULL, "np", FUNCTION, a_param, at_least_forward, NULL, "2",
     "The array with two axes at least", NULL,
     ">>> np.atleast_2d([1, 2])\narray([[1, 2]])", "atleast_1d"},
    {"atleast_3d", NULL, "np", FUNCTION, a_param, at_least_forward, NULL, "3",
     "The array with three axes at least", NULL,
     ">>> np.atleast_3d([[1, 2]]).shape\n(1, 2, 1)", "atleast_2d"},
    {"flip", NULL, "np", FUNCTION, flip_params, flip_forward, NULL, NULL,
     "The elements in reverse along all axes, or along axis", NULL,
     ">>> np.flip([[1, 2], [3, 4]], axis=1)\narray([[2, 1],\n       [4, 3]])",
     "fliplr flipud"},
    {"flipud", NULL, "np", FUNCTION, a_param, flip_one_forward, NULL, "0",
     "Rows in reverse order", NULL,
     ">>> np.flipud([[1, 2], [3, 4]])\narray([[3, 4],\n       [1, 2]])",
     "fliplr flip"},
    {"fliplr", NULL, "np", FUNCTION, a_param, flip_one_forward, NULL, "1",
     "Columns in reverse order", NULL,
     ">>> np.fliplr([[1, 2], [3, 4]])\narray([[2, 1],\n       [4, 3]])",
     "flipud flip"},
    {"roll", NULL, "np", FUNCTION, roll_params, roll_forward, NULL, NULL,
     "Elements moved by shift places; what falls off comes in again", NULL,
     ">>> np.roll([1, 2, 3, 4], 1)\narray([4, 1, 2, 3])", "flip"},
    {"concatenate", "concat", "np", FUNCTION, concatenate_params,
     concatenate_forward, NULL, NULL, "Arrays joined along an axis", NULL,
     ">>> np.concatenate([[1, 2], [3]])\narray([1, 2, 3])",
     "stack vstack hstack"},
    {"stack", NULL, "np", FUNCTION, concatenate_params, stack_forward, NULL,
     NULL, "Arrays of one shape joined along a new axis", NULL,
     ">>> np.stack([[1, 2], [3, 4]])\narray([[1, 2],\n       [3, 4]])",
     "concatenate"},
    {"vstack", NULL, "np", FUNCTION, arrays_params, vstack_forward, NULL, NULL,
     "Arrays one below the other", NULL,
     ">>> np.vstack([[1, 2], [3, 4]])\narray([[1, 2],\n       [3, 4]])",
     "hstack concatenate"},
    {"hstack", NULL, "np", FUNCTION, arrays_params, hstack_forward, NULL, NULL,
     "Arrays side by side", NULL,
     ">>> np.hstack([[1, 2], [3, 4]])\narray([1, 2, 3, 4])",
     "vstack concatenate"},
    {"dstack", NULL, "np", FUNCTION, arrays_params, dstack_forward, NULL, NULL,
     "Arrays joined along the third axis", NULL,
     ">>> np.dstack([[1, 2], [3, 4]])\narray([[[1, 3],\n        [2, 4]]])",
     "hstack vstack"},
    {"column_stack", NULL, "np", FUNCTION, arrays_params, column_stack_forward,
     NULL, NULL, "Vectors as the columns of a matrix", NULL,
     ">>> np.column_stack([[1, 2], [3, 4]])\narray([[1, 3],\n"
     "       [2, 4]])",
     "hstack stack"},
    {"split", NULL, "np", FUNCTION, split_params, split_forward, NULL, NULL,
     "Equal parts, or parts that begin at given indices", NULL,
     ">>> np.split(np.arange(4), 2)\n[array([0, 1]), array([2, 3])]",
     "array_split concatenate"},
    {"array_split", NULL, "np", FUNCTION, split_params, split_forward, NULL,
     NULL, "Parts as equal as possible", NULL,
     ">>> np.array_split([1, 2, 3], 2)\n[array([1, 2]), array([3])]", "split"},
    {"vsplit", NULL, "np", FUNCTION, split_fixed_params, vsplit_forward, NULL,
     NULL, "Parts along the first axis", NULL,
     ">>> np.vsplit(np.ones((4, 1)), 2)[0].shape\n(2, 1)", "hsplit split"},
    {"hsplit", NULL, "np", FUNCTION, split_fixed_params, hsplit_forward, NULL,
     NULL, "Parts along the second axis", NULL,
     ">>> np.hsplit(np.ones((1, 4)), 2)[0].shape\n(1, 2)", "vsplit split"},
    {"tile", NULL, "np", FUNCTION, tile_params, tile_forward, NULL, NULL,
     "The whole array repeated along its axes", NULL,
     ">>> np.tile([1, 2], 2)\narray([1, 2, 1, 2])", "repeat"},
    {"repeat", NULL, "np", BOTH, repeat_params, repeat_forward, NULL, NULL,
     "Each element repeated", NULL,
     ">>> np.repeat([1, 2], 2)\narray([1, 1, 2, 2])", "tile"},
    {.name = NULL},
};
