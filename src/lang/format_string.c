/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "%5.2f" % x and "{:5.2f}".format(x). */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "lang/format_spec.h"
#include "lang/interp.h"

/* ------------------------------------------------------------------- % */

/* What "%" takes its values from. */
struct percent {
    struct interp *interp;
    const char *at, *end;
    struct value args;
    size_t next; /* of a tuple, or 0 and 1 of a single value */
    struct strbuf *sb;
    struct error *err;
};

static bool next_argument(struct percent *p, struct value *ret)
{
    bool tuple = p->args.kind == VALUE_TUPLE;
    size_t count = tuple ? p->args.sequence->count : 1;
    if (p->next >= count)
        return error_set(p->err, ERROR_TYPE,
                         "not enough arguments for format string");
    *ret = tuple ? p->args.sequence->items[p->next] : p->args;
    p->next++;
    return true;
}

/* (name) of a dict; *RET is borrowed from it. */
static bool mapped_argument(struct percent *p, struct value *ret)
{
    const char *close = memchr(p->at, ')', (size_t)(p->end - p->at));
    struct value found;
    if (p->args.kind != VALUE_DICT)
        return error_set(p->err, ERROR_TYPE, "format requires a mapping");
    if (!close)
        return error_set(p->err, ERROR_VALUE, "incomplete format key");
    struct value key = value_string_n(p->at, (size_t)(close - p->at));
    bool good = value_get_item(p->interp, p->args, key, &found, p->err);
    value_unref(key);
    if (!good)
        return false;
    value_unref(found); /* the dict holds it */
    p->at = close + 1;
    *ret = found;
    p->next = 1;
    return true;
}

/* WHAT: "width" or "precision" */
static bool count_or_star(struct percent *p, const char *what, int *ret)
{
    struct value value;
    int64_t count;
    if (p->at < p->end && *p->at == '*') {
        p->at++;
        if (!next_argument(p, &value))
            return false;
        if (!value_as_int(value, &count) || count < -10000 || count > 10000)
            return error_set(p->err, ERROR_TYPE, "* wants int");
        *ret = (int)count;
        return true;
    }
    for (*ret = 0; p->at < p->end && isdigit((unsigned char)*p->at); p->at++)
        if (*ret <= MAX_WIDTH)
            *ret = *ret * 10 + (*p->at - '0');
    return *ret <= MAX_WIDTH ||
           error_set(p->err, ERROR_VALUE, "%s too big", what);
}

static bool parse_flags(struct percent *p, struct format_spec *spec)
{
    bool left = false, zero = false;
    for (; p->at < p->end && strchr("-+ #0", *p->at); p->at++) {
        left |= *p->at == '-';
        zero |= *p->at == '0';
        spec->alternate |= *p->at == '#';
        if (*p->at == '+' || (*p->at == ' ' && spec->sign != '+'))
            spec->sign = *p->at;
    }
    if (!count_or_star(p, "width", &spec->width))
        return false;
    if (spec->width < 0) {
        left = true;
        spec->width = -spec->width;
    }
    if (p->at < p->end && *p->at == '.') {
        p->at++;
        if (!count_or_star(p, "precision", &spec->precision))
            return false;
    }
    spec->align = left ? '<' : zero ? '=' : '>';
    if (zero && !left)
        spec->fill[0] = '0';
    return true;
}

static bool percent_text(struct percent *p, struct format_spec *spec,
                         struct value value)
{
    struct strbuf text = STRBUF_INIT;
    if (spec->type == 'r')
        value_repr(value, &text);
    else if (spec->type == 'a')
        value_ascii(value, &text);
    else
        value_str(value, &text);
    if (spec->align == '=')
        spec->align = '>';
    spec->fill[0] = ' ';
    spec->has_sign = false;
    bool good = format_text(spec, text.text, text.length, p->sb, p->err);
    strbuf_done(&text);
    return good;
}

