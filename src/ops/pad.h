/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The arguments of np.pad. */
#ifndef OPS_PAD_H
#define OPS_PAD_H

#include "tensor/tensor.h"

/* pad_width and its like: a number, a pair, or a pair for every axis.  The
   element for AXIS and SIDE (0 before, 1 after) of what is broadcast to
   (ndim, 2). */
struct scalar pad_side_value(const struct tensor *pairs, int axis, int side);

#endif
