/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lang/set.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/interrupt.h"

enum { MIN_SLOTS = 8, NEIGHBOURS = 9, REMOVED = -1 };

/* -------------------------------------------------------------------- table */

static bool is_free(const struct set_entry *entry)
{
    return entry->key.kind == VALUE_UNDEFINED && entry->hash != REMOVED;
}

/* Comparing may run the program's own __eq__, which may do anything. */
static bool same_key(struct value a, struct value b)
{
    if (a.kind == b.kind && a.kind >= VALUE_STRING && a.object == b.object)
        return true;
    value_ref(a);
    bool equal = value_equal(a, b);
    value_unref(a);
    return equal;
}

/* The entry of KEY, or the free one where it belongs.  A few neighbours are
   tried before the next jump, which stirs in the hash's upper bits. */
static struct set_entry *find(const struct set *set, const struct value *key,
                              int64_t hash)
{
    size_t mask = set->slots - 1, at = (size_t)hash & mask;
    uint64_t rest = (uint64_t)hash;
    for (;;) {
        size_t last = at + NEIGHBOURS <= mask ? at + NEIGHBOURS : at;
        for (size_t i = at; i <= last; i++) {
            struct set_entry *entry = &set->table[i];
            if (is_free(entry))
                return entry;
            if (!key || entry->key.kind == VALUE_UNDEFINED ||
                entry->hash != hash)
                continue;
            const struct set_entry *table = set->table;
            bool same = same_key(entry->key, *key);
            if (set->table != table)
                return find(set, key, hash);
            if (same)
                return entry;
        }
        rest >>= 5;
        at = (at * 5 + 1 + (size_t)rest) & mask;
    }
}

static void resize(struct set *set, size_t wanted)
{
    struct set old = *set;
    size_t slots = MIN_SLOTS;
    while (slots <= wanted)
        slots *= 2;
    set->slots = slots;
    set->table = xcalloc(slots, sizeof *set->table);
    set->fill = set->count;
    for (size_t i = 0; i < old.slots; i++)
        if (old.table[i].key.kind != VALUE_UNDEFINED)
            *find(set, NULL, old.table[i].hash) = old.table[i];
    free(old.table);
}

struct value value_set(bool frozen)
{
    struct set *set = xcalloc(1, sizeof *set);
    set->object.refs = 1;
    set->slots = MIN_SLOTS;
    set->table = xcalloc(MIN_SLOTS, sizeof *set->table);
    return (struct value){.kind = frozen ? VALUE_FROZENSET : VALUE_SET,
                          .set = set};
}

void set_free(struct set *set)
{
    for (size_t i = 0; i < set->slots; i++)
        value_unref(set->table[i].key);
    free(set->table);
    free(set);
}

static void insert(struct set *set, struct value key, int64_t hash)
{
    struct set_entry *entry = find(set, &key, hash);
    if (entry->key.kind != VALUE_UNDEFINED)
        return;
    *entry = (struct set_entry){value_ref(key), hash};
    set->count++;
    set->fill++;
    if (set->fill * 5 >= (set->slots - 1) * 3)
        resize(set, set->count > 50000 ? set->count * 2 : set->count * 4);
}

bool set_add(struct set *set, struct value key, struct error *err)
{
    int64_t hash;
    if (!value_hash(key, &hash, err))
        return false;
    insert(set, key, hash);
    return true;
}

bool set_has(const struct set *set, struct value key, bool *ret,
             struct error *err)
{
    int64_t hash;
    if (!value_hash(key, &hash, err))
        return false;
    *ret = find(set, &key, hash)->key.kind != VALUE_UNDEFINED;
    return true;
}

bool set_remove(struct set *set, struct value key, bool *found,
                struct error *err)
{
    int64_t hash;
    if (!value_hash(key, &hash, err))
        return false;
    struct set_entry *entry = find(set, &key, hash);
    struct value old = entry->key;
    *found = old.kind != VALUE_UNDEFINED;
    if (*found) {
        *entry = (struct set_entry){{.kind = VALUE_UNDEFINED}, REMOVED};
        set->count--;
        value_unref(old);
    }
    return true;
}

bool set_next(const struct set *set, size_t *position, struct value *key)
{
    while (*position < set->slots) {
        *key = set->table[(*position)++].key;
        if (key->kind != VALUE_UNDEFINED)
            return true;
    }
    return false;
}

/* ------------------------------------------------------------ whole sets */

/* All items of OTHER, with room made for them at once. */
static void merge(struct set *set, const struct set *other)
{
    if ((set->fill + other->count) * 5 >= (set->slots - 1) * 3)
        resize(set, (set->count + other->count) * 2);
    for (size_t i = 0; i < other->slots; i++)
        if (other->table[i].key.kind != VALUE_UNDEFINED)
            insert(set, other->table[i].key, other->table[i].hash);
}

