/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "lang/parser.h"

enum {
    MAX_RECURSION = 800, /* of parse_binary */
    MAX_DEPTH = 5000     /* of the tree: 1+1+1+… */
};

enum precedence {
    PRECEDENCE_NONE,
    PRECEDENCE_OR,
    PRECEDENCE_AND,
    PRECEDENCE_NOT,
    PRECEDENCE_COMPARE,
    PRECEDENCE_BIT_OR,
    PRECEDENCE_BIT_XOR,
    PRECEDENCE_BIT_AND,
    PRECEDENCE_SHIFT,
    PRECEDENCE_SUM,
    PRECEDENCE_PRODUCT,
    PRECEDENCE_UNARY,
    PRECEDENCE_POWER
};

/* Binary operators.  https://docs.python.org/3/reference/expressions.html
   #operator-precedence */
static const struct {
    uint8_t precedence;
    uint8_t operator;
} binary[TOKEN_KIND_COUNT] = {
    [TOKEN_OR] = {PRECEDENCE_OR, 0},
    [TOKEN_AND] = {PRECEDENCE_AND, 0},
    [TOKEN_IN] = {PRECEDENCE_COMPARE, COMPARE_IN},
    [TOKEN_NOT] = {PRECEDENCE_COMPARE, COMPARE_NOT_IN},
    [TOKEN_IS] = {PRECEDENCE_COMPARE, COMPARE_IS},
    [TOKEN_EQUAL] = {PRECEDENCE_COMPARE, OPERATOR_EQUAL},
    [TOKEN_NOT_EQUAL] = {PRECEDENCE_COMPARE, OPERATOR_NOT_EQUAL},
    [TOKEN_LESS] = {PRECEDENCE_COMPARE, OPERATOR_LESS},
    [TOKEN_LESS_EQUAL] = {PRECEDENCE_COMPARE, OPERATOR_LESS_EQUAL},
    [TOKEN_GREATER] = {PRECEDENCE_COMPARE, OPERATOR_GREATER},
    [TOKEN_GREATER_EQUAL] = {PRECEDENCE_COMPARE, OPERATOR_GREATER_EQUAL},
    [TOKEN_BAR] = {PRECEDENCE_BIT_OR, OPERATOR_OR},
    [TOKEN_CARET] = {PRECEDENCE_BIT_XOR, OPERATOR_XOR},
    [TOKEN_AMPERSAND] = {PRECEDENCE_BIT_AND, OPERATOR_AND},
    [TOKEN_LEFT_SHIFT] = {PRECEDENCE_SHIFT, OPERATOR_LEFT_SHIFT},
    [TOKEN_RIGHT_SHIFT] = {PRECEDENCE_SHIFT, OPERATOR_RIGHT_SHIFT},
    [TOKEN_PLUS] = {PRECEDENCE_SUM, OPERATOR_ADD},
    [TOKEN_MINUS] = {PRECEDENCE_SUM, OPERATOR_SUBTRACT},
    [TOKEN_STAR] = {PRECEDENCE_PRODUCT, OPERATOR_MULTIPLY},
    [TOKEN_SLASH] = {PRECEDENCE_PRODUCT, OPERATOR_DIVIDE},
    [TOKEN_FLOOR] = {PRECEDENCE_PRODUCT, OPERATOR_FLOOR_DIVIDE},
    [TOKEN_PERCENT] = {PRECEDENCE_PRODUCT, OPERATOR_REMAINDER},
    [TOKEN_AT] = {PRECEDENCE_PRODUCT, OPERATOR_MATMUL},
    [TOKEN_POWER] = {PRECEDENCE_POWER, OPERATOR_POWER},
};

static struct node *parse_binary(struct parser *parser, int minimum);

bool token_starts_expression(enum token_kind kind)
{
    switch (kind) {
    case TOKEN_NAME:
    case TOKEN_NUMBER:
    case TOKEN_STRING:
    case TOKEN_FALSE:
    case TOKEN_NONE:
    case TOKEN_TRUE:
    case TOKEN_NOT:
    case TOKEN_LAMBDA:
    case TOKEN_MINUS:
    case TOKEN_PLUS:
    case TOKEN_TILDE:
    case TOKEN_ELLIPSIS:
    case TOKEN_LEFT_PAREN:
    case TOKEN_LEFT_BRACKET:
    case TOKEN_LEFT_BRACE:
        return true;
    default:
        return false;
    }
}

