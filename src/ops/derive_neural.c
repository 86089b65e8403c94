/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Activations and losses, and maximum beside them.  The gradient is one pass
 * over memory; while another tape records, for second derivatives, it goes
 * through a formula of simpler rows instead.
 */
#include <math.h>
#include <string.h>

#include "autograd/tape.h"
#include "base/strbuf.h"
#include "ops/derive.h"
#include "ops/neural.h"
#include "tensor/elementwise.h"

/* The ufunc NAME_gradient of A (x or y) and the gradient. */
static struct tensor *by_kernel(struct vjp *v, const char *name,
                                struct tensor *a)
{
    struct strbuf text = STRBUF_INIT;
    struct tensor *operands[2] = {a, v->gradient};
    strbuf_addf(&text, "%s_gradient", name);
    struct tensor *gradient = vjp_keep(
        v, ufunc_call(ufunc_find(text.text), operands, NULL, NULL, DTYPE_COUNT,
                      v->err));
    strbuf_done(&text);
    return gradient;
}

static struct tensor *either(struct vjp *v, const char *name,
                             struct tensor *a, vjp_formula *formula)
{
    return tape_is_recording() ? vjp_through(v, formula)
                               : by_kernel(v, name, a);
}

#define NEURAL(NAME, OPERAND, FORMULA)                                        \
    static struct tensor *NAME##_formula(struct vjp *v,                       \
                                         const struct arg *args)              \
    {                                                                         \
        struct tensor *x = args[0].tensor;                                    \
        return FORMULA;                                                       \
    }                                                                         \
    struct tensor *NAME##_vjp(struct vjp *v)                                  \
    {                                                                         \
        return either(v, #NAME, v->OPERAND, NAME##_formula);                  \
    }

static struct tensor *shifted(struct vjp *v, struct tensor *a, double number)
{
    return plus(v, a, derive_number(v, number));
}

static struct tensor *positive(struct vjp *v, struct tensor *x)
{
    return derive_2(v, "greater", x, derive_number(v, 0));
}

/* ------------------------------------------------------------- activations */

static struct tensor *logistic(struct vjp *v, struct tensor *x)
{
    struct tensor *power = derive_1(v, "exp", negated(v, x));
    return over(v, derive_number(v, 1), shifted(v, power, 1));
}

NEURAL(relu, result, derive_where(v, positive(v, x), x, derive_number(v, 0)))
NEURAL(sigmoid, result, logistic(v, x))
NEURAL(silu, x, times(v, x, logistic(v, x)))
NEURAL(softplus, x, derive_2(v, "logaddexp", x, derive_number(v, 0)))

/* alpha (exp(x) - 1) where x is negative */
static struct tensor *exponential(struct vjp *v, struct tensor *x,
                                  double alpha)
{
    struct tensor *below = derive_2(v, "minimum", x, derive_number(v, 0));
    return derive_where(v, positive(v, x), x,
                        scaled(v, derive_1(v, "expm1", below), alpha));
}

static const double selu_scale = 1.0507009873554804934;
static const double selu_alpha = 1.6732632423543772848;
NEURAL(selu, x, scaled(v, exponential(v, x, selu_alpha), selu_scale))

static struct tensor *elu_formula(struct vjp *v, const struct arg *args)
{
    return exponential(v, args[0].tensor, args[1].number);
}

static struct tensor *leaky_formula(struct vjp *v, const struct arg *args)
{
    struct tensor *x = args[0].tensor;
    return derive_where(v, positive(v, x), x, scaled(v, x, args[1].number));
}

/* g times the ufunc SLOPE of x and the row's number. */
static struct tensor *sloped(struct vjp *v, const char *slope,
                             vjp_formula *formula)
{
    if (tape_is_recording())
        return vjp_through(v, formula);
    struct tensor *operands[2] = {v->x, derive_number(v, v->args[1].number)};
    struct tensor *slopes =
        operands[1] ? vjp_keep(v, ufunc_call(ufunc_find(slope), operands, NULL,
                                             NULL, DTYPE_COUNT, v->err))
                    : NULL;
    return times(v, v->gradient, slopes);
}

struct tensor *elu_vjp(struct vjp *v)
{
    return sloped(v, "elu_slope", elu_formula);
}

struct tensor *leaky_relu_vjp(struct vjp *v)
{
    return sloped(v, "leaky_slope", leaky_formula);
}

/* -------------------------------------------------------------------- gelu */

/* The error function, as a row without a name at the prompt. */
static const struct param erf_params[] = {{"x", PARAM_TENSOR, 0, NULL},
                                          {NULL, PARAM_ANY, 0, NULL}};

static bool erf_forward(const struct op *op, const struct arg *args,
                        struct op_result *ret, struct error *err)
{
    struct tensor *x = args[0].tensor;
    (void)op;
    return op_return_array(ret, ufunc_call(ufunc_find("erf"), &x, NULL, NULL,
                                           DTYPE_COUNT, err));
}

/* 2 / sqrt(pi) exp(-x^2) */
static struct tensor *erf_vjp(struct vjp *v)
{
    struct tensor *power =
        derive_1(v, "exp", negated(v, derive_1(v, "square", v->x)));
    return times(v, v->gradient, scaled(v, power, 2 / sqrt(M_PI)));
}

static const struct op erf_op = {.name = "erf",
                                 .module = "",
                                 .params = erf_params,
                                 .forward = erf_forward,
                                 .vjp = erf_vjp};

static struct tensor *gelu_formula(struct vjp *v, const struct arg *args)
{
    struct tensor *x = args[0].tensor, *half = scaled(v, x, 0.5), *share;
    if (args[1].flag) {
        struct tensor *cube = times(v, derive_1(v, "square", x), x);
        struct tensor *inner = plus(v, x, scaled(v, cube, 0.044715));
        share = derive_1(v, "tanh", scaled(v, inner, sqrt(2 / M_PI)));
    } else {
        struct tensor *inner = scaled(v, x, sqrt(0.5));
        struct arg operand = arg_tensor(inner);
        share = inner ? vjp_call(v, &erf_op, &operand) : NULL;
    }
    return times(v, half, shifted(v, share, 1));
}

struct tensor *gelu_vjp(struct vjp *v)
{
    return either(v, v->args[1].flag ? "gelu_tanh" : "gelu", v->x,
                  gelu_formula);
}

/* ----------------------------------------------------------------- softmax */

static struct tensor *sum_along(struct vjp *v, struct tensor *a)
{
    int64_t axis = v->args[1].integer;
    return derive_sum(v, a, 1, &axis, true);
}

/* By y, from which both come: y (g - sum(y g)), and g - exp(y) sum(g). */
struct tensor *softmax_vjp(struct vjp *v)
{
    struct tensor *y = v->result, *g = v->gradient;
    bool logarithm = *v->op->name == 'l';
    int axis;
    if (!tape_is_recording())
        return tensor_normalize_axis(v->args[1].integer, y->ndim, &axis,
                                     v->err)
                   ? vjp_keep(v, tensor_softmax_gradient(y, g, axis, logarithm,
                                                         v->err))
                   : NULL;
    if (logarithm)
        return minus(v, g,
                     times(v, derive_1(v, "exp", y), sum_along(v, g)));
    return times(v, y, minus(v, g, sum_along(v, times(v, y, g))));
}

/* g exp(x - y) */
struct tensor *logsumexp_vjp(struct vjp *v)
{
    struct named kept[] = {{"keepdims", arg_flag(true)}, {NULL, {0}}};
    struct tensor *y = derive_like(v, "nn.logsumexp", v->args, kept);
    struct tensor *g = y ? derive_reshape(v, v->gradient, y->ndim, y->shape)
                         : NULL;
    return times(v, g, derive_1(v, "exp", minus(v, v->x, y)));
}

/* ------------------------------------------------------------------- losses */

static struct tensor *sum_last(struct vjp *v, struct tensor *a, bool keepdims)
{
    int64_t axis = -1;
    return derive_sum(v, a, 1, &axis, keepdims);
}

/* Kept within [1e-7, 1 - 1e-7]. */
static struct tensor *bounded(struct vjp *v, struct tensor *p)
{
    struct tensor *low = derive_number(v, 1e-7);
    struct tensor *high = derive_number(v, 1 - 1e-7);
    return derive_2(v, "minimum", derive_2(v, "maximum", p, low), high);
}

/* The logarithms of the probabilities. */
static struct tensor *log_probabilities(struct vjp *v, struct tensor *y,
                                        bool logits)
{
    if (logits)
        return derive_call(v, "nn.log_softmax", NAMED({"x", arg_tensor(y)}));
    return derive_1(v, "log", bounded(v, over(v, y, sum_last(v, y, true))));
}

static struct tensor *binary_formula(struct vjp *v, struct tensor *t,
                                     struct tensor *y, bool logits)
{
    struct tensor *p = logits ? logistic(v, y) : bounded(v, y);
    struct tensor *rest = shifted(v, negated(v, p), 1);
    struct tensor *other = shifted(v, negated(v, t), 1);
    struct tensor *sum = plus(v, times(v, t, derive_1(v, "log", p)),
                              times(v, other, derive_1(v, "log", rest)));
    return scaled(v, sum_last(v, sum, false),
                  -1.0 / (double)y->shape[y->ndim - 1]);
}

static struct tensor *loss_formula(struct vjp *v, const struct arg *args)
{
    struct tensor *t = args[0].tensor, *y = args[1].tensor;
    enum crossentropy kind = neural_crossentropy(v->op);
    bool logits = args[2].flag;
    if (kind == CROSSENTROPY_BINARY)
        return binary_formula(v, t, y, logits);
    if (kind == CROSSENTROPY_SPARSE)
        t = derive_call(v, "nn.one_hot",
                        NAMED({"x", arg_tensor(derive_reshape(
                                        v, t, y->ndim - 1, y->shape))},
                              {"num_classes",
                               arg_int(y->shape[y->ndim - 1])},
                              {"dtype", {.given = true, .dtype = y->dtype}}));
    return negated(
        v, sum_last(v, times(v, t, log_probabilities(v, y, logits)), false));
}

struct tensor *loss_vjp(struct vjp *v)
{
    if (v->operand == 0 && neural_crossentropy(v->op) == CROSSENTROPY_SPARSE)
        return NULL; /* class numbers */
    if (v->operand == 0 || tape_is_recording())
        return vjp_through(v, loss_formula);
    return vjp_keep(v, tensor_crossentropy_gradient(
                           neural_crossentropy(v->op), v->args[2].flag,
                           v->args[0].tensor, v->args[1].tensor, v->gradient,
                           v->err));
}

/* ----------------------------------------------------------------- maximum */

struct tensor *extreme_kernel(struct vjp *v)
{
    bool maximum = !strcmp(v->op->name, "maximum");
    return vjp_keep(v, tensor_extreme_gradient(
                           v->x, v->args[1 - v->operand].tensor, v->gradient,
                           maximum, v->err));
}
