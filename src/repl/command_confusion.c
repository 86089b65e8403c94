/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/command_confusion.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "bind/mistakes.h"
#include "repl/color.h"
#include "repl/graphics.h"
#include "repl/session.h"
#include "repl/training_window.h"
#include "scene/confusion.h"
#include "view/picture.h"

const char command_confusion_details[] =
    N_("Shows how often each class of test_images was taken for each other: a "
       "row for each right class (test_labels), a column for each answer of "
       "the model.  Without an argument that is the variable model.  In the "
       "window, click a cell for its images, those that the model was surest "
       "of first; m shows all mistakes.  mistakes() returns their positions.");

/* The model that ARGUMENTS name; none: VALUE_NONE. */
static bool read_model(struct session *session, const char *arguments,
                       struct value *ret, struct error *err)
{
    struct program *program;
    *ret = value_none();
    if (!*arguments)
        return true;
    if (!session_parse(session, arguments, &program, err))
        return false;
    bool good = program_evaluate(session_interp(session), program, ret, err);
    program_free(program);
    return good;
}

static struct gallery *gallery_of(struct session *session,
                                  const struct judged *judged)
{
    struct value labels = value_none();
    struct tensor *tensor = NULL;
    if (interp_get_global(session_interp(session), "test_labels", &labels) &&
        labels.kind == VALUE_TENSOR)
        tensor = labels.tensor;
    struct gallery *gallery = gallery_new(judged->images, tensor);
    if (gallery && gallery->class_count <= judged->verdicts.classes)
        gallery->class_names = training_window_class_names();
    value_unref(labels);
    return gallery;
}

static void print_table(struct session *session, const struct judged *judged,
                        const struct gallery *gallery)
{
    struct strbuf text = STRBUF_INIT;
    confusion_format(&judged->verdicts, gallery, &text);
    session_print(session, "%s", text.text);
    strbuf_done(&text);
}

/* Can the terminal show more than blocks of colour? */
static bool has_pixels(struct session *session)
{
    enum color_mode mode = (enum color_mode)session_settings(session)->color;
    switch (terminal_graphics_detect(color_is_on(mode))) {
    case TERMINAL_KITTY:
    case TERMINAL_ITERM:
    case TERMINAL_SIXEL:
        return session_is_terminal(session);
    case TERMINAL_BLOCKS:
    case TERMINAL_ASCII:
    default:
        return false;
    }
}

/* Else it is a table of text, which can be read where blocks cannot. */
static bool shows_pictures(struct session *session)
{
    enum graphics_mode mode =
        (enum graphics_mode)session_settings(session)->graphics;
    if (mode == GRAPHICS_OFF)
        return false;
    return mode == GRAPHICS_FILE || graphics_shows_windows(session) ||
           has_pixels(session);
}

static bool show(struct session *session, const char *arguments,
                 struct judged *judged, struct error *err)
{
    struct gallery *gallery = gallery_of(session, judged);
    char *title =
        xasprintf(*arguments ? "%s %s" : "%s", _("confusion"), arguments);
    bool good = true;
    if (shows_pictures(session))
        good = graphics_show(
            session, confusion_scene_new(title, &judged->verdicts, gallery),
            err);
    else
        print_table(session, judged, gallery);
    free(title);
    gallery_unref(gallery);
    return good;
}

bool command_confusion(struct session *session, const char *arguments,
                       struct error *err)
{
    struct value model;
    struct judged judged;
    if (!read_model(session, arguments, &model, err))
        return false;
    bool good = mistakes_judge(session_interp(session), model, value_none(),
                               value_none(), &judged, err);
    value_unref(model);
    if (!good)
        return false;
    good = show(session, arguments, &judged, err);
    judged_done(&judged);
    return good;
}
