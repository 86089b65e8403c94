/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tensor/loop.h"

#include <stdlib.h>
#include <string.h>

#include "base/interrupt.h"
#include "tensor/parallel.h"

/* Elements between two looks at Ctrl-C's flag; also what a thread takes at
   least. */
enum { PIECE = 1 << 18 };

/* Of a tile: rows so many that a cache line's float32 are all used, columns
   so few that their lines stay in the first cache. */
enum { TILE_ROWS = 16, TILE_COLUMNS = 64, CACHE_LINE = 64, TILED_SIZE = 4096 };

static void line_up(struct loop *loop, int operands,
                    struct tensor *const *operand, int ndim,
                    const int64_t *shape)
{
    loop->operands = operands;
    loop->ndim = ndim;
    loop->size = 1;
    loop->tiled = false;
    for (int i = 0; i < ndim; i++) {
        loop->shape[i] = shape[i];
        loop->size *= shape[i];
    }
    for (int k = 0; k < operands; k++) {
        const struct tensor *t = operand[k];
        int missing = ndim - t->ndim;
        loop->data[k] = t->data;
        for (int i = 0; i < ndim; i++) {
            bool repeated = i < missing || t->shape[i - missing] == 1;
            loop->strides[k][i] = repeated ? 0 : t->strides[i - missing];
        }
    }
}

static void remove_axis(struct loop *loop, int axis)
{
    loop->ndim--;
    for (int i = axis; i < loop->ndim; i++) {
        loop->shape[i] = loop->shape[i + 1];
        for (int k = 0; k < loop->operands; k++)
            loop->strides[k][i] = loop->strides[k][i + 1];
    }
}

static void swap_axes(struct loop *loop, int a, int b)
{
    int64_t length = loop->shape[a];
    loop->shape[a] = loop->shape[b];
    loop->shape[b] = length;
    for (int k = 0; k < loop->operands; k++) {
        int64_t stride = loop->strides[k][a];
        loop->strides[k][a] = loop->strides[k][b];
        loop->strides[k][b] = stride;
    }
}

/* Should axis A be further in than the later axis B?  The first operand that
   tells them apart decides; the last one (the result) has the first word. */
static bool belongs_inside(const struct loop *loop, int a, int b)
{
    for (int k = loop->operands; k-- > 0;) {
        int64_t x = llabs(loop->strides[k][a]);
        int64_t y = llabs(loop->strides[k][b]);
        if (x && y && x != y)
            return x < y;
    }
    return false;
}

/* Sorts the axes so that the smallest strides are innermost (insertion sort:
   there are few, and they are nearly always in order). */
static void order_axes(struct loop *loop)
{
    for (int i = 1; i < loop->ndim; i++)
        for (int j = i; j > 0 && belongs_inside(loop, j - 1, j); j--)
            swap_axes(loop, j - 1, j);
}

static void merge_axes(struct loop *loop)
{
    for (int i = loop->ndim - 2; i >= 0; i--) {
        bool one = true;
        for (int k = 0; k < loop->operands && one; k++)
            one = loop->strides[k][i] ==
                  loop->strides[k][i + 1] * loop->shape[i + 1];
        if (!one)
            continue;
        loop->shape[i + 1] *= loop->shape[i];
        remove_axis(loop, i);
    }
}

static void drop_single_axes(struct loop *loop)
{
    for (int i = loop->ndim; i-- > 0;)
        if (loop->shape[i] == 1)
            remove_axis(loop, i);
}

void loop_init(struct loop *loop, int operands, struct tensor *const *operand,
               int ndim, const int64_t *shape)
{
    line_up(loop, operands, operand, ndim, shape);
    drop_single_axes(loop);
    if (loop->ndim < 2)
        return;
    order_axes(loop);
    merge_axes(loop);
}

/* What one operand reads across stays in the cache until it is read along.
   That operand's favourite axis becomes the last but one, unless the loop is
   so small that all of it stays. */
void loop_tile(struct loop *loop)
{
    int inner = loop->ndim - 1, axis = -1;
    int64_t smallest = 0;

    if (loop->ndim < 2 || loop->size < TILED_SIZE)
        return;
    for (int k = 0; k < loop->operands; k++) {
        int64_t along = llabs(loop->strides[k][inner]);
        if (along < CACHE_LINE)
            continue;
        for (int i = 0; i < inner; i++) {
            int64_t across = llabs(loop->strides[k][i]);
            if (across && across < along && (axis < 0 || across < smallest)) {
                axis = i;
                smallest = across;
            }
        }
    }
    if (axis < 0)
        return;
    for (; axis < inner - 1; axis++)
        swap_axes(loop, axis, axis + 1);
    loop->tiled = true;
}

void loop_init_ordered(struct loop *loop, int operands,
                       struct tensor *const *operand, int ndim,
                       const int64_t *shape)
{
    line_up(loop, operands, operand, ndim, shape);
}

/* Where a walk stands: data pointers and the counters of the outer axes. */
struct cursor {
    char *data[LOOP_MAX_OPERANDS];
    int64_t count[TENSOR_MAX_DIMS];
};

