/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Expressions: one small function a node, chosen in evaluate(). */
#include "base/alloc.h"
#include "base/interrupt.h"
#include "lang/interp.h"
#include "lang/number.h"

/* Kept out of evaluate_compound(), whose own frame on the C stack stays small
   then: it is there once for every level of an expression. */
#define HANDLER static NOINLINE struct value

/* VALUE when GOOD: what functions with a RET give, in registers. */
static inline struct value result(bool good, struct value value)
{
    return good ? value : value_undefined();
}

/* The operands' references pass. */
HANDLER operate_and_explain(struct frame *frame, struct node *node,
                            struct value a, struct value b, struct error *err)
{
    struct value ret;
    bool good = operate_on_own(
        frame->interp, (enum operator)node->operator, a, b, &ret, err);
    if (!good) {
        struct operand operands[2] = {{node->binary.left->span, a},
                                      {node->binary.right->span, b}};
        error_mark_operands(frame, node->span, 2, operands, err);
    }
    value_unref(a);
    value_unref(b);
    return result(good, ret);
}

/* 0.1 * 2 is computed once: NODE becomes the number.  Spans, which errors need,
   stay; a trace has put nodes of its own around the constants. */
static void fold(struct node *node, struct value number)
{
    node->kind = NODE_CONSTANT;
    node->constant = number;
}

static bool is_constant(const struct node *node)
{
    return node->kind == NODE_CONSTANT;
}

HANDLER evaluate_binary(struct frame *frame, struct node *node,
                        struct error *err)
{
    struct value a, b, ret;
    if (!evaluate(frame, node->binary.left, &a, err))
        return value_undefined();
    if (!evaluate(frame, node->binary.right, &b, err)) {
        value_unref(a);
        return value_undefined();
    }
    if (number_operate((enum operator)node->operator, a, b, &ret)) {
        if (is_constant(node->binary.left) && is_constant(node->binary.right))
            fold(node, ret);
        return ret;
    }
    return operate_and_explain(frame, node, a, b, err);
}

HANDLER evaluate_unary(struct frame *frame, struct node *node,
                       struct error *err)
{
    struct value a, ret;
    if (!evaluate(frame, node->operand, &a, err))
        return value_undefined();
    bool good = operate_unary(frame->interp, (enum operator)node->operator, a,
                              &ret, err);
    if (!good) {
        struct operand operand = {node->operand->span, a};
        error_mark_operands(frame, node->span, 1, &operand, err);
    }
    value_unref(a);
    if (good && is_constant(node->operand) && ret.kind <= VALUE_FLOAT)
        fold(node, ret);
    return result(good, ret);
}

/* Operand I of a chain beside the next one. */
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

/* The operands' references pass. */
HANDLER compare_and_explain(struct frame *frame, struct node *node,
                            struct value left, struct value right,
                            struct error *err)
{
    struct value ret;
    bool good = compare_pair(frame, node, 0, left, right, &ret, err);
    value_unref(left);
    value_unref(right);
    return result(good, ret);
}

/* a < b < c is a < b and b < c, with b evaluated once.  LEFT's reference
   passes. */
HANDLER compare_chain(struct frame *frame, struct node *node,
                      struct value left, struct error *err)
{
    const struct node_list *operands = &node->compare.operands;
    for (int i = 0;; i++) {
        struct value right, ret;
        bool truth = true;
        if (!evaluate(frame, operands->items[i + 1], &right, err)) {
            value_unref(left);
            return value_undefined();
        }
        bool good = compare_pair(frame, node, i, left, right, &ret, err);
        bool last = i + 2 == operands->count;
        if (good && !last && !value_truth(ret, &truth, err)) {
            error_locate(frame, node->span, err);
            value_unref(ret);
            good = false;
        }
        value_unref(left);
        if (!good || last || !truth) {
            value_unref(right);
            return result(good, ret);
        }
        value_unref(ret);
        left = right;
    }
}

/* a < b without a chain, the usual case: the operands, owned. */
static inline bool evaluate_pair(struct frame *frame, struct node *node,
                                 struct value *left, struct value *right,
                                 struct error *err)
{
    struct node *const *operands = node->compare.operands.items;
    if (!evaluate(frame, operands[0], left, err))
        return false;
    if (evaluate(frame, operands[1], right, err))
        return true;
    value_unref(*left);
    return false;
}

