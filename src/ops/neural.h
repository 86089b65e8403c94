/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of the module nn. */
#ifndef OPS_NEURAL_H
#define OPS_NEURAL_H

#include "autograd/op.h"
#include "tensor/neural.h"

/* Which loss a row is, by its name. */
static inline enum crossentropy neural_crossentropy(const struct op *op)
{
    return op->name[0] == 's'   ? CROSSENTROPY_SPARSE
           : op->name[0] == 'b' ? CROSSENTROPY_BINARY
                                : CROSSENTROPY_CATEGORICAL;
}

#endif
