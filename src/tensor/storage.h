/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The bytes behind tensors: counted, 64-byte aligned, from a pool that
 * reuses freed blocks (a page's first touch costs more than the arithmetic on
 * it).  Large blocks ask the kernel for huge pages.  The pool is locked; the
 * counts are not: a storage is shared by one thread at a time.
 */
#ifndef TENSOR_STORAGE_H
#define TENSOR_STORAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

struct storage {
    int refs;
    int64_t nbytes;
    char *bytes;
};

/* Owned; the bytes are not initialised.  NULL with MemoryError. */
struct storage *storage_new(int64_t nbytes, struct error *err);
struct storage *storage_ref(struct storage *storage);
void storage_unref(struct storage *storage); /* NULL is fine */

/* For tests: asked before each storage_new(), which fails when it says no. */
typedef bool storage_gate(int64_t nbytes);
void storage_set_gate(storage_gate *gate); /* NULL: none */

/* Gives all unused blocks back to the system. */
void storage_pool_trim(void);

#endif
