/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Making objects, super(), and the decorators that belong to classes. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "lang/methods_object.h"

/* -------------------------------------------------------- making objects */

static bool call_init(struct interp *interp, struct value self,
                      const struct value *init, const struct call_args *args,
                      struct error *err)
{
    struct value method = value_method(self, *init), result;
    bool good = interp_call(interp, method, args, &result, err);
    value_unref(method);
    if (!good)
        return false;
    good = result.kind == VALUE_NONE ||
           error_set(err, ERROR_TYPE, "__init__() should return None, not '%s'",
                     value_type_name(result));
    value_unref(result);
    return good;
}

/* "Can't instantiate abstract class Shape with abstract method area" */
static bool abstract_error(const struct class *class, struct error *err)
{
    const struct sequence *names =
        class_lookup(class, "__abstractmethods__")->sequence;
    struct strbuf text = STRBUF_INIT;
    for (size_t i = 0; i < names->count; i++) {
        strbuf_adds(&text, i ? ", " : "");
        value_str(names->items[i], &text);
    }
    error_set(err, ERROR_TYPE,
              "Can't instantiate abstract class %s with abstract method%s %s",
              class->name, names->count == 1 ? "" : "s", text.text);
    strbuf_done(&text);
    return false;
}

static bool is_mutable(struct value value)
{
    return value.kind == VALUE_LIST || value.kind == VALUE_DICT ||
           value.kind == VALUE_SET;
}

/* The list, int… in an object of a class that is derived from one.  What can
   change is filled by __init__, if the class has one. */
static bool hold(struct interp *interp, struct value self,
                 const struct call_args *args, struct error *err)
{
    static const struct call_args none;
    const struct class *class = self.instance->class;
    if (class->built_in.kind == VALUE_UNDEFINED)
        return true;
    struct value held;
    bool late = class_lookup(class, "__init__") != NULL;
    if (late && !interp_call(interp, class->built_in, &none, &held, err))
        return false;
    if (!late || !is_mutable(held)) {
        if (late)
            value_unref(held);
        if (!interp_call(interp, class->built_in, args, &held, err))
            return false;
    }
    self.instance->held = held;
    return true;
}

bool class_make(struct interp *interp, struct class *class,
                const struct call_args *args, struct value *ret,
                struct error *err)
{
    if (class->is_abstract)
        return abstract_error(class, err);
    struct value self = value_instance(interp, class);
    if (class->kind != ERROR_NONE)
        self.instance->args = value_tuple((size_t)args->count, args->values);
    else if (!hold(interp, self, args, err)) {
        value_unref(self);
        return false;
    }
    *ret = self;
    return true;
}

/* cls.__new__(cls, …) */
static bool call_new(struct interp *interp, struct class *class,
                     const struct call_args *args, struct value *ret,
                     struct error *err)
{
    struct value method =
        value_method((struct value){.kind = VALUE_CLASS, .class = class},
                     member_unwrapped(*class_lookup(class, "__new__")));
    bool good = interp_call(interp, method, args, ret, err);
    value_unref(method);
    return good;
}

static bool takes_no_arguments(const struct class *class,
                               const struct call_args *args)
{
    return (args->count || args->keyword_count) && !class->has_new &&
           class->kind == ERROR_NONE &&
           class->built_in.kind == VALUE_UNDEFINED;
}

bool class_instantiate(struct interp *interp, struct class *class,
                       const struct call_args *args, struct value *ret,
                       struct error *err)
{
    const struct value *init = class_lookup(class, "__init__");
    struct value self;
    if (!init && takes_no_arguments(class, args))
        return error_set(err, ERROR_TYPE, "%s() takes no arguments",
                         class->name);
    if (class->has_new ? !call_new(interp, class, args, &self, err)
                       : !class_make(interp, class, args, &self, err))
        return false;
    bool own = (self.kind == VALUE_INSTANCE || self.kind == VALUE_EXCEPTION) &&
               class_is_subclass(self.instance->class, class);
    if (own && init && !call_init(interp, self, init, args, err)) {
        value_unref(self);
        return false;
    }
    *ret = self;
    return true;
}

bool class_call(struct interp *interp, struct class *class,
                const struct call_args *args, struct value *ret,
                struct error *err)
{
    struct value self = {.kind = VALUE_CLASS, .class = class}, method;
    if (!class->meta || !class_lookup(class->meta, "__call__"))
        return class_instantiate(interp, class, args, ret, err);
    method = value_method(self, *class_lookup(class->meta, "__call__"));
    bool good = interp_call(interp, method, args, ret, err);
    value_unref(method);
    return good;
}

/* ------------------------------------------------------------------ super */

/* What super() gives: the object, or the class of a class method, seen from
   above START. */
struct super {
    struct value self;
    struct class *start; /* counted */
};

static void super_free(void *data)
{
    struct super *super = data;
    value_unref(super->self);
    value_unref((struct value){.kind = VALUE_CLASS, .class = super->start});
    free(super);
}

