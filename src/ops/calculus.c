/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Differences, gradients, integrals, interpolation. */
#include "tensor/calculus.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "ops/derive.h"
#include "ops/families.h"

static const struct param diff_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"n", PARAM_INT, 0, "1"},
    {"axis", PARAM_INT, PARAM_NOT_NONE, "-1"},
    {"prepend", PARAM_TENSOR, 0, "<no value>"},
    {"append", PARAM_TENSOR, 0, "<no value>"},
    {NULL, 0, 0, NULL}};
static const struct param gradient_params[] = {
    {"f", PARAM_TENSOR, PARAM_POSITIONAL_ONLY, NULL},
    {"varargs", PARAM_TENSORS, PARAM_STAR, NULL},
    {"axis", PARAM_DIMS, PARAM_KEYWORD_ONLY, "None"},
    {"edge_order", PARAM_INT, PARAM_KEYWORD_ONLY, "1"},
    {NULL, 0, 0, NULL}};
static const struct param trapz_params[] = {{"y", PARAM_TENSOR, 0, NULL},
                                            {"x", PARAM_TENSOR, 0, "None"},
                                            {"dx", PARAM_FLOAT, 0, "1.0"},
                                            {"axis", PARAM_INT, PARAM_NOT_NONE,
                                             "-1"},
                                            {NULL, 0, 0, NULL}};
static const struct param interp_params[] = {{"x", PARAM_TENSOR, 0, NULL},
                                             {"xp", PARAM_TENSOR, 0, NULL},
                                             {"fp", PARAM_TENSOR, 0, NULL},
                                             {"left", PARAM_FLOAT, 0, "None"},
                                             {"right", PARAM_FLOAT, 0, "None"},
                                             {"period", PARAM_FLOAT, 0, "None"},
                                             {NULL, 0, 0, NULL}};

static bool diff_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    (void)op;
    return op_return_array(
        ret, tensor_diff(args[0].tensor, args[1].integer, args[2].integer,
                         args[3].given ? args[3].tensor : NULL,
                         args[4].given ? args[4].tensor : NULL, err));
}

/* -------------------------------------------------------------- gradient */

/* Which axes: all of them without AXIS. */
static bool gradient_axes(const struct tensor *f, const struct arg *axis,
                          int *ret_count, int *axes, struct error *err)
{
    int count = axis->given ? axis->dims.count : f->ndim;

    for (int i = 0; i < count; i++) {
        if (!tensor_normalize_axis(axis->given ? axis->dims.values[i] : i,
                                   f->ndim, &axes[i], err))
            return false;
        for (int j = 0; j < i; j++)
            if (axes[j] == axes[i])
                return error_set(err, ERROR_VALUE, "repeated axis");
    }
    *ret_count = count;
    return true;
}

static bool is_one_for_all(const struct arg *given)
{
    return given->tensors.count == 1 && given->tensors.items[0]->ndim == 0;
}

static bool check_spacings(const struct arg *given, int count,
                           struct error *err)
{
    int n = given->tensors.count;

    if (n && !is_one_for_all(given) && n != count)
        return error_set(err, ERROR_TYPE, "invalid number of arguments");
    for (int i = 0; i < n; i++)
        if (given->tensors.items[i]->ndim > 1)
            return error_set(err, ERROR_VALUE,
                             "distances must be either scalars or 1d");
    return true;
}

/* The spacing of axis number I: none, one for all, or its own. */
static struct tensor *gradient_spacing(const struct arg *given, int i)
{
    return !given->tensors.count   ? NULL
           : is_one_for_all(given) ? given->tensors.items[0]
                                   : given->tensors.items[i];
}

static bool gradient_forward(const struct op *op, const struct arg *args,
                             struct op_result *ret, struct error *err)
{
    struct tensor *f = args[0].tensor;
    int axes[TENSOR_MAX_DIMS], count = 0;

