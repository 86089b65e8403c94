/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as an NPY file; arrays that follow one another are all read. */
#include <stdlib.h>
#include <string.h>

#include "data/npy.h"
#include "fuzz.h"
#include "memory_file.h"

struct bytes {
    const uint8_t *at, *end;
};

static int64_t read_bytes(struct byte_source *source, char *memory,
                          int64_t size, struct error *err)
{
    struct bytes *bytes = source->handle;
    int64_t left = bytes->end - bytes->at;

    (void)err;
    if (size > left)
        size = left;
    if (size > 0)
        memcpy(memory, bytes->at, (size_t)size);
    bytes->at += size;
    return size;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes bytes = {data, data + size};
    struct byte_source source = {.name = "fuzz",
                                 .size = (int64_t)size,
                                 .read = read_bytes,
                                 .handle = &bytes};
    struct error err = ERROR_INIT;
    struct tensor *tensor;

    limit_tensors();
    while ((tensor = npy_read(&source, &err)))
        tensor_unref(tensor);
    if (!err.message)
        abort();
    error_clear(&err);
    return 0;
}
