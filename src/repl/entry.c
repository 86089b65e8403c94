/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/entry.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "bind/bind.h"
#include "repl/color.h"
#include "repl/command.h"
#include "repl/lesson_play.h"
#include "repl/session.h"

/* ----------------------------------------------------------------- errors */

static bool is_name(const char *text, size_t length)
{
    if (length == 0 || isdigit((unsigned char)*text))
        return false;
    for (size_t i = 0; i < length; i++)
        if (!isalnum((unsigned char)text[i]) && text[i] != '_')
            return false;
    return true;
}

/* `hlep dot` is wrong Python: did you mean help?  (`hlep` alone is an unknown
   name: command_name_hint.) */
static void hint_command(const char *text, struct error *err)
{
    if (err->hint || err->kind != ERROR_SYNTAX)
        return;
    size_t length = strcspn(text, " \t\n");
    if (!is_name(text, length))
        return;
    char *word = xstrndup(text, length);
    const struct command *row = command_suggest(word);
    if (row && !strcmp(row->name, word)) /* a variable has its name, too */
        error_hint(err, "%%%.*s", (int)strcspn(text, "\n"), text);
    else if (row)
        error_hint(err, _("did you mean the command '%s'?"), row->name);
    free(word);
}

/* SystemExit: its number, or a message and 1, as Python does. */
static enum entry_status leave(struct session *session, struct error *err)
{
    const char *text = err->message ? err->message : "";
    char *end;
    long status = strtol(text, &end, 10);
    if (*end && strcmp(text, "None")) {
        status = 1;
        output_write(session_output(session), OUTPUT_ERRORS, text,
                     strlen(text));
        output_write(session_output(session), OUTPUT_ERRORS, "\n", 1);
    }
    error_clear(err);
    session_quit(session, (int)(status & 0xff));
    return ENTRY_QUIT;
}

/* INDENT: 0, or where on the screen the text stands that ERR points into. */
static enum entry_status report(struct session *session, int indent,
                                struct error *err)
{
    struct strbuf plain = STRBUF_INIT, colored = STRBUF_INIT;
    bool interactive = session_is_interactive(session);
    if (err->kind == ERROR_SYSTEM_EXIT)
        return leave(session, err);
    enum entry_status status = err->kind == ERROR_KEYBOARD_INTERRUPT
                                   ? ENTRY_INTERRUPTED
                                   : ENTRY_FAILED;
    error_render(err, indent == 0, indent,
                 interactive ? session_columns(session) : 0, &plain);
    error_clear(err);
    if (interactive &&
        color_is_on((enum color_mode)session_settings(session)->color))
        color_error(plain.text, &colored);
    const struct strbuf *text = colored.length ? &colored : &plain;
    output_write(session_output(session),
                 interactive ? OUTPUT_RESULTS : OUTPUT_ERRORS, text->text,
                 text->length);
    strbuf_done(&plain);
    strbuf_done(&colored);
    return status;
}

/* ------------------------------------------------------------------- code */

static struct parse_options options_for(struct session *session, bool typed,
                                        bool interactive)
{
    return (struct parse_options){
        .shorthand = typed && session_settings(session)->shorthand,
        .interactive = interactive};
}

static enum parse_status parse(struct session *session,
                               const struct entry *entry, bool interactive,
                               struct program **ret, struct error *err)
{
    struct source *source = source_new(entry->name, entry->text, entry->length);
    enum parse_status status = program_parse(
        source, options_for(session, entry->typed, interactive), ret, err);
    source_unref(source);
    return status;
}

static enum entry_status run_code(struct session *session,
                                  const struct entry *entry)
{
    struct error err = ERROR_INIT;
    struct program *program = NULL;
    bool lesson = entry->typed && lesson_play_begin_line(session);
    bool good =
        parse(session, entry, false, &program, &err) == PARSE_OK &&
        program_run(session_interp(session), program, entry->typed, &err);
    if (entry->last)
        generators_close(session_interp(session));
    if (lesson)
        lesson_play_judge_line(session, entry->text, entry->length, program,
                               good ? NULL : &err);
    if (good && entry->typed && !lesson)
        journal_add(session_journal(session), program, entry->text,
                    entry->length, session_captured(session));
    else
        program_free(program);
    enum entry_status status = ENTRY_DONE;
    if (!good && entry->typed)
        hint_command(entry->text, &err);
    if (!good)
        status = report(session, entry->indent, &err);
    if (lesson)
        lesson_play_answer_line(session);
    return status;
}

static enum entry_status run_command(struct session *session,
                                     const struct entry *entry,
                                     const struct command *command,
                                     const char *arguments)
{
    struct error err = ERROR_INIT;
    enum entry_status status = ENTRY_DONE;
    bool worked = command->run(session, arguments, &err);
    if (!worked)
        status = report(session, 0, &err);
    if (session_lesson(session))
        lesson_play_command(session, entry->text, entry->length, worked);
    else if (worked)
        journal_add(session_journal(session), NULL, entry->text, entry->length,
                    command->unnoted ? NULL : session_captured(session));
    return status;
}

