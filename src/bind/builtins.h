/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BIND_BUILTINS_H
#define BIND_BUILTINS_H

#include "bind/natives.h"

/* len, range, enumerate, zip, map, iter… */
extern struct native iteration_builtins[];
/* sorted, reversed, min, max, sum, any, all */
extern struct native order_builtins[];
/* type, isinstance, getattr, repr, hash, hex… */
extern struct native object_builtins[];
/* eval, exec, locals */
extern struct native run_builtins[];

/* What several of them take: (iterable), (iterable, start=0), any number. */
extern const struct param iterable_params[], start_params[], several_params[];

#endif
