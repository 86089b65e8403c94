/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Polynomials by their coefficients. */
#include "tensor/polynomial.h"

#include <string.h>

#include "ops/derive.h"
#include "ops/families.h"

static const struct param polyval_params[] = {{"p", PARAM_TENSOR, 0, NULL},
                                              {"x", PARAM_TENSOR, 0, NULL},
                                              {NULL, 0, 0, NULL}};
static const struct param polyfit_params[] = {
    {"x", PARAM_TENSOR, 0, NULL},      {"y", PARAM_TENSOR, 0, NULL},
    {"deg", PARAM_INT, 0, NULL},       {"rcond", PARAM_FLOAT, 0, "None"},
    {"full", PARAM_BOOL, 0, "False"},  {"w", PARAM_TENSOR, 0, "None"},
    {"cov", PARAM_CHOICE, 0, "False"}, {NULL, 0, 0, NULL}};
static const struct param two_params[] = {{"a1", PARAM_TENSOR, 0, NULL},
                                          {"a2", PARAM_TENSOR, 0, NULL},
                                          {NULL, 0, 0, NULL}};
static const struct param polydiv_params[] = {{"u", PARAM_TENSOR, 0, NULL},
                                              {"v", PARAM_TENSOR, 0, NULL},
                                              {NULL, 0, 0, NULL}};
static const struct param polyder_params[] = {
    {"p", PARAM_TENSOR, 0, NULL}, {"m", PARAM_INT, 0, "1"}, {NULL, 0, 0, NULL}};
static const struct param polyint_params[] = {{"p", PARAM_TENSOR, 0, NULL},
                                              {"m", PARAM_INT, 0, "1"},
                                              {"k", PARAM_TENSOR, 0, "None"},
                                              {NULL, 0, 0, NULL}};
static const struct param roots_params[] = {{"p", PARAM_TENSOR, 0, NULL},
                                            {NULL, 0, 0, NULL}};
static const struct param poly_params[] = {
    {"seq_of_zeros", PARAM_TENSOR, 0, NULL}, {NULL, 0, 0, NULL}};

static bool polyval_forward(const struct op *op, const struct arg *args,
                            struct op_result *ret, struct error *err)
{
    struct tensor *value =
        polynomial_value(args[0].tensor, args[1].tensor, err);

    (void)op;
    if (args[0].tensor->size)
        return op_return_tensor(ret, value);
    return op_return_array(ret, value); /* the zeros that it began as */
}

/* polyadd and polysub. */
static bool polyadd_forward(const struct op *op, const struct arg *args,
                            struct op_result *ret, struct error *err)
{
    bool subtract = !strcmp(op->name, "polysub");
    return op_return_array(
        ret, polynomial_add(args[0].tensor, args[1].tensor, subtract, err));
}

static bool polymul_forward(const struct op *op, const struct arg *args,
                            struct op_result *ret, struct error *err)
{
    (void)op;
    return op_return_array(
        ret, polynomial_multiply(args[0].tensor, args[1].tensor, err));
}

static bool polydiv_forward(const struct op *op, const struct arg *args,
                            struct op_result *ret, struct error *err)
{
    struct tensor *parts[2];

    (void)op;
    return polynomial_divide(args[0].tensor, args[1].tensor, parts, err) &&
           op_return_tuple(ret, 2, parts);
}

static bool polyder_forward(const struct op *op, const struct arg *args,
                            struct op_result *ret, struct error *err)
{
    (void)op;
    return op_return_array(
        ret, polynomial_derivative(args[0].tensor, args[1].integer, err));
}

static bool polyint_forward(const struct op *op, const struct arg *args,
                            struct op_result *ret, struct error *err)
{
    struct tensor *k = args[2].given ? args[2].tensor : NULL;

    (void)op;
    return op_return_array(
        ret, polynomial_integral(args[0].tensor, args[1].integer, k, err));
}

static bool roots_forward(const struct op *op, const struct arg *args,
                          struct op_result *ret, struct error *err)
{
    (void)op;
    return op_return_array(ret, polynomial_roots(args[0].tensor, err));
}

static bool poly_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    (void)op;
    return op_return_tensor(ret, polynomial_from_roots(args[0].tensor, err));
}

/* --------------------------------------------------------------- polyfit */

/* The covariance matrix times CHI2 over the degrees of freedom; Y with
   several columns has one for each, along a last axis. */
static struct tensor *scaled_covariance(const struct polynomial_fit *fit,
                                        int64_t points, bool columns,
                                        bool unscaled, struct error *err)
{
    int64_t order = fit->coefficients->shape[0];
    struct tensor *inverse = fit->covariance;

    if (!inverse)
        return error_null(err, ERROR_LINALG, "Singular matrix");
    if (unscaled && !columns)
        return tensor_ref(inverse);
    if (!unscaled && points <= order)
        return error_null(err, ERROR_VALUE,
                          "the number of data points must exceed order to "
                          "scale the covariance matrix");
    return polynomial_fit_covariance(fit, unscaled ? 0 : points - order,
                                     columns, err);
}

static bool return_full(struct op_result *ret, struct polynomial_fit *fit,
                        struct error *err)
{
    struct tensor *rcond =
        tensor_from_scalar(scalar_from_double(fit->rcond), err);

