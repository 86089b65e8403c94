/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Running without a prompt: a file, -e, -i.  All return the exit status. */
#ifndef REPL_RUN_H
#define REPL_RUN_H

#include <stdbool.h>

struct session;

/* As Python runs it: prints only what is printed, ends at the first error.
   "-" is standard input. */
int run_file(struct session *session, const char *path);

/* As if typed: results are shown; ends at the first error. */
int run_texts(struct session *session, char *const *texts, int count);

/* Begins the lesson of that number, name or file; false when it cannot. */
bool run_lesson(struct session *session, const char *lesson);

/* Standard input as if typed at the prompt: an error does not end it. */
int run_typed_input(struct session *session);

/* Plays the lessons in these files (COUNT 0: all there are) as their authors
   do. */
int run_check(struct session *session, char *const *files, int count);

#endif
