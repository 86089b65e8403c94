/* SPDX-License-Identifier: GPL-3.0-or-later */
/* keras.initializers. */
#include <stdlib.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "bind/eager.h"
#include "bind/keras_internal.h"

static void initializer_repr(void *data, struct strbuf *sb)
{
    const struct initializer *initializer = data;
    keras_numbers_repr(initializer->type->class_name,
                       initializer->type->settings, initializer->settings, sb);
}

static struct value config(const void *data)
{
    const struct initializer *initializer = data;
    struct value dict = value_dict();
    keras_set_numbers(dict, initializer->type->settings, initializer->settings);
    return dict;
}

static bool initializer_get_attribute(struct interp *interp, struct value self,
                                      const char *name, struct value *ret,
                                      struct error *err)
{
    (void)interp;
    const struct initializer *initializer = self.opaque->data;
    return keras_number_attribute(initializer->type->settings,
                                  initializer->settings, self, name, ret, err);
}

/* What Keras says of a weight's shape: all axes but the last two multiply. */
static void fans(int ndim, const int64_t *shape, double *in, double *out)
{
    double field = 1.0;
    for (int i = 0; i + 2 < ndim; i++)
        field *= (double)shape[i];
    *in = ndim == 0 ? 1.0 : field * (double)shape[ndim > 1 ? ndim - 2 : 0];
    *out = ndim == 0 ? 1.0 : field * (double)shape[ndim - 1];
}

static bool initializer_call(struct interp *interp, struct value self,
                             const struct call_args *args, struct value *ret,
                             struct error *err)
{
    static const struct param params[] = {
        {"shape", PARAM_DIMS, 0, NULL},
        {"dtype", PARAM_ANY, 0, "None"},
        {NULL, PARAM_ANY, 0, NULL},
    };
    (void)interp;
    struct value slots[KERAS_MAX_PARAMS], spread;
    struct sample_shape shape;
    if (!call_bind("__call__", params, args, false, slots, &spread, err) ||
        !keras_sample_shape(slots[0], "shape", &shape, err))
        return false;
    struct tensor *tensor =
        tensor_new(DTYPE_FLOAT32, shape.ndim, shape.dims, err);
    if (!tensor)
        return false;
    double in, out;
    fans(shape.ndim, shape.dims, &in, &out);
    initializer_fill(self.opaque->data, &session_rng, in, out, tensor->size,
                     (float *)(void *)tensor->data);
    *ret = eager_value(tensor);
    tensor_unref(tensor);
    return true;
}

static const char *const initializer_attributes[] = {
    "mean", "stddev", "minval", "maxval", "value", "seed", "get_config", NULL,
};

static struct value class_of(const void *data);

static const struct native_type initializer_type = {
    .name = "Initializer",
    .free = free,
    .config = config,
    .repr = initializer_repr,
    .get_attribute = initializer_get_attribute,
    .call = initializer_call,
    .class_of = class_of,
    .class_attribute = keras_class_attribute,
    .attributes = initializer_attributes,
};

struct value keras_initializer_value(const struct initializer *initializer)
{
    if (!initializer->type)
        return value_none();
    struct initializer *copy = xmalloc(sizeof *copy);
    *copy = *initializer;
    return value_opaque(&initializer_type, copy);
}

static bool make_initializer(struct interp *interp, const struct native *native,
                             const struct call_args *args, struct value *ret,
                             struct error *err)
{
    (void)interp;
    struct value slots[KERAS_MAX_PARAMS];
    struct initializer initializer = initializer_new(native->data);
    if (!keras_bind(native, args, NULL, slots, err) ||
        !keras_read_numbers(initializer.type->settings, slots,
                            initializer.settings, err))
        return false;
    *ret = keras_initializer_value(&initializer);
    return true;
}

static struct value class_of_type(const struct initializer_type *type)
{
    return keras_class(
        type->class_name, make_initializer,
        keras_number_params(NULL, type->settings, keras_no_params), type,
        type->named.doc, &initializer_type);
}

static struct value class_of(const void *data)
{
    return class_of_type(((const struct initializer *)data)->type);
}

void keras_add_initializers(struct value module)
{
    for (const struct initializer_type *row = initializer_types;
         row->named.name; row++)
        keras_set_under_all_names(module, &row->named, class_of_type(row));
}

static bool wrong_initializer(struct value value, const char *argument,
                              struct error *err)
{
    error_set(err, ERROR_TYPE, "%s must be the name of an initializer, not %s",
              argument, value_type_name(value));
    if (value.kind == VALUE_FUNCTION || value.kind == VALUE_INSTANCE)
        error_hint(err, _("start with numbers of your own: "
                          "layer.set_weights([kernel, bias]) once it is "
                          "built"));
    return false;
}

/* By name, as an object, or as its class. */
bool keras_to_initializer(struct value value, const char *argument,
                          struct initializer *ret, struct error *err)
{
    const struct initializer *given =
        value_opaque_data(value, &initializer_type);
    if (!keras_is_given(value))
        return true;
    if (given) {
        *ret = *given;
        return true;
    }
    if (value.kind == VALUE_NATIVE && value.native->call == make_initializer) {
        *ret = initializer_new(value.native->data);
        return true;
    }
    if (value.kind != VALUE_STRING)
        return wrong_initializer(value, argument, err);
    return initializer_find(value.string->text, ret, err);
}
