/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/loop.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/interrupt.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "lang/trace.h"
#include "repl/graphics.h"
#include "repl/history.h"
#include "repl/jobs.h"
#include "repl/lesson_play.h"
#include "repl/paste.h"
#include "repl/prompt.h"
#include "repl/reopen.h"
#include "repl/session.h"
#include "repl/signals.h"
#include "repl/wake.h"

/* Seconds after which a second Ctrl-C is told how to end the program. */
static const double patience = 2.0;

/* Milliseconds between looks at the memory while something computes: less
   than it takes to fill the last twentieth of it. */
enum { MEMORY_WATCH = 100 };

static int failure = -1;

int loop_failure(void)
{
    return failure;
}

/* A closed pipe is the reader's decision, nothing to talk about. */
static void output_failed(int number)
{
    if (failure >= 0)
        return;
    failure = EXIT_FAILURE;
    if (number != EPIPE)
        fprintf(stderr, _("tensor: cannot write: %s\n"), strerror(number));
    interrupt_request();
}

/* ------------------------------------------------------------- computing */

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* FIRST: when the first Ctrl-C of this computation came, 0 before it. */
static void tell_how_to_kill(double *first)
{
    if (*first <= 0.0) {
        *first = now();
    } else if (now() - *first >= patience) {
        const char *text = _("still stopping; Ctrl-\\ ends tensor at once\n");
        output_write_all(STDERR_FILENO, text, strlen(text));
        *first = now();
    }
}

static void handle_signals_computing(struct session *session,
                                     double *first_interrupt)
{
    enum signal_event event;
    bool interactive = session_is_interactive(session);
    while ((event = signals_next()) != SIGNAL_NONE) {
        if (event == SIGNAL_INTERRUPT) {
            if (interactive)
                output_write_all(STDOUT_FILENO, "^C\n", 3);
            tell_how_to_kill(first_interrupt);
        } else if (event == SIGNAL_STOP && jobs_send_back()) {
            continue; /* a training leaves the foreground, not the program */
        } else if (event == SIGNAL_STOP) {
            prompt_suspend(); /* came from a prompt: signals_install() */
            signals_stop();
        } else if (event == SIGNAL_CONTINUE) {
            prompt_resume();
        } else if (event == SIGNAL_END && failure < 0) {
            failure = 128 + signals_ending();
        }
    }
}

/* Lists and texts have no limit of their own: better an error than the
   kernel's kill. */
static void watch_memory(double *next)
{
    if (now() < *next)
        return;
    *next = now() + 1e-3 * MEMORY_WATCH;
    if (memory_is_short())
        interrupt_request_memory();
}

static void add_graphics_news(struct strbuf *news)
{
    char *line = graphics_news();
    if (line)
        strbuf_adds(news, line);
    free(line);
}

static void write_news(int fd, struct strbuf *news)
{
    if (news->length)
        output_write_all(fd, news->text, news->length);
    strbuf_done(news);
}

/* Between two entries: of trainings in the background, of windows.  Nobody who
   reads a pipe wants to hear of each epoch. */
static void show_news(struct session *session)
{
    struct strbuf news = STRBUF_INIT, complaint = STRBUF_INIT;
    bool interactive = session_is_interactive(session);
    jobs_settle(session, interactive, &news);
    add_graphics_news(interactive ? &news : &complaint);
    write_news(STDOUT_FILENO, &news);
    write_news(STDERR_FILENO, &complaint);
}

/* Milliseconds; -1 is for ever. */
static int sooner(int a, int b)
{
    return a < 0 || (b >= 0 && b < a) ? b : a;
}

/* When windows want their next turn, in milliseconds. */
static int rest = -1;

bool loop_wait_input(int fd)
{
    bool readable = wake_wait_for(fd, rest);
    rest = graphics_turn();
    return readable;
}

enum entry_status loop_run_entry(struct session *session,
                                 const struct entry *entry)
{
    double first_interrupt = 0.0, next_look = now() + 1e-3 * MEMORY_WATCH;
    bool busy = true;
    show_news(session);
    interrupt_clear();
    signals_set_computing(true);
    session_submit(session, entry);
    while (busy) {
        wake_wait_for(-1, sooner(rest, MEMORY_WATCH));
        rest = graphics_turn();
        watch_memory(&next_look);
        handle_signals_computing(session, &first_interrupt);
        busy = session_is_busy(session);
        if (!output_drain(session_output(session)))
            output_failed(errno);
        if (failure >= 0)
            interrupt_request();
        if (interrupt_pending()) {
            jobs_interrupt();
            graphics_interrupt();
        }
    }
    signals_set_computing(false);
    return failure >= 0 ? ENTRY_QUIT : session_status(session);
}

/* -------------------------------------------------------------- an entry */

static bool is_blank(const char *text)
{
    return text[strspn(text, " \t\r\n")] == '\0';
}

/* Errors can point into the line above when it is one row of the screen. */
static int screen_indent(struct session *session, const char *text,
                         size_t length)
{
    const char *newline = memchr(text, '\n', length);
    bool one_line = !newline || newline == text + length - 1;
    size_t prompt = prompt_width(session);
    size_t columns = prompt + utf8_columns(text, length);
    return one_line && columns < (size_t)session_columns(session)
               ? (int)prompt
               : 0;
}

/* A value or a word that was printed without a newline stands alone. */
static void end_output_line(struct session *session)
{
    struct output *output = session_output(session);
    if (!output->at_line_start && output_write_all(STDOUT_FILENO, "\n", 1))
        output->at_line_start = true;
}

