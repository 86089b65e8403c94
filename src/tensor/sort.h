/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Order: sorting along an axis, and where a value belongs in it. */
#ifndef TENSOR_SORT_H
#define TENSOR_SORT_H

#include "tensor/tensor.h"

/* Stable, ascending, NaN last.  INDICES: the int64 positions that sort it
   rather than the values.  Returns a new tensor. */
struct tensor *tensor_sort(struct tensor *tensor, int axis, bool indices,
                           struct error *err);

/* The positions that sort along AXIS.  Equal elements stay in order when
   STABLE, else they lie as NumPy's quicksort leaves them. */
struct tensor *tensor_argsort(struct tensor *tensor, int axis, bool stable,
                              struct error *err);

/* Positions along AXIS with the COUNT elements KTH in their sorted places,
   smaller ones before and larger ones behind them.  ValueError for a place
   outside. */
struct tensor *tensor_argpartition(struct tensor *tensor, int axis, int count,
                                   const int64_t *kth, struct error *err);

/* Equal, a NaN to a NaN?  Both of one dtype. */
bool scalar_same(struct scalar a, struct scalar b);

/* For each value the position in SORTED (a vector) where it belongs, before
   equals or (RIGHT) after them.  int64, shaped as VALUES. */
struct tensor *tensor_searchsorted(struct tensor *sorted,
                                   struct tensor *values, bool right,
                                   struct error *err);

#endif
