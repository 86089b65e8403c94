/* SPDX-License-Identifier: GPL-3.0-or-later */
/* np.array(value): from Python's nested sequences to a tensor. */
#include <stdlib.h>
#include <string.h>

#include "autograd/item.h"
#include "autograd/tape.h"
#include "base/alloc.h"
#include "lang/interp.h"

/* What a nested sequence holds, found in a first pass. */
struct layout {
    int ndim;
    int64_t shape[TENSOR_MAX_DIMS];
    bool any; /* a number has been seen */
    enum dtype dtype;
};

static bool is_nested(struct value value)
{
    value = value_array(value);
    return value.kind == VALUE_LIST || value.kind == VALUE_TUPLE ||
           value.kind == VALUE_RANGE ||
           (value.kind == VALUE_TENSOR && value.tensor->ndim > 0);
}

static int64_t nested_count(struct value value)
{
    value = value_array(value);
    if (value.kind == VALUE_RANGE)
        return range_count(value.range);
    if (value.kind == VALUE_TENSOR)
        return value.tensor->shape[0];
    return (int64_t)value.sequence->count;
}

/* The number that a value is; false when it is none. */
static bool number_of(struct value value, struct scalar *ret)
{
    value = value_array(value);
    switch ((enum value_kind)value.kind) {
    case VALUE_BOOL:
        *ret = scalar_from_bool(value.i != 0);
        return true;
    case VALUE_INT:
        *ret = scalar_from_int(value.i);
        return true;
    case VALUE_FLOAT:
        *ret = scalar_from_double(value.f);
        return true;
    case VALUE_SCALAR:
        *ret = value_get_scalar(value);
        return true;
    case VALUE_TENSOR:
        if (value.tensor->ndim)
            return false;
        *ret = tensor_item(value.tensor);
        return true;
    default:
        return false;
    }
}

static void join_dtype(struct layout *layout, enum dtype dtype)
{
    layout->dtype = layout->any ? dtype_promote(layout->dtype, dtype) : dtype;
    layout->any = true;
}

static bool ragged(const struct layout *layout, int depth, struct error *err)
{
    struct strbuf shape = STRBUF_INIT;
    shape_format(&shape, depth, layout->shape);
    error_set(err, ERROR_VALUE,
              "setting an array element with a sequence. The requested array "
              "has an inhomogeneous shape after %d dimensions. The detected "
              "shape was %s + inhomogeneous part.",
              depth, shape.text);
    strbuf_done(&shape);
    return false;
}

static bool not_a_number(struct value value, struct error *err)
{
    if (value.kind == VALUE_STRING) {
        error_set(err, ERROR_TYPE, "arrays of strings are not supported");
        error_hint(err, "arrays hold numbers; float('1.5') reads one");
        return false;
    }
    return error_set(err, ERROR_TYPE,
                     "arrays of '%s' objects are not supported",
                     value_type_name(value));
}

/* The shape by going down the first items, as NumPy discovers it. */
static void measure_first(struct value value, struct layout *layout)
{
    while (is_nested(value) && layout->ndim < TENSOR_MAX_DIMS) {
        value = value_array(value);
        if (value.kind == VALUE_TENSOR) {
            const struct tensor *tensor = value.tensor;
            for (int i = 0; i < tensor->ndim; i++)
                if (layout->ndim < TENSOR_MAX_DIMS)
                    layout->shape[layout->ndim++] = tensor->shape[i];
            return;
        }
        int64_t count = nested_count(value);
        layout->shape[layout->ndim++] = count;
        if (count == 0 || value.kind == VALUE_RANGE)
            return;
        value = value.sequence->items[0];
    }
}

static bool check_tensor(const struct tensor *tensor, struct layout *layout,
                         int depth, struct error *err)
{
    for (int i = 0; i < tensor->ndim; i++)
        if (depth + i >= layout->ndim ||
            tensor->shape[i] != layout->shape[depth + i])
            return ragged(layout,
                          depth + i < layout->ndim ? depth + i : layout->ndim,
                          err);
    if (depth + tensor->ndim != layout->ndim)
        return ragged(layout, depth + tensor->ndim, err);
    join_dtype(layout, tensor->dtype);
    return true;
}

/* Every part must have the shape of the first ones. */
static bool check(struct value value, struct layout *layout, int depth,
                  struct error *err)
{
    struct scalar number;
    value = value_array(value);
    if (value.kind == VALUE_TENSOR)
        return check_tensor(value.tensor, layout, depth, err);
    if (!is_nested(value)) {
        if (!number_of(value, &number))
            return not_a_number(value, err);
        if (depth != layout->ndim)
            return ragged(layout, depth, err);
        join_dtype(layout, number.dtype);
        return true;
    }
    if (depth >= layout->ndim || nested_count(value) != layout->shape[depth])
        return ragged(layout, depth < layout->ndim ? depth : layout->ndim, err);
    if (value.kind == VALUE_RANGE) {
        join_dtype(layout, DTYPE_INT64);
        return depth + 1 == layout->ndim || ragged(layout, depth + 1, err);
    }
    for (size_t i = 0; i < value.sequence->count; i++)
        if (!check(value.sequence->items[i], layout, depth + 1, err))
            return false;
    return true;
}

