/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Displays of tuples, lists and dicts, comprehensions, f-strings. */
#include <stdlib.h>

#include "autograd/tape.h"
#include "base/alloc.h"
#include "base/interrupt.h"
#include "lang/set.h"

struct value_vector {
    struct value *items;
    size_t count, capacity;
};

static void vector_done(struct value_vector *vector)
{
    for (size_t i = 0; i < vector->count; i++)
        value_unref(vector->items[i]);
    free(vector->items);
}

/* --------------------------------------------------------- tuples, lists */

static bool add_spread(struct frame *frame, struct node *node,
                       struct value_vector *vector, struct error *err)
{
    struct value value;
    struct value *items;
    size_t count;
    if (!evaluate(frame, node->operand, &value, err))
        return false;
    bool good = interp_collect(frame->interp, value, &count, &items, err);
    value_unref(value);
    if (!good) {
        error_locate(frame, node->span, err);
        return false;
    }
    for (size_t i = 0; i < count; i++)
        VEC_PUSH(vector->items, vector->count, vector->capacity) = items[i];
    free(items);
    return true;
}

static bool evaluate_items(struct frame *frame, const struct node_list *list,
                           struct value_vector *vector, struct error *err)
{
    for (int i = 0; i < list->count; i++) {
        struct node *item = list->items[i];
        if (item->kind == NODE_STAR) {
            if (!add_spread(frame, item, vector, err))
                return false;
            continue;
        }
        struct value value;
        if (!evaluate(frame, item, &value, err))
            return false;
        VEC_PUSH(vector->items, vector->count, vector->capacity) = value;
    }
    return true;
}

bool evaluate_tuple(struct frame *frame, struct node *node, struct value *ret,
                    struct error *err)
{
    struct value_vector vector = {NULL, 0, 0};
    bool good = evaluate_items(frame, &node->items, &vector, err);
    if (!good) {
        vector_done(&vector);
        return false;
    }
    *ret = value_tuple_take(vector.count, vector.items);
    free(vector.items);
    return true;
}

static bool is_number(struct value value)
{
    if (value.kind == VALUE_TENSOR) /* a number that a tape knows */
        return !value.tensor->ndim && tape_is_recording() &&
               tape_tracks(value.tensor);
    return value.kind >= VALUE_BOOL && value.kind <= VALUE_SCALAR;
}

/* Does the display NODE, whose value is LIST, hold numbers only, and nested
   displays of the shape that the first ones have?  Lists that came from a
   variable stay lists: only what is written here becomes a tensor. */
static bool is_rectangular(const struct node *node, struct value list,
                           int depth, int *ndim, size_t *shape)
{
    const struct sequence *sequence = list.sequence;
    if (depth == TENSOR_MAX_DIMS || sequence->count == 0)
        return false;
    if (depth == *ndim)
        shape[(*ndim)++] = sequence->count;
    else if (shape[depth] != sequence->count)
        return false;
    bool nested = node->items.items[0]->kind == NODE_LIST;
    if (!nested && depth + 1 != *ndim)
        return false;
    if (nested && (size_t)node->items.count != sequence->count)
        return false;
    for (size_t i = 0; i < sequence->count; i++) {
        struct value item = sequence->items[i];
        if (!nested && !is_number(item))
            return false;
        if (nested && (node->items.items[i]->kind != NODE_LIST ||
                       item.kind != VALUE_LIST ||
                       !is_rectangular(node->items.items[i], item, depth + 1,
                                       ndim, shape)))
            return false;
    }
    return true;
}

bool evaluate_list(struct frame *frame, struct node *node, struct value *ret,
                   struct error *err)
{
    struct value_vector vector = {NULL, 0, 0};
    size_t shape[TENSOR_MAX_DIMS];
    int ndim = 0;
    if (!evaluate_items(frame, &node->items, &vector, err)) {
        vector_done(&vector);
        return false;
    }
    struct value list = value_list_take(vector.count, vector.items);
    free(vector.items);
    *ret = list;
    if (!node->shorthand || !is_rectangular(node, list, 0, &ndim, shape))
        return true;
    struct tensor *tensor = value_to_tensor(list, DTYPE_COUNT, err);
    value_unref(list);
    if (!tensor) {
        error_locate(frame, node->span, err);
        return false;
    }
    node->became_tensor = true;
    tensor->from_list = true;
    *ret = value_tensor_take(tensor);
    return true;
}

bool evaluate_set(struct frame *frame, struct node *node, struct value *ret,
                  struct error *err)
{
    struct value_vector vector = {NULL, 0, 0};
    struct value set = value_set(false);
    bool good = evaluate_items(frame, &node->items, &vector, err);
    for (size_t i = 0; good && i < vector.count; i++)
        good = set_add(set.set, vector.items[i], err);
    vector_done(&vector);
    if (good)
        *ret = set;
    else
        value_unref(set);
    return good;
}

/* ------------------------------------------------------------------ dicts */

static bool add_mapping(struct frame *frame, struct node *node,
                        struct dict *dict, struct error *err)
{
    struct value mapping, key, value;
    bool good = true;
    if (!evaluate(frame, node, &mapping, err))
        return false;
    struct value object = mapping;
    mapping = value_ref(value_plain(object));
    value_unref(object);
    if (mapping.kind != VALUE_DICT) {
        error_set(err, ERROR_TYPE, "'%s' object is not a mapping",
                  value_type_name(mapping));
        error_locate(frame, node->span, err);
        good = false;
    }
    for (size_t i = 0; good && dict_next(mapping.dict, &i, &key, &value);)
        good = dict_set(dict, key, value, err);
    value_unref(mapping);
    return good;
}

