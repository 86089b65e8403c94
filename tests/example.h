/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the examples of the operations' rows, and runs their entries. */
#ifndef TESTS_EXAMPLE_H
#define TESTS_EXAMPLE_H

#include <string.h>

#include "base/strbuf.h"
#include "lang/lang.h"

static void collect(void *context, const char *text, size_t length)
{
    strbuf_add(context, text, length);
}

/* Runs one entry; what it printed, or its error, goes to OUTPUT.  Returns the
   error's kind, or ERROR_NONE. */
static enum error_kind run_entry(struct interp *interp, const char *text,
                                 struct strbuf *output)
{
    struct error err = ERROR_INIT;
    struct program *program = NULL;
    struct source *source = source_new("<example>", text, strlen(text));

    strbuf_clear(output);
    interp_set_output(interp, collect, output);
    if (program_parse(source, (struct parse_options){false, false}, &program,
                      &err) != PARSE_OK ||
        !program_run(interp, program, true, &err))
        strbuf_addf(output, "%s: %s\n", error_kind_name(err.kind),
                    err.message ? err.message : "");
    enum error_kind kind = err.kind;
    program_free(program);
    source_unref(source);
    error_clear(&err);
    return kind;
}

static const char *line_end(const char *line)
{
    const char *end = strchr(line, '\n');
    return end ? end + 1 : line + strlen(line);
}

static bool is_prompt(const char *line)
{
    return !strncmp(line, ">>> ", 4);
}

static bool is_continuation(const char *line)
{
    return !strncmp(line, "... ", 4) || !strncmp(line, "...\n", 4);
}

/* Takes the entry at *CURSOR and what it shall print. */
static void next_entry(const char **cursor, struct strbuf *entry,
                       struct strbuf *expected)
{
    const char *line = *cursor;

    strbuf_clear(entry);
    strbuf_clear(expected);
    do {
        const char *end = line_end(line);
        size_t skip = line[3] == ' ' ? 4 : 3;
        strbuf_add(entry, line + skip, (size_t)(end - line) - skip);
        line = end;
    } while (is_continuation(line));
    while (*line && !is_prompt(line)) {
        const char *end = line_end(line);
        if (!strncmp(line, "<BLANKLINE>", 11))
            strbuf_addc(expected, '\n');
        else
            strbuf_add(expected, line, (size_t)(end - line));
        line = end;
    }
    if (expected->length && expected->text[expected->length - 1] != '\n')
        strbuf_addc(expected, '\n');
    *cursor = line;
}

#endif
