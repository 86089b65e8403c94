/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * match statements and their patterns.  `match` and `case` are names
 * everywhere else; a line that begins with `match` and ends with a colon is a
 * match statement.
 * https://docs.python.org/3/reference/compound_stmts.html#the-match-statement
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "lang/parser.h"

static bool at_word(const struct parser *parser, const char *word)
{
    const struct span span = parser->token.span;
    size_t length = strlen(word);
    return parser_at(parser, TOKEN_NAME) && span.end - span.start == length &&
           !memcmp(parser->lexer.text + span.start, word, length);
}

/* The kind of the logical line's last token. */
static enum token_kind last_of_line(const struct parser *parser)
{
    struct lexer rest = parser->lexer;
    struct error ignored = ERROR_INIT;
    struct token token = parser->has_next ? parser->next : parser->token;
    enum token_kind last = parser->token.kind;
    rest.err = &ignored;
    if (!parser->has_next)
        token = lexer_next(&rest);
    while (token.kind != TOKEN_NEWLINE && token.kind != TOKEN_END &&
           token.kind != TOKEN_ERROR) {
        last = token.kind;
        token = lexer_next(&rest);
    }
    error_clear(&ignored);
    return last;
}

bool parser_at_match(struct parser *parser)
{
    if (!at_word(parser, "match"))
        return false;
    enum token_kind next = parser_peek(parser)->kind;
    return next != TOKEN_COLON && next != TOKEN_ASSIGN &&
           next != TOKEN_DOT && last_of_line(parser) == TOKEN_COLON;
}

/* ---------------------------------------------------------------- patterns */

static struct node *parse_pattern(struct parser *parser);

static struct node *pattern_new(struct parser *parser, enum pattern_kind kind,
                                uint32_t start)
{
    struct node *node =
        node_new(parser->program, NODE_PATTERN, parser_since(parser, start));
    node->operator=(uint8_t) kind;
    return node;
}

static struct node *pattern_of_value(struct parser *parser,
                                     enum pattern_kind kind,
                                     struct node *value)
{
    if (!value)
        return NULL;
    struct node *node = pattern_new(parser, kind, value->span.start);
    node->pattern.value = value;
    return node;
}

/* sequence: (pattern | "*" NAME) ("," …)* [","] CLOSE */
static bool parse_items(struct parser *parser, enum token_kind close,
                        struct node_list *ret, bool *comma)
{
    struct node_vector items = {NULL, 0, 0};
    bool good = true;
    *comma = false;
    while (good && !parser_at(parser, close)) {
        uint32_t start = parser->token.span.start;
        struct node *item;
        if (parser_accept(parser, TOKEN_STAR)) {
            struct node *name = parse_name(parser);
            item = name ? pattern_new(parser, PATTERN_STAR, start) : NULL;
            if (item)
                item->pattern.name = name;
            *comma = true; /* *rest makes a sequence, alone, too */
        } else {
            item = parse_pattern(parser);
        }
        good = item != NULL;
        if (good)
            node_vector_add(&items, item);
        if (!good || !parser_accept(parser, TOKEN_COMMA))
            break;
        *comma = true;
    }
    *ret = node_vector_finish(&items, parser->program);
    return good;
}

static struct node *parse_group(struct parser *parser, enum token_kind close)
{
    uint32_t start = parser->token.span.start;
    struct node_list items;
    bool comma;
    parser_advance(parser);
    if (!parse_items(parser, close, &items, &comma) ||
        !parser_expect(parser, close))
        return NULL;
    if (close == TOKEN_RIGHT_PAREN && items.count == 1 && !comma)
        return items.items[0];
    struct node *node = pattern_new(parser, PATTERN_SEQUENCE, start);
    node->pattern.items = items;
    return node;
}

/* A number, a string, None, True, a.b: no operator but a sign before it. */
static struct node *parse_literal(struct parser *parser)
{
    uint32_t start = parser->token.span.start;
    bool negative = parser_accept(parser, TOKEN_MINUS);
    struct node *value = parse_postfix(parser);
    if (!negative || !value)
        return value;
    struct node *node =
        node_new(parser->program, NODE_UNARY, parser_since(parser, start));
    node->operator= OPERATOR_NEGATIVE;
    node->operand = value;
    return parser_deepen(parser, node, value, NULL);
}

