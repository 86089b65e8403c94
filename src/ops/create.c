/* SPDX-License-Identifier: GPL-3.0-or-later */
/* New arrays: from values or from a shape. */
#include <string.h>

#include "ops/arguments.h"
#include "ops/derive.h"
#include "ops/families.h"
#include "tensor/elementwise.h"
#include "tensor/layout.h"

/* -------------------------------------------------------------- from values */

static const struct param array_params[] = {
    {"object", PARAM_TENSOR, 0, NULL},
    {"dtype", PARAM_DTYPE, 0, "None"},
    {"copy", PARAM_BOOL, PARAM_KEYWORD_ONLY, "True"},
    {"order", PARAM_STRING, PARAM_KEYWORD_ONLY, "'K'"},
    {"subok", PARAM_BOOL, PARAM_KEYWORD_ONLY, "False"},
    {"ndmin", PARAM_INT, PARAM_KEYWORD_ONLY, "0"},
    {NULL, 0, 0, NULL}};

/* Is TENSOR laid out as ORDER wants it? */
static bool has_order(const struct tensor *tensor, char order)
{
    if (order == 'C')
        return tensor_is_contiguous(tensor);
    return order != 'F' || tensor_is_f_contiguous(tensor);
}

/* A itself when dtype and order are right and no copy is asked for. */
static struct tensor *as_array(struct tensor *a, enum dtype dtype, char order,
                               bool copy, struct error *err)
{
    if (!copy && a->dtype == dtype && has_order(a, order))
        return tensor_ref(a);
    return tensor_copy_ordered(a, dtype, order, err);
}

static bool array_forward(const struct op *op, const struct arg *args,
                          struct op_result *ret, struct error *err)
{
    struct tensor *from = args[0].tensor;
    char order;

    (void)op;
    if (!order_from(&args[3], &order, err))
        return false;
    if (args[1].given && !args[0].array && from->ndim == 0 &&
        !scalar_fits(tensor_item(from), args[1].dtype, err))
        return false;
    struct tensor *result = as_array(from, dtype_or(&args[1], from->dtype),
                                     order, args[2].flag, err);
    while (result && result->ndim < args[5].integer &&
           result->ndim < TENSOR_MAX_DIMS) {
        struct tensor *wider = tensor_expand_dims(result, 0);
        tensor_unref(result);
        result = wider;
    }
    return op_return_array(ret, result);
}

static const struct param asarray_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"dtype", PARAM_DTYPE, 0, "None"},
    {"order", PARAM_STRING, 0, "'K'"},
    {NULL, 0, 0, NULL}};
static const struct param dtype_params[] = {{"a", PARAM_TENSOR, 0, NULL},
                                            {"dtype", PARAM_DTYPE, 0, "None"},
                                            {NULL, 0, 0, NULL}};

static bool asarray_forward(const struct op *op, const struct arg *args,
                            struct op_result *ret, struct error *err)
{
    struct tensor *from = args[0].tensor;
    char order;

    (void)op;
    return order_from(&args[2], &order, err) &&
           op_return_array(ret, as_array(from, dtype_or(&args[1], from->dtype),
                                         order, false, err));
}

/* ascontiguousarray, asfortranarray: the row's data is the order. */
static bool contiguous_forward(const struct op *op, const struct arg *args,
                               struct op_result *ret, struct error *err)
{
    struct tensor *from = args[0].tensor;
    struct tensor *result = as_array(from, dtype_or(&args[1], from->dtype),
                                     *(const char *)op->data, false, err);

    if (result && result->ndim == 0) { /* has one axis at least */
        struct tensor *line = tensor_expand_dims(result, 0);
        tensor_unref(result);
        result = line;
    }
    return op_return_array(ret, result);
}

static const struct param copy_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"order", PARAM_STRING, 0, "'K'"},
    {NULL, 0, 0, NULL}};
static const struct param copy_method_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"order", PARAM_STRING, 0, "'C'"},
    {NULL, 0, 0, NULL}};

static bool copy_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    char order;

    (void)op;
    return order_from(&args[1], &order, err) &&
           op_return_array(ret, tensor_copy_ordered(args[0].tensor,
                                                    args[0].tensor->dtype,
                                                    order, err));
}

static const struct param astype_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"dtype", PARAM_DTYPE, 0, NULL},
    {"order", PARAM_STRING, 0, "'K'"},
    {"casting", PARAM_STRING, 0, "'unsafe'"},
    {"subok", PARAM_BOOL, 0, "True"},
    {"copy", PARAM_BOOL, 0, "True"},
    {NULL, 0, 0, NULL}};

