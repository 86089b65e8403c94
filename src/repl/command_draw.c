/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/command_draw.h"

#include <string.h>

#include "base/i18n.h"
#include "bind/keras.h"
#include "bind/natives.h"
#include "repl/graphics.h"
#include "repl/jobs.h"
#include "repl/session.h"
#include "scene/pad.h"
#include "tensor/tensor.h"

const char command_draw_details[] =
    N_("Opens a pad of 280 x 280: draw a digit with the mouse, and the network "
       "in the variable model, or the only one there is, answers while you "
       "draw, a bar for each class; draw net asks the one in net.  Beside the "
       "drawing are the 28 x 28 pixels that the network gets, made as MNIST's "
       "were: the drawing is scaled into a box of 20 x 20 with its proportions "
       "kept, and moved so that its centre of mass is in the middle.\n"
       "The right button rubs out, Backspace clears, and n turns the centring "
       "off and on: what a network has never seen it does not know.  digit() "
       "returns those pixels, unsigned bytes as in test_images.\n"
       "The network is a copy; after a training the pad takes the new weights "
       "by itself.  It must take samples of 784 numbers, in any shape.");

/* ------------------------------------------------------------- the network */

/* What the classes of the variable NAME are called, as far as is known: those
   of the data set that the last training gave it. */
static const char *const *class_names(const char *name)
{
    const struct recipe *last = jobs_last();
    const char *trained = last && last->model ? last->model : "model";
    return last && last->dataset && !strcmp(trained, name)
               ? last->dataset->class_names
               : NULL;
}

/* MODEL, in the variable NAME, for the pad. */
static struct pad_network *network_of(const struct model *model,
                                      const char *name, struct error *err)
{
    const char *const *names = class_names(name);
    int count = 0;
    while (names && names[count])
        count++;
    if (names && model->built && model_outputs(model) != count)
        names = NULL;
    return pad_network_new(model, name, names, err);
}

static bool not_a_model(const char *name, struct value value, struct error *err)
{
    error_set(err, ERROR_TYPE, _("draw takes a model, and %s is of type %s"),
              name, value_type_name(value));
    error_hint(err, "train mnist");
    return false;
}

/* The model in the variable NAME. */
static bool find_network(struct session *session, const char *name,
                         struct pad_network **ret, struct error *err)
{
    struct value value;
    if (!interp_get_global(session_interp(session), name, &value)) {
        error_set(err, ERROR_NAME, "name '%s' is not defined", name);
        error_hint(err, "train mnist");
        return false;
    }
    const struct model *model = keras_model_get(value);
    *ret = model ? network_of(model, name, err) : NULL;
    if (!model)
        not_a_model(name, value, err);
    value_unref(value);
    return *ret != NULL;
}

/* The variable model, or else the only one that holds a model; borrowed, NULL:
   there is none. */
static const char *default_name(struct session *session)
{
    struct interp *interp = session_interp(session);
    const char *name, *found = NULL;
    struct value value;
    int count = 0;
    for (size_t i = 0; interp_next_global(interp, &i, &name, &value);) {
        if (!strcmp(name, "model"))
            return name;
        if (keras_model_get(value)) {
            found = name;
            count++;
        }
    }
    return count == 1 ? found : NULL;
}

/* Of `draw` alone, where there is one that fits; the pad can be drawn on
   without. */
static struct pad_network *find_default(struct session *session)
{
    struct error err = ERROR_INIT;
    struct pad_network *network = NULL;
    const char *name = default_name(session);
    if (name && !find_network(session, name, &network, &err))
        session_print(session, "%s\n", err.message);
    error_clear(&err);
    return network;
}

void command_draw_renew(struct session *session, const char *name)
{
    struct error err = ERROR_INIT;
    struct pad_network *network;
    if (!pad_wants(name))
        return;
    if (find_network(session, name, &network, &err))
        pad_offer(network);
    error_clear(&err);
}

void command_draw_renew_model(struct session *session,
                              const struct model *model)
{
    struct interp *interp = session_interp(session);
    const char *name;
    struct value value;
    for (size_t i = 0; interp_next_global(interp, &i, &name, &value);)
        if (keras_model_get(value) == model && pad_wants(name)) {
            command_draw_renew(session, name);
            return;
        }
}

/* -------------------------------------------------------------------- draw */

/* Takes NETWORK over. */
static bool open_pad(struct session *session, struct pad_network *network,
                     struct error *err)
{
    struct drawing *drawing = pad_drawing(err);
    if (drawing)
        return graphics_show(session, pad_new(drawing, network), err);
    pad_network_free(network);
    return false;
}

bool command_draw(struct session *session, const char *arguments,
                  struct error *err)
{
    struct pad_network *network = NULL;
    if (!*arguments)
        network = find_default(session);
    else if (!find_network(session, arguments, &network, err))
        return false;
    if (graphics_shows_windows(session))
        return open_pad(session, network, err);
    session_print(session, "%s\n",
                  _("draw needs a window: a desktop or ssh -X, and `set "
                    "graphics window`"));
    pad_network_free(network);
    return true;
}

/* ------------------------------------------------------------------ digit() */

NATIVE(call_digit)
{
    static const int64_t shape[] = {DIGIT_SIDE, DIGIT_SIDE};
    uint8_t image[DIGIT_PIXELS];
    (void)interp;
    if (!native_bind(native, args, NULL, err))
        return false;
    struct drawing *drawing = pad_drawing(err);
    if (!drawing)
        return false;
    if (!drawing_image(drawing, image)) {
        error_set(err, ERROR_VALUE, _("nothing has been drawn yet"));
        error_hint(err, "draw");
        return false;
    }
    struct tensor *tensor = tensor_new(DTYPE_UINT8, 2, shape, err);
    if (!tensor)
        return false;
    memcpy(tensor->data, image, sizeof image);
    *ret = value_tensor_take(tensor);
    return true;
}

static const struct param no_params[] = {{NULL, PARAM_ANY, 0, NULL}};

static struct native draw_natives[] = {
    FUNCTION_ROW("digit", call_digit, no_params,
                 N_("The digit drawn on the pad of `draw`, as the network gets "
                    "it: 28 x 28 unsigned bytes")),
    {.name = NULL}};

void command_draw_install(struct interp *interp)
{
    natives_add_builtins(draw_natives, interp);
}
