/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lesson/difference.h"

#include <math.h>
#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"
#include "lesson/elements.h"

enum sort {
    SORT_NOTHING,
    SORT_TRUTH,
    SORT_WHOLE,
    SORT_FLOAT,
    SORT_ARRAY,
    SORT_STRING,
    SORT_LIST,
    SORT_TUPLE,
    SORT_DICT,
    SORT_FUNCTION,
    SORT_OTHER
};

static enum sort scalar_sort(enum dtype dtype)
{
    if (dtype == DTYPE_BOOL)
        return SORT_TRUTH;
    return dtype_is_float(dtype) ? SORT_FLOAT : SORT_WHOLE;
}

static enum sort sort_of(struct value value)
{
    switch ((enum value_kind)value.kind) {
    case VALUE_UNDEFINED:
    case VALUE_NONE:
        return SORT_NOTHING;
    case VALUE_BOOL:
        return SORT_TRUTH;
    case VALUE_INT:
        return SORT_WHOLE;
    case VALUE_FLOAT:
        return SORT_FLOAT;
    case VALUE_SCALAR:
        return scalar_sort((enum dtype)value.dtype);
    case VALUE_TENSOR:
        return SORT_ARRAY;
    case VALUE_OPAQUE:
        return value.opaque->type->array ? SORT_ARRAY : SORT_OTHER;
    case VALUE_STRING:
        return SORT_STRING;
    case VALUE_LIST:
        return SORT_LIST;
    case VALUE_TUPLE:
        return SORT_TUPLE;
    case VALUE_DICT:
        return SORT_DICT;
    case VALUE_FUNCTION:
    case VALUE_NATIVE:
    case VALUE_METHOD:
        return SORT_FUNCTION;
    default:
        return SORT_OTHER;
    }
}

static bool is_number(enum sort sort)
{
    return sort == SORT_WHOLE || sort == SORT_FLOAT || sort == SORT_TRUTH;
}

static bool same_sort(enum sort a, enum sort b, struct tolerance tolerance)
{
    return a == b ||
           (tolerance.any_dtype && is_number(a) && is_number(b));
}

/* --------------------------------------------------------------- matching */

static double number_of(struct value value)
{
    double number = NAN;
    value_as_double(value, &number);
    return number;
}

static bool sequences_match(const struct sequence *a, const struct sequence *b,
                            struct tolerance tolerance)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (!value_matches(a->items[i], b->items[i], tolerance))
            return false;
    return true;
}

static bool dicts_match(const struct dict *a, const struct dict *b,
                        struct tolerance tolerance)
{
    struct value key, item, other;
    struct error err = ERROR_INIT;
    bool found, same = dict_count(a) == dict_count(b);
    for (size_t i = 0; same && dict_next(b, &i, &key, &item);) {
        same = dict_get(a, key, &found, &other, &err) && found;
        if (same) {
            same = value_matches(other, item, tolerance);
            value_unref(other);
        }
    }
    error_clear(&err);
    return same;
}

bool value_matches(struct value got, struct value wanted,
                   struct tolerance tolerance)
{
    enum sort sort = sort_of(wanted);
    if (!same_sort(sort_of(got), sort, tolerance))
        return false;
    switch (sort) {
    case SORT_NOTHING:
        return true;
    case SORT_WHOLE:
    case SORT_TRUTH:
    case SORT_FLOAT:
        if (got.kind == VALUE_INT && wanted.kind == VALUE_INT)
            return got.i == wanted.i;
        return number_is_near(number_of(got), number_of(wanted),
                              fmax(fabs(number_of(wanted)), 1e-3),
                              tolerance.within);
    case SORT_ARRAY:
        return arrays_match(value_array(got).tensor,
                            value_array(wanted).tensor, tolerance);
    case SORT_LIST:
    case SORT_TUPLE:
        return sequences_match(got.sequence, wanted.sequence, tolerance);
    case SORT_DICT:
        return dicts_match(got.dict, wanted.dict, tolerance);
    default:
        return value_equal(got, wanted) || got.object == wanted.object;
    }
}

/* -------------------------------------------------------------- sentences */

void value_noun(struct value value, struct strbuf *sb)
{
    struct strbuf shape = STRBUF_INIT;
    switch (sort_of(value)) {
    case SORT_NOTHING:
        strbuf_adds(sb, _("nothing (`None`)"));
        break;
    case SORT_TRUTH:
        strbuf_adds(sb, _("a truth value"));
        break;
    case SORT_WHOLE:
        strbuf_adds(sb, _("a whole number"));
        break;
    case SORT_FLOAT:
        strbuf_adds(sb, _("a float"));
        break;
    case SORT_ARRAY:
        shape_format(&shape, value_array(value).tensor->ndim,
                     value_array(value).tensor->shape);
        strbuf_addf(sb, _("an array of shape `%s`"), shape.text);
        break;
    case SORT_STRING:
        strbuf_adds(sb, _("a string"));
        break;
    case SORT_LIST:
        strbuf_adds(sb, _("a list"));
        break;
    case SORT_TUPLE:
        strbuf_adds(sb, _("a tuple"));
        break;
    case SORT_DICT:
        strbuf_adds(sb, _("a dict"));
        break;
    case SORT_FUNCTION:
        strbuf_adds(sb, _("a function"));
        break;
    default:
        strbuf_addf(sb, "`%s`", value_type_name(value));
    }
    strbuf_done(&shape);
}

