/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What follows an atom: calls, subscripts, attributes. */
#include <string.h>

#include "base/strmap.h"
#include "lang/parser.h"

static struct node *argument_node(struct parser *parser, enum node_kind kind,
                                  uint32_t start, struct node *operand)
{
    if (!operand)
        return NULL;
    struct node *node =
        node_new(parser->program, kind, parser_since(parser, start));
    node->operand = operand;
    node->depth = operand->depth;
    return node;
}

/* argument: NAME "=" test | "*" test | "**" test | named [clauses] */
static struct node *parse_argument(struct parser *parser)
{
    uint32_t start = parser->token.span.start;
    if (parser_accept(parser, TOKEN_STAR))
        return argument_node(parser, NODE_STAR, start, parse_test(parser));
    if (parser_accept(parser, TOKEN_POWER))
        return argument_node(parser, NODE_DOUBLE_STAR, start,
                             parse_test(parser));
    if (parser_at(parser, TOKEN_NAME) &&
        parser_peek(parser)->kind == TOKEN_ASSIGN) {
        struct node *name = parse_name(parser);
        parser_advance(parser);
        struct node *value = parse_test(parser);
        if (!value)
            return NULL;
        struct node *node = node_new(parser->program, NODE_KEYWORD,
                                     parser_since(parser, start));
        node->keyword.name = name->name.text;
        node->keyword.value = value;
        node->depth = value->depth;
        return node;
    }
    struct node *node = parse_named(parser);
    if (node && parser_at(parser, TOKEN_FOR))
        return parse_comprehension(parser, start, COMPREHENSION_GENERATOR, node,
                                   NULL);
    if (node && parser_at(parser, TOKEN_ASSIGN))
        return parser_fail(parser, (struct span){start, parser->token.span.end},
                           "expression cannot contain assignment, perhaps you "
                           "meant \"==\"?");
    return node;
}

/* Does ARGUMENT stand where it may, after those in BEFORE? */
static bool check_argument(struct parser *parser,
                           const struct node_vector *before,
                           const struct node *argument)
{
    bool keyword = false, doubled = false;
    for (size_t i = 0; i < before->count; i++) {
        const struct node *other = before->items[i];
        keyword |= other->kind == NODE_KEYWORD;
        doubled |= other->kind == NODE_DOUBLE_STAR;
        if (argument->kind == NODE_KEYWORD && other->kind == NODE_KEYWORD &&
            !strcmp(argument->keyword.name, other->keyword.name))
            return parser_fail(parser, argument->span,
                               "keyword argument repeated: %s",
                               argument->keyword.name);
    }
    if (argument->kind == NODE_STAR && doubled)
        return parser_fail(parser, argument->span,
                           "iterable argument unpacking follows keyword "
                           "argument unpacking");
    if (argument->kind <= NODE_LAST_EXPRESSION && argument->kind != NODE_STAR &&
        argument->kind != NODE_KEYWORD && argument->kind != NODE_DOUBLE_STAR &&
        (keyword || doubled))
        return parser_fail(parser, argument->span,
                           "positional argument follows keyword argument%s",
                           doubled ? " unpacking" : "");
    return true;
}

/* arguments: [argument ("," argument)* [","]] ")" */
bool parse_arguments(struct parser *parser, struct node *call)
{
    struct node_vector args = {NULL, 0, 0};
    struct node *last = NULL;
    bool good = true;
    int depth = call->depth;

    call->call.simple = true;
    while (good && !parser_at(parser, TOKEN_RIGHT_PAREN)) {
        last = parse_argument(parser);
        good = last && check_argument(parser, &args, last);
        if (!good)
            break;
        node_vector_add(&args, last);
        depth = last->depth > depth ? last->depth : depth;
        call->call.simple &= last->kind != NODE_STAR &&
                             last->kind != NODE_DOUBLE_STAR &&
                             last->kind != NODE_KEYWORD;
        if (!parser_accept(parser, TOKEN_COMMA))
            break;
    }
    call->call.args = node_vector_finish(&args, parser->program);
    call->depth = (uint16_t)(depth + 1);
    return good && parser_close(parser, TOKEN_RIGHT_PAREN, last);
}

static struct node *parse_call(struct parser *parser, struct node *function)
{
    struct node *node =
        node_new(parser->program, NODE_CALL, parser->token.span);
    int outer = parser->list_depth;

    parser_advance(parser);
    node->call.function = function;
    node->depth = function->depth;
    parser->list_depth = 0;
    bool good = parse_arguments(parser, node);
    parser->list_depth = outer;
    if (!good)
        return NULL;
    node->span = parser_since(parser, function->span.start);
    return parser_deepen(parser, node, node, NULL);
}

