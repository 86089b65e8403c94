/* SPDX-License-Identifier: GPL-3.0-or-later */
/* By LU (getrf, gesv) and Cholesky (potrf) decompositions. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/interrupt.h"
#include "tensor/lapack.h"
#include "tensor/linalg.h"

static const char singular[] = "Singular matrix";

/* ---------------------------------------------------------------- solve */

/* Every matrix of B becomes the solution; A's are overwritten. */
static bool solve_in_place(struct tensor *a, struct tensor *b,
                           const char *complaint, struct error *err)
{
    lapack_int n = (lapack_int)a->shape[a->ndim - 1];
    lapack_int width = (lapack_int)b->shape[b->ndim - 2];
    lapack_int *pivots = xcalloc((size_t)n + 1, sizeof *pivots);
    int64_t count = n && width ? lapack_count(b, 2) : 0;
    bool done = true;

    lapack_prepare();
    for (int64_t i = 0; done && i < count; i++)
        done = lapack_check(LAPACK_ALONE(LAPACKE_dgesv(
                                LAPACK_COL_MAJOR, n, width, lapack_at(a, 2, i),
                                n, pivots, lapack_at(b, 2, i), n)),
                            complaint, err) &&
               interrupt_check(err);
    free(pivots);
    return done;
}

#define SOLVE_VECTOR "(m,m),(m)->(m)"
#define SOLVE_MATRIX "(m,m),(m,n)->(m,n)"

static bool check_solve(const struct tensor *a, const struct tensor *b,
                        bool vector, struct error *err)
{
    const char *name = vector ? "solve1" : "solve";
    const char *signature = vector ? SOLVE_VECTOR : SOLVE_MATRIX;
    int core = vector ? 1 : 2;

    if (!lapack_check_square(a, err))
        return false;
    if (b->ndim < core)
        return error_set(err, ERROR_VALUE,
                         "%s: Input operand 1 does not have enough dimensions "
                         "(has %d, gufunc core with signature %s requires %d)",
                         name, b->ndim, signature, core);
    int64_t n = a->shape[a->ndim - 1], length = b->shape[b->ndim - core];
    if (length != n)
        return error_set(err, ERROR_VALUE,
                         "%s: Input operand 1 has a mismatch in its core "
                         "dimension 0, with gufunc signature %s (size %lld is "
                         "different from %lld)",
                         name, signature, (long long)length, (long long)n);
    return vector || lapack_check_stack(b, err);
}

/* A and B (matrices both) with one common stack before their last axes. */
static bool broadcast_stacks(struct steps *s, struct tensor **a,
                             struct tensor **b)
{
    struct tensor *pair[2] = {*a, *b}, *stacks[2];
    int64_t shape[TENSOR_MAX_DIMS + 2];
    int ndim;

    for (int i = 0; i < 2; i++)
        stacks[i] =
            step(s, tensor_view(pair[i], pair[i]->ndim - 2, pair[i]->shape,
                                pair[i]->strides, pair[i]->data));
    if (!tensor_broadcast_shapes(2, stacks, &ndim, shape, s->err))
        return false;
    for (int i = 0; i < 2; i++) {
        memcpy(shape + ndim, pair[i]->shape + pair[i]->ndim - 2,
               2 * sizeof *shape);
        pair[i] =
            step(s, tensor_broadcast_to(pair[i], ndim + 2, shape, s->err));
    }
    *a = pair[0];
    *b = pair[1];
    return *a && *b;
}

struct tensor *linalg_solve(struct tensor *a, struct tensor *b,
                            struct error *err)
{
    struct tensor *pair[2] = {a, b};
    enum dtype dtype = lapack_dtype(2, pair);
    bool vector = b->ndim == a->ndim - 1;
    struct steps s = {.err = err};

    if (!check_solve(a, b, vector, err))
        return NULL;
    if (vector)
        b = step_column(&s, b);
    if (!broadcast_stacks(&s, &a, &b))
        return steps_end(&s, NULL);
    struct tensor *left = lapack_columns(&s, a);
    struct tensor *right = lapack_columns(&s, b);
    if (!left || !right || !solve_in_place(left, right, singular, err))
        return steps_end(&s, NULL);
    struct tensor *result = lapack_rows(&s, right, dtype);
    if (vector && result)
        result = step(&s, tensor_drop_axis(result, result->ndim - 1));
    return steps_end(&s, result);
}

static void put_identity(struct tensor *columns)
{
    int64_t n = columns->shape[columns->ndim - 1];

    for (int64_t i = 0; n && i < columns->size / n; i++)
        lapack_at(columns, 1, i)[i % n] = 1;
}

struct tensor *linalg_inv(struct tensor *a, struct error *err)
{
    enum dtype dtype = lapack_dtype(1, &a);
    struct steps s = {.err = err};