static bool is_atom_start(enum token_kind kind)
{
    return kind == TOKEN_NAME || kind == TOKEN_NUMBER || kind == TOKEN_STRING;
}

/* The depth of NODE from its children; false when it is too deep. */
static struct node *deepen(struct parser *parser, struct node *node,
                           const struct node *a, const struct node *b)
{
    int depth = a->depth;
    if (b && b->depth > depth)
        depth = b->depth;
    if (depth >= MAX_DEPTH)
        return parser_fail(parser, node->span,
                           "the expression is nested too deeply");
    node->depth = (uint16_t)(depth + 1);
    return node;
}

/* ---------------------------------------------------- displays, atoms */

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

static bool close_display(struct parser *parser, enum token_kind close,
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

static struct node *parse_comprehension(struct parser *parser, uint32_t start,
                                        enum comprehension_kind kind,
                                        struct node *element,
                                        struct node *value)
{
    struct node *node = node_new(parser->program, NODE_COMPREHENSION,
                                 (struct span){start, start + 1});
    node->operator = (uint8_t)kind;
    node->comprehension.element = element;
    node->comprehension.value = value;
    if (element->kind == NODE_STAR)
        return parser_fail(
            parser, element->span,
            "iterable unpacking cannot be used in comprehension");
    if (!parse_clauses(parser, node))
        return NULL;
    node->span = parser_since(parser, start);
    return deepen(parser, node, element, value);
}

/* star_named: "*" or_expression | named */
static struct node *parse_star_named(struct parser *parser)
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
    return deepen(parser, node, operand, NULL);
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
    return good && close_display(parser, close, item);
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
            node = parse_comprehension(parser, start, COMPREHENSION_LIST,
                                       first, NULL);
            good = node &&
                   close_display(parser, TOKEN_RIGHT_BRACKET, NULL);
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

    struct node *first = parse_star_named(parser);
    if (!first)
        return NULL;
    if (parser_at(parser, TOKEN_FOR)) {
        struct node *node = parse_comprehension(
            parser, start, COMPREHENSION_GENERATOR, first, NULL);
        if (!node || !close_display(parser, TOKEN_RIGHT_PAREN, NULL))
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
    if (!close_display(parser, TOKEN_RIGHT_PAREN, first))
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

static bool is_set_display(const struct parser *parser,
                           const struct node *first_key)
{
    return first_key && (parser_at(parser, TOKEN_COMMA) ||
                         parser_at(parser, TOKEN_RIGHT_BRACE));
}

/* dict: "{" [pair (clauses | ("," pair)* [","])] "}" */
static struct node *parse_dict(struct parser *parser)
{
    uint32_t start = parser->token.span.start;
    struct node *node =
        node_new(parser->program, NODE_DICT, parser->token.span);
    struct node_vector keys = {NULL, 0, 0}, values = {NULL, 0, 0};
    bool good = true;
    int depth = 0;

    parser_advance(parser);
    while (good && !parser_at(parser, TOKEN_RIGHT_BRACE)) {
        struct node *key = NULL, *value = NULL;
        good = parse_pair(parser, &key, &value);
        if (!good) {
            if (keys.count == 0 && is_set_display(parser, key)) {
                error_clear(parser->err);
                parser_fail(parser, parser_since(parser, start),
                            "set displays are not supported");
                error_hint(parser->err, "a dict has keys and values: "
                                        "{'a': 1}; a list: [1, 2]");
            }
            break;
        }
        if (key && keys.count == 0 && parser_at(parser, TOKEN_FOR)) {
            node = parse_comprehension(parser, start, COMPREHENSION_DICT, key,
                                       value);
            good = node != NULL;
            break;
        }
        node_vector_add(&keys, key);
        node_vector_add(&values, value);
        depth = value->depth > depth ? value->depth : depth;
        if (!parser_accept(parser, TOKEN_COMMA))
            break;
    }
    struct node_list key_list = node_vector_finish(&keys, parser->program);
    struct node_list value_list = node_vector_finish(&values, parser->program);
    if (!good || !close_display(parser, TOKEN_RIGHT_BRACE,
                                value_list.count
                                    ? value_list.items[value_list.count - 1]
                                    : NULL))
        return NULL;
    if (node->kind == NODE_DICT) {
        node->dict.keys = key_list;
        node->dict.values = value_list;
        node->depth = (uint16_t)(depth + 1);
    }
    node->span = parser_since(parser, start);
    return node;
}

static struct node *parse_constant(struct parser *parser, struct value value)
{
    struct span span = parser->token.span;
    parser_advance(parser);
    return node_constant(parser->program, span, value);
}

/* Brackets other than a list's start anew: [f([1, 2]), 3] holds two lists
   that may become tensors each. */
static struct node *parse_fresh(struct parser *parser,
                                struct node *(*parse)(struct parser *))
{
    int outer = parser->list_depth;
    parser->list_depth = 0;
    struct node *node = parse(parser);
    parser->list_depth = outer;
    return node;
}

static struct node *parse_atom(struct parser *parser)
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
        return parse_fresh(parser, parse_dict);
    case TOKEN_YIELD:
        return parser_fail(parser, parser->token.span,
                           "'yield' is not supported yet");
    case TOKEN_AWAIT:
    case TOKEN_ASYNC:
        return parser_fail(parser, parser->token.span,
                           "'%s' is not supported",
                           token_text(parser->token.kind));
    default:
        return parser_invalid(parser);
    }
}

