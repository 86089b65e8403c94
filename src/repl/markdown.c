/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/markdown.h"

#include <cmark.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "repl/color.h"
#include "repl/text_layout.h"

/* A paragraph: its text, and how each byte of it is to look. */
/* Deeper nesting is nobody's prose. */
enum { DEPTH_MOST = 40 };

enum style { STYLE_PLAIN, STYLE_EMPHASIS, STYLE_STRONG, STYLE_CODE };

struct inlines {
    struct strbuf text, styles; /* of equal length */
    bool colored;
    int depth;
};

static const char *const style_codes[] = {[STYLE_PLAIN] = "\033[0m",
                                          [STYLE_EMPHASIS] = "\033[3m",
                                          [STYLE_STRONG] = "\033[1m",
                                          [STYLE_CODE] = "\033[36m"};

struct layout {
    const struct markdown_look *look;
    struct strbuf *sb;
    size_t indent;
    int depth;
    bool tight; /* inside a list without empty lines */
    bool began; /* something stands above: a blank line parts them */
};

static void lay_out(struct layout *layout, cmark_node *node);

/* -------------------------------------------------------------- what is text */

/* Controls, and what turns the direction of the line around. */
static bool is_drawable(uint32_t c)
{
    return c == '\n' || c == '\t' ||
           !(c < 0x20 || (c >= 0x7f && c < 0xa0) ||
             (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) ||
             c == 0x2028 || c == 0x2029);
}

static void add_drawable(struct strbuf *sb, const char *text, size_t length)
{
    for (size_t at = 0; at < length;) {
        uint32_t c;
        int bytes = utf8_decode(text + at, length - at, &c);
        if (bytes > 0 && is_drawable(c))
            strbuf_add(sb, text + at, (size_t)bytes);
        at += bytes > 0 ? (size_t)bytes : 1;
    }
}

/* ------------------------------------------------------------------ inlines */

static void add_styled(struct inlines *inlines, const char *text,
                       enum style style)
{
    size_t before = inlines->text.length;
    add_drawable(&inlines->text, text, strlen(text));
    strbuf_repeat(&inlines->styles, (char)style,
                  inlines->text.length - before);
}

/* The last code point of the text; 0 when there is none. */
static uint32_t last_point(const struct strbuf *text)
{
    uint32_t c = 0;
    size_t start = text->length;
    while (start > 0 && ((unsigned char)text->text[start - 1] & 0xc0) == 0x80)
        start--;
    if (start > 0)
        utf8_decode(text->text + start - 1, text->length - start + 1, &c);
    return c;
}

/* The end of a line in the file is a blank, but none between two Chinese
   characters. */
static void add_soft_break(struct inlines *inlines, cmark_node *node)
{
    cmark_node *next = cmark_node_next(node);
    const char *literal = next ? cmark_node_get_literal(next) : NULL;
    uint32_t c = 0;
    if (literal)
        utf8_decode(literal, strlen(literal), &c);
    bool is_code = next && cmark_node_get_type(next) == CMARK_NODE_CODE;
    bool wide = utf8_width(last_point(&inlines->text)) == 2 && !is_code &&
                c && utf8_width(c) == 2;
    if (!wide)
        add_styled(inlines, " ", STYLE_PLAIN);
}

static void gather(struct inlines *inlines, cmark_node *parent,
                   enum style style);

static void gather_marked(struct inlines *inlines, cmark_node *node,
                          const char *mark, enum style style)
{
    if (!inlines->colored)
        add_styled(inlines, mark, style);
    gather(inlines, node, style);
    if (!inlines->colored)
        add_styled(inlines, mark, style);
}

