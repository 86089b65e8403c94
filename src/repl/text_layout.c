/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/text_layout.h"

#include <string.h>

#include "base/utf8.h"
#include "tensor/format.h"

static size_t columns_of(const char *text)
{
    return utf8_columns(text, strlen(text));
}

/* ---------------------------------------------------------------- wrapping */

/* Bytes of the next piece that must not be broken, after the blanks before
   it: a word, or one wide character. */
static size_t piece_length(const char *text)
{
    size_t length = 0;
    uint32_t c;
    while (text[length] && text[length] != ' ' && text[length] != '\n') {
        int bytes = utf8_decode(text + length, strlen(text + length), &c);
        bool wide = bytes > 0 && utf8_width(c) == 2;
        if (wide && length > 0)
            break;
        length += bytes > 0 ? (size_t)bytes : 1;
        if (!wide)
            continue;
        /* what closes stays with what is before it */
        while (strncmp(text + length, "\xe3\x80\x82", 3) == 0 || /* 。 */
               strncmp(text + length, "\xe3\x80\x81", 3) == 0 || /* 、 */
               strncmp(text + length, "\xef\xbc\x8c", 3) == 0)   /* ， */
            length += 3;
        break;
    }
    return length;
}

void text_wrap(struct strbuf *sb, const char *text, size_t indent,
               size_t columns)
{
    size_t column = indent;
    while (*text) {
        size_t blanks = strspn(text, " ");
        size_t length = piece_length(text + blanks);
        size_t width = utf8_columns(text + blanks, length);
        if (text[blanks] == '\n') {
            strbuf_addc(sb, '\n');
            strbuf_repeat(sb, ' ', text[blanks + 1] ? indent : 0);
            column = indent;
            text += blanks + 1;
            continue;
        }
        if (column > indent && column + blanks + width > columns) {
            strbuf_addc(sb, '\n');
            strbuf_repeat(sb, ' ', indent);
            column = indent + width;
        } else {
            strbuf_repeat(sb, ' ', blanks);
            column += blanks + width;
        }
        strbuf_add(sb, text + blanks, length);
        text += blanks + length;
    }
}

void text_pad(struct strbuf *sb, const char *text, size_t width)
{
    size_t columns = columns_of(text);
    strbuf_adds(sb, text);
    strbuf_repeat(sb, ' ', columns < width ? width - columns : 0);
}

void text_cut(struct strbuf *sb, const char *text, size_t columns)
{
    size_t length = strcspn(text, "\n"), used = 0, end = 0;
    bool whole = !text[length] && utf8_columns(text, length) <= columns;
    uint32_t c;
    while (!whole && end < length) {
        int bytes = utf8_decode(text + end, length - end, &c);
        size_t width = bytes > 0 ? (size_t)utf8_width(c) : 1;
        if (used + width + 1 > columns)
            break;
        used += width;
        end += bytes > 0 ? (size_t)bytes : 1;
    }
    strbuf_add(sb, text, whole ? length : end);
    if (!whole)
        strbuf_adds(sb, "…");
}

/* ------------------------------------------------------------------ values */

/* Newlines and the blanks that follow them become one blank. */
static void add_joined(struct strbuf *sb, const char *text)
{
    while (*text) {
        size_t length = strcspn(text, "\n");
        strbuf_add(sb, text, length);
        text += length;
        if (!*text)
            break;
        strbuf_addc(sb, ' ');
        text += strspn(text, "\n ");
    }
}

void text_preview(struct strbuf *sb, struct value value, size_t columns)
{
    struct strbuf text = STRBUF_INIT, line = STRBUF_INIT;
    if (value.kind == VALUE_TENSOR) {
        struct print_options options = print_options;
        options.threshold = 20;
        options.edgeitems = 2;
        tensor_to_string(value.tensor, &options, ", ", "", "", &text);
    } else {
        value_repr(value, &text);
    }
    add_joined(&line, text.text);
    text_cut(sb, line.text, columns);
    strbuf_done(&text);
    strbuf_done(&line);
}

void text_kind(struct strbuf *sb, const struct tensor *tensor)
{
    shape_format(sb, tensor->ndim, tensor->shape);
    strbuf_addf(sb, " %s", dtype_name(tensor->dtype));
}
