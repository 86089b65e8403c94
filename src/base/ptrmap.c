/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/ptrmap.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

enum { FIRST_CAPACITY = 64 };

void ptrmap_init(struct ptrmap *map)
{
    *map = (struct ptrmap){NULL, 0, 0};
}

void ptrmap_done(struct ptrmap *map)
{
    free(map->entries);
    ptrmap_init(map);
}

void ptrmap_clear(struct ptrmap *map)
{
    if (map->entries)
        memset(map->entries, 0, map->capacity * sizeof *map->entries);
    map->count = 0;
}

/* Multiplication by 2^64 over the golden ratio spreads the aligned addresses
   (Knuth, The Art of Computer Programming 3, section 6.4). */
static size_t place_of(const struct ptrmap *map, const void *key)
{
    uint64_t hash = (uint64_t)(uintptr_t)key * UINT64_C(0x9E3779B97F4A7C15);
    size_t place = (size_t)(hash >> 20) & (map->capacity - 1);
    while (map->entries[place].key && map->entries[place].key != key)
        place = (place + 1) & (map->capacity - 1);
    return place;
}

static void grow(struct ptrmap *map)
{
    struct ptrmap old = *map;
    map->capacity = old.capacity ? 2 * old.capacity : FIRST_CAPACITY;
    map->entries = xcalloc(map->capacity, sizeof *map->entries);
    for (size_t i = 0; i < old.capacity; i++)
        if (old.entries[i].key)
            map->entries[place_of(map, old.entries[i].key)] = old.entries[i];
    free(old.entries);
}

bool ptrmap_get(const struct ptrmap *map, const void *key, size_t *ret)
{
    if (!map->count)
        return false;
    const struct ptrmap_entry *entry = &map->entries[place_of(map, key)];
    if (entry->key)
        *ret = entry->value;
    return entry->key != NULL;
}

void ptrmap_set(struct ptrmap *map, const void *key, size_t value)
{
    if (2 * (map->count + 1) > map->capacity)
        grow(map);
    struct ptrmap_entry *entry = &map->entries[place_of(map, key)];
    map->count += entry->key == NULL;
    *entry = (struct ptrmap_entry){key, value};
}
