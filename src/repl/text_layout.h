/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text that fits the screen. */
#ifndef REPL_TEXT_LAYOUT_H
#define REPL_TEXT_LAYOUT_H

#include "lang/value.h"

/* TEXT broken between words (Chinese between characters) so that no line is
   over COLUMNS; it begins in column INDENT, and so do the lines that follow.
   Its own newlines stay. */
void text_wrap(struct strbuf *sb, const char *text, size_t indent,
               size_t columns);

/* TEXT and blanks up to WIDTH columns. */
void text_pad(struct strbuf *sb, const char *text, size_t width);

/* The first line of TEXT, cut to COLUMNS with an ellipsis. */
void text_cut(struct strbuf *sb, const char *text, size_t columns);

/* TEXT in one line: a newline and the blanks that follow it become a blank. */
void text_join_lines(struct strbuf *sb, const char *text);

/* What VALUE prints as, in one line of COLUMNS; arrays without "array(". */
void text_preview(struct strbuf *sb, struct value value, size_t columns);

/* "(2, 3) int64" */
void text_kind(struct strbuf *sb, const struct tensor *tensor);

#endif
