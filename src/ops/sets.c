/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arrays as sets of values. */

#include <string.h>

#include "ops/arguments.h"
#include "ops/families.h"
#include "tensor/elementwise.h"
#include "tensor/index.h"
#include "tensor/join.h"
#include "tensor/layout.h"
#include "tensor/sort.h"

/* ------------------------------------------------------------------ unique */

static const struct param unique_params[] = {
    {"ar", PARAM_TENSOR, 0, NULL},
    {"return_index", PARAM_BOOL, 0, "False"},
    {"return_inverse", PARAM_BOOL, 0, "False"},
    {"return_counts", PARAM_BOOL, 0, "False"},
    {"axis", PARAM_INT, 0, "None"},
    {"equal_nan", PARAM_BOOL, PARAM_KEYWORD_ONLY, "True"},
    {NULL, 0, 0, NULL}};

/* The different values of an array; all owned. */
struct groups {
    struct tensor *first;   /* where each occurs first */
    struct tensor *inverse; /* for each element which value it is */
    struct tensor *counts;
};

static void groups_done(struct groups *groups)
{
    tensor_unref(groups->first);
    tensor_unref(groups->inverse);
    tensor_unref(groups->counts);
}

/* Are the elements (rows of WIDTH) I and J of ROWS the same? */
static bool same_rows(const struct tensor *rows, int64_t width, int64_t i,
                      int64_t j, bool equal_nan)
{
    size_t size = dtype_size(rows->dtype);

    for (int64_t k = 0; k < width; k++) {
        struct scalar a = scalar_load(
            rows->dtype, rows->data + (size_t)(i * width + k) * size);
        struct scalar b = scalar_load(
            rows->dtype, rows->data + (size_t)(j * width + k) * size);
        if (!scalar_same(a, b) ||
            (!equal_nan && dtype_is_float(a.dtype) && a.f != a.f))
            return false;
    }
    return true;
}

/* ORDER sorts the rows of WIDTH elements of ROWS, equal ones in order. */
static bool group(const struct tensor *rows, int64_t width,
                  const struct tensor *order, bool equal_nan,
                  struct groups *groups, struct error *err)
{
    const int64_t *at = (const int64_t *)order->data;
    int64_t n = order->size, count = 0, value = -1;

    for (int64_t i = 0; i < n; i++)
        count += i == 0 || !same_rows(rows, width, at[i - 1], at[i], equal_nan);
    groups->first = tensor_new(DTYPE_INT64, 1, &count, err);
    groups->counts = tensor_zeros(DTYPE_INT64, 1, &count, err);
    groups->inverse = tensor_new(DTYPE_INT64, 1, &n, err);
    if (!groups->first || !groups->counts || !groups->inverse) {
        groups_done(groups);
        return false;
    }
    for (int64_t i = 0; i < n; i++) {
        if (i == 0 || !same_rows(rows, width, at[i - 1], at[i], equal_nan))
            ((int64_t *)groups->first->data)[++value] = at[i];
        ((int64_t *)groups->counts->data)[value]++;
        ((int64_t *)groups->inverse->data)[at[i]] = value;
    }
    return true;
}

/* The order of the rows of a matrix, the first column being the main one. */
static struct tensor *order_of_rows(struct tensor *rows, struct error *err)
{
    struct tensor *order = NULL;

    if (rows->ndim == 1)
        return tensor_sort(rows, 0, true, err);
    if (rows->shape[1] == 0) {
        order = tensor_zeros(DTYPE_INT64, 1, rows->shape, err);
        for (int64_t i = 0; order && i < order->size; i++)
            ((int64_t *)order->data)[i] = i;
        return order;
    }
    for (int64_t k = rows->shape[1]; k-- > 0 && (order || k + 1 ==
                                                              rows->shape[1]);) {
        struct tensor *section = tensor_section(rows, 1, k, 1);
        struct tensor *column = tensor_drop_axis(section, 1);
        struct tensor *values =
            order ? tensor_take(column, order, 0, err) : tensor_ref(column);
        struct tensor *next =
            values ? tensor_sort(values, 0, true, err) : NULL;
        struct tensor *joined = next && order
                                    ? tensor_take(order, next, 0, err)
                                    : next ? tensor_ref(next) : NULL;
        tensor_unref(section);
        tensor_unref(column);
        tensor_unref(values);
        tensor_unref(next);
        tensor_unref(order);
        order = joined;
    }
    return order;
}

/* AR as a matrix whose rows are the slices along AXIS; in one axis when
   AXIS is -1. */
