/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a line of code consists of: for `must use`, and to know a look from an
   attempt. */
#ifndef LESSON_TERMS_H
#define LESSON_TERMS_H

#include "base/strmap.h"
#include "lang/lang.h"
#include "lesson/lesson.h"

/* A set of words; strmap_done() it.  "slice", "for", "@", "dot"… */
typedef struct strmap term_set;

/* Adds PROGRAM's terms.  Of a variable or function whose making is known, its
   name's set in ORIGINS (by name, may be NULL), too. */
void terms_collect(const struct program *program, const struct strmap *origins,
                   term_set *ret);

/* Is it a word that a lesson may ask for? */
bool term_is_known(const char *term);

/* The first of WORDS that is not in TERMS; NULL when all are.  And the first
   that is. */
const char *terms_missing(const term_set *terms, const struct words *words);
const char *terms_present(const term_set *terms, const struct words *words);

/* Names that PROGRAM's statements bind or change; those of its last statement
   alone. */
void names_bound(const struct program *program, struct words *ret);
void names_bound_last(const struct program *program, struct words *ret);

/* Does PROGRAM only look: x, x.shape, print(x), help(dot)? */
bool program_only_looks(const struct program *program);

/* Do both texts say the same but for blanks and comments? */
bool code_is_same(const char *a, const char *b);

#endif
