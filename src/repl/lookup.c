/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/lookup.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "lang/describe.h"
#include "lang/object.h"

bool lookup_name(struct interp *interp, const char *name, struct value *ret)
{
    const char *builtin;
    struct value value;
    if (interp_get_global(interp, name, ret))
        return true;
    for (size_t i = 0; interp_next_builtin(interp, &i, &builtin, &value);)
        if (!strcmp(builtin, name)) {
            *ret = value_ref(value);
            return true;
        }
    return false;
}

/* Attributes of the learner's own objects, but for properties. */
static bool get_member(struct value self, const char *name, struct value *ret)
{
    const struct instance *instance = self.instance;
    const struct value *own = namespace_get(&instance->names, name);
    const struct value *member =
        own ? own : class_lookup(instance->class, name);
    if (!member || value_opaque_data(*member, &property_type))
        return false;
    if (!own && member->kind == VALUE_FUNCTION)
        *ret = value_method(self, *member);
    else
        *ret = value_ref(*member);
    return true;
}

static bool get_attribute(struct interp *interp, struct value self,
                          const char *name, struct value *ret)
{
    struct error err = ERROR_INIT;
    if (self.kind == VALUE_INSTANCE || self.kind == VALUE_EXCEPTION)
        return get_member(self, name, ret);
    bool good = interp_get_attribute(interp, self, name, ret, &err);
    error_clear(&err);
    return good;
}

bool lookup_path(struct interp *interp, const char *path, struct value *ret)
{
    char *words = xstrdup(path), *rest = words;
    struct value value;
    bool good = lookup_name(interp, strsep(&rest, "."), &value);
    while (good && rest) {
        struct value outer = value;
        good = get_attribute(interp, outer, strsep(&rest, "."), &value);
        value_unref(outer);
    }
    free(words);
    if (good)
        *ret = value;
    return good;
}

const struct param *lookup_params(struct value value)
{
    /* those of models are listed without it */
    bool bound =
        value.kind == VALUE_METHOD && value.method->self.kind != VALUE_OPAQUE;
    if (value.kind == VALUE_METHOD)
        value = value.method->function;
    if (value.kind != VALUE_NATIVE || !value.native->params)
        return NULL;
    return value.native->params + (bound && value.native->params->name);
}

const struct function *lookup_function(struct value value, int *skip)
{
    *skip = 0;
    if (value.kind == VALUE_METHOD) {
        value = value.method->function;
        *skip = 1;
    } else if (value.kind == VALUE_CLASS) {
        const struct value *init = class_lookup(value.class, "__init__");
        if (!init)
            return NULL;
        value = *init;
        *skip = 1;
    }
    return value.kind == VALUE_FUNCTION ? value.function : NULL;
}

bool lookup_signature(struct value value, const char *name, struct strbuf *sb)
{
    int skip;
    const struct function *function = lookup_function(value, &skip);
    const struct param *params = lookup_params(value);
    if (function)
        function_signature(function, name, skip, sb);
    else if (params)
        params_format(sb, name, params);
    return function || params;
}
