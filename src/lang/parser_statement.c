/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statements of one line. */
#include <stdlib.h>
#include <string.h>

#include "lang/parser.h"

/* ------------------------------------- expressions and assignments */

static bool augmented_operator(enum token_kind kind, enum operator* ret)
{
    static const struct {
        enum token_kind kind;
        enum operator operator;
    } table[] = {
        {TOKEN_PLUS_ASSIGN, OPERATOR_ADD},
        {TOKEN_MINUS_ASSIGN, OPERATOR_SUBTRACT},
        {TOKEN_STAR_ASSIGN, OPERATOR_MULTIPLY},
        {TOKEN_SLASH_ASSIGN, OPERATOR_DIVIDE},
        {TOKEN_FLOOR_ASSIGN, OPERATOR_FLOOR_DIVIDE},
        {TOKEN_PERCENT_ASSIGN, OPERATOR_REMAINDER},
        {TOKEN_POWER_ASSIGN, OPERATOR_POWER},
        {TOKEN_AT_ASSIGN, OPERATOR_MATMUL},
        {TOKEN_AMPERSAND_ASSIGN, OPERATOR_AND},
        {TOKEN_BAR_ASSIGN, OPERATOR_OR},
        {TOKEN_CARET_ASSIGN, OPERATOR_XOR},
        {TOKEN_LEFT_SHIFT_ASSIGN, OPERATOR_LEFT_SHIFT},
        {TOKEN_RIGHT_SHIFT_ASSIGN, OPERATOR_RIGHT_SHIFT},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (table[i].kind == kind) {
            *ret = table[i].operator;
            return true;
        }
    }
    return false;
}

static struct node *parse_augmented(struct parser *parser, struct node *target,
                                    enum operator operator)
{
    if (target->kind != NODE_NAME && target->kind != NODE_ATTRIBUTE &&
        target->kind != NODE_SUBSCRIPT)
        return parser_fail(parser, target->span,
                           "'%s' is an illegal expression for augmented "
                           "assignment",
                           node_description(target));
    parser_advance(parser);
    struct node *value = parse_yield_or_list(parser, false);
    if (!value || !parser_take_yield(parser, value))
        return NULL;
    struct node *node = node_new(parser->program, NODE_AUGMENTED,
                                 parser_since(parser, target->span.start));
    node->operator=(uint8_t) operator;
    node->binary.left = target;
    node->binary.right = value;
    return node;
}

/* assignment: targets ("=" targets)* "=" expressions */
static struct node *parse_assignment(struct parser *parser, struct node *first)
{
    struct node_vector targets = {NULL, 0, 0};
    struct node *value = first;
    bool good = true;

    while (good && parser_accept(parser, TOKEN_ASSIGN)) {
        bool single = value == first;
        node_vector_add(&targets, value);
        struct node *next = parse_yield_or_list(parser, true);
        good = next != NULL;
        if (good) {
            struct node *target = targets.items[targets.count - 1];
            bool last = !parser_at(parser, TOKEN_ASSIGN);
            good = target_check(parser, target, single && last);
        }
        value = next;
    }
    struct node_list list = node_vector_finish(&targets, parser->program);
    if (!good)
        return NULL;
    if (value->kind == NODE_STAR)
        return parser_fail(parser, value->span,
                           "can't use starred expression here");
    if (!parser_take_yield(parser, value))
        return NULL;
    struct node *node = node_new(parser->program, NODE_ASSIGN,
                                 parser_since(parser, first->span.start));
    node->assign.targets = list;
    node->assign.value = value;
    return node;
}

/* x: int = 3 – the annotation is read and dropped, but not that it was
   there: dataclasses ask for it */
static struct node *parse_annotated(struct parser *parser, struct node *target)
{
    if (!target_check(parser, target, true))
        return NULL;
    parser_advance(parser);
    if (!parse_test(parser))
        return NULL;
    struct node *node = parser_at(parser, TOKEN_ASSIGN)
                            ? parse_assignment(parser, target)
                            : node_new(parser->program, NODE_PASS,
                                       parser_since(parser,
                                                    target->span.start));
    if (!node)
        return NULL;
    node->annotated = true;
    if (node->kind == NODE_PASS)
        node->operand = target;
    return node;
}

/* print "x", as in Python 2 */
static bool is_old_print(const struct parser *parser, const struct node *node)
{
    return node->kind == NODE_NAME && !strcmp(node->name.text, "print") &&
           token_starts_expression(parser->token.kind) &&
           parser->token.kind != TOKEN_MINUS;
}

