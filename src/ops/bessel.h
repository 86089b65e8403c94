/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The modified Bessel functions of the first kind, of whole orders. */
#ifndef OPS_BESSEL_H
#define OPS_BESSEL_H

#include "tensor/tensor.h"

/* I_ORDER of each element; float32 stays, the rest becomes float64. */
struct tensor *bessel_i(struct tensor *x, int64_t order, struct error *err);

#endif
