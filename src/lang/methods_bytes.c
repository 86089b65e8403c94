/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bytes: text's methods over one-byte characters, and the ways from and to
   text and numbers. */
#include <string.h>

#include "base/utf8.h"
#include "lang/methods_bytes.h"

#define METHOD(name)                                                     \
    static bool name(struct interp *interp, const struct native *native, \
                     const struct call_args *args, struct value *ret,    \
                     struct error *err)

/* Each byte as the character of that number. */
static struct value bytes_to_text(struct value value)
{
    struct strbuf sb = STRBUF_INIT;
    char text[4];
    for (size_t i = 0; i < value.string->length; i++)
        strbuf_add(&sb, text,
                   (size_t)utf8_encode((unsigned char)value.string->text[i],
                                       text));
    return value_string_take(&sb);
}

bool bytes_of_text(const char *text, size_t length, uint32_t most,
                   struct value *ret)
{
    struct strbuf sb = STRBUF_INIT;
    bool good = true;
    for (size_t i = 0; good && i < length;) {
        uint32_t c;
        int used = utf8_decode(text + i, length - i, &c);
        good = used && c <= most;
        strbuf_addc(&sb, (char)c);
        i += used ? (size_t)used : 1;
    }
    *ret = value_bytes_n(sb.text, sb.length);
    strbuf_done(&sb);
    if (!good)
        value_unref(*ret);
    return good;
}

/* What a method of str gave, with bytes in the place of text; VALUE's
   reference passes. */
static struct value text_to_bytes(struct value value)
{
    struct value bytes = value;
    if (value.kind == VALUE_STRING) {
        bytes_of_text(value.string->text, value.string->length, 0xFF, &bytes);
        value_unref(value);
    } else if (value.kind == VALUE_LIST || value.kind == VALUE_TUPLE) {
        for (size_t i = 0; i < value.sequence->count; i++)
            value.sequence->items[i] = text_to_bytes(value.sequence->items[i]);
    }
    return bytes;
}

static struct value argument_to_text(struct value value)
{
    if (value.kind == VALUE_BYTES)
        return bytes_to_text(value);
    if (value.kind != VALUE_LIST && value.kind != VALUE_TUPLE)
        return value_ref(value);
    struct value list = value_list(0, NULL);
    for (size_t i = 0; i < value.sequence->count; i++) {
        struct value item = argument_to_text(value.sequence->items[i]);
        list_append(list.sequence, item);
        value_unref(item);
    }
    return list;
}

/* native->name is that of the method of str. */
METHOD(by_text)
{
    enum { MOST = 4 };
    struct value values[MOST], method;
    struct call_args call = {.count = args->count - 1, .values = values + 1};
    if (!method_arity(native, args, 0, MOST - 1, err))
        return false;
    for (int i = 0; i < args->count; i++)
        values[i] = argument_to_text(args->values[i]);
    bool good =
        interp_get_attribute(interp, values[0], native->name, &method, err);
    if (good) {
        good = interp_call(interp, method, &call, ret, err);
        value_unref(method);
    }
    for (int i = 0; i < args->count; i++)
        value_unref(values[i]);
    if (good)
        *ret = text_to_bytes(*ret);
    return good;
}

/* ------------------------------------------------------------------- codecs */

enum codec { CODEC_UTF8, CODEC_ASCII, CODEC_LATIN1 };

static bool codec_of(const struct call_args *args, enum codec *ret,
                     struct error *err)
{
    static const struct {
        const char *name;
        enum codec codec;
    } names[] = {{"utf-8", CODEC_UTF8},     {"utf8", CODEC_UTF8},
                 {"ascii", CODEC_ASCII},    {"latin-1", CODEC_LATIN1},
                 {"latin1", CODEC_LATIN1},  {"iso-8859-1", CODEC_LATIN1},
                 {"UTF-8", CODEC_UTF8},     {"us-ascii", CODEC_ASCII}};
    struct value name = args->count > 1 ? args->values[1] : value_none();
    for (int i = 0; i < args->keyword_count; i++)
        if (!strcmp(args->keywords[i].name, "encoding"))
            name = args->keywords[i].value;
    *ret = CODEC_UTF8;
    if (name.kind == VALUE_NONE)
        return true;
    if (name.kind != VALUE_STRING)
        return error_set(err, ERROR_TYPE, "encoding must be str, not %s",
                         value_type_name(name));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!strcmp(names[i].name, name.string->text)) {
            *ret = names[i].codec;
            return true;
        }
    }
    return error_set(err, ERROR_LOOKUP, "unknown encoding: %s",
                     name.string->text);
}

bool string_encode(struct interp *interp, const struct native *native,
                   const struct call_args *args, struct value *ret,
                   struct error *err)
{
    const struct string *text = args->values[0].string;
    enum codec codec;
    (void)interp;
    (void)native;
    if (!codec_of(args, &codec, err))
        return false;
    if (codec == CODEC_UTF8) {
        *ret = value_bytes_n(text->text, text->length);
        return true;
    }
    uint32_t most = codec == CODEC_ASCII ? 0x7F : 0xFF;
    return bytes_of_text(text->text, text->length, most, ret) ||
           error_set(err, ERROR_VALUE,
                     "'%s' codec can't encode all characters: ordinal not in "
                     "range(%u)",
                     codec == CODEC_ASCII ? "ascii" : "latin-1", most + 1);
}