static inline bool is_pair(const struct node *node)
{
    return node->compare.operands.count == 2 &&
           node->compare.operators[0] < OPERATOR_COUNT;
}

HANDLER evaluate_compare(struct frame *frame, struct node *node,
                         struct error *err)
{
    struct value left, right;
    bool holds;
    if (node->compare.operands.count > 2)
        return evaluate(frame, node->compare.operands.items[0], &left, err)
                   ? compare_chain(frame, node, left, err)
                   : value_undefined();
    if (!evaluate_pair(frame, node, &left, &right, err))
        return value_undefined();
    if (is_pair(node) &&
        number_holds(node->compare.operators[0], left, right, &holds))
        return number_verdict(left, right, holds);
    return compare_and_explain(frame, node, left, right, err);
}

/* VALUE's reference passes. */
static NOINLINE bool truth_of(struct frame *frame, struct node *node,
                              struct value value, bool *ret,
                              struct error *err)
{
    bool good = value_truth(value, ret, err);
    if (!good) {
        struct operand operand = {node->span, value};
        error_mark_operands(frame, node->span, 1, &operand, err);
    }
    value_unref(value);
    return good;
}

bool evaluate_truth(struct frame *frame, struct node *node, bool *ret,
                    struct error *err)
{
    struct value value, left, right;
    if (node->kind == NODE_COMPARE && is_pair(node)) {
        if (!evaluate_pair(frame, node, &left, &right, err))
            return false;
        if (number_holds(node->compare.operators[0], left, right, ret))
            return true;
        value = compare_and_explain(frame, node, left, right, err);
    } else {
        evaluate(frame, node, &value, err);
    }
    if (value.kind == VALUE_UNDEFINED)
        return false;
    if (value.kind != VALUE_BOOL)
        return truth_of(frame, node, value, ret, err);
    *ret = value.i != 0;
    return true;
}

HANDLER evaluate_not(struct frame *frame, struct node *node, struct error *err)
{
    bool truth = false; /* also after an error */
    bool good = evaluate_truth(frame, node->operand, &truth, err);
    return result(good, value_bool(!truth));
}

/* The first that decides, or the last. */
HANDLER evaluate_logical(struct frame *frame, struct node *node,
                         struct error *err)
{
    const struct node_list *items = &node->items;
    bool until = node->kind == NODE_OR;
    for (int i = 0;; i++) {
        struct value value;
        bool truth;
        if (!evaluate(frame, items->items[i], &value, err))
            return value_undefined();
        if (i == items->count - 1)
            return value;
        if (!value_truth(value, &truth, err)) {
            struct operand operand = {items->items[i]->span, value};
            error_mark_operands(frame, node->span, 1, &operand, err);
            value_unref(value);
            return value_undefined();
        }
        if (truth == until)
            return value;
        value_unref(value);
    }
}

HANDLER evaluate_conditional(struct frame *frame, struct node *node,
                             struct error *err)
{
    struct value ret;
    bool truth;
    if (!evaluate_truth(frame, node->conditional.test, &truth, err))
        return value_undefined();
    evaluate(frame,
             truth ? node->conditional.then : node->conditional.otherwise,
             &ret, err);
    return ret;
}

HANDLER evaluate_attribute(struct frame *frame, struct node *node,
                           struct error *err)
{
    struct value object, ret;
    if (!evaluate(frame, node->attribute.object, &object, err))
        return value_undefined();
    bool good =
        attribute_get(frame->interp, object, node->attribute.name,
                      node->attribute.hash, &ret, err);
    if (!good)
        error_locate(frame, node->attribute.name_span, err);
    value_unref(object);
    return result(good, ret);
}

static bool evaluate_part(struct frame *frame, struct node *node,
                          struct value *ret, struct error *err)
{
    *ret = value_none();
    return !node || evaluate(frame, node, ret, err);
}

HANDLER evaluate_slice(struct frame *frame, struct node *node,
                       struct error *err)
{
    struct slice *slice = xcalloc(1, sizeof *slice);
    struct value ret = {.kind = VALUE_SLICE, .slice = slice};
    slice->object.refs = 1;
    if (evaluate_part(frame, node->slice.start, &slice->start, err) &&
        evaluate_part(frame, node->slice.stop, &slice->stop, err) &&
        evaluate_part(frame, node->slice.step, &slice->step, err))
        return ret;
    value_unref(ret);
    return value_undefined();
}

