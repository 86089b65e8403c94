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
    if (!item->next)
        return;
    item->previous->next = item->next;
    item->next->previous = item->previous;
    tracked_init(item);
}

/* What has a list of its own is left to that: cells, generators, instances. */
static bool may_lead_back(struct value item)
{
    switch ((enum value_kind)item.kind) {
    case VALUE_TUPLE:
    case VALUE_LIST:
    case VALUE_DICT:
    case VALUE_VIEW:
    case VALUE_METHOD:
    case VALUE_ITERATOR:
    case VALUE_MODULE:
        return true;
    default:
        return false;
    }
}

void list_watch(struct sequence *list, struct value item)
{
    struct interp *interp = interp_current();
    if (!list->tracked.next && may_lead_back(item) && interp)
        tracked_add(&interp->lists, &list->tracked);
}

void dict_watch(struct dict *dict, struct value item)
{
    struct interp *interp = interp_current();
    if (!dict->tracked.next && may_lead_back(item) && interp)
        tracked_add(&interp->dicts, &dict->tracked);
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
    class->kind = kind;
    class->line_count = 1 + (base ? base->line_count : 0);
    class->line =
        xreallocarray(NULL, (size_t)class->line_count, sizeof(struct class *));
    class->line[0] = class;
    if (base) {
        class->bases = xmalloc(sizeof(struct class *));
        class->bases[class->base_count++] = base;
        base->object.refs++;
        memcpy(class->line + 1, base->line,
               (size_t)base->line_count * sizeof(struct class *));
    }
    return (struct value){.kind = VALUE_CLASS, .class = class};
}

struct value value_instance(struct interp *interp, struct class *class)
{
    struct instance *instance = xcalloc(1, sizeof *instance);
    bool exception = class->kind != ERROR_NONE;
    instance->object.refs = 1;
    instance->class = class;
    if (exception)
        instance->args = value_none();
    class->object.refs++;
    tracked_add(&interp->instances, &instance->tracked);
    return (struct value){.kind = exception ? VALUE_EXCEPTION : VALUE_INSTANCE,
                          .instance = instance};
}

const struct value *class_lookup(const struct class *class, const char *name)
{
    uint32_t hash = string_hash(name, strlen(name));
    for (int i = 0; i < class->line_count; i++) {
        const struct value *value =
            strmap_get_hashed(&class->line[i]->names.map, name, hash);
        if (value)
            return value;
    }
    return NULL;
}

bool class_is_subclass(const struct class *class, const struct class *base)
{
    for (int i = 0; i < class->line_count; i++)
        if (class->line[i] == base)
            return true;
    return false;
}

static void boxed_free(void *data)
{
    value_unref(*(struct value *)data);
    free(data);
}

static void property_free(void *data)
{
    struct property *property = data;
    value_unref(property->getter);
    value_unref(property->setter);
    value_unref(property->deleter);
    free(property);
}

/* @x.setter and its like: the same property with one more function. */
static bool property_with(struct interp *interp, const struct native *native,
                          const struct call_args *args, struct value *ret,
                          struct error *err)
{
    (void)interp;
    if (!method_arity(native, args, 1, 1, err))
        return false;
    const struct property *old =
        value_opaque_data(args->values[0], &property_type);
    struct value function = args->values[1];
    char what = native->name[0];
    *ret = value_property(what == 'g' ? function : old->getter,
                          what == 's' ? function : old->setter,
                          what == 'd' ? function : old->deleter);
    return true;
}

static struct native property_methods[] = {
    {.object = {1}, .name = "getter", .call = property_with},
    {.object = {1}, .name = "setter", .call = property_with},
    {.object = {1}, .name = "deleter", .call = property_with},
};

static bool property_get(struct interp *interp, struct value self,
                         const char *name, struct value *ret, struct error *err)
{
    const struct property *property = value_opaque_data(self, &property_type);
    for (int i = 0; i < 3; i++) {
        struct native *method = &property_methods[i];
        if (!strcmp(name, method->name)) {
            *ret = value_method(self, (struct value){.kind = VALUE_NATIVE,
                                                     .native = method});
            return true;
        }
    }
    if (!strcmp(name, "__doc__"))
        return interp_get_attribute(interp, property->getter, name, ret, err);
    if (!strcmp(name, "fget")) {
        *ret = value_ref(property->getter);
        return true;
    }
    return error_set(err, ERROR_ATTRIBUTE,
                     "'property' object has no attribute '%s'", name);
}

const struct native_type property_type = {.name = "property",
                                          .free = property_free,
                                          .get_attribute = property_get};
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

struct value value_property(struct value getter, struct value setter,
                            struct value deleter)
{
    struct property *property = xmalloc(sizeof *property);
    *property = (struct property){value_ref(getter), value_ref(setter),
                                  value_ref(deleter)};
    return value_opaque(&property_type, property);
}

int member_functions(struct value member,
                     struct function *functions[MAX_WRAPPED])
{
    const struct property *property = value_opaque_data(member, &property_type);
    struct value candidates[MAX_WRAPPED] = {member};
    int count = 0;
    if (property) {
        candidates[0] = property->getter;
        candidates[1] = property->setter;
        candidates[2] = property->deleter;
    } else if (value_opaque_data(member, &static_method_type) ||
               value_opaque_data(member, &class_method_type)) {
        candidates[0] = *(struct value *)member.opaque->data;
    }
    for (int i = 0; i < MAX_WRAPPED; i++)
        if (candidates[i].kind == VALUE_FUNCTION)
            functions[count++] = candidates[i].function;
    return count;
}
