/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lang/lexer.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "base/utf8.h"

struct token_name {
    enum token_kind kind;
    const char *text;
};

static const struct token_name keywords[] = {
#define X(identifier, text) {TOKEN_##identifier, text},
    KEYWORDS(X)
#undef X
};

static const struct token_name punctuation[] = {
#define X(identifier, text) {TOKEN_##identifier, text},
    PUNCTUATION(X)
#undef X
};

enum {
    KEYWORD_COUNT = sizeof keywords / sizeof *keywords,
    PUNCTUATION_COUNT = sizeof punctuation / sizeof *punctuation
};

const char *token_text(enum token_kind kind)
{
    for (int i = 0; i < KEYWORD_COUNT; i++)
        if (keywords[i].kind == kind)
            return keywords[i].text;
    for (int i = 0; i < PUNCTUATION_COUNT; i++)
        if (punctuation[i].kind == kind)
            return punctuation[i].text;
    return NULL;
}

int source_line(const struct source *source, uint32_t offset)
{
    int line = source->first_line;
    for (uint32_t i = 0; i < offset && i < source->length; i++)
        line += source->text[i] == '\n';
    return line;
}

bool syntax_error(struct error *err, struct source *source, struct span span,
                  enum error_kind kind, const char *format, ...)
{
    if (err->kind != ERROR_NONE)
        return false;
    struct strbuf sb = STRBUF_INIT;
    va_list args;
    va_start(args, format);
    strbuf_vaddf(&sb, format, args);
    va_end(args);
    error_set(err, kind, "%s", sb.text);
    strbuf_done(&sb);
    error_frame(err, source, span, NULL);
    error_note(err, span, "%s", "");
    return false;
}

#define LEXER_FAIL(lexer, span, ...) \
    fail(lexer, span, ERROR_SYNTAX, __VA_ARGS__)

#define fail(lexer, where, kind, ...)                                       \
    (syntax_error((lexer)->err, (lexer)->source, where, kind, __VA_ARGS__), \
     (struct token){TOKEN_ERROR, where})

void lexer_init(struct lexer *lexer, struct source *source, bool interactive,
                struct error *err)
{
    *lexer = (struct lexer){.source = source,
                            .text = source->text,
                            .end = (uint32_t)source->length,
                            .interactive = interactive,
                            .line_start = true,
                            .err = err};
}

void lexer_init_inside(struct lexer *lexer, const struct lexer *outer,
                       struct span span)
{
    *lexer = (struct lexer){.source = outer->source,
                            .text = outer->text,
                            .position = span.start,
                            .end = span.end,
                            .bracket_count = 1,
                            .brackets = {span.start},
                            .err = outer->err};
}

static char peek(const struct lexer *lexer, uint32_t ahead)
{
    uint32_t at = lexer->position + ahead;
    return at < lexer->end ? lexer->text[at] : '\0';
}

static bool at_end(const struct lexer *lexer)
{
    return lexer->position >= lexer->end;
}

static struct span here(const struct lexer *lexer)
{
    return (struct span){lexer->position, lexer->position + 1};
}

static struct token token_from(const struct lexer *lexer, enum token_kind kind,
                               uint32_t start)
{
    return (struct token){kind, {start, lexer->position}};
}

/* -------------------------------------------------------- indentation */

static void skip_comment(struct lexer *lexer)
{
    while (!at_end(lexer) && peek(lexer, 0) != '\n')
        lexer->position++;
}

/* Columns of the blanks at the position, a tab going to the next eighth. */
static int skip_indentation(struct lexer *lexer)
{
    int column = 0;
    for (;; lexer->position++) {
        char c = peek(lexer, 0);
        if (c == ' ')
            column++;
        else if (c == '\t')
            column = (column / 8 + 1) * 8;
        else if (c == '\f')
            column = 0;
        else
            return column;
    }
}