static void gather_node(struct inlines *inlines, cmark_node *node,
                        enum style style)
{
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
        add_styled(inlines, cmark_node_get_literal(node), style);
        break;
    case CMARK_NODE_CODE:
        add_styled(inlines, "`", STYLE_CODE);
        add_styled(inlines, cmark_node_get_literal(node), STYLE_CODE);
        add_styled(inlines, "`", STYLE_CODE);
        break;
    case CMARK_NODE_SOFTBREAK:
        add_soft_break(inlines, node);
        break;
    case CMARK_NODE_LINEBREAK:
        add_styled(inlines, "\n", STYLE_PLAIN);
        break;
    case CMARK_NODE_EMPH:
        gather_marked(inlines, node, "*", STYLE_EMPHASIS);
        break;
    case CMARK_NODE_STRONG:
        gather_marked(inlines, node, "**", STYLE_STRONG);
        break;
    case CMARK_NODE_HTML_INLINE:
        break;
    default: /* links and images: their text */
        gather(inlines, node, style);
    }
}

static void gather(struct inlines *inlines, cmark_node *parent,
                   enum style style)
{
    cmark_node *node = cmark_node_first_child(parent);
    if (inlines->depth >= DEPTH_MOST)
        return;
    inlines->depth++;
    for (; node; node = cmark_node_next(node))
        gather_node(inlines, node, style);
    inlines->depth--;
}

/* WRAPPED is the text with lines broken: only blanks and newlines differ. */
static void add_colors(const struct inlines *inlines, const char *wrapped,
                       struct strbuf *sb)
{
    enum style style = STYLE_PLAIN;
    size_t at = 0;
    for (; *wrapped; wrapped++) {
        if (*wrapped == ' ' || *wrapped == '\n') {
            if (*wrapped == '\n' && style != STYLE_PLAIN) {
                strbuf_adds(sb, style_codes[STYLE_PLAIN]);
                style = STYLE_PLAIN;
            }
            strbuf_addc(sb, *wrapped);
            continue;
        }
        while (at < inlines->text.length &&
               strchr(" \n", inlines->text.text[at]))
            at++;
        enum style next = (enum style)inlines->styles.text[at];
        if (next != style) {
            if (style != STYLE_PLAIN)
                strbuf_adds(sb, style_codes[STYLE_PLAIN]);
            if (next != STYLE_PLAIN)
                strbuf_adds(sb, style_codes[next]);
            style = next;
        }
        strbuf_addc(sb, *wrapped);
        at++;
    }
    if (style != STYLE_PLAIN)
        strbuf_adds(sb, style_codes[STYLE_PLAIN]);
}

static void lay_out_inlines(struct layout *layout, cmark_node *node,
                            enum style style)
{
    struct inlines inlines = {STRBUF_INIT, STRBUF_INIT, layout->look->colored,
                              0};
    struct strbuf wrapped = STRBUF_INIT;
    size_t columns = layout->look->columns;
    gather(&inlines, node, style);
    if (columns < layout->indent + 8)
        columns = layout->indent + 8;
    text_wrap(&wrapped, inlines.text.text, layout->indent, columns);
    while (wrapped.length && strchr(" \n", wrapped.text[wrapped.length - 1]))
        strbuf_truncate(&wrapped, wrapped.length - 1);
    if (layout->look->colored)
        add_colors(&inlines, wrapped.text, layout->sb);
    else
        strbuf_adds(layout->sb, wrapped.text);
    strbuf_addc(layout->sb, '\n');
    strbuf_done(&inlines.text);
    strbuf_done(&inlines.styles);
    strbuf_done(&wrapped);
}

/* ------------------------------------------------------------------- blocks */

/* One line of code, broken where the screen ends. */
static void add_code_line(const char *line, size_t length, size_t indent,
                          size_t columns, struct strbuf *sb)
{
    size_t column = indent;
    strbuf_repeat(sb, ' ', length ? indent : 0);
    for (size_t at = 0; at < length;) {
        uint32_t c;
        int bytes = utf8_decode(line + at, length - at, &c);
        size_t step = bytes > 0 ? (size_t)bytes : 1;
        size_t width = bytes > 0 ? (size_t)utf8_width(c) : 1;
        if (column + width > columns && column > indent) {
            strbuf_addc(sb, '\n');
            strbuf_repeat(sb, ' ', indent);
            column = indent;
        }
        if (bytes > 0 && is_drawable(c) && c != '\n') {
            strbuf_add(sb, line + at, step);
            column += width;
        }
        at += step;
    }
    strbuf_addc(sb, '\n');
}

