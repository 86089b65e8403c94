/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Views that several families of operations begin with. */
#ifndef OPS_VIEWS_H
#define OPS_VIEWS_H

#include "tensor/tensor.h"

/* A with N axes at least; the new ones as NumPy's atleast_Nd places them. */
struct tensor *view_at_least(struct tensor *a, int n);

#endif
