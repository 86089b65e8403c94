/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Recursive descent over the lexer's tokens, operators by precedence
 * climbing.  Inside src/lang only.  A parse function returns NULL when the
 * text is wrong; ERR then says how, and the first error stays.
 */
#ifndef LANG_PARSER_H
#define LANG_PARSER_H

#include "lang/ast.h"

struct parser {
    struct program *program;
    struct lexer lexer;
    struct token token; /* the current one */
    struct token next;  /* the one after, when HAS_NEXT */
    bool has_next;
    uint32_t last_end;    /* where the token before the current one ended */
    int depth;            /* of parse_binary() calls */
    int list_depth;       /* > 0 directly inside a list display */
    int functions, loops; /* around the current statement */
    struct code *code;    /* of the innermost def, or NULL */
    int yields;           /* that no statement has taken yet… */
    struct node *yield;   /* … the last of them */
    struct node_vector *before; /* statements to go before the current one */
    int hoisted;          /* names given to parts of expressions with yield */
    struct error *err;
};

/* parser.c */
void parser_advance(struct parser *parser);
const struct token *parser_peek(struct parser *parser);
bool parser_at(const struct parser *parser, enum token_kind kind);
bool parser_accept(struct parser *parser, enum token_kind kind);
/* Accepts KIND or reports "invalid syntax" (or "expected ':'"). */
bool parser_expect(struct parser *parser, enum token_kind kind);
struct span parser_since(const struct parser *parser, uint32_t start);
struct node *parser_fail(struct parser *parser, struct span span,
                         const char *format, ...)
    __attribute__((format(printf, 3, 4)));
struct node *parser_invalid(struct parser *parser); /* "invalid syntax" */
/* NODE, with its depth from that of its children A and B (may be NULL); an
   error when the tree gets too deep: 1+1+1+… */
struct node *parser_deepen(struct parser *parser, struct node *node,
                           const struct node *a, const struct node *b);
struct node *parse_name(struct parser *parser);
/* IndentationError "expected an indented block after …"; false. */
bool parser_missing_block(struct parser *parser, const char *what,
                          struct token header);
bool parse_block(struct parser *parser, const char *what, struct token header,
                 struct node_list *ret);

/* parser_expression.c */
struct node *parse_test(struct parser *parser);
struct node *parse_named(struct parser *parser); /* with := */
/* Comma-separated: a tuple when there is a comma.  STARS: *x may stand. */
struct node *parse_expression_list(struct parser *parser, bool stars);
struct node *parse_target_list(struct parser *parser);
struct node *parse_or_expression(struct parser *parser); /* below `in` */
bool token_starts_expression(enum token_kind kind);

/* parser_display.c */
struct node *parse_atom(struct parser *parser);
struct node *parse_star_named(struct parser *parser); /* *x too */
struct node *parse_comprehension(struct parser *parser, uint32_t start,
                                 enum comprehension_kind kind,
                                 struct node *element, struct node *value);
/* PARSE within brackets other than a list's, where lists start anew:
   [f([1, 2]), 3] holds two lists that may become tensors each. */
struct node *parse_fresh(struct parser *parser,
                         struct node *(*parse)(struct parser *));
/* Accepts CLOSE, or says what is wrong after LAST (may be NULL). */
bool parser_close(struct parser *parser, enum token_kind close,
                  struct node *last);

/* parser_postfix.c */
struct node *parse_postfix(struct parser *parser);
struct node *parse_attribute(struct parser *parser, struct node *object);
/* Up to and with the ")", into CALL. */
bool parse_arguments(struct parser *parser, struct node *call);

/* parser_yield.c */
struct node *parse_yield(struct parser *parser);
/* A yield where a statement can wait for it, or any expression list. */
struct node *parse_yield_or_list(struct parser *parser, bool stars);
/* NODE is all of a statement's expression: a yield may be there… */
bool parser_take_yield(struct parser *parser, const struct node *node);
/* … and nowhere else: false with SyntaxError. */
bool parser_no_yield(struct parser *parser);
/* parser_hoist.c: the yields that wait, out of an expression or a statement,
   with what is evaluated before them; the new statements go to BEFORE. */
bool parser_hoist(struct parser *parser, struct node **expression,
                  struct node_vector *before);
bool parser_hoist_statement(struct parser *parser, struct node *statement,
                            struct node_vector *before);

/* ELEMENT for the clauses of NODE, as a generator function's body. */
struct node *parser_make_generator(struct parser *parser, struct node *node);

/* parser_function.c */
struct code *code_new(struct parser *parser, const char *name,
                      struct span span);
struct node *parse_lambda(struct parser *parser);
struct node *parse_def(struct parser *parser, struct node_list decorators);
bool parse_parameters(struct parser *parser, struct code *code,
                      enum token_kind close);

/* parser_literal.c */
struct node *parse_number(struct parser *parser);
struct node *parse_strings(struct parser *parser);

/* parser_statement.c */
bool parse_statement(struct parser *parser, struct node_vector *body);

/* parser_match.c */
bool parser_at_match(struct parser *parser);
struct node *parse_match(struct parser *parser);

/* parser_compound.c; NULL with nothing wrong when no compound statement
   starts here. */
struct node *parse_compound(struct parser *parser);
bool token_starts_compound(enum token_kind kind);

/* parser_target.c */
/* May NODE stand left of an =?  Reports "cannot assign to …". */
bool target_check(struct parser *parser, struct node *node, bool single);
bool target_check_delete(struct parser *parser, struct node *node);
/* "function call", "literal"… as CPython names a node. */
const char *node_description(const struct node *node);

#endif
