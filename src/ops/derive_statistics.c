/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statistics: formulas that say each by simpler rows. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ops/derive.h"
#include "ops/derive_lines.h"

/* ------------------------------------------------------- without the NaNs */

static const struct {
    const char *name, *plain;
    double fill; /* in place of NaN */
    bool masked; /* and the others are counted */
} without_nan[] = {
    {"nansum", "sum", 0, false},
    {"nanprod", "prod", 1, false},
    {"nanmax", "max", -INFINITY, false},
    {"nanmin", "min", INFINITY, false},
    {"nancumsum", "cumsum", 0, false},
    {"nancumprod", "cumprod", 1, false},
    {"nanmean", "mean", 0, true},
    {"nanvar", "var", 0, true},
    {"nanstd", "std", 0, true},
};

static struct tensor *nan_formula(struct vjp *v, const struct arg *args)
{
    const struct arg *where = derive_arg(v, "where");
    struct tensor *x = args[0].tensor;
    struct tensor *mask = derive_1(v, "logical_not", derive_1(v, "isnan", x));
    int i = 0;
    while (strcmp(without_nan[i].name, v->op->name))
        i++;
    struct tensor *filled =
        derive_where(v, mask, x, derive_number(v, without_nan[i].fill));
    if (where)
        mask = derive_2(v, "logical_and", mask, where->tensor);
    if (!without_nan[i].masked)
        return derive_like(v, without_nan[i].plain, args,
                           NAMED({"a", arg_tensor(filled)}));
    return derive_like(
        v, without_nan[i].plain, args,
        NAMED({"a", arg_tensor(filled)}, {"where", arg_tensor(mask)}));
}

struct tensor *nan_reduction_vjp(struct vjp *v)
{
    return vjp_through(v, nan_formula);
}

static struct tensor *ptp_formula(struct vjp *v, const struct arg *args)
{
    return minus(v, derive_like(v, "max", args, NAMED({"", {0}})),
                 derive_like(v, "min", args, NAMED({"", {0}})));
}

struct tensor *ptp_vjp(struct vjp *v)
{
    return vjp_through(v, ptp_formula);
}

/* ----------------------------------------------------------------- average */

/* One weight for each place along the axis, or one for each element. */
static struct tensor *fitted(struct vjp *v, const struct tensor *a,
                             struct tensor *weights)
{
    const struct arg *axis = derive_arg(v, "axis");
    int64_t shape[TENSOR_MAX_DIMS];
    int place;
    if (weights->ndim == a->ndim || !axis)
        return weights;
    if (!tensor_normalize_axis(axis->dims.values[0], a->ndim, &place, v->err))
        return NULL;
    for (int i = 0; i < a->ndim; i++)
        shape[i] = i == place ? weights->size : 1;
    return derive_reshape(v, weights, a->ndim, shape);
}

static struct tensor *average_formula(struct vjp *v, const struct arg *args)
{
    struct tensor *a = args[0].tensor;
    if (!args[2].given)
        return v->output ? NULL
                         : derive_like(v, "mean", args, NAMED({"", {0}}));
    struct tensor *w = fitted(v, a, args[2].tensor);
    struct tensor *whole =
        w ? vjp_broadcast_to(v, w, a->ndim, a->shape) : NULL;
    struct tensor *total =
        derive_like(v, "sum", args, NAMED({"a", arg_tensor(whole)}));
    if (v->output)
        return total;
    return over(v,
                derive_like(v, "sum", args,
                            NAMED({"a", arg_tensor(times(v, a, whole))})),
                total);
}

struct tensor *average_vjp(struct vjp *v)
{
    return vjp_through(v, average_formula);
}

/* --------------------------------------------------------------- quantiles */

/*
 * Each is a mean of two elements of the sorted lines.  Which two, and how much
 * of each, the operation says itself when it is given the places 0, 1, 2… for
 * elements: the result is then a place, with a fraction.
 */
