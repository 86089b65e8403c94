/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Programs in the language, run in this process. */
#include <stdio.h>
#include <string.h>

#include "bind/bind.h"
#include "tests/bench/bench.h"

static void write_nothing(void *context, const char *text, size_t length)
{
    (void)context;
    (void)text;
    (void)length;
}

struct interp *bench_interp(void)
{
    struct interp *interp = interp_new();
    bind_install(interp);
    interp_set_output(interp, write_nothing, NULL);
    return interp;
}

void bench_run(struct interp *interp, const char *text)
{
    struct error err = ERROR_INIT;
    struct program *program = NULL;
    struct source *source = source_new("<bench>", text, strlen(text));

    if (program_parse(source, (struct parse_options){0}, &program, &err) !=
            PARSE_OK ||
        !program_run(interp, program, false, &err)) {
        fprintf(stderr, "%s", text);
        bench_give_up("program", &err);
    }
    program_free(program);
    source_unref(source);
}

double bench_number(struct interp *interp, const char *name)
{
    struct value value;
    double number = 0;
    if (!interp_get_global(interp, name, &value))
        bench_give_up(name, NULL);
    value_as_double(value, &number);
    value_unref(value);
    return number;
}
