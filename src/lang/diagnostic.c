/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An error as the learner sees it:
 *
 *     tensor> A.dot(y)
 *             ^ (2, 3) ^ (2,)
 *     ValueError: shapes (2,3) and (2,) not aligned: 3 (dim 1) != 2 (dim 0)
 *     hint: …
 *
 * Columns are counted as the terminal does, so that a caret stands under its
 * word also after Chinese text.
 */
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "lang/interp.h"

enum { SHOWN_INDENT = 4, SHOWN_BEFORE = 60, SHOWN_BYTES = 150 };

struct line {
    uint32_t start, end; /* offsets of its text, without the newline */
    int number;
    bool cut_before, cut_after; /* a long line: only a part is shown */
};

static struct line line_at(const struct source *source, uint32_t offset)
{
    struct line line = {.number = source_line(source, offset)};
    if (offset > source->length)
        offset = (uint32_t)source->length;
    line.start = offset;
    while (line.start && source->text[line.start - 1] != '\n')
        line.start--;
    line.end = offset;
    while (line.end < source->length && source->text[line.end] != '\n')
        line.end++;
    return line;
}

static bool is_boundary(const struct source *source, uint32_t offset)
{
    return ((unsigned char)source->text[offset] & 0xC0) != 0x80;
}

/* Keeps a part of a very long line, whatever the screen. */
static void line_cut_bytes(const struct source *source, uint32_t offset,
                           struct line *line)
{
    if (line->end - line->start <= SHOWN_BYTES + SHOWN_BEFORE)
        return;
    if (offset - line->start > SHOWN_BEFORE) {
        line->start = offset - SHOWN_BEFORE;
        line->cut_before = true;
        while (!is_boundary(source, line->start))
            line->start++;
    }
    if (line->end - line->start > SHOWN_BYTES) {
        line->end = line->start + SHOWN_BYTES;
        line->cut_after = true;
        while (!is_boundary(source, line->end))
            line->end--;
    }
}

/* The last offset up to which FROM's text takes at most COLUMNS columns. */
static uint32_t offset_after(const struct source *source, uint32_t from,
                             uint32_t end, size_t columns)
{
    uint32_t at = from;
    while (at < end) {
        uint32_t next = at + 1;
        while (next < end && !is_boundary(source, next))
            next++;
        if (utf8_columns(source->text + from, next - from) > columns)
            break;
        at = next;
    }
    return at;
}

/* Keeps what of the line around OFFSET fits into COLUMNS, a third of it before
   OFFSET. */
static void line_fit(const struct source *source, uint32_t offset, int columns,
                     struct line *line)
{
    size_t room = columns > 3 * SHOWN_INDENT ? (size_t)columns - SHOWN_INDENT
                                             : 2 * SHOWN_INDENT;
    const char *text = source->text;
    if (utf8_columns(text + line->start, line->end - line->start) <= room)
        return;
    room -= 2; /* for the dots */
    while (line->start < offset &&
           utf8_columns(text + line->start, offset - line->start) > room / 3 &&
           utf8_columns(text + line->start, line->end - line->start) > room) {
        line->start++;
        line->cut_before = true;
        while (!is_boundary(source, line->start))
            line->start++;
    }
    uint32_t end = offset_after(source, line->start, line->end, room);
    line->cut_after = end < line->end;
    line->end = end;
}

/* Keeps the part of a very long line that is around OFFSET. */
static void line_cut(const struct source *source, uint32_t offset, int columns,
                     struct line *line)
{
    line_cut_bytes(source, offset, line);
    if (columns)
        line_fit(source, offset, columns, line);
}


/* Columns of the line's text before OFFSET; a tab counts as one here and is
   shown as a blank. */
static size_t column_of(const struct source *source, const struct line *line,
                        uint32_t offset)
{
    return utf8_columns(source->text + line->start, offset - line->start) +
           line->cut_before;
}

static void add_line_text(const struct source *source, const struct line *line,
                          struct strbuf *sb)
{
    strbuf_repeat(sb, ' ', SHOWN_INDENT);
    if (line->cut_before)
        strbuf_adds(sb, "…");
    for (uint32_t i = line->start; i < line->end;) {
        uint32_t c;
        int used = utf8_decode(source->text + i, line->end - i, &c);
        if (used && c >= 0x20 && c != 0x7F)
            strbuf_add(sb, source->text + i, (size_t)used);
        else
            strbuf_adds(sb, used && c == '\t' ? " " : "\uFFFD");
        i += used ? (uint32_t)used : 1;
    }
    strbuf_adds(sb, line->cut_after ? "…\n" : "\n");
}

static bool on_line(const struct span *span, const struct line *line)
{
    return span->start >= line->start && span->start <= line->end;
}

/* Carets for one mark, after at least one blank when something stands there
   already.  *COLUMN is where the text so far ends. */
