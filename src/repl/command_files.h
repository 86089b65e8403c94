/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `save`, `notes` and `load`. */
#ifndef REPL_COMMAND_FILES_H
#define REPL_COMMAND_FILES_H

#include <stdbool.h>

#include "base/error.h"

struct session;

bool command_save(struct session *session, const char *arguments,
                  struct error *err);
bool command_notes(struct session *session, const char *arguments,
                   struct error *err);
bool command_load(struct session *session, const char *arguments,
                  struct error *err);

extern const char command_notes_details[], command_save_details[];
extern const char command_load_details[];

#endif
