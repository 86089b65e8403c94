/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "autograd/vjp.h"

#include <stdlib.h>
#include <string.h>

#include "autograd/item.h"
#include "autograd/tape.h"
#include "base/alloc.h"
#include "tensor/layout.h"

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

struct tensor *vjp_call_item(struct vjp *vjp, const struct op *op,
                             const struct arg *args, int item)
{
    struct op_result result = {.form = RESULT_NONE};
    struct tensor *picked = NULL;
    if (tape_call(op, args, &result, vjp->err)) {
        picked = result.tensor         ? result.tensor
                 : item < result.count ? result.items[item]
                                       : NULL;
        if (picked)
            vjp_keep(vjp, tensor_ref(picked));
    }
    op_result_done(&result);
    return picked;
}

struct tensor *vjp_call(struct vjp *vjp, const struct op *op,
                        const struct arg *args)
{
    return vjp_call_item(vjp, op, args, 0);
}

struct tensor *vjp_none(struct vjp *vjp)
{
    (void)vjp;
    return NULL;
}

/* ----------------------------------------------------------- by a formula */

/* The tensor of number OPERAND among ARGS is exchanged for OTHER. */
static void exchange(const struct op *op, struct arg *args, int operand,
                     struct tensor *other)
{
    for (int i = 0; op->params[i].name; i++) {
        enum param_kind kind = op->params[i].kind;
        bool single = kind == PARAM_TENSOR;
        if (!args[i].given || (!single && kind != PARAM_TENSORS) ||
            (single && !args[i].tensor))
            continue;
        int count = single ? 1 : args[i].tensors.count;
        if (operand < count) {
            struct tensor **place =
                single ? &args[i].tensor : &args[i].tensors.items[operand];
            tensor_unref(*place);
            *place = tensor_ref(other);
            return;
        }
        operand -= count;
    }
}

struct tensor *vjp_through(struct vjp *vjp, vjp_formula *formula)
{
    /* x under an address of its own: in f(x, x) one of the two is meant */
    static const struct index all = {.kind = INDEX_ELLIPSIS};
    struct tensor *x = vjp_keep(vjp, tape_get(vjp->x, 1, &all, NULL, vjp->err));
    struct tensor *gradient = NULL;
    if (!x)
        return NULL;
    struct record *copy = record_new(vjp->op, vjp->args, 0, NULL);
    struct tape *tape = tape_new(false);
    exchange(vjp->op, copy->args, vjp->operand, x);
    tape_watch(tape, x);
    tape_start(tape);
    struct tensor *y = formula(vjp, copy->args);
    tape_stop(tape);
    if (y)
        tape_gradient(tape, y, vjp->gradient, 1, &x, &gradient, vjp->err);
    tape_unref(tape);
    record_unref(copy);
    return vjp_keep(vjp, gradient);
}

/* --------------------------------------------------------- moved elements */

/* The numbers start far from what constants may be, and are still whole in
   float64. */
enum { FIRST_NUMBER_HIGH = 0x5a3c7 };
static const int64_t first_number = (int64_t)FIRST_NUMBER_HIGH << 32 | 0x1e93;

/* The elements of LIKE counted in C order, laid out as LIKE is: order='K' looks
   at that. */
static struct tensor *numbered(const struct tensor *like, struct error *err)
{
    struct tensor *line = tensor_new(DTYPE_INT64, 1, &like->size, err);
    struct tensor *numbers =
        line ? tensor_new_like_ordered(like, DTYPE_INT64, 'K', err) : NULL;
    struct tensor *shaped =
        numbers ? tensor_reshape(line, like->ndim, like->shape, 'C', err)
                : NULL;
    if (shaped) {
        int64_t *values = (int64_t *)(void *)line->data;
        for (int64_t i = 0; i < line->size; i++)
            values[i] = first_number + i;
    }
    if (!shaped || !tensor_assign(numbers, shaped, err)) {
        tensor_unref(numbers);
        numbers = NULL;
    }
    tensor_unref(line);
    tensor_unref(shaped);
    return numbers;
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
        if (kind == PARAM_DTYPE)
            arg->given = false; /* float32 would round the numbers */
        if (!arg->given || (kind != PARAM_TENSOR && kind != PARAM_TENSORS) ||
            (kind == PARAM_TENSOR && !arg->tensor))
            continue;
        if (!strncmp(vjp->op->params[i].name, "out", 3)) {
            operand++; /* is filled with the result, which it still has */
            tensor_unref(arg->tensor);
            *arg = (struct arg){.given = false};
            continue;
        }
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
    int64_t end = first_number + vjp->x->size;
    struct tensor *moved =
        result->items ? result->items[vjp->output] : result->tensor;
    struct tensor *positions =
        moved ? tensor_astype(moved, DTYPE_INT64, vjp->err) : NULL;
    int64_t *values = positions ? (int64_t *)(void *)positions->data : NULL;
    for (int64_t i = 0; positions && i < positions->size; i++)
        values[i] = values[i] >= first_number && values[i] < end
                        ? values[i] - first_number
                        : -1;
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
