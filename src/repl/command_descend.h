/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `descend f x0`, `compare`: what begins a descent.  What goes on with it is
   in repl/command_step.h. */
#ifndef REPL_COMMAND_DESCEND_H
#define REPL_COMMAND_DESCEND_H

#include "repl/descents.h"

struct session;

/* Handlers of the command table. */
bool command_descend(struct session *session, const char *arguments,
                     struct error *err);
bool command_compare(struct session *session, const char *arguments,
                     struct error *err);

extern const char command_descend_details[], command_compare_details[];

/* The descents that have begun; NULL with a ValueError when there are none. */
struct descents *command_descend_held(struct error *err);

/* Sets the variable path to where they have been. */
bool command_descend_set_path(struct session *session, struct error *err);

/* `show descent`. */
bool command_descend_show(struct session *session, struct error *err);

/* Drops the descents: when the session ends or forgets everything. */
void command_descend_forget(void);

#endif
