/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where pictures go: to a window, into the terminal, to a file, or nowhere;
 * by `set graphics`, `set windows`, TENSOR_GRAPHICS and what there is.
 *
 * Windows are main's (view/window.h).  Other threads ask main here and wait
 * for its answer.
 */
#ifndef REPL_GRAPHICS_H
#define REPL_GRAPHICS_H

#include <stdbool.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "view/scene.h"

struct session;

/* Before any thread but main runs. */
void graphics_init(void);

/* --------------------------------------------- any thread but main's */

/* Takes SCENE over and shows it: in the window of its kind, printed in the
   terminal, as tensor-1.png, or nowhere, which is no error.  Where no window
   is to be had it says so in one line, once, and prints.  OSError when a file
   cannot be written; KeyboardInterrupt. */
bool graphics_show(struct session *session, struct scene *scene,
                   struct error *err);

/* Will graphics_show() open a window? */
bool graphics_shows_windows(struct session *session);

/* By kind ("figure 1"); NULL: all.  Returns how many were closed. */
int graphics_close(const char *kind);
/* Those of figures only. */
void graphics_close_figures(void);

/* A line for each open window, from the oldest: its kind and title. */
void graphics_list(struct strbuf *sb);

/* Waits until the windows of figures were closed, as a program's plt.show()
   does.  KeyboardInterrupt. */
bool graphics_wait(struct error *err);

/* ------------------------------------------------------------- main's */

/* What other threads asked for, what people did in windows.  Returns the
   milliseconds until the next call is due; -1: when wake_wait() ends. */
int graphics_turn(void);

/* A line about windows that are gone though nobody closed them; owned, NULL:
   none. */
char *graphics_news(void);

/* A line that a window's key asks to run as if it was typed; owned, NULL:
   none.  Asked for while no entry runs; what comes meanwhile is dropped. */
char *graphics_next_command(void);

/* Whoever waits for windows stops waiting: Ctrl-C, or the program ends. */
void graphics_interrupt(void);

/* Closes all windows. */
void graphics_done(void);

#endif
