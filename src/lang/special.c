/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Methods like __len__: looked for in the class, not in the object. */
#include "lang/interp.h"

/* Where methods like __len__ are looked for: not in the object itself. */
static const struct value *special_lookup(struct value self, const char *name)
{
    if (self.kind == VALUE_INSTANCE || self.kind == VALUE_EXCEPTION)
        return class_lookup(self.instance->class, name);
    if (self.kind == VALUE_CLASS && self.class->meta)
        return class_lookup(self.class->meta, name);
    return NULL;
}

bool value_has_special(struct value self, const char *name)
{
    return special_lookup(self, name) != NULL;
}

bool value_call_special(struct interp *interp, struct value self,
                        const char *name, int count, const struct value *args,
                        bool *found, struct value *ret, struct error *err)
{
    struct value member;
    const struct value *method = special_lookup(self, name);
    *found = method != NULL;
    if (!*found)
        return true;
    if (!bind_member(interp, *method, self, &member, err))
        return false;
    struct call_args call = {.count = count, .values = args};
    bool good = interp_call(interp, member, &call, ret, err);
    value_unref(member);
    return good;
}

bool value_call_binary(struct interp *interp, struct value a,
                       const char *method, struct value b,
                       const char *reflected, bool *found, struct value *ret,
                       struct error *err)
{
    bool swap = reflected && a.kind == VALUE_INSTANCE &&
                b.kind == VALUE_INSTANCE &&
                a.instance->class != b.instance->class &&
                class_is_subclass(b.instance->class, a.instance->class);
    *found = false;
    for (int i = 0; i < 2 && !*found; i++) {
        bool right = (i == 1) != swap;
        const char *name = right ? reflected : method;
        if (!name || (right ? b : a).kind != VALUE_INSTANCE)
            continue;
        if (!value_call_special(interp, right ? b : a, name, 1,
                                right ? &a : &b, found, ret, err))
            return false;
        if (*found && ret->kind == VALUE_NOT_IMPLEMENTED)
            *found = false;
    }
    return true;
}
