/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tuples, lists, ranges and dicts. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "lang/set.h"

/* ------------------------------------------------------------ sequences */

static struct value sequence_new(enum value_kind kind, size_t count,
                                 const struct value *items)
{
    struct sequence *sequence = xcalloc(1, sizeof *sequence);
    sequence->object.refs = 1;
    sequence->count = sequence->capacity = count;
    if (count) {
        sequence->items = xreallocarray(NULL, count, sizeof *items);
        memcpy(sequence->items, items, count * sizeof *items);
    }
    return (struct value){.kind = (uint8_t)kind, .sequence = sequence};
}

static struct value sequence_share(enum value_kind kind, size_t count,
                                   const struct value *items)
{
    for (size_t i = 0; i < count; i++)
        value_ref(items[i]);
    return sequence_new(kind, count, items);
}

struct value value_tuple(size_t count, const struct value *items)
{
    return sequence_share(VALUE_TUPLE, count, items);
}

struct value value_list(size_t count, const struct value *items)
{
    return sequence_share(VALUE_LIST, count, items);
}

struct value value_tuple_take(size_t count, const struct value *items)
{
    return sequence_new(VALUE_TUPLE, count, items);
}

struct value value_list_take(size_t count, const struct value *items)
{
    return sequence_new(VALUE_LIST, count, items);
}

void list_append(struct sequence *list, struct value item)
{
    list_watch(list, item);
    VEC_PUSH(list->items, list->count, list->capacity) = value_ref(item);
}

/* --------------------------------------------------------------- ranges */

struct value value_range(int64_t start, int64_t stop, int64_t step)
{
    struct range *range = xmalloc(sizeof *range);
    *range = (struct range){{1}, start, stop, step};
    return (struct value){.kind = VALUE_RANGE, .range = range};
}

int64_t range_count(const struct range *range)
{
    uint64_t distance, step;
    if (range->step > 0) {
        if (range->start >= range->stop)
            return 0;
        distance = (uint64_t)range->stop - (uint64_t)range->start;
        step = (uint64_t)range->step;
    } else {
        if (range->start <= range->stop)
            return 0;
        distance = (uint64_t)range->start - (uint64_t)range->stop;
        step = -(uint64_t)range->step;
    }
    uint64_t count = (distance - 1) / step + 1;
    return count > INT64_MAX ? INT64_MAX : (int64_t)count;
}

/* ---------------------------------------------------------------- dicts */

struct value value_dict(void)
{
    struct dict *dict = xcalloc(1, sizeof *dict);
    dict->object.refs = 1;
    return (struct value){.kind = VALUE_DICT, .dict = dict};
}

size_t dict_count(const struct dict *dict)
{
    return dict->count;
}

static uint32_t mix(uint64_t bits)
{
    bits *= UINT64_C(0x9E3779B97F4A7C15); /* Fibonacci hashing, Knuth 6.4 */
    return (uint32_t)(bits >> 32);
}

static bool key_hash(struct value key, uint32_t *ret, struct error *err)
{
    int64_t hash;
    if (key.kind == VALUE_STRING && key.string->hash)
        hash = key.string->hash;
    else if (!value_hash(key, &hash, err))
        return false;
    *ret = mix((uint64_t)hash);
    return true;
}

static void rehash(struct dict *dict)
{
    size_t live = 0;
    for (size_t i = 0; i < dict->used; i++)
        if (dict->entries[i].key.kind != VALUE_UNDEFINED)
            dict->entries[live++] = dict->entries[i];
    dict->used = live;

    size_t slots = 8;
    while (slots < (live + 1) * 3)
        slots *= 2;
    free(dict->slots);
    dict->slots = xcalloc(slots, sizeof *dict->slots);
    dict->slot_count = slots;
    for (size_t i = 0; i < live; i++) {
        size_t at = dict->entries[i].hash & (slots - 1);
        while (dict->slots[at])
            at = (at + 1) & (slots - 1);
        dict->slots[at] = (uint32_t)i + 1;
    }
}

static bool keys_equal(struct value a, struct value b)
{
    return (a.kind == b.kind && a.kind >= VALUE_STRING &&
            a.object == b.object) ||
           value_equal(a, b);
}

static struct dict_entry *find(const struct dict *dict, struct value key,
                               uint32_t hash)
{
    if (dict->slot_count == 0)
        return NULL;
    size_t mask = dict->slot_count - 1;
    for (size_t at = hash & mask; dict->slots[at]; at = (at + 1) & mask) {
        struct dict_entry *entry = &dict->entries[dict->slots[at] - 1];
        if (entry->key.kind != VALUE_UNDEFINED && entry->hash == hash &&
            keys_equal(entry->key, key))
            return entry;
    }
    return NULL;
}

