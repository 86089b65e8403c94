/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Universal functions.  All rows share one forward; the kernels lie in
 * tensor/kernels_*.c under the row's name.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ops/arguments.h"
#include "ops/derive.h"
#include "ops/elementwise.h"
#include "ops/families.h"
#include "ops/reduce.h"

#define OPTIONS                                                       \
    {"out", PARAM_TENSOR, 0, "None"},                                 \
        {"where", PARAM_TENSOR, PARAM_KEYWORD_ONLY, "True"},          \
        {"casting", PARAM_STRING, PARAM_KEYWORD_ONLY, "'same_kind'"}, \
        {"dtype", PARAM_DTYPE, PARAM_KEYWORD_ONLY, "None"},           \
    {                                                                 \
        NULL, 0, 0, NULL                                              \
    }

static const struct param unary_params[] = {
    {"x", PARAM_TENSOR, PARAM_POSITIONAL_ONLY, NULL}, OPTIONS};
static const struct param binary_params[] = {
    {"x1", PARAM_TENSOR, PARAM_POSITIONAL_ONLY, NULL},
    {"x2", PARAM_TENSOR, PARAM_POSITIONAL_ONLY, NULL},
    OPTIONS};

bool ufunc_options(const struct arg *where, const struct arg *casting,
                   const struct arg *dtype, struct ufunc_options *ret,
                   struct error *err)
{
    *ret = (struct ufunc_options)UFUNC_PLAIN;
    if (!where_check(where, err))
        return false;
    if (where->given)
        ret->where = where->tensor;
    if (dtype->given)
        ret->dtype = dtype->dtype;
    return !casting->given || !*casting->string ||
           casting_from(casting, &ret->casting, err);
}

static bool forward(const struct op *op, const struct arg *args,
                    struct op_result *ret, struct error *err)
{
    const struct ufunc *ufunc = ufunc_find(op->data ? op->data : op->name);
    struct tensor *inputs[2] = {args[0].tensor, args[1].tensor};
    const struct arg *rest = args + ufunc->inputs;
    struct ufunc_options options;

    if (!ufunc_options(&rest[1], &rest[2], &rest[3], &options, err))
        return false;
    if (rest[0].given)
        options.out = rest[0].tensor;
    struct tensor *result = ufunc_call_with(ufunc, inputs, &options, err);
    if (rest[0].given)
        return op_return_array(ret, result);
    return op_return_tensor(ret, result);
}

/* ------------------------------------------------------- clip and rounding */

static struct tensor *binary(const char *name, struct tensor *a,
                             struct tensor *b, struct error *err)
{
    struct tensor *inputs[2] = {a, b};
    return ufunc_call(ufunc_find(name), inputs, NULL, NULL, DTYPE_COUNT, err);
}

static const struct param clip_params[] = {{"a", PARAM_TENSOR, 0, NULL},
                                           {"a_min", PARAM_TENSOR,
                                            PARAM_OR_NONE, NULL},
                                           {"a_max", PARAM_TENSOR,
                                            PARAM_OR_NONE, NULL},
                                           {"out", PARAM_TENSOR, 0, "None"},
                                           {NULL, 0, 0, NULL}};
static const struct param clip_method_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"min", PARAM_TENSOR, 0, "None"},
    {"max", PARAM_TENSOR, 0, "None"},
    {"out", PARAM_TENSOR, 0, "None"},
    {NULL, 0, 0, NULL}};

/* The shapes of all three at once, as the error tells them. */
static bool check_limits(const struct arg *args, struct error *err)
{
    struct tensor *all[3] = {args[0].tensor, args[1].tensor, args[2].tensor};
    int64_t shape[TENSOR_MAX_DIMS];
    int ndim;

    if (!args[1].given && !args[2].given)
        return error_set(err, ERROR_VALUE,
                         "One of max or min must be given");
    return !args[1].given || !args[2].given ||
           tensor_broadcast_shapes(3, all, &ndim, shape, err);
}

/* What out= cannot hold is cut without a word: NumPy 1.24 only says that this
   will end. */