static bool add_pair(struct frame *frame, struct node *key_node,
                     struct node *value_node, struct dict *dict,
                     struct error *err)
{
    struct value key, value;
    if (!evaluate(frame, key_node, &key, err))
        return false;
    if (!evaluate(frame, value_node, &value, err)) {
        value_unref(key);
        return false;
    }
    bool good = dict_set(dict, key, value, err);
    if (!good)
        error_locate(frame, key_node->span, err);
    value_unref(key);
    value_unref(value);
    return good;
}

bool evaluate_dict(struct frame *frame, struct node *node, struct value *ret,
                   struct error *err)
{
    struct value dict = value_dict();
    for (int i = 0; i < node->dict.values.count; i++) {
        struct node *key = node->dict.keys.items[i];
        struct node *value = node->dict.values.items[i];
        bool good = key ? add_pair(frame, key, value, dict.dict, err)
                        : add_mapping(frame, value, dict.dict, err);
        if (!good) {
            value_unref(dict);
            return false;
        }
    }
    *ret = dict;
    return true;
}

/* --------------------------------------------------------- comprehensions */

static bool run_clause(struct frame *frame, struct node *node, int number,
                       struct value collection, struct error *err);

static bool add_element(struct frame *frame, struct node *node,
                        struct value collection, struct error *err)
{
    struct value element;
    if (node->operator== COMPREHENSION_DICT)
        return add_pair(frame, node->comprehension.element,
                        node->comprehension.value, collection.dict, err);
    if (!evaluate(frame, node->comprehension.element, &element, err))
        return false;
    bool good = true;
    if (collection.kind == VALUE_SET)
        good = set_add(collection.set, element, err);
    else if (collection.sequence->count > COLLECTION_LIMIT)
        good = collection_too_large(err);
    else
        list_append(collection.sequence, element);
    value_unref(element);
    return good;
}

static bool conditions_hold(struct frame *frame,
                            const struct node_list *conditions, bool *ret,
                            struct error *err)
{
    *ret = true;
    for (int i = 0; i < conditions->count && *ret; i++) {
        struct value value;
        if (!evaluate(frame, conditions->items[i], &value, err))
            return false;
        bool good = value_truth(value, ret, err);
        value_unref(value);
        if (!good) {
            error_locate(frame, conditions->items[i]->span, err);
            return false;
        }
    }
    return true;
}

/* One item of a clause: the next clause, or the element. */
static bool run_item(struct frame *frame, struct node *node, int number,
                     struct value item, struct value collection,
                     struct error *err)
{
    const struct clause *clause = &node->comprehension.clauses[number];
    bool wanted;
    if (!interrupt_check(err) || !assign(frame, clause->target, item, err) ||
        !conditions_hold(frame, &clause->conditions, &wanted, err))
        return false;
    if (!wanted)
        return true;
    if (number + 1 < node->comprehension.clause_count)
        return run_clause(frame, node, number + 1, collection, err);
    return add_element(frame, node, collection, err);
}

static bool run_clause(struct frame *frame, struct node *node, int number,
                       struct value collection, struct error *err)
{
    struct node *source = node->comprehension.clauses[number].iterable;
    struct value iterable, iterator, item;
    bool done = false;
    if (!evaluate(frame, source, &iterable, err))
        return false;
    bool good = interp_iterate(frame->interp, iterable, &iterator, err);
    value_unref(iterable);
    if (!good) {
        error_locate(frame, source->span, err);
        return false;
    }
    while (good) {
        good = interp_next(frame->interp, iterator, &done, &item, err);
        if (!good || done)
            break;
        good = run_item(frame, node, number, item, collection, err);
        value_unref(item);
    }
    value_unref(iterator);
    return good;
}

bool evaluate_comprehension(struct frame *frame, struct node *node,
                            struct value *ret, struct error *err)
{
    struct value collection =
        node->operator== COMPREHENSION_DICT  ? value_dict()
        : node->operator== COMPREHENSION_SET ? value_set(false)
                                             : value_list(0, NULL);
    if (!run_clause(frame, node, 0, collection, err)) {
        error_locate(frame, node->span, err);
        value_unref(collection);
        return false;
    }
    *ret = collection;
    return true;
}

/* -------------------------------------------------------------- f-strings */

static bool format_part(struct frame *frame, struct node *node,
                        struct strbuf *sb, struct error *err)
{
    struct value value, spec = {.kind = VALUE_UNDEFINED};
    if (!evaluate(frame, node->formatted.value, &value, err))
        return false;
    if (node->formatted.spec &&
        !evaluate_fstring(frame, node->formatted.spec, &spec, err)) {
        value_unref(value);
        return false;
    }
    if (node->operator) {
        struct strbuf text = STRBUF_INIT;
        if (node->operator== 'r')
            value_repr(value, &text);
        else if (node->operator== 'a')
            value_ascii(value, &text);
        else
            value_str(value, &text);
        value_unref(value);
        value = value_string_take(&text);
    }
    bool has_spec = spec.kind == VALUE_STRING;
    bool good =
        value_format(frame->interp, value, has_spec ? spec.string->text : "",
                     has_spec ? spec.string->length : 0, sb, err);
    if (!good)
        error_locate(frame, node->span, err);
    value_unref(value);
    value_unref(spec);
    return good;
}

bool evaluate_fstring(struct frame *frame, struct node *node, struct value *ret,
                      struct error *err)
{
    struct strbuf sb = STRBUF_INIT;
    for (int i = 0; i < node->items.count; i++) {
        struct node *part = node->items.items[i];
        if (part->kind == NODE_CONSTANT) {
            const struct string *text = part->constant.string;
            strbuf_add(&sb, text->text, text->length);
        } else if (!format_part(frame, part, &sb, err)) {
            strbuf_done(&sb);
            return false;
        }
    }
    *ret = value_string_take(&sb);
    return true;
}
