/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/command_help.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/suggest.h"
#include "bind/library_help.h"
#include "bind/native_examples.h"
#include "ops/registry.h"
#include "repl/command.h"
#include "repl/help_page.h"
#include "repl/help_topic.h"
#include "repl/lookup.h"
#include "repl/session.h"

const char command_help_details[] =
    N_("Alone it lists by task what there is.  NAME? and ?NAME mean help NAME. "
       "NAME can be a function (dot, np.linalg.inv), a command, a variable of "
       "yours (its shape, dtype and memory), a function or class of yours, a "
       "module (np.random), or a topic (broadcasting).  help commands tells of "
       "all commands.");

enum { ANY_FORM = OP_FUNCTION | OP_METHOD | OP_PROPERTY };

/* ---------------------------------------------------------------- by task */

static const struct {
    const char *task, *names;
} tasks[] = {
    {N_("make a tensor"), "[[1, 2], [3, 4]]  zeros ones full eye arange"
                          " linspace"},
    {N_("look at it"), "x.shape  x.ndim  x.dtype  x.size  x[0]  x[:, 1:]"},
    {N_("change its shape"), "reshape x.T transpose concatenate stack"
                             " expand_dims"},
    {N_("compute"), "+ - * / ** @  dot exp log sqrt maximum"},
    {N_("put together"), "sum mean max min argmax std  (axis=0)"},
    {N_("random numbers"), "np.random.seed rand randn randint permutation"},
    {N_("solve"), "np.linalg.inv solve norm det"},
};

static void print_all_commands(struct session *session)
{
    const struct command *row;
    for (int group = 0; group < COMMAND_GROUPS; group++)
        for (int i = 0; (row = command_at(i)); i++)
            if (row->group == (enum command_group)group)
                help_row(session, row->name, _(row->doc));
}

/* The commands' names, a row for each kind. */
static void print_command_names(struct session *session)
{
    static const char *const kinds[COMMAND_GROUPS] = {
        [COMMAND_WORK] = N_("work"),
        [COMMAND_GRADIENTS] = N_("see gradients"),
        [COMMAND_LESSONS] = N_("learn"),
        [COMMAND_LOOK] = N_("look"),
        [COMMAND_KEEP] = N_("keep, leave")};
    const struct command *row;
    for (int group = 0; group < COMMAND_GROUPS; group++) {
        struct strbuf sb = STRBUF_INIT;
        for (int i = 0; (row = command_at(i)); i++)
            if (row->group == (enum command_group)group &&
                command_is_open(row))
                strbuf_addf(&sb, "%s%s", sb.length ? " " : "", row->name);
        help_row(session, _(kinds[group]), sb.text);
        strbuf_done(&sb);
    }
}

static void print_topics(struct session *session)
{
    const struct help_topic *topic;
    struct strbuf sb = STRBUF_INIT;
    for (int i = 0; (topic = help_topic_at(i)); i++)
        strbuf_addf(&sb, "%s%s", i ? " " : "", topic->name);
    help_text(session, sb.text, 2);
    strbuf_done(&sb);
}

static void print_overview(struct session *session)
{
    help_text(session, _("Python with NumPy, typed:"), 0);
    for (size_t i = 0; i < sizeof tasks / sizeof *tasks; i++)
        help_row(session, _(tasks[i].task), tasks[i].names);
    help_text(session, _("Commands (help commands says what they do):"), 0);
    print_command_names(session);
    help_text(session,
              _("More: help NAME or NAME? on a function, a command, a "
                "variable of yours, or on one of these:"),
              0);
    print_topics(session);
    help_text(session, _("Tab completes, Ctrl-C stops, Ctrl-D leaves."), 0);
}

/* ----------------------------------------------------------------- by name */

static const struct op *find_op(const char *name)
{
    const char *dot = strrchr(name, '.');
    if (!dot)
        return op_find(NULL, name, ANY_FORM);
    char *module = xstrndup(name, (size_t)(dot - name));
    const struct op *op = op_find(module, dot + 1, OP_FUNCTION);
    free(module);
    return op ? op : op_find(NULL, dot + 1, OP_METHOD | OP_PROPERTY);
}

