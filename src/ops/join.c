/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arrays joined, and one taken apart. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "ops/arguments.h"
#include "ops/derive.h"
#include "ops/families.h"
#include "ops/views.h"
#include "tensor/elementwise.h"
#include "tensor/join.h"
#include "tensor/layout.h"

static const struct param concatenate_params[] = {
    {"arrays", PARAM_TENSORS, 0, NULL},
    {"axis", PARAM_INT, 0, "0"},
    {"out", PARAM_TENSOR, 0, "None"},
    {"dtype", PARAM_DTYPE, PARAM_KEYWORD_ONLY, "None"},
    {"casting", PARAM_STRING, PARAM_KEYWORD_ONLY, "'same_kind'"},
    {NULL, 0, 0, NULL}};
static const struct param stack_params[] = {
    {"arrays", PARAM_TENSORS, 0, NULL},
    {"axis", PARAM_INT, 0, "0"},
    {"out", PARAM_TENSOR, 0, "None"},
    {"dtype", PARAM_DTYPE, PARAM_KEYWORD_ONLY, "None"},
    {"casting", PARAM_STRING, PARAM_KEYWORD_ONLY, "'same_kind'"},
    {NULL, 0, 0, NULL}};
static const struct param tup_params[] = {{"tup", PARAM_TENSORS, 0, NULL},
                                          {NULL, 0, 0, NULL}};
static const struct param typed_params[] = {
    {"tup", PARAM_TENSORS, 0, NULL},
    {"dtype", PARAM_DTYPE, PARAM_KEYWORD_ONLY, "None"},
    {"casting", PARAM_STRING, PARAM_KEYWORD_ONLY, "'same_kind'"},
    {NULL, 0, 0, NULL}};

/* What dtype= and casting= ask for. */
struct conversion {
    enum dtype dtype; /* DTYPE_COUNT: what the arrays promote to */
    enum casting casting;
};

static const struct conversion promoted = {DTYPE_COUNT, CASTING_SAME_KIND};

static bool conversion_from(const struct arg *dtype, const struct arg *casting,
                            struct conversion *ret, struct error *err)
{
    *ret = (struct conversion){dtype_or(dtype, DTYPE_COUNT), CASTING_SAME_KIND};
    return !casting->given || !*casting->string ||
           casting_from(casting, &ret->casting, err);
}

/* Do ARRAYS convert to what they have been joined to?  Takes RESULT. */
static struct tensor *check_casting(int count, struct tensor *const *arrays,
                                    struct tensor *result,
                                    const struct conversion *conversion,
                                    struct error *err)
{
    for (int i = 0; result && i < count; i++) {
        if (check_cast(arrays[i], result->dtype, conversion->casting, err))
            continue;
        fp_events_forget(); /* of the conversion that was not to be */
        tensor_unref(result);
        result = NULL;
    }
    return result;
}

static struct tensor *concatenate(int count, struct tensor *const *arrays,
                                  int64_t axis,
                                  const struct conversion *conversion,
                                  struct error *err)
{
    return check_casting(count, arrays,
                         tensor_concatenate(count, arrays, axis,
                                            conversion->dtype, err),
                         conversion, err);
}

static bool check_out_or_dtype(const struct arg *out, const struct arg *dtype,
                               struct error *err)
{
    return !out->given || !dtype->given ||
           error_set(err, ERROR_TYPE,
                     "concatenate() only takes `out` or `dtype` as an "
                     "argument, but both were provided.");
}

/* Views of all arrays made by PREPARE, joined along AXIS. */
static struct tensor *
join_prepared(const struct arg *arrays, const struct conversion *conversion,
              struct tensor *(*prepare)(struct tensor *, int), int how,
              int64_t axis, struct error *err)
{
    int count = arrays->tensors.count;
    struct tensor **views = xcalloc((size_t)count, sizeof *views);

    for (int i = 0; i < count; i++)
        views[i] = prepare(arrays->tensors.items[i], how);
    struct tensor *result = concatenate(count, views, axis, conversion, err);
    for (int i = 0; i < count; i++)
        tensor_unref(views[i]);
    free(views);
    return result;
}

/* axis=None: all elements of all arrays in one axis. */
static struct tensor *concatenate_flat(const struct arg *arrays,
                                       const struct conversion *conversion,
                                       struct error *err)
{
    int count = arrays->tensors.count, made = 0;
    struct tensor **lines = xcalloc((size_t)count, sizeof *lines);
    struct tensor *result = NULL;

