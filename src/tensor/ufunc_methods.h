/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What ufuncs can do besides: add.outer, add.reduceat, add.at.  (reduce and
   accumulate are in reduce.h.) */
#ifndef TENSOR_UFUNC_METHODS_H
#define TENSOR_UFUNC_METHODS_H

#include "tensor/reduce.h"

/* Every element of A with every one of B: A's axes, then B's. */
struct tensor *ufunc_outer(const struct ufunc *ufunc, struct tensor *a,
                           struct tensor *b,
                           const struct ufunc_options *options,
                           struct error *err);

/* Reduces from each index along AXIS to the one that follows in INDICES
   (int64, one axis); where that is not higher, the element itself.  IndexError
   outside. */
struct tensor *ufunc_reduceat(const struct ufunc *ufunc, struct tensor *tensor,
                              struct tensor *indices, int axis,
                              enum dtype dtype, struct error *err);

/* A's elements at the flat POSITIONS (int64, any shape, valid), one after the
   other, so that repeated ones count each time.  B broadcasts to POSITIONS;
   NULL for a unary ufunc. */
bool ufunc_at(const struct ufunc *ufunc, struct tensor *a,
              struct tensor *positions, struct tensor *b, struct error *err);

#endif
