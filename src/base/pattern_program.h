/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What pattern_compile.c makes and pattern_match.c runs. */
#ifndef BASE_PATTERN_PROGRAM_H
#define BASE_PATTERN_PROGRAM_H

#include "base/pattern.h"

enum pattern_code {
    CODE_CHARACTER,
    CODE_ANY,      /* but a newline, unless DOTALL */
    CODE_SET,      /* x: the set's number */
    CODE_SPLIT,    /* first x, then y */
    CODE_JUMP,     /* x */
    CODE_SAVE,     /* x: the end of a span */
    CODE_LINE_START,
    CODE_LINE_END,
    CODE_TEXT_START,
    CODE_TEXT_END,
    CODE_BOUNDARY, /* x: whether there must be one */
    CODE_GROUP,    /* what group x has matched, again */
    CODE_AHEAD,    /* x: where it goes on; y: whether it must match */
    CODE_BEHIND,   /* the same of what ends here; y: also twice its width */
    CODE_PROGRESS, /* x: the slot; a repeat that moved nothing ends */
    CODE_MARK,     /* x: the slot that remembers the position */
    CODE_MATCH
};

struct pattern_instruction {
    enum pattern_code code;
    uint32_t x, y;
};

struct pattern_range {
    uint32_t first, last;
};

struct pattern_set {
    struct pattern_range *ranges;
    size_t count, capacity;
    uint32_t classes; /* bits: 'd' 'w' 's' and their negations */
    bool negated;
};

enum { CLASS_DIGIT = 1, CLASS_WORD = 2, CLASS_SPACE = 4, CLASS_NOT = 3 };

struct pattern {
    struct pattern_instruction *program;
    size_t count, capacity;
    struct pattern_set *sets;
    size_t set_count, set_capacity;
    char *names[PATTERN_MAX_GROUPS + 1];
    int groups, marks;
    int flags;
};

bool pattern_is_word(uint32_t c);
bool pattern_is_space(uint32_t c);
/* The letter in lower case, for comparing without regard to case. */
uint32_t pattern_fold(uint32_t c);

#endif
