/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/journal.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "lang/lang.h"

void journal_done(struct journal *journal)
{
    for (size_t i = 0; i < journal->count; i++) {
        program_free(journal->items[i].program);
        free(journal->items[i].comment);
    }
    free(journal->items);
    *journal = (struct journal)JOURNAL_INIT;
}

void journal_add(struct journal *journal, struct program *program)
{
    VEC_PUSH(journal->items, journal->count, journal->capacity) =
        (struct journal_item){.program = program};
}

void journal_add_comment(struct journal *journal, const char *text)
{
    VEC_PUSH(journal->items, journal->count, journal->capacity) =
        (struct journal_item){.comment = xasprintf("# %s", text)};
}

/* Each entry on lines of its own. */
static void add_entries(const struct journal *journal, bool comments,
                        struct strbuf *sb)
{
    for (size_t i = 0; i < journal->count; i++) {
        const struct journal_item *item = &journal->items[i];
        if (item->program)
            program_to_python(item->program, sb);
        else if (comments)
            strbuf_adds(sb, item->comment);
        while (sb->length && isspace((unsigned char)sb->text[sb->length - 1]))
            strbuf_truncate(sb, sb->length - 1);
        if (sb->length)
            strbuf_addc(sb, '\n');
    }
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

/* Is VALUE what numpy has under NAME?  What else is built in, Python has
   without an import. */
static bool is_numpys(struct interp *interp, const char *name,
                      struct value value)
{
    const char *module_name;
    struct value module, member;
    for (size_t i = 0; interp_next_module(interp, &i, &module_name, &module);) {
        if (strcmp(module_name, "numpy") != 0 ||
            !module_get(module.module, name, &member))
            continue;
        bool same = member.kind == value.kind && member.object == value.object;
        value_unref(member);
        return same;
    }
    return false;
}

/* Built-in here, in a module there: `from numpy import zeros`. */
static void add_imports(const char *text, struct interp *interp,
                        struct strbuf *sb)
{
    const char *name;
    struct value value;
    struct strbuf numpy = STRBUF_INIT;
    for (size_t i = 0; interp_next_builtin(interp, &i, &name, &value);) {
        if (!strcmp(name, "np") || !mentions(text, name))
            continue;
        if (value.kind == VALUE_MODULE &&
            !strcmp(module_name(value.module), name))
            strbuf_addf(sb, "import %s\n", name);
        else if (value.kind == VALUE_MODULE)
            strbuf_addf(sb, "import %s as %s\n", module_name(value.module),
                        name);
        else if (is_numpys(interp, name, value))
            strbuf_addf(&numpy, "%s%s", numpy.length ? ", " : "", name);
    }
    if (numpy.length)
        strbuf_addf(sb, "from numpy import %s\n", numpy.text);
    strbuf_done(&numpy);
}

void journal_format(const struct journal *journal, struct interp *interp,
                    struct strbuf *sb)
{
    struct strbuf code = STRBUF_INIT;
    add_entries(journal, false, &code);
    strbuf_adds(sb, "import numpy as np\n");
    add_imports(code.text, interp, sb);
    strbuf_addc(sb, '\n');
    strbuf_clear(&code);
    add_entries(journal, true, &code);
    strbuf_adds(sb, code.text);
    strbuf_done(&code);
}
