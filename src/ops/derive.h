/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Formulas of derivatives, written with the rows of the registry; see
 * autograd/vjp.h for what holds of all of them.
 */
#ifndef OPS_DERIVE_H
#define OPS_DERIVE_H

#include "autograd/vjp.h"

/* An argument by its name. */
struct named {
    const char *name;
    struct arg arg;
};
#define NAMED(...)                                    \
    (const struct named[])                            \
    {                                                 \
        __VA_ARGS__, { .name = NULL, .arg.given = 0 } \
    }

static inline struct arg arg_tensor(struct tensor *tensor)
{
    return (struct arg){.given = true, .array = true, .tensor = tensor};
}
static inline struct arg arg_tensors(int count, struct tensor **items)
{
    return (struct arg){.given = true, .tensors = {count, items}};
}
static inline struct arg arg_int(int64_t integer)
{
    return (struct arg){.given = true, .integer = integer};
}
static inline struct arg arg_flag(bool flag)
{
    return (struct arg){.given = true, .flag = flag};
}
static inline struct arg arg_string(const char *string)
{
    return (struct arg){.given = true, .string = string};
}
static inline struct arg arg_dims(int count, const int64_t *values)
{
    return (struct arg){
        .given = true,
        .dims = {.count = count, .values = (int64_t *)(uintptr_t)values}};
}

/* The row NAME ("sum", "linalg.inv", "nn.relu"), a literal, called with named
   arguments; the others are its defaults.  NULL when one of the tensors is. */
struct tensor *derive_call(struct vjp *vjp, const char *name,
                           const struct named *named);
/* Of several results that of number ITEM. */
struct tensor *derive_item(struct vjp *vjp, const char *name, int item,
                           const struct named *named);
/* What is not named is as in ARGS, the arguments of vjp->op, when that has a
   parameter of that name (but for out=). */
struct tensor *derive_like(struct vjp *vjp, const char *name,
                           const struct arg *args, const struct named *named);

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

/* A[START:STOP] along AXIS (not negative). */
struct tensor *derive_slice(struct vjp *vjp, struct tensor *a, int axis,
                            int64_t start, int64_t stop);
/* A[INDEX] along AXIS, which goes. */
struct tensor *derive_pick(struct vjp *vjp, struct tensor *a, int axis,
                           int64_t index);
/* Several, one after the other along AXIS, or along a new one. */
struct tensor *derive_concatenate(struct vjp *vjp, int count,
                                  struct tensor **parts, int axis);
struct tensor *derive_stack(struct vjp *vjp, int count, struct tensor **parts,
                            int axis);
/* AXIS becomes the last one, and back. */
struct tensor *derive_to_last(struct vjp *vjp, struct tensor *a, int axis);
struct tensor *derive_from_last(struct vjp *vjp, struct tensor *a, int axis);
/* The last two axes change places. */
struct tensor *derive_swapped(struct vjp *vjp, struct tensor *a);
/* With one more axis of length 1 before axis AT. */
struct tensor *derive_new_axis(struct vjp *vjp, struct tensor *a, int at);

static inline struct tensor *matmul(struct vjp *vjp, struct tensor *a,
                                    struct tensor *b)
{
    return derive_2(vjp, "matmul", a, b);
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

/* NULL: no derivative of vjp->op in the form in which it was called. */
struct tensor *derive_unknown(struct vjp *vjp);
/* The same with the translated HINT, which says what has one. */
struct tensor *derive_unknown_but(struct vjp *vjp, const char *hint);

/* ------------------------------------------------ the vjps, family by family */

/* elementwise.c, numeric.c, search.c: derive_elementwise.c, derive_choice.c */
extern op_vjp add_vjp, subtract_vjp, multiply_vjp, divide_vjp, power_vjp,
    remainder_vjp, negative_vjp, positive_vjp, absolute_vjp, sqrt_vjp,
    square_vjp, cbrt_vjp, reciprocal_vjp, exp_vjp, exp2_vjp, expm1_vjp, log_vjp,
    log2_vjp, log10_vjp, log1p_vjp, sin_vjp, cos_vjp, tan_vjp, arcsin_vjp,
    arccos_vjp, arctan_vjp, arctan2_vjp, hypot_vjp, sinh_vjp, cosh_vjp,
    tanh_vjp, arcsinh_vjp, arccosh_vjp, arctanh_vjp, degrees_vjp, radians_vjp,
    extreme_vjp, copysign_vjp, logaddexp_vjp, logaddexp2_vjp, clip_vjp,
    where_vjp, nan_to_num_vjp, sinc_vjp, heaviside_vjp, modf_vjp, frexp_vjp,
    ldexp_vjp, divmod_vjp, i0_vjp, bincount_vjp;

/* shapes: derive_shape.c, derive_pad.c */
extern op_vjp reshape_vjp, transpose_vjp, cast_vjp, trim_zeros_vjp, pad_vjp,
    full_vjp;

/* reductions: derive_reduce.c; of ufuncs: derive_methods.c */
extern op_vjp sum_vjp, mean_vjp, prod_vjp, max_vjp, variance_vjp, cumsum_vjp,
    cumprod_vjp, reduce_method_vjp, accumulate_method_vjp, outer_method_vjp;

/* statistics: derive_statistics.c */
extern op_vjp nan_reduction_vjp, ptp_vjp, average_vjp, quantile_vjp, cov_vjp,
    corrcoef_vjp;

/* products: derive_product.c, derive_einsum.c, derive_matrix.c */
extern op_vjp dot_vjp, matmul_vjp, inner_vjp, outer_vjp, vdot_vjp,
    tensordot_vjp, einsum_vjp, kron_vjp, cross_vjp, trace_vjp, multi_dot_vjp,
    matrix_power_vjp, sort_vjp, partition_vjp;

/* linear algebra: derive_linalg.c, derive_norm.c */
extern op_vjp inv_vjp, solve_vjp, det_vjp, slogdet_vjp, pinv_vjp, lstsq_vjp,
    cholesky_vjp, eigh_vjp, eigvalsh_vjp, eig_vjp, eigvals_vjp, svd_vjp,
    qr_vjp, norm_vjp, cond_vjp;

/* neural networks: derive_neural.c */
extern op_vjp relu_vjp, leaky_relu_vjp, elu_vjp, selu_vjp, gelu_vjp, silu_vjp,
    softplus_vjp, sigmoid_vjp, softmax_vjp, logsumexp_vjp, loss_vjp;

/* windows over images: derive_windows.c */
extern op_vjp conv_vjp, max_pool_vjp, average_pool_vjp;

/* Of maximum and minimum, in one pass that no tape records. */
struct tensor *extreme_kernel(struct vjp *vjp);

/* calculus, polynomials, ranges: derive_calculus.c, derive_polynomial.c */
extern op_vjp diff_vjp, ediff1d_vjp, gradient_vjp, trapz_vjp, interp_vjp,
    convolve_vjp, correlate_vjp, polyval_vjp, polyadd_vjp, polymul_vjp,
    polyder_vjp, polyint_vjp, poly_vjp, vander_vjp, polyfit_vjp, linspace_vjp,
    logspace_vjp, geomspace_vjp;

#endif
