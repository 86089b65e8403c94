/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Matrices by their diagonals and triangles, and the places of those. */
#include <string.h>

#include "ops/arguments.h"
#include "ops/derive.h"
#include "ops/families.h"
#include "tensor/elementwise.h"
#include "tensor/layout.h"

/* ---------------------------------------------------------------- diagonals */

static const struct param eye_params[] = {
    {"N", PARAM_INT, 0, NULL},
    {"M", PARAM_INT, 0, "None"},
    {"k", PARAM_INT, 0, "0"},
    {"dtype", PARAM_DTYPE, 0, "float64"},
    {"order", PARAM_STRING, 0, "'C'"},
    {NULL, 0, 0, NULL}};
static const struct param identity_params[] = {
    {"n", PARAM_INT, 0, NULL},
    {"dtype", PARAM_DTYPE, 0, "float64"},
    {NULL, 0, 0, NULL}};
static const struct param diag_params[] = {{"v", PARAM_TENSOR, 0, NULL},
                                           {"k", PARAM_INT, 0, "0"},
                                           {NULL, 0, 0, NULL}};
static const struct param diagonal_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"offset", PARAM_INT, 0, "0"},
    {"axis1", PARAM_INT, PARAM_NOT_NONE, "0"},
    {"axis2", PARAM_INT, PARAM_NOT_NONE, "1"},
    {NULL, 0, 0, NULL}};
static const struct param fill_diagonal_params[] = {
    {"a", PARAM_TENSOR, PARAM_WRITTEN, NULL},
    {"val", PARAM_TENSOR, 0, NULL},
    {"wrap", PARAM_BOOL, 0, "False"},
    {NULL, 0, 0, NULL}};

/* Takes MATRIX; its diagonal K becomes VALUES. */
static struct tensor *with_diagonal(struct tensor *matrix, int64_t k,
                                    const struct tensor *values,
                                    struct error *err)
{
    if (!matrix)
        return NULL;
    struct tensor *view = tensor_diagonal(matrix, k, 0, 1);
    bool done = tensor_assign(view, values, err);
    tensor_unref(view);
    if (done)
        return matrix;
    tensor_unref(matrix);
    return NULL;
}

static struct tensor *eye(int64_t rows, int64_t columns, int64_t k,
                          enum dtype dtype, char order, struct error *err)
{
    int64_t shape[2] = {rows, columns};
    struct tensor *zero = tensor_from_scalar(scalar_from_int(0), err);
    struct tensor *one = tensor_from_scalar(scalar_from_int(1), err);
    struct tensor *result = tensor_new_ordered(dtype, 2, shape, order, err);

    if (result && zero && one && tensor_assign(result, zero, err)) {
        result = with_diagonal(result, k, one, err);
    } else {
        tensor_unref(result);
        result = NULL;
    }
    tensor_unref(zero);
    tensor_unref(one);
    return result;
}

static bool eye_forward(const struct op *op, const struct arg *args,
                        struct op_result *ret, struct error *err)
{
    int64_t rows = args[0].integer;
    int64_t columns = args[1].given ? args[1].integer : rows;
    char order;

    (void)op;
    return c_or_f_from(&args[4], &order, err) &&
           op_return_array(ret, eye(rows, columns, args[2].integer,
                                    args[3].dtype, order, err));
}

static bool identity_forward(const struct op *op, const struct arg *args,
                             struct op_result *ret, struct error *err)
{
    (void)op;
    return op_return_array(ret, eye(args[0].integer, args[0].integer, 0,
                                    args[1].dtype, 'C', err));
}

/* A square matrix that has V (a vector) on its diagonal K. */
static struct tensor *from_diagonal(const struct tensor *v, int64_t k,
                                    struct error *err)
{
    int64_t n = v->size + (k < 0 ? -k : k), shape[2] = {n, n};

    return with_diagonal(tensor_zeros(v->dtype, 2, shape, err), k, v, err);
}

static bool diag_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    struct tensor *v = args[0].tensor;
    int64_t k = args[1].integer;

    (void)op;
    if (v->ndim == 1)
        return op_return_array(ret, from_diagonal(v, k, err));
    if (v->ndim != 2)
        return error_set(err, ERROR_VALUE, "Input must be 1- or 2-d.");
    struct tensor *view = tensor_diagonal(v, k, 0, 1);
    view->readonly = true;
    return op_return_array(ret, view);
}

