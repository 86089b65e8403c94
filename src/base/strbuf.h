/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A string that grows.  `text` is NUL-terminated at all times, also right
 * after STRBUF_INIT, so it can be printed as it stands.
 */
#ifndef BASE_STRBUF_H
#define BASE_STRBUF_H

#include <stdarg.h>
#include <stddef.h>

struct strbuf {
    char *text;      /* read-only outside strbuf.c */
    size_t length;   /* bytes, without the final NUL */
    size_t capacity; /* 0 while `text` is the shared empty string */
};

extern char strbuf_empty[1];
#define STRBUF_INIT { strbuf_empty, 0, 0 }

void strbuf_init(struct strbuf *sb);

/* Frees the memory and leaves an empty buffer that can be used again. */
void strbuf_done(struct strbuf *sb);

/* Empties the buffer, keeps its memory. */
void strbuf_clear(struct strbuf *sb);

/* Shortens to LENGTH bytes; LENGTH must not be over sb->length. */
void strbuf_truncate(struct strbuf *sb, size_t length);

void strbuf_add(struct strbuf *sb, const void *bytes, size_t length);
void strbuf_adds(struct strbuf *sb, const char *text);
void strbuf_addc(struct strbuf *sb, char c);
void strbuf_repeat(struct strbuf *sb, char c, size_t count);
void strbuf_addf(struct strbuf *sb, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void strbuf_vaddf(struct strbuf *sb, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

/* The text as memory of its own (free() it); the buffer is empty after. */
char *strbuf_steal(struct strbuf *sb);

#endif
