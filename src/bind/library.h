/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BIND_LIBRARY_H
#define BIND_LIBRARY_H

#include "lang/lang.h"

/* The text of the module of that name, or NULL. */
const char *library_text(const char *name);

/* random's generator; what copy and collections need; sys and os. */
void library_install(struct interp *interp);

#endif
