/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What neural networks are written with: activations and losses. */
#include "tensor/neural.h"

#include <string.h>

#include "ops/arguments.h"
#include "ops/derive.h"
#include "ops/families.h"
#include "ops/neural.h"
#include "ops/reduce.h"
#include "tensor/elementwise.h"
#include "tensor/steps.h"

static const struct param x_params[] = {{"x", PARAM_TENSOR, 0, NULL},
                                        {NULL, 0, 0, NULL}};
static const struct param leaky_params[] = {
    {"x", PARAM_TENSOR, 0, NULL},
    {"negative_slope", PARAM_FLOAT, 0, "0.2"},
    {NULL, 0, 0, NULL}};
static const struct param elu_params[] = {{"x", PARAM_TENSOR, 0, NULL},
                                          {"alpha", PARAM_FLOAT, 0, "1.0"},
                                          {NULL, 0, 0, NULL}};
static const struct param gelu_params[] = {
    {"x", PARAM_TENSOR, 0, NULL},
    {"approximate", PARAM_BOOL, 0, "True"},
    {NULL, 0, 0, NULL}};
static const struct param softmax_params[] = {{"x", PARAM_TENSOR, 0, NULL},
                                              {"axis", PARAM_INT, 0, "-1"},
                                              {NULL, 0, 0, NULL}};
static const struct param logsumexp_params[] = {
    {"x", PARAM_TENSOR, 0, NULL},
    {"axis", PARAM_DIMS, 0, "None"},
    {"keepdims", PARAM_BOOL, 0, "False"},
    {NULL, 0, 0, NULL}};
static const struct param one_hot_params[] = {
    {"x", PARAM_TENSOR, 0, NULL},
    {"num_classes", PARAM_INT, 0, NULL},
    {"axis", PARAM_INT, 0, "-1"},
    {"dtype", PARAM_DTYPE, 0, "float32"},
    {NULL, 0, 0, NULL}};
static const struct param loss_params[] = {
    {"y_true", PARAM_TENSOR, 0, NULL},
    {"y_pred", PARAM_TENSOR, 0, NULL},
    {"from_logits", PARAM_BOOL, 0, "False"},
    {NULL, 0, 0, NULL}};

/* ------------------------------------------------------------- activations */

static struct tensor *ufunc_1(const char *name, struct tensor *x,
                              struct error *err)
{
    return ufunc_call(ufunc_find(name), &x, NULL, NULL, DTYPE_COUNT, err);
}

/* With a number beside. */
static struct tensor *ufunc_with(const char *name, struct tensor *x,
                                 double number, struct error *err)
{
    struct steps s = {.err = err};
    return steps_end(&s, step_with(&s, name, x, number));
}

static bool unary_forward(const struct op *op, const struct arg *args,
                          struct op_result *ret, struct error *err)
{
    return op_return_tensor(ret, ufunc_1(op->name, args[0].tensor, err));
}

/* leaky_relu and elu */
static bool number_forward(const struct op *op, const struct arg *args,
                           struct op_result *ret, struct error *err)
{
    return op_return_tensor(
        ret, ufunc_with(op->name, args[0].tensor, args[1].number, err));
}

static bool gelu_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    (void)op;
    return op_return_tensor(ret, ufunc_1(args[1].flag ? "gelu_tanh" : "gelu",
                                         args[0].tensor, err));
}

/* softmax and log_softmax */
static bool softmax_forward(const struct op *op, const struct arg *args,
                            struct op_result *ret, struct error *err)
{
    int axis;
    return tensor_normalize_axis(args[1].integer, args[0].tensor->ndim, &axis,
                                 err) &&
           op_return_tensor(ret, tensor_softmax(args[0].tensor, axis,
                                                *op->name == 'l', err));
}

/* ----------------------------------------------- sums of exponentials, one-hot */

