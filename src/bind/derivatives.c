/* SPDX-License-Identifier: GPL-3.0-or-later */
/* jacobian(f), hessian(f), gradcheck(f, …), which library/derivatives.py has,
   and stop_gradient(x). */
#include "autograd/tape.h"
#include "bind/gradient.h"
#include "bind/library.h"

static const struct param fun_params[] = {{"fun", PARAM_ANY, 0, NULL},
                                          {"argnums", PARAM_ANY, 0, "0"},
                                          {NULL, PARAM_ANY, 0, NULL}};
static const struct param check_params[] = {
    {"f", PARAM_ANY, 0, NULL},
    {"args", PARAM_ANY, PARAM_STAR, NULL},
    {"eps", PARAM_ANY, PARAM_KEYWORD_ONLY, "1e-06"},
    {"atol", PARAM_ANY, PARAM_KEYWORD_ONLY, "1e-05"},
    {"rtol", PARAM_ANY, PARAM_KEYWORD_ONLY, "0.001"},
    {NULL, PARAM_ANY, 0, NULL}};
static const struct param x_params[] = {{"x", PARAM_ANY, 0, NULL},
                                        {NULL, PARAM_ANY, 0, NULL}};

NATIVE(call_library)
{
    return library_call(interp, "_derivatives", native->name, args, ret, err);
}

/* A tape knows arrays by their addresses: a view of the same memory is another
   array, from which nothing leads back. */
NATIVE(call_stop_gradient)
{
    struct value slots[1];
    (void)interp;
    if (!native_bind(native, args, slots, err))
        return false;
    struct tensor *x = value_to_tensor(slots[0], DTYPE_COUNT, err);
    if (!x)
        return false;
    *ret = value_tensor_or_scalar_take(
        tensor_view(x, x->ndim, x->shape, x->strides, x->data));
    tensor_unref(x);
    return true;
}

/* Does a tape that records follow x? */
NATIVE(call_tracks)
{
    struct value slots[1];
    (void)interp;
    if (!native_bind(native, args, slots, err))
        return false;
    struct value x = value_array(slots[0]);
    *ret = value_bool(x.kind == VALUE_TENSOR && tape_is_recording() &&
                      tape_tracks(x.tensor));
    return true;
}

/* The module _tape, for those of library/. */
static struct native tape_module_natives[] = {
    FUNCTION_ROW("tracks", call_tracks, x_params,
                 "Does a tape that records follow x?"),
    {.name = NULL}};

void derivatives_install(struct interp *interp)
{
    struct value module = value_module("_tape");
    natives_add_to_module(tape_module_natives, module.module);
    interp_add_module(interp, "_tape", module);
    value_unref(module);
    natives_add_builtins(derivative_natives, interp);
}

struct native derivative_natives[] = {
    FUNCTION_ROW("jacobian", call_library, fun_params,
                 "The function that gives the derivative of each output of "
                 "fun by each input"),
    FUNCTION_ROW("hessian", call_library, fun_params,
                 "The function that gives the second derivatives of fun, "
                 "which returns one number"),
    FUNCTION_ROW("gradcheck", call_library, check_params,
                 "True when the gradients of f agree with central differences; "
                 "a ValueError says where they do not"),
    FUNCTION_ROW("stop_gradient", call_stop_gradient, x_params,
                 "The same numbers, for the tape a constant"),
    {.name = NULL}};