void markdown_code(const char *code, size_t indent, size_t columns,
                   struct strbuf *sb)
{
    while (*code) {
        size_t length = strcspn(code, "\n");
        add_code_line(code, length, indent, columns, sb);
        code += length;
        code += *code == '\n';
    }
}

/* A blank line between two blocks, but for those of a tight list. */
static void begin_block(struct layout *layout)
{
    if (layout->began && !layout->tight)
        strbuf_addc(layout->sb, '\n');
    layout->began = true;
}

static void lay_out_list(struct layout *layout, cmark_node *list)
{
    bool numbered = cmark_node_get_list_type(list) == CMARK_ORDERED_LIST;
    int number = cmark_node_get_list_start(list);
    struct layout inner = *layout;
    inner.depth++;
    inner.tight = cmark_node_get_list_tight(list);
    inner.began = true;
    cmark_node *item = cmark_node_first_child(list);
    for (bool first = true; item; item = cmark_node_next(item)) {
        char mark[24] = "- ";
        if (numbered)
            snprintf(mark, sizeof mark, "%d. ", number++);
        if (!first && !inner.tight)
            strbuf_addc(layout->sb, '\n');
        first = false;
        strbuf_repeat(layout->sb, ' ', layout->indent);
        strbuf_adds(layout->sb, mark);
        inner.indent = layout->indent + strlen(mark);
        cmark_node *child = cmark_node_first_child(item);
        if (child && cmark_node_get_type(child) == CMARK_NODE_PARAGRAPH) {
            lay_out_inlines(&inner, child, STYLE_PLAIN);
            child = cmark_node_next(child);
        } else {
            strbuf_addc(layout->sb, '\n');
        }
        for (; child; child = cmark_node_next(child))
            lay_out(&inner, child);
    }
}

static void lay_out_inside(struct layout *layout, cmark_node *node,
                           size_t indent)
{
    struct layout inner = *layout;
    inner.depth++;
    inner.indent += indent;
    inner.began = false;
    for (node = cmark_node_first_child(node); node;
         node = cmark_node_next(node))
        lay_out(&inner, node);
}

static void lay_out(struct layout *layout, cmark_node *node)
{
    if (layout->depth > DEPTH_MOST)
        return;
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_PARAGRAPH:
        begin_block(layout);
        strbuf_repeat(layout->sb, ' ', layout->indent);
        lay_out_inlines(layout, node, STYLE_PLAIN);
        break;
    case CMARK_NODE_HEADING:
        begin_block(layout);
        strbuf_repeat(layout->sb, ' ', layout->indent);
        lay_out_inlines(layout, node, STYLE_STRONG);
        break;
    case CMARK_NODE_CODE_BLOCK:
        begin_block(layout);
        markdown_code(cmark_node_get_literal(node), layout->indent + 2,
                      layout->look->columns, layout->sb);
        break;
    case CMARK_NODE_LIST:
        begin_block(layout);
        lay_out_list(layout, node);
        break;
    case CMARK_NODE_BLOCK_QUOTE:
        begin_block(layout);
        lay_out_inside(layout, node, 2);
        break;
    default: /* HTML, lines across */
        break;
    }
}

void markdown_render(const char *text, const struct markdown_look *look,
                     struct strbuf *sb)
{
    struct layout layout = {look, sb, look->indent, 0, false, false};
    cmark_node *root =
        cmark_parse_document(text, strlen(text), CMARK_OPT_DEFAULT);
    cmark_node *node = cmark_node_first_child(root);
    for (; node; node = cmark_node_next(node))
        lay_out(&layout, node);
    cmark_node_free(root);
}
