/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/reopen.h"

#include <string.h>

#include "repl/entry.h"

static bool is_blank(const char *text)
{
    return text[strspn(text, " \t\r\n")] == '\0';
}

/* Only these can be run twice: nothing but names comes of them. */
bool reopen_is_definition(const char *text)
{
    static const char *const starts[] = {"def ", "class ", "@"};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (!strncmp(text, starts[i], strlen(starts[i])))
            return true;
    return false;
}

static bool ends_blank(const char *text)
{
    size_t length = strlen(text);
    if (length == 0 || text[length - 1] != '\n')
        return false;
    while (--length > 0 && strchr(" \t\r", text[length - 1]))
        continue;
    return length > 0 && text[length - 1] == '\n';
}

void reopen_keep(struct strbuf *kept, const char *text)
{
    if (is_blank(text))
        return;
    strbuf_clear(kept);
    if (reopen_is_definition(text) && ends_blank(text))
        strbuf_adds(kept, text);
}

void reopen(struct session *session, struct strbuf *kept, struct strbuf *text)
{
    if (kept->length == 0 || is_blank(text->text) ||
        !strchr(" \t", *text->text))
        return;
    size_t own = kept->length;
    strbuf_add(kept, text->text, text->length);
    if (entry_is_incomplete(session, kept->text, kept->length)) {
        struct strbuf line = *text;
        *text = *kept;
        *kept = line;
        own = 0;
    }
    strbuf_truncate(kept, own);
}
