/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Methods of str that cut a text at a place, or replace its characters. */
#include <string.h>

#include "base/utf8.h"
#include "lang/methods_string.h"

static bool text_of(const struct native *native, const struct call_args *args,
                    const struct string **ret, struct error *err)
{
    if (!method_arity(native, args, 1, 1, err))
        return false;
    if (args->values[1].kind != VALUE_STRING)
        return error_set(err, ERROR_TYPE, "%s() argument must be str, not %s",
                         native->name, value_type_name(args->values[1]));
    *ret = args->values[1].string;
    return true;
}

static const char *find_last(const struct string *self,
                             const struct string *part)
{
    for (size_t i = self->length + 1; i-- > 0;)
        if (part->length <= self->length - i &&
            !memcmp(self->text + i, part->text, part->length))
            return self->text + i;
    return NULL;
}

/* partition, rpartition: before, separator, after */
bool string_partition(struct interp *interp, const struct native *native,
                      const struct call_args *args, struct value *ret,
                      struct error *err)
{
    const struct string *self = args->values[0].string, *part;
    bool last = native->name[0] == 'r';
    (void)interp;
    if (!text_of(native, args, &part, err))
        return false;
    if (part->length == 0)
        return error_set(err, ERROR_VALUE, "empty separator");
    const char *at =
        last ? find_last(self, part)
             : memmem(self->text, self->length, part->text, part->length);
    struct value parts[3] = {args->values[0], value_string(""),
                             value_string("")};
    if (at) {
        size_t before = (size_t)(at - self->text);
        value_unref(parts[1]);
        value_unref(parts[2]);
        parts[0] = value_string_n(self->text, before);
        parts[1] = value_ref(args->values[1]);
        parts[2] = value_string_n(at + part->length,
                                  self->length - before - part->length);
    } else if (last) {
        parts[0] = parts[2];
        parts[2] = value_ref(args->values[0]);
    } else {
        value_ref(parts[0]);
    }
    *ret = value_tuple_take(3, parts);
    return true;
}

/* removeprefix, removesuffix */
bool string_remove_affix(struct interp *interp, const struct native *native,
                         const struct call_args *args, struct value *ret,
                         struct error *err)
{
    const struct string *self = args->values[0].string, *part;
    bool suffix = !strcmp(native->name, "removesuffix");
    (void)interp;
    if (!text_of(native, args, &part, err))
        return false;
    size_t rest = self->length - part->length;
    if (part->length > self->length ||
        memcmp(self->text + (suffix ? rest : 0), part->text, part->length) != 0)
        *ret = value_ref(args->values[0]);
    else
        *ret = value_string_n(self->text + (suffix ? 0 : part->length), rest);
    return true;
}

bool string_expandtabs(struct interp *interp, const struct native *native,
                       const struct call_args *args, struct value *ret,
                       struct error *err)
{
    const struct string *self = args->values[0].string;
    struct strbuf sb = STRBUF_INIT;
    int64_t width = 8, column = 0;
    (void)interp;
    if (!method_arity(native, args, 0, 1, err))
        return false;
    if (args->count > 1 && !value_as_int(args->values[1], &width))
        return error_set(err, ERROR_TYPE,
                         "'%s' object cannot be interpreted as an integer",
                         value_type_name(args->values[1]));
    width = width < 0 ? 0 : width > 1000 ? 1000 : width;
    for (size_t i = 0; i < self->length; i++) {
        char c = self->text[i];
        int64_t blanks = width ? width - column % width : 0;
        if (c == '\t') {
            strbuf_repeat(&sb, ' ', (size_t)blanks);
            column += blanks;
            continue;
        }
        strbuf_addc(&sb, c);
        column = c == '\n' || c == '\r' ? 0 : column + ((c & 0xC0) != 0x80);
    }
    *ret = value_string_take(&sb);
    return true;
}

/* str.maketrans(from, to[, without]) or (dict): a dict of characters.  Static:
   no self is among the arguments. */
bool string_maketrans(struct interp *interp, const struct native *native,
                      const struct call_args *args, struct value *ret,
                      struct error *err)
{
    struct value *lists[3] = {NULL};
    size_t counts[3] = {0};
    (void)interp;
    int given = args->count;
    if (given == 1 && args->values[0].kind == VALUE_DICT) {
        *ret = value_ref(args->values[0]);
        return true;
    }
    if (given < 2 || given > 3)
        return error_set(err, ERROR_TYPE,
                         "%s() takes a dict, or 2 or 3 strings", native->name);
    struct value table = value_dict();
    bool good = true;
    for (int i = 0; good && i < given; i++)
        good = args->values[i].kind == VALUE_STRING
                   ? interp_collect(interp, args->values[i], &counts[i],
                                    &lists[i], err)
                   : error_set(err, ERROR_TYPE,
                               "maketrans() arguments must be str");
    if (good && counts[0] != counts[1])
        good = error_set(err, ERROR_VALUE,
                         "the first two maketrans arguments must have equal "
                         "length");
    for (size_t i = 0; good && i < counts[0]; i++)
        dict_set(table.dict, lists[0][i], lists[1][i], err);
    for (size_t i = 0; good && i < counts[2]; i++)
        dict_set(table.dict, lists[2][i], value_none(), err);
    for (int k = 0; k < 3; k++)
        values_free(lists[k], counts[k]);
    if (good)
        *ret = table;
    else
        value_unref(table);
    return good;
}

