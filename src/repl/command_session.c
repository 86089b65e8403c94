/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/command_session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "repl/command.h"
#include "repl/command_lesson.h"
#include "repl/command_train.h"
#include "repl/jobs.h"
#include "repl/session.h"
#include "repl/size_text.h"
#include "repl/text_layout.h"

const char command_time_details[] =
    N_("Runs what follows as if it was typed, then prints how long that took, "
       "in seconds, milliseconds (ms) or microseconds (µs).");

const char command_who_details[] =
    N_("Each variable with its type, or its dtype, shape and size in memory. "
       "Modules and the last value, _, are left out.");

const char command_set_details[] =
    N_("Alone it lists the settings with their values.  What is set at the "
       "prompt is kept for the next time.");

const char command_clear_details[] =
    N_("The variables stay.  Ctrl-L does the same while you type.");

const char command_reset_details[] =
    N_("All names are as at the start.  The lines that were typed are still "
       "there: Up brings them back, save writes them.");

const char command_quit_details[] =
    N_("The history of what was typed is kept; variables are not: save writes "
       "the lines that made them.  A number is the exit status.");

static bool no_arguments(const char *name, const char *arguments,
                         struct error *err)
{
    if (!*arguments)
        return true;
    error_set(err, ERROR_TYPE, _("%s takes no arguments"), name);
    error_hint(err, "%s", name);
    return false;
}

/* -------------------------------------------------------------------- time */

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static void print_duration(struct session *session, double seconds)
{
    if (seconds >= 1.0)
        session_print(session, "%.2f s\n", seconds);
    else if (seconds >= 1e-3)
        session_print(session, "%.2f ms\n", seconds * 1e3);
    else
        session_print(session, "%.1f µs\n", seconds * 1e6);
}

bool command_time(struct session *session, const char *arguments,
                  struct error *err)
{
    if (!*arguments) {
        error_set(err, ERROR_TYPE, _("time what?"));
        error_hint(err, "time ones((1000, 1000)).sum()");
        return false;
    }
    struct program *program = NULL;
    bool good = session_parse(session, arguments, &program, err);
    double start = now();
    good = good && program_run(session_interp(session), program, true, err);
    double seconds = now() - start;
    if (!good) {
        program_free(program);
        return false;
    }
    print_duration(session, seconds);
    journal_add(session_journal(session), program, arguments,
                strlen(arguments), NULL);
    return true;
}

/* --------------------------------------------------------------------- who */

enum { NAME_LEAST = 4, TYPE_LEAST = 4, DETAIL_LEAST = 5, PREVIEW_MOST = 100 };

struct listing {
    const char *name, *type;
    struct strbuf detail, size;
};

static bool is_listed(const char *name, struct value value)
{
    return value.kind != VALUE_MODULE && value.kind != VALUE_NATIVE &&
           strcmp(name, "_") != 0;
}

static void listing_fill(struct listing *listing, const char *name,
                         struct value value)
{
    *listing = (struct listing){name, value_type_name(value), STRBUF_INIT,
                                STRBUF_INIT};
    if (value.kind != VALUE_TENSOR) {
        text_preview(&listing->detail, value, PREVIEW_MOST);
        return;
    }
    const struct tensor *tensor = value.tensor;
    listing->type = dtype_name(tensor->dtype);
    shape_format(&listing->detail, tensor->ndim, tensor->shape);
    size_text(tensor->size * (int64_t)dtype_size(tensor->dtype),
              &listing->size);
}

static size_t wider(size_t width, const char *text)
{
    size_t columns = utf8_columns(text, strlen(text));
    return columns > width ? columns : width;
}

static void add_padded(struct strbuf *sb, const char *text, size_t width)
{
    strbuf_adds(sb, text);
    strbuf_repeat(sb, ' ', width - utf8_columns(text, strlen(text)) + 2);
}

