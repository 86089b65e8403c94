/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names that may follow a dot, for completion and dir(). */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "lang/attributes.h"

struct names {
    char **items;
    size_t count, capacity;
};

static void add_name(struct names *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++)
        if (!strcmp(names->items[i], name))
            return;
    VEC_PUSH(names->items, names->count, names->capacity) = xstrdup(name);
}

static void add_namespace(struct names *names, const struct namespace *from)
{
    struct value value;
    const char *name;
    for (size_t i = 0; namespace_next(from, &i, &name, &value);)
        if (name[0] != '_')
            add_name(names, name);
}

static void add_class(struct names *names, const struct class *class)
{
    for (int i = 0; i < class->line_count; i++)
        add_namespace(names, &class->line[i]->names);
}

/* Arrays' attributes are bind's: it answers `__dir__` with a list of str. */
static void add_hooked(struct interp *interp, struct names *names,
                       struct value self)
{
    struct error err = ERROR_INIT;
    struct value list;
    if (interp->hooks.get_attribute &&
        interp->hooks.get_attribute(interp, self, "__dir__", &list, &err)) {
        bool sequence = list.kind == VALUE_LIST || list.kind == VALUE_TUPLE;
        for (size_t i = 0; sequence && i < list.sequence->count; i++)
            if (list.sequence->items[i].kind == VALUE_STRING)
                add_name(names, list.sequence->items[i].string->text);
        value_unref(list);
    }
    error_clear(&err);
}

static void add_rest(struct interp *interp, struct names *names,
                     const struct module *module)
{
    struct error err = ERROR_INIT;
    struct value rest, value;
    const char *name;
    if (module->rest && interp_import(interp, module->rest, &rest, &err)) {
        for (size_t i = 0; module_next(rest.module, &i, &name, &value);)
            if (name[0] != '_' && value.kind != VALUE_MODULE)
                add_name(names, name);
        value_unref(rest);
    }
    error_clear(&err);
}

char **interp_attributes(struct interp *interp, struct value self)
{
    struct names names = {NULL, 0, 0};
    const struct native *method = method_table(value_plain(self));
    for (; method && method->name; method++)
        add_name(&names, method->name);
    switch ((enum value_kind)self.kind) {
    case VALUE_NATIVE:
        if (!self.native->type)
            break;
        add_hooked(interp, &names, self);
        break;
    case VALUE_TENSOR:
    case VALUE_SCALAR:
    case VALUE_DTYPE:
        add_hooked(interp, &names, self);
        break;
    case VALUE_MODULE:
        add_namespace(&names, &self.module->names);
        add_rest(interp, &names, self.module);
        break;
    case VALUE_INSTANCE:
    case VALUE_EXCEPTION:
        add_namespace(&names, &self.instance->names);
        add_class(&names, self.instance->class);
        break;
    case VALUE_CLASS:
        add_class(&names, self.class);
        break;
    case VALUE_OPAQUE:
        for (const char *const *name = self.opaque->type->attributes;
             name && *name; name++)
            add_name(&names, *name);
        break;
    default:
        break;
    }
    VEC_PUSH(names.items, names.count, names.capacity) = NULL;
    return names.items;
}
