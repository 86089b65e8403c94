/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Handlers of the commands about the session itself. */
#ifndef REPL_COMMAND_SESSION_H
#define REPL_COMMAND_SESSION_H

#include <stdbool.h>

#include "base/error.h"

struct session;

extern const char command_time_details[], command_who_details[],
    command_set_details[], command_clear_details[], command_reset_details[],
    command_quit_details[];

bool command_time(struct session *session, const char *arguments,
                  struct error *err);
bool command_who(struct session *session, const char *arguments,
                 struct error *err);
bool command_set(struct session *session, const char *arguments,
                 struct error *err);
bool command_clear(struct session *session, const char *arguments,
                   struct error *err);
bool command_reset(struct session *session, const char *arguments,
                   struct error *err);
bool command_quit(struct session *session, const char *arguments,
                  struct error *err);

#endif
