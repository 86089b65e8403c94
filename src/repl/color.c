/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "repl/color.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"

const char color_prompt[] = "\033[1m"; /* bold */
const char color_dim[] = "\033[2m";
const char color_off[] = "\033[0m";
static const char exception_color[] = "\033[1;31m"; /* bold red */
static const char hint_color[] = "\033[36m";        /* cyan */

/* https://no-color.org: set and not empty. */
static bool environment_forbids(void)
{
    const char *no_color = getenv("NO_COLOR");
    const char *term = getenv("TERM");
    return (no_color && *no_color) || !term || !strcmp(term, "dumb");
}

bool color_is_on(enum color_mode mode)
{
    if (mode == COLOR_AUTO)
        return isatty(STDOUT_FILENO) && !environment_forbids();
    return mode == COLOR_ALWAYS;
}

/* Bytes of the exception's name that LINE starts with, or 0. */
static size_t exception_length(const char *line, size_t length)
{
    size_t name = strcspn(line, ":\n");
    if (name > length)
        name = length;
    for (int i = 1; i < ERROR_KIND_COUNT; i++) {
        const char *kind = error_kind_name((enum error_kind)i);
        if (strlen(kind) == name && !memcmp(kind, line, name))
            return name;
    }
    return 0;
}

static void add_marked(struct strbuf *sb, const char *color,
                       const char *text, size_t length)
{
    strbuf_adds(sb, color);
    strbuf_add(sb, text, length);
    strbuf_adds(sb, color_off);
}

static void add_line(struct strbuf *sb, const char *line, size_t length)
{
    size_t name = exception_length(line, length);
    if (name > 0)
        add_marked(sb, exception_color, line, name);
    else if (!strncmp(line, "hint:", 5))
        add_marked(sb, hint_color, line, name = 5);
    strbuf_add(sb, line + name, length - name);
}

void color_error(const char *text, struct strbuf *sb)
{
    while (*text) {
        size_t length = strcspn(text, "\n");
        add_line(sb, text, length);
        text += length;
        if (*text)
            strbuf_addc(sb, *text++);
    }
}
