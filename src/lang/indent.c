/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the next line of an entry that is being typed best begins. */
#include "base/utf8.h"
#include "lang/lexer.h"
#include "lang/trace.h"

enum { BLOCK_INDENT = 4 };

/* Columns from the start of OFFSET's line up to it. */
static int column_at(const struct source *source, uint32_t offset)
{
    uint32_t start = offset;
    while (start > 0 && source->text[start - 1] != '\n')
        start--;
    return (int)utf8_columns(source->text + start, offset - start);
}

static bool ends_block(enum token_kind kind)
{
    return kind == TOKEN_RETURN || kind == TOKEN_BREAK ||
           kind == TOKEN_CONTINUE || kind == TOKEN_PASS || kind == TOKEN_RAISE;
}

/* Below what follows the innermost open bracket; a step in when nothing
   does. */
static int bracket_indent(const struct source *source, uint32_t bracket,
                          int indent)
{
    uint32_t next = bracket + 1;
    while (next < source->length && source->text[next] == ' ')
        next++;
    if (next >= source->length || source->text[next] == '\n' ||
        source->text[next] == '#')
        return indent + BLOCK_INDENT;
    return column_at(source, next);
}

/* What the tokens so far say of the last statement. */
struct statement {
    enum token_kind first, last;
    int indent;
};

static void take_token(const struct source *source, struct token token,
                       bool *at_start, struct statement *statement)
{
    if (token.kind == TOKEN_INDENT || token.kind == TOKEN_DEDENT)
        return;
    if (token.kind == TOKEN_NEWLINE) {
        *at_start = true;
        return;
    }
    if (*at_start) {
        statement->first = token.kind;
        statement->indent = column_at(source, token.span.start);
    }
    statement->last = token.kind;
    *at_start = false;
}

int source_next_indent(const char *text, size_t length)
{
    struct source *source = source_new("<input>", text, length);
    struct error err = ERROR_INIT;
    struct statement statement = {TOKEN_NEWLINE, TOKEN_NEWLINE, 0};
    struct lexer lexer;
    struct token token;
    bool at_start = true;
    lexer_init(&lexer, source, true, &err);
    while ((token = lexer_next(&lexer)).kind != TOKEN_END &&
           token.kind != TOKEN_ERROR)
        take_token(source, token, &at_start, &statement);
    int indent = statement.indent;
    if (lexer.bracket_count > 0)
        indent = bracket_indent(source, lexer.brackets[lexer.bracket_count - 1],
                                indent);
    else if (statement.last == TOKEN_COLON)
        indent += BLOCK_INDENT;
    else if (ends_block(statement.first) && indent >= BLOCK_INDENT)
        indent -= BLOCK_INDENT;
    error_clear(&err);
    source_unref(source);
    return indent;
}
