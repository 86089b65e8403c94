/* SPDX-License-Identifier: GPL-3.0-or-later */
/* New arrays: from values, from a shape, from a rule. */
#include <math.h>
#include <string.h>

#include "ops/families.h"
#include "tensor/elementwise.h"

static enum dtype dtype_or(const struct arg *dtype, enum dtype otherwise)
{
    return dtype->given ? dtype->dtype : otherwise;
}

/* -------------------------------------------------------------- from values */

static const struct param array_params[] = {
    {"object", PARAM_TENSOR, 0, NULL},
    {"dtype", PARAM_DTYPE, 0, "None"},
    {"copy", PARAM_BOOL, PARAM_KEYWORD_ONLY, "True"},
    {"ndmin", PARAM_INT, PARAM_KEYWORD_ONLY, "0"},
    {NULL, 0, 0, NULL}};

static bool array_forward(const struct op *op, const struct arg *args,
                          struct op_result *ret, struct error *err)
{
    struct tensor *from = args[0].tensor;
    enum dtype dtype = dtype_or(&args[1], from->dtype);
    struct tensor *result = !args[2].flag && from->dtype == dtype
                                ? tensor_ref(from)
                                : tensor_astype(from, dtype, err);

    (void)op;
    while (result && result->ndim < args[3].integer &&
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
    {NULL, 0, 0, NULL}};

static bool asarray_forward(const struct op *op, const struct arg *args,
                            struct op_result *ret, struct error *err)
{
    struct tensor *from = args[0].tensor;
    enum dtype dtype = dtype_or(&args[1], from->dtype);

    (void)op;
    return op_return_array(ret, from->dtype == dtype
                                    ? tensor_ref(from)
                                    : tensor_astype(from, dtype, err));
}

static const struct param one_param[] = {{"a", PARAM_TENSOR, 0, NULL},
                                         {NULL, 0, 0, NULL}};

static bool copy_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    (void)op;
    return op_return_array(ret, tensor_copy(args[0].tensor, err));
}

static const struct param astype_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"dtype", PARAM_DTYPE, 0, NULL},
    {"copy", PARAM_BOOL, 0, "True"},
    {NULL, 0, 0, NULL}};

static bool astype_forward(const struct op *op, const struct arg *args,
                           struct op_result *ret, struct error *err)
{
    (void)op;
    if (!args[2].flag && args[0].tensor->dtype == args[1].dtype)
        return op_return_array(ret, tensor_ref(args[0].tensor));
    return op_return_array(
        ret, tensor_astype(args[0].tensor, args[1].dtype, err));
}

/* -------------------------------------------------------------- from a shape */

static const struct param shape_params[] = {
    {"shape", PARAM_DIMS, 0, NULL},
    {"dtype", PARAM_DTYPE, 0, "float64"},
    {NULL, 0, 0, NULL}};
static const struct param full_params[] = {
    {"shape", PARAM_DIMS, 0, NULL},
    {"fill_value", PARAM_TENSOR, 0, NULL},
    {"dtype", PARAM_DTYPE, 0, "None"},
    {NULL, 0, 0, NULL}};
static const struct param like_params[] = {{"a", PARAM_TENSOR, 0, NULL},
                                           {"dtype", PARAM_DTYPE, 0, "None"},
                                           {NULL, 0, 0, NULL}};
static const struct param full_like_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"fill_value", PARAM_TENSOR, 0, NULL},
    {"dtype", PARAM_DTYPE, 0, "None"},
    {NULL, 0, 0, NULL}};

/* The row's data is "0" or "1": what the array is filled with. */
static bool filled_forward(const struct op *op, const struct arg *args,
                           struct op_result *ret, struct error *err)
{
    int64_t value = *(const char *)op->data - '0';
    return op_return_array(
        ret, tensor_full(scalar_from_int(value), args[1].dtype,
                         args[0].dims.count, args[0].dims.values, err));
}

