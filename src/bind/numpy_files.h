/* SPDX-License-Identifier: GPL-3.0-or-later */
/* np.save, np.load, np.loadtxt and their like. */
#ifndef BIND_NUMPY_FILES_H
#define BIND_NUMPY_FILES_H

#include "bind/natives.h"

void numpy_files_install(struct module *numpy);

/* The functions for text. */
extern struct native numpy_text_functions[];

/* x.tofile(…) */
extern struct native tofile_native;

/* TypeError unless VALUE is a string, the name of a file; borrowed. */
bool file_name_of(const char *function, struct value value, const char **ret,
                  struct error *err);

#endif