static bool diagflat_forward(const struct op *op, const struct arg *args,
                             struct op_result *ret, struct error *err)
{
    struct tensor *line = tensor_ravel(args[0].tensor, 'C', err);
    struct tensor *result =
        line ? from_diagonal(line, args[1].integer, err) : NULL;

    (void)op;
    tensor_unref(line);
    return op_return_array(ret, result);
}

static bool diagonal_forward(const struct op *op, const struct arg *args,
                             struct op_result *ret, struct error *err)
{
    struct tensor *a = args[0].tensor;
    int axis1, axis2;

    (void)op;
    if (!diagonal_axes(a, &args[2], &args[3], &axis1, &axis2, err))
        return false;
    struct tensor *view = tensor_diagonal(a, args[1].integer, axis1, axis2);
    view->readonly = true;
    return op_return_array(ret, view);
}

/* Elements between two of the main diagonal in C order; 0 when the axes
   differ, which is an error. */
static int64_t diagonal_step(const struct tensor *a)
{
    int64_t step = 0, block = 1;

    for (int i = a->ndim; i-- > 0;) {
        if (a->ndim > 2 && a->shape[i] != a->shape[0])
            return 0;
        step += block;
        block *= a->shape[i];
    }
    return step;
}

static bool fill_diagonal_forward(const struct op *op, const struct arg *args,
                                  struct op_result *ret, struct error *err)
{
    struct tensor *a = args[0].tensor, *val = args[1].tensor;

    (void)op;
    if (a->ndim < 2)
        return error_set(err, ERROR_VALUE, "array must be at least 2-d");
    int64_t step = diagonal_step(a);
    if (step == 0)
        return error_set(err, ERROR_VALUE, "All dimensions of input must be of "
                                           "equal length");
    if (a->readonly)
        return error_set(err, ERROR_VALUE,
                         "underlying array is read-only");
    int64_t end = a->size;
    if (a->ndim == 2 && !args[2].flag && a->shape[1] * a->shape[1] < end)
        end = a->shape[1] * a->shape[1];
    for (int64_t i = 0, k = 0; i < end; i += step, k++) {
        char *at = a->data;
        int64_t left = i;
        for (int axis = a->ndim; axis-- > 0;) {
            at += left % a->shape[axis] * a->strides[axis];
            left /= a->shape[axis];
        }
        if (val->size)
            scalar_store(tensor_item_at(val, k % val->size), a->dtype, at);
    }
    return op_return_none(ret);
}

/* ---------------------------------------------------------------- triangles */

static const struct param tri_params[] = {
    {"N", PARAM_INT, 0, NULL},
    {"M", PARAM_INT, 0, "None"},
    {"k", PARAM_INT, 0, "0"},
    {"dtype", PARAM_DTYPE, 0, "float64"},
    {NULL, 0, 0, NULL}};
static const struct param triangle_params[] = {{"m", PARAM_TENSOR, 0, NULL},
                                               {"k", PARAM_INT, 0, "0"},
                                               {NULL, 0, 0, NULL}};
static const struct param triangle_indices_params[] = {
    {"n", PARAM_INT, 0, NULL},
    {"k", PARAM_INT, 0, "0"},
    {"m", PARAM_INT, 0, "None"},
    {NULL, 0, 0, NULL}};
static const struct param indices_from_params[] = {
    {"arr", PARAM_TENSOR, 0, NULL},
    {"k", PARAM_INT, 0, "0"},
    {NULL, 0, 0, NULL}};
static const struct param diag_indices_params[] = {
    {"n", PARAM_INT, 0, NULL},
    {"ndim", PARAM_INT, 0, "2"},
    {NULL, 0, 0, NULL}};
static const struct param arr_param[] = {{"arr", PARAM_TENSOR, 0, NULL},
                                         {NULL, 0, 0, NULL}};

