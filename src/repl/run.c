/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/run.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/path.h"
#include "base/strbuf.h"
#include "repl/lesson_play.h"
#include "repl/loop.h"
#include "repl/reopen.h"
#include "repl/session.h"
#include "repl/signals.h"

enum { INTERRUPTED_STATUS = 130 }; /* 128 + SIGINT, as a shell says it */

static int status_of(struct session *session, enum entry_status status)
{
    if (loop_failure() >= 0)
        return loop_failure();
    if (status == ENTRY_QUIT)
        return session_exit_status(session);
    if (status == ENTRY_INTERRUPTED)
        return INTERRUPTED_STATUS;
    return status == ENTRY_FAILED ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* ------------------------------------------------------------------- FILE */

static bool read_program(const char *path, struct strbuf *text)
{
    struct error err = ERROR_INIT;
    bool is_input = !strcmp(path, "-");
    bool good = file_read(is_input ? "/dev/stdin" : path, text, &err);
    if (!good)
        fprintf(stderr, "tensor: %s\n", err.message);
    error_clear(&err);
    return good;
}

int run_file(struct session *session, const char *path)
{
    struct strbuf text = STRBUF_INIT;
    enum entry_status status = ENTRY_FAILED;
    if (read_program(path, &text)) {
        struct value file = value_string(path);
        interp_set_builtin(session_interp(session), "__file__", file);
        value_unref(file);
        struct entry entry = {.text = text.text,
                              .length = text.length,
                              .last = true,
                              .name = strcmp(path, "-") ? path : "<stdin>"};
        status = loop_run_entry(session, &entry);
    }
    strbuf_done(&text);
    return status_of(session, status);
}

/* --------------------------------------------------------------------- -e */

int run_texts(struct session *session, char *const *texts, int count)
{
    enum entry_status status = ENTRY_DONE;
    for (int i = 0; i < count && status == ENTRY_DONE; i++) {
        struct entry entry = {.text = texts[i],
                              .length = strlen(texts[i]),
                              .name = "<input>",
                              .typed = true};
        status = loop_run_entry(session, &entry);
    }
    return status_of(session, status);
}

/* --------------------------------------------------------------------- -i */

static enum entry_status run_collected(struct session *session,
                                       struct strbuf *text,
                                       struct strbuf *definition)
{
    struct entry entry = {.text = text->text,
                          .length = text->length,
                          .name = "<input>",
                          .typed = true};
    enum entry_status status = loop_run_entry(session, &entry);
    reopen_keep(definition, text->text);
    strbuf_clear(text);
    return status;
}

/* What has come of standard input, from START on not yet run. */
struct input {
    struct strbuf text;
    size_t start;
};

static void forget_read(struct input *input)
{
    struct strbuf rest = STRBUF_INIT;
    strbuf_add(&rest, input->text.text + input->start,
               input->text.length - input->start);
    strbuf_done(&input->text);
    *input = (struct input){rest, 0};
}

/* Adds what there is; false at the end, and when a signal ends the wait. */
static bool read_more(struct input *input)
{
    char bytes[1 << 16];
    forget_read(input);
    while (!loop_wait_input(STDIN_FILENO))
        if (signals_pending())
            return false;
    ssize_t count = read(STDIN_FILENO, bytes, sizeof bytes);
    if (count > 0)
        strbuf_add(&input->text, bytes, (size_t)count);
    return count > 0;
}

/* A line, its newline included, behind what is in LINES; false at the end,
   and when a signal came before it. */
static bool read_line(struct input *input, struct strbuf *lines)
{
    const char *newline;
    size_t unread, seen = 0;
    while (unread = input->text.length - input->start,
           !(newline = memchr(input->text.text + input->start + seen, '\n',
                              unread - seen))) {
        seen = unread;
        if (!read_more(input))
            break;
    }
    const char *line = input->text.text + input->start;
    size_t length = newline ? (size_t)(newline - line) + 1 : unread;
    if (length == 0 || (!newline && signals_pending()))
        return false;
    strbuf_add(lines, line, length);
    if (!newline)
        strbuf_addc(lines, '\n');
    input->start += length;
    return true;
}

/* Ctrl-C while no entry runs ends the program. */
static int input_status(struct session *session, enum entry_status status)
{
    enum signal_event event = signals_next();
    if (loop_failure() >= 0 || status == ENTRY_QUIT)
        return status_of(session, status);
    if (event == SIGNAL_INTERRUPT)
        return INTERRUPTED_STATUS;
    return event == SIGNAL_END ? 128 + signals_ending() : EXIT_SUCCESS;
}

int run_typed_input(struct session *session)
{
    struct strbuf text = STRBUF_INIT, definition = STRBUF_INIT;
    struct input input = {STRBUF_INIT, 0};
    enum entry_status status = ENTRY_DONE;
    bool first = true; /* line of an entry */
    while (status != ENTRY_QUIT && read_line(&input, &text)) {
        if (first)
            reopen(session, &definition, &text);
        first = !entry_is_incomplete(session, text.text, text.length);
        if (first)
            status = run_collected(session, &text, &definition);
    }
    if (status != ENTRY_QUIT && text.length > 0)
        status = run_collected(session, &text, &definition);
    strbuf_done(&input.text);
    strbuf_done(&definition);
    strbuf_done(&text);
    return input_status(session, status);
}

/* ---------------------------------------------------------------- lessons */

bool run_lesson(struct session *session, const char *lesson)
{
    struct strbuf text = STRBUF_INIT;
    strbuf_addf(&text, "%%lesson %s\n", lesson);
    struct entry entry = {.text = text.text,
                          .length = text.length,
                          .name = "<input>",
                          .typed = true};
    enum entry_status status = loop_run_entry(session, &entry);
    strbuf_done(&text);
    return status == ENTRY_DONE;
}

int run_check(struct session *session, char *const *files, int count)
{
    struct lesson_files given = {files, count};
    struct entry entry = {.name = "<lessons>",
                          .work = lesson_play_check,
                          .context = &given};
    return status_of(session, loop_run_entry(session, &entry));
}
