/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "autograd/vjp.h"

#include <stdlib.h>
#include <string.h>

#include "autograd/tape.h"
#include "base/alloc.h"

struct tensor *vjp_keep(struct vjp *vjp, struct tensor *tensor)
{
    if (tensor)
        VEC_PUSH(vjp->kept, vjp->kept_count, vjp->kept_capacity) = tensor;
    return tensor;
}

void vjp_done(struct vjp *vjp)
{
    while (vjp->kept_count)
        tensor_unref(vjp->kept[--vjp->kept_count]);
    free(vjp->kept);
    vjp->kept = NULL;
    vjp->kept_capacity = 0;
}

struct tensor *vjp_call(struct vjp *vjp, const struct op *op,
                        const struct arg *args)
{
    struct op_result result = {.form = RESULT_NONE};
    struct tensor *first = NULL;
    if (tape_call(op, args, &result, vjp->err)) {
        first = result.tensor ? result.tensor
                              : result.count ? result.items[0] : NULL;
        if (first)
            vjp_keep(vjp, tensor_ref(first));
    }
    op_result_done(&result);
    return first;
}

struct tensor *vjp_none(struct vjp *vjp)
{
    (void)vjp;
    return NULL;
}

/* --------------------------------------------------------- moved elements */

/* 1, 2, 3…, shaped as LIKE. */
static struct tensor *numbered(const struct tensor *like, struct error *err)
{
    struct tensor *tensor =
        tensor_new(DTYPE_INT64, like->ndim, like->shape, err);
    if (!tensor)
        return NULL;
    int64_t *values = (int64_t *)(void *)tensor->data;
    for (int64_t i = 0; i < tensor->size; i++)
        values[i] = i + 1;
    return tensor;
}

static struct tensor *numbers_for(const struct vjp *vjp,
                                  const struct tensor *x, int operand)
{
    return operand == vjp->operand
               ? numbered(x, vjp->err)
               : tensor_zeros(DTYPE_INT64, x->ndim, x->shape, vjp->err);
}

/* Operands of floats are replaced: X by the numbers of its elements, others by
   zeros.  Those of other dtypes are positions and masks, and stay. */
static bool replace_operands(const struct vjp *vjp, struct arg *args)
{
    int operand = 0;
    for (int i = 0; vjp->op->params[i].name; i++) {
        struct arg *arg = &args[i];
        enum param_kind kind = vjp->op->params[i].kind;
        if (!arg->given || (kind != PARAM_TENSOR && kind != PARAM_TENSORS))
            continue;
        struct tensor **items =
            kind == PARAM_TENSOR ? &arg->tensor : arg->tensors.items;
        int count = kind == PARAM_TENSOR ? 1 : arg->tensors.count;
        for (int k = 0; k < count; k++, operand++) {
            if (!dtype_is_float(items[k]->dtype))
                continue;
            struct tensor *numbers = numbers_for(vjp, items[k], operand);
            if (!numbers)
                return false;
            tensor_unref(items[k]);
            items[k] = numbers;
        }
    }
    return true;
}

/* RESULT of the moved numbers, from 0, and -1 for what was filled in. */
static struct tensor *positions_of(const struct vjp *vjp,
                                   const struct op_result *result)
{
    struct tensor *moved =
        result->items ? result->items[vjp->output] : result->tensor;
    struct tensor *positions =
        moved ? tensor_astype(moved, DTYPE_INT64, vjp->err) : NULL;
    int64_t *values = positions ? (int64_t *)(void *)positions->data : NULL;
    for (int64_t i = 0; positions && i < positions->size; i++)
        values[i]--;
    return positions;
}

struct tensor *vjp_moved(struct vjp *vjp)
{
    /* a record of its own is a copy whose tensors can be replaced */
    struct record *copy = record_new(vjp->op, vjp->args, 0, NULL);
    struct op_result result = {.form = RESULT_NONE};
    struct tensor *positions = NULL;
    if (replace_operands(vjp, copy->args) &&
        vjp->op->forward(vjp->op, copy->args, &result, vjp->err))
        positions = vjp_keep(vjp, positions_of(vjp, &result));
    op_result_done(&result);
    record_unref(copy);
    return positions ? vjp_scatter(vjp, vjp->gradient, positions, vjp->x)
                     : NULL;
}
