/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Other shapes of the same elements: views wherever memory allows it. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "ops/arguments.h"
#include "ops/derive.h"
#include "ops/families.h"
#include "ops/views.h"
#include "tensor/layout.h"

/* ----------------------------------------------------------------- reshape */

static const struct param a_param[] = {{"a", PARAM_TENSOR, 0, NULL},
                                       {NULL, 0, 0, NULL}};
static const struct param reshape_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"newshape", PARAM_DIMS, 0, NULL},
    {"order", PARAM_STRING, 0, "'C'"},
    {NULL, 0, 0, NULL}};
static const struct param reshape_method_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"shape", PARAM_DIMS, PARAM_SPREAD, NULL},
    {"order", PARAM_STRING, PARAM_KEYWORD_ONLY, "'C'"},
    {NULL, 0, 0, NULL}};
static const struct param order_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"order", PARAM_STRING, 0, "'C'"},
    {NULL, 0, 0, NULL}};

static bool reshape_forward(const struct op *op, const struct arg *args,
                            struct op_result *ret, struct error *err)
{
    char order;

    (void)op;
    if (!order_from(&args[2], &order, err))
        return false;
    if (order == 'K')
        return error_set(err, ERROR_VALUE,
                         "order 'K' is not permitted for reshaping");
    return op_return_array(
        ret, tensor_reshape(args[0].tensor, args[1].dims.count,
                            args[1].dims.values, order, err));
}

static bool ravel_forward(const struct op *op, const struct arg *args,
                          struct op_result *ret, struct error *err)
{
    char order;

    (void)op;
    return order_from(&args[1], &order, err) &&
           op_return_array(ret, tensor_ravel(args[0].tensor, order, err));
}

static bool flatten_forward(const struct op *op, const struct arg *args,
                            struct op_result *ret, struct error *err)
{
    char order;

    (void)op;
    if (!order_from(&args[1], &order, err))
        return false;
    struct tensor *line = tensor_ravel(args[0].tensor, order, err);
    if (line && line->base) {
        struct tensor *copy = tensor_copy(line, err);
        tensor_unref(line);
        line = copy;
    }
    return op_return_array(ret, line);
}

/* -------------------------------------------------------------------- axes */

static const struct param axes_params[] = {{"a", PARAM_TENSOR, 0, NULL},
                                           {"axes", PARAM_DIMS, 0, "None"},
                                           {NULL, 0, 0, NULL}};
static const struct param axes_method_params[] = {
    {"a", PARAM_TENSOR, PARAM_POSITIONAL_ONLY, NULL},
    {"axes", PARAM_DIMS, PARAM_SPREAD | PARAM_POSITIONAL_ONLY, "None"},
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
    {"source", PARAM_DIMS, 0, NULL},
    {"destination", PARAM_DIMS, 0, NULL},
    {NULL, 0, 0, NULL}};
static const struct param rollaxis_params[] = {{"a", PARAM_TENSOR, 0, NULL},
                                               {"axis", PARAM_INT, 0, NULL},
                                               {"start", PARAM_INT, 0, "0"},
                                               {NULL, 0, 0, NULL}};

