/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Methods of str.  args->values[0] is the string itself. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "lang/methods_bytes.h"
#include "lang/methods_string.h"

#define METHOD(name)                                                     \
    static bool name(struct interp *interp, const struct native *native, \
                     const struct call_args *args, struct value *ret,    \
                     struct error *err)

static const struct string *self_of(const struct call_args *args)
{
    return args->values[0].string;
}

/* Argument NUMBER (1 is the first after self) as a str. */
static bool text_argument(const struct native *native,
                          const struct call_args *args, int number,
                          const struct string **ret, struct error *err)
{
    struct value value = args->values[number];
    if (value.kind != VALUE_STRING)
        return error_set(err, ERROR_TYPE,
                         "%s() argument %d must be str, not %s", native->name,
                         number, value_type_name(value));
    *ret = value.string;
    return true;
}

static bool count_argument(const struct call_args *args, int number,
                           int64_t *ret, struct error *err)
{
    if (value_as_int(args->values[number], ret))
        return true;
    return error_set(err, ERROR_TYPE,
                     "'%s' object cannot be interpreted as an integer",
                     value_type_name(args->values[number]));
}

/* ------------------------------------------------------------------- case */

static int capital_after_first(int c, size_t i, char previous)
{
    (void)previous;
    return i ? tolower(c) : toupper(c);
}

static int title_case(int c, size_t i, char previous)
{
    return i && isalpha((unsigned char)previous) ? tolower(c) : toupper(c);
}

static int upper_case(int c, size_t i, char previous)
{
    (void)i;
    (void)previous;
    return toupper(c);
}

static int lower_case(int c, size_t i, char previous)
{
    (void)i;
    (void)previous;
    return tolower(c);
}

static int swap_case(int c, size_t i, char previous)
{
    (void)i;
    (void)previous;
    return islower(c) ? toupper(c) : tolower(c);
}

/* native->data tells which letters change (ASCII ones). */
struct case_rule {
    int (*letter)(int c, size_t i, char previous);
};

static const struct case_rule to_upper = {upper_case}, to_lower = {lower_case},
                              to_title = {title_case},
                              to_capital = {capital_after_first},
                              to_swapped = {swap_case};

METHOD(change_case)
{
    const struct case_rule *rule = native->data;
    const struct string *self = self_of(args);
    struct strbuf sb = STRBUF_INIT;
    (void)interp;
    if (!method_arity(native, args, 0, 0, err))
        return false;
    for (size_t i = 0; i < self->length; i++) {
        unsigned char c = (unsigned char)self->text[i];
        int changed = rule->letter(c, i, i ? self->text[i - 1] : ' ');
        strbuf_addc(&sb, (char)(c < 0x80 ? changed : c));
    }
    *ret = value_string_take(&sb);
    return true;
}

/* ------------------------------------------------------------------ tests */

static bool is_letter(uint32_t c)
{
    return c != '_' && utf8_is_letter(c);
}
static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}
static bool is_letter_or_digit(uint32_t c)
{
    return is_letter(c) || is_digit(c);
}
static bool is_blank(uint32_t c)
{
    return c == ' ' || (c >= 9 && c <= 13) || (c >= 0x1C && c <= 0x1F) ||
           c == 0x85 || c == 0xA0 || c == 0x3000;
}

struct test_rule {
    bool (*holds)(uint32_t c);
};

static const struct test_rule letters = {is_letter}, digits = {is_digit},
                              both = {is_letter_or_digit}, blanks = {is_blank};

/* Do all characters (and there is one) pass native->data's test? */
METHOD(test_all)
{
    const struct test_rule *rule = native->data;
    const struct string *self = self_of(args);
    bool all = self->length > 0;
    (void)interp;
    if (!method_arity(native, args, 0, 0, err))
        return false;
    for (size_t i = 0; i < self->length && all;) {
        uint32_t c = 0;
        int used = utf8_decode(self->text + i, self->length - i, &c);
        all = rule->holds(c);
        i += used ? (size_t)used : 1;
    }
    *ret = value_bool(all);
    return true;
}

