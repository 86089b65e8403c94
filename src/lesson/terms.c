/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lesson/terms.h"

#include <ctype.h>
#include <string.h>

#include "base/strbuf.h"
#include "lang/walk.h"
#include "lesson/document.h"

struct collecting {
    const struct strmap *origins;
    term_set *terms;
};

static void add(term_set *terms, const char *term)
{
    strmap_set(terms, term, terms); /* any value: it is there */
}

static void add_all(term_set *terms, const term_set *more)
{
    const char *term;
    void *value;
    for (size_t i = 0; strmap_next(more, &i, &term, &value);)
        add(terms, term);
}

/* ------------------------------------------------------------------ terms */

static const char *kind_term(const struct node *node)
{
    switch ((enum node_kind)node->kind) {
    case NODE_SLICE:
        return "slice";
    case NODE_FOR:
        return "for";
    case NODE_WHILE:
        return "while";
    case NODE_IF:
    case NODE_CONDITIONAL:
        return "if";
    case NODE_DEF:
        return "def";
    case NODE_CLASS:
        return "class";
    case NODE_LAMBDA:
        return "lambda";
    case NODE_COMPREHENSION:
    case NODE_GENERATOR:
        return "comprehension";
    case NODE_NOT:
        return "not";
    case NODE_AND:
        return "and";
    case NODE_OR:
        return "or";
    case NODE_ASSERT:
        return "assert";
    default:
        return NULL;
    }
}

static const char *const other_terms[] = {"index", "mask", "in", "is",
                                          "try",   "with", NULL};

static bool is_mask(const struct node *index)
{
    if (index->kind == NODE_TUPLE) {
        for (int i = 0; i < index->items.count; i++)
            if (is_mask(index->items.items[i]))
                return true;
        return false;
    }
    return index->kind == NODE_COMPARE || index->kind == NODE_NAME ||
           (index->kind == NODE_UNARY && index->operator == OPERATOR_INVERT) ||
           (index->kind == NODE_BINARY && (index->operator == OPERATOR_AND ||
                                           index->operator == OPERATOR_OR));
}

static void add_comparisons(term_set *terms, const struct node *node)
{
    for (int i = 0; i + 1 < node->compare.operands.count; i++) {
        int operator = node->compare.operators[i];
        add(terms, operator < OPERATOR_COUNT
                       ? operator_text((enum operator)operator)
                   : operator <= COMPARE_NOT_IN ? "in"
                                                : "is");
    }
}

static void add_name(struct collecting *collecting, const char *name)
{
    add(collecting->terms, name);
    const term_set *origin =
        collecting->origins ? strmap_get(collecting->origins, name) : NULL;
    if (origin && origin != collecting->terms)
        add_all(collecting->terms, origin);
}

static bool collect(void *context, const struct node *node);

/* A name that is bound is not used: what it was made of before is gone. */
static void collect_binding(struct collecting *collecting,
                            const struct node *node)
{
    if (node->kind == NODE_ASSIGN) {
        for (int i = 0; i < node->assign.targets.count; i++)
            if (node->assign.targets.items[i]->kind != NODE_NAME)
                node_walk(node->assign.targets.items[i], collect, collecting);
        node_walk(node->assign.value, collect, collecting);
        return;
    }
    const struct code *code = node->function.code;
    for (int i = 0; i < code->parameter_count; i++)
        node_walk(code->parameters[i].fallback, collect, collecting);
    for (int i = 0; i < code->body.count; i++)
        node_walk(code->body.items[i], collect, collecting);
}

