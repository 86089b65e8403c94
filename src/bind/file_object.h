/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Python's open(), and io.StringIO. */
#ifndef BIND_FILE_OBJECT_H
#define BIND_FILE_OBJECT_H

#include "lang/lang.h"

struct file_object;

void files_install(struct interp *interp);

/* The file in VALUE, borrowed; NULL when it is something else. */
struct file_object *file_object_get(struct value value);

const char *file_object_name(const struct file_object *file);

/* What has not been read yet; reading goes on LENGTH bytes later. */
bool file_object_rest(struct file_object *file, const char **ret_text,
                      size_t *ret_length, struct error *err);
void file_object_advance(struct file_object *file, size_t length);

bool file_object_write(struct file_object *file, const char *bytes,
                       size_t length, struct error *err);

/* To FILE, or by the write() method of what else it is. */
bool file_write_text(struct interp *interp, struct value file,
                     const char *text, size_t length, struct error *err);

#endif
