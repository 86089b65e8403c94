/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What follows the dot. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/suggest.h"
#include "lang/generator.h"

static bool attribute_error(struct interp *interp, struct value self,
                            const char *name, struct error *err)
{
    if (self.kind == VALUE_MODULE)
        error_set(err, ERROR_ATTRIBUTE, "module '%s' has no attribute '%s'",
                  self.module->name, name);
    else if (self.kind == VALUE_CLASS)
        error_set(err, ERROR_ATTRIBUTE,
                  "type object '%s' has no attribute '%s'", self.class->name,
                  name);
    else
        error_set(err, ERROR_ATTRIBUTE, "'%s' object has no attribute '%s'",
                  value_type_name(self), name);

    struct suggestion nearest = suggestion_for(name);
    char **names = interp_attributes(interp, self);
    for (char **candidate = names; *candidate; candidate++)
        suggestion_consider(&nearest, *candidate);
    if (nearest.best)
        error_hint(err, "did you mean '%s'?", nearest.best);
    for (char **candidate = names; *candidate; candidate++)
        free(*candidate);
    free(names);
    return false;
}

/* ---------------------------------------------------- tables of methods */

struct native *kind_methods(enum value_kind kind)
{
    switch (kind) {
    case VALUE_STRING:
        return string_methods;
    case VALUE_LIST:
        return list_methods;
    case VALUE_TUPLE:
        return tuple_methods;
    case VALUE_DICT:
        return dict_methods;
    case VALUE_SET:
        return set_methods;
    case VALUE_FROZENSET:
        return frozenset_methods;
    case VALUE_INT:
    case VALUE_FLOAT:
    case VALUE_BOOL:
        return number_methods;
    default:
        return NULL;
    }
}

static struct native *method_table(struct value self)
{
    if (self.kind == VALUE_ITERATOR)
        return generator_of(self) ? generator_methods : NULL;
    return kind_methods((enum value_kind)self.kind);
}

static const struct native *find_method(const struct native *table,
                                        const char *name)
{
    for (; table && table->name; table++)
        if (!strcmp(table->name, name))
            return table;
    return NULL;
}

static bool method_get(struct value self, const char *name, struct value *ret)
{
    const struct native *method = NULL;
    if (self.kind == VALUE_DICT && self.dict->variant == DICT_COUNTER)
        method = find_method(counter_methods, name);
    if (!method)
        method = find_method(method_table(self), name);
    if (!method)
        return false;
    *ret = value_method(self, (struct value){.kind = VALUE_NATIVE,
                                             .native = (struct native *)method});
    return true;
}

static bool number_get(struct value self, const char *name, struct value *ret)
{
    if (!strcmp(name, "real")) {
        *ret = self.kind == VALUE_BOOL ? value_int(self.i) : self;
        return true;
    }
    if (!strcmp(name, "imag")) {
        *ret = self.kind == VALUE_FLOAT ? value_float(0) : value_int(0);
        return true;
    }
    return false;
}

static bool range_get(const struct range *range, const char *name,
                      struct value *ret)
{
    const struct {
        const char *name;
        int64_t value;
    } members[] = {
        {"start", range->start}, {"stop", range->stop}, {"step", range->step}};
    for (int i = 0; i < 3; i++) {
        if (!strcmp(name, members[i].name)) {
            *ret = value_int(members[i].value);
            return true;
        }
    }
    return false;
}

static bool slice_get(const struct slice *slice, const char *name,
                      struct value *ret)
{
    if (!strcmp(name, "start"))
        *ret = value_ref(slice->start);
    else if (!strcmp(name, "stop"))
        *ret = value_ref(slice->stop);
    else if (!strcmp(name, "step"))
        *ret = value_ref(slice->step);
    else
        return false;
    return true;
}

/* ------------------------------------------------------ objects, classes */

/* A function found in a class, as an object of it sees it. */
static bool bind_member(struct interp *interp, struct value member,
                        struct value self, struct value *ret, struct error *err)
{
    const struct value *inner;
    if ((inner = value_opaque_data(member, &property_type))) {
        struct call_args args = {.count = 1, .values = &self};
        return interp_call(interp, *inner, &args, ret, err);
    }
    if ((inner = value_opaque_data(member, &static_method_type))) {
        *ret = value_ref(*inner);
        return true;
    }
    if ((inner = value_opaque_data(member, &class_method_type))) {
        struct value class = {.kind = VALUE_CLASS,
                              .class = self.instance->class};
        *ret = value_method(class, *inner);
        return true;
    }
    if (member.kind == VALUE_FUNCTION || member.kind == VALUE_NATIVE) {
        *ret = value_method(self, member);
        return true;
    }
    *ret = value_ref(member);
    return true;
}

