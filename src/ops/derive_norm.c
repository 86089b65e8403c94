/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Norms and the condition number, said by simpler rows. */
#include <math.h>
#include <string.h>

#include "ops/derive.h"

/* sum, max or min over COUNT axes. */
static struct tensor *over_axes(struct vjp *v, const char *name,
                                struct tensor *a, int count,
                                const int64_t *axes, bool keepdims)
{
    return derive_call(v, name,
                       NAMED({"a", arg_tensor(a)},
                             {"axis", arg_dims(count, axes)},
                             {"keepdims", arg_flag(keepdims)}));
}

/* At 0, where there is no derivative, the gradient is 0. */
static struct tensor *root_of_squares(struct vjp *v, struct tensor *x,
                                      int count, const int64_t *axes,
                                      bool keepdims)
{
    struct tensor *zero = derive_number(v, 0);
    struct tensor *sum = over_axes(v, "sum", derive_1(v, "square", x), count,
                                   axes, keepdims);
    struct tensor *none = derive_2(v, "equal", sum, zero);
    struct tensor *safe = derive_where(v, none, derive_number(v, 1), sum);
    return derive_where(v, none, zero, derive_1(v, "sqrt", safe));
}

/* The same for other powers of what is not negative. */
static struct tensor *safe_power(struct vjp *v, struct tensor *x,
                                 double exponent)
{
    struct tensor *none = derive_2(v, "equal", x, derive_number(v, 0));
    struct tensor *safe = derive_where(v, none, derive_number(v, 1), x);
    struct tensor *power =
        derive_2(v, "power", safe, derive_number(v, exponent));
    double at_zero = exponent < 0 ? INFINITY : 0;
    return derive_where(v, none, derive_number(v, at_zero), power);
}

static struct tensor *vector_norm(struct vjp *v, struct tensor *x, double ord,
                                  int64_t axis, bool keepdims)
{
    struct tensor *size = derive_1(v, "absolute", x);
    if (isinf(ord))
        return over_axes(v, ord > 0 ? "max" : "min", size, 1, &axis, keepdims);
    if (ord == 0) /* a count */
        return NULL;
    if (ord == 1)
        return over_axes(v, "sum", size, 1, &axis, keepdims);
    if (ord == 2)
        return root_of_squares(v, x, 1, &axis, keepdims);
    struct tensor *powers = safe_power(v, size, ord);
    struct tensor *sum = over_axes(v, "sum", powers, 1, &axis, keepdims);
    return safe_power(v, sum, 1 / ord);
}

/* A function of the singular values. */
static struct tensor *spectral_norm(struct vjp *v, struct tensor *x,
                                    const char *name, const int64_t *axes)
{
    int64_t order[TENSOR_MAX_DIMS], last = -1;
    int next = 0;
    for (int i = 0; i < x->ndim; i++)
        if (i != axes[0] && i != axes[1])
            order[next++] = i;
    order[next++] = axes[0];
    order[next] = axes[1];
    struct tensor *s = derive_call(
        v, "linalg.svd",
        NAMED({"a", arg_tensor(derive_transpose(v, x, order))},
              {"compute_uv", arg_flag(false)}));
    return over_axes(v, name, s, 1, &last, false);
}

/* Sums along one axis, then the largest or smallest along the other. */
static struct tensor *matrix_norm(struct vjp *v, struct tensor *x,
                                  const struct arg *ord, const int64_t *axes)
{
    double p = ord->choice.number;
    const char *word = ord->choice.word;
    if (word && *word == 'f')
        return root_of_squares(v, x, 2, axes, false);
    if (word)
        return spectral_norm(v, x, "sum", axes);
    if (fabs(p) == 2)
        return spectral_norm(v, x, p > 0 ? "max" : "min", axes);
    int64_t first = isinf(p) ? axes[1] : axes[0];
    int64_t second = isinf(p) ? axes[0] : axes[1];
    struct tensor *sums = over_axes(v, "sum", derive_1(v, "absolute", x), 1,
                                    &first, false);
    second -= second > first;
    return over_axes(v, p > 0 ? "max" : "min", sums, 1, &second, false);
}

static struct tensor *norm_formula(struct vjp *v, const struct arg *args)
{
    struct tensor *x = args[0].tensor, *norm;
    int64_t axes[TENSOR_MAX_DIMS] = {0};
    int count = args[2].given ? args[2].dims.count : x->ndim;
    bool flat = !args[1].given && !args[2].given;
    for (int i = 0; i < count; i++) {
        int axis;
        if (!tensor_normalize_axis(args[2].given ? args[2].dims.values[i] : i,
                                   x->ndim, &axis, v->err))
            return NULL;
        axes[i] = axis;
    }
    if (flat || !args[1].given)
        norm = root_of_squares(v, x, count, axes, false);
    else if (count == 1)
        norm = vector_norm(v, x, args[1].choice.number, axes[0], false);
    else
        norm = matrix_norm(v, x, &args[1], axes);
    return norm ? derive_reshape(v, norm, v->result->ndim, v->result->shape)
                : NULL;
}

struct tensor *norm_vjp(struct vjp *v)
{
    return vjp_through(v, norm_formula);
}

static struct tensor *norm_by(struct vjp *v, struct tensor *a,
                              const struct arg *ord)
{
    int64_t axes[2] = {a ? a->ndim - 2 : 0, a ? a->ndim - 1 : 0};
    return a ? matrix_norm(v, a, ord, axes) : NULL;
}

/* Largest over smallest singular value, or |a| |a^-1|. */
static struct tensor *cond_formula(struct vjp *v, const struct arg *args)
{
    struct tensor *a = args[0].tensor;
    const struct arg *p = &args[1];
    struct arg largest = {.given = true, .choice.number = 2};
    struct arg smallest = {.given = true, .choice.number = -2};
    if (!p->given || (!p->choice.word && fabs(p->choice.number) == 2)) {
        bool turned = p->given && p->choice.number < 0;
        return over(v, norm_by(v, a, turned ? &smallest : &largest),
                    norm_by(v, a, turned ? &largest : &smallest));
    }
    struct tensor *inverse =
        derive_call(v, "linalg.inv", NAMED({"a", arg_tensor(a)}));
    return times(v, norm_by(v, a, p), norm_by(v, inverse, p));
}

struct tensor *cond_vjp(struct vjp *v)
{
    return vjp_through(v, cond_formula);
}
