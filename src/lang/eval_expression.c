/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Expressions: one small function a node, chosen in evaluate(). */
#include "base/alloc.h"
#include "base/interrupt.h"
#include "lang/interp.h"

/* Kept out of evaluate(), whose own frame on the C stack stays small then: it
   is there once for every level of an expression. */
#define HANDLER static __attribute__((noinline)) bool

HANDLER evaluate_binary(struct frame *frame, struct node *node,
                            struct value *ret, struct error *err)
{
    struct value a, b;
    if (!evaluate(frame, node->binary.left, &a, err))
        return false;
    if (!evaluate(frame, node->binary.right, &b, err)) {
        value_unref(a);
        return false;
    }
    bool good =
        operate(frame->interp, (enum operator)node->operator, a, b, ret, err);
    if (!good) {
        struct operand operands[2] = {{node->binary.left->span, a},
                                      {node->binary.right->span, b}};
        error_mark_operands(frame, node->span, 2, operands, err);
    }
    value_unref(a);
    value_unref(b);
    return good;
}

HANDLER evaluate_unary(struct frame *frame, struct node *node,
                           struct value *ret, struct error *err)
{
    struct value a;
    if (!evaluate(frame, node->operand, &a, err))
        return false;
    bool good = operate_unary(frame->interp, (enum operator)node->operator, a,
                              ret, err);
    if (!good) {
        struct operand operand = {node->operand->span, a};
        error_mark_operands(frame, node->span, 1, &operand, err);
    }
    value_unref(a);
    return good;
}

/* Truth of an expression's value. */
static bool evaluate_truth(struct frame *frame, struct node *node, bool *ret,
                           struct error *err)
{
    struct value value;
    if (!evaluate(frame, node, &value, err))
        return false;
    if (value.kind == VALUE_BOOL) {
        *ret = value.i != 0;
        return true;
    }
    bool good = value_truth(value, ret, err);
    if (!good) {
        struct operand operand = {node->span, value};
        error_mark_operands(frame, node->span, 1, &operand, err);
    }
    value_unref(value);
    return good;
}

HANDLER evaluate_not(struct frame *frame, struct node *node,
                         struct value *ret, struct error *err)
{
    bool truth;
    if (!evaluate_truth(frame, node->operand, &truth, err))
        return false;
    *ret = value_bool(!truth);
    return true;
}

/* The first that decides, or the last. */
HANDLER evaluate_logical(struct frame *frame, struct node *node, bool until,
                             struct value *ret, struct error *err)
{
    const struct node_list *items = &node->items;
    for (int i = 0;; i++) {
        struct value value;
        bool truth;
        if (!evaluate(frame, items->items[i], &value, err))
            return false;
        if (i == items->count - 1) {
            *ret = value;
            return true;
        }
        if (!value_truth(value, &truth, err)) {
            struct operand operand = {items->items[i]->span, value};
            error_mark_operands(frame, node->span, 1, &operand, err);
            value_unref(value);
            return false;
        }
        if (truth == until) {
            *ret = value;
            return true;
        }
        value_unref(value);
    }
}

static bool compare_pair(struct frame *frame, struct node *node, int i,
                         struct value a, struct value b, struct value *ret,
                         struct error *err)
{
    if (compare(frame->interp, node->compare.operators[i], a, b, ret, err))
        return true;
    struct operand operands[2] = {
        {node->compare.operands.items[i]->span, a},
        {node->compare.operands.items[i + 1]->span, b}};
    error_mark_operands(frame, node->span, 2, operands, err);
    return false;
}

/* Without a chain, the usual case. */
static bool compare_two(struct frame *frame, struct node *node,
                            struct value left, struct value *ret,
                            struct error *err)
{
    struct value right;
    if (!evaluate(frame, node->compare.operands.items[1], &right, err)) {
        value_unref(left);
        return false;
    }
    bool good = compare_pair(frame, node, 0, left, right, ret, err);
    value_unref(left);
    value_unref(right);
    return good;
}

/* a < b < c is a < b and b < c, with b evaluated once. */
HANDLER evaluate_compare(struct frame *frame, struct node *node,
                             struct value *ret, struct error *err)
{
    const struct node_list *operands = &node->compare.operands;
    struct value left, right;
    if (!evaluate(frame, operands->items[0], &left, err))
        return false;
    if (operands->count == 2)
        return compare_two(frame, node, left, ret, err);
    for (int i = 0;; i++) {
        bool truth = true;
        if (!evaluate(frame, operands->items[i + 1], &right, err)) {
            value_unref(left);
            return false;
        }
        bool good = compare_pair(frame, node, i, left, right, ret, err);
        bool last = i + 2 == operands->count;
        if (good && !last && !value_truth(*ret, &truth, err)) {
            error_locate(frame, node->span, err);
            value_unref(*ret);
            good = false;
        }
        value_unref(left);
        if (!good || last || !truth) {
            value_unref(right);
            return good;
        }
        value_unref(*ret);
        left = right;
    }
}