/* What TABLE says of a character: by the character or by its code. */
static bool translate_one(const struct dict *table, const char *text,
                          size_t used, uint32_t code, struct strbuf *sb,
                          struct error *err)
{
    struct value key = value_string_n(text, used), to;
    char encoded[4];
    int64_t number;
    bool found;
    bool good = dict_get(table, key, &found, &to, err);
    value_unref(key);
    if (good && !found)
        good = dict_get(table, value_int(code), &found, &to, err);
    if (!good)
        return false;
    if (!found)
        strbuf_add(sb, text, used);
    else if (to.kind == VALUE_STRING)
        strbuf_add(sb, to.string->text, to.string->length);
    else if (value_as_int(to, &number) && number >= 0 && number < 0x110000)
        strbuf_add(sb, encoded, (size_t)utf8_encode((uint32_t)number, encoded));
    if (found)
        value_unref(to);
    return true;
}

bool string_translate(struct interp *interp, const struct native *native,
                      const struct call_args *args, struct value *ret,
                      struct error *err)
{
    const struct string *self = args->values[0].string;
    struct strbuf sb = STRBUF_INIT;
    (void)interp;
    if (!method_arity(native, args, 1, 1, err))
        return false;
    if (args->values[1].kind != VALUE_DICT)
        return error_set(err, ERROR_TYPE, "translate() takes a dict, not %s",
                         value_type_name(args->values[1]));
    for (size_t i = 0; i < self->length;) {
        uint32_t code = 0;
        int used = utf8_decode(self->text + i, self->length - i, &code);
        size_t length = used ? (size_t)used : 1;
        if (!translate_one(args->values[1].dict, self->text + i, length, code,
                           &sb, err)) {
            strbuf_done(&sb);
            return false;
        }
        i += length;
    }
    *ret = value_string_take(&sb);
    return true;
}

bool string_isidentifier(struct interp *interp, const struct native *native,
                         const struct call_args *args, struct value *ret,
                         struct error *err)
{
    const struct string *self = args->values[0].string;
    bool good = self->length != 0;
    (void)interp;
    if (!method_arity(native, args, 0, 0, err))
        return false;
    for (size_t i = 0; good && i < self->length;) {
        uint32_t c = 0;
        int used = utf8_decode(self->text + i, self->length - i, &c);
        bool digit = c >= '0' && c <= '9';
        good =
            used && (c == '_' || (digit && i) || (!digit && utf8_is_letter(c)));
        i += used ? (size_t)used : 1;
    }
    *ret = value_bool(good);
    return true;
}

static void prepend(struct sequence *list, const char *text, size_t length)
{
    struct value piece = value_string_n(text, length);
    list_append(list, piece);
    value_unref(piece);
    struct value last = list->items[list->count - 1];
    memmove(list->items + 1, list->items,
            (list->count - 1) * sizeof *list->items);
    list->items[0] = last;
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The last separator in the first END bytes, as an offset and a length; a run
   of blanks when PART is NULL. */
static bool separator_before(const struct string *self,
                             const struct string *part, size_t end,
                             size_t *ret_at, size_t *ret_length)
{
    if (!part) {
        size_t at = end;
        while (at && !is_blank(self->text[at - 1]))
            at--;
        size_t start = at;
        while (start && is_blank(self->text[start - 1]))
            start--;
        *ret_at = start;
        *ret_length = at - start;
        return at != start && start > 0;
    }
    *ret_length = part->length;
    for (size_t at = end + 1; at-- > 0;) {
        if (part->length <= end - at &&
            !memcmp(self->text + at, part->text, part->length)) {
            *ret_at = at;
            return true;
        }
    }
    return false;
}

/* rsplit(sep=None, maxsplit=-1) */
bool string_rsplit(struct interp *interp, const struct native *native,
                   const struct call_args *args, struct value *ret,
                   struct error *err)
{
    const struct string *self = args->values[0].string, *part = NULL;
    struct value list;
    int64_t most = -1;
    (void)interp;
    if (!method_arity(native, args, 0, 2, err))
        return false;
    if (args->count > 1 && args->values[1].kind == VALUE_STRING)
        part = args->values[1].string;
    else if (args->count > 1 && args->values[1].kind != VALUE_NONE)
        return error_set(err, ERROR_TYPE, "must be str or None, not %s",
                         value_type_name(args->values[1]));
    if (part && part->length == 0)
        return error_set(err, ERROR_VALUE, "empty separator");
    if (args->count > 2 && !value_as_int(args->values[2], &most))
        return error_set(err, ERROR_TYPE,
                         "'%s' object cannot be interpreted as an integer",
                         value_type_name(args->values[2]));
    size_t start = 0, end = self->length, at, length;
    while (!part && end && is_blank(self->text[end - 1]))
        end--;
    list = value_list(0, NULL);
    for (; most != 0 && separator_before(self, part, end, &at, &length);
         most--) {
        prepend(list.sequence, self->text + at + length, end - at - length);
        end = at;
    }
    while (!part && start < end && is_blank(self->text[start]))
        start++;
    if (part || end > start)
        prepend(list.sequence, self->text + start, end - start);
    *ret = list;
    return true;
}
