/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Prints the parts of tensor(1) that follow from tables: `reference commands`
 * and `reference functions`, in man(7) macros.
 */
#include <stdio.h>
#include <string.h>

#include "base/strbuf.h"
#include "ops/registry.h"
#include "repl/command.h"

/* Text for troff: a leading dot or quote is no request, a backslash and a
   hyphen are themselves. */
static void print_text(const char *text)
{
    if (*text == '.' || *text == '\'')
        fputs("\\&", stdout);
    for (; *text; text++) {
        if (*text == '\\')
            fputs("\\e", stdout);
        else if (*text == '-')
            fputs("\\-", stdout);
        else
            putchar(*text);
    }
    putchar('\n');
}

static void print_entry(const char *heading, const char *doc)
{
    puts(".TP");
    fputs(".B ", stdout);
    print_text(heading);
    print_text(doc);
}

static void print_commands(void)
{
    const struct command *command;
    struct strbuf heading = STRBUF_INIT;

    for (int i = 0; (command = command_at(i)); i++) {
        strbuf_clear(&heading);
        strbuf_adds(&heading, command->name);
        if (command->arguments && *command->arguments)
            strbuf_addf(&heading, " %s", command->arguments);
        print_entry(heading.text, command->doc);
    }
    strbuf_done(&heading);
}

static void print_functions(void)
{
    const struct op *op;
    struct strbuf heading = STRBUF_INIT;

    for (int i = 0; (op = op_at(i)); i++) {
        bool method = !(op->flags & OP_FUNCTION);
        strbuf_clear(&heading);
        strbuf_addf(&heading, "%s.", method ? "x" : op->module);
        if (op->flags & OP_PROPERTY && method)
            strbuf_adds(&heading, op->name);
        else
            params_format(&heading, op->name, op->params + method);
        print_entry(heading.text, op->doc);
    }
    strbuf_done(&heading);
}

int main(int argc, char **argv)
{
    if (argc == 2 && !strcmp(argv[1], "commands")) {
        print_commands();
        return 0;
    }
    if (argc == 2 && !strcmp(argv[1], "functions")) {
        print_functions();
        return 0;
    }
    fprintf(stderr, "usage: reference commands|functions\n");
    return 2;
}
