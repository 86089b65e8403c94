/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Linear algebra.  The formulas are those of M. B. Giles, "Collected matrix
 * derivative results for forward and reverse mode algorithmic
 * differentiation" (2008), of G. H. Golub and V. Pereyra (1973) for the
 * pseudo-inverse, of I. Murray (2016) for Cholesky.  Stacks of matrices are
 * matrices along their last two axes.
 */
#include <math.h>
#include <string.h>

#include "base/i18n.h"
#include "ops/derive.h"

static struct tensor *turned(struct vjp *v, struct tensor *a)
{
    return derive_swapped(v, a);
}

static struct tensor *one(struct vjp *v, const char *name, struct tensor *a)
{
    return derive_call(v, name, NAMED({"a", arg_tensor(a)}));
}

static struct tensor *inverse(struct vjp *v, struct tensor *a)
{
    return one(v, "linalg.inv", a);
}

static struct tensor *solved(struct vjp *v, struct tensor *a, struct tensor *b)
{
    return derive_call(v, "linalg.solve",
                       NAMED({"a", arg_tensor(a)}, {"b", arg_tensor(b)}));
}

/* A vector for each matrix, as a column and as a row. */
static struct tensor *column(struct vjp *v, struct tensor *a)
{
    return a ? derive_new_axis(v, a, a->ndim) : NULL;
}

static struct tensor *row(struct vjp *v, struct tensor *a)
{
    return a ? derive_new_axis(v, a, a->ndim - 1) : NULL;
}

/* A number for each matrix. */
static struct tensor *number(struct vjp *v, struct tensor *a)
{
    return column(v, column(v, a));
}

static struct tensor *identity(struct vjp *v, int64_t n)
{
    return derive_call(
        v, "identity",
        NAMED({"n", arg_int(n)},
              {"dtype", {.given = true, .dtype = v->x->dtype}}));
}

static struct tensor *triangle(struct vjp *v, struct tensor *a, int64_t k)
{
    return derive_call(v, "tril", NAMED({"m", arg_tensor(a)}, {"k", arg_int(k)}));
}

/* --------------------------------------------------- inverse and solutions */

/* -Y^T G Y^T */
struct tensor *inv_vjp(struct vjp *v)
{
    struct tensor *yt = turned(v, v->result);
    return negated(v, matmul(v, matmul(v, yt, v->gradient), yt));
}

/* With vectors on the right as columns: B gets a^-T G, A -B' Y^T. */
struct tensor *solve_vjp(struct vjp *v)
{
    struct tensor *a = v->args[0].tensor, *b = v->args[1].tensor;
    bool vector = b->ndim == a->ndim - 1;
    struct tensor *g = vector ? column(v, v->gradient) : v->gradient;
    struct tensor *y = vector ? column(v, v->result) : v->result;
    struct tensor *of_b = solved(v, turned(v, a), g);
    if (v->operand == 0)
        return negated(v, matmul(v, of_b, turned(v, y)));
    return of_b && vector
               ? derive_reshape(v, of_b, v->result->ndim, v->result->shape)
               : of_b;
}

/* The cofactors by singular values, for matrices that have no inverse. */
static struct tensor *cofactors(struct vjp *v, struct tensor *a)
{
    struct named svd[] = {{"a", arg_tensor(a)}, {NULL, {0}}};
    struct tensor *u = derive_item(v, "linalg.svd", 0, svd);
    struct tensor *s = derive_item(v, "linalg.svd", 1, svd);
    struct tensor *vt = derive_item(v, "linalg.svd", 2, svd);
    if (!u || !s || !vt)
        return NULL;
    int64_t n = s->shape[s->ndim - 1], last = s->ndim;
    /* the others' product: 1 on the diagonal in place of each */
    struct tensor *others = derive_where(
        v, derive_call(v, "equal",
                       NAMED({"x1", arg_tensor(identity(v, n))},
                             {"x2", arg_tensor(derive_number(v, 1))})),
        derive_number(v, 1), row(v, s));
    struct tensor *rest = derive_call(
        v, "prod",
        NAMED({"a", arg_tensor(others)}, {"axis", arg_dims(1, &last)}));
    struct tensor *sign =
        times(v, one(v, "linalg.det", u), one(v, "linalg.det", vt));
    return times(v, number(v, sign),
                 matmul(v, times(v, u, row(v, rest)), vt));
}

