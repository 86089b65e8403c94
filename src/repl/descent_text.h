/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Descents as lines of text. */
#ifndef REPL_DESCENT_TEXT_H
#define REPL_DESCENT_TEXT_H

#include "repl/descents.h"

/* What the function calls its arguments; a NULL-ended array to free() with its
   strings. */
char **descent_names(const struct descent *descent);

/* Where they are.  Of one: "w = 0.0, gradient -6.0, loss 9.0"; of several a
   line each. */
void descents_text_place(const struct descents *descents, size_t columns,
                         struct strbuf *sb);

/* The last step.  Of one as it was computed: "w: 0.0 - 0.1 * -6.0 = 0.6" for
   each argument, and the loss before and after; of several where it led. */
void descents_text_step(const struct descents *descents, size_t columns,
                        struct strbuf *sb);

/* One row of a table for many steps, and the row above the first.  Of several
   their losses. */
void descents_text_heading(const struct descents *descents, size_t columns,
                           struct strbuf *sb);
void descents_text_row(const struct descents *descents, size_t columns,
                       struct strbuf *sb);

/* How many times in a row the loss has grown up to now. */
size_t descent_rises(const struct descent *descent);

#endif
