/* SPDX-License-Identifier: GPL-3.0-or-later */
/* confusion: which classes a model takes for which. */
#ifndef REPL_COMMAND_CONFUSION_H
#define REPL_COMMAND_CONFUSION_H

#include <stdbool.h>

#include "base/error.h"

struct session;

bool command_confusion(struct session *session, const char *arguments,
                       struct error *err);

extern const char command_confusion_details[];

#endif
