/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Did you mean": the one known name that is nearest to a mistyped one. */
#ifndef BASE_SUGGEST_H
#define BASE_SUGGEST_H

#include <stddef.h>

struct suggestion {
    const char *wanted; /* borrowed, what was typed */
    const char *best;   /* borrowed from the candidates, or NULL */
    int distance;
};

/*
 * Usage: struct suggestion s = suggestion_for("shpae");
 *        suggestion_consider(&s, "shape"); … ; use s.best.
 * Damerau-Levenshtein distance without regard to case, at most 2 (1 for
 * names under four letters).
 */
struct suggestion suggestion_for(const char *wanted);
void suggestion_consider(struct suggestion *suggestion, const char *candidate);

#endif
