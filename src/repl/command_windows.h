/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Handlers of the commands about windows. */
#ifndef REPL_COMMAND_WINDOWS_H
#define REPL_COMMAND_WINDOWS_H

#include <stdbool.h>

#include "base/error.h"

struct session;

extern const char command_windows_details[], command_close_details[];

bool command_windows(struct session *session, const char *arguments,
                     struct error *err);
bool command_close(struct session *session, const char *arguments,
                   struct error *err);

#endif
