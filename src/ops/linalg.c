/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Products of vectors and matrices. */
#include <math.h>
#include <string.h>

#include "ops/families.h"
#include "tensor/elementwise.h"
#include "tensor/product.h"
#include "tensor/reduce.h"

static const struct param pair_params[] = {{"a", PARAM_TENSOR, 0, NULL},
                                           {"b", PARAM_TENSOR, 0, NULL},
                                           {"out", PARAM_TENSOR, 0, "None"},
                                           {NULL, 0, 0, NULL}};
static const struct param two_params[] = {{"a", PARAM_TENSOR, 0, NULL},
                                          {"b", PARAM_TENSOR, 0, NULL},
                                          {NULL, 0, 0, NULL}};

static bool dot_forward(const struct op *op, const struct arg *args,
                        struct op_result *ret, struct error *err)
{
    (void)op;
    return op_return_into(ret, tensor_dot(args[0].tensor, args[1].tensor, err),
                  &args[2], err);
}

static bool matmul_forward(const struct op *op, const struct arg *args,
                           struct op_result *ret, struct error *err)
{
    (void)op;
    return op_return_into(ret, tensor_matmul(args[0].tensor, args[1].tensor, err),
                  &args[2], err);
}

static struct tensor *flat(struct tensor *tensor, struct error *err)
{
    int64_t all = -1;
    return tensor_reshape(tensor, 1, &all, 'C', err);
}

static bool vdot_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    struct tensor *a = flat(args[0].tensor, err);
    struct tensor *b = a ? flat(args[1].tensor, err) : NULL;
    struct tensor *result = b ? tensor_dot(a, b, err) : NULL;

    (void)op;
    tensor_unref(a);
    tensor_unref(b);
    return op_return_tensor(ret, result);
}

/* The last axes of both: a . transpose(b) */
static bool inner_forward(const struct op *op, const struct arg *args,
                          struct op_result *ret, struct error *err)
{
    struct tensor *a = args[0].tensor, *b = args[1].tensor;
    int64_t axes[TENSOR_MAX_DIMS];

    (void)op;
    if (a->ndim == 0 || b->ndim < 2)
        return op_return_tensor(ret, tensor_dot(a, b, err));
    /* dot takes the second to last axis of b */
    for (int i = 0; i < b->ndim; i++)
        axes[i] = i;
    axes[b->ndim - 1] = b->ndim - 2;
    axes[b->ndim - 2] = b->ndim - 1;
    struct tensor *turned = tensor_transpose(b, axes, err);
    struct tensor *result = turned ? tensor_dot(a, turned, err) : NULL;
    tensor_unref(turned);
    return op_return_tensor(ret, result);
}

static bool outer_forward(const struct op *op, const struct arg *args,
                          struct op_result *ret, struct error *err)
{
    struct tensor *a = flat(args[0].tensor, err);
    struct tensor *b = a ? flat(args[1].tensor, err) : NULL;
    struct tensor *result = NULL;

    (void)op;
    if (b) {
        struct tensor *inputs[2] = {tensor_expand_dims(a, 1), b};
        result = ufunc_call(ufunc_find("multiply"), inputs, NULL, NULL,
                            DTYPE_COUNT, err);
        tensor_unref(inputs[0]);
    }
    tensor_unref(a);
    tensor_unref(b);
    return op_return_tensor(ret, result);
}

static const struct param trace_params[] = {{"a", PARAM_TENSOR, 0, NULL},
                                            {"offset", PARAM_INT, 0, "0"},
                                            {NULL, 0, 0, NULL}};

static bool trace_forward(const struct op *op, const struct arg *args,
                          struct op_result *ret, struct error *err)
{
    struct tensor *a = args[0].tensor;
    int64_t offset = args[1].integer;
    struct axes axes = {.all = true};

    (void)op;
    if (a->ndim != 2)
        return error_set(err, ERROR_VALUE, "trace() takes a matrix; this "
                                           "array has %d dimensions",
                         a->ndim);
    int64_t rows = a->shape[0] - (offset < 0 ? -offset : 0);
    int64_t columns = a->shape[1] - (offset > 0 ? offset : 0);
    int64_t count = rows < columns ? rows : columns;
    int64_t stride = a->strides[0] + a->strides[1];
    char *first = a->data;
    if (count < 0)
        count = 0;
    if (count)
        first += offset > 0 ? offset * a->strides[1] : -offset * a->strides[0];
    struct tensor *diagonal = tensor_view(a, 1, &count, &stride, first);
    struct tensor *sum = reduce_ufunc(ufunc_find("add"), diagonal, &axes, false,
                                      DTYPE_COUNT, err);
    tensor_unref(diagonal);
    return op_return_tensor(ret, sum);
}

static const struct param norm_params[] = {
    {"x", PARAM_TENSOR, 0, NULL},
    {"ord", PARAM_FLOAT, 0, "None"},
    {"axis", PARAM_DIMS, 0, "None"},
    {"keepdims", PARAM_BOOL, 0, "False"},
    {NULL, 0, 0, NULL}};

