/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shape hole: a ? in an operand's place asks which shapes fit there. */
#ifndef REPL_HOLE_H
#define REPL_HOLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct session;

/* Offset of a ? that stands where an operand would; false when there is none.
   `x?`, `?x` and a ? in quotes are something else. */
bool hole_find(const char *text, size_t *ret);

/* Prints which shapes fit, and which variables have them. */
bool hole_answer(struct session *session, const char *text, size_t offset,
                 struct error *err);

#endif
