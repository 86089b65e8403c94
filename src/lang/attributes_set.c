/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Setting and deleting what follows the dot. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "lang/attributes.h"

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

/* Is NAME in a __slots__ of CLASS's line? */
static bool is_slot(const struct class *class, const char *name)
{
    for (int i = 0; i < class->line_count; i++) {
        const struct value *slots =
            namespace_get(&class->line[i]->names, "__slots__");
        if (!slots)
            continue;
        if (slots->kind == VALUE_STRING && !strcmp(slots->string->text, name))
            return true;
        bool many = slots->kind == VALUE_TUPLE || slots->kind == VALUE_LIST;
        for (size_t k = 0; many && k < slots->sequence->count; k++) {
            const struct value slot = slots->sequence->items[k];
            if (slot.kind == VALUE_STRING && !strcmp(slot.string->text, name))
                return true;
        }
    }
    return false;
}

/* member.__set__(self, value), member.__delete__(self) */
static bool descriptor_change(struct interp *interp, struct value member,
                              struct value self, const struct value *value,
                              bool *found, struct error *err)
{
    struct value pair[2] = {self}, ignored;
    *found = false;
    if (value)
        pair[1] = *value;
    if (member.kind != VALUE_INSTANCE)
        return true;
    bool good = value_call_special(
        interp, member, value ? "__set__" : "__delete__", 1 + (value != NULL),
        pair, found, &ignored, err);
    if (good && *found)
        value_unref(ignored);
    return good;
}

bool object_set_attribute(struct interp *interp, struct value self,
                          const char *name, struct value value,
                          struct error *err)
{
    const struct class *class = self.instance->class;
    const struct value *member = class_lookup(class, name);
    const struct property *property =
        member ? value_opaque_data(*member, &property_type) : NULL;
    bool found = false;
    if (property)
        return property_call(interp, property->setter, self, "setter", name,
                             &value, err);
    if (member &&
        !descriptor_change(interp, *member, self, &value, &found, err))
        return false;
    if (found)
        return true;
    if (class->has_slots && !is_slot(class, name))
        return attribute_error(interp, self, name, err);
    namespace_set(&self.instance->names, name, value);
    return true;
}

/* self.__setattr__(name, value), self.__delattr__(name) */
static bool change_by_method(struct interp *interp, struct value self,
                             const char *name, const struct value *value,
                             bool *found, struct error *err)
{
    struct value pair[2] = {value_string(name)}, ignored;
    if (value)
        pair[1] = *value;
    bool good = value_call_special(
        interp, self, value ? "__setattr__" : "__delattr__",
        1 + (value != NULL), pair, found, &ignored, err);
    value_unref(pair[0]);
    if (good && *found)
        value_unref(ignored);
    return good;
}

bool value_set_attribute(struct interp *interp, struct value self,
                         const char *name, struct value value,
                         struct error *err)
{
    bool found = false;
    switch ((enum value_kind)self.kind) {
    case VALUE_INSTANCE:
    case VALUE_EXCEPTION:
        if (self.instance->class->has_setattr &&
            !change_by_method(interp, self, name, &value, &found, err))
            return false;
        return found || object_set_attribute(interp, self, name, value, err);
    case VALUE_CLASS:
        if (!strcmp(name, "__name__") && value.kind == VALUE_STRING) {
            free(self.class->name);
            self.class->name = xstrdup(value.string->text);
            return true;
        }
        namespace_set(&self.class->names, name, value);
        if (name[0] == '_')
            class_note_specials(self.class);
        return true;
    case VALUE_FUNCTION:
        if (!self.function->tracked.next)
            tracked_add(&interp->functions, &self.function->tracked);
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

bool object_delete_attribute(struct interp *interp, struct value self,
                             const char *name, struct error *err)
{
    const struct value *member = class_lookup(self.instance->class, name);
    const struct property *property =
        member ? value_opaque_data(*member, &property_type) : NULL;
    bool found = false;
    if (property)
        return property_call(interp, property->deleter, self, "deleter", name,
                             NULL, err);
    if (member && !descriptor_change(interp, *member, self, NULL, &found, err))
        return false;
    return found || namespace_remove(&self.instance->names, name) ||
           attribute_error(interp, self, name, err);
}

bool value_delete_attribute(struct interp *interp, struct value self,
                            const char *name, struct error *err)
{
    struct namespace *names = NULL;
    bool found = false;
    if (self.kind == VALUE_INSTANCE || self.kind == VALUE_EXCEPTION) {
        if (self.instance->class->has_setattr &&
            !change_by_method(interp, self, name, NULL, &found, err))
            return false;
        return found || object_delete_attribute(interp, self, name, err);
    }
    if (self.kind == VALUE_CLASS)
        names = &self.class->names;
    else if (self.kind == VALUE_FUNCTION)
        names = &self.function->names;
    if (names && namespace_remove(names, name))
        return true;
    return attribute_error(interp, self, name, err);
}
