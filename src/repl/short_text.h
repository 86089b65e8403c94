/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers and arrays as a teacher writes them on a board: rounded, in one
   line. */
#ifndef REPL_SHORT_TEXT_H
#define REPL_SHORT_TEXT_H

#include "tensor/tensor.h"

/* Six significant digits at most: 4.0, 0.731059, 1e-07. */
void short_number(struct strbuf *sb, double number);

/* A number, or all elements in one line: "[1., 2.]".  False, nothing added,
   when they are many or do not fit into COLUMNS. */
bool short_elements(struct strbuf *sb, struct tensor *tensor, size_t columns);

/* "norm 3.21": the root of the sum of the squares. */
void short_norm(struct strbuf *sb, const struct tensor *tensor);

/* A number; "(2,) [1., 2.]"; or "(128, 64) norm 3.21" when all elements do
   not fit into COLUMNS, and then false. */
bool short_tensor(struct strbuf *sb, struct tensor *tensor, size_t columns);

#endif