HANDLER evaluate_conditional(struct frame *frame, struct node *node,
                                 struct value *ret, struct error *err)
{
    bool truth;
    if (!evaluate_truth(frame, node->conditional.test, &truth, err))
        return false;
    return evaluate(
        frame, truth ? node->conditional.then : node->conditional.otherwise,
        ret, err);
}

HANDLER evaluate_attribute(struct frame *frame, struct node *node,
                               struct value *ret, struct error *err)
{
    struct value object;
    if (!evaluate(frame, node->attribute.object, &object, err))
        return false;
    const struct value *own =
        object.kind == VALUE_INSTANCE
            ? instance_own(object, node->attribute.name, node->attribute.hash)
            : NULL;
    if (own) {
        *ret = value_ref(*own);
        value_unref(object);
        return true;
    }
    bool good = interp_get_attribute(frame->interp, object,
                                     node->attribute.name, ret, err);
    if (!good)
        error_locate(frame, node->attribute.name_span, err);
    value_unref(object);
    return good;
}

static bool evaluate_part(struct frame *frame, struct node *node,
                          struct value *ret, struct error *err)
{
    *ret = value_none();
    return !node || evaluate(frame, node, ret, err);
}

HANDLER evaluate_slice(struct frame *frame, struct node *node,
                           struct value *ret, struct error *err)
{
    struct slice *slice = xcalloc(1, sizeof *slice);
    slice->object.refs = 1;
    *ret = (struct value){.kind = VALUE_SLICE, .slice = slice};
    if (evaluate_part(frame, node->slice.start, &slice->start, err) &&
        evaluate_part(frame, node->slice.stop, &slice->stop, err) &&
        evaluate_part(frame, node->slice.step, &slice->step, err))
        return true;
    value_unref(*ret);
    return false;
}

HANDLER evaluate_walrus(struct frame *frame, struct node *node,
                            struct value *ret, struct error *err)
{
    if (!evaluate(frame, node->binary.right, ret, err))
        return false;
    name_store(frame, &node->binary.left->name, value_ref(*ret));
    return true;
}

bool evaluate(struct frame *frame, struct node *node, struct value *ret,
              struct error *err)
{
    switch ((enum node_kind)node->kind) {
    case NODE_NAME:
        if (node->name.place == PLACE_LOCAL &&
            frame->slots[node->name.index].kind != VALUE_UNDEFINED) {
            *ret = value_ref(frame->slots[node->name.index]);
            return true;
        }
        return name_load(frame, node, ret, err);
    case NODE_CONSTANT:
        *ret = value_ref(node->constant);
        return true;
    default:
        break;
    }
    if (interp_stack_is_low(frame->interp)) {
        recursion_error(err);
        error_locate(frame, node->span, err);
        return false;
    }
    switch ((enum node_kind)node->kind) {
    case NODE_BINARY:
        return evaluate_binary(frame, node, ret, err);
    case NODE_UNARY:
        return evaluate_unary(frame, node, ret, err);
    case NODE_NOT:
        return evaluate_not(frame, node, ret, err);
    case NODE_AND:
        return evaluate_logical(frame, node, false, ret, err);
    case NODE_OR:
        return evaluate_logical(frame, node, true, ret, err);
    case NODE_COMPARE:
        return evaluate_compare(frame, node, ret, err);
    case NODE_CONDITIONAL:
        return evaluate_conditional(frame, node, ret, err);
    case NODE_CALL:
        return evaluate_call(frame, node, ret, err);
    case NODE_ATTRIBUTE:
        return evaluate_attribute(frame, node, ret, err);
    case NODE_SUBSCRIPT:
        return evaluate_subscript(frame, node, ret, err);
    case NODE_SLICE:
        return evaluate_slice(frame, node, ret, err);
    case NODE_TUPLE:
        return evaluate_tuple(frame, node, ret, err);
    case NODE_LIST:
        return evaluate_list(frame, node, ret, err);
    case NODE_DICT:
        return evaluate_dict(frame, node, ret, err);
    case NODE_LAMBDA:
        return evaluate_function(frame, node, ret, err);
    case NODE_COMPREHENSION:
        return evaluate_comprehension(frame, node, ret, err);
    case NODE_FSTRING:
        return evaluate_fstring(frame, node, ret, err);
    case NODE_WALRUS:
        return evaluate_walrus(frame, node, ret, err);
    case NODE_TRACE:
        return evaluate_trace(frame, node, ret, err);
    case NODE_GENERATOR:
        return evaluate_generator(frame, node, ret, err);
    case NODE_SET:
        return evaluate_set(frame, node, ret, err);
    default:
        error_set(err, ERROR_SYNTAX, "can't use starred expression here");
        error_locate(frame, node->span, err);
        return false;
    }
}