/* Stores everything in C order at *AT. */
static bool fill(struct value value, enum dtype dtype, char **at,
                 struct error *err)
{
    size_t size = dtype_size(dtype);
    struct scalar number;
    value = value_array(value);
    if (value.kind == VALUE_TENSOR && value.tensor->ndim) {
        struct tensor *plain = tensor_contiguous(value.tensor, dtype, err);
        if (!plain)
            return false;
        if (plain->size)
            memcpy(*at, plain->data, (size_t)plain->size * size);
        *at += (size_t)plain->size * size;
        tensor_unref(plain);
        return true;
    }
    if (value.kind == VALUE_RANGE) {
        int64_t count = range_count(value.range);
        for (int64_t i = 0; i < count; i++, *at += size)
            scalar_store(
                scalar_from_int(value.range->start + i * value.range->step),
                dtype, *at);
        return true;
    }
    if (is_nested(value)) {
        for (size_t i = 0; i < value.sequence->count; i++)
            if (!fill(value.sequence->items[i], dtype, at, err))
                return false;
        return true;
    }
    if (!number_of(value, &number))
        return not_a_number(value, err);
    scalar_store(number, dtype, *at);
    *at += size;
    return true;
}

/* ------------------------------------------------- parts that a tape knows */

struct parts {
    size_t count, capacity, first_count, first_capacity;
    struct tensor **items; /* borrowed */
    int64_t *firsts;       /* where in the result each one starts */
    int64_t next;
};

static void find_parts(struct value value, struct parts *parts)
{
    value = value_array(value);
    if (value.kind == VALUE_TENSOR) {
        if (tape_tracks(value.tensor)) {
            VEC_PUSH(parts->items, parts->count, parts->capacity) =
                value.tensor;
            VEC_PUSH(parts->firsts, parts->first_count,
                     parts->first_capacity) = parts->next;
        }
        parts->next += value.tensor->size;
    } else if (value.kind == VALUE_LIST || value.kind == VALUE_TUPLE) {
        for (size_t i = 0; i < value.sequence->count; i++)
            find_parts(value.sequence->items[i], parts);
    } else {
        parts->next += value.kind == VALUE_RANGE ? range_count(value.range) : 1;
    }
}

static void record_parts(struct value value, struct tensor *result)
{
    struct parts parts = {0};
    find_parts(value, &parts);
    if (parts.count)
        tape_record_assembly((int)parts.count, parts.items, parts.firsts,
                             result);
    free(parts.items);
    free(parts.firsts);
}

static struct tensor *tensor_from_nested(struct value value, enum dtype dtype,
                                         struct error *err)
{
    struct layout layout = {.dtype = DTYPE_FLOAT64};
    measure_first(value, &layout);
    if (!check(value, &layout, 0, err))
        return NULL;
    if (dtype == DTYPE_COUNT)
        dtype = layout.dtype;
    struct tensor *tensor = tensor_new(dtype, layout.ndim, layout.shape, err);
    if (!tensor)
        return NULL;
    char *at = tensor->data;
    if (!fill(value, dtype, &at, err)) {
        tensor_unref(tensor);
        return NULL;
    }
    if (tape_is_recording())
        record_parts(value, tensor);
    return tensor;
}

static struct tensor *tensor_from_iterator(struct value value, enum dtype dtype,
                                           struct error *err)
{
    size_t count;
    struct value *items;
    if (!interp_collect(interp_current(), value, &count, &items, err))
        return NULL;
    struct value list = value_list_take(count, items);
    free(items);
    struct tensor *tensor = tensor_from_nested(list, dtype, err);
    value_unref(list);
    return tensor;
}

/* An object with __array__ says itself what array it is. */
static struct tensor *tensor_from_object(struct value value, enum dtype dtype,
                                         struct error *err)
{
    bool found;
    struct value array;
    if (!value_call_special(interp_current(), value, "__array__", 0, NULL,
                            &found, &array, err))
        return NULL;
    if (!found) {
        not_a_number(value, err);
        return NULL;
    }
    struct tensor *tensor = array.kind == VALUE_INSTANCE
                                ? NULL
                                : value_to_tensor(array, dtype, err);
    if (array.kind == VALUE_INSTANCE)
        error_set(err, ERROR_VALUE,
                  "object __array__ method not producing an array");
    value_unref(array);
    return tensor;
}

struct tensor *value_to_tensor(struct value value, enum dtype dtype,
                               struct error *err)
{
    struct scalar number;
    value = value_array(value_plain(value));
    if (value.kind == VALUE_TENSOR) {
        if (dtype == DTYPE_COUNT || dtype == value.tensor->dtype)
            return tensor_ref(value.tensor);
        return tensor_astype(value.tensor, dtype, err);
    }
    if (number_of(value, &number)) {
        if (dtype != DTYPE_COUNT)
            number = scalar_cast(number, dtype);
        return tensor_from_scalar(number, err);
    }
    if (is_nested(value))
        return tensor_from_nested(value, dtype, err);
    if (value.kind == VALUE_ITERATOR && interp_current())
        return tensor_from_iterator(value, dtype, err);
    if (value.kind == VALUE_INSTANCE && interp_current())
        return tensor_from_object(value, dtype, err);
    not_a_number(value, err);
    return NULL;
}
