/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Commands: words at the start of a line, `train mnist`.  One row each; help,
 * completion, did-you-mean and the man page read the table.
 */
#ifndef REPL_COMMAND_H
#define REPL_COMMAND_H

#include <stdbool.h>

#include "base/error.h"
#include "base/strbuf.h"

struct interp;
struct session;

enum command_group {
    COMMAND_WORK,
    COMMAND_GRADIENTS,
    COMMAND_LESSONS,
    COMMAND_LOOK,
    COMMAND_KEEP,
    COMMAND_GROUPS
};

/* What its arguments are, for completion. */
enum command_takes {
    COMMAND_TAKES_NOTHING,
    COMMAND_TAKES_CODE,
    COMMAND_TAKES_FILE,
    COMMAND_TAKES_TOPIC, /* what there is help on */
    COMMAND_TAKES_SETTINGS,
    COMMAND_TAKES_TRAINING,
    COMMAND_TAKES_WINDOW
};

struct command {
    const char *name;
    const char *arguments; /* as help shows them: "[name]", or NULL */
    const char *doc;       /* one line; translated where it is shown */
    const char *details;   /* paragraphs, or NULL */
    const char *example;   /* a line to type, or several; or NULL */
    enum command_group group;
    enum command_takes takes;
    bool callable; /* quit() means quit */
    bool unnoted;  /* `notes` leaves it out */
    bool in_lesson; /* it is a command only while a lesson is played */
    bool (*run)(struct session *session, const char *arguments,
                struct error *err);
};

const struct command *command_find(const char *name);

/* Can it be given now?  Some are words of lessons. */
bool command_is_open(const struct command *command);

/* Every row in order; NULL at the end. */
const struct command *command_at(int index);

/*
 * Is LINE a command?  Its first word is a command's name, no variable has
 * that name, and the rest does not look like an assignment or an operator.
 * `%train` always is one; `x?` and `?x` are help.  *ARGUMENTS gets the rest,
 * without blanks around it.
 */
const struct command *command_match(struct session *session, const char *line,
                                    struct strbuf *arguments);

/* The command that NAME may be a misspelling of, or NULL. */
const struct command *command_suggest(const char *name);

/* interp_hooks.name_hint: a command that is nearer to the unknown NAME than
   any other name. */
void command_name_hint(struct interp *interp, const char *name,
                       struct error *err);

/* The next word of *REST, cut out of it; NULL at the end.  Quotes around a
   word may hold blanks. */
char *command_word(char **rest);

#endif
