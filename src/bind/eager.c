/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bind/eager.h"

#include <stdlib.h>
#include <string.h>

#include "autograd/tape.h"
#include "base/alloc.h"
#include "base/i18n.h"
#include "bind/natives.h"
#include "bind/op_call.h"
#include "lang/interp.h"
#include "ops/registry.h"

static const struct native_type eager_type;

struct value eager_value(struct tensor *tensor)
{
    return value_opaque(&eager_type, tensor_ref(tensor));
}

/* -------------------------------------------------------------- conversion */

/* Are the numbers in VALUE Python's own, which have no width? */
static bool is_python(struct value value)
{
    if (value.kind == VALUE_LIST || value.kind == VALUE_TUPLE) {
        for (size_t i = 0; i < value.sequence->count; i++)
            if (!is_python(value.sequence->items[i]))
                return false;
        return true;
    }
    if (value.kind == VALUE_TENSOR)
        return value.tensor->from_list;
    return value.kind != VALUE_SCALAR && value.kind != VALUE_OPAQUE;
}

static enum dtype width_of(enum dtype dtype)
{
    return dtype == DTYPE_FLOAT64 ? DTYPE_FLOAT32
           : dtype == DTYPE_INT64 ? DTYPE_INT32
                                  : dtype;
}

struct tensor *eager_cast(struct tensor *tensor, enum dtype dtype,
                          struct error *err)
{
    struct arg args[8];
    struct op_result result = {.form = RESULT_NONE};
    const struct op *op = op_find("np", "astype", OP_METHOD);
    for (int i = 0; op->params[i].name; i++)
        param_default(&op->params[i], &args[i]);
    args[0] = (struct arg){.given = true, .tensor = tensor};
    args[1] = (struct arg){.given = true, .dtype = dtype};
    bool good = tape_call(op, args, &result, err);
    struct tensor *cast = good ? tensor_ref(result.tensor) : NULL;
    op_result_done(&result);
    return cast;
}

struct tensor *eager_tensor(struct value value, enum dtype dtype,
                            struct error *err)
{
    struct tensor *tensor = value_to_tensor(value, DTYPE_COUNT, err);
    if (!tensor)
        return NULL;
    if (dtype == DTYPE_COUNT)
        dtype = is_python(value) ? width_of(tensor->dtype) : tensor->dtype;
    if (dtype == tensor->dtype)
        return tensor;
    struct tensor *cast = eager_cast(tensor, dtype, err);
    tensor_unref(tensor);
    return cast;
}

static bool wrap_items(struct value *value, struct error *err)
{
    size_t count = value->sequence->count;
    struct value *items = xcalloc(count + 1, sizeof *items);
    bool good = true;
    size_t made = 0;
    for (; good && made < count; made++) {
        items[made] = value_ref(value->sequence->items[made]);
        good = eager_wrap(&items[made], err);
    }
    if (good) {
        struct value wrapped = value->kind == VALUE_LIST
                                   ? value_list(count, items)
                                   : value_tuple(count, items);
        value_unref(*value);
        *value = wrapped;
    }
    for (size_t i = 0; i < made; i++)
        value_unref(items[i]);
    free(items);
    return good;
}

bool eager_wrap(struct value *value, struct error *err)
{
    if (value->kind == VALUE_LIST || value->kind == VALUE_TUPLE)
        return wrap_items(value, err);
    bool number = value->kind == VALUE_TENSOR || value->kind == VALUE_SCALAR ||
                  (value->kind >= VALUE_BOOL && value->kind <= VALUE_FLOAT);
    if (!number)
        return true;
    struct tensor *tensor = eager_tensor(*value, DTYPE_COUNT, err);
    if (!tensor)
        return false;
    value_unref(*value);
    *value = eager_value(tensor);
    tensor_unref(tensor);
    return true;
}

/* ------------------------------------------------------------- constructors */

