/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What get_config() gives: settings as dicts. */
#include "bind/keras_internal.h"

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