static bool percent_number(struct percent *p, struct format_spec *spec,
                           struct value value)
{
    int64_t integer;
    double number;
    bool real = strchr("eEfFgG", spec->type) != NULL;
    if (!value_as_double(value, &number))
        return error_set(p->err, ERROR_TYPE,
                         real ? "must be real number, not %s"
                              : "%%d format: a real number is required, not %s",
                         value_type_name(value));
    if (real)
        return format_float(spec, number, p->sb, p->err);
    if (!value_as_int(value, &integer)) {
        if (strchr("xXoc", spec->type))
            return error_set(p->err, ERROR_TYPE,
                             "%%%c format: an integer is required, not %s",
                             spec->type, value_type_name(value));
        if (!(number > -9.2e18 && number < 9.2e18))
            return error_set(p->err, ERROR_OVERFLOW,
                             "cannot convert float to integer");
        integer = (int64_t)number;
    }
    spec->precision = -1;
    return format_integer(spec, integer, p->sb, p->err);
}

static bool percent_item(struct percent *p)
{
    struct format_spec spec = {
        .fill = " ", .fill_length = 1, .sign = '-', .precision = -1};
    struct value value = {.kind = VALUE_UNDEFINED};
    if (p->at < p->end && *p->at == '(') {
        p->at++;
        if (!mapped_argument(p, &value))
            return false;
    }
    if (!parse_flags(p, &spec))
        return false;
    while (p->at < p->end && strchr("hlL", *p->at))
        p->at++;
    if (p->at == p->end)
        return error_set(p->err, ERROR_VALUE, "incomplete format");
    spec.type = *p->at++;
    if (spec.type == '%') {
        strbuf_addc(p->sb, '%');
        return true;
    }
    if (value.kind == VALUE_UNDEFINED && !next_argument(p, &value))
        return false;
    if (spec.type == 'i' || spec.type == 'u')
        spec.type = 'd';
    if (strchr("sra", spec.type) ||
        (spec.type == 'c' && value.kind == VALUE_STRING))
        return percent_text(p, &spec, value);
    if (strchr("dxXoceEfFgG", spec.type))
        return percent_number(p, &spec, value);
    return error_set(p->err, ERROR_VALUE,
                     "unsupported format character '%c' (0x%x) at index %zu",
                     spec.type, (unsigned)spec.type, p->next);
}

bool format_percent(struct interp *interp, const struct string *format,
                    struct value args, struct value *ret, struct error *err)
{
    struct strbuf sb = STRBUF_INIT;
    struct percent p = {.interp = interp,
                        .at = format->text,
                        .end = format->text + format->length,
                        .args = args,
                        .sb = &sb,
                        .err = err};
    bool good = true;
    while (good && p.at < p.end) {
        if (*p.at != '%') {
            strbuf_addc(&sb, *p.at++);
            continue;
        }
        p.at++;
        good = percent_item(&p);
    }
    size_t count = args.kind == VALUE_TUPLE ? args.sequence->count : 1;
    if (good && p.next < count && args.kind != VALUE_DICT)
        good = error_set(err, ERROR_TYPE,
                         "not all arguments converted during string "
                         "formatting");
    if (good)
        *ret = value_string_take(&sb);
    strbuf_done(&sb);
    return good;
}

/* -------------------------------------------------------------- {} */

struct braces {
    struct interp *interp;
    const struct call_args *args;
    int next; /* automatic numbering */
    struct error *err;
};

static bool format_pieces(struct braces *b, const char *at, const char *end,
                          int depth, struct strbuf *sb);

static bool positional(struct braces *b, int64_t number, struct value *ret)
{
    if (number >= b->args->count)
        return error_set(b->err, ERROR_INDEX,
                         "Replacement index %lld out of range for positional "
                         "args tuple",
                         (long long)number);
    *ret = value_ref(b->args->values[number]);
    return true;
}

/* The first part of a field: nothing, a number or a name. */
static bool field_first(struct braces *b, const char *name, size_t length,
                        struct value *ret)
{
    if (length == 0)
        return positional(b, b->next++, ret);
    if (isdigit((unsigned char)name[0]))
        return positional(b, strtoll(name, NULL, 10), ret);
    for (int i = 0; i < b->args->keyword_count; i++) {
        const struct keyword_value *keyword = &b->args->keywords[i];
        if (strlen(keyword->name) == length &&
            !memcmp(keyword->name, name, length)) {
            *ret = value_ref(keyword->value);
            return true;
        }
    }
    return error_set(b->err, ERROR_KEY, "'%.*s'", (int)length, name);
}

