/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pipe that ends main's sleep in poll(): written by signal handlers and
   by the session thread. */
#ifndef REPL_WAKE_H
#define REPL_WAKE_H

#include <stdbool.h>

bool wake_open(void); /* false with errno */
int wake_descriptor(void);
void wake_notify(void); /* any thread, any signal handler */
void wake_clear(void);  /* reads what was written */

/* From now on the sleep ends also when FD (-1: none) can be read. */
void wake_watch(int fd);

/* Sleeps until something was written, or FD (-1: none) can be read; returns
   whether FD can. */
bool wake_wait(int fd);
/* At most for so long. */
bool wake_wait_for(int fd, int milliseconds);

/* The same without what is watched, and leaves what was written: the next wake_wait() ends at once. */
bool wake_peek(int fd);

/* Has the terminal behind FD gone? */
bool wake_is_hung_up(int fd);

#endif
