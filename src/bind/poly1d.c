/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bind/poly1d.h"

#include "bind/op_call.h"

/* Calls what the module has under NAME. */
static bool call_module(struct interp *interp, const char *name,
                        const struct call_args *args, struct value *ret,
                        struct error *err)
{
    struct value module, function;

    if (!interp_import(interp, "numpy._poly1d", &module, err))
        return false;
    bool found = module_get(module.module, name, &function);
    value_unref(module);
    if (!found)
        return error_set(err, ERROR_ATTRIBUTE, "no %s of poly1d", name);
    bool done = interp_call(interp, function, args, ret, err);
    value_unref(function);
    return done;
}

bool poly1d_call(struct interp *interp, const struct native *native,
                 const struct call_args *args, struct value *ret,
                 struct error *err)
{
    return call_module(interp, native->name, args, ret, err);
}

bool polynomial_call(struct interp *interp, const struct native *native,
                     const struct call_args *args, struct value *ret,
                     struct error *err)
{
    bool object = false;

    for (int i = 0; i < args->count; i++)
        object |= args->values[i].kind == VALUE_INSTANCE;
    for (int i = 0; i < args->keyword_count; i++)
        object |= args->keywords[i].value.kind == VALUE_INSTANCE;
    return object ? call_module(interp, native->name, args, ret, err)
                  : op_call(interp, native, args, ret, err);
}
