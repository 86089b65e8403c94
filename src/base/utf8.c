/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/utf8.h"

#include <unictype.h>
#include <uniwidth.h>

static int sequence_length(unsigned char lead)
{
    if (lead < 0x80)
        return 1;
    if (lead < 0xC2)
        return 0;
    if (lead < 0xE0)
        return 2;
    if (lead < 0xF0)
        return 3;
    return lead < 0xF5 ? 4 : 0;
}

int utf8_decode(const char *text, size_t length, uint32_t *ret)
{
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *bytes = (const unsigned char *)text;
    int count = length ? sequence_length(bytes[0]) : 0;

    if (count == 0 || (size_t)count > length)
        return 0;
    if (count == 1) {
        *ret = bytes[0];
        return 1;
    }
    uint32_t c = bytes[0] & (0x7Fu >> count);
    for (int i = 1; i < count; i++) {
        if ((bytes[i] & 0xC0) != 0x80)
            return 0;
        c = c << 6 | (bytes[i] & 0x3F);
    }
    if (c < smallest[count] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        return 0;
    *ret = c;
    return count;
}

int utf8_encode(uint32_t c, char ret[4])
{
    if (c < 0x80) {
        ret[0] = (char)c;
        return 1;
    }
    int count = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (int i = count - 1; i > 0; i--, c >>= 6)
        ret[i] = (char)(0x80 | (c & 0x3F));
    ret[0] = (char)((0xF00 >> count) | c);
    return count;
}

size_t utf8_check(const char *text, size_t length)
{
    size_t i = 0;
    uint32_t ignored;
    while (i < length) {
        int used = utf8_decode(text + i, length - i, &ignored);
        if (!used)
            return i;
        i += (size_t)used;
    }
    return length;
}

static bool is_continuation(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

size_t utf8_count(const char *text, size_t length)
{
    size_t count = 0;
    for (size_t i = 0; i < length; i++)
        count += !is_continuation(text[i]);
    return count;
}

size_t utf8_offset(const char *text, size_t length, size_t index)
{
    size_t i = 0;
    for (; i < length; i++)
        if (!is_continuation(text[i]) && index-- == 0)
            break;
    return i;
}

int utf8_width(uint32_t c)
{
    if (c < 0x300)
        return 1;
    int width = uc_width(c, "UTF-8");
    return width < 0 ? 1 : width;
}

size_t utf8_columns(const char *text, size_t length)
{
    size_t columns = 0;
    for (size_t i = 0; i < length;) {
        uint32_t c;
        int used = utf8_decode(text + i, length - i, &c);
        columns += used ? (size_t)utf8_width(c) : 1;
        i += used ? (size_t)used : 1;
    }
    return columns;
}

bool utf8_is_letter(uint32_t c)
{
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    return uc_is_property(c, UC_PROPERTY_XID_CONTINUE);
}
