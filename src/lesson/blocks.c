/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lesson/blocks.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/suggest.h"

enum { CHOICES_LEAST = 2, CHOICES_MOST = 6, REPEAT_MOST = 1000 };

struct snippet snippet_of(cmark_node *node)
{
    return (struct snippet){xstrdup(cmark_node_get_literal(node)),
                            cmark_node_get_start_line(node) + 1};
}

bool block_is_prose(const char *role)
{
    static const char *const roles[] = {"",     "tensor",  "text",
                                        "python", "console", NULL};
    for (int i = 0; roles[i]; i++)
        if (!strcmp(role, roles[i]))
            return true;
    return false;
}

/* ------------------------------------------------------------------ words */

/* The next word of *REST, with its length; NULL at the end.  Commas may stand
   between words. */
static const char *next_word(const char **rest, size_t *length)
{
    *rest += strspn(*rest, " \t,");
    const char *word = *rest;
    *length = strcspn(word, " \t");
    *rest += *length;
    if (*length > 1 && word[*length - 1] == ',')
        (*length)--;
    return *length ? word : NULL;
}

static bool is_word(const char *word, size_t length, const char *text)
{
    return word && strlen(text) == length && !memcmp(word, text, length);
}

/* "not", "use": the words that have to follow. */
static bool take_word(const char **rest, const char *text)
{
    const char *before = *rest;
    size_t length;
    const char *word = next_word(rest, &length);
    if (is_word(word, length, text))
        return true;
    *rest = before;
    return false;
}

/* `answer want y, must use slice dot, must not use T, within 1e-3` */
static bool read_demand(struct demand *demand, const char *words)
{
    struct words *list = NULL;
    const char *word;
    size_t length;
    while ((word = next_word(&words, &length))) {
        if (is_word(word, length, "want")) {
            list = &demand->want;
        } else if (is_word(word, length, "must")) {
            list = take_word(&words, "not") ? &demand->must_not : &demand->must;
            if (!take_word(&words, "use"))
                return false;
        } else if (is_word(word, length, "within")) {
            char *end;
            demand->within = strtod(words, &end);
            if (end == words || !(demand->within >= 0.0))
                return false;
            words = end;
            list = NULL;
        } else if (is_word(word, length, "any")) {
            demand->any_dtype = take_word(&words, "dtype");
            if (!demand->any_dtype)
                return false;
            list = NULL;
        } else if (is_word(word, length, "command")) {
            demand->command = true;
            list = NULL;
        } else if (list) {
            words_add(list, word, length);
        } else {
            return false;
        }
    }
    return true;
}

static bool read_likeness(struct mistake *mistake, const char *words)
{
    static const char *const names[] = {"", "shape", "dtype", "type", "error",
                                        "use", "command"};
    size_t length;
    const char *word = next_word(&words, &length);
    for (int i = 1; word && i <= LIKE_COMMAND; i++)
        if (is_word(word, length, names[i]))
            mistake->likeness = (enum likeness)i;
    if (word && mistake->likeness == LIKE_VALUE)
        return false;
    word = next_word(&words, &length);
    if (mistake->likeness == LIKE_USE && word) {
        mistake->term = xstrndup(word, length);
        word = next_word(&words, &length);
    }
    return !word && (mistake->likeness != LIKE_USE || mistake->term);
}

static bool read_repeat(struct step *step, const char *words)
{
    char *end;
    words += strspn(words, " \t");
    if (!*words)
        return true;
    long count = strtol(words, &end, 10);
    if (end[strspn(end, " \t")] || count < 1 || count > REPEAT_MOST)
        return false;
    step->repeat = (int)count;
    return true;
}

/* ----------------------------------------------------------------- blocks */

static void add_snippet(struct snippets *list, struct snippet snippet)
{
    VEC_PUSH(list->items, list->count, list->capacity) = snippet;
}

/* Each line that says something is one. */
static void add_lines(struct snippets *list, const char *text, int line)
{
    for (; *text; line++) {
        size_t length = strcspn(text, "\n");
        if (strspn(text, " \t\r") < length)
            add_snippet(list, (struct snippet){xstrndup(text, length), line});
        text += length;
        text += *text == '\n';
    }
}

static void read_mistake(struct step *step, cmark_node *node)
{
    struct mistake *mistake =
        &VEC_PUSH(step->mistakes, step->mistake_count, step->mistake_capacity);
    *mistake = (struct mistake){.line = cmark_node_get_start_line(node)};
    add_snippet(&mistake->examples, snippet_of(node));
}

/* Where the block of that name goes to: one snippet, or a list of lines. */
static struct snippet *single_of(struct step *step, const char *role)
{
    if (!strcmp(role, "answer"))
        return &step->answer;
    return !strcmp(role, "predict") ? &step->predict : NULL;
}

static struct snippets *list_of(struct step *step, const char *role)
{
    const struct {
        const char *role;
        struct snippets *list;
    } rows[] = {{"check", &step->check},     {"inputs", &step->inputs},
                {"choices", &step->choices}, {"explore", &step->explore},
                {"show", &step->show}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!strcmp(role, rows[i].role))
            return rows[i].list;
    return NULL;
}

