/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tries one way through the instructions after the other; what is still to be
   tried waits on a stack of its own. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/interrupt.h"
#include "base/pattern_program.h"

/* A way not tried yet, or, with SLOT >= 0, a value to be put back. */
struct choice {
    uint32_t at;
    int32_t slot;
    int64_t position;
};

enum { MOST_CHOICES = 20000000, STEPS_BETWEEN_CHECKS = 4096 };

struct matcher {
    const struct pattern *pattern;
    const uint32_t *text;
    size_t length;
    bool whole;
    int64_t *slots; /* spans, then the marks of repeats */
    struct choice *choices;
    size_t count, capacity;
    uint32_t steps;
    struct error *err;
};

static void push(struct matcher *m, uint32_t at, int32_t slot, int64_t position)
{
    VEC_PUSH(m->choices, m->count, m->capacity) =
        (struct choice){at, slot, position};
}

static void set_slot(struct matcher *m, uint32_t slot, int64_t position)
{
    push(m, 0, (int32_t)slot, m->slots[slot]);
    m->slots[slot] = position;
}

static bool class_has(uint32_t classes, uint32_t c)
{
    bool digit = c >= '0' && c <= '9', word = pattern_is_word(c),
         space = pattern_is_space(c);
    uint32_t is = (digit ? CLASS_DIGIT : 0) | (word ? CLASS_WORD : 0) |
                  (space ? CLASS_SPACE : 0);
    uint32_t all = CLASS_DIGIT | CLASS_WORD | CLASS_SPACE;
    return (classes & is) || (classes >> CLASS_NOT & (all & ~is));
}

static bool range_has(const struct pattern_set *set, uint32_t c)
{
    for (size_t i = 0; i < set->count; i++)
        if (c >= set->ranges[i].first && c <= set->ranges[i].last)
            return true;
    return false;
}

static bool set_has(const struct matcher *m, const struct pattern_set *set,
                    uint32_t c)
{
    bool has = class_has(set->classes, c) || range_has(set, c);
    if (!has && m->pattern->flags & PATTERN_IGNORECASE) {
        uint32_t lower = pattern_fold(c);
        uint32_t upper = lower >= 'a' && lower <= 'z' ? lower - 32 : lower;
        has = range_has(set, lower) || range_has(set, upper);
    }
    return has != set->negated;
}

static bool same(const struct matcher *m, uint32_t a, uint32_t b)
{
    return a == b || (m->pattern->flags & PATTERN_IGNORECASE &&
                      pattern_fold(a) == pattern_fold(b));
}

static bool is_boundary(const struct matcher *m, size_t at)
{
    bool before = at > 0 && pattern_is_word(m->text[at - 1]);
    bool after = at < m->length && pattern_is_word(m->text[at]);
    return before != after;
}

static bool assertion_holds(const struct matcher *m,
                            const struct pattern_instruction *one, size_t at)
{
    bool lines = m->pattern->flags & PATTERN_MULTILINE;
    switch (one->code) {
    case CODE_LINE_START:
        return at == 0 || (lines && m->text[at - 1] == '\n');
    case CODE_LINE_END:
        return at == m->length || (lines && m->text[at] == '\n') ||
               (at + 1 == m->length && m->text[at] == '\n');
    case CODE_TEXT_START:
        return at == 0;
    case CODE_TEXT_END:
        return at == m->length;
    default:
        return is_boundary(m, at) == (one->x != 0);
    }
}

static bool character_fits(const struct matcher *m,
                           const struct pattern_instruction *one, uint32_t c)
{
    switch (one->code) {
    case CODE_CHARACTER:
        return same(m, c, one->x);
    case CODE_ANY:
        return c != '\n' || m->pattern->flags & PATTERN_DOTALL;
    default:
        return set_has(m, &m->pattern->sets[one->x], c);
    }
}

/* What the group has matched, once more at AT; its end, or -1. */
static int64_t again(const struct matcher *m, uint32_t group, size_t at)
{
    int64_t start = m->slots[2 * group], end = m->slots[2 * group + 1];
    if (start < 0 || end < start ||
        (size_t)(end - start) > m->length - at)
        return -1;
    for (int64_t i = start; i < end; i++)
        if (!same(m, m->text[i], m->text[at + (size_t)(i - start)]))
            return -1;
    return (int64_t)at + end - start;
}

