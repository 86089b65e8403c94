/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lesson/translation.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "lesson/document.h"

struct reading {
    struct document document;
    struct translation *translation;
    struct translated_step *step; /* NULL: before the first one */
    bool after;                   /* a line of asterisks has come */
    struct error *err;
};

/* "base=5d0c7a12" */
static void read_mark(const char *braces, bool *marked, uint32_t *mark)
{
    char *text = braces_word(braces, "base=");
    char *end = text;
    if (text)
        *mark = (uint32_t)strtoul(text, &end, 16);
    *marked = text && *text && !*end;
    free(text);
}

static bool read_heading(struct reading *reading, cmark_node *node)
{
    struct translation *translation = reading->translation;
    int line = cmark_node_get_start_line(node);
    char *braces;
    char *title = document_heading(&reading->document, node, &braces);
    char *id = braces_word(braces, "#");
    bool is_title = cmark_node_get_heading_level(node) == 1;
    bool good = is_title ? !translation->title
                         : id && !translation_find(translation, id);
    if (!good) {
        document_error(&reading->document, line, reading->err,
                       is_title ? _("a second title")
                       : id     ? _("there is a step '%s' already")
                                : _("a step's heading ends with its id, "
                                    "{#like-this}"),
                       id);
        free(title);
        free(id);
    } else if (is_title) {
        translation->title = title;
        translation->title_line = line;
        read_mark(braces, &translation->marked, &translation->mark);
        free(id);
    } else {
        struct translated_step *step =
            &VEC_PUSH(translation->steps, translation->count,
                      translation->capacity);
        *step = (struct translated_step){
            .id = id, .title = title, .line = line};
        read_mark(braces, &step->marked, &step->mark);
        reading->step = step;
        reading->after = false;
    }
    free(braces);
    return good;
}

/* The text inside NODE, as one of WORDS. */
static void add_inside(struct words *words, cmark_node *node)
{
    char *text = NULL;
    text_append_inside(&text, node);
    words_add(words, text, strlen(text));
    free(text);
}

static void read_sentences(struct translated_step *step, cmark_node *list)
{
    cmark_node *item = cmark_node_first_child(list);
    for (; item; item = cmark_node_next(item))
        add_inside(&step->sentences, item);
}

static bool is_numbered(cmark_node *node)
{
    return cmark_node_get_type(node) == CMARK_NODE_LIST &&
           cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
}

static bool is_choices(cmark_node *node)
{
    const char *info = cmark_node_get_fence_info(node);
    return info && !strcmp(info, "choices");
}

static void read_plain(struct reading *reading, cmark_node *node)
{
    struct translated_step *step = reading->step;
    if (!step)
        text_append(&reading->translation->intro, node);
    else
        text_append(reading->after ? &step->after : &step->prose, node);
}

static bool read_block(struct reading *reading, cmark_node *node)
{
    struct translated_step *step = reading->step;
    cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_HEADING && cmark_node_get_heading_level(node) < 3)
        return read_heading(reading, node);
    if (!reading->translation->title && type != CMARK_NODE_HTML_BLOCK)
        return document_error(&reading->document,
                              cmark_node_get_start_line(node), reading->err,
                              _("a lesson begins with its title, a heading of "
                                "level 1"));
    if (type == CMARK_NODE_THEMATIC_BREAK)
        reading->after = true;
    else if (type == CMARK_NODE_CODE_BLOCK && step && is_choices(node))
        words_add_lines(&step->labels, cmark_node_get_literal(node));
    else if (step && reading->after && type == CMARK_NODE_BLOCK_QUOTE)
        add_inside(&step->hints, node);
    else if (step && reading->after && is_numbered(node))
        read_sentences(step, node);
    else if (type != CMARK_NODE_HTML_BLOCK)
        read_plain(reading, node);
    return true;
}

bool translation_read(const char *path, struct translation **ret,
                      struct error *err)
{
    struct reading reading = {.err = err};
    bool good = true;
    if (!document_read(path, &reading.document, err))
        return false;
    reading.translation = xcalloc(1, sizeof *reading.translation);
    reading.translation->path = xstrdup(path);
    cmark_node *node = cmark_node_first_child(reading.document.root), *next;
    for (; node && good; node = next) {
        next = cmark_node_next(node);
        good = read_block(&reading, node);
    }
    document_done(&reading.document);
    if (good)
        *ret = reading.translation;
    else
        translation_free(reading.translation);
    return good;
}

void translation_free(struct translation *translation)
{
    if (!translation)
        return;
    for (size_t i = 0; i < translation->count; i++) {
        struct translated_step *step = &translation->steps[i];
        free(step->id);
        free(step->title);
        free(step->prose);
        free(step->after);
        words_free(&step->sentences);
        words_free(&step->hints);
        words_free(&step->labels);
    }
    free(translation->steps);
    free(translation->path);
    free(translation->title);
    free(translation->intro);
    free(translation);
}

const struct translated_step *
translation_find(const struct translation *translation, const char *id)
{
    for (size_t i = 0; i < translation->count; i++)
        if (!strcmp(translation->steps[i].id, id))
            return &translation->steps[i];
    return NULL;
}

/* ----------------------------------------------------------------- joining */

static void take(char **place, const char *text)
{
    if (!text)
        return;
    free(*place);
    *place = xstrdup(text);
}

static void translate_step(struct step *step,
                           const struct translated_step *from)
{
    take(&step->title, from->title);
    take(&step->prose, from->prose);
    take(&step->after, from->after);
    for (size_t i = 0; i < step->mistake_count && i < from->sentences.count;
         i++)
        take(&step->mistakes[i].sentence, from->sentences.items[i]);
    for (size_t i = 0; i < step->hint_count && i < from->hints.count; i++)
        take(&step->hints[i].text, from->hints.items[i]);
    if (from->labels.count != step->labels.count)
        return;
    for (size_t i = 0; i < step->labels.count; i++)
        take(&step->labels.items[i], from->labels.items[i]);
}

void lesson_translate(struct lesson *lesson,
                      const struct translation *translation)
{
    take(&lesson->title, translation->title);
    take(&lesson->intro, translation->intro);
    for (size_t i = 0; i < lesson->count; i++) {
        const struct translated_step *from =
            translation_find(translation, lesson->steps[i].id);
        if (from)
            translate_step(&lesson->steps[i], from);
    }
}