static bool all_regular(const struct tensor *determinants)
{
    for (int64_t i = 0; i < determinants->size; i++)
        if (scalar_to_double(tensor_item_at(determinants, i)) == 0)
            return false;
    return true;
}

/* det: G det a^-T; the other part of slogdet: G a^-T. */
struct tensor *det_vjp(struct vjp *v)
{
    struct tensor *a = v->args[0].tensor;
    if (!all_regular(v->result))
        return times(v, number(v, v->gradient), cofactors(v, a));
    return times(v, number(v, times(v, v->gradient, v->result)),
                 turned(v, inverse(v, a)));
}

struct tensor *slogdet_vjp(struct vjp *v)
{
    return v->output == 0 ? NULL
                          : times(v, number(v, v->gradient),
                                  turned(v, inverse(v, v->args[0].tensor)));
}

/* -P^T G P^T + (1 - A P) G^T P P^T + P^T P G^T (1 - P A) */
struct tensor *pinv_vjp(struct vjp *v)
{
    struct tensor *a = v->args[0].tensor, *p = v->result, *g = v->gradient;
    if (v->operand)
        return NULL; /* rcond is a step */
    struct tensor *pt = turned(v, p), *gt = turned(v, g);
    struct tensor *left = minus(v, identity(v, a->shape[a->ndim - 2]),
                                matmul(v, a, p));
    struct tensor *right = minus(v, identity(v, a->shape[a->ndim - 1]),
                                 matmul(v, p, a));
    struct tensor *first = matmul(v, matmul(v, pt, g), pt);
    struct tensor *second =
        matmul(v, matmul(v, left, gt), matmul(v, p, pt));
    struct tensor *third =
        matmul(v, matmul(v, pt, p), matmul(v, gt, right));
    return plus(v, minus(v, second, first), third);
}

static struct tensor *lstsq_formula(struct vjp *v, const struct arg *args)
{
    return matmul(v, one(v, "linalg.pinv", args[0].tensor), args[1].tensor);
}

struct tensor *lstsq_vjp(struct vjp *v)
{
    return v->output ? derive_unknown(v) : vjp_through(v, lstsq_formula);
}

/* ----------------------------------------------------------- factorizations */

/* L^-T Phi(L^T G) L^-1, made symmetric; Phi: the lower triangle with half the
   diagonal. */
struct tensor *cholesky_vjp(struct vjp *v)
{
    struct tensor *l = v->result;
    struct tensor *p = matmul(v, turned(v, l), triangle(v, v->gradient, 0));
    struct tensor *phi = scaled(
        v, plus(v, triangle(v, p, 0), triangle(v, p, -1)), 0.5);
    struct tensor *li = inverse(v, l);
    struct tensor *s = matmul(v, matmul(v, turned(v, li), phi), li);
    return scaled(v, plus(v, s, turned(v, s)), 0.5);
}

/* 1 / (w_j - w_i), 0 on the diagonal. */
static struct tensor *gaps(struct vjp *v, struct tensor *w)
{
    if (!w)
        return NULL;
    struct tensor *gap = minus(v, row(v, w), column(v, w));
    struct tensor *eye = identity(v, w->shape[w->ndim - 1]);
    struct tensor *off =
        minus(v, derive_number(v, 1), eye);
    return over(v, off, plus(v, gap, eye));
}

