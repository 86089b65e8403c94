/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Products.  All but matmul are sums over pairs of axes, and the gradient of
 * one factor is such a sum of the gradient and the other factor.
 */
#include <string.h>

#include "ops/derive.h"
#include "ops/product.h"

/* ------------------------------------------------------------------ pairs */

/* A and B meet in COUNT pairs of axes; the result has what is left of A's,
   then what is left of B's. */
struct meeting {
    struct tensor *a, *b;
    int count;
    int64_t a_axes[TENSOR_MAX_DIMS], b_axes[TENSOR_MAX_DIMS];
};

static int place_among(int64_t axis, int count, const int64_t *axes)
{
    for (int i = 0; i < count; i++)
        if (axes[i] == axis)
            return i;
    return -1;
}

/* The axes of TENSOR that do not meet another. */
static int free_axes(const struct tensor *tensor, int count,
                     const int64_t *axes, int64_t *ret)
{
    int n = 0;
    for (int i = 0; i < tensor->ndim; i++)
        if (place_among(i, count, axes) < 0)
            ret[n++] = i;
    return n;
}

/*
 * The gradient for X, which met OTHER.  Summing OTHER's free axes away leaves
 * X's free axes (in order) and OTHER's axes that met, in OTHER's order; they
 * are brought to where X has them.  X_FIRST: X is the left factor, whose axes
 * stand first in the gradient.
 */
static struct tensor *factor_vjp(struct vjp *vjp, const struct tensor *x,
                                 struct tensor *other, int count,
                                 const int64_t *x_axes,
                                 const int64_t *other_axes, bool x_first)
{
    int64_t x_free[TENSOR_MAX_DIMS], other_free[TENSOR_MAX_DIMS] = {0};
    int64_t in_gradient[TENSOR_MAX_DIMS] = {0}, order[TENSOR_MAX_DIMS];
    int x_count = free_axes(x, count, x_axes, x_free);
    int other_count = free_axes(other, count, other_axes, other_free);
    for (int i = 0; i < other_count; i++)
        in_gradient[i] = x_first ? x_count + i : i;
    struct tensor *sum = derive_tensordot(vjp, vjp->gradient, other,
                                          other_count, in_gradient, other_free);
    for (int i = 0; i < x_count; i++)
        order[x_free[i]] = i;
    int next = x_count;
    for (int axis = 0; axis < other->ndim; axis++) {
        int place = place_among(axis, count, other_axes);
        if (place >= 0)
            order[x_axes[place]] = next++;
    }
    return sum ? derive_transpose(vjp, sum, order) : NULL;
}

static struct tensor *meeting_vjp(struct vjp *vjp, const struct meeting *m)
{
    return vjp->operand == 0
               ? factor_vjp(vjp, m->a, m->b, m->count, m->a_axes, m->b_axes,
                            true)
               : factor_vjp(vjp, m->b, m->a, m->count, m->b_axes, m->a_axes,
                            false);
}

static struct tensor *other_factor(const struct vjp *vjp)
{
    return vjp->args[1 - vjp->operand].tensor;
}

/* A number times an array. */
static struct tensor *number_vjp(struct vjp *vjp)
{
    return times(vjp, vjp->gradient, other_factor(vjp));
}

static bool has_number(const struct vjp *vjp)
{
    return !vjp->args[0].tensor->ndim || !vjp->args[1].tensor->ndim;
}

struct tensor *tensordot_vjp(struct vjp *vjp)
{
    struct meeting m = {.a = vjp->args[0].tensor, .b = vjp->args[1].tensor};
    if (!tensordot_axes(vjp->args, &m.count, m.a_axes, m.b_axes, vjp->err))
        return NULL;
    for (int i = 0; i < m.count; i++) {
        m.a_axes[i] += m.a_axes[i] < 0 ? m.a->ndim : 0;
        m.b_axes[i] += m.b_axes[i] < 0 ? m.b->ndim : 0;
    }
    return meeting_vjp(vjp, &m);
}

struct tensor *inner_vjp(struct vjp *vjp)
{
    struct meeting m = {.a = vjp->args[0].tensor,
                        .b = vjp->args[1].tensor,
                        .count = 1};
    if (has_number(vjp))
        return number_vjp(vjp);
    m.a_axes[0] = m.a->ndim - 1;
    m.b_axes[0] = m.b->ndim - 1;
    return meeting_vjp(vjp, &m);
}

/* --------------------------------------------------------- dot and matmul */

/* With vectors as matrices of one row (left) or one column (right):
   dA = G B^T and dB = A^T G, the broadcast axes summed. */
struct tensor *matmul_vjp(struct vjp *vjp)
{
    struct tensor *a = vjp->args[0].tensor, *b = vjp->args[1].tensor;
    struct tensor *g = vjp->gradient;
    bool row = a->ndim == 1, column = b->ndim == 1;
    if (row && column)
        return number_vjp(vjp);
    if (column)
        g = derive_new_axis(vjp, g, g->ndim);
    if (row && g)
        g = derive_new_axis(vjp, g, g->ndim - 1);
    if (row)
        a = derive_reshape(vjp, a, 2, (int64_t[]){1, a->shape[0]});
    if (column)
        b = derive_reshape(vjp, b, 2, (int64_t[]){b->shape[0], 1});
    struct tensor *both =
        vjp->operand == 0 ? matmul(vjp, g, derive_swapped(vjp, b))
                          : matmul(vjp, derive_swapped(vjp, a), g);
    if (!both || !(vjp->operand == 0 ? row : column))
        return both;
    /* the axis that was put in leads the rest to the wrong place: drop it */
    struct tensor *whole = vjp->operand == 0 ? a : b;
    struct tensor *sum = vjp_sum_to(vjp, both, 2, whole->shape);
    return sum ? derive_reshape(vjp, sum, 1, vjp->x->shape) : NULL;
}

struct tensor *dot_vjp(struct vjp *vjp)
{
    struct meeting m = {.a = vjp->args[0].tensor,
                        .b = vjp->args[1].tensor,
                        .count = 1};
    if (has_number(vjp))
        return number_vjp(vjp);
    if (m.a->ndim <= 2 && m.b->ndim <= 2)
        return matmul_vjp(vjp);
    m.a_axes[0] = m.a->ndim - 1;
    m.b_axes[0] = m.b->ndim > 1 ? m.b->ndim - 2 : 0;
    return meeting_vjp(vjp, &m);
}

/* ------------------------------------------------ vdot, outer: as vectors */

struct tensor *vdot_vjp(struct vjp *vjp)
{
    struct tensor *o = other_factor(vjp);
    return times(vjp, vjp->gradient,
                 derive_reshape(vjp, o, vjp->x->ndim, vjp->x->shape));
}

struct tensor *outer_vjp(struct vjp *vjp)
{
    struct tensor *o = other_factor(vjp);
    struct tensor *flat = derive_reshape(vjp, o, 1, &o->size);
    struct tensor *line =
        vjp->operand == 0 ? matmul(vjp, vjp->gradient, flat)
                          : matmul(vjp, flat, vjp->gradient);
    return line ? derive_reshape(vjp, line, vjp->x->ndim, vjp->x->shape)
                : NULL;
}
