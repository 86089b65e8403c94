/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From text to tokens, one at a time as the parser asks for them, with
 * Python's indentation tokens.  A string is one token, quotes and prefix
 * included; the parser decodes it.
 */
#ifndef LANG_LEXER_H
#define LANG_LEXER_H

#include "base/error.h"

#define KEYWORDS(X)         \
    X(FALSE, "False")       \
    X(NONE, "None")         \
    X(TRUE, "True")         \
    X(AND, "and")           \
    X(AS, "as")             \
    X(ASSERT, "assert")     \
    X(ASYNC, "async")       \
    X(AWAIT, "await")       \
    X(BREAK, "break")       \
    X(CLASS, "class")       \
    X(CONTINUE, "continue") \
    X(DEF, "def")           \
    X(DEL, "del")           \
    X(ELIF, "elif")         \
    X(ELSE, "else")         \
    X(EXCEPT, "except")     \
    X(FINALLY, "finally")   \
    X(FOR, "for")           \
    X(FROM, "from")         \
    X(GLOBAL, "global")     \
    X(IF, "if")             \
    X(IMPORT, "import")     \
    X(IN, "in")             \
    X(IS, "is")             \
    X(LAMBDA, "lambda")     \
    X(NONLOCAL, "nonlocal") \
    X(NOT, "not")           \
    X(OR, "or")             \
    X(PASS, "pass")         \
    X(RAISE, "raise")       \
    X(RETURN, "return")     \
    X(TRY, "try")           \
    X(WHILE, "while")       \
    X(WITH, "with")         \
    X(YIELD, "yield")

/* Longer ones before their own beginnings. */
#define PUNCTUATION(X)           \
    X(POWER_ASSIGN, "**=")       \
    X(FLOOR_ASSIGN, "//=")       \
    X(LEFT_SHIFT_ASSIGN, "<<=")  \
    X(RIGHT_SHIFT_ASSIGN, ">>=") \
    X(ELLIPSIS, "...")           \
    X(POWER, "**")               \
    X(FLOOR, "//")               \
    X(LEFT_SHIFT, "<<")          \
    X(RIGHT_SHIFT, ">>")         \
    X(EQUAL, "==")               \
    X(NOT_EQUAL, "!=")           \
    X(LESS_EQUAL, "<=")          \
    X(GREATER_EQUAL, ">=")       \
    X(PLUS_ASSIGN, "+=")         \
    X(MINUS_ASSIGN, "-=")        \
    X(STAR_ASSIGN, "*=")         \
    X(SLASH_ASSIGN, "/=")        \
    X(PERCENT_ASSIGN, "%=")      \
    X(AT_ASSIGN, "@=")           \
    X(AMPERSAND_ASSIGN, "&=")    \
    X(BAR_ASSIGN, "|=")          \
    X(CARET_ASSIGN, "^=")        \
    X(ARROW, "->")               \
    X(WALRUS, ":=")              \
    X(PLUS, "+")                 \
    X(MINUS, "-")                \
    X(STAR, "*")                 \
    X(SLASH, "/")                \
    X(PERCENT, "%")              \
    X(AT, "@")                   \
    X(AMPERSAND, "&")            \
    X(BAR, "|")                  \
    X(CARET, "^")                \
    X(TILDE, "~")                \
    X(LESS, "<")                 \
    X(GREATER, ">")              \
    X(LEFT_PAREN, "(")           \
    X(RIGHT_PAREN, ")")          \
    X(LEFT_BRACKET, "[")         \
    X(RIGHT_BRACKET, "]")        \
    X(LEFT_BRACE, "{")           \
    X(RIGHT_BRACE, "}")          \
    X(COMMA, ",")                \
    X(COLON, ":")                \
    X(DOT, ".")                  \
    X(SEMICOLON, ";")            \
    X(ASSIGN, "=")

enum token_kind {
    TOKEN_ERROR, /* the lexer's ERR is filled */
    TOKEN_END,
    TOKEN_NEWLINE,
    TOKEN_INDENT,
    TOKEN_DEDENT,
    TOKEN_NAME,
    TOKEN_NUMBER,
    TOKEN_STRING,
#define X(identifier, text) TOKEN_##identifier,
    KEYWORDS(X) PUNCTUATION(X)
#undef X
        TOKEN_KIND_COUNT
};

struct token {
    enum token_kind kind;
    struct span span;
};

enum { LEXER_MAX_BRACKETS = 200, LEXER_MAX_INDENTS = 100 };

struct lexer {
    struct source *source; /* borrowed */
    const char *text;
    uint32_t position, end;
    bool interactive;
    bool line_start;      /* indentation comes next */
    bool line_has_tokens; /* so that its end is a TOKEN_NEWLINE */
    bool blank_at_end;    /* the last line so far was blank */
    bool incomplete;      /* the error is that the text stopped too soon */
    int pending_dedents;
    int indent_count;
    int indents[LEXER_MAX_INDENTS];
    int bracket_count;
    uint32_t brackets[LEXER_MAX_BRACKETS]; /* where each was opened */
    struct error *err;
};

/* May C stand inside a name?  All bytes of other alphabets may. */
bool is_name_byte(char c);

void lexer_init(struct lexer *lexer, struct source *source, bool interactive,
                struct error *err);

/* Only the text in SPAN, as if inside brackets: an f-string's expression. */
void lexer_init_inside(struct lexer *lexer, const struct lexer *outer,
                       struct span span);

struct token lexer_next(struct lexer *lexer);

/* "if", "(", or NULL for kinds without a fixed text. */
const char *token_text(enum token_kind kind);

/* Fills ERR with a SyntaxError or IndentationError that marks SPAN; keeps an
   error that is there already.  Always false. */
bool syntax_error(struct error *err, struct source *source, struct span span,
                  enum error_kind kind, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* Line number of OFFSET, from the source's first line. */
int source_line(const struct source *source, uint32_t offset);

#endif