    if (!lapack_check_square(a, err))
        return NULL;
    int64_t n = a->shape[a->ndim - 1];
    struct tensor *columns = lapack_columns(&s, a);
    struct tensor *inverse = lapack_new_columns(&s, a, n, n);
    if (!columns || !inverse)
        return steps_end(&s, NULL);
    put_identity(inverse);
    if (!solve_in_place(columns, inverse, singular, err))
        return steps_end(&s, NULL);
    return steps_end(&s, lapack_rows(&s, inverse, dtype));
}

/* ----------------------------------------------------------- determinant */

struct determinant {
    double sign, log; /* of the absolute value */
};

/* The product of the diagonal of what getrf left, summed as NumPy does. */
static struct determinant of_factors(const double *factors, int64_t n,
                                     const lapack_int *pivots)
{
    struct determinant d = {1, 0};

    for (int64_t i = 0; i < n; i++) {
        double x = factors[i * (n + 1)];
        if ((x < 0) != (pivots[i] != i + 1))
            d.sign = -d.sign;
        d.log += log(fabs(x));
    }
    return d;
}

static bool factor(struct tensor *columns, int64_t i, lapack_int *pivots,
                   struct determinant *ret, struct error *err)
{
    lapack_int n = (lapack_int)columns->shape[columns->ndim - 1];
    double *matrix = lapack_at(columns, 2, i);
    lapack_int info = n ? LAPACK_ALONE(LAPACKE_dgetrf(LAPACK_COL_MAJOR, n, n,
                                                      matrix, n, pivots))
                        : 0;

    if (info > 0) {
        *ret = (struct determinant){0, -INFINITY};
        return true;
    }
    *ret = of_factors(matrix, n, pivots);
    return lapack_check(info, singular, err);
}

/* The sign, or the determinant itself, and the logarithm, in float64. */
static bool determinants(struct steps *s, struct tensor *a, bool whole,
                         struct tensor **ret_sign, struct tensor **ret_log)
{
    struct determinant d = {1, 0};

    if (!lapack_check_square(a, s->err))
        return false;
    struct tensor *columns = lapack_columns(s, a);
    struct tensor *sign = lapack_new_vectors(s, a, -1);
    struct tensor *log = lapack_new_vectors(s, a, -1);
    bool done = columns && sign && log;
    lapack_int *pivots =
        xcalloc((size_t)a->shape[a->ndim - 1] + 1, sizeof *pivots);
    lapack_prepare();
    for (int64_t i = 0; done && i < sign->size; i++) {
        done =
            factor(columns, i, pivots, &d, s->err) && interrupt_check(s->err);
        *lapack_at(sign, 0, i) = whole ? d.sign * exp(d.log) : d.sign;
        *lapack_at(log, 0, i) = d.log;
    }
    free(pivots);
    *ret_sign = sign;
    *ret_log = log;
    return done;
}

bool linalg_slogdet(struct tensor *a, struct tensor *ret[2], struct error *err)
{
    enum dtype dtype = lapack_dtype(1, &a);
    struct steps s = {.err = err};
    struct tensor *sign, *log;

    if (!determinants(&s, a, false, &sign, &log))
        return steps_end(&s, NULL) != NULL;
    sign = step_astype(&s, sign, dtype);
    log = step_astype(&s, log, dtype);
    return steps_give(&s, 2, (struct tensor *[]){sign, log}, ret);
}

struct tensor *linalg_det(struct tensor *a, struct error *err)
{
    struct steps s = {.err = err};
    struct tensor *whole, *log;

    if (!determinants(&s, a, true, &whole, &log))
        return steps_end(&s, NULL);
    return steps_end(&s, step_astype(&s, whole, lapack_dtype(1, &a)));
}

/* -------------------------------------------------------------- Cholesky */

/* Zeros above the diagonal of a matrix that lies column by column. */
static void clear_upper(double *matrix, int64_t n)
{
    for (int64_t column = 1; column < n; column++)
        memset(matrix + column * n, 0, (size_t)column * sizeof *matrix);
}

struct tensor *linalg_cholesky(struct tensor *a, struct error *err)
{
    enum dtype dtype = lapack_dtype(1, &a);
    struct steps s = {.err = err};

    if (!lapack_check_square(a, err))
        return NULL;
    lapack_int n = (lapack_int)a->shape[a->ndim - 1];
    struct tensor *columns = lapack_columns(&s, a);
    bool done = columns;
    int64_t count = done && n ? lapack_count(columns, 2) : 0;
    lapack_prepare();
    for (int64_t i = 0; done && i < count; i++) {
        double *matrix = lapack_at(columns, 2, i);
        done = lapack_check(LAPACK_ALONE(LAPACKE_dpotrf(LAPACK_COL_MAJOR, 'L',
                                                        n, matrix, n)),
                            "Matrix is not positive definite", err) &&
               interrupt_check(err);
        clear_upper(matrix, n);
    }
    return steps_end(&s, done ? lapack_rows(&s, columns, dtype) : NULL);
}
