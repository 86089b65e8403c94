/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file in memory, for the targets whose readers take a path; and a limit to
   the arrays that its header may ask for. */
#ifndef TESTS_FUZZ_MEMORY_FILE_H
#define TESTS_FUZZ_MEMORY_FILE_H

#include <stddef.h>
#include <stdint.h>

/* Gives the file these bytes; the same path every time. */
const char *memory_file(const uint8_t *data, size_t size);

/* Arrays over 16 MiB are a MemoryError from now on. */
void limit_tensors(void);

#endif
