/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Polynomials, and numbers in a row. */
#include <math.h>
#include <string.h>

#include "ops/derive.h"

static struct tensor *in_a_row(struct vjp *v, struct tensor *a)
{
    return derive_reshape(v, a, 1, &a->size);
}

/* Horner's rule. */
static struct tensor *polyval_formula(struct vjp *v, const struct arg *args)
{
    struct tensor *p = in_a_row(v, args[0].tensor), *x = args[1].tensor;
    struct tensor *y = derive_call(v, "zeros_like", NAMED({"a", arg_tensor(x)}));
    for (int64_t i = 0; p && y && i < p->size; i++)
        y = plus(v, times(v, y, x), derive_pick(v, p, 0, i));
    return p ? y : NULL;
}

struct tensor *polyval_vjp(struct vjp *v)
{
    return vjp_through(v, polyval_formula);
}

/* The shorter one stands below the other's end. */
struct tensor *polyadd_vjp(struct vjp *v)
{
    bool negative = !strcmp(v->op->name, "polysub") && v->operand == 1;
    int64_t size = v->gradient->size;
    struct tensor *g =
        derive_slice(v, v->gradient, 0, size - v->x->size, size);
    if (negative)
        g = negated(v, g);
    return g ? derive_reshape(v, g, v->x->ndim, v->x->shape) : NULL;
}

/* Zeros in front are dropped before, and have no part in the result. */
static struct tensor *polymul_formula(struct vjp *v, const struct arg *args)
{
    struct tensor *parts[2];
    for (int i = 0; i < 2; i++) {
        struct tensor *p = in_a_row(v, args[i].tensor);
        int64_t first = 0;
        while (p && first < p->size - 1 &&
               scalar_to_double(tensor_item_at(p, first)) == 0)
            first++;
        parts[i] = p ? derive_slice(v, p, 0, first, p->size) : NULL;
    }
    return derive_2(v, "convolve", parts[0], parts[1]);
}

struct tensor *polymul_vjp(struct vjp *v)
{
    return vjp_through(v, polymul_formula);
}

/* NUMBERS as a vector. */
static struct tensor *constants(struct vjp *v, int64_t count,
                                double (*number)(int64_t i, int64_t count))
{
    struct tensor *vector =
        vjp_keep(v, tensor_new(DTYPE_FLOAT64, 1, &count, v->err));
    for (int64_t i = 0; vector && i < count; i++)
        ((double *)(void *)vector->data)[i] = number(i, count);
    return vector;
}

/* COUNT, COUNT - 1 … 1 */
static double descending(int64_t i, int64_t count)
{
    return (double)(count - i);
}

static struct tensor *polyder_formula(struct vjp *v, const struct arg *args)
{
    struct tensor *p = in_a_row(v, args[0].tensor);
    for (int64_t m = 0; p && m < args[1].integer && p->size; m++) {
        int64_t less = p->size - 1;
        p = times(v, derive_slice(v, p, 0, 0, less),
                  constants(v, less, descending));
    }
    return p;
}

struct tensor *polyder_vjp(struct vjp *v)
{
    return vjp_through(v, polyder_formula);
}

static struct tensor *polyint_formula(struct vjp *v, const struct arg *args)
{
    struct tensor *p = in_a_row(v, args[0].tensor);
    struct tensor *k = args[2].given ? in_a_row(v, args[2].tensor) : NULL;
    for (int64_t m = 0; p && m < args[1].integer; m++) {
        struct tensor *parts[2];
        parts[0] = over(v, p, constants(v, p->size, descending));
        parts[1] = k ? derive_slice(v, k, 0, k->size > 1 ? m : 0,
                                    k->size > 1 ? m + 1 : 1)
                     : in_a_row(v, derive_number(v, 0));
        p = derive_concatenate(v, 2, parts, 0);
    }
    return p;
}

struct tensor *polyint_vjp(struct vjp *v)
{
    return vjp_through(v, polyint_formula);
}

/* The product of (x - zero) over the zeros. */
static struct tensor *poly_formula(struct vjp *v, const struct arg *args)
{
    struct tensor *zeros = args[0].tensor;
    struct tensor *p = in_a_row(v, derive_number(v, 1));
    for (int64_t i = 0; p && i < zeros->size; i++) {
        struct tensor *parts[2] = {
            in_a_row(v, derive_number(v, 1)),
            negated(v, derive_slice(v, zeros, 0, i, i + 1))};
        p = derive_2(v, "convolve", p, derive_concatenate(v, 2, parts, 0));
    }
    return p;
}

struct tensor *poly_vjp(struct vjp *v)
{
    return v->x->ndim == 1 ? vjp_through(v, poly_formula) : derive_unknown(v);
}

