/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * No memory for the N-th array: runs the example of every operation for
 * N = 0, 1, 2, … until no allocation fails.  What fails is a MemoryError, and
 * the session goes on.  Built with --enable-sanitizers, it also finds leaks.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "bind/bind.h"
#include "example.h"
#include "ops/registry.h"
#include "tensor/storage.h"

enum { MOST_ALLOCATIONS = 100 };

static int allocations_left;
static bool has_failed;

static bool gate(int64_t nbytes)
{
    (void)nbytes;
    if (allocations_left-- != 0)
        return true;
    has_failed = true;
    return false;
}

/* As the example's first failing entry leaves it, later ones may fail by
   NameError: only an entry in which an allocation failed is looked at. */
static void run_with_failure(const struct op *op, int number)
{
    struct interp *interp = interp_new();
    struct strbuf entry = STRBUF_INIT, expected = STRBUF_INIT;
    struct strbuf output = STRBUF_INIT;
    const char *cursor = op->example;

    bind_install(interp);
    allocations_left = number;
    has_failed = false;
    storage_set_gate(gate);
    while (*cursor && !has_failed) {
        next_entry(&cursor, &entry, &expected);
        enum error_kind kind = run_entry(interp, entry.text, &output);
        ck_assert_msg(!has_failed || kind == ERROR_MEMORY || kind == ERROR_NONE,
                      "%s.%s, allocation %d\n%s%s", op->module, op->name,
                      number, entry.text, output.text);
    }
    storage_set_gate(NULL);
    ck_assert_int_eq(run_entry(interp, "np.ones(2)\n", &output), ERROR_NONE);
    strbuf_done(&entry);
    strbuf_done(&expected);
    strbuf_done(&output);
    interp_free(interp);
}

START_TEST(every_operation_survives)
{
    const struct op *op = op_at(_i);

    has_failed = true;
    for (int n = 0; has_failed && n < MOST_ALLOCATIONS; n++)
        run_with_failure(op, n);
}
END_TEST

int main(void)
{
    int count = 0;
    while (op_at(count))
        count++;

    Suite *suite = suite_create("memory");
    TCase *tcase = tcase_create("ops");
    tcase_add_loop_test(tcase, every_operation_survives, 0, count);
    suite_add_tcase(suite, tcase);

    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
