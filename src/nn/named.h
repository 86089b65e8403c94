/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The tables of this folder are arrays of rows that start with their names.
 * Looking a name up, and the error for one that is in no row, exist once.
 */
#ifndef NN_NAMED_H
#define NN_NAMED_H

#include <stddef.h>

#include "base/error.h"

/* The first member of every row. */
struct named {
    const char *name;    /* as Keras spells it; NULL ends a table */
    const char *aliases; /* other spellings, separated by spaces, or NULL */
    const char *doc;     /* one line */
};

/* The row called NAME of a table whose rows are SIZE bytes.  ValueError
   "Unknown loss function: 'mes'" with a did-you-mean hint; WHAT is "loss
   function".  Upper and lower case are the same. */
const void *named_find(const void *table, size_t size, const char *what,
                       const char *name, struct error *err);

#endif
