/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys that indent: Tab, Backspace, the space bar, and a new line that begins
   where the one before suggests. */
#ifndef REPL_INDENT_H
#define REPL_INDENT_H

/* Binds the keys; before rl_initialize(), so that the user's inputrc wins. */
void indent_init(void);

/* The next prompt's line begins with COLUMNS blanks.  Who pastes, or types
   ahead, brings them along: then it begins with none. */
void indent_next(int columns);

#endif
