/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/help_page.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "bind/native_examples.h"
#include "lang/describe.h"
#include "lang/object.h"
#include "ops/registry.h"
#include "repl/command.h"
#include "repl/help_topic.h"
#include "repl/lookup.h"
#include "repl/session.h"
#include "repl/size_text.h"
#include "repl/text_layout.h"

/* ------------------------------------------------------------------ layout */

enum { DOC_INDENT = 4 };

/* Columns that text may take. */
static size_t text_columns(struct session *session)
{
    enum { WIDEST = 79 };
    size_t columns = (size_t)session_columns(session) - 1;
    return columns < WIDEST ? columns : WIDEST;
}

void help_text(struct session *session, const char *text, size_t indent)
{
    struct strbuf sb = STRBUF_INIT;
    strbuf_repeat(&sb, ' ', indent);
    text_wrap(&sb, text, indent, text_columns(session));
    session_print(session, "%s\n", sb.text);
    strbuf_done(&sb);
}

void help_row(struct session *session, const char *name, const char *text)
{
    enum { TEXT_COLUMN = 21 };
    struct strbuf sb = STRBUF_INIT;
    size_t columns = text_columns(session);
    size_t column = columns < 60 ? columns / 3 : TEXT_COLUMN;
    strbuf_addf(&sb, "  %s", name);
    size_t width = utf8_columns(sb.text, sb.length);
    if (*text && width + 1 > column) {
        strbuf_addc(&sb, '\n');
        width = 0;
    }
    strbuf_repeat(&sb, ' ', *text ? column - width : 0);
    text_wrap(&sb, text, column, columns);
    session_print(session, "%s\n", sb.text);
    strbuf_done(&sb);
}

/* Details and example, each after an empty line. */
static void print_rest(struct session *session, const char *details,
                       const char *example)
{
    if (details) {
        session_print(session, "\n");
        help_text(session, _(details), 0);
    }
    if (example)
        session_print(session, "\n%s\n", example);
}

static void print_heading(struct session *session, const char *heading,
                          const char *doc)
{
    help_text(session, heading, 0);
    if (doc)
        help_text(session, doc, DOC_INDENT);
}

/* --------------------------------------------------- rows of the tables */

void help_op(struct session *session, const struct op *op)
{
    struct strbuf sb = STRBUF_INIT;
    if (op->flags & OP_FUNCTION)
        strbuf_addf(&sb, "%s.", op->module);
    else
        strbuf_adds(&sb, "x.");
    if (op->flags & (OP_FUNCTION | OP_METHOD))
        params_format(&sb, op->name, op->params + !(op->flags & OP_FUNCTION));
    else
        strbuf_adds(&sb, op->name);
    print_heading(session, sb.text, _(op->doc));
    if ((op->flags & OP_METHOD) && (op->flags & OP_FUNCTION)) {
        strbuf_clear(&sb);
        strbuf_addf(&sb, _("also as a method: x.%s"), op->name);
        help_text(session, sb.text, DOC_INDENT);
    }
    print_rest(session, op->details, op->example);
    if (op->see_also) {
        strbuf_clear(&sb);
        strbuf_addf(&sb, _("see also: %s"), op->see_also);
        session_print(session, "\n");
        help_text(session, sb.text, 0);
    }
    strbuf_done(&sb);
}

void help_command(struct session *session, const struct command *row)
{
    char *heading = row->arguments
                        ? xasprintf("%s %s", row->name, row->arguments)
                        : xstrdup(row->name);
    print_heading(session, heading, _(row->doc));
    print_rest(session, row->details, NULL);
    if (row->example)
        session_print(session,
                      strchr(row->example, '\n') ? _("\nfor example:\n%s\n")
                                                 : _("\nfor example: %s\n"),
                      row->example);
    free(heading);
}

void help_topic(struct session *session, const struct help_topic *topic)
{
    print_heading(session, topic->name, _(topic->doc));
    print_rest(session, topic->details, topic->example);
}

/* --------------------------------------------------------------- functions */

static void print_native(struct session *session, const char *name,
                         const struct native *native, struct value value)
{
    enum { ANY_FORM = OP_FUNCTION | OP_METHOD | OP_PROPERTY };
    const struct op *op = op_find(NULL, native->name, ANY_FORM);
    if (op && op == native->data) {
        help_op(session, op);
        return;
    }
    struct strbuf sb = STRBUF_INIT;
    if (!lookup_signature(value, name, &sb))
        strbuf_addf(&sb, "%s(…)", name);
    print_heading(session, sb.text, native->doc ? _(native->doc) : NULL);
    print_rest(session, NULL, native_example(name, native->name));
    strbuf_done(&sb);
}

/* The docstring without the indentation of the code around it. */
static void print_docstring(struct session *session, const char *doc)
{
    struct strbuf sb = STRBUF_INIT;
    while (*doc) {
        size_t length = strcspn(doc, "\n");
        const char *end = doc + length;
        doc += strspn(doc, " \t");
        strbuf_add(&sb, doc, doc < end ? (size_t)(end - doc) : 0);
        doc = end;
        if (*doc) {
            strbuf_addc(&sb, '\n');
            doc++;
        }
    }
    while (sb.length && strchr(" \n", sb.text[sb.length - 1]))
        strbuf_truncate(&sb, sb.length - 1);
    help_text(session, sb.text, DOC_INDENT);
    strbuf_done(&sb);
}