static bool filled_like_forward(const struct op *op, const struct arg *args,
                                struct op_result *ret, struct error *err)
{
    struct tensor *like = args[0].tensor;
    int64_t value = *(const char *)op->data - '0';
    return op_return_array(
        ret, tensor_full(scalar_from_int(value),
                         dtype_or(&args[1], like->dtype), like->ndim,
                         like->shape, err));
}

static struct tensor *full(struct tensor *value, enum dtype dtype, int ndim,
                           const int64_t *shape, struct error *err)
{
    struct tensor *result = tensor_new(dtype, ndim, shape, err);
    if (result && !tensor_assign(result, value, err)) {
        tensor_unref(result);
        return NULL;
    }
    return result;
}

static bool full_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    (void)op;
    return op_return_array(
        ret, full(args[1].tensor, dtype_or(&args[2], args[1].tensor->dtype),
                  args[0].dims.count, args[0].dims.values, err));
}

static bool full_like_forward(const struct op *op, const struct arg *args,
                              struct op_result *ret, struct error *err)
{
    struct tensor *like = args[0].tensor;

    (void)op;
    return op_return_array(ret, full(args[1].tensor,
                                     dtype_or(&args[2], like->dtype),
                                     like->ndim, like->shape, err));
}

static const struct param eye_params[] = {
    {"N", PARAM_INT, 0, NULL},
    {"M", PARAM_INT, 0, "None"},
    {"k", PARAM_INT, 0, "0"},
    {"dtype", PARAM_DTYPE, 0, "float64"},
    {NULL, 0, 0, NULL}};
static const struct param identity_params[] = {
    {"n", PARAM_INT, 0, NULL},
    {"dtype", PARAM_DTYPE, 0, "float64"},
    {NULL, 0, 0, NULL}};

static struct tensor *eye(int64_t rows, int64_t columns, int64_t k,
                          enum dtype dtype, struct error *err)
{
    int64_t shape[2] = {rows, columns};
    struct tensor *result = tensor_zeros(dtype, 2, shape, err);

    for (int64_t i = 0; result && i < rows; i++) {
        int64_t j = i + k;
        if (j >= 0 && j < columns)
            scalar_store(scalar_from_int(1), dtype,
                         result->data + i * result->strides[0] +
                             j * result->strides[1]);
    }
    return result;
}

static bool eye_forward(const struct op *op, const struct arg *args,
                        struct op_result *ret, struct error *err)
{
    int64_t rows = args[0].integer;
    int64_t columns = args[1].given ? args[1].integer : rows;

    (void)op;
    return op_return_array(
        ret, eye(rows, columns, args[2].integer, args[3].dtype, err));
}

static bool identity_forward(const struct op *op, const struct arg *args,
                             struct op_result *ret, struct error *err)
{
    (void)op;
    return op_return_array(ret, eye(args[0].integer, args[0].integer, 0,
                                    args[1].dtype, err));
}

/* --------------------------------------------------------------- from a rule */

static const struct param arange_params[] = {
    {"start", PARAM_SCALAR, 0, NULL},
    {"stop", PARAM_SCALAR, 0, "None"},
    {"step", PARAM_SCALAR, 0, "None"},
    {"dtype", PARAM_DTYPE, 0, "None"},
    {NULL, 0, 0, NULL}};

/* How many steps lead from START to before STOP. */
static bool arange_count(double start, double stop, double step, int64_t *ret,
                         struct error *err)
{
    double count = ceil((stop - start) / step);

    if (step == 0)
        return error_set(err, ERROR_ZERO_DIVISION, "division by zero");
    if (isnan(count))
        return error_set(err, ERROR_VALUE,
                         "arange: cannot compute length");
    if (count > 9e18)
        return error_set(err, ERROR_VALUE, "Maximum allowed size exceeded");
    *ret = count > 0 ? (int64_t)count : 0;
    return true;
}

/* NumPy computes the first two values and goes on by their difference. */
static void fill_arange(struct tensor *result, struct scalar start,
                        struct scalar step)
{
    size_t size = dtype_size(result->dtype);
    bool whole = !dtype_is_float(result->dtype);
    double first = scalar_to_double(start), delta = scalar_to_double(step);
    double next = first + delta;
    double difference = next - first;

