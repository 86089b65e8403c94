/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BIND_BUILTINS_H
#define BIND_BUILTINS_H

#include "bind/natives.h"

/* len, range, enumerate, zip, map, sum, min, max… */
extern struct native iteration_builtins[];
/* type, isinstance, getattr, repr, hash, hex… */
extern struct native object_builtins[];
/* eval, exec, locals */
extern struct native run_builtins[];

#endif
