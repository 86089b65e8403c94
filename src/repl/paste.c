/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/paste.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

/* Bytes of PROMPT at LINE with the blank after it, which the end of a line
   may lack; 0 when it is not there. */
static size_t prompt_length(const char *line, size_t length, const char *prompt)
{
    size_t wanted = strlen(prompt);
    if (length < wanted || memcmp(line, prompt, wanted) != 0)
        return 0;
    if (length == wanted)
        return wanted;
    return line[wanted] == ' ' ? wanted + 1 : 0;
}

static size_t blanks_at(const char *line, size_t length)
{
    size_t blanks = strspn(line, " ");
    return blanks < length ? blanks : length;
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

/* "... ", "  ....> ", and "   ...: " with as many blanks as its number has
   digits. */
static size_t next_prompt(const char *line, size_t length)
{
    size_t blanks = blanks_at(line, length);
    size_t found = prompt_length(line, length, "...");
    if (!found)
        found = prompt_length(line, length, "  ....>");
    if (found)
        return found;
    found = prompt_length(line + blanks, length - blanks, "...:");
    return found ? blanks + found : 0;
}

/* How far a copied text is indented as a whole, when it has prompts. */
static bool find_indent(const char *text, size_t *ret)
{
    text += strspn(text, "\n");
    size_t length = strcspn(text, "\n");
    *ret = blanks_at(text, length);
    return first_prompt(text + *ret, length - *ret) > 0;
}

/* Bytes of LINE up to what was typed; 0: the line was printed. */
static size_t typed_offset(const char *line, size_t length, size_t indent)
{
    size_t blanks = blanks_at(line, length);
    if (blanks > indent)
        blanks = indent;
    size_t prompt = first_prompt(line + blanks, length - blanks);
    if (!prompt)
        prompt = next_prompt(line + blanks, length - blanks);
    return prompt ? blanks + prompt : 0;
}

void paste_strip(const char *text, struct strbuf *sb)
{
    size_t indent;
    if (!find_indent(text, &indent)) {
        strbuf_adds(sb, text);
        return;
    }
    for (bool any = false; *text;) {
        size_t length = strcspn(text, "\n");
        size_t offset = typed_offset(text, length, indent);
        if (offset) {
            if (any)
                strbuf_addc(sb, '\n');
            strbuf_add(sb, text + offset, length - offset);
            any = true;
        }
        text += length;
        if (*text)
            text++;
    }
}
