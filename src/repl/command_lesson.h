/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands of lessons: which one is played, and where in it the learner is.
   command_lesson.c starts and lists them, command_lesson_step.c is about the
   step at hand. */
#ifndef REPL_COMMAND_LESSON_H
#define REPL_COMMAND_LESSON_H

#include <stdbool.h>

#include "base/error.h"
#include "base/strbuf.h"

struct session;

extern const char command_lesson_details[], command_contents_details[],
    command_goto_details[], command_restart_details[],
    command_forget_details[], command_report_details[], command_next_details[],
    command_back_details[], command_hint_details[], command_solution_details[],
    command_skip_details[], command_play_details[];

typedef bool command_run_function(struct session *session,
                                  const char *arguments, struct error *err);

command_run_function command_lesson, command_contents, command_goto,
    command_restart, command_forget, command_report, command_next,
    command_back, command_hint, command_solution, command_skip, command_play;

/* What words of other meanings do in a lesson: `again`, `quit`, `notes FILE`,
   `reset`.  false, with nothing done, when no lesson is on. */
bool command_lesson_again(struct session *session);
bool command_lesson_quit(struct session *session);
bool command_lesson_reset(struct session *session);
bool command_lesson_notes(struct session *session, struct strbuf *text);

#endif
