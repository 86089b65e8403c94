/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The key of x[key] as evaluated, and the element that integers pick.  Inside
   src/lang only; eval_subscript.c. */
#ifndef LANG_KEY_H
#define LANG_KEY_H

#include "lang/interp.h"

enum { KEY_PARTS = 4 };

/* One value, or the parts of what would be a tuple. */
struct key {
    int count;
    struct value parts[KEY_PARTS];
    struct value whole; /* VALUE_UNDEFINED while only the parts are there */
};

/* INDEX is the subscript's node. */
bool key_evaluate(struct frame *frame, struct node *const *index,
                  struct key *key, struct error *err);
void key_done(struct key *key);
/* Borrowed; makes the tuple. */
struct value key_whole(struct key *key, const struct node *index);

/* The element that integers alone pick, or NULL when it is not that simple
   (no error then). */
char *key_element(const struct tensor *tensor, const struct key *key);
struct value element_load(const struct tensor *tensor, const char *at);
/* Stores a plain number; false when the careful way is wanted (AT is NULL,
   other kinds of value, read-only arrays, numbers that do not fit). */
bool element_store(struct tensor *tensor, char *at, struct value value);

#endif
