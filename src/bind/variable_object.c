/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bind/variable_object.h"

#include <string.h>

#include "autograd/tape.h"
#include "bind/eager.h"
#include "bind/library.h"
#include "bind/op_call.h"
#include "lang/interp.h"
#include "tensor/elementwise.h"

static const struct native_type variable_type;

struct value variable_value(struct variable *variable)
{
    return value_opaque(&variable_type, variable_ref(variable));
}

struct variable *variable_get(struct value value)
{
    return value_opaque_data(value, &variable_type);
}

/* Reading it is what puts it on the tapes that record. */
static struct tensor *variable_array(void *data)
{
    struct variable *variable = data;
    if (variable->trainable && tape_is_recording())
        for (struct tape *t = NULL; (t = tape_next_recording(t));)
            tape_watch_variable(t, variable->tensor);
    return variable->tensor;
}

static struct value array_value(struct value self)
{
    return eager_value(variable_array(self.opaque->data));
}

/* ------------------------------------------------------------ constructors */

static const struct param variable_params[] = {
    {"initial_value", PARAM_ANY, 0, NULL},
    {"trainable", PARAM_BOOL, 0, "True"},
    {"dtype", PARAM_DTYPE, 0, "None"},
    {"name", PARAM_STRING, 0, "None"},
    {NULL, PARAM_ANY, 0, NULL}};

static struct tensor *initial_tensor(struct value value, struct value dtype,
                                     struct error *err)
{
    enum dtype wanted = DTYPE_COUNT;
    if (slot_given(dtype) && !dtype_convert(dtype, &wanted, err))
        return NULL;
    struct tensor *given = eager_tensor(value, wanted, err);
    struct tensor *own = given ? tensor_copy(given, err) : NULL;
    tensor_unref(given);
    return own;
}

static bool make(struct value initial, struct value dtype,
                 struct value trainable, struct value name, struct value *ret,
                 struct error *err)
{
    bool trains = true;
    if (slot_given(trainable) && !value_truth(trainable, &trains, err))
        return false;
    struct tensor *tensor = initial_tensor(initial, dtype, err);
    if (!tensor)
        return false;
    struct variable *variable = variable_new_take(
        tensor, name.kind == VALUE_STRING ? name.string->text : "Variable",
        trains);
    *ret = variable_value(variable);
    variable_unref(variable);
    return true;
}

NATIVE(make_variable)
{
    struct value slots[4];
    (void)interp;
    return native_bind(native, args, slots, err) &&
           make(slots[0], slots[2], slots[1], slots[3], ret, err);
}

/* As in Keras 3: from an array, or from an initializer and a shape. */
static const struct param keras_variable_params[] = {
    {"initializer", PARAM_ANY, 0, NULL},
    {"shape", PARAM_ANY, 0, "None"},
    {"dtype", PARAM_DTYPE, 0, "None"},
    {"trainable", PARAM_BOOL, 0, "True"},
    {"autocast", PARAM_BOOL, 0, "True"},
    {"aggregation", PARAM_STRING, 0, "None"},
    {"name", PARAM_STRING, 0, "None"},
    {NULL, PARAM_ANY, 0, NULL}};

NATIVE(make_keras_variable)
{
    struct value slots[7], initial;
    if (!native_bind(native, args, slots, err))
        return false;
    struct value given[] = {slots[0],
                            slot_given(slots[1]) ? slots[1] : value_none()};
    struct call_args start = {.values = given, .count = 2};
    if (!library_call(interp, "keras._layers", "_start", &start, &initial, err))
        return false;
    bool good = make(initial, slots[2], slots[3], slots[6], ret, err);
    value_unref(initial);
    return good;
}

struct native variable_natives[] = {
    {.object = {1},
     .name = "Variable",
     .call = make_variable,
     .params = variable_params,
     .doc = "A place for numbers that training changes",
     .makes = &variable_type},
    {.name = NULL}};

struct native keras_variable_natives[] = {
    {.object = {1},
     .name = "Variable",
     .call = make_keras_variable,
     .params = keras_variable_params,
     .doc = "A place for numbers that training changes",
     .makes = &variable_type},
    {.name = NULL}};

/* ------------------------------------------------------------------ methods */

static const struct param assign_params[] = {{"self", PARAM_ANY, 0, NULL},
                                             {"value", PARAM_ANY, 0, NULL},
                                             {NULL, PARAM_ANY, 0, NULL}};
static const struct param self_params[] = {{"self", PARAM_ANY, 0, NULL},
                                           {NULL, PARAM_ANY, 0, NULL}};

