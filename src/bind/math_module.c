/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Python's module math, for single numbers. */
#include <errno.h>
#include <math.h>
#include <string.h>

#include "autograd/tape.h"
#include "base/i18n.h"
#include "bind/math_module.h"
#include "bind/op_call.h"
#include "lang/interp.h"
#include "ops/registry.h"

static const struct param x_params[] = {{"x", PARAM_ANY, 0, NULL},
                                        {NULL, 0, 0, NULL}};
static const struct param xy_params[] = {{"x", PARAM_ANY, 0, NULL},
                                         {"y", PARAM_ANY, 0, NULL},
                                         {NULL, 0, 0, NULL}};
static const struct param log_params[] = {{"x", PARAM_ANY, 0, NULL},
                                          {"base", PARAM_ANY, 0, "None"},
                                          {NULL, 0, 0, NULL}};

static bool is_followed(struct value value)
{
    struct value array = value_array(value);
    return tape_is_recording() && array.kind == VALUE_TENSOR &&
           tape_tracks(array.tensor);
}

/* Of a value that a tape follows the gradient would be lost. */
bool math_number(struct value value, double *ret, struct error *err)
{
    if (is_followed(value)) {
        error_set(err, ERROR_TYPE,
                  "no gradient goes through the functions of math");
        error_hint(err, _("NumPy has them, too: np.sin(x) in place of "
                          "math.sin(x)"));
        return false;
    }
    return math_constant(value, ret, err);
}

