/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statements with blocks. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "lang/parser.h"

bool token_starts_compound(enum token_kind kind)
{
    switch (kind) {
    case TOKEN_IF:
    case TOKEN_WHILE:
    case TOKEN_FOR:
    case TOKEN_DEF:
    case TOKEN_CLASS:
    case TOKEN_WITH:
    case TOKEN_TRY:
    case TOKEN_AT:
        return true;
    default:
        return false;
    }
}

/* Has the text ended, perhaps inside blocks? */
static bool at_end(struct parser *parser)
{
    return parser_at(parser, TOKEN_END) ||
           (parser_at(parser, TOKEN_DEDENT) &&
            parser->lexer.position >= parser->lexer.end);
}

/* The test of if and while, and the colon; `if x = 3:` gets its advice. */
static struct node *parse_condition(struct parser *parser)
{
    struct node *test = parse_named(parser);
    if (!test)
        return NULL;
    if (parser_at(parser, TOKEN_ASSIGN) && test->kind == NODE_NAME) {
        parser_advance(parser);
        struct node *value = parse_test(parser);
        if (!value)
            return NULL;
        return parser_fail(parser, parser_since(parser, test->span.start),
                           "invalid syntax. Maybe you meant '==' or ':=' "
                           "instead of '='?");
    }
    if (parser_at(parser, TOKEN_ASSIGN))
        return parser_fail(parser, test->span,
                           "cannot assign to %s here. Maybe you meant '==' "
                           "instead of '='?",
                           node_description(test));
    return parser_expect(parser, TOKEN_COLON) ? test : NULL;
}

/* An `elif` is an `if` in the `else` branch; a chain of them is long, not
   deep, so it is built in a loop. */
static struct node *parse_if(struct parser *parser, struct token header)
{
    struct node *root = NULL, *last = NULL;
    for (;;) {
        bool first = root == NULL;
        struct node *node = node_new(parser->program, NODE_IF, header.span);
        node->loop.test = parse_condition(parser);
        if (!node->loop.test ||
            (first && parser->yields &&
             !parser_hoist(parser, &node->loop.test, parser->before)) ||
            !parse_block(parser, first ? "'if' statement" : "'elif' statement",
                         header, &node->loop.body))
            return NULL;
        if (first) {
            root = node;
        } else {
            struct node_vector wrapped = {NULL, 0, 0};
            node_vector_add(&wrapped, node);
            last->loop.otherwise =
                node_vector_finish(&wrapped, parser->program);
        }
        last = node;
        header = parser->token;
        if (!parser_accept(parser, TOKEN_ELIF))
            break;
    }
    if (parser_accept(parser, TOKEN_ELSE) &&
        (!parser_expect(parser, TOKEN_COLON) ||
         !parse_block(parser, "'else' statement", header,
                      &last->loop.otherwise)))
        return NULL;
    return root;
}

static bool parse_loop_body(struct parser *parser, struct node *node,
                            const char *what, struct token header)
{
    parser->loops++;
    bool good = parse_block(parser, what, header, &node->loop.body);
    parser->loops--;
    struct token other = parser->token;
    if (!good || !parser_accept(parser, TOKEN_ELSE))
        return good;
    return parser_expect(parser, TOKEN_COLON) &&
           parse_block(parser, "'else' statement", other,
                       &node->loop.otherwise);
}

static void add_list(struct node_vector *vector, const struct node_list *list)
{
    for (int i = 0; i < list->count; i++)
        node_vector_add(vector, list->items[i]);
}

/* `while f(yield x): BODY` as `while True: .1 = yield x; if not f(.1): break;
   BODY`: BEFORE is what comes before the test. */
static bool test_in_body(struct parser *parser, struct node *loop,
                         struct node_vector *before)
{
    struct program *program = parser->program;
    struct node *test = loop->loop.test;
    struct node *negated = node_new(program, NODE_NOT, test->span);
    struct node *leave = node_new(program, NODE_IF, test->span);
    struct node_vector exit = {NULL, 0, 0};
    negated->operand = test;
    negated->depth = (uint16_t)(test->depth + 1);
    node_vector_add(&exit, node_new(program, NODE_BREAK, test->span));
    leave->loop.test = negated;
    leave->loop.body = node_vector_finish(&exit, program);
    node_vector_add(before, leave);
    add_list(before, &loop->loop.body);
    loop->loop.body = node_vector_finish(before, program);
    loop->loop.test = node_constant(program, test->span, value_bool(true));
    return loop->loop.otherwise.count == 0 ||
           parser_fail(parser, test->span,
                       "'yield' is not supported in the test of a loop with "
                       "an else");
}

