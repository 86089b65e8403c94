/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tensor/sort.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Merge sort of a line of elements with their positions: X(identifier, …)
   makes one for each dtype.  A NaN is larger than everything. */
#define LESS(a, b) ((a) < (b) || ((b) != (b) && (a) == (a)))

#define DEFINE_SORT(TYPE, type)                                                \
    struct item_##TYPE {                                                       \
        type value;                                                            \
        int64_t index;                                                         \
    };                                                                         \
    static void merge_##TYPE(struct item_##TYPE *a, struct item_##TYPE *spare, \
                             int64_t n)                                        \
    {                                                                          \
        if (n <= 16) {                                                         \
            for (int64_t i = 1; i < n; i++) {                                  \
                struct item_##TYPE item = a[i];                                \
                int64_t j = i;                                                 \
                for (; j > 0 && LESS(item.value, a[j - 1].value); j--)         \
                    a[j] = a[j - 1];                                           \
                a[j] = item;                                                   \
            }                                                                  \
            return;                                                            \
        }                                                                      \
        int64_t half = n / 2, left = 0, right = half;                          \
        merge_##TYPE(a, spare, half);                                          \
        merge_##TYPE(a + half, spare, n - half);                               \
        memcpy(spare, a, (size_t)half * sizeof *a);                            \
        for (int64_t i = 0; left < half; i++) {                                \
            bool take = right < n && LESS(a[right].value, spare[left].value);  \
            a[i] = take ? a[right++] : spare[left++];                          \
        }                                                                      \
    }                                                                          \
    static bool sort_##TYPE(int64_t n, const char *x, int64_t x_stride,        \
                            char *y, int64_t y_stride, bool indices)           \
    {                                                                          \
        struct item_##TYPE *items =                                            \
            malloc((size_t)(n + n / 2 + 1) * sizeof *items);                   \
        if (!items)                                                            \
            return false;                                                      \
        for (int64_t i = 0; i < n; i++)                                        \
            items[i] = (struct item_##TYPE){                                   \
                *(const type *)(x + i * x_stride), i};                         \
        merge_##TYPE(items, items + n, n);                                     \
        for (int64_t i = 0; i < n; i++) {                                      \
            if (indices)                                                       \
                *(int64_t *)(y + i * y_stride) = items[i].index;               \
            else                                                               \
                *(type *)(y + i * y_stride) = items[i].value;                  \
        }                                                                      \
        free(items);                                                           \
        return true;                                                           \
    }
#define X(identifier, name, type, kind, character) DEFINE_SORT(identifier, type)
DTYPES(X)
#undef X

typedef bool line_sort(int64_t n, const char *x, int64_t x_stride, char *y,
                       int64_t y_stride, bool indices);

static line_sort *const line_sorts[DTYPE_COUNT] = {
#define X(identifier, name, type, kind, character)                             \
    [DTYPE_##identifier] = sort_##identifier,
    DTYPES(X)
#undef X
};

struct tensor *tensor_sort(struct tensor *tensor, int axis, bool indices,
                           struct error *err)
{
    struct tensor *result = tensor_new_like(
        tensor, indices ? DTYPE_INT64 : tensor->dtype, err);
    int64_t count[TENSOR_MAX_DIMS] = {0};
    const char *x = tensor->data;

    if (!result || result->size == 0)
        return result;
    char *y = result->data;
    for (int64_t left = tensor->size / tensor->shape[axis]; left > 0; left--) {
        if (!line_sorts[tensor->dtype](tensor->shape[axis], x,
                                       tensor->strides[axis], y,
                                       result->strides[axis], indices)) {
            tensor_unref(result);
            return error_null(err, ERROR_MEMORY,
                              "Unable to allocate room for sorting %lld "
                              "elements",
                              (long long)tensor->shape[axis]);
        }
        for (int i = tensor->ndim; i-- > 0;) {
            if (i == axis)
                continue;
            x += tensor->strides[i];
            y += result->strides[i];
            if (++count[i] < tensor->shape[i])
                break;
            x -= tensor->shape[i] * tensor->strides[i];
            y -= tensor->shape[i] * result->strides[i];
            count[i] = 0;
        }
    }
    return result;
}

/* Both as float64: exact for all but integers beyond 2**53. */
static int64_t position(const double *sorted, int64_t n, double value,
                        bool right)
{
    int64_t low = 0, high = n;

    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        bool before = right ? !LESS(value, sorted[middle])
                            : LESS(sorted[middle], value);
        if (before)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct tensor *tensor_searchsorted(struct tensor *sorted,
                                   struct tensor *values, bool right,
                                   struct error *err)
{
    struct tensor *line = tensor_contiguous(sorted, DTYPE_FLOAT64, err);
    struct tensor *wanted =
        line ? tensor_contiguous(values, DTYPE_FLOAT64, err) : NULL;
    struct tensor *result =
        wanted ? tensor_new_like(wanted, DTYPE_INT64, err) : NULL;

    for (int64_t i = 0; result && i < result->size; i++)
        ((int64_t *)result->data)[i] =
            position((const double *)line->data, line->size,
                     ((const double *)wanted->data)[i], right);
    tensor_unref(line);
    tensor_unref(wanted);
    return result;
}