/* .attribute and [item] after it */
static bool field_rest(struct braces *b, const char *at, const char *end,
                       struct value *value)
{
    while (at < end) {
        struct value next;
        bool item = *at == '[';
        size_t length = 0;
        for (at++; at + length < end; length++)
            if (item ? at[length] == ']'
                     : at[length] == '.' || at[length] == '[')
                break;
        struct value key = value_string_n(at, length);
        if (item && length && isdigit((unsigned char)*at)) {
            value_unref(key);
            key = value_int(strtoll(at, NULL, 10));
        }
        bool good = item
                        ? value_get_item(b->interp, *value, key, &next, b->err)
                        : interp_get_attribute(b->interp, *value,
                                               key.string->text, &next, b->err);
        value_unref(key);
        if (!good)
            return false;
        value_unref(*value);
        *value = next;
        at += length + (item && at + length < end);
    }
    return true;
}

static bool convert(struct braces *b, char conversion, struct value *value)
{
    struct strbuf text = STRBUF_INIT;
    if (conversion == 'r')
        value_repr(*value, &text);
    else if (conversion == 's')
        value_str(*value, &text);
    else if (conversion == 'a')
        value_ascii(*value, &text);
    else
        return error_set(b->err, ERROR_VALUE,
                         "Unknown conversion specifier '%c'", conversion);
    value_unref(*value);
    *value = value_string_take(&text);
    return true;
}

/* One field, AT … END without its braces. */
static bool format_field(struct braces *b, const char *at, const char *end,
                         int depth, struct strbuf *sb)
{
    const char *stop = at;
    int brackets = 0;
    for (; stop < end; stop++) {
        brackets += (*stop == '[') - (*stop == ']');
        if (brackets == 0 && (*stop == ':' || *stop == '!'))
            break;
    }
    size_t first = 0;
    while (at + first < stop && at[first] != '.' && at[first] != '[')
        first++;
    struct value value;
    struct strbuf spec = STRBUF_INIT;
    if (!field_first(b, at, first, &value))
        return false;
    bool good = field_rest(b, at + first, stop, &value);
    if (good && stop + 1 < end && *stop == '!') {
        good = convert(b, stop[1], &value);
        stop += 2;
    }
    if (good && stop < end && *stop == ':')
        good = format_pieces(b, stop + 1, end, depth + 1, &spec);
    good = good &&
           value_format(b->interp, value, spec.text, spec.length, sb, b->err);
    strbuf_done(&spec);
    value_unref(value);
    return good;
}

/* The } that belongs to the { before AT, or NULL. */
static const char *closing_brace(const char *at, const char *end)
{
    int depth = 1;
    for (; at < end; at++) {
        depth += (*at == '{') - (*at == '}');
        if (depth == 0)
            return at;
    }
    return NULL;
}

static bool format_pieces(struct braces *b, const char *at, const char *end,
                          int depth, struct strbuf *sb)
{
    if (depth > 2)
        return error_set(b->err, ERROR_VALUE, "Max string recursion exceeded");
    while (at < end) {
        bool doubled = at + 1 < end && at[1] == *at;
        if ((*at == '{' || *at == '}') && doubled) {
            strbuf_addc(sb, *at);
            at += 2;
        } else if (*at == '}') {
            return error_set(b->err, ERROR_VALUE,
                             "Single '}' encountered in format string");
        } else if (*at == '{') {
            const char *close = closing_brace(at + 1, end);
            if (!close)
                return error_set(b->err, ERROR_VALUE,
                                 at + 1 == end
                                     ? "Single '{' encountered in format string"
                                     : "expected '}' before end of string");
            if (!format_field(b, at + 1, close, depth, sb))
                return false;
            at = close + 1;
        } else {
            strbuf_addc(sb, *at++);
        }
    }
    return true;
}

bool format_braces(struct interp *interp, const struct string *format,
                   const struct call_args *args, struct value *ret,
                   struct error *err)
{
    struct braces b = {.interp = interp, .args = args, .err = err};
    struct strbuf sb = STRBUF_INIT;
    bool good =
        format_pieces(&b, format->text, format->text + format->length, 0, &sb);
    if (good)
        *ret = value_string_take(&sb);
    strbuf_done(&sb);
    return good;
}
