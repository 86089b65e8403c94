/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `show EXPR`: the right picture of a value. */
#ifndef REPL_COMMAND_SHOW_H
#define REPL_COMMAND_SHOW_H

#include <stdbool.h>

#include "base/error.h"

struct session;

extern const char command_show_details[];

bool command_show(struct session *session, const char *arguments,
                  struct error *err);

/* Pictures go where `set graphics` says: nothing has to be done. */
bool command_matplotlib(struct session *session, const char *arguments,
                        struct error *err);

#endif
