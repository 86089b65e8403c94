/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whole programs against CPython 3.11: what each prints, and the last line of
 * its traceback, are what `/usr/bin/python3 -` prints for the same text.
 */
#ifndef TESTS_LANG_PROGRAMS_H
#define TESTS_LANG_PROGRAMS_H

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "bind/bind.h"

struct row {
    const char *program, *expected;
};

static void collect(void *context, const char *text, size_t length)
{
    strbuf_add(context, text, length);
}

/* "ValueError: …", with its newline, out of an error as it is shown. */
static void add_exception_line(const struct error *err, struct strbuf *output)
{
    struct strbuf text = STRBUF_INIT;
    error_render(err, true, 0, 0, &text);
    char *hint = strstr(text.text, "\nhint: ");
    if (hint)
        hint[1] = '\0';
    char *end = text.text + strlen(text.text) - 1, *start = end;
    while (start > text.text && start[-1] != '\n')
        start--;
    strbuf_add(output, start, (size_t)(end - start) + 1);
    strbuf_done(&text);
}

static char *run_program(const char *text)
{
    struct strbuf output = STRBUF_INIT;
    struct error err = ERROR_INIT;
    struct parse_options options = {.shorthand = false};
    struct program *program = NULL;
    struct source *source = source_new("program.py", text, strlen(text));
    struct interp *interp = interp_new();
    struct value name = value_string("__main__");
    bind_install(interp);
    interp_set_global(interp, "__name__", name);
    value_unref(name);
    interp_set_output(interp, collect, &output);
    if (program_parse(source, options, &program, &err) != PARSE_OK ||
        !program_run(interp, program, false, &err))
        add_exception_line(&err, &output);
    program_free(program);
    source_unref(source);
    error_clear(&err);
    interp_free(interp);
    return strbuf_steal(&output);
}

static const struct row rows[];

START_TEST(output_is_cpythons)
{
    char *output = run_program(rows[_i].program);
    ck_assert_str_eq(output, rows[_i].expected);
    free(output);
}
END_TEST

static int run_rows(const char *name, int count)
{
    Suite *suite = suite_create(name);
    TCase *tests = tcase_create("programs");
    tcase_add_loop_test(tests, output_is_cpythons, 0, count);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#endif
