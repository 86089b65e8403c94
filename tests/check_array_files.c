/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * NPY and text by the readers alone.  The bytes of the NPY files are those
 * that NumPy 1.24 writes; messages are its own where it has one.
 */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/npy.h"
#include "data/text.h"

struct memory {
    const char *bytes;
    size_t left;
};

static int64_t read_memory(struct byte_source *source, char *memory,
                           int64_t size, struct error *err)
{
    struct memory *from = source->handle;
    size_t count = (size_t)size < from->left ? (size_t)size : from->left;

    (void)err;
    memcpy(memory, from->bytes, count);
    from->bytes += count;
    from->left -= count;
    return (int64_t)count;
}

static struct tensor *parse(const char *bytes, size_t length, struct error *err)
{
    struct memory memory = {bytes, length};
    struct byte_source source = {.name = "f.npy",
                                 .size = (int64_t)length,
                                 .read = read_memory,
                                 .handle = &memory};
    return npy_read(&source, err);
}

/* A version 1.0 file with this header, then DATA. */
static struct tensor *with_header(const char *header, const char *data,
                                  size_t size, struct error *err)
{
    struct strbuf sb = STRBUF_INIT;
    size_t length = strlen(header);

    strbuf_add(&sb, "\x93NUMPY\1\0", 8);
    strbuf_addc(&sb, (char)(length & 0xff));
    strbuf_addc(&sb, (char)(length >> 8));
    strbuf_adds(&sb, header);
    strbuf_add(&sb, data, size);
    struct tensor *tensor = parse(sb.text, sb.length, err);
    strbuf_done(&sb);
    return tensor;
}

START_TEST(both_byte_orders_and_memory_orders)
{
    struct error err = ERROR_INIT;
    struct tensor *t = with_header("{'descr': '>i2', 'fortran_order': True, "
                                   "'shape': (2, 2), }\n",
                                   "\0\1\0\2\0\3\0\4", 8, &err);
    ck_assert_ptr_nonnull(t);
    ck_assert_int_eq(t->dtype, DTYPE_INT16);
    for (int i = 0; i < 4; i++)
        ck_assert_int_eq(tensor_item_at(t, i).i, "\1\3\2\4"[i]);
    tensor_unref(t);
}
END_TEST

/* Each is refused with one sentence that names the file. */
START_TEST(hostile_headers)
{
    static const char *const headers[] = {
        "",
        "{",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (2,)",
        "{'descr': '<f8', 'fortran_order': False}",
        "{'descr': '<f8', 'fortran_order': 0, 'shape': (2,)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (-2,)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (2,)} x",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (3,)}",
        "{'descr': '<f8', 'fortran_order': False, "
        "'shape': (4611686018427387904, 4)}",
        "{'descr': '<f8', 'fortran_order': False, "
        "'shape': (99999999999999999999,)}",
        "{'descr': '|O', 'fortran_order': False, 'shape': (2,)}",
        "{'descr': '<f2', 'fortran_order': False, 'shape': (2,)}",
        "{'descr': '<U9', 'fortran_order': False, 'shape': (2,)}",
        "{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (2,)}",
        "{'descr': 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'}",
    };
    struct error err = ERROR_INIT;
    const char *header = headers[_i];
    ck_assert_ptr_null(with_header(header, "0123456789abcdef", 16, &err));
    ck_assert_msg(!strncmp(err.message, "f.npy: ", 7), "%s", err.message);
    error_clear(&err);
}
END_TEST

START_TEST(every_truncation_is_refused)
{
    struct error err = ERROR_INIT;
    struct strbuf sb = STRBUF_INIT;
    int64_t length = 3;
    bool fortran;
    struct tensor *t = tensor_zeros(DTYPE_FLOAT64, 1, &length, &err);
    npy_header(t, &sb, &fortran);
    ck_assert_uint_eq(sb.length, 128);
    strbuf_add(&sb, t->data, 24);
    tensor_unref(t);
    for (size_t i = 0; i < sb.length; i++) {
        ck_assert_ptr_null(parse(sb.text, i, &err));
        ck_assert_msg(!strncmp(err.message, "f.npy: ", 7), "%s", err.message);
        error_clear(&err);
    }
    t = parse(sb.text, sb.length, &err);
    ck_assert_ptr_nonnull(t);
    tensor_unref(t);
    strbuf_done(&sb);
}
END_TEST

static struct tensor *table(const char *text, struct text_options options,
                            struct error *err)
{
    return text_read(text, strlen(text), &options, err);
}

#define OPTIONS .dtype = DTYPE_FLOAT64, .max_rows = -1, .column_count = -1

START_TEST(tables_of_numbers)
{
    struct error err = ERROR_INIT;
    const char *hash = "#";
    struct tensor *t =
        table("# a b\n\n1, 2 # x\n 3,4\n",
              (struct text_options){OPTIONS, .delimiter = ",",
                                    .comment_count = 1, .comments = &hash},
              &err);
    ck_assert_ptr_nonnull(t);
    ck_assert_int_eq(t->shape[0], 2);
    ck_assert_int_eq(t->shape[1], 2);
    for (int i = 0; i < 4; i++)
        ck_assert_double_eq(tensor_item_at(t, i).f, i + 1);
    tensor_unref(t);
    t = table("1,2\n3,\n",
              (struct text_options){OPTIONS, .delimiter = ",", .lenient = true},
              &err);
    ck_assert(isnan(tensor_item_at(t, 3).f));
    tensor_unref(t);
}
END_TEST

START_TEST(tables_that_do_not_fit)
{
    struct error err = ERROR_INIT;
    ck_assert_ptr_null(
        table("1 2\n3 a\n", (struct text_options){OPTIONS}, &err));
    ck_assert_str_eq(err.message, "could not convert string 'a' to float64 at "
                                  "row 1, column 2.");
    error_clear(&err);
    ck_assert_ptr_null(table("1 2\n3\n", (struct text_options){OPTIONS}, &err));
    ck_assert_str_eq(err.message,
                     "the number of columns changed from 2 to 1 at row 2; use "
                     "`usecols` to select a subset and avoid this error");
    error_clear(&err);
    ck_assert_ptr_null(
        table("1,2\n3\n",
              (struct text_options){OPTIONS, .delimiter = ",", .lenient = true},
              &err));
    ck_assert_str_eq(err.message, "Some errors were detected !\n"
                                  "    Line #2 (got 1 columns instead of 2)");
    error_clear(&err);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("array files");
    TCase *tcase = tcase_create("array files");
    tcase_add_test(tcase, both_byte_orders_and_memory_orders);
    tcase_add_loop_test(tcase, hostile_headers, 0, 15);
    tcase_add_test(tcase, every_truncation_is_refused);
    tcase_add_test(tcase, tables_of_numbers);
    tcase_add_test(tcase, tables_that_do_not_fit);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
