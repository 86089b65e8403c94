/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Eigenvalues: of any matrix (geev), of symmetric ones (syevd). */
#include "base/i18n.h"
#include "base/interrupt.h"
#include "tensor/lapack.h"
#include "tensor/linalg.h"

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