static bool tri_forward(const struct op *op, const struct arg *args,
                        struct op_result *ret, struct error *err)
{
    int64_t rows = args[0].integer > 0 ? args[0].integer : 0;
    int64_t columns = args[1].given ? args[1].integer : rows;
    if (columns < 0)
        columns = 0;
    int64_t shape[2] = {rows, columns}, k = args[2].integer;
    struct tensor *result = tensor_zeros(DTYPE_BOOL, 2, shape, err);

    (void)op;
    for (int64_t i = 0; result && i < rows; i++)
        for (int64_t j = 0; j < columns && j <= i + k; j++)
            result->data[i * columns + j] = true;
    return return_as(ret, result, &args[3], err);
}

/* tril keeps what is on or below the diagonal K, triu what is on or above. */
static bool triangle_forward(const struct op *op, const struct arg *args,
                             struct op_result *ret, struct error *err)
{
    bool lower = !strcmp(op->name, "tril");
    struct tensor *m = args[0].tensor;

    if (m->ndim == 0)
        return error_set(err, ERROR_TYPE, "tri() missing 1 required positional "
                                          "argument: 'N'");
    /* A vector becomes the rows of a square matrix. */
    int64_t square[2] = {m->size, m->size};
    struct tensor *rows_of = m->ndim == 1
                                 ? tensor_broadcast_to(m, 2, square, err)
                                 : tensor_ref(m);
    struct tensor *result = rows_of ? tensor_copy(rows_of, err) : NULL;
    tensor_unref(rows_of);
    if (!result)
        return false;
    int64_t rows = result->shape[result->ndim - 2];
    int64_t columns = result->shape[result->ndim - 1];
    size_t size = dtype_size(m->dtype);
    for (int64_t i = 0; i < result->size; i++) {
        int64_t row = i / columns % rows, offset = i % columns - row;
        if (lower ? offset > args[1].integer : offset < args[1].integer)
            memset(result->data + (size_t)i * size, 0, size);
    }
    return op_return_array(ret, result);
}

/* The rows and columns of a triangle's elements. */
static bool triangle_places(bool lower, int64_t rows, int64_t columns,
                            int64_t k, struct op_result *ret,
                            struct error *err)
{
    int64_t count = 0;

    for (int64_t i = 0; i < rows; i++)
        for (int64_t j = 0; j < columns; j++)
            count += lower ? j - i <= k : j - i >= k;
    struct tensor *row = tensor_new(DTYPE_INT64, 1, &count, err);
    struct tensor *column = tensor_new(DTYPE_INT64, 1, &count, err);
    if (!row || !column) {
        tensor_unref(row);
        tensor_unref(column);
        return false;
    }
    for (int64_t i = 0, at = 0; i < rows; i++)
        for (int64_t j = 0; j < columns; j++) {
            if (lower ? j - i > k : j - i < k)
                continue;
            ((int64_t *)row->data)[at] = i;
            ((int64_t *)column->data)[at++] = j;
        }
    return return_items(ret, RESULT_TUPLE, 2,
                        (struct tensor *[]){row, column});
}

static bool triangle_indices_forward(const struct op *op,
                                     const struct arg *args,
                                     struct op_result *ret, struct error *err)
{
    int64_t n = args[0].integer, m = args[2].given ? args[2].integer : n;

    return triangle_places(*(const char *)op->data == 'l', n, m,
                           args[1].integer, ret, err);
}

static bool indices_from_forward(const struct op *op, const struct arg *args,
                                 struct op_result *ret, struct error *err)
{
    struct tensor *arr = args[0].tensor;

    if (arr->ndim != 2)
        return error_set(err, ERROR_VALUE, "input array must be 2-d");
    return triangle_places(*(const char *)op->data == 'l', arr->shape[0],
                           arr->shape[1], args[1].integer, ret, err);
}

/* NDIM times 0 … N-1. */
static bool diagonal_places(int64_t n, int64_t ndim, struct op_result *ret,
                            struct error *err)
{
    struct tensor *items[TENSOR_MAX_DIMS];