/* while: "while" named ":" block ["else" ":" block] */
static struct node *parse_while(struct parser *parser, struct token header)
{
    struct node *node = node_new(parser->program, NODE_WHILE, header.span);
    struct node_vector before = {NULL, 0, 0};
    node->loop.test = parse_condition(parser);
    bool good = node->loop.test != NULL;
    if (good && parser->yields)
        good = parser_hoist(parser, &node->loop.test, &before);
    good = good && parse_loop_body(parser, node, "'while' statement", header);
    if (good && before.count)
        good = test_in_body(parser, node, &before);
    else
        free(before.items);
    return good ? node : NULL;
}

/* for: "for" targets "in" expressions ":" block ["else" ":" block] */
static struct node *parse_for(struct parser *parser, struct token header)
{
    struct node *node = node_new(parser->program, NODE_FOR, header.span);
    node->loop.target = parse_target_list(parser);
    if (!node->loop.target || !parser_expect(parser, TOKEN_IN))
        return NULL;
    node->loop.test = parse_expression_list(parser, true);
    if (!node->loop.test || !parser_expect(parser, TOKEN_COLON) ||
        !parse_loop_body(parser, node, "'for' statement", header))
        return NULL;
    return node;
}

/* Does the bracket that is open here hold `with` items: (f() as a, g() as b)?
   Only those have an `as` directly inside. */
static bool at_bracketed_items(struct parser *parser)
{
    struct lexer rest = parser->lexer;
    struct error ignored = ERROR_INIT;
    struct token token = parser->token;
    int depth = 0;
    bool found = false;
    if (!parser_at(parser, TOKEN_LEFT_PAREN) || parser->has_next)
        return false;
    rest.err = &ignored;
    do {
        depth += token.kind == TOKEN_LEFT_PAREN ||
                 token.kind == TOKEN_LEFT_BRACKET ||
                 token.kind == TOKEN_LEFT_BRACE;
        depth -= token.kind == TOKEN_RIGHT_PAREN ||
                 token.kind == TOKEN_RIGHT_BRACKET ||
                 token.kind == TOKEN_RIGHT_BRACE;
        found |= depth == 1 && token.kind == TOKEN_AS;
        token = lexer_next(&rest);
    } while (depth > 0 && token.kind != TOKEN_END &&
             token.kind != TOKEN_ERROR);
    error_clear(&ignored);
    return found && token.kind == TOKEN_COLON;
}

/* with: "with" test ["as" target] ("," …)* ":" block, the items in brackets
   or not */
static struct node *parse_with(struct parser *parser, struct token header)
{
    struct with_item items[16];
    int count = 0;
    bool bracketed = at_bracketed_items(parser);
    if (bracketed)
        parser_advance(parser);
    do {
        if (bracketed && count && parser_at(parser, TOKEN_RIGHT_PAREN))
            break;
        if (count == 16)
            return parser_invalid(parser);
        struct with_item *item = &items[count++];
        *item = (struct with_item){.context = parse_test(parser)};
        if (!item->context)
            return NULL;
        if (parser_accept(parser, TOKEN_AS)) {
            item->target = parse_or_expression(parser);
            if (!item->target || !target_check(parser, item->target, false))
                return NULL;
        }
    } while (parser_accept(parser, TOKEN_COMMA));
    if (bracketed && !parser_expect(parser, TOKEN_RIGHT_PAREN))
        return NULL;
    struct node *node = node_new(parser->program, NODE_WITH, header.span);
    size_t bytes = (size_t)count * sizeof *items;
    node->with.count = count;
    node->with.items = program_alloc(parser->program, bytes);
    memcpy(node->with.items, items, bytes);
    if (!parser_expect(parser, TOKEN_COLON) ||
        !parse_block(parser, "'with' statement", header, &node->with.body))
        return NULL;
    return node;
}

/* ------------------------------------------------------------------ try */

/* handler: "except" [test ["as" NAME]] ":" block */
static bool parse_handler(struct parser *parser, struct token header,
                          struct handler *handler)
{
    *handler = (struct handler){.span = header.span};
    if (!parser_at(parser, TOKEN_COLON)) {
        handler->type = parse_test(parser);
        if (!handler->type)
            return false;
        if (parser_at(parser, TOKEN_COMMA))
            return parser_fail(parser, handler->type->span,
                               "multiple exception types must be "
                               "parenthesized");
        if (parser_accept(parser, TOKEN_AS)) {
            handler->name = parse_name(parser);
            if (!handler->name)
                return false;
        }
    }
    return parser_expect(parser, TOKEN_COLON) &&
           parse_block(parser, "'except' statement", header, &handler->body);
}

