/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/prompt.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include <readline/readline.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "repl/color.h"
#include "repl/completion.h"
#include "repl/indent.h"
#include "repl/lesson_play.h"
#include "repl/session.h"
#include "repl/terminal.h"
#include "repl/wake.h"
#include "view/window.h"

/* The loop stands still for so long after a closing bracket; windows must not
   stand still for a tenth of a second. */
enum { BLINK_MICROSECONDS = 200000, WINDOW_BLINK_MICROSECONDS = 80000 };

static struct session *session;
static bool is_shown;
static enum prompt_event event;
static char *entered;
static int meta_flag;    /* as Readline gives it to prepare_terminal() */
static bool gives_back; /* the terminal, see release_terminal() */

static void hide(void)
{
    if (is_shown)
        rl_callback_handler_remove();
    is_shown = false;
}

/* Rows of the screen that the prompt and LINE take. */
static size_t rows_of(const char *line, int columns)
{
    size_t rows = 0, before = prompt_width(session) + 1;
    for (;; line++, before = 0) {
        size_t length = strcspn(line, "\n");
        rows += 1 + (before + utf8_columns(line, length)) / (size_t)columns;
        line += length;
        if (!*line)
            return rows;
    }
}

/* Readline shows of a text that is higher than the screen only the last rows,
   over what was there.  When it is entered, it is shown as a whole. */
static void show_whole(const char *line)
{
    int rows, columns;
    rl_get_screen_size(&rows, &columns);
    bool clears = rl_terminal_name && strcmp(rl_terminal_name, "dumb") != 0;
    if (!clears || columns < 1 || rows_of(line, columns) <= (size_t)rows)
        return;
    fputs("\033[H\033[J", rl_outstream);
    for (const char *c = rl_display_prompt; *c; c++)
        if (*c != RL_PROMPT_START_IGNORE && *c != RL_PROMPT_END_IGNORE)
            fputc(*c, rl_outstream);
    size_t length = strlen(line);
    bool ended = length > 0 && line[length - 1] == '\n';
    fprintf(rl_outstream, "%s%s", line, ended ? "" : "\n");
    fflush(rl_outstream);
}

/* Readline calls it at Enter and at the end of input.  The handler has to go
   at once: otherwise Readline shows the prompt again. */
static void take_line(char *line)
{
    event = line ? PROMPT_LINE : PROMPT_END;
    entered = line;
    if (line)
        show_whole(line);
    hide();
    /* at the end of input Readline ends the line only when it turns bracketed
       paste off (prompt_close) */
    const char *paste = rl_variable_value("enable-bracketed-paste");
    if (!line && (!paste || strcmp(paste, "on") != 0)) {
        fputc('\n', rl_outstream);
        fflush(rl_outstream);
    }
}

/* Ctrl-C makes the terminal forget the keys that poll() has promised.  A read
   that finds none must not sleep, or the signal would wait for the next key:
   read() returns 0 then. */
static void prepare_terminal(int meta)
{
    struct termios modes;
    meta_flag = meta;
    rl_prep_terminal(meta);
    if (tcgetattr(STDIN_FILENO, &modes))
        return;
    modes.c_cc[VMIN] = 0;
    modes.c_cc[VTIME] = 0;
    tcsetattr(STDIN_FILENO, TCSADRAIN, &modes);
}

/* Between two lines and while an entry runs the terminal stays Readline's:
   keys that are typed ahead wait without an echo, and are shown once, at the
   prompt that takes them. */
static void release_terminal(void)
{
    if (gives_back)
        rl_deprep_terminal();
}

/* NUL, which no key is bound to that changes anything, when woken by
   something else than a key. */
static int read_key(FILE *stream)
{
    unsigned char key;
    (void)stream;
    if (!wake_peek(STDIN_FILENO))
        return '\0';
    ssize_t count = read(STDIN_FILENO, &key, 1);
    if (count > 0)
        return key;
    if (count < 0 && errno != EIO)
        return '\0';
    return count < 0 || wake_is_hung_up(STDIN_FILENO) ? EOF : '\0';
}

/* Up looks for entries that start as the line does, unless the user's inputrc
   says otherwise. */
