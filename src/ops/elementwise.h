/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What rows of ufuncs share. */
#ifndef OPS_ELEMENTWISE_H
#define OPS_ELEMENTWISE_H

#include "autograd/op.h"
#include "tensor/elementwise.h"

/* From the keywords; out stays NULL.  ValueError, TypeError. */
bool ufunc_options(const struct arg *where, const struct arg *casting,
                   const struct arg *dtype, struct ufunc_options *ret,
                   struct error *err);

#endif
