/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Regular expressions as Python's re has them: greedy and lazy repeats, sets,
 * groups with and without names, alternatives, lookahead, lookbehind of one
 * width, back references, ^ $ \A \Z \b, the flags I, M, S and X.
 *
 * A pattern is compiled to instructions for a matcher that tries one way after
 * the other; positions count characters.
 */
#ifndef BASE_PATTERN_H
#define BASE_PATTERN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

enum {
    PATTERN_IGNORECASE = 2, /* the numbers are Python's */
    PATTERN_MULTILINE = 8,
    PATTERN_DOTALL = 16,
    PATTERN_VERBOSE = 64
};

enum { PATTERN_MAX_GROUPS = 100 };

struct pattern;

/* ValueError with Python's message ("unterminated character set at position
   3"); NULL then. */
struct pattern *pattern_compile(const char *text, size_t length, int flags,
                                struct error *err);
void pattern_free(struct pattern *pattern);

/* Groups without group 0; the name of one, or NULL. */
int pattern_groups(const struct pattern *pattern);
const char *pattern_group_name(const struct pattern *pattern, int group);

/* Does it match TEXT of LENGTH code points from START on, there exactly, and
   to the end when WHOLE?  SPANS gets the start and end of each group, group 0
   first; -1 for one that took no part.  *FOUND: it does.  false when Ctrl-C
   was pressed, or memory is out. */
bool pattern_match(const struct pattern *pattern, const uint32_t *text,
                   size_t length, size_t start, bool whole, int64_t *spans,
                   bool *found, struct error *err);

#endif
