/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ops/arguments.h"

#include <string.h>

#include "base/alloc.h"
#include "tensor/elementwise.h"
#include "tensor/layout.h"

bool order_from(const struct arg *order, char *ret, struct error *err)
{
    const char *text = order->given ? order->string : "K";

    if (strlen(text) != 1 || !strchr("CFAKcfak", text[0]))
        return error_set(err, ERROR_VALUE,
                         "order must be one of 'C', 'F', 'A', or 'K' (got "
                         "'%s')",
                         text);
    *ret = (char)(text[0] & ~0x20);
    return true;
}

bool c_or_f_from(const struct arg *order, char *ret, struct error *err)
{
    return order_from(order, ret, err) &&
           (*ret == 'C' || *ret == 'F' ||
            error_set(err, ERROR_VALUE,
                      "only 'C' or 'F' order is permitted"));
}

struct tensor *array_along(struct tensor *a, const struct arg *axis,
                           int *ret_axis, struct error *err)
{
    *ret_axis = 0;
    if (!axis->given)
        return tensor_ravel(a, 'C', err);
    if (!tensor_normalize_axis(axis->integer, a->ndim, ret_axis, err))
        return NULL;
    return tensor_ref(a);
}

struct tensor *vector_along(struct tensor *a, const struct arg *axis,
                          int *ret_axis, struct error *err)
{
    if (a->ndim)
        return array_along(a, axis, ret_axis, err);
    *ret_axis = 0;
    if (axis->given && !tensor_normalize_axis(axis->integer, 1, ret_axis, err))
        return NULL;
    return tensor_ravel(a, 'C', err);
}

bool diagonal_axes(const struct tensor *a, const struct arg *first,
                   const struct arg *second, int *ret_first, int *ret_second,
                   struct error *err)
{
    if (a->ndim < 2)
        return error_set(err, ERROR_VALUE,
                         "diag requires an array of at least two dimensions");
    return tensor_normalize_axis(first->integer, a->ndim, ret_first, err) &&
           tensor_normalize_axis(second->integer, a->ndim, ret_second, err) &&
           (*ret_first != *ret_second ||
            error_set(err, ERROR_VALUE,
                      "axis1 and axis2 cannot be the same"));
}

bool axes_marked(const struct arg *axes, int ndim, bool *ret,
                 struct error *err)
{
    for (int i = 0; i < ndim; i++)
        ret[i] = !axes->given;
    for (int i = 0; axes->given && i < axes->dims.count; i++) {
        int axis;
        if (!tensor_normalize_axis(axes->dims.values[i], ndim, &axis, err))
            return false;
        if (ret[axis])
            return error_set(err, ERROR_VALUE, "repeated axis");
        ret[axis] = true;
    }
    return true;
}

bool casting_from(const struct arg *casting, enum casting *ret,
                  struct error *err)
{
    return casting_find(casting->string, ret) ||
           error_set(err, ERROR_VALUE,
                     "casting must be one of 'no', 'equiv', 'safe', "
                     "'same_kind', or 'unsafe' (got '%s')",
                     casting->string);
}

bool check_cast(const struct tensor *a, enum dtype to, enum casting casting,
                struct error *err)
{
    return tensor_can_cast(a, to, casting) ||
           error_set(err, ERROR_TYPE,
                     "Cannot cast %s from dtype('%s') to dtype('%s') "
                     "according to the rule '%s'",
                     a->ndim ? "array data" : "scalar", dtype_name(a->dtype),
                     dtype_name(to), casting_name(casting));
}

struct tensor *integers_from(struct tensor *a, struct error *err)
{
    if (a->size && !check_cast(a, DTYPE_INT64, CASTING_SAFE, err))
        return NULL;
    return tensor_contiguous(a, DTYPE_INT64, err);
}

bool index_by_mode(int64_t *index, int64_t length, const char *mode)
{
    bool inside = *index >= 0 && *index < length;

    if (inside || length <= 0)
        return inside;
    if (!strcmp(mode, "clip"))
        *index = *index < 0 ? 0 : length - 1;
    else if (!strcmp(mode, "wrap"))
        *index = (*index % length + length) % length;
    else
        return false;
    return true;
}

bool mode_from(const struct arg *mode, const char **ret, struct error *err)
{
    *ret = mode->given && *mode->string ? mode->string : "raise";
    return !strcmp(*ret, "raise") || !strcmp(*ret, "clip") ||
           !strcmp(*ret, "wrap") ||
           error_set(err, ERROR_VALUE,
                     "clipmode must be one of 'clip', 'raise', or 'wrap' (got "
                     "'%s')",
                     *ret);
}

bool return_items(struct op_result *ret, enum result_form form, int count,
                  struct tensor *const *items)
{
    op_return_tuple(ret, count, items);
    ret->form = form;
    return true;
}

bool return_as(struct op_result *ret, struct tensor *result,
               const struct arg *dtype, struct error *err)
{
    if (!result || !dtype->given || result->dtype == dtype->dtype)
        return op_return_array(ret, result);
    struct tensor *converted = tensor_astype(result, dtype->dtype, err);
    tensor_unref(result);
    return op_return_array(ret, converted);
}

bool return_bool(struct op_result *ret, bool flag)
{
    *ret = (struct op_result){.form = RESULT_BOOL, .integer = flag};
    return true;
}

bool same_shape(const struct tensor *a, const struct tensor *b)
{
    return a->ndim == b->ndim &&
           (!a->ndim || !memcmp(a->shape, b->shape,
                                (size_t)a->ndim * sizeof *a->shape));
}
