/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Element by element, too, but with two results, or made of several ufuncs. */
#include <float.h>
#include <math.h>
#include <string.h>

#include "ops/elementwise.h"
#include "ops/families.h"

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

/* The exponent is an integer, but the kernel takes it as a float. */
static bool ldexp_forward(const struct op *op, const struct arg *args,
                          struct op_result *ret, struct error *err)
{
    enum dtype dtype =
        args[0].tensor->dtype == DTYPE_FLOAT32 ? DTYPE_FLOAT32 : DTYPE_FLOAT64;
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
    return op_return_tensor(ret, tensor_ref(args[0].tensor));
}

static bool imag_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    (void)op;
    return op_return_tensor(ret, tensor_zeros(args[0].tensor->dtype,
                                              args[0].tensor->ndim,
                                              args[0].tensor->shape, err));
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

/* Kernels of one float64 function, in place. */
static double sinc(double x)
{
    double y = M_PI * (x == 0 ? 1.0e-20 : x);
    return sin(y) / y;
}

/* The modified Bessel function of order 0: the sum of (x/2)^2k / k!^2, whose
   terms are all positive (Abramowitz and Stegun, 9.6.12). */
static double bessel_i0(double x)
{
    double quarter = x * x / 4, term = 1, sum = 1;

    if (!isfinite(x))
        return isnan(x) ? x : INFINITY;
    for (int k = 1; term > sum * 1e-17 && isfinite(sum); k++) {
        term *= quarter / k / k;
        sum += term;
    }
    return sum;
}

/* FUNCTION of each element, in float64; owned. */
static struct tensor *map(struct tensor *x, double (*function)(double),
                          struct error *err)
{
    struct tensor *result = tensor_astype(x, DTYPE_FLOAT64, err);

    for (int64_t i = 0; result && i < result->size; i++) {
        double *element = (double *)result->data + i;
        *element = function(*element);
    }
    return result;
}

static bool sinc_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    struct tensor *result = map(args[0].tensor, sinc, err);

    (void)op;
    if (!result || args[0].tensor->dtype != DTYPE_FLOAT32)
        return op_return_tensor(ret, result);
    struct tensor *single = tensor_astype(result, DTYPE_FLOAT32, err);
    tensor_unref(result);
    return op_return_tensor(ret, single);
}

static bool i0_forward(const struct op *op, const struct arg *args,
                       struct op_result *ret, struct error *err)
{
    (void)op;
    return op_return_array(ret, map(args[0].tensor, bessel_i0, err));
}

/* ---------------------------------------------------------------- differences
 */

static const struct param diff_params[] = {
    {"a", PARAM_TENSOR, 0, NULL},
    {"n", PARAM_INT, 0, "1"},
    {"axis", PARAM_INT, 0, "-1"},
    {"prepend", PARAM_TENSOR, 0, "<no value>"},
    {"append", PARAM_TENSOR, 0, "<no value>"},
    {NULL, 0, 0, NULL}};
static const struct param ediff1d_params[] = {
    {"ary", PARAM_TENSOR, 0, NULL},
    {"to_end", PARAM_TENSOR, 0, "None"},
    {"to_begin", PARAM_TENSOR, 0, "None"},
    {NULL, 0, 0, NULL}};

/* LENGTH elements along AXIS from FIRST on. */
static struct tensor *part(struct tensor *x, int axis, int64_t first,
                           int64_t length)
{
    int64_t shape[TENSOR_MAX_DIMS];

    memcpy(shape, x->shape, (size_t)x->ndim * sizeof *shape);
    shape[axis] = length;
    return tensor_view(x, x->ndim, shape, x->strides,
                       x->data + first * x->strides[axis]);
}

/* Each element minus the one before. */
static struct tensor *steps(struct tensor *x, int axis, struct error *err)
{
    int64_t length = x->shape[axis] ? x->shape[axis] - 1 : 0;
    struct tensor *later = part(x, axis, x->shape[axis] - length, length);
    struct tensor *earlier = part(x, axis, 0, length);
    struct tensor *result = call(
        x->dtype == DTYPE_BOOL ? "not_equal" : "subtract", later, earlier, err);
    tensor_unref(later);
    tensor_unref(earlier);
    return result;
}

/* BESIDE shaped as a piece of X along AXIS: a number is one such layer. */
static struct tensor *layer(struct tensor *x, struct tensor *beside, int axis,
                            struct error *err)
{
    int64_t shape[TENSOR_MAX_DIMS];

    if (beside->ndim)
        return tensor_ref(beside);
    memcpy(shape, x->shape, (size_t)x->ndim * sizeof *shape);
    shape[axis] = 1;
    return tensor_broadcast_to(beside, x->ndim, shape, err);
}

