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
#include "bind/print_options.h"
#include "bind/random_module.h"
#include "bind/types.h"
#include "lang/object.h"
#include "ops/registry.h"
#include "tensor/elementwise.h"

/* ---------------------------------------------------------------- functions */

static const struct param a_params[] = {{"a", PARAM_ANY, 0, NULL},
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

static struct native numpy_natives[] = {
    FUNCTION_ROW("dtype", dtype_call, a_params, "A dtype by its name"),
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
    struct value nn = value_module("nn");
    const struct op *op;

    numpy.module->rest = "numpy.lib";
    linalg.module->rest = "numpy._functions";
    types_install(interp, numpy.module);
    for (int i = 0; (op = op_at(i)); i++) {
        struct value module = !strcmp(op->module, "np.random")   ? random
                              : !strcmp(op->module, "np.linalg") ? linalg
                              : !strcmp(op->module, "nn")        ? nn
                                                                 : numpy;
        if (op->flags & OP_FUNCTION)
            add_op(interp, module.module, op);
    }
    natives_add_to_module(numpy_natives, numpy.module);
    natives_add_to_module(bytes_natives, numpy.module);
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
    module_set(numpy.module, "RankWarning",
               interp_exception_class(interp, ERROR_RANK_WARNING));
    module_set(
        numpy.module, "VisibleDeprecationWarning",
        interp_exception_class(interp, ERROR_VISIBLE_DEPRECATION_WARNING));
    module_set(linalg.module, "LinAlgError",
               interp_exception_class(interp, ERROR_LINALG));
    module_set(numpy.module, "random", random);
    module_set(numpy.module, "linalg", linalg);
    interp_add_module(interp, "numpy", numpy);
    interp_add_module(interp, "numpy.random", random);
    interp_add_module(interp, "numpy.linalg", linalg);
    interp_add_module(interp, "_nn", nn);
    interp_set_builtin(interp, "np", numpy);
    interp_set_builtin(interp, "nn", nn);
    value_unref(numpy);
    value_unref(random);
    value_unref(linalg);
    value_unref(nn);
}
