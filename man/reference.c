/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Prints the parts of tensor(1) that follow from tables: `reference commands`
 * and `reference functions`, in man(7) macros; with a language behind it
 * (`reference commands zh_CN`), translated by the catalogs in ./locale.
 * `reference examples` prints the
 * examples of help, `reference command-examples` those of the commands, each
 * after its name, with form feeds between them, `reference rows` the rows of
 * operations, with tabs between the cells.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/strbuf.h"
#include "bind/native_examples.h"
#include "ops/registry.h"
#include "repl/command.h"
#include "repl/help_topic.h"
#include "repl/language.h"

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
    print_text(_(doc));
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
        bool method = !(op->flags & (OP_FUNCTION | OP_GENERATOR));
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

static void print_examples(void)
{
    const struct op *op;
    const struct native_example *native;
    const struct help_topic *topic;

    for (int i = 0; (op = op_at(i)); i++)
        if (strcmp(op->module, "nn")) /* NumPy has no such */
            printf("%s.%s\n%s\n\f\n", op->module, op->name, op->example);
    for (int i = 0; (native = native_example_at(i, false)); i++)
        printf("%s\n%s\n\f\n", native->name, native->example);
    for (int i = 0; (topic = help_topic_at(i)); i++)
        printf("%s\n%s\n\f\n", topic->name, topic->example);
}

/* Each line of TEXT after NAME and a tab. */
static void print_lines(const char *name, const char *text)
{
    do {
        size_t length = strcspn(text, "\n");
        printf("%s\t%.*s\n", name, (int)length, text);
        text += length;
    } while (*text++);
}

static void print_command_examples(void)
{
    const struct command *command;
    for (int i = 0; (command = command_at(i)); i++)
        print_lines(command->name, command->example ? command->example : "");
}

/* -------------------------------------------------------------------- rows */

static void print_flags(unsigned flags, const char *const *names)
{
    for (int i = 0; names[i]; i++)
        if (flags & 1u << i)
            printf("%s ", names[i]);
}

static void print_row(const char *name, const struct op *op)
{
    static const char *const op_flags[] = {"function", "method", "property",
                                           NULL};
    static const char *const param_flags[] = {"keyword-only", "spread",
                                              "positional-only", "star", NULL};
    static const char *const kinds[] = {
        [PARAM_TENSOR] = "tensor", [PARAM_TENSORS] = "tensors",
        [PARAM_INT] = "int",       [PARAM_FLOAT] = "float",
        [PARAM_BOOL] = "bool",     [PARAM_STRING] = "string",
        [PARAM_DTYPE] = "dtype",   [PARAM_DIMS] = "dims",
        [PARAM_SCALAR] = "scalar", [PARAM_CHOICE] = "choice",
        [PARAM_ANY] = "any"};

    printf("op\t%s\t%s\t", name, op->module);
    print_flags(op->flags, op_flags);
    putchar('\n');
    for (const struct param *param = op->params; param->name; param++) {
        printf("param\t%s\t%s\t", param->name, kinds[param->kind]);
        print_flags(param->flags, param_flags);
        printf("\t%s\n", param->fallback ? param->fallback : "");
    }
}

static void print_rows(void)
{
    const struct op *op;

    for (int i = 0; (op = op_at(i)); i++) {
        const char *alias = op->aliases ? op->aliases : "";
        print_row(op->name, op);
        while (*alias) {
            char name[64];
            int length = (int)strcspn(alias, " ");
            snprintf(name, sizeof name, "%.*s", length, alias);
            print_row(name, op);
            alias += length;
            alias += strspn(alias, " ");
        }
    }
}

static void speak(const char *language)
{
    setenv("LANGUAGE", language, 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    language_start();
    bindtextdomain("tensor", "locale");
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*print)(void);
    } parts[] = {
        {"commands", print_commands},
        {"functions", print_functions},
        {"examples", print_examples},
        {"command-examples", print_command_examples},
        {"rows", print_rows},
    };

    if (argc == 3)
        speak(argv[2]);
    for (size_t i = 0; argc >= 2 && i < sizeof parts / sizeof *parts; i++) {
        if (!strcmp(argv[1], parts[i].name)) {
            parts[i].print();
            return 0;
        }
    }
    fprintf(stderr, "usage: reference commands|functions|examples|"
                    "command-examples|rows [LANGUAGE]\n");
    return 2;
}
