/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/paste.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

/* Bytes of PROMPT at LINE with the blank after it, which the end of a line
   may lack; 0 when it is not there. */
static size_t prompt_length(const char *line, size_t length,
                            const char *prompt)
{
    size_t wanted = strlen(prompt);
    if (length < wanted || memcmp(line, prompt, wanted) != 0)
        return 0;
    if (length == wanted)
        return wanted;
    return line[wanted] == ' ' ? wanted + 1 : 0;
}

/* "In [12]: " */
static size_t notebook_length(const char *line, size_t length)
{
    size_t at = 4;
    if (length < 6 || memcmp(line, "In [", 4) != 0)
        return 0;
    while (at < length && isdigit((unsigned char)line[at]))
        at++;
    if (at + 1 >= length || line[at] != ']')
        return 0;
    size_t rest = prompt_length(line + at + 1, length - at - 1, ":");
    return rest ? at + 1 + rest : 0;
}

static size_t first_prompt(const char *line, size_t length)
{
    size_t found = prompt_length(line, length, ">>>");
    if (!found)
        found = prompt_length(line, length, "tensor>");
    return found ? found : notebook_length(line, length);
}

static size_t next_prompt(const char *line, size_t length)
{
    size_t found = prompt_length(line, length, "...");
    if (!found)
        found = prompt_length(line, length, "  ....>");
    return found ? found : prompt_length(line, length, "   ...:");
}

void paste_strip(const char *text, struct strbuf *sb)
{
    bool copied = first_prompt(text, strcspn(text, "\n")) > 0;
    bool any = false;
    while (*text) {
        size_t length = strcspn(text, "\n");
        size_t prompt = first_prompt(text, length);
        if (!prompt)
            prompt = next_prompt(text, length);
        if (!copied)
            prompt = 0;
        if (!copied || prompt) {
            if (any)
                strbuf_addc(sb, '\n');
            strbuf_add(sb, text + prompt, length - prompt);
            any = true;
        }
        text += length;
        if (*text)
            text++;
    }
}
