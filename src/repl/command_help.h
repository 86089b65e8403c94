/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `help`: by task, or about one name. */
#ifndef REPL_COMMAND_HELP_H
#define REPL_COMMAND_HELP_H

#include <stdbool.h>

#include "base/error.h"

struct session;

extern const char command_help_details[];

bool command_help(struct session *session, const char *arguments,
                  struct error *err);

#endif