/* isupper and islower: native->data is the first letter of the range. */
METHOD(test_case)
{
    char first = *(const char *)native->data;
    const struct string *self = self_of(args);
    bool some = false, other = false;
    (void)interp;
    if (!method_arity(native, args, 0, 0, err))
        return false;
    for (size_t i = 0; i < self->length; i++) {
        unsigned char c = (unsigned char)self->text[i];
        if (!isalpha(c))
            continue;
        some |= (first == 'A') == (isupper(c) != 0);
        other |= (first == 'A') != (isupper(c) != 0);
    }
    *ret = value_bool(some && !other);
    return true;
}

/* -------------------------------------------------------- strip and split */

static bool strips(const struct string *set, char c)
{
    return set ? memchr(set->text, c, set->length) != NULL
               : is_blank((unsigned char)c);
}

/* native->data: "l", "r" or "lr". */
METHOD(strip)
{
    const struct string *self = self_of(args), *set = NULL;
    const char *sides = native->data;
    size_t start = 0, end = self->length;
    (void)interp;
    if (!method_arity(native, args, 0, 1, err))
        return false;
    if (args->count > 1 && args->values[1].kind != VALUE_NONE &&
        !text_argument(native, args, 1, &set, err))
        return false;
    while (strchr(sides, 'l') && start < end && strips(set, self->text[start]))
        start++;
    while (strchr(sides, 'r') && end > start &&
           strips(set, self->text[end - 1]))
        end--;
    *ret = value_string_n(self->text + start, end - start);
    return true;
}

static void append_piece(struct sequence *list, const char *text, size_t length)
{
    struct value piece = value_string_n(text, length);
    list_append(list, piece);
    value_unref(piece);
}

static void split_blanks(const struct string *self, int64_t most,
                         struct sequence *list)
{
    size_t i = 0;
    for (;;) {
        while (i < self->length && is_blank((unsigned char)self->text[i]))
            i++;
        if (i == self->length)
            return;
        size_t start = i;
        if (most >= 0 && (int64_t)list->count == most) {
            size_t end = self->length;
            while (is_blank((unsigned char)self->text[end - 1]))
                end--;
            append_piece(list, self->text + start, end - start);
            return;
        }
        while (i < self->length && !is_blank((unsigned char)self->text[i]))
            i++;
        append_piece(list, self->text + start, i - start);
    }
}

static void split_at(const struct string *self, const struct string *separator,
                     int64_t most, struct sequence *list)
{
    const char *at = self->text, *end = self->text + self->length, *next;
    while ((most < 0 || (int64_t)list->count < most) &&
           (next = memmem(at, (size_t)(end - at), separator->text,
                          separator->length))) {
        append_piece(list, at, (size_t)(next - at));
        at = next + separator->length;
    }
    append_piece(list, at, (size_t)(end - at));
}

/* "a b".split(sep=None, maxsplit=-1) */
METHOD(split)
{
    struct value separator = value_none(), most_value = value_int(-1);
    int64_t most;
    (void)interp;
    if (args->count > 1)
        separator = args->values[1];
    if (args->count > 2)
        most_value = args->values[2];
    for (int i = 0; i < args->keyword_count; i++) {
        if (!strcmp(args->keywords[i].name, "sep"))
            separator = args->keywords[i].value;
        else if (!strcmp(args->keywords[i].name, "maxsplit"))
            most_value = args->keywords[i].value;
        else
            return method_arity(native, args, 0, 2, err);
    }
    if (!value_as_int(most_value, &most))
        return error_set(err, ERROR_TYPE,
                         "'%s' object cannot be interpreted as an integer",
                         value_type_name(most_value));
    if (separator.kind != VALUE_NONE && separator.kind != VALUE_STRING)
        return error_set(err, ERROR_TYPE, "must be str or None, not %s",
                         value_type_name(separator));
    if (separator.kind == VALUE_STRING && separator.string->length == 0)
        return error_set(err, ERROR_VALUE, "empty separator");
    struct value list = value_list(0, NULL);
    if (separator.kind == VALUE_NONE)
        split_blanks(self_of(args), most, list.sequence);
    else
        split_at(self_of(args), separator.string, most, list.sequence);
    *ret = list;
    return true;
}

