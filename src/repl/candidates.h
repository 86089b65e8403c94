/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What Tab may complete a word to. */
#ifndef REPL_CANDIDATES_H
#define REPL_CANDIDATES_H

#include <stddef.h>

#include "lang/lang.h"

struct candidates {
    char **items; /* [0] is left free for what they have in common */
    size_t count, capacity;
};

/* Adds PREFIX NAME SUFFIX when NAME begins with TEXT; each but once. */
void candidates_consider(struct candidates *candidates, const char *text,
                         const char *prefix, const char *name,
                         const char *suffix);

/* As Readline wants it: the common start, the items, NULL.  Taken from
   CANDIDATES; NULL when there are none. */
char **candidates_finish(struct candidates *candidates);

/* Variables, built-in names and the language's keywords; INSIDE brackets no
   statement begins. */
void candidates_add_names(struct candidates *candidates, struct interp *interp,
                          const char *text, bool inside);

/* Does TEXT leave a bracket open? */
bool is_inside_brackets(const char *text);

/* TEXT is a path with dots: what its last part may be. */
void candidates_add_attributes(struct candidates *candidates,
                               struct interp *interp, const char *text);

/* The same with TEXT the dot and what follows it, of VALUE. */
void candidates_add_attributes_of(struct candidates *candidates,
                                  struct interp *interp, struct value value,
                                  const char *text);

/* "axis=" and what else the innermost call that is open at the end of BEFORE
   may be given. */
void candidates_add_keywords(struct candidates *candidates,
                             struct interp *interp, const char *before,
                             const char *text);

/* The signature of the function whose bracket ends BEFORE, to be free()d;
   NULL when there is none or it is not known. */
char *call_signature(struct interp *interp, const char *before);

#endif
