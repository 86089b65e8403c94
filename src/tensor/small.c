/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tensor/small.h"

#include <math.h>
#include <string.h>

enum { SMALL_SIZE = 256 };

/* Fills OUT with N results and adds 0 times each to a sum, which stays 0
   unless one of them is infinite or not a number.  *_STEP is 0 for a number
   that repeats. */
#define DEFINE_COMPUTE(type)                                              \
    static bool compute_##type(enum small_operation operation, int64_t n, \
                               const type *a, int a_step, const type *b,  \
                               int b_step, type *out)                     \
    {                                                                     \
        type sum = 0;                                                     \
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
            sum += out[i] * 0;                                            \
        return sum == 0;                                                  \
    }

DEFINE_COMPUTE(double)
DEFINE_COMPUTE(float)

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

struct tensor *small_operate(enum small_operation operation,
                             struct small_operand a, struct small_operand b,
                             struct tensor *into)
{
    struct tensor *like = a.tensor ? a.tensor : b.tensor;
    double room[SMALL_SIZE];
    struct error ignored = ERROR_INIT;
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
    struct tensor *result = tensor_new_like(like, like->dtype, &ignored);
    if (result && compute(operation, like, &a, &b, result->data))
        return result;
    tensor_unref(result);
    error_clear(&ignored);
    return NULL;
}
