/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * IDX files, good ones and each kind of bad one, written to a folder of their
 * own; and data sets made of them.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "base/alloc.h"
#include "data/dataset.h"
#include "data/idx.h"

static char folder[64];

static void folder_make(void)
{
    strcpy(folder, "/tmp/check_idx.XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void folder_remove(void)
{
    char *command = xasprintf("rm -rf '%s'", folder);
    ck_assert_int_eq(system(command), 0);
    free(command);
}

static char *path_of(const char *name)
{
    return xasprintf("%s/%s", folder, name);
}

static void write_plain(const char *name, const void *bytes, size_t length)
{
    char *path = path_of(name);
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, length, file), length);
    fclose(file);
    free(path);
}

static void write_gzip(const char *name, const void *bytes, size_t length)
{
    char *path = path_of(name);
    gzFile file = gzopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_eq(gzwrite(file, bytes, (unsigned)length), (int)length);
    gzclose(file);
    free(path);
}

static void shorten(const char *name, long length)
{
    char *path = path_of(name);
    ck_assert_int_eq(truncate(path, length), 0);
    free(path);
}

/* 2 images of 2 x 3 */
static const unsigned char images[] = {0, 0, 8, 3, 0, 0,  0,  2, 0, 0,
                                       0, 2, 0, 0, 0, 3,  1,  2, 3, 4,
                                       5, 6, 7, 8, 9, 10, 11, 12};
static const unsigned char labels[] = {0, 0, 8, 1, 0, 0, 0, 2, 7, 9};

static void expect_images(const char *name)
{
    struct error err = ERROR_INIT;
    char *path = path_of(name);
    struct tensor *tensor = idx_read(path, 3, &err);
    ck_assert_msg(tensor != NULL, "%s", err.message);
    ck_assert_int_eq(tensor->dtype, DTYPE_UINT8);
    ck_assert_int_eq(tensor->ndim, 3);
    ck_assert_int_eq(tensor->shape[0], 2);
    ck_assert_int_eq(tensor->shape[1], 2);
    ck_assert_int_eq(tensor->shape[2], 3);
    ck_assert_int_eq(memcmp(tensor->data, images + 16, 12), 0);
    tensor_unref(tensor);
    free(path);
}

/* The error is of KIND, names the file and says WORDS. */
static void expect_error(const char *name, int ndim, enum error_kind kind,
                         const char *words)
{
    struct error err = ERROR_INIT;
    char *path = path_of(name);
    ck_assert_ptr_null(idx_read(path, ndim, &err));
    ck_assert_int_eq(err.kind, kind);
    ck_assert_msg(strstr(err.message, name) != NULL, "%s", err.message);
    ck_assert_msg(strstr(err.message, words) != NULL, "%s", err.message);
    error_clear(&err);
    free(path);
}

START_TEST(reads_plain_and_gzipped)
{
    write_plain("images", images, sizeof images);
    write_gzip("images.gz", images, sizeof images);
    expect_images("images");
    expect_images("images.gz");
}
END_TEST

START_TEST(missing_and_directory)
{
    expect_error("nothing", 3, ERROR_FILE_NOT_FOUND, "No such file");
    char *path = path_of("inner");
    ck_assert_int_eq(mkdir(path, 0700), 0);
    free(path);
    expect_error("inner", 3, ERROR_IS_A_DIRECTORY, "Is a directory");
}
END_TEST

START_TEST(truncated)
{
    write_plain("empty", "", 0);
    expect_error("empty", 3, ERROR_VALUE, "empty");
    for (size_t length = 1; length < sizeof images; length++) {
        write_plain("short", images, length);
        expect_error("short", 3, ERROR_VALUE, "truncated");
    }
}
END_TEST

START_TEST(truncated_gzip)
{
    write_gzip("full.gz", images, sizeof images);
    char *path = path_of("full.gz");
    struct stat status;
    ck_assert_int_eq(stat(path, &status), 0);
    free(path);
    for (long length = status.st_size - 1; length >= 12; length--) {
        write_gzip("short.gz", images, sizeof images);
        shorten("short.gz", length);
        expect_error("short.gz", 3, ERROR_VALUE, "truncated");
    }
}
END_TEST

START_TEST(garbage)
{
    static const unsigned char noise[] = "this is no data set at all, is it?";
    write_plain("noise", noise, sizeof noise);
    expect_error("noise", 3, ERROR_VALUE, "not an IDX file");
    write_plain("noise.gz", noise, sizeof noise);
    expect_error("noise.gz", 3, ERROR_VALUE, "not a gzip file");

    unsigned char damaged[64] = {0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3};
    memset(damaged + 10, 0xff, sizeof damaged - 10);
    write_plain("damaged.gz", damaged, sizeof damaged);
    expect_error("damaged.gz", 3, ERROR_VALUE, "gzip data are damaged");
}
END_TEST

START_TEST(wrong_magic)
{
    unsigned char bytes[sizeof images];
    memcpy(bytes, images, sizeof images);
    bytes[2] = 0x0d;
    write_plain("floats", bytes, sizeof bytes);
    expect_error("floats", 3, ERROR_VALUE, "IDX type 0x0d");
    write_plain("images", images, sizeof images);
    expect_error("images", 1, ERROR_VALUE, "array of 3 axes, 1 are wanted");
}
END_TEST

