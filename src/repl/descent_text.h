/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A descent as lines of text. */
#ifndef REPL_DESCENT_TEXT_H
#define REPL_DESCENT_TEXT_H

#include "bind/descent.h"

/* What the function calls its arguments; a NULL-ended array to free() with its
   strings. */
char **descent_names(const struct descent *descent);

/* Where it is, on one line: "w = 0.0, gradient -6.0, loss 9.0". */
void descent_text_place(const struct descent *descent, char *const *names,
                        size_t columns, struct strbuf *sb);

/* The last step as it was computed: "w: 0.0 - 0.1 * -6.0 = 0.6" for each
   argument, and the loss before and after. */
void descent_text_step(const struct descent *descent, char *const *names,
                       size_t columns, struct strbuf *sb);

/* One row of a table for many steps, and the row above the first. */
void descent_text_heading(const struct descent *descent, char *const *names,
                          size_t columns, struct strbuf *sb);
void descent_text_row(const struct descent *descent, size_t columns,
                      struct strbuf *sb);

/* How many times in a row the loss has grown up to now. */
size_t descent_rises(const struct descent *descent);

#endif
