/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Products of vectors, matrices and more. */
#include <fenv.h>
#include <math.h>
#include <string.h>

#include "ops/arguments.h"
#include "ops/derive.h"
#include "ops/families.h"
#include "ops/product.h"
#include "tensor/product.h"
#include "tensor/reduce.h"

static const struct param dot_params[] = {{"a", PARAM_TENSOR, 0, NULL},
                                          {"b", PARAM_TENSOR, 0, NULL},
                                          {"out", PARAM_TENSOR, 0, "None"},
                                          {NULL, 0, 0, NULL}};
static const struct param matmul_params[] = {
    {"x1", PARAM_TENSOR, PARAM_POSITIONAL_ONLY, NULL},
    {"x2", PARAM_TENSOR, PARAM_POSITIONAL_ONLY, NULL},
    {"out", PARAM_TENSOR, 0, "None"},
    {NULL, 0, 0, NULL}};
static const struct param two_params[] = {{"a", PARAM_TENSOR, 0, NULL},
                                          {"b", PARAM_TENSOR, 0, NULL},
                                          {NULL, 0, 0, NULL}};
static const struct param tensordot_params[] = {{"a", PARAM_TENSOR, 0, NULL},
                                                {"b", PARAM_TENSOR, 0, NULL},
                                                {"axes", PARAM_TENSOR, 0, "2"},
                                                {NULL, 0, 0, NULL}};
static const struct param cross_params[] = {{"a", PARAM_TENSOR, 0, NULL},
                                            {"b", PARAM_TENSOR, 0, NULL},
                                            {"axisa", PARAM_INT, 0, "-1"},
                                            {"axisb", PARAM_INT, 0, "-1"},
                                            {"axisc", PARAM_INT, 0, "-1"},
                                            {"axis", PARAM_INT, 0, "None"},
                                            {NULL, 0, 0, NULL}};
static const struct param trace_params[] = {{"a", PARAM_TENSOR, 0, NULL},
                                            {"offset", PARAM_INT, 0, "0"},
                                            {"axis1", PARAM_INT, PARAM_NOT_NONE, "0"},
                                            {"axis2", PARAM_INT, PARAM_NOT_NONE, "1"},
                                            {"dtype", PARAM_DTYPE, 0, "None"},
                                            {"out", PARAM_TENSOR, 0, "None"},
                                            {NULL, 0, 0, NULL}};

static bool dot_forward(const struct op *op, const struct arg *args,
                        struct op_result *ret, struct error *err)
{
    struct tensor *product = tensor_dot(args[0].tensor, args[1].tensor, err);
    const struct tensor *out = args[2].given ? args[2].tensor : NULL;

    (void)op;
    if (product && out &&
        (out->dtype != product->dtype || out->ndim != product->ndim ||
         !tensor_is_contiguous(out))) {
        tensor_unref(product);
        return error_set(err, ERROR_VALUE,
                         "output array is not acceptable (must have the right "
                         "datatype, number of dimensions, and be a C-Array)");
    }
    return op_return_into(ret, product, &args[2], err);
}

/* Kernels compute with padding, too: what is not valid there is no one's
   business. */
static void end_events(const char *name, const struct tensor *product)
{
    bool nan = false;

    if (product && fetestexcept(FE_INVALID)) {
        for (int64_t i = 0; i < product->size && !nan; i++) {
            struct scalar x = tensor_item_at(product, i);
            nan = dtype_is_float(x.dtype) && isnan(x.f);
        }
        if (!nan)
            feclearexcept(FE_INVALID);
    }
    fp_events_end(name);
}

static bool matmul_forward(const struct op *op, const struct arg *args,
                           struct op_result *ret, struct error *err)
{
    fp_events_begin();
    struct tensor *product =
        tensor_matmul(args[0].tensor, args[1].tensor, err);
    end_events(op->name, product);
    if (product && args[2].given &&
        !dtype_can_cast_same_kind(product->dtype, args[2].tensor->dtype)) {
        error_set(err, ERROR_TYPE,
                  "Cannot cast ufunc 'matmul' output from dtype('%s') to "
                  "dtype('%s') with casting rule 'same_kind'",
                  dtype_name(product->dtype), dtype_name(args[2].tensor->dtype));
        tensor_unref(product);
        return false;
    }
    return op_return_into(ret, product, &args[2], err);
}

