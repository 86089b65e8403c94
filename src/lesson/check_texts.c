/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "lesson/check.h"
#include "lesson/document.h"
#include "lesson/translation.h"

/* Columns: prose is wrapped; a line of code stands two columns
   to the right. */
enum { CODE_MOST = 76, TITLE_MOST = 60, CHOICE_MOST = 72 };

/* ------------------------------------------------------------- fenced code */

void text_walk_code(const char *text, code_visit *visit, void *context)
{
    cmark_node *root =
        cmark_parse_document(text, strlen(text), CMARK_OPT_DEFAULT);
    cmark_iter *iter = cmark_iter_new(root);
    while (cmark_iter_next(iter) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        if (cmark_node_get_type(node) != CMARK_NODE_CODE_BLOCK)
            continue;
        const char *info = cmark_node_get_fence_info(node);
        const char *rest = cmark_node_get_literal(node);
        while (*rest) {
            size_t length = strcspn(rest, "\n");
            char *line = xstrndup(rest, length);
            visit(context, info ? info : "", line);
            free(line);
            rest += length;
            rest += *rest == '\n';
        }
        visit(context, info ? info : "", NULL);
    }
    cmark_iter_free(iter);
    cmark_node_free(root);
}

/* ------------------------------------------------------------------ widths */

struct measuring {
    struct check *check;
    const char *path, *id;
    int line;
};

static void measure(const struct measuring *measuring, const char *text,
                    size_t most)
{
    size_t columns = utf8_columns(text, strlen(text));
    if (columns > most)
        check_tell(measuring->check, measuring->path, measuring->line,
                   _("%s: %zu columns wide, %zu are the most: %s"),
                   measuring->id, columns, most, text);
}

static void measure_line(void *context, const char *role, const char *line)
{
    (void)role;
    if (line)
        measure(context, line, CODE_MOST);
}

static void measure_text(struct measuring *measuring, const char *text)
{
    if (text)
        text_walk_code(text, measure_line, measuring);
}

static void measure_code(struct measuring *measuring,
                         const struct snippet *snippet)
{
    int line = measuring->line;
    const char *rest = snippet->text;
    measuring->line = snippet->line;
    while (rest && *rest) {
        size_t length = strcspn(rest, "\n");
        char *one = xstrndup(rest, length);
        measure(measuring, one, CODE_MOST);
        free(one);
        rest += length;
        rest += *rest == '\n';
        measuring->line++;
    }
    measuring->line = line;
}

static void measure_codes(struct measuring *measuring,
                          const struct snippets *list)
{
    for (size_t i = 0; i < list->count; i++)
        measure_code(measuring, &list->items[i]);
}

void check_widths(struct check *check, const struct lesson *lesson)
{
    struct measuring measuring = {check, lesson->path, lesson->id, 1};
    measure(&measuring, lesson->title, TITLE_MOST);
    measure_text(&measuring, lesson->intro);
    for (size_t i = 0; i < lesson->count; i++) {
        const struct step *step = &lesson->steps[i];
        measuring.id = step->id;
        measuring.line = step->line;
        measure(&measuring, step->title, TITLE_MOST);
        measure_text(&measuring, step->prose);
        measure_text(&measuring, step->after);
        measure_code(&measuring, &step->answer);
        measure_code(&measuring, &step->predict);
        measure_codes(&measuring, &step->explore);
        for (size_t j = 0; j < step->labels.count; j++)
            measure(&measuring, step->labels.items[j], CHOICE_MOST);
        for (size_t j = 0; j < step->mistake_count; j++)
            measure_text(&measuring, step->mistakes[j].sentence);
        for (size_t j = 0; j < step->hint_count; j++)
            measure_text(&measuring, step->hints[j].text);
    }
}

/* ------------------------------------------------------------- translation */

