/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as an NPZ archive; every array of it is read. */
#include <stdlib.h>

#include "data/npz.h"
#include "fuzz.h"
#include "memory_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct error err = ERROR_INIT;

    limit_tensors();
    struct npz *npz = npz_open(memory_file(data, size), &err);
    if (!npz && !err.message)
        abort();
    error_clear(&err);
    for (int i = 0; npz && i < npz_count(npz); i++) {
        struct tensor *tensor = npz_read(npz, i, &err);
        if (!tensor && !err.message)
            abort();
        tensor_unref(tensor);
        error_clear(&err);
    }
    npz_close(npz);
    return 0;
}
