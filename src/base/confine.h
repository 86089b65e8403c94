/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What code that a stranger wrote may do with files: write none, and read
 * only below one folder.  Whoever opens a file that a program has named asks
 * first.  It holds for the calling thread.
 */
#ifndef BASE_CONFINE_H
#define BASE_CONFINE_H

#include <stdbool.h>

#include "base/error.h"

/* FOLDER is copied; NULL: nothing can be read. */
void confine_to(const char *folder);
void confine_end(void);
bool confine_is_on(void);

/* true, or false with PermissionError. */
bool confine_allow_reading(const char *path, struct error *err);
bool confine_allow_writing(const char *path, struct error *err);

#endif
