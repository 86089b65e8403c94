/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Eigenvalues: of any matrix (geev), of symmetric ones (syevd). */
#include <math.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/interrupt.h"
#include "tensor/lapack.h"
#include "tensor/linalg.h"
#include "tensor/sort.h"
#include "tensor/steps.h"

static const char not_converged[] = "Eigenvalues did not converge";

/* What one call of geev works on. */
struct spectrum {
    struct tensor *a, *real, *imaginary, *vectors; /* VECTORS may be NULL */
};

static bool check_real(const struct tensor *real,
                       const struct tensor *imaginary, struct error *err)
{
    for (int64_t i = 0; i < imaginary->size; i++) {
        double y = tensor_item_at(imaginary, i).f;
        if (y == 0)
            continue;
        error_set(
            err, ERROR_NOT_IMPLEMENTED,
            _("the eigenvalue %.6g%+.6gj is complex; arrays here are real"),
            tensor_item_at(real, i).f, y);
        error_hint(err, _("a symmetric matrix, such as A + A.T or A.T @ A, "
                          "has real eigenvalues"));
        return false;
    }
    return true;
}

static bool eig_each(const struct spectrum *e, struct error *err)
{
    lapack_int n = (lapack_int)e->a->shape[e->a->ndim - 1];
    int64_t count = n ? lapack_count(e->a, 2) : 0;
    bool done = true;

    lapack_prepare();
    for (int64_t i = 0; done && i < count; i++) {
        double *vectors = e->vectors ? lapack_at(e->vectors, 2, i) : NULL;
        lapack_int info = LAPACK_ALONE(
            LAPACKE_dgeev(LAPACK_COL_MAJOR, 'N', vectors ? 'V' : 'N', n,
                          lapack_at(e->a, 2, i), n, lapack_at(e->real, 1, i),
                          lapack_at(e->imaginary, 1, i), NULL, n, vectors, n));
        done = lapack_check(info, not_converged, err) && interrupt_check(err);
    }
    return done && check_real(e->real, e->imaginary, err);
}

/* Hands the eigenvalues and, when there are any, the vectors over. */
static bool give(struct steps *s, bool done, enum dtype dtype,
                 struct tensor *values, struct tensor *columns,
                 struct tensor *ret[2])
{
    int count = columns ? 2 : 1;

    if (!done)
        return steps_end(s, NULL) != NULL;
    struct tensor *vectors = lapack_rows(s, columns, dtype);
    return steps_give(
        s, count, (struct tensor *[]){step_astype(s, values, dtype), vectors},
        ret);
}

bool linalg_eig(struct tensor *a, bool vectors, struct tensor *ret[2],
                struct error *err)
{
    enum dtype dtype = lapack_dtype(1, &a);
    struct steps s = {.err = err};

    if (!lapack_check_square(a, err) || !lapack_check_finite(a, err))
        return false;
    int64_t n = a->shape[a->ndim - 1];
    struct spectrum e = {.a = lapack_columns(&s, a),
                         .real = lapack_new_vectors(&s, a, n),
                         .imaginary = lapack_new_vectors(&s, a, n),
                         .vectors =
                             vectors ? lapack_new_columns(&s, a, n, n) : NULL};
    bool done = e.a && e.real && e.imaginary && (!vectors || e.vectors) &&
                eig_each(&e, err);
    return give(&s, done, dtype, e.real, e.vectors, ret);
}

bool linalg_eigh(struct tensor *a, bool lower, bool vectors,
                 struct tensor *ret[2], struct error *err)
{
    enum dtype dtype = lapack_dtype(1, &a);
    struct steps s = {.err = err};

    if (!lapack_check_square(a, err))
        return false;
    lapack_int n = (lapack_int)a->shape[a->ndim - 1];
    struct tensor *columns = lapack_columns(&s, a);
    struct tensor *values = lapack_new_vectors(&s, a, n);
    bool done = columns && values;
    int64_t count = done && n ? lapack_count(columns, 2) : 0;
    lapack_prepare();
    for (int64_t i = 0; done && i < count; i++)
        done = lapack_check(LAPACK_ALONE(LAPACKE_dsyevd(
                                LAPACK_COL_MAJOR, vectors ? 'V' : 'N',
                                lower ? 'L' : 'U', n, lapack_at(columns, 2, i),
                                n, lapack_at(values, 1, i))),
                            not_converged, err) &&
               interrupt_check(err);
    return give(&s, done, dtype, values, vectors ? columns : NULL, ret);
}

/* ------------------------------------------------- singular values by eigh */

/* One matrix: VALUES (N) become their absolute values, descending, the columns
   of U are sorted with them, and V transposed gets the signs. */
static void sort_by_size(struct tensor *values, struct tensor *u,
                         struct tensor *vt, int64_t matrix,
                         const int64_t *order)
{
    enum dtype dtype = values->dtype;
    int64_t n = values->shape[values->ndim - 1];
    size_t size = dtype_size(dtype);
    char *s = values->data + (size_t)(matrix * n) * size;
    double *row = xcalloc((size_t)n + 1, sizeof *row);
    double *signs = xcalloc((size_t)n + 1, sizeof *signs);

    for (int64_t k = 0; k < n; k++)
        row[k] = scalar_load(dtype, s + (size_t)order[k] * size).f;
    for (int64_t k = 0; k < n; k++) {
        signs[k] = row[k] > 0 ? 1 : row[k] < 0 ? -1 : row[k];
        scalar_store(scalar_from_double(fabs(row[k])), dtype,
                     s + (size_t)k * size);
    }
    for (int64_t i = 0; u && i < n; i++) {
        char *line = u->data + (size_t)((matrix * n + i) * n) * size;
        for (int64_t k = 0; k < n; k++)
            row[k] = scalar_load(dtype, line + (size_t)order[k] * size).f;
        for (int64_t k = 0; k < n; k++) {
            int64_t turned = (matrix * n + k) * n + i;
            scalar_store(scalar_from_double(row[k]), dtype,
                         line + (size_t)k * size);
            scalar_store(scalar_from_double(row[k] * signs[k]), dtype,
                         vt->data + (size_t)turned * size);
        }
    }
    free(row);
    free(signs);
}

bool linalg_svd_symmetric(struct tensor *a, bool vectors,
                          struct tensor *ret[3], struct error *err)
{
    struct tensor *parts[2] = {NULL, NULL};

    if (!linalg_eigh(a, true, vectors, parts, err))
        return false;
    struct steps s = {.err = err};
    struct tensor *values = step(&s, parts[0]);
    struct tensor *u = vectors ? step(&s, parts[1]) : NULL;
    struct tensor *vt =
        vectors ? step(&s, tensor_new_like(u, u->dtype, err)) : NULL;
    struct tensor *sizes = step_unary(&s, "negative",
                                      step_unary(&s, "absolute", values));
    struct tensor *order =
        sizes ? step(&s, tensor_sort(sizes, sizes->ndim - 1, true, err)) : NULL;
    if (!order || (vectors && !vt)) {
        steps_end(&s, NULL);
        return false;
    }
    int64_t n = values->shape[values->ndim - 1];
    for (int64_t i = 0; n && i < values->size / n; i++)
        sort_by_size(values, u, vt, i, (const int64_t *)order->data + i * n);
    if (!vectors)
        return steps_give(&s, 1, &values, ret);
    return steps_give(&s, 3, (struct tensor *[]){u, values, vt}, ret);
}
