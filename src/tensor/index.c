/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the index as written to a plan, and what needs no more than a view. */
#include "tensor/index.h"

#include <string.h>

#include "tensor/index_plan.h"

bool slice_resolve(const struct index *slice, int64_t length,
                   int64_t *ret_start, int64_t *ret_step, int64_t *ret_count,
                   struct error *err)
{
    int64_t step = slice->step;
    int64_t low = step < 0 ? -1 : 0, high = step < 0 ? length - 1 : length;
    int64_t start = step < 0 ? high : low, stop = step < 0 ? low : high;

    if (step == 0)
        return error_set(err, ERROR_VALUE, "slice step cannot be zero");
    if (slice->has_start) {
        start = slice->start < 0 ? slice->start + length : slice->start;
        start = start < low ? low : start > high ? high : start;
    }
    if (slice->has_stop) {
        stop = slice->stop < 0 ? slice->stop + length : slice->stop;
        stop = stop < low ? low : stop > high ? high : stop;
    }
    int64_t distance = step < 0 ? start - stop : stop - start;
    uint64_t stride = step < 0 ? 0 - (uint64_t)step : (uint64_t)step;
    *ret_start = start;
    *ret_step = step;
    *ret_count =
        distance > 0 ? (int64_t)(((uint64_t)distance - 1) / stride) + 1 : 0;
    return true;
}

static bool out_of_bounds(int64_t index, int axis, int64_t length,
                          struct error *err)
{
    return error_set(err, ERROR_INDEX,
                     "index %lld is out of bounds for axis %d with size %lld",
                     (long long)index, axis, (long long)length);
}

char *tensor_element(const struct tensor *tensor, int count,
                     const int64_t *indices, struct error *err)
{
    char *at = tensor->data;

    for (int i = 0; i < count; i++) {
        int64_t index = indices[i], length = tensor->shape[i];
        if (index < -length || index >= length) {
            out_of_bounds(index, i, length, err);
            return NULL;
        }
        at += (index < 0 ? index + length : index) * tensor->strides[i];
    }
    return at;
}

/* ---------------------------------------------------------------- plan */

/* How many axes of the tensor an index uses up. */
static int axes_used(const struct index *index)
{
    switch (index->kind) {
    case INDEX_INTEGER:
    case INDEX_SLICE:
        return 1;
    case INDEX_ARRAY:
        return index->array->dtype == DTYPE_BOOL ? index->array->ndim : 1;
    default:
        return 0;
    }
}

/* A view under construction, and where we are in the tensor. */
struct builder {
    struct index_plan *plan;
    struct tensor *tensor;
    char *data;
    int axis; /* next axis of the tensor */
    int ndim; /* axes of the view so far */
    int64_t shape[TENSOR_MAX_DIMS], strides[TENSOR_MAX_DIMS];
    bool has_arrays;
    int last_array; /* position of the last array in the index, or -1 */
    bool apart;     /* arrays with something else between them */
};

static bool add_axis(struct builder *b, int64_t length, int64_t stride,
                     struct error *err)
{
    if (b->ndim == TENSOR_MAX_DIMS)
        return error_set(err, ERROR_INDEX,
                         "number of dimensions must be within [0, %d]",
                         TENSOR_MAX_DIMS);
    b->shape[b->ndim] = length;
    b->strides[b->ndim++] = stride;
    return true;
}

/* The next axis of the view is picked by ARRAY (one reference passes). */
static void add_array(struct builder *b, int position, struct tensor *array)
{
    struct index_plan *plan = b->plan;

    if (plan->array_count == 0)
        plan->place = b->ndim;
    else if (b->last_array != position && b->last_array != position - 1)
        b->apart = true;
    b->last_array = position;
    plan->axes[plan->array_count] = b->ndim;
    plan->named[plan->array_count] = b->axis;
    plan->arrays[plan->array_count++] = array;
}

static bool add_mask(struct builder *b, int position, struct tensor *mask,
                     struct error *err)
{
    struct tensor *picked[TENSOR_MAX_DIMS];

