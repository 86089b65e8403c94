/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a reduction goes through its input. */
#ifndef TENSOR_REDUCE_WALK_H
#define TENSOR_REDUCE_WALK_H

#include "tensor/reduce.h"
#include "tensor/reduce_kernels.h"

struct reduction {
    const struct ufunc_loop *loop;
    reduce_kernel *run; /* NULL: the ufunc's kernel, element by element */
    const struct ufunc_loop *subtract, *multiply; /* for deviations */
    int64_t size;   /* of an accumulated element */
    bool from_zero; /* an empty accumulator is 0 */
    bool silent;    /* floating point events mean nothing */
    /* reduce_walk() fills these. */
    kernel *convert; /* NULL: the input has the right dtype */
    bool buffered;   /* the input was gathered: it goes in buffers, too */
    int mean, mask;  /* their operands' numbers, 0 when there is none */
};

struct reduction reduction_of(const struct ufunc *ufunc,
                              const struct ufunc_loop *loop);

/* Reduces TENSOR into RESULT, whose axes of length 1 are the reduced ones and
   which holds what the reduction starts from.  MEAN (or NULL), of RESULT's
   shape and dtype: reduces (TENSOR - MEAN)**2 instead, by SUBTRACT and
   MULTIPLY, in buffers.  MASK (or NULL; bool, of TENSOR's shape) picks
   elements.  false with KeyboardInterrupt. */
bool reduce_walk(const struct reduction *reduction, struct tensor *tensor,
                 struct tensor *result, struct tensor *mean,
                 struct tensor *mask, struct error *err);

#endif
