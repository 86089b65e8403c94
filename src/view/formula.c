/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view/formula.h"

#include <ctype.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/strbuf.h"

struct symbol {
    const char *name, *text;
    bool is_letter; /* slanted */
};

static const struct symbol symbols[] = {
    {"alpha", "α", true},      {"beta", "β", true},    {"gamma", "γ", true},
    {"delta", "δ", true},      {"epsilon", "ε", true}, {"zeta", "ζ", true},
    {"eta", "η", true},        {"theta", "θ", true},   {"iota", "ι", true},
    {"kappa", "κ", true},      {"lambda", "λ", true},  {"mu", "μ", true},
    {"nu", "ν", true},         {"xi", "ξ", true},      {"pi", "π", true},
    {"rho", "ρ", true},        {"sigma", "σ", true},   {"tau", "τ", true},
    {"phi", "φ", true},        {"chi", "χ", true},     {"psi", "ψ", true},
    {"omega", "ω", true},      {"Gamma", "Γ", false},  {"Delta", "Δ", false},
    {"Theta", "Θ", false},     {"Lambda", "Λ", false}, {"Sigma", "Σ", false},
    {"Phi", "Φ", false},       {"Psi", "Ψ", false},    {"Omega", "Ω", false},
    {"times", " × ", false},   {"cdot", " · ", false}, {"pm", " ± ", false},
    {"leq", " ≤ ", false},     {"geq", " ≥ ", false},  {"neq", " ≠ ", false},
    {"approx", " ≈ ", false},  {"to", " → ", false},   {"infty", "∞", false},
    {"sum", "∑", false},       {"prod", "∏", false},   {"int", "∫", false},
    {"partial", "∂", false},   {"nabla", "∇", false},  {"sqrt", "√", false},
    {"circ", "∘", false},      {"log", "log", false},  {"exp", "exp", false},
    {"sin", "sin", false},     {"cos", "cos", false},  {"tan", "tan", false},
    {"max", "max", false},     {"min", "min", false},  {"ell", "ℓ", false},
    {"in", " ∈ ", false},      {"ldots", "…", false},  {"degree", "°", false},
    {"quad", "\u2003", false}, {"%", "%", false},      {"$", "$", false},
    {"{", "{", false},         {"}", "}", false},      {",", "\u2009", false},
    {" ", " ", false},         {NULL, NULL, false},
};

/* Commands that only choose a font. */
static const char *const upright[] = {"mathrm", "mathdefault", "text",
                                      "operatorname", NULL};
static const char *const slanted[] = {"mathit", "mathbf", "mathcal", NULL};

struct formula {
    const char *next, *end;
    struct strbuf *out;
    double size;
    int depth; /* of ^ and _ within each other */
};

enum { MOST_DEPTH = 8 };

static void add_escaped(struct strbuf *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        switch (text[i]) {
        case '<':
            strbuf_adds(out, "&lt;");
            break;
        case '&':
            strbuf_adds(out, "&amp;");
            break;
        default:
            strbuf_addc(out, text[i]);
        }
}

static bool is_among(const char *const *names, const char *name, size_t length)
{
    for (; *names; names++)
        if (strlen(*names) == length && !strncmp(*names, name, length))
            return true;
    return false;
}

static void add_atom(struct formula *f, bool is_upright);

/* Up to the closing brace, or to the end. */
static void add_group(struct formula *f, bool is_upright)
{
    while (f->next < f->end && *f->next != '}')
        add_atom(f, is_upright);
    if (f->next < f->end)
        f->next++;
}

/* A group in braces, or one atom. */
static void add_argument(struct formula *f, bool is_upright)
{
    if (f->next < f->end && *f->next == '{') {
        f->next++;
        add_group(f, is_upright);
    } else if (f->next < f->end) {
        add_atom(f, is_upright);
    }
}

/* Raised or lowered by SHIFT, smaller. */
static void add_script(struct formula *f, double shift, bool is_upright)
{
    if (f->depth++ < MOST_DEPTH)
        strbuf_addf(f->out, "<span size=\"70%%\" rise=\"%d\">",
                    (int)(shift * f->size * 1024));
    add_argument(f, is_upright);
    if (--f->depth < MOST_DEPTH)
        strbuf_adds(f->out, "</span>");
}

static void add_letter(struct formula *f, const char *text, size_t length,
                       bool is_slanted)
{
    if (is_slanted)
        strbuf_adds(f->out, "<i>");
    add_escaped(f->out, text, length);
    if (is_slanted)
        strbuf_adds(f->out, "</i>");
}

/* Behind a backslash. */
static void add_command(struct formula *f, bool is_upright)
{
    const char *name = f->next;
    size_t length = 0;
    while (name + length < f->end && isalpha((unsigned char)name[length]))
        length++;
    if (!length && name < f->end)
        length = 1;
    f->next += length;
    if (is_among(upright, name, length)) {
        add_argument(f, true);
        return;
    }
    if (is_among(slanted, name, length)) {
        add_argument(f, false);
        return;
    }
    if (length == 4 && !strncmp(name, "frac", 4)) {
        add_argument(f, is_upright);
        strbuf_addc(f->out, '/');
        add_argument(f, is_upright);
        return;
    }
    for (const struct symbol *row = symbols; row->name; row++)
        if (strlen(row->name) == length && !strncmp(row->name, name, length)) {
            add_letter(f, row->text, strlen(row->text),
                       row->is_letter && !is_upright);
            return;
        }
    add_escaped(f->out, name - 1, length + 1);
}

static void add_atom(struct formula *f, bool is_upright)
{
    const char *start = f->next++;
    switch (*start) {
    case '\\':
        add_command(f, is_upright);
        return;
    case '^':
        add_script(f, 0.38, is_upright);
        return;
    case '_':
        add_script(f, -0.18, is_upright);
        return;
    case '{':
        if (f->depth++ < MOST_DEPTH)
            add_group(f, is_upright);
        f->depth--;
        return;
    case '}':
    case ' ':
        return;
    case '-':
        strbuf_adds(f->out, "\u2212");
        return;
    case '=':
    case '+':
        /* Relations have air around them. */
        add_escaped(f->out, " ", !f->depth);
        add_escaped(f->out, start, 1);
        add_escaped(f->out, " ", !f->depth);
        return;
    default:
        while (f->next < f->end && (*f->next & 0xc0) == 0x80)
            f->next++;
        add_letter(f, start, (size_t)(f->next - start),
                   !is_upright && isalpha((unsigned char)*start));
    }
}

/* The next $ at or behind TEXT that no backslash stands before, or NULL. */
static const char *find_dollar(const char *text)
{
    for (; *text; text++) {
        if (*text == '$')
            return text;
        if (*text == '\\' && text[1])
            text++;
    }
    return NULL;
}

char *formula_to_markup(const char *line, double size)
{
    const char *open = find_dollar(line);
    const char *close = open ? find_dollar(open + 1) : NULL;
    if (!close)
        return NULL;
    struct strbuf markup = STRBUF_INIT;
    while (close) {
        add_escaped(&markup, line, (size_t)(open - line));
        struct formula formula = {open + 1, close, &markup, size, 0};
        while (formula.next < close)
            add_atom(&formula, false);
        line = close + 1;
        open = find_dollar(line);
        close = open ? find_dollar(open + 1) : NULL;
    }
    add_escaped(&markup, line, strlen(line));
    return strbuf_steal(&markup);
}