/* V (diag(Gw) + F o V^T Gv) V^T, made symmetric. */
static struct tensor *eigh_part(struct vjp *v, struct tensor *w,
                                struct tensor *vectors, struct tensor *gw,
                                struct tensor *gv)
{
    struct tensor *vt = turned(v, vectors);
    struct tensor *inner =
        gw ? times(v, identity(v, gw->shape[gw->ndim - 1]), row(v, gw))
           : times(v, gaps(v, w), matmul(v, vt, gv));
    struct tensor *s = matmul(v, matmul(v, vectors, inner), vt);
    return scaled(v, plus(v, s, turned(v, s)), 0.5);
}

struct tensor *eigh_vjp(struct vjp *v)
{
    return v->output == 0
               ? eigh_part(v, NULL, v->results[1], v->gradient, NULL)
               : eigh_part(v, v->results[0], v->results[1], NULL,
                           v->gradient);
}

struct tensor *eigvalsh_vjp(struct vjp *v)
{
    const struct arg *side = derive_arg(v, "UPLO");
    struct tensor *vectors = derive_item(
        v, "linalg.eigh", 1,
        NAMED({"a", arg_tensor(v->args[0].tensor)},
              {"UPLO", side ? *side : arg_string("L")}));
    return eigh_part(v, NULL, vectors, v->gradient, NULL);
}

/* Eigenvalues of any matrix: V^-T diag(G) V^T. */
struct tensor *eigvals_vjp(struct vjp *v)
{
    struct tensor *vectors = derive_item(
        v, "linalg.eig", 1, NAMED({"a", arg_tensor(v->args[0].tensor)}));
    struct tensor *vt = turned(v, vectors);
    struct tensor *g = column(v, v->gradient);
    return vt ? solved(v, vt, times(v, g, vt)) : NULL;
}

struct tensor *eig_vjp(struct vjp *v)
{
    if (v->output)
        return derive_unknown_but(
            v, _("np.linalg.eigh(x) has one for the vectors of symmetric "
                 "matrices"));
    struct tensor *vt = turned(v, v->results[1]);
    return vt ? solved(v, vt, times(v, column(v, v->gradient), vt)) : NULL;
}

/* ------------------------------------------------------------ singular values */

struct svd {
    struct tensor *u, *s, *vt;
};

/* A = U S V^T without the columns that full_matrices=True adds. */
static bool thin_svd(struct vjp *v, struct svd *ret)
{
    struct named call[] = {{"a", arg_tensor(v->args[0].tensor)},
                           {"full_matrices", arg_flag(false)},
                           {NULL, {0}}};
    ret->u = derive_item(v, "linalg.svd", 0, call);
    ret->s = derive_item(v, "linalg.svd", 1, call);
    ret->vt = derive_item(v, "linalg.svd", 2, call);
    return ret->u && ret->s && ret->vt;
}

/* F = 1 / (s_j^2 - s_i^2), 0 on the diagonal. */
static struct tensor *square_gaps(struct vjp *v, struct tensor *s)
{
    return gaps(v, derive_1(v, "square", s));
}

/* With J = F o (U^T Gu): U (J + J^T) S V^T + (1 - U U^T) Gu S^-1 V^T. */
static struct tensor *of_left(struct vjp *v, const struct svd *d,
                              struct tensor *gu)
{
    struct tensor *ut = turned(v, d->u);
    struct tensor *j = times(v, square_gaps(v, d->s), matmul(v, ut, gu));
    struct tensor *both = plus(v, j, turned(v, j));
    struct tensor *inside = matmul(v, d->u, times(v, both, row(v, d->s)));
    struct tensor *outside =
        minus(v, gu, matmul(v, d->u, matmul(v, ut, gu)));
    struct tensor *sum = plus(v, inside, over(v, outside, row(v, d->s)));
    return matmul(v, sum, d->vt);
}

/* The same of the transpose, transposed. */
static struct tensor *of_right(struct vjp *v, const struct svd *d,
                               struct tensor *gvt)
{
    struct svd other = {turned(v, d->vt), d->s, turned(v, d->u)};
    return other.u && other.vt
               ? turned(v, of_left(v, &other, turned(v, gvt)))
               : NULL;
}

