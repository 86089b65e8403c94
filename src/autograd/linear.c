/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the way back itself is made of: sums, repetition, conversion, and
 * elements put in their places.  Each is a row, so that it can be recorded;
 * each is linear, so that its vjp is another one of them.  They have no names
 * at the prompt.
 */
#include <string.h>

#include "autograd/vjp.h"
#include "tensor/reduce.h"

#define INTERNAL(NAME, PARAMS, FORWARD, VJP)                                  \
    {                                                                         \
        .name = NAME, .module = "", .params = PARAMS, .forward = FORWARD,     \
        .vjp = VJP                                                            \
    }

static const struct op add_op, sum_to_op, broadcast_op, cast_op, scatter_op,
    gather_op, part_op;

static struct arg tensor_arg(struct tensor *tensor)
{
    return (struct arg){.given = true, .tensor = tensor};
}

static struct arg shape_arg(int ndim, const int64_t *shape)
{
    return (struct arg){
        .given = true,
        .dims = {.count = ndim, .values = (int64_t *)(uintptr_t)shape}};
}

/* --------------------------------------------------------------------- sums */

static const struct param two_params[] = {{"a", PARAM_TENSOR, 0, NULL},
                                          {"b", PARAM_TENSOR, 0, NULL},
                                          {NULL, PARAM_ANY, 0, NULL}};

static bool add_forward(const struct op *op, const struct arg *args,
                        struct op_result *ret, struct error *err)
{
    struct tensor *operands[2] = {args[0].tensor, args[1].tensor};
    (void)op;
    return op_return_array(ret, ufunc_call(ufunc_find("add"), operands, NULL,
                                           NULL, DTYPE_COUNT, err));
}

static struct tensor *same_vjp(struct vjp *vjp)
{
    return vjp->gradient;
}

static const struct op add_op =
    INTERNAL("add", two_params, add_forward, same_vjp);

struct tensor *vjp_add(struct vjp *vjp, struct tensor *a, struct tensor *b)
{
    struct arg args[2] = {tensor_arg(a), tensor_arg(b)};
    return a && b ? vjp_call(vjp, &add_op, args) : NULL;
}

/* --------------------------------------------------- sums and repetitions */

static const struct param shaped_params[] = {{"a", PARAM_TENSOR, 0, NULL},
                                             {"shape", PARAM_DIMS, 0, NULL},
                                             {NULL, PARAM_ANY, 0, NULL}};

static bool sum_to_forward(const struct op *op, const struct arg *args,
                           struct op_result *ret, struct error *err)
{
    struct tensor *a = args[0].tensor;
    int ndim = args[1].dims.count, lead = a->ndim - ndim;
    const int64_t *shape = args[1].dims.values;
    struct axes axes = {.all = false};
    (void)op;
    for (int i = 0; i < a->ndim; i++)
        if (i < lead || (shape[i - lead] == 1 && a->shape[i] != 1))
            axes.axis[axes.count++] = i;
    struct tensor *sum =
        axes.count ? reduce_ufunc(ufunc_find("add"), a, &axes, true, a->dtype,
                                  err)
                   : tensor_ref(a);
    struct tensor *result =
        sum ? tensor_reshape(sum, ndim, shape, 'C', err) : NULL;
    tensor_unref(sum);
    return op_return_array(ret, result);
}

static struct tensor *sum_to_vjp(struct vjp *vjp)
{
    return vjp_broadcast_to(vjp, vjp->gradient, vjp->x->ndim, vjp->x->shape);
}

static const struct op sum_to_op =
    INTERNAL("sum_to", shaped_params, sum_to_forward, sum_to_vjp);

struct tensor *vjp_sum_to(struct vjp *vjp, struct tensor *a, int ndim,
                          const int64_t *shape)
{
    if (!a || (a->ndim == ndim &&
               !memcmp(a->shape, shape, (size_t)ndim * sizeof *shape)))
        return a;
    struct arg args[2] = {tensor_arg(a), shape_arg(ndim, shape)};
    return vjp_call(vjp, &sum_to_op, args);
}

static bool broadcast_forward(const struct op *op, const struct arg *args,
                              struct op_result *ret, struct error *err)
{
    (void)op;
    return op_return_array(
        ret, tensor_broadcast_to(args[0].tensor, args[1].dims.count,
                                 args[1].dims.values, err));
}

static struct tensor *broadcast_vjp(struct vjp *vjp)
{
    return vjp_sum_to(vjp, vjp->gradient, vjp->x->ndim, vjp->x->shape);
}

static const struct op broadcast_op =
    INTERNAL("broadcast_to", shaped_params, broadcast_forward, broadcast_vjp);

struct tensor *vjp_broadcast_to(struct vjp *vjp, struct tensor *a, int ndim,
                                const int64_t *shape)
{
    struct arg args[2] = {tensor_arg(a), shape_arg(ndim, shape)};
    return a ? vjp_call(vjp, &broadcast_op, args) : NULL;
}

/* --------------------------------------------------------------- conversion */

static const struct param cast_params[] = {{"a", PARAM_TENSOR, 0, NULL},
                                           {"dtype", PARAM_DTYPE, 0, NULL},
                                           {NULL, PARAM_ANY, 0, NULL}};

static bool cast_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    (void)op;
    return op_return_array(ret,
                           tensor_astype(args[0].tensor, args[1].dtype, err));
}

static struct tensor *cast_vjp(struct vjp *vjp)
{
    return vjp_cast(vjp, vjp->gradient, vjp->x->dtype);
}

static const struct op cast_op =
    INTERNAL("astype", cast_params, cast_forward, cast_vjp);

