/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Prints the texts that stand in tables (of operations, commands, settings,
 * functions) as C that xgettext reads: the tables themselves stay free of
 * marks.  `make update-texts` keeps the output as po/tables.c.
 */
#include <stdio.h>
#include <string.h>

#include "base/strmap.h"
#include "bind/bind.h"
#include "bind/plt_internal.h"
#include "lang/lang.h"
#include "ops/registry.h"
#include "repl/command.h"
#include "repl/settings.h"

static struct strmap printed;

static void print_string(const char *text)
{
    putchar('"');
    for (; *text; text++) {
        if (*text == '\n')
            fputs(text[1] ? "\\n\"\n   \"" : "\\n", stdout);
        else if (*text == '"' || *text == '\\')
            printf("\\%c", *text);
        else
            putchar(*text);
    }
    putchar('"');
}

/* Each text once. */
static void print_text(const char *text)
{
    if (!text || !*text || strmap_get(&printed, text))
        return;
    strmap_set(&printed, text, &printed);
    fputs("N_(", stdout);
    print_string(text);
    fputs(")\n", stdout);
}

static void print_tables(void)
{
    const struct op *op;
    const struct command *command;
    const struct setting *setting;

    for (int i = 0; (op = op_at(i)); i++) {
        print_text(op->doc);
        print_text(op->details);
    }
    for (int i = 0; (command = command_at(i)); i++) {
        print_text(command->doc);
        print_text(command->details);
    }
    for (int i = 0; (setting = setting_at(i)); i++)
        print_text(setting->doc);
}

static void print_native(struct value value)
{
    if (value.kind == VALUE_NATIVE)
        print_text(value.native->doc);
}

static void print_functions(struct interp *interp)
{
    const char *name;
    struct value value, module;

    for (size_t i = 0; interp_next_builtin(interp, &i, &name, &value);)
        print_native(value);
    for (size_t i = 0; interp_next_module(interp, &i, &name, &module);)
        for (size_t j = 0; module_next(module.module, &j, &name, &value);)
            print_native(value);
    const struct plt_row *row; /* methods of figures, too */
    for (int i = 0; (row = plt_row_at(i)); i++)
        print_text(row->doc);
}

int main(void)
{
    struct interp *interp = interp_new();

    bind_install(interp);
    puts("/* Made by `make update-texts`; do not edit. */");
    print_tables();
    print_functions(interp);
    interp_free(interp);
    strmap_done(&printed);
    return 0;
}
