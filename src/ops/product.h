/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef OPS_PRODUCT_H
#define OPS_PRODUCT_H

#include "autograd/op.h"

/* np.tensordot's third argument: how many axes meet, and which (they may be
   negative).  A count n means the last n of a and the first n of b. */
bool tensordot_axes(const struct arg *args, int *count, int64_t *a_axes,
                    int64_t *b_axes, struct error *err);

#endif