static struct value namespace_to_dict(const struct namespace *names)
{
    struct value dict = value_dict(), value;
    const char *name;
    for (size_t i = 0; namespace_next(names, &i, &name, &value);)
        dict_set_string(dict.dict, name, value);
    return dict;
}

static bool exception_get(const struct instance *exception, const char *name,
                          struct value *ret)
{
    bool stops = exception->class->kind == ERROR_STOP_ITERATION;
    const struct value args = exception->args;
    if (!strcmp(name, "args")) {
        *ret = value_ref(args);
        return true;
    }
    if ((stops && !strcmp(name, "value")) ||
        (exception->class->kind == ERROR_SYSTEM_EXIT &&
         !strcmp(name, "code"))) {
        bool has = args.kind == VALUE_TUPLE && args.sequence->count;
        *ret = has ? value_ref(args.sequence->items[0]) : value_none();
        return true;
    }
    if (strcmp(name, "__cause__") != 0 && strcmp(name, "__context__") != 0 &&
        strcmp(name, "__traceback__") != 0)
        return false;
    *ret = value_none();
    return true;
}

static bool instance_get(struct interp *interp, struct value self,
                         const char *name, struct value *ret, struct error *err)
{
    const struct instance *instance = self.instance;
    const struct value *own = namespace_get(&instance->names, name);
    if (own) {
        *ret = value_ref(*own);
        return true;
    }
    const struct value *member = class_lookup(instance->class, name);
    if (member)
        return bind_member(interp, *member, self, ret, err);
    if (!strcmp(name, "__class__")) {
        *ret = value_ref(
            (struct value){.kind = VALUE_CLASS, .class = instance->class});
        return true;
    }
    if (!strcmp(name, "__dict__")) {
        *ret = namespace_to_dict(&instance->names);
        return true;
    }
    if (self.kind == VALUE_EXCEPTION && exception_get(instance, name, ret))
        return true;
    if (!strcmp(name, "__doc__") || !strcmp(name, "__module__"))
        return interp_get_attribute(
            interp,
            (struct value){.kind = VALUE_CLASS, .class = instance->class}, name,
            ret, err);
    bool found;
    struct value text = value_string(name);
    bool good = value_call_special(interp, self, "__getattr__", 1, &text,
                                   &found, ret, err);
    value_unref(text);
    if (!good || found)
        return good;
    return attribute_error(interp, self, name, err);
}

static struct value bases_of(const struct class *class, bool all)
{
    struct value list = value_list(0, NULL);
    const struct class *from = all ? class : class->base;
    for (; from; from = all ? from->base : NULL)
        list_append(list.sequence,
                    (struct value){.kind = VALUE_CLASS,
                                   .class = (struct class *)from});
    struct value tuple = value_tuple(list.sequence->count,
                                     list.sequence->items);
    value_unref(list);
    return tuple;
}

/* What a class says of itself. */
static bool class_describe(const struct class *class, const char *name,
                           struct value *ret)
{
    if (!strcmp(name, "__name__") || !strcmp(name, "__qualname__"))
        *ret = value_string(class->name);
    else if (!strcmp(name, "__doc__"))
        *ret = class->doc ? value_string(class->doc) : value_none();
    else if (!strcmp(name, "__dict__"))
        *ret = namespace_to_dict(&class->names);
    else if (!strcmp(name, "__bases__"))
        *ret = bases_of(class, false);
    else if (!strcmp(name, "__mro__"))
        *ret = bases_of(class, true);
    else if (!strcmp(name, "__module__"))
        *ret = value_string("builtins");
    else
        return false;
    return true;
}

