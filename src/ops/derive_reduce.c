/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums, means, products, extremes: one gradient for many elements. */
#include "ops/derive.h"
#include "ops/reduce.h"
#include "ops/registry.h"

struct reduced {
    struct axes axes;
    int64_t shape[TENSOR_MAX_DIMS]; /* the operand's, reduced axes as 1 */
    int64_t count;                  /* of the elements behind each result */
};

static bool reduced_init(struct vjp *vjp, struct reduced *reduced)
{
    const struct arg *axis = derive_arg(vjp, "axis");
    static const struct arg all = {.given = false};
    if (!reduce_axes(axis ? axis : &all, vjp->x, &reduced->axes, vjp->err))
        return false;
    reduced->count = reduced_shape(vjp->x, &reduced->axes, reduced->shape);
    return true;
}

/* A, shaped as the result, beside the operand. */
static struct tensor *beside(struct vjp *vjp, const struct reduced *reduced,
                             struct tensor *a)
{
    return a ? derive_reshape(vjp, a, vjp->x->ndim, reduced->shape) : NULL;
}

/* A repeated to the operand's shape, but 0 where a mask left elements out. */
static struct tensor *spread(struct vjp *vjp, struct tensor *a)
{
    const struct arg *where = derive_arg(vjp, "where");
    struct tensor *whole =
        vjp_broadcast_to(vjp, a, vjp->x->ndim, vjp->x->shape);
    return where ? derive_where(vjp, where->tensor, whole,
                                derive_number(vjp, 0))
                 : whole;
}

/* How many elements are behind each result, as an array beside the operand
   when a mask decides. */
static struct tensor *count_of(struct vjp *vjp, const struct reduced *reduced)
{
    const struct arg *where = derive_arg(vjp, "where");
    if (!where)
        return derive_number(vjp, (double)reduced->count);
    struct tensor *mask = vjp_broadcast_to(vjp, where->tensor, vjp->x->ndim,
                                           vjp->x->shape);
    struct tensor *ones = vjp_cast(vjp, mask, vjp->x->dtype);
    int64_t axes[TENSOR_MAX_DIMS];
    int count = 0;
    for (int i = 0; i < vjp->x->ndim; i++)
        if (axes_has(&reduced->axes, i))
            axes[count++] = i;
    return derive_sum(vjp, ones, count, axes, true);
}

struct tensor *sum_vjp(struct vjp *vjp)
{
    struct reduced reduced;
    if (!reduced_init(vjp, &reduced))
        return NULL;
    return spread(vjp, beside(vjp, &reduced, vjp->gradient));
}

struct tensor *mean_vjp(struct vjp *vjp)
{
    struct reduced reduced;
    if (!reduced_init(vjp, &reduced))
        return NULL;
    return spread(vjp, over(vjp, beside(vjp, &reduced, vjp->gradient),
                            count_of(vjp, &reduced)));
}

/* g times the product of the others: y / x, but where x is 0 that product
   itself. */
struct tensor *prod_vjp(struct vjp *vjp)
{
    struct reduced reduced;
    if (!reduced_init(vjp, &reduced))
        return NULL;
    struct tensor *y = beside(vjp, &reduced, vjp->result);
    struct tensor *g = beside(vjp, &reduced, vjp->gradient);
    return spread(vjp, over(vjp, times(vjp, g, y), vjp->x));
}

/* Equal parts to the elements that are the extreme one. */
struct tensor *max_vjp(struct vjp *vjp)
{
    struct reduced reduced;
    int64_t axes[TENSOR_MAX_DIMS];
    int count = 0;
    if (!reduced_init(vjp, &reduced))
        return NULL;
    for (int i = 0; i < vjp->x->ndim; i++)
        if (axes_has(&reduced.axes, i))
            axes[count++] = i;
    struct tensor *chosen = derive_2(vjp, "equal", vjp->x,
                                     beside(vjp, &reduced, vjp->result));
    struct tensor *share = over(
        vjp, beside(vjp, &reduced, vjp->gradient),
        derive_sum(vjp, vjp_cast(vjp, chosen, vjp->x->dtype), count, axes,
                   true));
    return derive_where(vjp, chosen, share, derive_number(vjp, 0));
}