static bool slice_part(struct parser *parser, struct node **ret)
{
    if (parser_at(parser, TOKEN_COLON) || parser_at(parser, TOKEN_COMMA) ||
        parser_at(parser, TOKEN_RIGHT_BRACKET))
        return true;
    *ret = parse_test(parser);
    return *ret != NULL;
}

/* slice: [test] ":" [test] [":" [test]] | named */
static struct node *parse_slice(struct parser *parser)
{
    uint32_t start = parser->token.span.start;
    struct node *first = NULL;
    if (!parser_at(parser, TOKEN_COLON)) {
        first = parse_star_named(parser);
        if (!first || !parser_at(parser, TOKEN_COLON))
            return first;
    }
    struct node *node =
        node_new(parser->program, NODE_SLICE, parser->token.span);
    node->slice.start = first;
    parser_advance(parser);
    if (!slice_part(parser, &node->slice.stop))
        return NULL;
    if (parser_accept(parser, TOKEN_COLON) &&
        !slice_part(parser, &node->slice.step))
        return NULL;
    node->span = parser_since(parser, start);
    return node;
}

/* subscript: slice ("," slice)* [","] "]" */
static struct node *parse_subscript_index(struct parser *parser)
{
    struct node *first = parse_slice(parser);
    if (!first)
        return NULL;
    if (!parser_at(parser, TOKEN_COMMA))
        return parser_close(parser, TOKEN_RIGHT_BRACKET, first) ? first : NULL;
    struct node_vector items = {NULL, 0, 0};
    struct node *item = first;
    node_vector_add(&items, first);
    while (item && parser_accept(parser, TOKEN_COMMA) &&
           !parser_at(parser, TOKEN_RIGHT_BRACKET)) {
        item = parse_slice(parser);
        if (item)
            node_vector_add(&items, item);
    }
    struct node *node = node_new(parser->program, NODE_TUPLE,
                                 parser_since(parser, first->span.start));
    node->items = node_vector_finish(&items, parser->program);
    if (!item || !parser_close(parser, TOKEN_RIGHT_BRACKET, item))
        return NULL;
    return node;
}

/* The key's parts, where they can be evaluated one by one. */
static struct node_list key_parts(struct node **index)
{
    static const struct node_list none = {0, NULL};
    const struct node_list *items = &(*index)->items;
    if ((*index)->kind != NODE_TUPLE || (*index)->parenthesized)
        return (struct node_list){1, index};
    for (int i = 0; i < items->count; i++)
        if (items->items[i]->kind == NODE_STAR)
            return none;
    return items->count <= KEY_PARTS ? *items : none;
}

static struct node *parse_subscript(struct parser *parser, struct node *object)
{
    parser_advance(parser);
    if (parser_at(parser, TOKEN_RIGHT_BRACKET))
        return parser_invalid(parser);
    struct node *index = parse_fresh(parser, parse_subscript_index);
    if (!index)
        return NULL;
    struct node *node = node_new(parser->program, NODE_SUBSCRIPT,
                                 parser_since(parser, object->span.start));
    node->subscript.object = object;
    node->subscript.index = index;
    node->subscript.parts = key_parts(&node->subscript.index);
    return parser_deepen(parser, node, object, index);
}

struct node *parse_attribute(struct parser *parser, struct node *object)
{
    parser_advance(parser);
    struct node *name = parse_name(parser);
    if (!name)
        return NULL;
    struct node *node = node_new(parser->program, NODE_ATTRIBUTE,
                                 parser_since(parser, object->span.start));
    node->attribute.object = object;
    node->attribute.name = name->name.text;
    node->attribute.hash =
        string_hash(name->name.text, strlen(name->name.text));
    node->attribute.name_span = name->span;
    return parser_deepen(parser, node, object, NULL);
}

/* postfix: atom ("." NAME | "(" arguments | "[" subscript)* */
struct node *parse_postfix(struct parser *parser)
{
    uint32_t start = parser->token.span.start;
    struct node *node = parse_atom(parser);
    while (node) {
        if (parser_at(parser, TOKEN_DOT))
            node = parse_attribute(parser, node);
        else if (parser_at(parser, TOKEN_LEFT_PAREN))
            node = parse_call(parser, node);
        else if (parser_at(parser, TOKEN_LEFT_BRACKET))
            node = parse_subscript(parser, node);
        else
            break;
        if (node)
            node->span.start = start;
    }
    return node;
}
