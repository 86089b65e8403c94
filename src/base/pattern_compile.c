/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <wctype.h>

#include "base/alloc.h"
#include "base/pattern_program.h"
#include "base/utf8.h"

enum { MAX_REPEAT = 1000, MAX_PROGRAM = 100000, MAX_DEPTH = 200 };

struct compiler {
    const char *text;
    size_t length, at;
    struct pattern *pattern;
    int depth;
    struct error *err;
};

static bool fail(struct compiler *c, const char *what, size_t at)
{
    return error_set(c->err, ERROR_VALUE, "%s at position %zu", what,
                     utf8_count(c->text, at));
}

static bool at_end(const struct compiler *c)
{
    return c->at >= c->length;
}

static bool looking_at(const struct compiler *c, const char *text)
{
    size_t length = strlen(text);
    return c->length - c->at >= length &&
           !memcmp(c->text + c->at, text, length);
}

static bool accept(struct compiler *c, const char *text)
{
    bool there = looking_at(c, text);
    if (there)
        c->at += strlen(text);
    return there;
}

static uint32_t next_character(struct compiler *c)
{
    uint32_t character = 0;
    int used = utf8_decode(c->text + c->at, c->length - c->at, &character);
    c->at += used ? (size_t)used : 1;
    return character;
}

static size_t emit(struct compiler *c, enum pattern_code code, uint32_t x,
                   uint32_t y)
{
    struct pattern *pattern = c->pattern;
    VEC_PUSH(pattern->program, pattern->count, pattern->capacity) =
        (struct pattern_instruction){code, x, y};
    return pattern->count - 1;
}

static struct pattern_set *new_set(struct compiler *c, size_t *index)
{
    struct pattern *pattern = c->pattern;
    *index = pattern->set_count;
    struct pattern_set *set =
        &VEC_PUSH(pattern->sets, pattern->set_count, pattern->set_capacity);
    *set = (struct pattern_set){.ranges = NULL};
    return set;
}

static void add_range(struct pattern_set *set, uint32_t first, uint32_t last)
{
    VEC_PUSH(set->ranges, set->count, set->capacity) =
        (struct pattern_range){first, last};
}

/* \d \w \s \D \W \S as bits, 0 for other letters. */
static uint32_t class_bits(char letter)
{
    uint32_t bits = letter == 'd' || letter == 'D'   ? CLASS_DIGIT
                    : letter == 'w' || letter == 'W' ? CLASS_WORD
                    : letter == 's' || letter == 'S' ? CLASS_SPACE
                                                     : 0;
    return isupper((unsigned char)letter) ? bits << CLASS_NOT : bits;
}

/* ----------------------------------------------------------------- escapes */

static bool hex_number(struct compiler *c, int digits, uint32_t *ret)
{
    *ret = 0;
    for (; digits > 0; digits--, c->at++) {
        if (at_end(c) || !isxdigit((unsigned char)c->text[c->at]))
            return fail(c, "incomplete escape", c->at);
        char digit = c->text[c->at];
        *ret = *ret * 16 + (uint32_t)(isdigit((unsigned char)digit)
                                          ? digit - '0'
                                          : (digit | 0x20) - 'a' + 10);
    }
    return true;
}

/* The character that an escape stands for; C is after the backslash. */
static bool escaped_character(struct compiler *c, uint32_t *ret)
{
    static const char letters[] = "ntrfva0", values[] = "\n\t\r\f\v\a";
    char letter = c->text[c->at];
    const char *known = letter ? strchr(letters, letter) : NULL;
    if (known) {
        c->at++;
        *ret = (unsigned char)values[known - letters];
        return true;
    }
    if (letter == 'x' || letter == 'u') {
        c->at++;
        return hex_number(c, letter == 'x' ? 2 : 4, ret);
    }
    if (isalpha((unsigned char)letter)) {
        char what[] = "bad escape \\?";
        what[sizeof what - 2] = letter;
        return fail(c, what, c->at - 1);
    }
    *ret = next_character(c);
    return true;
}

/* -------------------------------------------------------------------- sets */

/* One character of a set, or the bits of a class. */
static bool set_item(struct compiler *c, uint32_t *character, uint32_t *bits)
{
    *bits = 0;
    if (!accept(c, "\\")) {
        *character = next_character(c);
        return true;
    }
    if (at_end(c))
        return fail(c, "bad escape (end of pattern)", c->at - 1);
    *bits = class_bits(c->text[c->at]);
    if (*bits) {
        c->at++;
        return true;
    }
    if (accept(c, "b")) {
        *character = '\b';
        return true;
    }
    return escaped_character(c, character);
}

