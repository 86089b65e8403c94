/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Joins the language and everything it can name: the built-in functions, the
 * modules numpy, math, time and keras, the operators and attributes of arrays.
 */
#ifndef BIND_BIND_H
#define BIND_BIND_H

#include "lang/lang.h"

/* Gives INTERP all names and hooks.  `np`, `keras` and `mnist` need no
   import; every NumPy function is also there by its bare name, unless Python
   has one of that name. */
void bind_install(struct interp *interp);

/* The hooks that bind_install() set: for who replaces one of them. */
extern const struct interp_hooks bind_hooks;

/* Where "RuntimeWarning: …" lines go (without newline); without a sink they
   are dropped. */
typedef void warning_sink(void *context, const char *text);
void bind_set_warning_sink(warning_sink *sink, void *context);

/* A warning is given once an entry: forgets which were given. */
void bind_forget_warnings(void);

#endif
