/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What follows the dot of any value. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/suggest.h"
#include "lang/attributes.h"
#include "lang/generator.h"
#include "lang/methods_bytes.h"
#include "lang/methods_object.h"

bool attribute_error(struct interp *interp, struct value self,
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
    case VALUE_BYTES:
        return bytes_methods;
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

struct native *method_table(struct value self)
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

bool plain_method(struct value self, const char *name, struct value *ret)
{
    if (method_get(self, name, ret))
        return true;
    struct native *special =
        special_method((enum value_kind)self.kind, name);
    if (special)
        *ret = value_method(self, (struct value){.kind = VALUE_NATIVE,
                                                 .native = special});
    return special != NULL;
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
    if (!strcmp(name, "__dict__") && !native) {
        *ret = namespace_to_dict(&function.function->names);
        return true;
    }
    const struct native_type *made = native ? function.native->makes : NULL;
    if (self.kind == VALUE_NATIVE && made && made->class_attribute &&
        made->class_attribute(self, name, ret))
        return true;
    if (plain_method(self, name, ret))
        return true;
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
    if (plain_method(self, name, ret))
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
    struct value type;
    bool has_own = self.kind == VALUE_INSTANCE || self.kind == VALUE_EXCEPTION;
    if (name[0] == '_' && !has_own && !strcmp(name, "__class__") &&
        interp_builtin(interp, "type", &type)) {
        struct call_args args = {.count = 1, .values = &self};
        return interp_call(interp, type, &args, ret, err);
    }
    switch ((enum value_kind)self.kind) {
    case VALUE_TENSOR:
    case VALUE_SCALAR:
    case VALUE_DTYPE:
        if (name[0] == '_' && plain_method(self, name, ret))
            return true;
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
        return instance_attribute(interp, self, name, ret, err);
    case VALUE_CLASS:
        return class_attribute(interp, self, name, ret, err);
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

/* ------------------------------------------------------------- method calls */

/* An object's own attribute; borrowed, or NULL. */
static const struct value *instance_own(struct value self, const char *name,
                                        uint32_t hash)
{
    return self.instance->class->has_getattribute
               ? NULL
               : strmap_get_hashed(&self.instance->names.map, name, hash);
}

/* Sets an attribute that the object has already, when its class has no say in
   that; false, with nothing done, when it may. */
static bool instance_set_own(struct value self, const char *name,
                             uint32_t hash, struct value value)
{
    const struct class *class = self.instance->class;
    if (class->has_setattr || class->has_slots)
        return false;
    struct value *place =
        strmap_get_hashed(&self.instance->names.map, name, hash);
    for (int i = 0; place && i < class->line_count; i++) {
        const struct value *member =
            strmap_get_hashed(&class->line[i]->names.map, name, hash);
        if (member && /* a property or another descriptor */
            (member->kind == VALUE_OPAQUE || member->kind == VALUE_INSTANCE))
            return false;
    }
    if (place)
        value_replace(place, value_ref(value));
    return place != NULL;
}

bool attribute_get(struct interp *interp, struct value self, const char *name,
                   uint32_t hash, struct value *ret, struct error *err)
{
    const struct value *own = NULL;
    if (self.kind == VALUE_INSTANCE)
        own = instance_own(self, name, hash);
    if (!own)
        return interp_get_attribute(interp, self, name, ret, err);
    *ret = value_ref(*own);
    return true;
}

bool attribute_set(struct interp *interp, struct value self, const char *name,
                   uint32_t hash, struct value value, struct error *err)
{
    return (self.kind == VALUE_INSTANCE &&
            instance_set_own(self, name, hash, value)) ||
           value_set_attribute(interp, self, name, value, err);
}

bool value_find_method(struct value self, const char *name, uint32_t hash,
                       struct value *ret)
{
    if (self.kind == VALUE_INSTANCE) {
        if (instance_own(self, name, hash))
            return false;
        const struct class *class = self.instance->class;
        if (class->has_getattribute)
            return false;
        for (int i = 0; i < class->line_count; i++) {
            const struct value *member =
                strmap_get_hashed(&class->line[i]->names.map, name, hash);
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
