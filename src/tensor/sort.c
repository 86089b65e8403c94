/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tensor/sort.h"

#include <math.h>
#include <string.h>

#include "tensor/lines.h"
#include "tensor/parallel.h"
#include "tensor/sort_items.h"

/* A NaN is larger than everything. */
#define LESS(a, b) ((a) < (b) || ((b) != (b) && (a) == (a)))

/* ------------------------------------------------------------------- keys */

/*
 * Unsigned keys in the order of the values: the sign bit turned, and all bits
 * of negative floats (their order is that of their magnitudes).  -0 is 0's
 * equal and every NaN any other's, so both lose their sign.
 */
#define SIGNED_KEY(x, bits) \
    ((uint##bits##_t)(x) ^ ((uint##bits##_t)1 << (bits - 1)))

static inline uint32_t float32_key(float x)
{
    uint32_t bits;

    if (x != x)
        return UINT32_MAX;
    x += 0.0f; /* -0 + 0 is 0 */
    memcpy(&bits, &x, sizeof bits);
    return bits ^ (bits >> 31 ? UINT32_MAX : 1u << 31);
}

static inline float float32_value(uint32_t key)
{
    uint32_t bits = key ^ (key >> 31 ? 1u << 31 : UINT32_MAX);
    float x;

    memcpy(&x, &bits, sizeof x);
    return x;
}

static inline uint64_t float64_key(double x)
{
    uint64_t bits;

    if (x != x)
        return UINT64_MAX;
    x += 0.0;
    memcpy(&bits, &x, sizeof bits);
    return bits ^ (bits >> 63 ? UINT64_MAX : (uint64_t)1 << 63);
}

static inline double float64_value(uint64_t key)
{
    uint64_t bits = key ^ (key >> 63 ? (uint64_t)1 << 63 : UINT64_MAX);
    double x;

    memcpy(&x, &bits, sizeof x);
    return x;
}

#define UNSIGNED_KEY(x) (x)
#define UNSIGNED_VALUE(key) (key)
#define INT32_KEY(x) SIGNED_KEY((int32_t)(x), 32)
#define INT32_VALUE(key) ((int32_t)SIGNED_KEY(key, 32))
#define INT64_KEY(x) SIGNED_KEY(x, 64)
#define INT64_VALUE(key) ((int64_t)SIGNED_KEY(key, 64))

/* X(identifier, type, bits of the key, key of a value, value of a key) */
#define SORTED_TYPES(X)                                   \
    X(BOOL, bool, 32, UNSIGNED_KEY, UNSIGNED_VALUE)       \
    X(INT8, int8_t, 32, INT32_KEY, INT32_VALUE)           \
    X(UINT8, uint8_t, 32, UNSIGNED_KEY, UNSIGNED_VALUE)   \
    X(INT16, int16_t, 32, INT32_KEY, INT32_VALUE)         \
    X(UINT16, uint16_t, 32, UNSIGNED_KEY, UNSIGNED_VALUE) \
    X(INT32, int32_t, 32, INT32_KEY, INT32_VALUE)         \
    X(UINT32, uint32_t, 32, UNSIGNED_KEY, UNSIGNED_VALUE) \
    X(INT64, int64_t, 64, INT64_KEY, INT64_VALUE)         \
    X(UINT64, uint64_t, 64, UNSIGNED_KEY, UNSIGNED_VALUE) \
    X(FLOAT32, float, 32, float32_key, float32_value)     \
    X(FLOAT64, double, 64, float64_key, float64_value)

/* ------------------------------------------------------------------ lines */

/* SPARE holds two arrays of N keys, or of N keys with their positions. */
typedef void line_sort(int64_t n, const char *x, int64_t x_stride, char *y,
                       int64_t y_stride, void *spare);

/* Never true for integers. */
#define IS_MINUS_ZERO(type, x) \
    ((type)0.5 != 0 && (x) == 0 && signbit((double)(x)))

typedef uint32_t index32;
typedef int64_t index64;

/* Zeros again as they came, -0 among them. */
#define DEFINE_SORT(TYPE, type, bits, KEY, VALUE)                              \
    static void restore_zeros_##TYPE(                                          \
        int64_t n, const char *x, int64_t x_stride, char *y, int64_t y_stride) \
    {                                                                          \
        int64_t at = 0;                                                        \
        while (*(const type *)(y + at * y_stride) != 0)                        \
            at++;                                                              \
        for (int64_t i = 0; i < n; i++) {                                      \
            type value = *(const type *)(x + i * x_stride);                    \
            if (value == 0)                                                    \
                *(type *)(y + at++ * y_stride) = value;                        \
        }                                                                      \
    }                                                                          \
    static void sort_##TYPE(int64_t n, const char *x, int64_t x_stride,        \
                            char *y, int64_t y_stride, void *spare)            \
    {                                                                          \
        uint##bits##_t *keys = spare;                                          \
        bool minus_zero = false;                                               \
        for (int64_t i = 0; i < n; i++) {                                      \
            type value = *(const type *)(x + i * x_stride);                    \
            keys[i] = KEY(value);                                              \
            minus_zero |= IS_MINUS_ZERO(type, value);                          \
        }                                                                      \
        keys = sort_key##bits(keys, keys + n, n);                              \
        for (int64_t i = 0; i < n; i++)                                        \
            *(type *)(y + i * y_stride) = (type)VALUE(keys[i]);                \
        if (minus_zero)                                                        \
            restore_zeros_##TYPE(n, x, x_stride, y, y_stride);                 \
    }                                                                          \
    static void order_##TYPE(int64_t n, const char *x, int64_t x_stride,       \
                             char *y, int64_t y_stride, void *spare)           \
    {                                                                          \
        struct item##bits *items = spare;                                      \
        for (int64_t i = 0; i < n; i++) {                                      \
            items[i].key = KEY(*(const type *)(x + i * x_stride));             \
            items[i].index = (index##bits)i;                                   \
        }                                                                      \
        items = sort_item##bits(items, items + n, n);                          \
        for (int64_t i = 0; i < n; i++)                                        \
            *(int64_t *)(y + i * y_stride) = (int64_t)items[i].index;          \
    }
SORTED_TYPES(DEFINE_SORT)

struct sorting {
    line_sort *sort;
    int64_t n, x_stride, y_stride;
    char *spare; /* SPARE_SIZE bytes for each thread */
    int64_t spare_size;
};

static void sort_one(char *x, char *y, const void *context)
{
    const struct sorting *s = context;
    s->sort(s->n, x, s->x_stride, y, s->y_stride,
            s->spare + parallel_index() * s->spare_size);
}

/* Bytes for a line of N elements and its copy. */
static int64_t spare_size(enum dtype dtype, bool indices, int64_t n)
{
    bool is_wide = dtype_size(dtype) == 8;
    int64_t item = indices
                       ? is_wide ? sizeof(struct item64) : sizeof(struct item32)
                   : is_wide ? sizeof(uint64_t)
                             : sizeof(uint32_t);
    return (2 * n * item + 63) / 64 * 64;
}

struct tensor *tensor_sort(struct tensor *tensor, int axis, bool indices,
                           struct error *err)
{
    static line_sort *const sorts[2][DTYPE_COUNT] = {
#define X(TYPE, type, bits, KEY, VALUE) [DTYPE_##TYPE] = sort_##TYPE,
        {SORTED_TYPES(X)},
#undef X
#define X(TYPE, type, bits, KEY, VALUE) [DTYPE_##TYPE] = order_##TYPE,
        {SORTED_TYPES(X)},
#undef X
    };
    struct tensor *result =
        tensor_new_like(tensor, indices ? DTYPE_INT64 : tensor->dtype, err);

    if (!result || result->size == 0)
        return result;
    if (tensor->shape[axis] > UINT32_MAX) { /* positions have 32 bits */
        tensor_unref(result);
        return error_null(err, ERROR_MEMORY, "Unable to sort %lld elements",
                          (long long)tensor->shape[axis]);
    }
    struct sorting s = {.sort = sorts[indices][tensor->dtype],
                        .n = tensor->shape[axis],
                        .x_stride = tensor->strides[axis],
                        .y_stride = result->strides[axis]};
    s.spare_size = spare_size(tensor->dtype, indices, s.n);
    int threads = lines_threads(tensor, axis);
    struct storage *spare = storage_new(s.spare_size * threads, err);
    bool done = spare != NULL;
    if (done) {
        s.spare = spare->bytes;
        done = lines_each(tensor, result, axis, threads, sort_one, &s, err);
    }
    storage_unref(spare);
    if (done)
        return result;
    tensor_unref(result);
    return NULL;
}

/* ----------------------------------------------------------- searchsorted */

/* Both as float64: exact for all but integers beyond 2**53. */
static int64_t position(const double *sorted, int64_t n, double value,
                        bool right)
{
    int64_t low = 0, high = n;

    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        bool before =
            right ? !LESS(value, sorted[middle]) : LESS(sorted[middle], value);
        if (before)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct tensor *tensor_searchsorted(struct tensor *sorted, struct tensor *values,
                                   bool right, struct error *err)
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
