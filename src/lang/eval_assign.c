/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Assignment to any target, del. */
#include <stdlib.h>

#include "base/alloc.h"
#include "lang/key.h"

/* ---------------------------------------------------------------- unpacking */

static bool count_mismatch(size_t wanted, size_t given, bool star,
                           struct error *err)
{
    if (given > wanted)
        return error_set(err, ERROR_VALUE,
                         "too many values to unpack (expected %zu)", wanted);
    return error_set(err, ERROR_VALUE,
                     "not enough values to unpack (expected %s%zu, got %zu)",
                     star ? "at least " : "", wanted, given);
}

static int find_star(const struct node_list *targets)
{
    for (int i = 0; i < targets->count; i++)
        if (targets->items[i]->kind == NODE_STAR)
            return i;
    return -1;
}

/* ITEMS to the targets one by one, what is over to the starred one. */
static bool assign_items(struct frame *frame, const struct node_list *targets,
                         const struct value *items, size_t count,
                         struct error *err)
{
    int star = find_star(targets);
    size_t wanted = (size_t)targets->count - (star >= 0);
    if (count < wanted || (star < 0 && count > wanted))
        return count_mismatch(wanted, count, star >= 0, err);
    size_t extra = count - wanted, at = 0;
    for (int i = 0; i < targets->count; i++) {
        bool good;
        if (i == star) {
            struct value rest = value_list(extra, items + at);
            good = assign(frame, targets->items[i]->operand, rest, err);
            value_unref(rest);
            at += extra;
        } else {
            good = assign(frame, targets->items[i], items[at++], err);
        }
        if (!good)
            return false;
    }
    return true;
}

static bool unpack(struct frame *frame, struct node *target, struct value value,
                   struct error *err)
{
    size_t count;
    struct value *items;
    if (value.kind == VALUE_TUPLE) {
        bool good = assign_items(frame, &target->items, value.sequence->items,
                                 value.sequence->count, err);
        if (!good)
            error_locate(frame, target->span, err);
        return good;
    }
    if (!interp_collect(frame->interp, value, &count, &items, err)) {
        if (err->kind == ERROR_TYPE && err->frame_count == 0 &&
            value.kind != VALUE_TENSOR)
            error_set(err, ERROR_TYPE, "cannot unpack non-iterable %s object",
                      value_type_name(value));
        error_locate(frame, target->span, err);
        return false;
    }
    bool good = assign_items(frame, &target->items, items, count, err);
    if (!good)
        error_locate(frame, target->span, err);
    for (size_t i = 0; i < count; i++)
        value_unref(items[i]);
    free(items);
    return good;
}

static bool assign_attribute(struct frame *frame, struct node *target,
                             struct value value, struct error *err)
{
    struct value object;
    if (!evaluate(frame, target->attribute.object, &object, err))
        return false;
    bool good =
        attribute_set(frame->interp, object, target->attribute.name,
                      target->attribute.hash, value, err);
    if (!good)
        error_locate(frame, target->attribute.name_span, err);
    value_unref(object);
    return good;
}

enum { SWAP_ITEMS = 4 };

/* One to one, without stars, few enough to wait on the C stack? */
static bool is_pairwise(const struct frame *frame, const struct node *target,
                        const struct node *source)
{
    if ((target->kind != NODE_TUPLE && target->kind != NODE_LIST) ||
        source->kind != NODE_TUPLE || frame->generator ||
        target->items.count != source->items.count ||
        target->items.count > SWAP_ITEMS)
        return false;
    for (int i = 0; i < target->items.count; i++)
        if (target->items.items[i]->kind == NODE_STAR ||
            source->items.items[i]->kind == NODE_STAR)
            return false;
    return true;
}

bool assign_pairwise(struct frame *frame, struct node *target,
                     struct node *source, bool *good, struct error *err)
{
    struct value values[SWAP_ITEMS];
    int count = 0, total = target->items.count;
    if (!is_pairwise(frame, target, source))
        return false;
    while (count < total &&
           evaluate(frame, source->items.items[count], &values[count], err))
        count++;
    *good = count == total;
    for (int i = 0; *good && i < total; i++)
        *good = assign(frame, target->items.items[i], values[i], err);
    if (!*good)
        error_locate(frame, count == total ? target->span : source->span, err);
    while (count > 0)
        value_unref(values[--count]);
    return true;
}

bool assign(struct frame *frame, struct node *target, struct value value,
            struct error *err)
{
    switch ((enum node_kind)target->kind) {
    case NODE_NAME:
        name_store(frame, &target->name, value_ref(value));
        return true;
    case NODE_SUBSCRIPT:
        return assign_subscript(frame, target, value, err);
    case NODE_ATTRIBUTE:
        return assign_attribute(frame, target, value, err);
    default:
        return unpack(frame, target, value, err);
    }
}

/* ---------------------------------------------------------------------- del */

static bool delete_subscript(struct frame *frame, struct node *target,
                             struct error *err)
{
    struct value object;
    struct key key;
    if (!evaluate(frame, target->subscript.object, &object, err))
        return false;
    bool good = key_evaluate(frame, target, &key, err);
    if (good) {
        good = value_delete_item(frame->interp, object,
                                 key_whole(&key, target), err);
        if (!good)
            error_locate(frame, target->span, err);
        key_done(&key);
    }
    value_unref(object);
    return good;
}

static bool delete_attribute(struct frame *frame, struct node *target,
                             struct error *err)
{
    struct value object;
    if (!evaluate(frame, target->attribute.object, &object, err))
        return false;
    bool good = value_delete_attribute(frame->interp, object,
                                       target->attribute.name, err);
    if (!good)
        error_locate(frame, target->span, err);
    value_unref(object);
    return good;
}

bool execute_delete(struct frame *frame, struct node *target, struct error *err)
{
    switch ((enum node_kind)target->kind) {
    case NODE_NAME:
        return name_delete(frame, target, err);
    case NODE_SUBSCRIPT:
        return delete_subscript(frame, target, err);
    case NODE_ATTRIBUTE:
        return delete_attribute(frame, target, err);
    default:
        for (int i = 0; i < target->items.count; i++)
            if (!execute_delete(frame, target->items.items[i], err))
                return false;
        return true;
    }
}
