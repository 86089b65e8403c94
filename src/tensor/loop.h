/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Walking several operands together: broadcasting exists here and nowhere
 * else.  A loop lines its operands up on one shape, repeats an axis of length
 * 1 with stride 0, orders the axes for memory and merges those that can be
 * walked in one go; a kernel then sees a count and byte strides, nothing else.
 */
#ifndef TENSOR_LOOP_H
#define TENSOR_LOOP_H

#include "tensor/tensor.h"

enum { LOOP_MAX_OPERANDS = 5 };

/* Processes N elements of each operand: operand k's i-th element lies at
   data[k] + i * strides[k].  Must not keep or change the two arrays.  May run
   on several threads at once, on different elements. */
typedef void kernel(int64_t n, char *const *data, const int64_t *strides,
                    const void *context);

struct loop {
    int operands;
    int ndim;
    int64_t size; /* elements in all */
    bool tiled;   /* walk the two last axes in tiles */
    int64_t shape[TENSOR_MAX_DIMS];
    int64_t strides[LOOP_MAX_OPERANDS][TENSOR_MAX_DIMS];
    char *data[LOOP_MAX_OPERANDS];
};

/* Every operand must broadcast to SHAPE (tensor_broadcast_shapes checks). */
void loop_init(struct loop *loop, int operands,
               struct tensor *const *operand, int ndim, const int64_t *shape);

/* After loop_init(), for kernels that do not care about the order: operands
   that disagree about the innermost axis (one is transposed) are walked tile
   by tile. */
void loop_tile(struct loop *loop);

/* The same as loop_init(), keeping the axes in their order (for kernels that care, such as
   cumulative sums); the last axis is the innermost. */
void loop_init_ordered(struct loop *loop, int operands,
                       struct tensor *const *operand, int ndim,
                       const int64_t *shape);

/* Runs BODY over all elements, on several threads when THREADED and the
   loop is large enough to pay.  Polls for Ctrl-C between pieces: false with
   KeyboardInterrupt. */
bool loop_run(const struct loop *loop, kernel *body, const void *context,
              bool threaded, struct error *err);

#endif