static struct token dedent_to(struct lexer *lexer, int column)
{
    while (lexer->indent_count &&
           lexer->indents[lexer->indent_count - 1] > column) {
        lexer->indent_count--;
        lexer->pending_dedents++;
    }
    int current =
        lexer->indent_count ? lexer->indents[lexer->indent_count - 1] : 0;
    if (current != column)
        return fail(lexer, here(lexer), ERROR_INDENTATION,
                    "unindent does not match any outer indentation level");
    lexer->pending_dedents--;
    return token_from(lexer, TOKEN_DEDENT, lexer->position);
}

/* Skips blank lines and comments; a token when the indentation changes,
   TOKEN_NEWLINE (which is never meant here) when it stays. */
static struct token begin_line(struct lexer *lexer)
{
    static const struct token same = {TOKEN_NEWLINE, {0, 0}};
    for (;;) {
        uint32_t start = lexer->position;
        int column = skip_indentation(lexer);
        bool blank = peek(lexer, 0) == '\n' || peek(lexer, 0) == '\r';
        if (peek(lexer, 0) == '#')
            skip_comment(lexer);
        else if (blank)
            lexer->blank_at_end = true;
        if (at_end(lexer)) {
            lexer->line_start = false;
            return same;
        }
        if (peek(lexer, 0) == '\r' && peek(lexer, 1) == '\n')
            lexer->position++;
        if (peek(lexer, 0) == '\n') {
            lexer->position++;
            if (blank && lexer->interactive && lexer->indent_count &&
                at_end(lexer))
                return dedent_to(lexer, 0);
            continue;
        }
        lexer->line_start = false;
        lexer->blank_at_end = false;
        int current =
            lexer->indent_count ? lexer->indents[lexer->indent_count - 1] : 0;
        if (column == current)
            return same;
        if (column < current)
            return dedent_to(lexer, column);
        if (lexer->indent_count == LEXER_MAX_INDENTS)
            return fail(lexer, here(lexer), ERROR_INDENTATION,
                        "too many levels of indentation");
        lexer->indents[lexer->indent_count++] = column;
        return token_from(lexer, TOKEN_INDENT, start);
    }
}

/* ------------------------------------------------------------- numbers */

static bool is_digit_of(char c, int base)
{
    if (base == 16)
        return isxdigit((unsigned char)c);
    return c >= '0' && c < '0' + base;
}

/* Digits with single underscores between them; false for a bad underscore. */
static bool skip_digits(struct lexer *lexer, int base)
{
    while (is_digit_of(peek(lexer, 0), base)) {
        lexer->position++;
        if (peek(lexer, 0) == '_') {
            lexer->position++;
            if (!is_digit_of(peek(lexer, 0), base))
                return false;
        }
    }
    return true;
}

bool is_name_byte(char c)
{
    return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80;
}

static struct token bad_number(struct lexer *lexer, uint32_t start,
                               const char *base)
{
    uint32_t last = lexer->position;
    if (last > start)
        last--;
    return LEXER_FAIL(lexer, ((struct span){last, last + 1}),
                      "invalid %s literal", base);
}

static struct token lex_radix(struct lexer *lexer, uint32_t start)
{
    static const struct {
        char letter;
        int base;
        const char *name;
    } radixes[] = {
        {'x', 16, "hexadecimal"}, {'o', 8, "octal"}, {'b', 2, "binary"}};
    int letter = tolower((unsigned char)peek(lexer, 1));
    int row = letter == 'x' ? 0 : letter == 'o' ? 1 : 2;

    lexer->position += 2;
    if (peek(lexer, 0) == '_')
        lexer->position++;
    uint32_t first = lexer->position;
    bool good = skip_digits(lexer, radixes[row].base);
    char next = peek(lexer, 0);
    if (good && isdigit((unsigned char)next))
        return LEXER_FAIL(lexer, here(lexer),
                          "invalid digit '%c' in %s literal", next,
                          radixes[row].name);
    if (!good || lexer->position == first || is_name_byte(next))
        return bad_number(lexer, start, radixes[row].name);
    return token_from(lexer, TOKEN_NUMBER, start);
}

/* Is the number followed by a keyword, as in `1if x else 2`? */
static bool keyword_follows(const struct lexer *lexer)
{
    static const char *const words[] = {"and", "else", "for", "if",
                                        "in",  "is",   "or",  "not"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        uint32_t length = (uint32_t)strlen(words[i]);
        if (lexer->end - lexer->position >= length &&
            !memcmp(lexer->text + lexer->position, words[i], length) &&
            !is_name_byte(peek(lexer, length)))
            return true;
    }
    return false;
}