/* What TensorFlow's and Keras's functions are called in NumPy, where the names
   differ by more than "reduce_". */
static const char *const twins[][2] = {
    {"acos", "arccos"},        {"asin", "arcsin"},  {"atan", "arctan"},
    {"atan2", "arctan2"},      {"cast", "astype"},  {"clip_by_value", "clip"},
    {"concat", "concatenate"}, {"fill", "full"},    {"gather", "take"},
    {"identity", "copy"},      {"pow", "power"},    {"range", "arange"},
    {"rank", "ndim"},          {"reverse", "flip"}, {"truediv", "divide"},
    {"unstack", "split"},
};

static const struct op *numpy_twin(const char *module, const char *name)
{
    if (strncmp(module, "tensorflow", 10) != 0 &&
        strncmp(module, "keras", 5) != 0)
        return NULL;
    const char *dot = strrchr(name, '.');
    name = dot ? dot + 1 : name;
    if (!strncmp(name, "reduce_", 7))
        name += 7;
    for (size_t i = 0; i < sizeof twins / sizeof *twins; i++)
        if (!strcmp(twins[i][0], name))
            name = twins[i][1];
    return op_find(NULL, name, OP_FUNCTION | OP_METHOD | OP_PROPERTY);
}

/* The text of the operation that FUNCTION is for tensors. */
static bool print_twin(struct session *session, const char *name,
                       const struct function *function)
{
    const char *module = function_module(function);
    const struct op *op = module ? numpy_twin(module, name) : NULL;
    if (!op)
        return false;
    help_text(session, _(op->doc), DOC_INDENT);
    if (strcmp(op->module, "np") != 0)
        return true;
    struct strbuf sb = STRBUF_INIT;
    strbuf_addf(&sb, _("what np.%s is for arrays"), op->name);
    help_text(session, sb.text, DOC_INDENT);
    strbuf_done(&sb);
    return true;
}

/* Of a function without a text of its own: whose it is.  Library modules may
   have inner ones, after "._". */
static void print_owner(struct session *session,
                        const struct function *function)
{
    const char *module = function_module(function);
    if (!module) {
        help_text(session,
                  _("a function of yours; a text in the first line "
                    "of its body would be shown here"),
                  DOC_INDENT);
        return;
    }
    struct strbuf sb = STRBUF_INIT;
    const char *inner = strstr(module, "._");
    int length = inner ? (int)(inner - module) : (int)strlen(module);
    strbuf_addf(&sb, _("a function of the module %.*s"), length, module);
    help_text(session, sb.text, DOC_INDENT);
    strbuf_done(&sb);
}

static void print_function(struct session *session, const char *name,
                           struct value value)
{
    struct strbuf sb = STRBUF_INIT;
    int skip;
    const struct function *function = lookup_function(value, &skip);
    lookup_signature(value, name, &sb);
    help_text(session, sb.text, 0);
    if (function_doc(function))
        print_docstring(session, function_doc(function));
    else if (!print_twin(session, name, function))
        print_owner(session, function);
    strbuf_done(&sb);
}

/* ----------------------------------------------------- classes and modules */

static void print_methods(struct session *session, const struct class *class)
{
    const char *name;
    struct value value;
    for (size_t i = 0; namespace_next(&class->names, &i, &name, &value);) {
        if (value.kind != VALUE_FUNCTION || name[0] == '_')
            continue;
        struct strbuf sb = STRBUF_INIT;
        const char *doc = function_doc(value.function);
        function_signature(value.function, name, 1, &sb);
        help_row(session, sb.text, doc ? doc : "");
        strbuf_done(&sb);
    }
}

static void print_class(struct session *session, const char *name,
                        struct value value)
{
    const struct class *class = value.class;
    struct strbuf sb = STRBUF_INIT;
    if (!lookup_signature(value, name, &sb))
        strbuf_addf(&sb, "%s()", name);
    help_text(session, sb.text, 0);
    if (class->doc)
        print_docstring(session, class->doc);
    strbuf_clear(&sb);
    const struct class *base = class_base(class);
    if (base && strcmp(base->name, "object") != 0) {
        strbuf_addf(&sb, _("a class that builds on %s"), base->name);
        help_text(session, sb.text, DOC_INDENT);
    }
    print_methods(session, class);
    strbuf_done(&sb);
}

/* What a module learns only when it is asked for. */
static void add_late_names(struct session *session, struct value module,
                           struct strbuf *sb)
{
    char **names = interp_attributes(session_interp(session), module);
    for (char **name = names; *name; name++) {
        if ((*name)[0] != '_')
            strbuf_addf(sb, "%s%s", sb->length ? " " : "", *name);
        free(*name);
    }
    free(names);
}

