/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tf.GradientTape. */
#include <stdlib.h>
#include <string.h>

#include "autograd/tape.h"
#include "base/alloc.h"
#include "base/i18n.h"
#include "bind/gradient.h"
#include "bind/library.h"
#include "bind/structure.h"
#include "bind/tape_gradients.h"

struct tape_object {
    struct tape *tape;
    bool persistent;
    bool recording; /* between __enter__ and __exit__ */
    bool spent;     /* has given its one set of gradients */
};

static const struct native_type tape_type, pause_type;

/* --------------------------------------------------------------- recording */

static const struct param tape_params[] = {
    {"persistent", PARAM_BOOL, 0, "False"},
    {"watch_accessed_variables", PARAM_BOOL, 0, "True"},
    {NULL, PARAM_ANY, 0, NULL}};

NATIVE(make_tape)
{
    struct value slots[2];
    bool persistent = false, variables = true;
    (void)interp;
    if (!native_bind(native, args, slots, err) ||
        (slot_given(slots[0]) && !value_truth(slots[0], &persistent, err)) ||
        (slot_given(slots[1]) && !value_truth(slots[1], &variables, err)))
        return false;
    struct tape_object *object = xcalloc(1, sizeof *object);
    object->tape = tape_new(variables);
    object->persistent = persistent;
    *ret = value_opaque(&tape_type, object);
    return true;
}

struct native tape_natives[] = {
    FUNCTION_ROW("GradientTape", make_tape, tape_params,
                 "Writes down what is computed, to walk back through it"),
    {.name = NULL}};

static const struct param self_params[] = {{"self", PARAM_ANY, 0, NULL},
                                           {NULL, PARAM_ANY, 0, NULL}};
static const struct param exit_params[] = {
    {"self", PARAM_ANY, 0, NULL},      {"type", PARAM_ANY, 0, "None"},
    {"value", PARAM_ANY, 0, "None"},   {"traceback", PARAM_ANY, 0, "None"},
    {NULL, PARAM_ANY, 0, NULL}};

NATIVE(call_enter)
{
    struct value slots[1];
    (void)interp;
    if (!native_bind(native, args, slots, err))
        return false;
    struct tape_object *object = slots[0].opaque->data;
    if (object->recording)
        return error_set(err, ERROR_VALUE, "Tape is already recording.");
    if (!object->persistent)
        tape_clear(object->tape);
    object->recording = true;
    object->spent = false;
    tape_start(object->tape);
    *ret = value_ref(slots[0]);
    return true;
}

NATIVE(call_exit)
{
    struct value slots[4];
    (void)interp;
    if (!native_bind(native, args, slots, err))
        return false;
    struct tape_object *object = slots[0].opaque->data;
    if (object->recording)
        tape_stop(object->tape);
    object->recording = false;
    *ret = value_none();
    return true;
}

NATIVE(call_reset)
{
    struct value slots[1];
    (void)interp;
    if (!native_bind(native, args, slots, err))
        return false;
    struct tape_object *object = slots[0].opaque->data;
    tape_clear(object->tape);
    object->spent = false;
    *ret = value_none();
    return true;
}

/* ------------------------------------------------------------------ watching */

static const struct param watch_params[] = {{"self", PARAM_ANY, 0, NULL},
                                            {"tensor", PARAM_ANY, 0, NULL},
                                            {NULL, PARAM_ANY, 0, NULL}};

NATIVE(call_watch)
{
    struct value slots[2];
    struct leaves leaves = {0};
    bool good = true;
    (void)interp;
    if (!native_bind(native, args, slots, err))
        return false;
    const struct tape_object *object = slots[0].opaque->data;
    leaves_add(&leaves, slots[1]);
    for (size_t i = 0; good && i < leaves.count; i++) {
        struct tensor *tensor = tape_array_of(leaves.items[i]);
        good = tensor || tape_refuse_number(leaves.items[i], err);
        if (good)
            tape_watch(object->tape, tensor);
    }
    leaves_done(&leaves);
    *ret = value_none();
    return good;
}

/* ----------------------------------------------------------------- gradient */

static const struct param gradient_params[] = {
    {"self", PARAM_ANY, 0, NULL},
    {"target", PARAM_ANY, 0, NULL},
    {"sources", PARAM_ANY, 0, NULL},
    {"output_gradients", PARAM_ANY, 0, "None"},
    {"unconnected_gradients", PARAM_STRING, 0, "'none'"},
    {NULL, PARAM_ANY, 0, NULL}};

static bool check_spent(const struct tape_object *object, struct error *err)
{
    if (!object->spent)
        return true;
    error_set(err, ERROR_RUNTIME,
              "A non-persistent GradientTape can only be used to compute "
              "one set of gradients (or jacobians)");
    error_hint(err, _("with tf.GradientTape(persistent=True) as tape: "
                      "keeps what it wrote down"));
    return false;
}

static void spend(struct tape_object *object)
{
    if (object->persistent)
        return;
    object->spent = true;
    tape_clear(object->tape);
}

NATIVE(call_gradient)
{
    struct value slots[5];
    (void)interp;
    if (!native_bind(native, args, slots, err))
        return false;
    struct tape_object *object = slots[0].opaque->data;
    bool zeros = slots[4].kind == VALUE_STRING &&
                 !strcmp(slots[4].string->text, "zero");
    if (!check_spent(object, err) ||
        !tape_gradients(object->tape, slots, zeros, ret, err))
        return false;
    spend(object);
    return true;
}