static bool logsumexp_forward(const struct op *op, const struct arg *args,
                              struct op_result *ret, struct error *err)
{
    struct steps s = {.err = err};
    struct arg kept = {.given = true, .flag = true}, none = {.given = false};
    struct reduce_args wide = {
        .axis = &args[1], .keepdims = &kept, .out = &none};
    struct reduce_args plain = {
        .axis = &args[1], .keepdims = &args[2], .out = &none};
    struct op_result largest = {.form = RESULT_NONE};
    struct op_result sum = {.form = RESULT_NONE}, beside = largest;
    struct tensor *x = step_as_float(&s, args[0].tensor), *total = NULL;
    (void)op;
    if (x && reduce_call("maximum", x, &wide, &largest, err) &&
        reduce_call("maximum", x, &plain, &beside, err)) {
        struct tensor *powers = step_unary(
            &s, "exp", step_binary(&s, "subtract", x, largest.tensor));
        if (powers && reduce_call("add", powers, &plain, &sum, err))
            total = step_binary(&s, "add", step_unary(&s, "log", sum.tensor),
                                beside.tensor);
    }
    total = steps_end(&s, total);
    op_result_done(&largest);
    op_result_done(&beside);
    op_result_done(&sum);
    return op_return_tensor(ret, total);
}

/* X's places beside a new last axis of 0, 1, 2…: where they are equal. */
static struct tensor *one_hot(struct tensor *x, int64_t classes,
                              enum dtype dtype, struct error *err)
{
    struct steps s = {.err = err};
    struct tensor *places =
        step(&s, tensor_new(DTYPE_INT64, 1, &classes, err));
    for (int64_t i = 0; places && i < classes; i++)
        ((int64_t *)(void *)places->data)[i] = i;
    struct tensor *equal =
        step_binary(&s, "equal", step_column(&s, x), places);
    return steps_end(&s, step_astype(&s, equal, dtype));
}

static bool one_hot_forward(const struct op *op, const struct arg *args,
                            struct op_result *ret, struct error *err)
{
    struct tensor *x = args[0].tensor;
    int64_t order[TENSOR_MAX_DIMS];
    int axis;
    (void)op;
    if (args[1].integer < 0)
        return error_set(err, ERROR_VALUE,
                         "num_classes must not be negative");
    if (!tensor_normalize_axis(args[2].integer, x->ndim + 1, &axis, err))
        return false;
    struct tensor *last = one_hot(x, args[1].integer,
                                  dtype_or(&args[3], DTYPE_FLOAT32), err);
    for (int i = 0; i <= x->ndim; i++)
        order[i] = i < axis ? i : i == axis ? x->ndim : i - 1;
    struct tensor *result = last ? tensor_transpose(last, order, err) : NULL;
    tensor_unref(last);
    return op_return_array(ret, result);
}

/* ------------------------------------------------------------------- losses */

static bool loss_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    return op_return_tensor(
        ret, tensor_crossentropy(neural_crossentropy(op), args[2].flag,
                                 args[0].tensor, args[1].tensor, err));
}

/* -------------------------------------------------------------------- table */

#define ROW(NAME, ALIASES, PARAMS, FORWARD, VJP, DOC, DETAILS, EXAMPLE, SEE) \
    {                                                                        \
        NAME, ALIASES, "nn", OP_FUNCTION, PARAMS, FORWARD, VJP, NULL, DOC,   \
            DETAILS, EXAMPLE, SEE                                            \
    }

