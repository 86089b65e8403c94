/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/primary.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "lang/object.h"
#include "ops/registry.h"
#include "repl/lookup.h"
#include "repl/session.h"

static bool is_name(char c)
{
    return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80;
}

/* Where the string that ends before END begins; END when it does not. */
static size_t string_start(const char *text, size_t end)
{
    char quote = text[end - 1];
    for (size_t i = end - 1; i-- > 0;)
        if (text[i] == quote && (i == 0 || text[i - 1] != '\\'))
            return i;
    return end;
}

/* The same of the bracket that closes before END. */
static size_t bracket_start(const char *text, size_t end)
{
    int depth = 0;
    for (size_t i = end; i > 0;) {
        char c = text[i - 1];
        if (c == '"' || c == '\'') {
            size_t start = string_start(text, i);
            if (start == i)
                break;
            i = start;
            continue;
        }
        depth += strchr(")]}", c) != NULL;
        depth -= strchr("([{", c) != NULL;
        i--;
        if (depth == 0)
            return i;
    }
    return end;
}

/* Where the primary that ends TEXT begins: a name with what is called,
   subscripted and dotted behind it, or a display, or a string. */
static size_t primary_start(const char *text)
{
    size_t at = strlen(text);
    while (at > 0) {
        size_t before = at;
        char c = text[at - 1];
        if (c == '"' || c == '\'')
            return string_start(text, at);
        if (strchr(")]}", c))
            at = bracket_start(text, at);
        while (at > 0 && is_name(text[at - 1]))
            at--;
        if (at == before)
            break;
        if (at > 0 && text[at - 1] == '.')
            at--;
        else if (at == 0 || !strchr(")]\"'", text[at - 1]))
            break;
    }
    return at;
}

/* Does TEXT call nothing, and change nothing, when it is evaluated? */
static bool is_harmless(const char *text)
{
    for (size_t i = 0; text[i]; i++) {
        if (text[i] == '"' || text[i] == '\'') {
            const char *end = strchr(text + i + 1, text[i]);
            if (!end)
                return false;
            i = (size_t)(end - text);
        } else if (text[i] == '(' && i > 0 &&
                   (is_name(text[i - 1]) || strchr(")]", text[i - 1]))) {
            return false;
        } else if (text[i] == ':' && text[i + 1] == '=') {
            return false;
        }
    }
    return true;
}

static bool evaluate(struct session *session, const char *text,
                     struct value *ret)
{
    struct error err = ERROR_INIT;
    struct program *program = NULL;
    bool good = session_parse(session, text, &program, &err) &&
                program_is_expression(program) &&
                program_evaluate(session_interp(session), program, ret, &err);
    program_free(program);
    error_clear(&err);
    return good;
}

/* An array for the functions of NumPy, an object's class for a class. */
static bool result_of(struct session *session, struct value callee,
                      struct value *ret)
{
    static const char *const makers[][2] = {
        {"str", "''"}, {"list", "['']"}, {"dict", "{}"}, {"set", "set()"},
        {"tuple", "()"}, {"int", "1"}, {"float", "1.0"},
        {"sorted", "['']"}, {"repr", "''"}, {"input", "''"}};
    struct value function =
        callee.kind == VALUE_METHOD ? callee.method->function : callee;
    if (callee.kind == VALUE_CLASS) {
        *ret = value_ref(callee);
        return true;
    }
    const char *known =
        function.kind == VALUE_NATIVE ? function.native->name : "";
    if (callee.kind == VALUE_METHOD
            ? callee.method->self.kind == VALUE_TENSOR &&
                  op_find(NULL, known, OP_METHOD)
            : op_find("np", known, OP_FUNCTION) != NULL)
        return evaluate(session, "np.zeros(1)", ret);
    if (callee.kind == VALUE_METHOD &&
        callee.method->self.kind == VALUE_STRING)
        return evaluate(session, "''", ret);
    struct strbuf name = STRBUF_INIT;
    value_repr(callee, &name);
    bool good = false;
    for (size_t i = 0; !good && i < sizeof makers / sizeof *makers; i++) {
        char *shown = xasprintf("'%s'", makers[i][0]);
        char *named = xasprintf("function %s>", makers[i][0]);
        if (strstr(name.text, shown) || strstr(name.text, named))
            good = evaluate(session, makers[i][1], ret);
        free(shown);
        free(named);
    }
    strbuf_done(&name);
    return good;
}

bool primary_value(struct session *session, const char *text,
                   struct value *ret)
{
    size_t length = strlen(text);
    const char *primary = text + primary_start(text);
    struct value callee;
    if (!*primary)
        return false;
    if (is_harmless(primary))
        return evaluate(session, primary, ret);
    size_t open = bracket_start(text, length);
    if (text[length - 1] != ')' || open == length || text + open <= primary)
        return false;
    char *path = xstrndup(primary, (size_t)(text + open - primary));
    bool found = is_harmless(path) && (strchr("\"'[{(", *path)
                                           ? evaluate(session, path, &callee)
                                           : lookup_path(session_interp(session),
                                                         path, &callee));
    free(path);
    if (!found)
        return false;
    bool good = result_of(session, callee, ret);
    value_unref(callee);
    return good;
}
