/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes through a line and not only adds it up: argmax, cumsum. */
#include <string.h>

#include "tensor/lines.h"
#include "tensor/parallel.h"
#include "tensor/reduce.h"
#include "tensor/reduce_kernels.h"

enum { MAX_PARTS = 64 };

struct line {
    arg_kernel *arg;
    accumulate_kernel *accumulate;
    int64_t n, x_stride, y_stride;
    const struct ufunc_loop *loop;
    bool silent; /* floating point events mean nothing */
};

static void arg_line(char *x, char *y, const void *context)
{
    const struct line *line = context;
    *(int64_t *)y = line->arg(line->n, x, line->x_stride);
}

/* TENSOR with AXIS last and its lines in one piece, so that they can be read
   fast; owned. */
static struct tensor *lines_of(struct tensor *tensor, int axis,
                               struct error *err)
{
    int64_t axes[TENSOR_MAX_DIMS], size = (int64_t)dtype_size(tensor->dtype);
    int n = 0;

    for (int i = 0; i < tensor->ndim; i++)
        if (i != axis)
            axes[n++] = i;
    axes[n] = axis;
    struct tensor *last = tensor_transpose(tensor, axes, err);
    if (!last || tensor->strides[axis] == size)
        return last;
    struct tensor *copy = tensor_copy(last, err);
    tensor_unref(last);
    return copy;
}

static struct tensor *arg_along(struct tensor *tensor, int axis, bool largest,
                                struct error *err)
{
    struct tensor *lines = lines_of(tensor, axis, err);
    if (!lines)
        return NULL;
    int last = lines->ndim - 1;
    struct tensor *result = tensor_new(DTYPE_INT64, last, lines->shape, err);
    if (result && result->size) {
        struct line line = {.arg = arg_kernel_find(largest, tensor->dtype),
                            .n = lines->shape[last],
                            .x_stride = lines->strides[last]};
        if (!lines_each(lines, result, last, lines_threads(lines, last),
                        arg_line, &line, err)) {
            tensor_unref(result);
            result = NULL;
        }
    }
    tensor_unref(lines);
    return result;
}

/* The best of PARTS bests: of equals the first, and NaNs come first of all. */
static int64_t best_of(arg_kernel *arg, const char *x, int64_t size,
                       const int64_t *places, int parts)
{
    char found[MAX_PARTS * 8];

    for (int k = 0; k < parts; k++)
        memcpy(found + k * size, x + places[k] * size, (size_t)size);
    return places[arg(parts, found, size)];
}

/* Elements that lie in a row, shared by threads when there are many. */
static int64_t arg_of_row(arg_kernel *arg, const struct tensor *tensor)
{
    int64_t n = tensor->size, size = (int64_t)dtype_size(tensor->dtype);
    int64_t places[MAX_PARTS];
    int threads = parallel_threads_for(n);

    if (threads > MAX_PARTS)
        threads = MAX_PARTS;
    if (threads <= 1)
        return arg(n, tensor->data, size);
#pragma omp parallel for num_threads(threads)
    for (int k = 0; k < threads; k++) {
        int64_t first = n / threads * k;
        int64_t end = k == threads - 1 ? n : first + n / threads;
        places[k] = first + arg(end - first, tensor->data + first * size, size);
    }
    return best_of(arg, tensor->data, size, places, threads);
}

struct tensor *reduce_arg(struct tensor *tensor, bool flat, int axis,
                          bool largest, bool keepdims, struct error *err)
{
    int64_t all = -1, ones[TENSOR_MAX_DIMS];
    int64_t length = flat ? tensor->size : tensor->shape[axis];

    if (length == 0)
        return error_null(err, ERROR_VALUE,
                          "attempt to get %s of an empty sequence",
                          largest ? "argmax" : "argmin");
    if ((flat || tensor->ndim == 1) && !keepdims &&
        tensor_is_contiguous(tensor))
        return tensor_from_scalar(
            scalar_from_int(
                arg_of_row(arg_kernel_find(largest, tensor->dtype), tensor)),
            err);
    struct tensor *line =
        flat ? tensor_reshape(tensor, 1, &all, 'C', err) : tensor_ref(tensor);
    struct tensor *result =
        line ? arg_along(line, flat ? 0 : axis, largest, err) : NULL;
    tensor_unref(line);
    if (!result || !keepdims)
        return result;
    for (int i = 0; i < tensor->ndim; i++)
        ones[i] = flat || i == axis ? 1 : tensor->shape[i];
    struct tensor *kept = tensor_reshape(result, tensor->ndim, ones, 'C', err);
    tensor_unref(result);
    return kept;
}

static void accumulate(const struct line *line, char *x, char *y)
{
    if (line->accumulate) {
        line->accumulate(line->n, x, line->x_stride, y, line->y_stride);
        return;
    }
    memcpy(y, x, dtype_size(line->loop->in));
    for (int64_t i = 1; i < line->n; i++) {
        char *to = y + i * line->y_stride;
        char *const data[3] = {to - line->y_stride, x + i * line->x_stride, to};
        static const int64_t strides[3];
        line->loop->kernel(1, data, strides, NULL);
    }
}

static void accumulate_line(char *x, char *y, const void *context)
{
    const struct line *line = context;

    fp_events_begin();
    accumulate(line, x, y);
    if (!line->silent)
        fp_events_end("accumulate");
}

struct tensor *accumulate_ufunc(const struct ufunc *ufunc,
                                struct tensor *tensor, int axis,
                                enum dtype dtype, struct error *err)
{
    const struct ufunc_loop *loop = reduce_loop(ufunc, tensor, dtype, err);
    struct tensor *typed = NULL, *result = NULL;

    if (!loop)
        return NULL;
    typed = tensor_contiguous(tensor, loop->in, err);
    if (typed)
        result = tensor_new_like(typed, loop->in, err);
    if (result && result->size) {
        struct line line = {.accumulate =
                                accumulate_kernel_find(ufunc->name, loop->in),
                            .n = typed->shape[axis],
                            .x_stride = typed->strides[axis],
                            .y_stride = result->strides[axis],
                            .loop = loop,
                            .silent = ufunc->silent};
        if (!lines_each(typed, result, axis, lines_threads(typed, axis),
                        accumulate_line, &line, err)) {
            tensor_unref(result);
            result = NULL;
        }
    }
    tensor_unref(typed);
    return result;
}