/* mapping: "{" [(literal ":" pattern | "**" NAME) ("," …)*] "}" */
static struct node *parse_mapping(struct parser *parser)
{
    uint32_t start = parser->token.span.start;
    struct node_vector keys = {NULL, 0, 0}, items = {NULL, 0, 0};
    struct node *rest = NULL;
    bool good = true;
    parser_advance(parser);
    while (good && !parser_at(parser, TOKEN_RIGHT_BRACE)) {
        if (parser_accept(parser, TOKEN_POWER)) {
            rest = parse_name(parser);
            good = rest != NULL;
        } else {
            struct node *key = parse_literal(parser);
            struct node *item = key && parser_expect(parser, TOKEN_COLON)
                                    ? parse_pattern(parser)
                                    : NULL;
            good = item != NULL;
            if (good) {
                node_vector_add(&keys, key);
                node_vector_add(&items, item);
            }
        }
        if (!good || !parser_accept(parser, TOKEN_COMMA))
            break;
    }
    good = good && parser_expect(parser, TOKEN_RIGHT_BRACE);
    struct node *node = pattern_new(parser, PATTERN_MAPPING, start);
    node->pattern.keys = node_vector_finish(&keys, parser->program);
    node->pattern.items = node_vector_finish(&items, parser->program);
    node->pattern.name = rest;
    return good ? node : NULL;
}

/* class: NAME ("." NAME)* "(" [pattern | NAME "=" pattern] ("," …)* ")" */
static struct node *parse_class_pattern(struct parser *parser,
                                        struct node *class)
{
    struct node_vector items = {NULL, 0, 0};
    bool good = true;
    parser_advance(parser);
    while (good && !parser_at(parser, TOKEN_RIGHT_PAREN)) {
        struct node *item, *name = NULL;
        uint32_t start = parser->token.span.start;
        if (parser_at(parser, TOKEN_NAME) &&
            parser_peek(parser)->kind == TOKEN_ASSIGN) {
            name = parse_name(parser);
            parser_advance(parser);
        }
        item = parse_pattern(parser);
        if (item && name) {
            struct node *keyword = node_new(parser->program, NODE_KEYWORD,
                                            parser_since(parser, start));
            keyword->keyword.name = name->name.text;
            keyword->keyword.value = item;
            item = keyword;
        }
        good = item != NULL;
        if (good)
            node_vector_add(&items, item);
        if (!good || !parser_accept(parser, TOKEN_COMMA))
            break;
    }
    good = good && parser_expect(parser, TOKEN_RIGHT_PAREN);
    struct node *node = pattern_of_value(parser, PATTERN_CLASS, class);
    node->pattern.items = node_vector_finish(&items, parser->program);
    return good ? node : NULL;
}

/* x captures, _ takes anything, a.b is a value, Point(…) a class. */
static struct node *parse_named_pattern(struct parser *parser)
{
    bool wildcard = at_word(parser, "_");
    struct node *name = parse_name(parser);
    bool dotted = false;
    while (name && parser_at(parser, TOKEN_DOT)) {
        name = parse_attribute(parser, name);
        dotted = true;
    }
    if (!name)
        return NULL;
    if (parser_at(parser, TOKEN_LEFT_PAREN))
        return parse_class_pattern(parser, name);
    if (dotted)
        return pattern_of_value(parser, PATTERN_VALUE, name);
    struct node *node =
        pattern_new(parser, PATTERN_CAPTURE, name->span.start);
    node->pattern.name = wildcard ? NULL : name;
    return node;
}

