/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/signals.h"

#include <signal.h>
#include <stddef.h>

#include "base/interrupt.h"
#include "repl/terminal.h"
#include "repl/wake.h"

static volatile sig_atomic_t came[SIGNAL_END + 1];
static volatile sig_atomic_t ending_signal;
static volatile sig_atomic_t is_computing;

static enum signal_event event_of(int number)
{
    switch (number) {
    case SIGINT:
        return SIGNAL_INTERRUPT;
    case SIGWINCH:
        return SIGNAL_RESIZE;
    case SIGTSTP:
        return SIGNAL_STOP;
    case SIGCONT:
        return SIGNAL_CONTINUE;
    default:
        return SIGNAL_END;
    }
}

static void note(int number)
{
    enum signal_event event = event_of(number);
    if (event == SIGNAL_END)
        ending_signal = number;
    if (is_computing && (event == SIGNAL_INTERRUPT || event == SIGNAL_END))
        interrupt_request();
    came[event] = 1;
    wake_notify();
}

/* No SA_RESTART: a read that waits for the next line must end. */
static void handle(int number, void (*handler)(int))
{
    struct sigaction action = {.sa_handler = handler};
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, NULL);
}

/* What was ignored at start (nohup) stays ignored. */
static void handle_unless_ignored(int number)
{
    struct sigaction old;
    if (sigaction(number, NULL, &old) == 0 && old.sa_handler != SIG_IGN)
        handle(number, note);
}

void signals_install(bool interactive)
{
    handle(SIGPIPE, SIG_IGN);
    handle(SIGINT, note);
    handle_unless_ignored(SIGTERM);
    handle_unless_ignored(SIGHUP);
    if (!interactive)
        return;
    handle(SIGWINCH, note);
    handle_unless_ignored(SIGTSTP);
    handle(SIGCONT, note);
    terminal_guard();
}

void signals_set_computing(bool computing)
{
    is_computing = computing;
    if (computing && (came[SIGNAL_INTERRUPT] || came[SIGNAL_END]))
        interrupt_request(); /* it came a moment ago */
}

enum signal_event signals_next(void)
{
    for (int event = SIGNAL_END; event > SIGNAL_NONE; event--)
        if (came[event]) {
            came[event] = 0;
            return (enum signal_event)event;
        }
    return SIGNAL_NONE;
}

bool signals_pending(void)
{
    return came[SIGNAL_INTERRUPT] || came[SIGNAL_END];
}

int signals_ending(void)
{
    return ending_signal;
}

void signals_stop(void)
{
    handle(SIGTSTP, SIG_DFL);
    raise(SIGTSTP);
    handle(SIGTSTP, note);
    note(SIGCONT); /* without a shell nothing stops, and nobody continues */
}