static bool clip_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    (void)op;
    if (!check_limits(args, err))
        return false;
    struct tensor *low = args[1].given
                             ? binary("maximum", args[0].tensor,
                                      args[1].tensor, err)
                             : tensor_ref(args[0].tensor);
    struct tensor *result = low;
    if (low && args[2].given) {
        result = binary("minimum", low, args[2].tensor, err);
        tensor_unref(low);
    }
    return op_return_into(ret, result, &args[3], err);
}

static const struct param round_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"decimals", PARAM_INT, 0, "0"},
    {"out", PARAM_TENSOR, 0, "None"},
    {NULL, 0, 0, NULL}};

static struct tensor *unary(const char *name, struct tensor *a,
                            struct error *err)
{
    return ufunc_call(ufunc_find(name), &a, NULL, NULL, DTYPE_COUNT, err);
}

/* rint(a * 10**d) / 10**d, as NumPy does it (with 10**-d for negative d). */
static struct tensor *round_decimals(struct tensor *a, int64_t decimals,
                                     struct error *err)
{
    double power = pow(10, (double)llabs(decimals));
    const char *first = decimals < 0 ? "divide" : "multiply";
    const char *last = decimals < 0 ? "multiply" : "divide";
    struct tensor *factor = tensor_from_scalar(scalar_from_double(power), err);
    struct tensor *typed =
        factor && dtype_is_float(a->dtype)
            ? tensor_astype(factor, a->dtype, err)
            : factor ? tensor_ref(factor) : NULL;
    struct tensor *scaled = typed ? binary(first, a, typed, err) : NULL;
    struct tensor *whole = scaled ? unary("rint", scaled, err) : NULL;
    struct tensor *result = whole ? binary(last, whole, typed, err) : NULL;

    tensor_unref(factor);
    tensor_unref(typed);
    tensor_unref(scaled);
    tensor_unref(whole);
    return result;
}

static bool round_forward(const struct op *op, const struct arg *args,
                          struct op_result *ret, struct error *err)
{
    struct tensor *a = args[0].tensor, *result;
    int64_t decimals = args[1].integer;

    (void)op;
    if (a->dtype == DTYPE_BOOL && decimals != 0)
        return error_set(err, ERROR_TYPE,
                         "Cannot cast ufunc '%s' output from dtype('float64') "
                         "to dtype('bool') with casting rule 'same_kind'",
                         decimals < 0 ? "divide" : "multiply");
    if (!dtype_is_float(a->dtype) && decimals >= 0) {
        result = tensor_copy(a, err);
    } else if (decimals == 0) {
        result = unary("rint", a, err);
    } else {
        result = round_decimals(a, decimals, err);
        if (result && !dtype_is_float(a->dtype)) {
            struct tensor *whole = tensor_astype(result, a->dtype, err);
            tensor_unref(result);
            result = whole;
        }
    }
    if (result && args[2].given) {
        bool done = tensor_assign(args[2].tensor, result, err);
        tensor_unref(result);
        result = done ? tensor_ref(args[2].tensor) : NULL;
    }
    return op_return_tensor(ret, result);
}

#define UNARY(NAME, ALIASES, VJP, DOC, EXAMPLE, SEE)                          \
    {NAME, ALIASES, "np", OP_FUNCTION, unary_params, forward, VJP, NULL, DOC, \
     NULL, EXAMPLE, SEE}
#define BINARY(NAME, ALIASES, VJP, DOC, EXAMPLE, SEE)                        \
    {NAME,   ALIASES, "np", OP_FUNCTION, binary_params, forward, VJP, NULL,  \
     DOC,    NULL,    EXAMPLE, SEE}