/* --------------------------------------------------- calls, subscripts */

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
        return parse_comprehension(parser, start, COMPREHENSION_GENERATOR,
                                   node, NULL);
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
    if (argument->kind <= NODE_LAST_EXPRESSION &&
        argument->kind != NODE_STAR && argument->kind != NODE_KEYWORD &&
        argument->kind != NODE_DOUBLE_STAR && (keyword || doubled))
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
    return good && close_display(parser, TOKEN_RIGHT_PAREN, last);
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
    return deepen(parser, node, node, NULL);
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
        return close_display(parser, TOKEN_RIGHT_BRACKET, first) ? first
                                                                 : NULL;
    struct node_vector items = {NULL, 0, 0};
    struct node *item = first;
    node_vector_add(&items, first);
    while (item && parser_accept(parser, TOKEN_COMMA) &&
           !parser_at(parser, TOKEN_RIGHT_BRACKET)) {
        item = parse_slice(parser);
        if (item)
            node_vector_add(&items, item);
    }
    struct node *node =
        node_new(parser->program, NODE_TUPLE, parser_since(parser,
                                                           first->span.start));
    node->items = node_vector_finish(&items, parser->program);
    if (!item || !close_display(parser, TOKEN_RIGHT_BRACKET, item))
        return NULL;
    return node;
}

static struct node *parse_subscript(struct parser *parser,
                                    struct node *object)
{
    parser_advance(parser);
    if (parser_at(parser, TOKEN_RIGHT_BRACKET))
        return parser_invalid(parser);
    struct node *index = parse_fresh(parser, parse_subscript_index);
    if (!index)
        return NULL;
    struct node *node =
        node_new(parser->program, NODE_SUBSCRIPT,
                 parser_since(parser, object->span.start));
    node->subscript.object = object;
    node->subscript.index = index;
    return deepen(parser, node, object, index);
}

static struct node *parse_attribute(struct parser *parser,
                                    struct node *object)
{
    parser_advance(parser);
    struct node *name = parse_name(parser);
    if (!name)
        return NULL;
    struct node *node =
        node_new(parser->program, NODE_ATTRIBUTE,
                 parser_since(parser, object->span.start));
    node->attribute.object = object;
    node->attribute.name = name->name.text;
    node->attribute.name_span = name->span;
    return deepen(parser, node, object, NULL);
}

/* postfix: atom ("." NAME | "(" arguments | "[" subscript)* */
static struct node *parse_postfix(struct parser *parser)
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

/* ----------------------------------------------------------- operators */

static struct node *parse_unary(struct parser *parser,
                                enum operator operator)
{
    uint32_t start = parser->token.span.start;
    parser_advance(parser);
    struct node *operand = parse_binary(parser, PRECEDENCE_UNARY);
    if (!operand)
        return NULL;
    struct node *node =
        node_new(parser->program, NODE_UNARY, parser_since(parser, start));
    node->operator = (uint8_t)operator;
    node->operand = operand;
    return deepen(parser, node, operand, NULL);
}

static struct node *parse_not(struct parser *parser)
{
    uint32_t start = parser->token.span.start;
    parser_advance(parser);
    struct node *operand = parse_binary(parser, PRECEDENCE_NOT);
    if (!operand)
        return NULL;
    struct node *node =
        node_new(parser->program, NODE_NOT, parser_since(parser, start));
    node->operand = operand;
    return deepen(parser, node, operand, NULL);
}