static void add_mark(const struct source *source, const struct line *line,
                     const struct error_note *note, size_t *column,
                     struct strbuf *sb)
{
    uint32_t end = note->span.end < line->end ? note->span.end : line->end;
    size_t wanted = column_of(source, line, note->span.start);
    size_t width = 1;
    if (!*note->text && end > note->span.start)
        width = utf8_columns(source->text + note->span.start,
                             end - note->span.start);
    if (*column && wanted <= *column)
        wanted = *column + 1;
    strbuf_repeat(sb, ' ', wanted - *column);
    strbuf_repeat(sb, '^', width ? width : 1);
    *column = wanted + (width ? width : 1);
    if (*note->text) {
        strbuf_addc(sb, ' ');
        strbuf_adds(sb, note->text);
        *column += 1 + utf8_columns(note->text, strlen(note->text));
    }
}

static void sort_notes(const struct error *err, const struct error_note **ret)
{
    for (int i = 0; i < err->note_count; i++) {
        int k = i;
        for (; k && ret[k - 1]->span.start > err->notes[i].span.start; k--)
            ret[k] = ret[k - 1];
        ret[k] = &err->notes[i];
    }
}

static void add_marks(const struct error *err, const struct source *source,
                      const struct line *line, int indent, struct strbuf *sb)
{
    const struct error_note *notes[ERROR_MAX_NOTES];
    size_t column = 0;
    bool any = false;
    sort_notes(err, notes);
    for (int i = 0; i < err->note_count; i++) {
        if (!on_line(&notes[i]->span, line))
            continue;
        if (!any)
            strbuf_repeat(sb, ' ', (size_t)indent);
        any = true;
        add_mark(source, line, notes[i], &column, sb);
    }
    if (any)
        strbuf_addc(sb, '\n');
}

/* "line 2 of f in work.py" – what cannot be seen from the line itself. */
static void add_place(const struct error_frame *frame, const struct line *line,
                      struct strbuf *sb)
{
    const char *file = frame->source->name;
    if (file && *file == '<')
        file = NULL;
    if (frame->function && file)
        strbuf_addf(sb, _("line %d of %s in %s"), line->number,
                    frame->function, file);
    else if (frame->function)
        strbuf_addf(sb, _("line %d of %s"), line->number, frame->function);
    else if (file)
        strbuf_addf(sb, _("line %d in %s"), line->number, file);
    else
        strbuf_addf(sb, _("line %d"), line->number);
}

static bool has_several_lines(const struct source *source)
{
    const char *newline = memchr(source->text, '\n', source->length);
    return newline && strspn(newline, "\n") <
                          (size_t)(source->text + source->length - newline);
}

/* The innermost line, with its marks. */
static void render_origin(const struct error *err, bool repeat_source,
                          int indent, int columns, struct strbuf *sb)
{
    const struct error_frame *frame = &err->frames[0];
    uint32_t at =
        err->note_count ? err->notes[0].span.start : frame->span.start;
    struct line line = line_at(frame->source, at);
    bool several = has_several_lines(frame->source);
    bool named = frame->source->name && frame->source->name[0] != '<';

    size_t width = column_of(frame->source, &line, line.end);
    bool wraps = columns && (size_t)indent + width > (size_t)columns;
    line_cut(frame->source, at, columns, &line);
    if (!repeat_source && err->frame_count == 1 && !several && !wraps &&
        !line.cut_before) {
        add_marks(err, frame->source, &line, indent, sb);
        return;
    }
    if (frame->function || several || named) {
        struct strbuf place = STRBUF_INIT;
        add_place(frame, &line, &place);
        strbuf_addf(sb, _("%s:\n"), place.text);
        strbuf_done(&place);
    }
    add_line_text(frame->source, &line, sb);
    add_marks(err, frame->source, &line, SHOWN_INDENT, sb);
}

/* The calls that led there, outermost last; a recursion is told once. */
static void render_calls(const struct error *err, int columns,
                         struct strbuf *sb)
{
    for (int i = 1; i < err->frame_count; i++) {
        const struct error_frame *frame = &err->frames[i];
        const struct error_frame *inner = &err->frames[i - 1];
        if (i > 1 && frame->source == inner->source &&
            frame->span.start == inner->span.start &&
            frame->span.end == inner->span.end)
            continue;
        struct line line = line_at(frame->source, frame->span.start);
        struct strbuf place = STRBUF_INIT;
        add_place(frame, &line, &place);
        strbuf_addf(sb, _("called from %s:\n"), place.text);
        strbuf_done(&place);
        line_cut(frame->source, frame->span.start, columns, &line);
        add_line_text(frame->source, &line, sb);
    }
}

/* A class of the learner's own has its own name. */
static const char *exception_name(const struct error *err)
{
    const struct instance *raised = err->payload;
    if (raised && raised->class->base_count &&
        namespace_get(&raised->class->names, "__module__"))
        return raised->class->name;
    return error_kind_name(err->kind);
}

void error_render(const struct error *err, bool repeat_source, int indent,
                  int columns, struct strbuf *sb)
{
    if (err->kind == ERROR_NONE)
        return;
    if (err->frame_count) {
        render_origin(err, repeat_source, indent, columns, sb);
        render_calls(err, columns, sb);
    }
    strbuf_adds(sb, exception_name(err));
    if (err->message && *err->message)
        strbuf_addf(sb, ": %s", err->message);
    strbuf_addc(sb, '\n');
    if (err->hint)
        strbuf_addf(sb, _("hint: %s\n"), err->hint);
}
