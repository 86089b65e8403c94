/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UTF-8: decoding with full validation (RFC 3629), counting, and how many
   terminal columns text takes (libunistring's tables). */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes of the code point at TEXT, which goes to *RET; 0 when the bytes are
   not valid UTF-8 (overlong forms and surrogates included). */
int utf8_decode(const char *text, size_t length, uint32_t *ret);

/* Bytes written to RET, 1 … 4. */
int utf8_encode(uint32_t code_point, char ret[4]);

/* Offset of the first invalid byte, or LENGTH. */
size_t utf8_check(const char *text, size_t length);

/* Code points in valid UTF-8. */
size_t utf8_count(const char *text, size_t length);

/* Byte offset of code point number INDEX (LENGTH when past the end). */
size_t utf8_offset(const char *text, size_t length, size_t index);

/* Terminal columns of a code point: 0 for combining marks, 2 for East Asian
   wide and emoji, else 1; and of a whole text (bad bytes count 1). */
int utf8_width(uint32_t code_point);
size_t utf8_columns(const char *text, size_t length);

/* May the code point stand in a name?  Beyond ASCII as in Python: XID_Continue
   of the Unicode standard's annex 31. */
bool utf8_is_letter(uint32_t code_point);

#endif