static void insert(struct dict *dict, struct value key, uint32_t hash,
                   struct value value)
{
    if ((dict->used + 1) * 2 > dict->slot_count)
        rehash(dict);
    size_t at = hash & (dict->slot_count - 1);
    while (dict->slots[at])
        at = (at + 1) & (dict->slot_count - 1);
    dict->slots[at] = (uint32_t)dict->used + 1;
    VEC_PUSH(dict->entries, dict->used, dict->capacity) =
        (struct dict_entry){value_ref(key), value_ref(value), hash};
    dict->count++;
}

/* Of the object that a __dict__ belongs to. */
static struct namespace *object_names(struct value object)
{
    return object.kind == VALUE_FUNCTION ? &object.function->names
                                         : &object.instance->names;
}

bool dict_set(struct dict *dict, struct value key, struct value value,
              struct error *err)
{
    uint32_t hash;
    if (!key_hash(key, &hash, err))
        return false;
    dict_watch(dict, key);
    dict_watch(dict, value);
    if (dict->variant == DICT_ATTRIBUTES && key.kind == VALUE_STRING)
        namespace_set(object_names(dict->factory), key.string->text, value);
    struct dict_entry *entry = find(dict, key, hash);
    if (entry) {
        struct value old = entry->value;
        entry->value = value_ref(value);
        value_unref(old);
    } else {
        insert(dict, key, hash, value);
    }
    return true;
}

void dict_set_string(struct dict *dict, const char *key, struct value value)
{
    struct error err = ERROR_INIT;
    struct value text = value_string(key);
    dict_set(dict, text, value, &err);
    value_unref(text);
}

bool dict_get(const struct dict *dict, struct value key, bool *found,
              struct value *ret, struct error *err)
{
    uint32_t hash;
    if (!key_hash(key, &hash, err))
        return false;
    const struct dict_entry *entry = find(dict, key, hash);
    *found = entry != NULL;
    if (entry)
        *ret = value_ref(entry->value);
    return true;
}

bool dict_remove(struct dict *dict, struct value key, bool *found,
                 struct value *ret, struct error *err)
{
    uint32_t hash;
    if (!key_hash(key, &hash, err))
        return false;
    struct dict_entry *entry = find(dict, key, hash);
    *found = entry != NULL;
    if (entry && dict->variant == DICT_ATTRIBUTES && key.kind == VALUE_STRING)
        namespace_remove(object_names(dict->factory), key.string->text);
    if (entry) {
        *ret = entry->value;
        struct value old = entry->key;
        entry->key = entry->value = (struct value){.kind = VALUE_UNDEFINED};
        dict->count--;
        value_unref(old);
    }
    return true;
}

bool dict_next(const struct dict *dict, size_t *position, struct value *key,
               struct value *value)
{
    while (*position < dict->used) {
        const struct dict_entry *entry = &dict->entries[(*position)++];
        if (entry->key.kind != VALUE_UNDEFINED) {
            *key = entry->key;
            *value = entry->value;
            return true;
        }
    }
    return false;
}

void dict_clear(struct dict *dict)
{
    struct dict_entry *entries = dict->entries;
    size_t used = dict->used;
    free(dict->slots);
    dict->slots = NULL;
    dict->entries = NULL;
    dict->count = dict->used = dict->capacity = dict->slot_count = 0;
    for (size_t i = 0; i < used; i++) {
        value_unref(entries[i].key);
        value_unref(entries[i].value);
    }
    free(entries);
}

static bool merge_pair(struct interp *interp, struct dict *dict,
                       struct value pair, size_t number, struct error *err)
{
    struct value *items;
    size_t count;
    if (!interp_collect(interp, pair, &count, &items, err)) {
        if (err->kind == ERROR_TYPE && err->frame_count == 0)
            error_set(err, ERROR_TYPE,
                      "cannot convert dictionary update sequence element #%zu "
                      "to a sequence",
                      number);
        return false;
    }
    bool good = count == 2
                    ? dict_set(dict, items[0], items[1], err)
                    : error_set(err, ERROR_VALUE,
                                "dictionary update sequence element #%zu has "
                                "length %zu; 2 is required",
                                number, count);
    values_free(items, count);
    return good;
}

bool dict_merge(struct interp *interp, struct dict *dict, struct value from,
                struct error *err)
{
    struct value key, value, *pairs;
    size_t count;
    bool good = true;
    from = value_plain(from);
    if (from.kind == VALUE_DICT) {
        for (size_t i = 0; good && dict_next(from.dict, &i, &key, &value);)
            good = dict_set(dict, key, value, err);
        return good;
    }
    if (!interp_collect(interp, from, &count, &pairs, err))
        return false;
    for (size_t i = 0; good && i < count; i++)
        good = merge_pair(interp, dict, pairs[i], i, err);
    values_free(pairs, count);
    return good;
}
