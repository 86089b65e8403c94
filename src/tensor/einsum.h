/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Einstein's summation: sums of products, written by naming axes.
 */
#ifndef TENSOR_EINSUM_H
#define TENSOR_EINSUM_H

#include "tensor/tensor.h"

/*
 * "ij,jk->ik": a letter names an axis; axes of the same name meet, and those
 * that the result does not name are summed over.  Without "->" the result has
 * the letters that occur once, in the alphabet's order.  "..." stands for all
 * other axes, which broadcast.  A single operand of which nothing is summed
 * gives a view.
 *
 * DTYPE DTYPE_COUNT: by promotion.  ValueError in NumPy's words.
 */
struct tensor *tensor_einsum(const char *subscripts, int count,
                             struct tensor *const *operands, enum dtype dtype,
                             struct error *err);

#endif
