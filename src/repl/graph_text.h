/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A computation graph as lines of text: forward, backward, gradients. */
#ifndef REPL_GRAPH_TEXT_H
#define REPL_GRAPH_TEXT_H

#include "autograd/graph.h"

/* Lines of at most COLUMNS, where the names and formulas allow. */
void graph_text_forward(const struct graph *graph, size_t columns,
                        struct strbuf *sb);
void graph_text_backward(const struct graph *graph, size_t columns,
                         struct strbuf *sb);

/* What NODE's operands are called in its formula; ends with NULL. */
char **graph_text_operands(const struct graph *graph,
                           const struct graph_node *node);
void graph_text_operands_free(char **texts);

/* Is TEXT a number and nothing else? */
bool graph_text_is_number(const char *text);

#endif