static void suggest(struct session *session, const char *name,
                    struct error *err)
{
    struct suggestion near = suggestion_for(name);
    struct interp *interp = session_interp(session);
    const struct command *row;
    const struct help_topic *topic;
    const struct op *op;
    const char *known;
    struct value value;
    for (size_t i = 0; interp_next_global(interp, &i, &known, &value);)
        suggestion_consider(&near, known);
    for (int i = 0; (row = command_at(i)); i++)
        suggestion_consider(&near, row->name);
    for (int i = 0; (op = op_at(i)); i++)
        suggestion_consider(&near, op->name);
    for (int i = 0; (topic = help_topic_at(i)); i++)
        suggestion_consider(&near, topic->name);
    for (size_t i = 0; interp_next_builtin(interp, &i, &known, &value);)
        suggestion_consider(&near, known);
    if (near.best)
        error_hint(err, _("did you mean '%s'? help %s"), near.best, near.best);
    else
        error_hint(err, _("help shows what there is"));
}

static bool is_described(struct value value)
{
    return value.kind != VALUE_NATIVE && value.kind != VALUE_METHOD;
}

/* Python's own function where NumPy has one of that name, too: sum, max. */
static bool is_other(struct value value, const struct op *op)
{
    return op && value.kind == VALUE_NATIVE && value.native->data != op;
}

static void print_both(struct session *session, const char *name,
                       struct value value, const struct op *op)
{
    help_value(session, name, value);
    session_print(session, "\n");
    help_op(session, op);
}

/* One of the names that numpy has from its module in the language. */
static bool explain_library(struct session *session, const char *name)
{
    const char *path, *doc = library_doc(name, &path);
    struct value value;
    struct strbuf sb = STRBUF_INIT;
    if (!doc || !lookup_path(session_interp(session), path, &value))
        return false;
    if (!lookup_signature(value, path, &sb))
        strbuf_adds(&sb, path);
    help_text(session, sb.text, 0);
    help_text(session, _(doc), 4);
    session_print(session, "\n%s\n", native_example(path, path));
    strbuf_done(&sb);
    value_unref(value);
    return true;
}

/* false when nothing has that name. */
static bool explain(struct session *session, const char *name)
{
    struct value value = {.kind = VALUE_UNDEFINED};
    const struct command *row = command_find(name);
    const struct op *op = find_op(name);
    const struct help_topic *topic = help_topic_find(name);
    bool found = lookup_path(session_interp(session), name, &value);
    bool learners = found && !strchr(name, '.');
    if (!learners && !row && !op && explain_library(session, name)) {
        if (found)
            value_unref(value);
        return true;
    }
    if (found && (is_described(value) || (!row && !op)))
        help_value(session, name, value);
    else if (found && is_other(value, op) && !row)
        print_both(session, name, value, op);
    else if (row)
        help_command(session, row);
    else if (op)
        help_op(session, op);
    else if (topic)
        help_topic(session, topic);
    if (found)
        value_unref(value);
    return found || row || op || topic;
}

/* Layers, losses and the like are explained without their module, too. */
static bool explain_part(struct session *session, const char *name)
{
    static const char *const homes[] = {
        "keras",
        "keras.layers",
        "keras.models",
        "keras.optimizers",
        "keras.losses",
        "keras.metrics",
        "keras.callbacks",
        "keras.activations",
        "keras.initializers",
        "keras.regularizers",
        "keras.utils",
        "keras.datasets",
        "tf",
    };
    bool found = false;
    for (size_t i = 0; !found && i < sizeof homes / sizeof *homes; i++) {
        struct value value;
        char *path = xasprintf("%s.%s", homes[i], name);
        found = lookup_path(session_interp(session), path, &value);
        if (found) {
            help_value(session, path, value);
            value_unref(value);
        }
        free(path);
    }
    return found;
}

bool command_help(struct session *session, const char *arguments,
                  struct error *err)
{
    if (!*arguments)
        print_overview(session);
    else if (!strcmp(arguments, "commands"))
        print_all_commands(session);
    else if (!explain(session, arguments) &&
             !explain_part(session, arguments)) {
        error_set(err, ERROR_NAME, _("there is no help on '%s'"), arguments);
        suggest(session, arguments, err);
        return false;
    }
    return true;
}
