/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Products that say which axes meet: inner, outer, tensordot, kron, cross.
 * The sums are matrix products of what the axes are moved and merged into.
 */
#include <string.h>

#include "tensor/elementwise.h"
#include "tensor/product.h"
#include "tensor/steps.h"

struct tensor *tensor_inner(struct tensor *a, struct tensor *b,
                            struct error *err)
{
    struct steps s = {.err = err};

    /* dot sums over the second to last axis of b */
    if (a->ndim > 0 && b->ndim > 1)
        b = step_swapped(&s, b);
    return steps_end(&s, b ? step(&s, tensor_dot(a, b, err)) : NULL);
}

struct tensor *tensor_vdot(struct tensor *a, struct tensor *b,
                           struct error *err)
{
    struct steps s = {.err = err};
    struct tensor *left = step_flat(&s, a), *right = step_flat(&s, b);

    if (left && right && left->size != right->size) {
        error_set(err, ERROR_VALUE,
                  "cannot reshape array of size %lld into shape (%lld,)",
                  (long long)right->size, (long long)left->size);
        return steps_end(&s, NULL);
    }

    return steps_end(&s, left && right ? step(&s, tensor_dot(left, right, err))
                                       : NULL);
}

struct tensor *tensor_outer(struct tensor *a, struct tensor *b,
                            struct error *err)
{
    struct steps s = {.err = err};
    struct tensor *column = step_column(&s, step_flat(&s, a));

    return steps_end(&s, step_binary(&s, "multiply", column, step_flat(&s, b)));
}

/* ------------------------------------------------------------- tensordot */

/* T with its summed axes first or last, all of them as one, and all others
   as one: a matrix.  The others' lengths are added to SHAPE. */
static struct tensor *as_matrix(struct steps *s, struct tensor *t, int count,
                                const int *summed, bool summed_first, int *ndim,
                                int64_t *shape)
{
    int64_t axes[TENSOR_MAX_DIMS], sides[2] = {1, 1};
    bool taken[TENSOR_MAX_DIMS] = {false};
    int n = 0;

    for (int i = 0; i < count; i++) {
        taken[summed[i]] = true;
        sides[!summed_first] *= t->shape[summed[i]];
        if (summed_first)
            axes[n++] = summed[i];
    }
    for (int i = 0; i < t->ndim; i++) {
        if (taken[i])
            continue;
        axes[n++] = i;
        sides[summed_first] *= t->shape[i];
        shape[(*ndim)++] = t->shape[i];
    }
    for (int i = 0; !summed_first && i < count; i++)
        axes[n++] = summed[i];
    struct tensor *moved = step(s, tensor_transpose(t, axes, s->err));
    return moved ? step(s, tensor_reshape(moved, 2, sides, 'C', s->err)) : NULL;
}

static bool check_sums(const struct tensor *a, const struct tensor *b,
                       int count, const int64_t *a_axes, const int64_t *b_axes,
                       int *a_summed, int *b_summed, struct error *err)
{
    for (int i = 0; i < count; i++) {
        if (!tensor_normalize_axis(a_axes[i], a->ndim, &a_summed[i], err) ||
            !tensor_normalize_axis(b_axes[i], b->ndim, &b_summed[i], err))
            return false;
        if (a->shape[a_summed[i]] != b->shape[b_summed[i]])
            return error_set(err, ERROR_VALUE, "shape-mismatch for sum");
        for (int j = 0; j < i; j++)
            if (a_summed[i] == a_summed[j] || b_summed[i] == b_summed[j])
                return error_set(err, ERROR_VALUE,
                                 "repeated axis in transpose");
    }
    return true;
}

struct tensor *tensor_tensordot(struct tensor *a, struct tensor *b, int count,
                                const int64_t *a_axes, const int64_t *b_axes,
                                struct error *err)
{
    int a_summed[TENSOR_MAX_DIMS], b_summed[TENSOR_MAX_DIMS];
    int64_t shape[2 * TENSOR_MAX_DIMS];
    struct steps s = {.err = err};
    int ndim = 0;

    if (count > a->ndim || count > b->ndim)
        return error_null(err, ERROR_VALUE, "shape-mismatch for sum");
    if (!check_sums(a, b, count, a_axes, b_axes, a_summed, b_summed, err))
        return NULL;
    struct tensor *left =
        as_matrix(&s, a, count, a_summed, false, &ndim, shape);
    struct tensor *right =
        as_matrix(&s, b, count, b_summed, true, &ndim, shape);
    struct tensor *product =
        left && right ? step(&s, tensor_dot(left, right, err)) : NULL;
    return steps_end(
        &s, product ? step(&s, tensor_reshape(product, ndim, shape, 'C', err))
                    : NULL);
}

/* ------------------------------------------------------------------ kron */

/* T with NDIM axes, and an axis of length 1 before (SECOND) or behind each. */
static struct tensor *spread_axes(struct steps *s, struct tensor *t, int ndim,
                                  bool second)
{
    int64_t shape[2 * TENSOR_MAX_DIMS];

    for (int i = 0; i < ndim; i++) {
        int own = i - (ndim - t->ndim);
        shape[2 * i + second] = own < 0 ? 1 : t->shape[own];
        shape[2 * i + !second] = 1;
    }
    return step(s, tensor_reshape(t, 2 * ndim, shape, 'C', s->err));
}

