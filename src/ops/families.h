/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The families of operations; each ends with a row without a name. */
#ifndef OPS_FAMILIES_H
#define OPS_FAMILIES_H

#include "autograd/op.h"

extern const struct op elementwise_ops[], reduce_ops[], linalg_ops[],
    create_ops[], shape_ops[], inspect_ops[], search_ops[], random_ops[],
    product_ops[];

#endif
