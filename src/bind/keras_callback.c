/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bind/keras_callback.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "bind/keras_internal.h"

static bool wrong_callback(struct value value, struct error *err)
{
    error_set(err, ERROR_TYPE,
              "callbacks are objects of classes of keras.callbacks, not %s",
              value_type_name(value));
    error_hint(err, _("callbacks=[keras.callbacks.EarlyStopping(patience=3)]"));
    return false;
}

bool callbacks_init(struct callbacks *callbacks, struct interp *interp,
                    struct value value, struct error *err)
{
    *callbacks = (struct callbacks){.interp = interp};
    if (!keras_is_given(value))
        return true;
    if (value.kind == VALUE_INSTANCE) {
        callbacks->items = xmalloc(sizeof *callbacks->items);
        callbacks->items[0] = value_ref(value);
        callbacks->count = 1;
    } else if (!interp_collect(interp, value, &callbacks->count,
                               &callbacks->items, err)) {
        return false;
    }
    for (size_t i = 0; i < callbacks->count; i++)
        if (callbacks->items[i].kind != VALUE_INSTANCE)
            return wrong_callback(callbacks->items[i], err);
    return true;
}

void callbacks_done(struct callbacks *callbacks)
{
    for (size_t i = 0; i < callbacks->count; i++)
        value_unref(callbacks->items[i]);
    free(callbacks->items);
    *callbacks = (struct callbacks){0};
}

static bool call_method(const struct callbacks *callbacks, struct value object,
                        const char *name, int count, const struct value *values,
                        struct error *err)
{
    struct value method, ignored;
    if (!interp_get_attribute(callbacks->interp, object, name, &method, err))
        return false;
    struct call_args args = {.count = count, .values = values};
    bool ok = interp_call(callbacks->interp, method, &args, &ignored, err);
    value_unref(method);
    if (ok)
        value_unref(ignored);
    return ok;
}

bool callbacks_begin(const struct callbacks *callbacks, const char *name,
                     struct value model, struct value params, struct error *err)
{
    struct value logs = value_dict();
    bool ok = true;
    for (size_t i = 0; ok && i < callbacks->count; i++) {
        struct value item = callbacks->items[i];
        ok = call_method(callbacks, item, "set_params", 1, &params, err) &&
             call_method(callbacks, item, "set_model", 1, &model, err);
    }
    ok = ok && callbacks_end(callbacks, name, logs, err);
    value_unref(logs);
    return ok;
}

bool callbacks_tell(const struct callbacks *callbacks, const char *name,
                    int64_t number, struct value logs, struct error *err)
{
    struct value values[2] = {value_int(number), logs};
    for (size_t i = 0; i < callbacks->count; i++)
        if (!call_method(callbacks, callbacks->items[i], name, 2, values, err))
            return false;
    return true;
}

bool callbacks_end(const struct callbacks *callbacks, const char *name,
                   struct value logs, struct error *err)
{
    for (size_t i = 0; i < callbacks->count; i++)
        if (!call_method(callbacks, callbacks->items[i], name, 1, &logs, err))
            return false;
    return true;
}
