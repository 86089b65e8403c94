/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/completion.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <readline/readline.h>

#include "autograd/op.h"
#include "base/alloc.h"
#include "data/dataset.h"
#include "repl/command.h"
#include "repl/session.h"

static struct session *session;

/* ------------------------------------------------------------- candidates */

struct candidates {
    char **items; /* [0] is left free for what they have in common */
    size_t count, capacity;
};

static void consider(struct candidates *candidates, const char *text,
                     const char *prefix, const char *name, const char *suffix)
{
    if (strncmp(name, text, strlen(text)) != 0)
        return;
    if (candidates->count == 0)
        VEC_PUSH(candidates->items, candidates->count, candidates->capacity) =
            NULL;
    char *item = xasprintf("%s%s%s", prefix, name, suffix);
    for (size_t i = 1; i < candidates->count; i++)
        if (!strcmp(candidates->items[i], item)) {
            free(item);
            return;
        }
    VEC_PUSH(candidates->items, candidates->count, candidates->capacity) =
        item;
}

static size_t common_length(char *const *items, size_t count)
{
    size_t length = strlen(items[0]);
    for (size_t i = 1; i < count; i++) {
        size_t same = 0;
        while (same < length && items[i][same] == items[0][same])
            same++;
        length = same;
    }
    return length;
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* As Readline wants it: the common start, the items, NULL. */
static char **matches(struct candidates *candidates)
{
    if (candidates->count == 0)
        return NULL;
    size_t count = candidates->count - 1;
    char **items = candidates->items + 1;
    qsort(items, count, sizeof *items, compare);
    candidates->items[0] = xstrndup(items[0], common_length(items, count));
    if (count == 1) {
        free(items[0]);
        candidates->count = 1;
    }
    VEC_PUSH(candidates->items, candidates->count, candidates->capacity) =
        NULL;
    return candidates->items;
}

static const char *call_suffix(struct value value)
{
    bool called = value.kind == VALUE_NATIVE ||
                  value.kind == VALUE_FUNCTION || value.kind == VALUE_METHOD;
    return called ? "(" : "";
}

/* ------------------------------------------------------------------ names */

static bool find_name(const char *wanted, struct value *ret)
{
    struct interp *interp = session_interp(session);
    const char *name;
    struct value value;
    if (interp_get_global(interp, wanted, ret))
        return true;
    for (size_t i = 0; interp_next_builtin(interp, &i, &name, &value);)
        if (!strcmp(name, wanted)) {
            *ret = value_ref(value);
            return true;
        }
    return false;
}

/* Attributes of the learner's own objects may be properties, which would run
   code. */
static bool is_safe(struct value value)
{
    return value.kind != VALUE_INSTANCE && value.kind != VALUE_CLASS;
}

/* The value of a path "np.random"; owned. */
static bool find_path(const char *path, struct value *ret)
{
    char *words = xstrdup(path), *rest = words;
    struct error err = ERROR_INIT;
    bool good = find_name(strsep(&rest, "."), ret);
    while (good && rest) {
        struct value outer = *ret;
        good = is_safe(outer) &&
               interp_get_attribute(session_interp(session), outer,
                                    strsep(&rest, "."), ret, &err);
        value_unref(outer);
    }
    error_clear(&err);
    free(words);
    return good;
}

static void add_names(struct candidates *candidates, const char *text)
{
    static const char *const keywords[] = {
        "True",   "False", "None",  "and",    "assert", "break", "class",
        "continue", "def", "del",   "elif",   "else",   "except", "finally",
        "for",    "from",  "if",    "import", "in",     "is",    "lambda",
        "not",    "or",    "pass",  "raise",  "return", "try",   "while",
        "with",   NULL};
    struct interp *interp = session_interp(session);
    const char *name;
    struct value value;
    if (!*text)
        return;
    for (size_t i = 0; interp_next_global(interp, &i, &name, &value);)
        consider(candidates, text, "", name, call_suffix(value));
    for (size_t i = 0; interp_next_builtin(interp, &i, &name, &value);)
        consider(candidates, text, "", name, call_suffix(value));
    for (int i = 0; keywords[i]; i++)
        consider(candidates, text, "", keywords[i], "");
}

static void add_attributes(struct candidates *candidates, const char *text)
{
    const char *dot = strrchr(text, '.');
    char *path = xstrndup(text, (size_t)(dot - text));
    char *prefix = xstrndup(text, (size_t)(dot - text) + 1);
    struct value value;
    if (find_path(path, &value)) {
        char **names = interp_attributes(session_interp(session), value);
        for (size_t i = 0; names && names[i]; i++) {
            if (names[i][0] != '_' || dot[1] == '_')
                consider(candidates, dot + 1, prefix, names[i], "");
            free(names[i]);
        }
        free(names);
        value_unref(value);
    }
    free(prefix);
    free(path);
}

/* --------------------------------------------------------------- commands */

static void add_commands(struct candidates *candidates, const char *text)
{
    const struct command *row;
    for (int i = 0; (row = command_at(i)); i++)
        consider(candidates, text, "", row->name, "");
}

static void add_setting_words(struct candidates *candidates, const char *text,
                              const char *before)
{
    const struct setting *setting;
    for (int i = 0; (setting = setting_at(i)); i++) {
        size_t length = strlen(setting->name);
        if (!*before)
            consider(candidates, text, "", setting->name, "");
        else if (!strncmp(before, setting->name, length))
            for (int k = 0; setting->choices[k]; k++)
                consider(candidates, text, "", setting->choices[k], "");
    }
}

static void add_train_words(struct candidates *candidates, const char *text,
                            const char *before)
{
    static const char *const words[] = {"epochs=", "batch=", "rate=",
                                        "hidden=", "seed=", NULL};
    for (int i = 0; !*before && datasets[i].name; i++)
        consider(candidates, text, "", datasets[i].name, "");
    for (int i = 0; *before && words[i]; i++)
        consider(candidates, text, "", words[i], "");
}

/* The arguments of the command that the line starts with; BEFORE is what
   stands between it and TEXT. */
static void add_arguments(struct candidates *candidates, const char *text,
                          const struct command *row, const char *before)
{
    if (!strcmp(row->name, "set"))
        add_setting_words(candidates, text, before);
    else if (!strcmp(row->name, "train"))
        add_train_words(candidates, text, before);
    else if (!strcmp(row->name, "help"))
        add_commands(candidates, text);
}

static bool takes_file(const struct command *row)
{
    return row && (!strcmp(row->name, "load") || !strcmp(row->name, "save"));
}

static bool takes_names(const struct command *row)
{
    return !row || !strcmp(row->name, "help") || !strcmp(row->name, "time");
}

/* The command whose arguments START is among, and what stands before it. */
static const struct command *command_before(int start, char **ret_before)
{
    char *line = xstrndup(rl_line_buffer, (size_t)start), *rest = line;
    char *word = strchr(line, ' ') || strchr(line, '\t') ? command_word(&rest)
                                                         : NULL;
    const struct command *row = word ? command_find(word) : NULL;
    *ret_before = xstrdup(rest + strspn(rest, " \t"));
    free(line);
    return row;
}

/* -------------------------------------------------------------- signature */

/* "name" of "name(" right before START, or NULL. */
static char *called_name(int start)
{
    int end = start - 1;
    if (end < 0 || rl_line_buffer[end] != '(')
        return NULL;
    int begin = end;
    while (begin > 0 && (isalnum((unsigned char)rl_line_buffer[begin - 1]) ||
                         strchr("_.", rl_line_buffer[begin - 1])))
        begin--;
    return begin < end ? xstrndup(rl_line_buffer + begin,
                                  (size_t)(end - begin))
                       : NULL;
}

/* What stands between the brackets; a method has its object already. */
static const struct param *params_of(struct value value)
{
    bool bound = value.kind == VALUE_METHOD;
    if (bound)
        value = value.method->function;
    if (value.kind != VALUE_NATIVE || !value.native->params)
        return NULL;
    return value.native->params + (bound && value.native->params->name);
}

/* Shows it below the line, which is drawn again. */
static void show_signature(int start)
{
    char *name = called_name(start);
    struct value value;
    if (!name || !find_path(name, &value)) {
        free(name);
        return;
    }
    const struct param *params = params_of(value);
    if (params) {
        struct strbuf sb = STRBUF_INIT;
        params_format(&sb, name, params);
        fprintf(rl_outstream, "\n%s\n", sb.text);
        rl_on_new_line();
        rl_redisplay();
        strbuf_done(&sb);
    }
    value_unref(value);
    free(name);
}

/* --------------------------------------------------------------- Readline */

static bool in_quotes(int start)
{
    return start > 0 && strchr("\"'", rl_line_buffer[start - 1]);
}

static char **complete(const char *text, int start, int end)
{
    struct candidates candidates = {NULL, 0, 0};
    char *before;
    (void)end;
    const struct command *row = command_before(start, &before);
    rl_completion_append_character = '\0';
    rl_attempted_completion_over = !in_quotes(start) && !takes_file(row);
    if (rl_attempted_completion_over) {
        if (row)
            add_arguments(&candidates, text, row, before);
        if (start == 0)
            add_commands(&candidates, text);
        if (strchr(text, '.'))
            add_attributes(&candidates, text);
        else if (takes_names(row))
            add_names(&candidates, text);
        if (!*text && !row)
            show_signature(start);
    }
    free(before);
    return matches(&candidates);
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
    for (int i = rl_point; i > 0 && rl_line_buffer[i - 1] != '\n'; i--)
        if (!isspace((unsigned char)rl_line_buffer[i - 1]))
            return complete_again(count, key);
    return rl_insert_text("    ") > 0 ? 0 : 1;
}

void completion_init(struct session *owner)
{
    session = owner;
    rl_attempted_completion_function = complete;
    rl_completer_quote_characters = "\"'";
    rl_basic_word_break_characters = " \t\n\"'`@$><=;|&{}()[]+-*/%,:~^!?#\\";
    rl_bind_key('\t', complete_or_indent);
}
