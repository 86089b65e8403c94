/* SPDX-License-Identifier: GPL-3.0-or-later */
/* def and lambda: parameters and bodies. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "lang/parser.h"

struct parameter_vector {
    struct parameter *items;
    size_t count, capacity;
    size_t slash;      /* how many stand before a /, 0: none came */
    bool keyword_only; /* a * has come */
    bool closed;       /* ** has come: nothing may follow */
    bool defaults;     /* a plain one with a default has come */
};

struct code *code_new(struct parser *parser, const char *name,
                      struct span span)
{
    struct code *code = program_alloc(parser->program, sizeof *code);
    code->name = name;
    code->program = parser->program;
    code->span = span;
    return code;
}

static bool skip_annotation(struct parser *parser, enum token_kind close)
{
    return close == TOKEN_COLON || !parser_accept(parser, TOKEN_COLON) ||
           parse_test(parser);
}

static bool add_parameter(struct parser *parser, struct parameter_vector *all,
                          enum parameter_kind kind, enum token_kind close)
{
    struct node *name = parse_name(parser);
    if (!name || !skip_annotation(parser, close))
        return false;
    for (size_t i = 0; i < all->count; i++)
        if (!strcmp(all->items[i].name.text, name->name.text))
            return parser_fail(parser, name->span,
                               "duplicate argument '%s' in function definition",
                               name->name.text);
    struct parameter parameter = {.kind = kind, .span = name->span};
    parameter.name.text = name->name.text;
    bool plain = kind == PARAMETER_PLAIN || kind == PARAMETER_KEYWORD_ONLY;
    if (plain && parser_accept(parser, TOKEN_ASSIGN)) {
        parameter.fallback = parse_test(parser);
        if (!parameter.fallback)
            return false;
    }
    if (kind == PARAMETER_PLAIN) {
        if (all->defaults && !parameter.fallback)
            return parser_fail(parser, name->span,
                               "non-default argument follows default argument");
        all->defaults |= parameter.fallback != NULL;
    }
    VEC_PUSH(all->items, all->count, all->capacity) = parameter;
    return true;
}

/* parameter: NAME ["=" test] | "*" [NAME] | "**" NAME | "/" */
static bool parse_parameter(struct parser *parser, struct parameter_vector *all,
                            enum token_kind close)
{
    if (all->closed)
        return parser_invalid(parser);
    struct span slash = parser->token.span;
    if (parser_accept(parser, TOKEN_SLASH)) {
        if (all->slash || all->keyword_only)
            return parser_fail(parser, slash,
                               all->slash ? "/ may appear only once"
                                          : "/ must be ahead of *");
        if (all->count == 0)
            return parser_fail(parser, slash,
                               "at least one argument must precede /");
        all->slash = all->count;
        return true;
    }
    if (parser_accept(parser, TOKEN_POWER)) {
        all->closed = true;
        return add_parameter(parser, all, PARAMETER_DOUBLE_STAR, close);
    }
    struct span star = parser->token.span;
    if (parser_accept(parser, TOKEN_STAR)) {
        if (all->keyword_only)
            return parser_fail(parser, star, "* argument may appear only once");
        all->keyword_only = true;
        if (parser_at(parser, TOKEN_COMMA))
            return true;
        if (parser_at(parser, close))
            return parser_fail(parser, star,
                               "named arguments must follow bare "
                               "*");
        return add_parameter(parser, all, PARAMETER_STAR, close);
    }
    return add_parameter(
        parser, all,
        all->keyword_only ? PARAMETER_KEYWORD_ONLY : PARAMETER_PLAIN, close);
}

/* parameters: [parameter ("," parameter)* [","]] CLOSE */
bool parse_parameters(struct parser *parser, struct code *code,
                      enum token_kind close)
{
    struct parameter_vector all = {.items = NULL};
    bool good = true;

    while (good && !parser_at(parser, close)) {
        good = parse_parameter(parser, &all, close);
        if (!good || !parser_accept(parser, TOKEN_COMMA))
            break;
    }
    code->parameter_count = (int)all.count;
    if (all.count) {
        size_t bytes = all.count * sizeof *all.items;
        code->parameters = program_alloc(parser->program, bytes);
        memcpy(code->parameters, all.items, bytes);
    }
    for (size_t i = 0; i < all.count; i++)
        code->plain_count += all.items[i].kind == PARAMETER_PLAIN;
    code->positional_only_count = (int)all.slash;
    free(all.items);
    return good && parser_expect(parser, close);
}

/* lambda: "lambda" parameters ":" test */
struct node *parse_lambda(struct parser *parser)
{
    struct span span = parser->token.span;
    struct code *code = code_new(parser, "<lambda>", span);
    int outer = parser->list_depth;

    parser_advance(parser);
    if (!parse_parameters(parser, code, TOKEN_COLON))
        return NULL;
    if (++parser->depth > 400)
        return parser_fail(parser, span, "the expression is nested too deeply");
    parser->list_depth = 0;
    code->expression = parse_test(parser);
    parser->list_depth = outer;
    parser->depth--;
    if (!code->expression)
        return NULL;
    struct node *node = node_new(parser->program, NODE_LAMBDA,
                                 parser_since(parser, span.start));
    node->function.code = code;
    code->span = node->span;
    return node;
}

/* A string that stands first in a body documents it. */
static const char *body_doc(const struct node_list *body)
{
    if (body->count == 0 || body->items[0]->kind != NODE_EXPRESSION)
        return NULL;
    const struct node *value = body->items[0]->operand;
    if (value->kind != NODE_CONSTANT || value->constant.kind != VALUE_STRING)
        return NULL;
    return value->constant.string->text;
}

/* def: "def" NAME "(" parameters ["->" test] ":" block */
struct node *parse_def(struct parser *parser, struct node_list decorators)
{
    struct token header = parser->token;
    parser_advance(parser);
    struct node *name = parse_name(parser);
    if (!name)
        return NULL;
    struct code *code = code_new(parser, name->name.text, name->span);
    if (!parser_expect(parser, TOKEN_LEFT_PAREN) ||
        !parse_parameters(parser, code, TOKEN_RIGHT_PAREN))
        return NULL;
    if (parser_accept(parser, TOKEN_ARROW) && !parse_test(parser))
        return NULL;
    code->span = parser_since(parser, header.span.start);
    if (!parser_expect(parser, TOKEN_COLON))
        return NULL;

    int loops = parser->loops;
    struct code *outer = parser->code;
    parser->loops = 0;
    parser->functions++;
    parser->code = code;
    bool good = parse_block(parser, "function definition", header, &code->body);
    parser->code = outer;
    parser->functions--;
    parser->loops = loops;
    if (!good)
        return NULL;
    code->doc = body_doc(&code->body);
    struct node *node = node_new(parser->program, NODE_DEF,
                                 parser_since(parser, header.span.start));
    node->function.code = code;
    node->function.name = name;
    node->function.decorators = decorators;
    return node;
}
