/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Making objects, super(), and the decorators that belong to classes. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "lang/interp.h"

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

bool class_call(struct interp *interp, struct class *class,
                const struct call_args *args, struct value *ret,
                struct error *err)
{
    const struct value *init = class_lookup(class, "__init__");
    struct value self = value_instance(interp, class);
    if (class->kind != ERROR_NONE)
        self.instance->args = value_tuple((size_t)args->count, args->values);
    else if (!init && (args->count || args->keyword_count)) {
        value_unref(self);
        return error_set(err, ERROR_TYPE, "%s() takes no arguments",
                         class->name);
    }
    if (init && !call_init(interp, self, init, args, err)) {
        value_unref(self);
        return false;
    }
    *ret = self;
    return true;
}

/* ------------------------------------------------------------------ super */

/* What super() gives: the object, seen from the class above START. */
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

/* object.__init__ and Exception.__init__: the latter keeps the arguments. */
static bool base_init(struct interp *interp, const struct native *native,
                      const struct call_args *args, struct value *ret,
                      struct error *err)
{
    (void)interp;
    (void)native;
    (void)err;
    if (args->count && args->values[0].kind == VALUE_EXCEPTION) {
        struct instance *exception = args->values[0].instance;
        struct value old = exception->args;
        exception->args =
            value_tuple((size_t)args->count - 1, args->values + 1);
        value_unref(old);
    }
    *ret = value_none();
    return true;
}

static struct native base_init_native = {
    .object = {1}, .name = "__init__", .call = base_init};

static bool super_get(struct interp *interp, struct value self,
                      const char *name, struct value *ret, struct error *err)
{
    const struct super *super = value_opaque_data(self, self.opaque->type);
    const struct value *member = class_lookup(super->start->base, name);
    const struct value *inner;
    (void)interp;
    if (!member && !strcmp(name, "__init__")) {
        *ret = value_method(
            super->self,
            (struct value){.kind = VALUE_NATIVE, .native = &base_init_native});
        return true;
    }
    if (!member)
        return error_set(err, ERROR_ATTRIBUTE,
                         "'super' object has no attribute '%s'", name);
    if ((inner = value_opaque_data(*member, &property_type))) {
        struct call_args args = {.count = 1, .values = &super->self};
        return interp_call(interp, *inner, &args, ret, err);
    }
    if (member->kind == VALUE_FUNCTION || member->kind == VALUE_NATIVE)
        *ret = value_method(super->self, *member);
    else
        *ret = value_ref(*member);
    return true;
}

static const struct native_type super_type = {
    .name = "super", .free = super_free, .get_attribute = super_get};

static bool super_arguments(struct interp *interp, const struct call_args *args,
                            struct value *self, struct class **start,
                            struct error *err)
{
    if (args->count == 2 && args->values[0].kind == VALUE_CLASS) {
        *start = args->values[0].class;
        *self = args->values[1];
        return true;
    }
    const struct frame *frame = interp->frame;
    if (args->count || !frame || !frame->function || !frame->function->owner)
        return error_set(err, ERROR_RUNTIME, "super(): no arguments");
    *start = frame->function->owner;
    *self = frame->self;
    return true;
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
    if (args->count != 1 || args->keyword_count)
        return error_set(err, ERROR_TYPE,
                         "%s() takes exactly one argument (%d given)",
                         native->name, args->count);
    static const struct value none = {.kind = VALUE_UNDEFINED};
    *ret = native->data == &property_type
               ? value_property(args->values[0], none, none)
               : value_wrapped(native->data, args->values[0]);
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
