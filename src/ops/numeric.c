/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Element by element, too, but with two results, or made of several ufuncs. */
#include <float.h>
#include <math.h>
#include <string.h>

#include "autograd/tape.h"
#include "ops/bessel.h"
#include "ops/derive.h"
#include "ops/elementwise.h"
#include "ops/families.h"
#include "tensor/calculus.h"
#include "tensor/steps.h"

static struct tensor *call(const char *ufunc, struct tensor *a,
                           struct tensor *b, struct error *err)
{
    struct tensor *inputs[2] = {a, b};
    return ufunc_call(ufunc_find(ufunc), inputs, NULL, NULL, DTYPE_COUNT, err);
}

/* -------------------------------------------------------------- two results */

#define TWO_OPTIONS                                                   \
    {"out1", PARAM_TENSOR, PARAM_POSITIONAL_ONLY, "None"},            \
        {"out2", PARAM_TENSOR, PARAM_POSITIONAL_ONLY, "None"},        \
        {"out", PARAM_TENSORS, PARAM_KEYWORD_ONLY, "None"},           \
        {"where", PARAM_TENSOR, PARAM_KEYWORD_ONLY, "True"},          \
        {"casting", PARAM_STRING, PARAM_KEYWORD_ONLY, "'same_kind'"}, \
        {"dtype", PARAM_DTYPE, PARAM_KEYWORD_ONLY, "None"},           \
    {                                                                 \
        NULL, 0, 0, NULL                                              \
    }

static const struct param unary_params[] = {
    {"x", PARAM_TENSOR, PARAM_POSITIONAL_ONLY, NULL}, TWO_OPTIONS};
static const struct param binary_params[] = {
    {"x1", PARAM_TENSOR, PARAM_POSITIONAL_ONLY, NULL},
    {"x2", PARAM_TENSOR, PARAM_POSITIONAL_ONLY, NULL},
    TWO_OPTIONS};

/* Where the results go: by position or as out=(a, b). */
static bool outs(const struct arg *rest, struct tensor **ret, struct error *err)
{
    for (int i = 0; i < 2; i++)
        ret[i] = rest[i].given ? rest[i].tensor : NULL;
    if (!rest[2].given)
        return true;
    if (rest[2].tensors.count != 2)
        return error_set(err, ERROR_VALUE,
                         "The 'out' tuple must have exactly one entry per "
                         "ufunc output");
    for (int i = 0; i < 2; i++)
        ret[i] = rest[2].tensors.items[i];
    return true;
}

/* The row's data: the ufuncs of both results. */
static bool two_forward(const struct op *op, const struct arg *args,
                        struct op_result *ret, struct error *err)
{
    const char *const *ufuncs = op->data;
    int inputs = ufunc_find(ufuncs[0])->inputs;
    const struct arg *rest = args + inputs;
    struct tensor *operands[2] = {args[0].tensor, args[1].tensor};
    struct tensor *out[2], *results[2] = {NULL, NULL};
    struct ufunc_options options;

    if (!outs(rest, out, err) ||
        !ufunc_options(&rest[3], &rest[4], &rest[5], &options, err))
        return false;
    for (int i = 0; i < 2; i++) {
        struct ufunc ufunc = *ufunc_find(ufuncs[i]);
        ufunc.name = op->name; /* for warnings and errors */
        options.out = out[i];
        options.output = inputs + i;
        results[i] = ufunc_call_with(&ufunc, operands, &options, err);
        if (!results[i]) {
            tensor_unref(results[0]);
            return false;
        }
    }
    return op_return_tuple(ret, 2, results);
}

static const char *const divmod_ufuncs[] = {"floor_divide", "remainder"};
static const char *const modf_ufuncs[] = {"modf", "trunc"};
static const char *const frexp_ufuncs[] = {"frexp", "exponent"};

static const struct param ldexp_params[] = {
    {"x1", PARAM_TENSOR, PARAM_POSITIONAL_ONLY, NULL},
    {"x2", PARAM_TENSOR, PARAM_POSITIONAL_ONLY, NULL},
    {"out", PARAM_TENSOR, 0, "None"},
    {NULL, 0, 0, NULL}};

/* The exponent is an integer, but the kernel takes it as a float.  Small
   integers come to float32. */
static bool ldexp_forward(const struct op *op, const struct arg *args,
                          struct op_result *ret, struct error *err)
{
    enum dtype given = args[0].tensor->dtype;
    enum dtype dtype = given == DTYPE_FLOAT32 || dtype_size(given) <= 2
                           ? DTYPE_FLOAT32
                           : DTYPE_FLOAT64;
    struct tensor *inputs[2] = {args[0].tensor, args[1].tensor};
    struct tensor *result = NULL;

