/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes on with a descent: step, run, rate, momentum. */
#ifndef REPL_COMMAND_STEP_H
#define REPL_COMMAND_STEP_H

#include <stdbool.h>

#include "base/error.h"

struct session;

/* Handlers of the command table. */
bool command_step(struct session *session, const char *arguments,
                  struct error *err);
bool command_run(struct session *session, const char *arguments,
                 struct error *err);
bool command_rate(struct session *session, const char *arguments,
                  struct error *err);
bool command_momentum(struct session *session, const char *arguments,
                      struct error *err);

extern const char command_step_details[], command_run_details[],
    command_rate_details[], command_momentum_details[];

#endif
