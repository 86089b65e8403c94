/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Nothing here runs the learner's code: paths of names are followed, calls and
 * subscripts are not.
 */
#include "repl/candidates.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "lang/describe.h"
#include "lang/lexer.h"
#include "ops/registry.h"
#include "repl/lookup.h"

/* ---------------------------------------------------------------- the list */

void candidates_consider(struct candidates *candidates, const char *text,
                         const char *prefix, const char *name,
                         const char *suffix)
{
    if (strncmp(name, text, strlen(text)) != 0)
        return;
    if (candidates->count == 0)
        VEC_PUSH(candidates->items, candidates->count, candidates->capacity) =
            NULL;
    char *item = xasprintf("%s%s%s", prefix, name, suffix);
    for (size_t i = 1; i < candidates->count; i++)
        if (!strcmp(candidates->items[i], item)) {
            free(item);
            return;
        }
    VEC_PUSH(candidates->items, candidates->count, candidates->capacity) = item;
}

static size_t common_length(char *const *items, size_t count)
{
    size_t length = strlen(items[0]);
    for (size_t i = 1; i < count; i++) {
        size_t same = 0;
        while (same < length && items[i][same] == items[0][same])
            same++;
        length = same;
    }
    return length;
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

char **candidates_finish(struct candidates *candidates)
{
    if (candidates->count == 0)
        return NULL;
    size_t count = candidates->count - 1;
    char **items = candidates->items + 1;
    qsort(items, count, sizeof *items, compare);
    candidates->items[0] = xstrndup(items[0], common_length(items, count));
    if (count == 1) {
        free(items[0]);
        candidates->count = 1;
    }
    VEC_PUSH(candidates->items, candidates->count, candidates->capacity) = NULL;
    return candidates->items;
}

/* ------------------------------------------------------------------- names */

static const char *call_suffix(struct value value)
{
    bool called = value.kind == VALUE_NATIVE || value.kind == VALUE_FUNCTION ||
                  value.kind == VALUE_METHOD || value.kind == VALUE_CLASS;
    return called ? "(" : "";
}

/* Words that stand inside expressions. */
static bool is_operator_word(const char *word)
{
    static const char *const words[] = {"False", "None",   "True", "and",
                                        "else",  "for",    "if",   "in",
                                        "is",    "lambda", "not",  "or"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!strcmp(words[i], word))
            return true;
    return false;
}

static void add_language(struct candidates *candidates, const char *text,
                         bool inside)
{
    static const char *const keywords[] = {
#define X(identifier, word) word,
        KEYWORDS(X)
#undef X
    };
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
        if (!inside || is_operator_word(keywords[i]))
            candidates_consider(candidates, text, "", keywords[i], "");
}

void candidates_add_names(struct candidates *candidates, struct interp *interp,
                          const char *text, bool inside)
{
    const char *name;
    struct value value;
    if (!*text)
        return;
    for (size_t i = 0; interp_next_global(interp, &i, &name, &value);)
        candidates_consider(candidates, text, "", name, call_suffix(value));
    for (size_t i = 0; interp_next_builtin(interp, &i, &name, &value);)
        if (name[0] != '_' || text[0] == '_')
            candidates_consider(candidates, text, "", name, call_suffix(value));
    add_language(candidates, text, inside);
}

/* -------------------------------------------------------------- attributes */

/* Arrays' methods are known by their rows; the others are looked at. */
static const char *attribute_suffix(struct interp *interp, struct value self,
                                    const char *path, const char *name)
{
    const char *suffix = "";
    struct value value;
    if (self.kind == VALUE_TENSOR || self.kind == VALUE_SCALAR) {
        bool property = op_find(NULL, name, OP_PROPERTY) != NULL;
        return property ? "" : "(";
    }
    struct error err = ERROR_INIT;
    if (!*path && self.kind < VALUE_FUNCTION && /* its attributes do nothing */
        interp_get_attribute(interp, self, name, &value, &err)) {
        suffix = call_suffix(value);
        value_unref(value);
        return suffix;
    }
    error_clear(&err);
    char *whole = xasprintf("%s.%s", path, name);
    if (lookup_path(interp, whole, &value)) {
        suffix = call_suffix(value);
        value_unref(value);
    }
    free(whole);
    return suffix;
}

static void add_attributes_of(struct candidates *candidates,
                              struct interp *interp, struct value value,
                              const char *path, const char *prefix,
                              const char *part)
{
    char **names = interp_attributes(interp, value);
    for (size_t i = 0; names && names[i]; i++) {
        if ((names[i][0] != '_' || *part == '_') &&
            !strncmp(names[i], part, strlen(part)))
            candidates_consider(
                candidates, part, prefix, names[i],
                attribute_suffix(interp, value, path, names[i]));
        free(names[i]);
    }
    free(names);
}

void candidates_add_attributes(struct candidates *candidates,
                               struct interp *interp, const char *text)
{
    const char *dot = strrchr(text, '.'), *part = dot + 1;
    char *path = xstrndup(text, (size_t)(dot - text));
    char *prefix = xstrndup(text, (size_t)(part - text));
    struct value value;
    if (lookup_path(interp, path, &value)) {
        add_attributes_of(candidates, interp, value, path, prefix, part);
        value_unref(value);
    }
    free(prefix);
    free(path);
}

void candidates_add_attributes_of(struct candidates *candidates,
                                  struct interp *interp, struct value value,
                                  const char *text)
{
    add_attributes_of(candidates, interp, value, "", ".", text + 1);
}

/* ------------------------------------------------------------------- calls */

/* Where the innermost bracket that TEXT leaves open stands, or -1; what is in
   quotes does not count. */
static long open_bracket(const char *text)
{
    enum { DEEPEST = 100 };
    long opened[DEEPEST];
    int depth = 0;
    for (long i = 0; text[i]; i++) {
        if (text[i] == '"' || text[i] == '\'') {
            char quote = text[i++];
            while (text[i] && text[i] != quote)
                i += text[i] == '\\' && text[i + 1] ? 2 : 1;
            if (!text[i])
                break;
        } else if (strchr("([{", text[i]) && depth < DEEPEST) {
            opened[depth++] = i;
        } else if (strchr(")]}", text[i]) && depth > 0) {
            depth--;
        }
    }
    return depth > 0 ? opened[depth - 1] : -1;
}

bool is_inside_brackets(const char *text)
{
    return open_bracket(text) >= 0;
}

/* "np.sum" of "2 * np.sum" before END; "" when no name ends there. */
static char *name_before(const char *text, long end)
{
    long begin = end;
    while (begin > 0 && (isalnum((unsigned char)text[begin - 1]) ||
                         (unsigned char)text[begin - 1] >= 0x80 ||
                         strchr("_.", text[begin - 1])))
        begin--;
    return xstrndup(text + begin, (size_t)(end - begin));
}

/* The method of an array that is computed: (x + 1).sum( */
static const struct op *method_of_result(const char *name)
{
    return name[0] == '.' ? op_find(NULL, name + 1, OP_METHOD) : NULL;
}

static void add_params(struct candidates *candidates, const char *text,
                       const struct param *params)
{
    for (; params && params->name; params++)
        if (!(params->flags & PARAM_POSITIONAL_ONLY))
            candidates_consider(candidates, text, "", params->name, "=");
}

static void add_parameters(struct candidates *candidates, const char *text,
                           const struct function *function, int skip)
{
    const char *name;
    for (int i = skip; (name = function_parameter(function, i)); i++)
        if (*name)
            candidates_consider(candidates, text, "", name, "=");
}

void candidates_add_keywords(struct candidates *candidates,
                             struct interp *interp, const char *before,
                             const char *text)
{
    long bracket = open_bracket(before);
    bool called = bracket > 0 && before[bracket] == '(';
    char *name = called ? name_before(before, bracket) : xstrdup("");
    const struct op *op = method_of_result(name);
    struct value value;
    int skip;
    if (op) {
        add_params(candidates, text, op->params + 1);
    } else if (*name && lookup_path(interp, name, &value)) {
        const struct function *function = lookup_function(value, &skip);
        add_params(candidates, text, lookup_params(value));
        if (function)
            add_parameters(candidates, text, function, skip);
        value_unref(value);
    }
    free(name);
}

char *call_signature(struct interp *interp, const char *before)
{
    size_t length = strlen(before);
    if (length < 2 || before[length - 1] != '(')
        return NULL;
    char *name = name_before(before, (long)length - 1);
    const struct op *op = method_of_result(name);
    struct strbuf sb = STRBUF_INIT;
    struct value value;
    if (op) {
        params_format(&sb, op->name, op->params + 1);
    } else if (*name && lookup_path(interp, name, &value)) {
        lookup_signature(value, name, &sb);
        value_unref(value);
    }
    free(name);
    return sb.length ? strbuf_steal(&sb) : NULL;
}