static struct node *parse_expression_statement(struct parser *parser)
{
    enum operator operator;
    struct node *value = parse_yield_or_list(parser, true);
    if (!value)
        return NULL;
    if (parser_at(parser, TOKEN_ASSIGN))
        return parse_assignment(parser, value);
    if (augmented_operator(parser->token.kind, &operator))
        return parse_augmented(parser, value, operator);
    if (parser_at(parser, TOKEN_COLON) &&
        (value->kind == NODE_NAME || value->kind == NODE_ATTRIBUTE ||
         value->kind == NODE_SUBSCRIPT))
        return parse_annotated(parser, value);
    if (is_old_print(parser, value))
        return parser_fail(
            parser, (struct span){value->span.start, parser->token.span.end},
            "Missing parentheses in call to 'print'. Did you "
            "mean print(...)?");
    if (value->kind == NODE_STAR)
        return parser_fail(parser, value->span,
                           "can't use starred expression here");
    if (!parser_take_yield(parser, value))
        return NULL;
    struct node *node = node_new(parser->program, NODE_EXPRESSION, value->span);
    node->operand = value;
    return node;
}

/* ------------------------------------------------------------- keywords */

static bool at_statement_end(const struct parser *parser)
{
    return parser_at(parser, TOKEN_NEWLINE) ||
           parser_at(parser, TOKEN_SEMICOLON) || parser_at(parser, TOKEN_END);
}

static struct node *parse_return(struct parser *parser, struct node *node)
{
    if (!at_statement_end(parser)) {
        node->operand = parse_yield_or_list(parser, true);
        if (!node->operand || !parser_take_yield(parser, node->operand))
            return NULL;
    }
    node->span = parser_since(parser, node->span.start);
    if (parser->functions == 0)
        return parser_fail(parser, node->span, "'return' outside function");
    return node;
}

/* raise: "raise" [test ["from" test]] */
static struct node *parse_raise(struct parser *parser, struct node *node)
{
    if (at_statement_end(parser))
        return node;
    node->binary.left = parse_test(parser);
    if (!node->binary.left)
        return NULL;
    if (parser_accept(parser, TOKEN_FROM)) {
        node->binary.right = parse_test(parser);
        if (!node->binary.right)
            return NULL;
    }
    return node;
}

/* assert: "assert" test ["," test] */
static struct node *parse_assert(struct parser *parser, struct node *node)
{
    node->binary.left = parse_test(parser);
    if (!node->binary.left)
        return NULL;
    if (parser_accept(parser, TOKEN_COMMA)) {
        node->binary.right = parse_test(parser);
        if (!node->binary.right)
            return NULL;
    }
    return node;
}

static struct node *parse_delete(struct parser *parser, struct node *node)
{
    struct node *target = parse_expression_list(parser, false);
    if (!target || !target_check_delete(parser, target))
        return NULL;
    node->operand = target;
    return node;
}

static struct node *parse_loop_exit(struct parser *parser, struct node *node)
{
    if (parser->loops)
        return node;
    return parser_fail(parser, node->span,
                       node->kind == NODE_BREAK
                           ? "'break' outside loop"
                           : "'continue' not properly in loop");
}

static struct node *parse_pass(struct parser *parser, struct node *node)
{
    (void)parser;
    return node;
}

/* global: "global" NAME ("," NAME)* */
static struct node *parse_scope_names(struct parser *parser, struct node *node)
{
    struct node_vector names = {NULL, 0, 0};
    bool good;
    do {
        struct node *name = parse_name(parser);
        good = name != NULL;
        if (good)
            node_vector_add(&names, name);
    } while (good && parser_accept(parser, TOKEN_COMMA));
    node->items = node_vector_finish(&names, parser->program);
    return good ? node : NULL;
}

/* -------------------------------------------------------------- imports */

/* NAME ("." NAME)*, as one text; *RET_FIRST is the first name's node. */
static const char *parse_dotted(struct parser *parser, struct node **ret_first)
{
    struct strbuf sb = STRBUF_INIT;
    struct node *name = parse_name(parser);
    const char *path = NULL;
    *ret_first = name;
    while (name) {
        strbuf_adds(&sb, name->name.text);
        if (!parser_accept(parser, TOKEN_DOT)) {
            path = program_text(parser->program, sb.text, sb.length);
            break;
        }
        strbuf_addc(&sb, '.');
        name = parse_name(parser);
    }
    strbuf_done(&sb);
    return path;
}

enum { MAX_IMPORTS = 64 };

static bool parse_as(struct parser *parser, struct import_item *item)
{
    if (!parser_accept(parser, TOKEN_AS))
        return true;
    item->name = parse_name(parser);
    item->whole = true;
    return item->name != NULL;
}

static void store_imports(struct parser *parser, struct node *node,
                          const struct import_item *items, int count)
{
    size_t bytes = (size_t)count * sizeof *items;
    node->import.count = count;
    node->import.items = program_alloc(parser->program, bytes);
    memcpy(node->import.items, items, bytes);
}

