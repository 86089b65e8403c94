/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines that worked and what they printed: what `save` writes as Python,
   and `notes` as Markdown. */
#ifndef REPL_JOURNAL_H
#define REPL_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strbuf.h"

struct interp;
struct program;

struct journal_item {
    struct program *program; /* which list displays are tensors is known only
                                after they ran: it is asked at the end */
    bool loaded;             /* the program is a file's, the input a command */
    char *input;             /* as typed; a command when there is no program */
    char *output;            /* NULL: not for the notes */
};

struct journal {
    struct journal_item *items;
    size_t count, capacity;
    struct program *loaded; /* what the command that runs has loaded */
};

#define JOURNAL_INIT { NULL, 0, 0, NULL }

void journal_done(struct journal *journal);
/* PROGRAM (NULL: a command) passes to the journal.  OUTPUT may hold escape
   codes and redrawn lines: the notes get what was left on the screen. */
void journal_add(struct journal *journal, struct program *program,
                 const char *input, size_t length, const char *output);

/* PROGRAM (which passes) is what the running command, `load FILE`, has done:
   the next journal_add() takes it. */
void journal_add_loaded(struct journal *journal, struct program *program);

/* Entries that the notes show. */
size_t journal_count(const struct journal *journal);

/* A program: the imports it needs (what INTERP has ready, Python has not),
   then the entries. */
void journal_format(const struct journal *journal, struct interp *interp,
                    struct strbuf *sb);

/* Markdown: inputs after prompts, with their outputs, in fenced blocks; an
   entry that is only a comment is text between them. */
void journal_format_notes(const struct journal *journal, struct strbuf *sb);

#endif