/* A before B along AXIS, in the dtype of both. */
static struct tensor *join(struct tensor *a, struct tensor *b, int axis,
                           struct error *err)
{
    int64_t shape[TENSOR_MAX_DIMS];
    struct tensor *both[2] = {a, b};

    if (a->ndim != b->ndim)
        return error_null(err, ERROR_VALUE,
                          "all the input array dimensions must match");
    for (int i = 0; i < a->ndim; i++) {
        if (i != axis && a->shape[i] != b->shape[i])
            return error_null(err, ERROR_VALUE,
                              "all the input array dimensions except for the "
                              "concatenation axis must match exactly, but "
                              "along dimension %d, the array at index 0 has "
                              "size %lld and the array at index 1 has size "
                              "%lld",
                              i, (long long)a->shape[i],
                              (long long)b->shape[i]);
        shape[i] = a->shape[i];
    }
    shape[axis] += b->shape[axis];
    struct tensor *result =
        tensor_new(dtype_promote(a->dtype, b->dtype), a->ndim, shape, err);
    bool done = result != NULL;
    for (int64_t k = 0, at = 0; done && k < 2; at += both[k++]->shape[axis]) {
        struct tensor *place = part(result, axis, at, both[k]->shape[axis]);
        done = tensor_assign(place, both[k], err);
        tensor_unref(place);
    }
    if (!done)
        tensor_unref(result);
    return done ? result : NULL;
}

/* X between what PREPEND and APPEND (not given: nothing) put beside it. */
static struct tensor *extended(struct tensor *x, const struct arg *prepend,
                               const struct arg *append, int axis,
                               struct error *err)
{
    const struct arg *sides[2] = {prepend, append};
    struct tensor *result = tensor_ref(x);

    for (int i = 0; i < 2 && result; i++) {
        if (!sides[i]->given)
            continue;
        struct tensor *beside = layer(x, sides[i]->tensor, axis, err);
        struct tensor *longer = !beside  ? NULL
                                : i == 0 ? join(beside, result, axis, err)
                                         : join(result, beside, axis, err);
        tensor_unref(beside);
        tensor_unref(result);
        result = longer;
    }
    return result;
}

static bool diff_forward(const struct op *op, const struct arg *args,
                         struct op_result *ret, struct error *err)
{
    struct tensor *x = args[0].tensor;
    int axis;

    (void)op;
    if (args[1].integer == 0)
        return op_return_tensor(ret, tensor_ref(x));
    if (args[1].integer < 0)
        return error_set(err, ERROR_VALUE,
                         "order must be non-negative but got %lld",
                         (long long)args[1].integer);
    if (x->ndim == 0)
        return error_set(err, ERROR_VALUE,
                         "diff requires input that is at least one "
                         "dimensional");
    if (!tensor_normalize_axis(args[2].integer, x->ndim, &axis, err))
        return false;
    struct tensor *result = extended(x, &args[3], &args[4], axis, err);
    for (int64_t i = 0; i < args[1].integer && result; i++) {
        struct tensor *next = steps(result, axis, err);
        tensor_unref(result);
        result = next;
        if (result && result->shape[axis] == 0)
            break;
    }
    return op_return_array(ret, result);
}

/* ARG flattened, in DTYPE; NULL with ERR filled when that loses values. */
static struct tensor *end_piece(const struct arg *arg, enum dtype dtype,
                                struct error *err)
{
    int64_t all = -1;

    if (!dtype_can_cast_same_kind(arg->tensor->dtype, dtype))
        return error_null(err, ERROR_TYPE,
                          "dtype of `to_end` must be compatible with input "
                          "`ary` under the `same_kind` rule.");
    struct tensor *typed = tensor_astype(arg->tensor, dtype, err);
    struct tensor *line =
        typed ? tensor_reshape(typed, 1, &all, 'C', err) : NULL;
    tensor_unref(typed);
    return line;
}

static bool ediff1d_forward(const struct op *op, const struct arg *args,
                            struct op_result *ret, struct error *err)
{
    int64_t all = -1;
    struct arg ends[2] = {{.given = false}, {.given = false}};
    struct tensor *line = tensor_reshape(args[0].tensor, 1, &all, 'C', err);
    struct tensor *result = line ? steps(line, 0, err) : NULL;
    bool good = result != NULL;

    (void)op;
    for (int i = 0; i < 2 && good; i++) { /* to_begin, then to_end */
        const struct arg *end = &args[2 - i];
        if (!end->given)
            continue;
        ends[i].tensor = end_piece(end, result->dtype, err);
        good = ends[i].given = ends[i].tensor != NULL;
    }
    struct tensor *whole =
        good ? extended(result, &ends[0], &ends[1], 0, err) : NULL;
    for (int i = 0; i < 2; i++)
        if (ends[i].given)
            tensor_unref(ends[i].tensor);
    tensor_unref(line);
    tensor_unref(result);
    return op_return_array(ret, whole);
}

