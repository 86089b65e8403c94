/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/descend_request.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/suggest.h"

void descend_request_done(struct descend_request *request)
{
    free(request->function);
    free(request->start);
    free(request->optimizers);
}

/* Where the last word of TEXT begins: a blank goes before it that is in no
   brackets and no quotes. */
static size_t last_word(const char *text, size_t length)
{
    size_t start = 0;
    int depth = 0;
    char quote = 0;
    for (size_t i = 0; i < length; i++) {
        if (quote)
            quote = text[i] == quote ? 0 : quote;
        else if (text[i] == '\'' || text[i] == '"')
            quote = text[i];
        else if (strchr("([{", text[i]))
            depth++;
        else if (strchr(")]}", text[i]))
            depth--;
        else if (depth == 0 && isspace((unsigned char)text[i]))
            start = i + 1;
    }
    return start;
}

static size_t without_blanks(const char *text, size_t length)
{
    while (length > 0 && isspace((unsigned char)text[length - 1]))
        length--;
    return length;
}

/* Is WORD "name=value"? */
static bool is_setting(const char *word)
{
    size_t name = 0;
    while (isalpha((unsigned char)word[name]) || word[name] == '_')
        name++;
    return name > 0 && word[name] == '=' && word[name + 1] != '=';
}

bool descend_read_number(const char *name, const char *text, const char *hint,
                         double *ret, struct error *err)
{
    char *end;
    double number = strtod(text, &end);
    if (end > text && !*end) {
        *ret = number;
        return true;
    }
    error_set(err, ERROR_VALUE, _("%s must be a number, got '%s'"), name, text);
    error_hint(err, "%s", hint);
    return false;
}

static bool unknown_setting(const char *name, struct error *err)
{
    static const char *const names[] = {"rate", "momentum", "optimizer"};
    struct suggestion near = suggestion_for(name);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        suggestion_consider(&near, names[i]);
    error_set(err, ERROR_VALUE, _("descend has no setting '%s'"), name);
    if (near.best)
        error_hint(err, _("did you mean '%s'?"), near.best);
    else
        error_hint(err, "rate=0.1 momentum=0.9 optimizer=adam");
    return false;
}

/* "rate=0.1"; WORD is changed. */
static bool read_setting(struct descend_request *request, char *word,
                         struct error *err)
{
    char *value = strchr(word, '=');
    *value++ = '\0';
    if (!strcmp(word, "rate"))
        return descend_read_number(word, value, "rate=0.1",
                                   &request->settings.rate, err);
    if (!strcmp(word, "momentum"))
        return descend_read_number(word, value, "momentum=0.9",
                                   &request->settings.momentum, err);
    if (strcmp(word, "optimizer") != 0)
        return unknown_setting(word, err);
    size_t length = strlen(value);
    bool quoted =
        length > 1 && strchr("'\"", *value) && value[length - 1] == *value;
    free(request->optimizers);
    request->optimizers =
        quoted ? xstrndup(value + 1, length - 2) : xstrdup(value);
    return true;
}

bool descend_missing_parts(struct error *err)
{
    error_set(err, ERROR_TYPE,
              _("descend takes a function and where to begin"));
    error_hint(err, "descend lambda w: (w - 3)**2, 0.0");
    return false;
}

bool descend_request_read(const char *arguments,
                          struct descend_request *request, struct error *err)
{
    size_t length = strlen(arguments), start;
    *request = (struct descend_request){.settings = DESCENT_SETTINGS};
    for (;;) {
        length = without_blanks(arguments, length);
        start = last_word(arguments, length);
        if (!is_setting(arguments + start))
            break;
        char *word = xstrndup(arguments + start, length - start);
        bool good = read_setting(request, word, err);
        free(word);
        if (!good)
            return false;
        length = start;
    }
    size_t end = without_blanks(arguments, start);
    if (end > 0 && arguments[end - 1] == ',')
        end = without_blanks(arguments, end - 1);
    if (end == 0)
        return descend_missing_parts(err);
    request->function = xstrndup(arguments, end);
    request->start = xstrndup(arguments + start, length - start);
    return true;
}