HANDLER evaluate_walrus(struct frame *frame, struct node *node,
                        struct error *err)
{
    struct value ret;
    if (evaluate(frame, node->binary.right, &ret, err))
        name_store(frame, &node->binary.left->name, value_ref(ret));
    return ret;
}

/* The kinds that build something, beside which a RET in memory is nothing. */
static bool evaluate_display(struct frame *frame, struct node *node,
                             struct value *ret, struct error *err)
{
    switch ((enum node_kind)node->kind) {
    case NODE_TUPLE:
        return evaluate_tuple(frame, node, ret, err);
    case NODE_LIST:
        return evaluate_list(frame, node, ret, err);
    case NODE_SET:
        return evaluate_set(frame, node, ret, err);
    case NODE_DICT:
        return evaluate_dict(frame, node, ret, err);
    case NODE_LAMBDA:
        return evaluate_function(frame, node, ret, err);
    case NODE_COMPREHENSION:
        return evaluate_comprehension(frame, node, ret, err);
    case NODE_FSTRING:
        return evaluate_fstring(frame, node, ret, err);
    case NODE_TRACE:
        return evaluate_trace(frame, node, ret, err);
    case NODE_GENERATOR:
        return evaluate_generator(frame, node, ret, err);
    default:
        error_set(err, ERROR_SYNTAX, "can't use starred expression here");
        error_locate(frame, node->span, err);
        return false;
    }
}

HANDLER evaluate_other(struct frame *frame, struct node *node,
                       struct error *err)
{
    struct value ret;
    bool good = evaluate_display(frame, node, &ret, err);
    return result(good, ret);
}

HANDLER load_name(struct frame *frame, struct node *node, struct error *err)
{
    struct value ret;
    bool good = name_load(frame, node, &ret, err);
    return result(good, ret);
}

HANDLER too_deep(struct frame *frame, struct node *node, struct error *err)
{
    recursion_error(err);
    error_locate(frame, node->span, err);
    return value_undefined();
}

/* One for each kind of expression. */
typedef struct value evaluator(struct frame *frame, struct node *node,
                               struct error *err);

static evaluator *const evaluators[NODE_LAST_EXPRESSION + 1] = {
    [NODE_CONSTANT] = evaluate_other,
    [NODE_NAME] = load_name,
    [NODE_TUPLE] = evaluate_other,
    [NODE_LIST] = evaluate_other,
    [NODE_SET] = evaluate_other,
    [NODE_DICT] = evaluate_other,
    [NODE_STAR] = evaluate_other,
    [NODE_DOUBLE_STAR] = evaluate_other,
    [NODE_KEYWORD] = evaluate_other,
    [NODE_BINARY] = evaluate_binary,
    [NODE_UNARY] = evaluate_unary,
    [NODE_NOT] = evaluate_not,
    [NODE_AND] = evaluate_logical,
    [NODE_OR] = evaluate_logical,
    [NODE_COMPARE] = evaluate_compare,
    [NODE_CONDITIONAL] = evaluate_conditional,
    [NODE_CALL] = evaluate_call,
    [NODE_ATTRIBUTE] = evaluate_attribute,
    [NODE_SUBSCRIPT] = evaluate_subscript,
    [NODE_SLICE] = evaluate_slice,
    [NODE_LAMBDA] = evaluate_other,
    [NODE_COMPREHENSION] = evaluate_other,
    [NODE_FSTRING] = evaluate_other,
    [NODE_FORMATTED] = evaluate_other,
    [NODE_WALRUS] = evaluate_walrus,
    [NODE_TRACE] = evaluate_other,
    [NODE_GENERATOR] = evaluate_other,
    [NODE_YIELD] = evaluate_other,
    [NODE_YIELD_FROM] = evaluate_other,
};

struct value evaluate_compound(struct frame *frame, struct node *node,
                               struct error *err)
{
    if (interp_stack_is_low(frame->interp))
        return too_deep(frame, node, err);
    return evaluators[node->kind](frame, node, err);
}
