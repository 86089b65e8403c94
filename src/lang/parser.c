/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lang/parser.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"

void parser_advance(struct parser *parser)
{
    parser->last_end = parser->token.span.end;
    if (parser->has_next) {
        parser->token = parser->next;
        parser->has_next = false;
    } else {
        parser->token = lexer_next(&parser->lexer);
    }
}

const struct token *parser_peek(struct parser *parser)
{
    if (!parser->has_next) {
        parser->next = lexer_next(&parser->lexer);
        parser->has_next = true;
    }
    return &parser->next;
}

bool parser_at(const struct parser *parser, enum token_kind kind)
{
    return parser->token.kind == kind;
}

bool parser_accept(struct parser *parser, enum token_kind kind)
{
    if (parser->token.kind != kind)
        return false;
    parser_advance(parser);
    return true;
}

struct span parser_since(const struct parser *parser, uint32_t start)
{
    return (struct span){start, parser->last_end};
}

struct node *parser_fail(struct parser *parser, struct span span,
                         const char *format, ...)
{
    struct strbuf sb = STRBUF_INIT;
    va_list args;
    va_start(args, format);
    strbuf_vaddf(&sb, format, args);
    va_end(args);
    syntax_error(parser->err, parser->program->source, span, ERROR_SYNTAX, "%s",
                 sb.text);
    strbuf_done(&sb);
    return NULL;
}

/* A bracket that nothing closes explains more than the token at which the
   parser stumbled; so does an error of the lexer further on. */
static void look_for_open_bracket(struct parser *parser)
{
    struct lexer rest = parser->lexer;
    struct error later = ERROR_INIT;
    rest.err = &later;
    if (rest.bracket_count == 0 || rest.interactive ||
        rest.end != rest.source->length)
        return;
    while (later.kind == ERROR_NONE && lexer_next(&rest).kind != TOKEN_END)
        ;
    if (rest.incomplete)
        error_move(parser->err, &later);
    error_clear(&later);
}

struct node *parser_invalid(struct parser *parser)
{
    if (parser->err->kind != ERROR_NONE)
        return NULL;
    look_for_open_bracket(parser);
    if (parser->token.kind == TOKEN_INDENT) {
        syntax_error(parser->err, parser->program->source, parser->token.span,
                     ERROR_INDENTATION, "unexpected indent");
        return NULL;
    }
    struct span span = parser->token.span;
    if (span.end <= span.start)
        span.end = span.start + 1;
    return parser_fail(parser, span, "invalid syntax");
}

bool parser_expect(struct parser *parser, enum token_kind kind)
{
    if (parser_accept(parser, kind))
        return true;
    if (parser->err->kind != ERROR_NONE)
        return false;
    if (kind == TOKEN_COLON &&
        (parser_at(parser, TOKEN_NEWLINE) || parser_at(parser, TOKEN_END)))
        return parser_fail(parser, parser->token.span, "expected ':'");
    return parser_invalid(parser);
}

enum { MAX_DEPTH = 5000 };

