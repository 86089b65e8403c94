/* SPDX-License-Identifier: GPL-3.0-or-later */
/* x += … and its like. */
#include "lang/key.h"

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
        return attribute_get(frame->interp, place->object,
                             node->attribute.name, node->attribute.hash, ret,
                             err);
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
        return attribute_set(frame->interp, place->object,
                             node->attribute.name, node->attribute.hash, value,
                             err);
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
static NOINLINE bool augment_place(struct frame *frame, struct node *node,
                                   const struct value *yielded,
                                   struct error *err)
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
