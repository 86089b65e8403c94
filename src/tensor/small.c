/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tensor/small.h"

#include <math.h>
#include <string.h>

enum { SMALL_SIZE = 256 };

/* Fills OUT, which is neither operand, with N results; false when one of them
   is infinite or not a number.  *_STEP is 0 for a number that repeats: known
   when the compiler gets to the loops, which makes them vector loops. */
#define DEFINE_COMPUTE(type, integer)                                     \
    static inline __attribute__((always_inline)) bool fill_##type(        \
        enum small_operation operation, int64_t n, const type *a,         \
        int a_step, const type *b, int b_step, type *restrict out)        \
    {                                                                     \
        integer strange = 0;                                              \
        switch (operation) {                                              \
        case SMALL_ADD:                                                   \
            for (int64_t i = 0; i < n; i++)                               \
                out[i] = a[i * a_step] + b[i * b_step];                   \
            break;                                                        \
        case SMALL_SUBTRACT:                                              \
            for (int64_t i = 0; i < n; i++)                               \
                out[i] = a[i * a_step] - b[i * b_step];                   \
            break;                                                        \
        case SMALL_MULTIPLY:                                              \
            for (int64_t i = 0; i < n; i++)                               \
                out[i] = a[i * a_step] * b[i * b_step];                   \
            break;                                                        \
        default:                                                          \
            for (int64_t i = 0; i < n; i++)                               \
                out[i] = a[i * a_step] / b[i * b_step];                   \
            break;                                                        \
        }                                                                 \
        for (int64_t i = 0; i < n; i++)                                   \
            strange |= out[i] - out[i] != 0;                              \
        return !strange;                                                  \
    }                                                                     \
    static bool compute_##type(enum small_operation operation, int64_t n, \
                               const type *a, bool a_array, const type *b, \
                               bool b_array, type *out)                   \
    {                                                                     \
        if (!b_array)                                                     \
            return fill_##type(operation, n, a, 1, b, 0, out);            \
        if (!a_array)                                                     \
            return fill_##type(operation, n, a, 0, b, 1, out);            \
        return fill_##type(operation, n, a, 1, b, 1, out);                \
    }

DEFINE_COMPUTE(double, int64_t)
DEFINE_COMPUTE(float, int32_t)

static bool is_plain(const struct tensor *tensor)
{
    return tensor->size <= SMALL_SIZE && tensor->ndim > 0 &&
           tensor_is_contiguous(tensor);
}

static bool same_shape(const struct tensor *a, const struct tensor *b)
{
    return a->dtype == b->dtype && a->ndim == b->ndim &&
           !memcmp(a->shape, b->shape, (size_t)a->ndim * sizeof *a->shape);
}

static bool fits(const struct small_operand *operand, const struct tensor *like)
{
    if (operand->tensor)
        return operand->tensor == like ||
               (same_shape(operand->tensor, like) && is_plain(operand->tensor));
    /* a number that float32 cannot hold makes the result float64 */
    return like->dtype == DTYPE_FLOAT64 || isfinite((float)operand->number);
}

static bool compute(enum small_operation operation, const struct tensor *like,
                    const struct small_operand *a,
                    const struct small_operand *b, void *out)
{
    if (like->dtype == DTYPE_FLOAT64)
        return compute_double(
            operation, like->size,
            a->tensor ? (const double *)(void *)a->tensor->data : &a->number,
            a->tensor != NULL,
            b->tensor ? (const double *)(void *)b->tensor->data : &b->number,
            b->tensor != NULL, out);
    float x = (float)a->number, y = (float)b->number;
    return compute_float(
        operation, like->size,
        a->tensor ? (const float *)(void *)a->tensor->data : &x,
        a->tensor != NULL,
        b->tensor ? (const float *)(void *)b->tensor->data : &y,
        b->tensor != NULL, out);
}

/* Its error, if any, is told when the careful way meets it. */
static __attribute__((noinline)) struct tensor *
new_like(const struct tensor *like)
{
    static _Thread_local struct error ignored = ERROR_INIT;
    struct tensor *result = tensor_new_like(like, like->dtype, &ignored);
    if (!result)
        error_clear(&ignored);
    return result;
}

struct tensor *small_operate(enum small_operation operation,
                             struct small_operand a, struct small_operand b,
                             struct tensor *into)
{
    struct tensor *like = a.tensor ? a.tensor : b.tensor;
    double room[SMALL_SIZE];
    if ((like->dtype != DTYPE_FLOAT64 && like->dtype != DTYPE_FLOAT32) ||
        !is_plain(like) || !fits(&a, like) || !fits(&b, like))
        return NULL;
    if (into) {
        if (into->readonly || !same_shape(into, like) || !is_plain(into) ||
            !compute(operation, like, &a, &b, room))
            return NULL;
        memcpy(into->data, room, (size_t)into->size * dtype_size(into->dtype));
        return tensor_ref(into);
    }
    struct tensor *result = new_like(like);
    if (result && compute(operation, like, &a, &b, result->data))
        return result;
    tensor_unref(result);
    return NULL;
}
