/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is calculated from neighbours: differences, gradients, integrals,
 * interpolation, convolution; and covariances.
 */
#ifndef TENSOR_CALCULUS_H
#define TENSOR_CALCULUS_H

#include "tensor/tensor.h"

/* -------------------------------------------------- difference.c */

/* Next less this along AXIS, N times; PREPEND and APPEND (may be NULL) are
   joined to A's ends before.  Of bools: where they differ. */
struct tensor *tensor_diff(struct tensor *a, int64_t n, int64_t axis,
                           struct tensor *prepend, struct tensor *append,
                           struct error *err);

/* The slope along AXIS of F: central differences inside, one-sided ones of
   EDGE_ORDER (1 or 2) at the ends.  SPACING (may be NULL: 1) is 0-d, or has
   the coordinate of each element.  Floats keep their dtype. */
struct tensor *tensor_gradient(struct tensor *f, int axis,
                               struct tensor *spacing, int edge_order,
                               struct error *err);

/* The trapezoidal rule along AXIS with distances DX, or the coordinates X
   (may be NULL). */
struct tensor *tensor_trapz(struct tensor *y, struct tensor *x, double dx,
                            int64_t axis, struct error *err);

/* ------------------------------------------------- interpolate.c */

/* What interp takes beyond the ends; NULL: the end's own value. */
struct interp_ends {
    const double *left, *right;
};

/* Straight lines between the points (XP, FP), XP ascending, at each of X.
   float64. */
struct tensor *tensor_interp(struct tensor *x, struct tensor *xp,
                             struct tensor *fp, struct interp_ends ends,
                             struct error *err);
/* The same for a function that repeats after PERIOD; XP in any order. */
struct tensor *tensor_interp_periodic(struct tensor *x, struct tensor *xp,
                                      struct tensor *fp, double period,
                                      struct error *err);

/* ------------------------------------------------- correlation.c */

enum correlate_mode { CORRELATE_VALID, CORRELATE_SAME, CORRELATE_FULL };

/* Sums of A times V at each shift, of vectors. */
struct tensor *tensor_correlate(struct tensor *a, struct tensor *v,
                                enum correlate_mode mode, struct error *err);
/* The same with V reversed. */
struct tensor *tensor_convolve(struct tensor *a, struct tensor *v,
                               enum correlate_mode mode, struct error *err);

/* How observations count: each FREQUENCIES times (integers), with weight
   WEIGHTS; NULL: all the same. */
struct cov_options {
    bool variables_in_columns;
    double ddof;
    struct tensor *frequencies, *weights;
    enum dtype dtype; /* of the result; DTYPE_COUNT: float64 */
};

/* What there is to warn of. */
struct cov_remarks {
    bool no_observations;
    bool no_freedom; /* none are left */
};

/* Covariances of M's variables (and Y's, which may be NULL).  REMARKS is
   filled even where it fails. */
struct tensor *tensor_cov(struct tensor *m, struct tensor *y,
                          const struct cov_options *options,
                          struct cov_remarks *remarks, struct error *err);
/* The same, each divided by both deviations. */
struct tensor *tensor_corrcoef(struct tensor *m, struct tensor *y,
                               const struct cov_options *options,
                               struct cov_remarks *remarks, struct error *err);

#endif
