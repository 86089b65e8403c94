/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Signals.  Handlers only note what came and wake main; main asks here what
 * to do.  While an entry runs, Ctrl-C goes to base/interrupt.h at once.
 */
#ifndef REPL_SIGNALS_H
#define REPL_SIGNALS_H

#include <stdbool.h>

/* INTERACTIVE: also what belongs to a prompt (size changes, Ctrl-Z). */
void signals_install(bool interactive);

/* Whether Ctrl-C interrupts a computation or the line that is typed. */
void signals_set_computing(bool computing);

enum signal_event {
    SIGNAL_NONE,
    SIGNAL_INTERRUPT, /* Ctrl-C */
    SIGNAL_RESIZE,
    SIGNAL_STOP,     /* Ctrl-Z: signals_stop() does it */
    SIGNAL_CONTINUE, /* fg */
    SIGNAL_END       /* SIGTERM, SIGHUP: signals_ending() tells which */
};

/* What came since the last call, one at a time. */
enum signal_event signals_next(void);

/* Has one come that ends whatever is waited for: Ctrl-C, SIGTERM, SIGHUP? */
bool signals_pending(void);

int signals_ending(void);

/* Stops the process as Ctrl-Z does; returns when it continues. */
void signals_stop(void);

#endif
