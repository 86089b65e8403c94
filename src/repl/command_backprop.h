/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `backprop EXPR`: the chain rule in numbers. */
#ifndef REPL_COMMAND_BACKPROP_H
#define REPL_COMMAND_BACKPROP_H

#include "base/error.h"

struct session;

/* Handler of the command table. */
bool command_backprop(struct session *session, const char *arguments,
                      struct error *err);

extern const char command_backprop_details[];

#endif