struct tensor *tensor_kron(struct tensor *a, struct tensor *b,
                           struct error *err)
{
    int ndim = a->ndim > b->ndim ? a->ndim : b->ndim;
    int64_t shape[TENSOR_MAX_DIMS];
    struct steps s = {.err = err};

    if (!a->ndim || !b->ndim)
        return steps_end(&s, step_binary(&s, "multiply", a, b));
    if (2 * ndim > TENSOR_MAX_DIMS)
        return error_null(err, ERROR_VALUE,
                          "kron() takes arrays of at most %d dimensions",
                          TENSOR_MAX_DIMS / 2);
    struct tensor *left = spread_axes(&s, a, ndim, false);
    struct tensor *right = left ? spread_axes(&s, b, ndim, true) : NULL;
    struct tensor *product = step_binary(&s, "multiply", left, right);
    for (int i = 0; product && i < ndim; i++)
        shape[i] = product->shape[2 * i] * product->shape[2 * i + 1];
    return steps_end(
        &s, product ? step(&s, tensor_reshape(product, ndim, shape, 'C', err))
                    : NULL);
}

/* ----------------------------------------------------------------- cross */

/* T with AXIS as its last one. */
/* NAME stands before what is wrong with the axis. */
static bool named_axis(const char *name, int64_t given, int ndim, int *ret,
                       struct error *err)
{
    if (tensor_normalize_axis(given, ndim, ret, err))
        return true;
    return error_set(err, ERROR_AXIS,
                     "%s: axis %lld is out of bounds for array of dimension "
                     "%d",
                     name, (long long)given, ndim);
}

static struct tensor *axis_last(struct steps *s, struct tensor *t,
                                const char *name, int64_t given)
{
    int64_t axes[TENSOR_MAX_DIMS];
    int axis, n = 0;

    if (!named_axis(name, given, t->ndim, &axis, s->err))
        return NULL;
    for (int i = 0; i < t->ndim; i++)
        if (i != axis)
            axes[n++] = i;
    axes[n] = axis;
    return step(s, tensor_transpose(t, axes, s->err));
}

/* The product of component I of A and J of B; a component that a plane
   vector lacks is 0: NULL. */
static struct tensor *component(struct steps *s, struct tensor *a, int i,
                                struct tensor *b, int j)
{
    if (i >= a->shape[a->ndim - 1] || j >= b->shape[b->ndim - 1])
        return NULL;
    return step_binary(s, "multiply", step_item(s, a, -1, i),
                       step_item(s, b, -1, j));
}

/* a_i b_j - a_j b_i */
static struct tensor *cross_component(struct steps *s, struct tensor *a,
                                      struct tensor *b, int i, int j)
{
    struct tensor *plus = component(s, a, i, b, j);
    struct tensor *minus = component(s, a, j, b, i);

    if (plus && minus)
        return step_binary(s, "subtract", plus, minus);
    return plus ? plus : step_unary(s, "negative", minus);
}

/* The three components as the last axis. */
static struct tensor *join_components(struct steps *s,
                                      struct tensor *const *parts)
{
    int64_t shape[TENSOR_MAX_DIMS + 1];

    for (int i = 0; i < 3; i++)
        if (!parts[i])
            return NULL;
    memcpy(shape, parts[0]->shape, (size_t)parts[0]->ndim * sizeof *shape);
    shape[parts[0]->ndim] = 3;
    struct tensor *result =
        step(s, tensor_new(parts[0]->dtype, parts[0]->ndim + 1, shape, s->err));
    for (int i = 0; result && i < 3; i++)
        if (!tensor_assign(step_item(s, result, -1, i), parts[i], s->err))
            return NULL;
    return result;
}

/* The last axis of T moved to AXIS. */
static struct tensor *axis_from_last(struct steps *s, struct tensor *t,
                                     int64_t given)
{
    int64_t axes[TENSOR_MAX_DIMS];
    int axis;

    if (!t || !named_axis("axisc", given, t->ndim, &axis, s->err))
        return NULL;
    for (int i = 0, n = 0; i < t->ndim; i++)
        axes[i] = i == axis ? t->ndim - 1 : n++;
    return step(s, tensor_transpose(t, axes, s->err));
}

static bool is_vector(const struct tensor *t)
{
    int64_t length = t->shape[t->ndim - 1];
    return length == 2 || length == 3;
}

struct tensor *tensor_cross(struct tensor *a, struct tensor *b, int64_t a_axis,
                            int64_t b_axis, int64_t result_axis,
                            struct error *err)
{
    struct steps s = {.err = err};
    struct tensor *left = axis_last(&s, a, "axisa", a_axis);
    struct tensor *right = left ? axis_last(&s, b, "axisb", b_axis) : NULL;

    if (!right)
        return steps_end(&s, NULL);
    if (!is_vector(left) || !is_vector(right)) {
        error_set(err, ERROR_VALUE,
                  "incompatible dimensions for cross product\n"
                  "(dimension must be 2 or 3)");
        return steps_end(&s, NULL);
    }
    struct tensor *last = cross_component(&s, left, right, 0, 1);
    if (left->shape[left->ndim - 1] + right->shape[right->ndim - 1] == 4)
        return steps_end(&s, last);
    struct tensor *parts[3] = {cross_component(&s, left, right, 1, 2),
                               cross_component(&s, left, right, 2, 0), last};
    return steps_end(
        &s, axis_from_last(&s, join_components(&s, parts), result_axis));
}
