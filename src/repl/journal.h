/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines that worked, as Python: what `save` writes. */
#ifndef REPL_JOURNAL_H
#define REPL_JOURNAL_H

#include <stddef.h>

#include "base/strbuf.h"

struct interp;
struct program;

struct journal_item {
    struct program *program; /* which list displays are tensors is known only
                                after they ran: it is asked at the end */
    char *comment;           /* when there is no program */
};

struct journal {
    struct journal_item *items;
    size_t count, capacity;
};

#define JOURNAL_INIT { NULL, 0, 0 }

void journal_done(struct journal *journal);
void journal_add(struct journal *journal, struct program *program); /* taken */
void journal_add_comment(struct journal *journal, const char *text);

/* A program: the imports it needs (what INTERP has ready, Python has not),
   then the entries. */
void journal_format(const struct journal *journal, struct interp *interp,
                    struct strbuf *sb);

#endif
