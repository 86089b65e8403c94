/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ops/derive.h"

#include <string.h>

#include "ops/registry.h"

enum { MAX_PARAMS = 16 };

/* OP's defaults in ARGS, but for its first COUNT tensors, given as TENSORS. */
static struct tensor *call_with(struct vjp *vjp, const struct op *op,
                                int count, struct tensor *const *tensors,
                                struct arg *args)
{
    for (int i = 0; i < count; i++) {
        if (!tensors[i])
            return NULL;
        args[i] = (struct arg){.given = true, .tensor = tensors[i]};
    }
    return vjp_call(vjp, op, args);
}

static const struct op *find(const char *name, struct arg *args)
{
    const struct op *op = op_find("np", name, OP_FUNCTION);
    for (int i = 0; op->params[i].name; i++)
        param_default(&op->params[i], &args[i]);
    return op;
}

struct tensor *derive_1(struct vjp *vjp, const char *name, struct tensor *a)
{
    struct arg args[MAX_PARAMS];
    const struct op *op = find(name, args);
    return call_with(vjp, op, 1, &a, args);
}

struct tensor *derive_2(struct vjp *vjp, const char *name, struct tensor *a,
                        struct tensor *b)
{
    struct arg args[MAX_PARAMS];
    const struct op *op = find(name, args);
    struct tensor *tensors[2] = {a, b};
    return call_with(vjp, op, 2, tensors, args);
}

struct tensor *derive_where(struct vjp *vjp, struct tensor *mask,
                            struct tensor *a, struct tensor *b)
{
    struct arg args[MAX_PARAMS];
    const struct op *op = find("where", args);
    struct tensor *tensors[3] = {mask, a, b};
    return call_with(vjp, op, 3, tensors, args);
}

struct tensor *derive_number(struct vjp *vjp, double number)
{
    return vjp_keep(vjp,
                    tensor_from_scalar(scalar_from_double(number), vjp->err));
}

static struct arg dims(int count, const int64_t *values)
{
    return (struct arg){
        .given = true,
        .dims = {.count = count, .values = (int64_t *)(uintptr_t)values}};
}

struct tensor *derive_reshape(struct vjp *vjp, struct tensor *a, int ndim,
                              const int64_t *shape)
{
    struct arg args[MAX_PARAMS];
    const struct op *op = find("reshape", args);
    args[1] = dims(ndim, shape);
    return call_with(vjp, op, 1, &a, args);
}

struct tensor *derive_transpose(struct vjp *vjp, struct tensor *a,
                                const int64_t *axes)
{
    struct arg args[MAX_PARAMS];
    const struct op *op = find("transpose", args);
    if (!a)
        return NULL;
    if (axes)
        args[1] = dims(a->ndim, axes);
    return call_with(vjp, op, 1, &a, args);
}

struct tensor *derive_sum(struct vjp *vjp, struct tensor *a, int count,
                          const int64_t *axes, bool keepdims)
{
    struct arg args[MAX_PARAMS];
    const struct op *op = find("sum", args);
    for (int i = 0; op->params[i].name; i++) {
        if (!strcmp(op->params[i].name, "axis"))
            args[i] = dims(count, axes);
        if (!strcmp(op->params[i].name, "keepdims"))
            args[i] = (struct arg){.given = true, .flag = keepdims};
    }
    return call_with(vjp, op, 1, &a, args);
}

/* Pairs of axes as np.tensordot takes them: those of a, those of b. */
static struct tensor *axes_pair(struct vjp *vjp, int count,
                                const int64_t *a_axes, const int64_t *b_axes)
{
    int64_t shape[2] = {2, count};
    struct tensor *pair = vjp_keep(vjp, tensor_new(DTYPE_INT64, count ? 2 : 0,
                                                   shape, vjp->err));
    if (!pair)
        return NULL;
    int64_t *values = (int64_t *)(void *)pair->data;
    if (!count)
        values[0] = 0; /* no axes meet: all products */
    for (int i = 0; i < count; i++) {
        values[i] = a_axes[i];
        values[count + i] = b_axes[i];
    }
    return pair;
}

struct tensor *derive_tensordot(struct vjp *vjp, struct tensor *a,
                                struct tensor *b, int count,
                                const int64_t *a_axes, const int64_t *b_axes)
{
    struct arg args[MAX_PARAMS];
    const struct op *op = find("tensordot", args);
    struct tensor *tensors[3] = {a, b, axes_pair(vjp, count, a_axes, b_axes)};
    return call_with(vjp, op, 3, tensors, args);
}

const struct arg *derive_arg(const struct vjp *vjp, const char *name)
{
    for (int i = 0; vjp->op->params[i].name; i++)
        if (!strcmp(vjp->op->params[i].name, name) && vjp->args[i].given)
            return &vjp->args[i];
    return NULL;
}
