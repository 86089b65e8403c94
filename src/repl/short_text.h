/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers and arrays as a teacher writes them on a board: rounded, in one
   line. */
#ifndef REPL_SHORT_TEXT_H
#define REPL_SHORT_TEXT_H

#include "tensor/tensor.h"

/* Six significant digits at most: 4.0, 0.731059, 1e-07. */
void short_number(struct strbuf *sb, double number);

/* A number; "(2,) [1., 2.]"; or "(128, 64) norm 3.21" when all elements do
   not fit into COLUMNS, and then false. */
bool short_tensor(struct strbuf *sb, struct tensor *tensor, size_t columns);

#endif
