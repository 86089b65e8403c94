/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tensor/calculus.h"
#include "tensor/steps.h"

/* ------------------------------------------------------------------ diff */

/* An end to be joined: a number becomes one slice of A's. */
static struct tensor *as_end(struct steps *s, struct tensor *end,
                             const struct tensor *a, int axis)
{
    int64_t shape[TENSOR_MAX_DIMS];

    if (!end || end->ndim)
        return end;
    memcpy(shape, a->shape, (size_t)a->ndim * sizeof *shape);
    shape[axis] = 1;
    return step(s, tensor_broadcast_to(end, a->ndim, shape, s->err));
}

static struct tensor *with_ends(struct steps *s, struct tensor *a, int axis,
                                struct tensor *prepend, struct tensor *append)
{
    struct tensor *parts[3];
    int count = 0;

    if (!prepend && !append)
        return a;
    if (prepend && !(parts[count++] = as_end(s, prepend, a, axis)))
        return NULL;
    parts[count++] = a;
    if (append && !(parts[count++] = as_end(s, append, a, axis)))
        return NULL;
    return step_join(s, count, parts, axis);
}

/* A[1:] and A[:-1] along AXIS. */
static void neighbours(struct steps *s, struct tensor *a, int axis,
                       struct tensor *ret[2])
{
    int64_t count = a->shape[axis] > 0 ? a->shape[axis] - 1 : 0;

    ret[0] = step_slice(s, a, axis, count ? 1 : 0, count);
    ret[1] = step_slice(s, a, axis, 0, count);
}

struct tensor *tensor_diff(struct tensor *a, int64_t n, int64_t axis,
                           struct tensor *prepend, struct tensor *append,
                           struct error *err)
{
    struct steps s = {.err = err};
    struct tensor *pair[2];
    int along;

    if (n == 0)
        return tensor_ref(a);
    if (n < 0)
        return error_null(err, ERROR_VALUE,
                          "order must be non-negative but got %lld",
                          (long long)n);
    if (a->ndim == 0)
        return error_null(
            err, ERROR_VALUE,
            "diff requires input that is at least one dimensional");
    if (!tensor_normalize_axis(axis, a->ndim, &along, err))
        return NULL;
    a = with_ends(&s, a, along, prepend, append);
    const char *ufunc = a && a->dtype == DTYPE_BOOL ? "not_equal" : "subtract";
    if (a && n > a->shape[along]) /* nothing is left, however often */
        n = a->shape[along] + 1;
    for (; a && n > 0; n--) {
        neighbours(&s, a, along, pair);
        a = step_binary(&s, ufunc, pair[0], pair[1]);
    }
    return steps_end(&s, a);
}

/* -------------------------------------------------------------- gradient */

/* Weights of three neighbours. */
struct weights {
    struct tensor *of[3];
};

/* WEIGHTS . (f[first], f[first + 1], f[first + 2]), COUNT of them. */
static struct tensor *weigh(struct steps *s, struct tensor *f, int axis,
                            int64_t first, int64_t count,
                            const struct weights *w)
{
    struct tensor *sum = NULL;

    for (int i = 0; i < 3; i++) {
        struct tensor *part = step_slice(s, f, axis, first + i, count);
        struct tensor *term = step_binary(s, "multiply", w->of[i], part);
        sum = i ? step_binary(s, "add", sum, term) : term;
    }
    return sum;
}

/* Distances DX (a vector, one less than F's length) along AXIS of f. */
static struct tensor *along_axis(struct steps *s, struct tensor *dx,
                                 const struct tensor *f, int axis)
{
    int64_t shape[TENSOR_MAX_DIMS];

    if (!dx)
        return NULL;
    for (int i = 0; i < f->ndim; i++)
        shape[i] = i == axis ? -1 : 1;
    return step(s, tensor_reshape(dx, f->ndim, shape, 'C', s->err));
}

/* -b/(a(a+b)), (b-a)/(ab), a/(b(a+b)) for distances A before and B behind */
static struct weights uneven_inside(struct steps *s, struct tensor *a,
                                    struct tensor *b)
{
    struct tensor *sum = step_binary(s, "add", a, b);
    struct weights w = {
        {step_binary(s, "divide", step_unary(s, "negative", b),
                     step_binary(s, "multiply", a, sum)),
         step_binary(s, "divide", step_binary(s, "subtract", b, a),
                     step_binary(s, "multiply", a, b)),
         step_binary(s, "divide", a, step_binary(s, "multiply", b, sum))}};
    return w;
}

/* The parabola through three points: its slope at the first (or, LAST, at the
   last), for distances A and B. */
static struct weights uneven_edge(struct steps *s, double a, double b,
                                  bool last)
{
    double sum = a + b;

    if (last)
        return (struct weights){{step_number(s, b / (a * sum)),
                                 step_number(s, -sum / (a * b)),
                                 step_number(s, (2 * b + a) / (b * sum))}};
    return (struct weights){{step_number(s, -(2 * a + b) / (a * sum)),
                             step_number(s, sum / (a * b)),
                             step_number(s, -a / (b * sum))}};
}

static struct weights even_edge(struct steps *s, double dx, bool last)
{
    if (last)
        return (struct weights){{step_number(s, 0.5 / dx),
                                 step_number(s, -2 / dx),
                                 step_number(s, 1.5 / dx)}};
    return (struct weights){{step_number(s, -1.5 / dx), step_number(s, 2 / dx),
                             step_number(s, -0.5 / dx)}};
}

/* Distances along one axis: all the same, or a vector. */
struct spacing {
    double even;
    struct tensor *uneven; /* NULL: even */
};

