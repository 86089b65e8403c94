/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Attributes of objects and classes: own ones, those of the class and the
   classes above it, descriptors, and what a metaclass adds. */
#include <string.h>

#include "lang/attributes.h"
#include "lang/methods_object.h"

struct value member_unwrapped(struct value member)
{
    const struct value *inner = value_opaque_data(member, &static_method_type);
    if (!inner)
        inner = value_opaque_data(member, &class_method_type);
    return inner ? *inner : member;
}

/* member.__get__(self, class) of a descriptor that is an object. */
static bool descriptor_get(struct interp *interp, struct value member,
                           struct value self, bool *found, struct value *ret,
                           struct error *err)
{
    bool object = self.kind != VALUE_CLASS;
    struct value pair[2] = {
        object ? self : value_none(),
        object ? (struct value){.kind = VALUE_CLASS,
                                .class = self.instance->class}
               : self};
    *found = false;
    return member.kind != VALUE_INSTANCE ||
           value_call_special(interp, member, "__get__", 2, pair, found, ret,
                              err);
}

bool bind_member(struct interp *interp, struct value member,
                 struct value self, struct value *ret, struct error *err)
{
    const struct value *inner;
    bool found;
    if (!descriptor_get(interp, member, self, &found, ret, err))
        return false;
    if (found)
        return true;
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
        *ret = value_method(self.kind == VALUE_CLASS ? self : class, *inner);
        return true;
    }
    if (member.kind == VALUE_FUNCTION || member.kind == VALUE_NATIVE ||
        (member.kind == VALUE_OPAQUE && member.opaque->type->binds)) {
        *ret = value_method(self, member);
        return true;
    }
    *ret = value_ref(member);
    return true;
}

struct value namespace_to_dict(const struct namespace *names)
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

/* Does the class's MEMBER come before the object's own attribute?  Properties
   and objects with __set__ do. */
static bool is_data_descriptor(const struct value *member)
{
    return member && (value_opaque_data(*member, &property_type) ||
                      value_has_special(*member, "__set__"));
}

static bool getattr_fallback(struct interp *interp, struct value self,
                             const char *name, struct value *ret,
                             struct error *err)
{
    bool found;
    struct value text = value_string(name);
    bool good = value_call_special(interp, self, "__getattr__", 1, &text,
                                   &found, ret, err);
    value_unref(text);
    return good && (found || attribute_error(interp, self, name, err));
}

bool instance_attribute(struct interp *interp, struct value self,
                        const char *name, struct value *ret, struct error *err)
{
    bool found;
    if (!self.instance->class->has_getattribute)
        return object_get_attribute(interp, self, name, ret, err);
    struct value text = value_string(name);
    bool good = value_call_special(interp, self, "__getattribute__", 1, &text,
                                   &found, ret, err);
    value_unref(text);
    if (good || err->kind != ERROR_ATTRIBUTE ||
        !value_has_special(self, "__getattr__"))
        return good;
    error_clear(err);
    return getattr_fallback(interp, self, name, ret, err);
}

bool object_get_attribute(struct interp *interp, struct value self,
                          const char *name, struct value *ret,
                          struct error *err)
{
    const struct instance *instance = self.instance;
    const struct value *own = namespace_get(&instance->names, name);
    const struct value *member = class_lookup(instance->class, name);
    if (own && !is_data_descriptor(member)) {
        *ret = value_ref(*own);
        return true;
    }
    if (member)
        return bind_member(interp, *member, self, ret, err);
    if (!strcmp(name, "__class__")) {
        *ret = value_ref(
            (struct value){.kind = VALUE_CLASS, .class = instance->class});
        return true;
    }
    if (!strcmp(name, "__dict__")) {
        *ret = namespace_to_dict(&instance->names);
        ret->dict->factory = value_ref(self);
        ret->dict->variant = DICT_ATTRIBUTES;
        return true;
    }
    if (self.kind == VALUE_EXCEPTION && exception_get(instance, name, ret))
        return true;
    if (!strcmp(name, "__doc__") || !strcmp(name, "__module__"))
        return interp_get_attribute(
            interp,
            (struct value){.kind = VALUE_CLASS, .class = instance->class}, name,
            ret, err);
    if (object_method(self, name, ret))
        return true;
    if (instance->class->has_getattribute) /* the caller goes on */
        return attribute_error(interp, self, name, err);
    return getattr_fallback(interp, self, name, ret, err);
}

static struct value tuple_of_list(struct value list)
{
    struct value tuple = value_tuple(list.sequence->count,
                                     list.sequence->items);
    value_unref(list);
    return tuple;
}

/* Is the built-in type one that none of the bases has brought? */
static bool adds_built_in(const struct class *class)
{
    for (int i = 0; i < class->base_count; i++)
        if (class->bases[i]->built_in.kind != VALUE_UNDEFINED)
            return false;
    return class->built_in.kind != VALUE_UNDEFINED;
}

static struct value bases_of(const struct class *class)
{
    struct value list = value_list(0, NULL);
    bool adds = adds_built_in(class);
    if (adds)
        list_append(list.sequence, class->built_in);
    for (int i = 0; i < class->base_count; i++)
        if (!adds || class->bases[i]->base_count)
            list_append(list.sequence,
                        (struct value){.kind = VALUE_CLASS,
                                       .class = class->bases[i]});
    return tuple_of_list(list);
}

/* The built-in type stands right before `object`. */
static struct value line_of(const struct class *class)
{
    struct value list = value_list(0, NULL);
    for (int i = 0; i < class->line_count; i++) {
        if (i == class->line_count - 1 &&
            class->built_in.kind != VALUE_UNDEFINED)
            list_append(list.sequence, class->built_in);
        list_append(list.sequence,
                    (struct value){.kind = VALUE_CLASS,
                                   .class = class->line[i]});
    }
    return list;
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
        *ret = bases_of(class);
    else if (!strcmp(name, "__mro__"))
        *ret = tuple_of_list(line_of(class));
    else if (!strcmp(name, "__module__"))
        *ret = value_string("builtins");
    else
        return false;
    return true;
}

/* Class.mro() */
static bool mro_method(struct interp *interp, const struct native *native,
                       const struct call_args *args, struct value *ret,
                       struct error *err)
{
    (void)interp;
    if (!method_arity(native, args, 0, 0, err))
        return false;
    *ret = line_of(args->values[0].class);
    return true;
}

static struct native mro_native = {
    .object = {1}, .name = "mro", .call = mro_method};

/* A metaclass's methods are those of its classes. */
static bool meta_get(struct interp *interp, struct value self,
                     const char *name, bool *found, struct value *ret,
                     struct error *err)
{
    const struct class *meta = self.class->meta;
    const struct value *member = meta ? class_lookup(meta, name) : NULL;
    *found = member != NULL;
    if (member)
        return bind_member(interp, *member, self, ret, err);
    *found = !strcmp(name, "mro");
    if (*found)
        *ret = value_method(self, (struct value){.kind = VALUE_NATIVE,
                                                 .native = &mro_native});
    return true;
}

bool class_attribute(struct interp *interp, struct value self,
                     const char *name, struct value *ret, struct error *err)
{
    const struct value *member = class_lookup(self.class, name), *inner;
    bool found = false;
    if (member && member->kind == VALUE_INSTANCE &&
        !descriptor_get(interp, *member, self, &found, ret, err))
        return false;
    if (found)
        return true;
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
    if (!meta_get(interp, self, name, &found, ret, err))
        return false;
    return found || object_unbound(name, ret) ||
           attribute_error(interp, self, name, err);
}
