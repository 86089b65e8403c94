/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers, strings and f-strings: from a token's text to a value. */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "lang/methods_bytes.h"
#include "lang/parser.h"

/* ------------------------------------------------------------- numbers */

static bool is_real(const char *text)
{
    bool radix = text[0] == '0' && text[1] && strchr("xXoObB", text[1]);
    return !radix && strpbrk(text, ".eE");
}

static bool is_imaginary(const char *text, size_t length)
{
    return tolower((unsigned char)text[length - 1]) == 'j';
}

struct node *parse_number(struct parser *parser)
{
    struct span span = parser->token.span;
    struct strbuf digits = STRBUF_INIT;
    for (uint32_t i = span.start; i < span.end; i++)
        if (parser->lexer.text[i] != '_')
            strbuf_addc(&digits, parser->lexer.text[i]);

    const char *text = digits.text;
    struct value value;
    errno = 0;
    if (is_imaginary(text, digits.length)) {
        value = value_imaginary(strtod(text, NULL));
        errno = 0;
    } else if (is_real(text)) {
        value = value_float(strtod(text, NULL));
        errno = 0;
    } else {
        int letter = text[0] == '0' ? tolower((unsigned char)text[1]) : 0;
        int base = letter == 'x'   ? 16
                   : letter == 'o' ? 8
                   : letter == 'b' ? 2
                                   : 10;
        value = value_int(strtoll(base == 10 ? text : text + 2, NULL, base));
    }
    bool too_large = errno == ERANGE;
    strbuf_done(&digits);
    if (too_large) {
        parser_fail(parser, span, "int too large for 64 bits");
        error_hint(parser->err, "write a float, as 1e20");
        return NULL;
    }
    parser_advance(parser);
    return node_constant(parser->program, span, value);
}

/* ------------------------------------------------------------- escapes */

static bool hex_escape(struct parser *parser, const char **at, const char *end,
                       int digits, struct span span, struct strbuf *sb)
{
    uint32_t c = 0;
    char utf8[4];
    for (int i = 0; i < digits; i++, (*at)++) {
        if (*at == end || !isxdigit((unsigned char)**at))
            return parser_fail(parser, span,
                               "(unicode error) 'unicodeescape' codec can't "
                               "decode bytes: truncated \\%s escape",
                               digits == 2   ? "xXX"
                               : digits == 4 ? "uXXXX"
                                             : "UXXXXXXXX");
        int digit = tolower((unsigned char)**at);
        c = c << 4 | (uint32_t)(digit <= '9' ? digit - '0' : digit - 'a' + 10);
    }
    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        return parser_fail(parser, span,
                           "(unicode error) 'unicodeescape' codec can't decode "
                           "bytes: illegal Unicode character");
    strbuf_add(sb, utf8, (size_t)utf8_encode(c, utf8));
    return true;
}

static void octal_escape(const char **at, const char *end, struct strbuf *sb)
{
    uint32_t c = 0;
    char utf8[4];
    for (int i = 0; i < 3 && *at < end && **at >= '0' && **at <= '7'; i++)
        c = c * 8 + (uint32_t)(*(*at)++ - '0');
    strbuf_add(sb, utf8, (size_t)utf8_encode(c, utf8));
}

/* Decodes the escape at *AT, which is past the backslash. */
static bool decode_escape(struct parser *parser, const char **at,
                          const char *end, struct span span, struct strbuf *sb)
{
    static const char letters[] = "\\\\''\"\"a\ab\bf\fn\nr\rt\tv\v";
    char c = **at;
    if (c == '\n') {
        (*at)++;
        return true;
    }
    if (c >= '0' && c <= '7') {
        octal_escape(at, end, sb);
        return true;
    }
    if (c == 'x' || c == 'u' || c == 'U') {
        (*at)++;
        return hex_escape(parser, at, end,
                          c == 'x'   ? 2
                          : c == 'u' ? 4
                                     : 8,
                          span, sb);
    }
    for (size_t i = 0; i + 1 < sizeof letters; i += 2) {
        if (letters[i] == c) {
            strbuf_addc(sb, letters[i + 1]);
            (*at)++;
            return true;
        }
    }
    strbuf_addc(sb, '\\');
    return true;
}

/* ----------------------------------------------------------- f-strings */

struct literal {
    struct span span;    /* of the whole token */
    uint32_t start, end; /* between the quotes */
    bool raw, formatted, bytes;
};