static bool compile_set(struct compiler *c, size_t start)
{
    size_t index, first = c->at;
    struct pattern_set *set = new_set(c, &index);
    set->negated = accept(c, "^");
    first += set->negated;
    while (at_end(c) || c->text[c->at] != ']' || c->at == first) {
        uint32_t low, high, bits;
        if (at_end(c))
            return fail(c, "unterminated character set", start);
        size_t item = c->at;
        if (!set_item(c, &low, &bits))
            return false;
        if (bits) {
            set->classes |= bits;
            continue;
        }
        high = low;
        bool range = looking_at(c, "-") && c->at + 1 < c->length &&
                     c->text[c->at + 1] != ']';
        if (range) {
            c->at++;
            if (!set_item(c, &high, &bits))
                return false;
            if (bits || high < low)
                return fail(c, "bad character range", item);
        }
        add_range(set, low, high);
    }
    c->at++;
    emit(c, CODE_SET, (uint32_t)index, 0);
    return true;
}

/* ------------------------------------------------------------------- atoms */

static bool compile_alternatives(struct compiler *c);

static bool close_group(struct compiler *c, size_t start)
{
    return accept(c, ")") ||
           fail(c, "missing ), unterminated subpattern", start);
}

static bool compile_group(struct compiler *c, size_t start, char *name)
{
    struct pattern *pattern = c->pattern;
    if (pattern->groups == PATTERN_MAX_GROUPS) {
        free(name);
        return fail(c, "too many groups", start);
    }
    uint32_t group = (uint32_t)++pattern->groups;
    pattern->names[group] = name;
    emit(c, CODE_SAVE, 2 * group, 0);
    if (!compile_alternatives(c) || !close_group(c, start))
        return false;
    emit(c, CODE_SAVE, 2 * group + 1, 0);
    return true;
}

static int group_named(const struct pattern *pattern, const char *name)
{
    for (int i = 1; i <= pattern->groups; i++)
        if (pattern->names[i] && !strcmp(pattern->names[i], name))
            return i;
    return 0;
}

/* (?P<name>…), (?P=name); C is after the P. */
static bool compile_named(struct compiler *c, size_t start)
{
    bool again = accept(c, "=");
    if (!again && !accept(c, "<"))
        return fail(c, "unknown extension ?P", start + 1);
    const char *end = memchr(c->text + c->at, again ? ')' : '>',
                             c->length - c->at);
    if (!end)
        return fail(c, "missing group name", c->at);
    size_t at = c->at;
    char *name = xstrndup(c->text + at, (size_t)(end - c->text) - at);
    c->at = (size_t)(end - c->text) + 1;
    int known = group_named(c->pattern, name);
    if (!again && known) {
        free(name);
        return fail(c, "redefinition of group name", at);
    }
    if (!again)
        return compile_group(c, start, name);
    free(name);
    if (!known)
        return fail(c, "unknown group name", at);
    emit(c, CODE_GROUP, (uint32_t)known, 0);
    return true;
}

static bool looks_around(enum pattern_code code)
{
    return code == CODE_AHEAD || code == CODE_BEHIND;
}

static bool compile_ahead(struct compiler *c, size_t start, bool wanted)
{
    size_t ahead = emit(c, CODE_AHEAD, 0, wanted);
    if (!compile_alternatives(c) || !close_group(c, start))
        return false;
    emit(c, CODE_MATCH, 0, 0);
    c->pattern->program[ahead].x = (uint32_t)c->pattern->count;
    return true;
}

/* How many characters the instructions from START to the last one match, a
   CODE_MATCH; -1 when that is not always the same. */