static struct tensor *places_of(struct vjp *v, const struct arg *args,
                                const struct tensor *sorted)
{
    static int64_t last_axis[1] = {-1};
    struct arg own[16];
    struct tensor *ramp =
        vjp_keep(v, tensor_new_like(sorted, DTYPE_FLOAT64, v->err));
    if (!ramp)
        return NULL;
    int64_t length = sorted->shape[sorted->ndim - 1];
    for (int64_t i = 0; i < ramp->size; i++)
        ((double *)(void *)ramp->data)[i] =
            isnan(scalar_to_double(tensor_item_at(sorted, i)))
                ? NAN
                : (double)(i % length);
    for (int i = 0; v->op->params[i].name; i++) {
        const char *name = v->op->params[i].name;
        own[i] = args[i];
        if (!strcmp(name, "out"))
            own[i] = (struct arg){.given = false};
        if (!strcmp(name, "axis"))
            own[i] = arg_dims(1, last_axis);
        if (!strcmp(name, "keepdims"))
            own[i] = arg_flag(false);
    }
    own[0] = arg_tensor(ramp);
    return vjp_call(v, v->op, own);
}

/* Where the two elements lie in the lines, flat, and what the upper one
   counts. */
static bool split_places(struct vjp *v, const struct tensor *places,
                         const struct tensor *sorted, struct tensor **low,
                         struct tensor **high, struct tensor **share)
{
    int64_t length = sorted->shape[sorted->ndim - 1];
    int64_t lines = length ? sorted->size / length : 0;
    *low = vjp_keep(v, tensor_new_like(places, DTYPE_INT64, v->err));
    *high = vjp_keep(v, tensor_new_like(places, DTYPE_INT64, v->err));
    *share = vjp_keep(v, tensor_new_like(places, sorted->dtype, v->err));
    if (!*low || !*high || !*share)
        return false;
    for (int64_t i = 0; i < places->size; i++) {
        double place = scalar_to_double(tensor_item_at(places, i));
        double whole = isnan(place) ? 0 : floor(place);
        int64_t from = (i % lines) * length + (int64_t)whole;
        ((int64_t *)(void *)(*low)->data)[i] = from;
        ((int64_t *)(void *)(*high)->data)[i] = from + (place > whole);
        if (sorted->dtype == DTYPE_FLOAT32)
            ((float *)(void *)(*share)->data)[i] = (float)(place - whole);
        else
            ((double *)(void *)(*share)->data)[i] = place - whole;
    }
    return true;
}

static struct tensor *taken(struct vjp *v, struct tensor *a,
                            struct tensor *positions)
{
    return derive_call(
        v, "take", NAMED({"a", arg_tensor(a)}, {"indices", arg_tensor(positions)}));
}

static struct tensor *quantile_formula(struct vjp *v, const struct arg *args)
{
    struct lines lines;
    struct tensor *low, *high, *share;
    if (!lines_init(v, args, &lines))
        return NULL;
    struct tensor *sorted = derive_call(
        v, "sort", NAMED({"a", arg_tensor(lines_of(v, &lines, args[0].tensor))}));
    struct tensor *places = sorted ? places_of(v, args, sorted) : NULL;
    if (!places || !split_places(v, places, sorted, &low, &high, &share))
        return NULL;
    struct tensor *below = taken(v, sorted, low);
    struct tensor *step = minus(v, taken(v, sorted, high), below);
    struct tensor *mixed = plus(v, below, times(v, step, share));
    return mixed ? derive_reshape(v, mixed, v->result->ndim, v->result->shape)
                 : NULL;
}

struct tensor *quantile_vjp(struct vjp *v)
{
    return v->operand == 0 ? vjp_through(v, quantile_formula)
                           : derive_unknown(v);
}

/* ------------------------------------------------- covariance, correlation */

