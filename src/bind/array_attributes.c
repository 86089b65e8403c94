/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bind/array_attributes.h"

#include <stdlib.h>
#include <string.h>

#include "autograd/tape.h"
#include "base/suggest.h"
#include "bind/array_flags.h"
#include "bind/library.h"
#include "bind/natives.h"
#include "bind/numpy_files.h"
#include "bind/op_call.h"
#include "bind/types.h"
#include "bind/ufunc_attributes.h"
#include "lang/interp.h"
#include "ops/registry.h"

/* ------------------------------------------------------------------ tolist */

static bool tolist_call(struct interp *interp, const struct native *native,
                        const struct call_args *args, struct value *ret,
                        struct error *err)
{
    (void)interp;
    if (args->count != 1 || args->keyword_count)
        return error_set(err, ERROR_TYPE, "%s() takes no arguments",
                         native->name);
    struct tensor *self = value_to_tensor(args->values[0], DTYPE_COUNT, err);
    if (!self)
        return false;
    *ret = value_nested(self);
    tensor_unref(self);
    return true;
}

/* The elements of TENSOR in C or F order, one after another; owned. */
static struct tensor *in_order(struct tensor *tensor, char order,
                               struct error *err)
{
    struct tensor *turned =
        order == 'F' ? tensor_transpose(tensor, NULL, err) : tensor_ref(tensor);
    struct tensor *plain =
        turned ? tensor_contiguous(turned, tensor->dtype, err) : NULL;
    tensor_unref(turned);
    return plain;
}

static bool tobytes_call(struct interp *interp, const struct native *native,
                         const struct call_args *args, struct value *ret,
                         struct error *err)
{
    struct value slots[2];
    (void)interp;
    if (!native_bind(native, args, slots, err))
        return false;
    struct tensor *self = value_to_tensor(slots[0], DTYPE_COUNT, err);
    bool fortran = slots[1].kind == VALUE_STRING &&
                   slots[1].string->text[0] == 'F';
    struct tensor *plain =
        self ? in_order(self, fortran ? 'F' : 'C', err) : NULL;
    if (plain)
        *ret = value_bytes_n(plain->data, (size_t)plain->size *
                                              dtype_size(plain->dtype));
    tensor_unref(self);
    tensor_unref(plain);
    return plain != NULL;
}

static const struct param self_params[] = {{"self", PARAM_TENSOR, 0, NULL},
                                           {NULL, 0, 0, NULL}};
static const struct param tobytes_params[] = {{"self", PARAM_ANY, 0, NULL},
                                              {"order", PARAM_STRING, 0, "'C'"},
                                              {NULL, 0, 0, NULL}};

/* Methods that are no rows: they give no arrays. */
static struct native methods[] = {
    FUNCTION_ROW("tolist", tolist_call, self_params,
                 "The elements as nested Python lists"),
    FUNCTION_ROW("tobytes", tobytes_call, tobytes_params,
                 "The bytes of the elements"),
    {.name = NULL}};

static struct native *own_method(const char *name)
{
    if (!strcmp(name, "tofile"))
        return &tofile_native;
    for (struct native *method = methods; method->name; method++)
        if (!strcmp(method->name, name))
            return method;
    return NULL;
}

/* -------------------------------------------------------------------- dtype */

/* "<f8": byte order, kind and size. */
static struct value type_string(enum dtype dtype)
{
    char text[4] = {dtype_size(dtype) == 1 ? '|' : '<', dtype_kind(dtype),
                    (char)('0' + dtype_size(dtype)), '\0'};
    return value_string(text);
}

static bool dtype_get(struct value self, const char *name, struct value *ret)
{
    static const char numbers[] = "?bBhHiIlLqQfd"; /* by dtype.num */
    enum dtype dtype = (enum dtype)self.dtype;
    char kind[2] = {dtype_kind(dtype), '\0'};

    if (!strcmp(name, "name"))
        *ret = value_string(dtype_name(dtype));
    else if (!strcmp(name, "itemsize"))
        *ret = value_int((int64_t)dtype_size(dtype));
    else if (!strcmp(name, "kind"))
        *ret = value_string(kind);
    else if (!strcmp(name, "char"))
        *ret = value_string_n((char[]){dtype_character(dtype)}, 1);
    else if (!strcmp(name, "byteorder"))
        *ret = value_string(dtype_size(dtype) == 1 ? "|" : "=");
    else if (!strcmp(name, "str"))
        *ret = type_string(dtype);
    else if (!strcmp(name, "alignment"))
        *ret = value_int((int64_t)dtype_size(dtype));
    else if (!strcmp(name, "num"))
        *ret = value_int(strchr(numbers, dtype_character(dtype)) - numbers);
    else if (!strcmp(name, "shape"))
        *ret = value_tuple(0, NULL);
    else if (!strcmp(name, "ndim"))
        *ret = value_int(0);
    else if (!strcmp(name, "type"))
        *ret = type_of(value_scalar((struct scalar){dtype, {.i = 0}}));
    else
        return false;
    return true;
}

static const char *const dtype_names[] = {
    "name",      "itemsize", "kind", "type",  "char", "byteorder",
    "alignment", "num",      "str",  "shape", "ndim", NULL};

/* -------------------------------------------------------------------- errors */

