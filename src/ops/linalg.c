/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The module np.linalg. */
#include "tensor/elementwise.h"
#include "tensor/linalg.h"

#include <string.h>

#include "ops/derive.h"
#include "ops/families.h"

static const struct param a_params[] = {{"a", PARAM_TENSOR, 0, NULL},
                                        {NULL, 0, 0, NULL}};
static const struct param solve_params[] = {{"a", PARAM_TENSOR, 0, NULL},
                                            {"b", PARAM_TENSOR, 0, NULL},
                                            {NULL, 0, 0, NULL}};
static const struct param norm_params[] = {{"x", PARAM_TENSOR, 0, NULL},
                                           {"ord", PARAM_CHOICE, 0, "None"},
                                           {"axis", PARAM_DIMS, 0, "None"},
                                           {"keepdims", PARAM_BOOL, 0, "False"},
                                           {NULL, 0, 0, NULL}};
static const struct param cond_params[] = {{"x", PARAM_TENSOR, 0, NULL},
                                           {"p", PARAM_CHOICE, 0, "None"},
                                           {NULL, 0, 0, NULL}};
static const struct param eigh_params[] = {{"a", PARAM_TENSOR, 0, NULL},
                                           {"UPLO", PARAM_STRING, 0, "'L'"},
                                           {NULL, 0, 0, NULL}};
static const struct param svd_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"full_matrices", PARAM_BOOL, 0, "True"},
    {"compute_uv", PARAM_BOOL, 0, "True"},
    {"hermitian", PARAM_BOOL, 0, "False"},
    {NULL, 0, 0, NULL}};
static const struct param qr_params[] = {{"a", PARAM_TENSOR, 0, NULL},
                                         {"mode", PARAM_STRING, 0, "'reduced'"},
                                         {NULL, 0, 0, NULL}};
static const struct param lstsq_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"b", PARAM_TENSOR, 0, NULL},
    {"rcond", PARAM_CHOICE, 0, "'warn'"},
    {NULL, 0, 0, NULL}};
static const struct param pinv_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"rcond", PARAM_TENSOR, 0, "1e-15"},
    {"hermitian", PARAM_BOOL, 0, "False"},
    {NULL, 0, 0, NULL}};
static const struct param rank_params[] = {
    {"A", PARAM_TENSOR, 0, NULL},
    {"tol", PARAM_TENSOR, 0, "None"},
    {"hermitian", PARAM_BOOL, 0, "False"},
    {NULL, 0, 0, NULL}};
static const struct param power_params[] = {{"a", PARAM_TENSOR, 0, NULL},
                                            {"n", PARAM_INT, 0, NULL},
                                            {NULL, 0, 0, NULL}};
static const struct param chain_params[] = {
    {"arrays", PARAM_TENSORS, 0, NULL},
    {"out", PARAM_TENSOR, PARAM_KEYWORD_ONLY, "None"},
    {NULL, 0, 0, NULL}};

/* A function of one matrix in the row's data. */
typedef struct tensor *matrix_function(struct tensor *a, struct error *err);
static matrix_function *const inv = linalg_inv, *const det = linalg_det,
                              *const cholesky = linalg_cholesky;

static bool matrix_forward(const struct op *op, const struct arg *args,
                           struct op_result *ret, struct error *err)
{
    matrix_function *const *function = op->data;
    return op_return_tensor(ret, (*function)(args[0].tensor, err));
}

static bool solve_forward(const struct op *op, const struct arg *args,
                          struct op_result *ret, struct error *err)
{
    (void)op;
    return op_return_tensor(ret,
                            linalg_solve(args[0].tensor, args[1].tensor, err));
}

static bool slogdet_forward(const struct op *op, const struct arg *args,
                            struct op_result *ret, struct error *err)
{
    struct tensor *parts[2];

    (void)op;
    return linalg_slogdet(args[0].tensor, parts, err) &&
           op_return_tuple(ret, 2, parts);
}

static struct norm_order order_of(const struct arg *arg)
{
    return (struct norm_order){arg->given, arg->choice.word,
                               arg->choice.number};
}

