/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/terminal.h"

#include <signal.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

static struct termios found;
static bool is_guarded;
static volatile sig_atomic_t is_editing;

void terminal_set_editing(bool editing)
{
    is_editing = editing;
}

/* Pasting without brackets, attributes off.  A process in the background must
   not set modes: it would be stopped. */
void terminal_restore(void)
{
    static const char reset[] = "\033[?2004l\033[0m";
    if (!is_editing || tcgetpgrp(STDIN_FILENO) != getpgrp())
        return;
    ssize_t written = write(STDOUT_FILENO, reset, sizeof reset - 1);
    (void)written;
    tcsetattr(STDIN_FILENO, TCSADRAIN, &found);
    is_editing = 0;
}

/* The handler is gone when it runs (SA_RESETHAND): raising again ends the
   program as the signal would have. */
static void restore_and_die(int number)
{
    terminal_restore();
    raise(number);
}

static void guard_signal(int number)
{
    struct sigaction old, action = {.sa_handler = restore_and_die,
                                    .sa_flags = (int)SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    /* a sanitizer's handler says more than ours */
    if (sigaction(number, NULL, &old) == 0 && old.sa_handler == SIG_DFL)
        sigaction(number, &action, NULL);
}

void terminal_guard(void)
{
    static const int fatal[] = {SIGSEGV, SIGBUS,  SIGILL, SIGFPE,
                                SIGABRT, SIGQUIT, SIGXCPU};
    if (is_guarded || tcgetattr(STDIN_FILENO, &found))
        return;
    is_guarded = true;
    atexit(terminal_restore);
    for (size_t i = 0; i < sizeof fatal / sizeof *fatal; i++)
        guard_signal(fatal[i]);
}
