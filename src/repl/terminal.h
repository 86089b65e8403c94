/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The terminal as it was found, put back on every way out. */
#ifndef REPL_TERMINAL_H
#define REPL_TERMINAL_H

#include <stdbool.h>

/* Remembers the terminal's modes; while Readline has changed them, restores
   them at exit() and when a fatal signal ends the program. */
void terminal_guard(void);

/* Are the modes Readline's now? */
void terminal_set_editing(bool editing);

/* Async-signal-safe. */
void terminal_restore(void);

#endif
