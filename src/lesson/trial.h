/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Code that is run to learn what it gives: nothing of it is seen. */
#ifndef LESSON_TRIAL_H
#define LESSON_TRIAL_H

#include "base/strbuf.h"
#include "lang/lang.h"
#include "lesson/lesson.h"

/* What a lesson borrows from who plays it. */
struct host {
    /* With all names; it belongs to the lesson, which ends it. */
    struct interp *(*new_interp)(void *context);
    void (*end_interp)(void *context, struct interp *interp);
    /* What is printed goes to TO, which may be NULL: nowhere; until release */
    void (*divert)(void *context, struct strbuf *to);
    void (*release)(void *context);
    /* Runs a command, `train mnist`, in INTERP. */
    bool (*command)(void *context, struct interp *interp, const char *line,
                    struct error *err);
    /* Is LINE a command? */
    bool (*is_command)(void *context, const char *line);
    void *context;
};

/* What came of it. */
struct trial {
    bool good;
    bool over; /* it ran into a limit */
    enum error_kind error;
    char *message;      /* of the error */
    struct value value; /* of the last line when that is an expression, else
                           VALUE_UNDEFINED */
};

/* Runs TEXT in INTERP as typed; what it changes stays changed.  FOLDER: whose
   files it may read. */
void trial_run(const struct host *host, struct interp *interp,
               const char *folder, const char *text, struct trial *ret);

/* Calls FUNCTION with ARGUMENTS as they stand in the source, "1, x". */
void trial_call(const struct host *host, struct interp *interp,
                const char *folder, struct value function,
                struct value arguments, struct trial *ret);

void trial_done(struct trial *trial);

/* "NameError: name 'y' is not defined" */
void trial_describe(const struct trial *trial, struct strbuf *sb);

/* As typed, with the shorthand; NULL with an error. */
struct program *trial_parse(const char *text, struct error *err);

#endif