static bool transpose_forward(const struct op *op, const struct arg *args,
                              struct op_result *ret, struct error *err)
{
    (void)op;
    if (args[1].given && args[1].dims.count != args[0].tensor->ndim)
        return error_set(err, ERROR_VALUE, "axes don't match array");
    return (args[0].np_scalar ? op_return_tensor : op_return_array)(
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

/* tensor_normalize_axis(), whose message begins with the parameter's name. */
static bool named_axis(const char *name, int64_t axis, int ndim, int *ret,
                       struct error *err)
{
    if (axis >= -ndim && axis < ndim)
        return tensor_normalize_axis(axis, ndim, ret, err);
    return error_set(err, ERROR_AXIS,
                     "%s: axis %lld is out of bounds for array of dimension "
                     "%d",
                     name, (long long)axis, ndim);
}

static bool swapaxes_forward(const struct op *op, const struct arg *args,
                             struct op_result *ret, struct error *err)
{
    struct tensor *a = args[0].tensor;
    int64_t axes[TENSOR_MAX_DIMS];
    int first, second;

    (void)op;
    if (!named_axis("axis1", args[1].integer, a->ndim, &first, err) ||
        !named_axis("axis2", args[2].integer, a->ndim, &second, err))
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
    bool moved[TENSOR_MAX_DIMS] = {false};
    int count = args[1].dims.count;

    (void)op;
    if (count != args[2].dims.count)
        return error_set(err, ERROR_VALUE,
                         "`source` and `destination` arguments must have the "
                         "same number of elements");
    for (int i = 0; i < a->ndim; i++)
        axes[i] = -1;
    for (int i = 0; i < count; i++) {
        int from, to;
        if (!named_axis("source", args[1].dims.values[i], a->ndim, &from,
                        err) ||
            !named_axis("destination", args[2].dims.values[i], a->ndim, &to,
                        err))
            return false;
        if (moved[from] || axes[to] >= 0)
            return error_set(err, ERROR_VALUE, "repeated axis in `%s` argument",
                             moved[from] ? "source" : "destination");
        moved[from] = true;
        axes[to] = from;
    }
    for (int i = 0, other = 0; i < a->ndim; i++) {
        while (other < a->ndim && moved[other])
            other++;
        if (axes[i] < 0)
            axes[i] = other++;
    }
    return op_return_array(ret, tensor_transpose(a, axes, err));
}

static bool rollaxis_forward(const struct op *op, const struct arg *args,
                             struct op_result *ret, struct error *err)
{
    struct tensor *a = args[0].tensor;
    int64_t axes[TENSOR_MAX_DIMS], start = args[2].integer;
    int axis, n = a->ndim;

    (void)op;
    if (!tensor_normalize_axis(args[1].integer, n, &axis, err))
        return false;
    if (start < -n || start > n)
        return error_set(err, ERROR_AXIS,
                         "'start' arg requires %d <= start < %d, but %lld was "
                         "passed in",
                         -n, n + 1, (long long)start);
    if (start < 0)
        start += n;
    if (axis < start)
        start--;
    for (int i = 0, other = 0; i < n; i++) {
        other += other == axis;
        axes[i] = i == start ? axis : other++;
    }
    return op_return_array(ret, tensor_transpose(a, axes, err));
}

static bool expand_dims_forward(const struct op *op, const struct arg *args,
                                struct op_result *ret, struct error *err)
{
    struct tensor *result = tensor_ref(args[0].tensor);
    int ndim = result->ndim + args[1].dims.count;
    bool added[TENSOR_MAX_DIMS];

    (void)op;
    if (ndim > TENSOR_MAX_DIMS || !axes_marked(&args[1], ndim, added, err)) {
        tensor_unref(result);
        return err->kind != ERROR_NONE
                   ? false
                   : error_set(err, ERROR_VALUE, "too many dimensions");
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
    bool drop[TENSOR_MAX_DIMS];

    (void)op;
    if (!a->ndim && args[1].given && args[1].dims.scalar &&
        (args[1].dims.values[0] == 0 || args[1].dims.values[0] == -1))
        return (args[0].np_scalar ? op_return_tensor : op_return_array)(
            ret, tensor_alias(a)); /* as NumPy lets it */
    if (!axes_marked(&args[1], a->ndim, drop, err))
        return false;
    for (int i = 0; i < a->ndim; i++) {
        if (args[1].given && drop[i] && a->shape[i] != 1)
            return error_set(err, ERROR_VALUE,
                             "cannot select an axis to squeeze out which has "
                             "size not equal to one");
        drop[i] = drop[i] && a->shape[i] == 1;
    }
    struct tensor *result = tensor_alias(a);
    for (int axis = a->ndim; axis-- > 0;) {
        if (!drop[axis])
            continue;
        struct tensor *less = tensor_drop_axis(result, axis);
        tensor_unref(result);
        result = less;
    }
    return (args[0].np_scalar ? op_return_tensor : op_return_array)(ret,
                                                                    result);
}

/* ------------------------------------------------------------ at least N axes */

static const struct param arrays_params[] = {
    {"arys", PARAM_TENSORS, PARAM_STAR, NULL}, {NULL, 0, 0, NULL}};

struct tensor *view_at_least(struct tensor *a, int n)
{
    struct tensor *result = tensor_ref(a);

    while (result->ndim < n) {
        /* 2-d (M, N) becomes (M, N, 1), 1-d (N,) becomes (1, N) */
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
    int count = args[0].tensors.count, n = *(const char *)op->data - '0';
    struct tensor **views = xcalloc((size_t)count, sizeof *views);

    (void)err;
    for (int i = 0; i < count; i++)
        views[i] = view_at_least(args[0].tensors.items[i], n);
    bool done = count == 1 ? op_return_array(ret, views[0])
                           : return_items(ret, RESULT_LIST, count, views);
    free(views);
    return done;
}

/* ---------------------------------------------------------------- broadcast */

static const struct param broadcast_params[] = {
    {"array", PARAM_TENSOR, 0, NULL},
    {"shape", PARAM_DIMS, 0, NULL},
    {NULL, 0, 0, NULL}};
static const struct param broadcast_arrays_params[] = {
    {"args", PARAM_TENSORS, PARAM_STAR, NULL}, {NULL, 0, 0, NULL}};

static bool broadcast_to_forward(const struct op *op, const struct arg *args,
                                 struct op_result *ret, struct error *err)
{
    (void)op;
    for (int i = 0; i < args[1].dims.count; i++)
        if (args[1].dims.values[i] < 0)
            return error_set(err, ERROR_VALUE,
                             "all elements of broadcast shape must be "
                             "non-negative");
    return op_return_array(
        ret, tensor_broadcast_to(args[0].tensor, args[1].dims.count,
                                 args[1].dims.values, err));
}

static bool broadcast_arrays_forward(const struct op *op,
                                     const struct arg *args,
                                     struct op_result *ret, struct error *err)
{
    int count = args[0].tensors.count, ndim;
    int64_t shape[TENSOR_MAX_DIMS];

    (void)op;
    if (!tensor_broadcast_objects(count, args[0].tensors.items, &ndim, shape, err))
        return false;
    struct tensor **views = xcalloc((size_t)count, sizeof *views);
    for (int i = 0; i < count; i++) {
        struct tensor *a = args[0].tensors.items[i];
        views[i] = tensor_broadcast_to(a, ndim, shape, err);
        views[i]->readonly = a->readonly;
    }
    bool done = return_items(ret, RESULT_LIST, count, views);
    free(views);
    return done;
}

#define BOTH (OP_FUNCTION | OP_METHOD)
#define FUNCTION OP_FUNCTION

const struct op shape_ops[] = {
    {"reshape", NULL, "np", FUNCTION, reshape_params, reshape_forward, reshape_vjp,
     NULL, "The same elements in another shape",
     "One length may be -1: it is what is left. No element is copied when the "
     "memory allows it.",
     ">>> np.reshape(np.arange(6), (2, 3))\narray([[0, 1, 2],\n"
     "       [3, 4, 5]])\n"
     ">>> np.reshape(np.arange(6), (3, -1)).shape\n(3, 2)",
     "ravel transpose shape"},
    {"reshape", NULL, "np", OP_METHOD, reshape_method_params, reshape_forward,
     reshape_vjp, NULL, "The same elements in another shape",
     "One length may be -1: it is what is left. No element is copied when the "
     "memory allows it.",
     ">>> np.arange(6).reshape((2, 3))\narray([[0, 1, 2],\n"
     "       [3, 4, 5]])\n"
     ">>> np.arange(6).reshape(3, -1).shape\n(3, 2)",
     "ravel transpose shape"},
    {"ravel", NULL, "np", BOTH, order_params, ravel_forward, reshape_vjp, NULL,
     "All elements in one axis; a view where possible", NULL,
     ">>> np.ravel([[1, 2], [3, 4]])\narray([1, 2, 3, 4])",
     "flatten reshape"},
    {"flatten", NULL, "np", OP_METHOD, order_params, flatten_forward, reshape_vjp,
     NULL, "All elements in one axis, a copy", NULL,
     ">>> np.array([[1, 2], [3, 4]]).flatten()\narray([1, 2, 3, 4])\n"
     ">>> np.array([[1, 2], [3, 4]]).flatten('F')\narray([1, 3, 2, 4])",
     "ravel"},
    {"transpose", "permute_dims", "np", FUNCTION, axes_params,
     transpose_forward, transpose_vjp, NULL,
     "The axes in reverse, or in the order of axes", NULL,
     ">>> np.transpose([[1, 2], [3, 4]])\narray([[1, 3],\n       [2, 4]])",
     "T swapaxes"},
    {"transpose", NULL, "np", OP_METHOD, axes_method_params,
     transpose_forward, transpose_vjp, NULL,
     "The axes in reverse, or in the order of axes", NULL,
     ">>> np.ones((2, 3, 4)).transpose(1, 0, 2).shape\n(3, 2, 4)",
     "T swapaxes"},
    {"T", NULL, "np", OP_PROPERTY, a_param, t_forward, transpose_vjp, NULL,
     "The transposed array: rows become columns", NULL,
     ">>> np.array([[1, 2, 3]]).T\narray([[1],\n       [2],\n       [3]])",
     "transpose"},
    {"swapaxes", NULL, "np", BOTH, two_axes_params, swapaxes_forward, vjp_moved,
     NULL, "Two axes change places", NULL,
     ">>> np.ones((2, 3, 4)).swapaxes(0, 2).shape\n(4, 3, 2)", "transpose"},
    {"moveaxis", NULL, "np", FUNCTION, moveaxis_params, moveaxis_forward, vjp_moved,
     NULL, "Axes move to other places", NULL,
     ">>> np.moveaxis(np.ones((2, 3, 4)), 0, -1).shape\n(3, 4, 2)\n"
     ">>> np.moveaxis(np.ones((2, 3, 4)), [0, 1], [-1, -2]).shape\n(4, 3, 2)",
     "swapaxes rollaxis"},
    {"rollaxis", NULL, "np", FUNCTION, rollaxis_params, rollaxis_forward, vjp_moved,
     NULL, "One axis moves to stand before another one", NULL,
     ">>> np.rollaxis(np.ones((3, 4, 5, 6)), 3, 1).shape\n(3, 6, 4, 5)",
     "moveaxis"},
    {"expand_dims", NULL, "np", FUNCTION, axis_params, expand_dims_forward,
     reshape_vjp, NULL, "A new axis of length 1", NULL,
     ">>> np.expand_dims([1, 2], axis=0)\narray([[1, 2]])",
     "squeeze reshape"},
    {"squeeze", NULL, "np", BOTH, squeeze_params, squeeze_forward, reshape_vjp, NULL,
     "The array without its axes of length 1", NULL,
     ">>> np.squeeze([[[1], [2]]])\narray([1, 2])", "expand_dims"},
    {"broadcast_to", NULL, "np", FUNCTION, broadcast_params,
     broadcast_to_forward, positive_vjp, NULL,
     "The array as broadcasting stretches it; read-only", NULL,
     ">>> np.broadcast_to([1, 2], (2, 2))\narray([[1, 2],\n       [1, 2]])",
     "broadcast_arrays reshape"},
    {"broadcast_arrays", NULL, "np", FUNCTION, broadcast_arrays_params,
     broadcast_arrays_forward, vjp_moved, NULL,
     "Arrays stretched to their common shape", NULL,
     ">>> np.broadcast_arrays([[1, 2]], [[3], [4]])\n"
     "[array([[1, 2],\n       [1, 2]]), array([[3, 3],\n       [4, 4]])]",
     "broadcast_to broadcast_shapes"},
    {"atleast_1d", NULL, "np", FUNCTION, arrays_params, at_least_forward, reshape_vjp,
     "1", "The array with one axis at least", NULL,
     ">>> np.atleast_1d(5)\narray([5])", "atleast_2d"},
    {"atleast_2d", NULL, "np", FUNCTION, arrays_params, at_least_forward, reshape_vjp,
     "2", "The array with two axes at least", NULL,
     ">>> np.atleast_2d([1, 2])\narray([[1, 2]])", "atleast_1d"},
    {"atleast_3d", NULL, "np", FUNCTION, arrays_params, at_least_forward, reshape_vjp,
     "3", "The array with three axes at least", NULL,
     ">>> np.atleast_3d([[1, 2]]).shape\n(1, 2, 1)", "atleast_2d"},
    {.name = NULL},
};