static bool collect(void *context, const struct node *node)
{
    struct collecting *collecting = context;
    term_set *terms = collecting->terms;
    const char *term = kind_term(node);
    if (term)
        add(terms, term);
    if (node->kind == NODE_ASSIGN || node->kind == NODE_DEF) {
        collect_binding(collecting, node);
        return false;
    }
    switch ((enum node_kind)node->kind) {
    case NODE_BINARY:
    case NODE_AUGMENTED:
    case NODE_UNARY:
        add(terms, operator_text((enum operator)node->operator));
        break;
    case NODE_COMPARE:
        add_comparisons(terms, node);
        break;
    case NODE_SUBSCRIPT:
        add(terms, is_mask(node->subscript.index) ? "mask" : "index");
        break;
    case NODE_ATTRIBUTE:
        add(terms, node->attribute.name);
        break;
    case NODE_KEYWORD:
        add(terms, node->keyword.name);
        break;
    case NODE_NAME:
        add_name(collecting, node->name.text);
        break;
    case NODE_TRY:
        add(terms, "try");
        break;
    case NODE_WITH:
        add(terms, "with");
        break;
    default:
        break;
    }
    return true;
}

void terms_collect(const struct program *program, const struct strmap *origins,
                   term_set *ret)
{
    struct collecting collecting = {origins, ret};
    program_walk(program, collect, &collecting);
}

bool term_is_known(const char *term)
{
    for (int kind = 0; kind <= NODE_PATTERN; kind++) {
        struct node node = {.kind = (uint8_t)kind};
        const char *known = kind_term(&node);
        if (known && !strcmp(known, term))
            return true;
    }
    for (int i = 0; other_terms[i]; i++)
        if (!strcmp(other_terms[i], term))
            return true;
    for (int i = 0; i < OPERATOR_COUNT; i++)
        if (!strcmp(operator_text((enum operator)i), term))
            return true;
    return isalpha((unsigned char)*term) || *term == '_';
}

/* "np.dot" is met by dot. */
static const char *last_part(const char *word)
{
    const char *dot = strrchr(word, '.');
    return dot && dot[1] ? dot + 1 : word;
}

static const char *find(const term_set *terms, const struct words *words,
                        bool present)
{
    for (size_t i = 0; i < words->count; i++)
        if (strmap_has(terms, last_part(words->items[i])) == present)
            return words->items[i];
    return NULL;
}

const char *terms_missing(const term_set *terms, const struct words *words)
{
    return find(terms, words, false);
}

const char *terms_present(const term_set *terms, const struct words *words)
{
    return find(terms, words, true);
}

/* ------------------------------------------------------------------ names */

static void add_once(struct words *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++)
        if (!strcmp(names->items[i], name))
            return;
    words_add(names, name, strlen(name));
}

/* The variable that an assignment to TARGET binds or changes. */
static void bind_target(struct words *names, const struct node *target)
{
    while (target && (target->kind == NODE_SUBSCRIPT ||
                      target->kind == NODE_ATTRIBUTE ||
                      target->kind == NODE_STAR))
        target = target->kind == NODE_SUBSCRIPT   ? target->subscript.object
                 : target->kind == NODE_ATTRIBUTE ? target->attribute.object
                                                  : target->operand;
    if (!target)
        return;
    if (target->kind == NODE_NAME)
        add_once(names, target->name.text);
    if (target->kind == NODE_TUPLE || target->kind == NODE_LIST)
        for (int i = 0; i < target->items.count; i++)
            bind_target(names, target->items.items[i]);
}

/* Functions bind their own names alone: what is inside is theirs. */
static bool collect_names(void *context, const struct node *node)
{
    struct words *names = context;
    switch ((enum node_kind)node->kind) {
    case NODE_ASSIGN:
        for (int i = 0; i < node->assign.targets.count; i++)
            bind_target(names, node->assign.targets.items[i]);
        return true;
    case NODE_AUGMENTED:
    case NODE_WALRUS:
        bind_target(names, node->binary.left);
        return true;
    case NODE_FOR:
        bind_target(names, node->loop.target);
        return true;
    case NODE_IMPORT:
    case NODE_FROM_IMPORT:
        for (int i = 0; i < node->import.count && node->import.items; i++)
            bind_target(names, node->import.items[i].name);
        return false;
    case NODE_DEF:
        bind_target(names, node->function.name);
        return false;
    case NODE_CLASS:
        bind_target(names, node->class.name);
        return false;
    case NODE_LAMBDA:
        return false;
    default:
        return true;
    }
}

