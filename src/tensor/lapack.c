/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tensor/lapack.h"

#include <math.h>
#include <string.h>

#include "tensor/blas.h"

enum dtype lapack_dtype(int count, struct tensor *const *operands)
{
    for (int i = 0; i < count; i++)
        if (operands[i]->dtype != DTYPE_FLOAT32)
            return DTYPE_FLOAT64;
    return DTYPE_FLOAT32;
}

void lapack_prepare(void)
{
    LAPACKE_set_nancheck(0);
    blas_threads();
}

lapack_int lapack_leave(lapack_int info)
{
    blas_leave();
    return info;
}

bool lapack_check_stack(const struct tensor *a, struct error *err)
{
    if (a->ndim < 2)
        return error_set(err, ERROR_LINALG,
                         "%d-dimensional array given. Array must be at least "
                         "two-dimensional",
                         a->ndim);
    if (a->shape[a->ndim - 1] > INT32_MAX || a->shape[a->ndim - 2] > INT32_MAX)
        return error_set(err, ERROR_VALUE,
                         "a matrix side is over %d, more than LAPACK takes",
                         INT32_MAX);
    return true;
}

bool lapack_check_square(const struct tensor *a, struct error *err)
{
    if (!lapack_check_stack(a, err))
        return false;
    return a->shape[a->ndim - 1] == a->shape[a->ndim - 2] ||
           error_set(err, ERROR_LINALG,
                     "Last 2 dimensions of the array must be square");
}

bool lapack_check_finite(const struct tensor *a, struct error *err)
{
    for (int64_t i = 0; dtype_is_float(a->dtype) && i < a->size; i++)
        if (!isfinite(tensor_item_at(a, i).f))
            return error_set(err, ERROR_LINALG,
                             "Array must not contain infs or NaNs");
    return true;
}

bool lapack_check(lapack_int info, const char *message, struct error *err)
{
    if (info == 0)
        return true;
    if (info == LAPACK_WORK_MEMORY_ERROR)
        return error_set(err, ERROR_MEMORY, "no memory for LAPACK");
    return error_set(err, ERROR_LINALG, "%s", message);
}

struct tensor *lapack_columns(struct steps *s, struct tensor *a)
{
    struct tensor *turned = step_swapped(s, a);
    return turned ? step(s, tensor_astype(turned, DTYPE_FLOAT64, s->err))
                  : NULL;
}

/* Zeros of A's stack, CORE axes at the end. */
static struct tensor *stack_zeros(struct steps *s, const struct tensor *a,
                                  int core, const int64_t *lengths)
{
    int64_t shape[TENSOR_MAX_DIMS];
    int ndim = 0;

    for (; ndim < a->ndim - 2; ndim++)
        shape[ndim] = a->shape[ndim];
    for (int i = 0; i < core; i++)
        shape[ndim++] = lengths[i];
    return step(s, tensor_zeros(DTYPE_FLOAT64, ndim, shape, s->err));
}

struct tensor *lapack_new_columns(struct steps *s, const struct tensor *a,
                                  int64_t rows, int64_t columns)
{
    int64_t lengths[2] = {columns, rows};
    return a ? stack_zeros(s, a, 2, lengths) : NULL;
}

struct tensor *lapack_new_vectors(struct steps *s, const struct tensor *a,
                                  int64_t length)
{
    return a ? stack_zeros(s, a, length < 0 ? 0 : 1, &length) : NULL;
}

struct tensor *lapack_rows(struct steps *s, struct tensor *columns,
                           enum dtype dtype)
{
    struct tensor *turned = step_swapped(s, columns);
    return turned ? step(s, tensor_astype(turned, dtype, s->err)) : NULL;
}

int64_t lapack_count(const struct tensor *a, int core)
{
    int64_t count = 1;

    for (int i = 0; i < a->ndim - core; i++)
        count *= a->shape[i];
    return count;
}

double *lapack_at(const struct tensor *a, int core, int64_t i)
{
    int64_t elements = 1;

    for (int axis = a->ndim - core; axis < a->ndim; axis++)
        elements *= a->shape[axis];
    return (double *)a->data + i * elements;
}
