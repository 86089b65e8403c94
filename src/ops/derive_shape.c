/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Views of another shape: the gradient goes back into the old one. */
#include <string.h>

#include "ops/derive.h"

/* Whatever keeps the elements in C order. */
struct tensor *reshape_vjp(struct vjp *vjp)
{
    const struct arg *order = derive_arg(vjp, "order");
    if (vjp->op->params[0].kind == PARAM_TENSORS &&
        vjp->operand != vjp->output) /* each has a result of its own */
        return NULL;
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

/* Which zeros go depends on the numbers: those in front are counted. */
struct tensor *trim_zeros_vjp(struct vjp *vjp)
{
    const struct arg *trim = derive_arg(vjp, "trim");
    const char *sides = trim && *trim->string ? trim->string : "fb";
    const struct tensor *x = vjp->x;
    int64_t first = 0;
    if (strpbrk(sides, "fF"))
        while (first < x->size &&
               scalar_to_double(tensor_item_at(x, first)) == 0)
            first++;
    struct tensor *positions =
        vjp_keep(vjp, tensor_new_like(vjp->result, DTYPE_INT64, vjp->err));
    for (int64_t i = 0; positions && i < positions->size; i++)
        ((int64_t *)(void *)positions->data)[i] = first + i;
    return vjp_scatter(vjp, vjp->gradient, positions, x);
}

/* full(shape, value), full_like(a, value): the value is repeated. */
struct tensor *full_vjp(struct vjp *vjp)
{
    bool of_value = vjp->op->params[0].kind == PARAM_DIMS || vjp->operand == 1;
    return of_value ? vjp->gradient : NULL;
}
