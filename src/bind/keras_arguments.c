/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the language's values to plain C ones and back. */
#include "bind/keras_internal.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/suggest.h"
#include "bind/variable_object.h"

bool keras_bind(const struct native *native, const struct call_args *args,
                struct value *self, struct value *slots, struct error *err)
{
    struct call_args rest = *args;
    struct value spread;
    if (self) {
        if (rest.count == 0)
            return error_set(err, ERROR_TYPE,
                             "%s() missing 1 required positional argument: "
                             "'self'",
                             native->name);
        *self = rest.values[0];
        rest.values++;
        rest.count--;
    }
    return call_bind(native->name, native->params, &rest, false, slots, &spread,
                     err);
}

static struct value function_value(const struct keras_function *function)
{
    return value_native(function->name, function->call, function->params, NULL,
                        function->doc);
}

bool keras_find_method(const struct keras_function *functions,
                       struct value self, const char *name, struct value *ret)
{
    for (; functions->name; functions++)
        if (!strcmp(functions->name, name)) {
            struct value function = function_value(functions);
            *ret = value_method(self, function);
            value_unref(function);
            return true;
        }
    return false;
}

void keras_add_functions(struct value module,
                         const struct keras_function *functions)
{
    for (; functions->name; functions++) {
        struct value function = function_value(functions);
        module_set(module.module, functions->name, function);
        value_unref(function);
    }
}

void keras_set_under_all_names(struct value module, const struct named *named,
                               struct value value)
{
    char *aliases = xstrdup(named->aliases ? named->aliases : "");
    char *rest = aliases, *name;
    module_set(module.module, named->name, value);
    while ((name = strsep(&rest, " ")))
        if (*name)
            module_set(module.module, name, value);
    free(aliases);
    value_unref(value);
}

void keras_set_under_function_names(struct value module,
                                    const struct named *named,
                                    native_call *call,
                                    const struct param *params)
{
    char *names =
        xasprintf("%s %s", named->name, named->aliases ? named->aliases : "");
    char *rest = names, *name;
    while ((name = strsep(&rest, " "))) {
        if (!*name || isupper((unsigned char)*name))
            continue;
        struct value function =
            value_native(named->name, call, params, named, named->doc);
        module_set(module.module, name, function);
        value_unref(function);
    }
    free(names);
}

/* A capital begins a word: after a small letter, or before one. */
char *keras_snake_name(const char *class_name)
{
    struct strbuf name = STRBUF_INIT;
    for (const char *c = class_name; *c; c++) {
        bool begins =
            c > class_name && isupper((unsigned char)*c) &&
            (islower((unsigned char)c[-1]) || islower((unsigned char)c[1]));
        strbuf_addf(&name, "%s%c", begins ? "_" : "",
                    tolower((unsigned char)*c));
    }
    return strbuf_steal(&name);
}

bool keras_no_attribute(struct value self, const char *name, struct error *err)
{
    const char *const *names = self.opaque->type->attributes;
    struct suggestion near = suggestion_for(name);
    for (; *names; names++)
        suggestion_consider(&near, *names);
    error_set(err, ERROR_ATTRIBUTE, "'%s' object has no attribute '%s'",
              self.opaque->type->name, name);
    if (near.best)
        error_hint(err, _("did you mean '%s'?"), near.best);
    return false;
}

/* ------------------------------------------------------------- arguments */

bool keras_is_given(struct value value)
{
    return value.kind != VALUE_UNDEFINED && value.kind != VALUE_NONE;
}

static bool wrong_type(struct value value, const char *name, const char *wanted,
                       struct error *err)
{
    return error_set(err, ERROR_TYPE, "%s must be %s, not %s", name, wanted,
                     value_type_name(value));
}

bool keras_int(struct value value, const char *name, int64_t *ret,
               struct error *err)
{
    if (!keras_is_given(value) || value_as_int(value, ret))
        return true;
    return wrong_type(value, name, "an integer", err);
}

bool keras_double(struct value value, const char *name, double *ret,
                  struct error *err)
{
    if (!keras_is_given(value) || value_as_double(value, ret))
        return true;
    return wrong_type(value, name, "a number", err);
}

bool keras_bool(struct value value, const char *name, bool *ret,
                struct error *err)
{
    (void)name;
    return !keras_is_given(value) || value_truth(value, ret, err);
}

bool keras_string(struct value value, const char *name, const char **ret,
                  struct error *err)
{
    if (!keras_is_given(value))
        return true;
    if (value.kind != VALUE_STRING)
        return wrong_type(value, name, "a string", err);
    *ret = value.string->text;
    return true;
}

static bool is_sequence(struct value value)
{
    return value.kind == VALUE_TUPLE || value.kind == VALUE_LIST;
}

static bool shape_length(struct value value, const char *name, int64_t *ret,
                         struct error *err)
{
    if (!value_as_int(value, ret))
        return wrong_type(value, name, "an int or a tuple of ints", err);
    if (*ret < 1)
        return error_set(err, ERROR_VALUE,
                         "%s: a length must be positive, got %" PRId64, name,
                         *ret);
    return true;
}