static bool class_get(struct interp *interp, struct value self,
                      const char *name, struct value *ret, struct error *err)
{
    const struct value *member = class_lookup(self.class, name), *inner;
    if (member && (inner = value_opaque_data(*member, &static_method_type))) {
        *ret = value_ref(*inner);
        return true;
    }
    if (member && (inner = value_opaque_data(*member, &class_method_type))) {
        *ret = value_method(self, *inner);
        return true;
    }
    if (member) {
        *ret = value_ref(*member);
        return true;
    }
    if (class_describe(self.class, name, ret))
        return true;
    return attribute_error(interp, self, name, err);
}

static bool callable_get(struct interp *interp, struct value self,
                         const char *name, struct value *ret, struct error *err)
{
    struct value function =
        self.kind == VALUE_METHOD ? self.method->function : self;
    bool native = function.kind == VALUE_NATIVE;
    if (function.kind != VALUE_FUNCTION && !native)
        return attribute_error(interp, self, name, err);
    const struct value *own =
        native ? NULL : namespace_get(&function.function->names, name);
    if (own) {
        *ret = value_ref(*own);
        return true;
    }
    if (!strcmp(name, "__name__") || !strcmp(name, "__qualname__")) {
        *ret = value_string(native ? function.native->name
                                   : function.function->code->name);
        return true;
    }
    if (!strcmp(name, "__doc__")) {
        const char *doc =
            native ? function.native->doc : function.function->code->doc;
        *ret = doc ? value_string(doc) : value_none();
        return true;
    }
    if (self.kind == VALUE_METHOD && !strcmp(name, "__self__")) {
        *ret = value_ref(self.method->self);
        return true;
    }
    return attribute_error(interp, self, name, err);
}

static bool module_attribute(struct interp *interp, struct value self,
                             const char *name, struct value *ret,
                             struct error *err)
{
    bool found;
    if (!module_find(interp, self.module, name, &found, ret, err))
        return false;
    if (found)
        return true;
    if (!strcmp(name, "__name__")) {
        *ret = value_string(self.module->name);
        return true;
    }
    return attribute_error(interp, self, name, err);
}

static bool plain_get(struct interp *interp, struct value self,
                      const char *name, struct value *ret, struct error *err)
{
    if (method_get(self, name, ret))
        return true;
    bool found = false;
    if (self.kind <= VALUE_FLOAT && self.kind >= VALUE_BOOL)
        found = number_get(self, name, ret);
    else if (self.kind == VALUE_RANGE)
        found = range_get(self.range, name, ret);
    else if (self.kind == VALUE_SLICE)
        found = slice_get(self.slice, name, ret);
    return found || attribute_error(interp, self, name, err);
}

bool interp_get_attribute(struct interp *interp, struct value self,
                          const char *name, struct value *ret,
                          struct error *err)
{
    switch ((enum value_kind)self.kind) {
    case VALUE_TENSOR:
    case VALUE_SCALAR:
    case VALUE_DTYPE:
        if (interp->hooks.get_attribute)
            return interp->hooks.get_attribute(interp, self, name, ret, err);
        return attribute_error(interp, self, name, err);
    case VALUE_MODULE:
        return module_attribute(interp, self, name, ret, err);
    case VALUE_OPAQUE:
        if (self.opaque->type->get_attribute)
            return self.opaque->type->get_attribute(interp, self, name, ret,
                                                    err);
        return attribute_error(interp, self, name, err);
    case VALUE_INSTANCE:
    case VALUE_EXCEPTION:
        return instance_get(interp, self, name, ret, err);
    case VALUE_CLASS:
        return class_get(interp, self, name, ret, err);
    case VALUE_NATIVE:
        if (self.native->type && interp->hooks.get_attribute)
            return interp->hooks.get_attribute(interp, self, name, ret, err);
        return callable_get(interp, self, name, ret, err);
    case VALUE_FUNCTION:
    case VALUE_METHOD:
        return callable_get(interp, self, name, ret, err);
    default:
        return plain_get(interp, self, name, ret, err);
    }
}

/* The setter (with VALUE) or the deleter of a property. */
static bool property_call(struct interp *interp, struct value function,
                          struct value self, const char *what, const char *name,
                          const struct value *value, struct error *err)
{
    struct value values[2] = {self}, result;
    struct call_args args = {.count = 1 + (value != NULL), .values = values};
    if (function.kind == VALUE_UNDEFINED)
        return error_set(err, ERROR_ATTRIBUTE,
                         "property '%s' of '%s' object has no %s", name,
                         value_type_name(self), what);
    if (value)
        values[1] = *value;
    if (!interp_call(interp, function, &args, &result, err))
        return false;
    value_unref(result);
    return true;
}

