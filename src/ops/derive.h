/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Formulas of derivatives, written with the rows of the registry; see
 * autograd/vjp.h for what holds of all of them.
 */
#ifndef OPS_DERIVE_H
#define OPS_DERIVE_H

#include "autograd/vjp.h"

/* The NumPy function NAME of one and of two arrays. */
struct tensor *derive_1(struct vjp *vjp, const char *name, struct tensor *a);
struct tensor *derive_2(struct vjp *vjp, const char *name, struct tensor *a,
                        struct tensor *b);
struct tensor *derive_where(struct vjp *vjp, struct tensor *mask,
                            struct tensor *a, struct tensor *b);
struct tensor *derive_number(struct vjp *vjp, double number);

static inline struct tensor *times(struct vjp *vjp, struct tensor *a,
                                   struct tensor *b)
{
    return derive_2(vjp, "multiply", a, b);
}
static inline struct tensor *over(struct vjp *vjp, struct tensor *a,
                                  struct tensor *b)
{
    return derive_2(vjp, "divide", a, b);
}
static inline struct tensor *plus(struct vjp *vjp, struct tensor *a,
                                  struct tensor *b)
{
    return derive_2(vjp, "add", a, b);
}
static inline struct tensor *minus(struct vjp *vjp, struct tensor *a,
                                   struct tensor *b)
{
    return derive_2(vjp, "subtract", a, b);
}
static inline struct tensor *scaled(struct vjp *vjp, struct tensor *a,
                                    double factor)
{
    return times(vjp, a, derive_number(vjp, factor));
}
static inline struct tensor *negated(struct vjp *vjp, struct tensor *a)
{
    return derive_1(vjp, "negative", a);
}

/* A in the shape of LIKE (as many elements), in C order. */
struct tensor *derive_reshape(struct vjp *vjp, struct tensor *a, int ndim,
                              const int64_t *shape);
struct tensor *derive_transpose(struct vjp *vjp, struct tensor *a,
                                const int64_t *axes); /* NULL: reversed */
/* A summed over COUNT axes. */
struct tensor *derive_sum(struct vjp *vjp, struct tensor *a, int count,
                          const int64_t *axes, bool keepdims);
/* np.tensordot over pairs of axes. */
struct tensor *derive_tensordot(struct vjp *vjp, struct tensor *a,
                                struct tensor *b, int count,
                                const int64_t *a_axes, const int64_t *b_axes);

/* Has an argument of this name been given?  Its arg, or NULL. */
const struct arg *derive_arg(const struct vjp *vjp, const char *name);

/* ------------------------------------------------ the vjps, family by family */

/* elementwise.c: derive_elementwise.c */
extern op_vjp add_vjp, subtract_vjp, multiply_vjp, divide_vjp, power_vjp,
    remainder_vjp, negative_vjp, positive_vjp, absolute_vjp, sqrt_vjp,
    square_vjp, cbrt_vjp, reciprocal_vjp, exp_vjp, exp2_vjp, expm1_vjp, log_vjp,
    log2_vjp, log10_vjp, log1p_vjp, sin_vjp, cos_vjp, tan_vjp, arcsin_vjp,
    arccos_vjp, arctan_vjp, arctan2_vjp, hypot_vjp, sinh_vjp, cosh_vjp,
    tanh_vjp, arcsinh_vjp, arccosh_vjp, arctanh_vjp, degrees_vjp, radians_vjp,
    extreme_vjp, copysign_vjp, logaddexp_vjp, logaddexp2_vjp, clip_vjp,
    where_vjp, nan_to_num_vjp, sinc_vjp;

/* shapes: derive_shape.c */
extern op_vjp reshape_vjp, transpose_vjp, swapaxes_vjp, cast_vjp;

/* reductions: derive_reduce.c */
extern op_vjp sum_vjp, mean_vjp, prod_vjp, max_vjp, variance_vjp, cumsum_vjp,
    cumprod_vjp, ptp_vjp;

/* products: derive_product.c */
extern op_vjp dot_vjp, matmul_vjp, inner_vjp, outer_vjp, vdot_vjp,
    tensordot_vjp, trace_vjp;

#endif
