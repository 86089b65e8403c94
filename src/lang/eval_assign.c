/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Assignment to any target, augmented assignment, del. */
#include <stdlib.h>

#include "base/alloc.h"
#include "lang/key.h"
#include "lang/number.h"

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

static bool get_attribute(struct frame *frame, const struct node *node,
                          struct value object, struct value *ret,
                          struct error *err)
{
    const struct value *own =
        object.kind == VALUE_INSTANCE
            ? instance_own(object, node->attribute.name, node->attribute.hash)
            : NULL;
    if (!own)
        return interp_get_attribute(frame->interp, object,
                                    node->attribute.name, ret, err);
    *ret = value_ref(*own);
    return true;
}

static bool set_attribute(struct frame *frame, const struct node *node,
                          struct value object, struct value value,
                          struct error *err)
{
    return (object.kind == VALUE_INSTANCE &&
            instance_set_own(object, node->attribute.name,
                             node->attribute.hash, value)) ||
           value_set_attribute(frame->interp, object, node->attribute.name,
                               value, err);
}

static bool assign_attribute(struct frame *frame, struct node *target,
                             struct value value, struct error *err)
{
    struct value object;
    if (!evaluate(frame, target->attribute.object, &object, err))
        return false;
    bool good = set_attribute(frame, target, object, value, err);
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

/* ---------------------------------------------------------------- augmented */

/* The target's object and key, evaluated once for reading and writing. */
struct place {
    struct node *node;
    struct value object;
    struct key key;
};

static bool place_init(struct frame *frame, struct node *target,
                       struct place *place, struct error *err)
{
    place->node = target;
    place->object.kind = VALUE_UNDEFINED;
    key_init(&place->key);
    if (target->kind == NODE_NAME)
        return true;
    struct node *object = target->kind == NODE_SUBSCRIPT
                              ? target->subscript.object
                              : target->attribute.object;
    if (!evaluate(frame, object, &place->object, err))
        return false;
    if (target->kind == NODE_SUBSCRIPT &&
        !key_evaluate(frame, target, &place->key, err)) {
        value_unref(place->object);
        return false;
    }
    return true;
}

static void place_done(struct place *place)
{
    value_unref(place->object);
    key_done(&place->key);
}

static bool place_load(struct frame *frame, struct place *place,
                       struct value *ret, struct error *err)
{
    const struct node *node = place->node;
    switch ((enum node_kind)node->kind) {
    case NODE_NAME:
        return name_load(frame, node, ret, err);
    case NODE_SUBSCRIPT:
        *ret = key_get_item(frame, node, place->object, &place->key, err);
        return ret->kind != VALUE_UNDEFINED;
    default:
        return get_attribute(frame, node, place->object, ret, err);
    }
}

static bool place_store(struct frame *frame, struct place *place,
                        struct value value, struct error *err)
{
    const struct node *node = place->node;
    switch ((enum node_kind)node->kind) {
    case NODE_NAME:
        name_store(frame, &node->name, value_ref(value));
        return true;
    case NODE_SUBSCRIPT:
        return key_set_item(frame, node, place->object, &place->key, value,
                            err);
    default:
        return set_attribute(frame, node, place->object, value, err);
    }
}

/* Stores what came out.  A view that was changed in place needs no second
   copy: x[:, 1] += 1 has written to x already. */
static bool store_result(struct frame *frame, struct place *place,
                         struct value old, struct value result,
                         struct error *err)
{
    bool in_place = result.kind == VALUE_TENSOR && old.kind == VALUE_TENSOR &&
                    result.tensor == old.tensor && result.tensor->base &&
                    place->node->kind == NODE_SUBSCRIPT &&
                    place->object.kind == VALUE_TENSOR &&
                    result.tensor->storage == place->object.tensor->storage;
    return in_place || place_store(frame, place, result, err);
}

/* OLD op= OPERAND, into PLACE. */
static bool augment(struct frame *frame, struct node *node, struct place *place,
                    struct value old, struct value operand, struct error *err)
{
    struct value result;
    bool good = operate_in_place(frame->interp, (enum operator)node->operator,
                                 old, operand, &result, err);
    if (good) {
        good = store_result(frame, place, old, result, err);
        value_unref(result);
    } else {
        struct operand operands[2] = {{node->binary.left->span, old},
                                      {node->binary.right->span, operand}};
        error_mark_operands(frame, node->span, 2, operands, err);
    }
    return good;
}

/* s += 'x': where OLD and the variable have the only references, the string
   grows in its place, which keeps a loop of these linear.  false when the
   careful way is wanted; OLD's reference is gone when it is true. */
static bool append_string(struct frame *frame, const struct node *node,
                          struct value old, struct value operand)
{
    if (old.kind != VALUE_STRING || operand.kind != VALUE_STRING ||
        node->operator!= OPERATOR_ADD || node->binary.left->kind != NODE_NAME)
        return false;
    struct value *place = name_place(frame, &node->binary.left->name);
    if (!place || place->kind != VALUE_STRING ||
        place->string != old.string || old.string->object.refs != 2)
        return false;
    value_unref(old);
    string_append(place, operand.string);
    return true;
}

/* OLD op= the right side, or what a yield gave; OLD's reference passes. */
static bool augment_evaluated(struct frame *frame, struct node *node,
                              struct place *place, struct value old,
                              const struct value *yielded, struct error *err)
{
    struct value operand, result;
    bool good = true;
    if (yielded)
        operand = value_ref(*yielded);
    else
        good = evaluate(frame, node->binary.right, &operand, err);
    if (good && number_operate((enum operator)node->operator, old, operand,
                               &result))
        return place_store(frame, place, result, err);
    if (good && append_string(frame, node, old, operand)) {
        value_unref(operand);
        return true;
    }
    if (good) {
        good = augment(frame, node, place, old, operand, err);
        value_unref(operand);
    }
    value_unref(old);
    return good;
}

/* The old value comes first, as in Python: the right side may change it. */
static __attribute__((noinline)) bool
augment_place(struct frame *frame, struct node *node,
              const struct value *yielded, struct error *err)
{
    struct place place;
    struct value old;
    if (!place_init(frame, node->binary.left, &place, err))
        return false;
    bool good =
        place_load(frame, &place, &old, err) &&
        augment_evaluated(frame, node, &place, old, yielded, err);
    place_done(&place);
    return good;
}

/* i += 1, t += x[i] * y[i], x[i] += 1, of numbers; false when the careful way
   is wanted, with nothing done. */
static inline bool augment_number(struct frame *frame, struct node *node)
{
    const struct node *left = node->binary.left;
    struct value operand, result;
    if (left->kind == NODE_SUBSCRIPT)
        return element_augment(frame, node);
    const struct value *old = peek(frame, left);
    if (!old || old->kind > VALUE_SCALAR ||
        !peek_number(frame, node->binary.right, &operand) ||
        !number_operate((enum operator)node->operator, *old, operand, &result))
        return false;
    name_store(frame, &left->name, result);
    return true;
}

static bool augment_target(struct frame *frame, struct node *node,
                           const struct value *yielded, struct error *err)
{
    if (augment_place(frame, node, yielded, err))
        return true;
    error_locate(frame, node->binary.left->span, err);
    return false;
}

/* Only a yield is waited for before the target is looked at, so that nothing
   else has to be kept. */
enum flow execute_augmented(struct frame *frame, struct node *node,
                            struct error *err)
{
    struct node *right = node->binary.right;
    struct value yielded;
    bool good;
    if (right->kind == NODE_YIELD || right->kind == NODE_YIELD_FROM) {
        enum flow flow = evaluate_yield(frame, right, &yielded, err);
        if (flow != FLOW_NEXT)
            return flow;
        good = augment_target(frame, node, &yielded, err);
        value_unref(yielded);
    } else {
        good = augment_number(frame, node) ||
               augment_target(frame, node, NULL, err);
    }
    return good ? FLOW_NEXT : FLOW_ERROR;
}

/* ---------------------------------------------------------------------- del */

static bool delete_item(struct frame *frame, struct node *target,
                        struct error *err)
{
    struct place place;
    if (!place_init(frame, target, &place, err))
        return false;
    bool good =
        target->kind == NODE_SUBSCRIPT
            ? value_delete_item(frame->interp, place.object,
                                key_whole(&place.key, target), err)
            : value_delete_attribute(frame->interp, place.object,
                                     target->attribute.name, err);
    if (!good)
        error_locate(frame, target->span, err);
    place_done(&place);
    return good;
}

bool execute_delete(struct frame *frame, struct node *target, struct error *err)
{
    switch ((enum node_kind)target->kind) {
    case NODE_NAME:
        return name_delete(frame, target, err);
    case NODE_SUBSCRIPT:
    case NODE_ATTRIBUTE:
        return delete_item(frame, target, err);
    default:
        for (int i = 0; i < target->items.count; i++)
            if (!execute_delete(frame, target->items.items[i], err))
                return false;
        return true;
    }
}
