/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where our files lie (the XDG Base Directory Specification, version 0.8),
 * reading whole files, and replacing one so that a crash leaves the old or
 * the new, never half of it.
 */
#ifndef BASE_PATH_H
#define BASE_PATH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/strbuf.h"

/* $XDG_STATE_HOME/tensor/NAME and $XDG_CONFIG_HOME/tensor/NAME, to be free()d;
   NULL without a home. */
char *path_in_state(const char *name);
char *path_in_config(const char *name);

/* "~/x" with the home in place of "~"; to be free()d. */
char *path_expand(const char *path);

/* Makes the folders above PATH, those that are missing private to the user. */
bool path_make_parents(const char *path, struct error *err);

/* Appends the file's bytes to SB. */
bool file_read(const char *path, struct strbuf *sb, struct error *err);

/* The same; but a folder, a device or a pipe is an error. */
bool file_read_regular(const char *path, struct strbuf *sb, struct error *err);

/* Temporary file beside PATH, fsync, rename. */
bool file_write(const char *path, const char *text, size_t length,
                struct error *err);

/* The same from several pieces. */
struct file_part {
    const char *bytes;
    size_t length;
};
bool file_write_parts(const char *path, int count,
                      const struct file_part *parts, struct error *err);

#endif
