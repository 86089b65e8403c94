/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A map from addresses to whole numbers.  Addresses are compared, never
 * followed; nothing is removed one by one.
 */
#ifndef BASE_PTRMAP_H
#define BASE_PTRMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ptrmap_entry {
    const void *key; /* NULL: free */
    size_t value;
};

struct ptrmap {
    struct ptrmap_entry *entries; /* open addressing, a power of two */
    size_t capacity, count;
};

void ptrmap_init(struct ptrmap *map); /* same as all bytes zero */
void ptrmap_done(struct ptrmap *map);
void ptrmap_clear(struct ptrmap *map); /* keeps its memory */

bool ptrmap_get(const struct ptrmap *map, const void *key, size_t *ret);
void ptrmap_set(struct ptrmap *map, const void *key, size_t value);

#endif
