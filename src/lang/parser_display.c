/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names, literals, and everything in brackets: tuples, lists, dicts and
   comprehensions. */
#include <string.h>

#include "lang/parser.h"

static bool is_atom_start(enum token_kind kind)
{
    return kind == TOKEN_NAME || kind == TOKEN_NUMBER || kind == TOKEN_STRING;
}

/* After `(1 2`: the marked words of CPython's hint. */
static struct node *missing_comma(struct parser *parser, struct node *before)
{
    if (parser->err->kind == ERROR_NONE && before &&
        is_atom_start(parser->token.kind)) {
        struct error *err = parser->err;
        parser_invalid(parser);
        if (err->message && !strcmp(err->message, "invalid syntax")) {
            struct span span = {before->span.start, parser->token.span.end};
            error_clear(err);
            parser_fail(parser, span,
                        "invalid syntax. Perhaps you forgot a comma?");
        }
        return NULL;
    }
    return parser_invalid(parser);
}

bool parser_close(struct parser *parser, enum token_kind close,
                  struct node *last)
{
    if (parser_accept(parser, close))
        return true;
    missing_comma(parser, last);
    return false;
}

/* clauses: ("for" targets "in" or_test ("if" test)*)+ */
static bool parse_clauses(struct parser *parser, struct node *node)
{
    struct clause clauses[20];
    int count = 0;

    while (parser_accept(parser, TOKEN_FOR)) {
        if (count == 20)
            return parser_fail(parser, parser->token.span,
                               "too many 'for' in a comprehension");
        struct clause *clause = &clauses[count++];
        *clause = (struct clause){.target = parse_target_list(parser)};
        if (!clause->target || !parser_expect(parser, TOKEN_IN))
            return false;
        clause->iterable = parse_or_expression(parser);
        if (!clause->iterable)
            return false;
        struct node_vector conditions = {NULL, 0, 0};
        bool good = true;
        while (good && parser_accept(parser, TOKEN_IF)) {
            struct node *test = parse_or_expression(parser);
            good = test != NULL;
            node_vector_add(&conditions, test);
        }
        clause->conditions = node_vector_finish(&conditions, parser->program);
        if (!good)
            return false;
    }
    node->comprehension.clause_count = count;
    node->comprehension.clauses =
        program_alloc(parser->program, (size_t)count * sizeof *clauses);
    memcpy(node->comprehension.clauses, clauses,
           (size_t)count * sizeof *clauses);
    return true;
}

struct node *parse_comprehension(struct parser *parser, uint32_t start,
                                 enum comprehension_kind kind,
                                 struct node *element, struct node *value)
{
    struct node *node = node_new(parser->program, NODE_COMPREHENSION,
                                 (struct span){start, start + 1});
    node->operator=(uint8_t) kind;
    node->comprehension.element = element;
    node->comprehension.value = value;
    if (element->kind == NODE_STAR)
        return parser_fail(
            parser, element->span,
            "iterable unpacking cannot be used in comprehension");
    if (!parse_clauses(parser, node))
        return NULL;
    node->span = parser_since(parser, start);
    node = parser_deepen(parser, node, element, value);
    if (node && kind == COMPREHENSION_GENERATOR)
        node = parser_make_generator(parser, node);
    return node;
}

/* star_named: "*" or_expression | named */
struct node *parse_star_named(struct parser *parser)
{
    uint32_t start = parser->token.span.start;
    if (!parser_accept(parser, TOKEN_STAR))
        return parse_named(parser);
    struct node *operand = parse_or_expression(parser);
    if (!operand)
        return NULL;
    struct node *node =
        node_new(parser->program, NODE_STAR, parser_since(parser, start));
    node->operand = operand;
    return parser_deepen(parser, node, operand, NULL);
}

/* More items up to CLOSE, after the first; sets the node's items. */
static bool parse_items(struct parser *parser, struct node *node,
                        struct node *first, enum token_kind close)
{
    struct node_vector items = {NULL, 0, 0};
    struct node *item = first;
    int depth = 0;
    bool good = true;

    for (;;) {
        node_vector_add(&items, item);
        depth = item->depth > depth ? item->depth : depth;
        if (!parser_accept(parser, TOKEN_COMMA) || parser_at(parser, close))
            break;
        item = parse_star_named(parser);
        good = item != NULL;
        if (!good)
            break;
    }
    node->items = node_vector_finish(&items, parser->program);
    node->depth = (uint16_t)(depth + 1);
    return good && parser_close(parser, close, item);
}