static struct tensor *unary(const char *name, struct tensor *x,
                            struct error *err)
{
    return ufunc_call(ufunc_find(name), &x, NULL, NULL, DTYPE_COUNT, err);
}

/* sqrt(sum(x**2)) */
static struct tensor *norm2(struct tensor *x, const struct axes *axes,
                            bool keepdims, struct error *err)
{
    struct tensor *squares = unary("square", x, err);
    struct tensor *sum = squares ? reduce_ufunc(ufunc_find("add"), squares,
                                                axes, keepdims, DTYPE_COUNT,
                                                err)
                                 : NULL;
    struct tensor *root = sum ? unary("sqrt", sum, err) : NULL;

    tensor_unref(squares);
    tensor_unref(sum);
    return root;
}

/* sum(abs(x)), or its largest or smallest element */
static struct tensor *norm_of_absolutes(struct tensor *x, double order,
                                        const struct axes *axes, bool keepdims,
                                        struct error *err)
{
    const char *name = isinf(order) ? order > 0 ? "maximum" : "minimum" : "add";
    struct tensor *absolute = unary("absolute", x, err);
    struct tensor *result =
        absolute ? reduce_ufunc(ufunc_find(name), absolute, axes, keepdims,
                                DTYPE_COUNT, err)
                 : NULL;

    tensor_unref(absolute);
    return result;
}

static bool norm_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    struct axes axes = {.all = true};
    double order = args[1].given ? args[1].number : 2;
    bool vector = args[0].tensor->ndim == 1 || args[2].given;

    (void)op;
    if (args[2].given &&
        !axes_init(&axes, args[2].dims.count, args[2].dims.values,
                   args[0].tensor->ndim, err))
        return false;
    if (args[1].given && !vector)
        return error_set(err, ERROR_NOT_IMPLEMENTED,
                         "norm() of a whole matrix takes no ord yet");
    if (order != 2 && order != 1 && !isinf(order))
        return error_set(err, ERROR_NOT_IMPLEMENTED,
                         "norm() knows ord 1, 2, inf and -inf");
    struct tensor *x =
        dtype_is_float(args[0].tensor->dtype)
            ? tensor_ref(args[0].tensor)
            : tensor_astype(args[0].tensor, DTYPE_FLOAT64, err);
    if (!x)
        return false;
    struct tensor *result =
        order == 2 ? norm2(x, &axes, args[3].flag, err)
                   : norm_of_absolutes(x, order, &axes, args[3].flag, err);
    tensor_unref(x);
    return op_return_tensor(ret, result);
}

const struct op linalg_ops[] = {
    {"dot", NULL, "np", OP_FUNCTION | OP_METHOD, pair_params, dot_forward,
     NULL, NULL, "The dot product: of vectors, matrices, or both",
     "Two vectors give a number. A matrix and a vector give a vector: one dot "
     "product for each row. Two matrices give the matrix product. In general "
     "the last axis of a meets the second to last axis of b.\n\nThe book calls "
     "it the tensor product, too; in mathematics that is another operation, "
     "np.outer.",
     ">>> np.dot([1, 2, 3], [4, 5, 6])\n32\n"
     ">>> A = np.array([[1, 2], [3, 4]])\n"
     ">>> A.dot([5, 6])\narray([17, 39])",
     "matmul inner outer"},
    {"matmul", NULL, "np", OP_FUNCTION, pair_params, matmul_forward, NULL,
     NULL, "The matrix product; the same as a @ b",
     "Of stacks of matrices it takes the last two axes and broadcasts the "
     "others.",
     ">>> np.matmul([[1, 2], [3, 4]], [[5, 6], [7, 8]])\n"
     "array([[19, 22],\n       [43, 50]])",
     "dot"},
    {"vdot", NULL, "np", OP_FUNCTION, two_params, vdot_forward, NULL, NULL,
     "The dot product of all elements, whatever the shapes", NULL,
     ">>> np.vdot([[1, 2], [3, 4]], [[1, 1], [1, 1]])\n10", "dot inner"},
    {"inner", NULL, "np", OP_FUNCTION, two_params, inner_forward, NULL, NULL,
     "Dot products along the last axes of both", NULL,
     ">>> np.inner([[1, 2], [3, 4]], [5, 6])\narray([17, 39])", "dot outer"},
    {"outer", NULL, "np", OP_FUNCTION, two_params, outer_forward, NULL, NULL,
     "All products of an element of a with an element of b", NULL,
     ">>> np.outer([1, 2], [3, 4, 5])\narray([[ 3,  4,  5],\n"
     "       [ 6,  8, 10]])",
     "inner dot"},
    {"trace", NULL, "np", OP_FUNCTION | OP_METHOD, trace_params, trace_forward,
     NULL, NULL, "The sum of a matrix's diagonal", NULL,
     ">>> np.trace([[1, 2], [3, 4]])\n5", "diag"},
    {"norm", NULL, "np.linalg", OP_FUNCTION, norm_params, norm_forward, NULL,
     NULL, "The length of a vector: the root of the sum of squares", NULL,
     ">>> np.linalg.norm([3, 4])\n5.0", "dot sqrt"},
    {.name = NULL},
};
