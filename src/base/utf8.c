/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/utf8.h"

struct range32 {
    uint32_t first, last;
};

/* Zero columns: combining marks and format characters, from
   UnicodeData.txt's categories Mn, Me and Cf. */
static const struct range32 zero_width[] = {
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x0610, 0x061A},
    {0x064B, 0x065F}, {0x06D6, 0x06DC}, {0x0900, 0x0902}, {0x093C, 0x093C},
    {0x0941, 0x0948}, {0x0E31, 0x0E31}, {0x0E34, 0x0E3A}, {0x0E47, 0x0E4E},
    {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x200B, 0x200F}, {0x202A, 0x202E},
    {0x2060, 0x2064}, {0x20D0, 0x20FF}, {0x302A, 0x302D}, {0x3099, 0x309A},
    {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}, {0xE0100, 0xE01EF},
};

/* Two columns: EastAsianWidth.txt's W and F. */
static const struct range32 double_width[] = {
    {0x1100, 0x115F},   {0x231A, 0x231B},   {0x2329, 0x232A},
    {0x23E9, 0x23EC},   {0x25FD, 0x25FE},   {0x2614, 0x2615},
    {0x2648, 0x2653},   {0x26A1, 0x26A1},   {0x26BD, 0x26BE},
    {0x2705, 0x2705},   {0x2728, 0x2728},   {0x274C, 0x274C},
    {0x2753, 0x2755},   {0x2757, 0x2757},   {0x2795, 0x2797},
    {0x2B50, 0x2B50},   {0x2E80, 0x303E},   {0x3041, 0x33FF},
    {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},   {0xA000, 0xA4CF},
    {0xA960, 0xA97F},   {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},
    {0xFE10, 0xFE19},   {0xFE30, 0xFE6F},   {0xFF01, 0xFF60},
    {0xFFE0, 0xFFE6},   {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF},
    {0x1F7E0, 0x1F7EB}, {0x1F900, 0x1F9FF}, {0x1FA70, 0x1FAFF},
    {0x20000, 0x3FFFD},
};

/* Beyond ASCII, not for names: spaces, punctuation, symbols, private use. */
static const struct range32 not_letter[] = {
    {0x0080, 0x00A9},    {0x00AB, 0x00B4}, {0x00B6, 0x00B6}, {0x00B8, 0x00B9},
    {0x00BB, 0x00BF},    {0x00D7, 0x00D7}, {0x00F7, 0x00F7}, {0x2000, 0x203E},
    {0x2041, 0x2053},    {0x2055, 0x2070}, {0x2074, 0x207E}, {0x2080, 0x208E},
    {0x20A0, 0x20CF},    {0x2190, 0x2BFF}, {0x2E00, 0x2E7F}, {0x3000, 0x3004},
    {0x3008, 0x3020},    {0x3030, 0x3030}, {0x303D, 0x303F}, {0xD800, 0xF8FF},
    {0xFE10, 0xFE1F},    {0xFE30, 0xFE32}, {0xFE35, 0xFE4C}, {0xFE50, 0xFE6F},
    {0xFEFF, 0xFEFF},    {0xFF00, 0xFF0F}, {0xFF1A, 0xFF20}, {0xFF3B, 0xFF3E},
    {0xFF40, 0xFF40},    {0xFF5B, 0xFF65}, {0xFFE0, 0xFFFF}, {0x1F000, 0x1FAFF},
    {0xE0000, 0x10FFFF},
};

#define IN_TABLE(table, c) in_table(table, sizeof table / sizeof *table, c)

static bool in_table(const struct range32 *table, size_t count, uint32_t c)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (c > table[middle].last)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && c >= table[low].first;
}

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
    if (IN_TABLE(zero_width, c))
        return 0;
    return IN_TABLE(double_width, c) ? 2 : 1;
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
    return !IN_TABLE(not_letter, c);
}