/* The value of the variable, changed by VALUE as the ufunc NAME says. */
static struct tensor *changed(struct variable *variable, const char *name,
                              struct tensor *value, struct error *err)
{
    struct tensor *operands[2] = {variable->tensor, value};
    return name ? ufunc_call(ufunc_find(name), operands, NULL, NULL,
                             variable->tensor->dtype, err)
                : tensor_ref(value);
}

NATIVE(call_assign)
{
    struct value slots[2];
    (void)interp;
    if (!native_bind(native, args, slots, err))
        return false;
    struct variable *variable = variable_get(slots[0]);
    struct tensor *value = value_to_tensor(slots[1], DTYPE_COUNT, err);
    struct tensor *sum =
        value ? changed(variable, native->data, value, err) : NULL;
    bool good = sum && variable_assign(variable, sum, err);
    tensor_unref(value);
    tensor_unref(sum);
    if (good)
        *ret = value_ref(slots[0]);
    return good;
}

NATIVE(call_numpy)
{
    struct value slots[1];
    (void)interp;
    if (!native_bind(native, args, slots, err))
        return false;
    struct tensor *copy =
        tensor_copy(variable_get(slots[0])->tensor, err);
    if (copy)
        *ret = value_tensor_or_scalar_take(copy);
    return copy != NULL;
}

NATIVE(call_read)
{
    struct value slots[1];
    (void)interp;
    if (!native_bind(native, args, slots, err))
        return false;
    *ret = array_value(slots[0]);
    return true;
}

static struct native methods[] = {
    FUNCTION_ROW("assign", call_assign, assign_params,
                 "Replaces its value; the shape stays"),
    {.object = {1},
     .name = "assign_add",
     .call = call_assign,
     .params = assign_params,
     .data = "add",
     .doc = "Adds to its value"},
    {.object = {1},
     .name = "assign_sub",
     .call = call_assign,
     .params = assign_params,
     .data = "subtract",
     .doc = "Subtracts from its value"},
    FUNCTION_ROW("numpy", call_numpy, self_params, "A copy of its array"),
    FUNCTION_ROW("read_value", call_read, self_params, "Its array"),
    FUNCTION_ROW("value", call_read, self_params, "Its array"),
    {.name = NULL}};

/* --------------------------------------------------------------- attributes */

static bool get_attribute(struct interp *interp, struct value self,
                          const char *name, struct value *ret,
                          struct error *err)
{
    struct variable *variable = self.opaque->data;
    if (!strcmp(name, "name") || !strcmp(name, "path"))
        *ret = value_string(variable->name);
    else if (!strcmp(name, "trainable"))
        *ret = value_bool(variable->trainable);
    else if (!native_method(methods, self, name, ret)) {
        struct value array = array_value(self);
        bool good = interp_get_attribute(interp, array, name, ret, err);
        value_unref(array);
        return good;
    }
    return true;
}

static bool set_attribute(struct interp *interp, struct value self,
                          const char *name, struct value value,
                          struct error *err)
{
    struct variable *variable = self.opaque->data;
    (void)interp;
    if (!strcmp(name, "trainable"))
        return value_truth(value, &variable->trainable, err);
    error_set(err, ERROR_ATTRIBUTE, "can't set attribute '%s'", name);
    return false;
}

static bool get_item(struct interp *interp, struct value self,
                     struct value key, struct value *ret, struct error *err)
{
    struct value array = array_value(self);
    bool good = value_get_item(interp, array, key, ret, err);
    value_unref(array);
    return good;
}

static bool iterate(struct interp *interp, struct value self,
                    struct value *ret, struct error *err)
{
    struct value array = array_value(self);
    bool good = interp_iterate(interp, array, ret, err);
    value_unref(array);
    return good;
}

static void free_variable(void *data)
{
    variable_unref(data);
}

/* As TensorFlow shows it. */
static void repr(void *data, struct strbuf *sb)
{
    const struct variable *variable = data;
    strbuf_addf(sb, "<tf.Variable '%s:0' shape=", variable->name);
    shape_format(sb, variable->tensor->ndim, variable->tensor->shape);
    strbuf_addf(sb, " dtype=%s, numpy=", dtype_name(variable->tensor->dtype));
    eager_add_numbers(variable->tensor, true, sb);
    strbuf_addc(sb, '>');
}

static const char *const attribute_names[] = {
    "assign", "assign_add", "assign_sub", "numpy", "read_value", "value",
    "name",   "trainable",  "shape",      "dtype", "ndim",       NULL};

static const struct native_type variable_type = {
    .name = "Variable",
    .free = free_variable,
    .repr = repr,
    .get_attribute = get_attribute,
    .set_attribute = set_attribute,
    .get_item = get_item,
    .iterate = iterate,
    .array = variable_array,
    .attributes = attribute_names,
};