static bool norm_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    const int64_t *axes = args[2].given ? args[2].dims.values : NULL;
    int count = args[2].given ? args[2].dims.count : 0;

    (void)op;
    return op_return_tensor(ret, linalg_norm(args[0].tensor, order_of(&args[1]),
                                             count, axes, args[3].flag, err));
}

static bool cond_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    (void)op;
    return op_return_tensor(
        ret, linalg_cond(args[0].tensor, order_of(&args[1]), err));
}

/* Values, and vectors unless the row's name ends in "vals". */
static bool eig_forward(const struct op *op, const struct arg *args,
                        struct op_result *ret, struct error *err)
{
    bool vectors = !strcmp(op->name, "eig");
    struct tensor *parts[2];

    if (!linalg_eig(args[0].tensor, vectors, parts, err))
        return false;
    return vectors ? op_return_tuple(ret, 2, parts)
                   : op_return_array(ret, parts[0]);
}

static bool eigh_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    bool vectors = !strcmp(op->name, "eigh");
    const char *triangle = args[1].string;
    bool lower = !*triangle || !strcmp(triangle, "L") || !strcmp(triangle, "l");
    struct tensor *parts[2];

    if (!lower && strcmp(triangle, "U") && strcmp(triangle, "u"))
        return error_set(err, ERROR_VALUE, "UPLO argument must be 'L' or 'U'");
    if (!linalg_eigh(args[0].tensor, lower, vectors, parts, err))
        return false;
    return vectors ? op_return_tuple(ret, 2, parts)
                   : op_return_array(ret, parts[0]);
}

static bool svd_forward(const struct op *op, const struct arg *args,
                        struct op_result *ret, struct error *err)
{
    bool vectors = args[2].flag;
    struct tensor *parts[3];

    (void)op;
    if (!(args[3].flag ? linalg_svd_symmetric(args[0].tensor, vectors, parts, err)
                       : linalg_svd(args[0].tensor, args[1].flag, vectors,
                                    parts, err)))
        return false;
    return vectors ? op_return_tuple(ret, 3, parts)
                   : op_return_array(ret, parts[0]);
}

static bool qr_forward(const struct op *op, const struct arg *args,
                       struct op_result *ret, struct error *err)
{
    static const char *const names[] = {"reduced", "complete", "r", "raw"};
    const char *mode = *args[1].string ? args[1].string : names[0];
    struct tensor *parts[2];
    int i = 0;

    (void)op;
    while (i < 4 && strcmp(mode, names[i]))
        i++;
    if (i == 4)
        return error_set(err, ERROR_VALUE, "Unrecognized mode '%s'", mode);
    if (!linalg_qr(args[0].tensor, (enum qr_mode)i, parts, err))
        return false;
    return parts[1] ? op_return_tuple(ret, 2, parts)
                    : op_return_array(ret, parts[0]);
}

static bool lstsq_forward(const struct op *op, const struct arg *args,
                          struct op_result *ret, struct error *err)
{
    bool given = args[2].given;
    double rcond = args[2].choice.word ? -1 : args[2].choice.number;
    struct tensor *parts[4];

    (void)op;
    return linalg_lstsq(args[0].tensor, args[1].tensor, given ? &rcond : NULL,
                        parts, err) &&
           op_return_tuple(ret, 4, parts);
}

static bool pinv_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    struct tensor *rcond =
        args[1].given ? tensor_ref(args[1].tensor)
                      : tensor_from_scalar(scalar_from_double(1e-15), err);
    struct tensor *result =
        rcond ? linalg_pinv(args[0].tensor, rcond, args[2].flag, err) : NULL;

    (void)op;
    tensor_unref(rcond);
    return op_return_tensor(ret, result);
}

static bool rank_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    (void)op;
    return op_return_tensor(
        ret, linalg_matrix_rank(args[0].tensor,
                                args[1].given ? args[1].tensor : NULL,
                                args[2].flag, err));
}

static bool power_forward(const struct op *op, const struct arg *args,
                          struct op_result *ret, struct error *err)
{
    (void)op;
    fp_events_begin();
    struct tensor *power =
        linalg_matrix_power(args[0].tensor, args[1].integer, err);
    fp_events_end("matmul");
    return op_return_tensor(ret, power);
}