/* list: "[" [star_named clauses | star_named ("," star_named)* [","]] "]" */
static struct node *parse_list(struct parser *parser)
{
    uint32_t start = parser->token.span.start;
    struct program *program = parser->program;
    struct node *node = node_new(program, NODE_LIST, parser->token.span);
    int outer = parser->list_depth;
    size_t lists = program->list_count;

    node->shorthand = program->options.shorthand && outer == 0;
    parser_advance(parser);
    if (!parser_accept(parser, TOKEN_RIGHT_BRACKET)) {
        if (node->shorthand)
            program_add_list(program, node);
        parser->list_depth++;
        struct node *first = parse_star_named(parser);
        bool good = first != NULL;
        if (good && parser_at(parser, TOKEN_FOR)) {
            parser->list_depth = 0;
            program->list_count = lists;
            node = parse_comprehension(parser, start, COMPREHENSION_LIST, first,
                                       NULL);
            good = node && parser_close(parser, TOKEN_RIGHT_BRACKET, NULL);
        } else if (good) {
            good = parse_items(parser, node, first, TOKEN_RIGHT_BRACKET);
        }
        parser->list_depth = outer;
        if (!good)
            return NULL;
    }
    node->span = parser_since(parser, start);
    return node;
}

/* paren: "(" [star_named (clauses | ("," star_named)* [","])] ")" */
static struct node *parse_parenthesized(struct parser *parser)
{
    uint32_t start = parser->token.span.start;
    struct program *program = parser->program;
    parser_advance(parser);
    if (parser_accept(parser, TOKEN_RIGHT_PAREN))
        return node_new(program, NODE_TUPLE, parser_since(parser, start));

    struct node *first = parser_at(parser, TOKEN_YIELD)
                             ? parse_yield(parser)
                             : parse_star_named(parser);
    if (!first)
        return NULL;
    if (parser_at(parser, TOKEN_FOR)) {
        struct node *node = parse_comprehension(
            parser, start, COMPREHENSION_GENERATOR, first, NULL);
        if (!node || !parser_close(parser, TOKEN_RIGHT_PAREN, NULL))
            return NULL;
        node->span = parser_since(parser, start);
        return node;
    }
    if (parser_at(parser, TOKEN_COMMA)) {
        struct node *tuple = node_new(program, NODE_TUPLE, first->span);
        if (!parse_items(parser, tuple, first, TOKEN_RIGHT_PAREN))
            return NULL;
        tuple->span = parser_since(parser, start);
        tuple->parenthesized = true;
        return tuple;
    }
    if (first->kind == NODE_STAR)
        return parser_fail(parser, first->span,
                           "cannot use starred expression here");
    if (!parser_close(parser, TOKEN_RIGHT_PAREN, first))
        return NULL;
    first->parenthesized = true;
    return first;
}

/* pair: test ":" test | "**" or_expression */
static bool parse_pair(struct parser *parser, struct node **ret_key,
                       struct node **ret_value)
{
    *ret_key = NULL;
    if (parser_accept(parser, TOKEN_POWER)) {
        *ret_value = parse_or_expression(parser);
        return *ret_value != NULL;
    }
    *ret_key = parse_test(parser);
    if (!*ret_key)
        return false;
    if (!parser_accept(parser, TOKEN_COLON)) {
        if (parser_at(parser, TOKEN_COMMA) ||
            parser_at(parser, TOKEN_RIGHT_BRACE))
            return parser_fail(parser, parser->token.span,
                               "':' expected after dictionary key");
        return parser_invalid(parser);
    }
    *ret_value = parse_test(parser);
    return *ret_value != NULL;
}

/* set: "{" star_named (clauses | ("," star_named)* [","]) "}", from behind the
   first item */
static struct node *parse_set(struct parser *parser, uint32_t start,
                              struct node *first)
{
    struct node *node;
    if (parser_at(parser, TOKEN_FOR)) {
        node = parse_comprehension(parser, start, COMPREHENSION_SET, first,
                                   NULL);
        if (!node || !parser_close(parser, TOKEN_RIGHT_BRACE, NULL))
            return NULL;
    } else {
        node = node_new(parser->program, NODE_SET, first->span);
        if (!parse_items(parser, node, first, TOKEN_RIGHT_BRACE))
            return NULL;
    }
    node->span = parser_since(parser, start);
    return node;
}

