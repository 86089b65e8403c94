/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * set and frozenset, and what keys(), values() and items() of a dict give.
 *
 * The table probes and grows as CPython's does, so that sets of numbers come
 * in the order that Python prints.
 */
#ifndef LANG_SET_H
#define LANG_SET_H

#include "lang/interp.h"

struct set_entry {
    struct value key; /* VALUE_UNDEFINED: empty, or removed when hash is -1 */
    int64_t hash;
};

struct set {
    struct object object;
    size_t count; /* of items */
    size_t fill;  /* items and removed ones */
    size_t slots; /* a power of two */
    struct set_entry *table;
};

struct value value_set(bool frozen);
/* Items of an iterable; TypeError for an unhashable one. */
bool set_from(struct interp *interp, struct value iterable, bool frozen,
              struct value *ret, struct error *err);
bool set_add(struct set *set, struct value key, struct error *err);
bool set_has(const struct set *set, struct value key, bool *ret,
             struct error *err);
/* *FOUND tells whether it was there. */
bool set_remove(struct set *set, struct value key, bool *found,
                struct error *err);
/* Borrowed, in the table's order; false at the end. */
bool set_next(const struct set *set, size_t *position, struct value *key);
void set_free(struct set *set);

bool sets_equal(const struct set *a, const struct set *b);
/* Is each item of A in B? */
bool set_is_subset(const struct set *a, const struct set *b);

/* | & - ^ < <= > >= of sets (and keys of dicts); *FOUND: both are such. */
bool set_operate(struct interp *interp, int operator, struct value a,
                 struct value b, bool *found, struct value *ret,
                 struct error *err);
static inline bool value_is_set(struct value value)
{
    return value.kind == VALUE_SET || value.kind == VALUE_FROZENSET;
}

/* ------------------------------------------------------------- dict views */

enum view_part { VIEW_KEYS, VIEW_VALUES, VIEW_ITEMS };

struct view {
    struct object object;
    enum view_part part;
    struct value dict;
};

struct value value_view(struct value dict, enum view_part part);
/* The part of a pair that VIEW shows; owned. */
struct value view_item(const struct view *view, struct value key,
                       struct value value);
const char *view_name(const struct view *view); /* "dict_keys" */

/* Python's hash(): equal values have equal ones.  TypeError "unhashable
   type: 'list'". */
bool value_hash(struct value value, int64_t *ret, struct error *err);

#endif