static bool is_even(const struct tensor *dx)
{
    double first = dx->size ? scalar_to_double(tensor_item_at(dx, 0)) : 1;

    for (int64_t i = 1; i < dx->size; i++)
        if (scalar_to_double(tensor_item_at(dx, i)) != first)
            return false;
    return true;
}

static bool spacing_init(struct steps *s, struct tensor *given,
                         const struct tensor *f, int axis, struct spacing *ret)
{
    *ret = (struct spacing){.even = 1};
    if (!given)
        return true;
    if (given->ndim == 0) {
        ret->even = scalar_to_double(tensor_item(given));
        return true;
    }
    if (given->ndim != 1)
        return error_set(s->err, ERROR_VALUE,
                         "distances must be either scalars or 1d");
    if (given->size != f->shape[axis])
        return error_set(s->err, ERROR_VALUE,
                         "when 1d, distances must match the length of the "
                         "corresponding dimension");
    struct tensor *dx = step(
        s, tensor_diff(step_as_float(s, given), 1, -1, NULL, NULL, s->err));
    if (!dx)
        return false;
    if (is_even(dx))
        ret->even = dx->size ? scalar_to_double(tensor_item_at(dx, 0)) : 1;
    else
        ret->uneven = dx;
    return true;
}

static double distance(const struct spacing *spacing, int64_t i)
{
    return spacing->uneven ? scalar_to_double(tensor_item_at(spacing->uneven, i))
                           : spacing->even;
}

static struct tensor *gradient_inside(struct steps *s, struct tensor *f,
                                      int axis, const struct spacing *spacing)
{
    int64_t count = f->shape[axis] - 2;

    if (!spacing->uneven) {
        struct tensor *rise =
            step_binary(s, "subtract", step_slice(s, f, axis, 2, count),
                        step_slice(s, f, axis, 0, count));
        return step_with(s, "divide", rise, 2 * spacing->even);
    }
    struct tensor *before = step_slice(s, spacing->uneven, 0, 0, count);
    struct tensor *behind = step_slice(s, spacing->uneven, 0, 1, count);
    struct weights w =
        uneven_inside(s, along_axis(s, before, f, axis),
                      along_axis(s, behind, f, axis));
    return weigh(s, f, axis, 0, count, &w);
}

static struct tensor *gradient_edge(struct steps *s, struct tensor *f,
                                    int axis, const struct spacing *spacing,
                                    int order, bool last)
{
    int64_t n = f->shape[axis];
    int64_t first = last ? n - 1 - order : 0;

    if (order == 1) {
        struct tensor *rise =
            step_binary(s, "subtract", step_slice(s, f, axis, first + 1, 1),
                        step_slice(s, f, axis, first, 1));
        return step_with(s, "divide", rise, distance(spacing, first));
    }
    struct weights w =
        spacing->uneven ? uneven_edge(s, distance(spacing, first),
                                      distance(spacing, first + 1), last)
                        : even_edge(s, spacing->even, last);
    return weigh(s, f, axis, first, 1, &w);
}

struct tensor *tensor_gradient(struct tensor *f, int axis,
                               struct tensor *given, int edge_order,
                               struct error *err)
{
    struct steps s = {.err = err};
    struct spacing spacing;

    if (f->shape[axis] < edge_order + 1)
        return error_null(err, ERROR_VALUE,
                          "Shape of array too small to calculate a numerical "
                          "gradient, at least (edge_order + 1) elements are "
                          "required.");
    f = step_as_float(&s, f);
    if (!f || !spacing_init(&s, given, f, axis, &spacing))
        return steps_end(&s, NULL);
    struct tensor *result = step(&s, tensor_new_like(f, f->dtype, err));
    struct tensor *parts[3] = {
        gradient_edge(&s, f, axis, &spacing, edge_order, false),
        f->shape[axis] > 2 ? gradient_inside(&s, f, axis, &spacing) : NULL,
        gradient_edge(&s, f, axis, &spacing, edge_order, true)};
    int64_t n = f->shape[axis], firsts[3] = {0, 1, n - 1};
    for (int i = 0; result && i < 3; i++) {
        if (i == 1 && n <= 2)
            continue;
        struct tensor *place =
            step_slice(&s, result, axis, firsts[i], i == 1 ? n - 2 : 1);
        if (!parts[i] || !tensor_assign(place, parts[i], err))
            result = NULL;
    }
    return steps_end(&s, result);
}

/* ----------------------------------------------------------------- trapz */

struct tensor *tensor_trapz(struct tensor *y, struct tensor *x, double dx,
                            int64_t axis, struct error *err)
{
    struct steps s = {.err = err};
    struct tensor *pair[2], *distances;
    int along;

    if (x && (!x->ndim || !y->ndim))
        return error_null(
            err, ERROR_VALUE,
            "diff requires input that is at least one dimensional");
    if (!tensor_normalize_axis(axis, y->ndim, &along, err))
        return NULL;
    if (!x)
        distances = step_number(&s, dx);
    else if (x->ndim == 1)
        distances = along_axis(
            &s, step(&s, tensor_diff(x, 1, -1, NULL, NULL, err)), y, along);
    else
        distances = step(&s, tensor_diff(x, 1, axis, NULL, NULL, err));
    neighbours(&s, y, along, pair);
    struct tensor *areas = step_binary(
        &s, "multiply", distances, step_binary(&s, "add", pair[0], pair[1]));
    if (areas && areas->ndim > y->ndim && axis < 0)
        along += areas->ndim - y->ndim; /* counted from the end */
    return steps_end(&s, step_sum(&s, step_with(&s, "divide", areas, 2), along));
}