static const struct param constant_params[] = {
    {"value", PARAM_ANY, 0, NULL},
    {"dtype", PARAM_DTYPE, 0, "None"},
    {"shape", PARAM_DIMS, 0, "None"},
    {"name", PARAM_STRING, 0, "None"},
    {NULL, PARAM_ANY, 0, NULL}};

/* TENSOR (taken) in another shape; one number fills it. */
static struct tensor *shaped(struct tensor *tensor, struct value shape,
                             struct error *err)
{
    static const struct param param = {"shape", PARAM_DIMS, 0, NULL};
    struct arg arg;
    if (!arg_convert("constant", &param, shape, &arg, err)) {
        tensor_unref(tensor);
        return NULL;
    }
    int ndim = arg.dims.count;
    struct tensor *result =
        tensor->size == 1
            ? tensor_broadcast_to(tensor, ndim, arg.dims.values, err)
            : tensor_reshape(tensor, ndim, arg.dims.values, 'C', err);
    arg_done(&param, &arg);
    tensor_unref(tensor);
    return result;
}

NATIVE(make_constant)
{
    struct value slots[4];
    enum dtype dtype = DTYPE_COUNT;
    (void)interp;
    if (!native_bind(native, args, slots, err) ||
        (slot_given(slots[1]) && !dtype_convert(slots[1], &dtype, err)))
        return false;
    struct tensor *tensor = eager_tensor(slots[0], dtype, err);
    if (tensor && slot_given(slots[2]))
        tensor = shaped(tensor, slots[2], err);
    if (!tensor)
        return false;
    *ret = eager_value(tensor);
    tensor_unref(tensor);
    return true;
}

/* What a function of NumPy gave, as TensorFlow would give it. */
NATIVE(wrap_result)
{
    struct value slots[1];
    (void)interp;
    if (!native_bind(native, args, slots, err))
        return false;
    *ret = value_ref(slots[0]);
    if (eager_wrap(ret, err))
        return true;
    value_unref(*ret);
    return false;
}

static const struct param wrap_params[] = {{"value", PARAM_ANY, 0, NULL},
                                           {NULL, PARAM_ANY, 0, NULL}};

struct native eager_natives[] = {
    FUNCTION_ROW("constant", make_constant, constant_params,
                 "A tensor that cannot be changed"),
    FUNCTION_ROW("convert_to_tensor", make_constant, constant_params,
                 "The same numbers as a tensor of TensorFlow's"),
    FUNCTION_ROW("_wrap", wrap_result, wrap_params, NULL),
    {.name = NULL}};

/* ---------------------------------------------------------------- attributes */

static const struct param self_params[] = {{"self", PARAM_ANY, 0, NULL},
                                           {NULL, PARAM_ANY, 0, NULL}};

NATIVE(call_numpy)
{
    struct value slots[1];
    (void)interp;
    if (!native_bind(native, args, slots, err))
        return false;
    *ret = value_tensor_or_scalar_take(tensor_ref(slots[0].opaque->data));
    return true;
}

static struct native methods[] = {
    FUNCTION_ROW("numpy", call_numpy, self_params, "The same as an array"),
    {.name = NULL}};

static bool no_attribute(const char *name, struct error *err)
{
    error_set(err, ERROR_ATTRIBUTE,
              "'tensorflow.python.framework.ops.EagerTensor' object has no "
              "attribute '%s'",
              name);
    if (op_find(NULL, name, OP_METHOD | OP_PROPERTY))
        error_hint(err, _("x.numpy().%s works: arrays of NumPy have it"),
                   name);
    return false;
}

static bool get_attribute(struct interp *interp, struct value self,
                          const char *name, struct value *ret,
                          struct error *err)
{
    static const char *const shared[] = {"shape", "dtype", "ndim",
                                         "__array__"};
    for (size_t i = 0; i < sizeof shared / sizeof *shared; i++) {
        if (strcmp(name, shared[i]) != 0)
            continue;
        return interp_get_attribute(interp, value_array(self), name, ret, err);
    }
    return native_method(methods, self, name, ret) || no_attribute(name, err);
}

