/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Views of another shape: the gradient goes back into the old one. */
#include "ops/derive.h"

/* Whatever keeps the elements in C order. */
struct tensor *reshape_vjp(struct vjp *vjp)
{
    const struct arg *order = derive_arg(vjp, "order");
    if (order && order->string[0] != 'C' && order->string[0])
        return vjp_moved(vjp);
    return derive_reshape(vjp, vjp->gradient, vjp->x->ndim, vjp->x->shape);
}

struct tensor *transpose_vjp(struct vjp *vjp)
{
    const struct arg *axes = derive_arg(vjp, "axes");
    int64_t back[TENSOR_MAX_DIMS];
    int ndim = vjp->x->ndim;
    for (int i = 0; axes && i < ndim; i++) {
        int64_t axis = axes->dims.values[i];
        back[axis < 0 ? axis + ndim : axis] = i;
    }
    return derive_transpose(vjp, vjp->gradient, axes ? back : NULL);
}

struct tensor *cast_vjp(struct vjp *vjp)
{
    return vjp_cast(vjp, vjp->gradient, vjp->x->dtype);
}
