/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Singular values (gesdd), QR (geqrf, orgqr), least squares (gelsd). */
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/interrupt.h"
#include "tensor/lapack.h"
#include "tensor/linalg.h"

static int64_t smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static lapack_int leading(int64_t rows)
{
    return rows ? (lapack_int)rows : 1;
}

/* ------------------------------------------------------- singular values */

struct svd {
    lapack_int rows, columns;
    char job; /* 'A' all, 'S' the first min(rows, columns), 'N' none */
    struct tensor *a, *s, *u, *vt;
};

/* With an infinity among its numbers gesdd may go round for ever. */
static bool svd_is_finite(const struct svd *svd, int64_t i)
{
    const double *a = lapack_at(svd->a, 2, i);
    int64_t size = (int64_t)svd->rows * svd->columns;

    for (int64_t k = 0; k < size; k++)
        if (!isfinite(a[k]))
            return false;
    return true;
}

static bool svd_each(const struct svd *svd, struct error *err)
{
    int64_t count = svd->rows && svd->columns ? lapack_count(svd->a, 2) : 0;
    lapack_int kept = (lapack_int)smaller(svd->rows, svd->columns);
    lapack_int ldvt = svd->job == 'A' ? svd->columns : kept;
    bool done = true;

    lapack_prepare();
    for (int64_t i = 0; done && i < count; i++) {
        double *u = svd->u ? lapack_at(svd->u, 2, i) : NULL;
        double *vt = svd->vt ? lapack_at(svd->vt, 2, i) : NULL;
        if (!svd_is_finite(svd, i))
            return error_set(err, ERROR_LINALG, "SVD did not converge");
        lapack_int info = LAPACK_ALONE(LAPACKE_dgesdd(
            LAPACK_COL_MAJOR, svd->job, svd->rows, svd->columns,
            lapack_at(svd->a, 2, i), svd->rows, lapack_at(svd->s, 1, i), u,
            svd->rows, vt, leading(ldvt)));
        done = lapack_check(info, "SVD did not converge", err) &&
               interrupt_check(err);
    }
    return done;
}

/* Of an empty matrix U and V are identities. */
static void identity_if_empty(struct tensor *columns, const struct svd *svd)
{
    int64_t n = columns->shape[columns->ndim - 1];
    int64_t m = columns->shape[columns->ndim - 2];

    if (svd->rows && svd->columns)
        return;
    for (int64_t k = 0; k < lapack_count(columns, 2); k++)
        for (int64_t i = 0; i < smaller(m, n); i++)
            lapack_at(columns, 2, k)[i * n + i] = 1;
}

bool linalg_svd(struct tensor *a, bool full, bool vectors,
                struct tensor *ret[3], struct error *err)
{
    enum dtype dtype = lapack_dtype(1, &a);
    struct steps s = {.err = err};

    if (!lapack_check_stack(a, err))
        return false;
    int64_t m = a->shape[a->ndim - 2], n = a->shape[a->ndim - 1];
    int64_t kept = smaller(m, n);
    struct svd svd = {.rows = (lapack_int)m,
                      .columns = (lapack_int)n,
                      .job = vectors ? full ? 'A' : 'S' : 'N',
                      .a = lapack_columns(&s, a),
                      .s = lapack_new_vectors(&s, a, kept)};
    bool done = svd.a && svd.s;
    if (vectors) {
        svd.u = lapack_new_columns(&s, a, m, full ? m : kept);
        svd.vt = lapack_new_columns(&s, a, full ? n : kept, n);
        done = done && svd.u && svd.vt;
    }
    done = done && svd_each(&svd, err);
    if (done && vectors) {
        identity_if_empty(svd.u, &svd);
        identity_if_empty(svd.vt, &svd);
        svd.u = lapack_rows(&s, svd.u, dtype);
        svd.vt = lapack_rows(&s, svd.vt, dtype);
    }
    struct tensor *values = done ? step_astype(&s, svd.s, dtype) : NULL;
    if (!vectors)
        return steps_give(&s, 1, &values, ret);
    return steps_give(&s, 3, (struct tensor *[]){svd.u, values, svd.vt}, ret);
}

/* -------------------------------------------------------------------- QR */

static const char qr_failed[] =
    "Incorrect argument found while performing QR factorization";

