/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Assignment where a mask is true. */
#ifndef TENSOR_MASKED_H
#define TENSOR_MASKED_H

#include "tensor/tensor.h"

/* DESTINATION[mask] = SOURCE[mask]; source (converted) and MASK (any dtype)
   are broadcast to DESTINATION.  ValueError when they do not fit or it is
   read-only. */
bool tensor_assign_where(struct tensor *destination,
                         const struct tensor *source, struct tensor *mask,
                         struct error *err);

#endif
