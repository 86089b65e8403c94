/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lang/object.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "lang/interp.h"

/* ----------------------------------------------------------- namespaces */

const struct value *namespace_get(const struct namespace *names,
                                  const char *name)
{
    return strmap_get(&names->map, name);
}

void namespace_set(struct namespace *names, const char *name,
                   struct value value)
{
    struct value *box = strmap_get(&names->map, name);
    value_ref(value);
    if (box) {
        struct value old = *box;
        *box = value;
        value_unref(old);
        return;
    }
    box = xmalloc(sizeof *box);
    *box = value;
    strmap_set(&names->map, name, box);
}

bool namespace_remove(struct namespace *names, const char *name)
{
    struct value *box = strmap_remove(&names->map, name);
    if (!box)
        return false;
    value_unref(*box);
    free(box);
    return true;
}

bool namespace_next(const struct namespace *names, size_t *position,
                    const char **name, struct value *value)
{
    void *box;
    if (!strmap_next(&names->map, position, name, &box))
        return false;
    *value = *(struct value *)box;
    return true;
}

/* Freeing a value may run into this namespace again: it is empty by then. */
void namespace_done(struct namespace *names)
{
    struct strmap map = names->map;
    const char *name;
    void *box;
    strmap_init(&names->map);
    for (size_t i = 0; strmap_next(&map, &i, &name, &box);) {
        value_unref(*(struct value *)box);
        free(box);
    }
    strmap_done(&map);
}

/* -------------------------------------------------------------- modules */

struct value value_module(const char *name)
{
    struct module *module = xcalloc(1, sizeof *module);
    module->object.refs = 1;
    module->name = xstrdup(name);
    return (struct value){.kind = VALUE_MODULE, .module = module};
}

void module_set(struct module *module, const char *name, struct value value)
{
    namespace_set(&module->names, name, value);
}

bool module_get(const struct module *module, const char *name,
                struct value *ret)
{
    const struct value *value = namespace_get(&module->names, name);
    if (value)
        *ret = value_ref(*value);
    return value != NULL;
}

const char *module_name(const struct module *module)
{
    return module->name;
}

bool module_next(const struct module *module, size_t *position,
                 const char **name, struct value *value)
{
    return namespace_next(&module->names, position, name, value);
}

/* -------------------------------------------------------------- tracked */

void tracked_init(struct tracked *list)
{
    list->previous = list->next = list;
}

void tracked_add(struct tracked *list, struct tracked *item)
{
    item->previous = list;
    item->next = list->next;
    list->next->previous = item;
    list->next = item;
}

void tracked_remove(struct tracked *item)
{
    item->previous->next = item->next;
    item->next->previous = item->previous;
    tracked_init(item);
}

struct cell *cell_new(struct interp *interp)
{
    struct cell *cell = xcalloc(1, sizeof *cell);
    cell->refs = 1;
    tracked_add(&interp->cells, &cell->tracked);
    return cell;
}

void cell_unref(struct cell *cell)
{
    if (--cell->refs)
        return;
    tracked_remove(&cell->tracked);
    value_unref(cell->value);
    free(cell);
}

/* --------------------------------------------------- classes, instances */

struct value value_class(const char *name, struct class *base,
                         enum error_kind kind)
{
    struct class *class = xcalloc(1, sizeof *class);
    class->object.refs = 1;
    class->name = xstrdup(name);
    class->base = base;
    class->kind = kind;
    if (base)
        base->object.refs++;
    return (struct value){.kind = VALUE_CLASS, .class = class};
}

struct value value_instance(struct interp *interp, struct class *class)
{
    struct instance *instance = xcalloc(1, sizeof *instance);
    bool exception = class->kind != ERROR_NONE;
    instance->object.refs = 1;
    instance->class = class;
    instance->args = value_none();
    class->object.refs++;
    tracked_add(&interp->instances, &instance->tracked);
    return (struct value){.kind = exception ? VALUE_EXCEPTION : VALUE_INSTANCE,
                          .instance = instance};
}

const struct value *class_lookup(const struct class *class, const char *name)
{
    for (; class; class = class->base) {
        const struct value *value = namespace_get(&class->names, name);
        if (value)
            return value;
    }
    return NULL;
}

bool class_is_subclass(const struct class *class, const struct class *base)
{
    for (; class; class = class->base)
        if (class == base)
            return true;
    return false;
}

static void boxed_free(void *data)
{
    value_unref(*(struct value *)data);
    free(data);
}

const struct native_type property_type = {.name = "property",
                                          .free = boxed_free};
const struct native_type static_method_type = {.name = "staticmethod",
                                               .free = boxed_free};
const struct native_type class_method_type = {.name = "classmethod",
                                              .free = boxed_free};

struct value value_wrapped(const struct native_type *type,
                           struct value function)
{
    struct value *box = xmalloc(sizeof *box);
    *box = value_ref(function);
    return value_opaque(type, box);
}
