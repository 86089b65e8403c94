/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lesson/document.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/path.h"
#include "base/strbuf.h"
#include "base/utf8.h"

enum { FILE_MOST = 1 << 20 };

/* 1 for the first line. */
static int line_at(const char *text, size_t offset)
{
    int line = 1;
    for (size_t i = 0; i < offset; i++)
        line += text[i] == '\n';
    return line;
}

static bool take_text(struct document *document, struct strbuf *text,
                      struct error *err)
{
    size_t valid = utf8_check(text->text, text->length);
    size_t nul = strlen(text->text);
    size_t bad = valid < nul ? valid : nul;
    if (bad < text->length)
        return document_error(document, line_at(text->text, bad), err,
                              _("this is not UTF-8 text"));
    document->root = cmark_parse_document(text->text, text->length,
                                          CMARK_OPT_DEFAULT);
    document->text = strbuf_steal(text);
    return true;
}

bool document_read(const char *path, struct document *ret, struct error *err)
{
    struct document document = {.path = path};
    struct strbuf text = STRBUF_INIT;
    bool good = file_read_regular(path, &text, err);
    if (good && text.length > FILE_MOST)
        good = document_error(&document, 1, err,
                              _("a lesson may have a megabyte at most"));
    good = good && take_text(&document, &text, err);
    strbuf_done(&text);
    if (good)
        *ret = document;
    return good;
}

void document_done(struct document *document)
{
    if (document->root)
        cmark_node_free(document->root);
    free(document->text);
}

bool document_error(const struct document *document, int line,
                    struct error *err, const char *format, ...)
{
    struct strbuf text = STRBUF_INIT;
    va_list args;
    va_start(args, format);
    strbuf_vaddf(&text, format, args);
    va_end(args);
    error_set(err, ERROR_VALUE, "%s:%d: %s", document->path, line, text.text);
    strbuf_done(&text);
    return false;
}

/* --------------------------------------------------------------- headings */

static const char *source_line(const char *text, int line)
{
    while (--line > 0 && text) {
        text = strchr(text, '\n');
        text = text ? text + 1 : NULL;
    }
    return text ? text : "";
}

char *document_heading(const struct document *document, cmark_node *heading,
                       char **ret_braces)
{
    const char *text =
        source_line(document->text, cmark_node_get_start_line(heading));
    text += strspn(text, " ");
    text += strspn(text, "#");
    text += strspn(text, " \t");
    size_t length = strcspn(text, "\r\n"), end;
    while (length > 0 && isspace((unsigned char)text[length - 1]))
        length--;
    end = length;
    *ret_braces = NULL;
    if (length > 0 && text[length - 1] == '}') {
        while (length > 0 && text[length - 1] != '{')
            length--;
        if (length > 0)
            *ret_braces = xstrndup(text + length, end - length - 1);
        length = length > 0 ? length - 1 : end;
    }
    if (!*ret_braces)
        *ret_braces = xstrdup("");
    while (length > 0 && isspace((unsigned char)text[length - 1]))
        length--;
    return xstrndup(text, length);
}

char *braces_word(const char *braces, const char *prefix)
{
    size_t size = strlen(prefix);
    for (;;) {
        braces += strspn(braces, " \t");
        size_t length = strcspn(braces, " \t");
        if (length == 0)
            return NULL;
        if (length > size && !memcmp(braces, prefix, size))
            return xstrndup(braces + size, length - size);
        braces += length;
    }
}

/* ------------------------------------------------------------------ texts */

static void append(char **text, cmark_node *document)
{
    char *more = cmark_render_commonmark(document, CMARK_OPT_DEFAULT, 0);
    size_t length = strlen(more);
    while (length > 0 && more[length - 1] == '\n')
        length--;
    char *whole = *text ? xasprintf("%s\n\n%.*s", *text, (int)length, more)
                        : xstrndup(more, length);
    free(more);
    free(*text);
    *text = whole;
}

void text_append(char **text, cmark_node *node)
{
    cmark_node *document = cmark_node_new(CMARK_NODE_DOCUMENT);
    cmark_node_append_child(document, node);
    append(text, document);
    cmark_node_free(document);
}

void text_append_inside(char **text, cmark_node *node)
{
    cmark_node *document = cmark_node_new(CMARK_NODE_DOCUMENT), *child;
    while ((child = cmark_node_first_child(node)))
        cmark_node_append_child(document, child);
    append(text, document);
    cmark_node_free(document);
}

/* ------------------------------------------------------------------ marks */

enum { FNV_PRIME = 16777619 };

uint32_t mark_start(void)
{
    return 2166136261u;
}

static void add_byte(uint32_t *mark, unsigned char byte)
{
    *mark ^= byte;
    *mark *= FNV_PRIME;
}

/* Where one text ends and the next begins is the parser's affair. */
static void add_bytes(uint32_t *mark, const char *text)
{
    for (; *text; text++)
        add_byte(mark, (unsigned char)*text);
}

void mark_add_text(uint32_t *mark, const char *text)
{
    add_bytes(mark, text);
    add_byte(mark, '\n');
}

void mark_add_node(uint32_t *mark, cmark_node *node)
{
    cmark_iter *iter = cmark_iter_new(node);
    cmark_event_type event;
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *at = cmark_iter_get_node(iter);
        const char *literal = cmark_node_get_literal(at);
        if (event != CMARK_EVENT_ENTER)
            continue;
        if (cmark_node_get_type(at) != CMARK_NODE_TEXT)
            mark_add_text(mark, cmark_node_get_type_string(at));
        if (literal)
            add_bytes(mark, literal);
    }
    cmark_iter_free(iter);
}

/* ------------------------------------------------------------------ words */

void words_add(struct words *words, const char *text, size_t length)
{
    VEC_PUSH(words->items, words->count, words->capacity) =
        xstrndup(text, length);
}

void words_add_lines(struct words *words, const char *text)
{
    while (*text) {
        size_t length = strcspn(text, "\n");
        if (strspn(text, " \t\r") < length)
            words_add(words, text, length);
        text += length;
        text += *text == '\n';
    }
}

void words_free(struct words *words)
{
    for (size_t i = 0; i < words->count; i++)
        free(words->items[i]);
    free(words->items);
    *words = (struct words){NULL, 0, 0};
}
