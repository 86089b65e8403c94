/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A reduction lines up its input with its result, in which the reduced axes
 * have stride 0.  Where the innermost axis of memory is a reduced one, whole
 * runs go to a reduce kernel; where it is a kept one, the ufunc's own kernel
 * adds row after row.
 */
#include "tensor/reduce.h"

#include <math.h>
#include <string.h>

#include "base/interrupt.h"
#include "tensor/cast.h"
#include "tensor/reduce_kernels.h"

bool axes_init(struct axes *axes, int count, const int64_t *values, int ndim,
               struct error *err)
{
    bool taken[TENSOR_MAX_DIMS] = {false};

    *axes = (struct axes){.all = false};
    for (int i = 0; i < count; i++) {
        int axis;
        if (!tensor_normalize_axis(values[i], ndim, &axis, err))
            return false;
        if (taken[axis])
            return error_set(err, ERROR_VALUE, "duplicate value in 'axis'");
        taken[axis] = true;
    }
    for (int i = 0; i < ndim; i++)
        if (taken[i])
            axes->axis[axes->count++] = i;
    return true;
}

static bool is_reduced(const struct axes *axes, int axis)
{
    if (axes->all)
        return true;
    for (int i = 0; i < axes->count; i++)
        if (axes->axis[i] == axis)
            return true;
    return false;
}

/* The result's shape with the reduced axes as 1; elements per result. */
static int64_t reduced_shape(const struct tensor *tensor,
                             const struct axes *axes, int64_t *ret_shape)
{
    int64_t count = 1;

    for (int i = 0; i < tensor->ndim; i++) {
        bool reduced = is_reduced(axes, i);
        ret_shape[i] = reduced ? 1 : tensor->shape[i];
        if (reduced)
            count *= tensor->shape[i];
    }
    return count;
}

/* Takes RESULT; drops its axes of length 1 that AXES names. */
static struct tensor *drop_reduced(struct tensor *result,
                                   const struct axes *axes, bool keepdims)
{
    int64_t shape[TENSOR_MAX_DIMS], strides[TENSOR_MAX_DIMS];
    int ndim = 0;

    if (keepdims || !result)
        return result;
    for (int i = 0; i < result->ndim; i++) {
        if (is_reduced(axes, i))
            continue;
        shape[ndim] = result->shape[i];
        strides[ndim++] = result->strides[i];
    }
    struct tensor *view =
        tensor_view(result, ndim, shape, strides, result->data);
    view->is_view = false; /* nobody else holds it */
    tensor_unref(result);
    return view;
}

/* ------------------------------------------------------------------ runs */

struct reduction {
    const struct ufunc_loop *loop;
    reduce_kernel *run; /* NULL: the ufunc's kernel, element by element */
    kernel *convert;    /* NULL: the input has the right dtype */
    int64_t size;       /* of a converted element */
};

static void reduce_run(const struct reduction *r, int64_t n, char *x,
                       int64_t stride, char *result)
{
    if (r->run) {
        r->run(n, x, stride, result);
        return;
    }
    char *const data[3] = {result, x, result};
    const int64_t strides[3] = {0, stride, 0};
    r->loop->kernel(n, data, strides, NULL);
}

static void add_rows(const struct reduction *r, int64_t n, char *x,
                     int64_t x_stride, char *result, int64_t result_stride)
{
    char *const data[3] = {result, x, result};
    const int64_t strides[3] = {result_stride, x_stride, result_stride};
    r->loop->kernel(n, data, strides, NULL);
}

static void reduce_some(const struct reduction *r, int64_t n, char *x,
                        int64_t x_stride, char *result, int64_t result_stride)
{
    if (result_stride == 0)
        reduce_run(r, n, x, x_stride, result);
    else
        add_rows(r, n, x, x_stride, result, result_stride);
}

/* A loop's kernel: operand 0 the input, operand 1 the result. */
static void reduce_piece(int64_t n, char *const *data, const int64_t *strides,
                         const void *context)
{
    const struct reduction *r = context;
    _Alignas(64) char buffer[REDUCE_BUFFER * 8];

    if (!r->convert) {
        reduce_some(r, n, data[0], strides[0], data[1], strides[1]);
        return;
    }
    for (int64_t done = 0; done < n; done += REDUCE_BUFFER) {
        int64_t m = n - done < REDUCE_BUFFER ? n - done : REDUCE_BUFFER;
        char *const pair[2] = {data[0] + done * strides[0], buffer};
        const int64_t pair_strides[2] = {strides[0], r->size};
        r->convert(m, pair, pair_strides, NULL);
        reduce_some(r, m, buffer, r->size, data[1] + done * strides[1],
                    strides[1]);
    }
}