static bool leading_zeros(const struct lexer *lexer, uint32_t start,
                          uint32_t end)
{
    if (lexer->text[start] != '0')
        return false;
    for (uint32_t i = start; i < end; i++)
        if (lexer->text[i] >= '1' && lexer->text[i] <= '9')
            return true;
    return false;
}

static struct token lex_number(struct lexer *lexer)
{
    uint32_t start = lexer->position;
    if (peek(lexer, 0) == '0' && peek(lexer, 1) &&
        strchr("xXoObB", peek(lexer, 1)))
        return lex_radix(lexer, start);

    bool good = skip_digits(lexer, 10);
    uint32_t whole_end = lexer->position;
    bool real = false;
    if (good && peek(lexer, 0) == '.') {
        real = true;
        lexer->position++;
        good = skip_digits(lexer, 10);
    }
    if (good && tolower((unsigned char)peek(lexer, 0)) == 'e') {
        uint32_t sign = peek(lexer, 1) == '+' || peek(lexer, 1) == '-';
        if (isdigit((unsigned char)peek(lexer, 1 + sign))) {
            real = true;
            lexer->position += 1 + sign;
            good = skip_digits(lexer, 10);
        }
    }
    if (tolower((unsigned char)peek(lexer, 0)) == 'j' &&
        !is_name_byte(peek(lexer, 1))) {
        lexer->position++;
        return token_from(lexer, TOKEN_NUMBER, start);
    }
    if (!good || (is_name_byte(peek(lexer, 0)) && !keyword_follows(lexer)))
        return bad_number(lexer, start, "decimal");
    if (!real && leading_zeros(lexer, start, whole_end))
        return LEXER_FAIL(lexer, ((struct span){start, start + 1}),
                          "leading zeros in decimal integer literals are not "
                          "permitted; use an 0o prefix for octal integers");
    return token_from(lexer, TOKEN_NUMBER, start);
}

/* ------------------------------------------------------------- strings */

/* Length of a string's prefix (r, f, b, u, rf…) when a quote follows, else
   -1; 0 for a bare quote. */
static int string_prefix(const struct lexer *lexer)
{
    for (uint32_t i = 0; i <= 2; i++) {
        char c = peek(lexer, i);
        if (c == '"' || c == '\'')
            return (int)i;
        if (!c || !strchr("rRfFuUbB", c))
            return -1;
    }
    return -1;
}

static struct token lex_string(struct lexer *lexer, int prefix)
{
    uint32_t start = lexer->position;
    lexer->position += (uint32_t)prefix;
    uint32_t quote_at = lexer->position;
    char quote = peek(lexer, 0);
    bool triple = peek(lexer, 1) == quote && peek(lexer, 2) == quote;

    lexer->position += triple ? 3 : 1;
    for (;; lexer->position++) {
        char c = peek(lexer, 0);
        if (at_end(lexer) || (c == '\n' && !triple))
            break;
        if (c == '\\') {
            if (lexer->position + 1 < lexer->end)
                lexer->position++;
        } else if (c == quote && !triple) {
            lexer->position++;
            return token_from(lexer, TOKEN_STRING, start);
        } else if (c == quote && peek(lexer, 1) == quote &&
                   peek(lexer, 2) == quote) {
            lexer->position += 3;
            return token_from(lexer, TOKEN_STRING, start);
        }
    }
    lexer->incomplete = triple;
    return LEXER_FAIL(lexer, ((struct span){quote_at, quote_at + 1}),
                      "unterminated %sstring literal (detected at line %d)",
                      triple ? "triple-quoted " : "",
                      source_line(lexer->source, lexer->position));
}

/* --------------------------------------------------- names, characters */

