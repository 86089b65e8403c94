/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stable sorting by Python's <, for list.sort() and sorted(). */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/interrupt.h"
#include "lang/interp.h"

struct keyed {
    struct value key, item;
};

/* Merges two sorted runs; false when two keys cannot be compared. */
static bool merge(struct interp *interp, struct keyed *from, size_t left,
                  size_t middle, size_t right, bool descending,
                  struct keyed *to, struct error *err)
{
    size_t i = left, j = middle;
    for (size_t k = left; k < right; k++) {
        bool second = i == middle;
        if (!second && j < right) {
            struct value a = descending ? from[i].key : from[j].key;
            struct value b = descending ? from[j].key : from[i].key;
            if (!value_less(interp, a, b, &second, err))
                return false;
        }
        to[k] = second ? from[j++] : from[i++];
    }
    return true;
}

static bool merge_sort(struct interp *interp, struct keyed *items, size_t count,
                       bool descending, struct error *err)
{
    struct keyed *other = xreallocarray(NULL, count + 1, sizeof *other);
    struct keyed *from = items, *to = other;
    bool good = true;
    for (size_t width = 1; good && width < count; width *= 2) {
        for (size_t left = 0; good && left < count; left += 2 * width) {
            size_t middle = left + width < count ? left + width : count;
            size_t right = left + 2 * width < count ? left + 2 * width : count;
            good =
                merge(interp, from, left, middle, right, descending, to, err);
        }
        struct keyed *swap = from;
        from = to;
        to = swap;
        good = good && interrupt_check(err);
    }
    if (good && from != items)
        memcpy(items, from, count * sizeof *items);
    free(other);
    return good;
}

static bool make_keys(struct interp *interp, struct keyed *keyed, size_t count,
                      struct value key, struct error *err)
{
    for (size_t i = 0; i < count; i++) {
        struct call_args args = {.count = 1, .values = &keyed[i].item};
        if (key.kind == VALUE_NONE)
            keyed[i].key = value_ref(keyed[i].item);
        else if (!interp_call(interp, key, &args, &keyed[i].key, err))
            return false;
    }
    return true;
}

bool values_sort(struct interp *interp, struct value *items, size_t count,
                 struct value key, bool descending, struct error *err)
{
    struct keyed *keyed = xcalloc(count + 1, sizeof *keyed);
    for (size_t i = 0; i < count; i++)
        keyed[i].item = items[i];
    bool good = make_keys(interp, keyed, count, key, err);
    /* merges leave half-moved items behind when they fail, so the keys are
       kept apart to be released */
    struct value *keys = xreallocarray(NULL, count + 1, sizeof *keys);
    for (size_t i = 0; i < count; i++)
        keys[i] = keyed[i].key;
    good = good && merge_sort(interp, keyed, count, descending, err);
    for (size_t i = 0; i < count; i++) {
        if (good)
            items[i] = keyed[i].item;
        value_unref(keys[i]);
    }
    free(keys);
    free(keyed);
    return good;
}
