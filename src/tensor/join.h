/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arrays joined along an axis. */
#ifndef TENSOR_JOIN_H
#define TENSOR_JOIN_H

#include "tensor/tensor.h"

/* DTYPE DTYPE_COUNT: by promotion.  ValueError in NumPy's words when there is
   none or when the shapes differ elsewhere. */
struct tensor *tensor_concatenate(int count, struct tensor *const *arrays,
                                  int64_t axis, enum dtype dtype,
                                  struct error *err);

/* The elements FROM … FROM+COUNT-1 of SOURCE's AXIS go to TO … of TARGET's. */
bool tensor_copy_section(struct tensor *target, int64_t to,
                         struct tensor *source, int64_t from, int axis,
                         int64_t count, struct error *err);

#endif
