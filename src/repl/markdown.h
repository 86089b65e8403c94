/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CommonMark as a terminal shows it. */
#ifndef REPL_MARKDOWN_H
#define REPL_MARKDOWN_H

#include <stdbool.h>

#include "base/strbuf.h"

struct markdown_look {
    size_t indent;  /* columns left of everything */
    size_t columns; /* that no line is over, code but for */
    bool colored;
};

/* Adds TEXT, laid out, with a newline at its end.  Control characters are left
   out, so that nothing but text is drawn.  Code keeps its backticks, and
   emphasis its asterisks where there is no colour. */
void markdown_render(const char *text, const struct markdown_look *look,
                     struct strbuf *sb);

/* Adds lines of code, each INDENT columns to the right, without control
   characters; what is wider than COLUMNS goes on in the next line. */
void markdown_code(const char *code, size_t indent, size_t columns,
                   struct strbuf *sb);

#endif
