/* SPDX-License-Identifier: GPL-3.0-or-later */
/* x[key] of any kind, as expression and target: the key is evaluated part by
   part.  What needs no evaluating has been tried before, eval_element.c. */
#include <math.h>

#include "autograd/tape.h"
#include "lang/key.h"

struct value key_whole(struct key *key, const struct node *node)
{
    const struct node *index = node->subscript.index;
    if (key->whole.kind != VALUE_UNDEFINED)
        return key->whole;
    if (key->count == 1 &&
        (index->kind != NODE_TUPLE || index->parenthesized))
        return key->parts[0]; /* x[i], x[(i, j)] */
    key->whole = value_tuple((size_t)key->count, key->parts);
    return key->whole;
}

/* ---------------------------------------------------------------- elements */

/* The element that integers alone pick, or NULL when it is not that simple (no
   error then). */
static char *find_element(const struct tensor *tensor, const struct key *key)
{
    char *at = tensor->data;
    int64_t position;
    if (key->count != tensor->ndim || key->count == 0 || tape_is_holding())
        return NULL;
    for (int i = 0; i < key->count; i++) {
        if (!position_in(key->parts[i], tensor->shape[i], &position))
            return NULL;
        at += position * tensor->strides[i];
    }
    return at;
}

bool store_element(const struct tensor *tensor, char *at,
                          struct value value)
{
    double number;
    if (tensor->readonly)
        return false;
    if (tensor->dtype == DTYPE_FLOAT64 && number_as_real(value, &number)) {
        memcpy(at, &number, sizeof number);
        return true;
    }
    if (value.kind == VALUE_SCALAR && value.dtype == tensor->dtype) {
        scalar_store(value_get_scalar(value), tensor->dtype, at);
        return true;
    }
    if (tensor->dtype == DTYPE_INT64 && value.kind == VALUE_INT) {
        memcpy(at, &value.i, sizeof value.i);
        return true;
    }
    if (tensor->dtype != DTYPE_FLOAT32 || !number_as_real(value, &number) ||
        !isfinite((float)number))
        return false;
    scalar_store(scalar_from_double(number), DTYPE_FLOAT32, at);
    return true;
}

/* The item of a list or tuple at one integer; NULL as above. */
static inline struct value *find_item(const struct sequence *sequence,
                                      const struct key *key)
{
    int64_t position;
    if (key->count != 1 ||
        !position_in(key->parts[0], (int64_t)sequence->count, &position))
        return NULL;
    return &sequence->items[position];
}

/* ------------------------------------------------------------------- items */

/* Says where, and of an array what its shape is. */
static bool explain(struct frame *frame, const struct node *node,
                    struct value object, struct error *err)
{
    struct operand operand = {node->subscript.object->span, object};
    if (object.kind == VALUE_TENSOR)
        error_mark_operands(frame, node->span, 1, &operand, err);
    else
        error_locate(frame, node->span, err);
    return false;
}

/* What is not that simple: kept out of the way of what is. */
static NOINLINE struct value
get_any_item(struct frame *frame, const struct node *node,
             struct value object, struct key *key, struct error *err)
{
    struct value ret;
    bool good =
        object.kind == VALUE_TENSOR && key->count > 1
            ? tensor_get_parts(object.tensor, (size_t)key->count, key->parts,
                               &ret, err)
            : value_get_item(frame->interp, object, key_whole(key, node), &ret,
                             err);
    if (good)
        return ret;
    explain(frame, node, object, err);
    return value_undefined();
}

struct value key_get_item(struct frame *frame, const struct node *node,
                          struct value object, struct key *key,
                          struct error *err)
{
    if (object.kind == VALUE_TENSOR) {
        const char *at = find_element(object.tensor, key);
        if (at)
            return load_element(object.tensor, at);
    } else if (object.kind == VALUE_LIST || object.kind == VALUE_TUPLE) {
        const struct value *item = find_item(object.sequence, key);
        if (item)
            return value_ref(*item);
    }
    return get_any_item(frame, node, object, key, err);
}

bool key_set_item(struct frame *frame, const struct node *node,
                  struct value object, struct key *key, struct value value,
                  struct error *err)
{
    if (object.kind == VALUE_TENSOR) {
        char *at = find_element(object.tensor, key);
        if (at && store_element(object.tensor, at, value))
            return true;
    } else if (object.kind == VALUE_LIST) {
        struct value *item = find_item(object.sequence, key);
        if (item) {
            replace_item(object.sequence, item, value);
            return true;
        }
    }
    return value_set_item(frame->interp, object, key_whole(key, node), value,
                          err) ||
           explain(frame, node, object, err);
}

struct value evaluate_any_subscript(struct frame *frame, struct node *node,
                                    struct error *err)
{
    struct value object;
    struct key key;
    if (!evaluate(frame, node->subscript.object, &object, err))
        return value_undefined();
    if (!key_evaluate(frame, node, &key, err)) {
        value_unref(object);
        return value_undefined();
    }
    struct value ret = key_get_item(frame, node, object, &key, err);
    key_done(&key);
    value_unref(object);
    return ret;
}

bool assign_any_subscript(struct frame *frame, struct node *node,
                          struct value value, struct error *err)
{
    struct value object;
    struct key key;
    if (!evaluate(frame, node->subscript.object, &object, err))
        return false;
    if (!key_evaluate(frame, node, &key, err)) {
        value_unref(object);
        return false;
    }
    bool good = key_set_item(frame, node, object, &key, value, err);
    key_done(&key);
    value_unref(object);
    return good;
}