/* --------------------------------------------------------------------- table
 */

#define ROW(NAME, FLAGS, PARAMS, FORWARD, DATA, DOC, EXAMPLE, SEE)       \
    {                                                                    \
        NAME, NULL, "np", FLAGS, PARAMS, FORWARD, NULL, DATA, DOC, NULL, \
            EXAMPLE, SEE                                                 \
    }

const struct op numeric_ops[] = {
    ROW("divmod", OP_FUNCTION, binary_params, two_forward, divmod_ufuncs,
        "Quotient rounded down, and remainder",
        ">>> np.divmod([7, -7], 3)\n(array([ 2, -3]), array([1, 2]))",
        "floor_divide remainder"),
    ROW("modf", OP_FUNCTION, unary_params, two_forward, modf_ufuncs,
        "What follows the point, and what stands before it",
        ">>> np.modf([1.5, -2.25])\n(array([ 0.5 , -0.25]), array([ 1., -2.]))",
        "trunc frexp"),
    ROW("frexp", OP_FUNCTION, unary_params, two_forward, frexp_ufuncs,
        "Mantissa and exponent: x is mantissa * 2**exponent",
        ">>> np.frexp([1., 10.])\n(array([0.5  , 0.625]), array([1, 4], "
        "dtype=int32))",
        "ldexp modf"),
    ROW("ldexp", OP_FUNCTION, ldexp_params, ldexp_forward, NULL, "x1 * 2**x2",
        ">>> np.ldexp(5., [0, 1, 2])\narray([ 5., 10., 20.])", "frexp"),
    ROW("isposinf", OP_FUNCTION, x_out_params, infinite_forward, "greater",
        "Is it infinity, not minus infinity?",
        ">>> np.isposinf([-np.inf, 0., np.inf])\narray([False, False,  True])",
        "isinf isneginf"),
    ROW("isneginf", OP_FUNCTION, x_out_params, infinite_forward, "less",
        "Is it minus infinity?",
        ">>> np.isneginf([-np.inf, 0., np.inf])\narray([ True, False, False])",
        "isinf isposinf"),
    ROW("fix", OP_FUNCTION, x_out_params, fix_forward, NULL,
        "The number without what follows the point, as a float",
        ">>> np.fix([2.9, -2.9])\narray([ 2., -2.])", "trunc floor"),
    ROW("real", OP_FUNCTION | OP_PROPERTY, val_params, real_forward, NULL,
        "The real part: of real numbers all",
        ">>> np.real([1., 2.])\narray([1., 2.])", "imag conjugate"),
    ROW("imag", OP_FUNCTION | OP_PROPERTY, val_params, imag_forward, NULL,
        "The imaginary part: of real numbers zero",
        ">>> np.imag([1., 2.])\narray([0., 0.])", "real conjugate"),
    ROW("isreal", OP_FUNCTION, x_params, isreal_forward, NULL,
        "Is the imaginary part zero?",
        ">>> np.isreal([1., 2.])\narray([ True,  True])", "real iscomplex"),
    ROW("iscomplex", OP_FUNCTION, x_params, isreal_forward, NULL,
        "Is the imaginary part not zero?",
        ">>> np.iscomplex([1., 2.])\narray([False, False])", "imag isreal"),
    ROW("nan_to_num", OP_FUNCTION, nan_to_num_params, nan_to_num_forward, NULL,
        "Numbers in place of NaN and the infinities",
        ">>> np.nan_to_num([np.nan, 1., np.inf], posinf=9)\n"
        "array([0., 1., 9.])",
        "isnan isfinite"),
    ROW("sinc", OP_FUNCTION, x_params, sinc_forward, NULL,
        "sin(pi*x) / (pi*x), 1 at zero",
        ">>> np.sinc([0., 0.5])\narray([1.        , 0.63661977])", "sin"),
    ROW("i0", OP_FUNCTION, x_params, i0_forward, NULL,
        "The modified Bessel function of the first kind, order 0",
        ">>> np.i0([0., 1.])\narray([1.        , 1.26606588])", NULL),
    ROW("diff", OP_FUNCTION, diff_params, diff_forward, NULL,
        "Each element minus the one before, n times over",
        ">>> np.diff([1, 2, 4, 7, 0])\narray([ 1,  2,  3, -7])",
        "ediff1d cumsum"),
    ROW("ediff1d", OP_FUNCTION, ediff1d_params, ediff1d_forward, NULL,
        "The differences of the flattened array",
        ">>> np.ediff1d([1, 2, 4], to_begin=-9)\narray([-9,  1,  2])", "diff"),
    {.name = NULL},
};