/* Walks the whole input; runs are not cut, since pairwise sums need them
   whole. */
static bool walk(const struct reduction *r, struct tensor *tensor,
                 struct tensor *result, struct error *err)
{
    struct tensor *operands[2] = {tensor, result};
    struct loop loop;
    int64_t strides[LOOP_MAX_OPERANDS] = {0};

    loop_init(&loop, 2, operands, tensor->ndim, tensor->shape);
    if (loop.size == 0)
        return true;
    int inner = loop.ndim - 1;
    int64_t length = loop.ndim ? loop.shape[inner] : 1;
    for (int k = 0; k < 2 && loop.ndim; k++)
        strides[k] = loop.strides[k][inner];
    int64_t count[TENSOR_MAX_DIMS] = {0};
    char *data[2] = {loop.data[0], loop.data[1]};
    for (int64_t left = loop.size / length; left > 0; left--) {
        reduce_piece(length, data, strides, r);
        if (interrupt_pending())
            return interrupt_check(err);
        for (int i = inner; i-- > 0;) {
            data[0] += loop.strides[0][i];
            data[1] += loop.strides[1][i];
            if (++count[i] < loop.shape[i])
                break;
            data[0] -= loop.shape[i] * loop.strides[0][i];
            data[1] -= loop.shape[i] * loop.strides[1][i];
            count[i] = 0;
        }
    }
    return true;
}

/* --------------------------------------------------------- ufunc.reduce */

/* Sums and products of small integers are as wide as int64. */
static enum dtype accumulator_dtype(const struct ufunc *ufunc,
                                    enum dtype dtype)
{
    if (ufunc->identity == IDENTITY_NONE || ufunc->silent ||
        dtype_is_float(dtype))
        return DTYPE_COUNT;
    return dtype_kind(dtype) == 'u' ? DTYPE_UINT64 : DTYPE_INT64;
}

static const struct ufunc_loop *find_loop(const struct ufunc *ufunc,
                                          struct tensor *tensor,
                                          enum dtype dtype, struct error *err)
{
    struct tensor *inputs[2] = {tensor, tensor};

    if (dtype == DTYPE_COUNT)
        dtype = accumulator_dtype(ufunc, tensor->dtype);
    for (int i = 0; i < ufunc->loop_count; i++) {
        const struct ufunc_loop *loop = &ufunc->loops[i];
        if (loop->in != loop->out) /* logical_and: as bools */
            return &ufunc->loops[0];
        if (loop->out == dtype)
            return loop;
    }
    return ufunc_resolve(ufunc, inputs, dtype, err);
}

static struct scalar identity_of(const struct ufunc *ufunc)
{
    switch (ufunc->identity) {
    case IDENTITY_ONE:
        return scalar_from_int(1);
    case IDENTITY_MINUS_ONE:
        return scalar_from_int(-1);
    default:
        return scalar_from_int(0);
    }
}

/* The elements at index FIRST … of every reduced axis (LENGTH of them on the
   first one, one on the others when LENGTH is 1). */
static struct tensor *first_elements(struct tensor *tensor,
                                     const struct axes *axes)
{
    int64_t shape[TENSOR_MAX_DIMS];

    reduced_shape(tensor, axes, shape);
    return tensor_view(tensor, tensor->ndim, shape, tensor->strides,
                       tensor->data);
}

static struct tensor *start_from_identity(const struct ufunc *ufunc,
                                          struct tensor *tensor,
                                          const struct axes *axes,
                                          enum dtype dtype, struct error *err)
{
    int64_t shape[TENSOR_MAX_DIMS];

    reduced_shape(tensor, axes, shape);
    return tensor_full(identity_of(ufunc), dtype, tensor->ndim, shape, err);
}

struct tensor *reduce_ufunc(const struct ufunc *ufunc, struct tensor *tensor,
                            const struct axes *axes, bool keepdims,
                            enum dtype dtype, struct error *err)
{
    int64_t shape[TENSOR_MAX_DIMS];
    const struct ufunc_loop *loop = find_loop(ufunc, tensor, dtype, err);

