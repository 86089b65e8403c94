/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was typed, kept across runs in $XDG_STATE_HOME/tensor/history. */
#ifndef REPL_HISTORY_H
#define REPL_HISTORY_H

/* Reads the file. */
void history_open(void);

/* Remembers ENTRY (several lines are one item) and appends it to the file.
   The first time that fails, *RET is a sentence that says so, to be
   free()d; else NULL. */
void history_remember(const char *entry, char **ret);

#endif
