/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Differences, slopes, integrals, interpolation, convolution. */
#include <math.h>
#include <string.h>

#include "ops/derive.h"
#include "tensor/sort.h"

static bool normal_axis(struct vjp *v, const struct tensor *a, int64_t given,
                        int *ret)
{
    return tensor_normalize_axis(given, a->ndim, ret, v->err);
}

/* The neighbours' differences along AXIS. */
static struct tensor *differences(struct vjp *v, struct tensor *a, int axis)
{
    if (!a)
        return NULL;
    int64_t count = a->shape[axis];
    return minus(v, derive_slice(v, a, axis, 1, count),
                 derive_slice(v, a, axis, 0, count ? count - 1 : 0));
}

/* -------------------------------------------------------------------- diff */

/* What stands before or behind: a number is repeated. */
static struct tensor *border(struct vjp *v, const struct tensor *a,
                             struct tensor *b, int axis)
{
    int64_t shape[TENSOR_MAX_DIMS];
    if (b->ndim)
        return b;
    memcpy(shape, a->shape, (size_t)a->ndim * sizeof *shape);
    shape[axis] = 1;
    return vjp_broadcast_to(v, b, a->ndim, shape);
}

static struct tensor *diff_formula(struct vjp *v, const struct arg *args)
{
    struct tensor *a = args[0].tensor, *parts[3];
    int axis, count = 0;
    if (!normal_axis(v, a, args[2].integer, &axis))
        return NULL;
    if (args[1].integer == 0)
        return a;
    if (args[3].given)
        parts[count++] = border(v, a, args[3].tensor, axis);
    parts[count++] = a;
    if (args[4].given)
        parts[count++] = border(v, a, args[4].tensor, axis);
    a = count > 1 ? derive_concatenate(v, count, parts, axis) : a;
    for (int64_t n = 0; n < args[1].integer; n++)
        a = differences(v, a, axis);
    return a;
}

struct tensor *diff_vjp(struct vjp *v)
{
    return vjp_through(v, diff_formula);
}

/* ediff1d(ary, to_end, to_begin): in a row. */
static struct tensor *ediff1d_formula(struct vjp *v, const struct arg *args)
{
    struct tensor *parts[3];
    int count = 0;
    for (int i = 2; i >= 0; i--) { /* to_begin, the array, to_end */
        const struct arg *arg = i == 1 ? &args[0] : i == 2 ? &args[2] : &args[1];
        if (!arg->given)
            continue;
        struct tensor *flat =
            derive_reshape(v, arg->tensor, 1, &arg->tensor->size);
        parts[count++] = i == 1 ? differences(v, flat, 0) : flat;
    }
    return derive_concatenate(v, count, parts, 0);
}

struct tensor *ediff1d_vjp(struct vjp *v)
{
    return vjp_through(v, ediff1d_formula);
}

/* ---------------------------------------------------------------- gradient */

/* The steps between the coordinates, shaped to stand beside f; NULL without an
   error: all are STEP. */
struct spacing {
    struct tensor *steps; /* along the axis, one less than there are places */
    struct tensor *step;
};

static struct spacing spacing_of(struct vjp *v, const struct tensor *f,
                                 int axis, struct tensor *given)
{
    struct spacing spacing = {NULL, NULL};
    int64_t shape[TENSOR_MAX_DIMS];
    if (!given)
        spacing.step = derive_number(v, 1);
    else if (!given->ndim)
        spacing.step = given;
    if (spacing.step)
        return spacing;
    for (int i = 0; i < f->ndim; i++)
        shape[i] = 1;
    shape[axis] = given->size - 1;
    spacing.steps =
        derive_reshape(v, differences(v, given, 0), f->ndim, shape);
    return spacing;
}

static struct tensor *step_at(struct vjp *v, const struct spacing *spacing,
                              int axis, int64_t first, int64_t stop)
{
    return spacing->steps
               ? derive_slice(v, spacing->steps, axis, first, stop)
               : spacing->step;
}

/* (h1^2 d2 + h2^2 d1) / (h1 h2 (h1 + h2)) with the differences d before and
   behind; with equal steps the central difference. */
static struct tensor *inner_slopes(struct vjp *v, const struct spacing *s,
                                   struct tensor *d, int axis)
{
    int64_t n = d->shape[axis];
    struct tensor *h1 = step_at(v, s, axis, 0, n - 1);
    struct tensor *h2 = step_at(v, s, axis, 1, n);
    struct tensor *before = over(v, derive_slice(v, d, axis, 0, n - 1), h1);
    struct tensor *behind = over(v, derive_slice(v, d, axis, 1, n), h2);
    return over(v, plus(v, times(v, behind, h1), times(v, before, h2)),
                plus(v, h1, h2));
}

/* At the borders the slope of the line, or (edge_order=2) of the parabola
   through three points: s1 + (s1 - s2) h1 / (h1 + h2). */