static struct tensor *rows_along(struct tensor *ar, int axis,
                                 struct error *err)
{
    int64_t axes[TENSOR_MAX_DIMS], shape[2];

    if (axis < 0) {
        struct tensor *line = tensor_ravel(ar, 'C', err);
        struct tensor *plain =
            line ? tensor_contiguous(line, ar->dtype, err) : NULL;
        tensor_unref(line);
        return plain;
    }
    for (int i = 0; i < ar->ndim; i++)
        axes[i] = i == 0 ? axis : i <= axis ? i - 1 : i;
    shape[0] = ar->shape[axis];
    shape[1] = shape[0] ? ar->size / shape[0] : 0;
    struct tensor *moved = tensor_transpose(ar, axes, err);
    struct tensor *plain =
        moved ? tensor_contiguous(moved, ar->dtype, err) : NULL;
    struct tensor *rows =
        plain ? tensor_reshape(plain, 2, shape, 'C', err) : NULL;
    tensor_unref(moved);
    tensor_unref(plain);
    return rows;
}

/* The values and what is known of them; AXIS -1: of all elements. */
static struct tensor *unique(struct tensor *ar, int axis, bool equal_nan,
                             struct groups *groups, struct error *err)
{
    struct tensor *rows = rows_along(ar, axis, err);
    struct tensor *order = rows ? order_of_rows(rows, err) : NULL;
    int64_t width = rows && rows->ndim == 2 ? rows->shape[1] : 1;
    struct tensor *values = NULL;

    if (order && group(rows, width, order, equal_nan, groups, err)) {
        values = tensor_take(axis < 0 ? rows : ar, groups->first,
                             axis < 0 ? 0 : axis, err);
        if (!values)
            groups_done(groups);
    }
    tensor_unref(rows);
    tensor_unref(order);
    return values;
}

static bool unique_forward(const struct op *op, const struct arg *args,
                           struct op_result *ret, struct error *err)
{
    struct groups groups;
    struct tensor *items[4];
    int axis = -1, count = 0;

    (void)op;
    if (args[4].given && !tensor_normalize_axis(args[4].integer,
                                                args[0].tensor->ndim, &axis,
                                                err))
        return false;
    items[count++] =
        unique(args[0].tensor, axis, args[5].flag, &groups, err);
    if (!items[0])
        return false;
    if (args[1].flag)
        items[count++] = tensor_ref(groups.first);
    if (args[2].flag)
        items[count++] = tensor_ref(groups.inverse);
    if (args[3].flag)
        items[count++] = tensor_ref(groups.counts);
    groups_done(&groups);
    return count == 1 ? op_return_array(ret, items[0])
                      : return_items(ret, RESULT_TUPLE, count, items);
}

/* The sorted different values, nothing else. */
static struct tensor *values_of(struct tensor *ar, struct error *err)
{
    struct groups groups;
    struct tensor *values = unique(ar, -1, true, &groups, err);
    if (values)
        groups_done(&groups);
    return values;
}

/* -------------------------------------------------------------- membership */

static const struct param in1d_params[] = {
    {"ar1", PARAM_TENSOR, 0, NULL},
    {"ar2", PARAM_TENSOR, 0, NULL},
    {"assume_unique", PARAM_BOOL, 0, "False"},
    {"invert", PARAM_BOOL, 0, "False"},
    {"kind", PARAM_STRING, PARAM_KEYWORD_ONLY, "None"},
    {NULL, 0, 0, NULL}};
static const struct param isin_params[] = {
    {"element", PARAM_TENSOR, 0, NULL},
    {"test_elements", PARAM_TENSOR, 0, NULL},
    {"assume_unique", PARAM_BOOL, 0, "False"},
    {"invert", PARAM_BOOL, 0, "False"},
    {"kind", PARAM_STRING, PARAM_KEYWORD_ONLY, "None"},
    {NULL, 0, 0, NULL}};

/* A in C order and in the dtype that it has together with B. */
static struct tensor *in_common(struct tensor *a, const struct tensor *b,
                                struct error *err)
{
    return tensor_contiguous(a, dtype_promote(a->dtype, b->dtype), err);
}

