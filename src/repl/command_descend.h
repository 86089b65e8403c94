/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `descend f x0`, and what goes on with it: step, run, rate, momentum. */
#ifndef REPL_COMMAND_DESCEND_H
#define REPL_COMMAND_DESCEND_H

#include "base/error.h"

struct session;

/* Handlers of the command table. */
bool command_descend(struct session *session, const char *arguments,
                     struct error *err);
bool command_step(struct session *session, const char *arguments,
                  struct error *err);
bool command_run(struct session *session, const char *arguments,
                 struct error *err);
bool command_rate(struct session *session, const char *arguments,
                  struct error *err);
bool command_momentum(struct session *session, const char *arguments,
                      struct error *err);

extern const char command_descend_details[];
extern const char command_step_details[];
extern const char command_run_details[];
extern const char command_rate_details[];
extern const char command_momentum_details[];

/* Drops the descent: when the session ends or forgets everything. */
void command_descend_forget(void);

#endif
