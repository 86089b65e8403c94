/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a lesson looks at the prompt: session thread only. */
#ifndef REPL_LESSON_TEXT_H
#define REPL_LESSON_TEXT_H

#include "lesson/player.h"
#include "lesson/progress.h"

struct session;

/* "7", or the file's name where it has no number. */
void lesson_text_number(const struct lesson *lesson, struct strbuf *sb);

/* Markdown, indented. */
void lesson_text_print(struct session *session, const char *text);
/* One dim line, wrapped. */
void lesson_text_print_dim(struct session *session, const char *text);

/* Title and introduction. */
void lesson_text_print_title(struct session *session,
                             const struct lesson *lesson);
/* Its heading, prose, choices, and the keys. */
void lesson_text_print_step(struct session *session,
                            const struct player *player);
/* Code of an answer, under a line that says what it is. */
void lesson_text_print_code(struct session *session, const char *code);

/* All lessons with what has been done of them, and the steps of the one that
   is played (PLAYER may be NULL). */
void lesson_text_print_contents(struct session *session,
                                const struct lesson_progress *progress,
                                const struct player *player);

/* A report for a teacher: plain text. */
void lesson_text_report(const struct lesson_progress *progress, struct strbuf *sb);

#endif
