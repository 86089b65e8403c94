/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a table of numbers, as loadtxt and as genfromtxt read it. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "data/text.h"
#include "fuzz.h"
#include "memory_file.h"

static void read_table(const char *text, size_t size,
                       const struct text_options *options)
{
    struct error err = ERROR_INIT;
    struct tensor *tensor = text_read(text, size, options, &err);

    if (!tensor && !err.message)
        abort();
    tensor_unref(tensor);
    error_clear(&err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const hash[] = {"#"};
    static const int64_t columns[] = {1, -1};
    struct text_options strict = {.dtype = DTYPE_FLOAT64,
                                  .comment_count = 1,
                                  .comments = hash,
                                  .max_rows = -1,
                                  .column_count = -1};
    struct text_options lenient = {.dtype = DTYPE_COUNT,
                                   .delimiter = ",",
                                   .comment_count = 1,
                                   .comments = hash,
                                   .skip_rows = 1,
                                   .skip_footer = 1,
                                   .max_rows = -1,
                                   .column_count = 2,
                                   .columns = columns,
                                   .lenient = true,
                                   .ragged = true};
    char *text = xmalloc(size + 1);

    limit_tensors();
    if (size)
        memcpy(text, data, size);
    text[size] = '\0';
    read_table(text, size, &strict);
    read_table(text, size, &lenient);
    free(text);
    return 0;
}
