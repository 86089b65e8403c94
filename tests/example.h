/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the examples of the operations' rows, and runs their entries. */
#ifndef TESTS_EXAMPLE_H
#define TESTS_EXAMPLE_H

#include <string.h>

#include "run_entry.h"

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