/* For each element of A (in C order) whether it is in B (INVERT: is not). */
static struct tensor *membership(struct tensor *a, struct tensor *b,
                                 bool invert, struct error *err)
{
    struct tensor *own = in_common(a, b, err);
    struct tensor *other = own ? in_common(b, a, err) : NULL;
    struct tensor *line = other ? tensor_ravel(other, 'C', err) : NULL;
    struct tensor *set = line ? tensor_sort(line, 0, false, err) : NULL;
    struct tensor *at =
        set ? tensor_searchsorted(set, own, false, err) : NULL;
    struct tensor *result =
        at ? tensor_new_like(own, DTYPE_BOOL, err) : NULL;
    size_t size = own ? dtype_size(own->dtype) : 0;

    for (int64_t i = 0; result && i < result->size; i++) {
        int64_t k = ((const int64_t *)at->data)[i];
        struct scalar x =
            scalar_load(own->dtype, own->data + (size_t)i * size);
        bool found = k < set->size &&
                     !(dtype_is_float(x.dtype) && x.f != x.f) &&
                     scalar_same(x, scalar_load(set->dtype,
                                                set->data + (size_t)k * size));
        result->data[i] = found != invert;
    }
    tensor_unref(own);
    tensor_unref(other);
    tensor_unref(line);
    tensor_unref(set);
    tensor_unref(at);
    return result;
}

/* How it is searched makes no difference here. */
static bool check_kind(const struct arg *kind, struct error *err)
{
    const char *text = kind->given ? kind->string : "";

    return !*text || !strcmp(text, "sort") || !strcmp(text, "table") ||
           error_set(err, ERROR_VALUE,
                     "Invalid kind: '%s'. Please use None, 'sort' or 'table'.",
                     text);
}

static bool in1d_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    if (!check_kind(&args[4], err))
        return false;
    struct tensor *line = tensor_ravel(args[0].tensor, 'C', err);
    struct tensor *result =
        line ? membership(line, args[1].tensor, args[3].flag, err) : NULL;

    (void)op;
    tensor_unref(line);
    return op_return_array(ret, result);
}

static bool isin_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    (void)op;
    if (!check_kind(&args[4], err))
        return false;
    return op_return_array(ret, membership(args[0].tensor, args[1].tensor,
                                           args[3].flag, err));
}

/* -------------------------------------------------------------- set algebra */

static const struct param pair_params[] = {{"ar1", PARAM_TENSOR, 0, NULL},
                                           {"ar2", PARAM_TENSOR, 0, NULL},
                                           {NULL, 0, 0, NULL}};
static const struct param difference_params[] = {
    {"ar1", PARAM_TENSOR, 0, NULL},
    {"ar2", PARAM_TENSOR, 0, NULL},
    {"assume_unique", PARAM_BOOL, 0, "False"},
    {NULL, 0, 0, NULL}};
static const struct param intersect_params[] = {
    {"ar1", PARAM_TENSOR, 0, NULL},
    {"ar2", PARAM_TENSOR, 0, NULL},
    {"assume_unique", PARAM_BOOL, 0, "False"},
    {"return_indices", PARAM_BOOL, 0, "False"},
    {NULL, 0, 0, NULL}};

/* The elements of A (a vector) that are in B, or that are not. */
static struct tensor *filtered(struct tensor *a, struct tensor *b, bool invert,
                               struct error *err)
{
    struct tensor *mask = membership(a, b, invert, err);
    struct tensor *result = mask ? tensor_take(a, mask, 0, err) : NULL;

    tensor_unref(mask);
    return result;
}

/* RESULT in the dtype of both; takes it. */
static bool return_common(struct op_result *ret, struct tensor *result,
                          const struct arg *args, struct error *err)
{
    struct arg dtype = {.given = true,
                        .dtype = dtype_promote(args[0].tensor->dtype,
                                               args[1].tensor->dtype)};
    return return_as(ret, result, &dtype, err);
}

/* Where the values COMMON occur first in A, flattened. */
static struct tensor *first_places(struct tensor *a, struct tensor *common,
                                   struct error *err)
{
    struct groups groups;
    struct tensor *values = unique(a, -1, true, &groups, err);
    struct tensor *at =
        values ? tensor_searchsorted(values, common, false, err) : NULL;
    struct tensor *places = at ? tensor_take(groups.first, at, 0, err) : NULL;

    tensor_unref(at);
    if (values)
        groups_done(&groups);
    tensor_unref(values);
    return places;
}

static bool intersect_forward(const struct op *op, const struct arg *args,
                              struct op_result *ret, struct error *err)
{
    struct tensor *values = values_of(args[0].tensor, err);
    struct tensor *common =
        values ? filtered(values, args[1].tensor, false, err) : NULL;
    struct tensor *items[3] = {NULL, NULL, NULL};

    (void)op;
    tensor_unref(values);
    if (!return_common(ret, common, args, err))
        return false;
    if (!args[3].flag)
        return true;
    items[0] = ret->tensor;
    items[1] = first_places(args[0].tensor, items[0], err);
    items[2] = items[1] ? first_places(args[1].tensor, items[0], err) : NULL;
    return_items(ret, RESULT_TUPLE, 3, items);
    return items[2] != NULL;
}