static int64_t width_from(const struct pattern *pattern, size_t start)
{
    size_t count = pattern->count - start;
    int64_t *width = xcalloc(count, sizeof *width); /* from each to the end */

    for (size_t i = count - 1; i-- > 0;) {
        const struct pattern_instruction *one = &pattern->program[start + i];
        size_t x = one->x - start, y = one->y - start;
        bool jumps = one->code == CODE_SPLIT || one->code == CODE_JUMP ||
                     looks_around(one->code);
        if (one->code == CODE_GROUP || one->code == CODE_PROGRESS ||
            (jumps && x <= i) || (one->code == CODE_SPLIT && y <= i))
            width[i] = -1;
        else if (one->code == CODE_SPLIT)
            width[i] = width[x] == width[y] ? width[x] : -1;
        else if (jumps)
            width[i] = width[x];
        else
            width[i] = width[i + 1];
        if (width[i] >= 0 &&
            (one->code == CODE_CHARACTER || one->code == CODE_ANY ||
             one->code == CODE_SET))
            width[i]++;
    }
    int64_t whole = width[0];
    free(width);
    return whole;
}

static bool compile_behind(struct compiler *c, size_t start, bool wanted)
{
    size_t behind = c->pattern->count;
    if (!compile_ahead(c, start, wanted))
        return false;
    int64_t width = width_from(c->pattern, behind + 1);
    if (width < 0 || width > INT32_MAX / 2)
        return error_set(c->err, ERROR_VALUE,
                         "look-behind requires fixed-width pattern");
    struct pattern_instruction *one = &c->pattern->program[behind];
    one->code = CODE_BEHIND;
    one->y = (uint32_t)width * 2 + wanted;
    return true;
}

/* (?i) and the like, for the whole pattern. */
static bool compile_flags(struct compiler *c, size_t start)
{
    static const char letters[] = "imsx";
    static const int flags[] = {PATTERN_IGNORECASE, PATTERN_MULTILINE,
                                PATTERN_DOTALL, PATTERN_VERBOSE};
    while (!at_end(c) && c->text[c->at] != ')') {
        const char *known = strchr("imsxau", c->text[c->at]);
        if (!known)
            return fail(c, "unknown extension ?", start + 1);
        if (strchr(letters, *known))
            c->pattern->flags |= flags[strchr(letters, *known) - letters];
        c->at++;
    }
    return close_group(c, start);
}

static bool compile_bracket(struct compiler *c, size_t start)
{
    if (++c->depth > MAX_DEPTH)
        return fail(c, "too many brackets", start);
    bool good;
    if (!accept(c, "?"))
        good = compile_group(c, start, NULL);
    else if (accept(c, ":"))
        good = compile_alternatives(c) && close_group(c, start);
    else if (accept(c, "P"))
        good = compile_named(c, start);
    else if (accept(c, "="))
        good = compile_ahead(c, start, true);
    else if (accept(c, "!"))
        good = compile_ahead(c, start, false);
    else if (accept(c, "<="))
        good = compile_behind(c, start, true);
    else if (accept(c, "<!"))
        good = compile_behind(c, start, false);
    else
        good = compile_flags(c, start);
    c->depth--;
    return good;
}

static bool compile_escape(struct compiler *c)
{
    if (at_end(c))
        return fail(c, "bad escape (end of pattern)", c->at - 1);
    char letter = c->text[c->at];
    uint32_t character, bits = class_bits(letter);
    size_t index;
    if (bits) {
        c->at++;
        new_set(c, &index)->classes = bits;
        emit(c, CODE_SET, (uint32_t)index, 0);
        return true;
    }
    if (letter == 'b' || letter == 'B')
        emit(c, CODE_BOUNDARY, letter == 'b', 0);
    else if (letter == 'A')
        emit(c, CODE_TEXT_START, 0, 0);
    else if (letter == 'Z')
        emit(c, CODE_TEXT_END, 0, 0);
    else if (letter >= '1' && letter <= '9') {
        size_t at = c->at - 1;
        uint32_t group = 0;
        while (!at_end(c) && isdigit((unsigned char)c->text[c->at]) &&
               group <= PATTERN_MAX_GROUPS)
            group = group * 10 + (uint32_t)(c->text[c->at++] - '0');
        if (group > (uint32_t)c->pattern->groups)
            return fail(c, "invalid group reference", at + 1);
        emit(c, CODE_GROUP, group, 0);
        return true;
    } else {
        if (!escaped_character(c, &character))
            return false;
        emit(c, CODE_CHARACTER, character, 0);
        return true;
    }
    c->at++;
    return true;
}

