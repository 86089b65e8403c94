/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands before a dot and is no name: "abc", [1, 2], zeros(3), x[0]. */
#ifndef REPL_PRIMARY_H
#define REPL_PRIMARY_H

#include <stdbool.h>

#include "lang/lang.h"

struct session;

/* A value like the one that the expression at the end of TEXT has, for its
   attributes; owned.  Nothing is called to find it: of a call it is known only
   what functions of NumPy, types and classes give.  false when it is not
   known. */
bool primary_value(struct session *session, const char *text,
                   struct value *ret);

#endif
