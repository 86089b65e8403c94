/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/text_layout.h"

#include <stdlib.h>
#include <string.h>
#include <unilbrk.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "tensor/format.h"

static size_t columns_of(const char *text)
{
    return utf8_columns(text, strlen(text));
}

/* ---------------------------------------------------------------- wrapping */

/* Bytes of what follows AT and must stay in one line, the blanks after it
   included.  The Unicode standard's annex 14 says where lines may break;
   within ASCII text they break at blanks only, since it may be code. */
static size_t piece_length(const char *text, const char *breaks, size_t at,
                           size_t length)
{
    size_t end = at + 1;
    for (; end < length && text[end - 1] != '\n'; end++) {
        bool ascii = (text[end] & 0x80) == 0 && (text[end - 1] & 0x80) == 0;
        if (breaks[end] == UC_BREAK_POSSIBLE &&
            (!ascii || text[end - 1] == ' '))
            break;
    }
    return end - at;
}

static size_t without_blanks(const char *text, size_t length)
{
    while (length > 0 && strchr(" \n", text[length - 1]))
        length--;
    return length;
}

/* Blanks at the end of a line are left out when another follows. */
static void begin_line(struct strbuf *sb, size_t indent)
{
    while (sb->length > 0 && sb->text[sb->length - 1] == ' ')
        strbuf_truncate(sb, sb->length - 1);
    strbuf_addc(sb, '\n');
    strbuf_repeat(sb, ' ', indent);
}

void text_wrap(struct strbuf *sb, const char *text, size_t indent,
               size_t columns)
{
    size_t length = strlen(text), column = indent;
    char *breaks = xcalloc(length + 1, 1);
    u8_possible_linebreaks((const uint8_t *)text, length, "UTF-8", breaks);
    for (size_t at = 0; at < length;) {
        size_t bytes = piece_length(text, breaks, at, length);
        size_t word = without_blanks(text + at, bytes);
        if (column > indent && word > 0 &&
            column + utf8_columns(text + at, word) > columns) {
            begin_line(sb, indent);
            column = indent;
        }
        bool ends = text[at + bytes - 1] == '\n';
        strbuf_add(sb, text + at, bytes - ends);
        column += utf8_columns(text + at, bytes - ends);
        at += bytes;
        if (ends) {
            begin_line(sb, at < length && text[at] != '\n' ? indent : 0);
            column = indent;
        }
    }
    free(breaks);
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

void text_join_lines(struct strbuf *sb, const char *text)
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
    text_join_lines(&line, text.text);
    text_cut(sb, line.text, columns);
    strbuf_done(&text);
    strbuf_done(&line);
}

void text_kind(struct strbuf *sb, const struct tensor *tensor)
{
    shape_format(sb, tensor->ndim, tensor->shape);
    strbuf_addf(sb, " %s", dtype_name(tensor->dtype));
}