METHOD(splitlines)
{
    const struct string *self = self_of(args);
    const char *at = self->text, *end = self->text + self->length;
    (void)interp;
    if (!method_arity(native, args, 0, 0, err))
        return false;
    struct value list = value_list(0, NULL);
    while (at < end) {
        size_t length = strcspn(at, "\r\n");
        append_piece(list.sequence, at, length);
        at += length;
        if (at < end)
            at += at[0] == '\r' && at[1] == '\n' ? 2 : 1;
    }
    *ret = list;
    return true;
}

METHOD(join)
{
    const struct string *self = self_of(args);
    struct strbuf sb = STRBUF_INIT;
    struct value *items;
    size_t count;
    bool good = true;
    if (!method_arity(native, args, 1, 1, err) ||
        !interp_collect(interp, args->values[1], &count, &items, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (good && items[i].kind != VALUE_STRING)
            good = error_set(err, ERROR_TYPE,
                             "sequence item %zu: expected str instance, %s "
                             "found",
                             i, value_type_name(items[i]));
        if (good) {
            if (i)
                strbuf_add(&sb, self->text, self->length);
            strbuf_add(&sb, items[i].string->text, items[i].string->length);
        }
        value_unref(items[i]);
    }
    free(items);
    if (good)
        *ret = value_string_take(&sb);
    strbuf_done(&sb);
    return good;
}

/* ---------------------------------------------------- search and replace */

METHOD(replace)
{
    const struct string *self = self_of(args), *old = NULL, *new = NULL;
    int64_t most = -1;
    (void)interp;
    if (!method_arity(native, args, 2, 3, err) ||
        !text_argument(native, args, 1, &old, err) ||
        !text_argument(native, args, 2, &new, err) ||
        (args->count > 3 && !count_argument(args, 3, &most, err)))
        return false;
    struct strbuf sb = STRBUF_INIT;
    const char *at = self->text, *end = self->text + self->length;
    while (most != 0 && at <= end) {
        const char *next =
            memmem(at, (size_t)(end - at), old->text, old->length);
        if (!next)
            break;
        strbuf_add(&sb, at, (size_t)(next - at));
        strbuf_add(&sb, new->text, new->length);
        at = next + old->length;
        if (old->length == 0) {
            if (at < end)
                strbuf_addc(&sb, *at);
            at++;
        }
        most--;
    }
    if (at < end)
        strbuf_add(&sb, at, (size_t)(end - at));
    *ret = value_string_take(&sb);
    return true;
}

/* The bytes of text.find(part, start, end) to look at; start and end are the
   second and third argument. */
struct stretch {
    const char *start, *end;
    bool empty; /* start lies behind end */
};

static const char *character_at(const struct string *self, int64_t index)
{
    const char *at = self->text, *end = at + self->length;
    uint32_t c;
    if (index >= (int64_t)self->length)
        return end;
    for (; index > 0 && at < end; index--) {
        int used = utf8_decode(at, (size_t)(end - at), &c);
        at += used ? used : 1;
    }
    return at;
}

static bool stretch_of(const struct string *self, const struct call_args *args,
                       struct stretch *ret, struct error *err)
{
    int64_t bounds[2] = {0, INT64_MAX}, length = 0;
    if (args->count > 2)
        length = (int64_t)utf8_count(self->text, self->length);
    for (int i = 0; i < 2 && i + 2 < args->count; i++) {
        struct value bound = args->values[i + 2];
        if (bound.kind != VALUE_NONE && !value_as_int(bound, &bounds[i]))
            return error_set(err, ERROR_TYPE,
                             "slice indices must be integers or None or have "
                             "an __index__ method");
        if (bounds[i] < 0)
            bounds[i] = bounds[i] + length > 0 ? bounds[i] + length : 0;
    }
    ret->empty = args->count > 2 &&
                 (bounds[0] > length || bounds[0] > bounds[1]);
    ret->start = character_at(self, bounds[0]);
    ret->end = character_at(self, bounds[1]);
    return true;
}

/* Where PART first stands in STRETCH, or last; NULL when it does not. */
static const char *search(const struct stretch *stretch,
                          const struct string *part, bool last)
{
    const char *found = NULL;
    size_t length = part->length;
    for (const char *at = stretch->start;
         (size_t)(stretch->end - at) >= length; at++) {
        if (!memcmp(at, part->text, length))
            found = at;
        if (at == stretch->end || (found && !last))
            break;
    }
    return found;
}

/* find, rfind, index, rindex: native->name tells the variant. */
METHOD(find)
{
    const struct string *self = self_of(args), *part = NULL;
    bool last = native->name[0] == 'r';
    bool strict = strstr(native->name, "index") != NULL;
    struct stretch stretch;
    (void)interp;
    if (!method_arity(native, args, 1, 3, err) ||
        !text_argument(native, args, 1, &part, err) ||
        !stretch_of(self, args, &stretch, err))
        return false;
    const char *at = stretch.empty ? NULL : search(&stretch, part, last);
    if (!at && strict)
        return error_set(err, ERROR_VALUE, "substring not found");
    *ret = value_int(
        at ? (int64_t)utf8_count(self->text, (size_t)(at - self->text)) : -1);
    return true;
}

METHOD(count_parts)
{
    const struct string *self = self_of(args), *part = NULL;
    struct stretch stretch;
    (void)interp;
    if (!method_arity(native, args, 1, 3, err) ||
        !text_argument(native, args, 1, &part, err) ||
        !stretch_of(self, args, &stretch, err))
        return false;
    const char *at = stretch.start, *end = stretch.end;
    int64_t count = 0;
    if (stretch.empty || part->length == 0) {
        *ret = value_int(
            stretch.empty ? 0
                          : (int64_t)utf8_count(at, (size_t)(end - at)) + 1);
        return true;
    }
    while ((at = memmem(at, (size_t)(end - at), part->text, part->length))) {
        count++;
        at += part->length;
    }
    *ret = value_int(count);
    return true;
}

static bool has_affix(const struct string *self, const struct string *affix,
                      bool at_end)
{
    if (affix->length > self->length)
        return false;
    size_t from = at_end ? self->length - affix->length : 0;
    return !memcmp(self->text + from, affix->text, affix->length);
}

/* startswith and endswith, of one str or a tuple of them */
METHOD(affix)
{
    bool at_end = native->name[0] == 'e', found = false;
    const struct string *part = NULL;
    (void)interp;
    if (!method_arity(native, args, 1, 1, err))
        return false;
    if (args->values[1].kind == VALUE_TUPLE) {
        const struct sequence *tuple = args->values[1].sequence;
        for (size_t i = 0; i < tuple->count; i++)
            if (tuple->items[i].kind == VALUE_STRING)
                found |=
                    has_affix(self_of(args), tuple->items[i].string, at_end);
    } else {
        if (!text_argument(native, args, 1, &part, err))
            return false;
        found = has_affix(self_of(args), part, at_end);
    }
    *ret = value_bool(found);
    return true;
}

/* ---------------------------------------------------------------- padding */

/* ljust, rjust, center, zfill */
METHOD(pad)
{
    const struct string *self = self_of(args), *fill = NULL;
    int64_t width;
    bool zeros = native->name[0] == 'z';
    (void)interp;
    if (!method_arity(native, args, 1, zeros ? 1 : 2, err) ||
        !count_argument(args, 1, &width, err) ||
        (args->count > 2 && !text_argument(native, args, 2, &fill, err)))
        return false;
    if (fill && utf8_count(fill->text, fill->length) != 1)
        return error_set(err, ERROR_TYPE,
                         "The fill character must be exactly one character "
                         "long");
    int64_t missing = width - (int64_t)utf8_count(self->text, self->length);
    if (missing > INT32_MAX)
        return error_set(err, ERROR_MEMORY, "the result is too long");
    if (missing < 0)
        missing = 0;
    int64_t left = native->name[0] == 'l' ? 0
                   : native->name[0] == 'c'
                       ? missing / 2 + (missing & width & 1)
                       : missing;
    struct strbuf sb = STRBUF_INIT;
    const char *text = self->text;
    size_t length = self->length;
    if (zeros && length && (text[0] == '-' || text[0] == '+')) {
        strbuf_addc(&sb, *text++);
        length--;
    }
    for (int64_t i = 0; i < left; i++)
        strbuf_add(&sb,
                   fill    ? fill->text
                   : zeros ? "0"
                           : " ",
                   fill ? fill->length : 1);
    strbuf_add(&sb, text, length);
    for (int64_t i = left; i < missing; i++)
        strbuf_add(&sb, fill ? fill->text : " ", fill ? fill->length : 1);
    *ret = value_string_take(&sb);
    return true;
}

METHOD(format)
{
    struct call_args rest = *args;
    (void)interp;
    (void)native;
    rest.values++;
    rest.count--;
    return format_braces(interp, self_of(args), &rest, ret, err);
}

struct native string_methods[] = {
    {.object = {1}, .name = "encode", .call = string_encode},
    {.object = {1}, .name = "upper", .call = change_case, .data = &to_upper},
    {.object = {1}, .name = "lower", .call = change_case, .data = &to_lower},
    {.object = {1}, .name = "title", .call = change_case, .data = &to_title},
    {.object = {1},
     .name = "capitalize",
     .call = change_case,
     .data = &to_capital},
    {.object = {1},
     .name = "swapcase",
     .call = change_case,
     .data = &to_swapped},
    {.object = {1}, .name = "casefold", .call = change_case, .data = &to_lower},
    {.object = {1}, .name = "partition", .call = string_partition},
    {.object = {1}, .name = "rpartition", .call = string_partition},
    {.object = {1}, .name = "removeprefix", .call = string_remove_affix},
    {.object = {1}, .name = "removesuffix", .call = string_remove_affix},
    {.object = {1}, .name = "expandtabs", .call = string_expandtabs},
    {.object = {1}, .name = "translate", .call = string_translate},
    {.object = {1}, .name = "isidentifier", .call = string_isidentifier},
    {.object = {1}, .name = "isdecimal", .call = test_all, .data = &digits},
    {.object = {1}, .name = "isalpha", .call = test_all, .data = &letters},
    {.object = {1}, .name = "isdigit", .call = test_all, .data = &digits},
    {.object = {1}, .name = "isnumeric", .call = test_all, .data = &digits},
    {.object = {1}, .name = "isalnum", .call = test_all, .data = &both},
    {.object = {1}, .name = "isspace", .call = test_all, .data = &blanks},
    {.object = {1}, .name = "isupper", .call = test_case, .data = "A"},
    {.object = {1}, .name = "islower", .call = test_case, .data = "a"},
    {.object = {1}, .name = "strip", .call = strip, .data = "lr"},
    {.object = {1}, .name = "lstrip", .call = strip, .data = "l"},
    {.object = {1}, .name = "rstrip", .call = strip, .data = "r"},
    {.object = {1}, .name = "split", .call = split},
    {.object = {1}, .name = "rsplit", .call = string_rsplit},
    {.object = {1}, .name = "splitlines", .call = splitlines},
    {.object = {1}, .name = "join", .call = join},
    {.object = {1}, .name = "replace", .call = replace},
    {.object = {1}, .name = "find", .call = find},
    {.object = {1}, .name = "rfind", .call = find},
    {.object = {1}, .name = "index", .call = find},
    {.object = {1}, .name = "rindex", .call = find},
    {.object = {1}, .name = "count", .call = count_parts},
    {.object = {1}, .name = "startswith", .call = affix},
    {.object = {1}, .name = "endswith", .call = affix},
    {.object = {1}, .name = "ljust", .call = pad},
    {.object = {1}, .name = "rjust", .call = pad},
    {.object = {1}, .name = "center", .call = pad},
    {.object = {1}, .name = "zfill", .call = pad},
    {.object = {1}, .name = "format", .call = format},
    {.name = NULL}};