static struct tensor *edge_slope(struct vjp *v, const struct spacing *s,
                                 struct tensor *d, int axis, bool end,
                                 bool parabola)
{
    int64_t n = d->shape[axis], here = end ? n - 1 : 0, next = end ? n - 2 : 1;
    struct tensor *h1 = step_at(v, s, axis, here, here + 1);
    struct tensor *s1 =
        over(v, derive_slice(v, d, axis, here, here + 1), h1);
    if (!parabola)
        return s1;
    struct tensor *h2 = step_at(v, s, axis, next, next + 1);
    struct tensor *s2 =
        over(v, derive_slice(v, d, axis, next, next + 1), h2);
    struct tensor *bend =
        over(v, times(v, minus(v, s1, s2), h1), plus(v, h1, h2));
    return plus(v, s1, bend);
}

static struct tensor *gradient_formula(struct vjp *v, const struct arg *args)
{
    struct tensor *f = args[0].tensor;
    int axis, spacings = args[1].given ? args[1].tensors.count : 0;
    int64_t given = args[2].given ? args[2].dims.values[v->output] : v->output;
    bool parabola = args[3].integer == 2;
    if (!normal_axis(v, f, given, &axis))
        return NULL;
    bool shared = spacings == 1 && !args[1].tensors.items[0]->ndim;
    struct tensor *own =
        spacings ? args[1].tensors.items[shared ? 0 : v->output] : NULL;
    struct spacing s = spacing_of(v, f, axis, own);
    struct tensor *d = differences(v, f, axis);
    if (!d || (!s.step && !s.steps))
        return NULL;
    struct tensor *parts[3] = {edge_slope(v, &s, d, axis, false, parabola),
                               NULL,
                               edge_slope(v, &s, d, axis, true, parabola)};
    if (d->shape[axis] == 1) {
        parts[1] = parts[2];
        return derive_concatenate(v, 2, parts, axis);
    }
    parts[1] = inner_slopes(v, &s, d, axis);
    return derive_concatenate(v, 3, parts, axis);
}

struct tensor *gradient_vjp(struct vjp *v)
{
    return vjp_through(v, gradient_formula);
}

/* ------------------------------------------------------- trapz and interp */

static struct tensor *trapz_formula(struct vjp *v, const struct arg *args)
{
    struct tensor *y = args[0].tensor, *d;
    int axis;
    if (!normal_axis(v, y, args[3].integer, &axis))
        return NULL;
    int64_t n = y->shape[axis], shape[TENSOR_MAX_DIMS], along = axis;
    if (!args[1].given) {
        d = derive_number(v, args[2].number);
    } else if (args[1].tensor->ndim == 1) {
        for (int i = 0; i < y->ndim; i++)
            shape[i] = 1;
        shape[axis] = n - 1;
        d = differences(v, args[1].tensor, 0);
        d = d ? derive_reshape(v, d, y->ndim, shape) : NULL;
    } else {
        d = differences(v, args[1].tensor, axis);
    }
    struct tensor *both = plus(v, derive_slice(v, y, axis, 1, n),
                               derive_slice(v, y, axis, 0, n - 1));
    struct tensor *areas = times(v, scaled(v, both, 0.5), d);
    return areas ? derive_sum(v, areas, 1, &along, false) : NULL;
}

struct tensor *trapz_vjp(struct vjp *v)
{
    return vjp_through(v, trapz_formula);
}

static struct tensor *taken(struct vjp *v, struct tensor *a,
                            struct tensor *positions)
{
    return derive_call(v, "take",
                       NAMED({"a", arg_tensor(a)},
                             {"indices", arg_tensor(positions)}));
}

/* The interval of each x: from point low to the next. */
static bool intervals(struct vjp *v, const struct tensor *x,
                      const struct tensor *xp, struct tensor **low,
                      struct tensor **high)
{
    *low = vjp_keep(v, tensor_new_like(x, DTYPE_INT64, v->err));
    *high = vjp_keep(v, tensor_new_like(x, DTYPE_INT64, v->err));
    if (!*low || !*high)
        return false;
    for (int64_t i = 0; i < x->size; i++) {
        double value = scalar_to_double(tensor_item_at(x, i));
        int64_t first = 0, last = xp->size - 1;
        while (last - first > 1) {
            int64_t middle = first + (last - first) / 2;
            if (value < scalar_to_double(tensor_item_at(xp, middle)))
                last = middle;
            else
                first = middle;
        }
        ((int64_t *)(void *)(*low)->data)[i] = first;
        ((int64_t *)(void *)(*high)->data)[i] = last;
    }
    return true;
}

/* Beyond the points: the nearest one's value, or what the argument says. */
static struct tensor *beyond(struct vjp *v, const struct arg *side,
                             struct tensor *fp, int64_t place)
{
    return side->given ? derive_number(v, side->number)
                       : derive_pick(v, fp, 0, place);
}

