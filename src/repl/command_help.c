/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/command_help.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/suggest.h"
#include "base/utf8.h"
#include "ops/registry.h"
#include "repl/command.h"
#include "repl/session.h"
#include "repl/size_text.h"

enum { ANY_FORM = OP_FUNCTION | OP_METHOD | OP_PROPERTY };

/* ----------------------------------------------------------------- width */

/* Columns that text may take. */
static size_t text_columns(struct session *session)
{
    enum { WIDEST = 79 };
    size_t columns = (size_t)session_columns(session) - 1;
    return columns < WIDEST ? columns : WIDEST;
}

/* One line of text broken between words so that it fits into COLUMNS; it
   begins in column INDENT, and so do the lines that follow. */
static void add_wrapped(struct strbuf *sb, const char *text, size_t length,
                        size_t indent, size_t columns)
{
    size_t column = indent;
    while (length > 0) {
        size_t blanks = strspn(text, " ");
        size_t word = blanks + strcspn(text + blanks, " \n");
        if (word > length)
            word = length;
        size_t width = utf8_columns(text, word);
        if (column > indent && column + width > columns) {
            strbuf_addc(sb, '\n');
            strbuf_repeat(sb, ' ', indent);
            strbuf_add(sb, text + blanks, word - blanks);
            column = indent + width - blanks;
        } else {
            strbuf_add(sb, text, word);
            column += width;
        }
        text += word;
        length -= word;
    }
}

/* "  NAME              TEXT" */
static void print_row(struct session *session, const char *name,
                      const char *text)
{
    enum { TEXT_COLUMN = 21 };
    struct strbuf sb = STRBUF_INIT;
    size_t width = utf8_columns(name, strlen(name)) + 2;
    strbuf_addf(&sb, "  %s", name);
    strbuf_repeat(&sb, ' ', width < TEXT_COLUMN ? TEXT_COLUMN - width : 1);
    add_wrapped(&sb, text, strlen(text), TEXT_COLUMN, text_columns(session));
    session_print(session, "%s\n", sb.text);
    strbuf_done(&sb);
}

static void print_text(struct session *session, const char *text)
{
    struct strbuf sb = STRBUF_INIT;
    while (*text) {
        size_t length = strcspn(text, "\n");
        add_wrapped(&sb, text, length, 0, text_columns(session));
        strbuf_addc(&sb, '\n');
        text += length;
        if (*text)
            text++;
    }
    session_print(session, "%s", sb.text);
    strbuf_done(&sb);
}

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

static void print_commands(struct session *session, enum command_group group)
{
    const struct command *row;
    for (int i = 0; (row = command_at(i)); i++)
        if (row->group == group)
            print_row(session, row->name, _(row->doc));
}

static void print_all_commands(struct session *session)
{
    for (int group = 0; group < COMMAND_GROUPS; group++)
        print_commands(session, (enum command_group)group);
}

static void print_overview(struct session *session)
{
    print_text(session, _("Python with NumPy, typed:"));
    for (size_t i = 0; i < sizeof tasks / sizeof *tasks; i++)
        print_row(session, _(tasks[i].task), tasks[i].names);
    print_text(session, _("Commands:"));
    print_all_commands(session);
    print_text(session, _("help dot (or dot?) explains one.  Tab completes, "
                          "Ctrl-C stops, Ctrl-D leaves."));
}

/* ------------------------------------------------------------------ an op */

static void print_paragraphs(struct session *session, const char *text)
{
    if (!text)
        return;
    session_print(session, "\n");
    print_text(session, text);
}

static void print_op(struct session *session, const struct op *op)
{
    struct strbuf sb = STRBUF_INIT;
    if (op->flags & OP_FUNCTION)
        strbuf_addf(&sb, "%s.", op->module);
    if (op->flags & (OP_FUNCTION | OP_METHOD))
        params_format(&sb, op->name, op->params);
    else
        strbuf_addf(&sb, "x.%s", op->name);
    session_print(session, "%s\n    %s\n", sb.text, _(op->doc));
    strbuf_done(&sb);
    if ((op->flags & OP_METHOD) && (op->flags & OP_FUNCTION))
        session_print(session, _("    also as a method: x.%s\n"), op->name);
    print_paragraphs(session, op->details ? _(op->details) : NULL);
    if (op->example)
        session_print(session, "\n%s\n", op->example);
    if (op->see_also)
        session_print(session, _("\nsee also: %s\n"), op->see_also);
}

static void print_command(struct session *session, const struct command *row)
{
    session_print(session, "%s%s%s\n    %s\n", row->name,
                  row->arguments ? " " : "",
                  row->arguments ? row->arguments : "", _(row->doc));
    print_paragraphs(session, row->details ? _(row->details) : NULL);
    if (row->example)
        session_print(session, _("\nfor example: %s\n"), row->example);
}

/* ---------------------------------------------------------------- a value */

static void print_native(struct session *session, const char *name,
                         const struct native *native)
{
    const struct op *op = op_find(NULL, native->name, ANY_FORM);
    if (op && op == native->data) {
        print_op(session, op);
        return;
    }
    struct strbuf sb = STRBUF_INIT;
    if (native->params)
        params_format(&sb, name, native->params);
    else
        strbuf_addf(&sb, "%s(…)", name);
    session_print(session, "%s\n", sb.text);
    if (native->doc)
        session_print(session, "    %s\n", _(native->doc));
    strbuf_done(&sb);
}