static bool compile_atom(struct compiler *c)
{
    size_t start = c->at;
    if (accept(c, "("))
        return compile_bracket(c, start);
    if (accept(c, "["))
        return compile_set(c, start);
    if (accept(c, "\\"))
        return compile_escape(c);
    if (accept(c, "."))
        emit(c, CODE_ANY, 0, 0);
    else if (accept(c, "^"))
        emit(c, CODE_LINE_START, 0, 0);
    else if (accept(c, "$"))
        emit(c, CODE_LINE_END, 0, 0);
    else if (strchr("*+?", c->text[c->at]))
        return fail(c, "nothing to repeat", start);
    else
        emit(c, CODE_CHARACTER, next_character(c), 0);
    return true;
}

/* ----------------------------------------------------------------- repeats */

static bool read_number(struct compiler *c, int otherwise, int *ret)
{
    size_t at = c->at;
    int number = 0;
    for (; !at_end(c) && isdigit((unsigned char)c->text[c->at]); c->at++)
        number = number > MAX_REPEAT ? number
                                     : number * 10 + c->text[c->at] - '0';
    *ret = c->at == at ? otherwise : number;
    return number <= MAX_REPEAT;
}

/* {2}, {2,}, {,3}, {2,3}; a { that begins none of these is itself. */
static bool read_bounds(struct compiler *c, int *least, int *most)
{
    size_t at = c->at;
    c->at++;
    size_t digits = c->at;
    bool good = read_number(c, 0, least);
    *most = *least;
    bool any = c->at > digits;
    if (accept(c, ",")) {
        good = good && read_number(c, -1, most);
        any = true;
    }
    if (good && any && accept(c, "}"))
        return true;
    c->at = at;
    return false;
}

static bool read_repeat(struct compiler *c, int *least, int *most)
{
    *least = 0;
    *most = -1;
    if (at_end(c))
        return false;
    if (accept(c, "*"))
        return true;
    if (accept(c, "+")) {
        *least = 1;
        return true;
    }
    if (accept(c, "?")) {
        *most = 1;
        return true;
    }
    return c->text[c->at] == '{' && read_bounds(c, least, most);
}

/* An atom that was compiled to stand at START, once more at the end: jumps in
   it move along. */
static void append_atom(struct compiler *c,
                        const struct pattern_instruction *atom, size_t size,
                        size_t start)
{
    uint32_t shift = (uint32_t)(c->pattern->count - start);
    for (size_t i = 0; i < size; i++) {
        struct pattern_instruction one = atom[i];
        bool splits = one.code == CODE_SPLIT;
        if (splits || one.code == CODE_JUMP || looks_around(one.code))
            one.x += shift;
        if (splits)
            one.y += shift;
        emit(c, one.code, one.x, one.y);
    }
}

static void set_split(struct compiler *c, size_t at, size_t into, size_t past,
                      bool lazy)
{
    c->pattern->program[at].x = (uint32_t)(lazy ? past : into);
    c->pattern->program[at].y = (uint32_t)(lazy ? into : past);
}

/* ATOM as often as there may be. */
static void append_loop(struct compiler *c,
                        const struct pattern_instruction *atom, size_t size,
                        size_t start, bool lazy)
{
    uint32_t mark = (uint32_t)c->pattern->marks++;
    size_t split = emit(c, CODE_SPLIT, 0, 0);
    size_t into = emit(c, CODE_MARK, mark, 0);
    append_atom(c, atom, size, start);
    emit(c, CODE_PROGRESS, mark, 0);
    emit(c, CODE_JUMP, (uint32_t)split, 0);
    set_split(c, split, into, c->pattern->count, lazy);
}

/* The atom from START to the program's end LEAST times, then up to MOST (-1:
   any number of) times. */
static bool repeat_atom(struct compiler *c, size_t start, int least, int most,
                        bool lazy)
{
    struct pattern *pattern = c->pattern;
    size_t size = pattern->count - start;
    size_t copies = (size_t)(most < 0 ? least + 1 : most);
    if (start + copies * (size + 4) >= MAX_PROGRAM)
        return fail(c, "the pattern is too long", c->at);
    struct pattern_instruction *atom =
        xreallocarray(NULL, size + 1, sizeof *atom);
    memcpy(atom, pattern->program + start, size * sizeof *atom);
    pattern->count = start;
    for (int i = 0; i < least; i++)
        append_atom(c, atom, size, start);
    for (int i = least; i < most; i++) {
        size_t split = emit(c, CODE_SPLIT, 0, 0), into = pattern->count;
        append_atom(c, atom, size, start);
        set_split(c, split, into, pattern->count, lazy);
    }
    if (most < 0)
        append_loop(c, atom, size, start, lazy);
    free(atom);
    return true;
}