static struct node *parse_closed(struct parser *parser)
{
    switch (parser->token.kind) {
    case TOKEN_NAME:
        return parse_named_pattern(parser);
    case TOKEN_LEFT_PAREN:
        return parse_group(parser, TOKEN_RIGHT_PAREN);
    case TOKEN_LEFT_BRACKET:
        return parse_group(parser, TOKEN_RIGHT_BRACKET);
    case TOKEN_LEFT_BRACE:
        return parse_mapping(parser);
    case TOKEN_NONE:
    case TOKEN_TRUE:
    case TOKEN_FALSE:
        return pattern_of_value(parser, PATTERN_SINGLETON,
                                parse_literal(parser));
    case TOKEN_MINUS:
    case TOKEN_NUMBER:
    case TOKEN_STRING:
        return pattern_of_value(parser, PATTERN_VALUE, parse_literal(parser));
    default:
        return parser_invalid(parser);
    }
}

/* pattern: closed ("|" closed)* ["as" NAME] */
static struct node *parse_pattern(struct parser *parser)
{
    uint32_t start = parser->token.span.start;
    struct node *node = parse_closed(parser);
    if (node && parser_at(parser, TOKEN_BAR)) {
        struct node_vector choices = {NULL, 0, 0};
        node_vector_add(&choices, node);
        while (node && parser_accept(parser, TOKEN_BAR)) {
            node = parse_closed(parser);
            if (node)
                node_vector_add(&choices, node);
        }
        struct node *either = pattern_new(parser, PATTERN_OR, start);
        either->pattern.items = node_vector_finish(&choices, parser->program);
        node = node ? either : NULL;
    }
    if (!node || !parser_accept(parser, TOKEN_AS))
        return node;
    struct node *name = parse_name(parser);
    struct node *named = pattern_of_value(parser, PATTERN_AS, node);
    named->pattern.name = name;
    return name ? named : NULL;
}

/* patterns: pattern | sequence without brackets */
static struct node *parse_patterns(struct parser *parser)
{
    uint32_t start = parser->token.span.start;
    struct node_list items;
    bool comma;
    if (!parse_items(parser, TOKEN_COLON, &items, &comma))
        return NULL;
    if (items.count == 0)
        return parser_invalid(parser);
    if (items.count == 1 && !comma)
        return items.items[0];
    struct node *node = pattern_new(parser, PATTERN_SEQUENCE, start);
    node->pattern.items = items;
    return node;
}

/* -------------------------------------------------------------- statements */

/* case: "case" patterns ["if" named] ":" block */
static bool parse_case(struct parser *parser, struct match_case *ret)
{
    struct token header = parser->token;
    if (!at_word(parser, "case"))
        return parser_invalid(parser);
    parser_advance(parser);
    *ret = (struct match_case){.pattern = parse_patterns(parser)};
    if (!ret->pattern)
        return false;
    if (parser_accept(parser, TOKEN_IF)) {
        ret->guard = parse_named(parser);
        if (!ret->guard)
            return false;
    }
    return parser_expect(parser, TOKEN_COLON) &&
           parse_block(parser, "'case' statement", header, &ret->body);
}

/* match: "match" expressions ":" NEWLINE INDENT case+ DEDENT */
struct node *parse_match(struct parser *parser)
{
    struct token header = parser->token;
    struct node *node = node_new(parser->program, NODE_MATCH, header.span);
    struct match_case *cases = NULL;
    size_t count = 0, capacity = 0;
    parser_advance(parser);
    node->match.subject = parse_expression_list(parser, true);
    if (!node->match.subject || !parser_expect(parser, TOKEN_COLON) ||
        !parser_no_yield(parser))
        return NULL;
    if (!parser_accept(parser, TOKEN_NEWLINE))
        return parser_invalid(parser);
    if (!parser_accept(parser, TOKEN_INDENT)) {
        parser_missing_block(parser, "'match' statement", header);
        return NULL;
    }
    bool good = true;
    while (good && !parser_accept(parser, TOKEN_DEDENT))
        good = parse_case(parser, &VEC_PUSH(cases, count, capacity));
    if (good) {
        node->match.count = (int)count;
        node->match.cases =
            program_alloc(parser->program, count * sizeof *cases);
        memcpy(node->match.cases, cases, count * sizeof *cases);
    }
    free(cases);
    return good ? node : NULL;
}