/* dict: "{" [pair (clauses | ("," pair)* [","])] "}", from behind the first
   pair, which ends before a comma or the brace; KEY NULL: **VALUE */
static struct node *parse_pairs(struct parser *parser, uint32_t start,
                                struct node *key, struct node *value)
{
    struct node *node =
        node_new(parser->program, NODE_DICT, parser->token.span);
    struct node_vector keys = {NULL, 0, 0}, values = {NULL, 0, 0};
    bool good = true;
    int depth = 0;

    for (;;) {
        node_vector_add(&keys, key);
        node_vector_add(&values, value);
        depth = value->depth > depth ? value->depth : depth;
        if (!parser_accept(parser, TOKEN_COMMA) ||
            parser_at(parser, TOKEN_RIGHT_BRACE))
            break;
        good = parse_pair(parser, &key, &value);
        if (!good)
            break;
    }
    node->dict.keys = node_vector_finish(&keys, parser->program);
    node->dict.values = node_vector_finish(&values, parser->program);
    node->depth = (uint16_t)(depth + 1);
    if (!good || !parser_close(parser, TOKEN_RIGHT_BRACE, value))
        return NULL;
    node->span = parser_since(parser, start);
    return node;
}

/* What stands in braces; the first item tells a set from a dict. */
static struct node *parse_braces(struct parser *parser)
{
    uint32_t start = parser->token.span.start;
    struct node *key = NULL, *value = NULL;

    parser_advance(parser);
    if (parser_accept(parser, TOKEN_RIGHT_BRACE))
        return node_new(parser->program, NODE_DICT,
                        parser_since(parser, start));
    if (parser_accept(parser, TOKEN_POWER)) {
        value = parse_or_expression(parser);
        return value ? parse_pairs(parser, start, NULL, value) : NULL;
    }
    key = parse_star_named(parser);
    if (!key)
        return NULL;
    if (key->kind == NODE_STAR || !parser_accept(parser, TOKEN_COLON))
        return parse_set(parser, start, key);
    value = parse_test(parser);
    if (!value)
        return NULL;
    if (!parser_at(parser, TOKEN_FOR))
        return parse_pairs(parser, start, key, value);
    struct node *node =
        parse_comprehension(parser, start, COMPREHENSION_DICT, key, value);
    if (!node || !parser_close(parser, TOKEN_RIGHT_BRACE, NULL))
        return NULL;
    node->span = parser_since(parser, start);
    return node;
}

static struct node *parse_constant(struct parser *parser, struct value value)
{
    struct span span = parser->token.span;
    parser_advance(parser);
    return node_constant(parser->program, span, value);
}

struct node *parse_fresh(struct parser *parser,
                         struct node *(*parse)(struct parser *))
{
    int outer = parser->list_depth;
    parser->list_depth = 0;
    struct node *node = parse(parser);
    parser->list_depth = outer;
    return node;
}

struct node *parse_atom(struct parser *parser)
{
    switch (parser->token.kind) {
    case TOKEN_NAME:
        return parse_name(parser);
    case TOKEN_NUMBER:
        return parse_number(parser);
    case TOKEN_STRING:
        return parse_strings(parser);
    case TOKEN_TRUE:
        return parse_constant(parser, value_bool(true));
    case TOKEN_FALSE:
        return parse_constant(parser, value_bool(false));
    case TOKEN_NONE:
        return parse_constant(parser, value_none());
    case TOKEN_ELLIPSIS:
        return parse_constant(parser, (struct value){.kind = VALUE_ELLIPSIS});
    case TOKEN_LEFT_PAREN:
        return parse_fresh(parser, parse_parenthesized);
    case TOKEN_LEFT_BRACKET:
        return parse_list(parser);
    case TOKEN_LEFT_BRACE:
        return parse_fresh(parser, parse_braces);
    case TOKEN_AWAIT:
    case TOKEN_ASYNC:
        return parser_fail(parser, parser->token.span, "'%s' is not supported",
                           token_text(parser->token.kind));
    default:
        return parser_invalid(parser);
    }
}