static bool check_casting(enum dtype from, enum dtype to, const char *casting,
                          struct error *err)
{
    if (!*casting || !strcmp(casting, "unsafe") || from == to ||
        (!strcmp(casting, "safe") && dtype_can_cast_safe(from, to)) ||
        (!strcmp(casting, "same_kind") && dtype_can_cast_same_kind(from, to)))
        return true;
    return error_set(err, ERROR_TYPE,
                     "Cannot cast array data from dtype('%s') to dtype('%s') "
                     "according to the rule '%s'",
                     dtype_name(from), dtype_name(to), casting);
}

static bool astype_forward(const struct op *op, const struct arg *args,
                           struct op_result *ret, struct error *err)
{
    struct tensor *a = args[0].tensor;
    char order;

    (void)op;
    return order_from(&args[2], &order, err) &&
           check_casting(a->dtype, args[1].dtype, args[3].string, err) &&
           op_return_array(ret, as_array(a, args[1].dtype, order, args[5].flag,
                                         err));
}

/* -------------------------------------------------------------- from a shape */

static const struct param shape_params[] = {
    {"shape", PARAM_DIMS, 0, NULL},
    {"dtype", PARAM_DTYPE, 0, "float64"},
    {"order", PARAM_STRING, 0, "'C'"},
    {NULL, 0, 0, NULL}};
static const struct param full_params[] = {
    {"shape", PARAM_DIMS, 0, NULL},
    {"fill_value", PARAM_TENSOR, 0, NULL},
    {"dtype", PARAM_DTYPE, 0, "None"},
    {"order", PARAM_STRING, 0, "'C'"},
    {NULL, 0, 0, NULL}};
static const struct param like_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"dtype", PARAM_DTYPE, 0, "None"},
    {"order", PARAM_STRING, 0, "'K'"},
    {"subok", PARAM_BOOL, 0, "True"},
    {"shape", PARAM_DIMS, 0, "None"},
    {NULL, 0, 0, NULL}};
static const struct param full_like_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"fill_value", PARAM_TENSOR, 0, NULL},
    {"dtype", PARAM_DTYPE, 0, "None"},
    {"order", PARAM_STRING, 0, "'K'"},
    {"subok", PARAM_BOOL, 0, "True"},
    {"shape", PARAM_DIMS, 0, "None"},
    {NULL, 0, 0, NULL}};

/* Takes RESULT and puts VALUE everywhere. */
static bool return_filled(struct op_result *ret, struct tensor *result,
                          const struct tensor *value, struct error *err)
{
    if (result && value && tensor_assign(result, value, err))
        return op_return_array(ret, result);
    tensor_unref(result);
    return false;
}

/* The row's data is "0" or "1": what the array is filled with. */
static bool fill_by_row(const struct op *op, struct op_result *ret,
                        struct tensor *result, struct error *err)
{
    struct tensor *value = tensor_from_scalar(
        scalar_from_int(*(const char *)op->data - '0'), err);
    bool done = return_filled(ret, result, value, err);

    tensor_unref(value);
    return done;
}

static bool filled_forward(const struct op *op, const struct arg *args,
                           struct op_result *ret, struct error *err)
{
    char order;

    return c_or_f_from(&args[2], &order, err) &&
           fill_by_row(op, ret,
                       tensor_new_ordered(args[1].dtype, args[0].dims.count,
                                          args[0].dims.values, order, err),
                       err);
}

/* LIKE's shape or the one that is given, uninitialised; DTYPE, ORDER and
   SHAPE are the caller's arguments. */
static struct tensor *new_like(const struct tensor *like,
                               const struct arg *dtype,
                               const struct arg *order_given,
                               const struct arg *shape, struct error *err)
{
    enum dtype wanted = dtype_or(dtype, like->dtype);
    char order;

    if (!order_from(order_given, &order, err))
        return NULL;
    if (shape->given)
        return tensor_new_ordered(wanted, shape->dims.count,
                                  shape->dims.values, order, err);
    return tensor_new_like_ordered(like, wanted, order, err);
}

static bool filled_like_forward(const struct op *op, const struct arg *args,
                                struct op_result *ret, struct error *err)
{
    return fill_by_row(
        op, ret, new_like(args[0].tensor, &args[1], &args[2], &args[4], err),
        err);
}

static bool full_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    struct tensor *value = args[1].tensor;
    char order;

    (void)op;
    return c_or_f_from(&args[3], &order, err) &&
           return_filled(ret,
                         tensor_new_ordered(dtype_or(&args[2], value->dtype),
                                            args[0].dims.count,
                                            args[0].dims.values, order, err),
                         value, err);
}

static bool full_like_forward(const struct op *op, const struct arg *args,
                              struct op_result *ret, struct error *err)
{
    (void)op;
    return return_filled(
        ret, new_like(args[0].tensor, &args[2], &args[3], &args[5], err),
        args[1].tensor, err);
}

