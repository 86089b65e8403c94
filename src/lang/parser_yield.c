/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * yield, and generator expressions, which are generator functions in short.
 *
 * A generator can stop between statements only (generator.h says why), so a
 * yield must be a whole statement, or all that stands right of its = or
 * `return`; parser_hoist.c brings others into that form.  Each yield that is
 * parsed is counted in parser->yields until a statement takes it.
 */
#include "lang/parser.h"

/* yield: "yield" ["from" test | expressions] */
struct node *parse_yield(struct parser *parser)
{
    struct span span = parser->token.span;
    parser_advance(parser);
    bool from = parser_accept(parser, TOKEN_FROM);
    struct node *node =
        node_new(parser->program, from ? NODE_YIELD_FROM : NODE_YIELD, span);
    if (from)
        node->operand = parse_test(parser);
    else if (token_starts_expression(parser->token.kind) ||
             parser_at(parser, TOKEN_STAR))
        node->operand = parse_expression_list(parser, true);
    if (parser->err->kind != ERROR_NONE || (from && !node->operand))
        return NULL;
    node->span = parser_since(parser, span.start);
    parser->yields++;
    parser->yield = node;
    return node;
}

struct node *parse_yield_or_list(struct parser *parser, bool stars)
{
    if (parser_at(parser, TOKEN_YIELD))
        return parse_yield(parser);
    return parse_expression_list(parser, stars);
}

bool parser_take_yield(struct parser *parser, const struct node *node)
{
    if (node->kind != NODE_YIELD && node->kind != NODE_YIELD_FROM)
        return true;
    if (!parser->code)
        return parser_fail(parser, node->span, "'yield' outside function");
    parser->code->is_generator = true;
    parser->yields--;
    return true;
}

bool parser_no_yield(struct parser *parser)
{
    if (!parser->yields)
        return true;
    parser_fail(parser, parser->yield->span,
                parser->code ? "'yield' is not supported here"
                             : "'yield' outside function");
    if (parser->code)
        error_hint(parser->err, "give its value a name first: x = yield …");
    return false;
}

static struct node_list list_of(struct parser *parser, struct node *node)
{
    struct node_vector one = {NULL, 0, 0};
    node_vector_add(&one, node);
    return node_vector_finish(&one, parser->program);
}

static struct node *statement_of(struct parser *parser, enum node_kind kind,
                                 struct node *operand)
{
    struct node *node = node_new(parser->program, kind, operand->span);
    node->operand = operand;
    return node;
}

/* `for TARGET in ITERABLE: if CONDITION: … BODY` */
static struct node *clause_to_loop(struct parser *parser,
                                   const struct clause *clause,
                                   struct node *iterable, struct node *body)
{
    for (int i = clause->conditions.count - 1; i >= 0; i--) {
        struct node *test = clause->conditions.items[i];
        struct node *branch = node_new(parser->program, NODE_IF, test->span);
        branch->loop.test = test;
        branch->loop.body = list_of(parser, body);
        body = branch;
    }
    struct node *loop =
        node_new(parser->program, NODE_FOR, clause->target->span);
    loop->loop.target = clause->target;
    loop->loop.test = iterable;
    loop->loop.body = list_of(parser, body);
    return loop;
}

/* (E for A in X for B in Y) becomes: for A in .0: for B in Y: yield E */
struct node *parser_make_generator(struct parser *parser, struct node *node)
{
    const struct clause *clauses = node->comprehension.clauses;
    struct code *code = code_new(parser, "<genexpr>", node->span);
    struct node *first =
        node_new(parser->program, NODE_NAME, clauses[0].iterable->span);
    struct node *body = statement_of(
        parser, NODE_EXPRESSION,
        statement_of(parser, NODE_YIELD, node->comprehension.element));

    first->name.text = ".0";
    code->is_generator = code->is_genexpr = true;
    code->parameter_count = code->plain_count = 1;
    code->parameters = program_alloc(parser->program, sizeof *code->parameters);
    code->parameters[0].name.text = ".0";
    for (int i = node->comprehension.clause_count - 1; i >= 0; i--)
        body = clause_to_loop(parser, &clauses[i],
                              i ? clauses[i].iterable : first, body);
    code->body = list_of(parser, body);
    code->loop = node->comprehension.clause_count == 1 ? body : NULL;

    struct node *generator =
        node_new(parser->program, NODE_GENERATOR, node->span);
    generator->depth = node->depth;
    generator->generator.code = code;
    generator->generator.iterable = clauses[0].iterable;
    return generator;
}
