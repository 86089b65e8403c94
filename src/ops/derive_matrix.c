/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Products of more than two factors, of vectors in space, of blocks. */
#include "ops/derive.h"

/* Every axis of a beside the same one of b, the shorter shape filled up in
   front; each pair then becomes one axis. */
static struct tensor *kron_formula(struct vjp *v, const struct arg *args)
{
    struct tensor *a = args[0].tensor, *b = args[1].tensor;
    int ndim = a->ndim > b->ndim ? a->ndim : b->ndim;
    int64_t outer[2 * TENSOR_MAX_DIMS], inner[2 * TENSOR_MAX_DIMS];
    int64_t whole[TENSOR_MAX_DIMS];
    if (2 * ndim > TENSOR_MAX_DIMS)
        return derive_unknown(v);
    for (int i = 0; i < ndim; i++) {
        int in_a = i - ndim + a->ndim, in_b = i - ndim + b->ndim;
        outer[2 * i] = in_a < 0 ? 1 : a->shape[in_a];
        inner[2 * i + 1] = in_b < 0 ? 1 : b->shape[in_b];
        outer[2 * i + 1] = inner[2 * i] = 1;
        whole[i] = outer[2 * i] * inner[2 * i + 1];
    }
    struct tensor *blocks = times(v, derive_reshape(v, a, 2 * ndim, outer),
                                  derive_reshape(v, b, 2 * ndim, inner));
    return blocks ? derive_reshape(v, blocks, ndim, whole) : NULL;
}

struct tensor *kron_vjp(struct vjp *v)
{
    return vjp_through(v, kron_formula);
}

/* ------------------------------------------------------------------- cross */

/* Component I of A, 0 for the third one of a plane vector. */
static struct tensor *component(struct vjp *v, struct tensor *a, int axis,
                                int64_t i)
{
    return i < a->shape[axis] ? derive_pick(v, a, axis, i)
                              : derive_number(v, 0);
}

static struct tensor *cross_formula(struct vjp *v, const struct arg *args)
{
    struct tensor *a = args[0].tensor, *b = args[1].tensor, *parts[3];
    const struct arg *all = args[5].given ? &args[5] : NULL;
    int at, bt, ct = 0;
    if (!tensor_normalize_axis(all ? all->integer : args[2].integer, a->ndim,
                               &at, v->err) ||
        !tensor_normalize_axis(all ? all->integer : args[3].integer, b->ndim,
                               &bt, v->err))
        return NULL;
    for (int k = 0; k < 3; k++) {
        int i = (k + 1) % 3, j = (k + 2) % 3;
        parts[k] = minus(
            v, times(v, component(v, a, at, i), component(v, b, bt, j)),
            times(v, component(v, a, at, j), component(v, b, bt, i)));
    }
    if (a->shape[at] == 2 && b->shape[bt] == 2)
        return parts[2];
    if (!tensor_normalize_axis(all ? all->integer : args[4].integer,
                               v->result->ndim, &ct, v->err))
        return NULL;
    struct tensor *spread[3];
    const struct tensor *third = parts[2];
    for (int k = 0; k < 3; k++)
        spread[k] = parts[k] && third
                        ? vjp_broadcast_to(v, parts[k], third->ndim,
                                           third->shape)
                        : NULL;
    return derive_stack(v, 3, spread, ct);
}

struct tensor *cross_vjp(struct vjp *v)
{
    return vjp_through(v, cross_formula);
}

/* -------------------------------------------------------- trace, multi_dot */

static struct tensor *trace_formula(struct vjp *v, const struct arg *args)
{
    struct tensor *diagonal =
        derive_like(v, "diagonal", args, NAMED({"", {0}}));
    int64_t last = diagonal ? diagonal->ndim - 1 : 0;
    return diagonal ? derive_sum(v, diagonal, 1, &last, false) : NULL;
}

struct tensor *trace_vjp(struct vjp *v)
{
    return vjp_through(v, trace_formula);
}

static struct tensor *multi_dot_formula(struct vjp *v, const struct arg *args)
{
    struct tensor *product = args[0].tensors.items[0];
    for (int i = 1; i < args[0].tensors.count; i++)
        product = derive_2(v, "dot", product, args[0].tensors.items[i]);
    return product;
}

struct tensor *multi_dot_vjp(struct vjp *v)
{
    return vjp_through(v, multi_dot_formula);
}

static struct tensor *power_formula(struct vjp *v, const struct arg *args)
{
    struct tensor *a = args[0].tensor, *product = NULL;
    int64_t n = args[1].integer;
    if (n < 0)
        a = derive_call(v, "linalg.inv", NAMED({"a", arg_tensor(a)}));
    for (uint64_t left = n < 0 ? 0 - (uint64_t)n : (uint64_t)n; a && left;
         left >>= 1) { /* by squaring */
        if (left & 1)
            product = product ? matmul(v, product, a) : a;
        if (left > 1)
            a = matmul(v, a, a);
    }
    return product;
}

struct tensor *matrix_power_vjp(struct vjp *v)
{
    return v->args[1].integer ? vjp_through(v, power_formula) : NULL;
}

/* ------------------------------------------------------------------- sorting */

/* The elements are taken in the order that arg… gives. */
static struct tensor *in_order(struct vjp *v, const struct arg *args,
                               const char *order)
{
    struct tensor *a = args[0].tensor;
    struct tensor *places = derive_like(v, order, args, NAMED({"", {0}}));
    const struct arg *axis = derive_arg(v, "axis");
    if (!axis)
        return derive_call(
            v, "take", NAMED({"a", arg_tensor(a)}, {"indices", arg_tensor(places)}));
    return derive_call(v, "take_along_axis",
                       NAMED({"arr", arg_tensor(a)},
                             {"indices", arg_tensor(places)},
                             {"axis", *axis}));
}

static struct tensor *sort_formula(struct vjp *v, const struct arg *args)
{
    return in_order(v, args, "argsort");
}

static struct tensor *partition_formula(struct vjp *v, const struct arg *args)
{
    return in_order(v, args, "argpartition");
}

struct tensor *sort_vjp(struct vjp *v)
{
    return vjp_through(v, sort_formula);
}

struct tensor *partition_vjp(struct vjp *v)
{
    return vjp_through(v, partition_formula);
}