static struct tensor *interp_formula(struct vjp *v, const struct arg *args)
{
    struct tensor *x = args[0].tensor, *xp = args[1].tensor;
    struct tensor *fp = args[2].tensor, *low, *high;
    int64_t last = xp->size - 1;
    if (!intervals(v, x, xp, &low, &high))
        return NULL;
    struct tensor *from = taken(v, xp, low), *value = taken(v, fp, low);
    struct tensor *inside = value;
    if (last > 0) {
        struct tensor *slope = over(v, minus(v, taken(v, fp, high), value),
                                    minus(v, taken(v, xp, high), from));
        inside = plus(v, value, times(v, slope, minus(v, x, from)));
    }
    struct tensor *below = derive_2(v, "less", x, derive_pick(v, xp, 0, 0));
    struct tensor *above =
        derive_2(v, "greater", x, derive_pick(v, xp, 0, last));
    struct tensor *bounded =
        derive_where(v, below, beyond(v, &args[3], fp, 0), inside);
    return derive_where(v, above, beyond(v, &args[4], fp, last), bounded);
}

/* POINTS in ORDER, the last one once more in front, less SHIFT, and the first
   one behind, plus SHIFT. */
static struct tensor *wrapped(struct vjp *v, struct tensor *points,
                              struct tensor *order, double shift)
{
    struct tensor *sorted = taken(v, points, order);
    if (!sorted)
        return NULL;
    struct tensor *moved = derive_number(v, shift);
    struct tensor *parts[3] = {
        minus(v, derive_slice(v, sorted, 0, sorted->size - 1, sorted->size),
              moved),
        sorted, plus(v, derive_slice(v, sorted, 0, 0, 1), moved)};
    return derive_concatenate(v, 3, parts, 0);
}

/* As np.interp explains its period: everything modulo it, the points
   continued on both sides. */
static struct tensor *periodic_formula(struct vjp *v, const struct arg *args)
{
    double period = fabs(args[5].number);
    struct tensor *length = derive_number(v, period);
    struct tensor *x = derive_2(v, "remainder", args[0].tensor, length);
    struct tensor *xp = derive_2(v, "remainder", args[1].tensor, length);
    struct tensor *order =
        xp ? vjp_keep(v, tensor_sort(xp, 0, true, v->err)) : NULL;
    if (!order)
        return NULL;
    return derive_call(
        v, "interp",
        NAMED({"x", arg_tensor(x)},
              {"xp", arg_tensor(wrapped(v, xp, order, period))},
              {"fp", arg_tensor(wrapped(v, args[2].tensor, order, 0))}));
}

struct tensor *interp_vjp(struct vjp *v)
{
    return vjp_through(v, derive_arg(v, "period") ? periodic_formula
                                                  : interp_formula);
}

/* ---------------------------------------------------------- convolution */

/* G of a mode that left borders out, in the place it has in mode='full';
   where that is, the operation says of 1, 2, 3… convolved with 1, 0, 0…. */
static struct tensor *in_full(struct vjp *v, struct tensor *g, int64_t na,
                              int64_t nv, bool correlate)
{
    const struct arg *mode = derive_arg(v, "mode");
    const char *fallback = correlate ? "valid" : "full";
    const char *name = mode && *mode->string ? mode->string : fallback;
    int64_t full = na + nv - 1, less = na < nv ? na : nv, before = 0;
    if (!strcmp(name, "valid") || !strcmp(name, "0"))
        before = less - 1;
    else if (!strcmp(name, "same"))
        before = correlate && nv > na ? less / 2 : (less - 1) / 2;
    int64_t pads[2] = {before, full - before - g->size};
    struct tensor *width = vjp_keep(
        v, tensor_new(DTYPE_INT64, 1, (int64_t[]){2}, v->err));
    if (!width)
        return NULL;
    memcpy(width->data, pads, sizeof pads);
    return derive_call(v, "pad",
                       NAMED({"array", arg_tensor(g)},
                             {"pad_width", arg_tensor(width)}));
}

static struct tensor *reversed(struct vjp *v, struct tensor *a)
{
    return derive_1(v, "flip", a);
}

/* full[k] = sum of a[i] b[k - i]: the gradient of a is full's correlated with
   b.  correlate(a, v) is the convolution of a with v reversed. */
static struct tensor *convolution_vjp(struct vjp *v, bool correlate)
{
    struct tensor *a = v->args[0].tensor, *b = v->args[1].tensor;
    struct tensor *g = in_full(v, v->gradient, a->size, b->size, correlate);
    struct tensor *other = v->operand == 0 ? b : a;
    if (correlate && v->operand == 0)
        other = reversed(v, b);
    struct tensor *sum =
        g ? derive_call(v, "convolve",
                        NAMED({"a", arg_tensor(g)},
                              {"v", arg_tensor(reversed(v, other))},
                              {"mode", arg_string("valid")}))
          : NULL;
    if (correlate && v->operand == 1)
        sum = reversed(v, sum);
    return sum ? derive_reshape(v, sum, v->x->ndim, v->x->shape) : NULL;
}

struct tensor *convolve_vjp(struct vjp *v)
{
    return convolution_vjp(v, false);
}

struct tensor *correlate_vjp(struct vjp *v)
{
    return convolution_vjp(v, true);
}