const struct op elementwise_ops[] = {
    BINARY("add", NULL, add_vjp, "Sum, element by element; the same as x1 + x2",
           ">>> np.add([1, 2, 3], 10)\narray([11, 12, 13])", "subtract sum"),
    BINARY("subtract", NULL, subtract_vjp,
           "Difference, element by element; the same as x1 - x2",
           ">>> np.subtract([5, 7], [1, 2])\narray([4, 5])", "add negative"),
    BINARY("multiply", NULL, multiply_vjp, "Product, element by element; the same as x1 * x2",
           ">>> np.multiply([1, 2, 3], [4, 5, 6])\narray([ 4, 10, 18])",
           "dot divide prod"),
    BINARY("divide", "true_divide", divide_vjp,
           "Quotient, element by element; the same as x1 / x2, always floats",
           ">>> np.divide([1, 2, 3], 2)\narray([0.5, 1. , 1.5])",
           "floor_divide reciprocal"),
    BINARY("floor_divide", NULL, vjp_none, "Quotient rounded down; the same as x1 // x2",
           ">>> np.floor_divide([7, -7], 2)\narray([ 3, -4])",
           "divide remainder"),
    BINARY("remainder", "mod", remainder_vjp,
           "Remainder with the sign of the divisor; the same as x1 % x2",
           ">>> np.remainder([7, -7], 3)\narray([1, 2])", "fmod floor_divide"),
    BINARY("fmod", NULL, remainder_vjp, "Remainder with the sign of the dividend, as in C",
           ">>> np.fmod([7, -7], 3)\narray([ 1, -1])", "remainder"),
    BINARY("power", NULL, power_vjp, "x1 to the power of x2; the same as x1 ** x2",
           ">>> np.power([2, 3, 4], 2)\narray([ 4,  9, 16])",
           "square sqrt exp"),
    BINARY("float_power", NULL, power_vjp, "Power of floats, also of integers",
           ">>> np.float_power([2, 4], -1)\narray([0.5 , 0.25])", "power"),
    UNARY("negative", NULL, negative_vjp, "The number with the other sign; the same as -x",
          ">>> np.negative([1., -2.])\narray([-1.,  2.])", "absolute"),
    UNARY("positive", NULL, positive_vjp, "A copy; the same as +x",
          ">>> np.positive([1, -2])\narray([ 1, -2])", "negative"),
    UNARY("absolute", "abs", absolute_vjp, "Distance from zero",
          ">>> np.absolute([-1.5, 2])\narray([1.5, 2. ])", "fabs sign"),
    UNARY("fabs", NULL, absolute_vjp, "Distance from zero, as a float",
          ">>> np.fabs([-1, 2])\narray([1., 2.])", "absolute"),
    UNARY("sign", NULL, vjp_none, "-1, 0 or 1 by the sign",
          ">>> np.sign([-5., 0., 4.5])\narray([-1.,  0.,  1.])",
          "absolute signbit"),
    UNARY("sqrt", NULL, sqrt_vjp, "The square root",
          ">>> np.sqrt([1, 4, 9])\narray([1., 2., 3.])", "square cbrt"),
    UNARY("square", NULL, square_vjp, "x times x", ">>> np.square([-1, 3])\narray([1, 9])",
          "sqrt power"),
    UNARY("cbrt", NULL, cbrt_vjp, "The cube root",
          ">>> np.cbrt([1, 8, 27])\narray([1., 2., 3.])", "sqrt"),
    UNARY("reciprocal", NULL, reciprocal_vjp, "1 / x",
          ">>> np.reciprocal([2., 4.])\narray([0.5 , 0.25])", "divide"),
    UNARY("exp", NULL, exp_vjp, "e to the power of x",
          ">>> np.exp([0., 1.])\narray([1.        , 2.71828183])",
          "log exp2 expm1"),
    UNARY("exp2", NULL, exp2_vjp, "2 to the power of x",
          ">>> np.exp2([2, 3])\narray([4., 8.])", "exp log2"),
    UNARY("expm1", NULL, expm1_vjp, "exp(x) - 1, exact for small x",
          ">>> np.expm1([0., 1e-10])\narray([0.e+00, 1.e-10])", "exp log1p"),
    UNARY("log", NULL, log_vjp, "The natural logarithm",
          ">>> np.log([1, np.e])\narray([0., 1.])", "exp log2 log10 log1p"),
    UNARY("log2", NULL, log2_vjp, "The logarithm to base 2",
          ">>> np.log2([1, 2, 8])\narray([0., 1., 3.])", "log exp2"),
    UNARY("log10", NULL, log10_vjp, "The logarithm to base 10",
          ">>> np.log10([1, 100])\narray([0., 2.])", "log"),
    UNARY("log1p", NULL, log1p_vjp, "log(1 + x), exact for small x",
          ">>> np.log1p([0., 1e-10])\narray([0.e+00, 1.e-10])", "log expm1"),
    UNARY("sin", NULL, sin_vjp, "The sine of an angle in radians",
          ">>> np.sin([0, np.pi/2])\narray([0., 1.])", "cos arcsin radians"),
    UNARY("cos", NULL, cos_vjp, "The cosine of an angle in radians",
          ">>> np.cos([0, np.pi])\narray([ 1., -1.])", "sin arccos"),
    UNARY("tan", NULL, tan_vjp, "The tangent of an angle in radians",
          ">>> np.tan([0., 0.5])\narray([0.        , 0.54630249])", "arctan"),
    UNARY("arcsin", "asin", arcsin_vjp, "The angle whose sine is x",
          ">>> np.arcsin([0, 1])\narray([0.        , 1.57079633])", "sin"),
    UNARY("arccos", "acos", arccos_vjp, "The angle whose cosine is x",
          ">>> np.arccos([1, -1])\narray([0.        , 3.14159265])", "cos"),
    UNARY("arctan", "atan", arctan_vjp, "The angle whose tangent is x",
          ">>> np.arctan([0, 1])\narray([0.        , 0.78539816])",
          "tan arctan2"),
    BINARY("arctan2", "atan2", arctan2_vjp, "The angle of the point (x2, x1)",
           ">>> np.arctan2([1, -1], [0, 0])\narray([ 1.57079633, "
           "-1.57079633])",
           "arctan hypot"),
    BINARY("hypot", NULL, hypot_vjp, "Length of the hypotenuse, sqrt(x1**2 + x2**2)",
           ">>> np.hypot(3, [4, 0])\narray([5., 3.])", "sqrt arctan2"),
    UNARY("sinh", NULL, sinh_vjp, "The hyperbolic sine",
          ">>> np.sinh([0, 1])\narray([0.        , 1.17520119])",
          "cosh arcsinh"),
    UNARY("cosh", NULL, cosh_vjp, "The hyperbolic cosine",
          ">>> np.cosh([0, 1])\narray([1.        , 1.54308063])",
          "sinh arccosh"),
    UNARY("tanh", NULL, tanh_vjp, "The hyperbolic tangent",
          ">>> np.tanh([0, 1])\narray([0.        , 0.76159416])", "arctanh"),
    UNARY("arcsinh", "asinh", arcsinh_vjp, "The inverse of sinh",
          ">>> np.arcsinh([0, 1])\narray([0.        , 0.88137359])", "sinh"),
    UNARY("arccosh", "acosh", arccosh_vjp, "The inverse of cosh",
          ">>> np.arccosh([1, 2])\narray([0.       , 1.3169579])", "cosh"),
    UNARY("arctanh", "atanh", arctanh_vjp, "The inverse of tanh",
          ">>> np.arctanh([0, 0.5])\narray([0.        , 0.54930614])", "tanh"),
    UNARY("degrees", NULL, degrees_vjp, "An angle in radians, as degrees",
          ">>> np.degrees([0, np.pi])\narray([  0., 180.])", "radians"),
    UNARY("radians", NULL, radians_vjp, "An angle in degrees, as radians",
          ">>> np.radians([0, 180])\narray([0.        , 3.14159265])",
          "degrees"),
    UNARY("rad2deg", NULL, degrees_vjp, "An angle in radians, as degrees",
          ">>> np.rad2deg([0, np.pi])\narray([  0., 180.])", "degrees"),
    UNARY("deg2rad", NULL, radians_vjp, "An angle in degrees, as radians",
             ">>> np.deg2rad([0, 180])\narray([0.        , 3.14159265])",
             "radians"),
    UNARY("floor", NULL, vjp_none, "The next whole number below",
          ">>> np.floor([-1.5, 1.5])\narray([-2.,  1.])", "ceil trunc rint"),
    UNARY("ceil", NULL, vjp_none, "The next whole number above",
          ">>> np.ceil([-1.5, 1.5])\narray([-1.,  2.])", "floor trunc rint"),
    UNARY("trunc", NULL, vjp_none, "The number without what follows the point",
          ">>> np.trunc([-1.5, 1.5])\narray([-1.,  1.])", "floor ceil"),
    UNARY("rint", NULL, vjp_none, "The nearest whole number; halves go to even ones",
          ">>> np.rint([0.5, 1.5, 1.7])\narray([0., 2., 2.])", "round"),
    BINARY("maximum", NULL, extreme_vjp,
           "The larger one, element by element: relu is "
           "np.maximum(x, 0)",
           ">>> np.maximum([-1., 2.], 0)\narray([0., 2.])", "minimum max"),
    BINARY("minimum", NULL, extreme_vjp, "The smaller one, element by element",
           ">>> np.minimum([1, 5], [3, 4])\narray([1, 4])", "maximum min"),
    BINARY("fmax", NULL, extreme_vjp, "The larger one; a NaN loses",
           ">>> np.fmax([1., np.nan], 0)\narray([1., 0.])", "maximum"),
    BINARY("fmin", NULL, extreme_vjp, "The smaller one; a NaN loses",
           ">>> np.fmin([1., np.nan], 0)\narray([0., 0.])", "minimum"),
    BINARY("equal", NULL, NULL, "Is it the same? x1 == x2",
           ">>> np.equal([1, 2], [1, 3])\narray([ True, False])", "not_equal"),
    BINARY("not_equal", NULL, NULL, "Is it different? x1 != x2",
           ">>> np.not_equal([1, 2], [1, 3])\narray([False,  True])", "equal"),
    BINARY("less", NULL, NULL, "x1 < x2",
           ">>> np.less([1, 2], 2)\narray([ True, False])", "less_equal"),
    BINARY("less_equal", NULL, NULL, "x1 <= x2",
           ">>> np.less_equal([1, 2, 3], 2)\narray([ True,  True, False])",
           "less"),
    BINARY("greater", NULL, NULL, "x1 > x2",
           ">>> np.greater([1, 3], 2)\narray([False,  True])", "greater_equal"),
    BINARY("greater_equal", NULL, NULL, "x1 >= x2",
           ">>> np.greater_equal([1, 2, 3], 2)\narray([False,  True,  True])",
           "greater"),
    BINARY("logical_and", NULL, NULL, "Are both true (not zero)?",
           ">>> np.logical_and([True, False], True)\narray([ True, False])",
           "logical_or all"),
    BINARY("logical_or", NULL, NULL, "Is one of them true (not zero)?",
           ">>> np.logical_or([1, 0], [0, 0])\narray([ True, False])",
           "logical_and any"),
    BINARY("logical_xor", NULL, NULL, "Is exactly one of them true?",
           ">>> np.logical_xor([1, 1], [0, 1])\narray([ True, False])",
           "logical_or"),
    UNARY("logical_not", NULL, NULL, "Is it false (zero)?",
          ">>> np.logical_not([0, 1.5])\narray([ True, False])", "logical_and"),
    BINARY("bitwise_and", NULL, NULL, "Bits that are set in both; x1 & x2",
           ">>> np.bitwise_and([6, 5], 3)\narray([2, 1])", "bitwise_or"),
    BINARY("bitwise_or", NULL, NULL, "Bits that are set in one; x1 | x2",
           ">>> np.bitwise_or([6, 5], 3)\narray([7, 7])", "bitwise_and"),
    BINARY("bitwise_xor", NULL, NULL, "Bits that differ; x1 ^ x2",
           ">>> np.bitwise_xor([6, 5], 3)\narray([5, 6])", "bitwise_or"),
    UNARY("invert", "bitwise_not", NULL, "All bits turned over; ~x",
          ">>> np.invert([0, 5])\narray([-1, -6])", "logical_not"),
    BINARY("left_shift", NULL, NULL, "Bits moved up; x1 << x2",
           ">>> np.left_shift([1, 3], 2)\narray([ 4, 12])", "right_shift"),
    BINARY("right_shift", NULL, NULL, "Bits moved down; x1 >> x2",
           ">>> np.right_shift([16, 7], 2)\narray([4, 1])", "left_shift"),
    BINARY("gcd", NULL, NULL, "The greatest common divisor",
           ">>> np.gcd([12, 9], 6)\narray([6, 3])", "lcm"),
    BINARY("lcm", NULL, NULL, "The least common multiple",
           ">>> np.lcm([4, 6], 10)\narray([20, 30])", "gcd"),
    UNARY("isnan", NULL, NULL, "Is it NaN, not a number?",
          ">>> np.isnan([1., np.nan])\narray([False,  True])",
          "isfinite isinf"),
    UNARY("isinf", NULL, NULL, "Is it infinite?",
          ">>> np.isinf([np.inf, 1.])\narray([ True, False])",
          "isfinite isnan"),
    UNARY("isfinite", NULL, NULL, "Is it neither NaN nor infinite?",
          ">>> np.isfinite([1., np.inf, np.nan])\narray([ True, False, "
          "False])",
          "isnan isinf"),
    UNARY("signbit", NULL, NULL, "Is the sign a minus, also that of -0.0?",
          ">>> np.signbit([-1.5, 0., -0.])\narray([ True, False,  True])",
          "sign copysign"),
    BINARY("copysign", NULL, copysign_vjp, "x1 with the sign of x2",
           ">>> np.copysign([1., 2.], -1)\narray([-1., -2.])", "signbit"),
    BINARY("heaviside", NULL, heaviside_vjp, "0 below zero, 1 above, x2 at zero",
           ">>> np.heaviside([-1.5, 0, 2.], 0.5)\narray([0. , 0.5, 1. ])",
           "sign"),
    BINARY("logaddexp", NULL, logaddexp_vjp, "log(exp(x1) + exp(x2)) without overflow",
           ">>> np.logaddexp([0., 1000.], 0.)\narray([6.93147181e-01, "
           "1.00000000e+03])",
           "log exp"),
    BINARY("logaddexp2", NULL, logaddexp2_vjp, "log2(2**x1 + 2**x2) without overflow",
           ">>> np.logaddexp2([1., 3.], [1., 3.])\narray([2., 4.])",
           "logaddexp"),
    BINARY("nextafter", NULL, NULL, "The next float from x1 towards x2",
           ">>> np.nextafter([1.], 2) > 1\narray([ True])", "spacing"),
    UNARY("spacing", NULL, NULL, "The distance to the next float",
          ">>> np.spacing(1.)\n2.220446049250313e-16", "nextafter"),
    UNARY("conjugate", "conj", positive_vjp,
             "The complex conjugate; real numbers are their own",
             ">>> np.conjugate([1.5, -2.])\narray([ 1.5, -2. ])", "real"),
    {"clip", NULL, "np", OP_FUNCTION, clip_params, clip_forward, clip_vjp, NULL,
     "Values below a_min become a_min, those above a_max a_max", NULL,
     ">>> np.clip([-2, 0.5, 3], 0, 1)\narray([0. , 0.5, 1. ])",
     "maximum minimum"},
    {"clip", NULL, "np", OP_METHOD, clip_method_params, clip_forward, clip_vjp,
     NULL, "Values below min become min, those above max max", NULL,
     ">>> np.array([-2., 0.5, 3.]).clip(0, 1)\narray([0. , 0.5, 1. ])",
     "maximum minimum"},
    {"round", "around round_", "np", OP_FUNCTION | OP_METHOD, round_params,
     round_forward, vjp_none, NULL,
     "Rounded to decimals; halves go to even numbers", NULL,
     ">>> np.round([0.25, 2.678], 1)\narray([0.2, 2.7])", "rint floor"},
    {.name = NULL},
};
