/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The process that shows windows (view/sdl_main.c.c), as main has it:
 * starting and ending it, messages to it and from it.  Nothing here waits.
 */
#ifndef VIEW_DISPLAY_H
#define VIEW_DISPLAY_H

#include <stdbool.h>

#include "base/error.h"
#include "view/window_protocol.h"

/* RuntimeError when there is no such process to be had.  Whether it finds a
   display is the first thing it tells. */
bool display_start(struct error *err);

/* For poll(); -1: it was not started. */
int display_descriptor(void);

/* FD (-1: none) goes with it.  false: the process is gone, or so far behind
   that it is as good as gone. */
bool display_send(const struct window_message *message, int fd);

enum display_news { DISPLAY_SILENT, DISPLAY_MESSAGE, DISPLAY_GONE };

/* The next of its messages, checked: sizes are within their limits, texts
   end. */
enum display_news display_receive(struct window_message *message);

/* Ends it, and all of its windows. */
void display_stop(void);

/* For tests: where the program is; a signal to it. */
void display_set_program(const char *path);
void display_kill(int number);

#endif