/* Are a step's choices words, which have to be translated? */
static bool has_words(const struct step *step)
{
    for (size_t i = 0; i < step->labels.count; i++)
        if (strchr("\"'", step->choices.items[i].text[0]))
            return true;
    return false;
}

static void compare_counts(struct check *check, const char *path,
                           const struct translated_step *there, size_t have,
                           size_t want, const char *format)
{
    if (have != want)
        check_tell(check, path, there->line, format, there->id, have, want);
}

static void compare_step(struct check *check, const char *path,
                         const struct step *step,
                         const struct translated_step *there)
{
    if (!there->marked || there->mark != step->mark)
        check_tell(check, path, there->line,
                   _("%s: older than the base; the mark of what it should "
                     "translate is base=%08x"),
                   step->id, step->mark);
    if (step->prose && !there->prose)
        check_tell(check, path, there->line, _("%s: no prose"), step->id);
    if ((step->after != NULL) != (there->after != NULL))
        check_tell(check, path, there->line,
                   step->after
                       ? _("%s: what is shown after the step is missing")
                       : _("%s: the base shows nothing after the step"),
                   step->id);
    compare_counts(check, path, there, there->sentences.count,
                   step->mistake_count,
                   _("%s: %zu sentences for mistakes, the base has %zu"));
    compare_counts(check, path, there, there->hints.count, step->hint_count,
                   _("%s: %zu hints, the base has %zu"));
    if (has_words(step) || there->labels.count)
        compare_counts(check, path, there, there->labels.count,
                       step->labels.count,
                       _("%s: %zu choices, the base has %zu"));
}

static void measure_translation(struct check *check,
                                const struct translation *translation)
{
    struct measuring measuring = {check, translation->path, "", 1};
    if (translation->title)
        measure(&measuring, translation->title, TITLE_MOST);
    measure_text(&measuring, translation->intro);
    for (size_t i = 0; i < translation->count; i++) {
        const struct translated_step *step = &translation->steps[i];
        measuring.id = step->id;
        measuring.line = step->line;
        measure(&measuring, step->title, TITLE_MOST);
        measure_text(&measuring, step->prose);
        measure_text(&measuring, step->after);
        for (size_t j = 0; j < step->sentences.count; j++)
            measure_text(&measuring, step->sentences.items[j]);
        for (size_t j = 0; j < step->hints.count; j++)
            measure_text(&measuring, step->hints.items[j]);
    }
}

static void compare(struct check *check, const struct lesson *lesson,
                    const struct translation *translation)
{
    const char *path = translation->path;
    if (!translation->marked || translation->mark != lesson->mark)
        check_tell(check, path, translation->title_line,
                   _("%s: older than the base; the mark of what it should "
                     "translate is base=%08x"),
                   lesson->id, lesson->mark);
    if (lesson->intro && !translation->intro)
        check_tell(check, path, 1, _("%s: no introduction"), lesson->id);
    for (size_t i = 0; i < lesson->count; i++) {
        const struct step *step = &lesson->steps[i];
        const struct translated_step *there =
            translation_find(translation, step->id);
        if (there)
            compare_step(check, path, step, there);
        else
            check_tell(check, path, 1, _("%s: not translated"), step->id);
    }
    for (size_t i = 0; i < translation->count; i++)
        if (lesson_find_step(lesson, translation->steps[i].id) < 0)
            check_tell(check, path, translation->steps[i].line,
                       _("%s: the base has no such step"),
                       translation->steps[i].id);
}

void check_translation(struct check *check, const struct lesson *lesson,
                       const char *path)
{
    struct translation *translation;
    struct error err = ERROR_INIT;
    if (access(path, F_OK) != 0) {
        check_tell(check, lesson->path, 1, _("there is no translation %s"),
                   path);
    } else if (!translation_read(path, &translation, &err)) {
        check->tell(check->context, err.message);
        check->faults++;
        error_clear(&err);
    } else {
        compare(check, lesson, translation);
        measure_translation(check, translation);
        translation_free(translation);
    }
}
