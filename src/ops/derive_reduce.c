/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums, means, products, extremes: one gradient for many elements. */
#include <stdlib.h>

#include "base/alloc.h"
#include "ops/derive_lines.h"
#include "ops/reduce.h"

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

static bool has_zero(const struct tensor *a)
{
    for (int64_t i = 0; i < a->size; i++)
        if (scalar_to_double(tensor_item_at(a, i)) == 0)
            return true;
    return false;
}

/* The product of the elements before each along the last axis, 1 first. */
static struct tensor *products_before(struct vjp *vjp, struct tensor *a)
{
    int last = a->ndim - 1;
    struct tensor *all[2] = {
        derive_call(vjp, "ones_like",
                    NAMED({"a", arg_tensor(derive_slice(vjp, a, last, 0, 1))})),
        derive_slice(vjp, a, last, 0, a->shape[last] - 1)};
    return derive_call(
        vjp, "cumprod",
        NAMED({"a", arg_tensor(derive_concatenate(vjp, 2, all, last))},
              {"axis", arg_int(last)}));
}

static struct tensor *flipped(struct vjp *vjp, struct tensor *a, int axis)
{
    return derive_call(vjp, "flip",
                       NAMED({"m", arg_tensor(a)},
                             {"axis", arg_dims(1, (int64_t[]){axis})}));
}

/* Of each element the product of the others, without a division. */
static struct tensor *others_product(struct vjp *vjp, struct tensor *x)
{
    struct lines form;
    struct tensor *lines = lines_init(vjp, vjp->args, &form)
                               ? lines_of(vjp, &form, x)
                               : NULL;
    if (!lines)
        return NULL;
    int last = lines->ndim - 1;
    struct tensor *back = flipped(vjp, lines, last);
    struct tensor *after = back ? products_before(vjp, back) : NULL;
    struct tensor *both = times(vjp, products_before(vjp, lines),
                                after ? flipped(vjp, after, last) : NULL);
    return lines_back(vjp, &form, both);
}

/* g times the product of the others: y / x, unless there are zeros. */
struct tensor *prod_vjp(struct vjp *vjp)
{
    struct reduced reduced;
    const struct arg *where = derive_arg(vjp, "where");
    const struct arg *initial = derive_arg(vjp, "initial");
    if (!reduced_init(vjp, &reduced) || !vjp->x->size)
        return NULL;
    struct tensor *g = beside(vjp, &reduced, vjp->gradient);
    if (!has_zero(vjp->x)) {
        struct tensor *y = beside(vjp, &reduced, vjp->result);
        return spread(vjp, over(vjp, times(vjp, g, y), vjp->x));
    }
    struct tensor *x = where ? derive_where(vjp, where->tensor, vjp->x,
                                            derive_number(vjp, 1))
                             : vjp->x;
    if (initial)
        g = scaled(vjp, g, scalar_to_double(initial->scalar));
    return spread(vjp, times(vjp, g, others_product(vjp, x)));
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

/* Y beside the operand, with 1 in place of 0: of equal numbers the gradient of
   std is 0. */
static struct tensor *nonzero_root(struct vjp *vjp,
                                   const struct reduced *reduced)
{
    struct tensor *none = derive_2(vjp, "equal", vjp->result,
                                   derive_number(vjp, 0));
    return beside(vjp, reduced,
                  derive_where(vjp, none, derive_number(vjp, 1),
                               vjp->result));
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
        root ? over(vjp, from_mean, nonzero_root(vjp, &reduced))
             : scaled(vjp, from_mean, 2);
    return spread(vjp, times(vjp, g, over(vjp, slope, n)));
}

/* ---------------------------------------------------------------- cumulative */

/* The sums from each element to the end. */
static struct tensor *sums_to_end(struct vjp *vjp, struct tensor *a, int axis)
{
    struct tensor *sums =
        derive_call(vjp, "cumsum",
                    NAMED({"a", arg_tensor(flipped(vjp, a, axis))},
                          {"axis", arg_int(axis)}));
    return flipped(vjp, sums, axis);
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

/* One product after the other, whose derivative needs no division. */
static struct tensor *products_so_far(struct vjp *vjp, struct tensor *x,
                                      int axis)
{
    int64_t count = x->shape[axis];
    struct tensor **parts = xcalloc((size_t)count + 1, sizeof *parts);
    bool good = true;
    for (int64_t i = 0; good && i < count; i++) {
        parts[i] = derive_pick(vjp, x, axis, i);
        if (i)
            parts[i] = times(vjp, parts[i - 1], parts[i]);
        good = parts[i] != NULL;
    }
    struct tensor *result =
        good ? derive_stack(vjp, (int)count, parts, axis) : NULL;
    free(parts);
    return result;
}

static struct tensor *cumprod_formula(struct vjp *vjp, const struct arg *args)
{
    const struct arg *given = derive_arg(vjp, "axis");
    struct tensor *x = args[0].tensor;
    int axis = 0;
    if (given &&
        !tensor_normalize_axis(given->integer, x->ndim, &axis, vjp->err))
        return NULL;
    if (!given)
        x = derive_reshape(vjp, x, 1, &x->size);
    return x ? products_so_far(vjp, x, axis) : NULL;
}

/* The sum of g y from each element to its end, over the element. */
struct tensor *cumprod_vjp(struct vjp *vjp)
{
    if (!vjp->x->size)
        return NULL;
    if (has_zero(vjp->x))
        return vjp_through(vjp, cumprod_formula);
    struct tensor *sums =
        along(vjp, times(vjp, vjp->gradient, vjp->result), sums_to_end);
    return sums ? over(vjp, sums, vjp->x) : NULL;
}
