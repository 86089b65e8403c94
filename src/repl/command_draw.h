/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `draw`: the pad to draw on; digit(): what was drawn. */
#ifndef REPL_COMMAND_DRAW_H
#define REPL_COMMAND_DRAW_H

#include "lang/lang.h"

struct model;
struct session;

bool command_draw(struct session *session, const char *arguments,
                  struct error *err);
extern const char command_draw_details[];

/* Adds the built-in digit(). */
void command_draw_install(struct interp *interp);

/* The variable NAME has new weights: a pad that shows it, or none yet, gets
   them. */
void command_draw_renew(struct session *session, const char *name);
/* The same of the variables that hold MODEL. */
void command_draw_renew_model(struct session *session,
                              const struct model *model);

#endif