static void bind_search(const char *keys, rl_command_func_t *usual,
                        rl_command_func_t *search)
{
    int type;
    if (rl_function_of_keyseq(keys, NULL, &type) == usual)
        rl_bind_keyseq(keys, search);
}

void prompt_init(struct session *owner)
{
    session = owner;
    rl_readline_name = "tensor";
    rl_catch_signals = 0;
    rl_catch_sigwinch = 0;
    rl_change_environment = 0;
    rl_getc_function = read_key;
    rl_prep_term_function = prepare_terminal;
    rl_deprep_term_function = release_terminal;
    completion_init(owner);
    indent_init();
    rl_variable_bind("blink-matching-paren", "on");
    rl_variable_bind("show-all-if-unmodified", "on");
    rl_variable_bind("page-completions", "off");
    rl_initialize(); /* the user's inputrc has the last word */
    bind_search("\033[A", rl_get_previous_history, rl_history_search_backward);
    bind_search("\033OA", rl_get_previous_history, rl_history_search_backward);
    bind_search("\033[B", rl_get_next_history, rl_history_search_forward);
    bind_search("\033OB", rl_get_next_history, rl_history_search_forward);
}

size_t prompt_width(struct session *shown)
{
    struct strbuf text = STRBUF_INIT;
    lesson_play_prompt(shown, &text);
    size_t columns = utf8_columns(text.text, text.length) + 1;
    strbuf_done(&text);
    return columns;
}

/* "  ....>" below what was shown before it. */
static void add_text(struct strbuf *sb, bool continued)
{
    static const char more[] = "....>";
    if (!continued) {
        lesson_play_prompt(session, sb);
        return;
    }
    strbuf_repeat(sb, ' ', prompt_width(session) - sizeof more);
    strbuf_adds(sb, more);
}

void prompt_show(bool continued, int indent)
{
    struct strbuf text = STRBUF_INIT;
    add_text(&text, continued);
    enum color_mode mode = (enum color_mode)session_settings(session)->color;
    bool colored = color_is_on(mode);
    char *prompt = colored ? xasprintf("\001%s\002%s\001%s\002 ", color_prompt,
                                       text.text, color_off)
                           : xasprintf("%s ", text.text);
    terminal_set_editing(true);
    rl_reset_screen_size();
    indent_next(indent);
    rl_callback_handler_install(prompt, take_line);
    is_shown = true;
    strbuf_done(&text);
    free(prompt);
}

void prompt_close(void)
{
    hide();
    rl_deprep_terminal();
    terminal_set_editing(false);
}

enum prompt_event prompt_read(char **line)
{
    event = PROMPT_EDITING;
    entered = NULL;
    rl_set_paren_blink_timeout(windows_count() > 0 ? WINDOW_BLINK_MICROSECONDS
                                                   : BLINK_MICROSECONDS);
    rl_callback_read_char();
    *line = entered;
    return event;
}

void prompt_cancel(void)
{
    rl_callback_sigcleanup(); /* ends a search, which shows its line */
    rl_point = rl_end;
    rl_redisplay();
    fputs("^C\r\n", rl_outstream);
    fflush(rl_outstream);
    rl_free_line_state();
    hide();
    rl_replace_line("", 0);
}

void prompt_tell(const char *text)
{
    rl_clear_visible_line();
    fputs(text, rl_outstream);
    fflush(rl_outstream);
    rl_on_new_line();
    rl_redisplay();
}

void prompt_step_aside(const char *line)
{
    rl_clear_visible_line();
    fprintf(rl_outstream, "tensor> %s\n", line);
    fflush(rl_outstream);
}

void prompt_step_back(void)
{
    rl_on_new_line();
    rl_redisplay();
}

void prompt_resize(void)
{
    if (is_shown)
        rl_resize_terminal();
}

void prompt_suspend(void)
{
    gives_back = true;
    if (is_shown)
        rl_cleanup_after_signal();
    else
        rl_deprep_terminal();
    gives_back = false;
    terminal_set_editing(false);
}

void prompt_resume(void)
{
    terminal_set_editing(true);
    if (is_shown) {
        rl_reset_after_signal();
        rl_forced_update_display();
    } else {
        prepare_terminal(meta_flag);
    }
}
