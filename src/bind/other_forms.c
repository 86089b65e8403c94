/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bind/other_forms.h"

#include <string.h>

#include "bind/library.h"
#include "bind/op_call.h"

bool polynomial_call(struct interp *interp, const struct native *native,
                     const struct call_args *args, struct value *ret,
                     struct error *err)
{
    bool object = false;

    for (int i = 0; i < args->count; i++)
        object |= args->values[i].kind == VALUE_INSTANCE;
    for (int i = 0; i < args->keyword_count; i++)
        object |= args->keywords[i].value.kind == VALUE_INSTANCE;
    return object ? library_call(interp, "numpy._poly1d", native->name, args,
                                 ret, err)
                  : op_call(interp, native, args, ret, err);
}

bool pad_call(struct interp *interp, const struct native *native,
              const struct call_args *args, struct value *ret,
              struct error *err)
{
    struct value mode = value_none();

    if (args->count > 2)
        mode = args->values[2];
    for (int i = 0; i < args->keyword_count; i++)
        if (!strcmp(args->keywords[i].name, "mode"))
            mode = args->keywords[i].value;
    if (mode.kind == VALUE_FUNCTION || mode.kind == VALUE_METHOD)
        return library_call(interp, "numpy._functions", "pad_by_function", args,
                            ret, err);
    return op_call(interp, native, args, ret, err);
}