    if (result->dtype == DTYPE_FLOAT32)
        difference = (double)((float)next - (float)first);
    for (int64_t i = 0; i < result->size; i++) {
        struct scalar value =
            whole ? scalar_from_int((int64_t)((uint64_t)scalar_to_int(start) +
                                              (uint64_t)i *
                                                  (uint64_t)scalar_to_int(
                                                      step)))
                  : scalar_from_double(first + (double)i * difference);
        scalar_store(value, result->dtype, result->data + (size_t)i * size);
    }
}

static bool arange_forward(const struct op *op, const struct arg *args,
                           struct op_result *ret, struct error *err)
{
    struct scalar zero = scalar_from_int(0), one = scalar_from_int(1);
    struct scalar start = args[1].given ? args[0].scalar : zero;
    struct scalar stop = args[1].given ? args[1].scalar : args[0].scalar;
    struct scalar step = args[2].given ? args[2].scalar : one;
    enum dtype dtype = dtype_promote(dtype_promote(start.dtype, stop.dtype),
                                     step.dtype);
    int64_t count;

    (void)op;
    if (dtype_is_integer(dtype) && dtype_size(dtype) < 8)
        dtype = DTYPE_INT64;
    if (!arange_count(scalar_to_double(start), scalar_to_double(stop),
                      scalar_to_double(step), &count, err))
        return false;
    struct tensor *result =
        tensor_new(dtype_or(&args[3], dtype), 1, &count, err);
    if (result)
        fill_arange(result, start, step);
    return op_return_array(ret, result);
}

static const struct param linspace_params[] = {
    {"start", PARAM_FLOAT, 0, NULL},
    {"stop", PARAM_FLOAT, 0, NULL},
    {"num", PARAM_INT, 0, "50"},
    {"endpoint", PARAM_BOOL, 0, "True"},
    {"dtype", PARAM_DTYPE, 0, "None"},
    {NULL, 0, 0, NULL}};
static const struct param logspace_params[] = {
    {"start", PARAM_FLOAT, 0, NULL},
    {"stop", PARAM_FLOAT, 0, NULL},
    {"num", PARAM_INT, 0, "50"},
    {"endpoint", PARAM_BOOL, 0, "True"},
    {"base", PARAM_FLOAT, 0, "10.0"},
    {"dtype", PARAM_DTYPE, 0, "None"},
    {NULL, 0, 0, NULL}};

static struct tensor *linspace(double start, double stop, int64_t num,
                               bool endpoint, struct error *err)
{
    if (num < 0)
        return error_null(err, ERROR_VALUE,
                          "Number of samples, %lld, must be non-negative.",
                          (long long)num);
    struct tensor *result = tensor_new(DTYPE_FLOAT64, 1, &num, err);
    int64_t parts = endpoint ? num - 1 : num;
    double step = parts > 0 ? (stop - start) / (double)parts : 0;
    double *out = result ? (double *)result->data : NULL;

    for (int64_t i = 0; result && i < num; i++)
        out[i] = (step == 0 && parts > 0
                      ? (double)i / (double)parts * (stop - start)
                      : (double)i * step) +
                 start;
    if (result && endpoint && num > 1)
        out[num - 1] = stop;
    return result;
}

/* Takes RESULT; converts it when DTYPE is given. */
static bool return_as(struct op_result *ret, struct tensor *result,
                      const struct arg *dtype, struct error *err)
{
    if (!result || !dtype->given || result->dtype == dtype->dtype)
        return op_return_array(ret, result);
    struct tensor *converted = tensor_astype(result, dtype->dtype, err);
    tensor_unref(result);
    return op_return_array(ret, converted);
}

static bool linspace_forward(const struct op *op, const struct arg *args,
                             struct op_result *ret, struct error *err)
{
    (void)op;
    return return_as(ret,
                     linspace(args[0].number, args[1].number, args[2].integer,
                              args[3].flag, err),
                     &args[4], err);
}

static bool logspace_forward(const struct op *op, const struct arg *args,
                             struct op_result *ret, struct error *err)
{
    struct tensor *result = linspace(args[0].number, args[1].number,
                                     args[2].integer, args[3].flag, err);

