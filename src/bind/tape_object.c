/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tf.GradientTape. */
#include <stdlib.h>
#include <string.h>

#include "autograd/tape.h"
#include "base/alloc.h"
#include "base/i18n.h"
#include "bind/eager.h"
#include "bind/gradient.h"
#include "bind/structure.h"
#include "bind/variable_object.h"
#include "tensor/elementwise.h"

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

/* The array whose address a tape knows VALUE by; borrowed, NULL when it is a
   plain number. */
static struct tensor *array_of(struct value value)
{
    struct variable *variable = variable_get(value);
    if (variable)
        return variable->tensor;
    value = value_array(value);
    return value.kind == VALUE_TENSOR ? value.tensor : NULL;
}

static bool no_array(struct value value, struct error *err)
{
    struct strbuf text = STRBUF_INIT;
    value_repr(value, &text);
    error_set(err, ERROR_VALUE,
              "Passed in object %s of type '%s', not tf.Tensor or tf.Variable "
              "or ExtensionType.",
              text.text, value_type_name(value));
    error_hint(err, _("a tape can follow x = tf.constant(3.0) or "
                      "x = tf.Variable(3.0)"));
    strbuf_done(&text);
    return false;
}

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
        struct tensor *tensor = array_of(leaves.items[i]);
        good = tensor || no_array(leaves.items[i], err);
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

static bool sum_into(struct tensor **sum, struct tensor *more,
                     struct error *err)
{
    if (!*sum || !more) {
        *sum = *sum ? *sum : more;
        return true;
    }
    struct tensor *operands[2] = {*sum, more};
    struct tensor *total = ufunc_call(ufunc_find("add"), operands, NULL, NULL,
                                      DTYPE_COUNT, err);
    tensor_unref(*sum);
    tensor_unref(more);
    *sum = total;
    return total != NULL;
}

/* Several targets: the gradient of the sum of them. */
static bool add_target(struct tape *tape, struct value target,
                       struct tensor *seed, size_t count,
                       struct tensor *const *sources,
                       struct tensor **gradients, struct error *err)
{
    struct tensor *array = array_of(target);
    if (!array)
        return true;
    struct tensor **parts = xcalloc(count + 1, sizeof *parts);
    bool good =
        tape_gradient(tape, array, seed, count, sources, parts, err);
    for (size_t i = 0; i < count; i++) {
        if (good)
            good = sum_into(&gradients[i], parts[i], err);
        else
            tensor_unref(parts[i]);
    }
    free(parts);
    return good;
}

static bool compute(struct tape *tape, struct value target,
                    struct value seed, size_t count,
                    struct tensor *const *sources, struct tensor **gradients,
                    struct error *err)
{
    struct leaves targets = {0}, seeds = {0};
    bool good = true;
    leaves_add(&targets, target);
    if (slot_given(seed))
        leaves_add(&seeds, seed);
    for (size_t i = 0; good && i < targets.count; i++) {
        struct tensor *own = i < seeds.count && slot_given(seeds.items[i])
                                 ? gradient_source(seeds.items[i], err)
                                 : NULL;
        good = err->kind == ERROR_NONE &&
               add_target(tape, targets.items[i], own, count, sources,
                          gradients, err);
        tensor_unref(own);
    }
    leaves_done(&targets);
    leaves_done(&seeds);
    return good;
}

/* GRADIENT as the kind of thing that its SOURCE is; taken. */
static bool like_source(struct tensor *gradient, struct value source,
                        bool zeros, struct value *ret, struct error *err)
{
    struct value array = value_array(source);
    *ret = value_none();
    if (!gradient && zeros)
        gradient = tensor_zeros(array.tensor->dtype, array.tensor->ndim,
                                array.tensor->shape, err);
    if (!gradient)
        return !zeros;
    *ret = source.kind == VALUE_OPAQUE ? eager_value(gradient)
                                       : value_tensor_take(tensor_ref(gradient));
    tensor_unref(gradient);
    return true;
}

/* The gradients in the structure of the sources. */
static bool give(struct value structure, const struct leaves *leaves,
                 struct tensor **gradients, bool zeros, struct value *ret,
                 struct error *err)
{
    struct value *items = xcalloc(leaves->count + 1, sizeof *items);
    size_t made = 0, next = 0;
    bool good = true;
    for (; good && made < leaves->count; made++) {
        struct tensor *gradient = gradients[made];
        gradients[made] = NULL;
        good = like_source(gradient, leaves->items[made], zeros, &items[made],
                           err);
    }
    if (good)
        *ret = structure_with(structure, items, &next);
    for (size_t i = 0; i < made; i++)
        value_unref(items[i]);
    free(items);
    return good;
}

static bool gradients_of(struct tape *tape, const struct value *slots,
                         bool zeros, struct value *ret, struct error *err)
{
    struct leaves leaves = {0};
    leaves_add(&leaves, slots[2]);
    size_t count = leaves.count;
    struct tensor **sources = xcalloc(count + 1, sizeof *sources);
    struct tensor **gradients = xcalloc(count + 1, sizeof *gradients);
    bool good = true;
    for (size_t i = 0; good && i < count; i++) {
        sources[i] = array_of(leaves.items[i]);
        good = sources[i] || no_array(leaves.items[i], err);
    }
    good = good &&
           compute(tape, slots[1], slots[3], count, sources, gradients, err) &&
           give(slots[2], &leaves, gradients, zeros, ret, err);
    for (size_t i = 0; i < count; i++)
        tensor_unref(gradients[i]);
    free(sources);
    free(gradients);
    leaves_done(&leaves);
    return good;
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
    if (object->spent) {
        error_set(err, ERROR_RUNTIME,
                  "A non-persistent GradientTape can only be used to compute "
                  "one set of gradients (or jacobians)");
        error_hint(err, _("with tf.GradientTape(persistent=True) as tape: "
                          "keeps what it wrote down"));
        return false;
    }
    bool good = gradients_of(object->tape, slots, zeros, ret, err);
    if (good && !object->persistent) {
        object->spent = true;
        tape_clear(object->tape);
    }
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
    "watch", "gradient", "reset", "stop_recording", NULL};

static const struct native_type tape_type = {
    .name = "GradientTape",
    .free = tape_object_free,
    .repr = tape_repr,
    .get_attribute = get_attribute,
    .attributes = attribute_names,
};