static bool vdot_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    (void)op;
    return op_return_tensor(ret,
                            tensor_vdot(args[0].tensor, args[1].tensor, err));
}

static bool inner_forward(const struct op *op, const struct arg *args,
                          struct op_result *ret, struct error *err)
{
    (void)op;
    return op_return_tensor(ret,
                            tensor_inner(args[0].tensor, args[1].tensor, err));
}

static bool outer_forward(const struct op *op, const struct arg *args,
                          struct op_result *ret, struct error *err)
{
    (void)op;
    return op_return_into(
        ret, tensor_outer(args[0].tensor, args[1].tensor, err), &args[2], err);
}

static bool kron_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    (void)op;
    return op_return_tensor(ret,
                            tensor_kron(args[0].tensor, args[1].tensor, err));
}

bool tensordot_axes(const struct arg *args, int *count, int64_t *a_axes,
                    int64_t *b_axes, struct error *err)
{
    const struct tensor *axes = args[2].given ? args[2].tensor : NULL;
    int64_t n = axes ? 0 : 2;

    if (axes && (dtype_is_float(axes->dtype) && axes->size))
        return error_set(err, ERROR_TYPE,
                         "'float' object cannot be interpreted as an integer");
    if (axes && axes->ndim == 0)
        n = scalar_to_int(tensor_item(axes));
    else if (axes && axes->shape[0] == 2 && axes->ndim <= 2)
        n = axes->size / 2;
    else if (axes)
        return error_set(err, ERROR_VALUE,
                         "axes must be a number or a pair: the axes of a, the "
                         "axes of b");
    if (n < 0 || n > args[0].tensor->ndim || n > args[1].tensor->ndim)
        return error_set(err, ERROR_VALUE, "shape-mismatch for sum");
    for (int64_t i = 0; i < n; i++) {
        bool pair = axes && axes->ndim;
        a_axes[i] = pair ? scalar_to_int(tensor_item_at(axes, i)) : i - n;
        b_axes[i] = pair ? scalar_to_int(tensor_item_at(axes, n + i)) : i;
    }
    *count = (int)n;
    return true;
}

static bool tensordot_forward(const struct op *op, const struct arg *args,
                              struct op_result *ret, struct error *err)
{
    int64_t a_axes[TENSOR_MAX_DIMS], b_axes[TENSOR_MAX_DIMS];
    int count = 0;

    (void)op;
    if (!tensordot_axes(args, &count, a_axes, b_axes, err))
        return false;
    return op_return_array(ret, tensor_tensordot(args[0].tensor, args[1].tensor,
                                                 count, a_axes, b_axes, err));
}

static bool cross_forward(const struct op *op, const struct arg *args,
                          struct op_result *ret, struct error *err)
{
    int64_t axes[3];

    (void)op;
    for (int i = 0; i < 3; i++)
        axes[i] = args[5].given ? args[5].integer : args[2 + i].integer;
    return op_return_array(ret, tensor_cross(args[0].tensor, args[1].tensor,
                                             axes[0], axes[1], axes[2], err));
}

static bool trace_forward(const struct op *op, const struct arg *args,
                          struct op_result *ret, struct error *err)
{
    struct tensor *a = args[0].tensor;
    struct axes last = {.count = 1, .axis = {a->ndim - 2}};
    int axis1, axis2;

    (void)op;
    if (!diagonal_axes(a, &args[2], &args[3], &axis1, &axis2, err))
        return false;
    struct tensor *diagonal = tensor_diagonal(a, args[1].integer, axis1, axis2);
    struct tensor *sum =
        reduce_ufunc(ufunc_find("add"), diagonal, &last, false,
                     args[4].given ? args[4].dtype : DTYPE_COUNT, err);
    tensor_unref(diagonal);
    return op_return_into(ret, sum, &args[5], err);
}