    while (made < count &&
           (lines[made] = tensor_ravel(arrays->tensors.items[made], 'C', err)))
        made++;
    if (made == count)
        result = concatenate(count, lines, 0, conversion, err);
    while (made-- > 0)
        tensor_unref(lines[made]);
    free(lines);
    return result;
}

/* Into out= when it is given; an array, never a scalar. */
static bool return_joined(struct op_result *ret, struct tensor *result,
                          const struct arg *out, struct error *err)
{
    if (!out->given || !result)
        return op_return_array(ret, result);
    if (!same_shape(result, out->tensor)) {
        tensor_unref(result);
        return error_set(err, ERROR_VALUE, "Output array is the wrong shape");
    }
    return op_return_into(ret, result, out, err);
}

static bool concatenate_forward(const struct op *op, const struct arg *args,
                                struct op_result *ret, struct error *err)
{
    struct conversion conversion;

    (void)op;
    if (!check_out_or_dtype(&args[2], &args[3], err) ||
        !conversion_from(&args[3], &args[4], &conversion, err))
        return false;
    struct tensor *result =
        args[1].given
            ? concatenate(args[0].tensors.count, args[0].tensors.items,
                          args[1].integer, &conversion, err)
            : concatenate_flat(&args[0], &conversion, err);
    return return_joined(ret, result, &args[2], err);
}

static bool stack_forward(const struct op *op, const struct arg *args,
                          struct op_result *ret, struct error *err)
{
    const struct arg *arrays = &args[0];
    struct conversion conversion;
    int axis;

    (void)op;
    if (arrays->tensors.count == 0)
        return error_set(err, ERROR_VALUE, "need at least one array to stack");
    const struct tensor *first = arrays->tensors.items[0];
    for (int i = 1; i < arrays->tensors.count; i++)
        if (!same_shape(arrays->tensors.items[i], first))
            return error_set(err, ERROR_VALUE,
                             "all input arrays must have the same shape");
    if (!tensor_normalize_axis(args[1].integer, first->ndim + 1, &axis, err) ||
        !check_out_or_dtype(&args[2], &args[3], err) ||
        !conversion_from(&args[3], &args[4], &conversion, err))
        return false;
    return return_joined(ret,
                         join_prepared(arrays, &conversion, tensor_expand_dims,
                                       axis, axis, err),
                         &args[2], err);
}

static bool vstack_forward(const struct op *op, const struct arg *args,
                           struct op_result *ret, struct error *err)
{
    struct conversion conversion;

    (void)op;
    return conversion_from(&args[1], &args[2], &conversion, err) &&
           op_return_array(ret, join_prepared(&args[0], &conversion,
                                              view_at_least, 2, 0, err));
}

static bool dstack_forward(const struct op *op, const struct arg *args,
                           struct op_result *ret, struct error *err)
{
    (void)op;
    return op_return_array(ret, join_prepared(&args[0], &promoted,
                                              view_at_least, 3, 2, err));
}

static bool hstack_forward(const struct op *op, const struct arg *args,
                           struct op_result *ret, struct error *err)
{
    bool vectors = args[0].tensors.count &&
                   args[0].tensors.items[0]->ndim <= 1;

    struct conversion conversion;

    (void)op;
    return conversion_from(&args[1], &args[2], &conversion, err) &&
           op_return_array(ret,
                           join_prepared(&args[0], &conversion, view_at_least,
                                         1, vectors ? 0 : 1, err));
}

/* Vectors become columns. */
static struct tensor *as_column(struct tensor *a, int unused)
{
    (void)unused;
    if (a->ndim >= 2)
        return tensor_ref(a);
    struct tensor *line = view_at_least(a, 1);
    struct tensor *column = tensor_expand_dims(line, 1);
    tensor_unref(line);
    return column;
}

static bool column_stack_forward(const struct op *op, const struct arg *args,
                                 struct op_result *ret, struct error *err)
{
    (void)op;
    return op_return_array(
        ret, join_prepared(&args[0], &promoted, as_column, 0, 1, err));
}

/* ------------------------------------------------------------------- split */