/* import: "import" dotted ["as" NAME] ("," …)* */
static struct node *parse_import(struct parser *parser, struct node *node)
{
    struct import_item items[MAX_IMPORTS];
    int count = 0;
    do {
        if (count == MAX_IMPORTS)
            return parser_invalid(parser);
        struct import_item *item = &items[count++];
        uint32_t start = parser->token.span.start;
        *item = (struct import_item){.path = NULL};
        item->path = parse_dotted(parser, &item->name);
        item->span = parser_since(parser, start);
        if (!item->path || !parse_as(parser, item))
            return NULL;
    } while (parser_accept(parser, TOKEN_COMMA));
    store_imports(parser, node, items, count);
    return node;
}

/* from: "from" dotted "import" ("*" | ["("] NAME ["as" NAME] ("," …)* [")"]) */
static struct node *parse_from(struct parser *parser, struct node *node)
{
    struct import_item items[MAX_IMPORTS];
    struct node *first;
    int count = 0;
    node->import.from = parse_dotted(parser, &first);
    if (!node->import.from || !parser_expect(parser, TOKEN_IMPORT))
        return NULL;
    if (parser_accept(parser, TOKEN_STAR))
        return node;
    bool paren = parser_accept(parser, TOKEN_LEFT_PAREN);
    do {
        if (paren && count && parser_at(parser, TOKEN_RIGHT_PAREN))
            break;
        if (count == MAX_IMPORTS)
            return parser_invalid(parser);
        struct import_item *item = &items[count++];
        *item = (struct import_item){.span = parser->token.span};
        item->name = parse_name(parser);
        if (!item->name)
            return NULL;
        item->path = item->name->name.text;
        if (!parse_as(parser, item))
            return NULL;
    } while (parser_accept(parser, TOKEN_COMMA));
    if (paren && !parser_expect(parser, TOKEN_RIGHT_PAREN))
        return NULL;
    store_imports(parser, node, items, count);
    return node;
}

/* ------------------------------------------------------- simple, lines */

static const struct {
    enum token_kind token;
    enum node_kind node;
    struct node *(*parse)(struct parser *parser, struct node *node);
} simple[] = {
    {TOKEN_RETURN, NODE_RETURN, parse_return},
    {TOKEN_RAISE, NODE_RAISE, parse_raise},
    {TOKEN_ASSERT, NODE_ASSERT, parse_assert},
    {TOKEN_DEL, NODE_DELETE, parse_delete},
    {TOKEN_PASS, NODE_PASS, parse_pass},
    {TOKEN_BREAK, NODE_BREAK, parse_loop_exit},
    {TOKEN_CONTINUE, NODE_CONTINUE, parse_loop_exit},
    {TOKEN_GLOBAL, NODE_GLOBAL, parse_scope_names},
    {TOKEN_NONLOCAL, NODE_NONLOCAL, parse_scope_names},
    {TOKEN_IMPORT, NODE_IMPORT, parse_import},
    {TOKEN_FROM, NODE_FROM_IMPORT, parse_from},
};

static struct node *parse_simple(struct parser *parser)
{
    struct span span = parser->token.span;
    for (size_t i = 0; i < sizeof simple / sizeof *simple; i++) {
        if (!parser_at(parser, simple[i].token))
            continue;
        struct node *node = node_new(parser->program, simple[i].node, span);
        parser_advance(parser);
        node = simple[i].parse(parser, node);
        if (node)
            node->span = parser_since(parser, span.start);
        return node;
    }
    return parse_expression_statement(parser);
}

/* line: simple (";" simple)* [";"] NEWLINE */
static bool parse_line(struct parser *parser, struct node_vector *body)
{
    for (;;) {
        struct node *node = parse_simple(parser);
        if (!node || !parser_hoist_statement(parser, node, body))
            return false;
        node_vector_add(body, node);
        parser->program->silent = false;
        if (parser_accept(parser, TOKEN_SEMICOLON)) {
            if (!at_statement_end(parser))
                continue;
            node->silent = parser->program->silent = true;
        }
        if (parser_accept(parser, TOKEN_NEWLINE) ||
            parser_at(parser, TOKEN_END))
            return parser->err->kind == ERROR_NONE;
        return parser_invalid(parser) != NULL;
    }
}

bool parse_statement(struct parser *parser, struct node_vector *body)
{
    bool match = parser_at_match(parser);
    if (!match && !token_starts_compound(parser->token.kind))
        return parse_line(parser, body);
    struct node_vector before = {NULL, 0, 0}, *outer = parser->before;
    parser->before = &before;
    struct node *node = match ? parse_match(parser) : parse_compound(parser);
    parser->before = outer;
    for (size_t i = 0; i < before.count; i++)
        node_vector_add(body, before.items[i]);
    free(before.items);
    if (!node)
        return false;
    parser->program->silent = false;
    node_vector_add(body, node);
    return parser->err->kind == ERROR_NONE;
}
