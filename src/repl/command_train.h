/* SPDX-License-Identifier: GPL-3.0-or-later */
/* train, again, resume, and what can be done with a training that goes on. */
#ifndef REPL_COMMAND_TRAIN_H
#define REPL_COMMAND_TRAIN_H

#include <stdbool.h>

#include "base/error.h"

struct session;

bool command_train(struct session *session, const char *arguments,
                   struct error *err);
bool command_again(struct session *session, const char *arguments,
                   struct error *err);
bool command_resume(struct session *session, const char *arguments,
                    struct error *err);
bool command_jobs(struct session *session, const char *arguments,
                  struct error *err);
bool command_fg(struct session *session, const char *arguments,
                struct error *err);
bool command_bg(struct session *session, const char *arguments,
                struct error *err);
bool command_pause(struct session *session, const char *arguments,
                   struct error *err);
bool command_stop(struct session *session, const char *arguments,
                  struct error *err);

bool command_watch(struct session *session, const char *arguments,
                   struct error *err);

/* `step batch [COUNT]` of a training that runs or is paused. */
bool command_step_batch(struct session *session, const char *count,
                        struct error *err);

/* `set rate VALUE`: of the training that runs or is paused; `set rate` and
   `set` show it, the latter only when there is one. */
bool command_set_rate(struct session *session, const char *value,
                      struct error *err);
void command_show_rate(struct session *session);

/* Shows how fit() goes on. */
void command_train_watch_fit(struct session *session);

extern const char command_train_details[], command_again_details[],
    command_resume_details[], command_jobs_details[], command_fg_details[],
    command_bg_details[], command_pause_details[], command_stop_details[],
    command_watch_details[];

#endif