static void print_module(struct session *session, const char *name,
                         struct value module)
{
    struct strbuf sb = STRBUF_INIT;
    const char *member;
    struct value value;
    session_print(session, _("%s: the module %s\n"), name,
                  module_name(module.module));
    for (size_t i = 0; module_next(module.module, &i, &member, &value);)
        if (member[0] != '_')
            strbuf_addf(&sb, "%s%s", sb.length ? " " : "", member);
    if (sb.length == 0)
        add_late_names(session, module, &sb);
    help_text(session, sb.text, 2);
    strbuf_done(&sb);
    session_print(session, _("help %s.NAME explains one of them\n"), name);
}

static void print_instance(struct session *session, const char *name,
                           struct value value)
{
    const struct instance *instance = value.instance;
    const char *member;
    struct value held;
    session_print(session, _("%s: an object of the class %s\n"), name,
                  instance->class->name);
    if (instance->class->doc)
        print_docstring(session, instance->class->doc);
    for (size_t i = 0; namespace_next(&instance->names, &i, &member, &held);) {
        struct strbuf sb = STRBUF_INIT;
        text_preview(&sb, held, text_columns(session) - 22);
        help_row(session, member, sb.text);
        strbuf_done(&sb);
    }
    print_methods(session, instance->class);
}

static void print_opaque(struct session *session, const char *name,
                         struct value value)
{
    struct strbuf sb = STRBUF_INIT;
    session_print(session, "%s: %s\n", name, value_type_name(value));
    for (const char *const *item = value.opaque->type->attributes;
         item && *item; item++)
        strbuf_addf(&sb, "%s%s", sb.length ? " " : "", *item);
    if (sb.length) {
        help_text(session, sb.text, 2);
        session_print(session, _("help %s.NAME explains one of them\n"), name);
    }
    strbuf_done(&sb);
}

/* ----------------------------------------------------------------- tensors */

/* Variables that share TENSOR's memory: the one whose memory it is, or the
   views of it. */
static void add_sharing(struct session *session, const struct tensor *tensor,
                        bool owners, struct strbuf *sb)
{
    const char *name;
    struct value value;
    for (size_t i = 0;
         interp_next_global(session_interp(session), &i, &name, &value);) {
        if (value.kind == VALUE_TENSOR && value.tensor != tensor &&
            strcmp(name, "_") != 0 &&
            value.tensor->storage == tensor->storage &&
            (value.tensor->base != NULL) != owners)
            strbuf_addf(sb, "%s%s", sb->length ? ", " : "", name);
    }
}

static void print_memory(struct session *session, size_t indent,
                         const struct tensor *tensor)
{
    struct strbuf sharing = STRBUF_INIT, sb = STRBUF_INIT;
    add_sharing(session, tensor, tensor->base, &sharing);
    if (tensor->base && sharing.length)
        strbuf_addf(&sb,
                    tensor->readonly
                        ? _("a view of %s that cannot be written to")
                        : _("a view of %s: writing into it changes that"),
                    sharing.text);
    else if (tensor->base)
        strbuf_adds(&sb, _("a view: writing into it changes the tensor it is "
                           "of"));
    else if (sharing.length)
        strbuf_addf(&sb, _("with memory of its own; views of it: %s"),
                    sharing.text);
    else
        strbuf_adds(&sb, _("with memory of its own"));
    help_text(session, sb.text, indent);
    strbuf_done(&sharing);
    strbuf_done(&sb);
}

static void print_tensor(struct session *session, const char *name,
                         const struct tensor *tensor)
{
    struct strbuf shape = STRBUF_INIT, size = STRBUF_INIT;
    shape_format(&shape, tensor->ndim, tensor->shape);
    size_text(tensor->size * (int64_t)dtype_size(tensor->dtype), &size);
    char *line = xasprintf(_("%s: tensor of shape %s, %s, %s"), name,
                           shape.text, dtype_name(tensor->dtype), size.text);
    help_text(session, line, 0);
    print_memory(session, utf8_columns(name, strlen(name)) + 2, tensor);
    free(line);
    strbuf_done(&shape);
    strbuf_done(&size);
}

/* ------------------------------------------------------------------ values */

static void print_plain(struct session *session, const char *name,
                        struct value value)
{
    struct strbuf sb = STRBUF_INIT;
    value_repr(value, &sb);
    session_print(session, "%s: %s\n  %s\n", name, value_type_name(value),
                  sb.text);
    strbuf_done(&sb);
}

void help_value(struct session *session, const char *name, struct value value)
{
    struct value function =
        value.kind == VALUE_METHOD ? value.method->function : value;
    if (function.kind == VALUE_NATIVE)
        print_native(session, name, function.native, value);
    else if (function.kind == VALUE_FUNCTION)
        print_function(session, name, value);
    else if (value.kind == VALUE_TENSOR)
        print_tensor(session, name, value.tensor);
    else if (value.kind == VALUE_MODULE)
        print_module(session, name, value);
    else if (value.kind == VALUE_CLASS)
        print_class(session, name, value);
    else if (value.kind == VALUE_INSTANCE)
        print_instance(session, name, value);
    else if (value.kind == VALUE_OPAQUE)
        print_opaque(session, name, value);
    else
        print_plain(session, name, value);
}
