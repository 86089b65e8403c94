/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/completion.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <readline/readline.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "data/dataset.h"
#include "ops/registry.h"
#include "repl/candidates.h"
#include "repl/command.h"
#include "repl/command_train.h"
#include "repl/help_topic.h"
#include "repl/jobs.h"
#include "repl/primary.h"
#include "repl/recipe.h"
#include "repl/session.h"
#include "repl/text_layout.h"
#include "view/window.h"

static struct session *session;

static const char word_breaks[] = " \t\n\"'`@$><=;|&{}()[]+-*/%,:~^!?#\\";

/* --------------------------------------------------------------- commands */

static void add_commands(struct candidates *candidates, const char *text)
{
    const struct command *row;
    for (int i = 0; (row = command_at(i)); i++)
        if (command_is_open(row))
            candidates_consider(candidates, text, "", row->name, "");
}

static void add_setting_words(struct candidates *candidates, const char *text,
                              const char *before)
{
    const struct setting *setting;
    for (int i = 0; (setting = setting_at(i)); i++) {
        size_t length = strlen(setting->name);
        if (!*before)
            candidates_consider(candidates, text, "", setting->name, "");
        else if (!strncmp(before, setting->name, length))
            for (int k = 0; setting->choices[k]; k++)
                candidates_consider(candidates, text, "", setting->choices[k],
                                    "");
    }
    if (!*before && jobs_at(0))
        candidates_consider(candidates, text, "", "rate", "");
}

/* Between two entries windows are main's to ask. */
static void add_windows(struct candidates *candidates, const char *text)
{
    const struct scene *scene;
    for (int i = 0; (scene = windows_at(i)); i++)
        candidates_consider(candidates, text, "", scene->kind, "");
    candidates_consider(candidates, text, "", "all", "");
}

static void add_train_words(struct candidates *candidates, const char *text,
                            const char *before, bool names)
{
    const char *name;
    for (int i = 0; names && !*before && datasets[i].name; i++)
        candidates_consider(candidates, text, "", datasets[i].name, "");
    for (int i = 0; (!names || *before) && (name = recipe_setting_name(i)); i++)
        candidates_consider(candidates, text, "", name, "=");
}

/* What has a page of help. */
static void add_help_words(struct candidates *candidates, const char *text)
{
    struct interp *interp = session_interp(session);
    const struct help_topic *topic;
    const struct op *op;
    const char *name;
    struct value value;
    add_commands(candidates, text);
    candidates_consider(candidates, text, "", "commands", "");
    for (int i = 0; (topic = help_topic_at(i)); i++)
        candidates_consider(candidates, text, "", topic->name, "");
    if (!*text)
        return;
    for (int i = 0; (op = op_at(i)); i++)
        candidates_consider(candidates, text, "", op->name, "");
    for (size_t i = 0; interp_next_global(interp, &i, &name, &value);)
        candidates_consider(candidates, text, "", name, "");
    for (size_t i = 0; interp_next_builtin(interp, &i, &name, &value);)
        candidates_consider(candidates, text, "", name, "");
}

/* The command whose arguments START is among, and what stands between it and
   START. */
static const struct command *command_before(int start, char **ret_before)
{
    char *line = xstrndup(rl_line_buffer, (size_t)start), *rest = line;
    char *word =
        strchr(line, ' ') || strchr(line, '\t') ? command_word(&rest) : NULL;
    if (word && *word == '%')
        word++;
    const struct command *row = word ? command_find(word) : NULL;
    if (ret_before)
        *ret_before = xstrdup(rest + strspn(rest, " \t"));
    free(line);
    return row;
}

static void add_arguments(struct candidates *candidates, const char *text,
                          const struct command *row, const char *before)
{
    switch (row->takes) {
    case COMMAND_TAKES_SETTINGS:
        add_setting_words(candidates, text, before);
        break;
    case COMMAND_TAKES_TRAINING:
        add_train_words(candidates, text, before, row->run == command_train);
        break;
    case COMMAND_TAKES_WINDOW:
        if (!*before)
            add_windows(candidates, text);
        break;
    case COMMAND_TAKES_TOPIC:
        if (!*before && !strchr(text, '.'))
            add_help_words(candidates, text);
        break;
    case COMMAND_TAKES_NOTHING:
    case COMMAND_TAKES_CODE:
    case COMMAND_TAKES_FILE:
    default:
        break;
    }
}

static bool takes_code(const struct command *row)
{
    return !row || row->takes == COMMAND_TAKES_CODE;
}

static bool takes_file(const struct command *row)
{
    return row && row->takes == COMMAND_TAKES_FILE;
}

/* ----------------------------------------------------------------- the list */

/* Below the line, which is drawn again. */
static void show_below(const char *text)
{
    fprintf(rl_outstream, "\n%s\n", text);
    rl_on_new_line();
    rl_redisplay();
}