bool value_set_attribute(struct interp *interp, struct value self,
                         const char *name, struct value value,
                         struct error *err)
{
    switch ((enum value_kind)self.kind) {
    case VALUE_INSTANCE:
    case VALUE_EXCEPTION: {
        const struct value *member = class_lookup(self.instance->class, name);
        const struct property *property =
            member ? value_opaque_data(*member, &property_type) : NULL;
        if (property)
            return property_call(interp, property->setter, self, "setter", name,
                                 &value, err);
        namespace_set(&self.instance->names, name, value);
        return true;
    }
    case VALUE_CLASS:
        if (!strcmp(name, "__name__") && value.kind == VALUE_STRING) {
            free(self.class->name);
            self.class->name = xstrdup(value.string->text);
            return true;
        }
        namespace_set(&self.class->names, name, value);
        return true;
    case VALUE_FUNCTION:
        namespace_set(&self.function->names, name, value);
        return true;
    case VALUE_TENSOR:
    case VALUE_SCALAR:
    case VALUE_DTYPE:
        if (interp->hooks.set_attribute)
            return interp->hooks.set_attribute(interp, self, name, value, err);
        break;
    case VALUE_OPAQUE:
        if (self.opaque->type->set_attribute)
            return self.opaque->type->set_attribute(interp, self, name, value,
                                                    err);
        break;
    default:
        break;
    }
    return attribute_error(interp, self, name, err);
}

bool value_delete_attribute(struct interp *interp, struct value self,
                            const char *name, struct error *err)
{
    struct namespace *names = NULL;
    const struct value *member =
        self.kind == VALUE_INSTANCE ? class_lookup(self.instance->class, name)
                                    : NULL;
    const struct property *property =
        member ? value_opaque_data(*member, &property_type) : NULL;
    if (property)
        return property_call(interp, property->deleter, self, "deleter", name,
                             NULL, err);
    if (self.kind == VALUE_INSTANCE || self.kind == VALUE_EXCEPTION)
        names = &self.instance->names;
    else if (self.kind == VALUE_CLASS)
        names = &self.class->names;
    else if (self.kind == VALUE_FUNCTION)
        names = &self.function->names;
    if (names && namespace_remove(names, name))
        return true;
    return attribute_error(interp, self, name, err);
}

/* ------------------------------------------------------------- method calls */

const struct value *instance_own(struct value self, const char *name,
                                 uint32_t hash)
{
    return strmap_get_hashed(&self.instance->names.map, name, hash);
}

bool value_find_method(struct value self, const char *name, uint32_t hash,
                       struct value *ret)
{
    if (self.kind == VALUE_INSTANCE) {
        if (instance_own(self, name, hash))
            return false;
        const struct class *class = self.instance->class;
        for (; class; class = class->base) {
            const struct value *member =
                strmap_get_hashed(&class->names.map, name, hash);
            if (member && member->kind != VALUE_FUNCTION)
                return false;
            if (member) {
                *ret = value_ref(*member);
                return true;
            }
        }
        return false;
    }
    if (self.kind < VALUE_STRING || self.kind > VALUE_FROZENSET ||
        (self.kind == VALUE_DICT && self.dict->variant != DICT_PLAIN))
        return false;
    const struct native *method = find_method(method_table(self), name);
    if (!method)
        return false;
    *ret = value_ref((struct value){.kind = VALUE_NATIVE,
                                    .native = (struct native *)method});
    return true;
}

/* ------------------------------------------------------- special methods */

bool value_has_special(struct value self, const char *name)
{
    return (self.kind == VALUE_INSTANCE || self.kind == VALUE_EXCEPTION) &&
           class_lookup(self.instance->class, name);
}

bool value_call_special(struct interp *interp, struct value self,
                        const char *name, int count, const struct value *args,
                        bool *found, struct value *ret, struct error *err)
{
    struct value member;
    *found = value_has_special(self, name);
    if (!*found)
        return true;
    if (!bind_member(interp, *class_lookup(self.instance->class, name), self,
                     &member, err))
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

/* ------------------------------------------------------------- completion */

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
    for (; class; class = class->base)
        add_namespace(names, &class->names);
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
    const struct native *method = method_table(self);
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
