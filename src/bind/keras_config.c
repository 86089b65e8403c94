/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Constructors as the classes that they are in Keras, and what get_config()
 * gives: settings as dicts, of which CLASS.from_config() makes the same again.
 */
#include <string.h>

#include "base/alloc.h"
#include "bind/keras_internal.h"
#include "bind/library.h"

void keras_set_take(struct value dict, const char *name, struct value value)
{
    dict_set_string(dict.dict, name, value);
    value_unref(value);
}

void keras_set_numbers(struct value dict, const struct number_setting *rows,
                       const double *numbers)
{
    for (int i = 0; rows[i].name; i++)
        dict_set_string(dict.dict, rows[i].name,
                        keras_number_value(&rows[i], numbers[i]));
}

struct value keras_described(const char *class_name,
                             const struct number_setting *rows,
                             const double *numbers)
{
    struct value dict = value_dict(), config = value_dict();
    keras_set_numbers(config, rows, numbers);
    keras_set_take(dict, "class_name", value_string(class_name));
    keras_set_take(dict, "config", config);
    return dict;
}

const struct param keras_no_params[] = {{NULL, PARAM_ANY, 0, NULL}};

bool keras_get_config(struct interp *interp, const struct native *native,
                      const struct call_args *args, struct value *ret,
                      struct error *err)
{
    (void)interp;
    struct value self, slots[KERAS_MAX_PARAMS];
    if (!keras_bind(native, args, &self, slots, err))
        return false;
    *ret = self.opaque->type->config(self.opaque->data);
    return true;
}

bool keras_number_attribute(const struct number_setting *rows,
                            const double *numbers, struct value self,
                            const char *name, struct value *ret,
                            struct error *err)
{
    static const struct keras_function methods[] = {
        KERAS_GET_CONFIG,
        {NULL, NULL, NULL, NULL},
    };
    int index = number_setting_find(rows, name);
    if (index < 0)
        return keras_find_method(methods, self, name, ret) ||
               keras_no_attribute(self, name, err);
    *ret = keras_number_value(&rows[index], numbers[index]);
    return true;
}

/* ----------------------------------------------------------------- classes */

static bool from_config(struct interp *interp, const struct native *native,
                        const struct call_args *args, struct value *ret,
                        struct error *err)
{
    (void)native;
    return library_call(interp, "keras._saving", "_from_config", args, ret,
                        err);
}

static const struct param config_params[] = {
    {"config", PARAM_ANY, 0, NULL},
    {NULL, PARAM_ANY, 0, NULL},
};

static const struct keras_function class_methods[] = {
    {"from_config", from_config, config_params,
     "one with the settings of such a dict"},
    {NULL, NULL, NULL, NULL},
};

bool keras_class_attribute(struct value class, const char *name,
                           struct value *ret)
{
    return keras_find_method(class_methods, class, name, ret);
}

/* One for each, as long as the program runs: type(a) == type(b). */
static struct value *classes;
static size_t class_count, class_capacity;

struct value keras_class(const char *name, native_call *make,
                         const struct param *params, const void *row,
                         const char *doc, const struct native_type *makes)
{
    for (size_t i = 0; i < class_count; i++) {
        const struct native *known = classes[i].native;
        if (known->data == row && known->call == make &&
            !strcmp(known->name, name))
            return value_ref(classes[i]);
    }
    struct value class = value_native(name, make, params, row, doc);
    class.native->makes = makes;
    VEC_PUSH(classes, class_count, class_capacity) = class;
    return value_ref(class);
}