    if (dtype_is_float(inputs[1]->dtype))
        return error_set(err, ERROR_TYPE,
                         "ufunc 'ldexp' not supported for the input types, and "
                         "the inputs could not be safely coerced to any "
                         "supported types according to the casting rule "
                         "''safe''");
    inputs[1] = tensor_astype(args[1].tensor, dtype, err);
    if (inputs[1])
        result =
            ufunc_call(ufunc_find(op->name), inputs, NULL, NULL, dtype, err);
    tensor_unref(inputs[1]);
    return op_return_into(ret, result, &args[2], err);
}

/* ----------------------------------------------------------------- infinities
 */

static const struct param x_out_params[] = {{"x", PARAM_TENSOR, 0, NULL},
                                            {"out", PARAM_TENSOR, 0, "None"},
                                            {NULL, 0, 0, NULL}};
static const struct param x_params[] = {{"x", PARAM_TENSOR, 0, NULL},
                                        {NULL, 0, 0, NULL}};
static const struct param val_params[] = {{"val", PARAM_TENSOR, 0, NULL},
                                          {NULL, 0, 0, NULL}};

/* The row's data: "less" or "greater" (than 0). */
static bool infinite_forward(const struct op *op, const struct arg *args,
                             struct op_result *ret, struct error *err)
{
    struct tensor *zero = tensor_from_scalar(scalar_from_int(0), err);
    struct tensor *infinite = call("isinf", args[0].tensor, NULL, err);
    struct tensor *side =
        zero && infinite ? call(op->data, args[0].tensor, zero, err) : NULL;
    struct tensor *result =
        side ? call("logical_and", infinite, side, err) : NULL;
    tensor_unref(zero);
    tensor_unref(infinite);
    tensor_unref(side);
    return op_return_into(ret, result, &args[1], err);
}

static bool fix_forward(const struct op *op, const struct arg *args,
                        struct op_result *ret, struct error *err)
{
    (void)op;
    return op_return_into(ret, call("trunc", args[0].tensor, NULL, err),
                          &args[1], err);
}

/* ---------------------------------------------------------- real, imaginary */

static bool real_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    (void)op;
    (void)err;
    struct tensor *part = tensor_ref(args[0].tensor);
    return args[0].array ? op_return_array(ret, part)
                         : op_return_tensor(ret, part);
}

static bool imag_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    struct tensor *part = tensor_zeros(args[0].tensor->dtype,
                                       args[0].tensor->ndim,
                                       args[0].tensor->shape, err);

    (void)op;
    return args[0].array ? op_return_array(ret, part)
                         : op_return_tensor(ret, part);
}

static bool isreal_forward(const struct op *op, const struct arg *args,
                           struct op_result *ret, struct error *err)
{
    return op_return_tensor(
        ret,
        tensor_full(scalar_from_bool(!strcmp(op->name, "isreal")), DTYPE_BOOL,
                    args[0].tensor->ndim, args[0].tensor->shape, err));
}

/* ------------------------------------------------------------------ NaNs away
 */

static const struct param nan_to_num_params[] = {
    {"x", PARAM_TENSOR, 0, NULL},       {"copy", PARAM_BOOL, 0, "True"},
    {"nan", PARAM_FLOAT, 0, "0.0"},     {"posinf", PARAM_FLOAT, 0, "None"},
    {"neginf", PARAM_FLOAT, 0, "None"}, {NULL, 0, 0, NULL}};

struct replacements {
    double nan, above, below;
};

static double replaced(double x, const struct replacements *by)
{
    if (isnan(x))
        return by->nan;
    return !isinf(x) ? x : x > 0 ? by->above : by->below;
}

static void replace_float64(int64_t n, char *const *data,
                            const int64_t *strides, const void *context)
{
    for (int64_t i = 0; i < n; i++) {
        double *x = (double *)(data[0] + i * strides[0]);
        *x = replaced(*x, context);
    }
}

static void replace_float32(int64_t n, char *const *data,
                            const int64_t *strides, const void *context)
{
    for (int64_t i = 0; i < n; i++) {
        float *x = (float *)(data[0] + i * strides[0]);
        *x = (float)replaced((double)*x, context);
    }
}

static bool nan_to_num_forward(const struct op *op, const struct arg *args,
                               struct op_result *ret, struct error *err)
{
    struct tensor *x = args[1].flag ? tensor_copy(args[0].tensor, err)
                                    : tensor_ref(args[0].tensor);
    struct loop loop;

