/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/indent.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <readline/readline.h>

enum { STEP = 4 };

static int wanted;     /* columns of the next line */
static bool untouched; /* the line holds nothing but what we put there */

/* Are there keys that were not read yet? */
static bool is_pending(void)
{
    int bytes = 0;
    return ioctl(STDIN_FILENO, FIONREAD, &bytes) == 0 && bytes > 0;
}

static int insert_blanks(int count)
{
    for (int i = 0; i < count; i++)
        rl_insert_text(" ");
    return 0;
}

static rl_command_func_t rubout_or_dedent;

/* Backspace dedents only where there is an indentation to leave: in Ctrl-R
   Readline knows its own function alone. */
static void bind_backspace(void)
{
    static const char *const keys[] = {"\177", "\b"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        rl_command_func_t *bound = rl_function_of_keyseq(keys[i], NULL, NULL);
        if (bound == rl_rubout || bound == rubout_or_dedent)
            rl_bind_keyseq(keys[i], wanted > 0 ? rubout_or_dedent : rl_rubout);
    }
}

/* Readline calls it before a line is edited. */
static int begin_line(void)
{
    bind_backspace();
    untouched = wanted > 0;
    insert_blanks(wanted);
    wanted = 0;
    return 0;
}

void indent_next(int columns)
{
    wanted = is_pending() ? 0 : columns;
}

/* Bytes from the start of the cursor's line, when they are blanks only; -1
   when something else is among them. */
static int blanks_before(void)
{
    int i = rl_point;
    while (i > 0 && rl_line_buffer[i - 1] != '\n')
        if (!isspace((unsigned char)rl_line_buffer[--i]))
            return -1;
    return rl_point - i;
}

/* Who types the indentation himself gets what he types. */
static void drop_untouched(void)
{
    if (untouched && rl_point == rl_end && blanks_before() == rl_end)
        rl_replace_line("", 1);
    untouched = false;
    rl_point = rl_point > rl_end ? rl_end : rl_point;
}

static int insert_blank(int count, int key)
{
    drop_untouched();
    return rl_insert(count, key);
}

static rl_command_func_t complete_or_indent;

/* Readline lists what is possible when it finds itself called twice. */
static int complete_again(int count, int key)
{
    if (rl_last_func == complete_or_indent)
        rl_last_func = rl_complete;
    return rl_complete(count, key);
}

/* At the start of a line Tab indents. */
static int complete_or_indent(int count, int key)
{
    if (blanks_before() < 0)
        return complete_again(count, key);
    if (is_pending())
        drop_untouched(); /* a paste */
    untouched = false;
    return insert_blanks(STEP - blanks_before() % STEP);
}

/* In the indentation Backspace takes a step back. */
static int rubout_or_dedent(int count, int key)
{
    int blanks = blanks_before();
    untouched = false;
    if (blanks <= 0 || blanks % STEP)
        return rl_rubout(count, key);
    for (int i = 0; i < STEP - 1; i++)
        rl_rubout(1, key);
    return rl_rubout(1, key);
}

static int insert_newline(int count, int key)
{
    (void)count;
    (void)key;
    rl_insert_text("\n");
    return 0;
}

void indent_init(void)
{
    rl_startup_hook = begin_line;
    rl_bind_key('\t', complete_or_indent);
    rl_bind_key(' ', insert_blank);
    rl_bind_keyseq("\033\r", insert_newline);
    rl_bind_keyseq("\033\n", insert_newline);
}