const struct op product_ops[] = {
    {"dot", NULL, "np", OP_FUNCTION | OP_METHOD, dot_params, dot_forward, dot_vjp,
     NULL, "The dot product: of vectors, matrices, or both",
     "Two vectors give a number. A matrix and a vector give a vector: one dot "
     "product for each row. Two matrices give the matrix product. In general "
     "the last axis of a meets the second to last axis of b.\n\nThe book calls "
     "it the tensor product, too; in mathematics that is another operation, "
     "np.outer.",
     ">>> np.dot([1, 2, 3], [4, 5, 6])\n32\n"
     ">>> A = np.array([[1, 2], [3, 4]])\n"
     ">>> A.dot([5, 6])\narray([17, 39])",
     "matmul inner outer"},
    {"matmul", NULL, "np", OP_FUNCTION, matmul_params, matmul_forward, matmul_vjp,
     NULL, "The matrix product; the same as a @ b",
     "Of stacks of matrices it takes the last two axes and broadcasts the "
     "others.",
     ">>> np.matmul([[1, 2], [3, 4]], [[5, 6], [7, 8]])\n"
     "array([[19, 22],\n       [43, 50]])",
     "dot einsum"},
    {"vdot", NULL, "np", OP_FUNCTION, two_params, vdot_forward, vdot_vjp, NULL,
     "The dot product of all elements, whatever the shapes", NULL,
     ">>> np.vdot([[1, 2], [3, 4]], [[1, 1], [1, 1]])\n10", "dot inner"},
    {"inner", NULL, "np", OP_FUNCTION, two_params, inner_forward, inner_vjp, NULL,
     "Dot products along the last axes of both", NULL,
     ">>> np.inner([[1, 2], [3, 4]], [5, 6])\narray([17, 39])", "dot outer"},
    {"outer", NULL, "np", OP_FUNCTION, dot_params, outer_forward, outer_vjp, NULL,
     "All products of an element of a with an element of b", NULL,
     ">>> np.outer([1, 2], [3, 4, 5])\narray([[ 3,  4,  5],\n"
     "       [ 6,  8, 10]])",
     "inner dot kron"},
    {"tensordot", NULL, "np", OP_FUNCTION, tensordot_params, tensordot_forward,
     tensordot_vjp, NULL, "Sums of products over chosen axes of both",
     "axes is a number n: the last n axes of a meet the first n of b; or a "
     "pair: the axes of a, and those of b that they meet.",
     ">>> a = np.arange(6).reshape(2, 3)\n"
     ">>> np.tensordot(a, a, axes=([0, 1], [0, 1]))\narray(55)\n"
     ">>> np.tensordot(a, [1, 0, 2], axes=1)\narray([ 4, 13])",
     "dot einsum"},
    {"kron", NULL, "np", OP_FUNCTION, two_params, kron_forward, kron_vjp, NULL,
     "The Kronecker product: each element of a times all of b, as blocks", NULL,
     ">>> np.kron([1, 10], [[1, 2], [3, 4]])\n"
     "array([[ 1,  2, 10, 20],\n       [ 3,  4, 30, 40]])",
     "outer"},
    {"cross", NULL, "np", OP_FUNCTION, cross_params, cross_forward, cross_vjp, NULL,
     "The vector product: at right angles to both vectors",
     "The vectors have two or three components along axisa and axisb (or axis "
     "for all); the result's lie along axisc. Two plane vectors give the "
     "third component alone.",
     ">>> np.cross([1, 2, 3], [4, 5, 6])\narray([-3,  6, -3])", "dot outer"},
    {"trace", NULL, "np", OP_FUNCTION | OP_METHOD, trace_params, trace_forward,
     trace_vjp, NULL, "The sum of a diagonal",
     "offset is as for np.diag. Of more than two axes, axis1 and axis2 are the "
     "ones whose diagonal is taken.",
     ">>> np.trace([[1, 2], [3, 4]])\n5", "diag"},
    {.name = NULL},
};
