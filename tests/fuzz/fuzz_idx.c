/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as an IDX file, gzipped or not, of one axis and of three. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "data/idx.h"
#include "fuzz.h"
#include "tensor/storage.h"

enum { LARGEST_TENSOR = 16 << 20 };

static bool gate(int64_t nbytes)
{
    return nbytes <= LARGEST_TENSOR;
}

/* In memory, with a name; its descriptor stays open. */
static int file_open(char *path, size_t size)
{
    int descriptor = memfd_create("fuzz", 0);

    if (descriptor < 0)
        abort();
    snprintf(path, size, "/proc/self/fd/%d", descriptor);
    return descriptor;
}

static void file_set(int descriptor, const uint8_t *data, size_t size)
{
    if (ftruncate(descriptor, 0) ||
        pwrite(descriptor, data, size, 0) != (ssize_t)size)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static int descriptor = -1;
    static char path[64];

    if (descriptor < 0) {
        descriptor = file_open(path, sizeof path);
        storage_set_gate(gate);
    }
    file_set(descriptor, data, size);
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
