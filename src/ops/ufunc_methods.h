/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Methods of ufuncs, as rows: np.add.reduce and its like. */
#ifndef OPS_UFUNC_METHODS_H
#define OPS_UFUNC_METHODS_H

#include "autograd/op.h"

/* Ended by a NULL name.  No part of the registry; a call takes a copy of the
   row whose data is the ufunc (struct ufunc).  axis=0 of reduce is for the
   caller to fill in. */
extern const struct op ufunc_methods[];

#endif
