/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a lesson borrows from a session. */
#ifndef REPL_LESSON_HOST_H
#define REPL_LESSON_HOST_H

#include "lesson/trial.h"

struct session;

void lesson_host_init(struct host *host, struct session *session);

#endif