/* Nothing is allocated for a header that promises more than can be there. */
START_TEST(sizes_that_lie)
{
    unsigned char bytes[sizeof images];
    memcpy(bytes, images, sizeof images);
    memset(bytes + 4, 0xff, 12);
    write_plain("huge", bytes, sizeof bytes);
    expect_error("huge", 3, ERROR_VALUE, "more than it can hold");
    write_gzip("huge.gz", bytes, sizeof bytes);
    expect_error("huge.gz", 3, ERROR_VALUE, "more than it can hold");
}
END_TEST

START_TEST(trailing_bytes)
{
    unsigned char bytes[sizeof images + 1] = {0};
    memcpy(bytes, images, sizeof images);
    write_plain("long", bytes, sizeof bytes);
    expect_error("long", 3, ERROR_VALUE, "more data than the 12 bytes");
    write_gzip("long.gz", bytes, sizeof bytes);
    expect_error("long.gz", 3, ERROR_VALUE, "more data than the 12 bytes");
}
END_TEST

/* ------------------------------------------------------------- data sets */

static void write_set(const unsigned char *test_labels, size_t length)
{
    write_plain("train-images-idx3-ubyte", images, sizeof images);
    write_gzip("train-labels-idx1-ubyte.gz", labels, sizeof labels);
    write_gzip("t10k-images-idx3-ubyte.gz", images, sizeof images);
    write_plain("t10k-labels-idx1-ubyte", test_labels, length);
}

static void expect_set_error(enum error_kind kind, const char *words)
{
    struct error err = ERROR_INIT;
    struct tensor *parts[DATASET_PARTS];
    dataset_set_directory(folder);
    ck_assert(!dataset_load(dataset_find("mnist", &err), parts, &err));
    ck_assert_int_eq(err.kind, kind);
    ck_assert_msg(strstr(err.message, words) != NULL, "%s", err.message);
    error_clear(&err);
    dataset_set_directory(NULL);
}

static void expect_set(void)
{
    struct error err = ERROR_INIT;
    struct tensor *parts[DATASET_PARTS];
    bool ok = dataset_load(dataset_find("mnist", &err), parts, &err);
    ck_assert_msg(ok, "%s", err.message);
    ck_assert_int_eq(parts[DATASET_TEST_LABELS]->data[1], 9);
    for (int i = 0; i < DATASET_PARTS; i++)
        tensor_unref(parts[i]);
}

START_TEST(set_is_found)
{
    write_set(labels, sizeof labels);
    dataset_set_directory(folder);
    expect_set();
    dataset_set_directory(NULL);

    char *path = xasprintf("/nowhere:%s", folder);
    setenv("TENSOR_DATA_PATH", path, 1);
    expect_set();
    unsetenv("TENSOR_DATA_PATH");
    free(path);

    setenv("TENSOR_DATADIR", folder, 1);
    expect_set();
    unsetenv("TENSOR_DATADIR");
}
END_TEST

START_TEST(set_with_a_missing_file)
{
    write_plain("train-images-idx3-ubyte", images, sizeof images);
    expect_set_error(ERROR_FILE_NOT_FOUND, "train-labels-idx1-ubyte");
}
END_TEST

START_TEST(set_with_a_wrong_label)
{
    static const unsigned char wrong[] = {0, 0, 8, 1, 0, 0, 0, 2, 7, 10};
    write_set(wrong, sizeof wrong);
    expect_set_error(ERROR_VALUE, "t10k-labels-idx1-ubyte: label 10 at "
                                  "position 1 is out of range");
}
END_TEST

START_TEST(set_with_too_few_labels)
{
    static const unsigned char one[] = {0, 0, 8, 1, 0, 0, 0, 1, 7};
    write_set(one, sizeof one);
    expect_set_error(ERROR_VALUE, "has 1 labels for 2 images");
}
END_TEST

START_TEST(unknown_set)
{
    struct error err = ERROR_INIT;
    ck_assert_ptr_null(dataset_find("mnits", &err));
    ck_assert_str_eq(err.hint, "did you mean 'mnist'?");
    error_clear(&err);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("idx");
    TCase *files = tcase_create("files");
    tcase_add_checked_fixture(files, folder_make, folder_remove);
    tcase_add_test(files, reads_plain_and_gzipped);
    tcase_add_test(files, missing_and_directory);
    tcase_add_test(files, truncated);
    tcase_add_test(files, truncated_gzip);
    tcase_add_test(files, garbage);
    tcase_add_test(files, wrong_magic);
    tcase_add_test(files, sizes_that_lie);
    tcase_add_test(files, trailing_bytes);
    suite_add_tcase(suite, files);
    TCase *sets = tcase_create("sets");
    tcase_add_checked_fixture(sets, folder_make, folder_remove);
    tcase_add_test(sets, set_is_found);
    tcase_add_test(sets, set_with_a_missing_file);
    tcase_add_test(sets, set_with_a_wrong_label);
    tcase_add_test(sets, set_with_too_few_labels);
    tcase_add_test(sets, unknown_set);
    suite_add_tcase(suite, sets);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
