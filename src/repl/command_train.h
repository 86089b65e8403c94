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

/* When a session begins: fit() shows how it goes on, as train does. */
void command_train_watch_fit(struct session *session);

/* Drops a stopped training: when the session ends or forgets everything. */
void command_train_forget(void);

#endif