const struct op neural_ops[] = {
    ROW("relu", NULL, x_params, unary_forward, relu_vjp,
        "max(x, 0): what is negative becomes 0",
        "Its derivative at 0 is 0.",
        ">>> nn.relu(np.array([-1., 0., 2.]))\narray([0., 0., 2.])",
        "leaky_relu maximum"),
    ROW("leaky_relu", NULL, leaky_params, number_forward, leaky_relu_vjp,
        "x, but negative_slope * x below 0", NULL,
        ">>> nn.leaky_relu(np.array([-1., 2.]))\narray([-0.2,  2. ])",
        "relu elu"),
    ROW("elu", NULL, elu_params, number_forward, elu_vjp,
        "x, but alpha * (exp(x) - 1) below 0", NULL,
        ">>> nn.elu(np.array([-1., 2.]))\narray([-0.63212056,  2.        ])",
        "selu relu"),
    ROW("selu", NULL, x_params, unary_forward, selu_vjp,
        "elu, scaled so that layers keep mean 0 and variance 1", NULL,
        ">>> nn.selu(np.array([-1., 2.]))\narray([-1.11133074,  2.10140197])",
        "elu"),
    ROW("gelu", NULL, gelu_params, gelu_forward, gelu_vjp,
        "x times the normal distribution's share below x",
        "approximate=True takes a formula with tanh, False the error function.",
        ">>> nn.gelu(np.array([-1., 2.]), approximate=False)\n"
        "array([-0.15865525,  1.95449974])",
        "relu silu"),
    ROW("silu", "swish", x_params, unary_forward, silu_vjp, "x * sigmoid(x)",
        NULL, ">>> nn.silu(np.array([-1., 2.]))\narray([-0.26894142,  1.76159416])",
        "sigmoid gelu"),
    ROW("softplus", NULL, x_params, unary_forward, softplus_vjp,
        "log(1 + exp(x)), a smooth relu", NULL,
        ">>> nn.softplus(np.array([-1., 2.]))\narray([0.31326169, 2.12692801])",
        "relu logaddexp"),
    ROW("sigmoid", NULL, x_params, unary_forward, sigmoid_vjp,
        "1 / (1 + exp(-x)): between 0 and 1", NULL,
        ">>> nn.sigmoid(np.array([0., 2.]))\narray([0.5       , 0.88079708])",
        "tanh softmax"),
    ROW("softmax", NULL, softmax_params, softmax_forward, softmax_vjp,
        "exp(x) / sum(exp(x)): probabilities along an axis", NULL,
        ">>> nn.softmax(np.array([1., 2., 3.]))\n"
        "array([0.09003057, 0.24472847, 0.66524096])",
        "log_softmax logsumexp"),
    ROW("log_softmax", NULL, softmax_params, softmax_forward, softmax_vjp,
        "The logarithm of softmax, exact where that is nearly 0", NULL,
        ">>> nn.log_softmax(np.array([0., 0.]))\n"
        "array([-0.69314718, -0.69314718])",
        "softmax logsumexp"),
    ROW("logsumexp", NULL, logsumexp_params, logsumexp_forward, logsumexp_vjp,
        "log(sum(exp(x))) without overflow", NULL,
        ">>> nn.logsumexp(np.array([1000., 1000.]))\n1000.6931471805599",
        "logaddexp softmax"),
    ROW("one_hot", NULL, one_hot_params, one_hot_forward, NULL,
        "Rows with a 1 at the place that each number names", NULL,
        ">>> nn.one_hot([0, 2], 3)\narray([[1., 0., 0.],\n"
        "       [0., 0., 1.]], dtype=float32)",
        "eye"),
    ROW("categorical_crossentropy", NULL, loss_params, loss_forward, loss_vjp,
        "-log of the probability of the right class, from one-hot targets",
        "One number a row. y_pred holds probabilities, or with "
        "from_logits=True what softmax makes them of.",
        ">>> nn.categorical_crossentropy(np.array([[0., 1.]]), "
        "np.array([[0.2, 0.8]]))\narray([0.22314355])",
        "sparse_categorical_crossentropy softmax"),
    ROW("sparse_categorical_crossentropy", NULL, loss_params, loss_forward,
        loss_vjp, "-log of the probability of the right class, from its number",
        "One number a row. y_pred holds probabilities, or with "
        "from_logits=True what softmax makes them of.",
        ">>> nn.sparse_categorical_crossentropy([1, 0], "
        "np.array([[0.2, 0.8], [0.5, 0.5]]))\narray([0.22314355, 0.69314718])",
        "categorical_crossentropy softmax"),
    ROW("binary_crossentropy", NULL, loss_params, loss_forward, loss_vjp,
        "The mean of -log of the probability of the right one of two classes",
        "One number a row. y_pred holds probabilities, or with "
        "from_logits=True what sigmoid makes them of.",
        ">>> nn.binary_crossentropy(np.array([[1., 0.]]), "
        "np.array([[0.8, 0.2]]))\narray([0.22314355])",
        "sigmoid categorical_crossentropy"),
    {.name = NULL},
};
