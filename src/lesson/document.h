/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A CommonMark file, block by block; inside src/lesson only. */
#ifndef LESSON_DOCUMENT_H
#define LESSON_DOCUMENT_H

#include <cmark.h>

#include "lesson/lesson.h"

struct document {
    const char *path;
    char *text;
    cmark_node *root;
};

/* Reads a file of valid UTF-8, at most a megabyte. */
bool document_read(const char *path, struct document *ret, struct error *err);
void document_done(struct document *document);

/* false with "PATH:LINE: …". */
bool document_error(const struct document *document, int line,
                    struct error *err, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* A heading's source line without its #, cut before "{…}": the words between
   the braces go to *RET_BRACES ("" when there are none).  Both are owned. */
char *document_heading(const struct document *document, cmark_node *heading,
                       char **ret_braces);

/* The word of BRACES that begins with PREFIX, what follows that; NULL when
   there is none.  Owned. */
char *braces_word(const char *braces, const char *prefix);


/* NODE leaves its document and is appended to *TEXT, two newlines between. */
void text_append(char **text, cmark_node *node);
/* The same for all blocks inside NODE (a quote, a list's item). */
void text_append_inside(char **text, cmark_node *node);

/* Of what is said, whatever the width of the file's lines: FNV-1a. */
uint32_t mark_start(void);
void mark_add_node(uint32_t *mark, cmark_node *node);
void mark_add_text(uint32_t *mark, const char *text);

/* Lines of a fenced block, each of them to WORDS, without blank ones. */
void words_add_lines(struct words *words, const char *text);
void words_add(struct words *words, const char *text, size_t length);
void words_free(struct words *words);

#endif
