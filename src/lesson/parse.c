/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the blocks of a file to a struct lesson. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "lesson/blocks.h"
#include "lesson/document.h"

/* Where plain blocks belong to. */
enum section { SECTION_PROSE, SECTION_AFTER, SECTION_MISTAKE };

struct reading {
    struct document document;
    struct lesson *lesson;
    struct step *step; /* NULL: before the first one */
    enum section section;
    struct error *err;
};

static bool fail(struct reading *reading, int line, const char *text)
{
    return document_error(&reading->document, line, reading->err, "%s", text);
}

/* --------------------------------------------------------------- headings */

static bool read_title(struct reading *reading, cmark_node *node)
{
    char *braces;
    struct lesson *lesson = reading->lesson;
    if (lesson->title)
        return fail(reading, cmark_node_get_start_line(node),
                    _("a lesson has one heading of level 1; steps have "
                      "level 2"));
    lesson->title = document_heading(&reading->document, node, &braces);
    free(braces);
    lesson->mark = mark_start();
    mark_add_text(&lesson->mark, lesson->title);
    return true;
}

static bool is_id(const char *text)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
    return *text && text[strspn(text, letters)] == '\0';
}

static bool read_step(struct reading *reading, cmark_node *node)
{
    struct lesson *lesson = reading->lesson;
    int line = cmark_node_get_start_line(node);
    char *braces;
    char *title = document_heading(&reading->document, node, &braces);
    char *id = braces_word(braces, "#");
    bool good = lesson->title && id && is_id(id) &&
                lesson_find_step(lesson, id) < 0;
    free(braces);
    if (good) {
        reading->step =
            &VEC_PUSH(lesson->steps, lesson->count, lesson->capacity);
        *reading->step = (struct step){
            .id = id, .title = title, .line = line, .mark = mark_start()};
        reading->step->demand.within = STEP_WITHIN;
        reading->step->repeat = 1;
        mark_add_text(&reading->step->mark, title);
        reading->section = SECTION_PROSE;
        return true;
    }
    if (!lesson->title)
        fail(reading, line,
             _("a step before the lesson's title, a heading of level 1"));
    else if (!id || !is_id(id))
        fail(reading, line,
             _("a step's heading ends with its id, {#like-this}"));
    else
        document_error(&reading->document, line, reading->err,
                       _("there is a step '%s' already"), id);
    free(title);
    free(id);
    return false;
}

/* ----------------------------------------------------------------- blocks */

static char **plain_text(struct reading *reading)
{
    struct step *step = reading->step;
    if (!step)
        return &reading->lesson->intro;
    if (reading->section == SECTION_AFTER)
        return &step->after;
    if (reading->section == SECTION_MISTAKE)
        return &step->mistakes[step->mistake_count - 1].sentence;
    return &step->prose;
}

static void add_mark(struct reading *reading, cmark_node *node)
{
    mark_add_node(reading->step ? &reading->step->mark : &reading->lesson->mark,
                  node);
}

static bool read_plain(struct reading *reading, cmark_node *node)
{
    if (!reading->lesson->title)
        return fail(reading, cmark_node_get_start_line(node),
                    _("a lesson begins with its title, a heading of level 1"));
    add_mark(reading, node);
    text_append(plain_text(reading), node);
    return true;
}

static bool read_quote(struct reading *reading, cmark_node *node)
{
    struct step *step = reading->step;
    if (!step || reading->section == SECTION_PROSE)
        return read_plain(reading, node);
    add_mark(reading, node);
    struct hint *hint =
        &VEC_PUSH(step->hints, step->hint_count, step->hint_capacity);
    *hint = (struct hint){.mistake = -1};
    if (reading->section == SECTION_MISTAKE)
        hint->mistake = (int)step->mistake_count - 1;
    text_append_inside(&hint->text, node);
    return true;
}

static bool read_setup(struct reading *reading, cmark_node *node)
{
    struct snippet *setup =
        reading->step ? &reading->step->setup : &reading->lesson->setup;
    if (setup->text)
        return fail(reading, cmark_node_get_start_line(node),
                    _("there is a setup already"));
    *setup = snippet_of(node);
    return true;
}

static bool read_code(struct reading *reading, cmark_node *node)
{
    const char *info = cmark_node_get_fence_info(node);
    info = info ? info : "";
    size_t length = strcspn(info, " \t");
    char *role = xstrndup(info, length);
    bool good;
    if (block_is_prose(role))
        good = read_plain(reading, node);
    else if (!strcmp(role, "setup"))
        good = read_setup(reading, node);
    else if (!reading->step)
        good = fail(reading, cmark_node_get_start_line(node),
                    _("this block belongs into a step"));
    else
        good = block_read(&reading->document, reading->step, node, role,
                          info + length, reading->err);
    if (good && reading->step) {
        if (!strcmp(role, "wrong"))
            reading->section = SECTION_MISTAKE;
        else if (!block_is_prose(role) && strcmp(role, "setup") &&
                 strcmp(role, "show"))
            reading->section = SECTION_AFTER;
        if (!strcmp(role, "choices"))
            add_mark(reading, node);
    }
    free(role);
    return good;
}

static bool read_block(struct reading *reading, cmark_node *node)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_HEADING:
        if (cmark_node_get_heading_level(node) == 1)
            return read_title(reading, node);
        if (cmark_node_get_heading_level(node) == 2)
            return read_step(reading, node);
        return read_plain(reading, node);
    case CMARK_NODE_CODE_BLOCK:
        return read_code(reading, node);
    case CMARK_NODE_BLOCK_QUOTE:
        return read_quote(reading, node);
    case CMARK_NODE_HTML_BLOCK:
    case CMARK_NODE_THEMATIC_BREAK:
        return true;
    default:
        return read_plain(reading, node);
    }
}

static bool read_blocks(struct reading *reading)
{
    cmark_node *node = cmark_node_first_child(reading->document.root), *next;
    for (; node; node = next) {
        next = cmark_node_next(node);
        if (!read_block(reading, node))
            return false;
    }
    struct lesson *lesson = reading->lesson;
    if (lesson->count == 0)
        return fail(reading, 1,
                    _("there is no step: a heading of level 2 with an id, "
                      "## Title {#id}"));
    for (size_t i = 0; i < lesson->count; i++)
        if (!step_finish(&reading->document, &lesson->steps[i], reading->err))
            return false;
    return true;
}

/* --------------------------------------------------------------- a lesson */

/* "…/07-broadcasting.md": "07-broadcasting", 7. */
static void name_lesson(struct lesson *lesson, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    size_t length = strlen(name);
    if (length > 3 && !strcmp(name + length - 3, ".md"))
        length -= 3;
    lesson->path = xstrdup(path);
    lesson->id = xstrndup(name, length);
    lesson->number = -1;
    size_t digits = strspn(lesson->id, "0123456789");
    if (digits > 0 && digits < 4 && lesson->id[digits] == '-')
        lesson->number = (int)strtol(lesson->id, NULL, 10);
}

bool lesson_read(const char *path, struct lesson **ret, struct error *err)
{
    struct reading reading = {.err = err};
    if (!document_read(path, &reading.document, err))
        return false;
    reading.lesson = xcalloc(1, sizeof *reading.lesson);
    name_lesson(reading.lesson, path);
    bool good = read_blocks(&reading);
    document_done(&reading.document);
    if (good)
        *ret = reading.lesson;
    else
        lesson_free(reading.lesson);
    return good;
}
