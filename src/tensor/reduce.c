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

bool axes_has(const struct axes *axes, int axis)
{
    if (axes->all)
        return true;
    for (int i = 0; i < axes->count; i++)
        if (axes->axis[i] == axis)
            return true;
    return false;
}

int64_t reduced_shape(const struct tensor *tensor, const struct axes *axes,
                      int64_t *ret_shape)
{
    int64_t count = 1;

    for (int i = 0; i < tensor->ndim; i++) {
        bool reduced = axes_has(axes, i);
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
        if (axes_has(axes, i))
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
    bool masked;
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

/* One run of the innermost axis; with a mask (operand 2) the runs of elements
   that it picks. */
static void reduce_line(const struct reduction *r, int64_t n, char *const *data,
                        const int64_t *strides)
{
    if (!r->masked) {
        reduce_piece(n, data, strides, r);
        return;
    }
    for (int64_t i = 0, end; i < n; i = end) {
        end = i + 1;
        if (!data[2][i * strides[2]])
            continue;
        while (end < n && data[2][end * strides[2]])
            end++;
        char *const piece[2] = {data[0] + i * strides[0],
                                data[1] + i * strides[1]};
        reduce_piece(end - i, piece, strides, r);
    }
}

/* Walks the whole input; runs are not cut, since pairwise sums need them
   whole.  MASK may be NULL. */
static bool walk(const struct reduction *r, struct tensor *tensor,
                 struct tensor *result, struct tensor *mask, struct error *err)
{
    struct tensor *operands[3] = {tensor, result, mask};
    int operand_count = mask ? 3 : 2;
    struct loop loop;
    int64_t strides[LOOP_MAX_OPERANDS] = {0};

    loop_init(&loop, operand_count, operands, tensor->ndim, tensor->shape);
    if (loop.size == 0)
        return true;
    int inner = loop.ndim - 1;
    int64_t length = loop.ndim ? loop.shape[inner] : 1;
    int64_t count[TENSOR_MAX_DIMS] = {0};
    char *data[3];
    for (int k = 0; k < operand_count; k++) {
        data[k] = loop.data[k];
        if (loop.ndim)
            strides[k] = loop.strides[k][inner];
    }
    for (int64_t left = loop.size / length; left > 0; left--) {
        reduce_line(r, length, data, strides);
        if (interrupt_pending())
            return interrupt_check(err);
        for (int i = inner; i-- > 0;) {
            bool more = ++count[i] < loop.shape[i];
            for (int k = 0; k < operand_count; k++)
                data[k] += loop.strides[k][i] * (more ? 1 : 1 - loop.shape[i]);
            if (more)
                break;
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
    bool sums = !strcmp(ufunc->name, "add") || !strcmp(ufunc->name, "multiply");

    if (!sums || dtype_is_float(dtype))
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
    return ufunc_resolve(ufunc, inputs, dtype, CASTING_SAME_KIND, err);
}

static struct scalar identity_of(const struct ufunc *ufunc)
{
    switch (ufunc->identity) {
    case IDENTITY_ONE:
        return scalar_from_int(1);
    case IDENTITY_MINUS_ONE:
        return scalar_from_int(-1);
    case IDENTITY_MINUS_INFINITY:
        return scalar_from_double(-INFINITY);
    default:
        return scalar_from_int(0);
    }
}

/* The first element of every reduced axis, that axis kept. */
static struct tensor *first_elements(struct tensor *tensor,
                                     const struct axes *axes)
{
    int64_t shape[TENSOR_MAX_DIMS];

    reduced_shape(tensor, axes, shape);
    return tensor_view(tensor, tensor->ndim, shape, tensor->strides,
                       tensor->data);
}

/* All but those, along the one reduced axis. */
static struct tensor *later_elements(struct tensor *tensor, int axis)
{
    int64_t shape[TENSOR_MAX_DIMS];

    memcpy(shape, tensor->shape, (size_t)tensor->ndim * sizeof *shape);
    shape[axis]--;
    return tensor_view(tensor, tensor->ndim, shape, tensor->strides,
                       tensor->data + tensor->strides[axis]);
}

/* How many axes are reduced, and the last of them. */
static int reduced_axes(const struct tensor *tensor, const struct axes *axes,
                        int *ret_last)
{
    int count = 0;

    for (int i = 0; i < tensor->ndim; i++) {
        if (axes_has(axes, i)) {
            *ret_last = i;
            count++;
        }
    }
    return count;
}

/* Is there something to start from? */
static bool check_start(const struct ufunc *ufunc, struct tensor *tensor,
                        const struct axes *axes,
                        const struct reduce_options *options, struct error *err)
{
    int64_t shape[TENSOR_MAX_DIMS];
    int last;

    if (ufunc->identity == IDENTITY_NONE &&
        reduced_axes(tensor, axes, &last) > 1)
        return error_set(err, ERROR_VALUE,
                         "reduction operation '%s' is not reorderable, so at "
                         "most one axis may be specified",
                         ufunc->name);
    if (options->initial || ufunc->identity > IDENTITY_ANY_ORDER)
        return true;
    if (options->where)
        return error_set(err, ERROR_VALUE,
                         "reduction operation '%s' does not have an identity, "
                         "so to use a where mask one has to specify 'initial'",
                         ufunc->name);
    if (reduced_shape(tensor, axes, shape) == 0)
        return error_set(err, ERROR_VALUE,
                         "zero-size array to reduction operation %s which "
                         "has no identity",
                         ufunc->name);
    return true;
}

/* What the reduction starts from, in DTYPE, and in *REST (owned) what is still
   to be reduced.  x op x is x for those that go along several axes without an
   identity, so that their first elements may be taken twice. */
static struct tensor *start(const struct ufunc *ufunc, struct tensor *tensor,
                            const struct axes *axes,
                            const struct reduce_options *options,
                            enum dtype dtype, struct tensor **rest,
                            struct error *err)
{
    int64_t shape[TENSOR_MAX_DIMS];
    int axis;

    if (options->initial || ufunc->identity > IDENTITY_ANY_ORDER) {
        struct scalar from =
            options->initial ? *options->initial : identity_of(ufunc);
        reduced_shape(tensor, axes, shape);
        *rest = tensor_ref(tensor);
        return tensor_full(from, dtype, tensor->ndim, shape, err);
    }
    *rest =
        ufunc->identity == IDENTITY_NONE && reduced_axes(tensor, axes, &axis)
            ? later_elements(tensor, axis)
            : tensor_ref(tensor);
    struct tensor *first = first_elements(tensor, axes);
    struct tensor *result = tensor_astype(first, dtype, err);
    tensor_unref(first);
    return result;
}

static bool reduce_into(struct tensor *result, const struct ufunc *ufunc,
                        const struct ufunc_loop *loop, struct tensor *rest,
                        struct tensor *where, struct error *err)
{
    struct reduction r = {.loop = loop,
                          .run = reduce_kernel_find(ufunc->name, loop->in),
                          .convert = rest->dtype == loop->in
                                         ? NULL
                                         : cast_kernel(rest->dtype, loop->in),
                          .size = (int64_t)dtype_size(loop->in),
                          .masked = where != NULL};
    struct tensor *mask = NULL;

    if (where &&
        !(mask = tensor_broadcast_to(where, rest->ndim, rest->shape, err)))
        return false;
    fp_events_begin();
    bool done = walk(&r, rest, result, mask, err);
    if (!ufunc->silent)
        fp_events_end("reduce");
    tensor_unref(mask);
    return done;
}

struct tensor *reduce_ufunc_with(const struct ufunc *ufunc,
                                 struct tensor *tensor, const struct axes *axes,
                                 const struct reduce_options *options,
                                 struct error *err)
{
    const struct ufunc_loop *loop =
        find_loop(ufunc, tensor, options->dtype, err);
    struct tensor *rest = NULL;

    if (!loop || !check_start(ufunc, tensor, axes, options, err))
        return NULL;
    struct tensor *result =
        start(ufunc, tensor, axes, options, loop->in, &rest, err);
    if (result &&
        !reduce_into(result, ufunc, loop, rest, options->where, err)) {
        tensor_unref(result);
        result = NULL;
    }
    tensor_unref(rest);
    return drop_reduced(result, axes, options->keepdims);
}

struct tensor *reduce_ufunc(const struct ufunc *ufunc, struct tensor *tensor,
                            const struct axes *axes, bool keepdims,
                            enum dtype dtype, struct error *err)
{
    struct reduce_options options = {.keepdims = keepdims, .dtype = dtype};
    return reduce_ufunc_with(ufunc, tensor, axes, &options, err);
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
        fp_events_begin();
        each_line(from, to, accumulate_line, &line);
        if (!ufunc->silent)
            fp_events_end("accumulate");
    }
    tensor_unref(from);
    tensor_unref(to);
    tensor_unref(typed);
    return result;
}
