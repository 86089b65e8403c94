/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fenced blocks of a step; inside src/lesson only. */
#ifndef LESSON_BLOCKS_H
#define LESSON_BLOCKS_H

#include "lesson/document.h"

/* How far floats may be off, relatively, unless the file says otherwise. */
#define STEP_WITHIN 1e-6

/* A fenced block's code. */
struct snippet snippet_of(cmark_node *node);

/* Is a block of this first word of its info shown as prose? */
bool block_is_prose(const char *role);

/* Takes the block of ROLE into STEP; WORDS is what follows in its info. */
bool block_read(const struct document *document, struct step *step,
                cmark_node *node, const char *role, const char *words,
                struct error *err);

/* After the last block: the step's kind, the examples one by one. */
bool step_finish(const struct document *document, struct step *step,
                 struct error *err);

#endif
