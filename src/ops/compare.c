/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole arrays compared: equal, nearly equal, of the same memory. */
#include <math.h>

#include "ops/arguments.h"
#include "base/interrupt.h"
#include "ops/families.h"

static const struct param close_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"b", PARAM_TENSOR, 0, NULL},
    {"rtol", PARAM_FLOAT, 0, "1e-05"},
    {"atol", PARAM_FLOAT, 0, "1e-08"},
    {"equal_nan", PARAM_BOOL, 0, "False"},
    {NULL, 0, 0, NULL}};
static const struct param equal_params[] = {
    {"a1", PARAM_TENSOR, 0, NULL},
    {"a2", PARAM_TENSOR, 0, NULL},
    {"equal_nan", PARAM_BOOL, 0, "False"},
    {NULL, 0, 0, NULL}};
static const struct param pair_params[] = {{"a1", PARAM_TENSOR, 0, NULL},
                                           {"a2", PARAM_TENSOR, 0, NULL},
                                           {NULL, 0, 0, NULL}};
static const struct param memory_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"b", PARAM_TENSOR, 0, NULL},
    {"max_work", PARAM_INT, 0, "None"},
    {NULL, 0, 0, NULL}};

/* |a - b| <= atol + rtol * |b|; infinities must be equal. */
static bool is_close(double a, double b, const struct arg *args)
{
    if (isnan(a) || isnan(b))
        return args[4].flag && isnan(a) && isnan(b);
    if (isinf(a) || isinf(b))
        return a == b;
    return fabs(a - b) <= args[3].number + args[2].number * fabs(b);
}

/* For each pair whether it is close; owned. */
static struct tensor *closeness(const struct arg *args, struct error *err)
{
    struct tensor *pair[2] = {args[0].tensor, args[1].tensor};
    int64_t shape[TENSOR_MAX_DIMS];
    int ndim;

    if (!tensor_broadcast_shapes(2, pair, &ndim, shape, err))
        return NULL;
    struct tensor *a = tensor_broadcast_to(pair[0], ndim, shape, err);
    struct tensor *b = a ? tensor_broadcast_to(pair[1], ndim, shape, err)
                         : NULL;
    struct tensor *result =
        b ? tensor_new(DTYPE_BOOL, ndim, shape, err) : NULL;
    for (int64_t i = 0; result && i < result->size; i++)
        result->data[i] = is_close(scalar_to_double(tensor_item_at(a, i)),
                                   scalar_to_double(tensor_item_at(b, i)),
                                   args);
    tensor_unref(a);
    tensor_unref(b);
    return result;
}

static bool isclose_forward(const struct op *op, const struct arg *args,
                            struct op_result *ret, struct error *err)
{
    (void)op;
    return op_return_tensor(ret, closeness(args, err));
}

static bool allclose_forward(const struct op *op, const struct arg *args,
                             struct op_result *ret, struct error *err)
{
    struct tensor *close = closeness(args, err);
    bool all = true;

    (void)op;
    if (!close)
        return false;
    for (int64_t i = 0; all && i < close->size; i++)
        all = close->data[i];
    tensor_unref(close);
    return return_bool(ret, all);
}

/* Exact, whatever the dtypes: integers are not rounded to float64. */
static bool same_number(struct scalar a, struct scalar b, bool equal_nan)
{
    if (!dtype_is_float(a.dtype) && !dtype_is_float(b.dtype) &&
        a.dtype != DTYPE_UINT64 && b.dtype != DTYPE_UINT64)
        return scalar_to_int(a) == scalar_to_int(b);
    double x = scalar_to_double(a), y = scalar_to_double(b);
    return x == y || (equal_nan && isnan(x) && isnan(y));
}

static bool all_same(const struct tensor *a, const struct tensor *b,
                     bool equal_nan)
{
    for (int64_t i = 0; i < a->size && !interrupt_pending(); i++)
        if (!same_number(tensor_item_at(a, i), tensor_item_at(b, i),
                         equal_nan))
            return false;
    return true;
}

static bool array_equal_forward(const struct op *op, const struct arg *args,
                                struct op_result *ret, struct error *err)
{
    struct tensor *a = args[0].tensor, *b = args[1].tensor;

    (void)op;
    bool same = same_shape(a, b) && all_same(a, b, args[2].flag);
    return interrupt_check(err) && return_bool(ret, same);
}

