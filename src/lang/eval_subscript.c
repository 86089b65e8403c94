/* SPDX-License-Identifier: GPL-3.0-or-later */
/* x[i] and x[i, j] as expressions and targets; integers into an array go
   straight to the element. */
#include <string.h>

#include "autograd/tape.h"
#include "lang/key.h"
#include "tensor/index.h"

/* Index nodes one by one: x[i, j] makes no tuple. */
struct index_nodes {
    int count;
    struct node *const *items;
};

static struct index_nodes index_nodes(struct node *const *index)
{
    if ((*index)->kind == NODE_TUPLE && !(*index)->parenthesized)
        return (struct index_nodes){(*index)->items.count,
                                    (*index)->items.items};
    return (struct index_nodes){1, index};
}

static bool is_star_free(const struct index_nodes *nodes)
{
    for (int i = 0; i < nodes->count; i++)
        if (nodes->items[i]->kind == NODE_STAR)
            return false;
    return true;
}

void key_done(struct key *key)
{
    for (int i = 0; i < key->count; i++)
        value_unref(key->parts[i]);
    value_unref(key->whole);
}

bool key_evaluate(struct frame *frame, struct node *const *index,
                  struct key *key, struct error *err)
{
    struct index_nodes nodes = index_nodes(index);
    key->count = 0;
    key->whole.kind = VALUE_UNDEFINED;
    if (nodes.count > KEY_PARTS || nodes.count == 0 || !is_star_free(&nodes))
        return evaluate(frame, *index, &key->whole, err);
    for (int i = 0; i < nodes.count; i++) {
        if (!evaluate(frame, nodes.items[i], &key->parts[i], err)) {
            key_done(key);
            return false;
        }
        key->count++;
    }
    return true;
}

struct value key_whole(struct key *key, const struct node *index)
{
    if (key->whole.kind != VALUE_UNDEFINED)
        return key->whole;
    if (key->count == 1 &&
        (index->kind != NODE_TUPLE || index->parenthesized))
        return key->parts[0]; /* x[i], x[(i, j)] */
    key->whole = value_tuple((size_t)key->count, key->parts);
    return key->whole;
}

char *key_element(const struct tensor *tensor, const struct key *key)
{
    char *at = tensor->data;
    if (key->count != tensor->ndim || tensor->ndim == 0 || tape_is_holding())
        return NULL;
    for (int i = 0; i < key->count; i++) {
        struct value part = key->parts[i];
        bool integer = part.kind == VALUE_INT ||
                       (part.kind == VALUE_SCALAR && part.dtype == DTYPE_INT64);
        if (!integer)
            return NULL;
        int64_t n = tensor->shape[i], k = part.i < 0 ? part.i + n : part.i;
        if (k < 0 || k >= n)
            return NULL;
        at += k * tensor->strides[i];
    }
    return at;
}

struct value element_load(const struct tensor *tensor, const char *at)
{
    if (tensor->dtype != DTYPE_FLOAT64)
        return value_scalar(scalar_load(tensor->dtype, at));
    struct value value = {.kind = VALUE_SCALAR, .dtype = DTYPE_FLOAT64};
    memcpy(&value.f, at, sizeof value.f);
    return value;
}

static bool get_item(struct frame *frame, struct node *node,
                     struct value object, struct key *key, struct value *ret,
                     struct error *err)
{
    if (object.kind == VALUE_TENSOR) {
        const char *at = key_element(object.tensor, key);
        if (at) {
            *ret = element_load(object.tensor, at);
            return true;
        }
    }
    struct value whole = key_whole(key, node->subscript.index);
    if (value_get_item(frame->interp, object, whole, ret, err))
        return true;
    struct operand operand = {node->subscript.object->span, object};
    if (object.kind == VALUE_TENSOR)
        error_mark_operands(frame, node->span, 1, &operand, err);
    else
        error_locate(frame, node->span, err);
    return false;
}

bool evaluate_subscript(struct frame *frame, struct node *node,
                        struct value *ret, struct error *err)
{
    struct value object;
    struct key key;
    if (!evaluate(frame, node->subscript.object, &object, err))
        return false;
    if (!key_evaluate(frame, &node->subscript.index, &key, err)) {
        value_unref(object);
        return false;
    }
    bool good = get_item(frame, node, object, &key, ret, err);
    key_done(&key);
    value_unref(object);
    return good;
}

bool element_store(struct tensor *tensor, char *at, struct value value)
{
    bool real = value.kind == VALUE_FLOAT ||
                (value.kind == VALUE_SCALAR && value.dtype == DTYPE_FLOAT64);
    double number = real ? value.f : (double)value.i;
    if (!at || tensor->readonly || !(real || value.kind == VALUE_INT))
        return false;
    if (tensor->dtype == DTYPE_FLOAT64)
        memcpy(at, &number, sizeof number);
    else if (tensor->dtype == DTYPE_INT64 && !real)
        memcpy(at, &value.i, sizeof value.i);
    else
        return false;
    return true;
}

static bool set_item(struct frame *frame, struct node *node,
                     struct value object, struct key *key, struct value value,
                     struct error *err)
{
    if (object.kind == VALUE_TENSOR &&
        element_store(object.tensor, key_element(object.tensor, key), value))
        return true;
    struct value whole = key_whole(key, node->subscript.index);
    if (value_set_item(frame->interp, object, whole, value, err))
        return true;
    struct operand operand = {node->subscript.object->span, object};
    if (object.kind == VALUE_TENSOR)
        error_mark_operands(frame, node->span, 1, &operand, err);
    else
        error_locate(frame, node->span, err);
    return false;
}

bool assign_subscript(struct frame *frame, struct node *node,
                      struct value value, struct error *err)
{
    struct value object;
    struct key key;
    if (!evaluate(frame, node->subscript.object, &object, err))
        return false;
    if (!key_evaluate(frame, &node->subscript.index, &key, err)) {
        value_unref(object);
        return false;
    }
    bool good = set_item(frame, node, object, &key, value, err);
    key_done(&key);
    value_unref(object);
    return good;
}
