/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nn/named.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "base/strbuf.h"
#include "base/suggest.h"

/* Is NAME one of the WORDS, which are separated by spaces? */
static bool has_word(const char *words, const char *name)
{
    size_t length = strlen(name);
    while (words && *words) {
        size_t word = strcspn(words, " ");
        if (word == length && !strncasecmp(words, name, length))
            return true;
        words += word + strspn(words + word, " ");
    }
    return false;
}

static const struct named *row_at(const void *table, size_t size, size_t index)
{
    const char *row = (const char *)table + index * size;
    const struct named *named = (const void *)row;
    return named->name ? named : NULL;
}

/* Copies of all names and aliases, separated by zeros. */
static void gather_names(const void *table, size_t size, struct strbuf *names)
{
    const struct named *row;
    for (size_t i = 0; (row = row_at(table, size, i)); i++) {
        strbuf_add(names, row->name, strlen(row->name) + 1);
        if (row->aliases)
            strbuf_add(names, row->aliases, strlen(row->aliases) + 1);
    }
    for (size_t i = 0; i < names->length; i++)
        if (names->text[i] == ' ')
            names->text[i] = '\0';
}

static const void *unknown(const void *table, size_t size, const char *what,
                           const char *name, struct error *err)
{
    struct suggestion near = suggestion_for(name);
    struct strbuf all = STRBUF_INIT, names = STRBUF_INIT;
    const struct named *row;
    for (size_t i = 0; (row = row_at(table, size, i)); i++)
        strbuf_addf(&all, "%s%s", i ? ", " : "", row->name);
    gather_names(table, size, &names);
    for (size_t i = 0; i < names.length; i += strlen(names.text + i) + 1)
        suggestion_consider(&near, names.text + i);
    error_set(err, ERROR_VALUE, "Unknown %s: '%s'", what, name);
    if (near.best)
        error_hint(err, _("did you mean '%s'?"), near.best);
    else
        error_hint(err, _("one of %s"), all.text);
    strbuf_done(&all);
    strbuf_done(&names);
    return NULL;
}

const void *named_find(const void *table, size_t size, const char *what,
                       const char *name, struct error *err)
{
    const struct named *row;
    for (size_t i = 0; (row = row_at(table, size, i)); i++)
        if (!strcasecmp(row->name, name) || has_word(row->aliases, name))
            return row;
    return unknown(table, size, what, name, err);
}