/* What NumPy calls the function, or NULL. */
static const struct op *numpy_row(const char *name)
{
    static const char *const others[][2] = {
        {"asin", "arcsin"},   {"acos", "arccos"},   {"atan", "arctan"},
        {"asinh", "arcsinh"}, {"acosh", "arccosh"}, {"atanh", "arctanh"},
        {"atan2", "arctan2"}, {"pow", "power"},     {"remainder", ""},
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (!strcmp(others[i][0], name))
            name = others[i][1];
    return op_find("np", name, OP_FUNCTION);
}

/* *RET, which math's NAME has computed of VALUES, is computed once more by
   NumPy's row when a tape follows one of them. */
static bool follow(const char *name, int count, const struct value *values,
                   struct value *ret, struct error *err)
{
    bool followed = false;
    for (int i = 0; i < count; i++)
        followed |= is_followed(values[i]);
    if (!followed)
        return true;
    const struct op *op = numpy_row(name);
    value_unref(*ret);
    if (!op)
        return error_set(err, ERROR_NOT_IMPLEMENTED,
                         "no gradient is known for %s()", name);
    struct call_args args = {.count = count, .values = values};
    return op_apply(op, &args, ret, err);
}

bool math_constant(struct value value, double *ret, struct error *err)
{
    if (value.kind == VALUE_TENSOR && value.tensor->size == 1) {
        *ret = scalar_to_double(tensor_item(value.tensor));
        return true;
    }
    if (value.kind == VALUE_TENSOR)
        return error_set(err, ERROR_TYPE,
                         "only size-1 arrays can be converted to Python "
                         "scalars");
    return value_as_double(value, ret) ||
           error_set(err, ERROR_TYPE, "must be real number, not %s",
                     value_type_name(value));
}

/* RESULT for finite inputs: NaN out of a number is outside the domain, an
   infinity a result too large. */
static bool finish(double result, bool finite_input, struct value *ret,
                   struct error *err)
{
    if (finite_input && isnan(result))
        return error_set(err, ERROR_VALUE, "math domain error");
    if (finite_input && isinf(result))
        return error_set(err, ERROR_OVERFLOW, "math range error");
    *ret = value_float(result);
    return true;
}

typedef double unary(double);
typedef double binary(double, double);

/* The row's data points to the function. */
struct unary_row {
    unary *function;
};
struct binary_row {
    binary *function;
};

NATIVE(unary_call)
{
    const struct unary_row *row = native->data;
    struct value slot;
    double x;

    (void)interp;
    return native_bind(native, args, &slot, err) &&
           math_constant(slot, &x, err) &&
           finish(row->function(x), isfinite(x), ret, err) &&
           follow(native->name, 1, &slot, ret, err);
}

NATIVE(binary_call)
{
    const struct binary_row *row = native->data;
    struct value slots[2];
    double x, y;

    (void)interp;
    return native_bind(native, args, slots, err) &&
           math_constant(slots[0], &x, err) &&
           math_constant(slots[1], &y, err) &&
           finish(row->function(x, y), isfinite(x) && isfinite(y), ret, err) &&
           follow(native->name, 2, slots, ret, err);
}

/* The quotient of two logarithms that a tape follows. */
static bool follow_log(struct interp *interp, const struct value *slots,
                       struct value *ret, struct error *err)
{
    struct value above = value_none(), below = value_none();
    bool good = op_apply(numpy_row("log"),
                         &(struct call_args){.count = 1, .values = &slots[0]},
                         &above, err) &&
                op_apply(numpy_row("log"),
                         &(struct call_args){.count = 1, .values = &slots[1]},
                         &below, err) &&
                operate(interp, OPERATOR_DIVIDE, above, below, ret, err);
    value_unref(above);
    value_unref(below);
    return good;
}

NATIVE(log_call)
{
    struct value slots[2];
    double x, base = 0;

    if (!native_bind(native, args, slots, err) ||
        !math_constant(slots[0], &x, err))
        return false;
    bool based = slot_given(slots[1]);
    if (based && !math_constant(slots[1], &base, err))
        return false;
    if (x <= 0)
        return error_set(err, ERROR_VALUE, "math domain error");
    if (based && (is_followed(slots[0]) || is_followed(slots[1])))
        return follow_log(interp, slots, ret, err);
    return finish(based ? log(x) / log(base) : log(x), isfinite(x), ret,
                  err) &&
           follow("log", 1, slots, ret, err);
}

/* floor, ceil and trunc give ints. */
NATIVE(whole_call)
{
    const struct unary_row *row = native->data;
    struct value slot;
    double x;

    (void)interp;
    if (!native_bind(native, args, &slot, err))
        return false;
    if (slot.kind == VALUE_INT) {
        *ret = slot;
        return true;
    }
    if (!math_constant(slot, &x, err))
        return false;
    int64_t integer;
    if (!double_to_int64(row->function(x), &integer, err))
        return false;
    *ret = value_int(integer);
    return true;
}

typedef bool test(double);

static bool test_nan(double x)
{
    return isnan(x);
}

static bool test_inf(double x)
{
    return isinf(x);
}

static bool test_finite(double x)
{
    return isfinite(x);
}

struct test_row {
    test *function;
};

NATIVE(test_call)
{
    const struct test_row *row = native->data;
    struct value slot;
    double x;

    (void)interp;
    if (!native_bind(native, args, &slot, err) || !math_constant(slot, &x, err))
        return false;
    *ret = value_bool(row->function(x));
    return true;
}

static double degrees(double x)
{
    return x * (180 / M_PI);
}

static double radians(double x)
{
    return x * (M_PI / 180);
}

#define UNARY(NAME, FUNCTION, DOC)                                             \
    {.object = {1},                                                            \
     .name = NAME,                                                             \
     .call = unary_call,                                                       \
     .params = x_params,                                                       \
     .data = &(const struct unary_row){FUNCTION},                              \
     .doc = DOC}
#define BINARY(NAME, FUNCTION, DOC)                                            \
    {.object = {1},                                                            \
     .name = NAME,                                                             \
     .call = binary_call,                                                      \
     .params = xy_params,                                                      \
     .data = &(const struct binary_row){FUNCTION},                             \
     .doc = DOC}
#define WHOLE(NAME, FUNCTION, DOC)                                             \
    {.object = {1},                                                            \
     .name = NAME,                                                             \
     .call = whole_call,                                                       \
     .params = x_params,                                                       \
     .data = &(const struct unary_row){FUNCTION},                              \
     .doc = DOC}
#define TEST(NAME, FUNCTION, DOC)                                              \
    {.object = {1},                                                            \
     .name = NAME,                                                             \
     .call = test_call,                                                        \
     .params = x_params,                                                       \
     .data = &(const struct test_row){FUNCTION},                               \
     .doc = DOC}

static struct native functions[] = {
    UNARY("sqrt", sqrt, "The square root"),
    UNARY("exp", exp, "e to the power of x"),
    UNARY("expm1", expm1, "exp(x) - 1, exact for small x"),
    UNARY("log2", log2, "The logarithm to base 2"),
    UNARY("log10", log10, "The logarithm to base 10"),
    UNARY("log1p", log1p, "log(1 + x), exact for small x"),
    UNARY("sin", sin, "The sine"),
    UNARY("cos", cos, "The cosine"),
    UNARY("tan", tan, "The tangent"),
    UNARY("asin", asin, "The inverse of sin"),
    UNARY("acos", acos, "The inverse of cos"),
    UNARY("atan", atan, "The inverse of tan"),
    UNARY("sinh", sinh, "The hyperbolic sine"),
    UNARY("cosh", cosh, "The hyperbolic cosine"),
    UNARY("tanh", tanh, "The hyperbolic tangent"),
    UNARY("asinh", asinh, "The inverse of sinh"),
    UNARY("acosh", acosh, "The inverse of cosh"),
    UNARY("atanh", atanh, "The inverse of tanh"),
    UNARY("exp2", exp2, "2 to the power of x"),
    UNARY("cbrt", cbrt, "The cube root"),
    UNARY("erf", erf, "The error function"),
    UNARY("erfc", erfc, "1 - erf(x)"),
    UNARY("gamma", tgamma, "The gamma function"),
    UNARY("lgamma", lgamma, "The logarithm of the gamma function"),
    UNARY("fabs", fabs, "Distance from zero, as a float"),
    UNARY("degrees", degrees, "Radians as degrees"),
    UNARY("radians", radians, "Degrees as radians"),
    BINARY("pow", pow, "x to the power of y, as a float"),
    BINARY("atan2", atan2, "The angle of the point (y, x)"),
    BINARY("fmod", fmod, "The remainder as C has it"),
    BINARY("remainder", remainder, "The remainder nearest to zero"),
    BINARY("nextafter", nextafter, "The next float after x towards y"),
    BINARY("copysign", copysign, "x with the sign of y"),
    WHOLE("floor", floor, "The next whole number below"),
    WHOLE("ceil", ceil, "The next whole number above"),
    WHOLE("trunc", trunc, "The number without what follows the point"),
    TEST("isnan", test_nan, "Is it NaN?"),
    TEST("isinf", test_inf, "Is it infinite?"),
    TEST("isfinite", test_finite, "Is it neither NaN nor infinite?"),
    FUNCTION_ROW("log", log_call, log_params,
                 "The natural logarithm, or that to a base"),
    {.name = NULL},
};

void math_install(struct interp *interp)
{
    struct value math = value_module("math");

    natives_add_to_module(functions, math.module);
    natives_add_to_module(math_integer_functions, math.module);
    natives_add_to_module(math_several_functions, math.module);
    module_set(math.module, "pi", value_float(M_PI));
    module_set(math.module, "e", value_float(M_E));
    module_set(math.module, "tau", value_float(2 * M_PI));
    module_set(math.module, "inf", value_float(INFINITY));
    module_set(math.module, "nan", value_float(NAN));
    interp_add_module(interp, "math", math);
    value_unref(math);
}