    (void)op;
    for (int64_t i = 0; result && i < result->size; i++) {
        double *x = (double *)result->data + i;
        *x = pow(args[4].number, *x);
    }
    return return_as(ret, result, &args[5], err);
}

/* ----------------------------------------------------------------- matrices */

static const struct param diag_params[] = {{"v", PARAM_TENSOR, 0, NULL},
                                           {"k", PARAM_INT, 0, "0"},
                                           {NULL, 0, 0, NULL}};

/* The diagonal K of an array whose last two axes are rows and columns. */
static struct tensor *diagonal_view(struct tensor *t, int64_t k)
{
    int64_t rows = t->shape[0] - (k < 0 ? -k : 0);
    int64_t columns = t->shape[1] - (k > 0 ? k : 0);
    int64_t count = rows < columns ? rows : columns;
    int64_t stride = t->strides[0] + t->strides[1];

    if (count <= 0) {
        count = 0;
        k = 0;
    }
    return tensor_view(t, 1, &count, &stride,
                       t->data +
                           (k > 0 ? k * t->strides[1] : -k * t->strides[0]));
}

static bool diag_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    struct tensor *v = args[0].tensor;
    int64_t k = args[1].integer;

    (void)op;
    if (v->ndim == 2) {
        struct tensor *view = diagonal_view(v, k);
        struct tensor *copy = tensor_copy(view, err);
        tensor_unref(view);
        return op_return_array(ret, copy);
    }
    if (v->ndim != 1)
        return error_set(err, ERROR_VALUE, "Input must be 1- or 2-d.");
    int64_t n = v->size + (k < 0 ? -k : k), shape[2] = {n, n};
    struct tensor *result = tensor_zeros(v->dtype, 2, shape, err);
    if (result) {
        struct tensor *view = diagonal_view(result, k);
        tensor_assign(view, v, err);
        tensor_unref(view);
    }
    return op_return_array(ret, result);
}

static const struct param triangle_params[] = {{"m", PARAM_TENSOR, 0, NULL},
                                               {"k", PARAM_INT, 0, "0"},
                                               {NULL, 0, 0, NULL}};

/* tril keeps what is on or below the diagonal K, triu what is on or above. */
static bool triangle_forward(const struct op *op, const struct arg *args,
                             struct op_result *ret, struct error *err)
{
    bool lower = !strcmp(op->name, "tril");
    struct tensor *m = args[0].tensor;

    if (m->ndim < 2)
        return error_set(err, ERROR_VALUE,
                         "%s() takes an array of two or more dimensions",
                         op->name);
    struct tensor *result = tensor_copy(m, err);
    int64_t rows = m->shape[m->ndim - 2], columns = m->shape[m->ndim - 1];
    size_t size = dtype_size(m->dtype);
    for (int64_t i = 0; result && i < result->size; i++) {
        int64_t row = i / columns % rows, offset = i % columns - row;
        if (lower ? offset > args[1].integer : offset < args[1].integer)
            memset(result->data + (size_t)i * size, 0, size);
    }
    return op_return_array(ret, result);
}

#define FUNCTION OP_FUNCTION