    if (!loop)
        return NULL;
    int64_t count = reduced_shape(tensor, axes, shape);
    bool has_identity = ufunc->identity != IDENTITY_NONE;
    if (count == 0 && !has_identity)
        return error_null(err, ERROR_VALUE,
                          "zero-size array to reduction operation %s which "
                          "has no identity",
                          ufunc->name);
    struct tensor *result;
    if (has_identity) {
        result = start_from_identity(ufunc, tensor, axes, loop->in, err);
    } else { /* x op x op … gives the same for maximum, minimum */
        struct tensor *first = first_elements(tensor, axes);
        result = tensor_astype(first, loop->in, err);
        tensor_unref(first);
    }
    struct reduction r = {
        .loop = loop,
        .run = reduce_kernel_find(ufunc->name, loop->in),
        .convert = tensor->dtype == loop->in
                       ? NULL
                       : cast_kernel(tensor->dtype, loop->in),
        .size = (int64_t)dtype_size(loop->in)};
    if (result && !walk(&r, tensor, result, err)) {
        tensor_unref(result);
        return NULL;
    }
    return drop_reduced(result, axes, keepdims);
}

/* ------------------------------------------------------- mean, variance */

/* RESULT / COUNT in RESULT's dtype; takes RESULT. */
static struct tensor *divide_by(struct tensor *result, double count,
                                struct error *err)
{
    if (!result)
        return NULL;
    struct tensor *divisor =
        tensor_from_scalar(scalar_from_double(count), err);
    struct tensor *typed =
        divisor ? tensor_astype(divisor, result->dtype, err) : NULL;
    struct tensor *inputs[2] = {result, typed};
    struct tensor *quotient =
        typed ? ufunc_call(ufunc_find("divide"), inputs, NULL, NULL,
                           DTYPE_COUNT, err)
              : NULL;
    tensor_unref(divisor);
    tensor_unref(typed);
    tensor_unref(result);
    return quotient;
}

static enum dtype mean_dtype(const struct tensor *tensor, enum dtype dtype)
{
    if (dtype != DTYPE_COUNT)
        return dtype;
    return dtype_is_float(tensor->dtype) ? tensor->dtype : DTYPE_FLOAT64;
}

struct tensor *reduce_mean(struct tensor *tensor, const struct axes *axes,
                           bool keepdims, enum dtype dtype, struct error *err)
{
    int64_t shape[TENSOR_MAX_DIMS];
    double count = (double)reduced_shape(tensor, axes, shape);

    return divide_by(reduce_ufunc(ufunc_find("add"), tensor, axes, keepdims,
                                  mean_dtype(tensor, dtype), err),
                     count, err);
}

/* (TENSOR - MEAN)**2, owned. */
static struct tensor *squared_deviations(struct tensor *tensor,
                                         struct tensor *mean,
                                         struct error *err)
{
    struct tensor *inputs[2] = {tensor, mean};
    struct tensor *deviations = ufunc_call(ufunc_find("subtract"), inputs,
                                           NULL, NULL, DTYPE_COUNT, err);
    if (!deviations)
        return NULL;
    struct tensor *pair[2] = {deviations, deviations};
    struct tensor *squares = ufunc_call(ufunc_find("multiply"), pair,
                                        deviations, NULL, DTYPE_COUNT, err);
    tensor_unref(deviations);
    return squares;
}

struct tensor *reduce_variance(struct tensor *tensor, const struct axes *axes,
                               bool keepdims, double ddof, bool root,
                               enum dtype dtype, struct error *err)
{
    int64_t shape[TENSOR_MAX_DIMS];
    double count = (double)reduced_shape(tensor, axes, shape);
    enum dtype type = mean_dtype(tensor, dtype);
    struct tensor *mean = reduce_mean(tensor, axes, true, type, err);
    struct tensor *squares =
        mean ? squared_deviations(tensor, mean, err) : NULL;

    tensor_unref(mean);
    if (!squares)
        return NULL;
    struct tensor *variance =
        divide_by(reduce_ufunc(ufunc_find("add"), squares, axes, keepdims,
                               type, err),
                  fmax(count - ddof, 0), err);
    tensor_unref(squares);
    if (!root || !variance)
        return variance;
    struct tensor *deviation = ufunc_call(ufunc_find("sqrt"), &variance, NULL,
                                          NULL, DTYPE_COUNT, err);
    tensor_unref(variance);
    return deviation;
}

