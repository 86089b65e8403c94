/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The module numpy: every row of the op table, constants, types, and the few
 * functions that are about values rather than arrays.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "bind/natives.h"
#include "bind/numpy_files.h"
#include "bind/op_call.h"
#include "bind/poly1d.h"
#include "bind/print_options.h"
#include "bind/random_module.h"
#include "bind/types.h"
#include "ops/registry.h"
#include "tensor/elementwise.h"

/* ---------------------------------------------------------------- functions */

static const struct param a_params[] = {{"a", PARAM_ANY, 0, NULL},
                                        {NULL, 0, 0, NULL}};
static const struct param pair_params[] = {{"a", PARAM_ANY, 0, NULL},
                                           {"b", PARAM_ANY, 0, NULL},
                                           {NULL, 0, 0, NULL}};
static const struct param close_params[] = {
    {"a", PARAM_ANY, 0, NULL},
    {"b", PARAM_ANY, 0, NULL},
    {"rtol", PARAM_ANY, 0, "1e-05"},
    {"atol", PARAM_ANY, 0, "1e-08"},
    {"equal_nan", PARAM_ANY, 0, "False"},
    {NULL, 0, 0, NULL}};

NATIVE(dtype_call)
{
    struct value a;
    enum dtype dtype;

    (void)interp;
    if (!native_bind(native, args, &a, err) || !dtype_convert(a, &dtype, err))
        return false;
    *ret = value_dtype(dtype);
    return true;
}

/* Both as tensors, owned. */
static bool two_tensors(const struct value *slots, struct tensor **ret,
                        struct error *err)
{
    ret[0] = value_to_tensor(slots[0], DTYPE_COUNT, err);
    ret[1] = ret[0] ? value_to_tensor(slots[1], DTYPE_COUNT, err) : NULL;
    if (ret[1])
        return true;
    tensor_unref(ret[0]);
    return false;
}

NATIVE(shares_memory_call)
{
    struct value slots[2];
    struct tensor *pair[2];

    (void)interp;
    if (!native_bind(native, args, slots, err) ||
        !two_tensors(slots, pair, err))
        return false;
    *ret = value_bool(tensor_may_share_memory(pair[0], pair[1]));
    tensor_unref(pair[0]);
    tensor_unref(pair[1]);
    return true;
}

static bool same_shape(const struct tensor *a, const struct tensor *b)
{
    return a->ndim == b->ndim &&
           (!a->ndim || !memcmp(a->shape, b->shape,
                                (size_t)a->ndim * sizeof *a->shape));
}

NATIVE(array_equal_call)
{
    struct value slots[2];
    struct tensor *pair[2];
    bool equal;

    (void)interp;
    if (!native_bind(native, args, slots, err) ||
        !two_tensors(slots, pair, err))
        return false;
    equal = same_shape(pair[0], pair[1]);
    for (int64_t i = 0; equal && i < pair[0]->size; i++)
        equal = scalar_to_double(tensor_item_at(pair[0], i)) ==
                scalar_to_double(tensor_item_at(pair[1], i));
    *ret = value_bool(equal);
    tensor_unref(pair[0]);
    tensor_unref(pair[1]);
    return true;
}

struct tolerance {
    double relative, absolute;
    bool equal_nan;
};

static bool is_close(double a, double b, const struct tolerance *tolerance)
{
    if (isnan(a) || isnan(b))
        return tolerance->equal_nan && isnan(a) && isnan(b);
    if (isinf(a) || isinf(b))
        return a == b;
    return fabs(a - b) <=
           tolerance->absolute + tolerance->relative * fabs(b);
}

/* |a - b| <= atol + rtol * |b| for each pair; owned. */
static struct tensor *closeness(struct tensor **pair,
                                const struct tolerance *tolerance,
                                struct error *err)
{
    int64_t shape[TENSOR_MAX_DIMS];
    int ndim;

    if (!tensor_broadcast_shapes(2, pair, &ndim, shape, err))
        return NULL;
    struct tensor *a = tensor_broadcast_to(pair[0], ndim, shape, err);
    struct tensor *b = tensor_broadcast_to(pair[1], ndim, shape, err);
    struct tensor *result = tensor_new(DTYPE_BOOL, ndim, shape, err);
    for (int64_t i = 0; a && b && result && i < result->size; i++)
        result->data[i] = is_close(scalar_to_double(tensor_item_at(a, i)),
                                   scalar_to_double(tensor_item_at(b, i)),
                                   tolerance);
    tensor_unref(a);
    tensor_unref(b);
    return result;
}

static struct tensor *close_from_args(const struct native *native,
                                      const struct call_args *args,
                                      struct error *err)
{
    struct value slots[5];
    struct tensor *pair[2];
    struct tolerance tolerance = {1e-5, 1e-8, false};

    if (!native_bind(native, args, slots, err))
        return NULL;
    if ((slot_given(slots[2]) &&
         !value_as_double(slots[2], &tolerance.relative)) ||
        (slot_given(slots[3]) &&
         !value_as_double(slots[3], &tolerance.absolute)))
        return error_null(err, ERROR_TYPE, "rtol and atol must be numbers");
    if (slot_given(slots[4]) &&
        !value_truth(slots[4], &tolerance.equal_nan, err))
        return NULL;
    if (!two_tensors(slots, pair, err))
        return NULL;
    struct tensor *result = closeness(pair, &tolerance, err);
    tensor_unref(pair[0]);
    tensor_unref(pair[1]);
    return result;
}