/* What a Chinese input method types for an ASCII mark. */
static const char *ascii_twin(uint32_t c)
{
    static const struct {
        uint32_t wide;
        const char *ascii;
    } twins[] = {{0x3001, ","},  {0x3002, "."},  {0x3010, "["}, {0x3011, "]"},
                 {0x201C, "\""}, {0x201D, "\""}, {0x2018, "'"}, {0x2019, "'"},
                 {0xD7, "*"},    {0xF7, "/"},    {0x2212, "-"}, {0x2013, "-"}};
    static char text[2];
    if (c > 0xFF00 && c < 0xFF5F) {
        text[0] = (char)(c - 0xFEE0);
        return text;
    }
    for (size_t i = 0; i < sizeof twins / sizeof *twins; i++)
        if (twins[i].wide == c)
            return twins[i].ascii;
    return NULL;
}

static struct token bad_character(struct lexer *lexer, uint32_t c, int length)
{
    struct span span = {lexer->position, lexer->position + (uint32_t)length};
    const char *shown = lexer->text + lexer->position;
    if (c == 0xA0 || c == 0x3000 || c < 0x20 || c == 0x7F || c == 0xFEFF ||
        (c >= 0x2000 && c < 0x2010))
        return LEXER_FAIL(lexer, span, "invalid non-printable character U+%04X",
                          c);
    if (c < 0x80)
        return LEXER_FAIL(lexer, span, "invalid syntax");
    struct token token = LEXER_FAIL(
        lexer, span, "invalid character '%.*s' (U+%04X)", length, shown, c);
    if (ascii_twin(c))
        error_hint(lexer->err, "type the ASCII character %s", ascii_twin(c));
    return token;
}

static struct token lex_name(struct lexer *lexer)
{
    uint32_t start = lexer->position;
    while (!at_end(lexer)) {
        uint32_t c;
        int length = utf8_decode(lexer->text + lexer->position,
                                 lexer->end - lexer->position, &c);
        if (length == 0)
            return LEXER_FAIL(lexer, here(lexer),
                              "(unicode error) 'utf-8' codec can't decode byte "
                              "0x%02x",
                              (unsigned char)peek(lexer, 0));
        if (!utf8_is_letter(c) && !(c >= '0' && c <= '9')) {
            if (c >= 0x80)
                return bad_character(lexer, c, length);
            break;
        }
        lexer->position += (uint32_t)length;
    }
    const char *text = lexer->text + start;
    size_t length = lexer->position - start;
    for (int i = 0; i < KEYWORD_COUNT; i++)
        if (!strncmp(keywords[i].text, text, length) &&
            keywords[i].text[length] == '\0')
            return token_from(lexer, keywords[i].kind, start);
    return token_from(lexer, TOKEN_NAME, start);
}

static struct token open_bracket(struct lexer *lexer)
{
    if (lexer->bracket_count == LEXER_MAX_BRACKETS)
        return LEXER_FAIL(lexer, here(lexer), "too many nested parentheses");
    lexer->brackets[lexer->bracket_count++] = lexer->position;
    return (struct token){TOKEN_NEWLINE, {0, 0}};
}

static struct token close_bracket(struct lexer *lexer, char close)
{
    if (lexer->bracket_count == 0)
        return LEXER_FAIL(lexer, here(lexer), "unmatched '%c'", close);
    uint32_t at = lexer->brackets[--lexer->bracket_count];
    char open = lexer->text[at];
    char wanted = open == '(' ? ')' : open == '[' ? ']' : '}';
    if (close == wanted)
        return (struct token){TOKEN_NEWLINE, {0, 0}};
    int line = source_line(lexer->source, at);
    if (line != source_line(lexer->source, lexer->position))
        return LEXER_FAIL(lexer, here(lexer),
                          "closing parenthesis '%c' does not match opening "
                          "parenthesis '%c' on line %d",
                          close, open, line);
    return LEXER_FAIL(lexer, here(lexer),
                      "closing parenthesis '%c' does not match opening "
                      "parenthesis '%c'",
                      close, open);
}

