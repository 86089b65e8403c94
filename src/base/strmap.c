/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/strmap.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

/* FNV-1a, Fowler, Noll and Vo. */
uint32_t string_hash(const char *text, size_t length)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)text[i]) * 16777619u;
    return hash;
}

void strmap_init(struct strmap *map)
{
    memset(map, 0, sizeof *map);
}

void strmap_done(struct strmap *map)
{
    for (size_t i = 0; i < map->used; i++)
        free(map->entries[i].key);
    free(map->entries);
    free(map->slots);
    strmap_init(map);
}

static struct strmap_entry *find_hashed(const struct strmap *map,
                                        const char *key, uint32_t hash)
{
    if (!map->slot_count)
        return NULL;
    for (size_t i = hash & (map->slot_count - 1); map->slots[i];
         i = (i + 1) & (map->slot_count - 1)) {
        struct strmap_entry *entry = &map->entries[map->slots[i] - 1];
        if (entry->key && entry->hash == hash && !strcmp(entry->key, key))
            return entry;
    }
    return NULL;
}

static struct strmap_entry *find(const struct strmap *map, const char *key)
{
    return find_hashed(map, key, string_hash(key, strlen(key)));
}

static void place(struct strmap *map, size_t index)
{
    size_t i = map->entries[index].hash & (map->slot_count - 1);
    while (map->slots[i])
        i = (i + 1) & (map->slot_count - 1);
    map->slots[i] = (uint32_t)index + 1;
}

/* Drops removed entries and rebuilds the slots, at most half full. */
static void rebuild(struct strmap *map)
{
    size_t live = 0;
    for (size_t i = 0; i < map->used; i++)
        if (map->entries[i].key)
            map->entries[live++] = map->entries[i];
    map->used = live;
    map->slot_count = 16;
    while (map->slot_count < 4 * (live + 1))
        map->slot_count *= 2;
    free(map->slots);
    map->slots = xcalloc(map->slot_count, sizeof *map->slots);
    for (size_t i = 0; i < live; i++)
        place(map, i);
}

void *strmap_get(const struct strmap *map, const char *key)
{
    struct strmap_entry *entry = find(map, key);
    return entry ? entry->value : NULL;
}

void *strmap_get_hashed(const struct strmap *map, const char *key,
                        uint32_t hash)
{
    struct strmap_entry *entry = find_hashed(map, key, hash);
    return entry ? entry->value : NULL;
}

bool strmap_has(const struct strmap *map, const char *key)
{
    return find(map, key) != NULL;
}

void *strmap_set(struct strmap *map, const char *key, void *value)
{
    struct strmap_entry *entry = find(map, key);
    if (entry) {
        void *before = entry->value;
        entry->value = value;
        return before;
    }
    if (2 * (map->used + 1) > map->slot_count)
        rebuild(map);
    VEC_PUSH(map->entries, map->used, map->capacity) = (struct strmap_entry){
        xstrdup(key), value, string_hash(key, strlen(key))};
    map->count++;
    place(map, map->used - 1);
    return NULL;
}

void *strmap_remove(struct strmap *map, const char *key)
{
    struct strmap_entry *entry = find(map, key);
    if (!entry)
        return NULL;
    free(entry->key);
    entry->key = NULL;
    map->count--;
    return entry->value;
}

bool strmap_next(const struct strmap *map, size_t *position, const char **key,
                 void **value)
{
    while (*position < map->used) {
        const struct strmap_entry *entry = &map->entries[(*position)++];
        if (!entry->key)
            continue;
        *key = entry->key;
        if (value)
            *value = entry->value;
        return true;
    }
    return false;
}