/* The gradient of U or V^T by the first COUNT columns or rows along AXIS; NULL
   when something depends on the others, which are arbitrary. */
static struct tensor *of_first(struct vjp *v, int axis, int64_t count)
{
    struct tensor *rest = derive_slice(v, v->gradient, axis, count,
                                       v->gradient->shape[axis]);
    for (int64_t i = 0; rest && i < rest->size; i++)
        if (scalar_to_double(tensor_item_at(rest, i)) != 0)
            return derive_unknown_but(
                v, _("np.linalg.svd(x, full_matrices=False) has a gradient"));
    return rest ? derive_slice(v, v->gradient, axis, 0, count) : NULL;
}

struct tensor *svd_vjp(struct vjp *v)
{
    struct svd d;
    bool vectors = v->args[2].flag;
    int which = vectors ? v->output : 1, ndim = v->args[0].tensor->ndim;
    if (!thin_svd(v, &d))
        return NULL;
    int64_t count = d.s->shape[d.s->ndim - 1];
    if (which == 1)
        return matmul(v, times(v, d.u, row(v, v->gradient)), d.vt);
    struct tensor *g = of_first(v, which == 0 ? ndim - 1 : ndim - 2, count);
    return !g           ? NULL
           : which == 0 ? of_left(v, &d, g)
                        : of_right(v, &d, g);
}

/* A wide matrix is [A1 A2] with A1 = Q R1 square: R = [R1  Q^T A2] (Roberts and
   Roberts, "QR and LQ Decomposition Matrix Backpropagation Algorithms",
   2020). */
static struct tensor *wide_qr_formula(struct vjp *v, const struct arg *args)
{
    struct tensor *a = args[0].tensor;
    int last = a->ndim - 1;
    int64_t rows = a->shape[last - 1];
    struct named call[] = {
        {"a", arg_tensor(derive_slice(v, a, last, 0, rows))}, {NULL, {0}}};
    struct tensor *q = derive_item(v, "linalg.qr", 0, call);
    if (v->output == 0 && strcmp(args[1].string, "r"))
        return q;
    struct tensor *right = derive_slice(v, a, last, rows, a->shape[last]);
    struct tensor *parts[2] = {derive_item(v, "linalg.qr", 1, call),
                               matmul(v, turned(v, q), right)};
    return derive_concatenate(v, 2, parts, last);
}

/* M = R Gr^T - Gq^T Q; (Gq + Q copyltu(M)) R^-T, where copyltu mirrors the
   lower triangle.  Of tall and square matrices. */
struct tensor *qr_vjp(struct vjp *v)
{
    const struct tensor *a = v->args[0].tensor;
    const char *mode = v->args[1].string;
    int64_t rows = a->shape[a->ndim - 2], columns = a->shape[a->ndim - 1];
    bool complete = !strcmp(mode, "complete") && rows <= columns;
    if (*mode && strcmp(mode, "reduced") && strcmp(mode, "r") && !complete)
        return derive_unknown_but(v, _("np.linalg.qr(x) has a gradient"));
    if (rows < columns)
        return vjp_through(v, wide_qr_formula);
    struct named call[] = {{"a", arg_tensor(v->args[0].tensor)}, {NULL, {0}}};
    struct tensor *q = derive_item(v, "linalg.qr", 0, call);
    struct tensor *r = derive_item(v, "linalg.qr", 1, call);
    struct tensor *g = v->gradient;
    bool of_q = v->output == 0 && strcmp(mode, "r");
    struct tensor *m = of_q ? negated(v, matmul(v, turned(v, g), q))
                            : matmul(v, r, turned(v, g));
    struct tensor *mirrored =
        plus(v, triangle(v, m, 0), turned(v, triangle(v, m, -1)));
    struct tensor *sum = matmul(v, q, mirrored);
    if (of_q)
        sum = plus(v, sum, g);
    struct tensor *back = solved(v, r, turned(v, sum));
    return turned(v, back);
}