static const struct param split_params[] = {
    {"ary", PARAM_TENSOR, 0, NULL},
    {"indices_or_sections", PARAM_DIMS, 0, NULL},
    {"axis", PARAM_INT, PARAM_NOT_NONE, "0"},
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
            tensor_section(a, axis, first, end > first ? end - first : 0);
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

/* hsplit, vsplit, dsplit: the row's data is how many axes are wanted; the
   last of those is split (hsplit: the first of a vector). */
static bool split_fixed_forward(const struct op *op, const struct arg *args,
                                struct op_result *ret, struct error *err)
{
    int least = *(const char *)op->data - '0', ndim = args[0].tensor->ndim;
    int axis = least == 3 ? 2 : least == 2 ? 0 : ndim > 1;

    if (ndim < least)
        return error_set(err, ERROR_VALUE,
                         "%s only works on arrays of %d or more dimensions",
                         op->name, least);
    return split(args[0].tensor, &args[1], axis, true, ret, err);
}

#define FUNCTION OP_FUNCTION

const struct op join_ops[] = {
    {"concatenate", "concat", "np", FUNCTION, concatenate_params,
     concatenate_forward, vjp_moved, NULL, "Arrays joined along an axis", NULL,
     ">>> np.concatenate([[1, 2], [3]])\narray([1, 2, 3])",
     "stack vstack hstack"},
    {"stack", NULL, "np", FUNCTION, stack_params, stack_forward, vjp_moved, NULL,
     "Arrays of one shape joined along a new axis", NULL,
     ">>> np.stack([[1, 2], [3, 4]])\narray([[1, 2],\n       [3, 4]])",
     "concatenate"},
    {"vstack", "row_stack", "np", FUNCTION, typed_params, vstack_forward, vjp_moved,
     NULL, "Arrays one below the other", NULL,
     ">>> np.vstack([[1, 2], [3, 4]])\narray([[1, 2],\n       [3, 4]])",
     "hstack concatenate"},
    {"hstack", NULL, "np", FUNCTION, typed_params, hstack_forward, vjp_moved, NULL,
     "Arrays side by side", NULL,
     ">>> np.hstack([[1, 2], [3, 4]])\narray([1, 2, 3, 4])",
     "vstack concatenate"},
    {"dstack", NULL, "np", FUNCTION, tup_params, dstack_forward, vjp_moved, NULL,
     "Arrays joined along the third axis", NULL,
     ">>> np.dstack([[1, 2], [3, 4]])\narray([[[1, 3],\n        [2, 4]]])",
     "hstack vstack"},
    {"column_stack", NULL, "np", FUNCTION, tup_params, column_stack_forward,
     vjp_moved, NULL, "Vectors as the columns of a matrix", NULL,
     ">>> np.column_stack([[1, 2], [3, 4]])\narray([[1, 3],\n"
     "       [2, 4]])",
     "hstack stack"},
    {"split", NULL, "np", FUNCTION, split_params, split_forward, vjp_moved, NULL,
     "Equal parts, or parts that begin at given indices", NULL,
     ">>> np.split(np.arange(4), 2)\n[array([0, 1]), array([2, 3])]",
     "array_split concatenate"},
    {"array_split", NULL, "np", FUNCTION, split_params, split_forward, vjp_moved,
     NULL, "Parts as equal as possible", NULL,
     ">>> np.array_split([1, 2, 3], 2)\n[array([1, 2]), array([3])]", "split"},
    {"vsplit", NULL, "np", FUNCTION, split_fixed_params, split_fixed_forward,
     vjp_moved, "2", "Parts along the first axis", NULL,
     ">>> np.vsplit(np.ones((4, 1)), 2)[0].shape\n(2, 1)", "hsplit split"},
    {"hsplit", NULL, "np", FUNCTION, split_fixed_params, split_fixed_forward,
     vjp_moved, "1", "Parts along the second axis", NULL,
     ">>> np.hsplit(np.ones((1, 4)), 2)[0].shape\n(1, 2)", "vsplit split"},
    {"dsplit", NULL, "np", FUNCTION, split_fixed_params, split_fixed_forward,
     vjp_moved, "3", "Parts along the third axis", NULL,
     ">>> np.dsplit(np.ones((1, 1, 4)), 2)[0].shape\n(1, 1, 2)",
     "hsplit split"},
    {.name = NULL},
};
