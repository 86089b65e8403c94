/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tensor/lines.h"

#include "base/interrupt.h"
#include "tensor/parallel.h"

/* The axes without that of the lines. */
struct walk {
    int ndim;
    int64_t count; /* of lines */
    int64_t shape[TENSOR_MAX_DIMS];
    int64_t strides[2][TENSOR_MAX_DIMS];
};

static struct walk walk_over(const struct tensor *a, const struct tensor *b,
                             int axis)
{
    struct walk walk = {.count = 1};

    for (int i = 0; i < a->ndim; i++) {
        if (i == axis)
            continue;
        walk.shape[walk.ndim] = a->shape[i];
        walk.strides[0][walk.ndim] = a->strides[i];
        walk.strides[1][walk.ndim] =
            b->strides[b->ndim < a->ndim && i > axis ? i - 1 : i];
        walk.ndim++;
        walk.count *= a->shape[i];
    }
    return walk;
}

/* Lines FIRST … END-1. */
static void walk_part(const struct walk *walk, char *a, char *b,
                      struct part part, line_body *body, const void *context)
{
    int64_t at[TENSOR_MAX_DIMS], left = part.first;

    for (int i = walk->ndim; i-- > 0;) {
        at[i] = left % walk->shape[i];
        left /= walk->shape[i];
        a += at[i] * walk->strides[0][i];
        b += at[i] * walk->strides[1][i];
    }
    for (int64_t k = part.first; k < part.end && !interrupt_pending(); k++) {
        body(a, b, context);
        for (int i = walk->ndim; i-- > 0;) {
            a += walk->strides[0][i];
            b += walk->strides[1][i];
            if (++at[i] < walk->shape[i])
                break;
            a -= walk->shape[i] * walk->strides[0][i];
            b -= walk->shape[i] * walk->strides[1][i];
            at[i] = 0;
        }
    }
}

int lines_threads(const struct tensor *a, int axis)
{
    int threads = parallel_threads_for(a->size);
    int64_t lines = a->size ? a->size / a->shape[axis] : 1;

    return lines < threads ? (int)lines : threads;
}

bool lines_each(const struct tensor *a, const struct tensor *b, int axis,
                int threads, line_body *body, const void *context,
                struct error *err)
{
    struct walk walk = walk_over(a, b, axis);

    if (threads > 1) {
#pragma omp parallel num_threads(threads)
        walk_part(&walk, a->data, b->data, parallel_part(walk.count, 1), body,
                  context);
    } else {
        walk_part(&walk, a->data, b->data, (struct part){0, walk.count}, body,
                  context);
    }
    return interrupt_check(err);
}