static bool array_equiv_forward(const struct op *op, const struct arg *args,
                                struct op_result *ret, struct error *err)
{
    struct tensor *pair[2] = {args[0].tensor, args[1].tensor};
    int64_t shape[TENSOR_MAX_DIMS];
    int ndim;

    (void)op;
    if (!tensor_broadcast_shapes(2, pair, &ndim, shape, err)) {
        error_clear(err);
        return return_bool(ret, false);
    }
    struct tensor *a = tensor_broadcast_to(pair[0], ndim, shape, err);
    struct tensor *b = tensor_broadcast_to(pair[1], ndim, shape, err);
    bool same = a && b && all_same(a, b, false);
    tensor_unref(a);
    tensor_unref(b);
    return interrupt_check(err) && return_bool(ret, same);
}

static bool may_share_forward(const struct op *op, const struct arg *args,
                              struct op_result *ret, struct error *err)
{
    (void)op;
    (void)err;
    return return_bool(ret, tensor_may_share_memory(args[0].tensor,
                                                    args[1].tensor));
}

/* Does an element of A overlap one of B?  Walks the smaller one and solves
   the other along its axes: exact, but for many elements slow. */
static bool lies_on(const struct tensor *b, int axis, const char *target,
                    size_t size, const char *at)
{
    if (axis == b->ndim)
        return at < target + size && target < at + dtype_size(b->dtype);
    for (int64_t i = 0; i < b->shape[axis]; i++)
        if (lies_on(b, axis + 1, target, size, at + i * b->strides[axis]))
            return true;
    return false;
}

static bool overlaps(const struct tensor *a, const struct tensor *b, int axis,
                     const char *at)
{
    if (axis == a->ndim)
        return lies_on(b, 0, at, dtype_size(a->dtype), b->data);
    for (int64_t i = 0; i < a->shape[axis]; i++)
        if (overlaps(a, b, axis + 1, at + i * a->strides[axis]))
            return true;
    return false;
}

static bool shares_forward(const struct op *op, const struct arg *args,
                           struct op_result *ret, struct error *err)
{
    struct tensor *a = args[0].tensor, *b = args[1].tensor;
    bool may = tensor_may_share_memory(a, b);

    (void)op;
    (void)err;
    /* Contiguous arrays overlap where their ranges do. */
    if (!may || (tensor_is_contiguous(a) && tensor_is_contiguous(b)) ||
        a->size > 1 << 14 || b->size > 1 << 14)
        return return_bool(ret, may);
    return return_bool(ret, overlaps(a, b, 0, a->data));
}

#define FUNCTION OP_FUNCTION

const struct op compare_ops[] = {
    {"isclose", NULL, "np", FUNCTION, close_params, isclose_forward, NULL,
     NULL, "Are they equal but for rounding, element by element",
     "Close means |a - b| <= atol + rtol * |b|.",
     ">>> np.isclose([1e10, 1e-7], [1.00001e10, 1e-8])\n"
     "array([ True, False])",
     "allclose"},
    {"allclose", NULL, "np", FUNCTION, close_params, allclose_forward, NULL,
     NULL, "Are all elements equal but for rounding", NULL,
     ">>> np.allclose([0.1 + 0.2], [0.3])\nTrue", "isclose array_equal"},
    {"array_equal", NULL, "np", FUNCTION, equal_params, array_equal_forward,
     NULL, NULL, "Have both the same shape and the same elements", NULL,
     ">>> np.array_equal([1, 2], [1, 2])\nTrue", "array_equiv allclose"},
    {"array_equiv", NULL, "np", FUNCTION, pair_params, array_equiv_forward,
     NULL, NULL, "Are they equal when one is broadcast to the other", NULL,
     ">>> np.array_equiv([1, 2], [[1, 2], [1, 2]])\nTrue", "array_equal"},
    {"may_share_memory", NULL, "np", FUNCTION, memory_params,
     may_share_forward, NULL, NULL,
     "Might two arrays share memory: do their ranges overlap", NULL,
     ">>> x = np.zeros(4)\n>>> np.may_share_memory(x[::2], x[1::2])\nTrue",
     "shares_memory base"},
    {"shares_memory", NULL, "np", FUNCTION, memory_params, shares_forward,
     NULL, NULL, "Do two arrays share an element", NULL,
     ">>> x = np.zeros(4)\n>>> np.shares_memory(x, x[1:])\nTrue\n"
     ">>> np.shares_memory(x[::2], x[1::2])\nFalse",
     "may_share_memory base"},
    {.name = NULL},
};
