/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Runs the example of every page of help and compares what it prints.  That the
 * examples say what NumPy says is the matter of examples.sh.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "bind/bind.h"
#include "bind/native_examples.h"
#include "bind/plt_internal.h"
#include "example.h"
#include "ops/registry.h"
#include "repl/help_topic.h"
#include "tensor/format.h"

static void run_example(const char *name, const char *cursor)
{
    struct interp *interp = interp_new();
    struct strbuf entry = STRBUF_INIT, expected = STRBUF_INIT;
    struct strbuf output = STRBUF_INIT;

    print_options = (struct print_options)PRINT_OPTIONS_DEFAULT;
    bind_install(interp);
    while (*cursor) {
        ck_assert_msg(is_prompt(cursor), "%s: example has no >>>", name);
        next_entry(&cursor, &entry, &expected);
        run_entry(interp, entry.text, &output);
        ck_assert_msg(!strcmp(output.text, expected.text),
                      "%s\n%sexpected:\n%sgot:\n%s", name, entry.text,
                      expected.text, output.text);
    }
    strbuf_done(&entry);
    strbuf_done(&expected);
    strbuf_done(&output);
    interp_free(interp);
}

START_TEST(every_example_prints_what_it_says)
{
    const struct op *op = op_at(_i);
    ck_assert_msg(op->example && is_prompt(op->example), "%s: no example",
                  op->name);
    run_example(op->name, op->example);
}
END_TEST

START_TEST(examples_of_natives_print_what_they_say)
{
    const struct native_example *row;
    for (int own = 0; own < 2; own++)
        for (int i = 0; (row = native_example_at(i, own)); i++)
            run_example(row->name, row->example);
}
END_TEST

START_TEST(examples_of_topics_print_what_they_say)
{
    const struct help_topic *topic;
    for (int i = 0; (topic = help_topic_at(i)); i++)
        run_example(topic->name, topic->example);
}
END_TEST

/* Not input(), which has nothing to read from here. */
static void check_has_example(const char *prefix, const char *name,
                              struct value value)
{
    if (value.kind != VALUE_NATIVE || value.native->data ||
        !strcmp(name, "input"))
        return;
    char *path = xasprintf("%s%s", prefix, name);
    ck_assert_msg(native_example(path, value.native->name) != NULL,
                  "%s has no example", path);
    free(path);
}

START_TEST(every_native_has_an_example)
{
    struct interp *interp = interp_new();
    struct value value;
    const char *name;
    bind_install(interp);
    for (size_t i = 0; interp_next_builtin(interp, &i, &name, &value);) {
        check_has_example("", name, value);
        if (value.kind != VALUE_MODULE || strcmp(name, "np") != 0)
            continue;
        struct value inner;
        for (size_t k = 0; module_next(value.module, &k, &name, &inner);)
            check_has_example("np.", name, inner);
    }
    interp_free(interp);
}
END_TEST

START_TEST(every_function_of_pyplot_has_an_example)
{
    const struct plt_row *row;
    for (int i = 0; (row = plt_row_at(i)); i++) {
        if (!row->name)
            continue;
        char *path = xasprintf("plt.%s", row->name);
        bool found = false;
        const struct native_example *example;
        for (int k = 0; !found && (example = plt_example_at(k)); k++)
            found = !strcmp(example->name, path);
        ck_assert_msg(found, "%s has no example", path);
        free(path);
    }
}
END_TEST

int main(void)
{
    int count = 0;
    while (op_at(count))
        count++;

    Suite *suite = suite_create("examples");
    TCase *tcase = tcase_create("ops");
    tcase_add_loop_test(tcase, every_example_prints_what_it_says, 0, count);
    tcase_add_test(tcase, examples_of_natives_print_what_they_say);
    tcase_add_test(tcase, examples_of_topics_print_what_they_say);
    tcase_add_test(tcase, every_native_has_an_example);
    tcase_add_test(tcase, every_function_of_pyplot_has_an_example);
    suite_add_tcase(suite, tcase);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
