/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/strbuf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

char strbuf_empty[1] = "";

void strbuf_init(struct strbuf *sb)
{
    *sb = (struct strbuf)STRBUF_INIT;
}

void strbuf_done(struct strbuf *sb)
{
    if (sb->capacity)
        free(sb->text);
    strbuf_init(sb);
}

void strbuf_clear(struct strbuf *sb)
{
    strbuf_truncate(sb, 0);
}

void strbuf_truncate(struct strbuf *sb, size_t length)
{
    if (!sb->capacity)
        return;
    sb->length = length;
    sb->text[length] = '\0';
}

static void grow(struct strbuf *sb, size_t extra)
{
    size_t needed = sb->length + extra + 1;
    if (needed <= sb->capacity)
        return;
    size_t capacity = sb->capacity ? sb->capacity : 64;
    while (capacity < needed)
        capacity *= 2;
    sb->text = xreallocarray(sb->capacity ? sb->text : NULL, capacity, 1);
    sb->text[sb->length] = '\0';
    sb->capacity = capacity;
}

void strbuf_add(struct strbuf *sb, const void *bytes, size_t length)
{
    if (!length)
        return;
    grow(sb, length);
    memcpy(sb->text + sb->length, bytes, length);
    sb->length += length;
    sb->text[sb->length] = '\0';
}

void strbuf_adds(struct strbuf *sb, const char *text)
{
    strbuf_add(sb, text, strlen(text));
}

void strbuf_addc(struct strbuf *sb, char c)
{
    strbuf_add(sb, &c, 1);
}

void strbuf_repeat(struct strbuf *sb, char c, size_t count)
{
    grow(sb, count);
    memset(sb->text + sb->length, c, count);
    sb->length += count;
    sb->text[sb->length] = '\0';
}

void strbuf_addf(struct strbuf *sb, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    strbuf_vaddf(sb, format, args);
    va_end(args);
}

void strbuf_vaddf(struct strbuf *sb, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    if (length > 0) {
        grow(sb, (size_t)length);
        vsnprintf(sb->text + sb->length, (size_t)length + 1, format, again);
        sb->length += (size_t)length;
    }
    va_end(again);
}

char *strbuf_steal(struct strbuf *sb)
{
    char *text = sb->capacity ? sb->text : xstrdup("");
    strbuf_init(sb);
    return text;
}
