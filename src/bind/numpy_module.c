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
#include "bind/op_call.h"
#include "bind/random_module.h"
#include "bind/types.h"
#include "ops/registry.h"
#include "tensor/elementwise.h"
#include "tensor/format.h"

/* ------------------------------------------------------------ print options */

static const struct param options_params[] = {
    {"precision", PARAM_ANY, 0, "None"},
    {"threshold", PARAM_ANY, 0, "None"},
    {"edgeitems", PARAM_ANY, 0, "None"},
    {"linewidth", PARAM_ANY, 0, "None"},
    {"suppress", PARAM_ANY, 0, "None"},
    {"nanstr", PARAM_ANY, 0, "None"},
    {"infstr", PARAM_ANY, 0, "None"},
    {"sign", PARAM_ANY, PARAM_KEYWORD_ONLY, "None"},
    {"floatmode", PARAM_ANY, PARAM_KEYWORD_ONLY, "None"},
    {NULL, 0, 0, NULL}};
enum { OPTIONS = 9 };

static bool option_int(struct value slot, const char *name, int64_t low,
                       int64_t high, int64_t *number, struct error *err)
{
    double wide;

    if (!slot_given(slot))
        return true;
    if (!value_as_int(slot, number)) {
        if (!value_as_double(slot, &wide) || isnan(wide))
            return error_set(err, ERROR_TYPE, "%s must be a number, not %s",
                             name, value_type_name(slot));
        *number = wide >= 9e18 ? high : (int64_t)wide; /* threshold=np.inf */
    }
    if (*number > high)
        *number = high;
    return *number >= low ||
           error_set(err, ERROR_VALUE, "%s must be at least %lld", name,
                     (long long)low);
}

static bool option_text(struct value slot, const char *name, char ret[16],
                        struct error *err)
{
    if (!slot_given(slot))
        return true;
    if (slot.kind != VALUE_STRING || slot.string->length > 15)
        return error_set(err, ERROR_TYPE, "%s must be a short string", name);
    memcpy(ret, slot.string->text, slot.string->length + 1);
    return true;
}

static bool is_floatmode(const char *mode)
{
    static const char *const modes[] = {"fixed", "unique", "maxprec",
                                        "maxprec_equal"};
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
        if (!strcmp(mode, modes[i]))
            return true;
    return false;
}

static bool set_options(const struct value *slots,
                        struct print_options *options, struct error *err)
{
    int64_t precision = options->precision, edgeitems = options->edgeitems;
    int64_t linewidth = options->linewidth;
    char sign[16] = {options->sign, '\0'};

    if (!option_int(slots[0], "precision", 0, 100, &precision, err) ||
        !option_int(slots[1], "threshold", 0, INT64_MAX, &options->threshold,
                    err) ||
        !option_int(slots[2], "edgeitems", 0, 1 << 20, &edgeitems, err) ||
        !option_int(slots[3], "linewidth", 1, 1 << 20, &linewidth, err) ||
        (slot_given(slots[4]) &&
         !value_truth(slots[4], &options->suppress, err)) ||
        !option_text(slots[5], "nanstr", options->nanstr, err) ||
        !option_text(slots[6], "infstr", options->infstr, err) ||
        !option_text(slots[7], "sign", sign, err) ||
        !option_text(slots[8], "floatmode", options->floatmode, err))
        return false;
    if (!is_floatmode(options->floatmode))
        return error_set(err, ERROR_VALUE,
                         "floatmode option must be one of 'fixed', 'unique', "
                         "'maxprec', 'maxprec_equal'");
    if (!strchr("-+ ", sign[0]))
        return error_set(err, ERROR_VALUE,
                         "sign option must be one of ' ', '+', or '-'");
    options->precision = (int)precision;
    options->edgeitems = (int)edgeitems;
    options->linewidth = (int)linewidth;
    options->sign = sign[0];
    return true;
}

NATIVE(set_printoptions_call)
{
    struct value slots[OPTIONS];
    struct print_options options = print_options;

    (void)interp;
    if (!native_bind(native, args, slots, err) ||
        !set_options(slots, &options, err))
        return false;
    print_options = options;
    *ret = value_none();
    return true;
}

NATIVE(get_printoptions_call)
{
    struct value dict = value_dict(), text;
    char sign[2] = {print_options.sign, '\0'};
    const struct {
        const char *name, *text;
    } texts[] = {{"nanstr", print_options.nanstr},
                 {"infstr", print_options.infstr},
                 {"sign", sign},
                 {"floatmode", print_options.floatmode}};

    (void)interp;
    (void)native;
    (void)args;
    (void)err;
    dict_set_string(dict.dict, "edgeitems",
                    value_int(print_options.edgeitems));
    dict_set_string(dict.dict, "threshold",
                    value_int(print_options.threshold));
    dict_set_string(dict.dict, "precision",
                    value_int(print_options.precision));
    dict_set_string(dict.dict, "linewidth",
                    value_int(print_options.linewidth));
    dict_set_string(dict.dict, "suppress",
                    value_bool(print_options.suppress));
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        text = value_string(texts[i].text);
        dict_set_string(dict.dict, texts[i].name, text);
        value_unref(text);
    }
    *ret = dict;
    return true;
}

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

static bool text_of_array(const struct native *native,
                          const struct call_args *args, bool repr,
                          struct value *ret, struct error *err)
{
    struct value a;
    struct strbuf text = STRBUF_INIT;

    if (!native_bind(native, args, &a, err))
        return false;
    struct tensor *tensor = value_to_tensor(a, DTYPE_COUNT, err);
    if (!tensor)
        return false;
    if (repr)
        tensor_repr(tensor, &text);
    else
        tensor_str(tensor, &text);
    tensor_unref(tensor);
    *ret = value_string_take(&text);
    return true;
}

NATIVE(array_repr_call)
{
    (void)interp;
    return text_of_array(native, args, true, ret, err);
}

NATIVE(array_str_call)
{
    (void)interp;
    return text_of_array(native, args, false, ret, err);
}

static struct native numpy_natives[] = {
    FUNCTION_ROW("dtype", dtype_call, a_params, "A dtype by its name"),
    FUNCTION_ROW("set_printoptions", set_printoptions_call, options_params,
                 "How arrays are printed from now on"),
    FUNCTION_ROW("get_printoptions", get_printoptions_call, options_params,
                 "How arrays are printed"),
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
    FUNCTION_ROW("array_repr", array_repr_call, a_params,
                 "The text the prompt shows for an array"),
    FUNCTION_ROW("array_str", array_str_call, a_params,
                 "The text that print shows for an array"),
    FUNCTION_ROW("array2string", array_str_call, a_params,
                 "The text that print shows for an array"),
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