NATIVE(isclose_call)
{
    struct tensor *close = close_from_args(native, args, err);

    (void)interp;
    if (!close)
        return false;
    *ret = value_tensor_or_scalar_take(close);
    return true;
}

NATIVE(allclose_call)
{
    struct tensor *close = close_from_args(native, args, err);
    bool all = true;

    (void)interp;
    if (!close)
        return false;
    for (int64_t i = 0; all && i < close->size; i++)
        all = close->data[i];
    tensor_unref(close);
    *ret = value_bool(all);
    return true;
}

static const struct param poly1d_params[] = {
    {"c_or_r", PARAM_ANY, 0, NULL},
    {"r", PARAM_ANY, 0, "False"},
    {"variable", PARAM_ANY, 0, "None"},
    {NULL, 0, 0, NULL}};

static struct native numpy_natives[] = {
    FUNCTION_ROW("dtype", dtype_call, a_params, "A dtype by its name"),
    FUNCTION_ROW("shares_memory", shares_memory_call, pair_params,
                 "Do two arrays share memory?"),
    FUNCTION_ROW("may_share_memory", shares_memory_call, pair_params,
                 "Do two arrays share memory?"),
    FUNCTION_ROW("array_equal", array_equal_call, pair_params,
                 "Same shape and same elements?"),
    FUNCTION_ROW("isclose", isclose_call, close_params,
                 "Are they equal but for rounding, element by element?"),
    FUNCTION_ROW("allclose", allclose_call, close_params,
                 "Are all elements equal but for rounding?"),
    FUNCTION_ROW("poly1d", poly1d_call, poly1d_params,
                 "A polynomial, by its coefficients or (r=True) its zeros: to "
                 "print, to call, to calculate with"),
    {.name = NULL},
};

/* ------------------------------------------------------------------ install */

static void add_constants(struct module *numpy)
{
    static const struct {
        const char *name;
        double value;
    } constants[] = {{"pi", M_PI},         {"e", M_E},
                     {"inf", INFINITY},    {"Inf", INFINITY},
                     {"infty", INFINITY},  {"Infinity", INFINITY},
                     {"PINF", INFINITY},   {"NINF", -INFINITY},
                     {"PZERO", 0.0},       {"NZERO", -0.0},
                     {"nan", NAN},         {"NaN", NAN},
                     {"NAN", NAN},
                     {"euler_gamma", 0.57721566490153286061}};

    for (size_t i = 0; i < sizeof constants / sizeof *constants; i++)
        module_set(numpy, constants[i].name, value_float(constants[i].value));
    module_set(numpy, "newaxis", value_none());
    struct value version = value_string("1.24");
    module_set(numpy, "__version__", version);
    value_unref(version);
}

static bool has_builtin(struct interp *interp, const char *name)
{
    const char *other;
    struct value value;

    for (size_t i = 0; interp_next_builtin(interp, &i, &other, &value);)
        if (!strcmp(name, other))
            return true;
    return false;
}

/* Under NAME in its module; bare as well, unless Python has that name. */
static void add_name(struct interp *interp, struct module *module,
                     const char *name, struct value value, bool bare)
{
    module_set(module, name, value);
    if (bare && !has_builtin(interp, name))
        interp_set_builtin(interp, name, value);
}

static void add_op(struct interp *interp, struct module *module,
                   const struct op *op)
{
    struct value value = op_value(op);
    bool bare = !strcmp(op->module, "np");
    const char *alias = op->aliases;

    add_name(interp, module, op->name, value, bare);
    while (alias && *alias) {
        size_t length = strcspn(alias, " ");
        char *name = xstrndup(alias, length);
        add_name(interp, module, name, value, bare);
        free(name);
        alias += length;
        alias += strspn(alias, " ");
    }
    value_unref(value);
}

void numpy_install(struct interp *interp)
{
    struct value numpy = value_module("numpy");
    struct value random = value_module("numpy.random");
    struct value linalg = value_module("numpy.linalg");
    const struct op *op;

    types_install(interp, numpy.module);
    for (int i = 0; (op = op_at(i)); i++) {
        struct value module = !strcmp(op->module, "np.random")   ? random
                              : !strcmp(op->module, "np.linalg") ? linalg
                                                                 : numpy;
        if (op->flags & OP_FUNCTION)
            add_op(interp, module.module, op);
    }
    natives_add_to_module(numpy_natives, numpy.module);
    natives_add_to_module(dtype_natives, numpy.module);
    natives_add_to_module(digits_natives, numpy.module);
    natives_add_to_module(fp_state_natives, numpy.module);
    natives_add_to_module(limits_natives, numpy.module);
    print_options_install(numpy.module);
    numpy_files_install(numpy.module);
    random_install(random.module);
    add_constants(numpy.module);
    module_set(numpy.module, "AxisError",
               interp_exception_class(interp, ERROR_AXIS));
    module_set(linalg.module, "LinAlgError",
               interp_exception_class(interp, ERROR_LINALG));
    module_set(numpy.module, "random", random);
    module_set(numpy.module, "linalg", linalg);
    interp_add_module(interp, "numpy", numpy);
    interp_add_module(interp, "numpy.random", random);
    interp_add_module(interp, "numpy.linalg", linalg);
    interp_set_builtin(interp, "np", numpy);
    value_unref(numpy);
    value_unref(random);
    value_unref(linalg);
}