/* ---------------------------------------------------------------- jacobians */

static const struct param jacobian_params[] = {
    {"self", PARAM_ANY, 0, NULL},
    {"target", PARAM_ANY, 0, NULL},
    {"sources", PARAM_ANY, 0, NULL},
    {"unconnected_gradients", PARAM_STRING, 0, "'none'"},
    {NULL, PARAM_ANY, 0, NULL}};
static const struct param batch_params[] = {{"self", PARAM_ANY, 0, NULL},
                                            {"target", PARAM_ANY, 0, NULL},
                                            {"source", PARAM_ANY, 0, NULL},
                                            {NULL, PARAM_ANY, 0, NULL}};

/* Written in the library: many gradients, which count as one. */
NATIVE(call_jacobian)
{
    struct value slots[4];
    if (!native_bind(native, args, slots, err))
        return false;
    struct tape_object *object = slots[0].opaque->data;
    bool persistent = object->persistent;
    if (!check_spent(object, err))
        return false;
    object->persistent = true;
    bool good = library_call(interp, "_derivatives", native->data, args, ret,
                             err);
    object->persistent = persistent;
    if (good)
        spend(object);
    return good;
}

/* ----------------------------------------------------- with stop_recording() */

NATIVE(call_stop_recording)
{
    struct value slots[1];
    (void)interp;
    if (!native_bind(native, args, slots, err))
        return false;
    struct value *held = xcalloc(1, sizeof *held);
    *held = value_ref(slots[0]);
    *ret = value_opaque(&pause_type, held);
    return true;
}

static void pause_free(void *data)
{
    struct value *held = data;
    value_unref(*held);
    free(held);
}

static void pause_repr(void *data, struct strbuf *sb)
{
    (void)data;
    strbuf_adds(sb, "<a pause of a GradientTape>");
}

NATIVE(pause_enter)
{
    struct value slots[1];
    (void)interp;
    if (!native_bind(native, args, slots, err))
        return false;
    const struct value *held = slots[0].opaque->data;
    const struct tape_object *object = held->opaque->data;
    if (!object->recording)
        return error_set(err, ERROR_VALUE, "Tape is not recording.");
    tape_stop(object->tape);
    *ret = value_none();
    return true;
}

NATIVE(pause_exit)
{
    struct value slots[4];
    (void)interp;
    if (!native_bind(native, args, slots, err))
        return false;
    const struct value *held = slots[0].opaque->data;
    const struct tape_object *object = held->opaque->data;
    if (object->recording)
        tape_start(object->tape);
    *ret = value_none();
    return true;
}

static struct native pause_methods[] = {
    FUNCTION_ROW("__enter__", pause_enter, self_params, "Stops recording"),
    FUNCTION_ROW("__exit__", pause_exit, exit_params, "Records again"),
    {.name = NULL}};

static bool pause_attribute(struct interp *interp, struct value self,
                            const char *name, struct value *ret,
                            struct error *err)
{
    (void)interp;
    return native_method(pause_methods, self, name, ret) ||
           error_set(err, ERROR_ATTRIBUTE, "no attribute '%s'", name);
}

static const struct native_type pause_type = {
    .name = "pause",
    .free = pause_free,
    .repr = pause_repr,
    .get_attribute = pause_attribute,
};

/* ---------------------------------------------------------------- the object */

static struct native methods[] = {
    FUNCTION_ROW("__enter__", call_enter, self_params, "Starts to record"),
    FUNCTION_ROW("__exit__", call_exit, exit_params, "Stops"),
    FUNCTION_ROW("watch", call_watch, watch_params,
                 "Follows this array, too, not variables only"),
    FUNCTION_ROW("gradient", call_gradient, gradient_params,
                 "The gradients of target with respect to the sources"),
    {.object = {1},
     .name = "jacobian",
     .call = call_jacobian,
     .params = jacobian_params,
     .data = "tape_jacobian",
     .doc = "The gradient of each element of target"},
    {.object = {1},
     .name = "batch_jacobian",
     .call = call_jacobian,
     .params = batch_params,
     .data = "tape_batch_jacobian",
     .doc = "The same for each row of target by its own row of source"},
    FUNCTION_ROW("reset", call_reset, self_params, "Forgets what it knows"),
    FUNCTION_ROW("stop_recording", call_stop_recording, self_params,
                 "A with block in which nothing is written down"),
    {.name = NULL}};

static bool get_attribute(struct interp *interp, struct value self,
                          const char *name, struct value *ret,
                          struct error *err)
{
    (void)interp;
    return native_method(methods, self, name, ret) ||
           error_set(err, ERROR_ATTRIBUTE,
                     "'GradientTape' object has no attribute '%s'", name);
}

static void tape_object_free(void *data)
{
    struct tape_object *object = data;
    if (object->recording)
        tape_stop(object->tape);
    tape_unref(object->tape);
    free(object);
}

static void tape_repr(void *data, struct strbuf *sb)
{
    const struct tape_object *object = data;
    strbuf_addf(sb, "<GradientTape: %zu steps%s>", tape_count(object->tape),
                object->recording ? ", recording" : "");
}

static const char *const attribute_names[] = {
    "watch", "gradient", "jacobian", "batch_jacobian", "reset",
    "stop_recording", NULL};

static const struct native_type tape_type = {
    .name = "GradientTape",
    .free = tape_object_free,
    .repr = tape_repr,
    .get_attribute = get_attribute,
    .attributes = attribute_names,
};