static void remember(const char *text, size_t length)
{
    char *complaint;
    while (length > 0 && isspace((unsigned char)text[length - 1]))
        length--;
    char *entry = strndup(text, length);
    if (!entry)
        return;
    history_remember(entry, &complaint);
    free(entry);
    if (complaint)
        output_write_all(STDERR_FILENO, complaint, strlen(complaint));
    free(complaint);
}

static enum entry_status run_typed(struct session *session,
                                   const struct strbuf *text, bool stripped)
{
    struct entry entry = {.text = text->text,
                          .length = text->length,
                          .name = "<input>",
                          .typed = true};
    if (!stripped)
        entry.indent = screen_indent(session, text->text, text->length);
    remember(text->text, text->length);
    enum entry_status status = loop_run_entry(session, &entry);
    end_output_line(session);
    return status;
}

/* -------------------------------------------------------------- trainings */

/* While somebody types. */
static void tell_news(struct session *session)
{
    struct strbuf news = STRBUF_INIT;
    jobs_settle(session, true, &news);
    add_graphics_news(&news);
    if (news.length)
        prompt_tell(news.text);
    strbuf_done(&news);
}

void loop_leave_trainings(struct session *session)
{
    struct strbuf news = STRBUF_INIT;
    jobs_leave(session, &news);
    write_news(STDERR_FILENO, &news);
}

static void offer(char *text)
{
    if (text)
        printf("%s\n", text);
    fflush(stdout);
    free(text);
}

/* --------------------------------------------------------------- prompt */

/* What has been typed of the current entry. */
struct typing {
    struct strbuf text;
    bool stripped; /* prompts were taken out: columns are not the screen's */
    struct strbuf definition; /* the last one, see reopen.h */
};

/* Several lines at once (pasted, recalled) need no blank line at the end. */
static bool is_complete(struct session *session, const struct strbuf *text,
                        bool several)
{
    if (several && entry_is_whole(session, text->text, text->length))
        return true;
    return !entry_is_incomplete(session, text->text, text->length);
}

static enum entry_status add_line(struct session *session,
                                  struct typing *typing, const char *line)
{
    struct strbuf plain = STRBUF_INIT;
    enum entry_status status = ENTRY_DONE;
    paste_strip(line, &plain);
    bool first = typing->text.length == 0;
    typing->stripped |= plain.length != strlen(line);
    strbuf_addf(&typing->text, "%s\n", plain.text);
    if (first)
        reopen(session, &typing->definition, &typing->text);
    bool several = strchr(plain.text, '\n') != NULL;
    strbuf_done(&plain);
    if (!is_blank(typing->text.text) &&
        !is_complete(session, &typing->text, several))
        return ENTRY_DONE;
    if (!is_blank(typing->text.text))
        status = run_typed(session, &typing->text, typing->stripped);
    reopen_keep(&typing->definition, typing->text.text);
    strbuf_clear(&typing->text);
    typing->stripped = false;
    return status;
}

/* false: the session ends. */
static bool handle_signals_typing(struct typing *typing)
{
    enum signal_event event;
    while ((event = signals_next()) != SIGNAL_NONE) {
        switch (event) {
        case SIGNAL_INTERRUPT:
            prompt_cancel();
            strbuf_clear(&typing->text);
            prompt_show(false, 0);
            break;
        case SIGNAL_RESIZE:
            prompt_resize();
            break;
        case SIGNAL_STOP:
            prompt_suspend();
            signals_stop();
            break;
        case SIGNAL_CONTINUE:
            prompt_resume();
            break;
        case SIGNAL_END:
        default:
            failure = 128 + signals_ending();
            return false;
        }
    }
    return true;
}

static bool handle_line(struct session *session, struct typing *typing,
                        char *line)
{
    enum entry_status status = add_line(session, typing, line);
    free(line);
    if (status == ENTRY_QUIT)
        return false;
    show_news(session);
    prompt_show(typing->text.length > 0,
                source_next_indent(typing->text.text, typing->text.length));
    return true;
}

/* A key in a window asked for it; what is being typed stays as it is. */
static bool run_window_command(struct session *session)
{
    char *line = graphics_next_command();
    if (!line)
        return true;
    struct entry entry = {.text = line,
                          .length = strlen(line),
                          .name = "<input>",
                          .typed = true};
    prompt_step_aside(line);
    enum entry_status status = loop_run_entry(session, &entry);
    end_output_line(session);
    prompt_step_back();
    free(line);
    free(graphics_next_command()); /* came while it ran */
    return status != ENTRY_QUIT;
}

static bool read_keys(struct session *session, struct typing *typing)
{
    char *line;
    enum prompt_event event = prompt_read(&line);
    if (event == PROMPT_LINE)
        return handle_line(session, typing, line);
    return event != PROMPT_END;
}

static void edit(struct session *session, struct typing *typing)
{
    bool going = true;
    prompt_show(false, 0);
    while (going) {
        bool readable = wake_wait_for(STDIN_FILENO, rest);
        going = handle_signals_typing(typing);
        if (going && readable) /* keys first: windows may take their time */
            going = read_keys(session, typing);
        rest = graphics_turn();
        if (going)
            tell_news(session);
        if (going)
            going = run_window_command(session);
    }
    prompt_close();
}

int loop_run_prompt(struct session *session)
{
    struct typing typing = {.text = STRBUF_INIT, .definition = STRBUF_INIT};
    prompt_init(session);
    history_open();
    offer(checkpoint_offer());
    if (!session_lesson(session))
        offer(lesson_play_offer(session));
    edit(session, &typing);
    strbuf_done(&typing.text);
    strbuf_done(&typing.definition);
    return failure >= 0 ? failure : session_exit_status(session);
}