#define FUNCTION OP_FUNCTION

const struct op create_ops[] = {
    {"array", NULL, "np", FUNCTION, array_params, array_forward, positive_vjp, NULL,
     "An array of numbers, from a number or (nested) lists",
     "At the prompt a list of numbers is an array by itself: x = [1, 2] is "
     "short for x = np.array([1, 2]).",
     ">>> np.array([[5, 78, 2], [6, 79, 3]])\n"
     "array([[ 5, 78,  2],\n       [ 6, 79,  3]])\n"
     ">>> np.array([1, 2], dtype='float32')\n"
     "array([1., 2.], dtype=float32)",
     "asarray zeros arange"},
    {"asarray", "asanyarray", "np", FUNCTION, asarray_params,
     asarray_forward, positive_vjp, NULL,
     "An array of the values; an array is returned as it is", NULL,
     ">>> np.asarray([1, 2])\narray([1, 2])", "array copy"},
    {"ascontiguousarray", NULL, "np", FUNCTION, dtype_params,
     contiguous_forward, positive_vjp, "C",
     "The array with its last axis running fastest in memory; copied only when "
     "it is not so",
     NULL, ">>> np.ascontiguousarray(np.ones((2, 3)).T).strides\n(16, 8)",
     "asfortranarray flags"},
    {"asfortranarray", NULL, "np", FUNCTION, dtype_params, contiguous_forward,
     positive_vjp, "F",
     "The array with its first axis running fastest in memory; copied only "
     "when it is not so",
     NULL, ">>> np.asfortranarray(np.ones((2, 3))).strides\n(8, 16)",
     "ascontiguousarray flags"},
    {"copy", NULL, "np", FUNCTION, copy_params, copy_forward, positive_vjp, NULL,
     "A copy that shares no memory", NULL,
     ">>> x = np.array([1, 2])\n>>> y = np.copy(x)\n>>> y[0] = 9\n>>> x\n"
     "array([1, 2])",
     "array asarray"},
    {"copy", NULL, "np", OP_METHOD, copy_method_params, copy_forward, positive_vjp,
     NULL, "A copy that shares no memory", NULL,
     ">>> x = np.array([1, 2])\n>>> y = x.copy()\n>>> y[0] = 9\n>>> x\n"
     "array([1, 2])",
     "array asarray"},
    {"astype", NULL, "np", OP_METHOD, astype_params, astype_forward, cast_vjp, NULL,
     "The values converted to another dtype", NULL,
     ">>> np.array([1.7, -1.7]).astype('int64')\narray([ 1, -1])",
     "dtype array"},
    {"zeros", NULL, "np", FUNCTION, shape_params, filled_forward, NULL, "0",
     "An array of zeros", NULL,
     ">>> np.zeros((2, 3))\narray([[0., 0., 0.],\n       [0., 0., 0.]])",
     "ones full zeros_like"},
    {"ones", NULL, "np", FUNCTION, shape_params, filled_forward, NULL, "1",
     "An array of ones", NULL, ">>> np.ones(3, dtype='int64')\narray([1, 1, 1])",
     "zeros full"},
    {"empty", NULL, "np", FUNCTION, shape_params, filled_forward, NULL, "0",
     "An array without chosen values; here they are zeros", NULL,
     ">>> np.empty((2, 3)).shape\n(2, 3)", "zeros"},
    {"full", NULL, "np", FUNCTION, full_params, full_forward, full_vjp, NULL,
     "An array filled with one value", NULL,
     ">>> np.full((2, 2), 7)\narray([[7, 7],\n       [7, 7]])",
     "zeros full_like"},
    {"zeros_like", NULL, "np", FUNCTION, like_params, filled_like_forward,
     vjp_none, "0", "Zeros in the shape of another array", NULL,
     ">>> np.zeros_like([[1, 2], [3, 4]])\narray([[0, 0],\n       [0, 0]])",
     "zeros ones_like"},
    {"ones_like", NULL, "np", FUNCTION, like_params, filled_like_forward, vjp_none,
     "1", "Ones in the shape of another array", NULL,
     ">>> np.ones_like([1., 2.])\narray([1., 1.])", "ones zeros_like"},
    {"empty_like", NULL, "np", FUNCTION, like_params, filled_like_forward,
     vjp_none, "0", "An array in the shape of another one; here of zeros", NULL,
     ">>> np.empty_like([[1, 2]]).shape\n(1, 2)", "empty"},
    {"full_like", NULL, "np", FUNCTION, full_like_params, full_like_forward,
     full_vjp, NULL, "One value in the shape of another array", NULL,
     ">>> np.full_like([1, 2, 3], 5)\narray([5, 5, 5])", "full"},
    {.name = NULL},
};
