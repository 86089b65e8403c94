/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/journal.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "lang/lang.h"

void journal_done(struct journal *journal)
{
    for (size_t i = 0; i < journal->count; i++)
        free(journal->items[i]);
    free(journal->items);
    *journal = (struct journal)JOURNAL_INIT;
}

/* Without blank lines at the end; nothing at all is not remembered. */
void journal_add(struct journal *journal, const char *python)
{
    size_t length = strlen(python);
    while (length > 0 && isspace((unsigned char)python[length - 1]))
        length--;
    if (length > 0)
        VEC_PUSH(journal->items, journal->count, journal->capacity) =
            xstrndup(python, length);
}

void journal_add_comment(struct journal *journal, const char *text)
{
    char *comment = xasprintf("# %s", text);
    journal_add(journal, comment);
    free(comment);
}

/* ---------------------------------------------------------------- imports */

static bool is_name_byte(char c)
{
    return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80;
}

/* Does NAME stand in TEXT as a word that no dot goes before? */
static bool mentions(const char *text, const char *name)
{
    size_t length = strlen(name);
    const char *at = text;
    while ((at = strstr(at, name))) {
        bool starts = at == text || (!is_name_byte(at[-1]) && at[-1] != '.');
        if (starts && !is_name_byte(at[length]))
            return true;
        at += length;
    }
    return false;
}

static bool is_used(const struct journal *journal, const char *name)
{
    for (size_t i = 0; i < journal->count; i++)
        if (journal->items[i][0] != '#' && mentions(journal->items[i], name))
            return true;
    return false;
}

/* What Python has without an import. */
static bool is_python(const char *name)
{
    static const char *const names[] = {
        "abs",    "all",  "any",   "bool",       "dict",  "enumerate",
        "float",  "int",  "len",   "isinstance", "list",  "map",
        "max",    "min",  "print", "range",      "round", "reversed",
        "sorted", "str",  "sum",   "tuple",      "type",  "zip",
        "repr",   "iter", "next",  "getattr",    "set",   "setattr",
        "hasattr", "slice", "filter", "divmod", "pow",   "callable",
        "id", "chr", "ord", "object", "super", "property", "input"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp(names[i], name))
            return true;
    return false;
}

/* Built-in here, in a module there: `from numpy import zeros`. */
static void add_imports(const struct journal *journal, struct interp *interp,
                        struct strbuf *sb)
{
    const char *name;
    struct value value;
    struct strbuf numpy = STRBUF_INIT;
    for (size_t i = 0; interp_next_builtin(interp, &i, &name, &value);) {
        if (!strcmp(name, "np") || is_python(name) || value.kind == VALUE_CLASS ||
            !is_used(journal, name))
            continue;
        if (value.kind == VALUE_MODULE)
            strbuf_addf(sb, "import %s as %s\n", module_name(value.module),
                        name);
        else
            strbuf_addf(&numpy, "%s%s", numpy.length ? ", " : "", name);
    }
    if (numpy.length)
        strbuf_addf(sb, "from numpy import %s\n", numpy.text);
    strbuf_done(&numpy);
}

void journal_format(const struct journal *journal, struct interp *interp,
                    struct strbuf *sb)
{
    strbuf_adds(sb, "import numpy as np\n");
    add_imports(journal, interp, sb);
    strbuf_addc(sb, '\n');
    for (size_t i = 0; i < journal->count; i++)
        strbuf_addf(sb, "%s\n", journal->items[i]);
}
