/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bind/structure.h"

#include <stdlib.h>

#include "base/alloc.h"

void leaves_add(struct leaves *leaves, struct value structure)
{
    struct value key, value;
    size_t position = 0;
    if (structure.kind == VALUE_LIST || structure.kind == VALUE_TUPLE) {
        for (size_t i = 0; i < structure.sequence->count; i++)
            leaves_add(leaves, structure.sequence->items[i]);
    } else if (structure.kind == VALUE_DICT) {
        while (dict_next(structure.dict, &position, &key, &value))
            leaves_add(leaves, value);
    } else {
        VEC_PUSH(leaves->items, leaves->count, leaves->capacity) =
            value_ref(structure);
    }
}

void leaves_done(struct leaves *leaves)
{
    for (size_t i = 0; i < leaves->count; i++)
        value_unref(leaves->items[i]);
    free(leaves->items);
    *leaves = (struct leaves){0};
}

static struct value sequence_with(struct value structure,
                                  const struct value *items, size_t *next)
{
    size_t count = structure.sequence->count;
    struct value *parts = xcalloc(count + 1, sizeof *parts);
    for (size_t i = 0; i < count; i++)
        parts[i] = structure_with(structure.sequence->items[i], items, next);
    struct value result = structure.kind == VALUE_LIST
                              ? value_list_take(count, parts)
                              : value_tuple_take(count, parts);
    free(parts);
    return result;
}

static struct value dict_with(struct value structure,
                              const struct value *items, size_t *next)
{
    struct value result = value_dict(), key, value;
    struct error none = ERROR_INIT; /* the keys were hashable before */
    size_t position = 0;
    while (dict_next(structure.dict, &position, &key, &value)) {
        struct value part = structure_with(value, items, next);
        dict_set(result.dict, key, part, &none);
        value_unref(part);
    }
    error_clear(&none);
    return result;
}

struct value structure_with(struct value structure, const struct value *items,
                            size_t *next)
{
    if (structure.kind == VALUE_LIST || structure.kind == VALUE_TUPLE)
        return sequence_with(structure, items, next);
    if (structure.kind == VALUE_DICT)
        return dict_with(structure, items, next);
    return value_ref(items[(*next)++]);
}
