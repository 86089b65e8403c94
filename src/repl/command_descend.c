/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/command_descend.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "repl/descend_request.h"
#include "repl/descent_show.h"
#include "repl/descent_text.h"
#include "repl/session.h"
#include "repl/text_layout.h"

const char command_descend_details[] =
    N_("Begins gradient descent on a function that gives one number, at a "
       "number or an array, or at a tuple (W, b) for a function of several "
       "arguments.  step makes one update and shows it, run 20 makes twenty, "
       "step back undoes one; rate 0.5 and momentum 0.9 change the settings "
       "in between.  The points so far are in the variable path.\n"
       "optimizer=sgd computes v = momentum * v - rate * gradient and adds v; "
       "optimizer=adam, rmsprop, adagrad and the others that models have "
       "compute as they do there, in float32; optimizer=sgd,adam goes along "
       "with both, side by side.  The function descend does the same at "
       "once.\n"
       "With a display a window shows the curve of a function of one number, "
       "or the contours of one of two, and the way so far; for that the "
       "function is called at many places.  The arrow keys step on and back.  "
       "show descent shows the picture again, in a terminal too.");

const char command_compare_details[] =
    N_("Begins the descent again with several optimizers side by side, from "
       "the same start and with the same rate: SGD, SGD with momentum, RMSprop "
       "and Adam, or those that are named.  step, run and step back then move "
       "all of them; path becomes a dict of their points.");

/* The descents that step goes on with. */
static struct descents held;

void command_descend_forget(void)
{
    descents_done(&held);
    descent_show_forget();
}

struct descents *command_descend_held(struct error *err)
{
    if (held.count)
        return &held;
    error_set(err, ERROR_VALUE, _("no descent has begun"));
    error_hint(err, "descend lambda w: (w - 3)**2, 0.0");
    return NULL;
}

bool command_descend_set_path(struct session *session, struct error *err)
{
    struct value path;
    if (!descents_path(&held, &path, err))
        return false;
    interp_set_global(session_interp(session), "path", path);
    value_unref(path);
    return true;
}

bool command_descend_show(struct session *session, struct error *err)
{
    return command_descend_held(err) && descent_show(session, &held, err);
}

/* ----------------------------------------------------------------- descend */

static bool evaluate(struct session *session, const char *text,
                     struct value *ret, struct error *err)
{
    struct program *program = NULL;
    if (!session_parse(session, text, &program, err))
        return false;
    bool good =
        program_is_expression(program)
            ? program_evaluate(session_interp(session), program, ret, err)
            : descend_missing_parts(err);
    program_free(program);
    return good;
}

static bool begin(struct session *session,
                  const struct descend_request *request, struct descents *ret,
                  struct error *err)
{
    struct value function, start;
    if (!evaluate(session, request->function, &function, err))
        return false;
    bool good = evaluate(session, request->start, &start, err);
    if (good) {
        good = descents_begin(session_interp(session), function, start,
                              request->optimizers, request->settings, ret, err);
        value_unref(start);
    }
    value_unref(function);
    return good;
}

/* DESCENTS, taken over, are what step goes on with. */
static bool hold(struct session *session, struct descents descents,
                 struct error *err)
{
    size_t columns = (size_t)session_columns(session) - 1;
    struct strbuf sb = STRBUF_INIT;
    command_descend_forget();
    held = descents;
    descents_text_place(&held, columns, &sb);
    text_wrap(&sb, _("step makes one update, run 20 makes twenty"), 0, columns);
    session_print(session, "%s\n", sb.text);
    strbuf_done(&sb);
    return command_descend_set_path(session, err) &&
           descent_show_begin(session, &held, err);
}

bool command_descend(struct session *session, const char *arguments,
                     struct error *err)
{
    struct descend_request request;
    struct descents descents;
    bool good = descend_request_read(arguments, &request, err) &&
                begin(session, &request, &descents, err);
    descend_request_done(&request);
    return good && hold(session, descents, err);
}

/* ----------------------------------------------------------------- compare */

/* "sgd, adam" and "sgd adam" as "sgd,adam"; owned. */
static char *joined(const char *names)
{
    struct strbuf sb = STRBUF_INIT;
    while (*names) {
        size_t length = strcspn(names, ", \t");
        if (length && sb.length)
            strbuf_addc(&sb, ',');
        strbuf_add(&sb, names, length);
        names += length;
        names += strspn(names, ", \t");
    }
    return strbuf_steal(&sb);
}

bool command_compare(struct session *session, const char *arguments,
                     struct error *err)
{
    struct descents descents;
    if (!command_descend_held(err))
        return false;
    char *names = joined(*arguments ? arguments : "sgd,momentum,rmsprop,adam");
    struct descent_settings settings = {held.items[0]->rate, 0.0, NULL};
    struct value start = descents_start(&held);
    bool good = descents_begin(session_interp(session), held.items[0]->function,
                               start, names, settings, &descents, err);
    value_unref(start);
    free(names);
    return good && hold(session, descents, err);
}