METHOD(decode)
{
    struct value self = args->values[0];
    const struct string *bytes = self.string;
    enum codec codec;
    (void)interp;
    (void)native;
    if (!codec_of(args, &codec, err))
        return false;
    size_t bad = bytes->length;
    if (codec == CODEC_UTF8)
        bad = utf8_check(bytes->text, bytes->length);
    for (size_t i = 0; codec == CODEC_ASCII && i < bad; i++)
        if ((unsigned char)bytes->text[i] > 0x7F)
            bad = i;
    if (bad < bytes->length)
        return error_set(err, ERROR_UNICODE,
                         "'%s' codec can't decode byte 0x%02x in position "
                         "%zu: %s",
                         codec == CODEC_ASCII ? "ascii" : "utf-8",
                         (unsigned char)bytes->text[bad], bad,
                         codec == CODEC_ASCII ? "ordinal not in range(128)"
                                              : "invalid start byte");
    *ret = codec == CODEC_LATIN1 ? bytes_to_text(self)
                                 : value_string_n(bytes->text, bytes->length);
    return true;
}

METHOD(hex)
{
    struct strbuf sb = STRBUF_INIT;
    const struct string *bytes = args->values[0].string;
    (void)interp;
    if (!method_arity(native, args, 0, 0, err))
        return false;
    for (size_t i = 0; i < bytes->length; i++)
        strbuf_addf(&sb, "%02x", (unsigned char)bytes->text[i]);
    *ret = value_string_take(&sb);
    return true;
}

#define BY_TEXT(NAME)                                 \
    {                                                 \
        .object = {1}, .name = NAME, .call = by_text, \
    }

struct native bytes_methods[] = {
    {.object = {1}, .name = "decode", .call = decode},
    {.object = {1}, .name = "hex", .call = hex},
    BY_TEXT("upper"), BY_TEXT("lower"), BY_TEXT("strip"), BY_TEXT("lstrip"),
    BY_TEXT("rstrip"), BY_TEXT("split"), BY_TEXT("splitlines"),
    BY_TEXT("replace"), BY_TEXT("find"), BY_TEXT("rfind"), BY_TEXT("index"),
    BY_TEXT("count"), BY_TEXT("startswith"), BY_TEXT("endswith"),
    BY_TEXT("join"), BY_TEXT("isdigit"), BY_TEXT("isalpha"),
    BY_TEXT("isspace"), BY_TEXT("partition"), BY_TEXT("ljust"),
    BY_TEXT("rjust"), BY_TEXT("zfill"), BY_TEXT("title"),
    {.name = NULL}};

/* ------------------------------------------------------------------ numbers */

/* "big", "little" as the last argument or byteorder=…; the default is big. */
static bool is_big(const struct call_args *args, int at)
{
    struct value order = args->count > at ? args->values[at] : value_none();
    for (int i = 0; i < args->keyword_count; i++)
        if (!strcmp(args->keywords[i].name, "byteorder"))
            order = args->keywords[i].value;
    return order.kind != VALUE_STRING || strcmp(order.string->text, "little");
}

static bool is_signed(const struct call_args *args)
{
    bool is = false;
    for (int i = 0; i < args->keyword_count; i++)
        if (!strcmp(args->keywords[i].name, "signed"))
            is = args->keywords[i].value.kind == VALUE_BOOL &&
                 args->keywords[i].value.i;
    return is;
}

bool int_from_bytes(struct interp *interp, const struct native *native,
                    const struct call_args *args, struct value *ret,
                    struct error *err)
{
    (void)interp;
    if (args->count < 1 || args->values[0].kind != VALUE_BYTES)
        return error_set(err, ERROR_TYPE, "%s() wants bytes", native->name);
    const struct string *bytes = args->values[0].string;
    bool big = is_big(args, 1), negative;
    uint64_t number = 0;
    size_t length = bytes->length;
    for (size_t i = 0; i < length; i++) {
        if (i >= 8 && number >> 55)
            return error_set(err, ERROR_OVERFLOW, "int too large for 64 bits");
        number = number << 8 |
                 (unsigned char)bytes->text[big ? i : length - 1 - i];
    }
    negative = length && is_signed(args) && length <= 8 &&
               number >> (8 * length - 1);
    if (negative && length < 8)
        number |= ~UINT64_C(0) << (8 * length);
    if (!negative && number > INT64_MAX)
        return error_set(err, ERROR_OVERFLOW, "int too large for 64 bits");
    *ret = value_int((int64_t)number);
    return true;
}

bool int_to_bytes(struct interp *interp, const struct native *native,
                  const struct call_args *args, struct value *ret,
                  struct error *err)
{
    char bytes[64] = {0};
    int64_t number = args->values[0].i, length = 1;
    (void)interp;
    if (args->count > 3)
        return error_set(err, ERROR_TYPE, "%s() takes at most 2 arguments",
                         native->name);
    if (args->count > 1 && !value_as_int(args->values[1], &length))
        return error_set(err, ERROR_TYPE,
                         "'%s' object cannot be interpreted as an integer",
                         value_type_name(args->values[1]));
    for (int i = 0; i < args->keyword_count; i++)
        if (!strcmp(args->keywords[i].name, "length"))
            value_as_int(args->keywords[i].value, &length);
    bool big = is_big(args, 2), with_sign = is_signed(args);
    if (number < 0 && !with_sign)
        return error_set(err, ERROR_OVERFLOW,
                         "can't convert negative int to unsigned");
    int bits = (int)(8 * length) - with_sign;
    if (length < 0 || length > (int64_t)sizeof bytes ||
        (bits < 63 && (number >> bits) != (number < 0 ? -1 : 0)))
        return error_set(err, ERROR_OVERFLOW, "int too big to convert");
    for (int64_t i = 0; i < length; i++) {
        bytes[big ? length - 1 - i : i] = (char)(number & 0xFF);
        number >>= 8;
    }
    *ret = value_bytes_n(bytes, (size_t)length);
    return true;
}