    if (ndim < 0 || ndim > TENSOR_MAX_DIMS)
        return error_set(err, ERROR_VALUE, "ndim must be 0 to %d",
                         TENSOR_MAX_DIMS);
    struct tensor *line = tensor_new(DTYPE_INT64, 1, &n, err);
    if (!line)
        return false;
    for (int64_t i = 0; i < n; i++)
        ((int64_t *)line->data)[i] = i;
    for (int64_t i = 0; i < ndim; i++)
        items[i] = tensor_ref(line);
    tensor_unref(line);
    return return_items(ret, RESULT_TUPLE, (int)ndim, items);
}

static bool diag_indices_forward(const struct op *op, const struct arg *args,
                                 struct op_result *ret, struct error *err)
{
    (void)op;
    return diagonal_places(args[0].integer, args[1].integer, ret, err);
}

static bool diag_indices_from_forward(const struct op *op,
                                      const struct arg *args,
                                      struct op_result *ret, struct error *err)
{
    struct tensor *arr = args[0].tensor;

    (void)op;
    if (arr->ndim < 2)
        return error_set(err, ERROR_VALUE,
                         "input array must be at least 2-d");
    for (int i = 1; i < arr->ndim; i++)
        if (arr->shape[i] != arr->shape[0])
            return error_set(err, ERROR_VALUE, "All dimensions of input must "
                                               "be of equal length");
    return diagonal_places(arr->shape[0], arr->ndim, ret, err);
}

/* ------------------------------------------------------------------- vander */

static const struct param vander_params[] = {
    {"x", PARAM_TENSOR, 0, NULL},
    {"N", PARAM_INT, 0, "None"},
    {"increasing", PARAM_BOOL, 0, "False"},
    {NULL, 0, 0, NULL}};

/* Column J holds x**J (or the other way round): products, as NumPy makes
   them. */
static bool vander_forward(const struct op *op, const struct arg *args,
                           struct op_result *ret, struct error *err)
{
    struct tensor *x = args[0].tensor;
    int64_t n = args[1].given ? args[1].integer : x->size;
    enum dtype dtype = dtype_promote(x->dtype, DTYPE_INT64);

    (void)op;
    if (x->ndim != 1)
        return error_set(err, ERROR_VALUE,
                         "x must be a one-dimensional array or sequence.");
    int64_t shape[2] = {x->size, n};
    const struct ufunc *multiply = ufunc_find("multiply");
    struct tensor *result =
        tensor_full(scalar_from_int(1), dtype, 2, shape, err);
    bool done = result != NULL;
    for (int64_t j = 1; done && j < n; j++) {
        struct tensor *last = tensor_section(
            result, 1, args[2].flag ? j - 1 : n - j, 1);
        struct tensor *next = tensor_section(
            result, 1, args[2].flag ? j : n - 1 - j, 1);
        struct tensor *column = tensor_expand_dims(x, 1);
        struct tensor *power =
            ufunc_call(multiply, (struct tensor *[]){last, column}, NULL, NULL,
                       DTYPE_COUNT, err);
        done = power && tensor_assign(next, power, err);
        tensor_unref(power);
        tensor_unref(column);
        tensor_unref(next);
        tensor_unref(last);
    }
    if (done)
        return op_return_array(ret, result);
    tensor_unref(result);
    return false;
}

#define BOTH (OP_FUNCTION | OP_METHOD)
#define FUNCTION OP_FUNCTION

