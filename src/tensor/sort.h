/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Order: sorting along an axis, and where a value belongs in it. */
#ifndef TENSOR_SORT_H
#define TENSOR_SORT_H

#include "tensor/tensor.h"

/* Stable, ascending, NaN last.  INDICES: the int64 positions that sort it
   rather than the values.  Returns a new tensor. */
struct tensor *tensor_sort(struct tensor *tensor, int axis, bool indices,
                           struct error *err);

/* For each value the position in SORTED (a vector) where it belongs, before
   equals or (RIGHT) after them.  int64, shaped as VALUES. */
struct tensor *tensor_searchsorted(struct tensor *sorted,
                                   struct tensor *values, bool right,
                                   struct error *err);

#endif