void names_bound(const struct program *program, struct words *ret)
{
    program_walk(program, collect_names, ret);
}

void names_bound_last(const struct program *program, struct words *ret)
{
    node_walk(program_last(program), collect_names, ret);
}

/* ---------------------------------------------------------------- looking */

static bool is_looking_function(const struct node *node)
{
    static const char *const names[] = {"print", "help",  "type", "len", "id",
                                        "dir",   "repr",  "str",  "ndim",
                                        "shape", "size",  NULL};
    if (node->kind != NODE_NAME)
        return false;
    for (int i = 0; names[i]; i++)
        if (!strcmp(names[i], node->name.text))
            return true;
    return false;
}

static bool looks(const struct node *node)
{
    if (node->kind == NODE_NAME || node->kind == NODE_FSTRING)
        return true;
    if (node->kind == NODE_CONSTANT)
        return node->constant.kind == VALUE_STRING;
    if (node->kind == NODE_ATTRIBUTE)
        return looks(node->attribute.object);
    if (node->kind == NODE_TUPLE) {
        for (int i = 0; i < node->items.count; i++)
            if (!looks(node->items.items[i]))
                return false;
        return node->items.count > 0;
    }
    if (node->kind != NODE_CALL || !is_looking_function(node->call.function))
        return false;
    for (int i = 0; i < node->call.args.count; i++)
        if (!looks(node->call.args.items[i]))
            return !strcmp(node->call.function->name.text, "print");
    return true;
}

bool program_only_looks(const struct program *program)
{
    const struct node_list *body = &program->main->body;
    for (int i = 0; i < body->count; i++)
        if (body->items[i]->kind != NODE_EXPRESSION ||
            !looks(body->items[i]->operand))
            return false;
    return true;
}

/* -------------------------------------------------------------- same code */


/* Copies the string that begins at TEXT; what follows it. */
static const char *copy_string(const char *text, struct strbuf *sb)
{
    char quote = *text;
    strbuf_addc(sb, *text++);
    while (*text && *text != quote && *text != '\n') {
        if (*text == '\\' && text[1])
            strbuf_addc(sb, *text++);
        strbuf_addc(sb, *text++);
    }
    if (*text == quote)
        strbuf_addc(sb, *text++);
    return text;
}

/* Without comments, and blanks only where they part words or indent. */
static void simplify(const char *text, struct strbuf *sb)
{
    while (*text) {
        bool starts = sb->length == 0 || sb->text[sb->length - 1] == '\n';
        if (starts && *text == '\n') {
            text++;
        } else if (*text == '#') {
            text += strcspn(text, "\n");
        } else if (*text == '"' || *text == '\'') {
            text = copy_string(text, sb);
        } else if (isspace((unsigned char)*text) && *text != '\n') {
            size_t count = strspn(text, " \t\r");
            char next = text[count];
            if (starts && next && next != '\n' && next != '#')
                strbuf_repeat(sb, ' ', count);
            else if (sb->length && is_name_byte(sb->text[sb->length - 1]) &&
                     is_name_byte(next))
                strbuf_addc(sb, ' ');
            text += count;
        } else {
            strbuf_addc(sb, *text++);
        }
    }
    while (sb->length && strchr("\n;", sb->text[sb->length - 1]))
        strbuf_truncate(sb, sb->length - 1);
}

bool code_is_same(const char *a, const char *b)
{
    struct strbuf left = STRBUF_INIT, right = STRBUF_INIT;
    simplify(a, &left);
    simplify(b, &right);
    bool same = !strcmp(left.text, right.text);
    strbuf_done(&left);
    strbuf_done(&right);
    return same;
}
