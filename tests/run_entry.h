/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs text as typed, and keeps what it prints. */
#ifndef TESTS_RUN_ENTRY_H
#define TESTS_RUN_ENTRY_H

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

#endif