    (void)op;
    if (!x || !dtype_is_float(x->dtype))
        return op_return_tensor(ret, x);
    if (!args[1].flag && !tape_may_write(x, err)) {
        tensor_unref(x);
        return false;
    }
    bool single = x->dtype == DTYPE_FLOAT32;
    double largest = single ? (double)FLT_MAX : DBL_MAX;
    struct replacements by = {args[2].number,
                              args[3].given ? args[3].number : largest,
                              args[4].given ? args[4].number : -largest};
    loop_init(&loop, 1, &x, x->ndim, x->shape);
    if (!loop_run(&loop, single ? replace_float32 : replace_float64, &by, true,
                  err)) {
        tensor_unref(x);
        return false;
    }
    return op_return_tensor(ret, x);
}

/* ------------------------------------------------------------ sinc and Bessel
 */

/* In the dtype of X where that is a float's. */
static bool sinc_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    struct steps s = {.err = err};
    struct tensor *x = args[0].tensor;
    struct tensor *zero = step_with(&s, "equal", x, 0);
    struct tensor *tiny = step_number(&s, 1e-20);
    struct tensor *y =
        zero && tiny ? step(&s, tensor_where(zero, tiny, x, err)) : NULL;

    (void)op;
    y = step_with(&s, "multiply", y, M_PI);
    return op_return_tensor(
        ret, steps_end(&s, step_binary(&s, "divide", step_unary(&s, "sin", y),
                                       y)));
}

static bool i0_forward(const struct op *op, const struct arg *args,
                       struct op_result *ret, struct error *err)
{
    (void)op;
    return op_return_array(ret, bessel_i(args[0].tensor, 0, err));
}

/* ---------------------------------------------------------------- ediff1d */

static const struct param ediff1d_params[] = {
    {"ary", PARAM_TENSOR, 0, NULL},
    {"to_end", PARAM_TENSOR, 0, "None"},
    {"to_begin", PARAM_TENSOR, 0, "None"},
    {NULL, 0, 0, NULL}};

/* Copies PIECE, flattened, into LINE from *AT on, and moves that on. */
static bool put(struct tensor *line, int64_t *at, struct tensor *piece,
                struct error *err)
{
    int64_t all = -1;
    struct tensor *flat = tensor_reshape(piece, 1, &all, 'C', err);

    if (!flat)
        return false;
    struct tensor *place = tensor_view(line, 1, flat->shape, line->strides,
                                       line->data + *at * line->strides[0]);
    bool done = tensor_assign(place, flat, err);
    *at += flat->size;
    tensor_unref(place);
    tensor_unref(flat);
    return done;
}

static bool check_end(const char *name, const struct arg *end, enum dtype dtype,
                      struct error *err)
{
    return !end->given || dtype_can_cast_same_kind(end->tensor->dtype, dtype) ||
           error_set(err, ERROR_TYPE,
                     "dtype of `%s` must be compatible with input `ary` under "
                     "the `same_kind` rule.",
                     name);
}

/* STEPS between what ARGS want at its ends; owned. */
static struct tensor *with_ends(struct tensor *steps, const struct arg *to_end,
                                const struct arg *to_begin, struct error *err)
{
    int64_t size = steps->size, at = 0;

    if (!check_end("to_end", to_end, steps->dtype, err) ||
        !check_end("to_begin", to_begin, steps->dtype, err))
        return NULL;
    size += to_end->given ? to_end->tensor->size : 0;
    size += to_begin->given ? to_begin->tensor->size : 0;
    struct tensor *line = tensor_new(steps->dtype, 1, &size, err);
    bool done = line != NULL;
    if (done && to_begin->given)
        done = put(line, &at, to_begin->tensor, err);
    done = done && put(line, &at, steps, err);
    if (done && to_end->given)
        done = put(line, &at, to_end->tensor, err);
    if (!done)
        tensor_unref(line);
    return done ? line : NULL;
}

static bool ediff1d_forward(const struct op *op, const struct arg *args,
                            struct op_result *ret, struct error *err)
{
    int64_t all = -1;

    if (args[0].tensor->dtype == DTYPE_BOOL)
        return error_set(err, ERROR_TYPE, "%s",
                         ufunc_find("subtract")->refusal);
    struct tensor *flat = tensor_reshape(args[0].tensor, 1, &all, 'C', err);
    struct tensor *steps =
        flat ? tensor_diff(flat, 1, 0, NULL, NULL, err) : NULL;
    struct tensor *line =
        steps ? with_ends(steps, &args[1], &args[2], err) : NULL;

    (void)op;
    tensor_unref(flat);
    tensor_unref(steps);
    return op_return_array(ret, line);
}