static void say_sort(struct value got, struct value wanted, struct strbuf *sb)
{
    struct strbuf have = STRBUF_INIT, want = STRBUF_INIT;
    enum sort sort = sort_of(got);
    value_noun(got, &have);
    value_noun(wanted, &want);
    if (sort == SORT_FUNCTION)
        strbuf_addf(sb,
                    _("That only names a function: `()` calls it. This asks "
                      "for %s."),
                    want.text);
    else if (sort == SORT_NOTHING)
        strbuf_addf(sb, _("That gives nothing (`None`), this asks for %s."),
                    want.text);
    else if (is_number(sort) && is_number(sort_of(wanted)) &&
             number_of(got) == number_of(wanted))
        strbuf_addf(sb, _("The value is right, but it is %s; this asks for "
                          "%s."),
                    have.text, want.text);
    else
        strbuf_addf(sb, _("You got %s, this asks for %s."), have.text,
                    want.text);
    strbuf_done(&have);
    strbuf_done(&want);
}

static void say_number(struct value got, struct value wanted,
                       struct strbuf *sb)
{
    double a = number_of(got), b = number_of(wanted);
    struct strbuf text = STRBUF_INIT;
    value_repr(got, &text);
    if (sort_of(got) == SORT_TRUTH)
        strbuf_addf(sb, _("You got `%s`: it is the other way round."),
                    text.text);
    else if (isnan(a) || isnan(b) || isinf(a) || isinf(b))
        strbuf_addf(sb, _("You got `%s`, which is not the number asked for."),
                    text.text);
    else if (a == -b)
        strbuf_addf(sb, _("`%s` has the wrong sign."), text.text);
    else
        strbuf_addf(sb,
                    a > b ? _("`%s` is too large, by %.6g.")
                          : _("`%s` is too small, by %.6g."),
                    text.text, fabs(a - b));
    strbuf_done(&text);
}

static void say_string(struct value got, struct value wanted,
                       struct strbuf *sb)
{
    const char *a = got.string->text, *b = wanted.string->text;
    size_t same = 0;
    while (a[same] && a[same] == b[same])
        same++;
    while (same > 0 && ((unsigned char)a[same] & 0xc0) == 0x80)
        same--; /* to the character's start */
    size_t place = utf8_count(a, same) + 1;
    if (!b[same])
        strbuf_addf(sb, _("The text is too long: it should end before "
                          "character %zu."),
                    place);
    else if (!a[same])
        strbuf_addf(sb, _("The text is too short: character %zu is missing."),
                    place);
    else
        strbuf_addf(sb, _("The text differs from character %zu on."), place);
}

static void say_sequence(struct value got, struct value wanted,
                         struct tolerance tolerance, struct strbuf *sb)
{
    const struct sequence *a = got.sequence, *b = wanted.sequence;
    if (a->count != b->count) {
        strbuf_addf(sb, _("You got %zu items, this asks for %zu."), a->count,
                    b->count);
        return;
    }
    for (size_t i = 0; i < a->count; i++)
        if (!value_matches(a->items[i], b->items[i], tolerance)) {
            strbuf_addf(sb, _("Item %zu, counted from 0: "), i);
            value_difference(a->items[i], b->items[i], tolerance, sb);
            return;
        }
}

static void say_dict(struct value got, struct value wanted,
                     struct tolerance tolerance, struct strbuf *sb)
{
    struct value key, item, other;
    struct error err = ERROR_INIT;
    bool found;
    for (size_t i = 0; dict_next(wanted.dict, &i, &key, &item);) {
        struct strbuf name = STRBUF_INIT;
        value_repr(key, &name);
        found = false;
        dict_get(got.dict, key, &found, &other, &err);
        bool same = found && value_matches(other, item, tolerance);
        if (!found)
            strbuf_addf(sb, _("The key `%s` is missing."), name.text);
        else if (!same) {
            strbuf_addf(sb, _("Under the key `%s`: "), name.text);
            value_difference(other, item, tolerance, sb);
        }
        if (found)
            value_unref(other);
        strbuf_done(&name);
        error_clear(&err);
        if (!same)
            return;
    }
    strbuf_addf(sb, _("You got %zu keys, this asks for %zu."),
                dict_count(got.dict), dict_count(wanted.dict));
}

void value_difference(struct value got, struct value wanted,
                      struct tolerance tolerance, struct strbuf *sb)
{
    enum sort sort = sort_of(got);
    if (!same_sort(sort, sort_of(wanted), tolerance)) {
        say_sort(got, wanted, sb);
        return;
    }
    switch (sort) {
    case SORT_TRUTH:
    case SORT_WHOLE:
    case SORT_FLOAT:
        say_number(got, wanted, sb);
        break;
    case SORT_ARRAY:
        arrays_difference(value_array(got).tensor, value_array(wanted).tensor,
                          tolerance, sb);
        break;
    case SORT_STRING:
        say_string(got, wanted, sb);
        break;
    case SORT_LIST:
    case SORT_TUPLE:
        say_sequence(got, wanted, tolerance, sb);
        break;
    case SORT_DICT:
        say_dict(got, wanted, tolerance, sb);
        break;
    default:
        strbuf_adds(sb, _("That is another object than the one asked for."));
    }
}
