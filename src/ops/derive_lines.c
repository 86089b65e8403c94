/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ops/derive_lines.h"

#include "ops/reduce.h"

bool lines_init(struct vjp *vjp, const struct arg *args, struct lines *lines)
{
    const struct arg *axis = derive_arg(vjp, "axis");
    static const struct arg all = {.given = false};
    struct tensor *x = args[0].tensor;
    struct axes axes;
    int next = 0;
    int64_t length = 1;
    if (!reduce_axes(axis ? axis : &all, x, &axes, vjp->err))
        return false;
    *lines = (struct lines){.ndim = x->ndim};
    for (int i = 0; i < x->ndim; i++) {
        lines->operand_shape[i] = x->shape[i];
        if (axes_has(&axes, i)) {
            length *= x->shape[i];
            continue;
        }
        lines->shape[lines->rest++] = x->shape[i];
        lines->order[next++] = i;
    }
    lines->shape[lines->rest] = length;
    for (int i = 0; i < x->ndim; i++)
        if (axes_has(&axes, i))
            lines->order[next++] = i;
    return true;
}

struct tensor *lines_of(struct vjp *vjp, const struct lines *lines,
                        struct tensor *a)
{
    struct tensor *moved =
        a && lines->ndim ? derive_transpose(vjp, a, lines->order) : a;
    return moved
               ? derive_reshape(vjp, moved, lines->rest + 1, lines->shape)
               : NULL;
}

struct tensor *lines_back(struct vjp *vjp, const struct lines *lines,
                          struct tensor *a)
{
    int64_t shape[TENSOR_MAX_DIMS], back[TENSOR_MAX_DIMS];
    for (int i = 0; i < lines->ndim; i++) {
        shape[i] = lines->operand_shape[lines->order[i]];
        back[lines->order[i]] = i;
    }
    struct tensor *moved =
        a ? derive_reshape(vjp, a, lines->ndim, shape) : NULL;
    return moved && lines->ndim ? derive_transpose(vjp, moved, back) : moved;
}
