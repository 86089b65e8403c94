/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The nodes of a program, for who asks what it consists of. */
#ifndef LANG_WALK_H
#define LANG_WALK_H

#include "lang/ast.h"

/* Gets each node; false: not those inside it. */
typedef bool node_visit(void *context, const struct node *node);

/* NODE, which may be NULL, then all nodes inside it, in the order of the
   source; those in the bodies of functions and classes, too. */
void node_walk(const struct node *node, node_visit *visit, void *context);

/* All statements of PROGRAM. */
void program_walk(const struct program *program, node_visit *visit,
                  void *context);

/* The last statement, or NULL when there is none. */
const struct node *program_last(const struct program *program);

#endif
