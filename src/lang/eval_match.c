/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The match statement: the first case whose pattern fits. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "lang/generator.h"

static bool fits(struct frame *frame, const struct node *pattern,
                 struct value value, bool *ret, struct error *err);

static void capture(struct frame *frame, const struct node *name,
                    struct value value)
{
    if (name && strcmp(name->name.text, "_") != 0)
        name_store(frame, &name->name, value_ref(value));
}

/* ------------------------------------------------------------------ values */

static bool fits_value(struct frame *frame, const struct node *pattern,
                       struct value value, bool *ret, struct error *err)
{
    struct value wanted, equal;
    bool same = pattern->operator== PATTERN_SINGLETON;
    if (!evaluate(frame, pattern->pattern.value, &wanted, err))
        return false;
    bool good = compare(frame->interp, same ? COMPARE_IS : OPERATOR_EQUAL,
                        value, wanted, &equal, err);
    value_unref(wanted);
    if (!good)
        return false;
    good = value_truth(equal, ret, err);
    value_unref(equal);
    return good;
}

/* --------------------------------------------------------------- sequences */

static bool is_sequence(struct value value)
{
    return value.kind == VALUE_LIST || value.kind == VALUE_TUPLE ||
           value.kind == VALUE_RANGE;
}

static int star_of(const struct node_list *items)
{
    for (int i = 0; i < items->count; i++)
        if (items->items[i]->kind == NODE_PATTERN &&
            items->items[i]->operator== PATTERN_STAR)
            return i;
    return -1;
}

/* VALUES of COUNT against the patterns, of which STAR takes what is left. */
static bool fits_items(struct frame *frame, const struct node_list *patterns,
                       const struct value *values, size_t count, int star,
                       bool *ret, struct error *err)
{
    size_t fixed = (size_t)patterns->count - (star >= 0);
    size_t spare = count - fixed;
    *ret = true;
    for (int i = 0; *ret && i < patterns->count; i++) {
        const struct node *pattern = patterns->items[i];
        size_t at = (size_t)i + (star >= 0 && i > star ? spare - 1 : 0);
        if (i == star) {
            struct value rest = value_list(spare, values + i);
            capture(frame, pattern->pattern.name, rest);
            value_unref(rest);
        } else if (!fits(frame, pattern, values[at], ret, err)) {
            return false;
        }
    }
    return true;
}

static bool fits_sequence(struct frame *frame, const struct node *pattern,
                          struct value value, bool *ret, struct error *err)
{
    const struct node_list *patterns = &pattern->pattern.items;
    int star = star_of(patterns);
    size_t count, least = (size_t)patterns->count - (star >= 0);
    struct value *values;
    *ret = false;
    if (!is_sequence(value_plain(value)))
        return true;
    if (!interp_collect(frame->interp, value_plain(value), &count, &values,
                        err))
        return false;
    bool good = true;
    if (star >= 0 ? count >= least : count == least)
        good = fits_items(frame, patterns, values, count, star, ret, err);
    values_free(values, count);
    return good;
}

/* ---------------------------------------------------------------- mappings */

static bool fits_entry(struct frame *frame, const struct node *pattern, int i,
                       struct value dict, struct value rest, bool *ret,
                       struct error *err)
{
    struct value key, item, ignored;
    if (!evaluate(frame, pattern->pattern.keys.items[i], &key, err))
        return false;
    bool good = dict_get(dict.dict, key, ret, &item, err);
    if (good && *ret) {
        bool found;
        good = fits(frame, pattern->pattern.items.items[i], item, ret, err);
        value_unref(item);
        if (good && dict_remove(rest.dict, key, &found, &ignored, err) &&
            found)
            value_unref(ignored);
    }
    value_unref(key);
    return good;
}

static bool fits_mapping(struct frame *frame, const struct node *pattern,
                         struct value value, bool *ret, struct error *err)
{
    struct value dict = value_plain(value);
    *ret = dict.kind == VALUE_DICT;
    if (!*ret)
        return true;
    struct value rest = value_dict();
    bool good = dict_merge(frame->interp, rest.dict, dict, err);
    for (int i = 0; good && *ret && i < pattern->pattern.keys.count; i++)
        good = fits_entry(frame, pattern, i, dict, rest, ret, err);
    if (good && *ret)
        capture(frame, pattern->pattern.name, rest);
    value_unref(rest);
    return good;
}

/* ----------------------------------------------------------------- classes */

static bool is_instance(struct frame *frame, struct value value,
                        struct value class, bool *ret, struct error *err)
{
    struct value function, result, pair[2] = {value, class};
    struct call_args args = {.count = 2, .values = pair};
    if (!interp_builtin(frame->interp, "isinstance", &function))
        return error_set(err, ERROR_NAME, "name 'isinstance' is not defined");
    if (!interp_call(frame->interp, function, &args, &result, err)) {
        if (err->kind == ERROR_TYPE)
            error_set(err, ERROR_TYPE, "called match pattern must be a class");
        return false;
    }
    *ret = result.kind == VALUE_BOOL && result.i;
    return true;
}

