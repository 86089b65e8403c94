/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `train mnist` and `resume`. */
#ifndef REPL_COMMAND_TRAIN_H
#define REPL_COMMAND_TRAIN_H

#include "base/error.h"

struct session;

/* Handlers of the command table. */
bool command_train(struct session *session, const char *arguments,
                   struct error *err);
bool command_resume(struct session *session, const char *arguments,
                    struct error *err);

extern const char command_train_details[];
extern const char command_resume_details[];

/* Drops a stopped training; when the session ends. */
void command_train_forget(void);

#endif