/* --------------------------------------------------------------------- table
 */

#define ROW(NAME, FLAGS, PARAMS, FORWARD, VJP, DATA, DOC, EXAMPLE, SEE) \
    {                                                                   \
        NAME, NULL, "np", FLAGS, PARAMS, FORWARD, VJP, DATA, DOC, NULL, \
            EXAMPLE, SEE                                                \
    }

const struct op numeric_ops[] = {
    ROW("divmod", OP_FUNCTION, binary_params, two_forward, divmod_vjp, divmod_ufuncs,
        "Quotient rounded down, and remainder",
        ">>> np.divmod([7, -7], 3)\n(array([ 2, -3]), array([1, 2]))",
        "floor_divide remainder"),
    ROW("modf", OP_FUNCTION, unary_params, two_forward, modf_vjp, modf_ufuncs,
        "What follows the point, and what stands before it",
        ">>> np.modf([1.5, -2.25])\n(array([ 0.5 , -0.25]), array([ 1., -2.]))",
        "trunc frexp"),
    ROW("frexp", OP_FUNCTION, unary_params, two_forward, frexp_vjp, frexp_ufuncs,
        "Mantissa and exponent: x is mantissa * 2**exponent",
        ">>> np.frexp([1., 10.])\n(array([0.5  , 0.625]), array([1, 4], "
        "dtype=int32))",
        "ldexp modf"),
    ROW("ldexp", OP_FUNCTION, ldexp_params, ldexp_forward, ldexp_vjp, NULL, "x1 * 2**x2",
        ">>> np.ldexp(5., [0, 1, 2])\narray([ 5., 10., 20.])", "frexp"),
    ROW("isposinf", OP_FUNCTION, x_out_params, infinite_forward, NULL, "greater",
        "Is it infinity, not minus infinity?",
        ">>> np.isposinf([-np.inf, 0., np.inf])\narray([False, False,  True])",
        "isinf isneginf"),
    ROW("isneginf", OP_FUNCTION, x_out_params, infinite_forward, NULL, "less",
        "Is it minus infinity?",
        ">>> np.isneginf([-np.inf, 0., np.inf])\narray([ True, False, False])",
        "isinf isposinf"),
    ROW("fix", OP_FUNCTION, x_out_params, fix_forward, vjp_none, NULL,
        "The number without what follows the point, as a float",
        ">>> np.fix([2.9, -2.9])\narray([ 2., -2.])", "trunc floor"),
    ROW("real", OP_FUNCTION | OP_PROPERTY, val_params, real_forward, positive_vjp, NULL,
        "The real part: of real numbers all",
        ">>> np.real([1., 2.])\narray([1., 2.])", "imag conjugate"),
    ROW("imag", OP_FUNCTION | OP_PROPERTY, val_params, imag_forward, vjp_none, NULL,
        "The imaginary part: of real numbers zero",
        ">>> np.imag([1., 2.])\narray([0., 0.])", "real conjugate"),
    ROW("isreal", OP_FUNCTION, x_params, isreal_forward, NULL, NULL,
        "Is the imaginary part zero?",
        ">>> np.isreal([1., 2.])\narray([ True,  True])", "real iscomplex"),
    ROW("iscomplex", OP_FUNCTION, x_params, isreal_forward, NULL, NULL,
        "Is the imaginary part not zero?",
        ">>> np.iscomplex([1., 2.])\narray([False, False])", "imag isreal"),
    ROW("nan_to_num", OP_FUNCTION, nan_to_num_params, nan_to_num_forward, nan_to_num_vjp, NULL,
        "Numbers in place of NaN and the infinities",
        ">>> np.nan_to_num([np.nan, 1., np.inf], posinf=9)\n"
        "array([0., 1., 9.])",
        "isnan isfinite"),
    ROW("sinc", OP_FUNCTION, x_params, sinc_forward, sinc_vjp, NULL,
        "sin(pi*x) / (pi*x), 1 at zero",
        ">>> np.sinc([0., 0.5])\narray([1.        , 0.63661977])", "sin"),
    ROW("i0", OP_FUNCTION, x_params, i0_forward, i0_vjp, NULL,
        "The modified Bessel function of the first kind, order 0",
        ">>> np.i0([0., 1.])\narray([1.        , 1.26606588])", NULL),
    ROW("ediff1d", OP_FUNCTION, ediff1d_params, ediff1d_forward, ediff1d_vjp, NULL,
        "The differences of the flattened array",
        ">>> np.ediff1d([1, 2, 4], to_begin=-9)\narray([-9,  1,  2])", "diff"),
    {.name = NULL},
};
