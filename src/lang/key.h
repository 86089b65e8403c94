/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The key of x[key] as evaluated, and what it picks.  Inside src/lang only;
   eval_subscript.c. */
#ifndef LANG_KEY_H
#define LANG_KEY_H

#include <string.h>

#include "lang/interp.h"
#include "lang/number.h"

/* One value, or the parts of what would be a tuple. */
struct key {
    int count;
    struct value parts[KEY_PARTS];
    struct value whole; /* VALUE_UNDEFINED while only the parts are there */
};

static inline void key_init(struct key *key)
{
    key->count = 0;
    key->whole.kind = VALUE_UNDEFINED;
}

static inline void key_done(struct key *key)
{
    for (int i = 0; i < key->count; i++)
        value_unref(key->parts[i]);
    value_unref(key->whole);
}

/* NODE is the subscript; KEY needs key_done() on success only. */
static inline bool key_evaluate(struct frame *frame, const struct node *node,
                                struct key *key, struct error *err)
{
    const struct node_list *parts = &node->subscript.parts;
    key_init(key);
    if (parts->count == 0)
        return evaluate(frame, node->subscript.index, &key->whole, err);
    for (; key->count < parts->count; key->count++) {
        if (!evaluate(frame, parts->items[key->count], &key->parts[key->count],
                      err)) {
            key_done(key);
            return false;
        }
    }
    return true;
}

/* Borrowed; makes the tuple. */
struct value key_whole(struct key *key, const struct node *node);

/* object[key], object[key] = value; integers go straight to an array's
   element or a list's item. */
struct value key_get_item(struct frame *frame, const struct node *node,
                          struct value object, struct key *key,
                          struct error *err);
bool key_set_item(struct frame *frame, const struct node *node,
                  struct value object, struct key *key, struct value value,
                  struct error *err);

/* x[key] and its assignment where the parts are evaluated. */
struct value evaluate_any_subscript(struct frame *frame, struct node *node,
                                    struct error *err);
bool assign_any_subscript(struct frame *frame, struct node *node,
                          struct value value, struct error *err);

/* ------------------------------------------- elements and items by integers */

/* Is PART an integer inside LENGTH, from the end when negative? */
static inline bool position_in(struct value part, int64_t length, int64_t *ret)
{
    if (part.kind != VALUE_INT &&
        !(part.kind == VALUE_SCALAR && part.dtype == DTYPE_INT64))
        return false;
    *ret = part.i < 0 ? part.i + length : part.i;
    return *ret >= 0 && *ret < length;
}

static inline struct value load_element(const struct tensor *tensor,
                                        const char *at)
{
    if (tensor->dtype != DTYPE_FLOAT64)
        return value_scalar(scalar_load(tensor->dtype, at));
    struct value value = {.kind = VALUE_SCALAR, .dtype = DTYPE_FLOAT64};
    memcpy(&value.f, at, sizeof value.f);
    return value;
}

/* Stores a number that its dtype holds; false when the careful way is wanted:
   other kinds of value, read-only arrays, numbers that may not fit. */
bool store_element(const struct tensor *tensor, char *at, struct value value);

/* VALUE is borrowed. */
static inline void replace_item(struct sequence *list, struct value *item,
                         struct value value)
{
    struct value old = *item;
    list_watch(list, value);
    *item = value_ref(value);
    value_unref(old);
}

/* ----------------------------------------------------------- eval_element.c */

/* The number that NODE is, when finding out takes neither code of the session's
   nor an error: variables, constants, elements, at most two levels of
   operators upon them.  false for anything else. */
bool peek_number(const struct frame *frame, struct node *node,
                 struct value *ret);

/* x[i, j] += number of that kind; false when the careful way is wanted, with
   nothing done. */
bool element_augment(struct frame *frame, struct node *node);

#endif