static bool factor_each(struct tensor *a, struct tensor *tau, struct error *err)
{
    lapack_int n = (lapack_int)a->shape[a->ndim - 2];
    lapack_int m = (lapack_int)a->shape[a->ndim - 1];
    int64_t count = m && n ? lapack_count(a, 2) : 0;
    bool done = true;

    lapack_prepare();
    for (int64_t i = 0; done && i < count; i++)
        done = lapack_check(LAPACK_ALONE(LAPACKE_dgeqrf(LAPACK_COL_MAJOR, m, n,
                                                        lapack_at(a, 2, i), m,
                                                        lapack_at(tau, 1, i))),
                            qr_failed, err) &&
               interrupt_check(err);
    return done;
}

/* Q of SIDE columns, from the reflectors that factor_each() left in A. */
static struct tensor *reflect_each(struct steps *s, struct tensor *a,
                                   struct tensor *tau, int64_t side)
{
    int64_t n = a->shape[a->ndim - 2], m = a->shape[a->ndim - 1];
    lapack_int factors = (lapack_int)smaller(m, n);
    struct tensor *q = lapack_new_columns(s, a, m, side);
    int64_t count = q && m && side ? lapack_count(a, 2) : 0;

    for (int64_t i = 0; i < count; i++) {
        memcpy(lapack_at(q, 2, i), lapack_at(a, 2, i),
               (size_t)(smaller(n, side) * m) * sizeof(double));
        if (!lapack_check(
                LAPACK_ALONE(LAPACKE_dorgqr(
                    LAPACK_COL_MAJOR, (lapack_int)m, (lapack_int)side, factors,
                    lapack_at(q, 2, i), (lapack_int)m, lapack_at(tau, 1, i))),
                qr_failed, s->err) ||
            !interrupt_check(s->err))
            return NULL;
    }
    return q;
}

/* R: the first ROWS rows of A's upper triangle. */
static struct tensor *upper_rows(struct steps *s, struct tensor *a,
                                 int64_t rows)
{
    struct tensor *r =
        lapack_rows(s, step_slice(s, a, -1, 0, rows), DTYPE_FLOAT64);

    if (!r)
        return NULL;
    int64_t width = r->shape[r->ndim - 1];
    for (int64_t k = 0; k < lapack_count(r, 2); k++)
        for (int64_t i = 1; i < rows; i++)
            memset(lapack_at(r, 2, k) + i * width, 0,
                   (size_t)smaller(i, width) * sizeof(double));
    return r;
}

bool linalg_qr(struct tensor *matrix, enum qr_mode mode, struct tensor *ret[2],
               struct error *err)
{
    enum dtype dtype = lapack_dtype(1, &matrix);
    struct steps s = {.err = err};

    if (!lapack_check_stack(matrix, err))
        return false;
    int64_t m = matrix->shape[matrix->ndim - 2];
    int64_t kept = smaller(m, matrix->shape[matrix->ndim - 1]);
    struct tensor *a = lapack_columns(&s, matrix);
    struct tensor *tau = lapack_new_vectors(&s, matrix, kept);
    struct tensor *first = NULL, *second = NULL;
    if (a && tau && factor_each(a, tau, err)) {
        int64_t side = mode == QR_COMPLETE ? m : kept;
        if (mode == QR_RAW) {
            first = a;
            second = tau;
        } else if (mode == QR_R) {
            first = upper_rows(&s, a, kept);
        } else {
            second = upper_rows(&s, a, side);
            first = reflect_each(&s, a, tau, side);
            if (first)
                first = lapack_rows(&s, first, dtype);
        }
    }
    ret[1] = NULL;
    first = step_astype(&s, first, dtype);
    second = step_astype(&s, second, dtype);
    return steps_give(&s, mode == QR_R ? 1 : 2,
                      (struct tensor *[]){first, second}, ret);
}

/* --------------------------------------------------------- least squares */

struct least_squares {
    lapack_int rows, columns, width; /* of A, of A, of B */
    lapack_int side;                 /* the longer of A's */
    struct tensor *a, *b;            /* B has SIDE rows, zeros at the end */
    struct tensor *values;
    lapack_int rank;
};

