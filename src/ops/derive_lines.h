/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reduced axes of an operand brought together as one, the last. */
#ifndef OPS_DERIVE_LINES_H
#define OPS_DERIVE_LINES_H

#include "ops/derive.h"

struct lines {
    int ndim; /* of the operand */
    int64_t order[TENSOR_MAX_DIMS]; /* of its axes: the kept, the reduced */
    int64_t operand_shape[TENSOR_MAX_DIMS];
    int rest; /* kept axes */
    int64_t shape[TENSOR_MAX_DIMS]; /* kept axes, then the length of a line */
};

/* By the argument axis of vjp->op, whose first one in ARGS is the operand. */
bool lines_init(struct vjp *vjp, const struct arg *args, struct lines *lines);

/* A, shaped as the operand, in lines; and back. */
struct tensor *lines_of(struct vjp *vjp, const struct lines *lines,
                        struct tensor *a);
struct tensor *lines_back(struct vjp *vjp, const struct lines *lines,
                          struct tensor *a);

#endif