static void each_name(struct value self,
                      void (*body)(void *context, const char *name),
                      void *context)
{
    const struct op *op;

    if (self.kind == VALUE_DTYPE) {
        for (int i = 0; dtype_names[i]; i++)
            body(context, dtype_names[i]);
        return;
    }
    for (int i = 0; (op = op_at(i)); i++)
        if (op->flags & (OP_METHOD | OP_PROPERTY))
            body(context, op->name);
    for (const struct native *method = methods; method->name; method++)
        body(context, method->name);
    body(context, "flat");
    body(context, "flags");
    body(context, tofile_native.name);
}

static void consider(void *context, const char *name)
{
    suggestion_consider(context, name);
}

static bool no_attribute(struct value self, const char *name,
                         struct error *err)
{
    struct suggestion nearest = suggestion_for(name);

    error_set(err, ERROR_ATTRIBUTE, "'%s' object has no attribute '%s'",
              value_type_name(self), name);
    each_name(self, consider, &nearest);
    if (nearest.best)
        error_hint(err, "did you mean '%s'?", nearest.best);
    return false;
}

/* __dir__: what completion offers. */
static void add_name(void *context, const char *name)
{
    struct value text = value_string(name);
    list_append(context, text);
    value_unref(text);
}

static struct value shape_tuple(const struct tensor *tensor)
{
    struct value lengths[TENSOR_MAX_DIMS];
    for (int i = 0; i < tensor->ndim; i++)
        lengths[i] = value_int(tensor->shape[i]);
    return value_tuple_take((size_t)tensor->ndim, lengths);
}

/* --------------------------------------------------------------------- hooks */

bool array_get_attribute(struct interp *interp, struct value self,
                         const char *name, struct value *ret,
                         struct error *err)
{
    if (!strcmp(name, "__dir__") && self.kind != VALUE_NATIVE) {
        *ret = value_list(0, NULL);
        each_name(self, add_name, ret->sequence);
        return true;
    }
    if (self.kind == VALUE_NATIVE)
        return ufunc_get_attribute(self, name, ret, err);
    if (self.kind == VALUE_DTYPE)
        return dtype_get(self, name, ret) || no_attribute(self, name, err);
    if (self.kind == VALUE_TENSOR && !strcmp(name, "flags")) {
        *ret = array_flags(self.tensor);
        return true;
    }
    if (self.kind == VALUE_TENSOR && !strcmp(name, "shape")) {
        *ret = shape_tuple(self.tensor); /* every loop asks for it */
        return true;
    }
    struct call_args own = {.count = 1, .values = &self};
    if (self.kind == VALUE_TENSOR && !strcmp(name, "flat"))
        return library_call(interp, "numpy.lib", "flatiter", &own, ret, err);
    struct native *native = op_attribute(name);
    if (!native)
        native = own_method(name);
    if (!native && self.kind == VALUE_SCALAR && dtype_is_float(self.dtype))
        return native_method(number_methods, value_float(self.f), name, ret) ||
               no_attribute(self, name, err); /* is_integer() */
    if (!native)
        return no_attribute(self, name, err);
    struct value function = {.kind = VALUE_NATIVE, .native = native};
    const struct op *op = native->data;
    if (op && op->flags & OP_PROPERTY) {
        return op_call(interp, native, &own, ret, err);
    }
    *ret = value_method(self, function);
    return true;
}

static bool set_shape(struct tensor *tensor, struct value value,
                      struct error *err)
{
    static const struct param shape = {"shape", PARAM_DIMS, 0, NULL};
    struct arg arg;

    if (!tape_may_write(tensor, err) ||
        !arg_convert("shape", &shape, value, &arg, err))
        return false;
    struct tensor *view = tensor_reshape(tensor, arg.dims.count,
                                         arg.dims.values, 'C', err);
    arg_done(&shape, &arg);
    if (!view)
        return false;
    bool in_place = view->data == tensor->data &&
                    view->storage == tensor->storage &&
                    tensor_has_room(tensor, view->ndim);
    if (in_place) {
        memcpy(tensor->shape, view->shape,
               (size_t)view->ndim * sizeof *view->shape);
        memcpy(tensor->strides, view->strides,
               (size_t)view->ndim * sizeof *view->strides);
        tensor->ndim = view->ndim;
    } else {
        error_set(err, ERROR_ATTRIBUTE,
                  "Incompatible shape for in-place modification. Use "
                  "`.reshape()` to make a copy with the desired shape.");
    }
    tensor_unref(view);
    return in_place;
}

bool array_set_attribute(struct interp *interp, struct value self,
                         const char *name, struct value value,
                         struct error *err)
{
    if (self.kind == VALUE_TENSOR && !strcmp(name, "shape"))
        return set_shape(self.tensor, value, err);
    if (self.kind == VALUE_TENSOR && !strcmp(name, "flat")) {
        struct value pair[2] = {self, value}, none;
        struct call_args args = {.count = 2, .values = pair};
        return library_call(interp, "numpy.lib", "_set_flat", &args, &none,
                            err);
    }
    if (op_attribute(name))
        return error_set(err, ERROR_ATTRIBUTE,
                         "attribute '%s' of '%s' objects is not writable",
                         name, value_type_name(self));
    return no_attribute(self, name, err);
}