    if (!rcond)
        return false;
    return op_return_tuple(
        ret, 5,
        (struct tensor *[]){tensor_ref(fit->coefficients),
                            tensor_ref(fit->residuals), tensor_ref(fit->rank),
                            tensor_ref(fit->singular_values), rcond});
}

static bool return_fit(struct op_result *ret, struct polynomial_fit *fit,
                       const struct arg *args, struct error *err)
{
    const struct arg *cov = &args[6];
    bool unscaled = cov->choice.word && !strcmp(cov->choice.word, "unscaled");

    if (args[4].flag)
        return return_full(ret, fit, err);
    if (!cov->given || (!cov->choice.word && cov->choice.number == 0)) {
        op_return_array(ret, tensor_ref(fit->coefficients));
    } else {
        struct tensor *covariance =
            scaled_covariance(fit, args[0].tensor->size,
                              args[1].tensor->ndim == 2, unscaled, err);
        if (!covariance)
            return false;
        op_return_tuple(
            ret, 2,
            (struct tensor *[]){tensor_ref(fit->coefficients), covariance});
    }
    if (scalar_to_int(tensor_item(fit->rank)) != args[2].integer + 1)
        ret->warning = "RankWarning: Polyfit may be poorly conditioned";
    return true;
}

static bool polyfit_forward(const struct op *op, const struct arg *args,
                            struct op_result *ret, struct error *err)
{
    struct fit_options options = {
        .rcond = args[3].given ? &args[3].number : NULL,
        .weights = args[5].given ? args[5].tensor : NULL};
    struct polynomial_fit fit = {.rcond = 0};

    (void)op;
    bool done = polynomial_fit(args[0].tensor, args[1].tensor, args[2].integer,
                               &options, &fit, err) &&
                return_fit(ret, &fit, args, err);
    polynomial_fit_done(&fit);
    return done;
}

const struct op polynomial_ops[] = {
    {"polyval", NULL, "np", OP_FUNCTION, polyval_params, polyval_forward, polyval_vjp,
     NULL, "The value of a polynomial",
     "p has the coefficients, that of the highest power first.",
     ">>> np.polyval([3, 0, 1], 5)\n76", "polyfit poly1d"},
    {"polyfit", NULL, "np", OP_FUNCTION, polyfit_params, polyfit_forward, polyfit_vjp,
     NULL, "The polynomial of degree deg nearest to points: least squares",
     "Returns the coefficients, that of the highest power first; with cov=True "
     "their covariances as well; with full=True what np.linalg.lstsq tells. w "
     "are weights of the points.",
     ">>> np.polyfit([0, 1, 2, 3], [1, 3, 5, 7], 1).round(6)\n"
     "array([2., 1.])",
     "polyval lstsq"},
    {"polyadd", NULL, "np", OP_FUNCTION, two_params, polyadd_forward, polyadd_vjp,
     NULL, "The sum of two polynomials", NULL,
     ">>> np.polyadd([1, 2], [9, 5, 4])\narray([9, 6, 6])", "polysub polymul"},
    {"polysub", NULL, "np", OP_FUNCTION, two_params, polyadd_forward, polyadd_vjp,
     NULL, "The difference of two polynomials", NULL,
     ">>> np.polysub([2, 10, -2], [3, 10, -4])\narray([-1,  0,  2])",
     "polyadd"},
    {"polymul", NULL, "np", OP_FUNCTION, two_params, polymul_forward, polymul_vjp,
     NULL, "The product of two polynomials", NULL,
     ">>> np.polymul([1, 2, 3], [9, 5, 1])\narray([ 9, 23, 38, 17,  3])",
     "polydiv convolve"},
    {"polydiv", NULL, "np", OP_FUNCTION, polydiv_params, polydiv_forward, NULL,
     NULL, "Quotient and remainder of two polynomials", NULL,
     ">>> np.polydiv([3, 5, 2], [2, 1])\n(array([1.5 , 1.75]), array([0.25]))",
     "polymul"},
    {"polyder", NULL, "np", OP_FUNCTION, polyder_params, polyder_forward, polyder_vjp,
     NULL, "The m-th derivative of a polynomial", NULL,
     ">>> np.polyder([1, 1, 1, 1])\narray([3, 2, 1])", "polyint"},
    {"polyint", NULL, "np", OP_FUNCTION, polyint_params, polyint_forward, polyint_vjp,
     NULL, "The m-th integral of a polynomial",
     "k has the constants, 0 without it.",
     ">>> np.polyint([3, 2, 1])\narray([1., 1., 1., 0.])", "polyder"},
    {"roots", NULL, "np", OP_FUNCTION, roots_params, roots_forward, NULL, NULL,
     "The zeros of a polynomial",
     "They are the eigenvalues of a matrix. There are no complex arrays here: "
     "a polynomial with complex zeros is an error.",
     ">>> np.roots([1, -3, 2])\narray([2., 1.])", "poly polyval"},
    {"poly", NULL, "np", OP_FUNCTION, poly_params, poly_forward, poly_vjp, NULL,
     "The polynomial with these zeros",
     "Of a square matrix it is the characteristic polynomial.",
     ">>> np.poly([1, 2])\narray([ 1., -3.,  2.])", "roots"},
    {.name = NULL},
};
