/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * + - * / of a few floats, without what large arrays need: no broadcasting,
 * no conversion, no threads, no floating point flags.  Whatever is not that
 * simple, a result that is not finite included, is left to ufunc_call().
 */
#ifndef TENSOR_SMALL_H
#define TENSOR_SMALL_H

#include "tensor/tensor.h"

enum small_operation {
    SMALL_ADD,
    SMALL_SUBTRACT,
    SMALL_MULTIPLY,
    SMALL_DIVIDE
};

/* An operand: an array, or a number when TENSOR is NULL. */
struct small_operand {
    struct tensor *tensor;
    double number;
};

/* A new array, or NULL when it is not simple (never an error).  With INTO,
   the result goes there (it may be an operand) and INTO is returned with one
   more reference. */
struct tensor *small_operate(enum small_operation operation,
                             struct small_operand a, struct small_operand b,
                             struct tensor *into);

#endif
