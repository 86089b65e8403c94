/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/journal.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "lang/lang.h"
#include "repl/reopen.h"

static void item_done(struct journal_item *item)
{
    program_free(item->program);
    free(item->input);
    free(item->output);
}

void journal_done(struct journal *journal)
{
    for (size_t i = 0; i < journal->count; i++)
        item_done(&journal->items[i]);
    free(journal->items);
    program_free(journal->loaded);
    *journal = (struct journal)JOURNAL_INIT;
}

/* What the screen shows of TEXT at the end: without escape codes, and of each
   line what stands after the last return. */
static char *plain_text(const char *text)
{
    struct strbuf sb = STRBUF_INIT;
    size_t line = 0;
    for (; *text; text++) {
        if (*text == '\033' && text[1] == '[') {
            text += 2;
            text += strcspn(text, "ABCDEFGHJKSTfhlmn");
            if (!*text)
                break;
        } else if (*text == '\r' && text[1] != '\n') {
            strbuf_truncate(&sb, line);
        } else if (*text != '\r') {
            strbuf_addc(&sb, *text);
            if (*text == '\n')
                line = sb.length;
        }
    }
    return strbuf_steal(&sb);
}

/* The last entry is a definition that INPUT defines anew, with more. */
static void forget_begun(struct journal *journal, const char *input,
                         size_t length)
{
    if (journal->count == 0)
        return;
    struct journal_item *last = &journal->items[journal->count - 1];
    size_t begun = strlen(last->input);
    if (!reopen_is_definition(last->input) || begun >= length ||
        memcmp(input, last->input, begun) != 0 || input[begun] != '\n')
        return;
    item_done(last);
    journal->count--;
}

void journal_add(struct journal *journal, struct program *program,
                 const char *input, size_t length, const char *output)
{
    while (length > 0 && isspace((unsigned char)input[length - 1]))
        length--;
    struct program *loaded = journal->loaded;
    journal->loaded = NULL;
    forget_begun(journal, input, length);
    if (program && loaded) { /* of a command that failed */
        program_free(loaded);
        loaded = NULL;
    }
    VEC_PUSH(journal->items, journal->count, journal->capacity) =
        (struct journal_item){.program = program ? program : loaded,
                              .loaded = loaded != NULL,
                              .input = xstrndup(input, length),
                              .output = output ? plain_text(output) : NULL};
}

void journal_add_loaded(struct journal *journal, struct program *program)
{
    program_free(journal->loaded);
    journal->loaded = program;
}

size_t journal_count(const struct journal *journal)
{
    size_t count = 0;
    for (size_t i = 0; i < journal->count; i++)
        count += journal->items[i].output != NULL;
    return count;
}

/* The entry as Python; its value goes to the variable _ when KEEP_LAST. */
static void add_program(const struct program *program, bool keep_last,
                        struct strbuf *sb)
{
    struct strbuf code = STRBUF_INIT;
    const char *text;
    program_to_python(program, &code);
    text = code.text;
    if (keep_last && program_is_expression(program)) {
        while (*text == '#' || *text == '\n') {
            size_t length = strcspn(text, "\n");
            length += text[length] == '\n';
            strbuf_add(sb, text, length);
            text += length;
        }
        strbuf_adds(sb, "_ = ");
    }
    strbuf_adds(sb, text);
    strbuf_done(&code);
}

/* Each entry on lines of its own.  KEEP_LAST: values go to the variable _, as
   they do at the prompt. */
static void add_entries(const struct journal *journal, bool comments,
                        bool keep_last, struct strbuf *sb)
{
    for (size_t i = 0; i < journal->count; i++) {
        const struct journal_item *item = &journal->items[i];
        if (item->loaded && comments)
            strbuf_addf(sb, "# %s\n", item->input);
        if (item->program)
            add_program(item->program, keep_last && !item->loaded, sb);
        else if (comments)
            strbuf_addf(sb, "# %s", item->input);
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
    add_entries(journal, false, false, &code);
    bool keep_last = mentions(code.text, "_");
    strbuf_adds(sb, "import numpy as np\n");
    add_imports(code.text, interp, sb);
    strbuf_addc(sb, '\n');
    strbuf_clear(&code);
    add_entries(journal, true, keep_last, &code);
    strbuf_adds(sb, code.text);
    strbuf_done(&code);
}

/* ------------------------------------------------------------------- notes */

/* Is every line a comment or empty? */
static bool is_prose(const char *text)
{
    bool any = false;
    while (*text) {
        size_t blanks = strspn(text, " \t");
        if (text[blanks] == '#')
            any = true;
        else if (text[blanks] && text[blanks] != '\n')
            return false;
        text += strcspn(text, "\n");
        text += *text == '\n';
    }
    return any;
}

static void add_prose(struct strbuf *sb, const char *text)
{
    while (*text) {
        size_t blanks = strspn(text, " \t");
        blanks += strspn(text + blanks, "#");
        blanks += strspn(text + blanks, " \t");
        size_t length = strcspn(text, "\n");
        strbuf_add(sb, text + blanks, length - blanks);
        strbuf_addc(sb, '\n');
        text += length;
        text += *text == '\n';
    }
}

/* One backtick more than TEXT has in a row, three at least. */
static size_t fence_length(const char *text, size_t length)
{
    size_t run = 0;
    for (; *text; text++) {
        run = *text == '`' ? run + 1 : 0;
        if (run >= length)
            length = run + 1;
    }
    return length;
}

static void add_input(struct strbuf *sb, const char *text)
{
    const char *prompt = "tensor> ";
    while (*text) {
        size_t length = strcspn(text, "\n");
        strbuf_adds(sb, prompt);
        strbuf_add(sb, text, length);
        strbuf_addc(sb, '\n');
        prompt = "  ....> ";
        text += length;
        text += *text == '\n';
    }
}

static void add_exchange(struct strbuf *sb, const struct journal_item *item)
{
    add_input(sb, item->input);
    strbuf_adds(sb, item->output);
    if (sb->text[sb->length - 1] != '\n')
        strbuf_addc(sb, '\n');
}

static void end_block(struct strbuf *sb, size_t fence, bool *open)
{
    if (*open) {
        strbuf_repeat(sb, '`', fence);
        strbuf_adds(sb, "\n");
    }
    *open = false;
}

void journal_format_notes(const struct journal *journal, struct strbuf *sb)
{
    size_t fence = 3;
    bool open = false;
    for (size_t i = 0; i < journal->count; i++)
        if (journal->items[i].output) {
            fence = fence_length(journal->items[i].input, fence);
            fence = fence_length(journal->items[i].output, fence);
        }
    for (size_t i = 0; i < journal->count; i++) {
        const struct journal_item *item = &journal->items[i];
        if (!item->output)
            continue;
        bool prose = is_prose(item->input);
        if (prose)
            end_block(sb, fence, &open);
        if (prose || !open) {
            if (sb->length)
                strbuf_addc(sb, '\n');
        }
        if (prose) {
            add_prose(sb, item->input);
            continue;
        }
        if (!open) {
            strbuf_repeat(sb, '`', fence);
            strbuf_adds(sb, "text\n");
        }
        open = true;
        add_exchange(sb, item);
    }
    end_block(sb, fence, &open);
}
