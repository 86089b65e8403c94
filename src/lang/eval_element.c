/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * x[i], x[i, j], items[i] where all of it stands in variables and constants,
 * as in the book's naive loops: the element is found without evaluating its
 * parts, that is without copies and without counting references.  Nothing here
 * runs code of the session's or fails: what is not that simple is left to
 * eval_subscript.c, with nothing done.
 */
#include "autograd/tape.h"
#include "lang/key.h"

/* ---------------------------------------------------------------- elements */

/* i, 0, i + 1 */
static bool peek_position(const struct frame *frame, const struct node *node,
                          int64_t length, int64_t *ret)
{
    const struct value *value = peek(frame, node), *left, *right;
    struct value result;
    if (value)
        return position_in(*value, length, ret);
    return node->kind == NODE_BINARY &&
           (left = peek(frame, node->binary.left)) &&
           (right = peek(frame, node->binary.right)) &&
           number_operate((enum operator)node->operator, *left, *right,
                          &result) &&
           position_in(result, length, ret);
}

static bool is_local(const struct node *node)
{
    return node->kind == NODE_NAME && node->name.place == PLACE_LOCAL;
}

static void find_form(struct node *node)
{
    const struct node_list *parts = &node->subscript.parts;
    const struct node *object = node->subscript.object;
    bool local = is_local(object) && parts->count >= 1 && parts->count <= 2;
    for (int i = 0; local && i < parts->count; i++)
        local = is_local(parts->items[i]);
    node->subscript.form = local ? SUBSCRIPT_LOCAL : SUBSCRIPT_OTHER;
    if (!local)
        return;
    node->subscript.slots[0] = object->name.index;
    for (int i = 0; i < parts->count; i++)
        node->subscript.slots[i + 1] = parts->items[i]->name.index;
}

static NOINLINE char *peek_any_element(const struct frame *frame,
                                       struct node *node,
                                       const struct tensor **ret)
{
    const struct node_list *parts = &node->subscript.parts;
    const struct value *object = peek(frame, node->subscript.object);
    if (node->subscript.form == SUBSCRIPT_UNSEEN)
        find_form(node);
    if (!object || object->kind != VALUE_TENSOR ||
        object->tensor->ndim != parts->count || parts->count == 0 ||
        tape_is_holding())
        return NULL;
    const struct tensor *tensor = *ret = object->tensor;
    char *at = tensor->data;
    for (int i = 0; i < parts->count; i++) {
        int64_t position;
        if (!peek_position(frame, parts->items[i], tensor->shape[i],
                           &position))
            return NULL;
        at += position * tensor->strides[i];
    }
    return at;
}

/* The offset of position SLOTS[axis + 1] along AXIS; false when it is no int
   from 0 to the length. */
static inline bool local_offset(const struct frame *frame, const int *slots,
                                const struct tensor *tensor, int axis,
                                int64_t *ret)
{
    const struct value *part = &frame->slots[slots[axis + 1]];
    if (part->kind != VALUE_INT ||
        (uint64_t)part->i >= (uint64_t)tensor->shape[axis])
        return false;
    *ret = part->i * tensor->strides[axis];
    return true;
}

/* The element that variables and constants pick, which need neither be
   evaluated nor counted; NULL as above.  Local variables, which loops are made
   of, are read without a look at their nodes. */
static inline char *peek_element(const struct frame *frame, struct node *node,
                                 const struct tensor **ret)
{
    const int *slots = node->subscript.slots;
    int64_t first, second = 0;
    if (node->subscript.form == SUBSCRIPT_LOCAL && !tape_is_holding()) {
        const struct value *object = &frame->slots[slots[0]];
        const struct tensor *tensor = object->tensor;
        int count = node->subscript.parts.count;
        if (object->kind == VALUE_TENSOR && tensor->ndim == count &&
            local_offset(frame, slots, tensor, 0, &first) &&
            (count == 1 || local_offset(frame, slots, tensor, 1, &second))) {
            *ret = tensor;
            return tensor->data + first + second;
        }
    }
    return peek_any_element(frame, node, ret);
}

/* ------------------------------------------------------------------- items */

/* The item of a list or tuple in a variable; NULL as above. */
static inline struct value *peek_item(const struct frame *frame,
                                      const struct node *node, bool writes)
{
    const struct node_list *parts = &node->subscript.parts;
    if (parts->count != 1)
        return NULL;
    const struct value *object = peek(frame, node->subscript.object);
    int64_t position;
    if (!object ||
        (object->kind != VALUE_LIST &&
         (writes || object->kind != VALUE_TUPLE)) ||
        !peek_position(frame, parts->items[0],
                       (int64_t)object->sequence->count, &position))
        return NULL;
    return &object->sequence->items[position];
}

struct value evaluate_subscript(struct frame *frame, struct node *node,
                                struct error *err)
{
    const struct tensor *tensor;
    const struct value *item = peek_item(frame, node, false);
    if (item)
        return value_ref(*item);
    const char *at = peek_element(frame, node, &tensor);
    if (at)
        return load_element(tensor, at);
    return evaluate_any_subscript(frame, node, err);
}

bool assign_subscript(struct frame *frame, struct node *node,
                      struct value value, struct error *err)
{
    const struct tensor *tensor;
    struct value *item = peek_item(frame, node, true);
    if (item) {
        replace_item(peek(frame, node->subscript.object)->sequence, item,
                     value);
        return true;
    }
    char *at = peek_element(frame, node, &tensor);
    if (at && store_element(tensor, at, value))
        return true;
    return assign_any_subscript(frame, node, value, err);
}

/* ----------------------------------------------------------- x[i] += number */

static bool peek_operand(const struct frame *frame, struct node *node,
                         struct value *ret)
{
    const struct tensor *tensor;
    if (node->kind == NODE_SUBSCRIPT) {
        const char *at = peek_element(frame, node, &tensor);
        if (at)
            *ret = load_element(tensor, at);
        return at != NULL;
    }
    const struct value *value = peek(frame, node);
    if (value)
        *ret = *value;
    return value && value->kind <= VALUE_SCALAR;
}

/* Both operands' kind of node is PEEK's. */
static inline bool
peek_binary(const struct frame *frame, struct node *node,
            bool (*peek_either)(const struct frame *frame, struct node *node,
                                struct value *ret),
            struct value *ret)
{
    struct value a, b;
    return node->kind == NODE_BINARY &&
           peek_either(frame, node->binary.left, &a) &&
           peek_either(frame, node->binary.right, &b) &&
           number_operate((enum operator)node->operator, a, b, ret);
}

static bool peek_term(const struct frame *frame, struct node *node,
                      struct value *ret)
{
    if (node->kind == NODE_BINARY)
        return peek_binary(frame, node, peek_operand, ret);
    return peek_operand(frame, node, ret);
}

bool peek_number(const struct frame *frame, struct node *node,
                 struct value *ret)
{
    if (node->kind == NODE_BINARY)
        return peek_binary(frame, node, peek_term, ret);
    return peek_operand(frame, node, ret);
}

bool element_augment(struct frame *frame, struct node *node)
{
    struct value operand, result, *item;
    const struct tensor *tensor;
    item = peek_item(frame, node->binary.left, true);
    if (item)
        return item->kind <= VALUE_SCALAR &&
               peek_number(frame, node->binary.right, &operand) &&
               number_operate((enum operator)node->operator, *item, operand,
                              item);
    char *at = peek_element(frame, node->binary.left, &tensor);
    return at && peek_number(frame, node->binary.right, &operand) &&
           number_operate((enum operator)node->operator,
                          load_element(tensor, at), operand, &result) &&
           store_element(tensor, at, result);
}