    for (int i = 0; i < mask->ndim; i++)
        if (mask->shape[i] != b->tensor->shape[b->axis + i])
            return error_set(err, ERROR_INDEX,
                             "boolean index did not match indexed array along "
                             "dimension %d; dimension is %lld but "
                             "corresponding boolean dimension is %lld",
                             b->axis + i,
                             (long long)b->tensor->shape[b->axis + i],
                             (long long)mask->shape[i]);
    if (!tensor_nonzero(mask, picked, err))
        return false;
    if (mask->ndim == 0) { /* x[True] adds an axis of length 1, x[False] of 0 */
        add_array(b, position, picked[0]);
        return add_axis(b, 1, 0, err);
    }
    for (int i = 0; i < mask->ndim; i++) {
        add_array(b, position, picked[i]);
        add_axis(b, b->tensor->shape[b->axis], b->tensor->strides[b->axis],
                 err);
        b->axis++;
    }
    return true;
}

static bool add_integers(struct builder *b, int position,
                         struct tensor *integers, struct error *err)
{
    struct tensor *wide = tensor_contiguous(integers, DTYPE_INT64, err);
    if (!wide)
        return false;
    add_array(b, position, wide);
    add_axis(b, b->tensor->shape[b->axis], b->tensor->strides[b->axis], err);
    b->axis++;
    return true;
}

static bool add_integer(struct builder *b, int position, int64_t index,
                        struct error *err)
{
    int64_t length = b->tensor->shape[b->axis];

    if (index < -length || index >= length)
        return out_of_bounds(index, b->axis, length, err);
    if (b->has_arrays) { /* beside arrays an integer counts as one of them */
        struct tensor *array = tensor_from_scalar(scalar_from_int(index), err);
        if (!array)
            return false;
        add_array(b, position, array);
        add_axis(b, length, b->tensor->strides[b->axis], err);
    } else {
        b->data += (index < 0 ? index + length : index) *
                   b->tensor->strides[b->axis];
    }
    b->axis++;
    return true;
}

static bool add_slice(struct builder *b, const struct index *slice,
                      struct error *err)
{
    int64_t start, step, count, stride = b->tensor->strides[b->axis];

    if (!slice_resolve(slice, b->tensor->shape[b->axis], &start, &step, &count,
                       err))
        return false;
    if (count > 0)
        b->data += start * stride;
    b->axis++;
    /* With one element or none the stride means nothing and may be huge. */
    return add_axis(b, count, count > 1 ? step * stride : stride, err);
}

static bool add_rest(struct builder *b, int count, struct error *err)
{
    for (; count > 0; count--, b->axis++)
        if (!add_axis(b, b->tensor->shape[b->axis], b->tensor->strides[b->axis],
                      err))
            return false;
    return true;
}

static bool add_index(struct builder *b, int position,
                      const struct index *index, int skipped,
                      struct error *err)
{
    switch (index->kind) {
    case INDEX_INTEGER:
        return add_integer(b, position, index->start, err);
    case INDEX_SLICE:
        return add_slice(b, index, err);
    case INDEX_ELLIPSIS:
        return add_rest(b, skipped, err);
    case INDEX_NEWAXIS:
        return add_axis(b, 1, 0, err);
    case INDEX_ARRAY:
        if (index->array->dtype == DTYPE_BOOL)
            return add_mask(b, position, index->array, err);
        return add_integers(b, position, index->array, err);
    }
    return false;
}

/* What the index as a whole says, before anything is done. */
static bool survey(const struct tensor *tensor, int count,
                   const struct index *indices, int *ret_used,
                   bool *ret_arrays, bool *ret_ellipsis, struct error *err)
{
    *ret_used = 0;
    *ret_arrays = *ret_ellipsis = false;
    for (int i = 0; i < count; i++) {
        *ret_used += axes_used(&indices[i]);
        *ret_arrays |= indices[i].kind == INDEX_ARRAY;
        if (indices[i].kind != INDEX_ELLIPSIS)
            continue;
        if (*ret_ellipsis)
            return error_set(err, ERROR_INDEX,
                             "an index can only have a single ellipsis "
                             "('...')");
        *ret_ellipsis = true;
    }
    if (*ret_used > tensor->ndim)
        return error_set(err, ERROR_INDEX,
                         "too many indices for array: array is "
                         "%d-dimensional, but %d were indexed",
                         tensor->ndim, *ret_used);
    return true;
}