static bool unknown_block(const struct document *document, int line,
                          const char *role, struct error *err)
{
    static const char *const roles[] = {
        "setup",   "answer",  "check", "also",  "inputs", "predict",
        "choices", "explore", "show",  "wrong", "tensor", NULL};
    struct suggestion near = suggestion_for(role);
    for (int i = 0; roles[i]; i++)
        suggestion_consider(&near, roles[i]);
    document_error(document, line, err, _("there is no block '%s'"), role);
    if (near.best)
        error_hint(err, _("did you mean '%s'?"), near.best);
    return false;
}

/* The words after the role are understood; those of roles that take none. */
static bool read_words(struct step *step, const char *role, const char *words)
{
    if (!strcmp(role, "answer"))
        return read_demand(&step->demand, words);
    if (!strcmp(role, "wrong"))
        return read_likeness(&step->mistakes[step->mistake_count - 1], words);
    if (!strcmp(role, "inputs"))
        return read_repeat(step, words);
    return words[strspn(words, " \t")] == '\0';
}

bool block_read(const struct document *document, struct step *step,
                cmark_node *node, const char *role, const char *words,
                struct error *err)
{
    int line = cmark_node_get_start_line(node);
    struct snippet *single = single_of(step, role);
    struct snippets *list = list_of(step, role);
    if (single ? single->text != NULL : list && list->count > 0)
        return document_error(document, line, err,
                              _("the step has a block '%s' already"), role);
    if (single)
        *single = snippet_of(node);
    else if (list)
        add_lines(list, cmark_node_get_literal(node), line + 1);
    else if (!strcmp(role, "also"))
        add_snippet(&step->also, snippet_of(node));
    else if (!strcmp(role, "wrong"))
        read_mistake(step, node);
    else
        return unknown_block(document, line, role, err);
    return read_words(step, role, words) ||
           document_error(document, line, err,
                          _("the words after '%s' are not understood: %s"),
                          role, words + strspn(words, " \t"));
}

/* ----------------------------------------------------------------- finish */

/* Is it several lines that belong together? */
static bool is_block(const char *text)
{
    for (; *text; text += *text == '\n') {
        if (isblank((unsigned char)*text))
            return true;
        text += strcspn(text, "\n");
    }
    return false;
}

static bool is_one_line(const char *text)
{
    const char *newline = strchr(text, '\n');
    return !newline || newline[strspn(newline, " \t\r\n")] == '\0';
}

/* One-line examples become snippets of their own. */
static void split(struct snippets *list)
{
    struct snippets lines = {NULL, 0, 0};
    for (size_t i = 0; i < list->count; i++) {
        struct snippet whole = list->items[i];
        if (is_block(whole.text)) {
            add_snippet(&lines, whole);
        } else {
            add_lines(&lines, whole.text, whole.line);
            free(whole.text);
        }
    }
    free(list->items);
    *list = lines;
}

static void split_examples(struct step *step)
{
    if (step->answer.text && !is_one_line(step->answer.text))
        return;
    split(&step->also);
    for (size_t i = 0; i < step->mistake_count; i++)
        split(&step->mistakes[i].examples);
}

/* A string is shown without its quotes. */
static void add_label(struct words *labels, const char *choice)
{
    size_t length = strlen(choice);
    while (length > 0 && isspace((unsigned char)choice[length - 1]))
        length--;
    bool quoted = length > 1 && (choice[0] == '"' || choice[0] == '\'') &&
                  choice[length - 1] == choice[0];
    words_add(labels, choice + quoted, length - 2 * (size_t)quoted);
}

static bool finish_predict(const struct document *document, struct step *step,
                           struct error *err)
{
    step->kind = STEP_PREDICT;
    if (step->choices.count < CHOICES_LEAST ||
        step->choices.count > CHOICES_MOST)
        return document_error(document, step->line, err,
                              _("predict needs a block 'choices' of two to "
                                "six lines"));
    for (size_t i = 0; i < step->choices.count; i++)
        add_label(&step->labels, step->choices.items[i].text);
    return true;
}

static const char *stray_block(const struct step *step)
{
    if (step->choices.count && step->kind != STEP_PREDICT)
        return "choices";
    if (step->kind >= STEP_DO)
        return NULL;
    if (step->inputs.count)
        return "inputs";
    if (step->check.count)
        return "check";
    if (step->also.count)
        return "also";
    return step->mistake_count ? "wrong" : NULL;
}

bool step_finish(const struct document *document, struct step *step,
                 struct error *err)
{
    split_examples(step);
    if ((step->answer.text != NULL) + (step->predict.text != NULL) +
            (step->explore.count > 0) > 1)
        return document_error(document, step->line, err,
                              _("a step has one of answer, predict and "
                                "explore"));
    if (step->answer.text)
        step->kind = step->inputs.count ? STEP_FUNCTION : STEP_DO;
    else if (step->explore.count)
        step->kind = STEP_EXPLORE;
    else if (step->show.count)
        step->kind = STEP_LOOK;
    if (step->predict.text && !finish_predict(document, step, err))
        return false;
    const char *stray = stray_block(step);
    return !stray || document_error(document, step->line, err,
                                    _("'%s' without an answer"), stray);
}