/* The next way to try from the stack down to BASE; false when none is left. */
static bool back(struct matcher *m, size_t base, uint32_t *pc, size_t *at)
{
    while (m->count > base) {
        struct choice choice = m->choices[--m->count];
        if (choice.slot >= 0) {
            m->slots[choice.slot] = choice.position;
            continue;
        }
        *pc = choice.at;
        *at = (size_t)choice.position;
        return true;
    }
    return false;
}

static bool check(struct matcher *m)
{
    if (++m->steps % STEPS_BETWEEN_CHECKS == 0 && !interrupt_check(m->err))
        return false;
    return m->count < MOST_CHOICES ||
           error_set(m->err, ERROR_MEMORY, "%s", "");
}

static bool run(struct matcher *m, uint32_t pc, size_t at, bool inside,
                bool *found);

/* (?=…), (?!…): leaves no choices behind. */
static bool look_ahead(struct matcher *m, uint32_t pc, size_t at, bool *found)
{
    size_t base = m->count;
    if (!run(m, pc, at, true, found))
        return false;
    while (!*found && m->count > base) {
        struct choice choice = m->choices[--m->count];
        if (choice.slot >= 0)
            m->slots[choice.slot] = choice.position;
    }
    size_t kept = base; /* values stay to be put back, ways do not */
    for (size_t i = base; i < m->count; i++)
        if (m->choices[i].slot >= 0)
            m->choices[kept++] = m->choices[i];
    m->count = kept;
    return true;
}

/* From instruction PC at position AT.  INSIDE a lookahead the end need not be
   the text's.  false with an error. */
static bool run(struct matcher *m, uint32_t pc, size_t at, bool inside,
                bool *found)
{
    const struct pattern *pattern = m->pattern;
    uint32_t marks = 2 * ((uint32_t)pattern->groups + 1);
    size_t base = m->count;
    *found = false;
    for (;;) {
        const struct pattern_instruction *one = &pattern->program[pc];
        bool good = true, ahead;
        int64_t end;
        if (!check(m))
            return false;
        switch (one->code) {
        case CODE_CHARACTER:
        case CODE_ANY:
        case CODE_SET:
            good = at < m->length && character_fits(m, one, m->text[at]);
            at++;
            pc++;
            break;
        case CODE_SPLIT:
            push(m, one->y, -1, (int64_t)at);
            pc = one->x;
            break;
        case CODE_JUMP:
            pc = one->x;
            break;
        case CODE_SAVE:
            set_slot(m, one->x, (int64_t)at);
            pc++;
            break;
        case CODE_MARK:
            set_slot(m, marks + one->x, (int64_t)at);
            pc++;
            break;
        case CODE_PROGRESS: /* past the jump back when it moved nothing */
            pc += m->slots[marks + one->x] == (int64_t)at ? 2 : 1;
            break;
        case CODE_GROUP:
            end = again(m, one->x, at);
            good = end >= 0;
            at = good ? (size_t)end : at;
            pc++;
            break;
        case CODE_AHEAD:
            if (!look_ahead(m, pc + 1, at, &ahead))
                return false;
            good = ahead == (one->y != 0);
            pc = one->x;
            break;
        case CODE_BEHIND:
            ahead = false;
            if (at >= one->y / 2 &&
                !look_ahead(m, pc + 1, at - one->y / 2, &ahead))
                return false;
            good = ahead == (one->y % 2 != 0);
            pc = one->x;
            break;
        case CODE_MATCH:
            *found = inside || !m->whole || at == m->length;
            if (*found)
                return true;
            good = false;
            break;
        default:
            good = assertion_holds(m, one, at);
            pc++;
            break;
        }
        if (!good && !back(m, base, &pc, &at))
            return true;
    }
}

bool pattern_match(const struct pattern *pattern, const uint32_t *text,
                   size_t length, size_t start, bool whole, int64_t *spans,
                   bool *found, struct error *err)
{
    size_t span_count = 2 * ((size_t)pattern->groups + 1);
    size_t count = span_count + (size_t)pattern->marks;
    struct matcher m = {.pattern = pattern,
                        .text = text,
                        .length = length,
                        .whole = whole,
                        .slots = xreallocarray(NULL, count, sizeof *m.slots),
                        .err = err};
    for (size_t i = 0; i < count; i++)
        m.slots[i] = -1;
    bool good = run(&m, 0, start, false, found);
    if (good && *found)
        memcpy(spans, m.slots, span_count * sizeof *spans);
    free(m.slots);
    free(m.choices);
    return good;
}
