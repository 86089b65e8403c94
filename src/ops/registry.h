/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All operations, family by family. */
#ifndef OPS_REGISTRY_H
#define OPS_REGISTRY_H

#include "autograd/op.h"

/* NULL when there is none.  FLAGS: OP_FUNCTION, OP_METHOD or OP_PROPERTY;
   any of them matches.  MODULE NULL matches every module.  Aliases count. */
const struct op *op_find(const char *module, const char *name, unsigned flags);

/* Every row: for (int i = 0; (op = op_at(i)); i++) … */
const struct op *op_at(int index);

#endif