/* NAME in the classes behind START in CLASS's line. */
static const struct value *lookup_behind(const struct class *class,
                                         const struct class *start,
                                         const char *name)
{
    int i = 0;
    while (i < class->line_count && class->line[i] != start)
        i++;
    for (i++; i < class->line_count; i++) {
        const struct value *found =
            namespace_get(&class->line[i]->names, name);
        if (found)
            return found;
    }
    return NULL;
}

static const struct value *super_lookup(const struct super *super,
                                        const char *name)
{
    struct value self = super->self;
    if (self.kind != VALUE_CLASS)
        return lookup_behind(self.instance->class, super->start, name);
    bool is_meta = self.class->meta &&
                   class_is_subclass(self.class->meta, super->start);
    return lookup_behind(is_meta ? self.class->meta : self.class,
                         super->start, name);
}

static bool super_get(struct interp *interp, struct value self,
                      const char *name, struct value *ret, struct error *err)
{
    const struct super *super = value_opaque_data(self, self.opaque->type);
    const struct value *member = super_lookup(super, name);
    if (member && !strcmp(name, "__new__")) {
        *ret = value_ref(member_unwrapped(*member));
        return true;
    }
    if (member)
        return bind_member(interp, *member, super->self, ret, err);
    return object_method(super->self, name, ret) ||
           error_set(err, ERROR_ATTRIBUTE,
                     "'super' object has no attribute '%s'", name);
}

static const struct native_type super_type = {
    .name = "super", .free = super_free, .get_attribute = super_get};

static bool super_arguments(struct interp *interp, const struct call_args *args,
                            struct value *self, struct class **start,
                            struct error *err)
{
    const struct frame *frame = interp->frame;
    if (args->count == 2 && args->values[0].kind == VALUE_CLASS) {
        *start = args->values[0].class;
        *self = args->values[1];
    } else if (args->count || !frame || !frame->function ||
               !frame->function->owner) {
        return error_set(err, ERROR_RUNTIME, "super(): no arguments");
    } else {
        *start = frame->function->owner;
        *self = frame->self;
    }
    return self->kind == VALUE_INSTANCE || self->kind == VALUE_EXCEPTION ||
           self->kind == VALUE_CLASS ||
           error_set(err, ERROR_TYPE,
                     "super(type, obj): obj must be an instance or subtype of "
                     "type");
}

static bool super_call(struct interp *interp, const struct native *native,
                       const struct call_args *args, struct value *ret,
                       struct error *err)
{
    struct value self;
    struct class *start = NULL;
    (void)native;
    if (!super_arguments(interp, args, &self, &start, err))
        return false;
    struct super *super = xcalloc(1, sizeof *super);
    super->self = value_ref(self);
    super->start = start;
    start->object.refs++;
    *ret = value_opaque(&super_type, super);
    return true;
}

/* -------------------------------------------------------------- decorators */

/* native->data is the native_type to wrap in. */
static bool wrap_call(struct interp *interp, const struct native *native,
                      const struct call_args *args, struct value *ret,
                      struct error *err)
{
    (void)interp;
    bool property = native->data == &property_type;
    if (args->count < 1 || args->count > (property ? 3 : 1) ||
        args->keyword_count)
        return error_set(err, ERROR_TYPE,
                         "%s() takes exactly one argument (%d given)",
                         native->name, args->count);
    struct value functions[3] = {{.kind = VALUE_UNDEFINED}};
    for (int i = 0; i < args->count; i++)
        functions[i] = args->values[i];
    *ret = property
               ? value_property(functions[0], functions[1], functions[2])
               : value_wrapped(native->data, functions[0]);
    return true;
}

static struct native class_natives[] = {
    {.object = {1},
     .name = "super",
     .call = super_call,
     .doc = "the object as its base class sees it"},
    {.object = {1},
     .name = "property",
     .call = wrap_call,
     .data = &property_type,
     .doc = "a method that reads as an attribute"},
    {.object = {1},
     .name = "staticmethod",
     .call = wrap_call,
     .data = &static_method_type,
     .doc = "a method without self"},
    {.object = {1},
     .name = "classmethod",
     .call = wrap_call,
     .data = &class_method_type,
     .doc = "a method of the class itself"},
};

void classes_register(struct interp *interp)
{
    for (size_t i = 0; i < sizeof class_natives / sizeof *class_natives; i++)
        interp_set_builtin(
            interp, class_natives[i].name,
            (struct value){.kind = VALUE_NATIVE, .native = &class_natives[i]});
    interp->object_class = value_class("object", NULL, ERROR_NONE);
    interp_set_builtin(interp, "object", interp->object_class);
    interp_set_builtin(interp, "Ellipsis",
                       (struct value){.kind = VALUE_ELLIPSIS});
    interp_set_builtin(interp, "NotImplemented",
                       (struct value){.kind = VALUE_NOT_IMPLEMENTED});
}