const struct op matrix_ops[] = {
    {"eye", NULL, "np", FUNCTION, eye_params, eye_forward, NULL, NULL,
     "A matrix of zeros with ones on a diagonal", NULL,
     ">>> np.eye(2)\narray([[1., 0.],\n       [0., 1.]])", "identity diag"},
    {"identity", NULL, "np", FUNCTION, identity_params, identity_forward, NULL,
     NULL, "The identity matrix", NULL,
     ">>> np.identity(2)\narray([[1., 0.],\n       [0., 1.]])", "eye"},
    {"diag", NULL, "np", FUNCTION, diag_params, diag_forward, vjp_moved, NULL,
     "The diagonal of a matrix, or a matrix with this diagonal", NULL,
     ">>> np.diag([1, 2])\narray([[1, 0],\n       [0, 2]])",
     "eye diagonal trace"},
    {"diagflat", NULL, "np", FUNCTION, diag_params, diagflat_forward, vjp_moved,
     NULL, "A matrix with all the elements on its diagonal", NULL,
     ">>> np.diagflat([1, 2], 1)\narray([[0, 1, 0],\n       [0, 0, 2],\n"
     "       [0, 0, 0]])",
     "diag"},
    {"diagonal", NULL, "np", BOTH, diagonal_params, diagonal_forward, vjp_moved,
     NULL, "The elements with equal places in two axes; read-only", NULL,
     ">>> np.diagonal([[1, 2], [3, 4]])\narray([1, 4])", "diag trace"},
    {"fill_diagonal", NULL, "np", FUNCTION, fill_diagonal_params,
     fill_diagonal_forward, NULL, NULL,
     "Puts values on the main diagonal of the array itself", NULL,
     ">>> x = np.zeros((2, 2))\n>>> np.fill_diagonal(x, 5)\n>>> x\n"
     "array([[5., 0.],\n       [0., 5.]])",
     "diag"},
    {"tri", NULL, "np", FUNCTION, tri_params, tri_forward, NULL, NULL,
     "Ones on and below a diagonal, zeros above", NULL,
     ">>> np.tri(2, 3, dtype=int)\narray([[1, 0, 0],\n       [1, 1, 0]])",
     "tril"},
    {"tril", NULL, "np", FUNCTION, triangle_params, triangle_forward, vjp_moved,
     NULL, "The lower triangle; above it zeros", NULL,
     ">>> np.tril([[1, 2], [3, 4]])\narray([[1, 0],\n       [3, 4]])", "triu"},
    {"triu", NULL, "np", FUNCTION, triangle_params, triangle_forward, vjp_moved,
     NULL, "The upper triangle; below it zeros", NULL,
     ">>> np.triu([[1, 2], [3, 4]])\narray([[1, 2],\n       [0, 4]])", "tril"},
    {"tril_indices", NULL, "np", FUNCTION, triangle_indices_params,
     triangle_indices_forward, NULL, "l",
     "The places of the lower triangle of an n by m matrix", NULL,
     ">>> np.tril_indices(2)\n(array([0, 1, 1]), array([0, 0, 1]))",
     "tril triu_indices"},
    {"triu_indices", NULL, "np", FUNCTION, triangle_indices_params,
     triangle_indices_forward, NULL, "u",
     "The places of the upper triangle of an n by m matrix", NULL,
     ">>> np.triu_indices(2)\n(array([0, 0, 1]), array([0, 1, 1]))",
     "triu tril_indices"},
    {"tril_indices_from", NULL, "np", FUNCTION, indices_from_params,
     indices_from_forward, NULL, "l",
     "The places of the lower triangle of a matrix", NULL,
     ">>> np.tril_indices_from(np.ones((2, 2)))\n"
     "(array([0, 1, 1]), array([0, 0, 1]))",
     "tril_indices"},
    {"triu_indices_from", NULL, "np", FUNCTION, indices_from_params,
     indices_from_forward, NULL, "u",
     "The places of the upper triangle of a matrix", NULL,
     ">>> np.triu_indices_from(np.ones((2, 2)))\n"
     "(array([0, 0, 1]), array([0, 1, 1]))",
     "triu_indices"},
    {"diag_indices", NULL, "np", FUNCTION, diag_indices_params,
     diag_indices_forward, NULL, NULL,
     "The places of the main diagonal of an n by n matrix", NULL,
     ">>> np.diag_indices(2)\n(array([0, 1]), array([0, 1]))",
     "fill_diagonal"},
    {"diag_indices_from", NULL, "np", FUNCTION, arr_param,
     diag_indices_from_forward, NULL, NULL,
     "The places of the main diagonal of an array", NULL,
     ">>> np.diag_indices_from(np.ones((2, 2)))\n"
     "(array([0, 1]), array([0, 1]))",
     "diag_indices"},
    {"vander", NULL, "np", FUNCTION, vander_params, vander_forward, vander_vjp, NULL,
     "A matrix with the powers of x as its columns", NULL,
     ">>> np.vander([1, 2, 3])\narray([[1, 1, 1],\n       [4, 2, 1],\n"
     "       [9, 3, 1]])",
     "polyfit"},
    {.name = NULL},
};