/* Moves to the run of the innermost axis that begins at outer index RUN. */
static void cursor_seek(const struct loop *loop, struct cursor *at, int64_t run)
{
    memcpy(at->data, loop->data, sizeof at->data);
    for (int i = loop->ndim - 1; i-- > 0;) {
        at->count[i] = run % loop->shape[i];
        run /= loop->shape[i];
        for (int k = 0; k < loop->operands; k++)
            at->data[k] += at->count[i] * loop->strides[k][i];
    }
}

static void cursor_advance(const struct loop *loop, struct cursor *at)
{
    for (int i = loop->ndim - 1; i-- > 0;) {
        for (int k = 0; k < loop->operands; k++)
            at->data[k] += loop->strides[k][i];
        if (++at->count[i] < loop->shape[i])
            return;
        for (int k = 0; k < loop->operands; k++)
            at->data[k] -= loop->shape[i] * loop->strides[k][i];
        at->count[i] = 0;
    }
}

/* The innermost axis from FIRST on, LENGTH elements, in pieces. */
static void run_inner(const struct loop *loop, const struct cursor *at,
                      const int64_t *strides, int64_t first, int64_t length,
                      kernel *body, const void *context)
{
    for (int64_t done = 0; done < length && !interrupt_pending();
         done += PIECE) {
        char *data[LOOP_MAX_OPERANDS];
        int64_t n = length - done < PIECE ? length - done : PIECE;
        for (int k = 0; k < loop->operands; k++)
            data[k] = at->data[k] + (first + done) * strides[k];
        body(n, data, strides, context);
    }
}

/* Elements FIRST … END-1 in the loop's own order. */
static void run_range(const struct loop *loop, kernel *body,
                      const void *context, int64_t first, int64_t end)
{
    int inner = loop->ndim - 1;
    int64_t length = loop->shape[inner];
    int64_t strides[LOOP_MAX_OPERANDS];
    struct cursor at;

    for (int k = 0; k < loop->operands; k++)
        strides[k] = loop->strides[k][inner];
    cursor_seek(loop, &at, first / length);
    int64_t offset = first % length;
    while (first < end && !interrupt_pending()) {
        int64_t n = length - offset;
        if (n > end - first)
            n = end - first;
        run_inner(loop, &at, strides, offset, n, body, context);
        cursor_advance(loop, &at);
        first += n;
        offset = 0;
    }
}

/* Rows FIRST … FIRST+ROWS-1 of the last but one axis, from AT on. */
static void run_tiles(const struct loop *loop, const struct cursor *at,
                      int64_t first, int64_t rows, kernel *body,
                      const void *context)
{
    int inner = loop->ndim - 1;
    int64_t length = loop->shape[inner], strides[LOOP_MAX_OPERANDS];

    for (int k = 0; k < loop->operands; k++)
        strides[k] = loop->strides[k][inner];
    for (int64_t column = 0; column < length; column += TILE_COLUMNS) {
        int64_t n =
            length - column < TILE_COLUMNS ? length - column : TILE_COLUMNS;
        for (int64_t row = first; row < first + rows; row++) {
            char *data[LOOP_MAX_OPERANDS];
            for (int k = 0; k < loop->operands; k++)
                data[k] = at->data[k] + row * loop->strides[k][inner - 1] +
                          column * strides[k];
            body(n, data, strides, context);
        }
    }
}

/* Bands of tiles FIRST … END-1, the bands of each pair of innermost axes
   counted one after the other. */
static void run_bands(const struct loop *loop, kernel *body,
                      const void *context, int64_t first, int64_t end)
{
    int64_t rows = loop->shape[loop->ndim - 2];
    int64_t bands = (rows + TILE_ROWS - 1) / TILE_ROWS;
    struct cursor at;

    for (int64_t band = first; band < end && !interrupt_pending(); band++) {
        int64_t row = band % bands * TILE_ROWS;
        cursor_seek(loop, &at, band / bands * rows);
        run_tiles(loop, &at, row, rows - row < TILE_ROWS ? rows - row
                                                         : TILE_ROWS,
                  body, context);
    }
}

static void run_tiled(const struct loop *loop, kernel *body,
                      const void *context, int threads)
{
    int64_t rows = loop->shape[loop->ndim - 2];
    int64_t pairs = loop->size / rows / loop->shape[loop->ndim - 1];
    int64_t bands = (rows + TILE_ROWS - 1) / TILE_ROWS * pairs;

#pragma omp parallel num_threads(threads) if (threads > 1)
    {
        struct part part = parallel_part(bands, 1);
        run_bands(loop, body, context, part.first, part.end);
    }
}

static void run_threaded(const struct loop *loop, kernel *body,
                         const void *context, int threads)
{
    (void)threads; /* unused without OpenMP */
#pragma omp parallel num_threads(threads)
    {
        struct part part = parallel_part(loop->size, 64);
        if (part.first < part.end)
            run_range(loop, body, context, part.first, part.end);
    }
}

bool loop_run(const struct loop *loop, kernel *body, const void *context,
              bool threaded, struct error *err)
{
    if (loop->size == 0)
        return true;
    if (loop->ndim == 0) {
        static const int64_t strides[LOOP_MAX_OPERANDS];
        body(1, loop->data, strides, context);
        return true;
    }
    int threads = threaded ? parallel_threads_for(loop->size) : 1;
    if (loop->tiled)
        run_tiled(loop, body, context, threads);
    else if (threads > 1)
        run_threaded(loop, body, context, threads);
    else
        run_range(loop, body, context, 0, loop->size);
    return interrupt_check(err);
}
