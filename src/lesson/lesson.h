/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A lesson as its file says it; man/tensor-lesson.5 describes the format.
 * Texts are CommonMark, still to be laid out; code is as written, with the
 * number of its first line for who has to be told.
 */
#ifndef LESSON_LESSON_H
#define LESSON_LESSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

enum step_kind {
    STEP_READ,
    STEP_LOOK,
    STEP_EXPLORE,
    STEP_DO,
    STEP_FUNCTION,
    STEP_PREDICT
};

/* Code of a fenced block; TEXT is NULL where there is none. */
struct snippet {
    char *text;
    int line; /* of the file, where TEXT begins */
};

struct snippets {
    struct snippet *items;
    size_t count, capacity;
};

/* How alike a result must be to be taken for a listed mistake. */
enum likeness {
    LIKE_VALUE, /* the same value, or the same error */
    LIKE_SHAPE,
    LIKE_DTYPE,
    LIKE_TYPE,
    LIKE_ERROR,   /* any error of the same kind */
    LIKE_USE,     /* the right result, got with TERM */
    LIKE_COMMAND  /* the same command */
};

/* A `wrong` block. */
struct mistake {
    struct snippets examples;
    enum likeness likeness;
    char *term;     /* of LIKE_USE */
    char *sentence; /* what is said to who makes it */
    int line;
};

struct hint {
    char *text;
    int mistake; /* index of the one it is for, or -1 */
};

struct words {
    char **items;
    size_t count, capacity;
};

/* What is asked beyond the right value: the words after `answer`. */
struct demand {
    struct words want, must, must_not;
    double within;  /* relative difference that floats may have */
    bool any_dtype; /* only the values count */
    bool command;   /* the answer is a command */
};

struct step {
    char *id, *title;
    int line;
    enum step_kind kind;
    char *prose, *after; /* before the answer; once it is passed */
    struct snippet setup, answer, predict;
    struct demand demand;
    struct snippets check, also, inputs, explore, show;
    struct snippets choices; /* as expressions… */
    struct words labels;     /* … and as they are shown */
    int repeat;              /* calls of each line of INPUTS */
    struct mistake *mistakes;
    size_t mistake_count, mistake_capacity;
    struct hint *hints;
    size_t hint_count, hint_capacity;
    uint32_t mark; /* of the texts that are translated */
};

struct lesson {
    char *path, *id; /* "07-broadcasting" */
    int number;      /* 7; -1 for a file whose name has none */
    char *title, *intro;
    struct snippet setup;
    struct step *steps;
    size_t count, capacity;
    uint32_t mark; /* of title and introduction */
};

/* Reads PATH.  ValueError "PATH:LINE: what is wrong" for a broken file,
   OSError for one that cannot be read.  *RET is owned. */
bool lesson_read(const char *path, struct lesson **ret, struct error *err);
void lesson_free(struct lesson *lesson);

/* Index of the step with this id, or -1. */
int lesson_find_step(const struct lesson *lesson, const char *id);

/* Is the step graded? */
static inline bool step_is_graded(const struct step *step)
{
    return step->kind >= STEP_DO;
}

/* "do", "predict"… */
const char *step_kind_name(enum step_kind kind);

#endif
