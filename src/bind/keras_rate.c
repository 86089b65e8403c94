/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * optimizer.learning_rate and optimizer.iterations: numbers that change while
 * the optimizer works.  As in Keras they are variables: numpy(), assign(), and
 * arithmetic as with an array.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "bind/eager.h"
#include "bind/keras_internal.h"
#include "tensor/format.h"

struct number {
    struct optimizer *optimizer; /* a reference */
    bool is_rate;                /* else the number of steps */
    struct tensor *array;        /* of that one number */
};

static void number_free(void *data)
{
    struct number *number = data;
    tensor_unref(number->array);
    optimizer_unref(number->optimizer);
    free(number);
}

static struct tensor *new_array(const struct number *number, struct error *err)
{
    enum dtype dtype = number->is_rate ? DTYPE_FLOAT32 : DTYPE_INT64;
    struct tensor *array = tensor_new(dtype, 0, NULL, err);
    if (array && number->is_rate)
        *(float *)(void *)array->data = (float)number->optimizer->settings[0];
    else if (array)
        *(int64_t *)(void *)array->data = number->optimizer->iterations;
    return array;
}

/* As it is now: whoever kept the last one keeps its number.  Without memory it
   is the last one. */
static struct tensor *number_array(void *data)
{
    struct number *number = data;
    struct error none = ERROR_INIT;
    struct tensor *array = new_array(number, &none);
    error_clear(&none);
    if (!array)
        return number->array;
    tensor_unref(number->array);
    number->array = array;
    return array;
}

static bool call_numpy(struct interp *interp, const struct native *native,
                       const struct call_args *args, struct value *ret,
                       struct error *err)
{
    struct value self, slots[KERAS_MAX_PARAMS];
    (void)interp;
    if (!keras_bind(native, args, &self, slots, err))
        return false;
    struct tensor *array = tensor_copy(number_array(self.opaque->data), err);
    if (array)
        *ret = value_tensor_or_scalar_take(array);
    return array != NULL;
}

static bool call_assign(struct interp *interp, const struct native *native,
                        const struct call_args *args, struct value *ret,
                        struct error *err)
{
    struct value self, slots[KERAS_MAX_PARAMS];
    if (!keras_bind(native, args, &self, slots, err))
        return false;
    const struct number *number = self.opaque->data;
    struct value owner = keras_optimizer_value(number->optimizer);
    bool ok = keras_optimizer_type.set_attribute(
        interp, owner, number->is_rate ? "learning_rate" : "iterations",
        slots[0], err);
    value_unref(owner);
    if (ok)
        *ret = value_ref(self);
    return ok;
}

static const struct param assign_params[] = {{"value", PARAM_ANY, 0, NULL},
                                             {NULL, PARAM_ANY, 0, NULL}};

static const struct keras_function methods[] = {
    {"numpy", call_numpy, keras_no_params, "what it is now"},
    {"read_value", call_numpy, keras_no_params, "what it is now"},
    {"value", call_numpy, keras_no_params, "what it is now"},
    {"assign", call_assign, assign_params, "changes it"},
    {NULL, NULL, NULL, NULL},
};

static bool get_attribute(struct interp *interp, struct value self,
                          const char *name, struct value *ret,
                          struct error *err)
{
    if (keras_find_method(methods, self, name, ret))
        return true;
    struct value array =
        value_tensor_take(tensor_ref(number_array(self.opaque->data)));
    bool ok = interp_get_attribute(interp, array, name, ret, err);
    value_unref(array);
    return ok;
}

/* As the number itself: 0.001. */
static void repr(void *data, struct strbuf *sb)
{
    const struct number *number = data;
    if (number->is_rate)
        double_repr(number->optimizer->settings[0], sb);
    else
        strbuf_addf(sb, "%lld", (long long)number->optimizer->iterations);
}

static const char *const attributes[] = {
    "numpy", "assign", "read_value", "value", "shape", "dtype", NULL};

static const struct native_type number_type = {
    .name = "Variable",
    .free = number_free,
    .repr = repr,
    .get_attribute = get_attribute,
    .array = number_array,
    .attributes = attributes,
};

bool keras_number_of(struct optimizer *optimizer, bool is_rate,
                     struct value *ret, struct error *err)
{
    struct number *number = xcalloc(1, sizeof *number);
    number->optimizer = optimizer_ref(optimizer);
    number->is_rate = is_rate;
    number->array = new_array(number, err);
    *ret = value_opaque(&number_type, number);
    if (number->array)
        return true;
    value_unref(*ret);
    return false;
}