/* All elements of both in one axis. */
static struct tensor *together(struct tensor *a, struct tensor *b,
                               struct error *err)
{
    struct tensor *pair[2] = {tensor_ravel(a, 'C', err), NULL};
    struct tensor *result = NULL;

    pair[1] = pair[0] ? tensor_ravel(b, 'C', err) : NULL;
    if (pair[1])
        result = tensor_concatenate(2, pair, 0, DTYPE_COUNT, err);
    tensor_unref(pair[0]);
    tensor_unref(pair[1]);
    return result;
}

static bool union_forward(const struct op *op, const struct arg *args,
                          struct op_result *ret, struct error *err)
{
    struct tensor *all = together(args[0].tensor, args[1].tensor, err);
    struct tensor *values = all ? values_of(all, err) : NULL;

    (void)op;
    tensor_unref(all);
    return op_return_array(ret, values);
}

static bool difference_forward(const struct op *op, const struct arg *args,
                               struct op_result *ret, struct error *err)
{
    struct tensor *own = args[2].flag
                             ? tensor_ravel(args[0].tensor, 'C', err)
                             : values_of(args[0].tensor, err);
    struct tensor *result =
        own ? filtered(own, args[1].tensor, true, err) : NULL;

    (void)op;
    tensor_unref(own);
    return op_return_array(ret, result);
}

static bool xor_forward(const struct op *op, const struct arg *args,
                        struct op_result *ret, struct error *err)
{
    struct tensor *a = values_of(args[0].tensor, err);
    struct tensor *b = a ? values_of(args[1].tensor, err) : NULL;
    struct tensor *only_a =
        b ? filtered(a, args[1].tensor, true, err) : NULL;
    struct tensor *only_b =
        only_a ? filtered(b, args[0].tensor, true, err) : NULL;
    struct tensor *both = only_b ? together(only_a, only_b, err) : NULL;
    struct tensor *result = both ? tensor_sort(both, 0, false, err) : NULL;

    (void)op;
    tensor_unref(a);
    tensor_unref(b);
    tensor_unref(only_a);
    tensor_unref(only_b);
    tensor_unref(both);
    return op_return_array(ret, result);
}

#define FUNCTION OP_FUNCTION

const struct op sets_ops[] = {
    {"unique", NULL, "np", FUNCTION, unique_params, unique_forward, NULL, NULL,
     "The different values, sorted",
     "With an axis, the different slices along it.",
     ">>> np.unique([3, 1, 3])\narray([1, 3])\n"
     ">>> np.unique([3, 1, 3], return_counts=True)\n"
     "(array([1, 3]), array([1, 2]))",
     "sort bincount"},
    {"in1d", NULL, "np", FUNCTION, in1d_params, in1d_forward, NULL, NULL,
     "For each element of the first, flattened, whether the second has it",
     NULL, ">>> np.in1d([0, 1, 2], [2, 0])\narray([ True, False,  True])",
     "isin"},
    {"isin", NULL, "np", FUNCTION, isin_params, isin_forward, NULL, NULL,
     "For each element whether it is among test_elements", NULL,
     ">>> np.isin([[0, 1], [2, 3]], [2, 0])\narray([[ True, False],\n"
     "       [ True, False]])",
     "in1d"},
    {"intersect1d", NULL, "np", FUNCTION, intersect_params, intersect_forward,
     NULL, NULL, "The values that both have, sorted", NULL,
     ">>> np.intersect1d([1, 3, 4, 3], [3, 1, 2])\narray([1, 3])",
     "union1d setdiff1d"},
    {"union1d", NULL, "np", FUNCTION, pair_params, union_forward, NULL, NULL,
     "The values that one of both has, sorted", NULL,
     ">>> np.union1d([-1, 0, 1], [-2, 0, 2])\narray([-2, -1,  0,  1,  2])",
     "intersect1d"},
    {"setdiff1d", NULL, "np", FUNCTION, difference_params, difference_forward,
     NULL, NULL, "The values of the first that the second has not", NULL,
     ">>> np.setdiff1d([1, 2, 3, 2], [3, 4])\narray([1, 2])",
     "setxor1d intersect1d"},
    {"setxor1d", NULL, "np", FUNCTION, difference_params, xor_forward, NULL,
     NULL, "The values that exactly one of both has, sorted", NULL,
     ">>> np.setxor1d([1, 2, 3], [3, 4])\narray([1, 2, 4])",
     "setdiff1d union1d"},
    {.name = NULL},
};
