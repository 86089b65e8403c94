/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Methods of ufuncs, as rows: np.add.reduce and its like. */
#ifndef OPS_UFUNC_METHODS_H
#define OPS_UFUNC_METHODS_H

#include "autograd/op.h"
#include "tensor/elementwise.h"

/* Ended by a NULL name.  No part of the registry; a call takes the copy of the
   row that ufunc_method() gives.  axis=0 of reduce is for the caller to fill
   in. */
extern const struct op ufunc_methods[];

/* The row METHOD of one UFUNC, its data; it stays where it is, for a tape may
   point to it. */
const struct op *ufunc_method(const struct op *method,
                              const struct ufunc *ufunc);

#endif
