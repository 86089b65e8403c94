/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Polynomials as vectors of coefficients, the highest power first: NumPy's
 * old polynomial functions.
 */
#ifndef TENSOR_POLYNOMIAL_H
#define TENSOR_POLYNOMIAL_H

#include "tensor/tensor.h"

/* The polynomial P at each of X, by Horner's rule. */
struct tensor *polynomial_value(struct tensor *p, struct tensor *x,
                                struct error *err);

/* Sum, difference; the shorter one gets zeros in front. */
struct tensor *polynomial_add(struct tensor *a, struct tensor *b, bool subtract,
                              struct error *err);
/* The product of both without their leading zeros. */
struct tensor *polynomial_multiply(struct tensor *a, struct tensor *b,
                                   struct error *err);
/* Quotient and remainder. */
bool polynomial_divide(struct tensor *a, struct tensor *b,
                       struct tensor *ret[2], struct error *err);

/* The M-th derivative and integral; K has the M constants (or one for all),
   NULL: 0. */
struct tensor *polynomial_derivative(struct tensor *p, int64_t m,
                                     struct error *err);
struct tensor *polynomial_integral(struct tensor *p, int64_t m,
                                   struct tensor *k, struct error *err);

/* The zeros of P: eigenvalues of its companion matrix.  NotImplementedError
   when one is complex. */
struct tensor *polynomial_roots(struct tensor *p, struct error *err);
/* The polynomial with these zeros, or a matrix's characteristic one. */
struct tensor *polynomial_from_roots(struct tensor *roots, struct error *err);

/* P without its leading zeros; one zero is left of nothing else. */
struct tensor *polynomial_trim(struct tensor *p, struct error *err);

struct fit_options {
    const double *rcond;    /* NULL: the number of points times epsilon */
    struct tensor *weights; /* of the residuals, or NULL */
};

/* A least squares fit, and how it came about.  All owned. */
struct polynomial_fit {
    struct tensor *coefficients; /* a column for each column of y */
    struct tensor *residuals, *rank, *singular_values; /* as lstsq's */
    struct tensor *covariance; /* of the coefficients, not scaled */
    double rcond;
};

bool polynomial_fit(struct tensor *x, struct tensor *y, int64_t degree,
                    const struct fit_options *options,
                    struct polynomial_fit *ret, struct error *err);
/* The covariances of the coefficients, times the residuals over FREEDOM (0:
   not); with COLUMNS of y one matrix for each, along a last axis. */
struct tensor *polynomial_fit_covariance(const struct polynomial_fit *fit,
                                         int64_t freedom, bool columns,
                                         struct error *err);
void polynomial_fit_done(struct polynomial_fit *fit);

#endif