/* Variables as rows, those of y below those of m. */
static struct tensor *variables(struct vjp *v, const struct arg *args)
{
    struct tensor *parts[2] = {args[0].tensor, args[1].given ? args[1].tensor : NULL};
    bool rows = args[2].flag;
    int count = parts[1] ? 2 : 1;
    for (int i = 0; i < count; i++) {
        bool turned = !rows && parts[i]->ndim == 2 && parts[i]->shape[0] != 1;
        if (parts[i]->ndim < 2)
            parts[i] = derive_reshape(v, parts[i], 2,
                                      (int64_t[]){1, parts[i]->size});
        else if (turned)
            parts[i] = derive_transpose(v, parts[i], NULL);
        if (!parts[i])
            return NULL;
    }
    return count == 1 ? parts[0] : derive_concatenate(v, 2, parts, 0);
}

static struct tensor *sum_last(struct vjp *v, struct tensor *a, bool keepdims)
{
    int64_t axis = a ? a->ndim - 1 : 0;
    return a ? derive_sum(v, a, 1, &axis, keepdims) : NULL;
}

/* The weights of the observations; NULL: none. */
static struct tensor *weights_of(struct vjp *v, const struct arg *args)
{
    struct tensor *f = args[5].given ? args[5].tensor : NULL;
    struct tensor *a = args[6].given ? args[6].tensor : NULL;
    return f && a ? times(v, f, a) : f ? f : a;
}

/* What the sum of products is divided by: NumPy's fact. */
static struct tensor *divisor(struct vjp *v, const struct arg *args,
                              struct tensor *w, int64_t observations)
{
    double ddof = args[4].given ? args[4].number : !args[3].flag;
    if (!w)
        return derive_number(v, (double)observations - ddof);
    struct tensor *total = sum_last(v, w, false);
    if (ddof == 0)
        return total;
    if (!args[6].given)
        return minus(v, total, derive_number(v, ddof));
    struct tensor *squares = sum_last(v, times(v, w, args[6].tensor), false);
    return minus(v, total, scaled(v, over(v, squares, total), ddof));
}

static struct tensor *covariances(struct vjp *v, const struct arg *args,
                                  bool weighted)
{
    struct tensor *x = variables(v, args);
    struct tensor *w = weighted ? weights_of(v, args) : NULL;
    struct arg plain[8] = {{0}};
    if (!x)
        return NULL;
    int64_t count = x->shape[1];
    struct tensor *total =
        w ? sum_last(v, w, false) : derive_number(v, (double)count);
    struct tensor *weighed = w ? times(v, x, w) : x;
    struct tensor *apart = minus(v, x, over(v, sum_last(v, weighed, true), total));
    struct tensor *left = w ? times(v, apart, w) : apart;
    struct tensor *products = matmul(v, left, derive_swapped(v, apart));
    return over(v, products, divisor(v, weighted ? args : plain, w, count));
}

static struct tensor *shaped_as_result(struct vjp *v, struct tensor *a)
{
    return a ? derive_reshape(v, a, v->result->ndim, v->result->shape) : NULL;
}

static struct tensor *cov_formula(struct vjp *v, const struct arg *args)
{
    return shaped_as_result(v, covariances(v, args, true));
}

struct tensor *cov_vjp(struct vjp *v)
{
    return vjp_through(v, cov_formula);
}

static struct tensor *corrcoef_formula(struct vjp *v, const struct arg *args)
{
    struct tensor *c = covariances(v, args, false);
    struct tensor *d = derive_1(v, "sqrt", derive_1(v, "diagonal", c));
    return shaped_as_result(v, over(v, c, derive_2(v, "outer", d, d)));
}

struct tensor *corrcoef_vjp(struct vjp *v)
{
    return vjp_through(v, corrcoef_formula);
}

/* Each weight went to the count that x names. */
struct tensor *bincount_vjp(struct vjp *v)
{
    if (v->operand == 0)
        return NULL; /* whole numbers */
    struct tensor *taken =
        derive_call(v, "take",
                    NAMED({"a", arg_tensor(v->gradient)},
                          {"indices", arg_tensor(v->args[0].tensor)}));
    return vjp_cast(v, taken, v->x->dtype);
}