static bool get_item(struct interp *interp, struct value self,
                     struct value key, struct value *ret, struct error *err)
{
    return value_get_item(interp, value_array(self), key, ret, err) &&
           eager_wrap(ret, err);
}

static bool set_item(struct interp *interp, struct value self,
                     struct value key, struct value value, struct error *err)
{
    (void)interp, (void)self, (void)key, (void)value;
    error_set(err, ERROR_TYPE,
              "'tensorflow.python.framework.ops.EagerTensor' object does not "
              "support item assignment");
    error_hint(err, _("v = tf.Variable(x) can be changed: v.assign(…)"));
    return false;
}

/* ----------------------------------------------------------------- iterating */

struct walk {
    struct value array;
    int64_t next;
};

static void walk_free(void *data)
{
    struct walk *walk = data;
    value_unref(walk->array);
    free(walk);
}

static bool walk_next(struct interp *interp, void *data, bool *done,
                      struct value *ret, struct error *err)
{
    struct walk *walk = data;
    *done = walk->next >= walk->array.tensor->shape[0];
    return *done ||
           (value_get_item(interp, walk->array, value_int(walk->next++), ret,
                           err) &&
            eager_wrap(ret, err));
}

static const struct iterator_type walk_type = {"tensor_iterator", walk_next,
                                               walk_free};

static bool iterate(struct interp *interp, struct value self,
                    struct value *ret, struct error *err)
{
    struct value array = value_array(self);
    (void)interp;
    if (array.tensor->ndim == 0)
        return error_set(err, ERROR_TYPE,
                         "Cannot iterate over a scalar tensor.");
    struct walk *walk = xcalloc(1, sizeof *walk);
    walk->array = value_ref(array);
    *ret = value_iterator(&walk_type, walk);
    return true;
}

/* ------------------------------------------------------------------ printing */

void eager_add_numbers(struct tensor *tensor, bool repr, struct strbuf *sb)
{
    struct strbuf text = STRBUF_INIT;
    struct value value =
        tensor->ndim ? value_tensor_take(tensor_ref(tensor))
                     : value_scalar(tensor_item(tensor));
    if (repr)
        value_repr(value, &text);
    else
        value_str(value, &text);
    if (strchr(text.text, '\n'))
        strbuf_addc(sb, '\n');
    strbuf_adds(sb, text.text);
    strbuf_done(&text);
    value_unref(value);
}

static void add_shape(const struct tensor *tensor, struct strbuf *sb)
{
    strbuf_adds(sb, "shape=");
    shape_format(sb, tensor->ndim, tensor->shape);
    strbuf_addf(sb, ", dtype=%s", dtype_name(tensor->dtype));
}

static void eager_repr(void *data, struct strbuf *sb)
{
    strbuf_adds(sb, "<tf.Tensor: ");
    add_shape(data, sb);
    strbuf_adds(sb, ", numpy=");
    eager_add_numbers(data, true, sb);
    strbuf_addc(sb, '>');
}

static void eager_str(void *data, struct strbuf *sb)
{
    strbuf_adds(sb, "tf.Tensor(");
    eager_add_numbers(data, false, sb);
    strbuf_adds(sb, ", ");
    add_shape(data, sb);
    strbuf_addc(sb, ')');
}

static void eager_free(void *data)
{
    tensor_unref(data);
}

static struct tensor *eager_array(void *data)
{
    return data;
}

static const char *const attribute_names[] = {"numpy", "shape", "dtype", "ndim",
                                              NULL};

static const struct native_type eager_type = {
    .name = "tensorflow.python.framework.ops.EagerTensor",
    .free = eager_free,
    .repr = eager_repr,
    .str = eager_str,
    .get_attribute = get_attribute,
    .get_item = get_item,
    .set_item = set_item,
    .iterate = iterate,
    .array = eager_array,
    .attributes = attribute_names,
};
