/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ops/bessel.h"

#include <math.h>

#include "ops/derive.h"
#include "tensor/elementwise.h"

/* The sum of (x/2)^(2k+n) / k! (k+n)!, whose terms have one sign (Abramowitz
   and Stegun, 9.6.10).  Far out that of NumPy's i0 has a factor
   exp(x) / sqrt(x). */
static double bessel(int64_t n, double x)
{
    double quarter = x * x / 4, term = 1, sum;

    if (isinf(x))
        fp_event_add(FP_INVALID, "divide");
    if (!isfinite(x))
        return NAN;
    for (int64_t k = 1; k <= n; k++)
        term *= x / 2 / (double)k;
    sum = term;
    for (int64_t k = 1; fabs(term) > fabs(sum) * 1e-17 && isfinite(sum); k++) {
        term *= quarter / (double)k / (double)(k + n);
        sum += term;
    }
    if (!isfinite(sum))
        fp_event_add(FP_OVERFLOW, "exp");
    return sum;
}

struct tensor *bessel_i(struct tensor *x, int64_t order, struct error *err)
{
    struct tensor *values = tensor_astype(x, DTYPE_FLOAT64, err);
    for (int64_t i = 0; values && i < values->size; i++) {
        double *element = (double *)(void *)values->data + i;
        *element = bessel(order, *element);
    }
    if (!values || x->dtype != DTYPE_FLOAT32)
        return values;
    struct tensor *narrow = tensor_astype(values, DTYPE_FLOAT32, err);
    tensor_unref(values);
    return narrow;
}

/* ------------------------------------------------------------- derivatives */

/* Any order, as a row without a name at the prompt. */
static const struct param order_params[] = {{"x", PARAM_TENSOR, 0, NULL},
                                            {"order", PARAM_INT, 0, NULL},
                                            {NULL, PARAM_ANY, 0, NULL}};

static bool order_forward(const struct op *op, const struct arg *args,
                          struct op_result *ret, struct error *err)
{
    (void)op;
    return op_return_array(ret,
                           bessel_i(args[0].tensor, args[1].integer, err));
}

static op_vjp order_vjp;

static const struct op order_op = {.name = "bessel",
                                   .module = "",
                                   .params = order_params,
                                   .forward = order_forward,
                                   .vjp = order_vjp};

static struct tensor *of_order(struct vjp *v, int64_t order)
{
    struct arg args[] = {arg_tensor(v->x), arg_int(order)};
    return vjp_call(v, &order_op, args);
}

/* (I_{n-1} + I_{n+1}) / 2, with I_{-1} = I_1 (ibid., 9.6.26 and 9.6.6). */
static struct tensor *slope(struct vjp *v, int64_t order)
{
    if (order == 0)
        return of_order(v, 1);
    return scaled(v, plus(v, of_order(v, order - 1), of_order(v, order + 1)),
                  0.5);
}

static struct tensor *order_vjp(struct vjp *v)
{
    return times(v, v->gradient, slope(v, v->args[1].integer));
}

struct tensor *i0_vjp(struct vjp *v)
{
    return times(v, v->gradient, slope(v, 0));
}
