/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Main's two ways to wait: at the prompt, and for an entry to end. */
#ifndef REPL_LOOP_H
#define REPL_LOOP_H

#include <stdbool.h>

#include "repl/entry.h"

struct session;

/* Runs ENTRY, writing out what it prints; Ctrl-C interrupts it. */
enum entry_status loop_run_entry(struct session *session,
                                 const struct entry *entry);

/* Between two entries: windows live while FD is waited for.  Returns whether
   it can be read: a signal, or news, ends the wait, too. */
bool loop_wait_input(int fd);

/* The prompt, until the session ends; returns the exit status. */
int loop_run_prompt(struct session *session);

/* Trainings that are not at their end are paused and kept on disk. */
void loop_leave_trainings(struct session *session);

/* Why loop_run_entry() gave up: standard output is gone, or a signal wants
   the program to end.  -1: it did not; else the exit status. */
int loop_failure(void);

#endif