static bool multi_dot_forward(const struct op *op, const struct arg *args,
                              struct op_result *ret, struct error *err)
{
    (void)op;
    return op_return_into(
        ret,
        linalg_multi_dot(args[0].tensors.count, args[0].tensors.items, err),
        &args[1], err);
}

#define LINALG "np.linalg", OP_FUNCTION

const struct op linalg_ops[] = {
    {"norm", NULL, LINALG, norm_params, norm_forward, norm_vjp, NULL,
     "The length of a vector: the root of the sum of squares; or another norm",
     "Along one axis ord is 2 (or None), 1 (the sum of absolute values), inf "
     "or -inf (the largest, the smallest of them), 0 (how many are not 0) or "
     "any other number p: sum(abs(x)**p)**(1/p). Over two axes, those of a "
     "matrix, it is 'fro' (or None), 'nuc', 1, -1, 2, -2, inf or -inf. Without "
     "ord and axis it is the root of the sum of all squares.",
     ">>> np.linalg.norm([3, 4])\n5.0\n"
     ">>> np.linalg.norm([[3, 4], [6, 8]], axis=1)\narray([ 5., 10.])",
     "dot sqrt"},
    {"solve", NULL, LINALG, solve_params, solve_forward, solve_vjp, NULL,
     "The x for which a @ x equals b",
     "b is a vector or a matrix, whose columns are then solved for one by one. "
     "A singular matrix is a LinAlgError.",
     ">>> np.linalg.solve([[1, 2], [3, 5]], [1, 2])\narray([-1.,  1.])",
     "inv lstsq"},
    {"inv", NULL, LINALG, a_params, matrix_forward, inv_vjp, &inv,
     "The inverse of a square matrix",
     "To solve a @ x = b, np.linalg.solve(a, b) is faster and more exact.",
     ">>> np.linalg.inv([[2., 0.], [0., 4.]])\n"
     "array([[0.5 , 0.  ],\n       [0.  , 0.25]])",
     "solve pinv"},
    {"pinv", NULL, LINALG, pinv_params, pinv_forward, pinv_vjp, NULL,
     "The pseudo-inverse: the best there is when there is no inverse",
     "Singular values up to rcond times the largest one count as 0.",
     ">>> np.linalg.pinv([[2., 0.], [0., 0.]])\n"
     "array([[0.5, 0. ],\n       [0. , 0. ]])",
     "inv lstsq svd"},
    {"det", NULL, LINALG, a_params, matrix_forward, det_vjp, &det,
     "The determinant of a square matrix", NULL,
     ">>> np.linalg.det([[2, 0], [0, 4]]).round(6)\n8.0", "slogdet inv"},
    {"slogdet", NULL, LINALG, a_params, slogdet_forward, slogdet_vjp, NULL,
     "Sign and logarithm of the determinant, which neither overflow nor vanish",
     NULL, ">>> np.linalg.slogdet([[1, 0], [0, -1]])\n(-1.0, 0.0)", "det"},
    {"lstsq", NULL, LINALG, lstsq_params, lstsq_forward, lstsq_vjp, NULL,
     "The x for which a @ x comes nearest to b: least squares",
     "Returns x, the sums of squared residuals, the rank of a and its singular "
     "values. rcond=None counts those as 0 that rounding may have made.",
     ">>> A = np.array([[0, 1], [1, 1], [2, 1]])\n"
     ">>> x = np.linalg.lstsq(A, [1, 3, 5], rcond=None)[0]\n"
     ">>> x.round(6)\narray([2., 1.])",
     "solve polyfit"},
    {"eig", NULL, LINALG, a_params, eig_forward, eig_vjp, NULL,
     "Eigenvalues and eigenvectors of a square matrix",
     "Returns the values and a matrix whose columns are the vectors: "
     "a @ v[:, i] equals w[i] * v[:, i]. There are no complex arrays here: a "
     "matrix with complex eigenvalues is an error.",
     ">>> w, v = np.linalg.eig([[2., 0.], [0., 3.]])\n"
     ">>> w\narray([2., 3.])\n"
     ">>> v\narray([[1., 0.],\n       [0., 1.]])",
     "eigh eigvals svd"},
    {"eigvals", NULL, LINALG, a_params, eig_forward, eigvals_vjp, NULL,
     "The eigenvalues of a square matrix", NULL,
     ">>> np.linalg.eigvals([[2., 1.], [0., 3.]])\narray([2., 3.])",
     "eig eigvalsh"},
    {"eigh", NULL, LINALG, eigh_params, eigh_forward, eigh_vjp, NULL,
     "Eigenvalues and eigenvectors of a symmetric matrix, ascending",
     "Reads one triangle only: the lower, or the upper with UPLO='U'.",
     ">>> w, v = np.linalg.eigh([[2., 0.], [0., 1.]])\n"
     ">>> w\narray([1., 2.])",
     "eig eigvalsh"},
    {"eigvalsh", NULL, LINALG, eigh_params, eigh_forward, eigvalsh_vjp, NULL,
     "The eigenvalues of a symmetric matrix, ascending", NULL,
     ">>> np.linalg.eigvalsh([[2., 0.], [0., 1.]])\narray([1., 2.])",
     "eigh eigvals"},
    {"svd", NULL, LINALG, svd_params, svd_forward, svd_vjp, NULL,
     "The singular value decomposition u @ diag(s) @ vh",
     "Returns u, s (descending) and vh. full_matrices=False leaves out the "
     "columns of u and the rows of vh that meet no singular value; "
     "compute_uv=False gives s alone.",
     ">>> u, s, vh = np.linalg.svd([[0., 2.], [1., 0.]])\n"
     ">>> s\narray([2., 1.])",
     "eigh pinv matrix_rank"},
    {"qr", NULL, LINALG, qr_params, qr_forward, qr_vjp, NULL,
     "The decomposition q @ r: orthonormal columns, an upper triangle",
     "mode is 'reduced', 'complete' (q is square), 'r' (r alone) or 'raw' "
     "(LAPACK's reflectors and their factors).",
     ">>> q, r = np.linalg.qr([[3., 1.], [4., 2.]])\n"
     ">>> r.round(6)\narray([[-5. , -2.2],\n       [ 0. ,  0.4]])",
     "svd solve"},
    {"cholesky", NULL, LINALG, a_params, matrix_forward, cholesky_vjp, &cholesky,
     "The lower triangle L with L @ L.T equal to a positive definite matrix",
     NULL,
     ">>> np.linalg.cholesky([[4., 2.], [2., 5.]])\n"
     "array([[2., 0.],\n       [1., 2.]])",
     "eigh solve"},
    {"matrix_rank", NULL, LINALG, rank_params, rank_forward, NULL, NULL,
     "How many rows of a matrix are independent",
     "The singular values above tol are counted.",
     ">>> np.linalg.matrix_rank([[1, 2], [2, 4]])\n1", "svd"},
    {"matrix_power", NULL, LINALG, power_params, power_forward, matrix_power_vjp, NULL,
     "The matrix product of a with itself, n times",
     "n = 0 gives the identity, a negative n powers of the inverse.",
     ">>> np.linalg.matrix_power([[1, 1], [1, 0]], 10)\n"
     "array([[89, 55],\n       [55, 34]])",
     "matmul multi_dot"},
    {"cond", NULL, LINALG, cond_params, cond_forward, cond_vjp, NULL,
     "The condition number: how much a small error may grow in solving",
     "p is a norm's ord; None takes the largest singular value over the "
     "smallest.",
     ">>> np.linalg.cond([[1., 0.], [0., 0.5]])\n2.0", "norm svd"},
    {"multi_dot", NULL, LINALG, chain_params, multi_dot_forward, multi_dot_vjp, NULL,
     "The product of several matrices, in the order that costs least", NULL,
     ">>> np.linalg.multi_dot([[1, 2], [[1, 0], [0, 3]], [4, 5]])\n34",
     "dot matmul"},
    {.name = NULL},
};
