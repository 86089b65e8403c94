/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A map from strings to pointers, in insertion order.  Keys are copied;
 * values are borrowed and never freed by the map.
 */
#ifndef BASE_STRMAP_H
#define BASE_STRMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct strmap_entry {
    char *key; /* NULL: removed */
    void *value;
    uint32_t hash;
};

struct strmap {
    struct strmap_entry *entries; /* insertion order */
    size_t used;                  /* entries in use, removed ones included */
    size_t capacity;
    size_t count; /* live entries */
    uint32_t *slots; /* open addressing: index into entries + 1, or 0 */
    size_t slot_count;
};

void strmap_init(struct strmap *map); /* same as all bytes zero */
void strmap_done(struct strmap *map);

/* NULL when absent. */
void *strmap_get(const struct strmap *map, const char *key);
bool strmap_has(const struct strmap *map, const char *key);

/* Returns the value that was there before, or NULL. */
void *strmap_set(struct strmap *map, const char *key, void *value);
void *strmap_remove(struct strmap *map, const char *key);

/* Iterate: for (size_t i = 0; strmap_next(map, &i, &key, &value);) … */
bool strmap_next(const struct strmap *map, size_t *position, const char **key,
                 void **value);

/* The same with KEY's string_hash() known. */
void *strmap_get_hashed(const struct strmap *map, const char *key,
                        uint32_t hash);

uint32_t string_hash(const char *text, size_t length);

#endif
