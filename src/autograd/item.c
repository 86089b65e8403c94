/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "autograd/item.h"

#include "autograd/tape.h"
#include "autograd/vjp.h"

static const struct op get_op, place_op;

/* ------------------------------------------------------------------ getting */

static const struct param get_params[] = {{"a", PARAM_TENSOR, 0, NULL},
                                          {"indices", PARAM_INDICES, 0, NULL},
                                          {NULL, PARAM_ANY, 0, NULL}};

static bool get_forward(const struct op *op, const struct arg *args,
                        struct op_result *ret, struct error *err)
{
    (void)op;
    return op_return_array(ret, tensor_get(args[0].tensor,
                                           args[1].indices.count,
                                           args[1].indices.items, NULL, err));
}

static bool has_arrays(const struct arg *indices)
{
    for (int i = 0; i < indices->indices.count; i++)
        if (indices->indices.items[i].kind == INDEX_ARRAY)
            return true;
    return false;
}

/* A part that is a view lies apart: its gradient is put there.  With arrays an
   element may have been taken twice, and its gradients add up. */
static struct tensor *get_vjp(struct vjp *vjp)
{
    const struct tensor *x = vjp->x;
    if (has_arrays(&vjp->args[1]))
        return vjp_moved(vjp);
    struct arg args[3] = {
        {.given = true, .tensor = vjp->gradient},
        {.given = true, .dims = {.count = x->ndim, .values = x->shape}},
        vjp->args[1]};
    return vjp_call(vjp, &place_op, args);
}

static const struct op get_op = {.name = "[]",
                                 .module = "",
                                 .params = get_params,
                                 .forward = get_forward,
                                 .vjp = get_vjp};

struct tensor *tape_get(struct tensor *tensor, int count,
                        const struct index *indices, bool *ret_element,
                        struct error *err)
{
    struct tensor *part =
        tensor_get(tensor, count, indices, ret_element, err);
    struct arg args[2] = {
        {.given = true, .tensor = tensor},
        {.given = true,
         .indices = {count, (struct index *)(uintptr_t)indices}}};
    if (part && tape_is_recording())
        tape_record(&get_op, args, 1, &part);
    return part;
}

/* ------------------------------------------------------------------ placing */

static const struct param place_params[] = {
    {"values", PARAM_TENSOR, 0, NULL},
    {"shape", PARAM_DIMS, 0, NULL},
    {"indices", PARAM_INDICES, 0, NULL},
    {NULL, PARAM_ANY, 0, NULL}};

/* Zeros with VALUES at the indices. */
static bool place_forward(const struct op *op, const struct arg *args,
                          struct op_result *ret, struct error *err)
{
    struct tensor *result =
        tensor_zeros(args[0].tensor->dtype, args[1].dims.count,
                     args[1].dims.values, err);
    (void)op;
    if (result && !tensor_set(result, args[2].indices.count,
                              args[2].indices.items, args[0].tensor, err)) {
        tensor_unref(result);
        result = NULL;
    }
    return op_return_array(ret, result);
}

static struct tensor *place_vjp(struct vjp *vjp)
{
    struct arg args[2] = {{.given = true, .tensor = vjp->gradient},
                          vjp->args[2]};
    return vjp_call(vjp, &get_op, args);
}

static const struct op place_op = {.name = "[]=",
                                   .module = "",
                                   .params = place_params,
                                   .forward = place_forward,
                                   .vjp = place_vjp};

/* --------------------------------------------------------------- assembling */

static const struct param assembly_params[] = {
    {"parts", PARAM_TENSORS, 0, NULL},
    {"firsts", PARAM_DIMS, 0, NULL},
    {NULL, PARAM_ANY, 0, NULL}};

static struct tensor *assembly_vjp(struct vjp *vjp)
{
    return vjp_part(vjp, vjp->gradient,
                    vjp->args[1].dims.values[vjp->operand], vjp->x);
}

static const struct op assembly_op = {.name = "array",
                                      .module = "",
                                      .params = assembly_params,
                                      .vjp = assembly_vjp};

void tape_record_assembly(int count, struct tensor *const *parts,
                          const int64_t *firsts, struct tensor *result)
{
    struct arg args[2] = {
        {.given = true,
         .tensors = {count, (struct tensor **)(uintptr_t)parts}},
        {.given = true,
         .dims = {.count = count, .values = (int64_t *)(uintptr_t)firsts}}};
    tape_record(&assembly_op, args, 1, &result);
}
