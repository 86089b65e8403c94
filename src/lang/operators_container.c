/* SPDX-License-Identifier: GPL-3.0-or-later */
/* + and * of strings, lists and tuples, % of strings, | of dicts. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "lang/set.h"

static bool repeat_count(struct value value, int64_t length, int64_t *ret,
                         struct error *err)
{
    int64_t total;
    if (!value_as_int(value, ret))
        return error_set(err, ERROR_TYPE,
                         "can't multiply sequence by non-int of type '%s'",
                         value_type_name(value));
    if (*ret < 0)
        *ret = 0;
    if (!size_multiply(*ret, length, &total) || total > INT32_MAX)
        return error_set(err, ERROR_MEMORY, "the result is too long");
    return true;
}

static bool string_repeat(struct value a, struct value count, struct value *ret,
                          struct error *err)
{
    struct strbuf sb = STRBUF_INIT;
    int64_t times;
    if (!repeat_count(count, (int64_t)a.string->length + 1, &times, err))
        return false;
    for (; times > 0; times--)
        strbuf_add(&sb, a.string->text, a.string->length);
    *ret = value_string_take(&sb);
    return true;
}

static struct value sequence_of(struct value like, size_t count,
                                const struct value *items)
{
    return like.kind == VALUE_LIST ? value_list(count, items)
                                   : value_tuple(count, items);
}

static bool sequence_repeat(struct value a, struct value count,
                            struct value *ret, struct error *err)
{
    int64_t times;
    size_t length = a.sequence->count;
    if (!repeat_count(count, (int64_t)length * 16 + 1, &times, err))
        return false;
    size_t total = length * (size_t)times;
    struct value *items = xreallocarray(NULL, total + 1, sizeof *items);
    for (size_t i = 0; i < total; i++)
        items[i] = a.sequence->items[i % length];
    *ret = sequence_of(a, total, items);
    free(items);
    return true;
}

static struct value sequence_join(struct value a, struct value b)
{
    size_t first = a.sequence->count, second = b.sequence->count;
    struct value *items =
        xreallocarray(NULL, first + second + 1, sizeof *items);
    if (first)
        memcpy(items, a.sequence->items, first * sizeof *items);
    if (second)
        memcpy(items + first, b.sequence->items, second * sizeof *items);
    struct value joined = sequence_of(a, first + second, items);
    free(items);
    return joined;
}

static struct value string_join(struct value a, struct value b)
{
    struct strbuf sb = STRBUF_INIT;
    strbuf_add(&sb, a.string->text, a.string->length);
    strbuf_add(&sb, b.string->text, b.string->length);
    return value_string_take(&sb);
}

static bool is_sequence(struct value value)
{
    return value.kind == VALUE_LIST || value.kind == VALUE_TUPLE;
}

bool container_operate(enum operator operator, struct value a, struct value b,
                       struct value *ret, struct error *err)
{
    if (operator== OPERATOR_ADD && a.kind == b.kind) {
        if (a.kind == VALUE_STRING || a.kind == VALUE_BYTES) {
            *ret = string_join(a, b);
            ret->kind = a.kind;
            return true;
        }
        if (is_sequence(a)) {
            *ret = sequence_join(a, b);
            return true;
        }
    }
    if (operator== OPERATOR_REMAINDER && a.kind == VALUE_STRING)
        return format_percent(interp_current(), a.string, b, ret, err);
    if (operator== OPERATOR_MULTIPLY) {
        if (a.kind == VALUE_STRING)
            return string_repeat(a, b, ret, err);
        if (b.kind == VALUE_STRING)
            return string_repeat(b, a, ret, err);
        if (a.kind == VALUE_BYTES || b.kind == VALUE_BYTES) {
            bool left = a.kind == VALUE_BYTES;
            if (!string_repeat(left ? a : b, left ? b : a, ret, err))
                return false;
            ret->kind = VALUE_BYTES;
            return true;
        }
        if (is_sequence(a))
            return sequence_repeat(a, b, ret, err);
        if (is_sequence(b))
            return sequence_repeat(b, a, ret, err);
    }
    bool found;
    if ((operator== OPERATOR_ADD || operator== OPERATOR_SUBTRACT) &&
        a.kind == VALUE_DICT && b.kind == VALUE_DICT &&
        a.dict->variant == DICT_COUNTER && b.dict->variant == DICT_COUNTER)
        return counter_operate(interp_current(), operator, a, b, ret, err);
    if (!set_operate(interp_current(), operator, a, b, &found, ret, err))
        return false;
    if (found)
        return true;
    if (operator== OPERATOR_OR && a.kind == VALUE_DICT &&
        b.kind == VALUE_DICT) {
        struct value key, value, merged = value_dict();
        for (size_t i = 0; dict_next(a.dict, &i, &key, &value);)
            dict_set(merged.dict, key, value, err);
        for (size_t i = 0; dict_next(b.dict, &i, &key, &value);)
            dict_set(merged.dict, key, value, err);
        *ret = merged;
        return true;
    }
    return operator_unsupported(operator, a, b, err);
}