const struct op create_ops[] = {
    {"array", NULL, "np", FUNCTION, array_params, array_forward, NULL, NULL,
     "An array of numbers, from a number or (nested) lists",
     "At the prompt a list of numbers is an array by itself: x = [1, 2] is "
     "short for x = np.array([1, 2]).",
     ">>> np.array([[5, 78, 2], [6, 79, 3]])\n"
     "array([[ 5, 78,  2],\n       [ 6, 79,  3]])\n"
     ">>> np.array([1, 2], dtype='float32')\n"
     "array([1., 2.], dtype=float32)",
     "asarray zeros arange"},
    {"asarray", "asanyarray ascontiguousarray", "np", FUNCTION, asarray_params,
     asarray_forward, NULL, NULL,
     "An array of the values; an array is returned as it is", NULL,
     ">>> np.asarray([1, 2])\narray([1, 2])", "array copy"},
    {"copy", NULL, "np", FUNCTION | OP_METHOD, one_param, copy_forward, NULL,
     NULL, "A copy that shares no memory", NULL,
     ">>> x = np.array([1, 2])\n>>> y = x.copy()\n>>> y[0] = 9\n>>> x\n"
     "array([1, 2])",
     "array asarray"},
    {"astype", NULL, "np", OP_METHOD, astype_params, astype_forward, NULL, NULL,
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
    {"full", NULL, "np", FUNCTION, full_params, full_forward, NULL, NULL,
     "An array filled with one value", NULL,
     ">>> np.full((2, 2), 7)\narray([[7, 7],\n       [7, 7]])",
     "zeros full_like"},
    {"zeros_like", NULL, "np", FUNCTION, like_params, filled_like_forward,
     NULL, "0", "Zeros in the shape of another array", NULL,
     ">>> np.zeros_like([[1, 2], [3, 4]])\narray([[0, 0],\n       [0, 0]])",
     "zeros ones_like"},
    {"ones_like", NULL, "np", FUNCTION, like_params, filled_like_forward, NULL,
     "1", "Ones in the shape of another array", NULL,
     ">>> np.ones_like([1., 2.])\narray([1., 1.])", "ones zeros_like"},
    {"empty_like", NULL, "np", FUNCTION, like_params, filled_like_forward,
     NULL, "0", "An array in the shape of another one; here of zeros", NULL,
     ">>> np.empty_like([[1, 2]]).shape\n(1, 2)", "empty"},
    {"full_like", NULL, "np", FUNCTION, full_like_params, full_like_forward,
     NULL, NULL, "One value in the shape of another array", NULL,
     ">>> np.full_like([1, 2, 3], 5)\narray([5, 5, 5])", "full"},
    {"eye", NULL, "np", FUNCTION, eye_params, eye_forward, NULL, NULL,
     "A matrix of zeros with ones on a diagonal", NULL,
     ">>> np.eye(2)\narray([[1., 0.],\n       [0., 1.]])", "identity diag"},
    {"identity", NULL, "np", FUNCTION, identity_params, identity_forward, NULL,
     NULL, "The identity matrix", NULL,
     ">>> np.identity(2)\narray([[1., 0.],\n       [0., 1.]])", "eye"},
    {"arange", NULL, "np", FUNCTION, arange_params, arange_forward, NULL, NULL,
     "Numbers from start (0) up to but not including stop",
     "With one argument that is stop.",
     ">>> np.arange(5)\narray([0, 1, 2, 3, 4])\n"
     ">>> np.arange(1, 10, 3)\narray([1, 4, 7])",
     "linspace range"},
    {"linspace", NULL, "np", FUNCTION, linspace_params, linspace_forward, NULL,
     NULL, "num evenly spaced numbers from start to stop", NULL,
     ">>> np.linspace(0, 1, 5)\narray([0.  , 0.25, 0.5 , 0.75, 1.  ])",
     "arange logspace"},
    {"logspace", NULL, "np", FUNCTION, logspace_params, logspace_forward, NULL,
     NULL, "num numbers from base**start to base**stop, evenly on a log scale",
     NULL, ">>> np.logspace(0, 2, 3)\narray([  1.,  10., 100.])", "linspace"},
    {"diag", NULL, "np", FUNCTION, diag_params, diag_forward, NULL, NULL,
     "The diagonal of a matrix, or a matrix with this diagonal", NULL,
     ">>> np.diag([1, 2])\narray([[1, 0],\n       [0, 2]])", "eye trace"},
    {"tril", NULL, "np", FUNCTION, triangle_params, triangle_forward, NULL,
     NULL, "The lower triangle; above it zeros", NULL,
     ">>> np.tril([[1, 2], [3, 4]])\narray([[1, 0],\n       [3, 4]])", "triu"},
    {"triu", NULL, "np", FUNCTION, triangle_params, triangle_forward, NULL,
     NULL, "The upper triangle; below it zeros", NULL,
     ">>> np.triu([[1, 2], [3, 4]])\narray([[1, 2],\n       [0, 4]])", "tril"},
    {.name = NULL},
};
