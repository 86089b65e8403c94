/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A blank line ends a block, and stands between the methods of a class.  What
 * was defined is kept, so that an indented line after it can go on with it:
 * the whole is then defined anew.
 */
#ifndef REPL_REOPEN_H
#define REPL_REOPEN_H

#include <stdbool.h>

#include "base/strbuf.h"

struct session;

/* Is TEXT a function or a class, or begins it with one? */
bool reopen_is_definition(const char *text);

/* Keeps TEXT, an entry that has been run, in *KEPT when it is a definition
   that a blank line ended; empties *KEPT after anything else that is not
   blank. */
void reopen_keep(struct strbuf *kept, const char *text);

/* Puts *KEPT in front of TEXT, the first line of an entry, when that goes on
   with it. */
void reopen(struct session *session, struct strbuf *kept, struct strbuf *text);

#endif
