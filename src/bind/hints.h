/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What to type instead, where shapes do not fit. */
#ifndef BIND_HINTS_H
#define BIND_HINTS_H

#include "autograd/op.h"

/* Adds a hint to ERR when a small change to one operand makes OP work.  The
   operands are called {0} and {1}: lang puts in what was typed for them. */
void hint_for_op(const struct op *op, const struct arg *args,
                 struct error *err);

#endif
