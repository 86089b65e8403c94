/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <float.h>
#include <math.h>

#include "tensor/linalg.h"
#include "tensor/polynomial.h"
#include "tensor/product.h"
#include "tensor/steps.h"

void polynomial_fit_done(struct polynomial_fit *fit)
{
    tensor_unref(fit->coefficients);
    tensor_unref(fit->residuals);
    tensor_unref(fit->rank);
    tensor_unref(fit->singular_values);
    tensor_unref(fit->covariance);
}

static bool check_fit(const struct tensor *x, const struct tensor *y,
                      int64_t degree, const struct tensor *weights,
                      struct error *err)
{
    if (degree < 0)
        return error_set(err, ERROR_VALUE, "expected deg >= 0");
    if (x->ndim != 1)
        return error_set(err, ERROR_TYPE, "expected 1D vector for x");
    if (x->size == 0)
        return error_set(err, ERROR_TYPE, "expected non-empty vector for x");
    if (y->ndim < 1 || y->ndim > 2)
        return error_set(err, ERROR_TYPE, "expected 1D or 2D array for y");
    if (x->size != y->shape[0])
        return error_set(err, ERROR_TYPE,
                         "expected x and y to have same length");
    if (weights && weights->ndim != 1)
        return error_set(err, ERROR_TYPE, "expected a 1-d array for weights");
    if (weights && weights->size != y->shape[0])
        return error_set(err, ERROR_TYPE,
                         "expected w and y to have the same length");
    return true;
}

/* Row i: x[i]**degree, …, x[i], 1, each power the one before times x.  X may
   be NULL, as in steps.h. */
static struct tensor *powers(struct steps *s, struct tensor *x, int64_t degree)
{
    if (!x)
        return NULL;
    int64_t shape[2] = {x->size, degree + 1};
    struct tensor *matrix =
        step(s, tensor_new(DTYPE_FLOAT64, 2, shape, s->err));

    for (int64_t i = 0; matrix && i < x->size; i++) {
        double *row = (double *)matrix->data + i * shape[1];
        double base = tensor_item_at(x, i).f;
        row[degree] = 1;
        for (int64_t k = degree; k-- > 0;)
            row[k] = k == degree - 1 ? base : row[k + 1] * base;
    }
    return matrix;
}

/* (A^T A)^-1, less the columns' scales; NULL without an error when there is
   none. */
static struct tensor *covariance(struct steps *s, struct tensor *a,
                                 struct tensor *scale)
{
    struct error ignored = ERROR_INIT;
    struct tensor *square = step_matmul(s, step_swapped(s, a), a);
    struct tensor *inverse =
        square ? step(s, linalg_inv(square, &ignored)) : NULL;
    struct tensor *scales = step(s, tensor_outer(scale, scale, s->err));

    error_clear(&ignored);
    return step_binary(s, "divide", inverse, scales);
}

struct tensor *polynomial_fit_covariance(const struct polynomial_fit *fit,
                                         int64_t freedom, bool columns,
                                         struct error *err)
{
    struct steps s = {.err = err};
    struct tensor *factor =
        freedom ? step_with(&s, "divide", fit->residuals, (double)freedom)
                : step_number(&s, 1);
    struct tensor *inverse =
        columns ? step_column(&s, fit->covariance) : fit->covariance;

    return steps_end(&s, step_binary(&s, "multiply", inverse, factor));
}

bool polynomial_fit(struct tensor *x, struct tensor *y, int64_t degree,
                    const struct fit_options *options,
                    struct polynomial_fit *ret, struct error *err)
{
    struct steps s = {.err = err};
    struct tensor *w = options->weights, *parts[4];

    if (!check_fit(x, y, degree, w, err))
        return false;
    double rcond = options->rcond ? *options->rcond
                                  : (double)x->size * (x->dtype == DTYPE_FLOAT32
                                                           ? (double)FLT_EPSILON
                                                           : DBL_EPSILON);
    struct tensor *a = powers(&s, step_as_float(&s, x), degree);
    struct tensor *b = step_as_float(&s, y);
    if (w && a && b) {
        w = step_as_float(&s, w);
        a = step_binary(&s, "multiply", a, step_column(&s, w));
        b = step_binary(&s, "multiply", b,
                        b->ndim == 2 ? step_column(&s, w) : w);
    }
    struct tensor *scale = step_unary(
        &s, "sqrt", step_sum(&s, step_binary(&s, "multiply", a, a), 0));
    a = step_binary(&s, "divide", a, scale);
    if (!a || !b || !linalg_lstsq(a, b, &rcond, parts, err))
        return steps_end(&s, NULL) != NULL;
    for (int i = 0; i < 4; i++)
        step(&s, parts[i]);
    struct tensor *solution = step_binary(
        &s, "divide", parts[0], b->ndim == 2 ? step_column(&s, scale) : scale);
    struct tensor *inverse = covariance(&s, a, scale);
    if (!solution)
        return steps_end(&s, NULL) != NULL;
    *ret = (struct polynomial_fit){.coefficients = tensor_ref(solution),
                                   .residuals = tensor_ref(parts[1]),
                                   .rank = tensor_ref(parts[2]),
                                   .singular_values = tensor_ref(parts[3]),
                                   .covariance =
                                       inverse ? tensor_ref(inverse) : NULL,
                                   .rcond = rcond};
    steps_end(&s, NULL);
    return true;
}