static bool parse_handlers(struct parser *parser, struct node *node)
{
    struct handler *handlers = NULL;
    size_t count = 0, capacity = 0;
    bool good = true;

    for (struct token header = parser->token;
         good && parser_accept(parser, TOKEN_EXCEPT); header = parser->token) {
        struct handler *handler = &VEC_PUSH(handlers, count, capacity);
        good = parse_handler(parser, header, handler);
        if (good && count > 1 && !handlers[count - 2].type)
            good = parser_fail(parser, handlers[count - 2].span,
                               "default 'except:' must be last");
    }
    if (good && count) {
        node->try.handler_count = (int)count;
        node->try.handlers =
            program_alloc(parser->program, count * sizeof *handlers);
        memcpy(node->try.handlers, handlers, count * sizeof *handlers);
    }
    free(handlers);
    return good;
}

/* try: "try" ":" block handler* ["else" ":" block] ["finally" ":" block] */
static struct node *parse_try(struct parser *parser, struct token header)
{
    struct node *node = node_new(parser->program, NODE_TRY, header.span);
    if (!parser_expect(parser, TOKEN_COLON) ||
        !parse_block(parser, "'try' statement", header, &node->try.body) ||
        !parse_handlers(parser, node))
        return NULL;
    struct token other = parser->token;
    if (node->try.handler_count && parser_accept(parser, TOKEN_ELSE) &&
        (!parser_expect(parser, TOKEN_COLON) ||
         !parse_block(parser, "'else' statement", other, &node->try.otherwise)))
        return NULL;
    other = parser->token;
    if (parser_accept(parser, TOKEN_FINALLY)) {
        if (!parser_expect(parser, TOKEN_COLON) ||
            !parse_block(parser, "'finally' statement", other,
                         &node->try.finally))
            return NULL;
    } else if (node->try.handler_count == 0) {
        if (at_end(parser))
            parser->lexer.incomplete = !parser->lexer.blank_at_end;
        return parser_fail(parser, parser->token.span,
                           "expected 'except' or 'finally' block");
    }
    return node;
}

/* ------------------------------------------------- classes, decorators */

/* class: "class" NAME ["(" arguments ")"] ":" block */
static struct node *parse_class(struct parser *parser, struct token header,
                                struct node_list decorators)
{
    struct node *node = node_new(parser->program, NODE_CLASS, header.span);
    node->class.decorators = decorators;
    node->class.name = parse_name(parser);
    if (!node->class.name)
        return NULL;
    if (parser_accept(parser, TOKEN_LEFT_PAREN)) {
        struct node *call = node_new(parser->program, NODE_CALL, header.span);
        if (!parse_arguments(parser, call))
            return NULL;
        node->class.bases = call->call.args;
    }
    node->span = parser_since(parser, header.span.start);
    int loops = parser->loops, functions = parser->functions;
    struct code *code = parser->code;
    parser->loops = parser->functions = 0;
    parser->code = NULL;
    bool good =
        parser_expect(parser, TOKEN_COLON) &&
        parse_block(parser, "class definition", header, &node->class.body);
    parser->loops = loops;
    parser->functions = functions;
    parser->code = code;
    return good ? node : NULL;
}

/* decorated: ("@" named NEWLINE)+ (def | class) */
static struct node *parse_decorated(struct parser *parser)
{
    struct node_vector decorators = {NULL, 0, 0};
    bool good = true;
    while (good && parser_accept(parser, TOKEN_AT)) {
        struct node *decorator = parse_named(parser);
        good = decorator && parser_expect(parser, TOKEN_NEWLINE);
        if (good)
            node_vector_add(&decorators, decorator);
    }
    struct node_list list = node_vector_finish(&decorators, parser->program);
    struct token header = parser->token;
    if (!good)
        return NULL;
    if (parser_at(parser, TOKEN_DEF))
        return parse_def(parser, list);
    if (parser_accept(parser, TOKEN_CLASS))
        return parse_class(parser, header, list);
    if (at_end(parser))
        parser->lexer.incomplete = !parser->lexer.blank_at_end;
    return parser_invalid(parser);
}

struct node *parse_compound(struct parser *parser)
{
    static const struct node_list none = {0, NULL};
    struct token header = parser->token;
    if (header.kind == TOKEN_AT)
        return parse_decorated(parser);
    if (header.kind == TOKEN_DEF)
        return parse_def(parser, none);
    parser_advance(parser);
    switch (header.kind) {
    case TOKEN_IF:
        return parse_if(parser, header);
    case TOKEN_WHILE:
        return parse_while(parser, header);
    case TOKEN_FOR:
        return parse_for(parser, header);
    case TOKEN_WITH:
        return parse_with(parser, header);
    case TOKEN_TRY:
        return parse_try(parser, header);
    default:
        return parse_class(parser, header, none);
    }
}
