/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an author wants to know of a lesson before a learner does. */
#ifndef LESSON_CHECK_H
#define LESSON_CHECK_H

#include "lesson/trial.h"

struct check {
    const struct host *host;
    /* Gets each fault as "FILE:LINE: what". */
    void (*tell)(void *context, const char *line);
    void *context;
    int lessons, steps, graded, mistakes, hints, faults; /* counted */
};

/* Plays the lesson at PATH, and looks at its translation into LANGUAGE (NULL:
   none is wanted). */
void check_lesson(struct check *check, const char *path, const char *language);

/* ---------------------------------------------- inside src/lesson only */

void check_tell(struct check *check, const char *path, int line,
                const char *format, ...) __attribute__((format(printf, 4, 5)));

/* check_texts.c: what is shown fits the screen; the translation is whole. */
void check_widths(struct check *check, const struct lesson *lesson);
void check_translation(struct check *check, const struct lesson *lesson,
                       const char *path);

/* For each line of the fenced blocks in TEXT (CommonMark): ROLE is the
   block's info, LINE NULL at its end. */
typedef void code_visit(void *context, const char *role, const char *line);
void text_walk_code(const char *text, code_visit *visit, void *context);

#endif
