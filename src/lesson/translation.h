/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The texts of a lesson in another language, by step id. */
#ifndef LESSON_TRANSLATION_H
#define LESSON_TRANSLATION_H

#include "lesson/lesson.h"

struct translated_step {
    char *id, *title;
    int line;
    char *prose, *after;     /* NULL: none */
    struct words sentences;  /* one for each `wrong` block of the base */
    struct words hints;      /* in the base's order */
    struct words labels;     /* of choices; empty: as in the base */
    bool marked;             /* says which text it translates: */
    uint32_t mark;
};

struct translation {
    char *path;
    char *title, *intro;
    int title_line;
    bool marked;
    uint32_t mark;
    struct translated_step *steps;
    size_t count, capacity;
};

/* As lesson_read(). */
bool translation_read(const char *path, struct translation **ret,
                      struct error *err);
void translation_free(struct translation *translation);

const struct translated_step *
translation_find(const struct translation *translation, const char *id);

/* LESSON speaks the language; what TRANSLATION lacks stays as it is. */
void lesson_translate(struct lesson *lesson,
                      const struct translation *translation);

#endif