static struct node *parse_prefix(struct parser *parser, int minimum)
{
    switch (parser->token.kind) {
    case TOKEN_MINUS:
        return parse_unary(parser, OPERATOR_NEGATIVE);
    case TOKEN_PLUS:
        return parse_unary(parser, OPERATOR_POSITIVE);
    case TOKEN_TILDE:
        return parse_unary(parser, OPERATOR_INVERT);
    case TOKEN_NOT:
        return minimum <= PRECEDENCE_NOT ? parse_not(parser)
                                         : parser_invalid(parser);
    default:
        return parse_postfix(parser);
    }
}

/* The comparison at hand, two-word ones included; the token is past it. */
static bool take_comparison(struct parser *parser, uint8_t *ret)
{
    enum token_kind kind = parser->token.kind;
    *ret = binary[kind].operator;
    parser_advance(parser);
    if (kind == TOKEN_NOT)
        return parser_expect(parser, TOKEN_IN);
    if (kind == TOKEN_IS && parser_accept(parser, TOKEN_NOT))
        *ret = COMPARE_IS_NOT;
    return true;
}

/* comparison: bit_or (("==" | "<" | … | "not" "in" | "is" "not") bit_or)* */
static struct node *parse_comparison(struct parser *parser, struct node *left)
{
    struct node_vector operands = {NULL, 0, 0};
    struct strbuf operators = STRBUF_INIT;
    struct node *operand = left;
    bool good = true;
    int depth = 0;

    node_vector_add(&operands, left);
    while (good &&
           binary[parser->token.kind].precedence == PRECEDENCE_COMPARE) {
        uint8_t operator;
        good = take_comparison(parser, &operator);
        operand = good ? parse_binary(parser, PRECEDENCE_BIT_OR) : NULL;
        good = operand != NULL;
        if (good) {
            depth = operand->depth > depth ? operand->depth : depth;
            node_vector_add(&operands, operand);
            strbuf_addc(&operators, (char)operator);
        }
    }
    struct node *node =
        node_new(parser->program, NODE_COMPARE,
                 parser_since(parser, left->span.start));
    node->compare.operands = node_vector_finish(&operands, parser->program);
    node->compare.operators = (const uint8_t *)program_text(
        parser->program, operators.text, operators.length);
    strbuf_done(&operators);
    node->depth = (uint16_t)depth;
    return good ? deepen(parser, node, left, node) : NULL;
}

/* and: not ("and" not)*, or: and ("or" and)* – flat, not nested */
static struct node *parse_logical(struct parser *parser, struct node *left,
                                  enum token_kind kind)
{
    struct node_vector items = {NULL, 0, 0};
    struct node *item = left;
    int depth = left->depth;

    node_vector_add(&items, left);
    while (item && parser_accept(parser, kind)) {
        item = parse_binary(parser, binary[kind].precedence + 1);
        if (!item)
            break;
        depth = item->depth > depth ? item->depth : depth;
        node_vector_add(&items, item);
    }
    struct node *node = node_new(
        parser->program, kind == TOKEN_AND ? NODE_AND : NODE_OR,
        parser_since(parser, left->span.start));
    node->items = node_vector_finish(&items, parser->program);
    node->depth = (uint16_t)depth;
    return item ? deepen(parser, node, node, NULL) : NULL;
}

static struct node *parse_arithmetic(struct parser *parser, struct node *left)
{
    enum token_kind kind = parser->token.kind;
    int precedence = binary[kind].precedence;
    parser_advance(parser);
    /* ** binds to the right, and its right side may have a sign */
    struct node *right =
        parse_binary(parser, precedence == PRECEDENCE_POWER ? PRECEDENCE_UNARY
                                                            : precedence + 1);
    if (!right)
        return NULL;
    struct node *node =
        node_new(parser->program, NODE_BINARY,
                 parser_since(parser, left->span.start));
    node->operator = binary[kind].operator;
    node->binary.left = left;
    node->binary.right = right;
    return deepen(parser, node, left, right);
}

static bool is_comparison_at(struct parser *parser)
{
    return !parser_at(parser, TOKEN_NOT) ||
           parser_peek(parser)->kind == TOKEN_IN;
}

static struct node *parse_operators(struct parser *parser, int minimum)
{
    uint32_t start = parser->token.span.start;
    struct node *left = parse_prefix(parser, minimum);
    while (left) {
        enum token_kind kind = parser->token.kind;
        int precedence = binary[kind].precedence;
        if (precedence == PRECEDENCE_NONE || precedence < minimum)
            break;
        if (precedence == PRECEDENCE_COMPARE) {
            if (!is_comparison_at(parser))
                break;
            left = parse_comparison(parser, left);
        } else if (precedence <= PRECEDENCE_AND) {
            left = parse_logical(parser, left, kind);
        } else {
            left = parse_arithmetic(parser, left);
        }
        if (left)
            left->span.start = start;
    }
    return left;
}

