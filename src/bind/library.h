/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BIND_LIBRARY_H
#define BIND_LIBRARY_H

#include "lang/lang.h"

/* The text of the module of that name, or NULL. */
const char *library_text(const char *name);

/* Calls a function of a module that is written in the language. */
bool library_call(struct interp *interp, const char *module, const char *name,
                  const struct call_args *args, struct value *ret,
                  struct error *err);

/* random's generator; what copy and collections need; sys. */
void library_install(struct interp *interp);
/* os and os.path */
void os_install(struct interp *interp);
/* what re needs */
void re_install(struct interp *interp);
/* what struct and gzip need */
void bytes_install(struct interp *interp);

#endif
