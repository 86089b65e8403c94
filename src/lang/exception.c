/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Exceptions as values, and their way to struct error and back: an error
 * carries the raised object as its payload, so that `except … as e` sees the
 * same one.
 */
#include <stdlib.h>
#include <string.h>

#include "lang/interp.h"

/* ------------------------------------------------------------- the classes */

/* "AxisError" of "numpy.AxisError". */
static const char *short_name(enum error_kind kind)
{
    const char *dot = strrchr(error_kind_name(kind), '.');
    return dot ? dot + 1 : error_kind_name(kind);
}

static void register_class(struct interp *interp, enum error_kind kind)
{
    if (interp->exceptions[kind].kind != VALUE_UNDEFINED)
        return;
    enum error_kind parent = error_kind_parent(kind);
    struct class *base = NULL;
    if (parent != ERROR_NONE) {
        register_class(interp, parent);
        base = interp->exceptions[parent].class;
    }
    struct value class = value_class(short_name(kind), base, kind);
    interp->exceptions[kind] = class;
    if (!strchr(error_kind_name(kind), '.')) /* those are in modules */
        interp_set_builtin(interp, short_name(kind), class);
}

void exceptions_register(struct interp *interp)
{
    for (int kind = 1; kind < ERROR_KIND_COUNT; kind++)
        register_class(interp, (enum error_kind)kind);
}

struct value interp_exception_class(struct interp *interp,
                                    enum error_kind kind)
{
    return interp->exceptions[kind];
}

struct value exception_new(struct interp *interp, struct class *class,
                           int count, const struct value *args)
{
    struct value exception = value_instance(interp, class);
    exception.instance->args = value_tuple((size_t)count, args);
    return exception;
}

/* --------------------------------------------------- raising and catching */

static void payload_free(void *payload)
{
    value_unref((struct value){.kind = VALUE_EXCEPTION, .instance = payload});
}

bool error_raise(struct interp *interp, struct value exception,
                 struct error *err)
{
    if (exception.kind == VALUE_CLASS && exception.class->kind != ERROR_NONE) {
        struct call_args none = {0};
        struct value made;
        if (!class_call(interp, exception.class, &none, &made, err))
            return false;
        error_raise(interp, made, err);
        value_unref(made);
        return false;
    }
    if (exception.kind != VALUE_EXCEPTION)
        return error_set(err, ERROR_TYPE,
                         "exceptions must derive from BaseException");
    struct strbuf text = STRBUF_INIT;
    value_str(exception, &text);
    error_set(err, exception.instance->class->kind, "%s", text.text);
    strbuf_done(&text);
    err->payload = value_ref(exception).instance;
    err->payload_free = payload_free;
    return false;
}

struct value error_to_value(struct interp *interp, const struct error *err)
{
    if (err->payload)
        return value_ref(
            (struct value){.kind = VALUE_EXCEPTION, .instance = err->payload});
    struct value text = value_string(err->message ? err->message : "");
    bool bare = !err->message || !*err->message;
    struct value exception = exception_new(
        interp, interp->exceptions[err->kind].class, bare ? 0 : 1, &text);
    value_unref(text);
    return exception;
}

static bool class_catches(struct interp *interp, const struct error *err,
                          const struct class *class)
{
    if (err->payload)
        return class_is_subclass(((struct instance *)err->payload)->class,
                                 class) ||
               (class == interp->exceptions[class->kind].class &&
                error_kind_is(err->kind, class->kind));
    return class == interp->exceptions[class->kind].class &&
           error_kind_is(err->kind, class->kind);
}

bool error_matches(struct interp *interp, const struct error *err,
                   struct value type, bool *ret, struct error *failure)
{
    *ret = false;
    if (type.kind == VALUE_TUPLE) {
        for (size_t i = 0; i < type.sequence->count && !*ret; i++)
            if (!error_matches(interp, err, type.sequence->items[i], ret,
                               failure))
                return false;
        return true;
    }
    if (type.kind != VALUE_CLASS || type.class->kind == ERROR_NONE)
        return error_set(failure, ERROR_TYPE,
                         "catching classes that do not inherit from "
                         "BaseException is not allowed");
    *ret = class_catches(interp, err, type.class);
    return true;
}
