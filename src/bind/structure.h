/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nested lists, tuples and dicts of things: their leaves in order, and the
   same structure with other leaves. */
#ifndef BIND_STRUCTURE_H
#define BIND_STRUCTURE_H

#include "lang/lang.h"

struct leaves {
    size_t count, capacity;
    struct value *items; /* owned */
};

/* Adds the leaves of STRUCTURE: whatever is no list, tuple or dict. */
void leaves_add(struct leaves *leaves, struct value structure);
void leaves_done(struct leaves *leaves);

/* STRUCTURE with ITEMS in the places of its leaves, from ITEMS[*NEXT] on;
   owned. */
struct value structure_with(struct value structure, const struct value *items,
                            size_t *next);

#endif
