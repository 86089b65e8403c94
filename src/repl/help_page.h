/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One screen of help about one thing. */
#ifndef REPL_HELP_PAGE_H
#define REPL_HELP_PAGE_H

#include "autograd/op.h"
#include "lang/value.h"

struct session;
struct command;
struct help_topic;

/* Text that fits the screen, from column INDENT. */
void help_text(struct session *session, const char *text, size_t indent);

/* "  NAME              TEXT" */
void help_row(struct session *session, const char *name, const char *text);

void help_op(struct session *session, const struct op *op);
void help_command(struct session *session, const struct command *row);
void help_topic(struct session *session, const struct help_topic *topic);

/* A variable, a function, a class, a module, known as NAME. */
void help_value(struct session *session, const char *name, struct value value);

#endif