static struct node *parse_binary(struct parser *parser, int minimum)
{
    if (parser->depth == MAX_RECURSION)
        return parser_fail(parser, parser->token.span,
                           "the expression is nested too deeply");
    parser->depth++;
    struct node *node = parse_operators(parser, minimum);
    parser->depth--;
    return node;
}

struct node *parse_or_expression(struct parser *parser)
{
    return parse_binary(parser, PRECEDENCE_OR);
}

/* test: lambda | or ["if" or "else" test] */
struct node *parse_test(struct parser *parser)
{
    uint32_t start = parser->token.span.start;
    if (parser_at(parser, TOKEN_LAMBDA))
        return parse_lambda(parser);
    struct node *then = parse_or_expression(parser);
    if (!then || !parser_accept(parser, TOKEN_IF))
        return then;
    struct node *condition = parse_or_expression(parser);
    if (!condition)
        return NULL;
    if (!parser_accept(parser, TOKEN_ELSE)) {
        if (parser_at(parser, TOKEN_COLON))
            return parser_invalid(parser);
        return parser_fail(parser, parser_since(parser, start),
                           "expected 'else' after 'if' expression");
    }
    if (++parser->depth > MAX_RECURSION)
        return parser_fail(parser, parser->token.span,
                           "the expression is nested too deeply");
    struct node *otherwise = parse_test(parser);
    parser->depth--;
    if (!otherwise)
        return NULL;
    struct node *node = node_new(parser->program, NODE_CONDITIONAL,
                                 parser_since(parser, start));
    node->conditional.test = condition;
    node->conditional.then = then;
    node->conditional.otherwise = otherwise;
    return deepen(parser, node, then, otherwise);
}

/* named: NAME ":=" test | test */
struct node *parse_named(struct parser *parser)
{
    struct node *target = parse_test(parser);
    if (!target || !parser_at(parser, TOKEN_WALRUS))
        return target;
    if (target->kind != NODE_NAME)
        return parser_fail(parser, target->span,
                           "cannot use assignment expressions with %s",
                           node_description(target));
    parser_advance(parser);
    struct node *value = parse_test(parser);
    if (!value)
        return NULL;
    struct node *node =
        node_new(parser->program, NODE_WALRUS,
                 parser_since(parser, target->span.start));
    node->binary.left = target;
    node->binary.right = value;
    return deepen(parser, node, value, NULL);
}

/* After a comma: does the list go on? */
static bool list_goes_on(const struct parser *parser, bool stars)
{
    return token_starts_expression(parser->token.kind) ||
           (stars && parser_at(parser, TOKEN_STAR));
}

/* list: item ("," item)* [","] */
static struct node *parse_comma_list(struct parser *parser, bool stars,
                                     struct node *(*parse)(struct parser *))
{
    uint32_t start = parser->token.span.start;
    bool starred = stars && parser_at(parser, TOKEN_STAR);
    struct node *item =
        starred ? parse_star_named(parser) : parse(parser);
    if (!item || !parser_at(parser, TOKEN_COMMA)) {
        return item;
    }
    struct node_vector items = {NULL, 0, 0};
    int depth = item->depth;
    node_vector_add(&items, item);
    while (parser_accept(parser, TOKEN_COMMA) && list_goes_on(parser, stars)) {
        starred = stars && parser_at(parser, TOKEN_STAR);
        item = starred ? parse_star_named(parser) : parse(parser);
        if (!item)
            break;
        depth = item->depth > depth ? item->depth : depth;
        node_vector_add(&items, item);
    }
    struct node *node =
        node_new(parser->program, NODE_TUPLE, parser_since(parser, start));
    node->items = node_vector_finish(&items, parser->program);
    node->depth = (uint16_t)(depth + 1);
    return item ? node : NULL;
}

struct node *parse_expression_list(struct parser *parser, bool stars)
{
    return parse_comma_list(parser, stars, parse_test);
}

static struct node *parse_one_target(struct parser *parser)
{
    return parse_binary(parser, PRECEDENCE_BIT_OR);
}

struct node *parse_target_list(struct parser *parser)
{
    struct node *target = parse_comma_list(parser, true, parse_one_target);
    return target && target_check(parser, target, false) ? target : NULL;
}