static void skip_comment(struct compiler *c)
{
    while (c->pattern->flags & PATTERN_VERBOSE && !at_end(c)) {
        if (isspace((unsigned char)c->text[c->at]))
            c->at++;
        else if (c->text[c->at] == '#')
            while (!at_end(c) && c->text[c->at] != '\n')
                c->at++;
        else
            break;
    }
}

static bool compile_sequence(struct compiler *c)
{
    for (;;) {
        int least, most;
        skip_comment(c);
        if (at_end(c) || looking_at(c, "|") || looking_at(c, ")"))
            return true;
        size_t start = c->pattern->count;
        if (!compile_atom(c))
            return false;
        skip_comment(c);
        size_t at = c->at;
        if (!read_repeat(c, &least, &most))
            continue;
        if (most >= 0 && most < least)
            return fail(c, "min repeat greater than max repeat", at);
        bool lazy = accept(c, "?");
        if (!repeat_atom(c, start, least, most, lazy))
            return false;
        if (looking_at(c, "*") || looking_at(c, "+") || looking_at(c, "?"))
            return fail(c, "multiple repeat", c->at);
    }
}

/* sequence ("|" sequence)* */
static bool compile_alternatives(struct compiler *c)
{
    struct pattern *pattern = c->pattern;
    size_t *jumps = NULL, count = 0, capacity = 0;
    bool good, more;
    do {
        size_t start = pattern->count;
        good = compile_sequence(c);
        more = good && accept(c, "|");
        if (!more)
            break;
        size_t size = pattern->count - start;
        emit(c, CODE_SPLIT, 0, 0); /* makes room */
        memmove(pattern->program + start + 1, pattern->program + start,
                size * sizeof *pattern->program);
        for (size_t i = start + 1; i <= start + size; i++) {
            struct pattern_instruction *one = &pattern->program[i];
            bool splits = one->code == CODE_SPLIT;
            if (splits || one->code == CODE_JUMP ||
                looks_around(one->code))
                one->x++;
            one->y += splits;
        }
        pattern->program[start] = (struct pattern_instruction){
            CODE_SPLIT, (uint32_t)start + 1, (uint32_t)(start + size) + 2};
        VEC_PUSH(jumps, count, capacity) = emit(c, CODE_JUMP, 0, 0);
    } while (more);
    for (size_t i = 0; i < count; i++)
        pattern->program[jumps[i]].x = (uint32_t)pattern->count;
    free(jumps);
    return good;
}

/* --------------------------------------------------------------------- all */

struct pattern *pattern_compile(const char *text, size_t length, int flags,
                                struct error *err)
{
    struct pattern *pattern = xcalloc(1, sizeof *pattern);
    struct compiler c = {
        .text = text, .length = length, .pattern = pattern, .err = err};
    pattern->flags = flags;
    emit(&c, CODE_SAVE, 0, 0);
    bool good = compile_alternatives(&c);
    if (good && !at_end(&c))
        good = fail(&c, "unbalanced parenthesis", c.at);
    emit(&c, CODE_SAVE, 1, 0);
    emit(&c, CODE_MATCH, 0, 0);
    if (good)
        return pattern;
    pattern_free(pattern);
    return NULL;
}

void pattern_free(struct pattern *pattern)
{
    if (!pattern)
        return;
    for (size_t i = 0; i < pattern->set_count; i++)
        free(pattern->sets[i].ranges);
    for (int i = 0; i <= PATTERN_MAX_GROUPS; i++)
        free(pattern->names[i]);
    free(pattern->sets);
    free(pattern->program);
    free(pattern);
}

int pattern_groups(const struct pattern *pattern)
{
    return pattern->groups;
}

const char *pattern_group_name(const struct pattern *pattern, int group)
{
    return pattern->names[group];
}

bool pattern_is_word(uint32_t c)
{
    return c < 0x80 ? isalnum((int)c) || c == '_' : iswalnum((wint_t)c) != 0;
}

bool pattern_is_space(uint32_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1C && c <= 0x1F) ||
           c == 0x85 || c == 0xA0 || c == 0x3000;
}

uint32_t pattern_fold(uint32_t c)
{
    return c < 0x80 ? (uint32_t)tolower((int)c) : (uint32_t)towlower((wint_t)c);
}
