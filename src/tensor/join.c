/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tensor/join.h"

#include <string.h>

bool tensor_copy_section(struct tensor *target, int64_t to,
                         struct tensor *source, int64_t from, int axis,
                         int64_t count, struct error *err)
{
    struct tensor *into = tensor_section(target, axis, to, count);
    struct tensor *part = tensor_section(source, axis, from, count);
    bool done = tensor_assign(into, part, err);

    tensor_unref(into);
    tensor_unref(part);
    return done;
}

static bool check_joinable(int count, struct tensor *const *arrays, int axis,
                           struct error *err)
{
    for (int i = 1; i < count; i++) {
        const struct tensor *a = arrays[0], *b = arrays[i];
        if (a->ndim != b->ndim)
            return error_set(err, ERROR_VALUE,
                             "all the input arrays must have same number of "
                             "dimensions, but the array at index 0 has %d "
                             "dimension(s) and the array at index %d has %d "
                             "dimension(s)",
                             a->ndim, i, b->ndim);
        for (int d = 0; d < a->ndim; d++)
            if (d != axis && a->shape[d] != b->shape[d])
                return error_set(err, ERROR_VALUE,
                                 "all the input array dimensions except for "
                                 "the concatenation axis must match exactly, "
                                 "but along dimension %d, the array at index 0 "
                                 "has size %lld and the array at index %d has "
                                 "size %lld",
                                 d, (long long)a->shape[d], i,
                                 (long long)b->shape[d]);
    }
    return true;
}

/* The joined array's length and dtype. */
static bool measure(int count, struct tensor *const *arrays, int axis,
                    int64_t *ret_length, enum dtype *ret_dtype,
                    struct error *err)
{
    int64_t length = 0;

    *ret_dtype = arrays[0]->dtype;
    for (int i = 0; i < count; i++) {
        if (__builtin_add_overflow(length, arrays[i]->shape[axis], &length))
            return error_set(err, ERROR_VALUE,
                             "Maximum allowed size exceeded");
        *ret_dtype = dtype_promote(*ret_dtype, arrays[i]->dtype);
    }
    *ret_length = length;
    return true;
}

struct tensor *tensor_concatenate(int count, struct tensor *const *arrays,
                                  int64_t axis_given, enum dtype dtype,
                                  struct error *err)
{
    int64_t shape[TENSOR_MAX_DIMS], at = 0;
    enum dtype common;
    int axis;

    if (count == 0)
        return error_null(err, ERROR_VALUE,
                          "need at least one array to concatenate");
    if (arrays[0]->ndim == 0)
        return error_null(err, ERROR_VALUE, "zero-dimensional arrays cannot "
                                            "be concatenated");
    if (!tensor_normalize_axis(axis_given, arrays[0]->ndim, &axis, err) ||
        !check_joinable(count, arrays, axis, err))
        return NULL;
    memcpy(shape, arrays[0]->shape, (size_t)arrays[0]->ndim * sizeof *shape);
    if (!measure(count, arrays, axis, &shape[axis], &common, err))
        return NULL;
    struct tensor *result =
        tensor_new(dtype == DTYPE_COUNT ? common : dtype, arrays[0]->ndim,
                   shape, err);
    for (int i = 0; result && i < count; i++) {
        int64_t length = arrays[i]->shape[axis];
        if (!tensor_copy_section(result, at, arrays[i], 0, axis, length,
                                 err)) {
            tensor_unref(result);
            return NULL;
        }
        at += length;
    }
    return result;
}