/* The columns are powers. */
static struct tensor *vander_formula(struct vjp *v, const struct arg *args)
{
    int64_t count = v->result->shape[1];
    struct tensor *x = derive_new_axis(v, args[0].tensor, 1);
    struct tensor *down = constants(v, count, descending);
    struct tensor *exponents = down ? plus(v, down, derive_number(v, -1)) : NULL;
    if (args[2].given && args[2].flag)
        exponents = derive_1(v, "flip", exponents);
    return derive_2(v, "power", x, exponents);
}

struct tensor *vander_vjp(struct vjp *v)
{
    return vjp_through(v, vander_formula);
}

/* The coefficients are the least squares of the columns' sum. */
static struct tensor *polyfit_formula(struct vjp *v, const struct arg *args)
{
    struct tensor *x = args[0].tensor, *y = args[1].tensor;
    struct tensor *columns =
        derive_call(v, "vander", NAMED({"x", arg_tensor(x)},
                                       {"N", arg_int(args[2].integer + 1)}));
    if (args[5].given) {
        struct tensor *w = args[5].tensor;
        columns = times(v, columns, derive_new_axis(v, w, 1));
        y = times(v, y->ndim == 1 ? y : derive_swapped(v, y), w);
        if (args[1].tensor->ndim == 2)
            y = derive_swapped(v, y);
    }
    return matmul(v, derive_call(v, "linalg.pinv",
                                 NAMED({"a", arg_tensor(columns)})), y);
}

struct tensor *polyfit_vjp(struct vjp *v)
{
    const struct arg *full = derive_arg(v, "full");
    const struct arg *cov = derive_arg(v, "cov");
    if (v->output || (full && full->flag) ||
        (cov && (cov->choice.word || cov->choice.number != 0)))
        return derive_unknown(v);
    return vjp_through(v, polyfit_formula);
}

/* ------------------------------------------------------- numbers in a row */

/* i / (n - 1), or i / n without the endpoint, beside the ends; float64. */
static struct tensor *fractions(struct vjp *v, const struct arg *args,
                                struct tensor *ends)
{
    int64_t n = args[2].integer, shape[TENSOR_MAX_DIMS] = {n};
    double steps = (double)(args[3].flag ? n - 1 : n);
    struct tensor *t = vjp_keep(v, tensor_new(DTYPE_FLOAT64, 1, &n, v->err));
    for (int64_t i = 0; t && i < n; i++)
        ((double *)(void *)t->data)[i] = steps > 0 ? (double)i / steps : 0;
    for (int i = 1; i <= ends->ndim; i++)
        shape[i] = 1;
    return t ? derive_reshape(v, t, ends->ndim + 1, shape) : NULL;
}

/* start + (stop - start) t, t along a new axis in front, then moved. */
static struct tensor *between(struct vjp *v, const struct arg *args,
                              struct tensor *start, struct tensor *stop)
{
    struct tensor *step = minus(v, stop, start);
    struct tensor *t = step ? fractions(v, args, step) : NULL;
    return plus(v, start, times(v, step, t));
}

static struct tensor *row_moved(struct vjp *v, struct tensor *a)
{
    const struct arg *given = derive_arg(v, "axis");
    int axis = 0;
    if (!a || !given ||
        !tensor_normalize_axis(given->integer, a->ndim, &axis, v->err))
        return v->err->kind == ERROR_NONE ? a : NULL;
    int64_t order[TENSOR_MAX_DIMS];
    for (int i = 0; i < a->ndim; i++)
        order[i] = i < axis ? i + 1 : i == axis ? 0 : i;
    return a->ndim ? derive_transpose(v, a, order) : a;
}

static struct tensor *linspace_formula(struct vjp *v, const struct arg *args)
{
    if (v->output) /* the step */
        return scaled(v, minus(v, args[1].tensor, args[0].tensor),
                      1.0 / (double)(args[2].integer - args[3].flag));
    return row_moved(v, between(v, args, args[0].tensor, args[1].tensor));
}

struct tensor *linspace_vjp(struct vjp *v)
{
    return vjp_through(v, linspace_formula);
}

static struct tensor *logspace_formula(struct vjp *v, const struct arg *args)
{
    struct tensor *exponents =
        between(v, args, args[0].tensor, args[1].tensor);
    double base = args[4].number;
    return row_moved(v, derive_1(v, "exp", scaled(v, exponents, log(base))));
}

struct tensor *logspace_vjp(struct vjp *v)
{
    return vjp_through(v, logspace_formula);
}

static struct tensor *geomspace_formula(struct vjp *v, const struct arg *args)
{
    struct tensor *start = args[0].tensor, *stop = args[1].tensor;
    struct tensor *ratio = derive_1(v, "log", over(v, stop, start));
    struct tensor *zero = ratio ? derive_call(v, "zeros_like",
                                              NAMED({"a", arg_tensor(ratio)}))
                                : NULL;
    struct tensor *growth = derive_1(v, "exp", between(v, args, zero, ratio));
    return row_moved(v, times(v, start, growth));
}

struct tensor *geomspace_vjp(struct vjp *v)
{
    return vjp_through(v, geomspace_formula);
}