    (void)op;
    if ((args[2].given && args[2].dims.count > TENSOR_MAX_DIMS) ||
        !gradient_axes(f, &args[2], &count, axes, err) ||
        !check_spacings(&args[1], count, err))
        return false;
    if (args[3].integer != 1 && args[3].integer != 2)
        return error_set(err, ERROR_VALUE,
                         "'edge_order' greater than 2 not supported");
    *ret = (struct op_result){.form = RESULT_LIST};
    ret->items = xcalloc((size_t)count + 1, sizeof *ret->items);
    for (int i = 0; i < count; i++) {
        struct tensor *slope =
            tensor_gradient(f, axes[i], gradient_spacing(&args[1], i),
                            (int)args[3].integer, err);
        if (!slope)
            return false;
        ret->items[ret->count++] = slope;
    }
    if (count != 1)
        return true;
    struct tensor *only = tensor_ref(ret->items[0]);
    op_result_done(ret);
    return op_return_array(ret, only);
}

/* ------------------------------------------------------ trapz and interp */

static bool trapz_forward(const struct op *op, const struct arg *args,
                          struct op_result *ret, struct error *err)
{
    (void)op;
    return op_return_tensor(
        ret, tensor_trapz(args[0].tensor, args[1].given ? args[1].tensor : NULL,
                          args[2].number, args[3].integer, err));
}

static bool interp_forward(const struct op *op, const struct arg *args,
                           struct op_result *ret, struct error *err)
{
    struct interp_ends ends = {args[3].given ? &args[3].number : NULL,
                               args[4].given ? &args[4].number : NULL};

    (void)op;
    if (args[5].given)
        return op_return_tensor(
            ret, tensor_interp_periodic(args[0].tensor, args[1].tensor,
                                        args[2].tensor, args[5].number, err));
    return op_return_tensor(ret, tensor_interp(args[0].tensor, args[1].tensor,
                                               args[2].tensor, ends, err));
}

const struct op calculus_ops[] = {
    {"diff", NULL, "np", OP_FUNCTION, diff_params, diff_forward, diff_vjp, NULL,
     "The differences of neighbours along an axis",
     "With n they are taken n times. prepend and append are joined to the ends "
     "before. Of bools it tells where they change.",
     ">>> np.diff([1, 2, 4, 7, 0])\narray([ 1,  2,  3, -7])\n"
     ">>> np.diff([1, 2, 4, 7, 0], n=2)\narray([  1,   1, -10])",
     "gradient cumsum"},
    {"gradient", NULL, "np", OP_FUNCTION, gradient_params, gradient_forward,
     gradient_vjp, NULL, "The slope at each element: central differences",
     "Behind f come distances: one number for all axes, or for each axis a "
     "number or the coordinates of its elements. At the ends it is a one-sided "
     "difference of edge_order 1 or 2. Several axes give a list of arrays.",
     ">>> np.gradient([1, 2, 4, 7, 11])\n"
     "array([1. , 1.5, 2.5, 3.5, 4. ])\n"
     ">>> np.gradient([1, 2, 4, 7, 11], 2)\n"
     "array([0.5 , 0.75, 1.25, 1.75, 2.  ])",
     "diff"},
    {"trapz", NULL, "np", OP_FUNCTION, trapz_params, trapz_forward, trapz_vjp, NULL,
     "The integral by the trapezoidal rule",
     "x has the coordinates of the values; without it they are dx apart.",
     ">>> np.trapz([1, 2, 3])\n4.0\n"
     ">>> np.trapz([1, 2, 3], x=[4, 6, 8])\n8.0",
     "sum gradient"},
    {"interp", NULL, "np", OP_FUNCTION, interp_params, interp_forward, interp_vjp,
     NULL, "Values between given points, on straight lines",
     "xp ascends. Beyond its ends the value is left and right, or the ends' "
     "own. With period the points repeat, and may come in any order.",
     ">>> np.interp(2.5, [1, 2, 3], [3, 2, 0])\n1.0\n"
     ">>> np.interp([0, 1, 1.5, 9], [1, 2, 3], [3, 2, 0])\n"
     "array([3. , 3. , 2.5, 0. ])",
     "polyfit"},
    {.name = NULL},
};
