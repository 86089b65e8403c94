/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A session: the variables, the thread that evaluates, and what it prints.
 *
 * The session thread runs one entry at a time (repl/entry.h).  Main submits
 * it, writes out what it prints while waiting, and touches the interpreter
 * itself only while no entry runs (completion, "is this line complete?").
 */
#ifndef REPL_SESSION_H
#define REPL_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "lang/lang.h"
#include "repl/entry.h"
#include "repl/journal.h"
#include "repl/output.h"
#include "repl/settings.h"

struct session_options {
    bool interactive; /* a prompt on a terminal */
    bool terminal;    /* lines may be redrawn, colours shown */
    bool seeded;
    uint32_t seed;
    enum color_mode color;
};

struct session;
struct lesson_play;

/* Ends the program with one sentence when no thread can be had. */
struct session *session_new(const struct session_options *options);

/* Stops what runs, joins the thread, frees all. */
void session_free(struct session *session);

/* ------------------------------------------------------- main's side */

/* Gives ENTRY to the session thread.  ENTRY must live until the entry is
   done; one at a time. */
void session_submit(struct session *session, const struct entry *entry);

/* Does an entry run?  False once after it ended. */
bool session_is_busy(struct session *session);

/* How the last entry ended, and the status that quit asked for. */
enum entry_status session_status(const struct session *session);
int session_exit_status(const struct session *session);

/* -------------------------------------- the session thread's, or idle */

struct interp *session_interp(struct session *session);
struct output *session_output(struct session *session);
struct settings *session_settings(struct session *session);
struct journal *session_journal(struct session *session);

/* To standard output, in order with what the language prints. */
void session_print(struct session *session, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* From here on what is printed is collected, up to a limit; what was, since
   the last call. */
void session_capture(struct session *session);
const char *session_captured(const struct session *session);
/* Adds TEXT, which is not printed, to what was collected. */
void session_note(struct session *session, const char *text);

/* What runs, or NULL. */
const struct entry *session_entry(const struct session *session);

bool session_is_interactive(const struct session *session);

/* May lines be redrawn in place?  And how wide is the screen (80 where there
   is none)? */
bool session_is_terminal(const struct session *session);
int session_columns(const struct session *session);

/* The seed of --seed; false, *RET untouched, when none was given. */
bool session_seed(const struct session *session, uint32_t *ret);

/* TEXT as it would be understood at the prompt; *RET is owned, NULL when it
   is not good. */
bool session_parse(struct session *session, const char *text,
                   struct program **ret, struct error *err);

/* VALUE passes to the variable. */
void session_set_variable(struct session *session, const char *name,
                          struct value value);

/* Another session's worth of names, for code of its own; end it with
   session_end_interp().  What runs in it prints as this session does. */
struct interp *session_new_interp(struct session *session);
void session_end_interp(struct session *session, struct interp *interp);
/* From here on entries run in INTERP; NULL: in the session's own again. */
void session_use_interp(struct session *session, struct interp *interp);

/* Where what the language prints goes, errors and warnings included, when ON:
   to TEXT, or nowhere (NULL).  Returns where it went, to go there again. */
struct diversion {
    bool on;
    struct strbuf *text;
};
struct diversion session_divert(struct session *session, struct diversion to);

/* The lesson that is played, or NULL: repl/lesson_play.h. */
struct lesson_play *session_lesson(const struct session *session);
void session_set_lesson(struct session *session, struct lesson_play *lesson);

/* Forgets all variables. */
void session_reset(struct session *session);

/* The session ends after this entry. */
void session_quit(struct session *session, int status);
bool session_is_quitting(const struct session *session);

#endif
