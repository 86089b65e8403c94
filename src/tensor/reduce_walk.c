/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A reduction lines up its input with its result, in which the reduced axes
 * have stride 0.  Where the innermost axis of memory is a reduced one, whole
 * runs go to a reduce kernel; where it is a kept one, the ufunc's own kernel
 * adds row after row.  Threads share the results, or the buffers of one run.
 */
#include "tensor/reduce_walk.h"

#include <stdlib.h>
#include <string.h>

#include "base/interrupt.h"
#include "tensor/cast.h"
#include "tensor/layout.h"
#include "tensor/parallel.h"

/* Buffers between two looks at Ctrl-C; a broadcast may have any number. */
enum { RUN_GROUP = 8192 };

enum { INPUT, RESULT }; /* operands of the walk; the others may be missing */

struct reduction reduction_of(const struct ufunc *ufunc,
                              const struct ufunc_loop *loop)
{
    return (struct reduction){.loop = loop,
                              .run = reduce_kernel_find(ufunc->name, loop->in),
                              .size = (int64_t)dtype_size(loop->in),
                              .from_zero = ufunc->identity == IDENTITY_ZERO,
                              .silent = ufunc->silent};
}

static void note_events(const struct reduction *r)
{
    if (!r->silent)
        fp_events_end("reduce");
}

static void reduce_some(const struct reduction *r, int64_t n, char *x,
                        int64_t x_stride, char *result, int64_t result_stride)
{
    if (result_stride == 0 && r->run) {
        r->run(n, x, x_stride, result);
        return;
    }
    char *const data[3] = {result, x, result};
    const int64_t strides[3] = {result_stride, x_stride, result_stride};
    r->loop->kernel(n, data, strides, NULL);
}

/* BUFFER = (x - mean)**2 */
static void square_deviations(const struct reduction *r, int64_t n, char *x,
                              int64_t x_stride, char *mean, int64_t mean_stride,
                              char *buffer)
{
    char *const difference[3] = {x, mean, buffer};
    const int64_t strides[3] = {x_stride, mean_stride, r->size};
    char *const square[3] = {buffer, buffer, buffer};
    const int64_t square_strides[3] = {r->size, r->size, r->size};

    fp_events_begin();
    r->subtract->kernel(n, difference, strides, NULL);
    fp_events_end("subtract");
    fp_events_begin();
    r->multiply->kernel(n, square, square_strides, NULL);
    fp_events_end("multiply");
    fp_events_begin();
}

/* N elements along the innermost axis, none left out. */
static void reduce_piece(const struct reduction *r, int64_t n,
                         char *const *data, const int64_t *strides)
{
    _Alignas(64) char buffer[REDUCE_BUFFER * 8];

    bool plain = !r->convert && !r->mean && !r->buffered;
    int64_t most = plain ? (int64_t)RUN_GROUP * REDUCE_BUFFER : REDUCE_BUFFER;

    for (int64_t done = 0; done < n && !interrupt_pending(); done += most) {
        int64_t m = n - done < most ? n - done : most;
        char *x = data[INPUT] + done * strides[INPUT];
        int64_t stride = strides[INPUT];
        if (r->convert) {
            char *const pair[2] = {x, buffer};
            const int64_t pair_strides[2] = {stride, r->size};
            r->convert(m, pair, pair_strides, NULL);
            x = buffer;
            stride = r->size;
        }
        if (r->mean) {
            square_deviations(r, m, x, stride,
                              data[r->mean] + done * strides[r->mean],
                              strides[r->mean], buffer);
            x = buffer;
            stride = r->size;
        }
        reduce_some(r, m, x, stride, data[RESULT] + done * strides[RESULT],
                    strides[RESULT]);
    }
}

/* The same, or with a mask the runs of elements that it picks. */
static void reduce_line(const struct reduction *r, int64_t n, char *const *data,
                        const int64_t *strides)
{
    if (!r->mask) {
        reduce_piece(r, n, data, strides);
        return;
    }
    const char *mask = data[r->mask];
    int64_t step = strides[r->mask];
    for (int64_t i = 0, end; i < n; i = end) {
        char *piece[LOOP_MAX_OPERANDS];
        end = i + 1;
        if (!mask[i * step])
            continue;
        while (end < n && mask[end * step])
            end++;
        for (int k = 0; k < r->mask; k++)
            piece[k] = data[k] + i * strides[k];
        reduce_piece(r, end - i, piece, strides);
    }
}

/* The whole of LOOP; runs along the innermost axis are not cut, since
   pairwise sums need them whole. */
static void walk_all(const struct loop *loop, const struct reduction *r)
{
    int inner = loop->ndim - 1;
    int64_t strides[LOOP_MAX_OPERANDS], count[TENSOR_MAX_DIMS] = {0};
    char *data[LOOP_MAX_OPERANDS];

    for (int k = 0; k < loop->operands; k++) {
        strides[k] = loop->strides[k][inner];
        data[k] = loop->data[k];
    }
    fp_events_begin();
    for (int64_t left = loop->size / loop->shape[inner];
         left > 0 && !interrupt_pending(); left--) {
        reduce_line(r, loop->shape[inner], data, strides);
        for (int i = inner; i-- > 0;) {
            for (int k = 0; k < loop->operands; k++)
                data[k] += loop->strides[k][i];
            if (++count[i] < loop->shape[i])
                break;
            for (int k = 0; k < loop->operands; k++)
                data[k] -= loop->shape[i] * loop->strides[k][i];
            count[i] = 0;
        }
    }
    note_events(r);
}

