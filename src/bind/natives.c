/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bind/natives.h"

#include <string.h>

void natives_add_to_module(struct native *natives, struct module *module)
{
    for (; natives->name; natives++)
        module_set(module, natives->name,
                   (struct value){.kind = VALUE_NATIVE, .native = natives});
}

void natives_add_builtins(struct native *natives, struct interp *interp)
{
    for (; natives->name; natives++)
        interp_set_builtin(
            interp, natives->name,
            (struct value){.kind = VALUE_NATIVE, .native = natives});
}

bool native_bind(const struct native *native, const struct call_args *args,
                 struct value *slots, struct error *err)
{
    struct value spread = {.kind = VALUE_UNDEFINED};
    return call_bind(native->name, native->params, args, false, slots, &spread,
                     err);
}

bool native_method(struct native *natives, struct value self, const char *name,
                   struct value *ret)
{
    for (; natives->name; natives++) {
        if (strcmp(natives->name, name) != 0)
            continue;
        *ret = value_method(
            self, (struct value){.kind = VALUE_NATIVE, .native = natives});
        return true;
    }
    return false;
}