bool set_from(struct interp *interp, struct value iterable, bool frozen,
              struct value *ret, struct error *err)
{
    struct value set = value_set(frozen), iterator, item;
    bool done = false;
    if (value_is_set(iterable)) {
        merge(set.set, iterable.set);
        *ret = set;
        return true;
    }
    bool good = interp_iterate(interp, iterable, &iterator, err);
    if (!good) {
        value_unref(set);
        return false;
    }
    while (good) {
        good = interp_next(interp, iterator, &done, &item, err);
        if (!good || done)
            break;
        good = set_add(set.set, item, err) && interrupt_check(err);
        value_unref(item);
    }
    value_unref(iterator);
    if (good)
        *ret = set;
    else
        value_unref(set);
    return good;
}

static bool has_hashed(const struct set *set, const struct set_entry *entry)
{
    return find(set, &entry->key, entry->hash)->key.kind != VALUE_UNDEFINED;
}

bool set_is_subset(const struct set *a, const struct set *b)
{
    if (a->count > b->count)
        return false;
    for (size_t i = 0; i < a->slots; i++)
        if (a->table[i].key.kind != VALUE_UNDEFINED &&
            !has_hashed(b, &a->table[i]))
            return false;
    return true;
}

bool sets_equal(const struct set *a, const struct set *b)
{
    return a->count == b->count && set_is_subset(a, b);
}

/* The items of FROM that are (WANTED) or are not in OTHER. */
static void add_those(struct set *set, const struct set *from,
                      const struct set *other, bool wanted)
{
    for (size_t i = 0; i < from->slots; i++)
        if (from->table[i].key.kind != VALUE_UNDEFINED &&
            has_hashed(other, &from->table[i]) == wanted)
            insert(set, from->table[i].key, from->table[i].hash);
}

static struct value combine(enum operator operator, bool frozen,
                            const struct set *a, const struct set *b)
{
    struct value result = value_set(frozen);
    switch (operator) {
    case OPERATOR_OR:
        merge(result.set, a);
        merge(result.set, b);
        break;
    case OPERATOR_AND: /* the smaller one is gone through */
        if (b->count > a->count)
            add_those(result.set, a, b, true);
        else
            add_those(result.set, b, a, true);
        break;
    case OPERATOR_XOR:
        add_those(result.set, a, b, false);
        add_those(result.set, b, a, false);
        break;
    default: /* - */
        add_those(result.set, a, b, false);
        break;
    }
    return result;
}

static bool is_set_like(struct value value)
{
    return value_is_set(value) ||
           (value.kind == VALUE_VIEW && value.view->part != VIEW_VALUES);
}

static bool combine_or_compare(int operator, bool frozen, const struct set *a,
                               const struct set *b, struct value *ret)
{
    switch (operator) {
    case OPERATOR_OR:
    case OPERATOR_AND:
    case OPERATOR_XOR:
    case OPERATOR_SUBTRACT:
        *ret = combine((enum operator) operator, frozen, a, b);
        return true;
    case OPERATOR_LESS:
        *ret = value_bool(a->count < b->count && set_is_subset(a, b));
        return true;
    case OPERATOR_LESS_EQUAL:
        *ret = value_bool(set_is_subset(a, b));
        return true;
    case OPERATOR_GREATER:
        *ret = value_bool(b->count < a->count && set_is_subset(b, a));
        return true;
    case OPERATOR_GREATER_EQUAL:
        *ret = value_bool(set_is_subset(b, a));
        return true;
    case OPERATOR_EQUAL:
    case OPERATOR_NOT_EQUAL:
        *ret = value_bool(sets_equal(a, b) == (operator== OPERATOR_EQUAL));
        return true;
    default:
        return false;
    }
}

bool set_operate(struct interp *interp, int operator, struct value a,
                 struct value b, bool *found, struct value *ret,
                 struct error *err)
{
    struct value left, right;
    *found = is_set_like(a) && is_set_like(b);
    if (!*found)
        return true;
    if (!set_from(interp, a, false, &left, err))
        return false;
    if (!set_from(interp, b, false, &right, err)) {
        value_unref(left);
        return false;
    }
    *found = combine_or_compare(operator, a.kind == VALUE_FROZENSET, left.set,
                                right.set, ret);
    value_unref(left);
    value_unref(right);
    return true;
}

/* -------------------------------------------------------------- dict views */

struct value value_view(struct value dict, enum view_part part)
{
    struct view *view = xcalloc(1, sizeof *view);
    view->object.refs = 1;
    view->part = part;
    view->dict = value_ref(dict);
    return (struct value){.kind = VALUE_VIEW, .view = view};
}

struct value view_item(const struct view *view, struct value key,
                       struct value value)
{
    struct value pair[2] = {key, value};
    if (view->part == VIEW_ITEMS)
        return value_tuple(2, pair);
    return value_ref(view->part == VIEW_KEYS ? key : value);
}

const char *view_name(const struct view *view)
{
    static const char *const names[] = {"dict_keys", "dict_values",
                                        "dict_items"};
    return names[view->part];
}
