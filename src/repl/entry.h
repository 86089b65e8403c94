/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One entry: what is typed up to the Enter that completes it, or a program.
 * It may hold several lines, statements and commands among them.
 */
#ifndef REPL_ENTRY_H
#define REPL_ENTRY_H

#include <stdbool.h>
#include <stddef.h>

struct session;

struct entry {
    const char *text;
    size_t length;
    const char *name; /* "<input>", or the file's */
    bool typed;       /* as typed: shorthand, commands, results are shown */
    bool last;        /* a program's file: what waits at its end is ended */
    /* Instead of TEXT: something to do on the session thread; false: it
       failed. */
    bool (*work)(struct session *session, void *context);
    void *context;
    int indent;       /* columns before the text on the screen, when errors
                         can point into it there; else 0 */
};

enum entry_status {
    ENTRY_DONE,
    ENTRY_FAILED,
    ENTRY_INTERRUPTED, /* by Ctrl-C */
    ENTRY_QUIT
};

/* On the session thread.  Prints results and errors. */
enum entry_status entry_run(struct session *session,
                            const struct entry *entry);

/* Does TEXT want more lines?  Each line ends with a newline. */
bool entry_is_incomplete(struct session *session, const char *text,
                         size_t length);

/* Does TEXT, which is several lines at once, make a whole? */
bool entry_is_whole(struct session *session, const char *text, size_t length);

#endif