bool keras_sample_shape(struct value value, const char *name,
                        struct sample_shape *ret, struct error *err)
{
    size_t count = is_sequence(value) ? value.sequence->count : 1;
    const struct value *items =
        is_sequence(value) ? value.sequence->items : &value;
    int64_t size = 1;
    struct sample_shape shape = {(int)count, {0}};
    if (count > SAMPLE_MAX_DIMS)
        return error_set(err, ERROR_VALUE,
                         "%s: samples have at most %d axes, got %zu", name,
                         SAMPLE_MAX_DIMS, count);
    for (size_t i = 0; i < count; i++)
        if (!shape_length(items[i], name, &shape.dims[i], err))
            return false;
    for (size_t i = 0; i < count; i++)
        if (!size_multiply(size, shape.dims[i], &size) || size > INT32_MAX)
            return error_set(err, ERROR_VALUE, "%s: too large", name);
    *ret = shape;
    return true;
}

struct value keras_shape_value(const struct sample_shape *shape)
{
    struct value items[1 + SAMPLE_MAX_DIMS] = {value_none()};
    for (int i = 0; i < shape->ndim; i++)
        items[i + 1] = value_int(shape->dims[i]);
    return value_tuple_take((size_t)shape->ndim + 1, items);
}

/* ------------------------------------------------------------- weights */

struct value keras_weight_value(struct variable *weight)
{
    return variable_value(weight);
}

bool keras_is_weight_list(const char *name, bool *learning, bool *others)
{
    static const char non[] = "non_trainable_", some[] = "trainable_";
    bool is_other = !strncmp(name, non, sizeof non - 1);
    bool is_learning = !strncmp(name, some, sizeof some - 1);
    name += is_other ? sizeof non - 1 : is_learning ? sizeof some - 1 : 0;
    *learning = !is_other;
    *others = !is_learning;
    return !strcmp(name, "weights") || !strcmp(name, "variables");
}

struct value keras_weight_list(size_t count, struct variable *const *weights)
{
    struct value list = value_list(0, NULL);
    for (size_t i = 0; i < count; i++) {
        struct value item = keras_weight_value(weights[i]);
        list_append(list.sequence, item);
        value_unref(item);
    }
    return list;
}

bool keras_array_list(size_t count, struct variable *const *weights,
                      struct value *ret, struct error *err)
{
    struct value list = value_list(0, NULL);
    for (size_t i = 0; i < count; i++) {
        struct tensor *copy = tensor_copy(weights[i]->tensor, err);
        if (!copy) {
            value_unref(list);
            return false;
        }
        struct value item = value_tensor_take(copy);
        list_append(list.sequence, item);
        value_unref(item);
    }
    *ret = list;
    return true;
}

static bool same_shape(const struct tensor *a, const struct tensor *b)
{
    return a->ndim == b->ndim &&
           !memcmp(a->shape, b->shape, (size_t)a->ndim * sizeof *a->shape);
}

static bool wrong_weight_shape(const struct tensor *wanted,
                               const struct tensor *got, struct error *err)
{
    struct strbuf a = STRBUF_INIT, b = STRBUF_INIT;
    shape_format(&a, wanted->ndim, wanted->shape);
    shape_format(&b, got->ndim, got->shape);
    error_set(err, ERROR_VALUE,
              "Layer weight shape %s not compatible with provided weight "
              "shape %s",
              a.text, b.text);
    strbuf_done(&a);
    strbuf_done(&b);
    return false;
}

/* All ARRAYS are looked at before the first weight is changed. */
static bool arrays_from(const struct value *values, size_t count,
                        struct variable *const *weights, struct tensor **arrays,
                        struct error *err)
{
    for (size_t i = 0; i < count; i++) {
        arrays[i] = value_to_tensor(values[i], DTYPE_FLOAT32, err);
        if (!arrays[i])
            return false;
        if (!same_shape(weights[i]->tensor, arrays[i]))
            return wrong_weight_shape(weights[i]->tensor, arrays[i], err);
    }
    return true;
}

static bool assign_all(const struct value *values, size_t count,
                       struct variable *const *weights, struct error *err)
{
    struct tensor **arrays = xcalloc(count + 1, sizeof *arrays);
    bool ok = arrays_from(values, count, weights, arrays, err);
    for (size_t i = 0; ok && i < count; i++)
        ok = variable_assign(weights[i], arrays[i], err);
    for (size_t i = 0; i < count; i++)
        tensor_unref(arrays[i]);
    free(arrays);
    return ok;
}

bool keras_assign_weights(struct interp *interp, struct value values,
                          size_t count, struct variable *const *weights,
                          const char *owner, struct error *err)
{
    struct value *items;
    size_t given;
    if (!interp_collect(interp, values, &given, &items, err))
        return false;
    bool ok = given == count ||
              error_set(err, ERROR_VALUE,
                        "You called `set_weights(weights)` on %s with a "
                        "weight list of length %zu, but it was expecting %zu "
                        "weights",
                        owner, given, count);
    ok = ok && assign_all(items, count, weights, err);
    for (size_t i = 0; i < given; i++)
        value_unref(items[i]);
    free(items);
    return ok;
}
