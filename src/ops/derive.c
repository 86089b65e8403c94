/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ops/derive.h"

#include <string.h>

#include "autograd/item.h"
#include "base/ptrmap.h"
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

/* By the literal's address, for the search is long. */
static const struct op *lookup(const char *name)
{
    static struct ptrmap known;
    size_t place;
    if (ptrmap_get(&known, name, &place))
        return (const struct op *)(uintptr_t)place;
    const char *dot = strchr(name, '.');
    const char *module = !dot               ? "np"
                         : name[0] == 'l'   ? "np.linalg"
                                            : "nn";
    const struct op *op = op_find(module, dot ? dot + 1 : name, OP_FUNCTION);
    ptrmap_set(&known, name, (size_t)(uintptr_t)op);
    return op;
}

static const struct op *find(const char *name, struct arg *args)
{
    const struct op *op = lookup(name);
    for (int i = 0; op->params[i].name; i++)
        param_default(&op->params[i], &args[i]);
    return op;
}

/* ---------------------------------------------------- with named arguments */

static bool copy_same(const struct vjp *vjp, const struct arg *args,
                      const struct param *param, struct arg *ret)
{
    if (!strncmp(param->name, "out", 3))
        return false;
    for (int i = 0; vjp->op->params[i].name; i++)
        if (!strcmp(vjp->op->params[i].name, param->name) &&
            vjp->op->params[i].kind == param->kind) {
            *ret = args[i];
            return true;
        }
    return false;
}

static bool put_named(const struct op *op, const struct named *named,
                      struct arg *args)
{
    for (const struct named *n = named; n->name; n++)
        for (int i = 0; op->params[i].name; i++) {
            if (strcmp(op->params[i].name, n->name))
                continue;
            args[i] = n->arg;
            if (op->params[i].kind == PARAM_TENSOR && n->arg.given &&
                !n->arg.tensor)
                return false;
            for (int k = 0; op->params[i].kind == PARAM_TENSORS &&
                            k < n->arg.tensors.count;
                 k++)
                if (!n->arg.tensors.items[k])
                    return false;
        }
    return true;
}

struct tensor *derive_item(struct vjp *vjp, const char *name, int item,
                           const struct named *named)
{
    struct arg args[MAX_PARAMS];
    const struct op *op = find(name, args);
    return put_named(op, named, args) ? vjp_call_item(vjp, op, args, item)
                                      : NULL;
}

struct tensor *derive_call(struct vjp *vjp, const char *name,
                           const struct named *named)
{
    return derive_item(vjp, name, 0, named);
}

struct tensor *derive_like(struct vjp *vjp, const char *name,
                           const struct arg *args, const struct named *named)
{
    struct arg own[MAX_PARAMS];
    const struct op *op = find(name, own);
    for (int i = 0; op->params[i].name; i++)
        copy_same(vjp, args, &op->params[i], &own[i]);
    return put_named(op, named, own) ? vjp_call(vjp, op, own) : NULL;
}

/* ------------------------------------------------------- parts and their way */

struct tensor *derive_slice(struct vjp *vjp, struct tensor *a, int axis,
                            int64_t start, int64_t stop)
{
    struct index indices[TENSOR_MAX_DIMS];
    if (!a)
        return NULL;
    for (int i = 0; i <= axis; i++)
        indices[i] = (struct index){.kind = INDEX_SLICE, .step = 1};
    indices[axis].has_start = indices[axis].has_stop = true;
    indices[axis].start = start;
    indices[axis].stop = stop;
    return vjp_keep(vjp, tape_get(a, axis + 1, indices, NULL, vjp->err));
}

struct tensor *derive_pick(struct vjp *vjp, struct tensor *a, int axis,
                           int64_t index)
{
    struct index indices[TENSOR_MAX_DIMS];
    if (!a)
        return NULL;
    for (int i = 0; i < axis; i++)
        indices[i] = (struct index){.kind = INDEX_SLICE, .step = 1};
    indices[axis] = (struct index){.kind = INDEX_INTEGER, .start = index};
    return vjp_keep(vjp, tape_get(a, axis + 1, indices, NULL, vjp->err));
}

struct tensor *derive_concatenate(struct vjp *vjp, int count,
                                  struct tensor **parts, int axis)
{
    return derive_call(vjp, "concatenate",
                       NAMED({"arrays", arg_tensors(count, parts)},
                             {"axis", arg_int(axis)}));
}

struct tensor *derive_stack(struct vjp *vjp, int count, struct tensor **parts,
                            int axis)
{
    return derive_call(vjp, "stack",
                       NAMED({"arrays", arg_tensors(count, parts)},
                             {"axis", arg_int(axis)}));
}

static struct tensor *moved(struct vjp *vjp, struct tensor *a, int from,
                            int to)
{
    int64_t order[TENSOR_MAX_DIMS];
    if (!a || from == to)
        return a;
    for (int i = 0, k = 0; i < a->ndim; i++) {
        if (i == to) {
            order[i] = from;
            continue;
        }
        k += k == from;
        order[i] = k++;
    }
    return derive_transpose(vjp, a, order);
}

struct tensor *derive_to_last(struct vjp *vjp, struct tensor *a, int axis)
{
    return a ? moved(vjp, a, axis, a->ndim - 1) : NULL;
}

struct tensor *derive_from_last(struct vjp *vjp, struct tensor *a, int axis)
{
    return a ? moved(vjp, a, a->ndim - 1, axis) : NULL;
}

struct tensor *derive_swapped(struct vjp *vjp, struct tensor *a)
{
    return a ? moved(vjp, a, a->ndim - 1, a->ndim - 2) : NULL;
}

struct tensor *derive_new_axis(struct vjp *vjp, struct tensor *a, int at)
{
    int64_t shape[TENSOR_MAX_DIMS];
    if (!a)
        return NULL;
    for (int i = 0, k = 0; i <= a->ndim; i++)
        shape[i] = i == at ? 1 : a->shape[k++];
    return derive_reshape(vjp, a, a->ndim + 1, shape);
}

/* ------------------------------------------------------------ one and two */

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

struct tensor *derive_reshape(struct vjp *vjp, struct tensor *a, int ndim,
                              const int64_t *shape)
{
    struct arg args[MAX_PARAMS];
    const struct op *op = find("reshape", args);
    args[1] = arg_dims(ndim, shape);
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
        args[1] = arg_dims(a->ndim, axes);
    return call_with(vjp, op, 1, &a, args);
}

struct tensor *derive_sum(struct vjp *vjp, struct tensor *a, int count,
                          const int64_t *axes, bool keepdims)
{
    struct arg args[MAX_PARAMS];
    const struct op *op = find("sum", args);
    for (int i = 0; op->params[i].name; i++) {
        if (!strcmp(op->params[i].name, "axis"))
            args[i] = arg_dims(count, axes);
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

struct tensor *derive_unknown(struct vjp *vjp)
{
    return error_null(vjp->err, ERROR_NOT_IMPLEMENTED,
                      "no gradient is known for %s() called like this",
                      vjp->op->name);
}

struct tensor *derive_unknown_but(struct vjp *vjp, const char *hint)
{
    derive_unknown(vjp);
    error_hint(vjp->err, "%s", hint);
    return NULL;
}