/* ------------------------------------------------------- argmax, cumsum */

/* TENSOR with AXIS last; owned. */
static struct tensor *axis_last(struct tensor *tensor, int axis,
                                struct error *err)
{
    int64_t axes[TENSOR_MAX_DIMS];
    int n = 0;

    for (int i = 0; i < tensor->ndim; i++)
        if (i != axis)
            axes[n++] = i;
    axes[n] = axis;
    return tensor_transpose(tensor, axes, err);
}

/* Calls BODY for each line along the last axis of A (and of B). */
static void each_line(struct tensor *a, struct tensor *b,
                      void (*body)(char *a, char *b, const void *context),
                      const void *context)
{
    struct tensor *operands[2] = {a, b};
    struct loop loop;
    int64_t count[TENSOR_MAX_DIMS] = {0};
    int outer = a->ndim - 1;

    loop_init_ordered(&loop, 2, operands, outer, a->shape);
    char *at[2] = {a->data, b->data};
    for (int64_t left = loop.size; left > 0; left--) {
        body(at[0], at[1], context);
        for (int i = outer; i-- > 0;) {
            at[0] += a->strides[i];
            at[1] += b->strides[i];
            if (++count[i] < a->shape[i])
                break;
            at[0] -= a->shape[i] * a->strides[i];
            at[1] -= a->shape[i] * b->strides[i];
            count[i] = 0;
        }
    }
}

struct line {
    arg_kernel *arg;
    accumulate_kernel *accumulate;
    int64_t n, x_stride, y_stride;
    const struct ufunc_loop *loop;
};

static void arg_line(char *x, char *y, const void *context)
{
    const struct line *line = context;
    *(int64_t *)y = line->arg(line->n, x, line->x_stride);
}

static struct tensor *arg_along(struct tensor *tensor, int axis, bool largest,
                                struct error *err)
{
    struct tensor *last = axis_last(tensor, axis, err);
    if (!last)
        return NULL;
    int64_t length = last->shape[last->ndim - 1];
    struct tensor *result =
        tensor_new(DTYPE_INT64, last->ndim - 1, last->shape, err);
    if (result && result->size) {
        struct line line = {.arg = arg_kernel_find(largest, tensor->dtype),
                            .n = length,
                            .x_stride = last->strides[last->ndim - 1]};
        struct tensor *column = tensor_expand_dims(result, result->ndim);
        each_line(last, column, arg_line, &line);
        tensor_unref(column);
    }
    tensor_unref(last);
    return result;
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
    struct tensor *line = flat ? tensor_reshape(tensor, 1, &all, 'C', err)
                               : tensor_ref(tensor);
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

static void accumulate_line(char *x, char *y, const void *context)
{
    const struct line *line = context;

    if (line->accumulate) {
        line->accumulate(line->n, x, line->x_stride, y, line->y_stride);
        return;
    }
    memcpy(y, x, dtype_size(line->loop->in));
    for (int64_t i = 1; i < line->n; i++) {
        char *to = y + i * line->y_stride;
        char *const data[3] = {to - line->y_stride, x + i * line->x_stride,
                               to};
        static const int64_t strides[3];
        line->loop->kernel(1, data, strides, NULL);
    }
}

struct tensor *accumulate_ufunc(const struct ufunc *ufunc,
                                struct tensor *tensor, int axis,
                                enum dtype dtype, struct error *err)
{
    const struct ufunc_loop *loop = find_loop(ufunc, tensor, dtype, err);
    struct tensor *typed = NULL, *result = NULL, *from = NULL, *to = NULL;

    if (!loop)
        return NULL;
    typed = tensor_contiguous(tensor, loop->in, err);
    if (typed)
        result = tensor_new_like(typed, loop->in, err);
    if (result && result->size) {
        from = axis_last(typed, axis, err);
        to = axis_last(result, axis, err);
        struct line line = {
            .accumulate = accumulate_kernel_find(ufunc->name, loop->in),
            .n = typed->shape[axis],
            .x_stride = typed->strides[axis],
            .y_stride = result->strides[axis],
            .loop = loop};
        each_line(from, to, accumulate_line, &line);
    }
    tensor_unref(from);
    tensor_unref(to);
    tensor_unref(typed);
    return result;
}