static bool fits_attribute(struct frame *frame, const struct node *pattern,
                           struct value value, const char *name, bool *ret,
                           struct error *err)
{
    struct value item;
    if (!interp_get_attribute(frame->interp, value, name, &item, err)) {
        if (err->kind != ERROR_ATTRIBUTE)
            return false;
        error_clear(err);
        *ret = false;
        return true;
    }
    bool good = fits(frame, pattern, item, ret, err);
    value_unref(item);
    return good;
}

/* The name of the I-th attribute in class.__match_args__. */
static bool positional_name(struct value class, int i, struct value *ret,
                            struct error *err)
{
    const struct value *names =
        class.kind == VALUE_CLASS
            ? class_lookup(class.class, "__match_args__")
            : NULL;
    size_t count = names && names->kind == VALUE_TUPLE
                       ? names->sequence->count
                       : 0;
    if ((size_t)i >= count)
        return error_set(err, ERROR_TYPE,
                         "%s() accepts %zu positional sub-pattern%s (%d given)",
                         class.kind == VALUE_CLASS ? class.class->name
                                                   : value_type_name(class),
                         count, count == 1 ? "" : "s", i + 1);
    *ret = names->sequence->items[i];
    return ret->kind == VALUE_STRING ||
           error_set(err, ERROR_TYPE,
                     "__match_args__ elements must be strings (got %s)",
                     value_type_name(*ret));
}

static bool fits_class(struct frame *frame, const struct node *pattern,
                       struct value value, bool *ret, struct error *err)
{
    const struct node_list *items = &pattern->pattern.items;
    struct value class, name;
    if (!evaluate(frame, pattern->pattern.value, &class, err))
        return false;
    bool good = is_instance(frame, value, class, ret, err);
    for (int i = 0; good && *ret && i < items->count; i++) {
        const struct node *item = items->items[i];
        if (item->kind == NODE_KEYWORD)
            good = fits_attribute(frame, item->keyword.value, value,
                                  item->keyword.name, ret, err);
        else if (class.kind != VALUE_CLASS && i == 0) /* int(x), str(x) */
            good = fits(frame, item, value, ret, err);
        else
            good = positional_name(class, i, &name, err) &&
                   fits_attribute(frame, item, value, name.string->text, ret,
                                  err);
    }
    value_unref(class);
    return good;
}

/* --------------------------------------------------------------------- all */

static bool fits_either(struct frame *frame, const struct node *pattern,
                        struct value value, bool *ret, struct error *err)
{
    *ret = false;
    for (int i = 0; !*ret && i < pattern->pattern.items.count; i++)
        if (!fits(frame, pattern->pattern.items.items[i], value, ret, err))
            return false;
    return true;
}

static bool fits(struct frame *frame, const struct node *pattern,
                 struct value value, bool *ret, struct error *err)
{
    switch ((enum pattern_kind)pattern->operator) {
    case PATTERN_VALUE:
    case PATTERN_SINGLETON:
        return fits_value(frame, pattern, value, ret, err);
    case PATTERN_SEQUENCE:
        return fits_sequence(frame, pattern, value, ret, err);
    case PATTERN_MAPPING:
        return fits_mapping(frame, pattern, value, ret, err);
    case PATTERN_CLASS:
        return fits_class(frame, pattern, value, ret, err);
    case PATTERN_OR:
        return fits_either(frame, pattern, value, ret, err);
    case PATTERN_AS:
        if (!fits(frame, pattern->pattern.value, value, ret, err))
            return false;
        break;
    case PATTERN_CAPTURE:
    case PATTERN_STAR:
        *ret = true;
        break;
    }
    if (*ret)
        capture(frame, pattern->pattern.name, value);
    return true;
}

/* The body to run, NULL for none; false on error. */
static bool choose_case(struct frame *frame, struct node *node,
                        const struct node_list **ret, struct error *err)
{
    struct value subject;
    bool good = evaluate(frame, node->match.subject, &subject, err);
    bool found = false;
    *ret = NULL;
    if (!good)
        return false;
    for (int i = 0; good && !found && i < node->match.count; i++) {
        const struct match_case *one = &node->match.cases[i];
        struct value guard;
        good = fits(frame, one->pattern, subject, &found, err);
        if (good && found && one->guard) {
            good = evaluate(frame, one->guard, &guard, err);
            if (good) {
                good = value_truth(guard, &found, err);
                value_unref(guard);
            }
        }
        if (!good)
            error_locate(frame, one->pattern->span, err);
        if (good && found)
            *ret = &one->body;
    }
    value_unref(subject);
    return good;
}

enum flow execute_match(struct frame *frame, struct node *node,
                        struct error *err)
{
    const struct node_list *body;
    if (frame_resumes(frame))
        body = frame_take_place(frame).list;
    else if (!choose_case(frame, node, &body, err))
        return FLOW_ERROR;
    enum flow flow = body ? execute_list(frame, body, err) : FLOW_NEXT;
    if (flow == FLOW_YIELD)
        return frame_keep_place(frame, (struct place_kept){.list = body});
    return flow;
}