/* "x   (2, 3) int64" of a variable; false when NAME is none. */
static bool add_variable(struct strbuf *sb, const char *name, size_t width)
{
    size_t columns = (size_t)session_columns(session) - 1;
    char *plain = xstrndup(name, strcspn(name, "("));
    struct value value;
    bool found = interp_get_global(session_interp(session), plain, &value);
    free(plain);
    if (!found)
        return false;
    text_pad(sb, name, width);
    strbuf_adds(sb, "  ");
    if (value.kind == VALUE_TENSOR)
        text_kind(sb, value.tensor);
    else if (width + 12 < columns)
        text_preview(sb, value, columns - width - 2);
    strbuf_addc(sb, '\n');
    value_unref(value);
    return true;
}

/* Attributes are listed without the object they are of. */
static void shorten(char **items, int count)
{
    const char *dot = strrchr(items[0], '.');
    size_t cut = dot ? (size_t)(dot + 1 - items[0]) : 0;
    for (int i = 0; cut && i <= count; i++)
        memmove(items[i], items[i] + cut, strlen(items[i] + cut) + 1);
}

/* A list that would scroll off the screen helps nobody. */
static bool is_too_long(int count)
{
    if (count <= rl_completion_query_items)
        return false;
    fputc('\n', rl_outstream);
    fprintf(rl_outstream, _("%d names; one more letter shortens the list\n"),
            count);
    rl_on_new_line();
    rl_forced_update_display();
    return true;
}

/* Variables first, each with what it is; then the rest in columns. */
static void show_matches(char **items, int count, int longest)
{
    struct strbuf rows = STRBUF_INIT;
    if (is_too_long(count))
        return;
    char **rest = xcalloc((size_t)count + 2, sizeof *rest);
    int left = 0;
    if (!rl_filename_completion_desired)
        shorten(items, count);
    rest[0] = items[0];
    for (int i = 1; i <= count; i++)
        if (rl_filename_completion_desired ||
            !add_variable(&rows, items[i], (size_t)longest))
            rest[++left] = items[i];
    /* each of the two begins a new line, neither ends one */
    if (rows.length > 0)
        fprintf(rl_outstream, "\n%.*s", (int)rows.length - 1, rows.text);
    if (left == 0)
        fputc('\n', rl_outstream);
    else
        rl_display_match_list(rest, left, longest);
    rl_on_new_line();
    rl_forced_update_display();
    strbuf_done(&rows);
    free(rest);
}

/* ---------------------------------------------------------------- Readline */

static bool in_quotes(int start, const char *text)
{
    return start > 0 && *text != '.' &&
           strchr("\"'", rl_line_buffer[start - 1]);
}

static void show_signature(const char *before)
{
    char *signature = call_signature(session_interp(session), before);
    struct strbuf sb = STRBUF_INIT;
    if (signature) {
        text_wrap(&sb, signature, 0, (size_t)session_columns(session) - 1);
        show_below(sb.text);
    }
    strbuf_done(&sb);
    free(signature);
}

static void add_code(struct candidates *candidates, const char *text, int start)
{
    struct interp *interp = session_interp(session);
    char *before = xstrndup(rl_line_buffer, (size_t)start);
    struct value value;
    if (*text == '.') {
        if (start > 0 && primary_value(session, before, &value)) {
            candidates_add_attributes_of(candidates, interp, value, text);
            value_unref(value);
        }
    } else if (strchr(text, '.')) {
        candidates_add_attributes(candidates, interp, text);
    } else if (!*text && start > 0 && before[start - 1] == '(') {
        show_signature(before);
    } else {
        candidates_add_keywords(candidates, interp, before, text);
        candidates_add_names(candidates, interp, text,
                             is_inside_brackets(before));
    }
    free(before);
}

static char **complete(const char *text, int start, int end)
{
    struct candidates candidates = {NULL, 0, 0};
    char *before;
    (void)end;
    const struct command *row = command_before(start, &before);
    rl_completion_append_character = '\0';
    rl_attempted_completion_over = !in_quotes(start, text) && !takes_file(row);
    if (rl_attempted_completion_over) {
        if (row)
            add_arguments(&candidates, text, row, before);
        if (start == 0 && !strchr(text, '.'))
            add_commands(&candidates, text);
        if (takes_code(row) || strchr(text, '.'))
            add_code(&candidates, text, start);
    }
    free(before);
    return candidates_finish(&candidates);
}

/* Does a string begin before the cursor and not end? */
static bool in_string(void)
{
    char quote = '\0';
    for (int i = 0; i < rl_point; i++) {
        char c = rl_line_buffer[i];
        if (quote && c == '\\')
            i++;
        else if (quote ? c == quote : c == '"' || c == '\'')
            quote = quote ? '\0' : c;
    }
    return quote;
}

/* A file's name goes from blank to blank. */
static char *choose_breaks(void)
{
    static char file_breaks[] = " \t\n\"'", code_breaks[sizeof word_breaks];
    memcpy(code_breaks, word_breaks, sizeof word_breaks);
    /* behind a string that has ended, Readline would close it once more */
    rl_basic_quote_characters = in_string() ? "\"'" : "";
    bool file = in_string() || takes_file(command_before(rl_point, NULL));
    return file ? file_breaks : code_breaks;
}

void completion_init(struct session *owner)
{
    session = owner;
    rl_attempted_completion_function = complete;
    rl_completion_display_matches_hook = show_matches;
    rl_completion_word_break_hook = choose_breaks;
    rl_completer_quote_characters = "\"'";
    rl_basic_word_break_characters = word_breaks;
}