/* The longest axis along which results differ; -1: there is one result. */
static int kept_axis(const struct loop *loop)
{
    int longest = -1;

    for (int i = 0; i < loop->ndim; i++)
        if (loop->strides[RESULT][i] &&
            (longest < 0 || loop->shape[i] > loop->shape[longest]))
            longest = i;
    return longest;
}

/* Each thread has its own results. */
static void walk_results(const struct loop *loop, const struct reduction *r,
                         int axis, int threads)
{
    /* A cache line of results belongs to one thread. */
    int64_t grain = loop->shape[axis] >= 16 * threads ? 16 : 1;

#pragma omp parallel num_threads(threads)
    {
        struct part part = parallel_part(loop->shape[axis], grain);
        struct loop own = *loop;
        own.shape[axis] = part.end - part.first;
        own.size = loop->size / loop->shape[axis] * own.shape[axis];
        for (int k = 0; k < own.operands; k++)
            own.data[k] += part.first * own.strides[k][axis];
        if (own.size)
            walk_all(&own, r);
    }
}

/* One buffer's part of a run, into an accumulator of its own. */
static void reduce_buffer(const struct loop *loop, const struct reduction *r,
                          int64_t index, char *accumulator)
{
    int64_t first = index * REDUCE_BUFFER, strides[LOOP_MAX_OPERANDS] = {0};
    int64_t n = loop->size - first;
    char *data[LOOP_MAX_OPERANDS];

    if (n > REDUCE_BUFFER)
        n = REDUCE_BUFFER;
    for (int k = 0; k < loop->operands; k++) {
        strides[k] = loop->strides[k][0];
        data[k] = loop->data[k] + first * strides[k];
    }
    data[RESULT] = accumulator;
    memset(accumulator, 0, (size_t)r->size);
    if (!r->from_zero) { /* from the first element */
        char *const pair[2] = {data[INPUT], accumulator};
        if (r->convert)
            r->convert(1, pair, strides, NULL);
        else
            memcpy(accumulator, data[INPUT], (size_t)r->size);
        data[INPUT] += strides[INPUT];
        n--;
    }
    fp_events_begin();
    reduce_piece(r, n, data, strides);
    note_events(r);
}

/* One long run: the buffers' results are found by all threads and put
   together in order.  False when there is no memory for them. */
static bool walk_run(const struct loop *loop, const struct reduction *r,
                     int threads)
{
    int64_t count = (loop->size - 1) / REDUCE_BUFFER + 1;
    int64_t group = count < RUN_GROUP ? count : RUN_GROUP;
    char *partial = malloc((size_t)(group * r->size));
    const int64_t strides[3] = {0, r->size, 0};

    if (!partial)
        return false;
    for (int64_t done = 0; done < count && !interrupt_pending();
         done += group) {
        int64_t now = count - done < group ? count - done : group;
#pragma omp parallel for num_threads(threads) schedule(static)
        for (int64_t i = 0; i < now; i++)
            reduce_buffer(loop, r, done + i, partial + i * r->size);
        char *const data[3] = {loop->data[RESULT], partial, loop->data[RESULT]};
        fp_events_begin();
        r->loop->kernel(now, data, strides, NULL);
        note_events(r);
    }
    free(partial);
    return true;
}

/* One sum of elements that do not lie in one row: NumPy gathers them in its
   buffers, so that pairs are not those of the rows. */
static bool walk_gathered(const struct reduction *reduction,
                          struct tensor *tensor, struct tensor *result,
                          struct error *err)
{
    struct reduction r = *reduction;
    struct tensor *row = tensor_copy_ordered(tensor, r.loop->in, 'K', err);

    r.buffered = true;
    bool done = row && reduce_walk(&r, row, result, NULL, NULL, err);
    tensor_unref(row);
    return done;
}

bool reduce_walk(const struct reduction *reduction, struct tensor *tensor,
                 struct tensor *result, struct tensor *mean,
                 struct tensor *mask, struct error *err)
{
    struct tensor *operands[LOOP_MAX_OPERANDS] = {tensor, result};
    struct reduction r = *reduction;
    struct loop loop;
    int count = 2;

    if (tensor->dtype != r.loop->in)
        r.convert = cast_kernel(tensor->dtype, r.loop->in);
    if (mean)
        operands[r.mean = count++] = mean;
    if (mask)
        operands[r.mask = count++] = mask;
    loop_init(&loop, count, operands, tensor->ndim, tensor->shape);
    if (loop.size == 0)
        return true;
    if (loop.ndim == 0) {
        loop.shape[0] = loop.ndim = 1;
        for (int k = 0; k < count; k++)
            loop.strides[k][0] = 0;
    }
    int threads = parallel_threads_for(loop.size), axis = kept_axis(&loop);
    if (axis < 0 && loop.ndim > 1 && r.run && r.from_zero && !mean && !mask &&
        !r.buffered && dtype_is_float(r.loop->in))
        return walk_gathered(reduction, tensor, result, err);
    if (threads > 1 && axis >= 0 && loop.shape[axis] >= threads)
        walk_results(&loop, &r, axis, threads);
    else if (threads == 1 || loop.ndim > 1 || !r.run || r.mask ||
             !walk_run(&loop, &r, threads))
        walk_all(&loop, &r);
    return interrupt_check(err);
}