/* ------------------------------------------------------------------ lines */

static const struct command *match_line(struct session *session,
                                        const char *text, size_t length,
                                        struct strbuf *arguments)
{
    char *line = xstrndup(text, length);
    const struct command *command = command_match(session, line, arguments);
    free(line);
    return command;
}

/* Bytes up to the end of the line at TEXT, its newline included. */
static size_t line_length(const char *text, size_t length)
{
    const char *newline = memchr(text, '\n', length);
    return newline ? (size_t)(newline - text) + 1 : length;
}

/* May a command start here, and does one? */
static bool has_command(struct session *session, const struct entry *entry)
{
    struct strbuf arguments = STRBUF_INIT;
    bool found = false;
    for (size_t at = 0; at < entry->length && !found;) {
        size_t length = line_length(entry->text + at, entry->length - at);
        found = match_line(session, entry->text + at, length, &arguments);
        at += length;
    }
    strbuf_done(&arguments);
    return found;
}

static enum entry_status run_one(struct session *session,
                                 const struct entry *entry)
{
    struct strbuf arguments = STRBUF_INIT;
    session_capture(session);
    if (entry->typed &&
        lesson_play_take_choice(session, entry->text, entry->length))
        return ENTRY_DONE;
    const struct command *command =
        entry->typed
            ? match_line(session, entry->text, entry->length, &arguments)
            : NULL;
    enum entry_status status =
        command ? run_command(session, entry, command, arguments.text)
                : run_code(session, entry);
    strbuf_done(&arguments);
    return status;
}

/* Does the line continue a block that could end here? */
static bool continues_block(const char *line)
{
    static const char *const words[] = {"else", "elif", "except", "finally"};
    if (isspace((unsigned char)*line))
        return true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!strncmp(line, words[i], strlen(words[i])))
            return true;
    return false;
}

/* Bytes of TEXT's block, whose first END bytes end with a blank line, and of
   an indented line that goes on with it; END when there is none. */
static size_t reopened_length(struct session *session, const char *text,
                              size_t end, size_t length)
{
    size_t next = end;
    while (next < length && isspace((unsigned char)text[next]))
        next++;
    if (next == length || text[next - 1] == '\n')
        return end;
    next += line_length(text + next, length - next);
    return entry_is_incomplete(session, text, next) ? next : end;
}

/* Bytes of the first statement or command at TEXT: lines are added until
   they make a whole. */
static size_t first_length(struct session *session, const char *text,
                           size_t length)
{
    size_t end = line_length(text, length);
    while (end < length) {
        size_t next = end + line_length(text + end, length - end);
        if (!entry_is_incomplete(session, text, end))
            next = reopened_length(session, text, end, length);
        else if (!continues_block(text + end) &&
                 entry_is_whole(session, text, end))
            break;
        if (next == end)
            break;
        end = next;
    }
    return end;
}

/* Statements and commands in turn, up to the first that fails. */
static enum entry_status run_lines(struct session *session,
                                   const struct entry *entry)
{
    enum entry_status status = ENTRY_DONE;
    for (size_t at = 0; at < entry->length && status == ENTRY_DONE;) {
        struct entry part = *entry;
        part.text = entry->text + at;
        part.length = first_length(session, part.text, entry->length - at);
        at += part.length;
        status = run_one(session, &part);
        if (status == ENTRY_DONE && session_is_quitting(session))
            status = ENTRY_QUIT;
    }
    return status;
}

static bool is_blank(const struct entry *entry)
{
    size_t i = 0;
    while (i < entry->length && isspace((unsigned char)entry->text[i]))
        i++;
    return i == entry->length;
}

enum entry_status entry_run(struct session *session, const struct entry *entry)
{
    if (entry->work)
        return entry->work(session, entry->context) ? ENTRY_DONE : ENTRY_FAILED;
    if (is_blank(entry))
        return ENTRY_DONE;
    bool one_line = line_length(entry->text, entry->length) == entry->length;
    bind_forget_warnings();
    if (entry->typed && !one_line && has_command(session, entry))
        return run_lines(session, entry);
    return run_one(session, entry);
}

/* ----------------------------------------------------------- completeness */

static enum parse_status try_parse(struct session *session, const char *text,
                                   size_t length, bool interactive)
{
    struct entry entry = {
        .text = text, .length = length, .name = "<input>", .typed = true};
    struct error err = ERROR_INIT;
    struct program *program = NULL;
    enum parse_status status =
        parse(session, &entry, interactive, &program, &err);
    program_free(program);
    error_clear(&err);
    return status;
}

bool entry_is_incomplete(struct session *session, const char *text,
                         size_t length)
{
    struct strbuf arguments = STRBUF_INIT;
    bool command = line_length(text, length) == length &&
                   match_line(session, text, length, &arguments) != NULL;
    strbuf_done(&arguments);
    return !command &&
           try_parse(session, text, length, true) == PARSE_INCOMPLETE;
}

bool entry_is_whole(struct session *session, const char *text, size_t length)
{
    return try_parse(session, text, length, false) == PARSE_OK;
}