static void print_tensor(struct session *session, const char *name,
                         const struct tensor *tensor)
{
    struct strbuf sb = STRBUF_INIT;
    strbuf_addf(&sb, _("%s: tensor of shape ("), name);
    for (int i = 0; i < tensor->ndim; i++)
        strbuf_addf(&sb, "%s%" PRId64, i ? ", " : "", tensor->shape[i]);
    strbuf_addf(&sb, "%s), %s, ", tensor->ndim == 1 ? "," : "",
                dtype_name(tensor->dtype));
    size_text(tensor->size * (int64_t)dtype_size(tensor->dtype), &sb);
    strbuf_addf(&sb, "\n%*s%s\n", (int)strlen(name) + 2, "",
                tensor->is_view
                    ? _("a view: writing into it changes the tensor it is of")
                    : _("with memory of its own"));
    session_print(session, "%s", sb.text);
    strbuf_done(&sb);
}

static void print_names(struct session *session, const char *name,
                        const struct module *module)
{
    struct strbuf sb = STRBUF_INIT;
    const char *member;
    struct value value;
    size_t column = 0, columns = (size_t)session_columns(session);
    strbuf_addf(&sb, _("%s: the module %s\n"), name, module_name(module));
    for (size_t i = 0; module_next(module, &i, &member, &value);) {
        size_t length = strlen(member);
        if (column > 0 && column + length + 1 >= columns) {
            strbuf_addc(&sb, '\n');
            column = 0;
        }
        strbuf_addf(&sb, "%s%s", column ? " " : "  ", member);
        column += length + (column ? 1 : 2);
    }
    session_print(session, "%s\n", sb.text);
    strbuf_done(&sb);
}

static void print_value(struct session *session, const char *name,
                        struct value value)
{
    if (value.kind == VALUE_NATIVE) {
        print_native(session, name, value.native);
    } else if (value.kind == VALUE_TENSOR) {
        print_tensor(session, name, value.tensor);
    } else if (value.kind == VALUE_MODULE) {
        print_names(session, name, value.module);
    } else {
        struct strbuf sb = STRBUF_INIT;
        value_repr(value, &sb);
        session_print(session, "%s: %s\n  %s\n", name, value_type_name(value),
                      sb.text);
        strbuf_done(&sb);
    }
}

/* ----------------------------------------------------------------- by name */

/* A variable or a built-in; owned. */
static bool find_global(struct interp *interp, const char *name,
                        struct value *ret)
{
    const char *builtin;
    struct value value;
    if (interp_get_global(interp, name, ret))
        return true;
    for (size_t i = 0; interp_next_builtin(interp, &i, &builtin, &value);)
        if (!strcmp(builtin, name)) {
            *ret = value_ref(value);
            return true;
        }
    return false;
}

/* x.sum, np.random.rand: along the dots; owned. */
static bool find_path(struct interp *interp, const char *path,
                      struct value *ret)
{
    char *words = xstrdup(path), *rest = words;
    struct error err = ERROR_INIT;
    struct value value;
    bool good = find_global(interp, strsep(&rest, "."), &value);
    while (good && rest) {
        struct value inner;
        good = interp_get_attribute(interp, value, strsep(&rest, "."), &inner,
                                    &err);
        value_unref(value);
        value = inner;
    }
    error_clear(&err);
    free(words);
    if (good)
        *ret = value;
    return good;
}

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
    const struct op *op;
    const char *known;
    struct value value;
    for (size_t i = 0; interp_next_global(interp, &i, &known, &value);)
        suggestion_consider(&near, known);
    for (int i = 0; (row = command_at(i)); i++)
        suggestion_consider(&near, row->name);
    for (int i = 0; (op = op_at(i)); i++)
        suggestion_consider(&near, op->name);
    for (size_t i = 0; interp_next_builtin(interp, &i, &known, &value);)
        suggestion_consider(&near, known);
    if (near.best)
        error_hint(err, _("did you mean '%s'? help %s"), near.best,
                   near.best);
    else
        error_hint(err, _("help shows what there is"));
}

static bool is_described(struct value value)
{
    return value.kind != VALUE_NATIVE && value.kind != VALUE_METHOD;
}

/* false when nothing has that name. */
static bool explain(struct session *session, const char *name)
{
    struct value value = {.kind = VALUE_UNDEFINED};
    const struct command *row = command_find(name);
    const struct op *op = find_op(name);
    bool found = find_path(session_interp(session), name, &value);
    if (found && (is_described(value) || (!row && !op)))
        print_value(session, name, value);
    else if (row)
        print_command(session, row);
    else if (op)
        print_op(session, op);
    if (found)
        value_unref(value);
    return found || row || op;
}

bool command_help(struct session *session, const char *arguments,
                  struct error *err)
{
    if (!*arguments)
        print_overview(session);
    else if (!strcmp(arguments, "commands"))
        print_all_commands(session);
    else if (!explain(session, arguments)) {
        error_set(err, ERROR_NAME, _("there is no help on '%s'"), arguments);
        suggest(session, arguments, err);
        return false;
    }
    return true;
}
