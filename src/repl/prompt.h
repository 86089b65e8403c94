/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line that is typed: GNU Readline through its callbacks.  Main only. */
#ifndef REPL_PROMPT_H
#define REPL_PROMPT_H

#include <stdbool.h>
#include <stddef.h>

struct session;

enum prompt_event {
    PROMPT_EDITING,
    PROMPT_LINE, /* Enter: the prompt is hidden */
    PROMPT_END   /* Ctrl-D on an empty line, or the terminal is gone */
};

void prompt_init(struct session *session);

/* Columns of "tensor> " and "  ....> ", or of what a lesson has there. */
size_t prompt_width(struct session *session);

/* CONTINUED: the entry wants more lines, the next of which begins in column
   INDENT unless its text is there already. */
void prompt_show(bool continued, int indent);

/* The terminal's own modes again; the prompt keeps them from prompt_show()
   until then, also while an entry runs. */
void prompt_close(void);

/* Call when there is something to read.  *LINE is to be free()d. */
enum prompt_event prompt_read(char **line);

/* Ctrl-C: drops the line. */
void prompt_cancel(void);

/* TEXT above the line that is typed, which stays as it is. */
void prompt_tell(const char *text);

/* Shows LINE as if it was typed at a prompt of its own, for what it prints to
   follow; then the line that was being typed comes back. */
void prompt_step_aside(const char *line);
void prompt_step_back(void);

void prompt_resize(void);

/* Around a stop of the process (Ctrl-Z, fg), whether a line is typed or an
   entry runs. */
void prompt_suspend(void);
void prompt_resume(void);

#endif
