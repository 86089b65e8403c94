/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What int(x), str(x), list(x) and their like make. */
#ifndef BIND_TYPE_CONSTRUCTORS_H
#define BIND_TYPE_CONSTRUCTORS_H

#include "lang/lang.h"

/* What a type makes of one argument; VALUE_UNDEFINED when there is none.
   Owned; Python's TypeErrors and ValueErrors. */
typedef bool construct(struct interp *interp, struct value from,
                       struct value *ret, struct error *err);

construct make_bool, make_int, make_float, make_str, make_bytes, make_list,
    make_tuple, make_set, make_frozenset, make_dict;

/* int(text, base); BASE 0: as the prefix says. */
bool int_from_string(struct value from, int64_t base, struct value *ret,
                     struct error *err);

#endif