struct node *parser_deepen(struct parser *parser, struct node *node,
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

struct node *parse_name(struct parser *parser)
{
    struct span span = parser->token.span;
    if (!parser_at(parser, TOKEN_NAME))
        return parser_invalid(parser);
    struct node *node = node_new(parser->program, NODE_NAME, span);
    node->name.text =
        program_text(parser->program, parser->lexer.text + span.start,
                     span.end - span.start);
    parser_advance(parser);
    return node;
}

bool parser_missing_block(struct parser *parser, const char *what,
                          struct token header)
{
    if (parser->err->kind != ERROR_NONE)
        return false;
    /* the end of an inner block's text closes the outer ones, too */
    bool ended = parser_at(parser, TOKEN_END) ||
                 (parser_at(parser, TOKEN_DEDENT) &&
                  parser->token.span.start >= parser->program->source->length);
    if (ended && !parser->lexer.blank_at_end)
        parser->lexer.incomplete = true;
    return syntax_error(
        parser->err, parser->program->source, parser->token.span,
        ERROR_INDENTATION, "expected an indented block after %s on line %d",
        what, source_line(parser->program->source, header.span.start));
}

/* block: simple_statements | NEWLINE INDENT statement+ DEDENT */
bool parse_block(struct parser *parser, const char *what, struct token header,
                 struct node_list *ret)
{
    struct node_vector body = {NULL, 0, 0};
    bool good = true;

    if (!parser_no_yield(parser))
        return false;
    if (!parser_accept(parser, TOKEN_NEWLINE)) {
        if (token_starts_compound(parser->token.kind) ||
            parser_at_match(parser))
            return parser_invalid(parser);
        good = parse_statement(parser, &body);
    } else if (!parser_accept(parser, TOKEN_INDENT)) {
        return parser_missing_block(parser, what, header);
    } else {
        while (good && !parser_accept(parser, TOKEN_DEDENT))
            good = parse_statement(parser, &body);
    }
    *ret = node_vector_finish(&body, parser->program);
    return good;
}

/* program: statement* END */
static bool parse_program(struct parser *parser)
{
    struct node_vector body = {NULL, 0, 0};
    bool good = parser->err->kind == ERROR_NONE;

    while (good && !parser_at(parser, TOKEN_END))
        good = parse_statement(parser, &body);
    parser->program->main->body = node_vector_finish(&body, parser->program);
    return good && parser->err->kind == ERROR_NONE;
}

/* Is the last statement a compound one that more lines could go on with? */
static bool wants_blank_line(const struct parser *parser)
{
    const struct node_list *body = &parser->program->main->body;
    if (!parser->lexer.interactive || parser->lexer.blank_at_end ||
        body->count == 0)
        return false;
    switch (body->items[body->count - 1]->kind) {
    case NODE_IF:
    case NODE_WHILE:
    case NODE_FOR:
    case NODE_DEF:
    case NODE_CLASS:
    case NODE_WITH:
    case NODE_TRY:
    case NODE_MATCH:
        return true;
    default:
        return false;
    }
}

static bool check_encoding(struct source *source, struct error *err)
{
    size_t bad = utf8_check(source->text, source->length);
    if (bad < source->length)
        return syntax_error(
            err, source, (struct span){(uint32_t)bad, (uint32_t)bad + 1},
            ERROR_SYNTAX,
            "(unicode error) 'utf-8' codec can't decode byte 0x%02x in "
            "position %zu: invalid byte",
            (unsigned char)source->text[bad], bad);
    const char *nul = memchr(source->text, '\0', source->length);
    if (nul)
        return syntax_error(err, source,
                            (struct span){(uint32_t)(nul - source->text),
                                          (uint32_t)(nul - source->text) + 1},
                            ERROR_SYNTAX,
                            "source code cannot contain null bytes");
    return true;
}

static struct code *main_code(struct program *program)
{
    struct code *code = program_alloc(program, sizeof *code);
    code->name = "<module>";
    code->program = program;
    code->span = (struct span){0, (uint32_t)program->source->length};
    return code;
}

enum parse_status program_parse(struct source *source,
                                struct parse_options options,
                                struct program **ret, struct error *err)
{
    error_clear(err);
    if (source->length >= UINT32_MAX / 2) {
        error_set(err, ERROR_SYNTAX, "source code is too large");
        return PARSE_ERROR;
    }
    if (!check_encoding(source, err))
        return PARSE_ERROR;

    struct parser parser = {.program = program_new(source, options),
                            .err = err};
    parser.program->main = main_code(parser.program);
    lexer_init(&parser.lexer, source, options.interactive, err);
    parser_advance(&parser);
    bool good = parse_program(&parser) && program_resolve(parser.program, err);

    bool incomplete = options.interactive && (good ? wants_blank_line(&parser)
                                                   : parser.lexer.incomplete);
    if (good && !incomplete) {
        *ret = parser.program;
        return PARSE_OK;
    }
    program_free(parser.program);
    if (incomplete)
        error_clear(err);
    return incomplete ? PARSE_INCOMPLETE : PARSE_ERROR;
}
