/* SPDX-License-Identifier: GPL-3.0-or-later */
/* descend(f, x0): the path of gradient descent. */
#include "bind/descent.h"
#include "bind/gradient.h"

static const struct param descend_params[] = {
    {"f", PARAM_ANY, 0, NULL},
    {"x0", PARAM_ANY, 0, NULL},
    {"rate", PARAM_FLOAT, 0, "0.1"},
    {"steps", PARAM_INT, 0, "20"},
    {"momentum", PARAM_FLOAT, 0, "0.0"},
    {"optimizer", PARAM_STRING, 0, "'sgd'"},
    {NULL, PARAM_ANY, 0, NULL}};

static bool read_number(struct value slot, const char *name, double *ret,
                        struct error *err)
{
    return !slot_given(slot) || value_as_double(slot, ret) ||
           error_set(err, ERROR_TYPE, "%s must be a number, not %s", name,
                     value_type_name(slot));
}

static bool read_steps(struct value slot, int64_t *ret, struct error *err)
{
    if (slot_given(slot) && !value_as_int(slot, ret))
        return error_set(err, ERROR_TYPE, "steps must be an integer, not %s",
                         value_type_name(slot));
    return *ret >= 0 ||
           error_set(err, ERROR_VALUE, "steps must not be negative");
}

static bool read_settings(const struct value *slots,
                          struct descent_settings *settings, int64_t *steps,
                          struct error *err)
{
    if (slot_given(slots[5])) {
        if (slots[5].kind != VALUE_STRING)
            return error_set(err, ERROR_TYPE,
                             "optimizer must be a string, not %s",
                             value_type_name(slots[5]));
        settings->optimizer = slots[5].string->text;
    }
    return read_number(slots[2], "rate", &settings->rate, err) &&
           read_steps(slots[3], steps, err) &&
           read_number(slots[4], "momentum", &settings->momentum, err);
}

NATIVE(call_descend)
{
    struct value slots[6];
    struct descent_settings settings = DESCENT_SETTINGS;
    int64_t steps = 20;
    if (!native_bind(native, args, slots, err) ||
        !read_settings(slots, &settings, &steps, err))
        return false;
    struct descent *descent =
        descent_new(interp, slots[0], slots[1], &settings, err);
    bool good = descent != NULL;
    for (int64_t i = 0; good && i < steps; i++)
        good = descent_step(interp, descent, err);
    good = good && descent_path(descent, ret, err);
    descent_free(descent);
    return good;
}

struct native descend_natives[] = {
    FUNCTION_ROW("descend", call_descend, descend_params,
                 "Gradient descent on f from x0: an array of all the points, "
                 "x0 first"),
    {.name = NULL}};