static bool least_squares(struct least_squares *l, double rcond,
                          struct error *err)
{
    /* a column more than nothing, since LAPACK wants one */
    lapack_int width = l->width ? l->width : 1;

    lapack_prepare();
    l->rank = 0;
    if (!l->rows || !l->columns)
        return true;
    return lapack_check(
        LAPACK_ALONE(LAPACKE_dgelsd(
            LAPACK_COL_MAJOR, l->rows, l->columns, width, lapack_at(l->a, 2, 0),
            l->rows, lapack_at(l->b, 2, 0), l->side, lapack_at(l->values, 1, 0),
            rcond, &l->rank)),
        "SVD did not converge in Linear Least Squares", err);
}

/* The squares of the rows of B below the solution, added up. */
static struct tensor *residuals(struct steps *s, const struct least_squares *l)
{
    bool some = l->rank == l->columns && l->rows > l->columns;
    int64_t count = some ? l->width : 0;
    struct tensor *sums =
        step(s, tensor_zeros(DTYPE_FLOAT64, 1, &count, s->err));

    for (int64_t j = 0; sums && j < count; j++) {
        const double *x = lapack_at(l->b, 1, j);
        for (int64_t i = l->columns; i < l->rows; i++)
            *lapack_at(sums, 0, j) += x[i] * x[i];
    }
    return sums;
}

static bool check_lstsq(const struct tensor *a, const struct tensor *b,
                        struct error *err)
{
    const struct tensor *pair[2] = {a, b};

    for (int i = 0; i < 2; i++)
        if (pair[i]->ndim != 2 && !(i == 1 && pair[i]->ndim == 1))
            return error_set(err, ERROR_LINALG,
                             "%d-dimensional array given. Array must be "
                             "two-dimensional",
                             pair[i]->ndim);
    return lapack_check_stack(a, err) &&
           (a->shape[0] == b->shape[0] ||
            error_set(err, ERROR_LINALG, "Incompatible dimensions"));
}

/* B's columns, each with room for a solution. */
static struct tensor *right_side(struct steps *s, struct tensor *b,
                                 const struct least_squares *l)
{
    int64_t width = l->width ? l->width : 1;
    struct tensor *columns = lapack_new_columns(s, l->a, l->side, width);
    struct tensor *head =
        columns ? step_slice(s, columns, 1, 0, l->rows) : NULL;
    struct tensor *turned = step_swapped(s, b);

    if (!head || !turned)
        return NULL;
    return !l->width || tensor_assign(head, turned, s->err) ? columns : NULL;
}

bool linalg_lstsq(struct tensor *a, struct tensor *b, const double *rcond,
                  struct tensor *ret[4], struct error *err)
{
    struct tensor *pair[2] = {a, b};
    enum dtype dtype = lapack_dtype(2, pair);
    struct steps s = {.err = err};
    bool vector = b->ndim == 1;

    if (!check_lstsq(a, b, err))
        return false;
    if (vector)
        b = step_column(&s, b);
    struct least_squares l = {.rows = (lapack_int)a->shape[0],
                              .columns = (lapack_int)a->shape[1],
                              .width = (lapack_int)b->shape[1]};
    l.side = leading(l.rows > l.columns ? l.rows : l.columns);
    l.a = lapack_columns(&s, a);
    l.values = lapack_new_vectors(&s, a, smaller(l.rows, l.columns));
    l.b = l.a ? right_side(&s, b, &l) : NULL;
    struct tensor *x = NULL, *sums = NULL, *rank = NULL;
    if (l.b && l.values &&
        least_squares(&l, rcond ? *rcond : DBL_EPSILON * l.side, err)) {
        x = step_slice(&s, step_slice(&s, l.b, 0, 0, l.width), 1, 0, l.columns);
        x = vector ? step_item(&s, x, 0, 0) : step_swapped(&s, x);
        x = x ? step(&s, tensor_astype(x, dtype, err)) : NULL;
        sums = step_astype(&s, residuals(&s, &l), dtype);
        struct scalar number = {DTYPE_INT32, {.i = l.rank}};
        rank = step(&s, tensor_from_scalar(number, err));
    }
    struct tensor *values = step_astype(&s, l.values, dtype);
    return steps_give(&s, 4, (struct tensor *[]){x, sums, rank, values}, ret);
}
