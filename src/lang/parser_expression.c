/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Operators by precedence climbing, conditional expressions, lists of
   expressions. */
#include "lang/parser.h"

enum { MAX_RECURSION = 800 }; /* of parse_binary() */

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

static struct node *parse_unary(struct parser *parser, enum operator operator)
{
    uint32_t start = parser->token.span.start;
    parser_advance(parser);
    struct node *operand = parse_binary(parser, PRECEDENCE_UNARY);
    if (!operand)
        return NULL;
    struct node *node =
        node_new(parser->program, NODE_UNARY, parser_since(parser, start));
    node->operator=(uint8_t) operator;
    node->operand = operand;
    return parser_deepen(parser, node, operand, NULL);
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
    return parser_deepen(parser, node, operand, NULL);
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
    struct node *node = node_new(parser->program, NODE_COMPARE,
                                 parser_since(parser, left->span.start));
    node->compare.operands = node_vector_finish(&operands, parser->program);
    node->compare.operators = (const uint8_t *)program_text(
        parser->program, operators.text, operators.length);
    strbuf_done(&operators);
    node->depth = (uint16_t)depth;
    return good ? parser_deepen(parser, node, left, node) : NULL;
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
    struct node *node =
        node_new(parser->program, kind == TOKEN_AND ? NODE_AND : NODE_OR,
                 parser_since(parser, left->span.start));
    node->items = node_vector_finish(&items, parser->program);
    node->depth = (uint16_t)depth;
    return item ? parser_deepen(parser, node, node, NULL) : NULL;
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
    struct node *node = node_new(parser->program, NODE_BINARY,
                                 parser_since(parser, left->span.start));
    node->operator= binary[kind].operator;
    node->binary.left = left;
    node->binary.right = right;
    return parser_deepen(parser, node, left, right);
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
    return parser_deepen(parser, node, then, otherwise);
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
    struct node *node = node_new(parser->program, NODE_WALRUS,
                                 parser_since(parser, target->span.start));
    node->binary.left = target;
    node->binary.right = value;
    return parser_deepen(parser, node, value, NULL);
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
    struct node *item = starred ? parse_star_named(parser) : parse(parser);
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
