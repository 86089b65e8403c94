/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as an IDX file, gzipped or not, of one axis and of three. */
#include <stdlib.h>

#include "data/idx.h"
#include "fuzz.h"
#include "memory_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *path = memory_file(data, size);

    limit_tensors();
    for (int ndim = 1; ndim <= 3; ndim += 2) {
        struct error err = ERROR_INIT;
        struct tensor *tensor = idx_read(path, ndim, &err);
        if (!tensor && !err.message)
            abort();
        tensor_unref(tensor);
        error_clear(&err);
    }
    return 0;
}