struct tensor *vjp_cast(struct vjp *vjp, struct tensor *a, enum dtype dtype)
{
    struct arg args[2] = {tensor_arg(a), {.given = true, .dtype = dtype}};
    return !a || a->dtype == dtype ? a : vjp_call(vjp, &cast_op, args);
}

/* --------------------------------------------------------- elements, placed */

static const struct param scatter_params[] = {
    {"values", PARAM_TENSOR, 0, NULL},
    {"positions", PARAM_TENSOR, 0, NULL},
    {"shape", PARAM_DIMS, 0, NULL},
    {NULL, PARAM_ANY, 0, NULL}};

/* VALUES and POSITIONS lie in plain memory. */
static void scatter(const struct tensor *values,
                    const struct tensor *positions, struct tensor *result)
{
    const int64_t *at = (const int64_t *)(const void *)positions->data;
    if (result->dtype == DTYPE_FLOAT32) {
        const float *from = (const float *)(const void *)values->data;
        float *to = (float *)(void *)result->data;
        for (int64_t i = 0; i < values->size; i++)
            if (at[i] >= 0)
                to[at[i]] += from[i];
    } else {
        const double *from = (const double *)(const void *)values->data;
        double *to = (double *)(void *)result->data;
        for (int64_t i = 0; i < values->size; i++)
            if (at[i] >= 0)
                to[at[i]] += from[i];
    }
}

static bool scatter_forward(const struct op *op, const struct arg *args,
                            struct op_result *ret, struct error *err)
{
    struct tensor *values =
        tensor_contiguous(args[0].tensor, args[0].tensor->dtype, err);
    struct tensor *positions =
        values ? tensor_contiguous(args[1].tensor, DTYPE_INT64, err) : NULL;
    struct tensor *result =
        positions ? tensor_zeros(values->dtype, args[2].dims.count,
                                 args[2].dims.values, err)
                  : NULL;
    (void)op;
    if (result)
        scatter(values, positions, result);
    tensor_unref(values);
    tensor_unref(positions);
    return op_return_array(ret, result);
}

/* The elements go back from where they were put. */
static struct tensor *scatter_vjp(struct vjp *vjp)
{
    struct arg args[2] = {tensor_arg(vjp->gradient), vjp->args[1]};
    return vjp_call(vjp, &gather_op, args);
}

static const struct op scatter_op =
    INTERNAL("scatter", scatter_params, scatter_forward, scatter_vjp);

struct tensor *vjp_scatter(struct vjp *vjp, struct tensor *values,
                           struct tensor *positions,
                           const struct tensor *like)
{
    struct arg args[3] = {tensor_arg(values), tensor_arg(positions),
                          shape_arg(like->ndim, like->shape)};
    return values && positions ? vjp_call(vjp, &scatter_op, args) : NULL;
}

static const struct param gather_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"positions", PARAM_TENSOR, 0, NULL},
    {NULL, PARAM_ANY, 0, NULL}};

static void gather(const struct tensor *a, const struct tensor *positions,
                   struct tensor *result)
{
    const int64_t *at = (const int64_t *)(const void *)positions->data;
    size_t size = dtype_size(a->dtype);
    for (int64_t i = 0; i < positions->size; i++) {
        char *to = result->data + (size_t)i * size;
        if (at[i] < 0)
            memset(to, 0, size);
        else
            memcpy(to, a->data + (size_t)at[i] * size, size);
    }
}

static bool gather_forward(const struct op *op, const struct arg *args,
                           struct op_result *ret, struct error *err)
{
    struct tensor *a =
        tensor_contiguous(args[0].tensor, args[0].tensor->dtype, err);
    struct tensor *positions =
        a ? tensor_contiguous(args[1].tensor, DTYPE_INT64, err) : NULL;
    struct tensor *result =
        positions ? tensor_new_like(positions, a->dtype, err) : NULL;
    (void)op;
    if (result)
        gather(a, positions, result);
    tensor_unref(a);
    tensor_unref(positions);
    return op_return_array(ret, result);
}

static struct tensor *gather_vjp(struct vjp *vjp)
{
    return vjp_scatter(vjp, vjp->gradient, vjp->args[1].tensor, vjp->x);
}

static const struct op gather_op =
    INTERNAL("gather", gather_params, gather_forward, gather_vjp);

/* ------------------------------------------------------------------- parts */

static const struct param part_params[] = {{"a", PARAM_TENSOR, 0, NULL},
                                           {"first", PARAM_INT, 0, NULL},
                                           {"shape", PARAM_DIMS, 0, NULL},
                                           {NULL, PARAM_ANY, 0, NULL}};

static int64_t product_of(int ndim, const int64_t *shape)
{
    int64_t product = 1;
    for (int i = 0; i < ndim; i++)
        product *= shape[i];
    return product;
}

static bool part_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    int64_t size = args[0].tensor->size;
    int ndim = args[2].dims.count;
    const int64_t *shape = args[2].dims.values;
    struct tensor *flat = tensor_reshape(args[0].tensor, 1, &size, 'C', err);
    struct tensor *part =
        flat ? tensor_section(flat, 0, args[1].integer,
                              product_of(ndim, shape))
             : NULL;
    struct tensor *result =
        part ? tensor_reshape(part, ndim, shape, 'C', err) : NULL;
    (void)op;
    tensor_unref(flat);
    tensor_unref(part);
    return op_return_array(ret, result);
}

static const struct op part_op =
    INTERNAL("part", part_params, part_forward, vjp_moved);

struct tensor *vjp_part(struct vjp *vjp, struct tensor *a, int64_t first,
                        const struct tensor *like)
{
    struct arg args[3] = {tensor_arg(a),
                          {.given = true, .integer = first},
                          shape_arg(like->ndim, like->shape)};
    return a ? vjp_call(vjp, &part_op, args) : NULL;
}