static struct token lex_punctuation(struct lexer *lexer)
{
    char c = peek(lexer, 0);
    for (int i = 0; i < PUNCTUATION_COUNT; i++) {
        size_t length = strlen(punctuation[i].text);
        if (lexer->end - lexer->position < length ||
            memcmp(punctuation[i].text, lexer->text + lexer->position, length))
            continue;
        struct token check = {TOKEN_NEWLINE, {0, 0}};
        if (strchr("([{", c))
            check = open_bracket(lexer);
        else if (strchr(")]}", c))
            check = close_bracket(lexer, c);
        if (check.kind == TOKEN_ERROR)
            return check;
        uint32_t start = lexer->position;
        lexer->position += (uint32_t)length;
        return token_from(lexer, punctuation[i].kind, start);
    }
    return bad_character(lexer, (unsigned char)c, 1);
}

/* ---------------------------------------------------------- whole text */

static struct token end_of_text(struct lexer *lexer)
{
    if (lexer->bracket_count && lexer->end == lexer->source->length) {
        uint32_t at = lexer->brackets[lexer->bracket_count - 1];
        lexer->incomplete = true;
        return LEXER_FAIL(lexer, ((struct span){at, at + 1}),
                          "'%c' was never closed", lexer->text[at]);
    }
    if (lexer->line_has_tokens) {
        lexer->line_has_tokens = false;
        return token_from(lexer, TOKEN_NEWLINE, lexer->position);
    }
    if (lexer->indent_count)
        return dedent_to(lexer, 0);
    return token_from(lexer, TOKEN_END, lexer->position);
}

/* A backslash at the line's end joins the next line. */
static struct token join_lines(struct lexer *lexer)
{
    uint32_t after = peek(lexer, 1) == '\r' ? 2 : 1;
    if (lexer->position + after >= lexer->end) {
        lexer->incomplete = true;
        return LEXER_FAIL(lexer, here(lexer), "unexpected EOF while parsing");
    }
    if (peek(lexer, after) != '\n')
        return LEXER_FAIL(lexer, here(lexer),
                          "unexpected character after line continuation "
                          "character");
    lexer->position += after + 1;
    if (at_end(lexer) && lexer->interactive) {
        lexer->incomplete = true;
        return LEXER_FAIL(lexer, here(lexer), "unexpected EOF while parsing");
    }
    return (struct token){TOKEN_NEWLINE, {0, 0}};
}

/* Blanks, comments, joined lines; TOKEN_ERROR or anything else. */
static struct token skip_blanks(struct lexer *lexer)
{
    for (;;) {
        char c = peek(lexer, 0);
        if (c == '#')
            skip_comment(lexer);
        else if (c == ' ' || c == '\t' || c == '\f' ||
                 (c == '\r' && peek(lexer, 1) == '\n') ||
                 (c == '\n' && lexer->bracket_count))
            lexer->position++;
        else if (c == '\\') {
            struct token joined = join_lines(lexer);
            if (joined.kind == TOKEN_ERROR)
                return joined;
        } else
            return (struct token){TOKEN_NEWLINE, {0, 0}};
    }
}

struct token lexer_next(struct lexer *lexer)
{
    if (lexer->err->kind != ERROR_NONE)
        return token_from(lexer, TOKEN_ERROR, lexer->position);
    if (lexer->pending_dedents) {
        lexer->pending_dedents--;
        return token_from(lexer, TOKEN_DEDENT, lexer->position);
    }
    if (lexer->line_start) {
        struct token token = begin_line(lexer);
        if (token.kind != TOKEN_NEWLINE)
            return token;
    }
    struct token skipped = skip_blanks(lexer);
    if (skipped.kind == TOKEN_ERROR)
        return skipped;
    if (at_end(lexer))
        return end_of_text(lexer);

    char c = peek(lexer, 0);
    if (c == '\n') {
        lexer->position++;
        lexer->line_start = true;
        lexer->line_has_tokens = false;
        return (struct token){TOKEN_NEWLINE,
                              {lexer->position - 1, lexer->position}};
    }
    lexer->line_has_tokens = true;
    if (isdigit((unsigned char)c) ||
        (c == '.' && isdigit((unsigned char)peek(lexer, 1))))
        return lex_number(lexer);
    int prefix = string_prefix(lexer);
    if (prefix >= 0)
        return lex_string(lexer, prefix);
    return is_name_byte(c) ? lex_name(lexer) : lex_punctuation(lexer);
}
