/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `explain EXPR`: how a value comes about, from the inside out.  With a hole
   in it, x.dot(?): what fits there. */
#ifndef REPL_COMMAND_EXPLAIN_H
#define REPL_COMMAND_EXPLAIN_H

#include <stdbool.h>

#include "base/error.h"

struct session;

extern const char command_explain_details[];

bool command_explain(struct session *session, const char *arguments,
                     struct error *err);

#endif