bool index_plan_init(struct index_plan *plan, struct tensor *tensor, int count,
                     const struct index *indices, struct error *err)
{
    struct builder b = {.plan = plan, .tensor = tensor, .data = tensor->data,
                        .last_array = -1};
    int used;
    bool ellipsis, done = true;

    memset(plan, 0, sizeof *plan);
    if (!survey(tensor, count, indices, &used, &b.has_arrays, &ellipsis, err))
        return false;
    for (int i = 0; done && i < count; i++)
        done = add_index(&b, i, &indices[i], tensor->ndim - used, err);
    if (!done || !add_rest(&b, tensor->ndim - b.axis, err)) {
        index_plan_done(plan);
        return false;
    }
    plan->view = tensor_view(tensor, b.ndim, b.shape, b.strides, b.data);
    plan->element = b.ndim == 0 && !ellipsis;
    if (b.apart)
        plan->place = 0;
    return true;
}

void index_plan_done(struct index_plan *plan)
{
    for (int i = 0; i < plan->array_count; i++)
        tensor_unref(plan->arrays[i]);
    tensor_unref(plan->view);
}

/* ------------------------------------------------------------- get, set */

/* x[mask], the mask as large as x. */
static bool is_whole_mask(const struct tensor *tensor, int count,
                          const struct index *indices)
{
    const struct tensor *mask = indices->array;

    return count == 1 && indices->kind == INDEX_ARRAY && mask->ndim &&
           mask->dtype == DTYPE_BOOL && mask->ndim == tensor->ndim &&
           !memcmp(mask->shape, tensor->shape,
                   (size_t)mask->ndim * sizeof *mask->shape);
}

struct tensor *tensor_get(struct tensor *tensor, int count,
                          const struct index *indices, bool *ret_element,
                          struct error *err)
{
    struct index_plan plan;

    if (is_whole_mask(tensor, count, indices)) {
        if (ret_element)
            *ret_element = false;
        return index_compress(tensor, indices->array, err);
    }
    if (!index_plan_init(&plan, tensor, count, indices, err))
        return NULL;
    struct tensor *result =
        plan.array_count ? index_gather(&plan, err) : tensor_ref(plan.view);
    if (result && ret_element)
        *ret_element = plan.element;
    index_plan_done(&plan);
    return result;
}

/* A mask of the whole array takes a number or a vector of as many. */
static bool check_masked(const struct tensor *tensor, int count,
                         const struct index *indices, int64_t places,
                         const struct tensor *value, struct error *err)
{
    if (count != 1 || indices[0].kind != INDEX_ARRAY ||
        indices[0].array->dtype != DTYPE_BOOL ||
        indices[0].array->ndim != tensor->ndim)
        return true;
    if (value->ndim > 1)
        return error_set(err, ERROR_TYPE,
                         "NumPy boolean array indexing assignment requires a "
                         "0 or 1-dimensional input, input has %d dimensions",
                         value->ndim);
    return value->size == 1 || value->size == places ||
           error_set(err, ERROR_VALUE,
                     "NumPy boolean array indexing assignment cannot assign "
                     "%lld input values to the %lld output values where the "
                     "mask is true",
                     (long long)value->size, (long long)places);
}

bool tensor_set(struct tensor *tensor, int count, const struct index *indices,
                const struct tensor *value, struct error *err)
{
    struct index_plan plan;

    if (tensor->readonly)
        return error_set(err, ERROR_VALUE,
                         "assignment destination is read-only");
    if (!index_plan_init(&plan, tensor, count, indices, err))
        return false;
    if (plan.element && value->size != 1) {
        index_plan_done(&plan);
        return error_set(err, ERROR_VALUE,
                         "setting an array element with a sequence.");
    }
    bool done =
        plan.array_count
            ? check_masked(tensor, count, indices, plan.arrays[0]->size, value,
                           err) &&
                  index_scatter(&plan, value, err)
            : tensor_assign(plan.view, value, err);
    index_plan_done(&plan);
    return done;
}