static void print_listings(struct session *session,
                           const struct listing *listings, size_t count)
{
    size_t name = NAME_LEAST, type = TYPE_LEAST, detail = DETAIL_LEAST;
    size_t columns = (size_t)session_columns(session) - 1;
    struct strbuf sb = STRBUF_INIT;
    for (size_t i = 0; i < count; i++) {
        name = wider(name, listings[i].name);
        type = wider(type, listings[i].type);
        if (listings[i].size.length)
            detail = wider(detail, listings[i].detail.text);
    }
    for (size_t i = 0; i < count; i++) {
        add_padded(&sb, listings[i].name, name);
        add_padded(&sb, listings[i].type, type);
        if (listings[i].size.length)
            add_padded(&sb, listings[i].detail.text, detail);
        else
            text_cut(&sb, listings[i].detail.text,
                     columns > name + type + 8 ? columns - name - type - 4
                                               : 4);
        strbuf_adds(&sb, listings[i].size.text);
        strbuf_addc(&sb, '\n');
    }
    session_print(session, "%s", sb.text);
    strbuf_done(&sb);
}

bool command_who(struct session *session, const char *arguments,
                 struct error *err)
{
    struct listing *listings = NULL;
    size_t count = 0, capacity = 0;
    const char *name;
    struct value value;
    if (!no_arguments("who", arguments, err))
        return false;
    for (size_t i = 0;
         interp_next_global(session_interp(session), &i, &name, &value);)
        if (is_listed(name, value))
            listing_fill(&VEC_PUSH(listings, count, capacity), name, value);
    if (count == 0)
        session_print(session, _("no variables yet\n"));
    else
        print_listings(session, listings, count);
    for (size_t i = 0; i < count; i++) {
        strbuf_done(&listings[i].detail);
        strbuf_done(&listings[i].size);
    }
    free(listings);
    return true;
}

/* --------------------------------------------------------------------- set */

static void print_setting(struct session *session,
                          const struct setting *setting)
{
    session_print(session, "%-10s %-8s %s\n", setting->name,
                  setting_get(session_settings(session), setting),
                  _(setting->doc));
}

/* What is set at the prompt is kept; a piped session leaves no trace. */
static bool change_setting(struct session *session,
                           const struct setting *setting, const char *value,
                           struct error *err)
{
    struct settings kept = SETTINGS_DEFAULT;
    if (!setting_set(session_settings(session), setting, value, err))
        return false;
    if (!session_is_interactive(session))
        return true;
    settings_load(&kept);
    return setting_set(&kept, setting, value, err) &&
           settings_save(&kept, err);
}

static bool set_words(struct session *session, char *words, struct error *err)
{
    char *name = command_word(&words);
    char *value = command_word(&words);
    bool is_rate = !strcmp(name, "rate");
    const struct setting *setting = is_rate ? NULL : setting_find(name, err);
    if (!setting && !is_rate)
        return false;
    if (value && command_word(&words)) {
        error_set(err, ERROR_TYPE, _("set takes a name and a value"));
        error_hint(err, "set %s %s", name, value);
        return false;
    }
    if (is_rate)
        return command_set_rate(session, value, err);
    if (value)
        return change_setting(session, setting, value, err);
    print_setting(session, setting);
    return true;
}

bool command_set(struct session *session, const char *arguments,
                 struct error *err)
{
    const struct setting *setting;
    if (*arguments) {
        char *words = xstrdup(arguments);
        bool good = set_words(session, words, err);
        free(words);
        return good;
    }
    for (int i = 0; (setting = setting_at(i)); i++)
        print_setting(session, setting);
    command_show_rate(session);
    return true;
}

/* ---------------------------------------------------------- clear … quit */

bool command_clear(struct session *session, const char *arguments,
                   struct error *err)
{
    if (!no_arguments("clear", arguments, err))
        return false;
    if (session_is_terminal(session))
        session_print(session, "\033[H\033[2J");
    return true;
}

bool command_reset(struct session *session, const char *arguments,
                   struct error *err)
{
    if (!no_arguments("reset", arguments, err))
        return false;
    if (command_lesson_reset(session))
        return true;
    struct strbuf news = STRBUF_INIT;
    jobs_leave(session, &news);
    session_print(session, "%s", news.text ? news.text : "");
    strbuf_done(&news);
    session_reset(session);
    return true;
}

bool command_quit(struct session *session, const char *arguments,
                  struct error *err)
{
    char *end;
    if (!*arguments && command_lesson_quit(session))
        return true;
    long status = strtol(arguments, &end, 10);
    if (*end) {
        error_set(err, ERROR_TYPE, _("quit takes an exit status, or nothing"));
        error_hint(err, "quit");
        return false;
    }
    session_quit(session, (int)(status & 0xff));
    return true;
}