static bool parse_pieces(struct parser *parser, const struct literal *literal,
                         uint32_t *at, int depth, struct node_vector *parts);

static void add_text(struct parser *parser, struct node_vector *parts,
                     struct span span, struct strbuf *sb)
{
    if (sb->length == 0)
        return;
    node_vector_add(
        parts, node_constant(parser->program, span, value_string_take(sb)));
}

/* The end of the expression that starts at AT: at ! : = } outside brackets
   and strings. */
static uint32_t expression_end(const char *text, uint32_t at, uint32_t end)
{
    int brackets = 0;
    char quote = 0;
    for (; at < end; at++) {
        char c = text[at], next = at + 1 < end ? text[at + 1] : '\0';
        if (quote) {
            quote = c == quote ? 0 : quote;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (strchr("([{", c)) {
            brackets++;
        } else if (strchr(")]}", c) && brackets) {
            brackets--;
        } else if (brackets == 0) {
            if (c == '}' || c == ':')
                return at;
            if (strchr("!=<>", c) && next == '=')
                at++;
            else if (c == '!' || c == '=')
                return at;
        }
    }
    return at;
}

/* The text of SPAN as an expression of its own. */
static struct node *parse_inner(struct parser *parser, struct span span)
{
    struct parser inner = {.program = parser->program,
                           .functions = parser->functions,
                           .loops = parser->loops,
                           .depth = parser->depth + 1,
                           .code = parser->code,
                           .hoisted = parser->hoisted,
                           .err = parser->err};
    lexer_init_inside(&inner.lexer, &parser->lexer, span);
    parser_advance(&inner);
    if (parser_at(&inner, TOKEN_END) || inner.depth > 100)
        return parser_fail(parser, span,
                           "f-string: empty expression not allowed");
    struct node *node = parse_expression_list(&inner, true);
    parser->yields += inner.yields;
    parser->yield = inner.yields ? inner.yield : parser->yield;
    if (node && !parser_at(&inner, TOKEN_END) &&
        !parser_at(&inner, TOKEN_NEWLINE)) {
        struct span whole = {node->span.start, inner.token.span.end};
        bool comma = token_starts_expression(inner.token.kind);
        return parser_fail(parser, comma ? whole : inner.token.span,
                           "f-string: invalid syntax%s",
                           comma ? ". Perhaps you forgot a comma?" : "");
    }
    return node;
}

static bool parse_spec(struct parser *parser, const struct literal *literal,
                       uint32_t *at, int depth, struct node *formatted)
{
    uint32_t start = ++*at;
    struct node_vector parts = {NULL, 0, 0};
    bool good = parse_pieces(parser, literal, at, depth + 1, &parts);
    struct node *spec =
        node_new(parser->program, NODE_FSTRING, (struct span){start, *at});
    spec->items = node_vector_finish(&parts, parser->program);
    formatted->formatted.spec = spec;
    return good;
}

/* {expression[=][!r][:spec]}, *AT past the { */
static bool parse_replacement(struct parser *parser,
                              const struct literal *literal, uint32_t *at,
                              int depth, struct node_vector *parts)
{
    const char *text = parser->lexer.text;
    uint32_t start = *at, end = expression_end(text, *at, literal->end);
    if (depth > 2)
        return parser_fail(parser, literal->span,
                           "f-string: expressions nested too deeply");
    if (end == literal->end)
        return parser_fail(parser, literal->span, "f-string: expecting '}'");
    struct node *value = parse_inner(parser, (struct span){start, end});
    if (!value)
        return false;
    struct node *node =
        node_new(parser->program, NODE_FORMATTED, (struct span){start, end});
    node->formatted.value = value;
    *at = end;
    if (text[*at] == '=') {
        for (++*at; text[*at] == ' ';)
            ++*at;
        node_vector_add(
            parts, node_constant(parser->program, node->span,
                                 value_string_n(text + start, *at - start)));
        node->operator= text[*at] == ':' ? 0 : 'r';
    }
    if (text[*at] == '!') {
        node->operator=(uint8_t) text[*at + 1];
        if (!strchr("rsa", text[*at + 1]))
            return parser_fail(parser, literal->span,
                               "f-string: invalid conversion character: "
                               "expected 's', 'r', or 'a'");
        *at += 2;
    }
    if (*at < literal->end && text[*at] == ':' &&
        !parse_spec(parser, literal, at, depth, node))
        return false;
    if (*at >= literal->end || text[*at] != '}')
        return parser_fail(parser, literal->span, "f-string: expecting '}'");
    ++*at;
    node_vector_add(parts, node);
    return true;
}

/* Text and replacements up to the literal's end (in a spec: up to }). */
static bool parse_pieces(struct parser *parser, const struct literal *literal,
                         uint32_t *at, int depth, struct node_vector *parts)
{
    const char *text = parser->lexer.text;
    struct strbuf sb = STRBUF_INIT;
    bool good = true;

    while (good && *at < literal->end) {
        char c = text[*at];
        bool doubled = *at + 1 < literal->end && text[*at + 1] == c;
        if (c == '\\' && !literal->raw && *at + 1 < literal->end) {
            const char *escape = text + *at + 1;
            good = decode_escape(parser, &escape, text + literal->end,
                                 literal->span, &sb);
            *at = (uint32_t)(escape - text);
        } else if (literal->formatted && c == '{' && !(doubled && !depth)) {
            add_text(parser, parts, literal->span, &sb);
            ++*at;
            good = parse_replacement(parser, literal, at, depth, parts);
        } else if (literal->formatted && c == '}' && depth) {
            break;
        } else if (literal->formatted && c == '}' && !doubled) {
            good = parser_fail(parser, literal->span,
                               "f-string: single '}' is not allowed");
        } else {
            bool brace = literal->formatted && (c == '{' || c == '}');
            strbuf_addc(&sb, c);
            *at += brace ? 2 : 1;
        }
    }
    add_text(parser, parts, literal->span, &sb);
    strbuf_done(&sb);
    return good;
}

static struct literal literal_at(const struct parser *parser)
{
    struct literal literal = {.span = parser->token.span};
    const char *text = parser->lexer.text;
    uint32_t at = literal.span.start;
    for (; text[at] != '"' && text[at] != '\''; at++) {
        literal.raw |= text[at] == 'r' || text[at] == 'R';
        literal.formatted |= text[at] == 'f' || text[at] == 'F';
        literal.bytes |= text[at] == 'b' || text[at] == 'B';
    }
    uint32_t quotes = literal.span.end - at >= 6 && text[at + 1] == text[at] &&
                              text[at + 2] == text[at]
                          ? 3
                          : 1;
    literal.start = at + quotes;
    literal.end = literal.span.end - quotes;
    return literal;
}

/* All parts in one string, when none of them needs to be evaluated. */
static struct node *join_constants(struct parser *parser, struct span span,
                                   const struct node_list *parts)
{
    struct strbuf sb = STRBUF_INIT;
    for (int i = 0; i < parts->count; i++)
        strbuf_add(&sb, parts->items[i]->constant.string->text,
                   parts->items[i]->constant.string->length);
    return node_constant(parser->program, span, value_string_take(&sb));
}

/* b"…": an escape like \xff stands for a byte, all else is ASCII. */
static struct node *parse_bytes(struct parser *parser, struct span span,
                                const struct node_list *parts)
{
    struct node *node = join_constants(parser, span, parts);
    struct value *text = &node->constant, bytes;
    if (!bytes_of_text(text->string->text, text->string->length, 0xFF, &bytes))
        return parser_fail(parser, span,
                           "bytes can only contain ASCII literal characters");
    return node_constant(parser->program, span, bytes);
}

/* strings: STRING+ */
struct node *parse_strings(struct parser *parser)
{
    uint32_t start = parser->token.span.start;
    struct node_vector parts = {NULL, 0, 0};
    bool good = true, formatted = false;
    int count = 0, bytes_count = 0;

    while (good && parser_at(parser, TOKEN_STRING)) {
        struct literal literal = literal_at(parser);
        bytes_count += literal.bytes;
        count++;
        uint32_t at = literal.start;
        formatted |= literal.formatted;
        good = parse_pieces(parser, &literal, &at, 0, &parts);
        if (good)
            parser_advance(parser);
    }
    struct node_list list = node_vector_finish(&parts, parser->program);
    if (!good || parser->err->kind != ERROR_NONE)
        return NULL;
    struct span span = parser_since(parser, start);
    if (bytes_count && bytes_count < count)
        return parser_fail(parser, span,
                           "cannot mix bytes and nonbytes literals");
    if (bytes_count)
        return parse_bytes(parser, span, &list);
    if (!formatted)
        return join_constants(parser, span, &list);
    struct node *node = node_new(parser->program, NODE_FSTRING, span);
    node->items = list;
    return node;
}