/* The mean of X along the reduced axes, kept. */
static struct tensor *mean_of(struct vjp *vjp, const struct reduced *reduced)
{
    int64_t axes[TENSOR_MAX_DIMS];
    int count = 0;
    const struct arg *where = derive_arg(vjp, "where");
    for (int i = 0; i < vjp->x->ndim; i++)
        if (axes_has(&reduced->axes, i))
            axes[count++] = i;
    struct tensor *x = where ? derive_where(vjp, where->tensor, vjp->x,
                                            derive_number(vjp, 0))
                             : vjp->x;
    return over(vjp, derive_sum(vjp, x, count, axes, true),
                count_of(vjp, reduced));
}

/* var: 2 (x - mean) / (n - ddof); std: the same over 2 y. */
struct tensor *variance_vjp(struct vjp *vjp)
{
    struct reduced reduced;
    const struct arg *ddof = derive_arg(vjp, "ddof");
    bool root = vjp->op->name[0] == 's' || vjp->op->name[3] == 's';
    if (!reduced_init(vjp, &reduced))
        return NULL;
    struct tensor *n = minus(vjp, count_of(vjp, &reduced),
                             derive_number(vjp, ddof ? ddof->number : 0));
    struct tensor *from_mean = minus(vjp, vjp->x, mean_of(vjp, &reduced));
    struct tensor *g = beside(vjp, &reduced, vjp->gradient);
    struct tensor *slope =
        root ? over(vjp, from_mean, beside(vjp, &reduced, vjp->result))
             : scaled(vjp, from_mean, 2);
    return spread(vjp, times(vjp, g, over(vjp, slope, n)));
}

/* ---------------------------------------------------------------- cumulative */

/* The sums from each element to the end. */
static struct tensor *sums_to_end(struct vjp *vjp, struct tensor *a, int axis)
{
    const struct op *flip = op_find("np", "flip", OP_FUNCTION);
    const struct op *cumsum = op_find("np", "cumsum", OP_FUNCTION);
    int64_t axes[1] = {axis};
    struct arg flip_args[2] = {
        {.given = true, .tensor = a},
        {.given = true, .dims = {.count = 1, .values = axes}}};
    struct arg sum_args[4] = {{.given = true},
                              {.given = true, .integer = axis}};
    if (!a)
        return NULL;
    sum_args[0].tensor = vjp_call(vjp, flip, flip_args);
    if (!sum_args[0].tensor)
        return NULL;
    flip_args[0].tensor = vjp_call(vjp, cumsum, sum_args);
    return flip_args[0].tensor ? vjp_call(vjp, flip, flip_args) : NULL;
}

/* Along which axis of the operand; without axis=, of its elements in a row. */
static struct tensor *along(struct vjp *vjp, struct tensor *a,
                            struct tensor *(*body)(struct vjp *,
                                                   struct tensor *, int))
{
    const struct arg *given = derive_arg(vjp, "axis");
    int axis = 0;
    if (given && !tensor_normalize_axis(given->integer, vjp->x->ndim, &axis,
                                        vjp->err))
        return NULL;
    struct tensor *result = body(vjp, a, axis);
    return given || !result ? result
                            : derive_reshape(vjp, result, vjp->x->ndim,
                                             vjp->x->shape);
}

struct tensor *cumsum_vjp(struct vjp *vjp)
{
    return along(vjp, vjp->gradient, sums_to_end);
}

/* The sum of g y from each element to its end, over the element. */
struct tensor *cumprod_vjp(struct vjp *vjp)
{
    struct tensor *sums =
        along(vjp, times(vjp, vjp->gradient, vjp->result), sums_to_end);
    return over(vjp, sums, vjp->x);
}
