/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bind/bind.h"

#include "bind/array_attributes.h"
#include "bind/file_object.h"
#include "bind/gradient.h"
#include "bind/keras.h"
#include "bind/library.h"
#include "bind/natives.h"
#include "bind/operate.h"
#include "bind/plt.h"
#include "bind/warnings.h"

static bool settle_events(struct error *err)
{
    return warn_of_events(false, err);
}

static bool display(struct interp *interp, struct value value,
                    struct error *err)
{
    struct strbuf text = STRBUF_INIT;

    if (value.kind == VALUE_NONE)
        return true;
    value_repr(value, &text);
    strbuf_addc(&text, '\n');
    bool good = interp_settle(interp, err);
    if (good)
        interp_write(interp, text.text, text.length);
    strbuf_done(&text);
    return good;
}

const struct interp_hooks bind_hooks = {
    .operate = array_operate,
    .get_attribute = array_get_attribute,
    .set_attribute = array_set_attribute,
    .settle_events = settle_events,
    .display = display,
    .module_text = library_text,
};

void bind_install(struct interp *interp)
{
    interp_set_hooks(interp, &bind_hooks);
    builtins_install(interp);
    numpy_install(interp);
    math_install(interp);
    time_install(interp);
    library_install(interp);
    os_install(interp);
    bytes_install(interp);
    re_install(interp);
    files_install(interp);
    gradient_install(interp);
    keras_install(interp);
    plt_install(interp);
}
